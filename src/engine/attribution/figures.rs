//! Figures: somebody puts something at a number, which is what they tell: "The survey put the gap at 8 per cent".

use std::ops::Range;

use crate::engine::text::document::Document;
use crate::engine::text::lexicon::LexicalClass;
use crate::engine::text::tokens::TokenKind;
use crate::word_list::word_list;

/// Words that may stand between "at" and its number: "about", "more".
const APPROXIMATIONS: &[&str] = &word_list!("approximations");
/// Words for numbers and parts: "nine", "half".
const NUMBER_WORDS: &[&str] = &word_list!("number-words");
/// Words with which "put" moves a thing: "on", "back".
const PLACING_PARTICLES: &[&str] = &word_list!("placing-particles");
/// Words that make an hour of a number: "pm".
const CLOCK_WORDS: &[&str] = &word_list!("clock-words");
/// Words that make a share of a number: "per" in "per cent".
const SHARE_WORDS: &[&str] = &word_list!("share-words");
/// How many words may stand between "at" and its number: "at | somewhere between a | third".
const MAX_APPROXIMATION_WORDS: usize = 4;
/// How many tokens the thing may have that is put at a number: "the number of those who left".
const MAX_THING_TOKENS: usize = 16;

/// The token of "at" before the number, where the tokens behind a form of "put" tell a figure: "the gap | at | 8 per cent". A guard is
/// put at a gate, and a keeper on sale at 4 pm.
pub(crate) fn figure(doc: &Document, words: Range<usize>) -> Option<usize> {
    let window = words.start..words.end.min(words.start + MAX_THING_TOKENS);
    let at = window.into_iter().skip(1).find(|it| doc.word(*it) == "at")?;
    let number = number_start(doc, at + 1..words.end)?;
    let next = if number + 1 < words.end { doc.lower(number + 1) } else { String::new() };
    let is_share = doc.word(number).ends_with('%') || SHARE_WORDS.binary_search(&next.as_str()).is_ok();
    let is_told = is_thing(doc, words.start..at, is_share) && !is_hour(&doc.lower(number), &next);
    is_told.then_some(at)
}

/// Whether something can be put at a number: "the toll", "Tarn’s debt", but not "him", "a guard", "Maas" and "the keeper on". A name
/// alone has a share: "put | Labour | at 40 per cent".
fn is_thing(doc: &Document, thing: Range<usize>, has_share: bool) -> bool {
    let (first, last) = (thing.start, thing.end - 1);
    let is_placed = |token: usize| PLACING_PARTICLES.binary_search(&doc.lower(token).as_str()).is_ok();
    let is_person = thing.len() == 1
        && doc.is(first, LexicalClass::ObjectPronoun)
        && !matches!(doc.word(first), "it" | "them");
    let is_common = doc.word(last).starts_with(char::is_lowercase);
    (is_common || has_share)
        && !is_person
        && !matches!(doc.word(first), "a" | "an")
        && !thing.clone().any(|it| doc.word(it) == ",")
        && !is_placed(first)
        && !is_placed(last)
}

/// Whether a number and the word behind it, in lower case, are an hour: "4 pm", "4pm".
fn is_hour(number: &str, next: &str) -> bool {
    let unit = number.trim_start_matches(|it: char| it.is_ascii_digit() || matches!(it, ':' | '.'));
    [unit, next].iter().any(|it| CLOCK_WORDS.binary_search(it).is_ok())
}

/// The token of the number with which a phrase begins: "close to | £2bn", "a | third".
fn number_start(doc: &Document, phrase: Range<usize>) -> Option<usize> {
    let is_approximate = |token: usize| {
        let word = doc.lower(token);
        APPROXIMATIONS.binary_search(&word.as_str()).is_ok() || doc.is(token, LexicalClass::Adverb)
    };
    let lead = phrase.clone().take(MAX_APPROXIMATION_WORDS);
    let count = lead.take_while(|it| !is_number(doc, *it) && is_approximate(*it)).count();
    let number = phrase.start + count;
    (number < phrase.end && is_number(doc, number)).then_some(number)
}

/// Whether a token is a number or an amount, in digits or in words.
pub(crate) fn is_number(doc: &Document, token: usize) -> bool {
    let word = doc.lower(token);
    doc.tokens[token].kind == TokenKind::Number
        || word.starts_with(|it: char| it.is_ascii_digit() || matches!(it, '£' | '$' | '€' | '¥'))
        || NUMBER_WORDS.binary_search(&word.as_str()).is_ok()
}

/// Whether the last word of a cue puts the content at a figure.
pub(crate) fn is_figure(doc: &Document, cue: Range<usize>, content: Range<usize>) -> bool {
    let Some(verb) = cue.end.checked_sub(1).filter(|it| *it >= cue.start) else { return false };
    is_putting(&doc.lower(verb)) && content.start == cue.end && figure(doc, content).is_some()
}

/// Whether a word in lower case is a form of "put".
pub(crate) fn is_putting(word: &str) -> bool {
    matches!(word, "put" | "puts" | "putting")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::tests::with_document;

    #[test]
    fn a_thing_is_put_at_a_number() {
        for (words, expected) in [
            ("the gap at 8 per cent", true),
            ("the toll at 41", true),
            ("losses at about €300m", true),
            ("it at twice that", true),
            ("the share of those who left at a third", true),
            ("the cost at close to £2bn", true),
            ("the number of dead at more than nine", true),
            ("the keeper on sale at 4 pm", false),
            ("the show on at nine", false),
            ("a guard at 3 gates", false),
            ("the guards at the gate", false),
            ("the blame at the door", false),
            ("Maas at 10", false),
            ("Labour at 40 per cent", true),
            ("Tarn’s debt at 3 billion", true),
            ("her age at 40", true),
            ("her at 3 gates", false),
            ("dinner at 8pm", false),
            ("the side back at 2 points", false),
            ("dinner at 8 pm", false),
            ("the gap", false),
        ] {
            let found = with_document(words, |doc| figure(doc, 0..doc.tokens.len()).is_some());
            assert_eq!(found, expected, "{words}");
        }
    }
}
