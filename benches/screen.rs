//! From a key to its finished frame: `cargo bench --bench screen` prints the table.
//!
//! The real program is driven in a pseudo-terminal of 200 by 50 over a story of 3 MB with 20,000 quotes. A time runs from
//! the byte that is sent to the byte that closes the frame (the end of its synchronised update), so that reading the key,
//! changing the state, drawing, and the terminal's own pipe are all in it; what a terminal takes to paint is not.

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// How many quotes the story has, one a paragraph.
const QUOTES: usize = 20_000;

/// Who says them.
const SPEAKERS: [&str; 8] =
    ["Ann Lee", "Bo Ray", "Mia Torn", "Ola Birk", "Kai Voss", "Eva Lind", "Tom Hale", "Una Marsh"];

/// The bytes that close a frame.
const CLOSED: &[u8] = b"\x1b[?2026l";

/// No frame takes so long.
const PATIENCE: Duration = Duration::from_mins(5);

/// After a frame nothing more comes for so long.
const QUIET: Duration = Duration::from_millis(4);

fn main() {
    let path = story();
    let mut first: Vec<Duration> = (0..9).map(|_| Desk::open(&path).1).collect();
    let (mut desk, _) = Desk::open(&path);
    let found = desk.next();
    println!("the findings came after {:.1} s", (found - desk.opened).as_secs_f64());
    println!("| what | p50 | p99 | goal |\n| --- | --- | --- | --- |");
    row("first frame", &mut first, 100);
    row("a row on, `j`", &mut desk.times(300, "", "j"), 8);
    row("a page on, `Space`", &mut desk.times(200, "", " "), 8);
    row("the next quote, `]q`", &mut desk.times(200, "]", "q"), 8);
    row("the next of this speaker, `)`", &mut desk.times(200, "", ")"), 8);
    row("to the end and the start, `G` `g g`", &mut desk.turns(50, &["G", "g", "g"]), 8);
    row("to the side pane and back, `Tab`", &mut desk.times(200, "", "\t"), 8);
    desk.ask("\t");
    row("a finding on, `j`", &mut desk.times(200, "", "j"), 8);
    desk.ask("\t");
    row("one speaker alone and all, `S`", &mut desk.times(100, "", "S"), 8);
    desk.ask("S");
    row("the filter off and on, `F`", &mut desk.times(100, "", "F"), 8);
    row("dimmed, folded, hidden, `f`", &mut desk.times(99, "", "f"), 8);
    desk.ask("S");
    let mut typed = Vec::new();
    for _ in 0..10 {
        desk.ask("/");
        typed.extend("ferry number 19999".chars().map(|it| desk.ask(&it.to_string())));
        desk.ask("\r");
    }
    row("a letter of a search", &mut typed, 30);
    row("the next hit, `n`", &mut desk.times(100, "", "n"), 8);
    let mut resized: Vec<Duration> =
        (0..60).map(|turn| desk.resize(if turn % 2 == 0 { 150 } else { 200 })).collect();
    row("another width", &mut resized, 50);
}

/// One row of the table: the middle and the slowest hundredth, against what is promised, in milliseconds.
fn row(what: &str, times: &mut [Duration], goal: u64) {
    times.sort_unstable();
    let at = |share: usize| {
        times[(times.len() * share).div_ceil(100).clamp(1, times.len()) - 1].as_secs_f64() * 1000.0
    };
    println!("| {what} | {:.1} ms | {:.1} ms | {goal} ms |", at(50), at(99));
}

/// A story of 3 MB, in a file.
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

/// The program in its terminal.
struct Desk {
    terminal: Box<dyn MasterPty + Send>,
    program: Box<dyn Child + Send + Sync>,
    keys: Box<dyn Write + Send>,
    frames: Receiver<Instant>,
    opened: Instant,
}

impl Desk {
    /// The program over a story, and how long its first frame took.
    fn open(story: &Path) -> (Self, Duration) {
        let pair = native_pty_system().openpty(size(200)).expect("there are pseudo-terminals");
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_pullquote"));
        command.args(["--no-model", "--no-shelf"]);
        command.arg(story);
        command.env("TERM", "xterm-256color");
        let output = pair.master.try_clone_reader().expect("it can be read");
        let keys = pair.master.take_writer().expect("it can be written");
        let (send, frames) = mpsc::channel();
        thread::spawn(move || watch(output, &send));
        let opened = Instant::now();
        let program = pair.slave.spawn_command(command).expect("the program was built");
        let desk = Self { terminal: pair.master, program, keys, frames, opened };
        let first = desk.next() - opened;
        (desk, first)
    }

    /// When the next frame is closed.
    fn next(&self) -> Instant {
        self.frames.recv_timeout(PATIENCE).expect("a frame comes")
    }

    /// How long a key takes to its frame.
    fn ask(&mut self, key: &str) -> Duration {
        let asked = Instant::now();
        self.keys.write_all(key.as_bytes()).expect("a key can be sent");
        self.keys.flush().expect("a key can be sent");
        self.answered(asked)
    }

    fn resize(&mut self, columns: u16) -> Duration {
        let asked = Instant::now();
        self.terminal.resize(size(columns)).expect("the size can be changed");
        self.answered(asked)
    }

    fn answered(&self, asked: Instant) -> Duration {
        let answered = self.next() - asked;
        while self.frames.recv_timeout(QUIET).is_ok() {}
        answered
    }

    /// A key many times over, each after others that are not timed.
    fn times(&mut self, times: usize, before: &str, key: &str) -> Vec<Duration> {
        let timed = (0..times).map(|_| {
            if !before.is_empty() {
                self.ask(before);
            }
            self.ask(key)
        });
        timed.collect()
    }

    /// Several keys in turn, all of them timed.
    fn turns(&mut self, turns: usize, keys: &[&str]) -> Vec<Duration> {
        (0..turns).flat_map(|_| keys).map(|key| self.ask(key)).collect()
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

/// Tells of every frame that is closed, until the program has ended.
fn watch(mut output: impl Read, send: &Sender<Instant>) {
    let mut bytes = vec![0; 1 << 16];
    let mut tail: Vec<u8> = Vec::new();
    while let Ok(read @ 1..) = output.read(&mut bytes) {
        let now = Instant::now();
        tail.extend_from_slice(&bytes[..read]);
        let closed = tail.windows(CLOSED.len()).filter(|it| *it == CLOSED).count();
        for _ in 0..closed {
            if send.send(now).is_err() {
                return;
            }
        }
        // What may be the head of a mark is kept, but no whole mark: it would be counted twice.
        tail.drain(..tail.len().saturating_sub(CLOSED.len() - 1));
    }
}

fn size(columns: u16) -> PtySize {
    PtySize { rows: 50, cols: columns, pixel_width: 0, pixel_height: 0 }
}
