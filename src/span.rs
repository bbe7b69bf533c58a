//! A stretch of a text, in bytes: the one coin in which all rooms pay each other.

/// The half-open stretch `start..end` of a text, in bytes.
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
    /// The stretch from `start` up to `end`; an end before its start counts as empty.
    pub const fn new(start: usize, end: usize) -> Self {
        let end = if end < start { start } else { end };
        Self { start, end }
    }

    /// Its words in `text`; nothing where the span lies outside or cuts a character.
    pub fn slice(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }

    /// Its length in bytes.
    pub const fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether it holds no byte.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether the two share a byte.
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end && !self.is_empty() && !other.is_empty()
    }

    /// Whether the other lies wholly inside.
    pub const fn contains_span(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the byte at `place` lies inside.
    pub const fn contains(self, place: usize) -> bool {
        self.start <= place && place < self.end
    }

    /// The shortest stretch that holds both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// The same stretch without the blanks at its ends.
    #[must_use]
    pub fn trim(self, text: &str) -> Self {
        let words = self.slice(text);
        let start = self.start + words.len() - words.trim_start().len();
        Self::new(start, start + words.trim().len())
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
