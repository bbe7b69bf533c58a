//! The stories that were read before, as a list to choose from.

use crate::keeping::Past;

/// The list while it is open; the story read last stands first.
pub(super) struct History {
    pub(super) past: Vec<Past>,
    pub(super) chosen: usize,
}
