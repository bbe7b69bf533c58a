//! Commands of the help page.

use crate::tui::app::App;
use crate::tui::input::action::Action;
use crate::tui::layout::list_selection::{motion, scrolled};
use crate::tui::overlay::Overlay;

impl App {
    pub(crate) fn update_help(&mut self, action: Action) {
        if action == Action::Cancel {
            self.overlay = Overlay::None;
            return;
        }
        let page = usize::from(self.panes.body.height);
        let rows = self.help.height(usize::from(self.panes.body.width));
        if let (Some(by), Overlay::Help(help)) = (motion(action, page), &mut self.overlay) {
            help.top = scrolled(help.top, by, rows, page.max(1));
        }
    }
}
