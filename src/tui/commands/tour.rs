//! Commands of the guided tour.

use ratatui::layout::Size;

use crate::tui::app::{App, Effect, Focus};
use crate::tui::input::action::Action;
use crate::tui::input::keymap::Mode;

impl App {
    /// Starts the tour, or ends it. It begins with all quotes, as its steps turn the filter on and off.
    pub(crate) fn toggle_tour(&mut self) {
        self.tour.toggle();
        self.relayout();
        if self.tour.is_running() && self.panes.strip.is_empty() {
            self.tour.toggle();
            self.relayout();
            self.notify("The window is too small for the tour");
        } else if self.tour.is_running() && self.current_story().filter.is_active() {
            self.toggle_filter();
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

    /// What Enter does in the tour before it ends the current step.
    pub(crate) fn action_shown_by_tour(&self, action: Action) -> Option<Action> {
        let ends_step = action == Action::Open && self.panel().is_none() && !self.tour.advances_on(action);
        self.tour.action_on_enter(self.current_story().filter.is_active()).filter(|_| ends_step)
    }

    /// Ends the tour with Esc in the story, or its current step with Enter. Returns whether the action was used up. Enter
    /// in the side pane opens what is selected while the tour tells to do so; it closes an explanation.
    pub(crate) fn ends_tour_step(&mut self, action: Action) -> bool {
        let is_explained = self.mode() == Mode::Explanation && action == Action::Open;
        if !self.tour.is_running() || (self.panel().is_some() && !is_explained) {
            return false;
        }
        if is_explained {
            self.close_panel();
        }
        match (action, self.focus) {
            (Action::Cancel, Focus::Story) => self.tour.toggle(),
            (Action::Open, Focus::SidePane) if self.tour.advances_on(action) => return false,
            (Action::Open, _) => self.go_on_with_tour(),
            _ => return false,
        }
        self.relayout();
        true
    }

    /// Advances a running tour after an action that has succeeded: one that does nothing leaves a message.
    pub(crate) fn advance_tour(&mut self, action: Action, effect: &Effect) {
        // A filter that is turned off says how it comes back.
        let has_worked = action == Action::ToggleFilter && self.current_story().filter.is_off;
        let has_failed = *effect == Effect::None && self.notice.is_some() && !has_worked;
        let is_filtered = self.current_story().filter.is_active();
        if self.tour.advances_on(action) && self.tour.allows_filter(is_filtered) && !has_failed {
            self.go_on_with_tour();
            self.relayout();
        }
    }

    fn go_on_with_tour(&mut self) {
        let has_quotes = self.current_story().findings().is_none_or(|it| !it.speakers.is_empty());
        self.tour.go_on(has_quotes);
    }
}
