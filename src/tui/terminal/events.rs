//! The event sources: threads for the keyboard, for signals, for a lost terminal and for changed files.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::process;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::thread::{self, Builder};
use std::time::{Duration, Instant, SystemTime};

use crossterm::event::Event as Terminal;
use pullquote::analysis::{Analysis, AnalysisProgress};
use pullquote::story::Story;
use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;
use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
use signal_hook::iterator::Signals;
use terminal_colorsaurus::{QueryOptions, ThemeMode, theme_mode};

use crate::parallel::spawn_story_thread;
use crate::storage::{Storage, StorageEvent};
use crate::tui::terminal::input_gate::InputGate;
use crate::tui::terminal::session::{release_within, stop_process};

/// An event of the user interface.
pub(crate) enum Event {
    Terminal(Terminal),
    /// A further story of the command line, or why it cannot be opened.
    StoryLoaded(Result<Arc<Story>, String>),
    /// No further story follows.
    AllLoaded,
    /// A story whose file has changed, by its number, or a message that it is gone or cannot be read again.
    StoryChanged(usize, Result<Arc<Story>, String>),
    /// The page of a feed's entry, by the number of the story, or why it did not come.
    EntryLoaded(usize, Result<Arc<Story>, String>),
    /// How far the analysis of a story has come, by its number, with the text that is analysed.
    AnalysisProgress(usize, Arc<Story>, AnalysisProgress),
    /// The analysis of a story, by its number, with the text that was analysed; `None` if the engine panicked.
    AnalysisDone(usize, Arc<Story>, Option<Analysis>),
    /// The storage reports something.
    Storage(StorageEvent),
    /// A notice and the one that replaces it if it is still shown.
    NoticeUpdate(String, String),
    /// A signal that suspends the process.
    Suspend,
    /// A signal that ends the process, or a lost terminal.
    Signal(i32),
    /// The keyboard can no longer be read.
    InputFailed(io::Error),
}

/// Why the user interface ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ExitReason {
    /// The user quit.
    Quit,
    /// A signal came. The process should exit with 128 + its number.
    Signal(i32),
}

/// How long to wait for the signal of a terminal that is closed. Reading it or writing to it may fail a little earlier.
pub(crate) const HANGUP_WAIT: Duration = Duration::from_millis(100);

/// How a session ends whose terminal failed: a terminal that is closed ends it as the signal of that does, which may come a
/// little later than the error, or not at all. `wait` waits for the signal for a time.
///
/// # Errors
/// The error, if the terminal was not closed.
pub(crate) fn end_of_failed_terminal(
    error: io::Error,
    wait: impl FnOnce(Duration) -> Option<i32>,
) -> io::Result<ExitReason> {
    let is_gone = Errno::from_io_error(&error) == Some(Errno::IO);
    let signal = wait(HANGUP_WAIT).or(is_gone.then_some(SIGHUP));
    signal.map(ExitReason::Signal).ok_or(error)
}

/// Waits for the signal that ends the process among other inputs, for a time; `None` if none comes.
pub(crate) fn wait_for_signal<T>(
    inputs: &Receiver<T>,
    limit: Duration,
    signal_of: impl Fn(&T) -> Option<i32>,
) -> Option<i32> {
    let end = Instant::now() + limit;
    let next = || inputs.recv_timeout(end.saturating_duration_since(Instant::now())).ok();
    while let Some(input) = next() {
        if let Some(number) = signal_of(&input) {
            return Some(number);
        }
    }
    None
}

impl Event {
    /// The number of a signal that ends the process; `None` for other events.
    pub(crate) const fn signal(&self) -> Option<i32> {
        if let Self::Signal(number) = self { Some(*number) } else { None }
    }
}

/// Time for an orderly exit after a signal.
const SIGNAL_GRACE_PERIOD: Duration = Duration::from_millis(500);

/// Time for a terminal that takes no bytes to take those that restore it.
const RELEASE_LIMIT: Duration = Duration::from_millis(200);

/// Starts the thread that waits for signals. If the event loop hangs, for example on a blocked terminal, the thread
/// ends the process itself.
///
/// # Errors
/// If the handlers or the thread cannot be set up.
pub(crate) fn spawn_signal_thread(
    gate: Arc<InputGate>,
    send: impl Fn(Event) + Send + 'static,
) -> io::Result<()> {
    let mut signals = Signals::new([SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP])?;
    let wait = move || {
        for signal in signals.forever() {
            let for_all = matches!(signal, SIGINT | SIGQUIT | SIGTSTP);
            if for_all && !gate.is_open() {
                // The terminal sends the signal to both processes, and it is meant for the one that has the keyboard.
                // On SIGTSTP this process stops as well, because the shell waits for both. An error leaves it running,
                // which does no harm.
                if signal == SIGTSTP {
                    let _ = stop_process();
                }
            } else if signal == SIGTSTP {
                send(Event::Suspend);
            } else {
                exit_on_signal(signal, &send);
            }
        }
    };
    Builder::new().name("signals".into()).spawn(wait).map(drop)
}

/// Sends what the storage reports as events.
pub(crate) fn connect_storage(storage: &dyn Storage, sender: &Sender<Event>) {
    let sender = sender.clone();
    // The receiver is gone once the user has quit.
    storage.set_sink(Arc::new(move |event| drop(sender.send(Event::Storage(event)))));
}

/// Starts the thread that reads keys, mouse and sizes, and one that waits for the terminal's hangup, which crossterm
/// does not report.
///
/// # Errors
/// If a thread cannot be started.
pub(crate) fn spawn_input_threads(gate: Arc<InputGate>, sender: &Sender<Event>) -> io::Result<()> {
    let keys = sender.clone();
    let read = move || {
        loop {
            gate.wait_until_open();
            let event = crossterm::event::read();
            let lost = event.is_err();
            let sent = keys.send(event.map_or_else(Event::InputFailed, Event::Terminal));
            if lost || sent.is_err() {
                return;
            }
        }
    };
    Builder::new().name("keys".into()).spawn(read)?;
    let sender = sender.clone();
    let wait_for_hangup = move || {
        let out = rustix::stdio::stdout();
        // No events are requested: only a hangup or an error wakes this thread.
        let mut fds = [PollFd::new(&out, PollFlags::empty())];
        while poll(&mut fds, None) == Err(Errno::INTR) {}
        if fds[0].revents().contains(PollFlags::HUP) {
            // The receiver is gone once the user has quit.
            exit_on_signal(SIGHUP, &|event| drop(sender.send(event)));
        }
    };
    Builder::new().name("hangup".into()).spawn(wait_for_hangup).map(drop)
}

/// Time limit for the terminal to report its background colour. Terminals that cannot tell answer at once; a later
/// answer would be read as keys.
const COLOR_QUERY_TIMEOUT: Duration = Duration::from_millis(200);

/// The built-in theme that suits the terminal's background; `terminal` if it does not report one. Must be called before
/// the input thread starts, since the answer arrives as input.
pub(crate) fn detect_theme() -> &'static str {
    let mut options = QueryOptions::default();
    options.timeout = COLOR_QUERY_TIMEOUT;
    match theme_mode(options) {
        Ok(ThemeMode::Dark) => "dark",
        Ok(ThemeMode::Light) => "light",
        Err(_) => "terminal",
    }
}

fn exit_on_signal(signal: i32, send: &impl Fn(Event)) {
    send(Event::Signal(signal));
    thread::sleep(SIGNAL_GRACE_PERIOD);
    release_within(RELEASE_LIMIT);
    process::exit(128 + signal);
}

/// Starts the thread that passes on the further stories of the command line as they are loaded.
///
/// `engine`, if there is one, gets each story too, with its number; the first one has the number 1. An entry of a feed is
/// not analysed before its page has come.
///
/// # Errors
/// If the thread cannot be started.
pub(crate) fn spawn_arrival_thread(
    stories: Receiver<Result<Story, String>>,
    sender: Sender<Event>,
    engine: Option<Sender<(usize, Arc<Story>)>>,
) -> io::Result<()> {
    let pass_on = move || {
        let mut number = 0;
        for story in stories {
            let story = story.map(Arc::new);
            let loaded = story.as_ref().ok().cloned();
            if sender.send(Event::StoryLoaded(story)).is_err() {
                return;
            }
            if let Some(loaded) = loaded {
                number += 1;
                let engine = engine.as_ref().filter(|_| loaded.continues_at.is_none());
                // Without an engine thread the story stays without findings.
                let _ = engine.map(|it| it.send((number, loaded)));
            }
        }
        // The receiver is gone once the user has quit.
        let _ = sender.send(Event::AllLoaded);
    };
    Builder::new().name("arrivals".into()).spawn(pass_on).map(drop)
}

/// Loads the page of a feed's entry; the error is a message for the user.
pub(crate) type EntryLoader = Arc<dyn Fn(&Story) -> Result<Story, String> + Send + Sync>;

/// Starts a thread that loads the page of an entry.
pub(crate) fn spawn_entry_thread(
    number: usize,
    entry: Arc<Story>,
    load: &EntryLoader,
    sender: Sender<Event>,
) {
    let load = Arc::clone(load);
    let unstarted = sender.clone();
    let work = move || {
        let page = load(&entry).map(Arc::new);
        // The receiver is gone once the user has quit.
        let _ = sender.send(Event::EntryLoaded(number, page));
    };
    if spawn_story_thread("entry", work).is_err() {
        let _ = unstarted
            .send(Event::EntryLoaded(number, Err("Internal error: no thread to load this page".into())));
    }
}

/// How often files are looked at for changes. A file is read once it has not changed for as long.
const WATCH_INTERVAL: Duration = Duration::from_millis(400);

/// How many files are looked at each time; of more, the next ones follow.
const MAX_FILES_PER_LOOK: usize = 256;

/// A file that is watched.
struct WatchedFile {
    story: Arc<Story>,
    /// The length and the time of the last change when the file was read.
    read: Option<FileState>,
    /// The same when it was last looked at.
    seen: Option<FileState>,
}

/// The length of a file and the time of its last change.
type FileState = (u64, SystemTime);

/// Returns the state of a story's file; `None` if there is no such file now.
fn file_state(story: &Story) -> Option<FileState> {
    let metadata = fs::metadata(story.path.as_ref()?).ok().filter(fs::Metadata::is_file)?;
    Some((metadata.len(), metadata.modified().ok()?))
}

/// Starts the thread that looks at the files of the open stories and reads those again that have changed. Files are looked at by
/// name, since editors replace them.
///
/// # Errors
/// If the thread cannot be started.
pub(crate) fn spawn_watch_thread(
    stories: Receiver<(usize, Arc<Story>)>,
    reload: impl Fn(&Story) -> Result<Story, String> + Send + 'static,
    sender: Sender<Event>,
) -> io::Result<()> {
    let watch = move || {
        // The files by the numbers of their stories, and the one that was looked at last.
        let mut files: BTreeMap<usize, WatchedFile> = BTreeMap::new();
        let mut last = 0;
        loop {
            match stories.recv_timeout(WATCH_INTERVAL) {
                Ok((number, story)) => {
                    // Of a file that was read again, the state at that time is known; it may have changed since.
                    let known = files.get(&number).filter(|it| it.story.path == story.path);
                    let state = known.map_or_else(|| file_state(&story), |it| it.read);
                    if story.path.is_some() {
                        files.insert(number, WatchedFile { story, read: state, seen: state });
                    }
                    continue;
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
            let after = files.range(last + 1..).chain(files.range(..=last)).map(|it| *it.0);
            let numbers: Vec<usize> = after.take(MAX_FILES_PER_LOOK).collect();
            for number in numbers {
                last = number;
                let Some(file) = files.get_mut(&number) else { continue };
                let now = file_state(&file.story);
                let is_still = std::mem::replace(&mut file.seen, now) == now;
                if now == file.read || !is_still {
                    continue;
                }
                file.read = now;
                let story = match now {
                    Some(_) => reload(&file.story)
                        .map(Arc::new)
                        .map_err(|error| format!("The file has changed but cannot be read: {error}")),
                    None => Err("The file is gone; its text stays open".to_string()),
                };
                if sender.send(Event::StoryChanged(number, story)).is_err() {
                    return;
                }
            }
        }
    };
    spawn_story_thread("files", watch).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    #[test]
    fn a_terminal_that_is_closed_ends_the_session_as_its_signal_does_and_another_failure_is_an_error() {
        let end = |error: Errno, sent: &[Event]| {
            let (sender, events) = mpsc::channel();
            for event in sent {
                let signal = event.signal();
                sender.send(signal.map_or(Event::AllLoaded, Event::Signal)).unwrap();
            }
            let wait = |limit| wait_for_signal(&events, limit, Event::signal);
            end_of_failed_terminal(error.into(), wait).map_err(|it| it.kind())
        };
        let hang_up = Ok(ExitReason::Signal(SIGHUP));
        assert_eq!(end(Errno::IO, &[]), hang_up);
        assert_eq!(end(Errno::INVAL, &[Event::AllLoaded, Event::Signal(SIGHUP)]), hang_up);
        assert_eq!(end(Errno::IO, &[Event::Signal(SIGTERM)]), Ok(ExitReason::Signal(SIGTERM)));
        assert_eq!(end(Errno::INVAL, &[Event::AllLoaded]), Err(io::ErrorKind::InvalidInput));
    }
}
