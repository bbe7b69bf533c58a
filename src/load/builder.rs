//! A story being written: clean text that grows block by block.

use crate::span::Span;
use crate::story::{Block, BlockKind};

/// Clean text with its blocks so far, and what the page says about the story.
#[derive(Debug, Default)]
pub(crate) struct StoryBuilder {
    pub(crate) text: String,
    pub(crate) blocks: Vec<Block>,
    pub(crate) outlet: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) published: Option<String>,
}

/// How far a block stands from the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BlockGap {
    /// On the next line.
    NewLine,
    /// After an empty line.
    EmptyLine,
}

impl StoryBuilder {
    /// Writes one block, of clean words; runs of blanks become one, and no words are no block.
    pub(crate) fn push_block(&mut self, kind: BlockKind, gap: BlockGap, words: &str) {
        let words = words.trim();
        if words.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str(if gap == BlockGap::NewLine { "\n" } else { "\n\n" });
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
    pub(crate) fn block_text(&self, block: usize) -> &str {
        self.blocks.get(block).map_or("", |it| it.span.slice(&self.text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_written_with_single_blanks_and_their_gaps() {
        let mut draft = StoryBuilder::default();
        draft.push_block(BlockKind::Headline, BlockGap::NewLine, "  River   Rises ");
        draft.push_block(BlockKind::Paragraph, BlockGap::EmptyLine, " ");
        draft.push_block(BlockKind::Paragraph, BlockGap::EmptyLine, "It rained.");
        draft.push_block(BlockKind::Paragraph, BlockGap::NewLine, "It stopped.");
        assert_eq!(draft.text, "River Rises\n\nIt rained.\nIt stopped.");
        assert_eq!(draft.block_text(1), "It rained.");
        assert_eq!(draft.blocks.len(), 3);
    }
}
