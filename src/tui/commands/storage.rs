//! What outlives a reading: what is kept of a story comes in, what changes goes out to whoever keeps it.

use crate::storage::{Change, StorageEvent};
use crate::tui::app::App;
use crate::tui::input::action::Action;

impl App {
    /// The keeper has something to tell.
    pub(crate) fn handle_storage_event(&mut self, news: StorageEvent) {
        match news {
            StorageEvent::FirstRun => self.start_tour_on_first_run(),
            StorageEvent::Loaded(number, kept) => {
                if let Some(reading) = self.stories.get_mut(number) {
                    reading.restore(kept);
                }
                self.show_greeting();
                self.sync_panes();
            }
            StorageEvent::History(past) => self.open_history(past),
            StorageEvent::StoryFetched(Err(why)) => self.notify(&why),
            // The loop takes it in, since the engine has to read it too.
            StorageEvent::StoryFetched(Ok(_)) => {}
            StorageEvent::Failed(words) => self.notify(&words),
        }
    }

    /// Says where the reader stands, if that is where another day has ended.
    pub(crate) fn show_greeting(&mut self) {
        if let Some(greeting) = self.current_story_mut().greeting.take() {
            let start = self.help.key(Action::ToStart);
            self.notify(&format!("{greeting} ({start} = top)"));
        }
    }

    /// All that is to be kept since this was asked last, by the story's number.
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
