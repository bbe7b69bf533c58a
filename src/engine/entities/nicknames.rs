//! Nicknames inside the names of people: "Salvatore "The Hammer" Pinto", "Elizabeth (Liz) Berg".

use std::ops::Range;

use crate::engine::entities::features::{Features, WordShape};
use crate::engine::text::lexicon::LexicalClass::{GivenName, NameParticle, Title};

/// How many tokens after the end of a name the mark that closes a nickname may follow.
const MAX_NICKNAME_TOKENS: usize = 5;
/// How many small words a surname may begin with: "de la".
const MAX_PARTICLES: usize = 2;

/// The token of the surname after a nickname in quotation marks that opens at token `open`; `None` where there is no
/// such nickname.
pub(crate) fn surname_after_nickname(features: &Features, open: usize) -> Option<usize> {
    if !is_mark(features, open) {
        return surname_behind_bracket(features, open);
    }
    let behind = (open + 2..=open + MAX_NICKNAME_TOKENS).find(|it| is_mark(features, *it))? + 1;
    let surname = behind_particles(features, behind);
    is_nickname(features, open, behind, surname).then_some(surname)
}

/// The token behind the small words of a surname that begin at a token: "da | Costa".
fn behind_particles(features: &Features, start: usize) -> usize {
    let is_particle = |at: &usize| {
        features.lowercase_classes(*at).has(NameParticle)
            && features.doc.word(*at).starts_with(char::is_lowercase)
    };
    (start..start + MAX_PARTICLES).take_while(is_particle).last().map_or(start, |it| it + 1)
}

/// The token of the surname behind a name that ends inside the marks of a nickname: "Luis "Lulo | " da Costa".
pub(crate) fn surname_after_cut_nickname(features: &Features, name: &Range<usize>) -> Option<usize> {
    let open = name.clone().skip(1).rev().find(|it| is_mark(features, *it) && it + 1 < name.end)?;
    let is_whole = (open + 1..name.end).any(|it| is_mark(features, it));
    let surname = behind_particles(features, name.end + 1);
    let is_cut = is_mark(features, name.end) && !is_whole;
    (is_cut && is_nickname(features, open, name.end + 1, surname)).then_some(surname)
}

/// The token of the given name before a person's name that begins inside the marks of a nickname: "Ranee "| Bella" Lund".
pub(crate) fn name_before_cut_nickname(features: &Features, name: &Range<usize>) -> Option<usize> {
    let close = name.clone().skip(1).find(|it| is_mark(features, *it) && it + 1 < name.end)?;
    let open = name.start.checked_sub(1).filter(|it| is_mark(features, *it))?;
    let given = open.checked_sub(1).filter(|it| features.is_capitalized(*it))?;
    (!features.is_function_word(given) && is_nickname(features, open, close + 1, close + 1)).then_some(given)
}

/// The token of the surname behind a bracket with a nickname of one word, which follows a listed given name: "Elizabeth (Liz) Berg".
fn surname_behind_bracket(features: &Features, open: usize) -> Option<usize> {
    let given = open.checked_sub(1).filter(|it| features.form(open) == "(" && features.is(*it, GivenName))?;
    let is_name_word = |at: usize| {
        features.get(at).is_some_and(|it| it.shape == WordShape::TitleCase)
            && !features.classes(at).is_place()
    };
    let surname = open + 3;
    let is_bracket = features.form(open + 2) == ")" && is_name_word(open + 1) && is_name_word(surname);
    let is_one_sentence = features.doc.sentence_of(given) == features.doc.sentence_of(surname);
    (is_bracket && is_one_sentence).then_some(surname)
}

/// The token of the given name before a nickname that closes before token `surname`.
pub(crate) fn name_before_nickname(features: &Features, surname: usize) -> Option<usize> {
    let close = surname.checked_sub(1).filter(|it| is_mark(features, *it))?;
    let inside = (close.saturating_sub(MAX_NICKNAME_TOKENS)..close.saturating_sub(1)).rev();
    let open = inside.into_iter().find(|it| is_mark(features, *it))?;
    let given = open.checked_sub(1).filter(|it| features.is_capitalized(*it))?;
    let word = features.get(given)?;
    let is_common =
        features.is_function_word(given) || word.is_capital_forced && features.may_be_common_word(given);
    let is_name = word.shape == WordShape::TitleCase && !features.is(given, Title) && !is_common;
    (is_name && is_nickname(features, open, surname, surname)).then_some(given)
}

pub(crate) fn is_mark(features: &Features, at: usize) -> bool {
    matches!(features.form(at), "“" | "”" | "\"" | "''" | "``" | "‘" | "’" | "'")
}

/// Whether the words in marks from token `open` to token `behind` are a nickname before a capitalised token `surname`: they begin with a
/// capital or an article, end without a comma or full stop, and stand in one sentence with the surname.
fn is_nickname(features: &Features, open: usize, behind: usize, surname: usize) -> bool {
    let first = open + 1;
    let begins = features.is_capitalized(first)
        || matches!(features.form(first), "the" | "el" | "la" | "le") && features.is_capitalized(first + 1);
    let ends = !matches!(features.form(behind - 2), "," | "." | "!" | "?");
    let sentence = |at: usize| features.doc.sentence_of(at);
    begins && ends && features.is_capitalized(surname) && sentence(surname) == sentence(open)
}
