//! Acronyms: how far the name goes that one in brackets abbreviates, and which of them stand for words that are no name.

use std::collections::HashSet;
use std::ops::Range;

use crate::analysis::EntityKind;
use crate::engine::entities::features::{Features, WordShape};
use crate::engine::entities::scores::KindScores;
use crate::engine::entities::segmentation::Candidate;
use crate::engine::entities::{context, name_words};
use crate::engine::text::abbreviations::{abbreviates, has_letters};
use crate::engine::text::lexicon::LexicalClass::{EventHead, Organization, RoleNoun, Title};
use crate::engine::text::tokens::TokenKind;
use crate::word_list::word_list;

/// How many words may follow the known part of a name before its acronym.
const MAX_WORDS_BEHIND: usize = 8;
/// How many words the tagger may leave out before the known part of a name.
const MAX_WORDS_BEFORE: usize = 4;
/// How many letters an acronym has at least that tells where a long name begins and ends.
const MIN_LETTERS_OF_LONG_NAME: usize = 3;
/// Words that end the name of a law, a treaty, a plan or another thing, or stand before its complement.
const HEADS_OF_TEXTS: &[&str] = &word_list!("heads-of-texts");
/// How many letters the acronym of an office has at most.
const MAX_OFFICE_LETTERS: usize = 4;

/// The candidates, in reading order, in which the name of an organisation has all words of which an acronym in brackets behind it has
/// the initials: "Norrland Force | in Tarn (NFIT)", "Friends of | Tarn Harbour (FOTH)".
pub(crate) fn with_long_names(features: &Features, candidates: Vec<Candidate>) -> Vec<Candidate> {
    let mut kept: Vec<Candidate> = Vec::with_capacity(candidates.len());
    let mut candidates = candidates.into_iter().peekable();
    while let Some(mut candidate) = candidates.next() {
        let is_organization =
            candidate.scores.best().0 == EntityKind::Organisation && candidate.title.is_none();
        if let Some(long) = long_name(features, &candidate.tokens).filter(|_| is_organization) {
            while candidates.next_if(|it| it.tokens.start < long.end).is_some() {}
            let is_inside = |it: &mut Candidate| it.tokens.start >= long.start && it.title.is_none();
            while kept.pop_if(is_inside).is_some() {}
            let free = kept.last().map_or(0, |it| it.tokens.end);
            candidate.tokens = long.start.max(free)..long.end;
        }
        if let Some(name) = name_before_acronym(features, &candidate.tokens).filter(|_| is_organization) {
            let is_covered =
                kept.last().is_some_and(|it| it.tokens.start <= name.start && it.tokens.end == name.end);
            let is_inside = |it: &mut Candidate| it.tokens.start >= name.start && it.title.is_none();
            while !is_covered && kept.pop_if(is_inside).is_some() {}
            let is_free = kept.last().is_none_or(|it| it.tokens.end <= name.start);
            if !is_covered && is_free {
                kept.push(Candidate::organization(name));
            }
        }
        kept.push(candidate);
    }
    kept
}

/// The acronyms that the story explains in brackets as those of laws, plans and other things: "Tarn Harbour Plan (THP)".
pub(crate) fn of_things<'a>(features: &'a Features) -> HashSet<&'a str> {
    const HEADS: &[&str] = &word_list!("heads-with-acronyms");
    let is_head = |at: usize| features.is_capitalized(at) && HEADS.binary_search(&features.form(at)).is_ok();
    let explained = |open: usize| {
        let letters = acronym_at(features, open + 1).filter(|_| features.form(open + 2) == ")")?;
        let before = (open.saturating_sub(MAX_WORDS_BEHIND)..open).rev();
        let mut starts = before.take_while(|it| is_name_word(features, *it));
        let is_explained = letters.chars().count() >= MIN_LETTERS_OF_LONG_NAME
            && starts.any(|it| has_initials(features, &(it..open), &letters));
        is_explained.then(|| features.doc.word(open + 1))
    };
    let opens = (1..features.doc.tokens.len()).filter(|it| features.form(*it) == "(" && is_head(it - 1));
    opens.filter_map(explained).collect()
}

/// Whether a name is one of the acronyms of things, or ends before the bracket that explains one.
pub(crate) fn names_thing(features: &Features, acronyms: &HashSet<&str>, name: &Range<usize>) -> bool {
    let is_explained = features.form(name.end) == "(" && acronyms.contains(features.doc.word(name.end + 1));
    is_explained || name.len() == 1 && acronyms.contains(features.doc.word(name.start))
}

/// The words directly before an acronym in brackets that have its letters as their initials: "Friends of Old Piers (FOOP)". `None` where
/// there are none.
fn name_before_acronym(features: &Features, acronym: &Range<usize>) -> Option<Range<usize>> {
    let open = acronym.start.checked_sub(1).filter(|it| features.form(*it) == "(")?;
    let letters = acronym_at(features, acronym.start).filter(|_| acronym.len() == 1)?;
    let is_closed = features.form(acronym.end) == ")";
    if !is_closed || letters.chars().count() < MIN_LETTERS_OF_LONG_NAME {
        return None;
    }
    let before = (open.saturating_sub(MAX_WORDS_BEHIND + MAX_WORDS_BEFORE)..open).rev();
    let start = before
        .take_while(|it| is_name_word(features, *it))
        .find(|it| features.is_capitalized(*it) && has_initials(features, &(*it..open), &letters))?;
    let name = start..open;
    let is_no_organization = features.is(open - 1, EventHead)
        || name_words::is_office_alone(features, &name)
        || is_text(features, &name);
    (!is_no_organization).then_some(name)
}

/// The words around a part of a name that an acronym in brackets behind them abbreviates; `None` where it tells nothing more.
fn long_name(features: &Features, part: &Range<usize>) -> Option<Range<usize>> {
    let is_inside = |at: usize| is_name_word(features, at);
    let behind = part.end..part.end + MAX_WORDS_BEHIND;
    let open = behind.into_iter().find(|it| !is_inside(*it)).filter(|it| features.form(*it) == "(")?;
    let acronym = acronym_at(features, open + 1).filter(|_| features.form(open + 2) == ")")?;
    let is_long = acronym.chars().count() >= MIN_LETTERS_OF_LONG_NAME;
    if !is_long || features.is(open - 1, EventHead) {
        return None;
    }
    let before =
        (part.start.saturating_sub(MAX_WORDS_BEFORE)..part.start).rev().take_while(|it| is_inside(*it));
    let starts = std::iter::once(part.start).chain(before);
    let start = starts
        .into_iter()
        .find(|start| features.is_capitalized(*start) && has_initials(features, &(*start..open), &acronym))?;
    (start < part.start || open > part.end).then_some(start..open)
}

/// Whether a word may stand inside the name of an organisation: it has a capital, or joins others.
fn is_name_word(features: &Features, at: usize) -> bool {
    let joins = matches!(
        features.form(at),
        "in" | "for"
            | "of"
            | "on"
            | "and"
            | "the"
            | "to"
            | "against"
            | "with"
            | "de"
            | "del"
            | "des"
            | "du"
            | "la"
    );
    joins || features.is_capitalized(at)
}

/// The letters of an acronym at a token; `None` where there is none.
fn acronym_at(features: &Features, at: usize) -> Option<String> {
    let is_acronym = features.get(at).is_some_and(|it| it.shape == WordShape::Uppercase);
    let letters: String = features.doc.word(at).chars().filter(|it| it.is_alphabetic()).collect();
    (is_acronym && letters.chars().all(char::is_uppercase) && !letters.is_empty()).then_some(letters)
}

/// Whether the words of a name have the letters of an acronym as their initials, with those of its small words or without.
fn has_initials(features: &Features, name: &Range<usize>, acronym: &str) -> bool {
    let capitals: String = context::initials(features, name).into_iter().collect();
    let all = name.clone().filter_map(|it| features.form(it).chars().next()).flat_map(char::to_uppercase);
    // "Norrland Harbour League-Berg (NHL-B)"
    let parts = name
        .clone()
        .filter(|it| features.is_capitalized(*it))
        .flat_map(|it| features.doc.word(it).split('-'));
    let of_parts = parts.filter_map(|it| it.chars().next()).filter(|it| it.is_uppercase());
    capitals == acronym || all.eq(acronym.chars()) || of_parts.eq(acronym.chars())
}

/// The runs of capitals that explain an acronym which a candidate names, in reading order: "Bakers People's Campaign" for the BPC of the
/// story. An office explains none.
pub(crate) fn explained_names(
    features: &Features,
    runs: &[Range<usize>],
    candidates: &[Candidate],
) -> Vec<Range<usize>> {
    let acronyms: HashSet<&str> = candidates
        .iter()
        .filter(|it| it.tokens.len() == 1)
        .map(|it| features.doc.word(it.tokens.start))
        .filter(|it| it.len() >= MIN_LETTERS_OF_LONG_NAME)
        .collect();
    let name = |run: &Range<usize>| {
        let article = usize::from(matches!(features.form(run.start), "The" | "the"));
        run.start + article..run.end
    };
    let is_explained = |it: &Range<usize>| {
        let initials: String = context::initials(features, it).into_iter().collect();
        it.len() > 2
            && acronyms.contains(initials.as_str())
            && !name_words::is_office_alone(features, it)
            && !is_text(features, it)
    };
    runs.iter().map(name).filter(is_explained).collect()
}

/// Whether a candidate is only a part of a name that explains an acronym.
pub(crate) fn is_cut(explained: &[Range<usize>], candidate: &Candidate) -> bool {
    let next = explained.partition_point(|it| it.end <= candidate.tokens.start);
    let name = explained.get(next).filter(|it| it.start <= candidate.tokens.start);
    let is_inside =
        name.is_some_and(|it| candidate.tokens.end <= it.end && candidate.tokens.len() < it.len());
    is_inside && candidate.title.is_none() && candidate.scores.best().0 == EntityKind::Organisation
}

/// The acronyms that stand for words in lower case, for an office or for a law or the like: "radio beacon (RB)", the "AG" of an
/// Attorney General, "Joint Plan of Action (JPA)".
pub(crate) fn of_no_names<'a>(features: &'a Features, candidates: &[Candidate]) -> HashSet<&'a str> {
    let organizations: HashSet<String> = candidates
        .iter()
        .filter(|it| it.tokens.len() > 1 && it.scores.best().0 == EntityKind::Organisation)
        .filter(|it| !ends_office(features, it.tokens.end - 1))
        .map(|it| context::initials(features, &it.tokens).into_iter().collect())
        .collect();
    let tokens = 0..features.doc.tokens.len();
    let offices: HashSet<String> = tokens
        .clone()
        .filter_map(|it| office_initials(features, it).or_else(|| text_initials(features, it)))
        .filter(|it| !organizations.contains(it))
        .collect();
    let is_no_name = |at: &usize| {
        let classes = features.classes(*at);
        let is_unlisted = !classes.has(Organization) && !classes.is_place();
        acronym_at(features, *at).is_some()
            && (is_of_noun(features, *at)
                || is_unlisted && (offices.contains(features.doc.word(*at)) || is_of_event(features, *at)))
    };
    tokens.filter(is_no_name).map(|it| features.doc.word(it)).collect()
}

/// Whether the word at a token is an office, or ends a listed one of two words: "Commissioner", "Attorney General".
fn ends_office(features: &Features, last: usize) -> bool {
    let is_noun = features.is(last, Title) && features.lowercase_classes(last).has(RoleNoun);
    let is_listed = || last > 0 && features.lexicon.classes(&features.phrase(last - 1..last + 1)).has(Title);
    is_noun || is_listed()
}

/// The initials of an office in capitals that ends with token `last`: "AG" of "Attorney General".
fn office_initials(features: &Features, last: usize) -> Option<String> {
    let is_end = ends_office(features, last) && features.is_capitalized(last);
    let before = (0..last).rev().take(MAX_OFFICE_LETTERS).take_while(|it| {
        features.get(*it).is_some_and(|it| it.shape == WordShape::TitleCase)
            && !features.is_function_word(*it)
    });
    let start = before.last().filter(|_| is_end)?;
    let letters: String = context::initials(features, &(start..last + 1)).into_iter().collect();
    (2..=MAX_OFFICE_LETTERS).contains(&letters.chars().count()).then_some(letters)
}

/// Whether an acronym in brackets has the letters of the words in lower case before it: "harbour partnership (HP)", "radio frequency
/// identification (RFID)", "superintendent of police (SP)".
fn is_of_noun(features: &Features, at: usize) -> bool {
    let acronym: Vec<char> = features.doc.word(at).chars().flat_map(char::to_lowercase).collect();
    let open = at.checked_sub(1).filter(|it| acronym.len() > 1 && features.form(*it) == "(");
    let Some(open) = open.filter(|_| features.form(at + 1) == ")") else { return false };
    let is_word = |it: &usize| {
        features.doc.tokens.get(*it).is_some_and(|it| it.kind == TokenKind::Word)
            && !features.is_capitalized(*it)
            || matches!(features.form(*it), "-" | "‐" | "‑")
    };
    let start = (0..open).rev().take(2 * acronym.len()).take_while(is_word).last().unwrap_or(open);
    let words: Vec<&str> = (start..open)
        .flat_map(|it| features.form(it).split(['-', '‐', '‑']))
        .filter(|it| !it.is_empty())
        .collect();
    let most = words.len().min(acronym.len());
    let is_last = |words: &[&str], count: usize| has_letters(&words[words.len() - count..], &acronym);
    // "superintendent of police (SP)"
    let is_small = |word: &str| matches!(word, "of" | "for" | "in" | "the" | "and");
    let nouns: Vec<&str> = words.iter().copied().filter(|it| !is_small(it)).collect();
    let is_office = nouns.len().checked_sub(acronym.len()).is_some_and(|first| {
        features.lexicon.classes(nouns[first]).has(RoleNoun) && is_last(&nouns, acronym.len())
    });
    is_office || (2..=most).any(|count| is_last(&words, count))
}

/// Whether an acronym in brackets has the initials of the name of a law, a treaty or the like before it: "Joint Plan of Action (JPA)".
fn is_of_event(features: &Features, at: usize) -> bool {
    let Some(open) = at.checked_sub(1).filter(|it| features.form(*it) == "(") else { return false };
    let Some(letters) = acronym_at(features, at).filter(|_| features.form(at + 1) == ")") else {
        return false;
    };
    let before = (open.saturating_sub(MAX_WORDS_BEHIND)..open).rev();
    let mut starts = before.take_while(|it| is_name_word(features, *it));
    let start =
        starts.find(|it| features.is_capitalized(*it) && has_initials(features, &(*it..open), &letters));
    start.is_some_and(|it| is_text(features, &(it..open)))
}

/// Whether a name is that of a law, a treaty, a plan or another thing: "Harbour Act", "Joint Plan of Action", "Harbour Entry Number".
fn is_text(features: &Features, name: &Range<usize>) -> bool {
    let is_head = |at: usize| HEADS_OF_TEXTS.binary_search(&features.doc.word(at)).is_ok();
    let joint = name.clone().skip(1).find(|it| matches!(features.form(*it), "of" | "on" | "for" | "against"));
    name.len() > 1 && (is_head(name.end - 1) || joint.is_some_and(|it| is_head(it - 1)))
}

/// The initials of the name of a law or a treaty of several words that ends with a token: "HCT" of "Harbour Council Treaty".
fn text_initials(features: &Features, last: usize) -> Option<String> {
    let is_head = HEADS_OF_TEXTS.binary_search(&features.doc.word(last)).is_ok();
    let is_word = |at: &usize| features.is_capitalized(*at) && !features.is_function_word(*at);
    let before = (0..last).rev().take(MAX_WORDS_BEFORE).take_while(is_word);
    let start = before.last().filter(|it| is_head && it + 1 < last)?;
    Some(context::initials(features, &(start..last + 1)).into_iter().collect())
}

/// Makes places of the acronyms that stand in brackets behind the names of places which they abbreviate: "the Lundkrant Sagar dam (LKS)".
pub(crate) fn make_places(features: &Features, candidates: &mut [Candidate]) {
    let explained = |place: &Candidate| {
        let end = place.tokens.end;
        let open = (end..end + 2).find(|it| features.form(*it) == "(")?;
        let letters = acronym_at(features, open + 1).filter(|_| features.form(open + 2) == ")")?;
        let is_new =
            letters.chars().count() >= MIN_LETTERS_OF_LONG_NAME && features.classes(open + 1).is_empty();
        let name = features.phrase(place.tokens.start..open);
        let is_told =
            || abbreviates(&letters, &features.phrase(place.tokens.clone())) || abbreviates(&letters, &name);
        (is_new && is_told()).then(|| features.doc.word(open + 1))
    };
    let places = candidates.iter().filter(|it| it.scores.best().0 == EntityKind::Place);
    let acronyms: HashSet<&str> = places.filter_map(explained).collect();
    for it in candidates {
        if it.tokens.len() == 1
            && acronyms.contains(features.doc.word(it.tokens.start))
            && let Some(scores) = KindScores::of_kind(EntityKind::Place, it.scores.best().1)
        {
            it.scores = scores;
        }
    }
}
