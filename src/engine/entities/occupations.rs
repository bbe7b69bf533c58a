//! Occupations: the words for what somebody is that no list of roles has.

use std::ops::Range;

use crate::engine::entities::features::{Features, WordShape};
use crate::engine::text::lexicon::LexicalClass::{
    DocumentNoun, GivenName, OccupationException, OrgNoun, PlaceNoun, RoleNoun, Title,
};
use crate::word_list::word_list;

/// Endings of nouns that tell what somebody is.
const OCCUPATION_ENDINGS: &[&str] = &word_list!("occupation-endings");
/// How many bytes must stand before such an ending.
const MIN_OCCUPATION_STEM_BYTES: usize = 3;

/// Whether a full name has an occupation before it, at the start of a sentence: "Climber Ann Lee".
pub(crate) fn opens_with_occupation(features: &Features, tokens: &Range<usize>) -> bool {
    let start = tokens.start;
    let is_forced = features.get(start).is_some_and(|it| it.is_capital_forced)
        && features.may_be_common_word(start)
        && !features.follows_capital(start);
    let is_role = features.lowercase_classes(start).has(RoleNoun) || is_occupation(features, start);
    let is_name_word = |at: usize| {
        features.get(at).is_some_and(|it| matches!(it.shape, WordShape::TitleCase | WordShape::Initial))
    };
    tokens.len() > 2
        && is_forced
        && is_role
        && !features.classes(start).any(&[GivenName, Title])
        && tokens.clone().all(is_name_word)
}

/// Whether the ending of a noun that is no listed role tells an occupation: "butcher".
pub(crate) fn is_occupation(features: &Features, at: usize) -> bool {
    let word = features.form(at).to_lowercase();
    let has_ending =
        |ending: &&str| word.len() >= ending.len() + MIN_OCCUPATION_STEM_BYTES && word.ends_with(*ending);
    let is_thing =
        features.lowercase_classes(at).any(&[DocumentNoun, OrgNoun, PlaceNoun, OccupationException]);
    OCCUPATION_ENDINGS.iter().any(has_ending) && !is_thing
}

/// Whether a person's name has a rank or an office in capitals before it: "DC Reid", "DP Reid". Alone they may be something else.
pub(crate) fn opens_with_rank(features: &Features, tokens: &Range<usize>) -> bool {
    const RANKS: &[&str] = &word_list!("police-ranks");
    const OFFICES: &[&str] = &word_list!("offices-in-capitals");
    let word = features.doc.word(tokens.start);
    tokens.len() > 1 && (RANKS.binary_search(&word).is_ok() || OFFICES.binary_search(&word).is_ok())
}

/// Whether a person's name follows a rank or an office in capitals that is no part of it: "OC | Reid", "MK | Ann Reid". "MK Reid" has
/// initials.
pub(crate) fn follows_rank(features: &Features, tokens: &Range<usize>) -> bool {
    const OFFICES: &[&str] = &word_list!("offices-like-initials");
    let Some(rank) = tokens.start.checked_sub(1) else { return false };
    let is_office = OFFICES.binary_search(&features.doc.word(rank)).is_ok();
    is_office && tokens.len() > 1 || opens_with_rank(features, &(rank..tokens.end))
}
