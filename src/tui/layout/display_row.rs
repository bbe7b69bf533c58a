//! A display row: a span of the story's text and the cells that show it.

use std::borrow::Cow;

use pullquote::span::Span;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// One row of the page.
///
/// It shows, from left to right: its indent, its text with extra spaces in the gaps of a justified row, and a hyphen if
/// it ends within a word. Only the text is part of the story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct DisplayRow {
    /// The span of its text, without the space at the end.
    pub(crate) span: Span,
    /// Index into the story's blocks.
    pub(crate) block: usize,
    pub(crate) kind: RowKind,
    /// Indent in columns.
    pub(crate) indent: u16,
    /// Extra spaces that justify the row, spread over its gaps.
    pub(crate) extra_spaces: u16,
    /// Whether the row ends with a hyphen that is not in the text.
    pub(crate) has_hyphen: bool,
}

/// The kind of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RowKind {
    /// The first row of a block.
    First,
    /// A later row of a block.
    Continuation,
    /// An empty row between two blocks; its span is empty.
    Gap,
    /// Replaces this many folded blocks; its span covers them.
    Folded(usize),
}

impl DisplayRow {
    /// A row without indent, extra spaces or hyphen.
    pub(crate) const fn new(span: Span, block: usize, kind: RowKind) -> Self {
        Self { span, block, kind, indent: 0, extra_spaces: 0, has_hyphen: false }
    }

    /// Width in columns.
    #[cfg(test)]
    pub(crate) fn width(&self, text: &str) -> usize {
        let text_width = crate::tui::text::width::display_width(self.span.slice(text));
        usize::from(self.indent) + text_width + usize::from(self.extra_spaces) + usize::from(self.has_hyphen)
    }

    /// The characters that show a part of the row. Those of adjacent parts join without a gap.
    pub(crate) fn display_text<'a>(&self, span: Span, text: &'a str) -> Cow<'a, str> {
        let part = span.slice(text);
        let hyphen = if self.has_hyphen && span.end == self.span.end { "-" } else { "" };
        if self.extra_spaces == 0 && hyphen.is_empty() {
            return Cow::Borrowed(part);
        }
        let mut shown = String::with_capacity(part.len() + usize::from(self.extra_spaces) + 1);
        let mut justifier = Justifier::new(self, text);
        justifier.skip(Span::new(self.span.start, span.start).slice(text));
        for ch in part.chars() {
            shown.push(ch);
            shown.extend(std::iter::repeat_n(' ', justifier.spaces_after(ch)));
        }
        shown.push_str(hyphen);
        Cow::Owned(shown)
    }

    /// The byte offset of the text that is shown in a column; the end of the span for columns after it.
    pub(crate) fn byte_at_column(&self, column: usize, text: &str) -> usize {
        let mut columns = usize::from(self.indent);
        let mut justifier = Justifier::new(self, text);
        for (at, cluster) in self.span.slice(text).grapheme_indices(true) {
            let extra_spaces: usize = cluster.chars().map(|it| justifier.spaces_after(it)).sum();
            columns += cluster.width() + extra_spaces;
            if columns > column {
                return self.span.start + at;
            }
        }
        self.span.end
    }
}

/// Spreads the extra spaces of a justified row evenly over its gaps, character by character.
struct Justifier {
    extra_spaces: usize,
    gaps: usize,
    /// Number of gaps columns so far.
    gaps_passed: usize,
    after_space: bool,
}

impl Justifier {
    fn new(row: &DisplayRow, text: &str) -> Self {
        let extra_spaces = usize::from(row.extra_spaces);
        let gaps = if extra_spaces == 0 { 0 } else { count_gaps(row.span.slice(text)) };
        Self { extra_spaces, gaps, gaps_passed: 0, after_space: false }
    }

    fn skip(&mut self, text: &str) {
        for ch in text.chars() {
            self.spaces_after(ch);
        }
    }

    /// The number of extra spaces after the next character.
    fn spaces_after(&mut self, ch: char) -> usize {
        let starts_gap = ch == ' ' && !self.after_space;
        self.after_space = ch == ' ';
        if !starts_gap || self.gaps == 0 {
            return 0;
        }
        self.gaps_passed += 1;
        self.extra_spaces * self.gaps_passed / self.gaps
            - self.extra_spaces * (self.gaps_passed - 1) / self.gaps
    }
}

/// The number of gaps between words. A run of spaces is one gap.
pub(crate) fn count_gaps(text: &str) -> usize {
    let bytes = text.as_bytes();
    let starts_gap = |at: &usize| bytes[*at] == b' ' && (*at == 0 || bytes[*at - 1] != b' ');
    (0..bytes.len()).filter(starts_gap).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::text::width::display_width;
    use proptest::prelude::*;

    fn row(text: &str, spread: u16, hyphen: bool) -> DisplayRow {
        DisplayRow {
            extra_spaces: spread,
            has_hyphen: hyphen,
            indent: 2,
            ..DisplayRow::new(Span::new(0, text.len()), 0, RowKind::First)
        }
    }

    #[test]
    fn blanks_are_spread_evenly_and_a_hyphen_ends_a_divided_word() {
        for (text, spread, hyphen, shown) in [
            ("a b c", 0, false, "a b c"),
            ("a b c", 2, false, "a  b  c"),
            ("a b c", 3, false, "a  b   c"),
            ("a  b c", 2, false, "a   b  c"),
            ("one syl", 1, true, "one  syl-"),
        ] {
            let row = row(text, spread, hyphen);
            assert_eq!(row.display_text(row.span, text), shown);
            assert_eq!(row.width(text), 2 + shown.len());
        }
    }

    #[test]
    fn a_column_gives_the_character_that_it_shows() {
        let row = row("ab c", 2, true);
        let bytes: Vec<usize> = (0..10).map(|it| row.byte_at_column(it, "ab c")).collect();
        assert_eq!(bytes, [0, 0, 0, 1, 2, 2, 2, 3, 4, 4]);
    }

    proptest! {
        #[test]
        fn pieces_join_without_a_gap_and_every_cell_maps_back(
            text in "[a-c日é ]{1,30}", spread in 0u16..20, hyphen: bool, cut in 0usize..60,
        ) {
            let mut row = row(&text, spread, hyphen);
            row.extra_spaces = if count_gaps(&text) == 0 { 0 } else { spread };
            let whole = row.display_text(row.span, &text).to_string();
            prop_assert_eq!(row.width(&text), 2 + display_width(&whole));
            let cut = (0..=text.len()).filter(|it| text.is_char_boundary(*it)).nth(cut).unwrap_or(text.len());
            let head = row.display_text(Span::new(0, cut), &text).to_string();
            // A hyphen is shown only at the end of the row.
            let tail = if cut == text.len() { String::new() } else { row.display_text(Span::new(cut, text.len()), &text).to_string() };
            prop_assert_eq!(&format!("{head}{tail}"), &whole);
            let column = 2 + display_width(&head);
            if cut < text.len() {
                prop_assert_eq!(row.byte_at_column(column, &text), cut);
            }
        }
    }
}
