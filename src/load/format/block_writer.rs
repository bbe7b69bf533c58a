//! Words that are gathered piece by piece until the block they belong to ends: how marked-up formats are written down.

use crate::load::builder::{BlockGap, StoryBuilder};
use crate::load::text::sanitize;
use crate::story::BlockKind;

/// A block's kind and its clean words.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct BlockText {
    pub(crate) kind: BlockKind,
    pub(crate) text: String,
}

/// The pieces so far, and the words of the one that is being written.
#[derive(Debug, Default)]
pub(crate) struct BlockWriter {
    pub(crate) blocks: Vec<BlockText>,
    text: String,
}

impl BlockWriter {
    /// Goes on with the same block.
    pub(crate) fn write(&mut self, words: &str) {
        self.text.push_str(words);
    }

    /// Ends the block; no words are no block.
    pub(crate) fn end_block(&mut self, kind: BlockKind) {
        let words = sanitize::sanitize_line(&self.text);
        self.text.clear();
        if !words.is_empty() {
            self.blocks.push(BlockText { kind, text: words });
        }
    }

    /// Breaks the line: that ends the block where it ends a sentence, since many pages part their paragraphs so.
    pub(crate) fn break_line(&mut self, kind: BlockKind) {
        let words = self.text.trim_end();
        let ends = words.ends_with(['.', '!', '?', ':', '"', '”', '’', '…', ')']);
        if ends && kind != BlockKind::Heading {
            self.end_block(kind);
        } else {
            self.text.push(' ');
        }
    }
}

/// The draft of pieces; items stand close together.
pub(crate) fn to_builder(pieces: &[BlockText]) -> StoryBuilder {
    let mut draft = StoryBuilder::default();
    let mut before = None;
    for piece in pieces {
        let close = piece.kind == BlockKind::Item && before == Some(BlockKind::Item);
        draft.push_block(
            piece.kind,
            if close { BlockGap::NewLine } else { BlockGap::EmptyLine },
            &piece.text,
        );
        before = Some(piece.kind);
    }
    draft
}
