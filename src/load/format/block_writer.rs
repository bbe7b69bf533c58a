//! Words that are gathered piece by piece until the block they belong to ends: how marked-up formats are written down.

use crate::load::builder::{Draft, Gap};
use crate::load::text::sanitize;
use crate::story::BlockKind;

/// A block's kind and its clean words.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) kind: BlockKind,
    pub(crate) words: String,
}

/// The pieces so far, and the words of the one that is being written.
#[derive(Debug, Default)]
pub(crate) struct Pen {
    pub(crate) pieces: Vec<Piece>,
    words: String,
}

impl Pen {
    /// Goes on with the same block.
    pub(crate) fn write(&mut self, words: &str) {
        self.words.push_str(words);
    }

    /// Ends the block; no words are no block.
    pub(crate) fn lift(&mut self, kind: BlockKind) {
        let words = sanitize::line(&self.words);
        self.words.clear();
        if !words.is_empty() {
            self.pieces.push(Piece { kind, words });
        }
    }

    /// Breaks the line: that ends the block where it ends a sentence, since many pages part their paragraphs so.
    pub(crate) fn break_line(&mut self, kind: BlockKind) {
        let words = self.words.trim_end();
        let ends = words.ends_with(['.', '!', '?', ':', '"', '”', '’', '…', ')']);
        if ends && kind != BlockKind::Heading {
            self.lift(kind);
        } else {
            self.words.push(' ');
        }
    }
}

/// The draft of pieces; items stand close together.
pub(crate) fn draft(pieces: &[Piece]) -> Draft {
    let mut draft = Draft::default();
    let mut before = None;
    for piece in pieces {
        let close = piece.kind == BlockKind::Item && before == Some(BlockKind::Item);
        draft.push(piece.kind, if close { Gap::Line } else { Gap::Space }, &piece.words);
        before = Some(piece.kind);
    }
    draft
}
