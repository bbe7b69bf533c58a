//! Neighbour checks: whether the words beside a name tell that it is a person, a place or the owner of a works: a role before it, the
//! noun of which it is the apposition, the noun for a part of an organisation behind it.

use std::collections::HashSet;
use std::ops::Range;

use crate::analysis::EntityKind;
use crate::engine::entities::features::{Features, WordShape};
use crate::engine::entities::scores::KindScores;
use crate::engine::entities::segmentation::{self, Candidate};
use crate::engine::entities::{name_words, occupations};
use crate::engine::text::lexicon::LexicalClass::{
    CompanySuffix, Country, EpithetNoun, GivenName, GroupNoun, KinNoun, Organization, PlaceSuffix,
    Preposition, RoleNoun, SpeechVerb, Title,
};
use crate::word_list::word_list;

/// How many words the complement of a noun may have.
const MAX_COMPLEMENT_WORDS: usize = 5;

/// Whether the noun for a role stands before a given name and a surname: "the builder | Tor Berg".
pub(crate) fn is_named_by_role(features: &Features, tokens: &Range<usize>) -> bool {
    let noun = tokens.start.checked_sub(1);
    let is_noun = |at: usize| {
        features.lowercase_classes(at).has(RoleNoun) && features.doc.word(at).starts_with(char::is_lowercase)
    };
    noun.is_some_and(is_noun)
        && is_given_name_and_surname(features, tokens)
        && features.classes(tokens.end - 1).is_empty()
}

/// Whether a given name and a surname are the apposition of a noun for a person, which ends the sentence: "There is one woman on the
/// board, | Tricia Pride | ."
pub(crate) fn is_apposed_to_person(features: &Features, tokens: &Range<usize>) -> bool {
    let is_full_name =
        is_given_name_and_surname(features, tokens) && !features.is(tokens.end - 1, Organization);
    let is_closed = matches!(features.form(tokens.end), "." | ";" | "!" | "?");
    if !is_full_name || !is_closed {
        return false;
    }
    let Some(comma) = tokens.start.checked_sub(1).filter(|it| features.form(*it) == ",") else {
        return false;
    };
    let is_noun = |at: usize| {
        matches!(features.form(at), "man" | "woman")
            || features.lowercase_classes(at).any(&[RoleNoun, EpithetNoun, KinNoun])
    };
    // The complement of the noun: "on the board", "of the Tarn Trust".
    let noun = comma.checked_sub(1).map(|last| {
        let window = last.saturating_sub(MAX_COMPLEMENT_WORDS)..last + 1;
        window.rev().find(|it| is_noun(*it) && !features.is_capitalized(*it))
    });
    let is_beside = |noun: usize| {
        noun + 1 == comma
            || features.lowercase_classes(noun + 1).has(Preposition)
                && (noun + 1..comma).all(|it| features.form(it) != ",")
    };
    noun.flatten().is_some_and(is_beside)
}

/// Whether a given name and a word that ends other names are a person, as the role beside them tells: "the band’s drummer, | Chase
/// Banks |,", "Winger | Austin Church |", "hired | Jordan Victory | as its coach".
pub(crate) fn is_person_like_organization(features: &Features, tokens: &Range<usize>) -> bool {
    // "Queen Elizabeth Hospital"
    let has_occupation = tokens.len() == 3
        && is_opening_occupation(features, tokens.start)
        && !features.is(tokens.start, Title);
    let name = tokens.start + usize::from(has_occupation)..tokens.end;
    let is_pair = name.len() == 2
        && features.is(name.start, GivenName)
        && !features.is(name.end - 1, CompanySuffix)
        && name.clone().all(|it| features.get(it).is_some_and(|it| it.shape == WordShape::TitleCase));
    is_pair
        && (has_occupation
            || follows_role_of_one(features, tokens)
            || tokens.start.checked_sub(1).is_some_and(|it| is_opening_occupation(features, it))
            || precedes_role(features, tokens.end))
}

/// Whether a noun for a role that no organisation has stands before a comma and a name, and the phrase ends with the name.
fn follows_role_of_one(features: &Features, tokens: &Range<usize>) -> bool {
    let is_closed = matches!(features.form(tokens.end), "," | "." | ";");
    let comma = tokens.start.checked_sub(1).filter(|it| features.form(*it) == "," && is_closed);
    let noun = comma.and_then(|it| it.checked_sub(1));
    noun.is_some_and(|it| !features.is_capitalized(it) && is_role_of_person(features, it))
}

/// Whether a word at the start of a sentence is an occupation: "Winger Austin Church".
fn is_opening_occupation(features: &Features, at: usize) -> bool {
    let is_forced = features.get(at).is_some_and(|it| it.is_capital_forced);
    is_forced && is_role_of_person(features, at) && !features.follows_capital(at)
}

/// Whether "as" and a role stand behind a name: "hired Jordan Victory | as its coach".
fn precedes_role(features: &Features, end: usize) -> bool {
    let is_word = |at: &usize| !matches!(features.form(*at), "," | "." | "and" | "");
    let mut words = (end + 1..end + 1 + MAX_COMPLEMENT_WORDS).take_while(is_word);
    features.form(end) == "as"
        && matches!(features.form(end + 1), "its" | "the" | "their" | "a" | "an" | "his" | "her")
        && words.any(|it| is_role_of_person(features, it))
}

/// Whether a noun is a role or an occupation that organisations do not have: "drummer", but not "owner".
fn is_role_of_person(features: &Features, at: usize) -> bool {
    const ROLES_OF_ORGANIZATIONS: &[&str] = &word_list!("organisation-roles");
    let is_of_organizations =
        ROLES_OF_ORGANIZATIONS.binary_search(&features.form(at).to_lowercase().as_str()).is_ok();
    let is_role = features.lowercase_classes(at).has(RoleNoun) || occupations::is_occupation(features, at);
    is_role && !is_of_organizations
}

/// Whether an unlisted word owns a works that is named after where it stands: "| Norbex | ’s Tarn plant".
pub(crate) fn owns_site(features: &Features, tokens: &Range<usize>) -> bool {
    let site = tokens.end + 1..tokens.end + 2;
    tokens.len() == 1
        && features.classes(tokens.start).is_empty()
        && features.is_capitalized(site.start)
        && is_site(features, &site)
}

/// Whether an unlisted word that is nobody's surname in the story owns the full name or the office of one of its people: "| Norbex | ’s Ann
/// Lee", "| Norbex | ’s chief executive".
pub(crate) fn owns_people(features: &Features, tokens: &Range<usize>) -> bool {
    let first = tokens.end + 1;
    let is_owner = tokens.len() == 1
        && features.classes(tokens.start).is_empty()
        && !features.follows_capital(tokens.start)
        && matches!(features.form(tokens.end), "'s" | "’s");
    let is_name = |at: usize| features.get(at).is_some_and(|it| it.shape == WordShape::TitleCase);
    let is_full_name = || {
        features.is(first, GivenName)
            && !features.classes(first).is_place()
            && is_name(first)
            && is_name(first + 1)
            && !features.classes(first + 1).any(&[CompanySuffix, PlaceSuffix, Organization])
    };
    let is_office = || {
        matches!(features.doc.word(first), "CEO" | "CFO" | "chairman" | "chairwoman" | "shareholders")
            || features.form(first) == "chief"
                && matches!(features.form(first + 1), "executive" | "financial" | "operating")
    };
    is_owner && (is_full_name() || is_office())
}

/// Whether an unlisted word tells where a part of an organisation stands: "Norbex’s | Ostrel | smelter". A unit may have a name.
pub(crate) fn is_site(features: &Features, tokens: &Range<usize>) -> bool {
    const BRANCHES: &[&str] = &word_list!("branch-nouns");
    let noun = features.form(tokens.end);
    let is_owned = tokens.start.checked_sub(2).is_some_and(|it| {
        matches!(features.form(it + 1), "'s" | "’s")
            && features.is_capitalized(it)
            && !features.is(it, GivenName)
    });
    tokens.len() == 1
        && is_owned
        && BRANCHES.binary_search(&noun).is_ok()
        && !matches!(noun, "arm" | "branch" | "branches" | "chapter" | "chapters" | "unit")
        && !features.is(tokens.start, Organization)
}

/// Whether a listed place stands before a title and a name: "| Ohio | Gov. Ann Lee".
pub(crate) fn is_before_title(features: &Features, tokens: &Range<usize>) -> bool {
    let listed = features.lexicon.classes(&features.phrase(tokens.clone()));
    let is_office = features.is(tokens.end, Title) && features.form(tokens.end) != "Coach";
    listed.is_place()
        && !listed.has(Organization)
        && is_office
        && features.is_capitalized(tokens.end)
        && features.is_capitalized(tokens.end + 1)
}

/// Whether a word that is no acronym stands before the noun for a land, or "in" it and before the comma and the country where it lies: "the
/// Varrin | region", "in | Varrin |, Norway."
pub(crate) fn is_land(features: &Features, tokens: &Range<usize>) -> bool {
    const LANDS: &[&str] = &word_list!("nouns-of-lands");
    let is_word = tokens.len() == 1
        && features.get(tokens.start).is_some_and(|it| it.shape == WordShape::TitleCase)
        && !features.follows_capital(tokens.start);
    let is_unlisted = features.classes(tokens.start).is_empty();
    let is_before_noun = is_unlisted && LANDS.binary_search(&features.doc.word(tokens.end)).is_ok();
    let follows_in = tokens.start.checked_sub(1).is_some_and(|it| features.form(it) == "in");
    let country = tokens.end + 1;
    let is_in_country = follows_in
        && features.form(tokens.end) == ","
        && features.is(country, Country)
        && matches!(features.form(country + 1), "," | "." | ";" | ")" | "");
    is_word && (is_before_noun || is_in_country)
}

/// Whether a name of one word is that of a town, as the words beside it or the lists of places tell. What follows a capitalised
/// word somewhere in the story may be a surname: "Jack London … | London | said".
pub(crate) fn is_of_town(features: &Features, tokens: &Range<usize>) -> bool {
    let is_alone =
        tokens.len() == 1 && !features.is(tokens.start, GivenName) && !features.follows_capital(tokens.start);
    is_alone
        && (is_home(features, tokens.start)
            || is_before_organization(features, tokens.start)
            || is_behind_street(features, tokens.start)
            // "Kyiv warned of a long war"
            || features.classes(tokens.start).is_place())
}

/// Whether a word tells where somebody comes from: "the gentlelady from | Tarn", "farmers from | Elmouth".
fn is_home(features: &Features, at: usize) -> bool {
    let is_human = |at: usize| features.lowercase_classes(at).any(&[RoleNoun, GroupNoun, EpithetNoun]);
    at > 1 && features.form(at - 1) == "from" && is_human(at - 2)
}

/// Whether a word stands before an organisation of its town: "Tarn | council".
fn is_before_organization(features: &Features, at: usize) -> bool {
    const ORGANIZATIONS: &[&str] = &word_list!("local-organisations");
    ORGANIZATIONS.binary_search(&features.form(at + 1)).is_ok()
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
    let is_somebodys = matches!(
        features.form(noun - 1),
        "'s" | "’s" | "his" | "her" | "His" | "Her" | "my" | "My" | "their" | "Their" | "our" | "Our"
    );
    tokens.len() == 1
        && is_somebodys
        && features.lowercase_classes(noun).has(KinNoun)
        && !matches!(features.form(noun), "parent" | "parents" | "partner" | "family" | "sister")
}

/// Whether a list has a word as a given name or a place: "Virginia".
fn is_given_name_or_place(features: &Features, at: usize) -> bool {
    let classes = features.classes(at);
    classes.has(GivenName) || classes.is_place()
}

/// Makes people of the given names that the story tells to be those of relatives, and which stand nowhere as places: "their daughter,
/// Virginia".
pub(crate) fn make_relatives(features: &Features, candidates: &mut [Candidate]) {
    let is_word = |it: &&Candidate| it.tokens.len() == 1 && is_given_name_or_place(features, it.tokens.start);
    let word = |it: &Candidate| features.doc.word(it.tokens.start);
    let is_inside = |it: &&Candidate| {
        let before = it.tokens.start.checked_sub(1).map_or("", |it| features.form(it));
        matches!(before, "in" | "In" | "from" | "From" | "to" | "near" | "across" | "at" | "through")
    };
    let words = || candidates.iter().filter(is_word);
    let places: HashSet<&str> = words().filter(is_inside).map(word).collect();
    let relatives: HashSet<&str> = words()
        .filter(|it| is_relative(features, &it.tokens))
        .map(word)
        .filter(|it| !places.contains(it))
        .collect();
    for it in candidates {
        if it.tokens.len() == 1
            && relatives.contains(features.doc.word(it.tokens.start))
            && let Some(scores) = KindScores::of_kind(EntityKind::Person, it.scores.best().1)
        {
            it.scores = scores;
        }
    }
}

/// Whether a given name and a surname are the subject of a verb: "Nils Berg | has sold eel". What stands "in" it is a place.
pub(crate) fn is_acting_person(features: &Features, tokens: &Range<usize>) -> bool {
    let before = tokens.start.checked_sub(1);
    let is_inside = before.is_some_and(|it| features.lowercase_classes(it).has(Preposition));
    let acts = features.lowercase_classes(tokens.end).has(SpeechVerb)
        || matches!(features.form(tokens.end), "has" | "had" | "who" | "whose");
    acts && !is_inside && name_words::is_like_full_name(features, tokens)
}

/// Whether a name is a listed given name and one more word that is no head of an organisation's name.
fn is_given_name_and_surname(features: &Features, tokens: &Range<usize>) -> bool {
    tokens.len() == 2 && features.is(tokens.start, GivenName) && !segmentation::has_org_head(features, tokens)
}
