//! A text of one paragraph a line → the sheet that a stage's tests want.

use crate::engine::attribution::rules;
use crate::engine::attribution::rules::{CueVerbs, RuleOutput};
use crate::engine::text::clause::Clause;
use crate::engine::text::document::Document;
use crate::engine::text::quotation_marks::QuotedSpan;
use crate::engine::text::{clause, quotation_marks, sentences, tokens};
use crate::span::Span;
use crate::story::{Block, BlockKind, Format, Story};

/// Lends the sheet of `text` to `look`.
pub(crate) fn with_document<T>(text: &str, look: impl FnOnce(&Document) -> T) -> T {
    let mut blocks = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        blocks.push(Block::new(BlockKind::Paragraph, Span::new(start, start + line.len())));
        start += line.len() + 1;
    }
    let story = Story::new(Format::Plain, text.into(), blocks);
    let engine = crate::engine::Engine::embedded();
    let tokens = tokens::tokenize(&story, &engine.abbreviations);
    let sentences = sentences::split_sentences(text, &tokens);
    look(&Document { story: &story, text, tokens, sentences })
}

/// Lends what the stages up to the clauses make of `text` to `look`.
pub(crate) fn with_clauses<T>(
    text: &str,
    look: impl FnOnce(&Document, &[QuotedSpan], &[Clause], &RuleOutput) -> T,
) -> T {
    with_document(text, |sheet| {
        let marked = quotation_marks::quoted_spans(sheet);
        let units = clause::clauses(sheet, &marked);
        let told = rules::extract(sheet, &marked, &units, &CueVerbs::embedded());
        look(sheet, &marked, &units, &told)
    })
}
