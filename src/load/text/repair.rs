//! Repairs of text that was decoded or escaped on its way: wrong encodings, entities, doubled marks.

use std::borrow::Cow;

use encoding_rs::WINDOWS_1252;

/// Undoes the decoding of UTF-8 as windows-1252 ("â€œ" for "“"). Text without such characters is unchanged.
pub(crate) fn undo_wrong_decoding(text: Cow<'_, str>) -> Cow<'_, str> {
    /// Sequences that windows-1252 makes of quotation marks and of letters with accents.
    const SIGNS: [&str; 4] = ["â€", "Ã©", "Ã¨", "Ã¼"];
    // All of them begin with the same byte, which most English texts lack.
    let has_sign = |at: usize| SIGNS.iter().any(|it| text.as_bytes()[at..].starts_with(it.as_bytes()));
    if !memchr::memchr_iter(SIGNS[0].as_bytes()[0], text.as_bytes()).any(has_sign) {
        return text;
    }
    let mut repaired = String::with_capacity(text.len());
    let mut run = String::new();
    for ch in text.chars() {
        if is_high_byte(ch) {
            run.push(ch);
            continue;
        }
        push_run(&mut repaired, &run);
        run.clear();
        repaired.push(ch);
    }
    push_run(&mut repaired, &run);
    Cow::Owned(repaired)
}

/// Whether a character is one that windows-1252 has for a byte from 0x80 to 0xFF.
fn is_high_byte(ch: char) -> bool {
    matches!(ch, '\u{80}'..='\u{ff}')
        || (ch > '\u{ff}' && ch < '\u{2123}' && !WINDOWS_1252.encode(ch.encode_utf8(&mut [0; 4])).2)
}

/// Adds a run of such characters: decoded if its bytes are UTF-8, else as it is.
fn push_run(repaired: &mut String, run: &str) {
    if run.is_empty() {
        return;
    }
    let bytes = WINDOWS_1252.encode(run).0;
    match str::from_utf8(&bytes) {
        Ok(decoded) => repaired.push_str(decoded),
        // The byte 0x9D of a closing mark has no character and is often lost.
        Err(_) if run == "â€" => repaired.push('”'),
        Err(_) => repaired.push_str(run),
    }
}

/// Replaces marks that were escaped once too often in plain text: doubled quotation marks of a table, entities of a page,
/// escapes of JSON, and quoted-printable of a mail.
pub(crate) fn unescape(text: &str) -> Cow<'_, str> {
    const ENTITIES: [&str; 10] =
        ["&quot;", "&ldquo;", "&rdquo;", "&lsquo;", "&rsquo;", "&apos;", "&#", "&amp;", "&nbsp;", "&mdash;"];
    let mut text = Cow::Borrowed(text);
    if has_byte(&text, b'=') && text.matches("=E2=80=").nth(1).is_some() {
        text = Cow::Owned(decode_quoted_printable(&text));
    }
    if has_byte(&text, b'&') && ENTITIES.iter().any(|it| text.contains(it)) {
        text = Cow::Owned(decode_entities(&text));
    }
    if has_byte(&text, b'\\') && text.contains("\\u20") {
        text = Cow::Owned(decode_json_escapes(&text));
    }
    if has_byte(&text, b'\\') && text.matches("\\\"").nth(1).is_some() {
        text = Cow::Owned(text.replace("\\\"", "\""));
    }
    if has_byte(&text, b'"') && text.contains("\"\"") {
        let cell = text.trim().strip_prefix('"').and_then(|it| it.strip_suffix('"'));
        if has_doubled_marks(&text) {
            text = Cow::Owned(text.replace("\"\"", "\""));
        } else if let Some(cell) = cell.filter(|it| has_doubled_marks(it)) {
            text = Cow::Owned(cell.replace("\"\"", "\""));
        }
    }
    text
}

/// Whether a text has an ASCII character. Most texts lack those of the repairs, and to find that out must take no time.
fn has_byte(text: &str, byte: u8) -> bool {
    memchr::memchr(byte, text.as_bytes()).is_some()
}

/// Whether all straight quotation marks stand in pairs, and there are at least two pairs.
fn has_doubled_marks(text: &str) -> bool {
    let (mut pairs, mut run) = (0, 0);
    for byte in text.bytes().chain([b' ']) {
        if byte == b'"' {
            run += 1;
        } else {
            if run % 2 == 1 {
                return false;
            }
            pairs += run / 2;
            run = 0;
        }
    }
    pairs > 1
}

/// Decodes bytes of the form "=E2", and joins lines that end with "=".
fn decode_quoted_printable(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        let hex = after
            .get(..2)
            .and_then(|it| str::from_utf8(it).ok())
            .and_then(|it| u8::from_str_radix(it, 16).ok());
        match (first, hex) {
            (b'=', Some(byte)) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            (b'=', None) if after.starts_with(b"\n") => rest = &after[1..],
            _ => bytes.push(*first),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Decodes the entities of quotation marks, dashes and spaces, and those that are numbers. "&amp;" is decoded first, since
/// it may stand before the name of another entity.
fn decode_entities(text: &str) -> String {
    const MAX_ENTITY_BYTES: usize = 10;
    let text = text.replace("&amp;", "&");
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find('&') {
        decoded.push_str(&rest[..at]);
        rest = &rest[at..];
        let head = &rest[..rest.floor_char_boundary(MAX_ENTITY_BYTES)];
        let entity = head.find(';').and_then(|end| Some((entity_char(&head[1..end])?, end + 1)));
        let (ch, length) = entity.unwrap_or(('&', 1));
        decoded.push(ch);
        rest = &rest[length..];
    }
    decoded + rest
}

/// The character of an entity, given by its name or number; `None` if it is not known.
fn entity_char(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code);
    }
    Some(match name {
        "quot" => '"',
        "apos" => '\'',
        "ldquo" => '“',
        "rdquo" => '”',
        "bdquo" => '„',
        "lsquo" => '‘',
        "rsquo" => '’',
        "laquo" => '«',
        "raquo" => '»',
        "mdash" => '—',
        "ndash" => '–',
        "hellip" => '…',
        "nbsp" => ' ',
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "eacute" => 'é',
        "egrave" => 'è',
        "uuml" => 'ü',
        "ouml" => 'ö',
        "auml" => 'ä',
        "ntilde" => 'ñ',
        "ccedil" => 'ç',
        _ => return None,
    })
}

/// Decodes escapes of the form "\u201c".
fn decode_json_escapes(text: &str) -> String {
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("\\u") {
        decoded.push_str(&rest[..at]);
        let code = rest.get(at + 2..at + 6).and_then(|it| u32::from_str_radix(it, 16).ok());
        if let Some(ch) = code.and_then(char::from_u32) {
            decoded.push(ch);
            rest = &rest[at + 6..];
        } else {
            decoded.push_str("\\u");
            rest = &rest[at + 2..];
        }
    }
    decoded + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf8_that_was_read_as_windows_1252_is_read_again() {
        for (text, expected) in [
            ("â€œWe never saw the boat,â€\u{9d} said Piet Maas.", "“We never saw the boat,” said Piet Maas."),
            ("â€œNo,â€ she said. Itâ€™s â€” wellâ€¦", "“No,” she said. It’s — well…"),
            ("The cafÃ© of JosÃ© GarcÃ\u{ad}a", "The café of José García"),
            ("SÃO PAULO, Âge, Ã", "SÃO PAULO, Âge, Ã"),
            ("“No,” she said.", "“No,” she said."),
        ] {
            assert_eq!(undo_wrong_decoding(text.into()), expected, "{text}");
        }
    }

    #[test]
    fn marks_that_were_escaped_are_marks_again() {
        for (text, expected) in [
            (
                "\"\"We will see,\"\" said Ann Lee. \"\"Not today.\"\"",
                "\"We will see,\" said Ann Lee. \"Not today.\"",
            ),
            ("\"We,\" she said. \"\"", "\"We,\" she said. \"\""),
            (
                "&ldquo;It is,&rdquo; said Ann Lee &amp; Bo. &quot;No.&quot; It&#39;s &#8220;on&#x201D;.",
                "“It is,” said Ann Lee & Bo. \"No.\" It's “on”.",
            ),
            ("&amp;ldquo;It is&amp;rdquo; &bogus; &", "“It is” &bogus; &"),
            (
                "\"It is closed. \"\"I read,\"\" said Ann Lee. \"\"I kissed.\"\"\"",
                "It is closed. \"I read,\" said Ann Lee. \"I kissed.\"",
            ),
            ("\\\"I read,\\\" said Ann Lee.", "\"I read,\" said Ann Lee."),
            ("\"I read,\" she said. \"I kissed.\"", "\"I read,\" she said. \"I kissed.\""),
            ("A path \\\"a", "A path \\\"a"),
            ("\"\"", "\"\""),
            ("\"No \"\" no\"", "\"No \"\" no\""),
            ("\\u201cIt is,\\u201d she said. \\user", "“It is,” she said. \\user"),
            ("=E2=80=9CIt is the ri=\nght thing,=E2=80=9D she said.", "“It is the right thing,” she said."),
            ("Lee & Ray = 2", "Lee & Ray = 2"),
        ] {
            assert_eq!(unescape(text), expected, "{text}");
        }
    }
}
