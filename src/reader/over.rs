//! The help page, which lies over the page while it is open; the tour under it; and what is typed into any line.

use ratatui::layout::Size;

use super::action::Action;
use super::app::{App, Focus, Open};

impl App {
    pub(super) fn in_help(&mut self, action: Action, top: usize) {
        let page = usize::from(self.panes.body.height).max(1);
        let last = self.help.height(usize::from(self.panes.body.width)).saturating_sub(page);
        self.open = Open::Help(match action {
            Action::Forward => (top + 1).min(last),
            Action::Back => top.saturating_sub(1),
            Action::PageForward => (top + page).min(last),
            Action::PageBack => top.saturating_sub(page),
            Action::ToStart => 0,
            Action::ToEnd => last,
            Action::Cancel => {
                self.open = Open::Nothing;
                return;
            }
            _ => top,
        });
    }

    /// Begins the tour, or ends it.
    pub(super) fn turn_tour(&mut self) {
        self.tour.turn();
        self.set();
        if self.tour.is_on() && self.panes.strip.is_empty() {
            self.tour.turn();
            self.set();
            self.say("the tour needs a larger screen");
        }
    }

    /// Somebody reads for the first time: the tour, if there is room for it and nothing else is being done.
    pub(super) fn welcome(&mut self) {
        if self.tour.is_on() || !matches!(self.open, Open::Nothing) {
            return;
        }
        self.tour.turn();
        self.set();
        // Before the first frame nothing is laid out, and nobody can say that there is no room.
        if self.screen != Size::default() && self.panes.strip.is_empty() {
            self.tour.turn();
            self.set();
        }
    }

    /// Leads the tour on, if there is one, before a command is done.
    pub(super) fn lead(&mut self, action: Action) {
        if !self.tour.is_on() {
            return;
        }
        let on_page = self.focus == Focus::Story && matches!(self.open, Open::Nothing);
        match action {
            Action::Cancel if on_page => self.tour.turn(),
            _ if matches!(self.open, Open::Help(_)) => return,
            _ => self.tour.lead(action),
        }
        self.set();
    }

    /// Changes the line that is being typed; a search goes along with every sign.
    pub(super) fn retype(&mut self, change: impl FnOnce(&mut String)) {
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
