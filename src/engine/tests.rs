//! Test helpers: documents and clauses made from a text with one paragraph a line.

use crate::engine::attribution::rules;
use crate::engine::attribution::rules::{CueVerbs, RuleOutput};
use crate::engine::text::clause::Clause;
use crate::engine::text::document::Document;
use crate::engine::text::lexicon::Lexicon;
use crate::engine::text::quotation_marks::QuotedSpan;
use crate::engine::text::{clause, quotation_marks};
use crate::span::Span;
use crate::story::{Block, BlockKind, Format, Story};

/// Calls `check` with the document of `text`.
pub(crate) fn with_document<T>(text: &str, check: impl FnOnce(&Document) -> T) -> T {
    let mut blocks = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        blocks.push(Block::new(BlockKind::Paragraph, Span::new(start, start + line.len())));
        start += line.len() + 1;
    }
    let story = Story::new(Format::Plain, text.into(), blocks);
    check(&Document::new(&story, &Lexicon::embedded()))
}

/// Calls `check` with the document, quoted spans, clauses and rule-based attributions of `text`.
pub(crate) fn with_clauses<T>(
    text: &str,
    check: impl FnOnce(&Document, &[QuotedSpan], &[Clause], &RuleOutput) -> T,
) -> T {
    with_document(text, |doc| {
        let quoted = quotation_marks::quoted_spans(doc);
        let clauses = clause::clauses(doc, &quoted);
        let rules = rules::extract(doc, &quoted, &clauses, &CueVerbs::embedded());
        check(doc, &quoted, &clauses, &rules)
    })
}
