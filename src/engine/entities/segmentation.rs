//! Segmentation: cuts a run of capitalised words into candidate names, without their titles, each with the scores of its
//! own words.

use std::ops::Range;

use crate::analysis::EntityKind;
use crate::engine::entities::features::{Features, WordShape};
use crate::engine::entities::scores::{self, KindScores};
use crate::engine::entities::{name_words, told_kinds};
use crate::engine::text::lexicon::LexicalClass::{
    Calendar, CapitalizedNonName, CommonWord, CompanySuffix, Country, Demonym, EventHead, GivenName,
    Honorific, OrgHead, OrgHeadOf, Organization, PlacePrefix, PlaceSuffix, RoleModifier, RoleNoun, Title,
};
use crate::engine::text::lexicon::{LexicalClass, LexicalClasses};
use crate::word_list::word_list;

/// A span that may be a name; its kind is not resolved yet.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    pub(crate) tokens: Range<usize>,
    /// The titles that stand directly before the name.
    pub(crate) title: Option<Range<usize>>,
    pub(crate) scores: KindScores,
    /// Whether it is one common word that has its capital only because of its position.
    pub(crate) may_be_common_word: bool,
    /// Whether the tagger found it and is less than half sure of it.
    pub(crate) is_doubtful: bool,
}

impl Candidate {
    /// An organisation that the rules are sure of.
    pub(crate) const fn organization(tokens: Range<usize>) -> Self {
        let scores = scores::ORGANIZATION_WITH_HEAD;
        Self { tokens, title: None, scores, may_be_common_word: false, is_doubtful: false }
    }

    /// Whether its words speak for a kind of name.
    pub(crate) fn tells(&self, kind: EntityKind) -> bool {
        let (best, score) = self.scores.best();
        best == kind && score >= scores::MIN_TOLD_SCORE
    }
}

/// What an organisation's name ends with or has before "of".
const ORG_HEADS: &[LexicalClass] = &[OrgHeadOf, OrgHead, CompanySuffix];

/// How many words the role of an organisation's holder may have up to its noun: "chief executive".
const MAX_OWNED_ROLE_WORDS: usize = 3;

/// Splits one run into candidates, in reading order.
pub(crate) fn segment(features: &Features, run: Range<usize>) -> Vec<Candidate> {
    let mut candidates = Vec::new();
    push_candidates(features, run, &mut candidates);
    candidates
}

/// Cuts one name from the start of the run and goes on with the rest.
fn push_candidates(features: &Features, run: Range<usize>, out: &mut Vec<Candidate>) {
    let run = without_leading_function_words(features, run);
    let Range { start, end } = run;
    if run.is_empty() {
        return;
    }
    let (length, first) = longest_listed(features, start, end).unwrap_or((1, features.classes(start)));
    let is_listed_name = first.is_place() || first.has(Organization);
    let push = |(tokens, scores): (Range<usize>, KindScores), out: &mut Vec<Candidate>| {
        out.extend(candidate(features, tokens, None, scores));
    };
    if length == run.len() && length > 1 && is_listed_name {
        push((run, KindScores::from_classes(first, scores::LISTED_PHRASE)), out);
    } else if let Some(at) = find_title(features, start, end) {
        push_around_title(features, run, at, out);
    } else if run.len() > 1 && owns_role(features, end) && is_event(features, &run) {
        push((run, scores::ORGANIZATION_WITH_HEAD), out);
    } else if is_event(features, &run) {
        // Laws, wars and prizes are none of the three kinds.
    } else if let Some(headed) = headed_name(features, &run).or_else(|| person_name(features, &run)) {
        push(headed, out);
    } else if first.any(&[Demonym, Calendar, CapitalizedNonName]) && !first.is_place() {
        push_candidates(features, start + length..end, out);
    } else if is_listed_name {
        let rest = start + length;
        if rest < end && starts_another_name(features, rest, end) {
            push((start..rest, KindScores::from_classes(first, scores::LISTED_START)), out);
            push_candidates(features, rest..end, out);
        } else if rest < end {
            push((run, scores::LISTED_START_OF_LONGER), out);
        } else {
            let is_ambiguous = first.has(GivenName) || features.may_be_common_word(start);
            let weight = if is_ambiguous { scores::AMBIGUOUS_LISTED_WORD } else { scores::LISTED_WORD };
            push((run, KindScores::from_classes(first, weight)), out);
        }
    } else if run.len() > 1 && starts_place_name(features, start) {
        push((run, scores::PLACE_WITH_PREFIX), out);
    } else {
        let scores = unlisted_scores(features, run.clone());
        push((run, scores), out);
    }
}

/// The candidate of some tokens; `None` where there are none.
fn candidate(
    features: &Features,
    tokens: Range<usize>,
    title: Option<Range<usize>>,
    scores: KindScores,
) -> Option<Candidate> {
    let may_be_common_word = tokens.len() == 1
        && features.get(tokens.start).is_some_and(|it| it.is_capital_forced)
        && features.may_be_common_word(tokens.start);
    (!tokens.is_empty()).then_some(Candidate {
        tokens,
        title,
        scores,
        may_be_common_word,
        is_doubtful: false,
    })
}

/// The run without unlisted function words at its start.
fn without_leading_function_words(features: &Features, run: Range<usize>) -> Range<usize> {
    let is_dropped =
        |at: &usize| longest_listed(features, *at, run.end).is_none() && features.is_function_word(*at);
    let start = run.clone().find(|it| !is_dropped(it)).unwrap_or(run.end);
    start..run.end
}

/// Splits a run that has a title at token `at`: what stands before the office, and the name after it.
fn push_around_title(features: &Features, run: Range<usize>, at: usize, out: &mut Vec<Candidate>) {
    let Range { start, end } = run;
    let after = titles_end(features, at, end);
    if at == start {
        return push_after_title(features, start, after, end, out);
    }
    let office = (start..at).rev().take_while(|it| is_role_word(features, *it)).last().unwrap_or(at);
    // "Tarn Chamber of Commerce and Industry | President"
    let is_of_organization = office < at
        && office >= start + 3
        && matches!(features.form(office - 1), "and" | "&")
        && matches!(features.form(office - 3), "of" | "for");
    let office = if is_of_organization { at } else { office };
    push_candidates(features, start..office, out);
    push_after_title(features, office, after, end, out);
}

/// Pushes what follows a title: a person, or an organisation or place that begins with a title's word ("King Edward
/// Hospital").
fn push_after_title(features: &Features, start: usize, after: usize, end: usize, out: &mut Vec<Candidate>) {
    let last = features.classes(end - 1);
    let is_headed = last.any(ORG_HEADS) || (last.has(PlaceSuffix) && end - after > 1);
    let is_one_title = end > after && after - start == 1;
    if is_one_title && is_headed && !last.has(GivenName) && !features.is(start, Honorific) {
        let scores = if last.any(ORG_HEADS) { scores::TITLE_IN_ORGANIZATION } else { scores::TITLE_IN_PLACE };
        out.push(Candidate {
            tokens: start..end,
            title: None,
            scores,
            may_be_common_word: false,
            is_doubtful: false,
        });
        return;
    }
    let run = without_leading_function_words(features, after..end);
    let person = person_tokens(features, run);
    out.extend(candidate(features, person, Some(start..after), scores::TITLED_PERSON));
}

/// Whether a word is the ending of a possessive: "Mayor | ’s", "Teachers | ’".
pub(crate) fn is_possessive_mark(form: &str) -> bool {
    matches!(form, "'s" | "’s" | "'" | "’")
}

/// Whether a possessive ending and a role follow at token `end`: "The Harbour Project | 's director of research" is an
/// organisation, not a plan.
pub(crate) fn owns_role(features: &Features, end: usize) -> bool {
    let is_owner = matches!(features.form(end), "'s" | "’s");
    let words = end + 1..end + 1 + MAX_OWNED_ROLE_WORDS;
    let mut words = words.take_while(|it| features.get(*it).is_some_and(|it| !it.is_capitalized()));
    is_owner && words.any(|it| features.lowercase_classes(it).has(RoleNoun))
}

/// Whether a run of several words is the name of an event, a law or a work: "Harbour Act", "Convention on Clean Water".
fn is_event(features: &Features, run: &Range<usize>) -> bool {
    const HEADS_OF: &[&str] = &word_list!("other-name-heads-of");
    let joins = |at: &usize| matches!(features.form(*at), "of" | "on" | "for" | "against");
    // The first preposition follows the head: "Ministry | of the Harbour Act".
    let joint = run.clone().skip(1).find(joins).filter(|it| it + 1 < run.end);
    let has_head_of = joint.is_some_and(|it| HEADS_OF.binary_search(&features.doc.word(it - 1)).is_ok());
    let last = features.classes(run.end - 1);
    let has_head = last.has(EventHead) && !last.any(ORG_HEADS) && !last.has(PlaceSuffix);
    run.len() > 1 && (has_head_of || has_head)
}

/// The organisation or place that the head of a run of several words tells ("Harbour Council", "Orren River").
fn headed_name(features: &Features, run: &Range<usize>) -> Option<(Range<usize>, KindScores)> {
    let Range { start, end } = *run;
    let last = features.classes(end - 1);
    let is_given_name_pair = features.is(start, GivenName) && run.len() == 2;
    if run.len() > 1 && last.any(ORG_HEADS) {
        let skipped = usize::from(is_demonym_before_head(features, start, end));
        let scores = if is_given_name_pair && !last.has(CompanySuffix) {
            scores::GIVEN_NAME_BEFORE_HEAD
        } else {
            scores::ORGANIZATION_WITH_HEAD
        };
        return Some((start + skipped..end, scores));
    }
    if run.len() > 1 && last.has(PlaceSuffix) && !is_given_name_pair {
        let skipped = usize::from(features.is(start, Demonym) && run.len() == 2);
        return Some((start + skipped..end, scores::PLACE_WITH_SUFFIX));
    }
    if run.len() > 1 && name_words::is_club_word(features, start) && !features.is(start, GivenName) {
        return Some((run.clone(), scores::ORGANIZATION_WITH_HEAD));
    }
    let joins = |at| matches!(features.form(at), "of" | "for" | "de" | "del" | "da" | "do");
    let is_joined = run.clone().any(joins) && has_org_head(features, run);
    is_joined.then(|| (run.clone(), scores::ORGANIZATION_WITH_COMPLEMENT))
}

/// The person that a given name tells, at the start of a run of several words or after epithets.
fn person_name(features: &Features, run: &Range<usize>) -> Option<(Range<usize>, KindScores)> {
    let Range { start, end } = *run;
    let inner = (start + 1..end - 1).find(|it| features.is(*it, GivenName));
    if let Some(at) = inner.filter(|at| (start..*at).all(|it| is_epithet(features, it))) {
        return Some((person_tokens(features, at..end), scores::EPITHET_BEFORE_GIVEN_NAME));
    }
    let is_given = features.is(start, GivenName) && run.len() > 1;
    is_given.then(|| (person_tokens(features, run.clone()), scores::GIVEN_NAME_FIRST))
}

/// Whether what follows a listed name in its run is a name of its own: "Norway | Ann Lee".
fn starts_another_name(features: &Features, rest: usize, end: usize) -> bool {
    let is_person = features.is(rest, GivenName) && end - rest > 1;
    is_person || features.classes(rest).is_place() || features.is(rest, Demonym)
}

/// Whether a place's name of several words may start with this word: "Lake …", "Gulf of …".
fn starts_place_name(features: &Features, start: usize) -> bool {
    features.is(start, PlacePrefix)
        || (features.form(start + 1) == "of" && names_place_with_of(features, start))
}

/// Whether the words of a name include the head of an organisation's name.
pub(crate) fn has_org_head(features: &Features, tokens: &Range<usize>) -> bool {
    tokens.clone().any(|it| features.classes(it).any(ORG_HEADS))
}

/// Whether a common word in capitals only stands before a given name: "Crooked | Ann Lee".
fn is_epithet(features: &Features, at: usize) -> bool {
    features.lowercase_classes(at).has(CommonWord)
        && !features.classes(at).any(&[GivenName, Organization, PlacePrefix])
}

/// Whether a word makes a place's name with "of": "Gulf of", "State of".
pub(crate) fn names_place_with_of(features: &Features, at: usize) -> bool {
    features.lexicon.classes(&format!("{} of", features.form(at))).has(PlacePrefix)
}

/// The tokens of a person's name at the start of a run: it ends before a day, a month or a feast.
fn person_tokens(features: &Features, run: Range<usize>) -> Range<usize> {
    let ends = |at: &usize| features.is(*at, Calendar) && !features.is(*at, GivenName);
    let stop = run.clone().skip(1).find(ends);
    run.start..stop.unwrap_or(run.end)
}

/// The scores of a run that no list knows as a whole.
fn unlisted_scores(features: &Features, run: Range<usize>) -> KindScores {
    let has_shape = |shape| run.clone().any(|it| features.get(it).is_some_and(|it| it.shape == shape));
    let has_initial = has_shape(WordShape::Initial);
    let has_acronym = has_shape(WordShape::Uppercase);
    let is_common = |at| !features.lowercase_classes(at).is_empty() || !features.is_capitalized(at);
    let all_common = run.clone().all(is_common);
    let some_common = run.clone().any(|it| features.lowercase_classes(it).has(CommonWord));
    let has_given_name = run.clone().any(|it| features.is(it, GivenName));
    let first = features.classes(run.start);
    match run.len() {
        1 if all_common && !has_given_name => scores::COMMON_WORD,
        1 if has_given_name => scores::GIVEN_NAME_ALONE,
        1 if first.any(ORG_HEADS) || first.has(PlaceSuffix) => scores::HEAD_ALONE,
        // "EB-5" is more often a thing.
        1 if features
            .form(run.start)
            .contains(|it: char| it == '/' || (has_acronym && it.is_ascii_digit())) =>
        {
            scores::CODE
        }
        1 if has_acronym => scores::ACRONYM,
        1 => scores::UNKNOWN_WORD,
        _ if told_kinds::is_honoured_person(features, &run) => scores::HONOURED_NAME,
        2.. if all_common => scores::COMMON_WORDS,
        _ if has_initial && has_given_name => scores::GIVEN_NAME_AND_INITIAL,
        2..=4 if has_given_name => scores::WORDS_WITH_GIVEN_NAME,
        2..=3 if has_acronym => scores::WORDS_WITH_ACRONYM,
        2..=3 if features.is(run.end - 1, Country) => scores::WORDS_BEFORE_COUNTRY,
        2..=3 if some_common => scores::PARTLY_COMMON_WORDS,
        2..=3 => scores::UNKNOWN_WORDS,
        _ => scores::MANY_WORDS,
    }
}

/// The length in tokens and the classes of the longest phrase of the lexicon that begins at `start`.
pub(crate) fn longest_listed(
    features: &Features,
    start: usize,
    end: usize,
) -> Option<(usize, LexicalClasses)> {
    let is_listed = |it: &LexicalClasses| {
        it.is_place() || it.any(&[Organization, Demonym, Calendar, CapitalizedNonName, Title])
    };
    let mut longest = Some((1, features.classes(start))).filter(|it| is_listed(&it.1));
    let most = features.phrase_length(start).min(end - start);
    if most < 2 {
        return longest;
    }
    let mut phrase = features.form(start).to_owned();
    for length in 2..=most {
        features.push_form(&mut phrase, start + length - 1);
        longest = Some((length, phrase_classes(features, &phrase))).filter(|it| is_listed(&it.1)).or(longest);
    }
    longest
}

/// The classes of several words together; a plural has those of its singular ("New Zealanders").
fn phrase_classes(features: &Features, phrase: &str) -> LexicalClasses {
    let classes = features.lexicon.classes(phrase);
    if !classes.is_empty() {
        return classes;
    }
    let singular = phrase.strip_suffix('s').map(|it| features.lexicon.classes(it));
    singular.filter(|it| it.has(Demonym)).unwrap_or_default()
}

/// The first title in the run that a name follows or that ends the run.
fn find_title(features: &Features, start: usize, end: usize) -> Option<usize> {
    (start..end).find(|&at| {
        let Some((length, classes)) = longest_listed(features, at, end) else { return false };
        if !classes.has(Title) {
            return false;
        }
        // "Mayor’s Office", "King’s College"
        if at + length < end && is_possessive_mark(features.form(at + length)) {
            return false;
        }
        let ends_run = at + length >= end;
        // "Stephen King": a title at the end of a given name is a surname.
        let is_surname = ends_run && at > start && features.is(start, GivenName);
        let is_given_name =
            classes.has(GivenName) && at == start && !ends_run && features.form(at).len() > 2 && length == 1;
        // "the Prime Minister | ’s Office", "King’s College"
        let is_owner = matches!(features.form(at + length), "'s" | "’s") && at + length < end;
        !is_surname && !is_given_name && !is_owner
    })
}

/// The end of the titles that begin at `start` ("Foreign Minister Sheikh").
fn titles_end(features: &Features, start: usize, end: usize) -> usize {
    let mut at = start;
    // "Chairman and Chief Executive" is left to the roles; "Director of X" is no name.
    while at < end
        && let Some((length, classes)) = longest_listed(features, at, end)
    {
        // "Mr. King": after a title the last word is a name.
        let is_surname = at > start && at + length >= end;
        let is_given_name = at > start && classes.has(GivenName);
        if !classes.has(Title) || is_surname || is_given_name {
            break;
        }
        at += length;
    }
    at
}

/// Whether a capitalised word before a title belongs to the office: "Deputy", "Executive".
fn is_role_word(features: &Features, at: usize) -> bool {
    let classes = features.classes(at);
    features.lowercase_classes(at).any(&[RoleModifier, RoleNoun])
        && !classes.is_place()
        && !classes.any(&[Organization, OrgHeadOf])
}

/// Whether a demonym stands before an organisation that is named without it: "Nigerian | Senate".
fn is_demonym_before_head(features: &Features, start: usize, end: usize) -> bool {
    let is_pair = end - start == 2 && features.classes(start + 1).any(&[OrgHeadOf, OrgHead]);
    is_pair && features.is(start, Demonym) && !features.classes(start).is_place()
}
