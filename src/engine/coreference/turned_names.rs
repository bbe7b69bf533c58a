//! Turned names: names of organisations with the same words in another order: "Water Ministry" and "Ministry of Water", "Chilean Harbour
//! Federation" and "Harbour Federation of Chile".

use crate::engine::coreference::organization_name::{is_department, is_headed, is_place_or_owner};
use crate::engine::coreference::person_name::comparable;
use crate::engine::text::lexicon::LexicalClass::{Country, Demonym};
use crate::engine::text::lexicon::Lexicon;

/// Whether two names are the same but for the order of their words.
pub(crate) fn has_other_order(lexicon: &Lexicon, one: &str, other: &str) -> bool {
    let (one, other): (Vec<&str>, Vec<&str>) = (one.split(' ').collect(), other.split(' ').collect());
    let (long, short) = if one.len() > other.len() { (one, other) } else { (other, one) };
    is_turned(lexicon, &long, &short) || has_place_behind(lexicon, &long, &short)
}

/// Whether one name is a department with its field behind it and the other one has the field before it, each of which may follow a
/// country: "Ministry of Clean Water", "Norwegian Clean Water Ministry", "Norwegian Ministry of Foreign Affairs", "Foreign Ministry".
pub(crate) fn is_turned(lexicon: &Lexicon, long: &[&str], short: &[&str]) -> bool {
    let turned = |department: &[&str], other: &[&str]| {
        let Some(of) = department.iter().position(|it| matches!(*it, "of" | "for")).filter(|it| *it > 0)
        else {
            return false;
        };
        let (owner, head, field) = (&department[..of - 1], department[of - 1], &department[of + 1..]);
        let field = field.strip_suffix(&["Affairs"]).unwrap_or(field);
        let Some((last, rest)) = other.split_last() else { return false };
        let Some(cut) = rest.len().checked_sub(field.len()).filter(|_| !field.is_empty()) else {
            return false;
        };
        let are_same =
            |one: &[&str], other: &[&str]| one.iter().zip(other).all(|(a, b)| comparable(a) == comparable(b));
        let is_owner = |words: &[&str]| words.is_empty() || is_place_or_owner(lexicon, words);
        let other_owner = &rest[..cut];
        let is_owned = is_owner(owner)
            && is_owner(other_owner)
            && (owner.is_empty() || other_owner.is_empty() || owner == other_owner);
        is_department(lexicon, &department[of - 1..=of])
            && *last == head
            && are_same(&rest[cut..], field)
            && is_owned
    };
    turned(long, short) || turned(short, long)
}

/// Whether a name has behind its head the place that another one has before it, or whose people: "Harbour Party of Norway", "Norway Harbour
/// Party", "Norwegian Harbour Party".
pub(crate) fn has_place_behind(lexicon: &Lexicon, long: &[&str], short: &[&str]) -> bool {
    let Some(of) = long.iter().position(|it| *it == "of") else { return false };
    let (own, place) = (&long[..of], &long[of + 1..]);
    let Some((before, rest)) = short.split_at_checked(place.len()) else { return false };
    let is_same =
        |one: &[&str], other: &[&str]| one.iter().zip(other).all(|(a, b)| comparable(a) == comparable(b));
    let is_state = matches!(own, ["Government" | "Parliament"]);
    let is_country = || are_people_of(lexicon, &before.join(" "), &place.join(" "));
    is_headed(lexicon, own)
        && own.len() == rest.len()
        && is_same(own, rest)
        && (own.len() > 1 && is_same(before, place) || (own.len() > 1 || is_state) && is_country())
}

/// Whether a word is that for the people of a country, which begins with its name, but for the last letter: "Chilean" of "Chile",
/// "Hungarian" of "Hungary". Nigerians are no people of Niger.
fn are_people_of(lexicon: &Lexicon, people: &str, country: &str) -> bool {
    lexicon.classes(people).has(Demonym)
        && lexicon.classes(country).has(Country)
        && begins_as_country(people, country)
        && !matches!(country, "Niger" | "Dominica")
}

/// Whether a word begins with the name of a country, but for its last letter: "Chilean", "Chile".
pub(crate) fn begins_as_country(people: &str, country: &str) -> bool {
    let stem = country.char_indices().next_back().map_or("", |it| &country[..it.0]);
    people.starts_with(stem)
}
