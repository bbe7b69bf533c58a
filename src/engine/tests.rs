//! A text of one paragraph a line → the sheet that a stage's tests want.

use super::clauses::{CueVerbs, Told};
use super::marks::Marked;
use super::sheet::Sheet;
use super::units::Unit;
use super::{clauses, marks, sentences, tokens, units};
use crate::span::Span;
use crate::story::{Block, BlockKind, Format, Story};

/// Lends the sheet of `text` to `look`.
pub(super) fn with_sheet<T>(text: &str, look: impl FnOnce(&Sheet) -> T) -> T {
    let mut blocks = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        blocks.push(Block::new(BlockKind::Paragraph, Span::new(start, start + line.len())));
        start += line.len() + 1;
    }
    let story = Story::new(Format::Plain, text.into(), blocks);
    let engine = super::Engine::embedded();
    let tokens = tokens::tokens(&story, &engine.abbreviations);
    let sentences = sentences::sentences(text, &tokens);
    look(&Sheet { story: &story, text, tokens, sentences })
}

/// Lends what the stages up to the clauses make of `text` to `look`.
pub(super) fn with_desk<T>(text: &str, look: impl FnOnce(&Sheet, &[Marked], &[Unit], &Told) -> T) -> T {
    with_sheet(text, |sheet| {
        let marked = marks::marked(sheet);
        let units = units::units(sheet, &marked);
        let told = clauses::told(sheet, &marked, &units, &CueVerbs::embedded());
        look(sheet, &marked, &units, &told)
    })
}
