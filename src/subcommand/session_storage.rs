//! The storage of a reading session: saved data in the database, stories of the history from their files.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use pullquote::story::Story;

use crate::cli::InputFormat;
use crate::input;
use crate::parallel::spawn_story_thread;
use crate::shelf::{self, KeptPart, ShelfWorker, StoryMarker, Unsaved};
use crate::storage::{Change, EventSink, HistoryEntry, Storage, StorageEvent};
use crate::subcommand::exit::catch_panic;
use crate::subcommand::load_input::load_story;
use crate::subcommand::open_shelf::open_existing_shelf;

/// Saves to the database on a worker thread, and loads stories of the history on others.
pub(crate) struct SessionStorage {
    worker: ShelfWorker,
    sink: OnceLock<EventSink>,
    /// Whether texts that came from no file are kept, and the openings of the others.
    keeps_text: bool,
    /// Names the story of the history that is being loaded.
    marker: StoryMarker,
}

impl SessionStorage {
    /// Starts opening the database. `keeps_text` is whether texts that came from no file and the openings of the
    /// others are kept in it.
    pub(crate) fn new(keeps_text: bool, marker: StoryMarker) -> Self {
        Self {
            worker: ShelfWorker::spawn(shelf::default_folder()),
            sink: OnceLock::new(),
            keeps_text,
            marker,
        }
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
        let may_keep = match input::is_sample(story.source.as_deref()) {
            _ if !self.keeps_text => KeptPart::Nothing,
            true => KeptPart::Opening,
            false => KeptPart::Whole,
        };
        self.worker.load(number, story, may_keep);
    }

    fn save(&self, story: usize, change: Change) {
        self.worker.save(story, change);
    }

    fn load_history(&self) {
        self.worker.load_history();
    }

    fn load_story_preview(&self, key: String) {
        self.worker.load_story_preview(key);
    }

    fn forget(&self, entry: HistoryEntry) {
        self.worker.forget(entry.key);
    }

    fn fetch(&self, entry: HistoryEntry) {
        let Some(sink) = self.sink.get().cloned() else { return };
        let (marker, failed) = (self.marker.clone(), sink.clone());
        let fetch = move || {
            let story = marker.mark_loading(entry.file.as_deref(), || load_from_history(&entry));
            sink(StorageEvent::StoryFetched(story.map(Box::new)));
        };
        if spawn_story_thread("history", fetch).is_err() {
            let message = "Internal error: no thread to load this story".to_string();
            failed(StorageEvent::StoryFetched(Err(message)));
        }
    }
}

/// Loads a story that was opened before. A text that is kept is opened without a request to the site that it came from.
///
/// # Errors
/// A message for the user, if it came from a pipe or its file cannot be loaded.
fn load_from_history(entry: &HistoryEntry) -> Result<Story, String> {
    if let Some(story) = entry.has_text.then(|| kept_story(&entry.key)).flatten() {
        return Ok(story);
    }
    let Some(input) = input::reopen(entry.file.as_deref(), entry.source.as_deref()) else {
        return Err("This text came from a pipe, there is no file to open".into());
    };
    let story = catch_panic(|| load_story(input.source, InputFormat::Auto));
    story.map_err(|it| format!("{}: {}", it.message, input.location))
}

/// The story whose text is kept under a key; `None` if none is.
fn kept_story(key: &str) -> Option<Story> {
    open_existing_shelf().ok()??.kept_story(key).ok()?
}
