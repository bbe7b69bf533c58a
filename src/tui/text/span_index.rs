//! Stretches of a text with what they stand for, in reading order, asked which of them meet a stretch.

use pullquote::span::Span;

/// Marked stretches; they may overlap and lie in one another.
pub(crate) struct Marks<T> {
    marks: Vec<(Span, T)>,
    /// How far the marks up to each one reach, in bytes; it never falls, so that
    /// both ends of an answer are found by halving.
    reach: Vec<usize>,
}

impl<T: Copy> Marks<T> {
    /// Empty stretches are dropped; where two begin together the longer comes first.
    pub(crate) fn new(mut marks: Vec<(Span, T)>) -> Self {
        marks.retain(|(span, _)| !span.is_empty());
        marks.sort_by_key(|(span, _)| (span.start, usize::MAX - span.end));
        let mut far = 0;
        let reach = marks.iter().map(|(span, _)| {
            far = far.max(span.end);
            far
        });
        let reach = reach.collect();
        Self { marks, reach }
    }

    /// All of them, in reading order.
    pub(crate) fn all(&self) -> &[(Span, T)] {
        &self.marks
    }

    /// Those that share a byte with `span`, in reading order.
    pub(crate) fn meeting(&self, span: Span) -> impl Iterator<Item = (Span, T)> + '_ {
        let from = self.reach.partition_point(|far| *far <= span.start);
        let to = self.marks.partition_point(|(it, _)| it.start < span.end).max(from);
        self.marks[from..to].iter().copied().filter(move |(it, _)| it.meets(span))
    }

    /// The shortest one that holds the byte at `place`.
    pub(crate) fn at(&self, place: usize) -> Option<(Span, T)> {
        self.meeting(Span::new(place, place + 1)).min_by_key(|(span, _)| span.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_that_hold_one_another_are_all_found() {
        let marks = Marks::new(vec![
            (Span::new(8, 9), 'c'),
            (Span::new(0, 20), 'a'),
            (Span::new(3, 3), 'x'),
            (Span::new(2, 5), 'b'),
            (Span::new(30, 31), 'd'),
        ]);
        let found = |start, end| -> String { marks.meeting(Span::new(start, end)).map(|it| it.1).collect() };
        for (start, end, expected) in
            [(0, 1, "a"), (4, 9, "abc"), (5, 8, "a"), (19, 31, "ad"), (20, 30, ""), (4, 4, ""), (90, 99, "")]
        {
            assert_eq!(found(start, end), expected, "{start}..{end}");
        }
        assert_eq!(marks.at(4), Some((Span::new(2, 5), 'b')));
        assert_eq!(marks.at(25), None);
    }
}
