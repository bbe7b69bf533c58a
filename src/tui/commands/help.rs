//! Commands of the help page.

use crate::tui::app::{App, Overlay};
use crate::tui::input::action::Action;

impl App {
    pub(crate) fn update_help(&mut self, action: Action, top: usize) {
        let page = usize::from(self.panes.body.height).max(1);
        let last = self.help.height(usize::from(self.panes.body.width)).saturating_sub(page);
        self.overlay = Overlay::Help(match action {
            Action::Forward => (top + 1).min(last),
            Action::Back => top.saturating_sub(1),
            Action::PageForward => (top + page).min(last),
            Action::PageBack => top.saturating_sub(page),
            Action::ToStart => 0,
            Action::ToEnd => last,
            Action::Cancel => {
                self.overlay = Overlay::None;
                return;
            }
            _ => top,
        });
    }
}
