//! The thread that owns the database, so that reading never waits for the disk.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use pullquote::span::Span;
use pullquote::story::Story;
use rusqlite::Result;

use crate::shelf::database::{NOT_SAVING, is_damage};
use crate::shelf::queries::{OpenRecord, Shelf};
use crate::storage::{Change, EventSink, ReadingPosition, StorageEvent};

/// How long positions and note texts, which change with every key, may wait before they are written.
const WRITE_DELAY: Duration = Duration::from_millis(400);

/// A handle to the worker thread. Dropping it writes what is pending and waits for the thread.
pub(crate) struct ShelfWorker {
    requests: Option<Sender<Request>>,
    thread: Option<JoinHandle<()>>,
}

/// A request to the worker thread; stories go by the numbers that `Load` gives them.
enum Request {
    SetSink(EventSink),
    Load(usize, Arc<Story>),
    Save(usize, Change),
    LoadHistory,
}

impl ShelfWorker {
    /// Starts the thread, which opens the database of a folder, or reports why there is no folder.
    pub(crate) fn spawn(folder: Result<PathBuf, String>) -> Self {
        let (sender, requests) = mpsc::channel();
        let work = move || {
            let opened = folder
                .map_err(|why| format!("{NOT_SAVING}: {why}"))
                .and_then(|it| Shelf::open(&it).map_err(|error| error.notice()));
            let (shelf, pending_notice) = match opened {
                Ok((shelf, damage_notice)) => (Some(shelf), damage_notice),
                Err(notice) => (None, Some(notice)),
            };
            WorkerState { shelf, pending_notice, ..WorkerState::default() }.run(&requests);
        };
        let thread = thread::Builder::new().name("shelf".into()).spawn(work).ok();
        Self { requests: Some(sender), thread }
    }

    /// Sets where events go; they are sent from the worker thread.
    pub(crate) fn set_sink(&self, sink: EventSink) {
        self.send(Request::SetSink(sink));
    }

    /// Requests what is saved of a story and gives the story its number.
    pub(crate) fn load(&self, number: usize, story: Arc<Story>) {
        self.send(Request::Load(number, story));
    }

    /// Saves a change, within [`WRITE_DELAY`].
    pub(crate) fn save(&self, story: usize, change: Change) {
        self.send(Request::Save(story, change));
    }

    /// Requests the reading history.
    pub(crate) fn load_history(&self) {
        self.send(Request::LoadHistory);
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
#[derive(Default)]
struct WorkerState {
    shelf: Option<Shelf>,
    sink: Option<EventSink>,
    /// A message that waits for a sink.
    pending_notice: Option<String>,
    open_stories: HashMap<usize, OpenRecord>,
    /// Positions to be written, by story.
    pending_positions: BTreeMap<usize, ReadingPosition>,
    /// Notes to be written, by story and the id that the user interface gave them.
    pending_notes: BTreeMap<(usize, i64), (Span, String)>,
    /// When to write what is pending; `None` if nothing is.
    write_due: Option<Instant>,
    /// Notes that are saved, by the same ids: the id in the database, and the saved text.
    saved_notes: HashMap<(usize, i64), (i64, String)>,
}

impl WorkerState {
    /// Handles requests until the handle is dropped.
    fn run(mut self, requests: &Receiver<Request>) {
        loop {
            let request = match self.write_due {
                Some(due) => requests.recv_timeout(due.saturating_duration_since(Instant::now())),
                None => requests.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            let is_over = matches!(request, Err(RecvTimeoutError::Disconnected));
            if let Ok(request) = request {
                self.handle(request);
            }
            if is_over || self.write_due.is_some_and(|it| it <= Instant::now()) {
                self.flush();
            }
            if is_over {
                return;
            }
        }
    }

    fn handle(&mut self, request: Request) {
        match request {
            Request::SetSink(sink) => {
                self.sink = Some(sink);
                if self.with_shelf(|shelf, _| shelf.is_empty()) == Some(true) {
                    self.emit(StorageEvent::FirstRun);
                }
                if let Some(notice) = self.pending_notice.take() {
                    self.report_failure(notice);
                }
            }
            Request::Load(number, story) => self.load(number, story),
            Request::Save(story, change) => self.save(story, change),
            Request::LoadHistory => {
                let history = self.with_shelf(|shelf, _| shelf.history()).unwrap_or_default();
                self.emit(StorageEvent::History(history));
            }
        }
    }

    fn load(&mut self, number: usize, story: Arc<Story>) {
        let record = OpenRecord::new(story);
        let saved = self.with_shelf(|shelf, _| shelf.load(&record));
        self.open_stories.insert(number, record);
        let Some(saved) = saved else { return };
        let notes = saved.notes.iter().map(|it| ((number, it.id), (it.id, it.text.clone())));
        self.saved_notes.extend(notes);
        self.emit(StorageEvent::Loaded(number, saved));
    }

    fn save(&mut self, story: usize, change: Change) {
        match change {
            Change::PositionChanged(position) => {
                self.pending_positions.insert(story, position);
            }
            Change::NoteSaved(id, span, text) => {
                self.pending_notes.insert((story, id), (span, text));
            }
            Change::Opened => self.with_story(story, Shelf::record_visit),
            Change::BookmarkSet(letter, offset) => {
                self.with_story(story, |shelf, record| shelf.save_bookmark(record, letter, offset));
            }
            Change::NoteDeleted(id) => {
                self.pending_notes.remove(&(story, id));
                if let Some((saved_id, saved_text)) = self.saved_notes.remove(&(story, id)) {
                    self.with_shelf(|shelf, _| shelf.delete_note(saved_id, &saved_text));
                }
            }
            Change::Corrected { removed, added } => {
                self.with_story(story, |shelf, record| {
                    shelf.save_corrections(record, &removed, added.as_ref())
                });
            }
        }
        if !(self.pending_positions.is_empty() && self.pending_notes.is_empty()) {
            self.write_due.get_or_insert_with(|| Instant::now() + WRITE_DELAY);
        }
    }

    /// Writes all pending changes.
    fn flush(&mut self) {
        self.write_due = None;
        for (story, position) in std::mem::take(&mut self.pending_positions) {
            self.with_story(story, |shelf, record| shelf.save_position(record, position));
        }
        for ((story, id), (span, text)) in std::mem::take(&mut self.pending_notes) {
            let known = self.saved_notes.get(&(story, id)).cloned();
            let known = known.as_ref().map(|(saved_id, saved_text)| (*saved_id, saved_text.as_str()));
            let saved_id = self.with_shelf(|shelf, stories| match stories.get(&story) {
                Some(record) => shelf.save_note(record, known, span, &text).map(Some),
                None => Ok(None),
            });
            if let Some(saved_id) = saved_id.flatten() {
                self.saved_notes.insert((story, id), (saved_id, text));
            }
        }
    }

    /// Runs `work` on the database with an open story.
    fn with_story(&mut self, story: usize, work: impl Fn(&Shelf, &OpenRecord) -> Result<()>) {
        self.with_shelf(|shelf, stories| stories.get(&story).map_or(Ok(()), |record| work(shelf, record)));
    }

    /// Runs `work` on the database; after damage, once more on a new database.
    ///
    /// Returns `None` without a database, and on failure, which is reported.
    fn with_shelf<T>(
        &mut self,
        work: impl Fn(&Shelf, &HashMap<usize, OpenRecord>) -> Result<T>,
    ) -> Option<T> {
        let error = match work(self.shelf.as_ref()?, &self.open_stories) {
            Ok(result) => return Some(result),
            Err(error) => error,
        };
        if !is_damage(&error) {
            self.report_failure(format!("Could not save: {error}"));
            return None;
        }
        match self.shelf.take()?.reopen() {
            Ok((shelf, damage_notice)) => {
                if let Some(notice) = damage_notice {
                    self.report_failure(notice);
                }
                let result = work(&shelf, &self.open_stories);
                self.shelf = Some(shelf);
                result.map_err(|it| self.report_failure(format!("Could not save: {it}"))).ok()
            }
            Err(error) => {
                self.report_failure(error.notice());
                None
            }
        }
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
