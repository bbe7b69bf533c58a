//! Block writer: collects text piece by piece until its block ends. The formats with markup write with it.

use crate::load::builder::{BlockGap, StoryBuilder};
use crate::load::text::sanitize;
use crate::story::BlockKind;

/// The kind and the clean text of a block.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct BlockText {
    pub(crate) kind: BlockKind,
    pub(crate) text: String,
}

/// The finished blocks, and the text of the block that is being written.
#[derive(Debug, Default)]
pub(crate) struct BlockWriter {
    pub(crate) blocks: Vec<BlockText>,
    text: String,
}

impl BlockWriter {
    /// Adds text to the current block.
    pub(crate) fn write(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Ends the current block; a block without text is dropped.
    pub(crate) fn end_block(&mut self, kind: BlockKind) {
        let text = sanitize::sanitize_line(&self.text);
        self.text.clear();
        if !text.is_empty() {
            self.blocks.push(BlockText { kind, text });
        }
    }

    /// Breaks the line. The break ends the block if it ends a sentence, since many pages separate paragraphs so.
    pub(crate) fn break_line(&mut self, kind: BlockKind) {
        let ends_sentence = self.text.trim_end().ends_with(['.', '!', '?', ':', '"', '”', '’', '…', ')']);
        if ends_sentence && kind != BlockKind::Heading {
            self.end_block(kind);
        } else {
            self.text.push(' ');
        }
    }
}

/// A story builder with these blocks. An empty line separates them, except between items of a list.
pub(crate) fn to_builder(blocks: &[BlockText]) -> StoryBuilder {
    let mut builder = StoryBuilder::default();
    let mut previous = None;
    for block in blocks {
        let in_list = block.kind == BlockKind::Item && previous == Some(BlockKind::Item);
        let gap = if in_list { BlockGap::NewLine } else { BlockGap::EmptyLine };
        builder.push_block(block.kind, gap, &block.text);
        previous = Some(block.kind);
    }
    builder
}
