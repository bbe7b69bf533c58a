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
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use crossterm::event::{Event as Terminal, KeyEventKind, MouseButton, MouseEvent, MouseEventKind};
use pullquote::analysis::{Analysis, ProgressObserver};
use pullquote::story::Story;
use ratatui::layout::{Position, Size};
use ratatui::widgets::Widget;

use crate::config::settings::Settings;
use crate::storage::{Storage, StorageEvent};
use crate::tui::app::{App, ClipboardText, Effect};
use crate::tui::style::theme::AUTO;
use crate::tui::terminal::editor::EditorTarget;
use crate::tui::terminal::events::Event;
use crate::tui::terminal::input_gate::InputGate;
use crate::tui::terminal::session::TerminalSession;
use crate::tui::terminal::{analysis_thread, browser, clipboard, events, export_file, session};

pub(crate) use crate::tui::input::keymap::Keymap;
pub(crate) use crate::tui::line_mode::run_line_mode;
pub(crate) use crate::tui::options::{Options, load_keymap};
pub(crate) use crate::tui::style::user_theme::{UserTheme, check_theme, theme_names, theme_source};
pub(crate) use crate::tui::terminal::events::EntryLoader;

/// Time limit for the saved state before the first frame, so that the page does not jump after it is drawn.
const SAVED_STATE_WAIT: Duration = Duration::from_millis(10);

/// How long pending events are handled before the next frame is drawn.
const EVENT_BUDGET: Duration = Duration::from_millis(8);

/// Why the user interface ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ExitReason {
    /// The user quit.
    Quit,
    /// A signal came. The process should exit with 128 + its number.
    Signal(i32),
}

/// How a session ended, and the settings as the user left them.
pub(crate) struct SessionEnd {
    pub(crate) reason: ExitReason,
    pub(crate) settings: Settings,
    /// Whether the user has reset all settings.
    pub(crate) is_reset: bool,
}

/// Shows stories until the user quits.
///
/// If the first story is an entry of a feed, the list of stories is shown first; `load_entry` loads the pages of entries
/// when they are opened. `others` yields the further stories while they are loaded, each or why it cannot be opened. A
/// worker thread analyses the stories, another one reads those again with `reload` whose files have changed. The first
/// frame waits for neither. Changes go to `storage`.
///
/// # Errors
/// If the terminal cannot be set up, drawn to or read.
pub(crate) fn run(
    first: Story,
    others: Receiver<Result<Story, String>>,
    analyse: impl Fn(&Story, &mut ProgressObserver) -> Option<Analysis> + Send + Sync + 'static,
    reload: impl Fn(&Story) -> Result<Story, String> + Send + 'static,
    load_entry: EntryLoader,
    storage: Option<&dyn Storage>,
    options: Options,
) -> io::Result<SessionEnd> {
    let Options { settings, configured, keymap, mut themes, not_opened } = options;
    if themes.all.len() > 1 && settings.theme == AUTO {
        themes.select_by_name(events::detect_theme());
    }
    let first = Arc::new(first);
    let mut app = App::new(Arc::clone(&first), [], &keymap);
    app.apply_settings(&settings);
    app.themes = themes;
    app.first_theme = app.themes.current();
    app.configured = configured;
    app.has_storage = storage.is_some();
    app.show_greeting();
    for message in &not_opened {
        app.notify_not_opened(message);
    }

    let (event_sender, events) = mpsc::channel();
    if let Some(storage) = storage {
        let sender = event_sender.clone();
        // The receiver is gone once the user has quit.
        storage.set_sink(Arc::new(move |event| drop(sender.send(Event::Storage(event)))));
    }
    let (story_sender, story_receiver) = mpsc::channel();
    let (watch_sender, watch_receiver) = mpsc::channel();
    session::release_on_panic();
    let gate = Arc::new(InputGate::default());
    events::spawn_signal_thread(Arc::clone(&gate), event_sender.clone())?;
    let session = TerminalSession::enter(settings.mouse)?;
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
    if storage.is_some()
        && let Ok(event) = events.recv_timeout(SAVED_STATE_WAIT)
    {
        event_loop.handle(event)?;
    }
    event_loop.draw()?;
    if event_loop.app.current_story().is_from_feed {
        event_loop.app.open_story_list();
        event_loop.draw()?;
    }
    events::spawn_input_threads(Arc::clone(&event_loop.gate), &event_sender)?;
    events::spawn_watch_thread(watch_receiver, reload, event_sender.clone())?;
    events::spawn_arrival_thread(others, event_sender.clone(), None)?;
    let current = Arc::new(AtomicUsize::new(0));
    analysis_thread::spawn_analysis_thread(story_receiver, analyse, Arc::clone(&current), event_sender)?;
    let reason = event_loop.run(&events, &current)?;
    let app = &event_loop.app;
    Ok(SessionEnd { reason, settings: app.settings(&settings), is_reset: app.is_reset })
}

/// The state, the keymap and the terminal session of a running user interface.
struct EventLoop<'a> {
    app: App,
    keymap: Keymap,
    session: TerminalSession,
    gate: Arc<InputGate>,
    storage: Option<&'a dyn Storage>,
    /// Sends stories, with their numbers, to the engine thread.
    story_sender: Sender<(usize, Arc<Story>)>,
    /// Sends stories, with their numbers, to the thread that watches their files.
    watch_sender: Sender<(usize, Arc<Story>)>,
    load_entry: EntryLoader,
    /// Cloned for each thread that reports events.
    event_sender: Sender<Event>,
}

impl EventLoop<'_> {
    /// Handles events until one ends the loop. `current` tells the engine thread which story is read.
    fn run(&mut self, events: &Receiver<Event>, current: &AtomicUsize) -> io::Result<ExitReason> {
        loop {
            let event = match self.app.panel_refresh_due {
                Some(due) => events.recv_timeout(due.saturating_duration_since(Instant::now())),
                None => events.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            let mut exit = match event {
                Ok(event) => self.handle(event)?,
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => return Ok(ExitReason::Quit),
            };
            // Pending events are handled before the next frame, but many of them must not hold it up.
            let frame_due = Instant::now() + EVENT_BUDGET;
            while exit.is_none()
                && Instant::now() < frame_due
                && let Ok(event) = events.try_recv()
            {
                exit = self.handle(event)?;
            }
            self.app.take_held_analyses();
            self.app.refresh_panel_if_due(Instant::now());
            for (number, entry) in self.app.take_entries_to_load() {
                events::spawn_entry_thread(number, entry, &self.load_entry, self.event_sender.clone());
            }
            current.store(self.app.story_position().0, Ordering::Relaxed);
            self.save_changes();
            match exit {
                Some(reason) => return Ok(reason),
                None => self.draw()?,
            }
        }
    }

    /// Draws the state. A size change without an event is applied first.
    fn draw(&mut self) -> io::Result<()> {
        let Self { app, keymap, session, .. } = self;
        let size = session.size()?;
        if size != app.screen_size {
            app.resize(size);
        }
        session.set_title(&app.current_story().title())?;
        let root = view::RootView { app, theme: app.themes.theme(), keymap };
        let links = if session.has_hyperlinks { root.link_cells() } else { Vec::new() };
        session.draw(|area, buf| root.render(area, buf), &links)
    }

    /// Handles an event and performs its effect. `Some` ends the loop.
    fn handle(&mut self, event: Event) -> io::Result<Option<ExitReason>> {
        let effect = match event {
            Event::Terminal(event) => self.handle_terminal(&event),
            // The analysis of a text that has changed meanwhile is of no use.
            Event::AnalysisProgress(number, story, progress) if self.is_open(number, &story) => {
                self.app.set_progress(number, progress)
            }
            Event::AnalysisDone(number, story, analysis) if self.is_open(number, &story) => {
                self.app.set_analysis(number, analysis)
            }
            Event::StoryChanged(number, story) => {
                self.replace_story(number, story);
                Effect::None
            }
            Event::StoryLoaded(Ok(story)) => {
                self.append_story(story);
                Effect::None
            }
            Event::EntryLoaded(number, page) => {
                self.settle_entry(number, page);
                Effect::None
            }
            Event::StoryLoaded(Err(message)) => {
                self.app.notify_not_opened(&message);
                Effect::None
            }
            Event::Storage(StorageEvent::StoryFetched(Ok(story))) => {
                self.add_story(Arc::new(*story));
                Effect::None
            }
            Event::Storage(event) => {
                self.app.handle_storage_event(event);
                Effect::None
            }
            Event::AllLoaded | Event::AnalysisDone(..) | Event::AnalysisProgress(..) => Effect::None,
            Event::NoticeUpdate(notice, longer) => {
                self.app.extend_notice(&notice, &longer);
                Effect::None
            }
            Event::Suspend => Effect::Suspend,
            Event::Signal(number) => return Ok(Some(ExitReason::Signal(number))),
            Event::InputFailed(error) => return Err(error),
        };
        match effect {
            Effect::None => {}
            Effect::Copy(copied) => self.copy(copied)?,
            Effect::OpenBrowser(address) => self.browse(&address),
            Effect::OpenEditor => self.edit()?,
            Effect::WriteFile(file) => self.app.notify(&export_file::write(&file)),
            Effect::LoadHistory => match self.storage {
                Some(storage) => storage.load_history(),
                None => self.app.notify("History is off (--no-shelf)"),
            },
            Effect::ForgetStory(entry) => {
                if let Some(storage) = self.storage {
                    storage.forget(entry);
                }
            }
            Effect::OpenStory(entry) => {
                if let Some(storage) = self.storage {
                    storage.fetch(entry);
                }
            }
            Effect::CaptureMouse(capture) => self.session.set_mouse_capture(capture)?,
            Effect::Redraw => self.session.force_redraw()?,
            Effect::Suspend => self.session.suspend()?,
            Effect::Quit => return Ok(Some(ExitReason::Quit)),
        }
        Ok(None)
    }

    /// Sends the changes of the state to the storage.
    fn save_changes(&mut self) {
        let changes = self.app.take_changes();
        if let Some(storage) = self.storage {
            for (story, change) in changes {
                storage.save(story, change);
            }
        }
    }

    /// Opens a further story of the command line.
    fn append_story(&mut self, story: Arc<Story>) {
        let number = self.app.append_story(Arc::clone(&story));
        self.register_story(number, story);
    }

    /// Shows the page of a feed's entry, or tells why it did not come.
    fn settle_entry(&mut self, number: usize, page: Result<Arc<Story>, String>) {
        if let Some(story) = self.app.settle_entry(number, page) {
            self.register_story(number, story);
        }
    }

    /// Opens a story from the reading history.
    fn add_story(&mut self, story: Arc<Story>) {
        if let Some(number) = self.app.add_story(story.clone()) {
            self.register_story(number, story);
        }
    }

    /// Whether a story has this number.
    fn is_open(&self, number: usize, story: &Arc<Story>) -> bool {
        self.app.stories.get(number).is_some_and(|it| Arc::ptr_eq(&it.story, story))
    }

    /// Shows a story again whose file has changed, or tells why it cannot be read.
    fn replace_story(&mut self, number: usize, story: Result<Arc<Story>, String>) {
        // What was changed in the old text is saved for that text.
        self.save_changes();
        match story {
            Ok(story) if self.app.reload_story(number, &story) => {
                let changes = self.app.take_changes_of(number);
                self.register_story(number, story);
                if let Some(storage) = self.storage {
                    for change in changes {
                        storage.save(number, change);
                    }
                }
            }
            Ok(_) => {}
            Err(message) => self.app.notify(&format!("{}: {message}", self.app.headline(number))),
        }
    }

    /// Requests what is saved of an opened story, and its analysis. Watches its file. An entry of a feed is registered when
    /// its page has come.
    fn register_story(&self, number: usize, story: Arc<Story>) {
        if self.app.is_unopened_entry(number) {
            return;
        }
        // Without a thread that watches, changes are not seen.
        let _ = self.watch_sender.send((number, Arc::clone(&story)));
        if let Some(storage) = self.storage {
            storage.load(number, story.clone());
        }
        // Without an engine thread the story stays without findings.
        let _ = self.story_sender.send((number, story));
    }

    /// Copies by OSC 52 first. If a clipboard tool takes the text as well, the notice names it later.
    fn copy(&mut self, ClipboardText { text, description }: ClipboardText) -> io::Result<()> {
        TerminalSession::write_sequence(&clipboard::osc52(&text))?;
        let notice = format!("Copied {description} via the terminal");
        self.app.notify(&notice);
        let sender = self.event_sender.clone();
        clipboard::copy_with_tool(text, move |program| {
            let longer = format!("Copied {description} via the terminal and {program}");
            // The receiver is gone once the user has quit.
            let _ = sender.send(Event::NoticeUpdate(notice, longer));
        })
    }

    fn browse(&mut self, address: &str) {
        let sender = self.event_sender.clone();
        // The receiver is gone once the user has quit.
        let report = move |notice, failure| drop(sender.send(Event::NoticeUpdate(notice, failure)));
        let notice = browser::open(address, report);
        self.app.notify(&notice);
    }

    /// Runs the user's editor in the terminal.
    fn edit(&mut self) -> io::Result<()> {
        let open_story = self.app.current_story();
        let notice = match EditorTarget::new(&open_story.story, open_story.viewport.visible_offset()) {
            Err(message) => Some(message),
            Ok(target) if self.gate.pause()? => {
                let notice = self.session.suspend_while(|| target.edit());
                self.gate.resume();
                notice?
            }
            Ok(_) => Some("The keyboard is busy. Try again.".to_string()),
        };
        self.app.notice = notice;
        Ok(())
    }

    fn handle_terminal(&mut self, event: &Terminal) -> Effect {
        match event {
            Terminal::Key(key) if key.kind != KeyEventKind::Release => {
                return self.app.press(&self.keymap, *key);
            }
            Terminal::Paste(text) => self.app.insert_text(text),
            Terminal::Mouse(mouse) => return self.handle_mouse(*mouse),
            Terminal::Resize(width, height) => self.app.resize(Size { width: *width, height: *height }),
            _ => {}
        }
        Effect::None
    }

    fn handle_mouse(&mut self, mouse: MouseEvent) -> Effect {
        let at = Position { x: mouse.column, y: mouse.row };
        match mouse.kind {
            MouseEventKind::Down(MouseButton::Left) => {
                let Self { app, keymap, .. } = self;
                let hint = view::RootView { app, theme: app.themes.theme(), keymap }.hint_at(at);
                return match hint {
                    Some(action) => self.app.update(action),
                    None => self.app.click(at),
                };
            }
            MouseEventKind::Down(MouseButton::Right) => return self.app.right_click(at),
            MouseEventKind::Up(MouseButton::Left) => self.app.release(at),
            MouseEventKind::Drag(MouseButton::Left) => self.app.drag(at),
            MouseEventKind::ScrollDown => self.app.scroll_wheel(at, 1),
            MouseEventKind::ScrollUp => self.app.scroll_wheel(at, -1),
            _ => {}
        }
        Effect::None
    }
}
