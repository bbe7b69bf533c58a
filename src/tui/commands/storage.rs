//! What is saved of a story: the greeting on its return, and the changes to save.

use crate::storage::Change;
use crate::tui::app::App;
use crate::tui::input::action::Action;

impl App {
    /// Tells once that the story does not look English or is too long, or that it is resumed at the position of an earlier
    /// visit.
    pub(crate) fn show_greeting(&mut self) {
        if self.tells_length() {
            return;
        }
        if self.current_story().story.is_foreign && self.told_languages.insert(self.current) {
            self.notify("This does not look English; pullquote knows English only");
        } else if let Some(greeting) = self.current_story_mut().greeting.take() {
            let start = self.help.key(Action::ToStart);
            self.notify(&format!("{greeting} ({start} = top)"));
        }
    }

    /// Tells once that the story is longer than what is analysed. Returns whether it did.
    pub(crate) fn tells_length(&mut self) -> bool {
        let reading = self.current_story();
        let analyzed_to = reading.findings().and_then(|it| it.analysis.analyzed_to);
        let Some(end) = analyzed_to.filter(|_| !self.told_lengths.contains(&self.current)) else {
            return false;
        };
        let percent = end * 100 / reading.story.text().len().max(1);
        self.told_lengths.insert(self.current);
        self.notify(&format!(
            "This story is very long; no quotes are looked for after its first {percent} %"
        ));
        true
    }

    /// Takes the changes of a story that are not passed on yet.
    pub(crate) fn take_changes_of(&mut self, story: usize) -> Vec<Change> {
        let (own, others) = std::mem::take(&mut self.changes).into_iter().partition(|it| it.0 == story);
        self.changes = others;
        let own: Vec<(usize, Change)> = own;
        own.into_iter().map(|it| it.1).collect()
    }

    /// Takes all changes since the last call, each with the number of its story.
    pub(crate) fn take_changes(&mut self) -> Vec<(usize, Change)> {
        let height = self.page_height();
        let (has_page, current) = (self.panes.has_page(), self.current);
        let reading = self.current_story_mut();
        let at = reading.viewport.reading_position(&reading.page, height);
        let mut changes = Vec::new();
        if has_page && reading.saved_position != Some(at) {
            if reading.saved_position.is_none() {
                changes.push((current, Change::Opened));
            }
            reading.saved_position = Some(at);
            changes.push((current, Change::PositionChanged(at)));
        }
        changes.append(&mut self.changes);
        changes
    }
}
