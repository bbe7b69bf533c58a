//! The thread that keeps the shelf, so that nobody who reads ever waits for a disk.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use pullquote::span::Span;
use pullquote::story::Story;
use rusqlite::Result;

use crate::shelf::database::is_damage;
use crate::shelf::queries::{OpenRecord, Shelf};
use crate::storage::{Change, EventSink, ReadingPosition, StorageEvent};

/// How long what changes with every key may wait before it is written.
const WRITE_DELAY: Duration = Duration::from_millis(400);

/// Keeps what a reader leaves in stories. Dropped, it writes what is not written yet.
pub(crate) struct ShelfWorker {
    requests: Option<Sender<Request>>,
    thread: Option<JoinHandle<()>>,
}

/// What the clerk is asked to do.
enum Request {
    SetSink(EventSink),
    Load(usize, Arc<Story>),
    Save(usize, Change),
    LoadHistory,
}

impl ShelfWorker {
    /// A clerk who at once begins to open the shelf in a folder, or knows why there is none.
    pub(crate) fn spawn(folder: Result<impl AsRef<Path> + Send + 'static, String>) -> Self {
        let (send, orders) = mpsc::channel();
        let work = move || {
            let (shelf, trouble) = match folder.and_then(|it| Shelf::open(it.as_ref())) {
                Ok((shelf, set_aside)) => (Some(shelf), set_aside),
                Err(why) => (None, Some(format!("nothing is kept: {why}"))),
            };
            let desk = WorkerState { shelf, pending_notice: trouble, ..WorkerState::default() };
            desk.run(&orders);
        };
        let thread = thread::Builder::new().name("shelf".into()).spawn(work).ok();
        Self { requests: Some(send), thread }
    }

    /// From now on all news goes there, from the clerk's own thread.
    pub(crate) fn set_sink(&self, tell: EventSink) {
        self.send(Request::SetSink(tell));
    }

    /// Asks what is kept of a story, which from now on goes by this number.
    pub(crate) fn load(&self, number: usize, story: Arc<Story>) {
        self.send(Request::Load(number, story));
    }

    /// Keeps a change, soon.
    pub(crate) fn save(&self, story: usize, change: Change) {
        self.send(Request::Save(story, change));
    }

    /// Asks for the stories that were read.
    pub(crate) fn load_history(&self) {
        self.send(Request::LoadHistory);
    }

    /// A clerk who is gone has said why.
    fn send(&self, order: Request) {
        if let Some(orders) = &self.requests {
            let _ = orders.send(order);
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

/// What lies before the clerk.
#[derive(Default)]
struct WorkerState {
    shelf: Option<Shelf>,
    sink: Option<EventSink>,
    /// What is to be told once somebody listens.
    pending_notice: Option<String>,
    open_stories: HashMap<usize, OpenRecord>,
    /// What waits to be written: where the reader stands in a story, and what notes say.
    pending_positions: BTreeMap<usize, ReadingPosition>,
    pending_notes: BTreeMap<(usize, i64), (Span, String)>,
    write_due: Option<Instant>,
    /// The notes that are kept, by story and the reader's number: the shelf's own number, and what they say there.
    saved_notes: HashMap<(usize, i64), (i64, String)>,
}

impl WorkerState {
    fn run(mut self, orders: &Receiver<Request>) {
        loop {
            let order = match self.write_due {
                Some(due) => orders.recv_timeout(due.saturating_duration_since(Instant::now())),
                None => orders.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            let over = matches!(order, Err(RecvTimeoutError::Disconnected));
            if let Ok(order) = order {
                self.handle(order);
            }
            if over || self.write_due.is_some_and(|it| it <= Instant::now()) {
                self.flush();
            }
            if over {
                return;
            }
        }
    }

    fn handle(&mut self, order: Request) {
        match order {
            Request::SetSink(tell) => {
                self.sink = Some(tell);
                if self.with_shelf(|shelf, _| shelf.is_empty()) == Some(true) {
                    self.emit(StorageEvent::FirstRun);
                }
                if let Some(trouble) = self.pending_notice.take() {
                    self.report_failure(trouble);
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
        let held = OpenRecord::new(story);
        let kept = self.with_shelf(|shelf, _| shelf.load(&held));
        self.open_stories.insert(number, held);
        let Some(kept) = kept else { return };
        let known = kept.notes.iter().map(|it| ((number, it.id), (it.id, it.text.clone())));
        self.saved_notes.extend(known);
        self.emit(StorageEvent::Loaded(number, kept));
    }

    fn save(&mut self, story: usize, change: Change) {
        match change {
            Change::PositionChanged(at) => {
                self.pending_positions.insert(story, at);
            }
            Change::NoteSaved(number, span, words) => {
                self.pending_notes.insert((story, number), (span, words));
            }
            Change::Opened => self.with_story(story, Shelf::record_visit),
            Change::BookmarkSet(letter, place) => {
                self.with_story(story, |shelf, held| shelf.save_bookmark(held, letter, place));
            }
            Change::NoteDeleted(number) => {
                self.pending_notes.remove(&(story, number));
                if let Some((number, before)) = self.saved_notes.remove(&(story, number)) {
                    self.with_shelf(|shelf, _| shelf.delete_note(number, &before));
                }
            }
            Change::Corrected { removed: dropped, added: made } => {
                self.with_story(story, |shelf, held| shelf.save_corrections(held, &dropped, made.as_ref()));
            }
        }
        if !(self.pending_positions.is_empty() && self.pending_notes.is_empty()) {
            self.write_due.get_or_insert_with(|| Instant::now() + WRITE_DELAY);
        }
    }

    /// Writes all that waits.
    fn flush(&mut self) {
        self.write_due = None;
        for (story, at) in std::mem::take(&mut self.pending_positions) {
            self.with_story(story, |shelf, held| shelf.save_position(held, at));
        }
        for ((story, number), (span, words)) in std::mem::take(&mut self.pending_notes) {
            let known = self.saved_notes.get(&(story, number)).cloned();
            let known = known.as_ref().map(|it| (it.0, it.1.as_str()));
            let kept = self.with_shelf(|shelf, all| match all.get(&story) {
                Some(held) => shelf.save_note(held, known, span, &words).map(Some),
                None => Ok(None),
            });
            if let Some(kept) = kept.flatten() {
                self.saved_notes.insert((story, number), (kept, words));
            }
        }
    }

    /// Does something with a story that was met.
    fn with_story(&mut self, story: usize, work: impl Fn(&Shelf, &OpenRecord) -> Result<()>) {
        self.with_shelf(|shelf, all| all.get(&story).map_or(Ok(()), |held| work(shelf, held)));
    }

    /// Does something with the shelf; a damaged one is set aside, and a new one is tried. Without a shelf, or where that
    /// fails too, there is nothing.
    fn with_shelf<T>(
        &mut self,
        work: impl Fn(&Shelf, &HashMap<usize, OpenRecord>) -> Result<T>,
    ) -> Option<T> {
        let error = match work(self.shelf.as_ref()?, &self.open_stories) {
            Ok(done) => return Some(done),
            Err(error) => error,
        };
        if is_damage(&error) {
            match self.shelf.take()?.reopen() {
                Ok((shelf, set_aside)) => {
                    if let Some(set_aside) = set_aside {
                        self.report_failure(set_aside);
                    }
                    let done = work(&shelf, &self.open_stories);
                    self.shelf = Some(shelf);
                    return done.map_err(|it| self.report_failure(format!("not kept: {it}"))).ok();
                }
                Err(why) => self.report_failure(format!("nothing is kept: {why}")),
            }
        } else {
            self.report_failure(format!("not kept: {error}"));
        }
        None
    }

    fn report_failure(&mut self, trouble: String) {
        match &self.sink {
            Some(tell) => tell(StorageEvent::Failed(trouble)),
            None => self.pending_notice = Some(trouble),
        }
    }

    fn emit(&self, news: StorageEvent) {
        if let Some(tell) = &self.sink {
            tell(news);
        }
    }
}
