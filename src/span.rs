//! A byte range in a story's text. All modules refer to text by it.

use std::fmt;

/// The half-open byte range `start..end` of a text.
///
/// Spans that belong to a [`Story`](crate::story::Story) lie on character
/// boundaries of its text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

impl Span {
    /// The span from `start` to `end`; it is empty if `end` lies before `start`.
    pub const fn new(start: usize, end: usize) -> Self {
        let end = if end < start { start } else { end };
        Self { start, end }
    }

    /// The part of `text` in this span; empty if the span lies outside `text` or cuts a character.
    pub fn slice(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }

    /// The length in bytes.
    pub const fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether the length is zero.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether the two spans share a byte.
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end && !self.is_empty() && !other.is_empty()
    }

    /// Whether `other` lies wholly inside this span.
    pub const fn contains_span(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the byte at `offset` lies inside this span.
    pub const fn contains(self, offset: usize) -> bool {
        self.start <= offset && offset < self.end
    }

    /// The shortest span that contains both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// This span without the white space at its ends.
    #[must_use]
    pub fn trim(self, text: &str) -> Self {
        let slice = self.slice(text);
        let start = self.start + slice.len() - slice.trim_start().len();
        Self::new(start, start + slice.trim().len())
    }
}

impl fmt::Display for Span {
    /// Writes the span as `start..end`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_stretches_meet_only_where_they_share_a_byte() {
        for (a, b, meet) in
            [((0, 3), (2, 5), true), ((0, 3), (3, 5), false), ((2, 2), (0, 5), false), ((0, 9), (4, 5), true)]
        {
            assert_eq!(Span::new(a.0, a.1).overlaps(Span::new(b.0, b.1)), meet, "{a:?} {b:?}");
        }
    }

    #[test]
    fn a_stretch_outside_its_text_has_no_words() {
        assert_eq!(Span::new(1, 2).slice("é"), "");
        assert_eq!(Span::new(3, 9).slice("abc"), "");
        assert_eq!(Span::new(0, 2).slice("é"), "é");
    }

    #[test]
    fn trimming_drops_the_blanks_at_both_ends() {
        assert_eq!(Span::new(0, 7).trim("  two  "), Span::new(2, 5));
        assert_eq!(Span::new(1, 3).trim("    "), Span::new(3, 3));
    }
}
