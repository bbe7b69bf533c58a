//! Text typed into the prompt that is open.

use crate::tui::app::{App, Open};

impl App {
    /// Changes the line that is being typed; a search goes along with every sign.
    pub(crate) fn retype(&mut self, change: impl FnOnce(&mut String)) {
        self.notice = None;
        match &mut self.open {
            Open::Search(seeking) => {
                change(&mut seeking.wanted.typed);
                self.seek();
            }
            Open::Picker(picker) => {
                change(&mut picker.typed);
                picker.retyped();
            }
            Open::Whom(_) => self.retype_whom(change),
            Open::Chooser(chooser) => {
                change(&mut chooser.typed);
                chooser.retyped();
            }
            _ => {}
        }
    }
}
