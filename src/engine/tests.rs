//! A text of one paragraph a line → the sheet that a stage's tests want.

use crate::engine::attribution::rules;
use crate::engine::attribution::rules::{CueVerbs, Told};
use crate::engine::text::clause::Unit;
use crate::engine::text::document::Sheet;
use crate::engine::text::quotation_marks::Marked;
use crate::engine::text::{clause, quotation_marks, sentences, tokens};
use crate::span::Span;
use crate::story::{Block, BlockKind, Format, Story};

/// Lends the sheet of `text` to `look`.
pub(crate) fn with_sheet<T>(text: &str, look: impl FnOnce(&Sheet) -> T) -> T {
    let mut blocks = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        blocks.push(Block::new(BlockKind::Paragraph, Span::new(start, start + line.len())));
        start += line.len() + 1;
    }
    let story = Story::new(Format::Plain, text.into(), blocks);
    let engine = crate::engine::Engine::embedded();
    let tokens = tokens::tokens(&story, &engine.abbreviations);
    let sentences = sentences::sentences(text, &tokens);
    look(&Sheet { story: &story, text, tokens, sentences })
}

/// Lends what the stages up to the clauses make of `text` to `look`.
pub(crate) fn with_desk<T>(text: &str, look: impl FnOnce(&Sheet, &[Marked], &[Unit], &Told) -> T) -> T {
    with_sheet(text, |sheet| {
        let marked = quotation_marks::marked(sheet);
        let units = clause::units(sheet, &marked);
        let told = rules::told(sheet, &marked, &units, &CueVerbs::embedded());
        look(sheet, &marked, &units, &told)
    })
}
