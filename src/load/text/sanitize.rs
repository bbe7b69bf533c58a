//! Text sanitizer: leaves only visible characters, spaces and newlines.
//!
//! A story is sanitized once, when it is loaded, so that every module may show, copy or export its text. Escape
//! sequences are removed whole, with their content; other control, bidirectional, zero-width and tag characters are
//! removed; every line ending becomes a newline and every other space becomes U+0020.

use std::borrow::Cow;
use std::ops::RangeInclusive;

use crate::text_safety::{is_joiner, is_unsafe, joins_neighbors, limit_marks};

/// Sanitizes a text and keeps its lines. A clean text is not copied.
pub(crate) fn sanitize_text(raw: &str) -> Cow<'_, str> {
    let plain = plain_length(raw);
    let sanitized = if plain == raw.len() { raw.into() } else { sanitize_after(raw, plain).into() };
    limit_marks(sanitized)
}

/// Sanitizes what follows the first `plain` bytes, which need no sanitizing.
fn sanitize_after(raw: &str, plain: usize) -> String {
    let mut clean = String::with_capacity(raw.len());
    let mut escapes = EscapeScanner::default();
    let (mut at, mut length) = (0, plain);
    loop {
        clean.push_str(&raw[at..at + length]);
        let start = at + length;
        let Some(ch) = raw[start..].chars().next() else { return clean };
        at = start + ch.len_utf8();
        match ch {
            '\r' => {
                clean.push('\n');
                at += usize::from(raw[at..].starts_with('\n'));
            }
            '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => clean.push('\n'),
            '\u{1b}' | '\u{90}' | '\u{98}' | '\u{9b}' | '\u{9d}'..='\u{9f}' => {
                at = escapes.sequence_end(raw, start, ch);
            }
            // A soft hyphen at the end of a line means that the word goes on.
            '\u{ad}' => at += line_break_length(&raw[at..]),
            '\u{fb00}'..='\u{fb06}' => clean.push_str(ligature_letters(ch)),
            '\u{91}'..='\u{97}' => clean.push(windows_1252_char(ch)),
            _ if is_joiner(ch)
                && joins_neighbors(clean.chars().next_back(), ch, raw[at..].chars().next()) =>
            {
                clean.push(ch);
            }
            _ if is_other_space(ch) => clean.push(' '),
            _ => {}
        }
        length = plain_length(&raw[at..]);
    }
}

/// Sanitizes a text that must be one line: no newline, no space at its ends, no two spaces in a row.
pub(crate) fn sanitize_line(raw: &str) -> String {
    let clean = sanitize_text(raw);
    let words: Vec<&str> = clean.split_whitespace().collect();
    words.join(" ")
}

/// The web address in `raw`; `None` if it is not one or holds a character that an address must not have.
pub(crate) fn parse_web_address(raw: &str) -> Option<String> {
    const MAX_ADDRESS_BYTES: usize = 2048;
    let address = raw.trim();
    let host = ["http://", "https://"].iter().find_map(|scheme| {
        let (start, rest) = address.split_at_checked(scheme.len())?;
        start.eq_ignore_ascii_case(scheme).then_some(rest)
    })?;
    let is_allowed = |ch: char| {
        is_plain(ch)
            && (ch.is_alphanumeric() || ch.is_ascii_graphic())
            && !['"', '<', '>', '\\', '^', '`', '{', '|', '}'].contains(&ch)
    };
    let is_valid = host.starts_with(char::is_alphanumeric) && address.chars().all(is_allowed);
    (is_valid && address.len() <= MAX_ADDRESS_BYTES).then(|| address.to_owned())
}

/// The bytes at the start of a text that need no sanitizing.
fn plain_length(text: &str) -> usize {
    let mut length = 0;
    loop {
        // Nearly all of a text is ASCII, of which whole characters need not be decoded.
        length += plain_ascii_length(&text.as_bytes()[length..]);
        match text[length..].chars().next() {
            Some(ch) if is_plain(ch) => length += ch.len_utf8(),
            _ => return length,
        }
    }
}

/// The number of bytes at the start that are visible ASCII, spaces and newlines.
fn plain_ascii_length(bytes: &[u8]) -> usize {
    /// Bytes that are examined together, which takes a quarter of the time.
    const CHUNK: usize = 16;
    let is_plain = |byte: &u8| matches!(byte, b'\n' | b' '..=b'~');
    // All of them are examined, without an early end: the compiler makes vectors of that.
    let are_plain = |chunk: &&[u8; CHUNK]| chunk.iter().fold(true, |all, it| all & is_plain(it));
    let (chunks, _) = bytes.as_chunks::<CHUNK>();
    let start = CHUNK * chunks.iter().take_while(are_plain).count();
    start + bytes[start..].iter().take_while(|it| is_plain(it)).count()
}

/// Whether a character needs no sanitizing.
fn is_plain(ch: char) -> bool {
    matches!(ch, '\n' | ' '..='~')
        || !(is_unsafe(ch) || is_joiner(ch) || is_other_space(ch) || is_ligature(ch))
}

/// Whether a character joins two or three letters as print does.
fn is_ligature(ch: char) -> bool {
    matches!(ch, '\u{fb00}'..='\u{fb06}')
}

/// Whether a character is a space other than U+0020 and the newline.
fn is_other_space(ch: char) -> bool {
    !matches!(ch, '\n' | ' ') && (ch.is_whitespace() || ch == '\u{2800}')
}

/// The bytes of the line break at the start of a text, with the spaces around it; 0 without one.
fn line_break_length(text: &str) -> usize {
    let rest = text.trim_start_matches([' ', '\t']);
    let Some(next) = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix(['\n', '\r'])) else { return 0 };
    let next = next.trim_start_matches([' ', '\t']);
    if next.starts_with(char::is_alphabetic) { text.len() - next.len() } else { 0 }
}

/// The letters that a ligature of print joins.
fn ligature_letters(ligature: char) -> &'static str {
    match ligature {
        '\u{fb00}' => "ff",
        '\u{fb01}' => "fi",
        '\u{fb02}' => "fl",
        '\u{fb03}' => "ffi",
        '\u{fb04}' => "ffl",
        _ => "st",
    }
}

/// The quotation mark, dash or bullet that windows-1252 has at this code. In a text that was decoded as Latin-1 by
/// mistake, the control characters U+0091 to U+0097 stand for these.
fn windows_1252_char(ch: char) -> char {
    match ch {
        '\u{91}' => '‘',
        '\u{92}' => '’',
        '\u{93}' => '“',
        '\u{94}' => '”',
        '\u{95}' => '•',
        '\u{96}' => '–',
        _ => '—',
    }
}

/// Finds the ends of escape sequences in one pass over the text.
#[derive(Default)]
struct EscapeScanner {
    /// No control string that begins before this offset has a terminator.
    unterminated_until: usize,
}

impl EscapeScanner {
    /// The offset after the escape sequence that begins with `ch` at `start` (ECMA-48, section 5).
    fn sequence_end(&mut self, raw: &str, start: usize, ch: char) -> usize {
        let bytes = raw.as_bytes();
        let content = start + 2;
        let kind = match (ch, bytes.get(start + 1)) {
            ('\u{1b}', Some(kind)) => *kind,
            ('\u{1b}', None) => return start + 1,
            // A C1 character is short for ESC and the character 64 code points before it.
            _ => (ch as u32 - 64) as u8,
        };
        let skip = |from: usize, range: RangeInclusive<u8>| {
            from + bytes[from..].iter().take_while(|it| range.contains(it)).count()
        };
        let skip_one = |from: usize, range: RangeInclusive<u8>| {
            from + usize::from(bytes.get(from).is_some_and(|it| range.contains(it)))
        };
        match kind {
            b'[' => skip_one(skip(skip(content, 0x30..=0x3f), 0x20..=0x2f), 0x40..=0x7e),
            b'P' | b'X' | b']' | b'^' | b'_' => self.control_string_end(bytes, content),
            0x20..=0x2f => skip_one(skip(content, 0x20..=0x2f), 0x30..=0x7e),
            0x30..=0x7e => content,
            _ => start + 1,
        }
    }

    /// The offset after the control string that begins at `content`. It is `content` itself if the string does not end
    /// on its line, so that a truncated sequence hides no text.
    fn control_string_end(&mut self, bytes: &[u8], content: usize) -> usize {
        if content < self.unterminated_until {
            return content;
        }
        let is_stop = |it: &u8| matches!(it, b'\n' | b'\r' | 0x07 | 0x1b | 0x9c);
        let mut at = content;
        while let Some(length) = bytes[at..].iter().position(is_stop) {
            at += length;
            match (bytes[at], bytes.get(at + 1)) {
                (0x07, _) => return at + 1,
                (0x1b, Some(b'\\')) => return at + 2,
                (0x9c, _) if bytes[at - 1] == 0xc2 => return at + 1,
                (0x9c, _) => at += 1,
                _ => break,
            }
        }
        self.unterminated_until = at;
        content
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_hidden_character_is_found_at_any_place() {
        for before in 0..40 {
            for after in [0, 1, 15, 16, 33] {
                let text = |hidden: &str| format!("{}{hidden}{}", "a".repeat(before), "b".repeat(after));
                for hidden in ["\u{1b}[31m", "\u{7f}", "\0", "\u{200b}"] {
                    assert_eq!(sanitize_text(&text(hidden)), text(""), "{before} {hidden:?}");
                }
                assert_eq!(sanitize_text(&text("\t")), text(" "), "{before}");
            }
        }
    }

    #[test]
    fn what_is_not_words_is_made_harmless() {
        for (raw, clean) in [
            (
                "one\r\ntwo\rthree\u{85}four\u{2028}five\u{2029}six\u{b}seven",
                "one\ntwo\nthree\nfour\nfive\nsix\nseven",
            ),
            ("a\tb\u{a0}c\u{202f}d\u{3000}e\u{2009}f", "a b c d e f"),
            ("\u{feff}in\u{ad}no\u{200b}cent\0\u{7}\u{7f}", "innocent"),
            ("\u{202e}evil\u{202c} \u{2066}x\u{2069}\u{200f}", "evil x"),
            ("hidden\u{e0041}\u{e0042}\u{e007f} text", "hidden text"),
            ("\u{1b}[1;31mred\u{1b}[0m \u{1b}(Bplain\u{1b}c", "red plain"),
            ("\u{9b}31mred\u{9b}0m", "red"),
            (
                "\u{1b}]0;a title\u{7}rest \u{1b}]8;;http://a.example\u{1b}\\link\u{1b}]8;;\u{1b}\\",
                "rest link",
            ),
            ("\u{1b}Pq#0;1\u{1b}\\after \u{90}payload\u{9c}end \u{9f}x\u{1b}\\.", "after end ."),
            ("embar\u{ad}\nrassment of\u{ad}\r\n  fice \u{ad}\n- one", "embarrassment office \n- one"),
            ("o\u{fb03}ce \u{fb02}oor e\u{fb00}ect o\u{fb03}cial", "office floor effect official"),
            ("\u{93}Yes,\u{94} she said \u{96} it\u{92}s", "“Yes,” she said – it’s"),
        ] {
            assert_eq!(sanitize_text(raw), clean, "{raw:?}");
        }
    }

    #[test]
    fn an_escape_sequence_that_never_ends_hides_no_words() {
        assert_eq!(sanitize_text("\u{1b}]0;words\nmore"), "0;words\nmore");
        assert_eq!(sanitize_text("\u{1b}Pwords \u{1b}[0mmore\u{7}"), "words more");
        assert_eq!(sanitize_text("end\u{1b}"), "end");
        assert_eq!(sanitize_text("end\u{1b}é\u{1b}[31"), "endé");
    }

    #[test]
    fn an_invisible_character_stays_where_a_script_or_an_emoji_needs_it() {
        for kept in [
            "1\u{fe0f}\u{20e3}",
            "ᠮ\u{180b}",
            "©\u{fe0f}",
            "👩\u{200d}🚀",
            "❤\u{fe0f}\u{200d}🔥",
            "می\u{200c}خواهم",
            "क्\u{200d}ष",
        ] {
            assert_eq!(sanitize_text(kept), kept);
        }
        assert_eq!(sanitize_text("wo\u{200d}rd wo\u{200c}rd \u{fe0f}x a\u{fe0f}\u{fe0e}"), "word word x a");
    }

    #[test]
    fn a_letter_keeps_thirty_marks_at_most() {
        let marked = |marks: usize| format!("o{}ne", "\u{301}".repeat(marks));
        assert_eq!(sanitize_text(&marked(30)), marked(30));
        assert_eq!(sanitize_text(&marked(500_000)), marked(30));
    }

    #[test]
    fn a_line_has_single_blanks_and_no_newline() {
        assert_eq!(sanitize_line("  Harbour\n  Gazette\t"), "Harbour Gazette");
    }

    proptest! {
        #[test]
        fn clean_text_is_clean_and_stays_as_it_is(raw in any::<String>()) {
            let once = sanitize_text(&raw);
            prop_assert!(!once.chars().any(|it| it != '\n' && it.is_control()));
            prop_assert_eq!(&sanitize_text(&once), &once);
        }

        #[test]
        fn no_mix_of_sequences_slips_through(raw in "[\u{1b}\u{9b}\u{9d}\u{9c}\u{7}\\[\\]\\\\P;0-9a-zé\r\n \u{200d}\u{fe0f}👩क]{0,40}") {
            let once = sanitize_text(&raw);
            prop_assert!(!once.chars().any(|it| it != '\n' && it.is_control()));
            prop_assert_eq!(&sanitize_text(&once), &once);
        }
    }
}
