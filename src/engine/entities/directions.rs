//! Directions: parts of addresses, points of the compass and routes, which are no places of their own: "Suite 29D", "Central South",
//! "Oslo-Bergen".

use std::ops::Range;

use crate::engine::entities::features::Features;
use crate::engine::text::lexicon::LexicalClass::{Demonym, Organization};
use crate::word_list::word_list;

/// Directions with a capital.
const DIRECTIONS: &[&str] = &word_list!("directions");

/// Whether a name is a part of a building in an address: "Suite 29D".
pub(super) fn is_part_of_address(features: &Features, name: &Range<usize>) -> bool {
    const PARTS: &[&str] = &word_list!("parts-of-addresses");
    let number = if name.len() == 1 { name.end } else { name.end - 1 };
    name.len() <= 2
        && PARTS.binary_search(&features.doc.word(name.start)).is_ok()
        && features.doc.word(number).starts_with(|it: char| it.is_ascii_digit())
}

/// Whether a name has only directions as its words and no list has it as a place: "Central South".
pub(super) fn is_direction(features: &Features, name: &Range<usize>) -> bool {
    let is_word = |at: usize| DIRECTIONS.binary_search(&features.form(at)).is_ok();
    let is_listed = || features.lexicon.classes(&features.phrase(name.clone())).is_place();
    name.len() > 1 && name.clone().all(is_word) && !is_listed()
}

/// Whether a word is the first of two directions that share a name: "Central and | South America".
pub(super) fn is_joint_direction(features: &Features, at: usize) -> bool {
    let is_word = |at: usize| DIRECTIONS.binary_search(&features.doc.word(at)).is_ok();
    is_word(at) && matches!(features.form(at + 1), "and" | "or" | "&") && is_word(at + 2)
}

/// Whether a hyphen joins a place with a listed one of several words, or an abbreviated one with another: "Japan-South Korea", "U.S.-Norway".
pub(super) fn is_route_to_words(features: &Features, name: &Range<usize>) -> bool {
    let is_joined = name.len() == 3
        && features.doc.word(name.start).ends_with('.')
        && matches!(features.form(name.start + 1), "-" | "‐" | "‑" | "–");
    if is_joined {
        return [name.start, name.start + 2].iter().all(|it| features.classes(*it).is_place());
    }
    let parts = features.doc.word(name.start).split_once(['-', '‐', '‑', '–']).filter(|_| name.len() > 1);
    parts.is_some_and(|(one, other)| {
        let rest = features.phrase(name.start + 1..name.end);
        let is_place = |it: &str| features.lexicon.classes(it).is_place();
        is_place(one) && is_place(&format!("{other} {rest}"))
    })
}

/// Whether a word joins two places or peoples with a hyphen and no list has it as one place: "Oslo-Bergen".
pub(super) fn is_route(features: &Features, at: usize) -> bool {
    let word = features.doc.word(at);
    // "EU-Norway"
    let is_acronym_of_organization =
        |part: &str| part.chars().all(char::is_uppercase) && features.lexicon.classes(part).has(Organization);
    let is_place = |part: &str| {
        let classes = features.lexicon.classes(part);
        classes.is_place() || classes.has(Demonym) || part.len() > 1 && is_acronym_of_organization(part)
    };
    let is_known = is_place(word) || features.is(at, Organization);
    let parts = || word.split(['-', '‐', '‑', '–']);
    !is_known && parts().count() > 1 && parts().all(is_place)
}

/// The start of a place's name with the direction before it, where the rest names only a kind of land: "Northern | Midlands".
pub(super) fn start_with_direction(features: &Features, name: &Range<usize>) -> usize {
    const LANDS: &[&str] =
        &["Beaches", "Highlands", "Lowlands", "Midlands", "Plains", "Rivers", "Tablelands", "Uplands"];
    let is_land = name.len() == 1 && LANDS.binary_search(&features.doc.word(name.start)).is_ok();
    let before = name.start.checked_sub(1).filter(|_| is_land);
    let is_point = |at: &usize| {
        matches!(
            features.doc.word(*at),
            "Central" | "East" | "Eastern" | "North" | "Northern" | "South" | "Southern" | "West" | "Western"
        )
    };
    before.filter(is_point).unwrap_or(name.start)
}
