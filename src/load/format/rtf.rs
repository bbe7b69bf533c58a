//! RTF (Rich Text Format 1.9): documents of word processors and of news databases, without headers and footers.
//!
//! Deleted and hidden words are left out. Notes stand after the text.

mod encodings;
mod lexer;

use std::collections::HashMap;

use encoding_rs::Encoding;

use crate::load::builder::StoryBuilder;
use crate::load::format::document::{DocumentWriter, ParagraphStyle};
use crate::load::format::docx::link_of_field;
use crate::load::format::rtf::encodings::{encoding_of_charset, encoding_of_page};
use crate::load::format::rtf::lexer::{RtfLexer, RtfToken};
use crate::story::BlockKind;

/// Whether bytes are RTF.
pub(crate) fn is_rtf(bytes: &[u8]) -> bool {
    bytes.trim_ascii_start().starts_with(b"{\\rtf")
}

/// Parses a document. Groups that are not closed end with it.
pub(crate) fn parse(bytes: &[u8]) -> StoryBuilder {
    let mut reader = RtfReader::new();
    let mut lexer = RtfLexer::new(bytes);
    while let Some(token) = lexer.next_token() {
        reader.take(token, &mut lexer);
    }
    reader.flush();
    while reader.groups.len() > 1 {
        reader.close_group();
    }
    reader.writer.finish()
}

/// Where the text of a group goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Destination {
    Text,
    /// Nowhere.
    Skipped,
    /// The definitions of fonts and styles.
    Fonts,
    Styles,
    /// The instruction of a field.
    Instruction,
}

/// The state that a group inherits and that ends with it.
#[derive(Clone, Debug)]
struct RtfGroup {
    destination: Destination,
    is_strong: bool,
    is_hidden: bool,
    encoding: &'static Encoding,
    /// How many characters after a Unicode character are for programs that do not know it.
    fallback_length: usize,
    /// What ends with the group itself.
    ends_note: bool,
    ends_field: bool,
}

struct RtfReader {
    groups: Vec<RtfGroup>,
    writer: DocumentWriter,
    /// The bytes of text that are not decoded yet.
    bytes: Vec<u8>,
    /// UTF-16 from `\u`, not decoded yet.
    units: Vec<u16>,
    default_encoding: &'static Encoding,
    fonts: HashMap<i32, &'static Encoding>,
    font: i32,
    styles: HashMap<i32, ParagraphStyle>,
    style: i32,
    style_name: String,
    /// The instructions of the open fields; whether their links are open.
    fields: Vec<(String, bool)>,
    /// How many characters are still left out after a Unicode character.
    fallback_left: usize,
    /// Whether the group has just begun with `\*`.
    is_optional: bool,
}

impl RtfReader {
    fn new() -> Self {
        let default_encoding = encoding_rs::WINDOWS_1252;
        let group = RtfGroup {
            destination: Destination::Text,
            is_strong: false,
            is_hidden: false,
            encoding: default_encoding,
            fallback_length: 1,
            ends_note: false,
            ends_field: false,
        };
        Self {
            groups: vec![group],
            writer: DocumentWriter::default(),
            bytes: Vec::new(),
            units: Vec::new(),
            default_encoding,
            fonts: HashMap::new(),
            font: 0,
            styles: HashMap::new(),
            style: 0,
            style_name: String::new(),
            fields: Vec::new(),
            fallback_left: 0,
            is_optional: false,
        }
    }

    /// The open group. There is always one.
    fn group(&mut self) -> &mut RtfGroup {
        let last = self.groups.len() - 1;
        &mut self.groups[last]
    }

    fn take(&mut self, token: RtfToken<'_>, lexer: &mut RtfLexer) {
        match token {
            RtfToken::Byte(_) | RtfToken::Symbol(b'~' | b'-' | b'_' | b'\\' | b'{' | b'}')
                if self.fallback_left > 0 =>
            {
                self.fallback_left -= 1;
            }
            RtfToken::Byte(byte) => {
                self.flush_units();
                self.bytes.push(byte);
            }
            RtfToken::Symbol(symbol) => match symbol {
                b'*' => self.is_optional = true,
                b'~' => self.write(" "),
                b'_' => self.write("-"),
                b'\\' | b'{' | b'}' => self.write(&char::from(symbol).to_string()),
                b'\n' | b'\r' => self.end_paragraph(),
                _ => {}
            },
            RtfToken::Open => {
                self.flush();
                self.fallback_left = 0;
                let group = RtfGroup { ends_note: false, ends_field: false, ..self.group().clone() };
                self.groups.push(group);
            }
            RtfToken::Close => {
                self.flush();
                self.fallback_left = 0;
                self.close_group();
            }
            RtfToken::Word("u", number) => self.take_unicode(number.unwrap_or_default()),
            RtfToken::Word("bin", number) => {
                lexer.skip(usize::try_from(number.unwrap_or_default()).unwrap_or(0));
            }
            RtfToken::Word(..) if self.fallback_left > 0 => self.fallback_left -= 1,
            RtfToken::Word(word, number) => {
                self.flush();
                self.take_word(word, number);
            }
        }
    }

    fn take_unicode(&mut self, number: i32) {
        if self.fallback_left > 0 {
            self.fallback_left -= 1;
            return;
        }
        self.flush_bytes();
        // Numbers over 32767 are written as negative ones.
        self.units.push(number as u16);
        self.fallback_left = self.group().fallback_length;
    }

    fn take_word(&mut self, word: &str, number: Option<i32>) {
        let is_on = number != Some(0);
        let is_optional = std::mem::take(&mut self.is_optional);
        match word {
            "fonttbl" => self.group().destination = Destination::Fonts,
            "stylesheet" => self.group().destination = Destination::Styles,
            "fldinst" => self.group().destination = Destination::Instruction,
            "shptxt" => {
                self.group().destination = Destination::Text;
                self.begin_inner(false);
            }
            "footnote" => self.begin_inner(true),
            "ud" => self.group().destination = Destination::Text,
            "shpinst" | "shp" => {}
            _ if is_optional || is_skipped(word) => self.group().destination = Destination::Skipped,
            _ if matches!(self.group().destination, Destination::Fonts | Destination::Styles) => {
                self.take_definition(word, number);
            }
            "ansicpg" => {
                self.default_encoding =
                    encoding_of_page(number.unwrap_or_default()).unwrap_or(self.default_encoding);
                self.group().encoding = self.default_encoding;
            }
            "mac" => self.group().encoding = encoding_rs::MACINTOSH,
            "f" => {
                let font = self.fonts.get(&number.unwrap_or_default()).copied();
                self.group().encoding = font.unwrap_or(self.default_encoding);
            }
            "uc" => self.group().fallback_length = usize::try_from(number.unwrap_or(1)).unwrap_or(1),
            "b" => self.group().is_strong = is_on,
            "v" | "deleted" => self.group().is_hidden = is_on,
            "plain" => (self.group().is_strong, self.group().is_hidden) = (false, false),
            "pard" => self.writer.set_style(ParagraphStyle::default()),
            "s" => {
                let style = self.styles.get(&number.unwrap_or_default()).copied();
                self.writer.set_style(style.unwrap_or_default());
            }
            "outlinelevel"
                if self.writer.kind() == BlockKind::Paragraph && number.is_some_and(|it| it < 9) =>
            {
                self.writer.set_style(ParagraphStyle::of(BlockKind::Heading));
            }
            "ls" if self.writer.kind() == BlockKind::Paragraph => {
                self.writer.set_style(ParagraphStyle::of(BlockKind::Item));
            }
            "field" => {
                self.fields.push((String::new(), false));
                self.group().ends_field = true;
            }
            "fldrslt" => self.open_link(),
            "par" | "sect" | "page" | "cell" | "row" | "nestcell" => self.end_paragraph(),
            "line" if self.group().destination == Destination::Text => self.writer.break_line(),
            _ => self.write(character_of(word)),
        }
    }

    /// A word in the table of fonts or styles.
    fn take_definition(&mut self, word: &str, number: Option<i32>) {
        let number = number.unwrap_or_default();
        match word {
            "f" => self.font = number,
            "s" => self.style = number,
            "fcharset" => {
                if let Some(encoding) = encoding_of_charset(number) {
                    self.fonts.insert(self.font, encoding);
                }
            }
            "cpg" => {
                if let Some(encoding) = encoding_of_page(number) {
                    self.fonts.insert(self.font, encoding);
                }
            }
            _ => {}
        }
    }

    fn begin_inner(&mut self, is_note: bool) {
        if self.group().destination == Destination::Text && !self.group().ends_note {
            self.writer.begin_inner(is_note);
            self.group().ends_note = true;
        }
    }

    /// Opens the link of the last field, if it is one.
    fn open_link(&mut self) {
        let is_text = self.group().destination == Destination::Text;
        if let Some((instruction, is_open)) = self.fields.last_mut()
            && is_text
            && !*is_open
            && link_of_field(instruction).is_some()
        {
            *is_open = true;
            self.writer.open_link();
        }
    }

    fn close_group(&mut self) {
        if self.groups.len() == 1 {
            return;
        }
        let Some(group) = self.groups.pop() else { return };
        if group.ends_note {
            self.writer.end_inner();
        }
        if group.ends_field
            && let Some((instruction, true)) = self.fields.pop()
            && let Some(address) = link_of_field(&instruction)
        {
            self.writer.close_link(address);
        }
        if group.destination == Destination::Styles {
            let name = std::mem::take(&mut self.style_name);
            if let Some(style) = ParagraphStyle::named(name.trim().trim_end_matches(';')) {
                self.styles.insert(self.style, style);
            }
        }
    }

    fn end_paragraph(&mut self) {
        if self.group().destination == Destination::Text {
            // The style goes on until it is changed.
            self.writer.end_paragraph();
        }
    }

    fn flush(&mut self) {
        self.flush_bytes();
        self.flush_units();
    }

    fn flush_bytes(&mut self) {
        if !self.bytes.is_empty() {
            let bytes = std::mem::take(&mut self.bytes);
            let text = self.group().encoding.decode_without_bom_handling(&bytes).0;
            self.write(&text);
        }
    }

    fn flush_units(&mut self) {
        if !self.units.is_empty() {
            let text = String::from_utf16_lossy(&std::mem::take(&mut self.units));
            self.write(&text);
        }
    }

    /// Writes text to where that of the open group goes.
    fn write(&mut self, text: &str) {
        let group = self.group();
        let (is_strong, is_hidden) = (group.is_strong, group.is_hidden);
        match group.destination {
            Destination::Text if !is_hidden => self.writer.write_words(text, is_strong),
            Destination::Styles => self.style_name.push_str(text),
            Destination::Instruction => {
                if let Some((instruction, _)) = self.fields.last_mut() {
                    instruction.push_str(text);
                }
            }
            _ => {}
        }
    }
}

/// Whether a group that begins with this word is left out.
fn is_skipped(word: &str) -> bool {
    matches!(
        word,
        "colortbl"
            | "info"
            | "pict"
            | "object"
            | "header"
            | "headerl"
            | "headerr"
            | "headerf"
            | "footer"
            | "footerl"
            | "footerr"
            | "footerf"
            | "listtext"
            | "pntext"
            | "pntxta"
            | "pntxtb"
            | "annotation"
            | "atnid"
            | "atnauthor"
            | "listtable"
            | "listoverridetable"
            | "revtbl"
            | "xe"
            | "tc"
            | "rxe"
            | "bkmkstart"
            | "bkmkend"
            | "sp"
            | "nonshppict"
            | "themedata"
            | "datastore"
            | "latentstyles"
            | "filetbl"
    )
}

/// The character that a control word stands for; empty for another word.
fn character_of(word: &str) -> &'static str {
    match word {
        "tab" | "emspace" | "enspace" | "qmspace" => " ",
        "emdash" => "—",
        "endash" => "–",
        "lquote" => "‘",
        "rquote" => "’",
        "ldblquote" => "“",
        "rdblquote" => "”",
        "bullet" => "•",
        _ => "",
    }
}
