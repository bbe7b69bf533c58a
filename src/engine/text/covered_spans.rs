//! Covered spans: whether any of many spans overlaps another one, without a loop over all of them.

use crate::span::Span;

/// Some spans, sorted, and merged where they overlap.
pub(crate) struct CoveredSpans(Vec<Span>);

impl CoveredSpans {
    /// The spans may come in any order.
    pub(crate) fn new(spans: impl Iterator<Item = Span>) -> Self {
        let mut spans: Vec<Span> = spans.collect();
        spans.sort_unstable();
        let mut merged: Vec<Span> = Vec::with_capacity(spans.len());
        for span in spans {
            match merged.last_mut() {
                Some(last) if span.start < last.end => *last = last.cover(span),
                _ => merged.push(span),
            }
        }
        Self(merged)
    }

    /// Whether any of them overlaps `span`.
    pub(crate) fn overlaps(&self, span: Span) -> bool {
        let next = self.0.partition_point(|it| it.end <= span.start);
        self.0.get(next).is_some_and(|it| it.overlaps(span))
    }
}
