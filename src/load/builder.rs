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
        if has_two_spaces(text) {
            while let Some(at) = rest.find("  ") {
                self.text.push_str(&rest[..=at]);
                rest = rest[at..].trim_start();
            }
        }
        self.text.push_str(rest);
        self.blocks.push(Block::new(kind, Span::new(start, self.text.len())));
    }

    /// A builder with the blocks of another one after its own, under an empty line. What this one says about the story
    /// goes before what the other says.
    pub(crate) fn followed_by(mut self, other: Self) -> Self {
        if self.text.is_empty() {
            let Self { outlet, url, published, .. } = self;
            let (outlet, url) = (outlet.or(other.outlet), url.or(other.url));
            return Self { outlet, url, published: published.or(other.published), ..other };
        }
        if !other.text.is_empty() {
            self.text.push_str("\n\n");
        }
        let (start, first) = (self.text.len(), self.blocks.len());
        let shift = |span: Span| Span::new(start + span.start, start + span.end);
        self.text.push_str(&other.text);
        self.blocks.extend(other.blocks.into_iter().map(|block| Block {
            span: shift(block.span),
            repeats: block.repeats.map(|it| it + first),
            quoted_name: block.quoted_name.map(shift),
            ..block
        }));
        self.strong.extend(other.strong.into_iter().map(shift));
        self.links.extend(other.links.into_iter().map(|(span, address)| (shift(span), address)));
        let pictures = other.pictures.into_iter();
        self.pictures.extend(pictures.map(|it| PictureDraft { block: it.block + first, ..it }));
        self.outlet = self.outlet.or(other.outlet);
        self.url = self.url.or(other.url);
        self.published = self.published.or(other.published);
        self.base = self.base.or(other.base);
        self
    }

    /// The text of the block at an index; empty if there is no such block.
    pub(crate) fn block_text(&self, block: usize) -> &str {
        self.blocks.get(block).map_or("", |it| it.span.slice(&self.text))
    }
}

/// Whether a text has a run of spaces. All bytes are examined, without an early end: for a paragraph that takes a fraction of
/// the time of a search.
fn has_two_spaces(text: &str) -> bool {
    let bytes = text.as_bytes();
    let pairs = bytes.iter().zip(bytes.iter().skip(1));
    pairs.fold(0, |any, (one, next)| any | (u8::from(*one == b' ') & u8::from(*next == b' '))) > 0
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
