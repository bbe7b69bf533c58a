//! The span index: spans of a text with values, queried by overlap.

use pullquote::span::Span;

/// Spans with values, sorted by start. They may overlap and nest.
pub(crate) struct SpanIndex<T> {
    entries: Vec<(Span, T)>,
    /// The largest end among the entries up to each one. It never decreases, so both ends of a query are found by
    /// binary search.
    max_ends: Vec<usize>,
}

impl<T: Copy> SpanIndex<T> {
    /// Sorts the entries; of two with the same start the longer comes first. Empty spans are dropped.
    pub(crate) fn new(mut entries: Vec<(Span, T)>) -> Self {
        entries.retain(|(span, _)| !span.is_empty());
        entries.sort_by_key(|(span, _)| (span.start, usize::MAX - span.end));
        let mut max_end = 0;
        let max_ends = entries.iter().map(|(span, _)| {
            max_end = max_end.max(span.end);
            max_end
        });
        let max_ends = max_ends.collect();
        Self { entries, max_ends }
    }

    /// All entries, sorted by start.
    pub(crate) fn all(&self) -> &[(Span, T)] {
        &self.entries
    }

    /// The entries that overlap `span`, sorted by start.
    pub(crate) fn overlapping(&self, span: Span) -> impl Iterator<Item = (Span, T)> + '_ {
        let from = self.max_ends.partition_point(|max_end| *max_end <= span.start);
        let to = self.entries.partition_point(|(it, _)| it.start < span.end).max(from);
        self.entries[from..to].iter().copied().filter(move |(it, _)| it.overlaps(span))
    }

    /// The shortest entry that contains the byte at `offset`.
    pub(crate) fn innermost_at(&self, offset: usize) -> Option<(Span, T)> {
        self.overlapping(Span::new(offset, offset + 1)).min_by_key(|(span, _)| span.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_that_hold_one_another_are_all_found() {
        let marks = SpanIndex::new(vec![
            (Span::new(8, 9), 'c'),
            (Span::new(0, 20), 'a'),
            (Span::new(3, 3), 'x'),
            (Span::new(2, 5), 'b'),
            (Span::new(30, 31), 'd'),
        ]);
        let found =
            |start, end| -> String { marks.overlapping(Span::new(start, end)).map(|it| it.1).collect() };
        for (start, end, expected) in
            [(0, 1, "a"), (4, 9, "abc"), (5, 8, "a"), (19, 31, "ad"), (20, 30, ""), (4, 4, ""), (90, 99, "")]
        {
            assert_eq!(found(start, end), expected, "{start}..{end}");
        }
        assert_eq!(marks.innermost_at(4), Some((Span::new(2, 5), 'b')));
        assert_eq!(marks.innermost_at(25), None);
    }
}
