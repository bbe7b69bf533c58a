//! The clipboard: OSC 52 through the terminal, and a clipboard tool if there is one.

use std::env;
use std::io::{self, Write};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::{self, Builder};
use std::time::Duration;

use crossterm::Command as _;
use crossterm::clipboard::CopyToClipboard;

/// A clipboard tool: the environment variable that must be set, the program, its arguments.
type ClipboardTool = (&'static str, &'static str, &'static [&'static str]);

/// The known clipboard tools, in the order in which they are tried.
const CLIPBOARD_TOOLS: &[ClipboardTool] = &[
    ("TMUX", "tmux", &["load-buffer", "-w", "-"]),
    ("WAYLAND_DISPLAY", "wl-copy", &[]),
    ("DISPLAY", "xclip", &["-selection", "clipboard"]),
    ("DISPLAY", "xsel", &["--clipboard", "--input"]),
    #[cfg(target_os = "macos")]
    ("PATH", "pbcopy", &[]),
];

/// Maximum length of a sequence in GNU screen, in bytes; it cuts off longer ones.
const MAX_SCREEN_SEQUENCE_BYTES: usize = 240;

/// How often to look whether a tool has ended.
const TOOL_POLL_DELAY: Duration = Duration::from_millis(10);

/// The escape sequences that copy `text` by OSC 52, wrapped for tmux or screen if one of them is running.
pub(crate) fn osc52(text: &str) -> String {
    let is_set = |name| env::var_os(name).is_some_and(|it| !it.is_empty());
    wrap_for_multiplexer(&osc52_sequence(text), is_set("TMUX"), is_set("STY"))
}

fn osc52_sequence(text: &str) -> String {
    let mut bare = String::new();
    CopyToClipboard::to_clipboard_from(text).write_ansi(&mut bare).expect("writing to a string cannot fail");
    bare
}

/// Wraps a sequence for a terminal multiplexer. tmux reads it itself or passes a wrapped one on, depending on its
/// options `set-clipboard` and `allow-passthrough`, so it gets both. screen only passes it on.
fn wrap_for_multiplexer(sequence: &str, tmux: bool, screen: bool) -> String {
    if tmux {
        return format!("{sequence}\x1bPtmux;{}\x1b\\", sequence.replace('\x1b', "\x1b\x1b"));
    }
    if !screen {
        return sequence.to_string();
    }
    // An ST inside a part would end the part, so the sequence ends in BEL instead.
    let sequence = sequence.replace("\x1b\\", "\x07");
    let mut parts = String::new();
    let mut rest = sequence.as_str();
    while !rest.is_empty() {
        let (part, after) = rest.split_at(MAX_SCREEN_SEQUENCE_BYTES.min(rest.len()));
        parts.extend(["\x1bP", part, "\x1b\\"]);
        rest = after;
    }
    parts
}

/// Copies `text` with the first clipboard tool that accepts it, on a thread, since a tool may hang. `done` gets the
/// name of that tool.
pub(crate) fn copy_with_tool(
    text: String,
    done: impl FnOnce(&'static str) + Send + 'static,
) -> io::Result<()> {
    let set = |it: &&ClipboardTool| env::var_os(it.0).is_some_and(|it| !it.is_empty());
    let tools: Vec<&ClipboardTool> = CLIPBOARD_TOOLS.iter().filter(set).collect();
    if tools.is_empty() {
        return Ok(());
    }
    let work = move || {
        if let Some(tool) = tools.into_iter().find(|tool| run_tool(tool, &text)) {
            done(tool.1);
        }
    };
    Builder::new().name("clipboard".into()).spawn(work).map(drop)
}

/// Whether a tool can be started, reads the text and exits with success. One that is still running is killed before.
fn run_tool(tool: &ClipboardTool, text: &str) -> bool {
    let mut command = Command::new(tool.1);
    command.args(tool.2).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    let Ok(mut program) = command.spawn() else { return false };
    let (number, input) = (program.id(), program.stdin.take());
    if let Some(mut hanging) = running_tool().replace(program) {
        // A tool that has ended cannot be killed.
        let _ = hanging.kill();
        let _ = hanging.wait();
    }
    let written = input.is_some_and(|mut it| it.write_all(text.as_bytes()).is_ok());
    loop {
        let mut running = running_tool();
        // A newer copy has replaced this one.
        let Some(program) = running.as_mut().filter(|it| it.id() == number) else { return false };
        if let Some(status) = program.try_wait().transpose() {
            *running = None;
            return written && status.is_ok_and(|it| it.success());
        }
        drop(running);
        thread::sleep(TOOL_POLL_DELAY);
    }
}

/// The tool that is running, if any. It is static because every copy must reach it.
fn running_tool() -> MutexGuard<'static, Option<Child>> {
    static RUNNING: Mutex<Option<Child>> = Mutex::new(None);
    RUNNING.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_tool_that_hangs_is_ended_by_the_next_copy() {
        let hanging = thread::spawn(|| run_tool(&("", "sleep", &["600"]), "Ann"));
        while running_tool().is_none() && !hanging.is_finished() {
            thread::sleep(TOOL_POLL_DELAY);
        }
        assert!(run_tool(&("", "cat", &[]), "Bo"));
        assert!(!hanging.join().unwrap());
        assert!(running_tool().is_none());
    }

    #[test]
    fn a_sequence_passes_through_the_multiplexer() {
        let bare = osc52_sequence("Ann");
        assert!(bare.starts_with("\x1b]52;c;QW5u"), "{bare:?}");
        assert_eq!(wrap_for_multiplexer(&bare, false, false), bare);
        let tmux = wrap_for_multiplexer("\x1b]52;c;QW5u\x1b\\", true, false);
        assert_eq!(tmux, "\x1b]52;c;QW5u\x1b\\\x1bPtmux;\x1b\x1b]52;c;QW5u\x1b\x1b\\\x1b\\");
        assert_eq!(
            wrap_for_multiplexer("\x1b]52;c;QW5u\x1b\\", false, true),
            "\x1bP\x1b]52;c;QW5u\x07\x1b\\"
        );
        let long = wrap_for_multiplexer(&"a".repeat(500), false, true);
        assert!(long.split("\x1b\\").all(|it| it.len() <= MAX_SCREEN_SEQUENCE_BYTES + 2), "{long:?}");
        assert_eq!(long.replace("\x1bP", "").replace("\x1b\\", "").len(), 500);
    }
}
