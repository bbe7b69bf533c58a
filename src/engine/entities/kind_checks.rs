//! Checks of the tagger's kinds: a name is of another kind where its words or those beside it leave no doubt.

use std::ops::Range;

use crate::analysis::EntityKind;
use crate::engine::entities::features::{Features, WordShape};
use crate::engine::entities::segmentation::{self, Candidate};
use crate::engine::entities::{is_dotted_acronym, name_words, signatures};
use crate::engine::text::lexicon::LexicalClass::{
    CommonWord, EpithetNoun, GivenName, GroupNoun, KinNoun, OrgHead, Organization, PlaceSuffix, Preposition,
    RoleNoun, SpeechVerb, Title,
};
use crate::word_list::word_list;

/// Starts of names before which a capital inside a word tells nothing: "Mc".
const NAME_STARTS: &[&str] = &word_list!("name-starts-before-capital");
/// Last words of organisations' names that may be surnames too.
const HEADS_LIKE_SURNAMES: &[&str] = &word_list!("heads-like-surnames");
/// How many letters the second part of a word of two has at least.
const MIN_JOINED_LETTERS: usize = 3;
/// How many words the complement of a noun may have.
const MAX_COMPLEMENT_WORDS: usize = 5;
/// How many letters an acronym has at most that is taken for a body's.
const MAX_ACRONYM_LETTERS: usize = 5;

/// The kind of a tagged entity, corrected where its words leave no doubt: "Senator Wes Pruitt" is nobody but a person,
/// "Norrland Steel" is no person.
pub(crate) fn checked_kind(
    features: &Features,
    tokens: &Range<usize>,
    kind: EntityKind,
    in_run: Option<&Candidate>,
    alone: Option<&Candidate>,
) -> EntityKind {
    let is_titled = in_run.is_some_and(|it| {
        let is_in_title = it.title.as_ref().is_some_and(|title| title.contains(&tokens.start));
        let is_whole = it.tokens == *tokens && it.title.is_some() && tokens.len() > 1;
        is_whole || is_in_title && it.tokens.end == tokens.end && !it.tokens.is_empty()
    });
    let is_company = alone.is_some_and(|it| it.tokens == *tokens && is_company_like(features, tokens));
    match kind {
        EntityKind::Person if is_dotted_acronym(features, tokens) => EntityKind::Organisation,
        EntityKind::Organisation if is_titled && !segmentation::has_org_head(features, tokens) => {
            EntityKind::Person
        }
        EntityKind::Person if is_company && !is_titled => EntityKind::Organisation,
        EntityKind::Organisation if tokens.len() > 1 && name_words::is_listed_country(features, tokens) => {
            EntityKind::Place
        }
        EntityKind::Place if name_words::is_body_not_place(features, tokens) => EntityKind::Organisation,
        // "Dewan Rakyat" is no person, a "… First Nation" neither.
        EntityKind::Person if !is_titled && name_words::is_listed_body(features, tokens) => {
            EntityKind::Organisation
        }
        EntityKind::Place
            if is_listed_acronym(features, tokens)
                || is_unlisted_acronym(features, tokens)
                || has_inner_capital(features, tokens) =>
        {
            EntityKind::Organisation
        }
        EntityKind::Person
            if !is_titled && (is_listed_word(features, tokens) || is_joined_word(features, tokens)) =>
        {
            EntityKind::Organisation
        }
        EntityKind::Person | EntityKind::Organisation if !is_titled && is_site(features, tokens) => {
            EntityKind::Place
        }
        EntityKind::Person | EntityKind::Place if !is_titled && is_club(features, tokens) => {
            EntityKind::Organisation
        }
        EntityKind::Person | EntityKind::Place if !is_titled && is_foreign_newspaper(features, tokens) => {
            EntityKind::Organisation
        }
        EntityKind::Person if !is_titled && is_of_town(features, tokens) => EntityKind::Place,
        EntityKind::Person | EntityKind::Place if owns_site(features, tokens) => EntityKind::Organisation,
        EntityKind::Organisation if is_named_by_role(features, tokens) => EntityKind::Person,
        EntityKind::Organisation if is_apposed_to_person(features, tokens) => EntityKind::Person,
        EntityKind::Place if is_acting_person(features, tokens) => EntityKind::Person,
        EntityKind::Organisation | EntityKind::Place if is_relative(features, tokens) => EntityKind::Person,
        EntityKind::Place if is_listed_word(features, tokens) => EntityKind::Organisation,
        EntityKind::Place
            if tokens.len() <= 3
                && (tokens.len() > 1 || features.classes(tokens.start).is_empty())
                && signatures::role_behind(features, tokens).is_some() =>
        {
            EntityKind::Person
        }
        kind => kind,
    }
}

/// Whether the noun for a role stands before a given name and a surname: "the builder | Tor Berg".
fn is_named_by_role(features: &Features, tokens: &Range<usize>) -> bool {
    let noun = tokens.start.checked_sub(1);
    let is_noun = |at: usize| {
        features.lowercase_classes(at).has(RoleNoun) && features.doc.word(at).starts_with(char::is_lowercase)
    };
    tokens.len() == 2
        && features.is(tokens.start, GivenName)
        && noun.is_some_and(is_noun)
        && !segmentation::has_org_head(features, tokens)
        && features.classes(tokens.end - 1).is_empty()
}

/// Whether a given name and a surname are the apposition of a noun for a person, which ends the sentence: "There is one woman on the
/// board, | Tricia Pride | ."
fn is_apposed_to_person(features: &Features, tokens: &Range<usize>) -> bool {
    let is_full_name = tokens.len() == 2
        && features.is(tokens.start, GivenName)
        && !segmentation::has_org_head(features, tokens)
        && !features.is(tokens.end - 1, Organization);
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

/// Whether an unlisted word owns a works that is named after where it stands: "| Norbex | ’s Tarn plant".
fn owns_site(features: &Features, tokens: &Range<usize>) -> bool {
    let site = tokens.end + 1..tokens.end + 2;
    tokens.len() == 1
        && features.classes(tokens.start).is_empty()
        && features.is_capitalized(site.start)
        && is_site(features, &site)
}

/// Whether a name is an acronym of a listed organisation, with dots or without: "U.N.".
fn is_listed_acronym(features: &Features, tokens: &Range<usize>) -> bool {
    let is_acronym = features.get(tokens.start).is_some_and(|it| it.shape == WordShape::Uppercase);
    let classes = features.classes(tokens.start);
    tokens.len() == 1 && is_acronym && classes.has(Organization) && !classes.is_place()
}

/// Whether a name of one word is a listed organisation that is nobody's surname in the story: "Bernama".
fn is_listed_word(features: &Features, tokens: &Range<usize>) -> bool {
    let classes = features.classes(tokens.start);
    tokens.len() == 1
        && classes.has(Organization)
        && !classes.is_place()
        && !classes.any(&[GivenName, Title])
        && !features.follows_capital(tokens.start)
}

/// Whether a name of several words begins as that of a sports club: "Deportivo Varr".
fn is_club(features: &Features, tokens: &Range<usize>) -> bool {
    tokens.len() > 1
        && name_words::is_club_word(features, tokens.start)
        && !features.is(tokens.start, GivenName)
}

/// Whether an unlisted word tells where a part of an organisation stands: "Norbex’s | Ostrel | smelter". A unit may have a name.
fn is_site(features: &Features, tokens: &Range<usize>) -> bool {
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

/// Whether a name of several words begins or ends as that of a newspaper in another language: "Gazeta Varrska", "Die Varrer Zeitung".
fn is_foreign_newspaper(features: &Features, tokens: &Range<usize>) -> bool {
    const WORDS: &[&str] = &word_list!("foreign-newspaper-words");
    let is_word = |at: usize| WORDS.binary_search(&features.form(at)).is_ok();
    let article = usize::from(matches!(
        features.form(tokens.start),
        "El" | "La" | "Le" | "Il" | "O" | "Die" | "Der" | "De" | "Das" | "The"
    ));
    let first = tokens.start + article;
    tokens.len() > 1
        && first < tokens.end
        && (is_word(first) || is_word(tokens.end - 1))
        && !features.is(tokens.start, GivenName)
}

/// Whether a name of one word has a capital inside it, as names of companies have and those of places have not: `VellRail`,
/// but `McVell`.
fn has_inner_capital(features: &Features, tokens: &Range<usize>) -> bool {
    let word = features.doc.word(tokens.start);
    let is_joined = word.contains(['-', '‐', '‑', '\'', '’', '.', '/']);
    let rest = NAME_STARTS.iter().rev().find_map(|it| word.strip_prefix(it)).unwrap_or(word);
    let has_capital = rest.chars().skip_while(|it| it.is_uppercase()).any(char::is_uppercase);
    tokens.len() == 1
        && !is_joined
        && word.starts_with(char::is_uppercase)
        && has_capital
        && !features.classes(tokens.start).is_place()
}

/// Whether a name of one word is joined of two, of which the second is a common word: `VellRail`.
fn is_joined_word(features: &Features, tokens: &Range<usize>) -> bool {
    let word = features.doc.word(tokens.start);
    let second = word.rfind(char::is_uppercase).map_or("", |it| &word[it..]);
    let is_common = || {
        features.lexicon.classes(&second.to_lowercase()).has(CommonWord)
            || features.lexicon.classes(second).has(OrgHead)
    };
    has_inner_capital(features, tokens)
        && second.chars().count() >= MIN_JOINED_LETTERS
        && !features.is(tokens.start, GivenName)
        && !features.follows_capital(tokens.start)
        && is_common()
}

/// Whether a name is an acronym of three letters or more that no list has as a place: "THFN".
fn is_unlisted_acronym(features: &Features, tokens: &Range<usize>) -> bool {
    let word = features.doc.word(tokens.start);
    tokens.len() == 1
        && (3..=MAX_ACRONYM_LETTERS).contains(&word.len())
        && word.bytes().all(|it| it.is_ascii_uppercase())
        && features.form(tokens.start) == word
        && features.classes(tokens.start).is_empty()
        && !features.get(tokens.start).is_some_and(|it| it.is_capital_forced)
}

/// Whether a name of one word is that of a town, as the words beside it or the lists of places tell. What follows a capitalised
/// word somewhere in the story may be a surname: "Jack London … | London | said".
fn is_of_town(features: &Features, tokens: &Range<usize>) -> bool {
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
fn is_relative(features: &Features, tokens: &Range<usize>) -> bool {
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
fn is_acting_person(features: &Features, tokens: &Range<usize>) -> bool {
    let before = tokens.start.checked_sub(1);
    let is_inside = before.is_some_and(|it| features.lowercase_classes(it).has(Preposition));
    let acts = features.lowercase_classes(tokens.end).has(SpeechVerb)
        || matches!(features.form(tokens.end), "has" | "had" | "who" | "whose");
    acts && !is_inside && name_words::is_like_full_name(features, tokens)
}

/// Whether a name of several words ends with the word for a trade and does not begin with a given name: "Norrland
/// Steel", "Tarn Ferries".
fn is_company_like(features: &Features, tokens: &Range<usize>) -> bool {
    let last = tokens.end - 1;
    tokens.len() > 1
        && features.is(last, OrgHead)
        && (features.lowercase_classes(last).has(CommonWord)
            || HEADS_LIKE_SURNAMES.binary_search(&features.form(last)).is_err())
        && !features.classes(tokens.start).any(&[GivenName, Title])
        && !features.get(tokens.start).is_some_and(|it| it.shape == WordShape::Initial)
}
