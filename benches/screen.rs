//! Screen benchmark: time from key press to redrawn screen; `cargo bench --bench screen` prints the table.
//!
//! Runs the real program in a pseudo-terminal of 200 by 50 over a story of 3 MB with 20,000 quotes. A time runs from the
//! byte that is sent to the byte that ends the frame (the end of its synchronized update). It includes reading the key,
//! changing the state, drawing, and the pseudo-terminal; it excludes what a terminal takes to paint.

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// The number of quotes in the story, one per paragraph.
const QUOTES: usize = 20_000;

/// The speakers, in turn.
const SPEAKERS: [&str; 8] =
    ["Ann Lee", "Bo Ray", "Mia Torn", "Ola Birk", "Kai Voss", "Eva Lind", "Tom Hale", "Una Marsh"];

/// The bytes that end a frame: the end of a synchronized update.
const FRAME_END: &[u8] = b"\x1b[?2026l";

/// The longest wait for a frame.
const FRAME_TIMEOUT: Duration = Duration::from_mins(5);

/// The analysis shows another part of its findings within this time.
const PART_TIME: Duration = Duration::from_secs(2);

/// The output counts as finished after this time without a frame.
const QUIET_TIME: Duration = Duration::from_millis(4);

fn main() {
    let path = story();
    let mut first: Vec<Duration> = (0..9).map(|_| Session::start(&path).1).collect();
    let (mut session, _) = Session::start(&path);
    let found = session.last_frame();
    println!("the analysis took {:.1} s", (found - session.started).as_secs_f64());
    println!("| what | p50 | p99 | goal |\n| --- | --- | --- | --- |");
    row("first frame", &mut first, 60);
    row("a line down, `j`", &mut session.time_repeated(300, "", "j"), 8);
    row("a page down, `Space`", &mut session.time_repeated(200, "", " "), 8);
    row("the next quote, `]q`", &mut session.time_repeated(200, "]", "q"), 8);
    row("the next of this speaker, `)`", &mut session.time_repeated(200, "", ")"), 8);
    row("to the end and the start, `G` `g g`", &mut session.time_sequence(50, &["G", "g", "g"]), 8);
    row("to the side pane and back, `Tab`", &mut session.time_repeated(200, "", "\t"), 8);
    session.time_key("\t");
    row("the next item, `j`", &mut session.time_repeated(200, "", "j"), 8);
    session.time_key("\t");
    row("one speaker alone and back, `S`", &mut session.time_repeated(100, "", "S"), 8);
    session.time_key("S");
    row("the filter off and on, `F`", &mut session.time_repeated(100, "", "F"), 8);
    row("dimmed, folded, hidden, `f`", &mut session.time_repeated(99, "", "f"), 8);
    session.time_key("S");
    row("all quotes as a page, `V`", &mut session.time_around(30, "V", "\x1b"), 10);
    session.time_key("V");
    row("a page of the quotes, `Space`", &mut session.time_repeated(100, "", " "), 10);
    row("the quotes by another order, `→`", &mut session.time_repeated(20, "", "\x1b[C"), 50);
    session.time_key("\x1b");
    row("the statistics, `i`", &mut session.time_around(30, "i", "\x1b"), 50);
    let mut typed = Vec::new();
    for _ in 0..10 {
        session.time_key("/");
        typed.extend("ferry number 19999".chars().map(|it| session.time_key(&it.to_string())));
        session.time_key("\r");
    }
    row("a letter of a search", &mut typed, 30);
    row("the next match, `n`", &mut session.time_repeated(100, "", "n"), 8);
    let mut resized: Vec<Duration> =
        (0..60).map(|turn| session.time_resize(if turn % 2 == 0 { 150 } else { 200 })).collect();
    row("another width", &mut resized, 50);
}

/// Prints one row of the table: median, 99th percentile and goal, in milliseconds.
fn row(what: &str, times: &mut [Duration], goal: u64) {
    times.sort_unstable();
    let at = |share: usize| {
        times[(times.len() * share).div_ceil(100).clamp(1, times.len()) - 1].as_secs_f64() * 1000.0
    };
    println!("| {what} | {:.1} ms | {:.1} ms | {goal} ms |", at(50), at(99));
}

/// Writes a story of 3 MB to a file.
fn story() -> PathBuf {
    let paragraph = |number: usize| {
        let speaker = SPEAKERS[number * 7 % SPEAKERS.len()];
        format!(
            "“The ferry number {number} will not run again before the summer, and nobody has told us why that should \
             be,” said {speaker} of the harbour council on Monday.\n\n"
        )
    };
    let text: String = (0..QUOTES).map(paragraph).collect();
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("long-story.txt");
    fs::write(&path, format!("The last ferry of Ellwick\n\n{text}")).expect("the story can be written");
    path
}

/// The program in a pseudo-terminal.
struct Session {
    terminal: Box<dyn MasterPty + Send>,
    program: Box<dyn Child + Send + Sync>,
    keys: Box<dyn Write + Send>,
    frames: Receiver<Instant>,
    started: Instant,
}

impl Session {
    /// Starts the program on a story; returns the time of its first frame too.
    fn start(story: &Path) -> (Self, Duration) {
        let pair = native_pty_system().openpty(size(200)).expect("there are pseudo-terminals");
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_pullquote"));
        // A theme that follows the background would wait for an answer that this terminal does not give.
        command.args(["--no-model", "--no-shelf", "--theme", "dark"]);
        command.arg(story);
        command.env("TERM", "xterm-256color");
        let output = pair.master.try_clone_reader().expect("it can be read");
        let keys = pair.master.take_writer().expect("it can be written");
        let (send, frames) = mpsc::channel();
        thread::spawn(move || watch(output, &send));
        let started = Instant::now();
        let program = pair.slave.spawn_command(command).expect("the program was built");
        let session = Self { terminal: pair.master, program, keys, frames, started };
        let first = session.next_frame() - started;
        (session, first)
    }

    /// Waits for the next frame; returns when it ended.
    fn next_frame(&self) -> Instant {
        self.frames.recv_timeout(FRAME_TIMEOUT).expect("a frame comes")
    }

    /// Waits until no frame comes any more, so that the findings of all parts are shown; returns when the last one ended.
    fn last_frame(&self) -> Instant {
        let mut last = self.next_frame();
        while let Ok(frame) = self.frames.recv_timeout(PART_TIME) {
            last = frame;
        }
        last
    }

    /// Sends a key; returns the time until its frame ended.
    fn time_key(&mut self, key: &str) -> Duration {
        let sent = Instant::now();
        self.keys.write_all(key.as_bytes()).expect("a key can be sent");
        self.keys.flush().expect("a key can be sent");
        self.time_since(sent)
    }

    fn time_resize(&mut self, columns: u16) -> Duration {
        let sent = Instant::now();
        self.terminal.resize(size(columns)).expect("the size can be changed");
        self.time_since(sent)
    }

    fn time_since(&self, sent: Instant) -> Duration {
        let time = self.next_frame() - sent;
        while self.frames.recv_timeout(QUIET_TIME).is_ok() {}
        time
    }

    /// Times a key many times, each time after a key that is not timed.
    fn time_repeated(&mut self, times: usize, before: &str, key: &str) -> Vec<Duration> {
        let timed = (0..times).map(|_| {
            if !before.is_empty() {
                self.time_key(before);
            }
            self.time_key(key)
        });
        timed.collect()
    }

    /// Times a key many times, each time with a key after it that is not timed.
    fn time_around(&mut self, times: usize, key: &str, after: &str) -> Vec<Duration> {
        let timed = (0..times).map(|_| {
            let time = self.time_key(key);
            self.time_key(after);
            time
        });
        timed.collect()
    }

    /// Times several keys in turn.
    fn time_sequence(&mut self, turns: usize, keys: &[&str]) -> Vec<Duration> {
        (0..turns).flat_map(|_| keys).map(|key| self.time_key(key)).collect()
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // The program may have ended by itself.
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

/// Sends the time at which each frame ends, until the program ends.
fn watch(mut output: impl Read, send: &Sender<Instant>) {
    let mut bytes = vec![0; 1 << 16];
    let mut tail: Vec<u8> = Vec::new();
    while let Ok(read @ 1..) = output.read(&mut bytes) {
        let now = Instant::now();
        tail.extend_from_slice(&bytes[..read]);
        let ended = tail.windows(FRAME_END.len()).filter(|it| *it == FRAME_END).count();
        for _ in 0..ended {
            if send.send(now).is_err() {
                return;
            }
        }
        // Keeps what may be the start of the end bytes, never all of them: they would count twice.
        tail.drain(..tail.len().saturating_sub(FRAME_END.len() - 1));
    }
}

fn size(columns: u16) -> PtySize {
    PtySize { rows: 50, cols: columns, pixel_width: 0, pixel_height: 0 }
}
