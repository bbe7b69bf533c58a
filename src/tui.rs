//! The terminal user interface: the event loop, from the first frame until the user quits.
//!
//! ```text
//! key --keymap--> Action --App::update--> Effect        the only place where state changes
//! &App --view--> cells                                  only reads state
//! ```
//!
//! 1. Threads wait for the keyboard, for signals and for the engine. Each sends [`Event`]s over one channel.
//! 2. [`input`] turns a key into an action, or into text that is typed into a prompt.
//! 3. [`app::App`] changes. [`open_story`] holds a story with its wrapped rows, findings and filter.
//! 4. [`view`] draws the state. The event loop performs each [`app::Effect`] and sends what must outlive the session
//!    to a [`Storage`].
//! 5. Without a full screen, [`line_mode`] drives the same [`app::App`] from a line prompt.

pub(crate) mod app;
pub(crate) mod commands;
mod event_loop;
pub(crate) mod input;
pub(crate) mod layout;
pub(crate) mod line_mode;
pub(crate) mod open_story;
pub(crate) mod options;
pub(crate) mod panels;
pub(crate) mod style;
pub(crate) mod terminal;
#[cfg(test)]
mod tests;
pub(crate) mod text;
pub(crate) mod update;
pub(crate) mod view;

use std::io;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::Duration;

use pullquote::analysis::{Analysis, ProgressObserver};
use pullquote::story::Story;

use crate::config::settings::Settings;
use crate::storage::Storage;
use crate::tui::app::App;
use crate::tui::event_loop::EventLoop;
use crate::tui::style::theme::{AUTO, ThemeSet};
use crate::tui::terminal::events::Event;
use crate::tui::terminal::input_gate::InputGate;
use crate::tui::terminal::session::TerminalSession;
use crate::tui::terminal::waiting::{self, Arrival};
use crate::tui::terminal::{analysis_thread, events, session};

pub(crate) use crate::tui::input::keymap::Keymap;
pub(crate) use crate::tui::line_mode::run_line_mode;
pub(crate) use crate::tui::options::{Options, load_keymap};
pub(crate) use crate::tui::style::user_theme::{UserTheme, check_theme, theme_names, theme_source};
pub(crate) use crate::tui::terminal::events::{EntryLoader, ExitReason};

/// How long the first story may take before the screen says what is read.
const QUIET_WAIT: Duration = Duration::from_millis(150);

/// How a session ended, and the settings as the user left them.
pub(crate) struct SessionEnd {
    pub(crate) reason: ExitReason,
    pub(crate) settings: Settings,
    /// Whether the user has reset all settings.
    pub(crate) is_reset: bool,
}

/// Shows stories until the user quits.
///
/// `stories` yields them while they are loaded, each or why it cannot be opened; until the first one is there, the screen
/// shows what `progress` says. If the first story is an entry of a feed, the list of stories is shown first; `load_entry`
/// loads the pages of entries when they are opened. A worker thread analyses the stories, another one reads those again
/// with `reload` whose files have changed. The first frame waits for neither. Changes go to `storage`.
///
/// # Errors
/// If the terminal cannot be set up, drawn to or read.
pub(crate) fn run(
    stories: Receiver<Result<Story, String>>,
    progress: &dyn Fn() -> String,
    analyse: impl Fn(&Story, &mut ProgressObserver) -> Option<Analysis> + Send + Sync + 'static,
    reload: impl Fn(&Story) -> Result<Story, String> + Send + 'static,
    load_entry: EntryLoader,
    storage: Option<&dyn Storage>,
    options: Options,
) -> io::Result<SessionEnd> {
    let Options { settings, configured, keymap, mut themes, mut not_opened } = options;
    let (event_sender, events) = mpsc::channel();
    let gate = Arc::new(InputGate::default());
    let wait =
        FirstWait { stories: &stories, events: &events, event_sender: &event_sender, gate: &gate, progress };
    let end_of_failed = |error| {
        let wait = |limit| events::wait_for_signal(&events, limit, Event::signal);
        events::end_of_failed_terminal(error, wait)
    };
    let opened = wait.open(&settings, &mut themes, &mut not_opened);
    let Opened { first, session, reads_keys, mut early } =
        match opened.or_else(|error| end_of_failed(error).map(Err))? {
            Ok(opened) => opened,
            Err(reason) => return Ok(SessionEnd { reason, settings, is_reset: false }),
        };
    let mut app = App::new(Arc::clone(&first), [], &keymap);
    app.themes = themes;
    app.configured = configured;
    app.has_storage = storage.is_some();
    begin(&mut app, &settings, &not_opened);
    if let Some(storage) = storage {
        events::connect_storage(storage, &event_sender);
    }
    let (story_sender, story_receiver) = mpsc::channel();
    let (watch_sender, watch_receiver) = mpsc::channel();
    let mut event_loop = EventLoop {
        app,
        keymap,
        session,
        gate,
        storage,
        story_sender,
        watch_sender,
        load_entry,
        event_sender: event_sender.clone(),
    };
    event_loop.register_story(0, first);
    let show = || {
        early.extend(event_loop.draw_first(&events)?);
        if !reads_keys {
            events::spawn_input_threads(Arc::clone(&event_loop.gate), &event_sender)?;
        }
        events::spawn_watch_thread(watch_receiver, reload, event_sender.clone())?;
        events::spawn_arrival_thread(stories, event_sender.clone(), None)?;
        let current = Arc::new(AtomicUsize::new(0));
        analysis_thread::spawn_analysis_thread(story_receiver, analyse, Arc::clone(&current), event_sender)?;
        match event_loop.handle_all(early)? {
            Some(reason) => Ok(reason),
            None => event_loop.run(&events, &current),
        }
    };
    let reason = show().or_else(end_of_failed)?;
    let app = &event_loop.app;
    Ok(SessionEnd { reason, settings: app.settings(&settings), is_reset: app.is_reset })
}

/// Applies the settings, and tells what is to be said before the first key.
fn begin(app: &mut App, settings: &Settings, not_opened: &[String]) {
    app.apply_settings(settings);
    app.first_theme = app.themes.current();
    app.is_loading = true;
    app.show_greeting();
    for message in not_opened {
        app.notify_not_opened(message);
    }
}

/// The first story, and the terminal session in which it is shown.
struct Opened {
    first: Arc<Story>,
    session: TerminalSession,
    /// Whether the keys are read already.
    reads_keys: bool,
    /// What was typed before the story was there.
    early: Vec<Event>,
}

/// What the wait for the first story needs.
struct FirstWait<'a> {
    stories: &'a Receiver<Result<Story, String>>,
    events: &'a Receiver<Event>,
    event_sender: &'a Sender<Event>,
    gate: &'a Arc<InputGate>,
    progress: &'a dyn Fn() -> String,
}

impl FirstWait<'_> {
    /// Waits for the first story and opens the terminal session: at once if the story takes long, with the progress on the
    /// screen. Returns why there is nothing to show if no story comes.
    fn open(
        &self,
        settings: &Settings,
        themes: &mut ThemeSet,
        failures: &mut Vec<String>,
    ) -> io::Result<Result<Opened, ExitReason>> {
        let mut arrival = waiting::wait(self.stories, QUIET_WAIT, failures);
        if matches!(arrival, Arrival::None) {
            return Ok(Err(ExitReason::Quit));
        }
        if themes.all.len() > 1 && settings.theme == AUTO {
            themes.select_by_name(events::detect_theme());
        }
        session::release_on_panic();
        let sender = self.event_sender.clone();
        // The receiver is gone once the user has quit.
        events::spawn_signal_thread(Arc::clone(self.gate), move |event| drop(sender.send(event)))?;
        let mut session = TerminalSession::enter(settings.mouse)?;
        let reads_keys = matches!(arrival, Arrival::Late);
        let mut early = Vec::new();
        if reads_keys {
            events::spawn_input_threads(Arc::clone(self.gate), self.event_sender)?;
            let sources = (self.stories, self.events);
            arrival = waiting::wait_on_screen(
                &mut session,
                themes.theme(),
                sources,
                self.progress,
                failures,
                &mut early,
            )?;
        }
        Ok(match arrival {
            Arrival::Story(first) => {
                early.extend(self.events.try_iter());
                Ok(Opened { first: Arc::new(*first), session, reads_keys, early })
            }
            Arrival::Signal(number) => Err(ExitReason::Signal(number)),
            Arrival::None | Arrival::Late | Arrival::Quit => Err(ExitReason::Quit),
        })
    }
}
