//! Words that are gathered piece by piece until the block they belong to ends: how marked-up formats are written down.

use super::clean;
use super::draft::{Draft, Gap};
use crate::story::BlockKind;

/// A block's kind and its clean words.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) kind: BlockKind,
    pub(super) words: String,
}

/// The pieces so far, and the words of the one that is being written.
#[derive(Debug, Default)]
pub(super) struct Pen {
    pub(super) pieces: Vec<Piece>,
    words: String,
}

impl Pen {
    /// Goes on with the same block.
    pub(super) fn write(&mut self, words: &str) {
        self.words.push_str(words);
    }

    /// Ends the block; no words are no block.
    pub(super) fn lift(&mut self, kind: BlockKind) {
        let words = clean::line(&self.words);
        self.words.clear();
        if !words.is_empty() {
            self.pieces.push(Piece { kind, words });
        }
    }

    /// Breaks the line: that ends the block where it ends a sentence, since many pages part their paragraphs so.
    pub(super) fn break_line(&mut self, kind: BlockKind) {
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
pub(super) fn draft(pieces: &[Piece]) -> Draft {
    let mut draft = Draft::default();
    let mut before = None;
    for piece in pieces {
        let close = piece.kind == BlockKind::Item && before == Some(BlockKind::Item);
        draft.push(piece.kind, if close { Gap::Line } else { Gap::Space }, &piece.words);
        before = Some(piece.kind);
    }
    draft
}
