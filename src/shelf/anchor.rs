//! A place of a text and the words that stood there → the place where they stand in the text as it is today.

use pullquote::span::Span;

/// How many bytes after a place are remembered with it, about.
const CONTEXT_BYTES: usize = 48;

/// The words by which a place is known again.
pub(crate) fn context(text: &str, place: usize) -> &str {
    let start = text.floor_char_boundary(place);
    &text[start..text.floor_char_boundary(start + CONTEXT_BYTES)]
}

/// Where the words stand: at the place, else nearest to it; the place itself where they are gone.
pub(crate) fn locate(text: &str, place: usize, words: &str) -> usize {
    let there = text.get(place..).is_some_and(|it| it.starts_with(words));
    let nearest = || text.match_indices(words).map(|it| it.0).min_by_key(|it| it.abs_diff(place));
    let found = if there || words.is_empty() { None } else { nearest() };
    text.floor_char_boundary(found.unwrap_or(place))
}

/// Where a passage stands.
pub(crate) fn locate_span(text: &str, span: Span, passage: &str) -> Span {
    let start = locate(text, span.start, passage);
    Span::new(start, text.floor_char_boundary(start + span.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_where_they_were_or_nearest_to_it() {
        let text = "é one two one";
        for (at, words, found) in [
            (3, "one", 3),
            (4, "one", 3),
            (9, "one", 11),
            (99, "two", 7),
            (1, "gone", 0),
            (99, "gone", text.len()),
            (7, "", 7),
        ] {
            assert_eq!(locate(text, at, words), found, "{at} {words}");
        }
        assert_eq!(locate_span(text, Span::new(0, 3), "two"), Span::new(7, 10));
        assert_eq!(context(text, 1), text);
    }
}
