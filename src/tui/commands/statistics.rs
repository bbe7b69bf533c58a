//! Commands of the statistics panel.

use crate::tui::app::App;
use crate::tui::input::action::Action;
use crate::tui::layout::list_selection::{row_delta, top_row_after_scroll};
use crate::tui::open_story::statistics::Statistics;
use crate::tui::overlay::Overlay;
use crate::tui::overlay::statistics::StatisticsPanel;

impl App {
    pub(crate) fn open_statistics(&mut self) {
        self.overlay = Overlay::Statistics(StatisticsPanel {
            statistics: Statistics::new(self.current_story()),
            top: 0,
        });
    }

    pub(crate) fn update_statistics(&mut self, action: Action) {
        if action == Action::Cancel {
            self.overlay = Overlay::None;
            return;
        }
        let height = usize::from(self.panes.body.height);
        if let (Some(by), Overlay::Statistics(panel)) = (row_delta(action, height), &mut self.overlay) {
            panel.top = top_row_after_scroll(panel.top, by, panel.statistics.rows.len(), height);
        }
    }
}
