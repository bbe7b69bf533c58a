//! The thread that owns the database, so that reading never waits for the disk.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use pullquote::story::Story;
use rusqlite::{Error, ErrorCode, Result};

use crate::shelf::database::{OpenError, OpenErrorCause, is_damage};
use crate::shelf::pending::{PendingChanges, WriteFailure, is_made_by_user};
use crate::shelf::queries::Shelf;
use crate::shelf::record::{KeptPart, OpenRecord};
use crate::shelf::unsaved::Unsaved;
use crate::storage::{Change, EventSink, StorageEvent};

/// How long positions and note texts, which change with every key, may wait before they are written.
const WRITE_DELAY: Duration = Duration::from_millis(400);

/// How long to wait before changes that could not be written are tried again.
const RETRY_DELAY: Duration = Duration::from_secs(1);

/// How long one attempt to write may wait for another process.
const BUSY_TIMEOUT: Duration = Duration::from_secs(1);

/// How long the last attempt to write may wait, if the handle is dropped without [`ShelfWorker::finish`].
const DROP_TIMEOUT: Duration = Duration::from_secs(5);

/// How messages begin after which nothing is saved.
const NOT_SAVING: &str = "Notes and positions are not being saved";

/// How messages begin about changes that are tried again.
const NOT_SAVED_YET: &str = "Not saved yet";

/// A handle to the worker thread. Dropping it writes what is pending and waits for the thread.
pub(crate) struct ShelfWorker {
    requests: Option<Sender<Request>>,
    thread: Option<JoinHandle<Option<Unsaved>>>,
}

/// A request to the worker thread; stories go by the numbers that `Load` gives them.
enum Request {
    SetSink(EventSink),
    /// With how much of the text may be kept.
    Load(usize, Arc<Story>, KeptPart),
    Save(usize, Change),
    LoadHistory,
    /// Load the preview of the story with this key.
    LoadStoryPreview(String),
    /// Delete what is saved under this key.
    Forget(String),
    /// Write what is pending, waiting at most this long for another process, and end.
    Finish(Duration),
}

impl ShelfWorker {
    /// Starts the thread, which opens the database of a folder, or reports why there is no folder.
    pub(crate) fn spawn(folder: Result<PathBuf, String>) -> Self {
        let (sender, requests) = mpsc::channel();
        let work = move || {
            let mut state = WorkerState::new(folder);
            state.pending_notice = match state.open() {
                Ok(damage_notice) => damage_notice,
                Err(cause) if state.is_newer => Some(cause),
                Err(cause) => Some(format!("{NOT_SAVING}: {cause}")),
            };
            state.run(&requests)
        };
        let thread = thread::Builder::new().name("shelf".into()).spawn(work).ok();
        Self { requests: Some(sender), thread }
    }

    /// Sets where events go; they are sent from the worker thread.
    pub(crate) fn set_sink(&self, sink: EventSink) {
        self.send(Request::SetSink(sink));
    }

    /// Requests what is saved of a story and gives the story its number. `may_keep` is how much of its text may be kept.
    pub(crate) fn load(&self, number: usize, story: Arc<Story>, may_keep: KeptPart) {
        self.send(Request::Load(number, story, may_keep));
    }

    /// Saves a change, within [`WRITE_DELAY`]; one that fails is tried again until the end.
    pub(crate) fn save(&self, story: usize, change: Change) {
        self.send(Request::Save(story, change));
    }

    /// Requests the reading history.
    pub(crate) fn load_history(&self) {
        self.send(Request::LoadHistory);
    }

    /// Requests the preview of the story with a key.
    pub(crate) fn load_story_preview(&self, key: String) {
        self.send(Request::LoadStoryPreview(key));
    }

    /// Deletes everything that is saved of a story, by its key.
    pub(crate) fn forget(&self, key: String) {
        self.send(Request::Forget(key));
    }

    /// Writes what is pending and ends the thread. Returns what could not be saved.
    ///
    /// `time_limit` is how long to wait for another process that writes.
    pub(crate) fn finish(mut self, time_limit: Duration) -> Option<Unsaved> {
        self.send(Request::Finish(time_limit));
        self.requests = None;
        self.thread.take()?.join().ok()?
    }

    fn send(&self, request: Request) {
        if let Some(requests) = &self.requests {
            // A thread that has ended has reported why.
            let _ = requests.send(request);
        }
    }
}

impl Drop for ShelfWorker {
    fn drop(&mut self) {
        self.requests = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// The state of the worker thread.
struct WorkerState {
    /// The folder of the database, or why it is unknown.
    folder: Result<PathBuf, String>,
    shelf: Option<Shelf>,
    /// Whether the database comes from a newer program and must stay as it is.
    is_newer: bool,
    sink: Option<EventSink>,
    /// A message that waits for a sink.
    pending_notice: Option<String>,
    open_stories: HashMap<usize, OpenRecord>,
    pending: PendingChanges,
    /// When to write what is pending; `None` if nothing is.
    write_due: Option<Instant>,
    /// The last message about changes that could not be written, until all are written.
    failure: Option<String>,
    /// Whether the user has made a change since that message.
    has_new_changes: bool,
    /// Notes that are saved, by story and the id of the user interface: the id in the database, and the saved text.
    saved_notes: HashMap<(usize, i64), (i64, String)>,
}

impl WorkerState {
    fn new(folder: Result<PathBuf, String>) -> Self {
        Self {
            folder,
            shelf: None,
            is_newer: false,
            sink: None,
            pending_notice: None,
            open_stories: HashMap::new(),
            pending: PendingChanges::default(),
            write_due: None,
            failure: None,
            has_new_changes: false,
            saved_notes: HashMap::new(),
        }
    }

    /// Opens the database. Returns a message for the user if a damaged one was replaced.
    ///
    /// # Errors
    /// Why it cannot be written; it may be open for reading.
    fn open(&mut self) -> Result<Option<String>, String> {
        match Shelf::open(self.folder.as_ref().map_err(String::clone)?) {
            Ok((shelf, damage_notice)) => {
                // On failure an attempt takes longer.
                let _ = shelf.db.busy_timeout(BUSY_TIMEOUT);
                // On failure such a story is opened without a question.
                let _ = shelf.record_interruptions();
                let read_only = shelf.read_only.as_ref().map(OpenError::describe);
                self.shelf = Some(shelf);
                read_only.map_or(Ok(damage_notice), Err)
            }
            Err(error) => {
                self.is_newer = matches!(error.cause, OpenErrorCause::Newer(_));
                Err(error.describe())
            }
        }
    }

    /// Handles requests until one ends the thread or the handle is dropped. Returns what could not be saved.
    fn run(mut self, requests: &Receiver<Request>) -> Option<Unsaved> {
        loop {
            let request = match self.write_due {
                Some(due) => requests.recv_timeout(due.saturating_duration_since(Instant::now())),
                None => requests.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            match request {
                Ok(Request::Finish(time_limit)) => return self.finish(time_limit),
                Err(RecvTimeoutError::Disconnected) => return self.finish(DROP_TIMEOUT),
                Ok(request) => self.handle(request),
                Err(RecvTimeoutError::Timeout) => {}
            }
            if self.write_due.is_some_and(|it| it <= Instant::now()) {
                self.flush();
            }
        }
    }

    fn handle(&mut self, request: Request) {
        match request {
            Request::SetSink(sink) => {
                self.sink = Some(sink);
                if self.read(|shelf, _| shelf.is_empty()) == Some(true) {
                    self.emit(StorageEvent::FirstRun);
                }
                if let Some(notice) = self.pending_notice.take() {
                    self.report_failure(notice);
                }
            }
            Request::Load(number, story, may_keep) => {
                self.load(number, OpenRecord::new(story, may_keep));
            }
            Request::Save(story, change) => self.save(story, change),
            Request::LoadHistory => {
                let history = self.read(|shelf, _| shelf.history()).unwrap_or_default();
                self.emit(StorageEvent::History(history));
            }
            Request::LoadStoryPreview(key) => {
                let story_preview = self.read(|shelf, _| shelf.story_preview(&key)).unwrap_or_default();
                self.emit(StorageEvent::StoryPreviewLoaded(key, story_preview));
            }
            Request::Forget(key) => {
                self.read(|shelf, _| shelf.forget([key.as_str()]));
            }
            // `run` ends before it hands on this request.
            Request::Finish(_) => {}
        }
    }

    fn load(&mut self, number: usize, record: OpenRecord) {
        // What was changed in the text that had this number belongs to that text.
        if self.open_stories.contains_key(&number) && self.write_due.is_some() {
            self.flush();
        }
        let saved = self.read(|shelf, _| shelf.load(&record));
        self.open_stories.insert(number, record);
        let Some(saved) = saved else { return };
        let notes = saved.notes.iter().map(|it| ((number, it.id), (it.id, it.text.clone())));
        self.saved_notes.extend(notes);
        self.emit(StorageEvent::Loaded(number, saved));
    }

    fn save(&mut self, story: usize, change: Change) {
        let delay = match change {
            Change::PositionChanged(_) | Change::NoteSaved(..) => WRITE_DELAY,
            _ => Duration::ZERO,
        };
        self.has_new_changes |= is_made_by_user(&change) || matches!(change, Change::Confirm(_));
        self.pending.push(story, change);
        let due = Instant::now() + delay;
        self.write_due = Some(self.write_due.map_or(due, |it| it.min(due)));
    }

    /// Writes all pending changes. What fails is tried again after [`RETRY_DELAY`].
    fn flush(&mut self) {
        self.write_due = None;
        let mut pending = std::mem::take(&mut self.pending);
        let failure = pending.write_each(|story, change| self.write(story, change));
        self.pending = pending;
        let Some(message) = failure else {
            if self.failure.take().is_some() {
                self.emit(StorageEvent::Saved("Everything is saved now".into()));
            }
            return;
        };
        if !self.is_newer {
            self.write_due = Some(Instant::now() + RETRY_DELAY);
        }
        if std::mem::take(&mut self.has_new_changes) || self.failure.is_none() {
            self.report_failure(format!("{NOT_SAVED_YET}: {message}"));
        }
        self.failure = Some(message);
    }

    /// Tries for the last time to write what is pending. Returns what could not be saved.
    fn finish(mut self, time_limit: Duration) -> Option<Unsaved> {
        if let Some(shelf) = &self.shelf {
            // On failure the attempt is shorter.
            let _ = shelf.db.busy_timeout(time_limit);
            // The session ends in order: these stories can be opened. On failure the next session asks again.
            let _ = self.open_stories.values().try_for_each(|it| shelf.clear_interruption(it));
        }
        if self.pending.is_empty() {
            return None;
        }
        self.flush();
        let reason = self.failure.take()?;
        Unsaved::new(&self.pending, &self.open_stories, reason, self.folder.ok().as_deref())
    }

    /// Writes one change; opens the database first if that failed before.
    fn write(&mut self, story: usize, change: &Change) -> Result<(), WriteFailure> {
        if let Some(old) = self.shelf.take_if(|it| it.is_replaced()) {
            old.abandon();
            self.saved_notes.clear();
            self.report_failure("Saved data was moved or deleted; saving to a new file".into());
        }
        if self.shelf.as_ref().is_none_or(|it| it.read_only.is_some()) {
            let damage_notice = self.open().map_err(|message| WriteFailure { message, stops_all: true })?;
            if let Some(notice) = damage_notice {
                self.report_failure(notice);
            }
        }
        match change {
            Change::Confirm(message) => {
                // This message says that everything is saved.
                self.failure = None;
                self.emit(StorageEvent::Saved(message.clone()));
                Ok(())
            }
            Change::NoteSaved(id, span, text) => {
                let known = self.saved_notes.get(&(story, *id)).cloned();
                let known = known.as_ref().map(|(saved_id, saved_text)| (*saved_id, saved_text.as_str()));
                let saved_id =
                    self.with_story(story, |shelf, record| shelf.save_note(record, known, *span, text))?;
                if let Some(saved_id) = saved_id {
                    self.saved_notes.insert((story, *id), (saved_id, text.clone()));
                }
                Ok(())
            }
            Change::NoteDeleted(id) => {
                if let Some((saved_id, saved_text)) = self.saved_notes.get(&(story, *id)).cloned() {
                    self.with_story(story, |shelf, _| shelf.delete_note(saved_id, &saved_text))?;
                    self.saved_notes.remove(&(story, *id));
                }
                Ok(())
            }
            change => self
                .with_story(story, |shelf, record| match change {
                    Change::PositionChanged(position) => shelf.save_position(record, *position),
                    Change::BookmarkSet(letter, offset) => shelf.save_bookmark(record, *letter, *offset),
                    Change::Corrected { removed, added } => {
                        shelf.save_corrections(record, removed, added.as_ref())
                    }
                    _ => shelf.record_visit(record),
                })
                .map(drop),
        }
    }

    /// Runs `work` on the database with an open story; `None` if the story was never loaded.
    fn with_story<T>(
        &mut self,
        story: usize,
        work: impl Fn(&Shelf, &OpenRecord) -> Result<T>,
    ) -> Result<Option<T>, WriteFailure> {
        self.with_shelf(|shelf, stories| stories.get(&story).map(|record| work(shelf, record)).transpose())
    }

    /// Reads from the database. Returns `None` without a database, and on failure, which is reported.
    fn read<T>(&mut self, work: impl Fn(&Shelf, &HashMap<usize, OpenRecord>) -> Result<T>) -> Option<T> {
        self.shelf.as_ref()?;
        match self.with_shelf(work) {
            Ok(result) => Some(result),
            Err(failure) => {
                self.report_failure(format!("Saved data cannot be read: {}", failure.message));
                None
            }
        }
    }

    /// Runs `work` on the database; after damage, once more on a new database.
    fn with_shelf<T>(
        &mut self,
        work: impl Fn(&Shelf, &HashMap<usize, OpenRecord>) -> Result<T>,
    ) -> Result<T, WriteFailure> {
        let closed = || WriteFailure { message: "Saved data is not open".into(), stops_all: true };
        let error = match work(self.shelf.as_ref().ok_or_else(closed)?, &self.open_stories) {
            Ok(result) => return Ok(result),
            Err(error) => error,
        };
        if !is_damage(&error) {
            return Err(write_failure(&error));
        }
        let reopened = self.shelf.take().ok_or_else(closed)?.reopen();
        let (shelf, damage_notice) =
            reopened.map_err(|it| WriteFailure { message: it.describe(), stops_all: true })?;
        if let Some(notice) = damage_notice {
            self.report_failure(notice);
        }
        let result = work(&shelf, &self.open_stories);
        self.shelf = Some(shelf);
        result.map_err(|it| write_failure(&it))
    }

    /// Sends a message for the user, or keeps it until there is a sink.
    fn report_failure(&mut self, message: String) {
        match &self.sink {
            Some(sink) => sink(StorageEvent::Failed(message)),
            None => self.pending_notice = Some(message),
        }
    }

    fn emit(&self, event: StorageEvent) {
        if let Some(sink) = &self.sink {
            sink(event);
        }
    }
}

fn write_failure(error: &Error) -> WriteFailure {
    let code = error.sqlite_error_code();
    let concerns_one_row = matches!(code, None | Some(ErrorCode::ConstraintViolation | ErrorCode::TooBig));
    WriteFailure { message: error.to_string(), stops_all: !concerns_one_row }
}

#[cfg(test)]
mod tests;
