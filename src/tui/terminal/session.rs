//! The terminal taken over, and given back as it was on every way out.

use std::io::{self, Stdout, Write, stdout};
use std::num::NonZeroU16;
use std::panic;
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture,
};
use crossterm::style::Print;
use crossterm::terminal::{
    BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen, SetTitle,
};
use crossterm::{cursor, execute, queue, terminal};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::buffer::{Buffer, CellDiffOption};
use ratatui::layout::{Rect, Size};
use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};

use crate::tui::text::width::display_width;

/// Whether this process holds the terminal. The panic hook and the thread that
/// waits for signals ask, and they reach nothing but a static.
static ACTIVE: AtomicBool = AtomicBool::new(false);

/// The columns of a wide sign.
const TWO_COLUMNS: NonZeroU16 = NonZeroU16::MIN.saturating_add(1);

/// Puts the window's title on the terminal's stack, and takes it from there again (xterm's window operations 22 and 23).
const PUSH_TITLE: &str = "\x1b[22;2t";
const POP_TITLE: &str = "\x1b[23;2t";

/// Raw mode, the alternate screen, mouse and pasting told apart from keys, no cursor; dropping it gives all of them back.
pub(crate) struct TerminalSession {
    terminal: Terminal<CrosstermBackend<Stdout>>,
    /// The title that the terminal shows; empty while that is still its own.
    title: String,
    /// Whether the mouse is ours; else the terminal keeps it for selecting.
    mouse: bool,
}

impl TerminalSession {
    /// Takes the terminal, and its mouse if that is wanted.
    pub(crate) fn enter(mouse: bool) -> io::Result<Self> {
        // The theme has decided about colour. Left to itself crossterm writes an empty colour under NO_COLOR, which
        // resets every attribute.
        crossterm::style::force_color_output(true);
        enter_raw(mouse)?;
        let terminal = Terminal::new(CrosstermBackend::new(stdout()));
        terminal.map(|terminal| Self { terminal, title: String::new(), mouse }).inspect_err(|_| release())
    }

    pub(crate) fn size(&self) -> io::Result<Size> {
        self.terminal.size()
    }

    /// Says in the terminal's title what is read; the terminal keeps its own title until it is released.
    pub(crate) fn set_title(&mut self, title: &str) -> io::Result<()> {
        if title == self.title {
            return Ok(());
        }
        if self.title.is_empty() {
            queue!(stdout(), Print(PUSH_TITLE))?;
        }
        self.title = title.to_string();
        queue!(stdout(), SetTitle(title))
    }

    /// Draws one frame, which a terminal that can shows at once.
    pub(crate) fn draw(&mut self, draw: impl FnOnce(Rect, &mut Buffer)) -> io::Result<()> {
        queue!(stdout(), BeginSynchronizedUpdate)?;
        self.terminal.draw(|frame| {
            draw(frame.area(), frame.buffer_mut());
            fix_widths(frame.buffer_mut());
        })?;
        execute!(stdout(), EndSynchronizedUpdate)
    }

    /// Draws everything anew at the next frame. ratatui's own `clear` would ask the terminal where the cursor is, and the
    /// answer would go to the thread that reads the keys.
    pub(crate) fn force_redraw(&mut self) -> io::Result<()> {
        let size = self.terminal.size()?;
        self.terminal.resize(size.into())
    }

    /// Writes a sequence that moves and draws nothing.
    pub(crate) fn write_sequence(sequence: &str) -> io::Result<()> {
        let mut out = stdout();
        out.write_all(sequence.as_bytes())?;
        out.flush()
    }

    /// Takes the mouse, or leaves it to the terminal.
    pub(crate) fn set_mouse_capture(&mut self, mouse: bool) -> io::Result<()> {
        self.mouse = mouse;
        if mouse { execute!(stdout(), EnableMouseCapture) } else { execute!(stdout(), DisableMouseCapture) }
    }

    /// Gives the terminal to the shell until it calls back.
    pub(crate) fn suspend(&mut self) -> io::Result<()> {
        release();
        self.title.clear();
        stop_process()?;
        enter_raw(self.mouse)?;
        self.force_redraw()
    }

    /// Gives the terminal to somebody as long as he works, and takes it back however he leaves it.
    pub(crate) fn suspend_while<T>(&mut self, work: impl FnOnce() -> T) -> io::Result<T> {
        release();
        self.title.clear();
        let driver = tcgetattr(rustix::stdio::stdout());
        let done = work();
        if let Ok(driver) = driver {
            tcsetattr(rustix::stdio::stdout(), OptionalActions::Now, &driver)?;
        }
        enter_raw(self.mouse)?;
        self.force_redraw()?;
        Ok(done)
    }
}

/// Stops the process as SIGTSTP does where nobody has asked for another thing.
pub(crate) fn stop_process() -> io::Result<()> {
    signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP)
}

impl Drop for TerminalSession {
    fn drop(&mut self) {
        release();
    }
}

/// Says of signs that U+FE0F makes two columns wide that they are. ratatui 0.30.2 follows each by a blank for terminals
/// that draw them narrow; on all others that shifts the row, or wipes out half of the sign.
fn fix_widths(drawn: &mut Buffer) {
    for cell in &mut drawn.content {
        let symbol = cell.symbol();
        if symbol.len() > 3 && symbol.contains('\u{fe0f}') && display_width(symbol) == 2 {
            cell.diff_option = CellDiffOption::ForcedWidth(TWO_COLUMNS);
        }
    }
}

fn enter_raw(mouse: bool) -> io::Result<()> {
    ACTIVE.store(true, Ordering::SeqCst);
    let taken = terminal::enable_raw_mode().and_then(|()| {
        execute!(stdout(), EnterAlternateScreen, EnableBracketedPaste, cursor::Hide)?;
        if mouse { execute!(stdout(), EnableMouseCapture) } else { Ok(()) }
    });
    taken.inspect_err(|_| release())
}

/// Gives the terminal back, in the reverse order; a second time does no harm. There is nobody left to tell of an error.
pub(crate) fn release() {
    if ACTIVE.swap(false, Ordering::SeqCst) {
        let mut out = stdout();
        let _ = execute!(
            out,
            EndSynchronizedUpdate,
            Print(POP_TITLE),
            cursor::Show,
            DisableBracketedPaste,
            DisableMouseCapture,
            LeaveAlternateScreen
        );
        let _ = out.flush();
        let _ = terminal::disable_raw_mode();
    }
}

/// The name of threads whose panics are caught and shown by the reader itself.
pub(crate) const ENGINE_THREAD: &str = "analysis";

/// From now on a panic gives the terminal back before it speaks.
pub(crate) fn release_on_panic() {
    let speak = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        if std::thread::current().name() != Some(ENGINE_THREAD) {
            release();
            speak(panic);
        }
    }));
}
