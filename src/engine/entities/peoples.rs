//! Peoples: whether the words beside a name tell that it is a people's: "a Kanavi from the hills", "Kanavi families", "the Yavi Yavi man".

use std::ops::Range;

use crate::engine::entities::features::Features;
use crate::engine::text::lexicon::LexicalClass::{Demonym, GivenName};
use crate::word_list::word_list;

/// Nouns for people after the name of a people, in lower case: "… villagers".
const PEOPLE_AFTER: &[&str] = &word_list!("people-nouns-after-name");

/// Whether an indefinite article stands before a person's name: "a Kanavi from the hills" is one of a people. "A Mr Lee" and
/// "a Harry Ross" may be people.
pub(crate) fn is_one_of_many(features: &Features, name: &Range<usize>) -> bool {
    let article =
        name.start.checked_sub(1).is_some_and(|it| matches!(features.form(it), "a" | "an" | "A" | "An"));
    article && name.len() <= 2 && !name.clone().any(|it| features.is(it, GivenName))
}

/// Whether a single word that is no given name tells which people some are, or two words that no list has tell of which people one is:
/// "other | Kanavi | families", "the | Yavi Yavi | man".
pub(crate) fn is_of_people(features: &Features, name: &Range<usize>) -> bool {
    let is_unlisted = |at: usize| features.classes(at).is_empty() && !features.follows_capital(at);
    let is_people = || PEOPLE_AFTER.binary_search(&features.form(name.end)).is_ok();
    let is_one = || matches!(features.form(name.end), "elder" | "man" | "woman");
    name.len() == 1 && !features.is(name.start, GivenName) && is_people()
        || name.len() == 2 && name.clone().all(is_unlisted) && (is_people() || is_one())
}

/// Whether the last word of a place's name is unlisted and stands before the elders of a people: "South Norwegian Kanavi | elder".
pub(crate) fn has_elders(features: &Features, name: &Range<usize>) -> bool {
    let last = name.end - 1;
    matches!(features.form(name.end), "elder" | "elders")
        && features.classes(last).is_empty()
        && name.clone().all(|it| it == last || features.is(it, Demonym) || is_direction_word(features, it))
}

fn is_direction_word(features: &Features, at: usize) -> bool {
    matches!(
        features.form(at),
        "Central" | "East" | "North" | "South" | "West" | "Eastern" | "Northern" | "Southern" | "Western"
    )
}
