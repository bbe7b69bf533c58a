//! Spans of a story's text that the tagger labels: entities, other names, and the parts of attributions.

use crate::analysis::EntityKind;
use crate::span::Span;

/// A named entity.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct TaggedEntity {
    pub(crate) span: Span,
    pub(crate) kind: EntityKind,
    /// The probability that exactly these words are an entity of this kind.
    pub(crate) probability: f32,
}

/// The name of another thing: a law, a people, a work.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct TaggedOther {
    pub(crate) span: Span,
    /// The probability that exactly these words are such a name.
    pub(crate) probability: f32,
}

/// A part of an attribution.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct TaggedSpan {
    pub(crate) span: Span,
    pub(crate) role: SpanRole,
    /// The probability that exactly these words have this role.
    pub(crate) probability: f32,
}

/// The role of a span in an attribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SpanRole {
    /// The speaker.
    Source,
    /// The words that report what was said.
    Cue,
    /// What was said.
    Content,
}
