//! Names with a possessive inside: "Tarn County Sheriff’s Office", "Fell Children’s Hospital", "Tarn Teachers’ Union". The tagger
//! often cuts them at the possessive.

use std::ops::Range;

use crate::engine::entities::features::Features;
use crate::engine::entities::segmentation::{Candidate, is_possessive_mark};
use crate::engine::text::lexicon::LexicalClass::{
    CompanySuffix, GivenName, GroupNoun, OrgHead, OrgHeadOf, PlaceSuffix, RoleNoun,
};
use crate::word_list::word_list;

/// Plurals and offices that begin the name of an organisation as its owners.
const OWNERS: &[&str] = &word_list!("possessive-name-heads");
/// How many words a name may have before its possessive.
const MAX_OWNER_WORDS: usize = 5;
/// How many words a name may have behind its possessive.
const MAX_OWNED_WORDS: usize = 4;

/// Whether the word at a token may own an organisation that is named after it: "Sheriff | ’s", "Children | ’s", "Teachers | ’".
pub(crate) fn is_owner(features: &Features, at: usize) -> bool {
    let form = features.form(at);
    let lower = form.to_lowercase();
    let is_people = |word: &str| features.lexicon.classes(word).any(&[RoleNoun, GroupNoun]);
    let is_plural =
        matches!(features.form(at + 1), "'" | "’") && lower.strip_suffix('s').is_some_and(is_people);
    features.is_capitalized(at) && (OWNERS.binary_search(&form).is_ok() || is_plural || is_people(&lower))
}

/// The start of an organisation's name with the words up to the possessive before it: "Tarn County Sheriff’s | Office". The
/// start itself where none stand there, or where a person or another organisation owns it.
pub(crate) fn start_with_owner(features: &Features, name: &Range<usize>) -> usize {
    let heads = [OrgHead, OrgHeadOf, CompanySuffix, PlaceSuffix];
    let is_headed = name.len() <= MAX_OWNED_WORDS && features.classes(name.end - 1).any(&heads);
    let mark = name.start.checked_sub(1).filter(|it| is_possessive_mark(features.form(*it)) && *it > 0);
    let Some(owner) = mark.map(|it| it - 1).filter(|it| is_headed && is_owner(features, *it)) else {
        return name.start;
    };
    let sentence = features.doc.sentences.get(features.doc.sentence_of(owner));
    let floor = sentence.map_or(0, |it| it.tokens.start).max((owner + 1).saturating_sub(MAX_OWNER_WORDS));
    let is_word = |at: &usize| features.is_capitalized(*at) && !features.is_function_word(*at);
    let start = (floor..=owner).rev().take_while(is_word).last().unwrap_or(owner);
    // "Stephen King’s Council": a person.
    if features.is(start, GivenName) { name.start } else { start }
}

/// The tokens of an organisation whose first words are tagged as a place, with its owner behind them: "Tarn | Mayor’s Office". `None` where
/// no owner and no noun for an organisation follow.
pub(crate) fn organization_of_place(features: &Features, place: &Range<usize>) -> Option<Range<usize>> {
    let owner = place.end;
    let (mark, head) = (owner + 1, owner + 2);
    let is_organization = is_owner(features, owner)
        && is_possessive_mark(features.form(mark))
        && features.is_capitalized(head)
        && features.classes(head).any(&[OrgHead, OrgHeadOf]);
    let is_same_sentence = features.doc.sentence_of(place.start) == features.doc.sentence_of(head);
    (is_organization && is_same_sentence).then_some(place.start..head + 1)
}

/// The candidates without those that are only a part of another one: "Tarn County" of "Tarn County Sheriff’s Office".
pub(crate) fn without_parts(candidates: Vec<Candidate>) -> Vec<Candidate> {
    let spans: Vec<Range<usize>> = candidates.iter().map(|it| it.tokens.clone()).collect();
    let mut covered = 0;
    let mut is_part = Vec::with_capacity(spans.len());
    for (number, span) in spans.iter().enumerate() {
        let is_same_start =
            spans.get(number + 1).is_some_and(|it| it.start == span.start && it.end > span.end);
        is_part.push(span.end <= covered || is_same_start);
        covered = covered.max(span.end);
    }
    let mut is_part = is_part.into_iter();
    candidates.into_iter().filter(|_| !is_part.next().unwrap_or(false)).collect()
}
