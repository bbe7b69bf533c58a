//! The stories that were read before, as a list to choose from.

use std::ops::Range;

use crate::storage::Past;

/// The list while it is open; the story read last stands first.
pub(crate) struct History {
    pub(crate) past: Vec<Past>,
    pub(crate) chosen: usize,
}

impl History {
    /// The stories that a list of so many rows shows, by their numbers.
    pub(crate) fn window(&self, height: usize) -> Range<usize> {
        let first = (self.chosen + 1).saturating_sub(height);
        first..self.past.len().min(first + height)
    }
}
