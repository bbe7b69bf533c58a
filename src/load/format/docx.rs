//! DOCX: documents of Word and of programs that write its format (ECMA-376), without headers and footers.
//!
//! Inserted words are kept and deleted ones left out. Notes stand after the text.

use std::collections::HashMap;

use crate::load::builder::StoryBuilder;
use crate::load::bytes::zip_file::ZipFile;
use crate::load::format::document::{DocumentWriter, ParagraphStyle};
use crate::load::format::xml::{XmlPiece, XmlReader, XmlTag};
use crate::story::BlockKind;

/// The file in the archive that has the text.
pub(crate) const TEXT_FILE: &str = "word/document.xml";

/// Whether an archive is a DOCX.
pub(crate) fn is_docx(archive: &ZipFile) -> bool {
    archive.contains(TEXT_FILE)
}

/// Parses a document.
pub(crate) fn parse(archive: &mut ZipFile) -> StoryBuilder {
    let mut reader = DocxReader {
        styles: archive.read_text("word/styles.xml").map(|it| read_styles(&it)).unwrap_or_default(),
        ..DocxReader::default()
    };
    for (file, relations) in [
        (TEXT_FILE, "word/_rels/document.xml.rels"),
        ("word/footnotes.xml", "word/_rels/footnotes.xml.rels"),
        ("word/endnotes.xml", "word/_rels/endnotes.xml.rels"),
    ] {
        reader.links = archive.read_text(relations).map(|it| read_relations(&it)).unwrap_or_default();
        if let Some(text) = archive.read_text(file) {
            reader.read(&text);
        }
    }
    reader.writer.finish()
}

/// The addresses of the links, by their ids.
fn read_relations(xml: &str) -> HashMap<String, String> {
    let relation = |piece| match piece {
        XmlPiece::Open(tag) if tag.name() == "Relationship" => {
            Some((tag.attribute("Id")?, tag.attribute("Target")?))
        }
        _ => None,
    };
    XmlReader::new(xml).filter_map(relation).collect()
}

/// The styles that say what a paragraph is, by their ids.
fn read_styles(xml: &str) -> HashMap<String, ParagraphStyle> {
    let mut styles = HashMap::new();
    let mut id = String::new();
    for piece in XmlReader::new(xml) {
        let XmlPiece::Open(tag) = piece else { continue };
        match tag.name() {
            "style" => id = tag.attribute("styleId").unwrap_or_default(),
            "name" | "basedOn" => {
                // The name of a built-in style is always English; the id is not.
                let value = tag.attribute("val").unwrap_or_default();
                let style = ParagraphStyle::named(&value).or_else(|| styles.get(&value).copied());
                if let Some(style) = style {
                    styles.entry(id.clone()).or_insert(style);
                }
            }
            _ => {}
        }
    }
    styles
}

#[derive(Default)]
struct DocxReader {
    styles: HashMap<String, ParagraphStyle>,
    links: HashMap<String, String>,
    writer: DocumentWriter,
    /// The number of open elements that are left out, with all in them.
    skipped: usize,
    in_text: bool,
    in_run_properties: bool,
    is_strong: bool,
    is_hidden: bool,
    /// The addresses of the open links; `None` if a link leads to a place in the document.
    open_links: Vec<Option<String>>,
    /// The instructions of the open fields, and whether their results have begun.
    fields: Vec<(String, bool)>,
    in_instruction: bool,
}

impl DocxReader {
    fn read(&mut self, xml: &str) {
        for piece in XmlReader::new(xml) {
            match piece {
                XmlPiece::Open(tag) if self.skipped > 0 || is_skipped(&tag) => self.skipped += 1,
                XmlPiece::Open(tag) => self.open(&tag),
                XmlPiece::Close(_) if self.skipped > 0 => self.skipped -= 1,
                XmlPiece::Close(name) => self.close(&name),
                XmlPiece::Text(text) => self.text(&text),
            }
        }
        (self.skipped, self.in_text, self.in_instruction) = (0, false, false);
        self.fields.clear();
        self.writer.end_paragraph();
    }

    fn open(&mut self, tag: &XmlTag) {
        let value = || tag.attribute("val").unwrap_or_default();
        let is_on = || !matches!(value().as_str(), "0" | "false" | "off" | "none");
        match tag.name() {
            "p" => self.writer.begin_paragraph(),
            "pStyle" => {
                let id = value();
                if let Some(style) = self.styles.get(&id).copied().or_else(|| ParagraphStyle::named(&id)) {
                    self.writer.set_style(style);
                }
            }
            "outlineLvl" if self.writer.kind() == BlockKind::Paragraph && value() != "9" => {
                self.writer.set_style(ParagraphStyle::of(BlockKind::Heading));
            }
            "numPr" if self.writer.kind() == BlockKind::Paragraph => {
                self.writer.set_style(ParagraphStyle::of(BlockKind::Item));
            }
            "r" => (self.is_strong, self.is_hidden) = (false, false),
            "rPr" => self.in_run_properties = true,
            "b" if self.in_run_properties => self.is_strong = is_on(),
            "vanish" if self.in_run_properties => self.is_hidden = is_on(),
            "t" => self.in_text = true,
            "instrText" => self.in_instruction = true,
            "tab" if !self.in_run_properties => self.writer.write(" "),
            "br" | "cr" => self.writer.break_line(),
            "noBreakHyphen" => self.writer.write("-"),
            "hyperlink" => {
                let address = tag.attribute("id").and_then(|it| self.links.get(&it).cloned());
                if address.is_some() {
                    self.writer.open_link();
                }
                self.open_links.push(address);
            }
            "fldChar" => self.field(&tag.attribute("fldCharType").unwrap_or_default()),
            "txbxContent" => self.writer.begin_inner(false),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "p" => self.writer.end_paragraph(),
            "t" => self.in_text = false,
            "instrText" => self.in_instruction = false,
            "rPr" => self.in_run_properties = false,
            "hyperlink" => {
                if let Some(address) = self.open_links.pop().flatten() {
                    self.writer.close_link(&address);
                }
            }
            "txbxContent" => self.writer.end_inner(),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        let is_shown = self.fields.last().is_none_or(|it| it.1);
        if self.in_instruction && self.skipped == 0 {
            if let Some((instruction, _)) = self.fields.last_mut() {
                instruction.push_str(text);
            }
        } else if self.in_text && self.skipped == 0 && !self.is_hidden && is_shown {
            self.writer.write_words(text, self.is_strong);
        }
    }

    /// The begin, the middle or the end of a field, such as `HYPERLINK "https://…"`.
    fn field(&mut self, kind: &str) {
        match kind {
            "begin" => self.fields.push((String::new(), false)),
            "separate" => {
                if let Some((instruction, has_result)) = self.fields.last_mut() {
                    *has_result = true;
                    if link_of_field(instruction).is_some() {
                        self.writer.open_link();
                    }
                }
            }
            "end" => {
                let field = self.fields.pop().filter(|it| it.1);
                if let Some(address) = field.as_ref().and_then(|it| link_of_field(&it.0)) {
                    self.writer.close_link(address);
                }
            }
            _ => {}
        }
    }
}

/// Whether an element is left out with all in it: deleted and moved words, and what is written twice.
fn is_skipped(tag: &XmlTag) -> bool {
    matches!(tag.name(), "del" | "moveFrom" | "Fallback" | "delText")
        || matches!(tag.name(), "footnote" | "endnote" if tag.attribute("type").is_some())
}

/// The address in the instruction `HYPERLINK "https://…"`; `None` for another field.
pub(crate) fn link_of_field(instruction: &str) -> Option<&str> {
    let target = instruction.trim_start().strip_prefix("HYPERLINK")?.trim_start();
    let target = target
        .strip_prefix('"')
        .and_then(|it| it.split('"').next())
        .or_else(|| target.split_whitespace().next())?;
    target.starts_with("http").then_some(target)
}
