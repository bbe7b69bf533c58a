//! Encodings of simple fonts in PDFs: the characters of codes and of named glyphs, and the widths of the standard fonts.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::OnceLock;

use encoding_rs::{Encoding, MACINTOSH, WINDOWS_1252};

use crate::word_list::word_list_text;

/// A table that gives each code of one byte its character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BaseEncoding {
    Standard,
    WinAnsi,
    MacRoman,
}

impl BaseEncoding {
    /// The encoding of this name; `None` if there is no such encoding.
    pub(crate) fn by_name(name: &[u8]) -> Option<Self> {
        match name {
            b"StandardEncoding" => Some(Self::Standard),
            b"WinAnsiEncoding" => Some(Self::WinAnsi),
            b"MacRomanEncoding" => Some(Self::MacRoman),
            _ => None,
        }
    }

    /// The character of a code; `None` for a control character.
    pub(crate) fn decode(self, code: u8) -> Option<char> {
        let ch = match self {
            Self::Standard => decode_standard(code)?,
            Self::WinAnsi => decode_by(WINDOWS_1252, code)?,
            Self::MacRoman => decode_by(MACINTOSH, code)?,
        };
        (!ch.is_control()).then_some(ch)
    }
}

fn decode_by(encoding: &'static Encoding, code: u8) -> Option<char> {
    encoding.decode_without_bom_handling(&[code]).0.chars().next()
}

/// The character of a code in Adobe's standard encoding.
fn decode_standard(code: u8) -> Option<char> {
    /// The characters of the codes from 0xA1 on; a space where there is none.
    const UPPER: &str =
        "¡¢£⁄¥ƒ§¤'“«‹›ﬁﬂ –†‡· ¶•‚„”»…‰ ¿ `´ˆ˜¯˘˙¨ ˚¸ ˝˛ˇ—                Æ ª    ŁØŒº     æ   ı  łøœß";
    const FIRST_UPPER: u8 = 0xA1;
    match code {
        b'\'' => Some('’'),
        b'`' => Some('‘'),
        0x20..=0x7E => Some(char::from(code)),
        FIRST_UPPER.. => UPPER.chars().nth(usize::from(code - FIRST_UPPER)).filter(|it| *it != ' '),
        _ => None,
    }
}

/// The characters of a glyph by its name: `quotedblleft`, `f_i`, `uni201C`; `None` if the name says nothing.
pub(crate) fn glyph_text(name: &str) -> Option<Cow<'static, str>> {
    // "a.alt" is another form of "a".
    let name = name.split('.').next().filter(|it| !it.is_empty())?;
    if let Some(text) = glyph_names().get(name) {
        return Some(Cow::Borrowed(text));
    }
    if name.contains('_') {
        return name.split('_').map(single_glyph).collect::<Option<String>>().map(Cow::Owned);
    }
    single_glyph(name).map(Cow::Owned)
}

fn single_glyph(name: &str) -> Option<String> {
    let mut chars = name.chars();
    if let (Some(ch), None) = (chars.next(), chars.next()) {
        return Some(ch.to_string());
    }
    if let Some(text) = glyph_names().get(name) {
        return Some((*text).to_owned());
    }
    let digits = name
        .strip_prefix("uni")
        .or_else(|| name.strip_prefix('u'))
        .filter(|it| (4..=6).contains(&it.len()))?;
    char::from_u32(u32::from_str_radix(digits, 16).ok()?).map(String::from)
}

fn glyph_names() -> &'static HashMap<&'static str, &'static str> {
    static NAMES: OnceLock<HashMap<&str, &str>> = OnceLock::new();
    NAMES.get_or_init(|| {
        word_list_text!("glyph-names").lines().filter_map(|it| it.split_once(" = ")).collect()
    })
}

/// The width of a character in one of the fonts that need not say their widths, in thousandths of the size.
pub(crate) fn standard_width(font: &str, ch: char) -> f64 {
    const FIRST: u32 = 0x20;
    let at = u32::from(ch).checked_sub(FIRST).map(|it| it as usize);
    let width = |widths: &[u16; 95], other: u16| at.and_then(|it| widths.get(it)).copied().unwrap_or(other);
    let is = |names: &[&str]| names.iter().any(|it| font.contains(it));
    let width = match () {
        () if is(&["Courier", "Mono"]) => 600,
        () if is(&["Times", "Serif", "Roman"]) => width(&TIMES_WIDTHS, 500),
        () => width(&HELVETICA_WIDTHS, 556),
    };
    f64::from(width)
}

/// The widths of the printable characters of ASCII in Helvetica.
const HELVETICA_WIDTHS: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556,
    556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278,
    500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469,
    556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500,
    278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];

/// The widths of the printable characters of ASCII in Times.
const TIMES_WIDTHS: [u16; 95] = [
    250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500, 500, 500,
    500, 500, 500, 500, 500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611, 556, 722, 722, 333,
    389, 722, 611, 889, 722, 722, 556, 722, 667, 556, 611, 722, 722, 944, 722, 722, 611, 333, 278, 333, 469,
    500, 333, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500, 278, 778, 500, 500, 500, 500, 333, 389,
    278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_glyph_is_known_by_its_name_the_parts_of_its_name_or_its_number() {
        for (name, text) in [
            ("a", Some("a")),
            ("quotedblleft", Some("“")),
            ("ffi", Some("ffi")),
            ("f_i", Some("fi")),
            ("one.oldstyle", Some("1")),
            ("uni2019", Some("’")),
            ("u2014", Some("—")),
            ("g31", None),
            (".notdef", None),
        ] {
            assert_eq!(glyph_text(name).as_deref(), text, "{name}");
        }
    }

    #[test]
    fn a_code_is_decoded_by_the_table_that_the_font_names() {
        for (encoding, code, ch) in [
            (BaseEncoding::Standard, 0x27, Some('’')),
            (BaseEncoding::Standard, 0xAA, Some('“')),
            (BaseEncoding::Standard, 0xAE, Some('ﬁ')),
            (BaseEncoding::Standard, 0xB1, Some('–')),
            (BaseEncoding::Standard, 0xBA, Some('”')),
            (BaseEncoding::Standard, 0xD0, Some('—')),
            (BaseEncoding::Standard, 0xE1, Some('Æ')),
            (BaseEncoding::Standard, 0xF8, Some('ł')),
            (BaseEncoding::Standard, 0xFB, Some('ß')),
            (BaseEncoding::Standard, 0xB0, None),
            (BaseEncoding::Standard, 0x07, None),
            (BaseEncoding::WinAnsi, 0x93, Some('“')),
            (BaseEncoding::MacRoman, 0xD2, Some('“')),
            (BaseEncoding::WinAnsi, 0x0A, None),
        ] {
            assert_eq!(encoding.decode(code), ch, "{encoding:?} {code:x}");
        }
    }
}
