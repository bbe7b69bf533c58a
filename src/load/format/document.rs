//! Document writer: the blocks of an office document, with its notes and text boxes. DOCX, ODT and RTF write with it.

use crate::load::builder::StoryBuilder;
use crate::load::format::block_writer::{self, BlockText, BlockWriter};
use crate::story::BlockKind;
use crate::word_list::word_list;

/// The kind of a paragraph, and whether its style says that it holds the words of somebody else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ParagraphStyle {
    pub(crate) kind: BlockKind,
    pub(crate) is_quotation: bool,
}

impl Default for ParagraphStyle {
    fn default() -> Self {
        Self::of(BlockKind::Paragraph)
    }
}

/// Names of styles for the words of somebody else.
const QUOTATION_STYLES: &[&str] = &word_list!("quotation-styles");

impl ParagraphStyle {
    pub(crate) const fn of(kind: BlockKind) -> Self {
        Self { kind, is_quotation: false }
    }

    /// The style with a name that office programs give it ("heading 1", `Heading_20_1`); `None` for one that says nothing.
    pub(crate) fn named(name: &str) -> Option<Self> {
        let mut plain = name.to_lowercase().replace("_20_", " ").replace(['-', '_'], " ");
        plain.truncate(plain.trim_end_matches(|ch: char| ch.is_ascii_digit()).trim_end().len());
        let kind = match plain.as_str() {
            "title" => BlockKind::Headline,
            "subtitle" => BlockKind::Standfirst,
            "heading" => BlockKind::Heading,
            "author" | "byline" => BlockKind::Byline,
            "caption" | "image caption" | "table caption" | "figure" | "illustration" => BlockKind::Caption,
            "toc" | "header" | "footer" | "toc heading" => BlockKind::Furniture,
            "list paragraph" | "list bullet" | "list number" => BlockKind::Item,
            other if QUOTATION_STYLES.contains(&other) => {
                return Some(Self { kind: BlockKind::Paragraph, is_quotation: true });
            }
            _ => return None,
        };
        Some(Self::of(kind))
    }
}

/// Writes the blocks of a document. Paragraphs may stand inside others: those of notes and of text boxes.
#[derive(Debug, Default)]
pub(crate) struct DocumentWriter {
    /// The text that is being written, that of an outer paragraph before that of an inner one.
    open: Vec<OpenText>,
    writer: BlockWriter,
    /// The blocks of the text boxes in the open paragraph.
    boxes: Vec<BlockText>,
    /// The blocks of all notes.
    notes: Vec<BlockText>,
    /// The number of blocks when the open paragraph began.
    first_block: usize,
    style: ParagraphStyle,
}

/// What is interrupted by a note or a text box.
#[derive(Debug)]
struct OpenText {
    writer: BlockWriter,
    first_block: usize,
    style: ParagraphStyle,
    is_note: bool,
}

impl DocumentWriter {
    /// Begins a paragraph. One that is still open ends.
    pub(crate) fn begin_paragraph(&mut self) {
        self.end_paragraph();
        self.style = ParagraphStyle::default();
        self.first_block = self.writer.blocks.len();
    }

    /// Sets the style of the open paragraph.
    pub(crate) fn set_style(&mut self, style: ParagraphStyle) {
        self.style = style;
    }

    /// The kind of the open paragraph.
    pub(crate) fn kind(&self) -> BlockKind {
        self.style.kind
    }

    pub(crate) fn end_paragraph(&mut self) {
        self.writer.end_block(self.style.kind);
        let first = self.first_block.min(self.writer.blocks.len());
        for block in &mut self.writer.blocks[first..] {
            block.is_quotation = self.style.is_quotation;
        }
        self.first_block = self.writer.blocks.len();
        if self.open.is_empty() {
            self.writer.blocks.append(&mut self.boxes);
        }
    }

    pub(crate) fn write(&mut self, text: &str) {
        self.writer.write(text);
    }

    /// Breaks the line.
    pub(crate) fn break_line(&mut self) {
        self.writer.break_line(self.style.kind);
    }

    /// Writes words in bold type or not.
    pub(crate) fn write_words(&mut self, text: &str, is_strong: bool) {
        if is_strong {
            self.writer.open_strong();
        }
        self.writer.write(text);
        if is_strong {
            self.writer.close_strong();
        }
    }

    pub(crate) fn open_link(&mut self) {
        self.writer.open_link();
    }

    pub(crate) fn close_link(&mut self, address: &str) {
        self.writer.close_link(address);
    }

    /// Begins a note or a text box inside a paragraph.
    pub(crate) fn begin_inner(&mut self, is_note: bool) {
        let writer = std::mem::take(&mut self.writer);
        let first_block = std::mem::take(&mut self.first_block);
        self.open.push(OpenText { writer, first_block, style: std::mem::take(&mut self.style), is_note });
    }

    /// Ends a note or a text box. Its blocks come after the paragraph, those of notes after all.
    pub(crate) fn end_inner(&mut self) {
        self.end_paragraph();
        if let Some(outer) = self.open.pop() {
            self.first_block = outer.first_block;
            let inner = std::mem::replace(&mut self.writer, outer.writer);
            let blocks = if outer.is_note { &mut self.notes } else { &mut self.boxes };
            blocks.extend(inner.blocks);
            self.style = outer.style;
        }
    }

    /// The story of the blocks in the order of the document, the notes at its end.
    pub(crate) fn finish(mut self) -> StoryBuilder {
        while !self.open.is_empty() {
            self.end_inner();
        }
        self.end_paragraph();
        self.writer.blocks.append(&mut self.notes);
        block_writer::to_builder(&self.writer.blocks)
    }
}
