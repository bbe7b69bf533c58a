//! Introduced quotations: a quotation behind a colon is a quote of its own, and what leads up to it is a paraphrase or nothing.

use std::ops::Range;

use crate::engine::attribution::{Attribution, complement, speech_act};
use crate::engine::text::document::Document;
use crate::engine::text::lexicon::LexicalClass;
use crate::engine::text::quotation_marks::{QuotedSpan, is_quoted};
use crate::engine::text::tokens;
use crate::span::Span;

/// A quotation of this many words behind a colon is a sentence, whatever stands at its end.
const MIN_SENTENCE_WORDS: usize = 4;
/// A paraphrase before a quotation has at least this many words.
const MIN_PARAPHRASE_WORDS: usize = 3;

/// Divides a paraphrase from the sentence in quotation marks that follows its colon: "said | the water was safe | : | “I drink it.”".
/// What is no paraphrase is dropped: "said | it best | : | “We won.”".
pub(super) fn split(doc: &Document, quoted: &[QuotedSpan], attribution: Attribution) -> Vec<Attribution> {
    let Some((part, colon)) = introduction(doc, quoted, &attribution) else { return vec![attribution] };
    let lead = doc.tokens_in(attribution.contents[part]).start..colon;
    let mut before = attribution.contents[..part].to_vec();
    let whole = doc.tokens_in(attribution.contents[part]);
    // The quotation is whole, though the content may end inside it.
    let with_end = |rest: Span| {
        let number = quoted.partition_point(|it| it.span.end < rest.end);
        let is_cut = |it: &&QuotedSpan| it.span.start >= rest.start && it.span.start < rest.end;
        quoted.get(number).filter(is_cut).map_or(rest, |it| rest.cover(it.span))
    };
    let rest = (colon + 1 < whole.end).then(|| with_end(doc.span(colon + 1..whole.end)));
    let quotation: Vec<Span> =
        rest.into_iter().chain(attribution.contents[part + 1..].iter().copied()).collect();
    if is_paraphrase(doc, &attribution, lead.clone()) {
        before.push(doc.span(lead));
    }
    if before.is_empty() {
        return vec![attribution.with_contents(quotation)];
    }
    let quotation = Attribution { cue: None, ..attribution.clone() }.with_contents(quotation);
    vec![attribution.with_contents(before), quotation]
}

/// The content behind the cue in which a colon leads up to a quotation, as its index, and the token of the colon.
fn introduction(doc: &Document, quoted: &[QuotedSpan], attribution: &Attribution) -> Option<(usize, usize)> {
    let cue = attribution.cue?;
    let leads_up = |at: usize, end: usize| {
        let is_colon = doc.word(at) == ":" || tokens::is_dash(doc.word(at));
        is_colon && begins_sentence(doc, quoted, at + 1, end)
    };
    let colon_of = |part: &Span| {
        let tokens = doc.tokens_in(*part);
        let is_narrated = |it: usize| !is_quoted(quoted, doc.tokens[it].span);
        let within = tokens.clone().skip(1).chain([tokens.end]);
        let colon = within.into_iter().find(|it| leads_up(*it, tokens.end))?;
        (part.start >= cue.end && (tokens.start..colon).all(is_narrated)).then_some(colon)
    };
    let parts = attribution.contents.iter().enumerate();
    let mut colons = parts.filter_map(|(part, it)| colon_of(it).map(|colon| (part, colon)));
    // The quotation belongs to the attribution.
    let holds = |part: usize, colon: usize| {
        let quotation = doc.tokens[colon + 1].span.start;
        attribution.contents[part..].iter().any(|it| it.start <= quotation && quotation < it.end)
    };
    colons.next().filter(|it| holds(it.0, it.1))
}

/// Whether a quotation that is a sentence begins at a token, with nothing behind it up to the token `end`: “I drink it.”
fn begins_sentence(doc: &Document, quoted: &[QuotedSpan], at: usize, end: usize) -> bool {
    let Some(start) = doc.tokens.get(at).map(|it| it.span.start) else { return false };
    let Ok(number) = quoted.binary_search_by_key(&start, |it| it.span.start) else { return false };
    let content = quoted[number].content;
    let text = content.slice(doc.text);
    let after = doc.tokens_in(quoted[number].span).end;
    quoted[number].opened
        && after >= end
        && text.starts_with(char::is_uppercase)
        && (doc.count_words(content) >= MIN_SENTENCE_WORDS || text.ends_with(['.', '!', '?']))
}

/// Whether tokens before a quotation are a paraphrase, not only words that lead up to it: "this simply", "what came next", "said | the same
/// thing everywhere".
fn is_paraphrase(doc: &Document, attribution: &Attribution, lead: Range<usize>) -> bool {
    let first = doc.lower(lead.start);
    let is_question = matches!(first.as_str(), "how" | "what" | "why");
    let points_on = doc.is(lead.start, LexicalClass::ObjectPronoun)
        || matches!(first.as_str(), "as" | "it" | "so" | "that" | "this");
    let verb = attribution.cue.and_then(|it| doc.tokens_in(it).last());
    let says = verb.is_some_and(|it| speech_act::is_saying_verb(doc, it));
    let is_statement = complement::is_statement(doc, lead.clone());
    doc.count_words(doc.span(lead)) >= MIN_PARAPHRASE_WORDS
        && !is_question
        && (is_statement || !points_on && !says)
}

/// Drops the rest of an introduction from a content that is else a quotation: "had a warning for | the board: | “We will
/// strike.”", "dedicated | her goals to her aunt: | “She drove me.”"
pub(super) fn drop_introduction(
    doc: &Document,
    quoted: &[QuotedSpan],
    mut attribution: Attribution,
) -> Attribution {
    let (Some(cue), [content, ..]) = (attribution.cue, &attribution.contents[..]) else { return attribution };
    let (tokens, last) = (doc.tokens_in(*content), doc.tokens_in(cue).end.saturating_sub(1));
    let leads_to = |quotation: &Span| {
        let colon = doc.token_at(quotation.start).saturating_sub(1);
        colon == tokens.end && doc.word(colon) == ":" && is_quoted(quoted, *quotation)
    };
    let is_lead = attribution.contents.get(1).is_some_and(leads_to)
        && attribution.source.is_some_and(|it| content.start >= it.end)
        && !is_quoted(quoted, *content)
        && !complement::has_own_verb(doc, tokens.clone());
    if is_lead {
        attribution.contents.remove(0);
        return attribution;
    }
    let colon = tokens.clone().find(|it| doc.word(*it) == ":" && !is_quoted(quoted, doc.tokens[*it].span));
    let is_introduction =
        doc.is(last, LexicalClass::Preposition) || !speech_act::is_reporting_word(doc, last);
    let Some(colon) = colon.filter(|it| is_introduction && it + 1 < tokens.end) else {
        return attribution;
    };
    let rest = doc.span(colon + 1..tokens.end);
    let is_lead = content.start >= cue.end
        && !complement::has_own_verb(doc, tokens.start..colon)
        && is_quoted(quoted, rest);
    if is_lead {
        attribution.contents[0] = rest;
    }
    attribution
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::tests::{report, with_document};
    use crate::engine::text::quotation_marks;

    /// The contents of the quotes into which an attribution of words of `text` is split.
    fn split_of(text: &str, source: &str, cue: &str, contents: &[&str]) -> Vec<Vec<String>> {
        let attribution = report(text, source, cue, contents);
        with_document(text, |doc| {
            let quotes = split(doc, &quotation_marks::quoted_spans(doc), attribution);
            let words = |it: Attribution| it.contents.iter().map(|it| it.slice(text).to_owned()).collect();
            quotes.into_iter().map(words).collect()
        })
    }

    #[test]
    fn a_sentence_in_marks_behind_a_colon_is_a_quote_of_its_own() {
        for (text, content, expected) in [
            (
                "Lee said the water was safe: “I drink it every day.”",
                "the water was safe: “I drink it every day.”",
                vec![vec!["the water was safe"], vec!["“I drink it every day.”"]],
            ),
            (
                "Lee said that he was ill – “I cannot walk far.”",
                "that he was ill – “I cannot walk far.”",
                vec![vec!["that he was ill"], vec!["“I cannot walk far.”"]],
            ),
            ("Lee said this simply: “We won.”", "this simply: “We won.”", vec![vec!["“We won.”"]]),
            (
                "Lee said the same thing at all rallies: “We won.”",
                "the same thing at all rallies: “We won.”",
                vec![vec!["“We won.”"]],
            ),
            (
                "Lee said he backed a vote – “No To All Lawyers” – for June",
                "he backed a vote – “No To All Lawyers” – for June",
                vec![vec!["he backed a vote – “No To All Lawyers” – for June"]],
            ),
            (
                "Lee said what came next: “We ran away.”",
                "what came next: “We ran away.”",
                vec![vec!["“We ran away.”"]],
            ),
            (
                "Lee said the town had two parts: “old” and “new”",
                "the town had two parts: “old” and “new”",
                vec![vec!["the town had two parts: “old” and “new”"]],
            ),
        ] {
            assert_eq!(split_of(text, "Lee", "said", &[content]), expected, "{text}");
        }
    }

    #[test]
    fn what_leads_up_to_a_quotation_behind_a_colon_is_not_said() {
        let text = "Lee had a warning for the board: “We will strike.”";
        let report = report(text, "Lee", "warning", &["the board", "“We will strike.”"]);
        let left = with_document(text, |doc| {
            let quoted = quotation_marks::quoted_spans(doc);
            drop_introduction(doc, &quoted, report).contents
        });
        assert_eq!(left.iter().map(|it| it.slice(text)).collect::<Vec<_>>(), ["“We will strike.”"]);
    }
}
