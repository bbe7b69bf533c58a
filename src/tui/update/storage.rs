//! Storage events: what was saved of a story, and the reading history.

use crate::storage::StorageEvent;
use crate::tui::app::App;
use crate::tui::input::action::Action;
use crate::tui::input::keymap::Mode;

impl App {
    /// Handles an event of the storage.
    pub(crate) fn handle_storage_event(&mut self, event: StorageEvent) {
        match event {
            StorageEvent::FirstRun => self.start_tour_on_first_run(),
            StorageEvent::Loaded(number, saved) => {
                if let Some(reading) = self.stories.get_mut(number) {
                    reading.restore(saved);
                }
                if number == self.current {
                    self.show_greeting();
                    self.sync_panes();
                    if self.annotations_requested {
                        self.open_annotations();
                    }
                }
            }
            StorageEvent::History(past) => self.open_history(past),
            StorageEvent::StoryPreviewLoaded(key, story_preview) => {
                self.set_story_preview(key, story_preview);
            }
            StorageEvent::StoryFetched(Err(why)) => {
                let key = self.help.key(Action::Delete).to_string();
                // The row of the story is still selected.
                let is_in_list = self.panel().is_some_and(|it| it.mode() == Mode::List);
                let offer =
                    if is_in_list { format!("; {key} deletes it from the history") } else { String::new() };
                self.notify(&format!("{why}{offer}"));
            }
            // The event loop adds the story, because the engine must analyse it too.
            StorageEvent::StoryFetched(Ok(_)) => {}
            StorageEvent::Saved(message) | StorageEvent::Failed(message) => self.notify(&message),
        }
    }
}
