//! Bytes → characters, whatever encoding they are in.

use chardetng::EncodingDetector;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use std::borrow::Cow;

/// The characters of `bytes`: by their byte order mark, else by the encoding that the caller names, else by the
/// one that a page or its XML line declares, else UTF-8 where they are that, else by their statistics.
pub(crate) fn decode<'a>(bytes: &'a [u8], charset: Option<&str>) -> Cow<'a, str> {
    if Encoding::for_bom(bytes).is_some() {
        return UTF_8.decode(bytes).0;
    }
    if let Some(named) = charset.and_then(|it| Encoding::for_label(it.as_bytes())) {
        return named.decode(bytes).0;
    }
    if let Some(wide) = detect_utf16(bytes) {
        return wide.decode(bytes).0;
    }
    let error = match str::from_utf8(bytes) {
        // A 7-bit encoding hides in ASCII, and only a declaration can tell; anything else that is UTF-8 was
        // declared wrongly if it was declared otherwise.
        Ok(text) => {
            match declared_encoding(bytes).filter(|it| text.is_ascii() && !it.is_ascii_compatible()) {
                Some(seven_bit) => return seven_bit.decode(bytes).0,
                None => return Cow::Borrowed(text),
            }
        }
        Err(error) => error.valid_up_to(),
    };
    if is_damaged_utf8(bytes) {
        return String::from_utf8_lossy(bytes);
    }
    if let Some(declared) = declared_encoding(bytes).filter(|it| *it != UTF_8) {
        return declared.decode(bytes).0;
    }
    guess_encoding(&bytes[error.saturating_sub(MAX_GUESS_BYTES / 4)..]).decode(bytes).0
}

/// Bytes that a guess looks at.
const MAX_GUESS_BYTES: usize = 1 << 20;

/// The likeliest encoding by statistics.
fn guess_encoding(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(chardetng::Iso2022JpDetection::Allow);
    detector.feed(&bytes[..bytes.len().min(MAX_GUESS_BYTES)], true);
    detector.guess(None, chardetng::Utf8Detection::Deny)
}

/// The encoding with two bytes a character that the places of its zero bytes give away.
pub(crate) fn detect_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(4096)];
    let zeros = |first: usize| sample.iter().skip(first).step_by(2).filter(|it| **it == 0).count();
    let (even, odd, enough) = (zeros(0), zeros(1), sample.len() / 5);
    match () {
        () if sample.len() < 4 || even.max(odd) < enough.max(1) => None,
        () if odd > even * 4 => Some(UTF_16LE),
        () if even > odd * 4 => Some(UTF_16BE),
        () => None,
    }
}

/// The encoding that the head of a page names in `charset=` or an XML line in `encoding=`.
fn declared_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096)];
    if !head.trim_ascii_start().starts_with(b"<") {
        return None;
    }
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let (_, value) = head.split_once("charset=").or_else(|| head.split_once("encoding="))?;
    let value = value.trim_start_matches(['"', '\'', ' ']);
    let end = value.find(['"', '\'', ' ', ';', '>', '/', '?']).unwrap_or(value.len());
    let named = Encoding::for_label(&value.as_bytes()[..end])?;
    // Whoever reads these letters byte by byte knows that they are not two bytes wide (as the HTML standard says).
    Some(if named == UTF_16LE || named == UTF_16BE { UTF_8 } else { named })
}

/// Whether this is UTF-8 with a few bytes spoilt: most of what is not ASCII stands in order.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|it| *it >= 0xc0).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad * 4
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wide(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(unit).collect()
    }

    #[test]
    fn an_encoding_is_found_by_mark_by_declaration_or_by_guess() {
        let latin = b"\x93Na\xefve,\x94 said the mayor of S\xe3o Jo\xe3o, who drank his caf\xe9 au lait.";
        let marked = [b"\xff\xfe".as_slice(), &wide("é“x”", u16::to_le_bytes)].concat();
        for (bytes, charset, expected) in [
            (b"\xef\xbb\xbfcaf\xc3\xa9".to_vec(), None, "café"),
            (marked, None, "é“x”"),
            (wide("A headline, bare", u16::to_be_bytes), None, "A headline, bare"),
            (wide("A headline, bare", u16::to_le_bytes), None, "A headline, bare"),
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
    fn one_spoilt_byte_does_not_spoil_the_other_characters() {
        let mut bytes = "“One” — “two” — “three”".as_bytes().to_vec();
        bytes.push(0xe2);
        assert_eq!(decode(&bytes, None), "“One” — “two” — “three”\u{fffd}");
    }
}
