//! Commands of the guided tour.

use ratatui::layout::Size;

use crate::tui::app::{App, Focus};
use crate::tui::input::action::Action;
use crate::tui::input::keymap::Mode;

impl App {
    /// Starts the tour, or ends it.
    pub(crate) fn toggle_tour(&mut self) {
        self.tour.toggle();
        self.relayout();
        if self.tour.is_running() && self.panes.strip.is_empty() {
            self.tour.toggle();
            self.relayout();
            self.notify("The window is too small for the tour");
        }
    }

    /// Starts the tour on the first run, if it fits the screen and no panel is open.
    pub(crate) fn start_tour_on_first_run(&mut self) {
        if self.tour.is_running() || self.panel().is_some() {
            return;
        }
        self.tour.toggle();
        self.relayout();
        // Before the first frame the screen size is unknown.
        if self.screen_size != Size::default() && self.panes.strip.is_empty() {
            self.tour.toggle();
            self.relayout();
        }
    }

    /// Advances a running tour before an action is performed.
    pub(crate) fn advance_tour(&mut self, action: Action) {
        if !self.tour.is_running() {
            return;
        }
        let on_page = self.focus == Focus::Story && self.panel().is_none();
        match action {
            Action::Cancel if on_page => self.tour.toggle(),
            _ if self.mode() == Mode::Help => return,
            _ => self.tour.advance(action),
        }
        self.relayout();
    }
}
