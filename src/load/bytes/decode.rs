//! Character encoding: detects the encoding of bytes and decodes them.

use chardetng::EncodingDetector;
use encoding_rs::{Encoding, MACINTOSH, UTF_8, UTF_16BE, UTF_16LE};
use std::borrow::Cow;

/// Decodes bytes to text.
///
/// The encoding comes from the first of these that applies: a byte order mark, `charset`, the zero bytes of UTF-16, valid
/// UTF-8, the declaration of a page or an XML file, statistics.
pub(crate) fn decode<'a>(bytes: &'a [u8], charset: Option<&str>) -> Cow<'a, str> {
    if Encoding::for_bom(bytes).is_some() {
        return UTF_8.decode(bytes).0;
    }
    if let Some(named) = charset.and_then(|it| Encoding::for_label(it.as_bytes())) {
        return named.decode(bytes).0;
    }
    if let Some(utf16) = detect_utf16(bytes) {
        return utf16.decode(bytes).0;
    }
    let first_error = match str::from_utf8(bytes) {
        // A 7-bit encoding looks like ASCII, so that only a declaration tells. Any other declaration is wrong if the
        // bytes are valid UTF-8.
        Ok(text) => {
            return match declared_encoding(bytes).filter(|it| text.is_ascii() && !it.is_ascii_compatible()) {
                Some(seven_bit) => seven_bit.decode(bytes).0,
                None => Cow::Borrowed(text),
            };
        }
        Err(error) => error.valid_up_to(),
    };
    if is_damaged_utf8(bytes) {
        return String::from_utf8_lossy(bytes);
    }
    if let Some(declared) = declared_encoding(bytes).filter(|it| *it != UTF_8) {
        return declared.decode(bytes).0;
    }
    let guess = guess_encoding(&bytes[first_error.saturating_sub(MAX_GUESS_BYTES / 4)..]);
    let encoding =
        if guess != MACINTOSH && guess.is_single_byte() && is_mac_roman(bytes) { MACINTOSH } else { guess };
    encoding.decode(bytes).0
}

/// Maximum number of bytes from which the encoding is guessed.
const MAX_GUESS_BYTES: usize = 1 << 20;

/// Bytes at the start of a text that are examined for UTF-16 and for a declaration.
const MAX_HEAD_BYTES: usize = 4096;

/// The most probable encoding by statistics.
fn guess_encoding(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(chardetng::Iso2022JpDetection::Allow);
    detector.feed(&bytes[..bytes.len().min(MAX_GUESS_BYTES)], true);
    detector.guess(None, chardetng::Utf8Detection::Deny)
}

/// Whether single-byte text has the quotation marks of Mac Roman: 0xD2 before words and 0xD3 after them, 0xD5 inside them.
/// Other encodings have capital letters there. Statistics do not know this encoding.
fn is_mac_roman(bytes: &[u8]) -> bool {
    const WINDOWS_MARKS: [u8; 4] = [0x91, 0x92, 0x93, 0x94];
    let sample = &bytes[..bytes.len().min(MAX_GUESS_BYTES)];
    let is_outside = |it: Option<&u8>| it.is_none_or(|byte| !byte.is_ascii_alphabetic() && *byte < 0x80);
    let (mut opening, mut closing, mut apostrophes, mut others) = (0, 0, 0, 0);
    for (at, byte) in sample.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|it| sample.get(it));
        let after = sample.get(at + 1);
        let is_letter = |it: Option<&u8>| it.is_some_and(u8::is_ascii_lowercase);
        match byte {
            0xd2 if is_outside(before) && after.is_some_and(|it| !it.is_ascii_whitespace()) => opening += 1,
            0xd3 if is_outside(after) && before.is_some_and(|it| !it.is_ascii_whitespace()) => closing += 1,
            0xd5 if is_letter(before) && is_letter(after) => apostrophes += 1,
            byte if WINDOWS_MARKS.contains(byte) => others += 1,
            _ => {}
        }
    }
    others == 0 && ((opening > 0 && closing > 0) || apostrophes > 1)
}

/// Detects UTF-16 without a byte order mark by its zero bytes, which are all at odd or all at even offsets.
pub(crate) fn detect_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    const MIN_BYTES: usize = 4;
    let sample = &bytes[..bytes.len().min(MAX_HEAD_BYTES)];
    let zeros = |first: usize| sample.iter().skip(first).step_by(2).filter(|it| **it == 0).count();
    let (even, odd, min_zeros) = (zeros(0), zeros(1), sample.len() / 5);
    match () {
        () if sample.len() < MIN_BYTES || even.max(odd) < min_zeros.max(1) => None,
        () if odd > even * 4 => Some(UTF_16LE),
        () if even > odd * 4 => Some(UTF_16BE),
        () => None,
    }
}

/// The encoding that the head of a page declares in `charset=` or an XML declaration in `encoding=`.
fn declared_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(MAX_HEAD_BYTES)];
    if !head.trim_ascii_start().starts_with(b"<") {
        return None;
    }
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let (_, value) = head.split_once("charset=").or_else(|| head.split_once("encoding="))?;
    let value = value.trim_start_matches(['"', '\'', ' ']);
    let end = value.find(['"', '\'', ' ', ';', '>', '/', '?']).unwrap_or(value.len());
    let named = Encoding::for_label(&value.as_bytes()[..end])?;
    // A declaration that can be read byte by byte is not UTF-16; the HTML standard says to take UTF-8.
    Some(if named == UTF_16LE || named == UTF_16BE { UTF_8 } else { named })
}

/// Whether the bytes are UTF-8 with some damage: more than four in five of the parts that are not ASCII are valid.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut valid, mut invalid) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        valid += chunk.valid().bytes().filter(|it| *it >= 0xc0).count();
        invalid += usize::from(!chunk.invalid().is_empty());
    }
    valid > invalid * 4
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(unit).collect()
    }

    #[test]
    fn an_encoding_is_found_by_mark_by_declaration_or_by_guess() {
        let latin = b"\x93Na\xefve,\x94 said the mayor of S\xe3o Jo\xe3o, who drank his caf\xe9 au lait.";
        let marked = [b"\xff\xfe".as_slice(), &utf16("é“x”", u16::to_le_bytes)].concat();
        for (bytes, charset, expected) in [
            (b"\xef\xbb\xbfcaf\xc3\xa9".to_vec(), None, "café"),
            (marked, None, "é“x”"),
            (utf16("A headline, bare", u16::to_be_bytes), None, "A headline, bare"),
            (utf16("A headline, bare", u16::to_le_bytes), None, "A headline, bare"),
            (b"caf\xc3\xa9".to_vec(), None, "café"),
            (latin.to_vec(), None, "“Naïve,” said the mayor of São João, who drank his café au lait."),
            (b"\xcf\xf0\xe8\xe2\xe5\xf2".to_vec(), Some("windows-1251"), "Привет"),
            (
                b"<meta charset=\"windows-1251\">\xcf\xf0\xe8\xe2\xe5\xf2".to_vec(),
                None,
                "<meta charset=\"windows-1251\">Привет",
            ),
            ("<meta charset=latin1>é“x”".into(), None, "<meta charset=latin1>é“x”"),
            (
                b"<?xml encoding='iso-2022-jp'?>\x1b$B$\"\x1b(B".to_vec(),
                None,
                "<?xml encoding='iso-2022-jp'?>あ",
            ),
        ] {
            assert_eq!(decode(&bytes, charset), expected);
        }
    }

    #[test]
    fn mac_roman_is_known_by_its_quotation_marks() {
        for (bytes, expected) in [
            (
                b"\xd2It is the right thing,\xd3 said Mayor Lena Holt.".as_slice(),
                "“It is the right thing,” said Mayor Lena Holt.",
            ),
            (b"It\xd5s late, and we don\xd5t care.", "It’s late, and we don’t care."),
            (b"S\xd3 PAULO: \x93It is,\x94 said Jos\xe9 \xd3scar.", "SÓ PAULO: “It is,” said José Óscar."),
        ] {
            assert_eq!(decode(bytes, None), expected);
        }
    }

    #[test]
    fn one_spoilt_byte_does_not_spoil_the_other_characters() {
        let mut bytes = "“One” — “two” — “three”".as_bytes().to_vec();
        bytes.push(0xe2);
        assert_eq!(decode(&bytes, None), "“One” — “two” — “three”\u{fffd}");
    }
}
