//! [`Story`](crate::story::Story) → [`Analysis`](crate::analysis::Analysis).

use crate::analysis::Analysis;
use crate::story::Story;

/// Finds who said what.
#[derive(Debug, Default)]
pub struct Engine {}

impl Engine {
    /// The engine with the lists that are built in.
    pub fn embedded() -> Self {
        Self {}
    }

    /// All findings of a story.
    pub fn analyse(&self, _story: &Story) -> Analysis {
        Analysis::default()
    }
}
