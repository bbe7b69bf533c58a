//! The storage of a reading session: saved data in the database, stories of the history from their files.

use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::Duration;

use pullquote::story::Story;

use crate::cli::InputFormat;
use crate::input;
use crate::shelf::{self, ShelfWorker, Unsaved};
use crate::storage::{Change, EventSink, HistoryEntry, Storage, StorageEvent};
use crate::subcommand::exit::catch_panic;
use crate::subcommand::load_input::load_story;

/// Saves to the database on a worker thread, and loads stories of the history on others.
pub(crate) struct SessionStorage {
    worker: ShelfWorker,
    sink: OnceLock<EventSink>,
}

impl SessionStorage {
    /// Starts opening the database.
    pub(crate) fn new() -> Self {
        Self { worker: ShelfWorker::spawn(shelf::default_folder()), sink: OnceLock::new() }
    }

    /// Writes what is pending and closes the database. Returns what could not be saved.
    ///
    /// `time_limit` is how long to wait for another process that writes.
    pub(crate) fn finish(self, time_limit: Duration) -> Option<Unsaved> {
        self.worker.finish(time_limit)
    }
}

impl Storage for SessionStorage {
    fn set_sink(&self, sink: EventSink) {
        self.worker.set_sink(sink.clone());
        // A session sets its sink once.
        let _ = self.sink.set(sink);
    }

    fn load(&self, number: usize, story: Arc<Story>) {
        self.worker.load(number, story);
    }

    fn save(&self, story: usize, change: Change) {
        self.worker.save(story, change);
    }

    fn load_history(&self) {
        self.worker.load_history();
    }

    fn forget(&self, entry: HistoryEntry) {
        self.worker.forget(entry.key);
    }

    fn fetch(&self, entry: HistoryEntry) {
        let Some(sink) = self.sink.get().cloned() else { return };
        thread::spawn(move || sink(StorageEvent::StoryFetched(load_from_history(&entry).map(Box::new))));
    }
}

/// Loads a story that was opened before.
///
/// # Errors
/// A message for the user, if it came from a pipe or its file cannot be loaded.
fn load_from_history(entry: &HistoryEntry) -> Result<Story, String> {
    let Some(input) = input::reopen(entry.file.as_deref(), entry.source.as_deref()) else {
        return Err("This text came from a pipe, there is no file to open".into());
    };
    let story = catch_panic(|| load_story(input.source, InputFormat::Auto));
    story.map_err(|it| format!("{}: {}", it.message, input.location))
}
