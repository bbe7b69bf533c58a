//! Helpers for text that is shown to the user: counts, text on one line, safe characters.

pub(crate) use pullquote::text_safety::one_line;
use pullquote::text_safety::{is_unsafe, remove_unsafe, replace_unsafe};

/// Returns a count with its noun in the singular or plural: "1 quote", "2 quotes".
pub(crate) fn counted(count: usize, noun: &str) -> String {
    pluralize(count, noun, &format!("{noun}s"))
}

/// Returns a count with one of two forms of its noun: "1 entry", "2 entries".
pub(crate) fn pluralize(count: usize, one: &str, many: &str) -> String {
    format!("{} {}", grouped(count), if count == 1 { one } else { many })
}

/// Returns a count with a comma after each three digits from its end: "20,000".
pub(crate) fn grouped(count: usize) -> String {
    let digits = count.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.char_indices() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// Removes the unsafe characters of text that is typed or pasted into a longer one; line breaks stay.
///
/// A joiner or variation selector that is typed alone stays: the characters that it joins may be typed later.
pub(crate) fn safe_input(text: &str) -> String {
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some(typed), None) if typed == '\n' || !is_unsafe(typed) => typed.to_string(),
        _ => remove_unsafe(text),
    }
}

/// Returns a text on one line in which no character is unsafe; for messages. Each unsafe character is shown as U+FFFD.
pub(crate) fn safe_message(text: &str) -> String {
    replace_unsafe(&text.replace('\n', "\u{fffd}"), "\u{fffd}")
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
    fn a_message_shows_where_characters_were_replaced() {
        assert_eq!(safe_message("one\n\u{1b}[31mtwo\u{202e}"), "one\u{fffd}\u{fffd}[31mtwo\u{fffd}");
        assert_eq!(safe_input("one\n\u{1b}[31mtwo\u{202e}\u{200b}"), "one\n[31mtwo");
        assert_eq!([safe_input("\u{200d}"), safe_input("a\u{fe01}b")], ["\u{200d}", "ab"]);
    }

    #[test]
    fn one_thing_is_singular_and_any_other_number_is_plural() {
        assert_eq!([0, 1, 2].map(|it| counted(it, "note")), ["0 notes", "1 note", "2 notes"]);
    }

    #[test]
    fn the_digits_of_a_large_count_are_grouped() {
        let counts = [0, 7, 42, 999, 1000, 20_000, 654_321, 1_000_000, 1_234_567_890];
        let shown = ["0", "7", "42", "999", "1,000", "20,000", "654,321", "1,000,000", "1,234,567,890"];
        assert_eq!(counts.map(grouped), shown);
        assert_eq!(counted(20_000, "quote"), "20,000 quotes");
    }
}
