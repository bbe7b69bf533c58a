//! Wraps a text into rows for an editor: every character is in exactly one row.

use pullquote::span::Span;
use unicode_segmentation::UnicodeSegmentation;

use crate::tui::text::width::{byte_at_column, display_width};

/// Wraps text into rows of `width` columns. There is at least one row; each keeps its trailing spaces.
pub(crate) fn wrap_text(text: &str, width: usize) -> Vec<Span> {
    let width = width.max(1);
    let mut rows = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        let (end, mut at, mut taken) = (start + line.len(), start, 0);
        for word in line.split_inclusive(' ') {
            let next = at + word.len();
            if taken > 0 && taken + display_width(word.trim_end()) > width {
                rows.push(Span::new(start, at));
                (start, taken) = (at, 0);
            }
            while taken == 0 && display_width(text[start..next].trim_end()) > width {
                let rest = &text[start..next];
                let cut =
                    start + byte_at_column(rest, width).max(rest.graphemes(true).next().map_or(0, str::len));
                rows.push(Span::new(start, cut));
                start = cut;
            }
            taken = display_width(&text[start..next]);
            at = next;
        }
        rows.push(Span::new(start, end));
        start = end + 1;
    }
    rows
}

/// Wraps text into rows of `width` columns that are only shown; it is not broken at a hyphen.
pub(crate) fn wrap_words(text: &str, width: usize) -> Vec<String> {
    let options = textwrap::Options::new(width.max(1)).word_splitter(textwrap::WordSplitter::NoHyphenation);
    textwrap::wrap(text, options).into_iter().map(Into::into).collect()
}

/// The number of the row that contains a byte offset.
pub(crate) fn row_at(rows: &[Span], at: usize) -> usize {
    rows.partition_point(|it| it.start <= at).saturating_sub(1)
}
