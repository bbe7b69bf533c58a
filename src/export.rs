//! Export formats: a story and its analysis as JSON, CSV, Markdown, HTML or text.
//!
//! 1. [`Export::envelope`] gives what precedes, separates and follows the stories.
//! 2. [`Export::render`] writes one story on its own. So threads can write the stories of a stream, and none is kept.
//! 3. The exported shapes are structs of their own in `export/`. The data types can change without changing the format.

pub(crate) mod csv;
pub(crate) mod html;
pub(crate) mod json;
pub(crate) mod markdown;
pub(crate) mod phrasing;
#[cfg(test)]
mod tests;
pub(crate) mod text;

use crate::analysis::Analysis;
use crate::story::Story;

pub use crate::export::csv::Csv;
pub use crate::export::html::Html;
pub use crate::export::json::{Json, Jsonl, SCHEMA};
pub use crate::export::markdown::Markdown;
pub use crate::export::text::Text;

/// An export format.
pub trait Export: Send + Sync {
    /// The text around the stories. `several` says whether more than one story was requested.
    fn envelope(&self, several: bool) -> Envelope;

    /// One story with its analysis.
    fn render(&self, story: &Story, analysis: &Analysis) -> String;

    /// A story that could not be read; `None` if the format cannot express errors. `id` is its id in a stream.
    fn render_error(&self, _id: Option<&str>, _error: &str) -> Option<String> {
        None
    }
}

/// The text around the stories of an export.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Envelope {
    /// Before the first story; written even if there are no stories.
    pub head: &'static str,
    /// Between two stories.
    pub separator: &'static str,
    /// After the last story; written even if there are no stories.
    pub tail: &'static str,
}
