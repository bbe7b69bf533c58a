//! Storage events: loads what was saved of a story, and collects changes to save.

use crate::storage::{Change, StorageEvent};
use crate::tui::app::App;
use crate::tui::input::action::Action;

impl App {
    /// Handles an event of the storage.
    pub(crate) fn handle_storage_event(&mut self, event: StorageEvent) {
        match event {
            StorageEvent::FirstRun => self.start_tour_on_first_run(),
            StorageEvent::Loaded(number, saved) => {
                if let Some(reading) = self.stories.get_mut(number) {
                    reading.restore(saved);
                }
                self.show_greeting();
                self.sync_panes();
            }
            StorageEvent::History(past) => self.open_history(past),
            StorageEvent::StoryFetched(Err(why)) => self.notify(&why),
            // The event loop adds the story, because the engine must analyse it too.
            StorageEvent::StoryFetched(Ok(_)) => {}
            StorageEvent::Failed(message) => self.notify(&message),
        }
    }

    /// Tells that the story is resumed at the position of an earlier visit.
    pub(crate) fn show_greeting(&mut self) {
        if let Some(greeting) = self.current_story_mut().greeting.take() {
            let start = self.help.key(Action::ToStart);
            self.notify(&format!("{greeting} ({start} = top)"));
        }
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
