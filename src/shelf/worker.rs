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
use crate::shelf::queries::{Held, Shelf};
use crate::storage::{Change, News, Standing, Tell};

/// How long what changes with every key may wait before it is written.
const REST: Duration = Duration::from_millis(400);

/// Keeps what a reader leaves in stories. Dropped, it writes what is not written yet.
pub(crate) struct Clerk {
    orders: Option<Sender<Order>>,
    thread: Option<JoinHandle<()>>,
}

/// What the clerk is asked to do.
enum Order {
    Tell(Tell),
    Meet(usize, Arc<Story>),
    Keep(usize, Change),
    History,
}

impl Clerk {
    /// A clerk who at once begins to open the shelf in a folder, or knows why there is none.
    pub(crate) fn at(folder: Result<impl AsRef<Path> + Send + 'static, String>) -> Self {
        let (send, orders) = mpsc::channel();
        let work = move || {
            let (shelf, trouble) = match folder.and_then(|it| Shelf::open(it.as_ref())) {
                Ok((shelf, set_aside)) => (Some(shelf), set_aside),
                Err(why) => (None, Some(format!("nothing is kept: {why}"))),
            };
            let desk = Desk { shelf, trouble, ..Desk::default() };
            desk.work(&orders);
        };
        let thread = thread::Builder::new().name("shelf".into()).spawn(work).ok();
        Self { orders: Some(send), thread }
    }

    /// From now on all news goes there, from the clerk's own thread.
    pub(crate) fn tell(&self, tell: Tell) {
        self.order(Order::Tell(tell));
    }

    /// Asks what is kept of a story, which from now on goes by this number.
    pub(crate) fn meet(&self, number: usize, story: Arc<Story>) {
        self.order(Order::Meet(number, story));
    }

    /// Keeps a change, soon.
    pub(crate) fn keep(&self, story: usize, change: Change) {
        self.order(Order::Keep(story, change));
    }

    /// Asks for the stories that were read.
    pub(crate) fn history(&self) {
        self.order(Order::History);
    }

    /// A clerk who is gone has said why.
    fn order(&self, order: Order) {
        if let Some(orders) = &self.orders {
            let _ = orders.send(order);
        }
    }
}

impl Drop for Clerk {
    fn drop(&mut self) {
        self.orders = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// What lies before the clerk.
#[derive(Default)]
struct Desk {
    shelf: Option<Shelf>,
    tell: Option<Tell>,
    /// What is to be told once somebody listens.
    trouble: Option<String>,
    held: HashMap<usize, Held>,
    /// What waits to be written: where the reader stands in a story, and what notes say.
    stood: BTreeMap<usize, Standing>,
    noted: BTreeMap<(usize, i64), (Span, String)>,
    due: Option<Instant>,
    /// The notes that are kept, by story and the reader's number: the shelf's own number, and what they say there.
    known: HashMap<(usize, i64), (i64, String)>,
}

impl Desk {
    fn work(mut self, orders: &Receiver<Order>) {
        loop {
            let order = match self.due {
                Some(due) => orders.recv_timeout(due.saturating_duration_since(Instant::now())),
                None => orders.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            let over = matches!(order, Err(RecvTimeoutError::Disconnected));
            if let Ok(order) = order {
                self.take(order);
            }
            if over || self.due.is_some_and(|it| it <= Instant::now()) {
                self.write();
            }
            if over {
                return;
            }
        }
    }

    fn take(&mut self, order: Order) {
        match order {
            Order::Tell(tell) => {
                self.tell = Some(tell);
                if self.done(|shelf, _| shelf.is_bare()) == Some(true) {
                    self.say(News::First);
                }
                if let Some(trouble) = self.trouble.take() {
                    self.complain(trouble);
                }
            }
            Order::Meet(number, story) => self.meet(number, story),
            Order::Keep(story, change) => self.keep(story, change),
            Order::History => {
                let history = self.done(|shelf, _| shelf.history()).unwrap_or_default();
                self.say(News::History(history));
            }
        }
    }

    fn meet(&mut self, number: usize, story: Arc<Story>) {
        let held = Held::new(story);
        let kept = self.done(|shelf, _| shelf.recall(&held));
        self.held.insert(number, held);
        let Some(kept) = kept else { return };
        let known = kept.notes.iter().map(|it| ((number, it.number), (it.number, it.words.clone())));
        self.known.extend(known);
        self.say(News::Kept(number, kept));
    }

    fn keep(&mut self, story: usize, change: Change) {
        match change {
            Change::Stood(at) => {
                self.stood.insert(story, at);
            }
            Change::Noted(number, span, words) => {
                self.noted.insert((story, number), (span, words));
            }
            Change::Opened => self.with(story, Shelf::opened_story),
            Change::Marked(letter, place) => {
                self.with(story, |shelf, held| shelf.marked(held, letter, place));
            }
            Change::Unnoted(number) => {
                self.noted.remove(&(story, number));
                if let Some((number, before)) = self.known.remove(&(story, number)) {
                    self.done(|shelf, _| shelf.unnoted(number, &before));
                }
            }
            Change::Corrected { dropped, made } => {
                self.with(story, |shelf, held| shelf.corrected(held, &dropped, made.as_ref()));
            }
        }
        if !(self.stood.is_empty() && self.noted.is_empty()) {
            self.due.get_or_insert_with(|| Instant::now() + REST);
        }
    }

    /// Writes all that waits.
    fn write(&mut self) {
        self.due = None;
        for (story, at) in std::mem::take(&mut self.stood) {
            self.with(story, |shelf, held| shelf.stood(held, at));
        }
        for ((story, number), (span, words)) in std::mem::take(&mut self.noted) {
            let known = self.known.get(&(story, number)).cloned();
            let known = known.as_ref().map(|it| (it.0, it.1.as_str()));
            let kept = self.done(|shelf, all| match all.get(&story) {
                Some(held) => shelf.noted(held, known, span, &words).map(Some),
                None => Ok(None),
            });
            if let Some(kept) = kept.flatten() {
                self.known.insert((story, number), (kept, words));
            }
        }
    }

    /// Does something with a story that was met.
    fn with(&mut self, story: usize, work: impl Fn(&Shelf, &Held) -> Result<()>) {
        self.done(|shelf, all| all.get(&story).map_or(Ok(()), |held| work(shelf, held)));
    }

    /// Does something with the shelf; a damaged one is set aside, and a new one is tried. Without a shelf, or where that
    /// fails too, there is nothing.
    fn done<T>(&mut self, work: impl Fn(&Shelf, &HashMap<usize, Held>) -> Result<T>) -> Option<T> {
        let error = match work(self.shelf.as_ref()?, &self.held) {
            Ok(done) => return Some(done),
            Err(error) => error,
        };
        if is_damage(&error) {
            match self.shelf.take()?.reopen() {
                Ok((shelf, set_aside)) => {
                    if let Some(set_aside) = set_aside {
                        self.complain(set_aside);
                    }
                    let done = work(&shelf, &self.held);
                    self.shelf = Some(shelf);
                    return done.map_err(|it| self.complain(format!("not kept: {it}"))).ok();
                }
                Err(why) => self.complain(format!("nothing is kept: {why}")),
            }
        } else {
            self.complain(format!("not kept: {error}"));
        }
        None
    }

    fn complain(&mut self, trouble: String) {
        match &self.tell {
            Some(tell) => tell(News::Trouble(trouble)),
            None => self.trouble = Some(trouble),
        }
    }

    fn say(&self, news: News) {
        if let Some(tell) = &self.tell {
            tell(news);
        }
    }
}
