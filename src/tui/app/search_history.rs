//! The search history: earlier searches in all stories.

use crate::tui::text::search_pattern::SearchQuery;

/// Earlier searches in all stories.
#[derive(Default)]
pub(crate) struct SearchHistory {
    /// The last query comes last; each occurs once.
    queries: Vec<SearchQuery>,
    /// Whether the last search went backward.
    pub(crate) backward: bool,
}

impl SearchHistory {
    pub(crate) fn last_query(&self) -> Option<&SearchQuery> {
        self.queries.last()
    }

    /// A query by its age: 1 is the last one.
    pub(crate) fn query(&self, age: usize) -> Option<&SearchQuery> {
        self.queries.get(self.queries.len().checked_sub(age)?)
    }

    pub(crate) fn len(&self) -> usize {
        self.queries.len()
    }

    /// Adds a query.
    pub(crate) fn add(&mut self, query: SearchQuery) {
        self.queries.retain(|it| *it != query);
        self.queries.push(query);
    }
}
