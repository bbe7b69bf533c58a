//! Characters → the same words made harmless: nothing left but visible characters, blanks and newlines.
//!
//! Whoever shows, copies or exports a story may trust its text, since this is done once, here. Escape sequences go
//! whole, with what they carry; other control, bidi, zero-width and tag characters go; every line end is a newline
//! and every other blank is U+0020.

/// A text with its lines.
pub(crate) fn sanitize_text(raw: &str) -> String {
    let mut clean = String::with_capacity(raw.len());
    let mut escapes = EscapeScanner::default();
    let mut at = 0;
    loop {
        let rest = &raw[at..];
        let Some((length, c)) = rest.char_indices().find(|it| !is_harmless(it.1)) else {
            clean.push_str(rest);
            return clean;
        };
        clean.push_str(&rest[..length]);
        let start = at + length;
        at = start + c.len_utf8();
        match c {
            '\r' => {
                clean.push('\n');
                at += usize::from(raw[at..].starts_with('\n'));
            }
            '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => clean.push('\n'),
            '\u{1b}' | '\u{90}' | '\u{98}' | '\u{9b}' | '\u{9d}'..='\u{9f}' => {
                at = escapes.sequence_end(raw, start, c);
            }
            '\u{91}'..='\u{97}' => clean.push(windows_1252_char(c)),
            '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}'
                if joins_neighbors(clean.chars().next_back(), c, raw[at..].chars().next()) =>
            {
                clean.push(c);
            }
            _ if c == '\t' || c == '\u{2800}' || c.is_whitespace() => clean.push(' '),
            _ => {}
        }
    }
}

/// Words that shall stand on one line, without blanks at their ends or two in a row.
pub(crate) fn sanitize_line(raw: &str) -> String {
    let clean = sanitize_text(raw);
    let words: Vec<&str> = clean.split_whitespace().collect();
    words.join(" ")
}

/// The address of a page on the Web, in signs that such an address may have; `None` of anything else.
pub(crate) fn parse_web_address(raw: &str) -> Option<String> {
    const LONGEST: usize = 2048;
    let address = raw.trim();
    let host = ["http://", "https://"].iter().find_map(|scheme| {
        let (start, rest) = address.split_at_checked(scheme.len())?;
        start.eq_ignore_ascii_case(scheme).then_some(rest)
    })?;
    let may_stand = |c: char| {
        is_harmless(c)
            && (c.is_alphanumeric() || c.is_ascii_graphic())
            && !['"', '<', '>', '\\', '^', '`', '{', '|', '}'].contains(&c)
    };
    let sound = host.starts_with(char::is_alphanumeric) && address.chars().all(may_stand);
    (sound && address.len() <= LONGEST).then(|| address.to_owned())
}

/// Whether a character may stand as it is.
fn is_harmless(c: char) -> bool {
    if matches!(c, '\n' | ' '..='~') {
        return true;
    }
    !matches!(c,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{a0}' | '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}'
        | '\u{1680}' | '\u{17b4}' | '\u{17b5}' | '\u{180e}' | '\u{2000}'..='\u{200f}' | '\u{2028}'..='\u{202f}'
        | '\u{205f}'..='\u{206f}' | '\u{2800}' | '\u{3000}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// The quotation mark, dash or bullet that windows-1252 has where Latin-1 has a control character: in texts
/// that were decoded wrongly upstream, that is what such a character means.
fn windows_1252_char(c: char) -> char {
    match c {
        '\u{91}' => '‘',
        '\u{92}' => '’',
        '\u{93}' => '“',
        '\u{94}' => '”',
        '\u{95}' => '•',
        '\u{96}' => '–',
        _ => '—',
    }
}

/// Whether an invisible character does its work between these neighbours: in an emoji, or in a script whose
/// letters change their shape by it. Elsewhere it only hides.
fn joins_neighbors(before: Option<char>, c: char, after: Option<char>) -> bool {
    let Some(before) = before else { return false };
    match c {
        '\u{200c}' => is_joining_script(before) && after.is_some_and(is_joining_script),
        '\u{200d}' => {
            is_joining_script(before) || (is_pictograph(before) && after.is_some_and(is_pictograph))
        }
        _ => !before.is_whitespace() && !('\u{fe00}'..='\u{fe0f}').contains(&before),
    }
}

/// Arabic and its neighbours, and the scripts of India and beyond.
fn is_joining_script(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{109f}' | '\u{1780}'..='\u{18af}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}')
}

/// Characters that emoji are built of.
fn is_pictograph(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}' | '\u{fe0f}' | '\u{20e3}')
}

/// Finds the ends of escape sequences, each byte of the text once.
#[derive(Default)]
struct EscapeScanner {
    /// Up to here it is known that no string has an end.
    unterminated_until: usize,
}

impl EscapeScanner {
    /// The byte after the escape sequence that the character `c` at `start` begins (ECMA-48, section 5).
    fn sequence_end(&mut self, raw: &str, start: usize, c: char) -> usize {
        let bytes = raw.as_bytes();
        let body = start + 2;
        let kind = match (c, bytes.get(start + 1)) {
            ('\u{1b}', Some(kind)) => *kind,
            ('\u{1b}', None) => return start + 1,
            // A C1 character is the short form of ESC and the character 64 places before it.
            _ => (c as u32 - 64) as u8,
        };
        let skip = |from: usize, range: std::ops::RangeInclusive<u8>| {
            from + bytes[from..].iter().take_while(|it| range.contains(it)).count()
        };
        let last = |from: usize, range: std::ops::RangeInclusive<u8>| {
            from + usize::from(bytes.get(from).is_some_and(|it| range.contains(it)))
        };
        match kind {
            b'[' => last(skip(skip(body, 0x30..=0x3f), 0x20..=0x2f), 0x40..=0x7e),
            b'P' | b'X' | b']' | b'^' | b'_' => self.control_string_end(bytes, body),
            0x20..=0x2f => last(skip(body, 0x20..=0x2f), 0x30..=0x7e),
            0x30..=0x7e => body,
            _ => start + 1,
        }
    }

    /// The byte after a string that begins at `body`; `body` itself where its line does not end it, so that a
    /// sequence that was cut off hides no text.
    fn control_string_end(&mut self, bytes: &[u8], body: usize) -> usize {
        if body < self.unterminated_until {
            return body;
        }
        let stop = |it: &u8| matches!(it, b'\n' | b'\r' | 0x07 | 0x1b | 0x9c);
        let mut at = body;
        while let Some(length) = bytes[at..].iter().position(stop) {
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
        body
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

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
        for kept in ["👩\u{200d}🚀", "❤\u{fe0f}\u{200d}🔥", "می\u{200c}خواهم", "क्\u{200d}ष"]
        {
            assert_eq!(sanitize_text(kept), kept);
        }
        assert_eq!(
            sanitize_text("wo\u{200d}rd wo\u{200c}rd \u{fe0f}x a\u{fe0f}\u{fe0e}"),
            "word word x a\u{fe0f}"
        );
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
