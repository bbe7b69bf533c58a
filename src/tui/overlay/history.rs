//! The stories that were read before, as a list to choose from.

use std::ops::Range;

use crate::storage::HistoryEntry;

/// The list while it is open; the story read last stands first.
pub(crate) struct History {
    pub(crate) entries: Vec<HistoryEntry>,
    pub(crate) selected: usize,
}

impl History {
    /// The stories that a list of so many rows shows, by their numbers.
    pub(crate) fn visible_range(&self, height: usize) -> Range<usize> {
        let first = (self.selected + 1).saturating_sub(height);
        first..self.entries.len().min(first + height)
    }
}
