//! A screen for stories and their findings, from the first frame until the reader leaves.
//!
//! ```text
//! key --keymap--> Action --App::update--> Effect        state changes here only
//! &App --view--> a screen                               and is only read here
//! ```
//!
//! 1. Threads wait for the keyboard, for signals, for the engine; each sends [`Event`]s over one channel.
//! 2. A key becomes an [`action::Action`] by [`keymap`], typed signs go into a line.
//! 3. [`app::App`] changes: [`reading`] holds a story with its [`page`], [`findings`] and [`filter`].
//! 4. [`view`] draws it. What [`app::App::update`] wants of the world ([`app::Effect`]) is done here, and what shall
//!    outlive the session goes to a [`Keeper`].
//! 5. Where nothing can be drawn, [`plain`] drives the same [`app::App`] from a line prompt.

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

use crate::tui::app::{App, Copied, Effect};
use crate::tui::input::keymap::Pressed;
use crate::tui::style::theme::AUTO;
use crate::tui::terminal::editor::Draft;
use crate::tui::terminal::events::Event;
use crate::tui::terminal::input_gate::Gate;
use crate::tui::terminal::session::Screen;

pub(crate) use crate::tui::input::keymap::Keymap;
pub(crate) use crate::tui::line_mode::converse;
pub(crate) use crate::tui::options::{Look, keys};
pub(crate) use crate::tui::style::user_theme::{OwnTheme, check_theme, theme_file, theme_names};

use crate::storage::{Keeper, News};

/// How long the first frame waits for what is kept of its story, so that the page does not jump under the reader's eyes.
const RECALL: Duration = Duration::from_millis(10);

/// Why the reader has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Leave {
    /// Because the person wished so.
    Quit,
    /// Because of a signal; the process should end with the code 128 + its number.
    Signal(i32),
}

/// Shows stories until the reader leaves. Each is analysed on a thread of its
/// own accord; the first frame does not wait for that. What the reader leaves in
/// them goes to the keeper.
///
/// # Errors
/// If the terminal cannot be taken, drawn on or read.
pub(crate) fn read(
    stories: Vec<Story>,
    analyse: impl Fn(&Story) -> Analysis + Send + Sync + 'static,
    keeper: Option<&dyn Keeper>,
    look: Look,
) -> io::Result<Leave> {
    let Look { settings, keymap, mut themes } = look;
    if themes.all.len() > 1 && settings.theme == AUTO {
        themes.wear(events::paper());
    }
    let stories: Vec<Arc<Story>> = stories.into_iter().map(Arc::new).collect();
    let mut others = stories.iter().cloned();
    let Some(first) = others.next() else { return Ok(Leave::Quit) };
    let mut app = App::new(first, others, &keymap);
    app.set_up(&settings);
    app.themes = themes;

    let (send, events) = mpsc::channel();
    if let Some(keeper) = keeper {
        let send = send.clone();
        // Nobody listens any more once the reader has left.
        keeper.tell(Arc::new(move |news| drop(send.send(Event::News(news)))));
    }
    let (ask, asked) = mpsc::channel();
    for (number, story) in stories.into_iter().enumerate() {
        if let Some(keeper) = keeper {
            keeper.meet(number, story.clone());
        }
        // The other end is in the hand below.
        let _ = ask.send((number, story));
    }
    session::release_on_panic();
    let gate = Arc::new(Gate::default());
    events::signals(Arc::clone(&gate), send.clone())?;
    let screen = Screen::take(settings.mouse)?;
    let mut desk = Desk { app, keymap, screen, gate, keeper, ask, send: send.clone() };
    desk.app.keeps = keeper.is_some();
    if keeper.is_some()
        && let Ok(event) = events.recv_timeout(RECALL)
    {
        desk.take(event)?;
    }
    desk.draw()?;
    events::terminal(Arc::clone(&desk.gate), &send)?;
    let at = Arc::new(AtomicUsize::new(0));
    events::engine(asked, analyse, Arc::clone(&at), send)?;
    loop {
        // Everything that has come meanwhile is done before the next frame.
        let Ok(event) = events.recv() else { return Ok(Leave::Quit) };
        let mut left = desk.take(event)?;
        while left.is_none()
            && let Ok(event) = events.try_recv()
        {
            left = desk.take(event)?;
        }
        at.store(desk.app.number().0, Ordering::Relaxed);
        desk.keep();
        match left {
            Some(leave) => return Ok(leave),
            None => desk.draw()?,
        }
    }
}

/// The state, the keys and the terminal side by side.
struct Desk<'a> {
    app: App,
    keymap: Keymap,
    screen: Screen,
    gate: Arc<Gate>,
    keeper: Option<&'a dyn Keeper>,
    /// Where the engine waits for stories, by their numbers.
    ask: Sender<(usize, Arc<Story>)>,
    /// Where threads report.
    send: Sender<Event>,
}

impl Desk<'_> {
    /// Shows the state. A size that no event has told of yet is taken in first.
    fn draw(&mut self) -> io::Result<()> {
        let Self { app, keymap, screen, .. } = self;
        let size = screen.size()?;
        if size != app.screen {
            app.resize(size);
        }
        screen.entitle(&app.reading().title())?;
        screen.draw(|area, buf| view::Screen { app, theme: app.themes.theme(), keymap }.render(area, buf))
    }

    /// Takes in an event and does what follows from it; `Some` ends the reader.
    fn take(&mut self, event: Event) -> io::Result<Option<Leave>> {
        let effect = match event {
            Event::Terminal(event) => self.hear(&event),
            Event::Found(story, analysis) => {
                self.app.found(story, analysis);
                Effect::None
            }
            Event::News(News::Fetched(Ok(story))) => {
                self.add(Arc::new(story));
                Effect::None
            }
            Event::News(news) => {
                self.app.told(news);
                Effect::None
            }
            Event::Said(said, more) => {
                self.app.say_more(&said, &more);
                Effect::None
            }
            Event::Suspend => Effect::Suspend,
            Event::Signal(number) => return Ok(Some(Leave::Signal(number))),
            Event::Lost(error) => return Err(error),
        };
        match effect {
            Effect::None => {}
            Effect::Copy(copied) => self.copy(copied)?,
            Effect::Browse(address) => self.browse(&address),
            Effect::Edit => self.edit()?,
            Effect::History => match self.keeper {
                Some(keeper) => keeper.history(),
                None => self.app.say("no history is kept in this reading"),
            },
            Effect::Open(past) => {
                if let Some(keeper) = self.keeper {
                    keeper.fetch(past);
                }
            }
            Effect::Mouse(ours) => self.screen.take_mouse(ours)?,
            Effect::Redraw => self.screen.forget()?,
            Effect::Suspend => self.screen.suspend()?,
            Effect::Quit => return Ok(Some(Leave::Quit)),
        }
        Ok(None)
    }

    /// Hands on what has changed.
    fn keep(&mut self) {
        let changes = self.app.changes();
        if let Some(keeper) = self.keeper {
            for (story, change) in changes {
                keeper.keep(story, change);
            }
        }
    }

    /// Takes in a story that was read before.
    fn add(&mut self, story: Arc<Story>) {
        if let Some(number) = self.app.add(story.clone()) {
            if let Some(keeper) = self.keeper {
                keeper.meet(number, story.clone());
            }
            // An engine that is gone leaves the story without findings.
            let _ = self.ask.send((number, story));
        }
    }

    /// Through the terminal first; a program that takes the words too is told of when it has.
    fn copy(&mut self, Copied { words, what }: Copied) -> io::Result<()> {
        Screen::write(&clipboard::sequences(&words))?;
        let said = format!("copied {what} (OSC 52)");
        self.app.say(&said);
        let send = self.send.clone();
        clipboard::hand_over(words, move |program| {
            let more = format!("copied {what} (OSC 52 and {program})");
            // Without a receiver the reader has left.
            let _ = send.send(Event::Said(said, more));
        })
    }

    fn browse(&mut self, address: &str) {
        let send = self.send.clone();
        // Without a receiver the reader has left.
        let said = browser::open(address, move |said, why| drop(send.send(Event::Said(said, why))));
        self.app.say(&said);
    }

    /// Lends the terminal to the editor.
    fn edit(&mut self) -> io::Result<()> {
        let reading = self.app.reading();
        let said = match Draft::of(&reading.story, reading.stand.seen()) {
            Err(why) => Some(why),
            Ok(draft) if self.gate.close()? => {
                let said = self.screen.lend(|| draft.edit());
                self.gate.open();
                said?
            }
            Ok(_) => Some("the keyboard is busy; try once more".to_string()),
        };
        self.app.notice = said;
        Ok(())
    }

    fn hear(&mut self, event: &Terminal) -> Effect {
        match event {
            Terminal::Key(key) if key.kind != KeyEventKind::Release => {
                let room = self.app.room();
                match self.keymap.press(&mut self.app.begun, room, *key) {
                    Pressed::Action(action) => return self.app.update(action),
                    Pressed::Typed(sign) => self.app.typed(sign.encode_utf8(&mut [0; 4])),
                    Pressed::Begun | Pressed::Nothing => self.app.notice = None,
                }
            }
            Terminal::Paste(words) => self.app.typed(words),
            Terminal::Mouse(mouse) => return self.point(*mouse),
            Terminal::Resize(width, height) => self.app.resize(Size { width: *width, height: *height }),
            _ => {}
        }
        Effect::None
    }

    fn point(&mut self, mouse: MouseEvent) -> Effect {
        let at = Position { x: mouse.column, y: mouse.row };
        match mouse.kind {
            MouseEventKind::Down(MouseButton::Left) => return self.app.click(at),
            MouseEventKind::Drag(MouseButton::Left) => self.app.drag(at),
            MouseEventKind::ScrollDown => self.app.wheel(at, 1),
            MouseEventKind::ScrollUp => self.app.wheel(at, -1),
            _ => {}
        }
        Effect::None
    }
}
