//! The panel with the statistics of a story.

use crate::tui::input::keymap::Mode;
use crate::tui::open_story::statistics::Statistics;
use crate::tui::overlay::{Panel, Placement, ROWS_PER_NOTCH};

/// The statistics page.
pub(crate) struct StatisticsPanel {
    pub(crate) statistics: Statistics,
    /// The first visible row.
    pub(crate) top: usize,
}

impl Panel for StatisticsPanel {
    fn mode(&self) -> Mode {
        Mode::Statistics
    }

    fn placement(&self) -> Placement {
        Placement::FullPage
    }

    fn rows_per_notch(&self) -> usize {
        ROWS_PER_NOTCH
    }
}
