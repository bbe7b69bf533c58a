//! Commands of the help page.

use crate::tui::app::{App, Overlay};
use crate::tui::input::action::Action;
use crate::tui::layout::list_selection::{motion, scrolled};

impl App {
    pub(crate) fn update_help(&mut self, action: Action, top: usize) {
        if action == Action::Cancel {
            self.overlay = Overlay::None;
            return;
        }
        let page = usize::from(self.panes.body.height);
        if let Some(by) = motion(action, page) {
            let rows = self.help.height(usize::from(self.panes.body.width));
            self.overlay = Overlay::Help(scrolled(top, by, rows, page.max(1)));
        }
    }
}
