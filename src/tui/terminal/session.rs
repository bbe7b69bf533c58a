//! The terminal session: raw mode and the alternate screen, restored on every way out.

use std::env;
use std::io::{self, Stdout, Write, stdout};
use std::mem::ManuallyDrop;
use std::num::NonZeroU16;
use std::panic;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::thread::Builder;
use std::time::Duration;

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

use crate::tui::style::color_depth::{has_true_color, reduce_colors};
use crate::tui::terminal::hyperlink::{self, LinkCell};
use crate::tui::text::width::display_width;

/// Whether a session is active. It is static because the panic hook and the signal thread must reach it.
static ACTIVE: AtomicBool = AtomicBool::new(false);

/// The width of a wide character, in columns.
const TWO_COLUMNS: NonZeroU16 = NonZeroU16::MIN.saturating_add(1);

/// Save and restore the window title (xterm window operations 22 and 23).
const PUSH_TITLE: &str = "\x1b[22;2t";
const POP_TITLE: &str = "\x1b[23;2t";

/// A terminal in raw mode on the alternate screen, with mouse and bracketed paste and without a cursor. Dropping it
/// restores the terminal.
pub(crate) struct TerminalSession {
    /// Never dropped: its destructor prints to standard error if the terminal is gone, and panics if that fails too.
    terminal: ManuallyDrop<Terminal<CrosstermBackend<Stdout>>>,
    /// The title that was set last; empty while the terminal shows its own.
    title: String,
    /// Whether the mouse is captured; otherwise the terminal uses it to select text.
    mouse: bool,
    /// Whether the terminal shows all colours; otherwise they are rounded to a palette of 256.
    has_true_color: bool,
    /// Whether the terminal knows hyperlinks.
    pub(crate) has_hyperlinks: bool,
}

impl TerminalSession {
    /// Starts a session, with mouse capture if `mouse` is set.
    ///
    /// # Errors
    /// If the terminal does not accept the modes.
    pub(crate) fn enter(mouse: bool) -> io::Result<Self> {
        // The theme decides about colour. By default crossterm writes an empty colour under NO_COLOR, which resets
        // every attribute.
        crossterm::style::force_color_output(true);
        enter_raw(mouse)?;
        let terminal = Terminal::new(CrosstermBackend::new(stdout()));
        let variable = |name| env::var(name).unwrap_or_default();
        let has_true_color = has_true_color(&variable("COLORTERM"), &variable("TERM"));
        let terminal = terminal.map(ManuallyDrop::new);
        terminal
            .map(|terminal| Self {
                terminal,
                title: String::new(),
                mouse,
                has_true_color,
                has_hyperlinks: hyperlink::are_supported(),
            })
            .inspect_err(|_| release())
    }

    pub(crate) fn size(&self) -> io::Result<Size> {
        self.terminal.size()
    }

    /// Sets the window title. The terminal's own title is restored at the end.
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

    /// Draws one frame inside a synchronized update. `links` are the cells that are hyperlinks.
    pub(crate) fn draw(
        &mut self,
        draw: impl FnOnce(Rect, &mut Buffer),
        links: &[LinkCell],
    ) -> io::Result<()> {
        queue!(stdout(), BeginSynchronizedUpdate)?;
        let has_true_color = self.has_true_color;
        self.terminal.draw(|frame| {
            draw(frame.area(), frame.buffer_mut());
            if !has_true_color {
                reduce_colors(frame.buffer_mut());
            }
            fix_widths(frame.buffer_mut());
            hyperlink::link_cells(frame.buffer_mut(), links);
        })?;
        execute!(stdout(), EndSynchronizedUpdate)
    }

    /// Redraws every cell in the next frame. ratatui's `clear` would ask the terminal for the cursor position, and the
    /// input thread would read the answer.
    pub(crate) fn force_redraw(&mut self) -> io::Result<()> {
        let size = self.terminal.size()?;
        self.terminal.resize(size.into())
    }

    /// Writes an escape sequence that neither moves the cursor nor draws.
    pub(crate) fn write_sequence(sequence: &str) -> io::Result<()> {
        let mut out = stdout();
        out.write_all(sequence.as_bytes())?;
        out.flush()
    }

    /// Captures the mouse, or leaves it to the terminal.
    pub(crate) fn set_mouse_capture(&mut self, mouse: bool) -> io::Result<()> {
        self.mouse = mouse;
        if mouse { execute!(stdout(), EnableMouseCapture) } else { execute!(stdout(), DisableMouseCapture) }
    }

    /// Suspends the process. Returns when the shell resumes it.
    pub(crate) fn suspend(&mut self) -> io::Result<()> {
        release();
        self.title.clear();
        stop_process()?;
        enter_raw(self.mouse)?;
        self.force_redraw()
    }

    /// Restores the terminal while `work` runs, then enters the session again, whatever modes `work` has left.
    pub(crate) fn suspend_while<T>(&mut self, work: impl FnOnce() -> T) -> io::Result<T> {
        release();
        self.title.clear();
        let driver = tcgetattr(rustix::stdio::stdout());
        let result = work();
        if let Ok(driver) = driver {
            tcsetattr(rustix::stdio::stdout(), OptionalActions::Now, &driver)?;
        }
        enter_raw(self.mouse)?;
        self.force_redraw()?;
        Ok(result)
    }
}

/// Stops the process as SIGTSTP does by default.
pub(crate) fn stop_process() -> io::Result<()> {
    signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP)
}

impl Drop for TerminalSession {
    fn drop(&mut self) {
        release();
    }
}

/// Forces characters followed by U+FE0F to two columns. ratatui 0.30.2 adds a space for terminals that draw them
/// narrow; on all others that shifts the row or erases half of the character.
fn fix_widths(buffer: &mut Buffer) {
    for cell in &mut buffer.content {
        let symbol = cell.symbol();
        if symbol.len() > 3 && symbol.contains('\u{fe0f}') && display_width(symbol) == 2 {
            cell.diff_option = CellDiffOption::ForcedWidth(TWO_COLUMNS);
        }
    }
}

fn enter_raw(mouse: bool) -> io::Result<()> {
    ACTIVE.store(true, Ordering::SeqCst);
    let entered = terminal::enable_raw_mode().and_then(|()| {
        execute!(stdout(), EnterAlternateScreen, EnableBracketedPaste, cursor::Hide)?;
        if mouse { execute!(stdout(), EnableMouseCapture) } else { Ok(()) }
    });
    entered.inspect_err(|_| release())
}

/// Restores the terminal in reverse order. Does nothing if it is restored already. Errors are ignored: nobody is left
/// to report them to.
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

/// Restores the terminal as far as it takes bytes within `time_limit`, and its driver settings in any case.
pub(crate) fn release_within(time_limit: Duration) {
    // The driver takes no bytes, so it does not wait.
    let _ = terminal::disable_raw_mode();
    let (done, is_done) = mpsc::channel();
    // Another thread may hold standard output while it waits for the terminal.
    let releasing = Builder::new().name("release".into()).spawn(move || {
        release();
        done.send(())
    });
    if releasing.is_ok() {
        // The process ends now, with or without the answer.
        let _ = is_done.recv_timeout(time_limit);
    }
}

/// The name of the engine thread. Its panics are caught and reported on the screen.
pub(crate) const ENGINE_THREAD: &str = "analysis";

/// Installs a panic hook that restores the terminal before the message is printed.
pub(crate) fn release_on_panic() {
    let default_hook = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        if std::thread::current().name() != Some(ENGINE_THREAD) {
            release();
            default_hook(panic);
        }
    }));
}
