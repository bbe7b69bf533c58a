//! Forms of people's names: joins the parts of one name, takes letters of honour and party tags out of it, finds the bare
//! surnames of people whom the story names in full.

use std::collections::HashSet;
use std::ops::Range;

use crate::analysis::EntityKind;
use crate::engine::entities::features::{Features, WordShape};
use crate::engine::entities::name_edges;
use crate::engine::entities::nicknames::{
    is_mark, name_before_cut_nickname, name_before_nickname, surname_after_cut_nickname,
    surname_after_nickname,
};
use crate::engine::entities::scores::{self, KindScores};
use crate::engine::entities::segmentation::Candidate;
use crate::engine::text::lexicon::LexicalClass::{
    Auxiliary, Calendar, CapitalizedNonName, CommonWord, CompanySuffix, Demonym, EventHead, GivenName,
    OrgHead, OrgHeadOf, Organization, PlaceSuffix, PostNominal, RoleNoun, SpeechVerb, Title,
};
use crate::word_list::word_list;

/// How many letters the acronym of a party has at most: "PDPK".
const MAX_PARTY_LETTERS: usize = 4;
/// How many letters each half of a given name with a hyphen has at most.
const MAX_SYLLABLE_LETTERS: usize = 6;
/// How many full names of a story give their surnames.
const MAX_SURNAMES: usize = 2_000;

/// Joins the candidates that are parts of one person's name: a nickname inside it (Salvatore "The Hammer" Pinto), a given
/// name before it.
pub(crate) fn join_split_names(features: &Features, candidates: Vec<Candidate>) -> Vec<Candidate> {
    let mut joined: Vec<Candidate> = Vec::with_capacity(candidates.len());
    let mut candidates = candidates.into_iter().peekable();
    while let Some(mut candidate) = candidates.next() {
        let is_person = candidate.scores.best().0 == EntityKind::Person;
        // "Tor "Pope" | Berg": the mark of a nickname begins no surname.
        if is_person && candidate.tokens.len() > 1 && is_mark(features, candidate.tokens.start) {
            candidate.tokens.start += 1;
        }
        let surname = surname_after_nickname(features, candidate.tokens.end)
            .or_else(|| surname_after_cut_nickname(features, &candidate.tokens));
        if let Some(at) = surname.filter(|_| is_person) {
            while candidates.next_if(|it| it.tokens.start < at).is_some() {}
            let surname = candidates.next_if(|it| it.tokens.start == at);
            candidate.tokens.end = surname.map_or(at + 1, |it| it.tokens.end);
        }
        // "Mark" and "Tedeschi" side by side are one person.
        let is_given = candidate.tokens.len() == 1 && features.is(candidate.tokens.start, GivenName);
        let surname = candidates.next_if(|it| {
            let is_surname = it.title.is_none() && it.scores.best().0 == EntityKind::Person;
            is_person && is_given && is_surname && it.tokens.start == candidate.tokens.end
        });
        if let Some(surname) = surname {
            candidate.tokens.end = surname.tokens.end;
        }
        if is_person && is_given && candidate.tokens.len() == 1 {
            candidate.tokens.end = end_with_word(features, candidate.tokens.end);
        }
        if is_person {
            candidate.tokens.end = gaelic_end(features, candidate.tokens.end);
            candidate.tokens.end = generation_end(features, candidate.tokens.end);
            while candidates.next_if(|it| it.tokens.start < candidate.tokens.end).is_some() {}
            if is_given {
                candidate.tokens.end = epithet_end(features, candidate.tokens.end);
            }
            let free = joined.last().map_or(0, |it| it.tokens.end);
            candidate.tokens.start = person_start(features, &candidate, free);
            let before = name_before_nickname(features, candidate.tokens.start);
            if let Some(given) = before.or_else(|| name_before_cut_nickname(features, &candidate.tokens)) {
                joined.truncate(joined.partition_point(|it| it.tokens.start < given));
                candidate.tokens.start = given;
                candidate.title = candidate.title.filter(|it| it.start < given);
            }
        }
        joined.push(candidate);
    }
    joined
}

/// The end of a given name with the surname that is a common word, inside a sentence: "Marcus | Best broke a finger".
fn end_with_word(features: &Features, end: usize) -> usize {
    let is_surname = features.get(end).is_some_and(|it| {
        it.shape == WordShape::TitleCase
            && !it.is_capital_forced
            && it.lowercase_classes.has(CommonWord)
            && !it.classes.any(&[Calendar, CapitalizedNonName, Demonym, EventHead, Organization, Title])
            && !it.classes.any(&[CompanySuffix, OrgHead, OrgHeadOf, PlaceSuffix])
            && !it.classes.is_place()
    });
    let is_in_sentence = features.doc.sentence_of(end) == features.doc.sentence_of(end.saturating_sub(1));
    end + usize::from(is_surname && is_in_sentence && !features.is_capitalized(end + 1))
}

/// The start of a person's name with the given name before it, where that is no candidate: a common word ("Per Halvard"), a
/// pronoun ("He Jianming"), a name before a nickname.
fn person_start(features: &Features, candidate: &Candidate, free: usize) -> usize {
    let start = candidate.tokens.start;
    if candidate.title.is_some() {
        return start;
    }
    // "a devout Christian | Cho"
    let is_believer = |at: usize| name_edges::follows_adjective_of_believers(features, at);
    let before = start.checked_sub(1).filter(|it| *it >= free && !is_believer(*it));
    let is_word = candidate.tokens.len() == 1;
    if let Some(at) = before.filter(|it| is_word && is_omitted_given_name(features, *it)) {
        return at;
    }
    if let Some(at) = before.filter(|it| is_word && is_given_name_like_word(features, *it, &candidate.tokens))
    {
        return at;
    }
    // "and | Luo | Yizhou"
    if let Some(at) = before.filter(|it| is_word && is_omitted_unknown_word(features, *it)) {
        return at;
    }
    // "A$AP | Rocco"
    let is_stage_name = |at: usize| features.is_capitalized(at) && features.doc.word(at).contains(['$', '!']);
    if let Some(at) = before.filter(|it| is_word && is_stage_name(*it)) {
        return at;
    }
    if let Some(at) = before.filter(|it| is_word && is_surname_like_word(features, *it)) {
        return at;
    }
    if let Some(at) = before.filter(|it| is_word && are_initials_behind_office(features, *it)) {
        return at;
    }
    if let Some(at) = before.filter(|it| is_word && is_name_like_pronoun(features, *it, candidate.tokens.end))
    {
        return at;
    }
    start
}

/// Whether a word is a surname before a given name with a hyphen: "Son | Min-jae".
fn is_surname_like_word(features: &Features, at: usize) -> bool {
    const SURNAMES: &[&str] = &word_list!("surnames-like-words");
    let is_part = |it: &str| (1..=MAX_SYLLABLE_LETTERS).contains(&it.chars().count());
    let is_given = features.doc.word(at + 1).split_once('-').is_some_and(|(first, second)| {
        is_part(first) && is_part(second) && second.chars().all(char::is_lowercase)
    });
    SURNAMES.binary_search(&features.doc.word(at)).is_ok()
        && is_given
        && features.doc.sentence_of(at) == features.doc.sentence_of(at + 1)
}

/// Whether a word is two or three initials behind an office: "minister | MK | Rathan".
fn are_initials_behind_office(features: &Features, at: usize) -> bool {
    let is_office = |at: usize| features.lowercase_classes(at).has(RoleNoun);
    let is_initials = features.get(at).is_some_and(|it| it.shape == WordShape::Uppercase);
    is_initials
        && (2..=3).contains(&features.form(at).len())
        && features.classes(at).is_empty()
        && at.checked_sub(1).is_some_and(is_office)
}

/// Whether a pronoun or an article directly before a name of one word is its first word: "He Jianming", "An Nguyen said".
fn is_name_like_pronoun(features: &Features, at: usize, end: usize) -> bool {
    match features.form(at) {
        "He" | "She" | "You" | "We" | "It" => true,
        "An" => features.is(end, SpeechVerb) || features.is(end, Auxiliary),
        _ => false,
    }
}

/// Whether a word tells the generation behind a person's name: "Jr.", "III". "Junior" and "Senior" may be names.
pub(crate) fn is_generation(features: &Features, at: usize) -> bool {
    const GENERATIONS: &[&str] = &word_list!("name-suffixes");
    let word = features.doc.word(at);
    let lower = word.trim_end_matches('.').to_lowercase();
    word.starts_with(char::is_uppercase)
        && !matches!(lower.as_str(), "junior" | "senior")
        && GENERATIONS.binary_search(&lower.as_str()).is_ok()
}

/// The end of a person's name with the generation behind it, with a comma or without: "Sanders, Jr."
fn generation_end(features: &Features, end: usize) -> usize {
    let at = end + usize::from(features.form(end) == ",");
    if is_generation(features, at) { at + 1 } else { end }
}

/// The end of a name that goes on after "Mac" with an article: "Ruaridh Mac an Tàilleir".
fn gaelic_end(features: &Features, end: usize) -> usize {
    let is_patronymic = matches!(features.form(end.saturating_sub(1)), "Mac" | "Nic" | "Mhic" | "Ó" | "Ní");
    let is_article = matches!(features.form(end), "an" | "na" | "a");
    let mark = usize::from(matches!(features.form(end + 1), "’" | "'"));
    let surname = end + 1 + mark;
    if is_patronymic && is_article && features.is_capitalized(surname) { surname + 1 } else { end }
}

/// The end of a given name with its epithet: "Carlos | the Jackal", "Ivan the Terrible". An epithet has no comma before it and
/// its capital for no other reason.
fn epithet_end(features: &Features, end: usize) -> usize {
    let epithet = end + 1;
    let is_epithet = features.form(end) == "the"
        && features.get(epithet).is_some_and(|it| it.shape == WordShape::TitleCase && !it.is_capital_forced)
        && !features.is_capitalized(epithet + 1)
        && !features.classes(epithet).is_place()
        && !features.classes(epithet).any(&[Demonym, Organization, OrgHeadOf, GivenName, CapitalizedNonName]);
    if is_epithet { epithet + 1 } else { end }
}

/// Whether the word at `at` is a given name that has its capital for no other reason.
fn is_omitted_given_name(features: &Features, at: usize) -> bool {
    features.is(at, GivenName)
        && !features.is(at, Title)
        && features.get(at).is_some_and(|it| it.shape == WordShape::TitleCase && !it.is_capital_forced)
}

/// Whether a word that is a given name in some countries stands before a surname that is no common word: "Comfort | Varr said". A day
/// is one only where it tells no time: not in "said Sunday Varr".
fn is_given_name_like_word(features: &Features, at: usize, surname: &Range<usize>) -> bool {
    const NAMES: &[&str] = &word_list!("given-names-like-words");
    let is_listed = features.get(at).is_some_and(|it| it.shape == WordShape::TitleCase)
        && NAMES.binary_search(&features.form(at)).is_ok();
    let is_surname = !features.lowercase_classes(surname.start).has(CommonWord)
        && !features.classes(surname.start).any(&[Organization, OrgHead, OrgHeadOf, Title]);
    let sentence = features.doc.sentence_of(at);
    let opens = features.doc.sentences[sentence].tokens.start == at;
    let before = at.checked_sub(1).filter(|_| !opens);
    let is_joined = before.is_none_or(|it| {
        matches!(features.form(it), "," | "and" | "“" | "\"") || features.lowercase_classes(it).has(RoleNoun)
    });
    let is_alone = before.is_none_or(|it| !features.is_capitalized(it) || features.is(it, Title));
    let is_free = if features.is(at, Calendar) { is_joined } else { is_alone };
    is_listed && is_surname && is_free && features.doc.sentence_of(surname.start) == sentence
}

/// Whether a word that no list has stands alone before the name of a person: it has its capital for no other reason.
fn is_omitted_unknown_word(features: &Features, at: usize) -> bool {
    let is_unknown = features.get(at).is_some_and(|it| {
        it.shape == WordShape::TitleCase
            && !it.is_capital_forced
            && it.classes.is_empty()
            && it.lowercase_classes.is_empty()
    });
    let is_unknown = is_unknown && !features.may_be_common_word(at);
    let follows_name = at.checked_sub(1).is_none_or(|it| features.is_capitalized(it));
    is_unknown && !follows_name && features.doc.sentence_of(at) == features.doc.sentence_of(at + 1)
}

/// The tokens of a person's name without the honours behind it, and the honours: "Ana Pohl | KC", "Ana Pohl, | KC,".
pub(crate) fn without_post_nominals(
    features: &Features,
    name: &Range<usize>,
) -> (Range<usize>, Range<usize>) {
    let is_honour = |at: &usize| features.lexicon.classes(features.doc.word(*at)).has(PostNominal);
    let start = (name.start + 1..name.end).rev().take_while(is_honour).last().unwrap_or(name.end);
    // "Ida Moe OBE", where the tagger left the letters out.
    let end_behind = |first: usize| {
        let honours = (first..first + 2).take_while(|it| is_honour(it) && name.len() > 1);
        honours.last().map_or(name.end, |it| it + 1)
    };
    let end = end_behind(name.end);
    // "Ana Pohl, PC Dan Moss": only what a comma or stop closes is an honour behind a comma.
    let comma = name.end;
    let is_closed = |at: usize| matches!(features.form(at), "," | "." | ";" | ":" | "");
    let mut apposed = end_behind(comma + 1);
    // "Ida Moe, MD, PhD, said"
    while features.form(apposed) == "," && is_honour(&(apposed + 1)) && is_closed(apposed + 2) {
        apposed += 2;
    }
    let is_apposed = features.form(comma) == "," && is_closed(apposed);
    if start == name.end && end == name.end && apposed > comma && is_apposed {
        return (name.clone(), comma + 1..apposed);
    }
    (name.start..start, start..end)
}

/// Whether a name is only letters of honour between commas behind a name: "Ida Moe, | OSB |, said".
pub(crate) fn is_honour_alone(features: &Features, name: &Range<usize>) -> bool {
    let comma = name.start.checked_sub(1).filter(|it| features.form(*it) == "," && *it > 0);
    name.len() == 1
        && features.lexicon.classes(features.doc.word(name.start)).has(PostNominal)
        && matches!(features.form(name.end), "," | "." | ";")
        && comma.is_some_and(|it| features.is_capitalized(it - 1) || features.is(it - 1, PostNominal))
}

/// Whether a word is the tag of a politician's party and home: "D-Marlow", "(R-Gale)", "(PNT-Old Marlow)".
pub(crate) fn is_party_tag(features: &Features, at: usize) -> bool {
    const PARTIES: &[&str] = &word_list!("party-tags");
    let mut parts = features.doc.word(at).splitn(2, '-');
    let (party, home) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let is_home = home.starts_with(char::is_uppercase);
    let is_listed = PARTIES.binary_search(&party).is_ok();
    let is_acronym = (2..=MAX_PARTY_LETTERS).contains(&party.len())
        && party.chars().all(|it| it.is_ascii_uppercase())
        && home.chars().nth(1).is_some_and(char::is_lowercase)
        && at > 1
        && features.form(at - 1) == "("
        && features.is_capitalized(at - 2);
    let follows = at.checked_sub(1).is_some_and(|it| matches!(features.form(it), "," | "(" | "["));
    is_home && follows && (is_listed || is_acronym)
}

/// Whether a name is the number of a bill: "HB 1557", "Senate Bill 12".
pub(crate) fn is_bill(features: &Features, name: &Range<usize>) -> bool {
    const HEADS: &[&str] = &word_list!("bill-heads");
    let is_number = |at: usize| features.form(at).starts_with(|it: char| it.is_ascii_digit());
    is_number(name.end) && HEADS.binary_search(&features.doc.word(name.end - 1)).is_ok()
}

/// The bare surnames that no candidate covers, of people whom the story names in full: "Robert Major drove. | Major said".
pub(crate) fn bare_surnames(
    features: &Features,
    runs: &[Range<usize>],
    candidates: &[Candidate],
) -> Vec<Candidate> {
    let people = candidates.iter().filter(|it| {
        it.tokens.len() > 1 && it.scores.best().0 == EntityKind::Person && !is_honoured(features, it)
    });
    let people: Vec<&Candidate> = people.take(MAX_SURNAMES).collect();
    // "Son said": a word whose capital may be forced begins no run.
    let first = |it: &&Candidate| {
        let start = it.tokens.start;
        surname_at(features, &it.tokens) == start && !features.is_function_word(start)
    };
    let like_words: HashSet<&str> =
        people.iter().copied().filter(first).map(|it| features.doc.word(it.tokens.start)).collect();
    let is_left_out = |at: &usize| {
        like_words.contains(features.doc.word(*at)) && runs.binary_search_by_key(at, |it| it.start).is_err()
    };
    let tokens = if like_words.is_empty() { 0 } else { features.doc.tokens.len() };
    let words: Vec<Range<usize>> = (0..tokens).filter(is_left_out).map(|it| it..it + 1).collect();
    let surnames: HashSet<&str> =
        people.iter().map(|it| features.doc.word(surname_at(features, &it.tokens))).collect();
    let covered: Vec<Range<usize>> = candidates
        .iter()
        .map(|it| it.title.as_ref().map_or(it.tokens.start, |it| it.start)..it.tokens.end)
        .collect();
    let is_bare = |run: &&Range<usize>| {
        let at = run.start;
        let next = covered.partition_point(|it| it.end <= at);
        let is_free = covered.get(next).is_none_or(|it| it.start > at);
        let is_subject = features.is(at + 1, SpeechVerb)
            || features.is(at + 1, Auxiliary)
            || matches!(features.form(at + 1), "'s" | "’s")
            || features.get(at).is_some_and(|it| !it.is_capital_forced);
        run.len() == 1 && is_free && is_subject && surnames.contains(features.doc.word(at))
    };
    let candidate = |run: &Range<usize>| {
        let scores = KindScores::person(scores::BARE_SURNAME);
        let mut candidate = Candidate {
            tokens: run.clone(),
            title: None,
            scores,
            may_be_common_word: false,
            is_doubtful: false,
        };
        let next = covered.partition_point(|it| it.end <= run.start);
        let free = next.checked_sub(1).map_or(0, |it| covered[it].end);
        candidate.tokens.start = person_start(features, &candidate, free);
        candidate
    };
    runs.iter().chain(&words).filter(is_bare).map(candidate).collect()
}

/// The token of the surname in a full name: the last one, or the first one of "Son Min-jae".
fn surname_at(features: &Features, name: &Range<usize>) -> usize {
    let is_first = name.len() == 2 && is_surname_like_word(features, name.start);
    if is_first { name.start } else { name.end - 1 }
}

/// Whether a name ends with letters of honour.
fn is_honoured(features: &Features, candidate: &Candidate) -> bool {
    !without_post_nominals(features, &candidate.tokens).1.is_empty()
}
