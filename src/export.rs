//! ([`Story`], [`Analysis`]) → bytes, one file a format behind [`Export`].
//!
//! 1. A format's frame says what stands before, between and after the stories.
//! 2. [`Export::one`] writes one story, which needs to know of no other: so the
//!    stories of a stream can be written by several threads, and none is kept.
//! 3. The shapes that are published are structs of their own in `export/`. The
//!    nouns do not know how they are written, so that the insides may change
//!    while the format keeps its promise.

pub(crate) mod csv;
pub(crate) mod json;
pub(crate) mod markdown;
pub(crate) mod phrasing;
#[cfg(test)]
mod tests;
pub(crate) mod text;

use crate::analysis::Analysis;
use crate::story::Story;

pub use crate::export::csv::Csv;
pub use crate::export::json::{Json, Jsonl, SCHEMA};
pub use crate::export::markdown::Markdown;
pub use crate::export::text::Text;

/// A way to write findings down.
pub trait Export: Send + Sync {
    /// What stands around the stories. `several`: more than one was asked for.
    fn envelope(&self, several: bool) -> Envelope;

    /// One story with its findings.
    fn render(&self, story: &Story, analysis: &Analysis) -> String;

    /// What stands in the place of a story that could not be read; nothing where the format has no words for it.
    fn render_error(&self, _id: Option<&str>, _error: &str) -> Option<String> {
        None
    }
}

/// What stands around the stories.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Envelope {
    /// Before the first story, also where there is none.
    pub head: &'static str,
    /// Between two stories.
    pub separator: &'static str,
    /// After the last story, also where there is none.
    pub tail: &'static str,
}
