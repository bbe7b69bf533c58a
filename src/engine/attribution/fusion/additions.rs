//! Additions of the reporter: a paraphrase ends where its sentence goes on with a refusal to say more ("… but declined to give
//! details"), with how those present took it ("…, to applause"), with who disputes it ("…, a figure that unions dispute"), or with
//! whom it means ("…, alluding to the president").

use crate::engine::attribution::Attribution;
use crate::engine::attribution::assertion::REFUSAL_OPENINGS;
use crate::engine::text::document::Document;
use crate::engine::text::lexicon::LexicalClass;
use crate::engine::text::quotation_marks::{QuotedSpan, is_quoted};
use crate::engine::text::tokens;
use crate::span::Span;
use crate::word_list::word_list;

/// Verbs of saying whose denial means that nothing more was said: "would not | elaborate".
const WITHHELD_VERBS: &[&str] = &word_list!("withheld-speech-verbs");
/// Nouns for what is not told: "gave no | details".
const WITHHELD_THINGS: &[&str] = &word_list!("withheld-things");
/// Nouns for what an audience lets hear: "to | applause".
const AUDIENCE_SOUNDS: &[&str] = &word_list!("audience-sounds");
/// Verbs by which somebody disputes a thing: "denies".
const DISPUTING_VERBS: &[&str] = &word_list!("disputing-verbs");
/// How many tokens may stand between "gave no" and its noun: "gave no further | details".
const MAX_MODIFIERS: usize = 3;
/// How many tokens may stand between the comma and the verb of those who dispute it: ", a figure that the unions | dispute".
const MAX_DISPUTE_TOKENS: usize = 12;

/// Ends the contents before what the reporter adds, and drops those that are nothing else.
pub(super) fn end_at_addition(
    doc: &Document,
    quoted: &[QuotedSpan],
    attribution: Attribution,
) -> Attribution {
    if attribution.cue.is_none() {
        return attribution;
    }
    let cut = |part: &Span| {
        let tokens = doc.tokens_in(*part);
        let begins = |it: &usize| {
            let before = it.checked_sub(1).map_or("", |it| doc.word(it));
            let follows_comma = before == ",";
            !is_quoted(quoted, doc.tokens[*it].span)
                && (begins_refusal(doc, *it, tokens.end)
                    || (follows_comma || tokens::is_quotation_mark(before)) && begins_reaction(doc, *it)
                    || follows_comma && begins_dispute(doc, *it, tokens.end)
                    || follows_comma && begins_gloss(doc, *it, tokens.end))
        };
        let Some(start) = tokens.clone().find(begins) else { return Some(*part) };
        let is_loose = |it: &usize| doc.word(*it) == ",";
        let end = (tokens.start..start).rev().find(|it| !is_loose(it))? + 1;
        Some(doc.span(tokens.start..end))
    };
    let contents: Vec<Span> = attribution.contents.iter().filter_map(cut).collect();
    if contents.is_empty() || contents == attribution.contents {
        return attribution;
    }
    attribution.with_contents(contents)
}

/// Whether a refusal of the speaker to say more begins with the conjunction at a token: "but declined to comment", "and gave no
/// details".
fn begins_refusal(doc: &Document, conjunction: usize, end: usize) -> bool {
    if !matches!(doc.word(conjunction), "and" | "but") {
        return false;
    }
    let is_adverb = |it: &usize| doc.is(*it, LexicalClass::Adverb);
    // "…, but | it | did not elaborate": of another clause, so behind a comma.
    let has_subject = doc.is(conjunction + 1, LexicalClass::SubjectPronoun)
        && conjunction > 0
        && doc.word(conjunction - 1) == ",";
    let predicate = conjunction + 1 + usize::from(has_subject);
    let helpers = (predicate..end).take_while(is_adverb).count();
    let verb = predicate + helpers;
    if verb + 1 >= end {
        return false;
    }
    let word = doc.lower(verb);
    let is_refusing =
        REFUSAL_OPENINGS.iter().any(|it| word.starts_with(it)) && doc.is(verb, LexicalClass::PastTense);
    let speaks = |it: usize| {
        doc.is(it, LexicalClass::DeclinedSpeechVerb)
            || WITHHELD_VERBS.binary_search(&doc.lower(it).as_str()).is_ok()
    };
    let is_declined = is_refusing
        && doc.word(verb + 1) == "to"
        && (word.starts_with("declin") || verb + 2 < end && speaks(verb + 2));
    let is_negated = doc.is(verb, LexicalClass::Auxiliary)
        && (doc.is(verb, LexicalClass::Negation) || doc.is(verb + 1, LexicalClass::Negation));
    let is_helper = |it: &usize| doc.is(*it, LexicalClass::Negation) || is_adverb(it);
    let denied = || (verb + 1..end).find(|it| !is_helper(it));
    let is_withheld = is_negated
        && denied().is_some_and(|it| WITHHELD_VERBS.binary_search(&doc.lower(it).as_str()).is_ok());
    let is_giving = matches!(word.as_str(), "gave" | "offered" | "provided") && doc.word(verb + 1) == "no";
    let things = verb + 2..end.min(verb + 2 + MAX_MODIFIERS);
    let names_nothing =
        || things.clone().any(|it| WITHHELD_THINGS.binary_search(&doc.lower(it).as_str()).is_ok());
    is_declined || is_withheld || is_giving && names_nothing()
}

/// Whether the "to" at a token behind a comma or a quotation tells how those present took it: "to loud | applause".
fn begins_reaction(doc: &Document, to: usize) -> bool {
    let sound = |it: usize| AUDIENCE_SOUNDS.binary_search(&doc.lower(it).as_str()).is_ok();
    doc.word(to) == "to"
        && (to + 1..=to + MAX_MODIFIERS).take_while(|it| !doc.is(*it, LexicalClass::Auxiliary)).any(sound)
}

/// Whether the words from a token behind a comma up to `end` tell who disputes it: "a claim that the board denies", "which unions
/// dispute".
fn begins_dispute(doc: &Document, start: usize, end: usize) -> bool {
    if !matches!(doc.word(start), "a" | "an" | "something" | "which") || end > start + MAX_DISPUTE_TOKENS {
        return false;
    }
    let is_relative = |it: usize| matches!(doc.word(it), "that" | "which");
    let is_object = doc.word(start) == "something" || (start..end).any(is_relative);
    let is_stop = |it: &usize| doc.word(*it) == ".";
    let last = (start + 1..end).rev().find(|it| !is_stop(it));
    is_object && last.is_some_and(|it| DISPUTING_VERBS.binary_search(&doc.lower(it).as_str()).is_ok())
}

/// Whether the words from a token behind a comma up to `end` tell whom or what was meant: "alluding to the president", "in an apparent
/// reference to the vote". What somebody is referred to as belongs to the content.
fn begins_gloss(doc: &Document, start: usize, end: usize) -> bool {
    let noun = start + 1..end.min(start + 2 + MAX_MODIFIERS);
    let means = match doc.word(start) {
        "alluding" | "referring" => Some(start),
        "in" | "a" | "an" => noun.into_iter().find(|it| matches!(doc.word(*it), "allusion" | "reference")),
        _ => None,
    };
    let is_named_as = || (start..end).any(|it| doc.word(it) == "as");
    means.is_some_and(|it| doc.word(it + 1) == "to") && !is_named_as()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::tests::{report, with_document};
    use crate::engine::text::quotation_marks;

    #[test]
    fn what_the_reporter_adds_is_not_said() {
        for (text, expected) in [
            ("Lee said talks were under way but declined to comment further.", "talks were under way"),
            ("Lee said a man had been held but gave no further details.", "a man had been held"),
            ("Lee said it was “in touch” but would not elaborate.", "it was “in touch”"),
            ("Lee said the plan was dead, but did not say why.", "the plan was dead"),
            ("Lee said the plan was dead, but she did not elaborate.", "the plan was dead"),
            ("Lee said the ship had sunk, but did not explain how.", "the ship had sunk"),
            ("Lee said he had not, to groans from the seats.", "he had not"),
            ("Lee said it would stay, to loud applause.", "it would stay"),
            ("Lee said 200 had been sent, a figure that police unions dispute.", "200 had been sent"),
            ("Lee said it was safe, which the union denies.", "it was safe"),
            ("Lee said thieves ruled the town, alluding to the mayor.", "thieves ruled the town"),
            ("Lee said it was late, in an apparent reference to the vote.", "it was late"),
            ("Lee said Ray had lied, referring to her as mad.", "Ray had lied, referring to her as mad"),
            ("Lee said the firm gave no help and left.", "the firm gave no help and left"),
            ("Lee said she knew him but did not speak to him.", "she knew him but did not speak to him"),
            ("Lee said the road led, to the north, to a dam.", "the road led, to the north, to a dam"),
        ] {
            let words = &text[text.find("said ").unwrap_or_default() + 5..text.len() - 1];
            let report = report(text, "Lee", "said", &[words]);
            let left =
                with_document(text, |doc| end_at_addition(doc, &quotation_marks::quoted_spans(doc), report));
            assert_eq!(left.contents[0].slice(text), expected, "{text}");
        }
    }
}
