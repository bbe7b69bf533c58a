//! The stories that were read before, as a list to choose from.

use std::ops::Range;

use crate::storage::HistoryEntry;
use crate::tui::layout::list_selection::ListSelection;

/// The list while it is open; the story read last stands first.
pub(crate) struct History {
    pub(crate) entries: Vec<HistoryEntry>,
    pub(crate) selected: ListSelection,
}

impl History {
    /// The stories that a list of so many rows shows, by their numbers.
    pub(crate) fn visible_range(&self, height: usize) -> Range<usize> {
        self.selected.visible(self.entries.len(), height)
    }
}
