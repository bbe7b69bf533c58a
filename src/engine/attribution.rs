//! Attributions: a source (who speaks), a cue (the reporting words) and a content (what is said), as in PolNeAR.

pub(crate) mod assertion;
pub(crate) mod complement;
pub(crate) mod figures;
pub(crate) mod fusion;
pub(crate) mod rules;
pub(crate) mod speech_act;
pub(crate) mod stance;
pub(crate) mod tagged;

use crate::analysis::{Act, AttributionRule};
use crate::span::Span;

/// How many words an addressee may have: "asked | the clerk of the court | for the file".
const MAX_ADDRESSEE_WORDS: usize = 6;

/// One attribution, found by the rules or by the tagger.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Attribution {
    /// The whole noun phrase of the speaker; `None` where no words name one.
    pub(crate) source: Option<Span>,
    /// The reporting words; `None` where there are none.
    pub(crate) cue: Option<Span>,
    /// The reported words in reading order; empty where the cue only announces the next sentence ("Lee went on:").
    pub(crate) contents: Vec<Span>,
    /// The rule that linked source and content.
    pub(crate) rule: AttributionRule,
    /// Whether its cue reports speech; only for a content without quotation marks.
    pub(crate) act: Act,
    /// From 0 to 1.
    pub(crate) confidence: f32,
}

impl Attribution {
    /// The byte offset of the cue, else of the source, else of the first content.
    pub(crate) fn offset(&self) -> usize {
        self.cue.or(self.source).or(self.contents.first().copied()).map_or(0, |it| it.start)
    }

    /// Whether it only announces somebody's words ("Lee went on:").
    pub(crate) const fn is_announcement(&self) -> bool {
        self.contents.is_empty() && self.source.is_some()
    }

    /// The same attribution with other contents, given in any order. Contents that touch are merged.
    pub(crate) fn with_contents(self, mut contents: Vec<Span>) -> Self {
        contents.sort_unstable();
        let contents = contents.into_iter().fold(Vec::new(), |mut merged: Vec<Span>, span| {
            match merged.last_mut() {
                Some(last) if span.start <= last.end => *last = last.cover(span),
                _ => merged.push(span),
            }
            merged
        });
        Self { contents, ..self }
    }
}
