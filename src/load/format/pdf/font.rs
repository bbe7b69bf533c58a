//! Fonts of a PDF: cuts a string into codes, and gives each code its characters and its width.

use std::borrow::Cow;
use std::collections::BTreeMap;

use hayro_cmap::{BfString, CMap};
use hayro_syntax::object::{Array, Dict, Name, Object, Stream};

use crate::load::format::pdf::encoding::{BaseEncoding, glyph_text, standard_width};

/// A font, as far as its text needs it.
pub(crate) struct PdfFont {
    codes: CodeTable,
    /// The characters of codes, as the font says for those who copy its text; `None` if it does not say.
    to_unicode: Option<CMap>,
    widths: WidthTable,
    /// The unit of the widths, in sizes of the letters.
    unit: f64,
    /// The height of the letters, in sizes; 1 but in fonts whose letters are drawings.
    pub(crate) height: f64,
}

/// How strings are cut into codes.
enum CodeTable {
    /// One byte a code, each with its characters.
    Bytes(Vec<Option<Cow<'static, str>>>),
    /// Two bytes a code, which is the number of the glyph.
    Pairs,
    /// One to four bytes a code, as the table says.
    Mapped(Box<CMap>),
}

/// The widths of codes or of glyphs, in units of the font.
#[derive(Default)]
struct WidthTable {
    /// The width and the last code of the ranges that begin with a code.
    ranges: BTreeMap<u32, (u32, f64)>,
    other: f64,
}

/// A code of a string.
pub(crate) struct FontGlyph {
    /// Its characters; `None` if nothing tells them.
    pub(crate) text: Option<String>,
    /// Its width, in sizes of the letters.
    pub(crate) width: f64,
    /// Whether the spacing of words applies to it.
    pub(crate) is_word_space: bool,
}

impl PdfFont {
    /// Reads a font. What is damaged or missing in it is left out.
    pub(crate) fn new(dict: &Dict) -> Self {
        let subtype = dict.get::<Name>("Subtype");
        let to_unicode = dict.get::<Stream>("ToUnicode").and_then(|it| parse_cmap(&it));
        match subtype.as_deref() {
            Some(b"Type0") => Self::composite(dict, to_unicode),
            subtype => Self::simple(dict, subtype.unwrap_or_default(), to_unicode),
        }
    }

    /// A font with many glyphs, whose codes have several bytes.
    fn composite(dict: &Dict, to_unicode: Option<CMap>) -> Self {
        const USUAL_WIDTH: f64 = 1000.0;
        let codes = dict.get::<Stream>("Encoding").and_then(|it| parse_cmap(&it));
        let codes = codes.map_or(CodeTable::Pairs, |it| CodeTable::Mapped(Box::new(it)));
        let descendants = dict.get::<Array>("DescendantFonts");
        let descendant = descendants.and_then(|it| it.iter::<Dict>().next()).unwrap_or_default();
        let mut widths =
            WidthTable { other: descendant.get::<f64>("DW").unwrap_or(USUAL_WIDTH), ..WidthTable::default() };
        if let Some(list) = descendant.get::<Array>("W") {
            widths.read_ranges(&list);
        }
        Self { codes, to_unicode, widths, unit: 0.001, height: 1.0 }
    }

    /// A font with at most 256 glyphs.
    fn simple(dict: &Dict, subtype: &[u8], to_unicode: Option<CMap>) -> Self {
        let name = dict.get::<Name>("BaseFont").map_or(String::new(), |it| it.as_str().to_owned());
        let characters = simple_encoding(dict, subtype);
        let mut widths = WidthTable::default();
        if let Some(list) = dict.get::<Array>("Widths") {
            let first = dict.get::<u32>("FirstChar").unwrap_or_default().min(0xFF);
            let descriptor = dict.get::<Dict>("FontDescriptor");
            widths.other = descriptor.and_then(|it| it.get::<f64>("MissingWidth")).unwrap_or_default();
            for (code, width) in (first..=0xFF).zip(list.iter::<f64>()) {
                widths.ranges.insert(code, (code, width));
            }
        } else {
            for (code, text) in (0_u32..).zip(&characters) {
                let ch = text.as_deref().and_then(|it| it.chars().next());
                widths.ranges.insert(code, (code, standard_width(&name, ch.unwrap_or_default())));
            }
        }
        let matrix = dict.get::<[f64; 6]>("FontMatrix").filter(|_| subtype == b"Type3");
        let [across, _, _, up, ..] = matrix.unwrap_or([0.001, 0.0, 0.0, 0.001, 0.0, 0.0]);
        let height = (up.abs() * 1000.0).clamp(0.01, 100.0);
        Self { codes: CodeTable::Bytes(characters), to_unicode, widths, unit: across.abs(), height }
    }

    /// The glyphs of a string.
    pub(crate) fn glyphs(&self, mut string: &[u8]) -> Vec<FontGlyph> {
        let mut glyphs = Vec::new();
        while !string.is_empty() {
            let (code, bytes, glyph) = self.next_code(string);
            string = &string[bytes..];
            let own = match &self.codes {
                CodeTable::Bytes(characters) => characters.get(code as usize).cloned().flatten(),
                CodeTable::Pairs | CodeTable::Mapped(_) => None,
            };
            let text = self.copied_text(code).or_else(|| own.map(Cow::into_owned));
            let width = self.widths.get(glyph) * self.unit;
            glyphs.push(FontGlyph { text, width, is_word_space: bytes == 1 && code == u32::from(b' ') });
        }
        glyphs
    }

    /// The first code of a string that is not empty, its length in bytes, and the number of its glyph.
    fn next_code(&self, string: &[u8]) -> (u32, usize, u32) {
        let number =
            |bytes: usize| string[..bytes].iter().fold(0_u32, |number, it| number << 8 | u32::from(*it));
        let pair = 2.min(string.len());
        match &self.codes {
            CodeTable::Bytes(_) => (number(1), 1, number(1)),
            CodeTable::Pairs => (number(pair), pair, number(pair)),
            CodeTable::Mapped(table) => {
                let found = (1..=4.min(string.len()))
                    .find_map(|it| Some((number(it), it, table.lookup_cid_code(number(it), it as u8)?)));
                found.unwrap_or((number(pair), pair, 0))
            }
        }
    }

    /// The characters that the font gives a code for those who copy its text; `None` without them.
    fn copied_text(&self, code: u32) -> Option<String> {
        let text = match self.to_unicode.as_ref()?.lookup_bf_string(code)? {
            BfString::Char(ch) => ch.to_string(),
            BfString::String(text) => text,
        };
        (!text.chars().all(|it| matches!(it, '\0' | '\u{FFFD}'))).then_some(text)
    }
}

impl WidthTable {
    fn get(&self, code: u32) -> f64 {
        let range = self.ranges.range(..=code).next_back();
        range.filter(|it| code <= it.1.0).map_or(self.other, |it| it.1.1)
    }

    /// Reads a list such as `[1 [500 600] 7 9 500]`: the widths of 1 and 2, and of 7 to 9.
    fn read_ranges(&mut self, list: &Array) {
        let as_number = |it: Option<Object>| it.and_then(Object::into_number).map(|it| it.as_f64());
        let mut items = list.iter::<Object>();
        while let Some(first) = as_number(items.next()) {
            let first = first.max(0.0) as u32;
            match items.next() {
                Some(Object::Array(widths)) => {
                    for (code, width) in (first..).zip(widths.iter::<f64>()) {
                        self.ranges.insert(code, (code, width));
                    }
                }
                last => {
                    let (Some(last), Some(width)) = (as_number(last), as_number(items.next())) else {
                        return;
                    };
                    self.ranges.insert(first, (last.max(0.0) as u32, width));
                }
            }
        }
    }
}

/// The characters of the 256 codes of a simple font.
fn simple_encoding(dict: &Dict, subtype: &[u8]) -> Vec<Option<Cow<'static, str>>> {
    let usual = if subtype == b"TrueType" { BaseEncoding::WinAnsi } else { BaseEncoding::Standard };
    let by_name = |name: Option<Name>| name.and_then(|it| BaseEncoding::by_name(&it)).unwrap_or(usual);
    let table = dict.get::<Dict>("Encoding");
    let name = match &table {
        Some(table) => table.get::<Name>("BaseEncoding"),
        None => dict.get::<Name>("Encoding"),
    };
    let (names_no_base, base) = (name.is_none(), by_name(name));
    let own = if names_no_base { own_encoding(dict) } else { None };
    let mut characters = own.unwrap_or_else(|| {
        (0..=0xFF).map(|code| base.decode(code).map(|it| Cow::Owned(it.to_string()))).collect()
    });
    let differences = table.and_then(|it| it.get::<Array>("Differences"));
    let mut code = 0;
    for item in differences.iter().flat_map(Array::iter::<Object>) {
        match item {
            Object::Number(number) => code = number.as_i64().max(0) as usize,
            Object::Name(name) => {
                if let Some(place) = characters.get_mut(code) {
                    *place = glyph_text(name.as_str());
                }
                code = code.saturating_add(1);
            }
            _ => {}
        }
    }
    characters
}

/// The characters of the codes as the file of a Type 1 font says, in lines such as `dup 12 /fi put`; `None` if it says nothing.
fn own_encoding(dict: &Dict) -> Option<Vec<Option<Cow<'static, str>>>> {
    /// The part of the file before its glyphs is short.
    const MAX_HEAD_BYTES: usize = 64 << 10;
    let file = dict.get::<Dict>("FontDescriptor")?.get::<Stream>("FontFile")?.decoded_data().ok()?;
    let head = String::from_utf8_lossy(&file[..file.len().min(MAX_HEAD_BYTES)]).replace('/', " /");
    let head = head.split("eexec").next()?;
    let words: Vec<&str> = head.split_whitespace().collect();
    let mut characters = vec![None; 0x100];
    let mut is_empty = true;
    for entry in words.windows(4) {
        let ["dup", code, name, "put"] = entry else { continue };
        let (Some(code), Some(name)) = (code.parse::<u8>().ok(), name.strip_prefix('/')) else { continue };
        characters[usize::from(code)] = glyph_text(name);
        is_empty = false;
    }
    (!is_empty).then_some(characters)
}

fn parse_cmap(stream: &Stream) -> Option<CMap> {
    CMap::parse(&stream.decoded_data().ok()?, |_| None)
}
