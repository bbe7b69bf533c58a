//! Note marks: the numbers of footnotes in running text ("said.”1", `the mayor,[7]`, "the vote²").

use std::borrow::Cow;

/// A text without the marks of its notes.
pub(crate) fn remove_note_marks(text: &str) -> Cow<'_, str> {
    if !may_have_marks(text) {
        return Cow::Borrowed(text);
    }
    let mut clean = String::with_capacity(text.len());
    let mut letters = 0;
    let mut at = 0;
    while let Some(ch) = text[at..].chars().next() {
        match mark_length(&clean, letters, &text[at..]) {
            0 => {
                letters = if ch.is_alphabetic() { letters + 1 } else { 0 };
                clean.push(ch);
                at += ch.len_utf8();
            }
            length => at += length,
        }
    }
    Cow::Owned(clean)
}

/// Whether a text has a bracket, a superscript, or a digit behind a closing mark.
fn may_have_marks(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_before_digit = |end: usize| {
        bytes.get(end).is_some_and(u8::is_ascii_digit)
            && CLOSING_MARKS.iter().any(|it| bytes[..end].ends_with(it.as_bytes()))
    };
    // With 0xc2 and 0xe2 begin superscripts and closing marks, and many other characters.
    let may_be_mark = |at: usize| {
        bytes[at] == b'['
            || text[at..].starts_with(is_superscript)
            || text[at..].chars().next().is_some_and(|it| is_before_digit(at + it.len_utf8()))
    };
    memchr::memchr3_iter(b'[', 0xc2, 0xe2, bytes).any(may_be_mark)
        || memchr::memchr_iter(b'"', bytes).any(|at| is_before_digit(at + 1))
}

const CLOSING_MARKS: [&str; 4] = ["”", "’", ".\"", ",\""];

/// The length of the note mark at the start of `rest`, after the text `before` that ends with a number of `letters`; 0
/// without one.
fn mark_length(before: &str, letters: usize, rest: &str) -> usize {
    /// "km²" is a unit, "vote²" has a note.
    const MIN_WORD_LETTERS: usize = 3;
    let previous = before.chars().next_back().unwrap_or(' ');
    if previous.is_whitespace() {
        return 0;
    }
    if let Some(inside) = rest.strip_prefix('[') {
        let number = digits(inside);
        let is_mark = (1..=3).contains(&number) && inside[number..].starts_with(']');
        return if is_mark { number + 2 } else { 0 };
    }
    let superscript: usize = rest.chars().take_while(|it| is_superscript(*it)).map(char::len_utf8).sum();
    if superscript > 0 {
        let is_after_word = letters >= MIN_WORD_LETTERS || !previous.is_alphanumeric();
        return if is_after_word { superscript } else { 0 };
    }
    let number = digits(rest);
    let ends =
        rest[number..].chars().next().is_none_or(|it| it.is_whitespace() || matches!(it, '.' | ',' | ';'));
    let is_after_mark = CLOSING_MARKS.iter().any(|it| before.ends_with(it));
    if is_after_mark && ends && (1..=3).contains(&number) { number } else { 0 }
}

/// The number of digits at the start of a text.
fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).take(4).count()
}

fn is_superscript(ch: char) -> bool {
    matches!(ch, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn note_marks_are_removed_and_numbers_stay() {
        for (text, expected) in [
            (
                "“Nobody disputes that,”1 said Lena Holt. “We printed it.”2",
                "“Nobody disputes that,” said Lena Holt. “We printed it.”",
            ),
            ("Piet Maas, the mayor,[7] said “think again”.[8]", "Piet Maas, the mayor, said “think again”."),
            ("The vote² was close.¹² \"No,\"3 she said.", "The vote was close. \"No,\" she said."),
            (
                "Ten km² of 10² m², and “1984” ’90s [7] [sic] a[10000]",
                "Ten km² of 10² m², and “1984” ’90s [7] [sic] a[10000]",
            ),
            ("It rained.", "It rained."),
        ] {
            assert_eq!(remove_note_marks(text), expected, "{text}");
        }
    }
}
