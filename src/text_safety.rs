//! What text from outside must lose before it reaches a terminal, a file or a clipboard, and how Markdown escapes it.

use std::borrow::Cow;

use unicode_normalization::char::is_combining_mark;

/// How many combining marks one letter keeps, as in Unicode's Stream-Safe Text Format. No language needs as many.
const MAX_MARKS: usize = 30;

/// Whether a character can control a terminal, or hide or reorder other text.
///
/// These are control characters (the newline and the tab among them), line and paragraph separators, bidirectional
/// controls, zero-width and other invisible characters, tag characters and noncharacters. The joiners U+200C and U+200D
/// and some variation selectors are not among them: some scripts and emoji need them. [`remove_unsafe`] removes them
/// where nothing does.
///
/// ```
/// use pullquote::text_safety::is_unsafe;
///
/// let name = "Ann\u{1b} Lee\u{202e}".replace(is_unsafe, "");
/// assert_eq!(name, "Ann Lee");
/// ```
pub const fn is_unsafe(ch: char) -> bool {
    matches!(ch,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}'
        | '\u{17b4}' | '\u{17b5}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fdd0}'..='\u{fdef}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{fffe}'
        | '\u{ffff}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
        // The last two code points of each plane are noncharacters.
        || ch as u32 & 0xfffe == 0xfffe
}

/// Removes the unsafe characters of a text but not its newlines; joiners and variation selectors without an effect; and
/// the combining marks of a letter after the thirtieth.
///
/// ```
/// use pullquote::text_safety::remove_unsafe;
///
/// assert_eq!(remove_unsafe("Ann\u{1b} L\u{fe00}ee\n👩\u{200d}🚀"), "Ann Lee\n👩\u{200d}🚀");
/// ```
pub fn remove_unsafe(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(ch) = chars.next() {
        let is_kept = if is_joiner(ch) {
            joins_neighbors(safe.chars().next_back(), ch, chars.peek().copied())
        } else {
            ch == '\n' || !is_unsafe(ch)
        };
        if is_kept {
            safe.push(ch);
        }
    }
    limit_marks(safe.into()).into_owned()
}

/// Replaces the unsafe characters of a text but not its newlines, and removes the rest of what [`remove_unsafe`] removes.
///
/// ```
/// use pullquote::text_safety::replace_unsafe;
///
/// assert_eq!(replace_unsafe("Ann\tL\u{fe00}ee\n", " "), "Ann Lee\n");
/// ```
pub fn replace_unsafe(text: &str, replacement: &str) -> String {
    remove_unsafe(&text.replace(|ch: char| ch != '\n' && is_unsafe(ch), replacement))
}

/// The text on one line, with a single space for every run of white space and none at its ends.
///
/// ```
/// use pullquote::text_safety::one_line;
///
/// assert_eq!(one_line("  one\n\ttwo  three\n"), "one two three");
/// ```
pub fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        line.push_str(if line.is_empty() { "" } else { " " });
        line.push_str(word);
    }
    line
}

/// Removes the combining marks of a letter after the thirtieth.
pub(crate) fn limit_marks(text: Cow<'_, str>) -> Cow<'_, str> {
    if !may_have_many_marks(text.as_bytes()) {
        return text;
    }
    let mut count = 0;
    let mut is_within = |ch: char| {
        count = if ch > '\u{2ff}' && is_combining_mark(ch) { count + 1 } else { 0 };
        count <= MAX_MARKS
    };
    if text.chars().all(&mut is_within) {
        return text;
    }
    count = 0;
    text.chars()
        .filter(|ch| {
            count = if *ch > '\u{2ff}' && is_combining_mark(*ch) { count + 1 } else { 0 };
            count <= MAX_MARKS
        })
        .collect()
}

/// Whether a text has so many bytes in a row that are not ASCII that they may be more than thirty marks. It looks at few of
/// the bytes of a text in a Latin script.
fn may_have_many_marks(bytes: &[u8]) -> bool {
    /// A mark has at least two bytes.
    const MIN_RUN: usize = 2 * (MAX_MARKS + 1);
    let run =
        |bytes: &mut dyn Iterator<Item = &u8>| bytes.take_while(|it| !it.is_ascii()).take(MIN_RUN).count();
    // A run of this length covers one of these places.
    (0..bytes.len()).step_by(MIN_RUN).filter(|it| !bytes[*it].is_ascii()).any(|at| {
        let (before, after) = bytes.split_at(at);
        run(&mut before.iter().rev()) + run(&mut after.iter()) >= MIN_RUN
    })
}

/// Escapes the Markdown syntax in one line of text: `*` becomes `\*`, a newline becomes a space. Characters that are no
/// syntax where they stand stay as they are: `Stone & Reed [sic]`.
///
/// ```
/// use pullquote::text_safety::escape_markdown;
///
/// assert_eq!(escape_markdown("<b>*one* & two"), r"\<b\>\*one\* & two");
/// ```
pub fn escape_markdown(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let digits = text.len() - text.trim_start_matches(|it: char| it.is_ascii_digit()).len();
    let first = text.len() - text.trim_start().len();
    // Hashes at the end of a heading belong to its syntax.
    let closing = text.trim_end().trim_end_matches('#').len();
    let mut before = None;
    let mut is_in_tag = false;
    for (offset, ch) in text.char_indices() {
        let rest = &text[offset + ch.len_utf8()..];
        let next = rest.chars().next();
        let is_syntax = match ch {
            '\\' | '`' | '*' | '|' | '~' => true,
            '_' => !(before.is_some_and(char::is_alphanumeric) && next.is_some_and(char::is_alphanumeric)),
            '<' => next.is_some_and(|it| it.is_ascii_alphabetic() || "/!?".contains(it)),
            '&' => begins_character_reference(rest),
            // Without these, no reference has a definition and no link a target.
            ']' => next.is_some_and(|it| "([:".contains(it)),
            // The end of what would be a tag is escaped too, for readers that know no escaped "<".
            '>' => offset == first || is_in_tag,
            '[' | '-' | '+' | '=' => offset == first,
            '#' => offset == first || offset >= closing,
            '.' | ')' => offset == digits && digits > 0,
            _ => false,
        };
        if is_syntax {
            escaped.push('\\');
        }
        is_in_tag = is_syntax && ch == '<' || is_in_tag && ch != '>';
        escaped.push(if ch == '\n' { ' ' } else { ch });
        before = Some(ch);
    }
    escaped
}

/// Whether what follows an ampersand makes it a character reference: "amp;", "#38;".
fn begins_character_reference(rest: &str) -> bool {
    let name = rest.trim_start_matches('#').trim_start_matches(|it: char| it.is_ascii_alphanumeric());
    name.starts_with(';') && !rest.starts_with(';')
}

/// Whether a character is an invisible joiner or a variation selector.
pub fn is_joiner(ch: char) -> bool {
    is_variation_selector(ch) || matches!(ch, '\u{200c}' | '\u{200d}')
}

fn is_variation_selector(ch: char) -> bool {
    matches!(ch, '\u{180b}'..='\u{180d}' | '\u{180f}' | '\u{fe00}'..='\u{fe0f}')
}

/// Whether a joiner has an effect between these neighbours: in an emoji, or in a script whose letters it reshapes.
/// Elsewhere it only hides: after a letter, each of sixteen selectors would carry four bits that nobody sees.
pub(crate) fn joins_neighbors(before: Option<char>, joiner: char, after: Option<char>) -> bool {
    let Some(before) = before else { return false };
    match joiner {
        '\u{200c}' => is_joining_script(before) && after.is_some_and(is_joining_script),
        '\u{200d}' => {
            let is_base = |it: char| is_pictograph(it) && !is_variation_selector(it);
            is_joining_script(before) || (is_pictograph(before) && after.is_some_and(is_base))
        }
        '\u{fe0e}' | '\u{fe0f}' => {
            let is_keycap = matches!(before, '0'..='9' | '#' | '*') && after == Some('\u{20e3}');
            is_keycap || (is_pictograph(before) && !is_variation_selector(before))
        }
        '\u{180b}'..='\u{180f}' => matches!(before, '\u{1820}'..='\u{18aa}'),
        _ => false,
    }
}

/// Whether a character is of a script with joined letters: Arabic and related scripts, Indic and South-East Asian
/// scripts.
fn is_joining_script(ch: char) -> bool {
    matches!(ch, '\u{600}'..='\u{109f}' | '\u{1780}'..='\u{18af}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}')
        && !is_variation_selector(ch)
}

/// Whether a character can be part of an emoji.
fn is_pictograph(ch: char) -> bool {
    matches!(ch, '©' | '®' | '‼' | '⁉' | '™' | 'ℹ' | '〰' | '〽' | '㊗' | '㊙' | 'Ⓜ' | '\u{fe0f}' | '\u{20e3}'
        | '\u{2190}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_and_hidden_characters_are_unsafe_and_visible_ones_are_not() {
        for ch in
            ['\0', '\n', '\t', '\u{1b}', '\u{9b}', '\u{ad}', '\u{200b}', '\u{202e}', '\u{2066}', '\u{e0041}']
        {
            assert!(is_unsafe(ch), "{ch:?}");
        }
        for ch in [' ', 'a', 'é', '“', '\u{a0}', '\u{200d}', '\u{fe0f}', '—', '👩', '\u{fffd}'] {
            assert!(!is_unsafe(ch), "{ch:?}");
        }
    }

    #[test]
    fn what_hides_goes_from_a_whole_text_and_what_shapes_it_stays() {
        for (text, safe) in [
            ("one\n\u{1b}[31mtwo\u{202e}\u{200b}", "one\n[31mtwo"),
            ("p\u{fe00}a\u{fe01}y\u{fe0f} 1\u{fe0f}2", "pay 12"),
            ("日\u{fe00}本\u{e0100}", "日本"),
            (
                "❤\u{fe0f}\u{200d}🔥 1\u{fe0f}\u{20e3} ᠮ\u{180b}",
                "❤\u{fe0f}\u{200d}🔥 1\u{fe0f}\u{20e3} ᠮ\u{180b}",
            ),
            ("می\u{200c}خواهم wo\u{200c}rd", "می\u{200c}خواهم word"),
            ("\u{3164}\u{ffa0}\u{115f}\u{17b4}\u{180e}\u{34f}x\u{2028}y\u{fdd0}\u{1ffff}", "xy"),
        ] {
            assert_eq!(remove_unsafe(text), safe, "{text:?}");
        }
        for before in 0..150 {
            let (one, many) = ("\u{301}".repeat(MAX_MARKS), "\u{301}".repeat(MAX_MARKS + 1));
            let text = |marks: &str| format!("{}e{marks} it rained", "x".repeat(before));
            assert_eq!(remove_unsafe(&text(&one)), text(&one), "{before}");
            assert_eq!(remove_unsafe(&text(&many)), text(&one), "{before}");
        }
        let marked = format!("o{}", "\u{301}".repeat(500_000));
        assert_eq!(remove_unsafe(&marked).chars().count(), 1 + MAX_MARKS);
    }

    /// The texts of a Markdown document, with every extension that a reader may know.
    fn texts_of(markdown: &str) -> String {
        use pulldown_cmark::{Event, Options, Parser};
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS;
        let texts = Parser::new_ext(markdown, options).map(|event| match event {
            Event::Text(text) => text.to_string(),
            Event::Start(_) | Event::End(_) | Event::SoftBreak => String::new(),
            other => format!("{other:?}"),
        });
        texts.collect()
    }

    #[test]
    fn text_reads_in_markdown_as_it_was_and_words_without_syntax_are_not_escaped() {
        for plain in [
            "Stone & Reed said so",
            "the [harbour] wall, issue #5 < 6 and 7 > 6",
            "AT&T; snake_case, a+b = c - d",
            "“[The dam] broke,” she said",
        ] {
            let escaped = escape_markdown(plain);
            assert_eq!(escaped.matches('\\').count(), usize::from(plain.contains("T;")), "{escaped}");
        }
        for text in [
            "Stone & Reed",
            "&amp; &lt;b&gt; &#38; &#x26; AT&T;",
            "<b>bold</b> <!-- gone --> <?x?> a < b",
            "*one* _two_ __three__ ~~four~~ snake_case",
            "[a](https://x.example) ![b](c) [d][e] [f]: https://x.example",
            "[x] done",
            "[ ] open",
            "[^1] and [^1]: note",
            "# heading",
            "heading ##",
            "> quoted",
            "- item",
            "+ item",
            "1. item",
            "12) item",
            "===",
            "---",
            "| a | b |",
            "`code` \\* \\",
            "<https://x.example>",
        ] {
            for before in ["", "# ", "> ", "- ", "x\n"] {
                let read = texts_of(&format!("{before}{}", escape_markdown(text)));
                assert_eq!(read.trim_start_matches('x'), text, "{before:?}");
            }
        }
    }
}
