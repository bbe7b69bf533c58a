//! The wait for the first story: the screen says what is read until it is there, and the user can quit.

use std::io;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use crossterm::event::{Event as Terminal, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use pullquote::story::Story;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::tui::style::theme::Theme;
use crate::tui::terminal::events::Event;
use crate::tui::terminal::session::TerminalSession;

/// How often the screen tells how much is read.
const INTERVAL: Duration = Duration::from_millis(100);

/// The column of the message, from 0.
const MESSAGE_COLUMN: u16 = 2;

/// What came of a wait.
pub(crate) enum Arrival {
    Story(Box<Story>),
    /// No story comes: none could be opened.
    None,
    /// The time is over.
    Late,
    Quit,
    /// A signal that ends the process.
    Signal(i32),
}

/// Waits for the first story for a time at most. `failures` gets the messages of stories that cannot be opened.
pub(crate) fn wait(
    stories: &Receiver<Result<Story, String>>,
    time: Duration,
    failures: &mut Vec<String>,
) -> Arrival {
    let end = Instant::now() + time;
    loop {
        match stories.recv_timeout(end.saturating_duration_since(Instant::now())) {
            Ok(Ok(story)) => return Arrival::Story(Box::new(story)),
            Ok(Err(message)) => failures.push(message),
            Err(RecvTimeoutError::Disconnected) => return Arrival::None,
            Err(RecvTimeoutError::Timeout) => return Arrival::Late,
        }
    }
}

/// Waits for the first story and tells meanwhile what `progress` says. `q`, Escape and ^C end the wait; `early` gets the
/// other keys, which are meant for the story.
///
/// # Errors
/// If the terminal cannot be drawn to or read.
pub(crate) fn wait_on_screen(
    session: &mut TerminalSession,
    theme: &Theme,
    (stories, events): (&Receiver<Result<Story, String>>, &Receiver<Event>),
    progress: &dyn Fn() -> String,
    failures: &mut Vec<String>,
    early: &mut Vec<Event>,
) -> io::Result<Arrival> {
    loop {
        let message = progress();
        session.draw(|area, buf| draw(&message, theme, area, buf), &[])?;
        match wait(stories, INTERVAL, failures) {
            Arrival::Late => {}
            arrival => return Ok(arrival),
        }
        for event in events.try_iter() {
            match event {
                Event::Terminal(Terminal::Key(key)) if is_quit(key) => return Ok(Arrival::Quit),
                Event::Suspend => session.suspend()?,
                Event::Signal(number) => return Ok(Arrival::Signal(number)),
                Event::InputFailed(error) => return Err(error),
                event => early.push(event),
            }
        }
    }
}

/// Returns whether a key ends the wait.
fn is_quit(key: KeyEvent) -> bool {
    let is_control = key.modifiers.contains(KeyModifiers::CONTROL);
    key.kind != KeyEventKind::Release
        && match key.code {
            KeyCode::Esc => true,
            KeyCode::Char('q') => !is_control,
            KeyCode::Char('c') => is_control,
            _ => false,
        }
}

/// Draws the message at the top, and at the bottom how to quit.
fn draw(message: &str, theme: &Theme, area: Rect, buf: &mut Buffer) {
    buf.set_style(area, theme.text.0);
    let Rect { width, height, .. } = area;
    let column = MESSAGE_COLUMN.min(width);
    for (row, text, style) in
        [(1.min(height / 2), message, theme.text.0), (height.saturating_sub(1), "q quit", theme.secondary.0)]
    {
        if row < height {
            buf.set_stringn(column, row, text, usize::from(width - column), style);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    fn story(text: &str) -> Story {
        pullquote::load::from_text(text)
    }

    #[test]
    fn the_first_story_that_can_be_opened_ends_the_wait() {
        let (sender, stories) = mpsc::channel();
        let mut failures = Vec::new();
        let late = wait(&stories, Duration::ZERO, &mut failures);
        assert!(matches!(late, Arrival::Late));
        sender.send(Err("a.txt: No such file".to_string())).unwrap();
        sender.send(Ok(story("It rained."))).unwrap();
        let first = wait(&stories, Duration::from_mins(1), &mut failures);
        assert!(matches!(first, Arrival::Story(it) if it.text() == "It rained."));
        assert_eq!(failures, ["a.txt: No such file"]);
        drop(sender);
        assert!(matches!(wait(&stories, Duration::from_mins(1), &mut failures), Arrival::None));
    }

    #[test]
    fn it_says_what_is_read_and_how_to_quit_on_a_screen_of_any_size() {
        let theme = Theme::built_in("dark").unwrap();
        for (width, height) in [(0, 0), (1, 1), (2, 1), (9, 2), (80, 24)] {
            let area = Rect::new(0, 0, width, height);
            let mut buf = Buffer::empty(area);
            draw("Reading standard input: 12 KB", &theme, area, &mut buf);
            let shown: String = buf.content.iter().map(ratatui::buffer::Cell::symbol).collect();
            assert_eq!(shown.contains("standard input: 12 KB") && shown.contains("q quit"), width == 80);
        }
    }

    #[test]
    fn q_escape_and_control_c_end_the_wait_and_other_keys_do_not() {
        let quits = |code, modifiers| is_quit(KeyEvent::new(code, modifiers));
        assert!(quits(KeyCode::Char('q'), KeyModifiers::NONE));
        assert!(quits(KeyCode::Esc, KeyModifiers::NONE));
        assert!(quits(KeyCode::Char('c'), KeyModifiers::CONTROL));
        assert!(!quits(KeyCode::Char('c'), KeyModifiers::NONE));
        assert!(!quits(KeyCode::Char('q'), KeyModifiers::CONTROL));
        assert!(!quits(KeyCode::Down, KeyModifiers::NONE));
    }
}
