//! Candidate spans: runs of capitalised words with the words that join them ("Ministry of Justice", "Ursula von der
//! Leyen").

use std::ops::{Range, RangeInclusive};

use crate::engine::entities::features::{Features, WordShape, strip_compound_suffix};
use crate::engine::entities::segmentation::names_place_with_of;
use crate::engine::text::lexicon::LexicalClass::{
    self, CapitalizedNonName, City, CommonWord, CompanySuffix, Country, EventHead, GivenName, NameParticle,
    OrgHead, OrgHeadOf, Organization, PlacePrefix, PlaceSuffix, Region, Title,
};
use crate::word_list::word_list;

/// How many tokens a listed phrase may have after its joining word, or from a possessive ending on.
const MAX_JOINED_WORDS: usize = 3;
/// How many words before a joining word a listed phrase may start.
const MAX_WORDS_BEFORE_JOINT: usize = 4;
/// How many words a run may have; a longer one is cut here. No name is longer, and a run is searched several times for
/// each of its names.
pub(crate) const MAX_RUN_WORDS: usize = 32;

/// The capitalised runs of one sentence, in reading order.
pub(crate) fn capitalized_runs(features: &Features, sentence: Range<usize>) -> Vec<Range<usize>> {
    let mut runs = Vec::new();
    let mut at = sentence.start;
    while at < sentence.end {
        if !may_start_name(features, at) {
            at += 1;
            continue;
        }
        let end = run_end(features, at, sentence.end);
        runs.push(at..end);
        at = end;
    }
    runs
}

/// Whether a name may start at this token.
fn may_start_name(features: &Features, at: usize) -> bool {
    let Some(word) = features.get(at).filter(|it| it.is_capitalized()) else { return false };
    if features.form(at + 1) == "$" {
        return false;
    }
    if !word.is_capital_forced {
        return true;
    }
    let is_listed = !word.classes.is_empty();
    let is_particle = word.lowercase_classes.has(NameParticle)
        && (features.is_capitalized(at + 1) || is_name_particle(features, at + 1));
    is_listed
        || is_particle
        || !features.may_be_common_word(at)
        || word.shape == WordShape::Initial
        || features.follows_capital(at)
        || leads_to_head(features, at)
}

/// Whether a common word with a forced capital goes on as a name does: "Green Bank", "Bread Street Church".
fn leads_to_head(features: &Features, at: usize) -> bool {
    let heads = [OrgHead, OrgHeadOf, PlaceSuffix, CompanySuffix];
    let mut ahead = (at + 1..at + 4).take_while(|it| features.is_capitalized(*it));
    let head = ahead.find(|it| features.classes(*it).any(&heads)).and_then(|it| features.get(it));
    head.is_some_and(|it| !it.is_capital_forced)
        && !features.lowercase_classes(at).is_empty()
        && !features.is_function_word(at)
}

fn run_end(features: &Features, start: usize, stop: usize) -> usize {
    let mut end = start + 1;
    while end - start < MAX_RUN_WORDS
        && let Some(further) = extended_end(features, start..end, stop)
    {
        end = further;
    }
    end
}

/// The end of a run that goes on past its last token, but not past `stop`; `None` where it does not go on.
fn extended_end(features: &Features, run: Range<usize>, stop: usize) -> Option<usize> {
    let end = run.end;
    let word = features.get(end).filter(|_| end < stop)?;
    let last = features.doc.word(end - 1);
    if strip_compound_suffix(last) != last {
        return None;
    }
    if word.is_capitalized() {
        return (!is_outside_name(features, end)).then_some(end + 1);
    }
    match &*word.form {
        "of" | "for" | "on" | "against" => end_after_preposition(features, run, stop),
        "and" | "&" => end_after_conjunction(features, run, stop),
        "'s" | "’s" => end_after_possessive(features, run, stop),
        _ if is_name_particle(features, end) && !has_class(features, run, Title) => {
            let particles = (end + 1..end + 3).take_while(|it| is_name_particle(features, *it));
            let at = particles.last().unwrap_or(end) + 1;
            goes_on_at(features, at, stop).then_some(at + 1)
        }
        _ => None,
    }
}

/// The end of a run with a preposition after it: "Ministry of Justice".
fn end_after_preposition(features: &Features, run: Range<usize>, stop: usize) -> Option<usize> {
    let end = run.end;
    let listed = end_of_listed_phrase(features, &run, end + 2..=(end + 1 + MAX_JOINED_WORDS).min(stop));
    if listed.is_some() {
        return listed;
    }
    let last = features.classes(end - 1);
    let length = run.len();
    let has_head_of = has_class(features, run, OrgHeadOf);
    let takes_complement = if features.form(end) == "of" {
        last.any(&[OrgHeadOf, PlacePrefix])
            || names_place_with_of(features, end - 1)
            || (last.has(OrgHead) && has_head_of)
    } else {
        last.has(OrgHeadOf) || (has_head_of && length > 1 && !last.has(GivenName))
    };
    let at = end + 1 + usize::from(features.form(end + 1) == "the");
    (takes_complement && goes_on_at(features, at, stop)).then_some(at + 1)
}

/// The end of a run with "and" or "&" after it: "Ministry of Health and Welfare".
fn end_after_conjunction(features: &Features, run: Range<usize>, stop: usize) -> Option<usize> {
    let end = run.end;
    let listed = end_of_listed_phrase(features, &run, end + 2..=(end + 1 + MAX_JOINED_WORDS).min(stop));
    let has_preposition = run.clone().any(|it| matches!(features.form(it), "of" | "for" | "on"));
    let is_joined = features.form(end) == "&"
        || (has_preposition && has_class(features, run, OrgHeadOf) && !is_known_name(features, end + 1))
        || is_coordinated_name(features, end);
    listed.or_else(|| (is_joined && goes_on_at(features, end + 1, stop)).then_some(end + 2))
}

/// The end of a run with a possessive ending after it: "People's Party".
fn end_after_possessive(features: &Features, run: Range<usize>, stop: usize) -> Option<usize> {
    const OWNERS: &[&str] = &word_list!("possessive-name-heads");
    let end = run.end;
    let listed = end_of_listed_phrase(features, &run, end + 1..=(end + MAX_JOINED_WORDS).min(stop));
    let is_owner = OWNERS.binary_search(&features.form(end - 1)).is_ok();
    listed.or_else(|| (is_owner && goes_on_at(features, end + 1, stop)).then_some(end + 2))
}

/// The furthest of `ends` at which a listed phrase that covers the run's joining word ends.
fn end_of_listed_phrase(
    features: &Features,
    run: &Range<usize>,
    ends: RangeInclusive<usize>,
) -> Option<usize> {
    ends.rev().find(|it| ends_with_listed_phrase(features, run.start..*it, run.end))
}

/// Whether a run may go on with the word at `at`.
fn goes_on_at(features: &Features, at: usize, stop: usize) -> bool {
    at < stop && features.is_capitalized(at) && !is_outside_name(features, at)
}

fn has_class(features: &Features, mut tokens: Range<usize>, class: LexicalClass) -> bool {
    tokens.any(|it| features.is(it, class))
}

/// Whether common words on both sides of an "and" lead up to the head of one organisation's name: "Securities and
/// Exchange Commission".
fn is_coordinated_name(features: &Features, and: usize) -> bool {
    let is_common = |at: usize| {
        features.is_capitalized(at)
            && features.lowercase_classes(at).has(CommonWord)
            && !is_known_name(features, at)
    };
    let ahead =
        (and + 1..and + 5).take_while(|it| features.is_capitalized(*it) && !features.is(*it, GivenName));
    let last = ahead.last();
    let has_head = last.is_some_and(|it| it > and + 1 && features.classes(it).any(&[OrgHeadOf, OrgHead]));
    let is_complete = features.classes(and - 1).any(&[OrgHeadOf, CompanySuffix, PlaceSuffix]);
    has_head && !is_complete && is_common(and - 1) && is_common(and + 1)
}

/// Whether a word that has a forced capital is no part of the name before it.
fn is_outside_name(features: &Features, at: usize) -> bool {
    let Some(word) = features.get(at) else { return true };
    let is_listed = word.classes.any(&[
        GivenName,
        OrgHead,
        OrgHeadOf,
        PlaceSuffix,
        CompanySuffix,
        Title,
        Organization,
        Country,
        City,
        Region,
        EventHead,
    ]);
    let is_common = !is_listed && features.may_be_common_word(at);
    word.is_capital_forced && (is_common || features.is_function_word(at))
}

fn is_known_name(features: &Features, at: usize) -> bool {
    features.classes(at).any(&[GivenName, Country, City, Organization, Title])
}

/// Whether the lexicon has a phrase that ends with `tokens` and starts before `joint`.
fn ends_with_listed_phrase(features: &Features, tokens: Range<usize>, joint: usize) -> bool {
    let first = tokens.start.max(joint.saturating_sub(MAX_WORDS_BEFORE_JOINT));
    (first..joint).any(|start| {
        if !features.lexicon.starts_phrase(features.form(start)) {
            return false;
        }
        let classes = features.lexicon.classes(&features.phrase(start..tokens.end));
        classes.is_place() || classes.any(&[Organization, Title, CapitalizedNonName])
    })
}

fn is_name_particle(features: &Features, at: usize) -> bool {
    !features.is_capitalized(at) && features.lowercase_classes(at).has(NameParticle)
}
