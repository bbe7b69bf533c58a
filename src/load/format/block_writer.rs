//! Block writer: collects text piece by piece until its block ends. The formats with markup write with it.

use crate::load::builder::{BlockGap, StoryBuilder};
use crate::load::text::sanitize;
use crate::span::Span;
use crate::story::BlockKind;

/// The kind and the clean text of a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BlockText {
    pub(crate) kind: BlockKind,
    pub(crate) text: String,
    /// The links in the text, with their addresses as written.
    pub(crate) links: Vec<(Span, String)>,
    /// Whether all of its words are in bold type.
    pub(crate) is_strong: bool,
    /// The index of an earlier block with the same words.
    pub(crate) repeats: Option<usize>,
    /// Whether the block holds the words of somebody else, as the markup says.
    pub(crate) is_quotation: bool,
    /// The name of the person quoted: how many blocks after this one it stands, and its span there.
    pub(crate) quoted_name: Option<(usize, Span)>,
}

impl BlockText {
    pub(crate) fn new(kind: BlockKind, text: String, links: Vec<(Span, String)>, is_strong: bool) -> Self {
        Self { kind, text, links, is_strong, repeats: None, is_quotation: false, quoted_name: None }
    }
}

/// The text of a block under construction, with its links. The markup may have any white space.
#[derive(Debug, Default)]
pub(crate) struct LinkedText {
    raw: String,
    links: Vec<(Span, String)>,
    /// The start of the open link.
    open_link: Option<usize>,
    /// Whether it has words in bold type, and others.
    has_strong: bool,
    has_regular: bool,
}

impl LinkedText {
    /// The text so far.
    pub(crate) fn as_str(&self) -> &str {
        &self.raw
    }

    /// Adds text. White space after white space is left out, so that the end of the text is found at once.
    pub(crate) fn write(&mut self, text: &str) {
        if !(text.trim().is_empty() && self.raw.ends_with(' ')) {
            self.raw.extend(text.chars().map(|ch| if ch.is_whitespace() { ' ' } else { ch }));
        }
    }

    /// Adds text that is in bold type or not.
    pub(crate) fn write_words(&mut self, text: &str, is_strong: bool) {
        if !text.trim().is_empty() {
            self.has_strong |= is_strong;
            self.has_regular |= !is_strong;
        }
        self.write(text);
    }

    pub(crate) fn open_link(&mut self) {
        // Two links that touch are two names.
        if self.links.last().is_some_and(|it| it.0.end == self.raw.len()) {
            self.separate();
        }
        self.open_link = Some(self.raw.len());
    }

    /// Adds a space if the text ends with a letter or a digit.
    pub(crate) fn separate(&mut self) {
        if self.raw.ends_with(char::is_alphanumeric) {
            self.raw.push(' ');
        }
    }

    pub(crate) fn close_link(&mut self, address: &str) {
        if let Some(start) = self.open_link.take().filter(|it| *it < self.raw.len()) {
            self.links.push((Span::new(start, self.raw.len()), address.to_owned()));
        }
    }

    /// The block of the text; `None` without a word.
    pub(crate) fn into_block(self, kind: BlockKind) -> Option<BlockText> {
        let is_strong = self.has_strong && !self.has_regular;
        let (text, links) = self.finish();
        (!text.is_empty()).then(|| BlockText::new(kind, text, links, is_strong))
    }

    /// The clean line and its links. If characters had to be removed from the text, no place in it is certain and there are
    /// no links.
    fn finish(self) -> (String, Vec<(Span, String)>) {
        let clean = sanitize::sanitize_text(&self.raw);
        if clean != self.raw {
            return (sanitize::sanitize_line(&clean), Vec::new());
        }
        let mut line = String::with_capacity(clean.len());
        // Links stand in order, so that their ends are sorted.
        let mut ends = self.links.iter().flat_map(|it| [it.0.start, it.0.end]).peekable();
        let mut places = Vec::new();
        for (at, ch) in clean.char_indices() {
            while ends.next_if(|it| *it <= at).is_some() {
                places.push(line.len());
            }
            if !ch.is_whitespace() {
                line.push(ch);
            } else if !line.is_empty() && !line.ends_with(' ') {
                line.push(' ');
            }
        }
        places.resize(2 * self.links.len(), line.len());
        line.truncate(line.trim_end().len());
        let place = |at: usize| places[at].min(line.len());
        let links = self.links.into_iter().enumerate();
        let links = links
            .map(|(at, (_, address))| (Span::new(place(2 * at), place(2 * at + 1)).trim(&line), address));
        let links = links.filter(|it| !it.0.is_empty()).collect();
        (line, links)
    }
}

/// The finished blocks, and the text of the block that is being written.
#[derive(Debug, Default)]
pub(crate) struct BlockWriter {
    pub(crate) blocks: Vec<BlockText>,
    text: LinkedText,
    /// The number of open elements of bold type.
    strong_depth: usize,
}

impl BlockWriter {
    /// Adds text to the current block.
    pub(crate) fn write(&mut self, text: &str) {
        self.text.write_words(text, self.strong_depth > 0);
    }

    /// Opens an element of bold type.
    pub(crate) fn open_strong(&mut self) {
        self.strong_depth += 1;
    }

    /// Closes an element of bold type.
    pub(crate) fn close_strong(&mut self) {
        self.strong_depth = self.strong_depth.saturating_sub(1);
    }

    pub(crate) fn open_link(&mut self) {
        self.text.open_link();
    }

    pub(crate) fn close_link(&mut self, address: &str) {
        self.text.close_link(address);
    }

    /// Ends the current block; a block without text is dropped.
    pub(crate) fn end_block(&mut self, kind: BlockKind) {
        self.blocks.extend(std::mem::take(&mut self.text).into_block(kind));
    }

    /// Breaks the line. The break ends the block if it ends a sentence, since many pages separate paragraphs so.
    pub(crate) fn break_line(&mut self, kind: BlockKind) {
        if ends_sentence(self.text.as_str()) && kind != BlockKind::Heading {
            self.end_block(kind);
        } else {
            self.text.write(" ");
        }
    }
}

/// Whether a text ends like a sentence, or like the announcement of one.
pub(crate) fn ends_sentence(text: &str) -> bool {
    text.trim_end().ends_with(['.', '!', '?', ':', '"', '”', '’', '…', ')'])
}

/// A story builder with these blocks. An empty line separates them, except between items of a list.
pub(crate) fn to_builder(blocks: &[BlockText]) -> StoryBuilder {
    let mut builder = StoryBuilder::default();
    let mut previous = None;
    let shift = |span: Span, start: usize| Span::new(start + span.start, start + span.end);
    for block in blocks {
        let in_list = block.kind == BlockKind::Item && previous == Some(BlockKind::Item);
        let gap = if in_list { BlockGap::NewLine } else { BlockGap::EmptyLine };
        builder.push_block(block.kind, gap, &block.text);
        let start = builder.text.len() - block.text.len();
        if let Some(pushed) = builder.blocks.last_mut() {
            (pushed.repeats, pushed.is_quotation) = (block.repeats, block.is_quotation);
            builder.strong.extend(block.is_strong.then_some(pushed.span));
        }
        builder
            .links
            .extend(block.links.iter().map(|(span, address)| (shift(*span, start), address.clone())));
        previous = Some(block.kind);
    }
    for (number, block) in blocks.iter().enumerate() {
        if let Some((distance, span)) = block.quoted_name
            && let Some(start) = builder.blocks.get(number + distance).map(|it| it.span.start)
        {
            builder.blocks[number].quoted_name = Some(shift(span, start));
        }
    }
    builder
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_keeps_its_words_when_white_space_is_joined() {
        let mut writer = BlockWriter::default();
        writer.write("\n  It\u{a0}\t rained, said \n");
        writer.open_link();
        writer.write(" Ann\n Lee ");
        writer.close_link("/lee");
        writer.open_link();
        writer.write("Bo");
        writer.close_link("/bo");
        writer.open_link();
        writer.write("Ray");
        writer.close_link("/ray");
        writer.end_block(BlockKind::Paragraph);
        let block = &writer.blocks[0];
        assert_eq!(block.text, "It rained, said Ann Lee Bo Ray");
        let links: Vec<_> =
            block.links.iter().map(|(span, to)| (span.slice(&block.text), to.as_str())).collect();
        assert_eq!(links, [("Ann Lee", "/lee"), ("Bo", "/bo"), ("Ray", "/ray")]);
    }

    #[test]
    fn a_text_from_which_characters_are_removed_has_no_links() {
        let mut writer = BlockWriter::default();
        writer.write("It \u{1b}[31mrained ");
        writer.open_link();
        writer.write("here");
        writer.close_link("/a");
        writer.end_block(BlockKind::Paragraph);
        assert_eq!((writer.blocks[0].text.as_str(), writer.blocks[0].links.len()), ("It rained here", 0));
    }
}
