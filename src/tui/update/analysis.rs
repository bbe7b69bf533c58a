//! The analysis of a story arrives: what a message said of it is no longer true, and the commands that waited are performed.

use pullquote::analysis::Analysis;

use crate::tui::app::{App, Effect};
use crate::tui::open_story::navigation::STILL_ANALYSING;

impl App {
    /// Takes the analysis of a story; `None` if the engine failed. Returns the effect of the commands that waited for it.
    pub(crate) fn set_analysis(&mut self, story: usize, analysis: Option<Analysis>) -> Effect {
        if let Some(reading) = self.stories.get_mut(story) {
            reading.set_analysis(analysis);
        }
        // What a message said of the analysis is no longer true.
        if story == self.current && self.notice.as_ref().is_some_and(|it| it.starts_with(STILL_ANALYSING)) {
            self.notice = None;
        }
        self.request_panel_refresh();
        if story != self.current {
            return Effect::None;
        }
        self.sync_panes();
        self.perform_waiting_actions()
    }

    /// Performs the commands that were given before the analysis was ready; none while a panel is open.
    fn perform_waiting_actions(&mut self) -> Effect {
        let mut effect = Effect::None;
        for (action, count) in std::mem::take(&mut self.waiting_actions) {
            if self.panel().is_none() {
                self.pending_keys.count = count;
                effect = self.update(action);
            }
        }
        effect
    }
}
