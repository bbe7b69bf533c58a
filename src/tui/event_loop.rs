//! The event loop: handles events, performs their effects and draws frames, until the user quits.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use crossterm::event::{Event as Terminal, KeyEventKind};
use pullquote::story::Story;
use ratatui::layout::Size;
use ratatui::widgets::Widget;

use crate::storage::{Storage, StorageEvent};
use crate::tui::app::{App, ClipboardText, Effect};
use crate::tui::input::keymap::Keymap;
use crate::tui::terminal::editor::EditorTarget;
use crate::tui::terminal::events::{self, EntryLoader, Event, ExitReason};
use crate::tui::terminal::input_gate::InputGate;
use crate::tui::terminal::session::TerminalSession;
use crate::tui::terminal::{browser, clipboard, export_file};
use crate::tui::view;

/// How long pending events are handled before the next frame is drawn.
const EVENT_BUDGET: Duration = Duration::from_millis(8);

/// Time limit for the saved state before the first frame, so that the page does not jump after it is drawn.
const SAVED_STATE_WAIT: Duration = Duration::from_millis(10);

/// The state, the keymap and the terminal session of a running user interface.
pub(crate) struct EventLoop<'a> {
    pub(crate) app: App,
    pub(crate) keymap: Keymap,
    pub(crate) session: TerminalSession,
    pub(crate) gate: Arc<InputGate>,
    pub(crate) storage: Option<&'a dyn Storage>,
    /// Sends stories, with their numbers, to the engine thread.
    pub(crate) story_sender: Sender<(usize, Arc<Story>)>,
    /// Sends stories, with their numbers, to the thread that watches their files.
    pub(crate) watch_sender: Sender<(usize, Arc<Story>)>,
    pub(crate) load_entry: EntryLoader,
    /// Cloned for each thread that reports events.
    pub(crate) event_sender: Sender<Event>,
}

impl EventLoop<'_> {
    /// Draws the first frame, with what is saved of the story if that comes soon. Returns a key that came meanwhile.
    ///
    /// # Errors
    /// If the terminal cannot be drawn to.
    pub(crate) fn draw_first(&mut self, events: &Receiver<Event>) -> io::Result<Option<Event>> {
        let mut key = None;
        if self.storage.is_some()
            && let Ok(event) = events.recv_timeout(SAVED_STATE_WAIT)
        {
            match event {
                Event::Terminal(_) => key = Some(event),
                _ => drop(self.handle(event)?),
            }
        }
        self.draw()?;
        if self.app.current_story().is_from_feed {
            self.app.open_story_list();
            self.draw()?;
        }
        Ok(key)
    }

    /// Handles events until one ends the loop. `current` tells the engine thread which story is read.
    ///
    /// # Errors
    /// If the terminal cannot be drawn to or read.
    pub(crate) fn run(&mut self, events: &Receiver<Event>, current: &AtomicUsize) -> io::Result<ExitReason> {
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
            if let Some(storage) = self.storage
                && let Some(key) = self.app.take_story_preview_request()
            {
                storage.load_story_preview(key);
            }
            current.store(self.app.story_position().0, Ordering::Relaxed);
            self.save_changes();
            match exit {
                Some(reason) => return Ok(reason),
                None => self.draw()?,
            }
        }
    }

    /// Handles events that came before the first frame. `Some` ends the loop.
    pub(crate) fn handle_all(&mut self, events: Vec<Event>) -> io::Result<Option<ExitReason>> {
        for event in events {
            if let Some(reason) = self.handle(event)? {
                return Ok(Some(reason));
            }
        }
        self.draw()?;
        Ok(None)
    }

    /// Draws the state. A size change without an event is applied first.
    pub(crate) fn draw(&mut self) -> io::Result<()> {
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
    pub(crate) fn handle(&mut self, event: Event) -> io::Result<Option<ExitReason>> {
        let effect = match event {
            Event::Terminal(event) => self.handle_terminal(&event),
            // The analysis of a text that has changed meanwhile is of no use.
            Event::AnalysisProgress(number, story, progress) if self.is_open(number, &story) => {
                self.app.set_progress(number, progress)
            }
            Event::AnalysisDone(number, story, analysis) if self.is_open(number, &story) => {
                self.app.set_analysis(number, analysis)
            }
            event @ (Event::StoryLoaded(_)
            | Event::StoryChanged(..)
            | Event::EntryLoaded(..)
            | Event::AllLoaded) => {
                self.take_story(event);
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
            Event::AnalysisDone(..) | Event::AnalysisProgress(..) => Effect::None,
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

    /// Takes a story that has come or changed, or the message why not.
    fn take_story(&mut self, event: Event) {
        match event {
            Event::StoryLoaded(Ok(story)) => self.append_story(story),
            Event::StoryLoaded(Err(message)) => self.app.notify_not_opened(&message),
            Event::StoryChanged(number, story) => self.replace_story(number, story),
            Event::EntryLoaded(number, page) => self.settle_entry(number, page),
            Event::AllLoaded => self.app.is_loading = false,
            _ => {}
        }
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
    pub(crate) fn register_story(&self, number: usize, story: Arc<Story>) {
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
            Terminal::Mouse(mouse) => return self.app.handle_mouse(&self.keymap, *mouse),
            Terminal::Resize(width, height) => self.app.resize(Size { width: *width, height: *height }),
            _ => {}
        }
        Effect::None
    }
}
