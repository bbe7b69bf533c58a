//! Word checks: whether the words of a name are those of an acronym, a company, a club or a newspaper.

use std::ops::Range;

use crate::engine::entities::features::{Features, WordShape};
use crate::engine::entities::name_words;
use crate::engine::text::lexicon::LexicalClass::{
    CommonWord, GivenName, OrgHead, Organization, RoleNoun, Title,
};
use crate::word_list::word_list;

/// Starts of names before which a capital inside a word tells nothing: "Mc".
const NAME_STARTS: &[&str] = &word_list!("name-starts-before-capital");
/// Last words of organisations' names that may be surnames too.
const HEADS_LIKE_SURNAMES: &[&str] = &word_list!("heads-like-surnames");
/// How many letters the second part of a word of two has at least.
const MIN_JOINED_LETTERS: usize = 3;
/// How many letters an acronym has at most that is taken for an organisation's.
const MAX_ACRONYM_LETTERS: usize = 5;

/// Whether a name is an acronym of a listed organisation, with dots or without: "U.N.".
pub(crate) fn is_listed_acronym(features: &Features, tokens: &Range<usize>) -> bool {
    let is_acronym = features.get(tokens.start).is_some_and(|it| it.shape == WordShape::Uppercase);
    let classes = features.classes(tokens.start);
    tokens.len() == 1 && is_acronym && classes.has(Organization) && !classes.is_place()
}

/// Whether a name of one word is a listed organisation that is nobody's surname in the story: "Bernama".
pub(crate) fn is_listed_word(features: &Features, tokens: &Range<usize>) -> bool {
    let classes = features.classes(tokens.start);
    tokens.len() == 1
        && classes.has(Organization)
        && !classes.is_place()
        && !classes.any(&[GivenName, Title])
        && !features.follows_capital(tokens.start)
}

/// Whether a name of several words begins as that of a sports club: "Deportivo Varr".
pub(crate) fn is_club(features: &Features, tokens: &Range<usize>) -> bool {
    tokens.len() > 1
        && name_words::is_club_word(features, tokens.start)
        && !features.is(tokens.start, GivenName)
}

/// Whether a name is that of a well-known club or team: "Juventus". What is a surname in the story is none, nor is a given name.
pub(crate) fn is_listed_club(features: &Features, tokens: &Range<usize>) -> bool {
    const CLUBS: &[&str] = &word_list!("clubs");
    let is_listed = CLUBS.binary_search(&features.phrase(tokens.clone()).as_str()).is_ok();
    let is_free =
        tokens.len() > 1 || !features.is(tokens.start, GivenName) && !features.follows_capital(tokens.start);
    is_listed && is_free
}

/// Whether a name of several words begins or ends as that of a newspaper in another language: "Gazeta Varrska", "Die Varrer Zeitung".
pub(crate) fn is_foreign_newspaper(features: &Features, tokens: &Range<usize>) -> bool {
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

/// Whether a name of several words ends as that of a restaurant or the like: "Johann Bistro".
pub(crate) fn is_eating_place(features: &Features, tokens: &Range<usize>) -> bool {
    const HEADS: &[&str] = &word_list!("eating-place-heads");
    tokens.len() > 1 && HEADS.binary_search(&features.form(tokens.end - 1)).is_ok()
}

/// Whether a name of several words ends as that of a firm that shows visitors round: "Deep Reef Diving".
pub(crate) fn is_tour_operator(features: &Features, tokens: &Range<usize>) -> bool {
    const HEADS: &[&str] = &word_list!("tour-operator-heads");
    tokens.len() > 1 && HEADS.binary_search(&features.form(tokens.end - 1)).is_ok()
}

/// Whether a name of one word has a capital inside it, as names of companies have and those of places have not: `VellRail`,
/// but `McVell`.
pub(crate) fn has_inner_capital(features: &Features, tokens: &Range<usize>) -> bool {
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
pub(crate) fn is_joined_word(features: &Features, tokens: &Range<usize>) -> bool {
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

/// Whether a name is two initials and a surname behind an office: "director general (DGP) | LR Bishnoi".
pub(crate) fn are_initials_and_surname(features: &Features, tokens: &Range<usize>) -> bool {
    let word = features.doc.word(tokens.start);
    let is_office = |at: usize| {
        features.lowercase_classes(at).has(RoleNoun) || features.is(at, Title) || features.form(at) == ")"
    };
    tokens.len() == 2
        && word.len() == 2
        && word.bytes().all(|it| it.is_ascii_uppercase())
        && features.classes(tokens.start).is_empty()
        && features.get(tokens.end - 1).is_some_and(|it| it.shape == WordShape::TitleCase)
        && features.classes(tokens.end - 1).is_empty()
        && !features.lowercase_classes(tokens.end - 1).has(CommonWord)
        && tokens.start.checked_sub(1).is_some_and(is_office)
}

/// Whether a name is an acronym of three letters or more that no list has as a place: "THFN".
pub(crate) fn is_unlisted_acronym(features: &Features, tokens: &Range<usize>) -> bool {
    let word = features.doc.word(tokens.start);
    tokens.len() == 1
        && (3..=MAX_ACRONYM_LETTERS).contains(&word.len())
        && word.bytes().all(|it| it.is_ascii_uppercase())
        && features.form(tokens.start) == word
        && features.classes(tokens.start).is_empty()
        // "KLANG: The rain": a dateline
        && features.form(tokens.end) != ":"
        && !features.get(tokens.start).is_some_and(|it| it.is_capital_forced)
}

/// Whether a name is an acronym of three letters or more that no list has but that of organisations, outside a line in capitals:
/// "says | NDU |."
pub(crate) fn is_bare_acronym(features: &Features, tokens: &Range<usize>) -> bool {
    let is_upper = |word: &str| word.len() > 1 && word.bytes().all(|it| it.is_ascii_uppercase());
    let word = features.doc.word(tokens.start);
    let classes = features.classes(tokens.start);
    let is_line = tokens.start.checked_sub(1).is_some_and(|it| is_upper(features.doc.word(it)))
        || is_upper(features.doc.word(tokens.end));
    tokens.len() == 1
        && (3..=MAX_ACRONYM_LETTERS).contains(&word.len())
        && is_upper(word)
        && (classes.is_empty() || classes.has(Organization))
        && !is_line
        && features.form(tokens.end) != ":"
}

/// Whether a name is the acronym of a listed organisation that would be a pronoun in lower case: "WHO".
pub(crate) fn is_acronym_like_pronoun(features: &Features, tokens: &Range<usize>) -> bool {
    is_bare_acronym(features, tokens)
        && features.is(tokens.start, Organization)
        && features.is_function_word(tokens.start)
}

/// Whether a name is a plural behind an article, as that of a team: "the | Gophers".
pub(crate) fn is_team(features: &Features, tokens: &Range<usize>) -> bool {
    let has_article =
        tokens.start.checked_sub(1).is_some_and(|it| matches!(features.form(it), "the" | "The"));
    let word = features.doc.word(tokens.start);
    tokens.len() == 1
        && has_article
        && word.ends_with('s')
        && word == features.form(tokens.start)
        && features.classes(tokens.start).is_empty()
        && !features.follows_capital(tokens.start)
}

/// Whether a name of several words ends with the word for a trade and does not begin with a given name: "Norrland
/// Steel", "Tarn Ferries".
pub(crate) fn is_company_like(features: &Features, tokens: &Range<usize>) -> bool {
    let last = tokens.end - 1;
    tokens.len() > 1
        && features.is(last, OrgHead)
        && (features.lowercase_classes(last).has(CommonWord)
            || HEADS_LIKE_SURNAMES.binary_search(&features.form(last)).is_err())
        && !features.classes(tokens.start).any(&[GivenName, Title])
        && !features.get(tokens.start).is_some_and(|it| it.shape == WordShape::Initial)
}

/// Whether one word may be no name, since only its place gave it a capital: "United we stand", "Rumour has it". `is_unsure` tells whether the
/// tagger may be wrong about it.
pub(crate) fn may_be_common_word(
    features: &Features,
    tokens: &Range<usize>,
    is_person: bool,
    is_unsure: bool,
) -> bool {
    let at = tokens.start;
    let is_given = is_person && (features.is(at, GivenName) || features.follows_capital(at));
    let is_word = is_unsure && !is_given && features.lowercase_classes(at).has(CommonWord)
        || features.is_plural_of_people(at)
        || features.has_lowercase_plural(at);
    is_word
        && tokens.len() == 1
        && features.get(at).is_some_and(|it| it.is_capital_forced)
        && !features.classes(at).is_place()
        && !features.is(at, Organization)
}
