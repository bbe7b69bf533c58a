//! Checks of the tagger's kinds: a name is of another kind where its words or those beside it leave no doubt.

use std::ops::Range;

use crate::engine::entities::features::{Features, WordShape};
use crate::engine::entities::name_words;
use crate::engine::text::lexicon::LexicalClass::{
    CommonWord, EpithetNoun, GivenName, GroupNoun, KinNoun, OrgHead, Organization, PlaceSuffix, Preposition,
    RoleNoun, SpeechVerb, Title,
};
use crate::word_list::word_list;

/// Whether a name is an acronym of a listed organisation, with dots or without: "U.N.".
pub(crate) fn is_listed_acronym(features: &Features, tokens: &Range<usize>) -> bool {
    let is_acronym = features.get(tokens.start).is_some_and(|it| it.shape == WordShape::Uppercase);
    let classes = features.classes(tokens.start);
    tokens.len() == 1 && is_acronym && classes.has(Organization) && !classes.is_place()
}

/// Whether a name of one word is that of a town, as the words beside it or the lists of places tell. What follows a capitalised
/// word somewhere in the story may be a surname: "Jack London … | London | said".
pub(crate) fn is_of_town(features: &Features, tokens: &Range<usize>) -> bool {
    let is_alone =
        tokens.len() == 1 && !features.is(tokens.start, GivenName) && !features.follows_capital(tokens.start);
    is_alone
        && (is_home(features, tokens.start)
            || is_before_body(features, tokens.start)
            || is_behind_street(features, tokens.start)
            // "Kyiv warned of a long war"
            || features.classes(tokens.start).is_place())
}

/// Whether a word tells where somebody comes from: "the gentlelady from | Tarn", "farmers from | Elmouth".
fn is_home(features: &Features, at: usize) -> bool {
    let is_human = |at: usize| features.lowercase_classes(at).any(&[RoleNoun, GroupNoun, EpithetNoun]);
    at > 1 && features.form(at - 1) == "from" && is_human(at - 2)
}

/// Whether a word stands before a body of its town: "Tarn | council".
fn is_before_body(features: &Features, at: usize) -> bool {
    const BODIES: &[&str] = &word_list!("local-bodies");
    BODIES.binary_search(&features.form(at + 1)).is_ok()
}

/// Whether a word stands between commas behind the name of a street: "of Mill Lane, | Tarn |, admitted".
fn is_behind_street(features: &Features, at: usize) -> bool {
    at >= 3
        && features.form(at - 1) == ","
        && matches!(features.form(at + 1), "," | ".")
        && features.is(at - 2, PlaceSuffix)
        && features.follows_capital(at - 2)
}

/// Whether a name of one word is that of somebody's relative: "Varr's brother, | Tor |", "her son | Jonas". "Its parent, Alphabet"
/// is a company.
pub(crate) fn is_relative(features: &Features, tokens: &Range<usize>) -> bool {
    let comma = tokens.start.checked_sub(1).filter(|it| features.form(*it) == ",");
    let Some(noun) = comma.unwrap_or(tokens.start).checked_sub(1).filter(|it| *it > 0) else { return false };
    let is_somebodys =
        matches!(features.form(noun - 1), "'s" | "’s" | "his" | "her" | "His" | "Her" | "my" | "My");
    tokens.len() == 1
        && is_somebodys
        && features.lowercase_classes(noun).has(KinNoun)
        && !matches!(features.form(noun), "parent" | "parents" | "partner" | "family" | "sister")
}

/// Whether a given name and a surname are the subject of a verb: "Nils Berg | has sold eel". What stands "in" it is a place.
pub(crate) fn is_acting_person(features: &Features, tokens: &Range<usize>) -> bool {
    let before = tokens.start.checked_sub(1);
    let is_inside = before.is_some_and(|it| features.lowercase_classes(it).has(Preposition));
    let acts = features.lowercase_classes(tokens.end).has(SpeechVerb)
        || matches!(features.form(tokens.end), "has" | "had" | "who" | "whose");
    acts && !is_inside && name_words::is_like_full_name(features, tokens)
}

/// Whether a name of several words ends with the word for a trade and does not begin with a given name: "Norrland
/// Steel".
pub(crate) fn is_company_like(features: &Features, tokens: &Range<usize>) -> bool {
    let last = tokens.end - 1;
    tokens.len() > 1
        && features.is(last, OrgHead)
        && features.lowercase_classes(last).has(CommonWord)
        && !features.classes(tokens.start).any(&[GivenName, Title])
        && !features.get(tokens.start).is_some_and(|it| it.shape == WordShape::Initial)
}
