//! What comes to the prompt: lines, and the signals that end or suspend the process.

use std::io::{self, BufRead, IsTerminal};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::Builder;
use std::time::Duration;

use crate::tui::terminal::events::{self, Event, ExitReason, HANGUP_WAIT, wait_for_signal};
use crate::tui::terminal::session::stop_process;

/// What comes to the prompt.
enum PromptInput {
    Line(String),
    /// No further line follows.
    End,
    Failed(io::Error),
    /// A signal that ends the process.
    Signal(i32),
    /// A signal that suspends the process.
    Suspend,
}

/// The threads that read lines and wait for signals. A signal that is not taken in time ends the process.
pub(super) struct PromptReader {
    inputs: Receiver<PromptInput>,
    /// Whether the lines are typed. A terminal that is closed is no terminal any more.
    is_terminal: bool,
}

impl PromptReader {
    /// Starts the threads.
    ///
    /// # Errors
    /// If the handlers or the threads cannot be set up.
    pub(super) fn spawn() -> io::Result<Self> {
        let (sender, inputs) = mpsc::channel();
        let signals = sender.clone();
        // The receiver is gone once the user has quit.
        let pass_on = move |event| match event {
            Event::Signal(number) => drop(signals.send(PromptInput::Signal(number))),
            Event::Suspend => drop(signals.send(PromptInput::Suspend)),
            _ => {}
        };
        events::spawn_signal_thread(Arc::default(), pass_on)?;
        Builder::new().name("lines".into()).spawn(move || read_lines(&sender))?;
        Ok(Self { inputs, is_terminal: io::stdin().is_terminal() })
    }

    /// Waits for a line, or why none comes. Suspends the process meanwhile if that is asked for.
    ///
    /// # Errors
    /// If standard input cannot be read, or the process cannot be suspended.
    pub(super) fn next_line(&self) -> io::Result<ControlFlow<ExitReason, String>> {
        loop {
            match self.next() {
                PromptInput::Line(line) => return Ok(ControlFlow::Continue(line)),
                PromptInput::Signal(number) => return Ok(ControlFlow::Break(ExitReason::Signal(number))),
                PromptInput::End => return Ok(ControlFlow::Break(ExitReason::Quit)),
                PromptInput::Failed(error) => return Err(error),
                PromptInput::Suspend => stop_process()?,
            }
        }
    }

    fn next(&self) -> PromptInput {
        let input = self.inputs.recv().unwrap_or(PromptInput::End);
        let may_be_closed = matches!(input, PromptInput::End) && self.is_terminal;
        let signal = may_be_closed.then(|| self.wait_for_signal(HANGUP_WAIT)).flatten();
        signal.map_or(input, PromptInput::Signal)
    }

    /// Waits for a signal that ends the process, for a time; `None` if none comes.
    pub(super) fn wait_for_signal(&self, limit: Duration) -> Option<i32> {
        let signal =
            |it: &PromptInput| if let PromptInput::Signal(number) = it { Some(*number) } else { None };
        wait_for_signal(&self.inputs, limit, signal)
    }
}

/// Sends the lines of standard input until it ends.
fn read_lines(sender: &Sender<PromptInput>) {
    let mut stdin = io::stdin().lock();
    loop {
        let mut line = Vec::new();
        let input = match stdin.read_until(b'\n', &mut line) {
            Ok(0) => PromptInput::End,
            Ok(_) => PromptInput::Line(String::from_utf8_lossy(&line).into_owned()),
            Err(error) => PromptInput::Failed(error),
        };
        let is_last = !matches!(input, PromptInput::Line(_));
        // The receiver is gone once the user has quit.
        if sender.send(input).is_err() || is_last {
            return;
        }
    }
}
