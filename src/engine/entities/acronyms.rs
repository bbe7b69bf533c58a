//! Acronyms: how far the name goes that one in brackets abbreviates, and which of them stand for words that are no name.

use std::collections::HashSet;
use std::ops::Range;

use crate::analysis::EntityKind;
use crate::engine::entities::context;
use crate::engine::entities::features::{Features, WordShape};
use crate::engine::entities::segmentation::Candidate;
use crate::engine::text::lexicon::LexicalClass::{EventHead, RoleNoun, Title};
use crate::engine::text::tokens::TokenKind;

/// How many words may follow the known part of a name before its acronym.
const MAX_WORDS_BEHIND: usize = 8;
/// How many words the tagger may leave out before the known part of a name.
const MAX_WORDS_BEFORE: usize = 4;
/// How many letters an acronym has at least that tells where a long name begins and ends.
const MIN_LETTERS_OF_LONG_NAME: usize = 3;
/// How many letters the acronym of an office has at most.
const MAX_OFFICE_LETTERS: usize = 4;

/// The candidates, in reading order, in which the name of an organisation has all words of which an acronym in brackets behind it has
/// the initials: "Norrland Force | in Tarn (NFIT)", "Friends of | Tarn Harbour (FOTH)".
pub(crate) fn with_long_names(features: &Features, candidates: Vec<Candidate>) -> Vec<Candidate> {
    let mut kept: Vec<Candidate> = Vec::with_capacity(candidates.len());
    let mut candidates = candidates.into_iter().peekable();
    while let Some(mut candidate) = candidates.next() {
        let is_body = candidate.scores.best().0 == EntityKind::Organisation && candidate.title.is_none();
        if let Some(long) = long_name(features, &candidate.tokens).filter(|_| is_body) {
            while candidates.next_if(|it| it.tokens.start < long.end).is_some() {}
            let is_inside = |it: &mut Candidate| it.tokens.start >= long.start && it.title.is_none();
            while kept.pop_if(is_inside).is_some() {}
            let free = kept.last().map_or(0, |it| it.tokens.end);
            candidate.tokens = long.start.max(free)..long.end;
        }
        kept.push(candidate);
    }
    kept
}

/// The words around a part of a name that an acronym in brackets behind them abbreviates; `None` where it tells nothing more.
fn long_name(features: &Features, part: &Range<usize>) -> Option<Range<usize>> {
    let is_inside = |at: usize| is_name_word(features, at);
    let behind = part.end..part.end + MAX_WORDS_BEHIND;
    let open = behind.into_iter().find(|it| !is_inside(*it)).filter(|it| features.form(*it) == "(")?;
    let acronym = acronym_at(features, open + 1).filter(|_| features.form(open + 2) == ")")?;
    let is_long = acronym.chars().count() >= MIN_LETTERS_OF_LONG_NAME;
    if !is_long || features.is(open - 1, EventHead) {
        return None;
    }
    let before =
        (part.start.saturating_sub(MAX_WORDS_BEFORE)..part.start).rev().take_while(|it| is_inside(*it));
    let starts = std::iter::once(part.start).chain(before);
    let start = starts
        .into_iter()
        .find(|start| features.is_capitalized(*start) && has_initials(features, &(*start..open), &acronym))?;
    (start < part.start || open > part.end).then_some(start..open)
}

/// Whether a word may stand inside the name of an organisation: it has a capital, or joins others.
fn is_name_word(features: &Features, at: usize) -> bool {
    let joins = matches!(
        features.form(at),
        "in" | "for"
            | "of"
            | "on"
            | "and"
            | "the"
            | "to"
            | "against"
            | "with"
            | "de"
            | "del"
            | "des"
            | "du"
            | "la"
    );
    joins || features.is_capitalized(at)
}

/// The letters of an acronym at a token; `None` where there is none.
fn acronym_at(features: &Features, at: usize) -> Option<String> {
    let is_acronym = features.get(at).is_some_and(|it| it.shape == WordShape::Uppercase);
    let letters: String = features.doc.word(at).chars().filter(|it| it.is_alphabetic()).collect();
    (is_acronym && letters.chars().all(char::is_uppercase) && !letters.is_empty()).then_some(letters)
}

/// Whether the words of a name have the letters of an acronym as their initials, with those of its small words or without.
fn has_initials(features: &Features, name: &Range<usize>, acronym: &str) -> bool {
    let capitals: String = context::initials(features, name).into_iter().collect();
    let all = name.clone().filter_map(|it| features.form(it).chars().next()).flat_map(char::to_uppercase);
    capitals == acronym || all.eq(acronym.chars())
}

/// The acronyms that stand for words in lower case or for an office: "radio beacon (RB)", the "AG" of an Attorney General.
pub(crate) fn of_no_names<'a>(features: &'a Features, candidates: &[Candidate]) -> HashSet<&'a str> {
    let bodies: HashSet<String> = candidates
        .iter()
        .filter(|it| it.tokens.len() > 1 && it.scores.best().0 == EntityKind::Organisation)
        .map(|it| context::initials(features, &it.tokens).into_iter().collect())
        .collect();
    let tokens = 0..features.doc.tokens.len();
    let offices: HashSet<String> = tokens
        .clone()
        .filter_map(|it| office_initials(features, it))
        .filter(|it| !bodies.contains(it))
        .collect();
    let is_no_name = |at: &usize| {
        let is_unlisted = features.classes(*at).is_empty();
        acronym_at(features, *at).is_some()
            && (is_of_noun(features, *at) || is_unlisted && offices.contains(features.doc.word(*at)))
    };
    tokens.filter(is_no_name).map(|it| features.doc.word(it)).collect()
}

/// The initials of an office in capitals that ends with token `last`: "AG" of "Attorney General".
fn office_initials(features: &Features, last: usize) -> Option<String> {
    let is_office = features.is(last, Title) && features.lowercase_classes(last).has(RoleNoun);
    let is_end = is_office && features.is_capitalized(last);
    let before = (0..last).rev().take(MAX_OFFICE_LETTERS).take_while(|it| {
        features.get(*it).is_some_and(|it| it.shape == WordShape::TitleCase)
            && !features.is_function_word(*it)
    });
    let start = before.last().filter(|_| is_end)?;
    let letters: String = context::initials(features, &(start..last + 1)).into_iter().collect();
    (2..=MAX_OFFICE_LETTERS).contains(&letters.chars().count()).then_some(letters)
}

/// Whether an acronym in brackets has the letters of the words in lower case before it: "harbour partnership (HP)", "radio frequency
/// identification (RFID)".
fn is_of_noun(features: &Features, at: usize) -> bool {
    let acronym: Vec<char> = features.doc.word(at).chars().flat_map(char::to_lowercase).collect();
    let open = at.checked_sub(1).filter(|it| acronym.len() > 1 && features.form(*it) == "(");
    let Some(open) = open.filter(|_| features.form(at + 1) == ")") else { return false };
    let is_word = |it: &usize| {
        features.doc.tokens.get(*it).is_some_and(|it| it.kind == TokenKind::Word)
            && !features.is_capitalized(*it)
            || matches!(features.form(*it), "-" | "‐" | "‑")
    };
    let start = (0..open).rev().take(2 * acronym.len()).take_while(is_word).last().unwrap_or(open);
    let words: Vec<&str> = (start..open)
        .flat_map(|it| features.form(it).split(['-', '‐', '‑']))
        .filter(|it| !it.is_empty())
        .collect();
    let most = words.len().min(acronym.len());
    (2..=most).any(|count| has_letters(&words[words.len() - count..], &acronym))
}

/// Whether the first letters of some words, and letters inside the last of them, are some letters in order.
fn has_letters(words: &[&str], letters: &[char]) -> bool {
    let Some((last, others)) = words.split_last() else { return false };
    let (first_letters, rest) = letters.split_at(others.len().min(letters.len()));
    let begin = others.iter().zip(first_letters).all(|(word, letter)| word.starts_with(*letter));
    let mut inside = last.chars();
    let begins_last = rest.first().is_some_and(|it| last.starts_with(*it));
    begin && begins_last && rest.iter().all(|letter| inside.any(|it| it == *letter))
}
