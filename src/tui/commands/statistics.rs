//! The panel that shows the story in figures, while it is open.

use crate::tui::app::{App, Overlay};
use crate::tui::input::action::Action;
use crate::tui::layout::list_selection::{motion, scrolled};
use crate::tui::open_story::statistics::Statistics;

impl App {
    pub(crate) fn open_statistics(&mut self) {
        self.overlay = Overlay::Statistics(Statistics::new(self.current_story()), 0);
    }

    pub(crate) fn update_statistics(&mut self, action: Action) {
        if action == Action::Cancel {
            self.overlay = Overlay::None;
        } else if let Some(by) = motion(action, usize::from(self.panes.body.height)) {
            self.scroll_statistics(by);
        }
    }

    pub(crate) fn scroll_statistics(&mut self, by: isize) {
        let height = usize::from(self.panes.body.height);
        if let Overlay::Statistics(statistics, top) = &mut self.overlay {
            *top = scrolled(*top, by, statistics.rows.len(), height);
        }
    }
}
