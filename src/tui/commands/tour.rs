//! Commands of the guided tour.

use ratatui::layout::Size;

use crate::tui::app::{App, Focus, Open};
use crate::tui::input::action::Action;

impl App {
    /// Begins the tour, or ends it.
    pub(crate) fn turn_tour(&mut self) {
        self.tour.turn();
        self.set();
        if self.tour.is_on() && self.panes.strip.is_empty() {
            self.tour.turn();
            self.set();
            self.say("the tour needs a larger screen");
        }
    }

    /// Somebody reads for the first time: the tour, if there is room for it and nothing else is being done.
    pub(crate) fn welcome(&mut self) {
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
    pub(crate) fn lead(&mut self, action: Action) {
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
}
