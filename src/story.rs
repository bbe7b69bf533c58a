//! A story: one clean text, and blocks that are stretches of it.

use crate::span::Span;

/// One news story as it was loaded: clean text, and what its parts are.
///
/// The text holds no control characters but the newline; blocks come in reading
/// order, do not overlap, are not empty and lie on character boundaries. What
/// is not in a block is blank space between blocks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Story {
    /// The name that the caller gave it (a line of a stream), if any.
    pub id: Option<String>,
    /// Where it came from: a file's name or an address.
    pub source: Option<String>,
    /// Who published it, where the page says so ("Harbour Gazette").
    pub outlet: Option<String>,
    /// Where it stands on the Web, as its page says it: an address that begins with http:// or https:// and holds no blank.
    pub url: Option<String>,
    /// How it was written down.
    pub format: Format,
    /// When it was published, as its page says it.
    pub published: Option<String>,
    text: String,
    blocks: Vec<Block>,
}

/// How a story was written down.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// Plain text.
    #[default]
    Plain,
    /// Markdown.
    Markdown,
    /// A web page.
    Html,
}

impl Format {
    /// Its name on the command line and in exports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Markdown => "markdown",
            Self::Html => "html",
        }
    }
}

/// A stretch of the text that is one thing: a headline, a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it stands, without the blanks around it.
    pub span: Span,
    /// The earlier block whose words it says once more, if it does (a headline
    /// that is repeated as the lead). It is kept, and shown once.
    pub repeats: Option<usize>,
    /// In a turn of an interview, the words that say whose turn it is, without
    /// the colon or full stop ("Q", "Ann Lee"); they lie at the start of the block, behind a quotation mark at most.
    pub label: Option<Span>,
    /// The dateline at its start, with its dash ("WASHINGTON (AP) —").
    pub dateline: Option<Span>,
}

impl Block {
    /// A block with neither label, dateline nor twin.
    pub const fn new(kind: BlockKind, span: Span) -> Self {
        Self { kind, span, repeats: None, label: None, dateline: None }
    }

    /// Where its running words stand: the block without its label and dateline.
    pub fn text_span(&self, text: &str) -> Span {
        let start = self.label.or(self.dateline).map_or(self.span.start, |it| it.end);
        let mark =
            self.label.is_some() && Span::new(start, self.span.end).slice(text).starts_with([':', '.']);
        Span::new(start + usize::from(mark), self.span.end).trim(text)
    }
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// The story's title.
    Headline,
    /// The sentence or two under the headline.
    Standfirst,
    /// Who wrote it.
    Byline,
    /// Running text.
    Paragraph,
    /// A title inside the story.
    Heading,
    /// One item of a list.
    Item,
    /// The words under a picture, its credit with them.
    Caption,
    /// One turn of an interview: a question, an answer, a labelled speaker.
    Turn,
    /// What is not the story: "Read more", an editor's note, a wire's sign-off.
    Furniture,
}

impl BlockKind {
    /// Its name in exports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Headline => "headline",
            Self::Standfirst => "standfirst",
            Self::Byline => "byline",
            Self::Paragraph => "paragraph",
            Self::Heading => "heading",
            Self::Item => "item",
            Self::Caption => "caption",
            Self::Turn => "turn",
            Self::Furniture => "furniture",
        }
    }
}

impl Story {
    /// A story of `text` in `blocks`. Blocks that are empty, overlap an earlier
    /// one or do not lie on character boundaries are dropped.
    pub fn new(format: Format, text: String, blocks: Vec<Block>) -> Self {
        let mut end = 0;
        let mut kept: Vec<Block> = Vec::with_capacity(blocks.len());
        for block in blocks {
            if !block.span.slice(&text).is_empty() && block.span.start >= end {
                end = block.span.end;
                kept.push(block);
            }
        }
        Self { id: None, source: None, outlet: None, url: None, format, published: None, text, blocks: kept }
    }

    /// The clean text that all spans point into.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Its blocks in reading order.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// The words of the first block of a kind.
    pub fn first_text(&self, kind: BlockKind) -> Option<&str> {
        self.blocks.iter().find(|it| it.kind == kind).map(|it| it.span.slice(&self.text))
    }

    /// The headline, if it has one.
    pub fn headline(&self) -> Option<&str> {
        self.first_text(BlockKind::Headline)
    }

    /// Who wrote it, as the story says ("By Ann Lee").
    pub fn byline(&self) -> Option<&str> {
        self.first_text(BlockKind::Byline)
    }

    /// The first dateline, with its dash.
    pub fn dateline(&self) -> Option<&str> {
        self.blocks.iter().find_map(|it| it.dateline).map(|it| it.slice(&self.text))
    }

    /// The number of the block in which the byte at `place` stands, or the next one after it.
    pub fn block_at(&self, place: usize) -> Option<usize> {
        let next = self.blocks.partition_point(|it| it.span.end <= place);
        (next < self.blocks.len()).then_some(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_that_overlaps_or_cuts_a_character_is_dropped() {
        let block = |start, end| Block::new(BlockKind::Paragraph, Span::new(start, end));
        let story = Story::new(
            Format::Plain,
            "é one two".into(),
            vec![block(0, 1), block(0, 6), block(4, 9), block(6, 6), block(7, 10)],
        );
        assert_eq!(story.blocks(), [block(0, 6), block(7, 10)]);
    }

    #[test]
    fn the_words_of_a_turn_come_after_its_label() {
        for text in ["Q: Why now?", "Q. Why now?"] {
            let turn =
                Block { label: Some(Span::new(0, 1)), ..Block::new(BlockKind::Turn, Span::new(0, 11)) };
            assert_eq!(turn.text_span(text).slice(text), "Why now?");
        }
    }

    #[test]
    fn the_words_of_a_paragraph_come_after_its_dateline() {
        let text = "OSLO (AP) — It rained.";
        let dateline = Some(Span::new(0, 13));
        let block = Block { dateline, ..Block::new(BlockKind::Paragraph, Span::new(0, text.len())) };
        assert_eq!(block.text_span(text).slice(text), "It rained.");
    }
}
