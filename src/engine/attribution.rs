//! A report: that somebody said something, as the rules of grammar or the learned tagger tell it.

pub(crate) mod fusion;
pub(crate) mod rules;
pub(crate) mod tagged;

use crate::analysis::AttributionRule;
use crate::span::Span;

/// Who says what, by which words.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Attribution {
    /// The whole noun phrase that speaks.
    pub(crate) source: Option<Span>,
    pub(crate) cue: Option<Span>,
    /// In reading order; none where the cue only announces what comes next ("Lee went on:").
    pub(crate) contents: Vec<Span>,
    pub(crate) rule: AttributionRule,
    /// From 0 to 1.
    pub(crate) confidence: f32,
}

impl Attribution {
    /// Where it stands: at its cue, else at its source, else at its words.
    pub(crate) fn offset(&self) -> usize {
        self.cue.or(self.source).or(self.contents.first().copied()).map_or(0, |it| it.start)
    }

    /// The same of other words, given in any order; those that touch become one stretch.
    pub(crate) fn with_contents(self, mut contents: Vec<Span>) -> Self {
        contents.sort_unstable();
        let contents = contents.into_iter().fold(Vec::new(), |mut out: Vec<Span>, span| {
            match out.last_mut() {
                Some(last) if span.start <= last.end => *last = last.cover(span),
                _ => out.push(span),
            }
            out
        });
        Self { contents, ..self }
    }
}
