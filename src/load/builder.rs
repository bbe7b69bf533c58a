//! Story builder: the text and the blocks of a story while a format is parsed.

use crate::span::Span;
use crate::story::{Block, BlockKind};

/// The text and blocks added so far, and what the page says about the story.
#[derive(Debug, Default)]
pub(crate) struct StoryBuilder {
    pub(crate) text: String,
    pub(crate) blocks: Vec<Block>,
    /// The spans of the blocks whose words are all in bold type, in order.
    pub(crate) strong: Vec<Span>,
    pub(crate) outlet: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) published: Option<String>,
    /// The links in the text, with their addresses as written.
    pub(crate) links: Vec<(Span, String)>,
    pub(crate) pictures: Vec<PictureDraft>,
    /// The address that links without a host are relative to; `None` if it is not known.
    pub(crate) base: Option<String>,
}

/// A picture, before its address is resolved.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PictureDraft {
    /// The index of the block that the picture stands before.
    pub(crate) block: usize,
    pub(crate) alt: String,
    /// Whether the block is the picture's caption.
    pub(crate) has_caption: bool,
    /// The address as written.
    pub(crate) address: String,
}

/// The distance between a block and the previous one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BlockGap {
    /// On the next line.
    NewLine,
    /// After an empty line.
    EmptyLine,
}

impl StoryBuilder {
    /// Adds a block of clean text. Runs of spaces become one space; empty text adds no block.
    pub(crate) fn push_block(&mut self, kind: BlockKind, gap: BlockGap, text: &str) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str(if gap == BlockGap::NewLine { "\n" } else { "\n\n" });
        }
        let start = self.text.len();
        let mut rest = text;
        while let Some(at) = rest.find("  ") {
            self.text.push_str(&rest[..=at]);
            rest = rest[at..].trim_start();
        }
        self.text.push_str(rest);
        self.blocks.push(Block::new(kind, Span::new(start, self.text.len())));
    }

    /// The text of the block at an index; empty if there is no such block.
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
