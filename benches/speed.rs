//! How long pullquote takes: `cargo bench --bench speed` prints the table of the README.
//!
//! A counted loop instead of a framework: a run is long enough to be timed by itself, and the least of several runs is
//! what the program takes when nothing else runs.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use pullquote::engine::Engine;
use pullquote::load;
use pullquote::story::Story;

/// How many stories the stream holds.
const STREAM: usize = 300;

fn main() {
    let story = story();
    let words = story.split_whitespace().count();
    let loaded = load::from_text(&story);
    let mut table = String::from("| what | time |\n| --- | --- |\n");
    let mut row = |what: &str, time: &str| {
        // Writing to a string cannot fail.
        let _ = writeln!(table, "| {what} | {time} |");
    };
    row("making the engine", &shown(least(9, || drop(Engine::embedded()))));
    row(
        "its first analysis, of one word",
        &shown(least(5, || analysed(&Engine::embedded(), &load::from_text("Rain.")))),
    );
    let engine = Engine::embedded();
    analysed(&engine, &loaded);
    row(&format!("a story of {words} words"), &shown(least(20, || analysed(&engine, &loaded))));
    row(
        "the same, from the start of the process to its JSON",
        &shown(least(10, || process(&["-f", "json"], &story))),
    );
    let line = format!("{}\n", serde_json::json!({ "id": "story", "text": story }));
    let time = least(3, || process(&["--from", "jsonl", "-f", "jsonl"], &line.repeat(STREAM)));
    let speed = (words * STREAM) as f64 / time.as_secs_f64();
    row(&format!("a stream of {STREAM} such stories"), &format!("{speed:.0} words a second"));
    if let Some(memory) = memory() {
        row("the most memory that this took", &memory);
    }
    print!("{table}");
}

/// A story of about 500 words.
fn story() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/stories/strait-talks.txt");
    fs::read_to_string(path).expect("the sample story is there")
}

fn analysed(engine: &Engine, story: &Story) {
    std::hint::black_box(engine.analyze(story));
}

/// Gives `input` to the binary and reads all that it answers.
fn process(arguments: &[&str], input: &str) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pullquote"));
    let mut child = command
        .arg("extract")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the binary was built");
    let mut stdin = child.stdin.take().expect("its input is piped");
    std::thread::scope(|scope| {
        scope.spawn(move || stdin.write_all(input.as_bytes()));
        let done = child.wait_with_output().expect("it ends");
        assert!(done.status.success() && !done.stdout.is_empty());
    });
}

/// The least time of several runs.
fn least(runs: usize, mut run: impl FnMut()) -> Duration {
    let timed = (0..runs).map(|_| {
        let start = Instant::now();
        run();
        start.elapsed()
    });
    timed.min().unwrap_or_default()
}

fn shown(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1000.0)
}

/// The most memory that this process had, where the system says so.
fn memory() -> Option<String> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|it| it.strip_prefix("VmHWM:"))?;
    let kilobytes: usize = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(format!("{} MB", kilobytes / 1024))
}
