//! Joining: the pieces of one quotation that its cue or a paragraph divides become one quote.

use crate::engine::quotes::UnattributedQuote;
use crate::engine::text::document::Document;
use crate::engine::text::lexicon::LexicalClass;
use crate::engine::text::quotation_marks::QuotedSpan;
use crate::span::Span;
use crate::story::{Block, BlockKind};

/// Joins a quotation without a closing mark with the one that begins the next paragraph, and the two halves of "“We
/// won,” Lee said. “We did.”" (one quote in 97 of 100 such places in news).
pub(super) fn join_split_quotes(
    doc: &Document,
    quoted_spans: &[QuotedSpan],
    quotes: Vec<UnattributedQuote>,
) -> Vec<UnattributedQuote> {
    let mut joined: Vec<UnattributedQuote> = Vec::new();
    for quote in quotes {
        let continues_last = joined.last().is_some_and(|last| {
            let at = quoted_spans.partition_point(|it| it.span.end < last.end());
            let unclosed = quoted_spans.get(at).filter(|it| !it.closed && it.span.end == last.end());
            let follows =
                unclosed.is_some_and(|it| continues_next_paragraph(doc, quoted_spans, it, quote.start()));
            follows && !is_by_another_source(doc, last, &quote)
                || resumes_after_cue(doc, quoted_spans, last, &quote)
        });
        match joined.last_mut() {
            Some(last) if continues_last => {
                last.parts.extend(quote.parts);
                if last.source.is_none() {
                    last.source = quote.source;
                    last.cue = quote.cue;
                    last.rule = quote.rule;
                    last.confidence = quote.confidence;
                }
            }
            _ => joined.push(quote),
        }
    }
    joined
}

/// Whether two quotes have sources with different heads; the closing mark between them is missing then. A pronoun may
/// mean anybody.
fn is_by_another_source(doc: &Document, last: &UnattributedQuote, quote: &UnattributedQuote) -> bool {
    let (Some(one), Some(other)) = (last.source, quote.source) else { return false };
    let head = |source: Span| {
        let is_word = |token: &usize| doc.word(*token).starts_with(char::is_alphanumeric);
        let last = doc.tokens_in(source).take_while(is_word).last();
        last.filter(|it| !doc.is(*it, LexicalClass::SubjectPronoun)).map(|it| doc.lower(it))
    };
    let has = |source: Span, word: &str| doc.tokens_in(source).any(|it| doc.lower(it) == word);
    match (head(one), head(other)) {
        (Some(first), Some(second)) => !has(other, &first) && !has(one, &second),
        _ => false,
    }
}

/// Whether a quotation without a source continues the one before it, whose cue ends the sentence between them.
fn resumes_after_cue(
    doc: &Document,
    quoted_spans: &[QuotedSpan],
    last: &UnattributedQuote,
    quote: &UnattributedQuote,
) -> bool {
    let ends_with_mark = quoted_spans.binary_search_by_key(&last.end(), |it| it.span.end).is_ok();
    let begins_with_mark = quoted_spans.binary_search_by_key(&quote.start(), |it| it.span.start).is_ok();
    let cue = last.cue.filter(|it| it.start >= last.end() && it.end <= quote.start());
    let (Some(cue), true, true) = (cue, ends_with_mark, begins_with_mark && quote.source.is_none()) else {
        return false;
    };
    let sentence = &doc.sentences[doc.sentence_of(doc.token_at(cue.start))];
    let start = doc.token_at(quote.start());
    sentence.tokens.end == start && doc.tokens.get(start).is_some_and(|it| it.block == sentence.block)
}

/// Whether a quote that begins at the byte `start` continues an unclosed quotation: it opens the next paragraph, captions
/// and furniture left out.
fn continues_next_paragraph(
    doc: &Document,
    quoted_spans: &[QuotedSpan],
    unclosed: &QuotedSpan,
    start: usize,
) -> bool {
    let is_aside = |block: &&Block| matches!(block.kind, BlockKind::Caption | BlockKind::Furniture);
    let next = doc.story.blocks()[unclosed.block + 1..].iter().find(|it| !is_aside(it));
    next.is_some_and(|it| it.span.start == start)
        && quoted_spans.binary_search_by_key(&start, |it| it.span.start).is_ok()
}
