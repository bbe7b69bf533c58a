//! ODT: documents of `LibreOffice` and of programs that write its format (OASIS Open Document), packed or as one XML file.
//!
//! Deleted words, remarks of editors, headers and footers are left out. Notes stand after the text.

use std::collections::HashMap;

use crate::load::builder::StoryBuilder;
use crate::load::bytes::zip_file::ZipFile;
use crate::load::format::document::{DocumentWriter, ParagraphStyle};
use crate::load::format::xml::{XmlPiece, XmlReader, XmlTag};
use crate::story::BlockKind;

/// The file in the archive that has the text.
pub(crate) const TEXT_FILE: &str = "content.xml";

/// The media type that the first file of the archive holds.
const MEDIA_TYPE: &str = "application/vnd.oasis.opendocument.text";

/// Whether an archive is an ODT.
pub(crate) fn is_odt(archive: &mut ZipFile) -> bool {
    archive.read_text("mimetype").is_some_and(|it| it.trim().starts_with(MEDIA_TYPE))
}

/// Parses a packed document.
pub(crate) fn parse(archive: &mut ZipFile) -> StoryBuilder {
    let mut reader = OdtReader::default();
    for file in ["styles.xml", TEXT_FILE] {
        if let Some(xml) = archive.read_text(file) {
            reader.read(&xml);
        }
    }
    reader.writer.finish()
}

/// Parses a document that is one XML file.
pub(crate) fn parse_flat(xml: &str) -> StoryBuilder {
    let mut reader = OdtReader::default();
    reader.read(xml);
    reader.writer.finish()
}

/// What a style of this document says.
#[derive(Clone, Copy, Default)]
struct OdtStyle {
    paragraph: Option<ParagraphStyle>,
    is_strong: bool,
}

#[derive(Default)]
struct OdtReader {
    styles: HashMap<String, OdtStyle>,
    /// The name of the open style.
    style: String,
    writer: DocumentWriter,
    skipped: usize,
    /// Whether the text of the document has begun.
    in_text: bool,
    /// The number of open paragraphs.
    paragraphs: usize,
    list_depth: usize,
    /// Whether the open spans, and the paragraphs around them, are in bold type.
    strong: Vec<bool>,
    /// The addresses of the open links.
    links: Vec<String>,
}

impl OdtReader {
    fn read(&mut self, xml: &str) {
        for piece in XmlReader::new(xml) {
            match piece {
                XmlPiece::Open(tag) if self.skipped > 0 || is_skipped(tag.name()) => self.skipped += 1,
                XmlPiece::Close(_) if self.skipped > 0 => self.skipped -= 1,
                XmlPiece::Open(tag) if self.in_text => self.open(&tag),
                XmlPiece::Open(tag) => self.open_style(&tag),
                XmlPiece::Close(name) if self.in_text => self.close(&name),
                XmlPiece::Text(text) if self.paragraphs > 0 && self.skipped == 0 => {
                    self.writer.write_words(&text, self.strong.last().is_some_and(|it| *it));
                }
                _ => {}
            }
        }
        self.skipped = 0;
    }

    /// An element above the text.
    fn open_style(&mut self, tag: &XmlTag) {
        match tag.name() {
            "body" => self.in_text = true,
            "style" => {
                self.style = tag.attribute("name").unwrap_or_default();
                let parent = tag.attribute("parent-style-name").unwrap_or_default();
                let inherited = self.styles.get(&parent).and_then(|it| it.paragraph);
                let paragraph = ParagraphStyle::named(&self.style)
                    .or_else(|| ParagraphStyle::named(&tag.attribute("display-name").unwrap_or_default()))
                    .or_else(|| ParagraphStyle::named(&parent))
                    .or(inherited);
                self.styles.insert(self.style.clone(), OdtStyle { paragraph, is_strong: false });
            }
            "text-properties" => {
                let is_strong = tag.attribute("font-weight").is_some_and(|it| it == "bold");
                if let Some(style) = self.styles.get_mut(&self.style) {
                    style.is_strong |= is_strong;
                }
            }
            _ => {}
        }
    }

    fn style_of(&self, tag: &XmlTag) -> OdtStyle {
        let name = tag.attribute("style-name").unwrap_or_default();
        let named = OdtStyle { paragraph: ParagraphStyle::named(&name), is_strong: false };
        self.styles.get(&name).copied().unwrap_or(named)
    }

    fn open(&mut self, tag: &XmlTag) {
        match tag.name() {
            "p" | "h" => {
                let style = self.style_of(tag);
                let paragraph = style.paragraph.unwrap_or_default();
                let kind = match (tag.name(), paragraph.kind) {
                    ("h", BlockKind::Paragraph) => BlockKind::Heading,
                    ("p", BlockKind::Paragraph) if self.list_depth > 0 => BlockKind::Item,
                    (_, kind) => kind,
                };
                self.writer.begin_paragraph();
                self.writer.set_style(ParagraphStyle { kind, ..paragraph });
                self.paragraphs += 1;
                self.strong.push(style.is_strong);
            }
            "span" => {
                let is_strong = self.style_of(tag).is_strong || self.strong.last().is_some_and(|it| *it);
                self.strong.push(is_strong);
            }
            "a" => {
                self.links.push(tag.attribute("href").unwrap_or_default());
                self.writer.open_link();
            }
            "s" | "tab" => self.writer.write(" "),
            "line-break" => self.writer.break_line(),
            "list" => self.list_depth += 1,
            "note-body" => self.writer.begin_inner(true),
            "text-box" => self.writer.begin_inner(false),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "p" | "h" => {
                self.writer.end_paragraph();
                self.paragraphs = self.paragraphs.saturating_sub(1);
                self.strong.pop();
            }
            "span" => {
                self.strong.pop();
            }
            "a" => {
                let address = self.links.pop().unwrap_or_default();
                self.writer.close_link(&address);
            }
            "list" => self.list_depth = self.list_depth.saturating_sub(1),
            "note-body" | "text-box" => self.writer.end_inner(),
            _ => {}
        }
    }
}

/// Whether an element is left out with all in it.
fn is_skipped(name: &str) -> bool {
    matches!(
        name,
        "tracked-changes"
            | "annotation"
            | "note-citation"
            | "master-styles"
            | "title"
            | "desc"
            | "table-of-content"
    )
}
