//! Commands of the help page.

use crate::tui::app::App;
use crate::tui::input::action::Action;
use crate::tui::layout::list_selection::{row_delta, top_row_after_scroll};
use crate::tui::overlay::Overlay;

impl App {
    pub(crate) fn update_help(&mut self, action: Action) {
        if action == Action::Cancel {
            self.overlay = Overlay::None;
            return;
        }
        let page = usize::from(self.panes.body.height);
        let rows = self.help.height(usize::from(self.panes.body.width));
        if let (Some(by), Overlay::Help(help)) = (row_delta(action, page), &mut self.overlay) {
            help.top = top_row_after_scroll(help.top, by, rows, page.max(1));
        }
    }
}
