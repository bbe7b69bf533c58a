//! The analysis of a story arrives, for a long one part by part: what a message said of it is no longer true, and the commands
//! that waited are performed.

use pullquote::analysis::{Analysis, AnalysisProgress};

use crate::tui::app::{App, Effect};
use crate::tui::open_story::navigation::STILL_ANALYSING;

impl App {
    /// Takes how far the analysis of a story has come, and what was found until then. Returns the effect of the commands
    /// that waited for it.
    pub(crate) fn set_progress(&mut self, story: usize, progress: AnalysisProgress) -> Effect {
        let Some(reading) = self.stories.get_mut(story) else { return Effect::None };
        let percent = (progress.share.clamp(0.0, 1.0) * 100.0) as u8;
        reading.analysed_percent = Some(percent.clamp(1, 99));
        match progress.first_part.filter(|_| reading.takes_first_part()) {
            Some(found) => self.take_analysis(story, Some(found)),
            None => Effect::None,
        }
    }

    /// Takes the analysis of a story; `None` if the engine failed. Returns the effect of the commands that waited for it.
    pub(crate) fn set_analysis(&mut self, story: usize, analysis: Option<Analysis>) -> Effect {
        if let Some(reading) = self.stories.get_mut(story) {
            reading.analysed_percent = None;
        }
        self.take_analysis(story, analysis)
    }

    /// Takes an analysis of a story. A panel may refer to quotes of an earlier one: then it waits until the panel is closed.
    fn take_analysis(&mut self, story: usize, analysis: Option<Analysis>) -> Effect {
        self.held_analyses.retain(|it| it.0 != story);
        let is_known = self.stories.get(story).is_some_and(|it| it.findings().is_some());
        if is_known && self.panel().is_some() {
            self.held_analyses.push((story, analysis));
            return Effect::None;
        }
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
        self.tells_length();
        self.sync_panes();
        self.perform_waiting_actions()
    }

    /// Takes the analyses that have come while a panel was open, once none is.
    pub(crate) fn take_held_analyses(&mut self) {
        if self.panel().is_some() {
            return;
        }
        for (story, analysis) in std::mem::take(&mut self.held_analyses) {
            // No command waits, since the story has findings.
            self.take_analysis(story, analysis);
        }
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
