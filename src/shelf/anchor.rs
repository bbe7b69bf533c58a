//! Text anchors: a saved offset is found again by the text that followed it.

use pullquote::span::Span;

/// How much text is saved with an offset, in bytes; a little less where that would cut a character.
const CONTEXT_BYTES: usize = 48;

/// Returns the text after an offset, to be saved with it.
pub(crate) fn context(text: &str, offset: usize) -> &str {
    let start = text.floor_char_boundary(offset);
    &text[start..text.floor_char_boundary(start + CONTEXT_BYTES)]
}

/// Finds the context of a saved offset: at the offset, or else nearest to it.
///
/// Returns the saved offset, at most the length of the text, if the context is gone.
pub(crate) fn locate(text: &str, offset: usize, context: &str) -> usize {
    let is_unchanged = text.get(offset..).is_some_and(|it| it.starts_with(context));
    let nearest = || text.match_indices(context).map(|it| it.0).min_by_key(|it| it.abs_diff(offset));
    let found = if is_unchanged || context.is_empty() { None } else { nearest() };
    text.floor_char_boundary(found.unwrap_or(offset))
}

/// Finds the text of a saved span; the span keeps its length.
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
        for (offset, saved, found) in [
            (3, "one", 3),
            (4, "one", 3),
            (9, "one", 11),
            (99, "two", 7),
            (1, "gone", 0),
            (99, "gone", text.len()),
            (7, "", 7),
        ] {
            assert_eq!(locate(text, offset, saved), found, "{offset} {saved}");
        }
        assert_eq!(locate_span(text, Span::new(0, 3), "two"), Span::new(7, 10));
        assert_eq!(context(text, 1), text);
    }
}
