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
pub(crate) mod overlay;
pub(crate) mod style;
pub(crate) mod terminal;
#[cfg(test)]
mod tests;
pub(crate) mod text;
pub(crate) mod view;

use crate::tui::terminal::browser;
use crate::tui::terminal::clipboard;
use crate::tui::terminal::events;
use crate::tui::terminal::session;

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Sender};
use std::time::Duration;

use crossterm::event::{Event as Terminal, KeyEventKind, MouseButton, MouseEvent, MouseEventKind};
use pullquote::analysis::Analysis;
use pullquote::story::Story;
use ratatui::layout::{Position, Size};
use ratatui::widgets::Widget;

use crate::tui::app::{App, ClipboardText, Effect};
use crate::tui::input::keymap::KeymapResult;
use crate::tui::style::theme::AUTO;
use crate::tui::terminal::editor::EditorTarget;
use crate::tui::terminal::events::Event;
use crate::tui::terminal::input_gate::InputGate;
use crate::tui::terminal::session::TerminalSession;

pub(crate) use crate::tui::input::keymap::Keymap;
pub(crate) use crate::tui::line_mode::run_line_mode;
pub(crate) use crate::tui::options::{Options, load_keymap};
pub(crate) use crate::tui::style::user_theme::{UserTheme, check_theme, theme_names, theme_source};

use crate::storage::{Storage, StorageEvent};

/// Time limit for the saved state before the first frame, so that the page does not jump after it is drawn.
const SAVED_STATE_WAIT: Duration = Duration::from_millis(10);

/// Why the user interface ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ExitReason {
    /// The user quit.
    Quit,
    /// A signal came. The process should exit with 128 + its number.
    Signal(i32),
}

/// Shows stories until the user quits.
///
/// A worker thread analyses the stories; the first frame does not wait for it. Changes go to `storage`.
///
/// # Errors
/// If the terminal cannot be set up, drawn to or read.
pub(crate) fn run(
    stories: Vec<Story>,
    analyse: impl Fn(&Story) -> Analysis + Send + Sync + 'static,
    keeper: Option<&dyn Storage>,
    look: Options,
) -> io::Result<ExitReason> {
    let Options { settings, keymap, mut themes } = look;
    if themes.all.len() > 1 && settings.theme == AUTO {
        themes.select_by_name(events::detect_theme());
    }
    let stories: Vec<Arc<Story>> = stories.into_iter().map(Arc::new).collect();
    let mut others = stories.iter().cloned();
    let Some(first) = others.next() else { return Ok(ExitReason::Quit) };
    let mut app = App::new(first, others, &keymap);
    app.apply_settings(&settings);
    app.themes = themes;

    let (send, events) = mpsc::channel();
    if let Some(keeper) = keeper {
        let send = send.clone();
        // The receiver is gone once the user has quit.
        keeper.set_sink(Arc::new(move |news| drop(send.send(Event::Storage(news)))));
    }
    let (ask, asked) = mpsc::channel();
    for (number, story) in stories.into_iter().enumerate() {
        if let Some(keeper) = keeper {
            keeper.load(number, story.clone());
        }
        // Cannot fail: the receiver is still in this function.
        let _ = ask.send((number, story));
    }
    session::release_on_panic();
    let gate = Arc::new(InputGate::default());
    events::spawn_signal_thread(Arc::clone(&gate), send.clone())?;
    let screen = TerminalSession::enter(settings.mouse)?;
    let mut desk = EventLoop {
        app,
        keymap,
        session: screen,
        gate,
        storage: keeper,
        story_sender: ask,
        event_sender: send.clone(),
    };
    desk.app.has_storage = keeper.is_some();
    if keeper.is_some()
        && let Ok(event) = events.recv_timeout(SAVED_STATE_WAIT)
    {
        desk.handle(event)?;
    }
    desk.draw()?;
    events::spawn_input_threads(Arc::clone(&desk.gate), &send)?;
    let at = Arc::new(AtomicUsize::new(0));
    events::spawn_engine_thread(asked, analyse, Arc::clone(&at), send)?;
    loop {
        // All pending events are handled before the next frame.
        let Ok(event) = events.recv() else { return Ok(ExitReason::Quit) };
        let mut left = desk.handle(event)?;
        while left.is_none()
            && let Ok(event) = events.try_recv()
        {
            left = desk.handle(event)?;
        }
        at.store(desk.app.story_position().0, Ordering::Relaxed);
        desk.save_changes();
        match left {
            Some(leave) => return Ok(leave),
            None => desk.draw()?,
        }
    }
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
    /// Cloned for each thread that reports events.
    event_sender: Sender<Event>,
}

impl EventLoop<'_> {
    /// Draws the state. A size change without an event is applied first.
    fn draw(&mut self) -> io::Result<()> {
        let Self { app, keymap, session: screen, .. } = self;
        let size = screen.size()?;
        if size != app.screen_size {
            app.resize(size);
        }
        screen.set_title(&app.current_story().title())?;
        screen.draw(|area, buf| view::RootView { app, theme: app.themes.theme(), keymap }.render(area, buf))
    }

    /// Handles an event and performs its effect. `Some` ends the loop.
    fn handle(&mut self, event: Event) -> io::Result<Option<ExitReason>> {
        let effect = match event {
            Event::Terminal(event) => self.handle_terminal(&event),
            Event::AnalysisDone(story, analysis) => {
                self.app.set_analysis(story, analysis);
                Effect::None
            }
            Event::Storage(StorageEvent::StoryFetched(Ok(story))) => {
                self.add_story(Arc::new(story));
                Effect::None
            }
            Event::Storage(news) => {
                self.app.handle_storage_event(news);
                Effect::None
            }
            Event::NoticeUpdate(said, more) => {
                self.app.extend_notice(&said, &more);
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
            Effect::LoadHistory => match self.storage {
                Some(keeper) => keeper.load_history(),
                None => self.app.notify("no history is kept in this reading"),
            },
            Effect::OpenStory(past) => {
                if let Some(keeper) = self.storage {
                    keeper.fetch(past);
                }
            }
            Effect::CaptureMouse(ours) => self.session.set_mouse_capture(ours)?,
            Effect::Redraw => self.session.force_redraw()?,
            Effect::Suspend => self.session.suspend()?,
            Effect::Quit => return Ok(Some(ExitReason::Quit)),
        }
        Ok(None)
    }

    /// Sends the changes of the state to the storage.
    fn save_changes(&mut self) {
        let changes = self.app.take_changes();
        if let Some(keeper) = self.storage {
            for (story, change) in changes {
                keeper.save(story, change);
            }
        }
    }

    /// Opens a story from the reading history.
    fn add_story(&mut self, story: Arc<Story>) {
        if let Some(number) = self.app.add_story(story.clone()) {
            if let Some(keeper) = self.storage {
                keeper.load(number, story.clone());
            }
            // Without an engine thread the story stays without findings.
            let _ = self.story_sender.send((number, story));
        }
    }

    /// Copies by OSC 52 first. If a clipboard tool takes the text as well, the notice names it later.
    fn copy(&mut self, ClipboardText { text: words, description: what }: ClipboardText) -> io::Result<()> {
        TerminalSession::write_sequence(&clipboard::osc52(&words))?;
        let said = format!("copied {what} (OSC 52)");
        self.app.notify(&said);
        let send = self.event_sender.clone();
        clipboard::copy_with_tool(words, move |program| {
            let more = format!("copied {what} (OSC 52 and {program})");
            // The receiver is gone once the user has quit.
            let _ = send.send(Event::NoticeUpdate(said, more));
        })
    }

    fn browse(&mut self, address: &str) {
        let send = self.event_sender.clone();
        // The receiver is gone once the user has quit.
        let said = browser::open(address, move |said, why| drop(send.send(Event::NoticeUpdate(said, why))));
        self.app.notify(&said);
    }

    /// Runs the user's editor in the terminal.
    fn edit(&mut self) -> io::Result<()> {
        let reading = self.app.current_story();
        let said = match EditorTarget::new(&reading.story, reading.viewport.visible_offset()) {
            Err(why) => Some(why),
            Ok(draft) if self.gate.pause()? => {
                let said = self.session.suspend_while(|| draft.edit());
                self.gate.resume();
                said?
            }
            Ok(_) => Some("the keyboard is busy; try once more".to_string()),
        };
        self.app.notice = said;
        Ok(())
    }

    fn handle_terminal(&mut self, event: &Terminal) -> Effect {
        match event {
            Terminal::Key(key) if key.kind != KeyEventKind::Release => {
                let room = self.app.mode();
                match self.keymap.feed(&mut self.app.pending_keys, room, *key) {
                    KeymapResult::Action(action) => return self.app.update(action),
                    KeymapResult::Typed(sign) => self.app.insert_text(sign.encode_utf8(&mut [0; 4])),
                    KeymapResult::Pending | KeymapResult::NotFound => self.app.notice = None,
                }
            }
            Terminal::Paste(words) => self.app.insert_text(words),
            Terminal::Mouse(mouse) => return self.handle_mouse(*mouse),
            Terminal::Resize(width, height) => self.app.resize(Size { width: *width, height: *height }),
            _ => {}
        }
        Effect::None
    }

    fn handle_mouse(&mut self, mouse: MouseEvent) -> Effect {
        let at = Position { x: mouse.column, y: mouse.row };
        match mouse.kind {
            MouseEventKind::Down(MouseButton::Left) => return self.app.click(at),
            MouseEventKind::Drag(MouseButton::Left) => self.app.drag(at),
            MouseEventKind::ScrollDown => self.app.scroll_wheel(at, 1),
            MouseEventKind::ScrollUp => self.app.scroll_wheel(at, -1),
            _ => {}
        }
        Effect::None
    }
}
