//! A story being written: clean text that grows block by block.

use crate::span::Span;
use crate::story::{Block, BlockKind};

/// Clean text with its blocks so far, and what the page says about the story.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    pub(crate) text: String,
    pub(crate) blocks: Vec<Block>,
    pub(crate) outlet: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) published: Option<String>,
}

/// How far a block stands from the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gap {
    /// On the next line.
    Line,
    /// After an empty line.
    Space,
}

impl Draft {
    /// Writes one block, of clean words; runs of blanks become one, and no words are no block.
    pub(crate) fn push(&mut self, kind: BlockKind, gap: Gap, words: &str) {
        let words = words.trim();
        if words.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str(if gap == Gap::Line { "\n" } else { "\n\n" });
        }
        let start = self.text.len();
        let mut rest = words;
        while let Some(at) = rest.find("  ") {
            self.text.push_str(&rest[..=at]);
            rest = rest[at..].trim_start();
        }
        self.text.push_str(rest);
        self.blocks.push(Block::new(kind, Span::new(start, self.text.len())));
    }

    /// The words of a block.
    pub(crate) fn words(&self, block: usize) -> &str {
        self.blocks.get(block).map_or("", |it| it.span.of(&self.text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_written_with_single_blanks_and_their_gaps() {
        let mut draft = Draft::default();
        draft.push(BlockKind::Headline, Gap::Line, "  River   Rises ");
        draft.push(BlockKind::Paragraph, Gap::Space, " ");
        draft.push(BlockKind::Paragraph, Gap::Space, "It rained.");
        draft.push(BlockKind::Paragraph, Gap::Line, "It stopped.");
        assert_eq!(draft.text, "River Rises\n\nIt rained.\nIt stopped.");
        assert_eq!(draft.words(1), "It rained.");
        assert_eq!(draft.blocks.len(), 3);
    }
}
