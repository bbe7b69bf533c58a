//! Helpers for text that is shown to the user: counts, text on one line, safe characters.

use pullquote::text_safety::is_unsafe;

/// Returns a count with its noun in the singular or plural: "1 quote", "2 quotes".
pub(crate) fn counted(count: usize, noun: &str) -> String {
    pluralize(count, noun, &format!("{noun}s"))
}

/// Returns a count with one of two forms of its noun: "1 entry", "2 entries".
pub(crate) fn pluralize(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// Returns the text on one line, with a single space for every run of white space.
pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Removes characters that control a terminal, hide text or change its direction; line breaks stay.
///
/// For text from the keyboard, the clipboard or the database. The text of a story is safe once it is loaded.
pub(crate) fn remove_unsafe_chars(text: &str) -> String {
    text.chars().filter(|ch| *ch == '\n' || !is_unsafe(*ch)).collect()
}

/// A title, and under it the items with their numbers from 1, for the line mode.
pub(crate) fn numbered_list(title: &str, items: impl IntoIterator<Item = String>) -> String {
    let items = items.into_iter().enumerate().map(|(number, item)| format!("{}, {item}", number + 1));
    let title = (!title.is_empty()).then(|| title.to_string());
    title.into_iter().chain(items).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_lose_what_steers_and_hides_and_keep_their_lines() {
        assert_eq!(remove_unsafe_chars("one\n\u{1b}[31mtwo\u{202e}\u{200b}"), "one\n[31mtwo");
    }

    #[test]
    fn one_thing_is_singular_and_any_other_number_is_plural() {
        assert_eq!([0, 1, 2].map(|it| counted(it, "note")), ["0 notes", "1 note", "2 notes"]);
    }

    #[test]
    fn a_text_on_one_line_has_single_spaces() {
        assert_eq!(one_line("  one\n\ttwo  three\n"), "one two three");
    }
}
