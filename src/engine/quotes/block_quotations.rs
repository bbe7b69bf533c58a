//! Block quotations: paragraphs that are somebody's words without quotation marks, because the markup or the sentence before
//! them says so.

use crate::engine::attribution::Attribution;
use crate::engine::quotes::UnattributedQuote;
use crate::engine::text::clause::{Clause, ClauseView};
use crate::engine::text::document::Document;
use crate::engine::text::quotation_marks::QuotedSpan;
use crate::span::Span;
use crate::story::BlockKind;

/// The block quotations and embedded posts, each with the paragraphs that one person said in a row.
pub(super) fn block_quotations(doc: &Document) -> Vec<UnattributedQuote> {
    let mut quotes: Vec<UnattributedQuote> = Vec::new();
    let mut previous: Option<(usize, Option<Span>)> = None;
    for (number, block) in doc.story.blocks().iter().enumerate() {
        let is_speech = block.is_quotation && block.repeats.is_none() && block.kind == BlockKind::Paragraph;
        if !is_speech {
            continue;
        }
        match quotes.last_mut().filter(|_| previous == Some((number, block.quoted_name))) {
            Some(quote) => quote.parts.push(block.text_span(doc.text)),
            None => quotes.push(UnattributedQuote::signed(block.text_span(doc.text), block.quoted_name)),
        }
        previous = Some((number + 1, block.quoted_name));
    }
    quotes
}

/// The paragraphs without quotation marks of which the end of the paragraph before says who speaks: "The mayor added: ⏎ It is
/// late. We go home."
pub(super) fn announced_paragraphs(
    doc: &Document,
    quoted_spans: &[QuotedSpan],
    clauses: &[Clause],
    attributions: &[Attribution],
) -> Vec<UnattributedQuote> {
    let blocks = doc.story.blocks();
    let is_paragraph = |number: usize| {
        let block = &blocks[number];
        block.kind == BlockKind::Paragraph && block.repeats.is_none() && !block.is_quotation
    };
    let has_marks = |span: Span| {
        let first = quoted_spans.partition_point(|it| it.span.end <= span.start);
        quoted_spans.get(first).is_some_and(|it| it.span.start < span.end)
    };
    let announced = |attribution: &Attribution| {
        let number = doc.story.block_at(attribution.offset())?;
        let last_clause = clauses[..clauses.partition_point(|it| it.block <= number)].last()?;
        let last_clause = ClauseView { doc, quoted: quoted_spans, items: &last_clause.items };
        let announces_next = attribution.is_announcement()
            && attribution.offset() >= last_clause.span(0..1).start
            && blocks[number].span.slice(doc.text).trim_end().ends_with(':');
        let next = blocks.get(number + 1)?;
        let is_unmarked = is_paragraph(number) && is_paragraph(number + 1) && !has_marks(next.span);
        (announces_next && is_unmarked).then(|| UnattributedQuote::quotation(next.text_span(doc.text)))
    };
    attributions.iter().filter_map(announced).collect()
}
