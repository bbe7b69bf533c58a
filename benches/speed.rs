//! Speed benchmark of the engine and the process; `cargo bench --bench speed` prints the table.
//!
//! A counted loop, no framework: one run is long enough to be timed. The least of several runs is the time of an idle
//! machine.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use pullquote::engine::Engine;
use pullquote::load;
use pullquote::story::Story;

/// The number of stories in the stream.
const STREAM_STORIES: usize = 300;

fn main() {
    let story = story();
    let words = story.split_whitespace().count();
    let loaded = load::from_text(&story);
    let mut table = String::from("| what | time |\n| --- | --- |\n");
    let mut row = |what: &str, time: &str| {
        // Writing to a string cannot fail.
        let _ = writeln!(table, "| {what} | {time} |");
    };
    row("making the engine", &in_ms(shortest(9, || drop(Engine::embedded()))));
    row(
        "its first analysis, of one word",
        &in_ms(shortest(5, || analyze(&Engine::embedded(), &load::from_text("Rain.")))),
    );
    let engine = Engine::embedded();
    analyze(&engine, &loaded);
    row(&format!("a story of {words} words"), &in_ms(shortest(20, || analyze(&engine, &loaded))));
    row(
        "the same, from the start of the process to the end of its JSON",
        &in_ms(shortest(10, || extract(&["-f", "json"], &story))),
    );
    let line = format!("{}\n", serde_json::json!({ "id": "story", "text": story }));
    let time = shortest(3, || extract(&["--from", "jsonl", "-f", "jsonl"], &line.repeat(STREAM_STORIES)));
    let speed = (words * STREAM_STORIES) as f64 / time.as_secs_f64();
    row(&format!("a stream of {STREAM_STORIES} such stories"), &format!("{speed:.0} words a second"));
    if let Some(memory) = peak_memory() {
        row("peak memory", &memory);
    }
    print!("{table}");
}

/// A story of about 500 words.
fn story() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/stories/strait-talks.txt");
    fs::read_to_string(path).expect("the sample story is there")
}

fn analyze(engine: &Engine, story: &Story) {
    std::hint::black_box(engine.analyze(story));
}

/// Runs `extract` with `input` on standard input and reads all its output.
fn extract(arguments: &[&str], input: &str) {
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

/// The shortest time of several runs.
fn shortest(runs: usize, mut run: impl FnMut()) -> Duration {
    let timed = (0..runs).map(|_| {
        let start = Instant::now();
        run();
        start.elapsed()
    });
    timed.min().unwrap_or_default()
}

fn in_ms(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1000.0)
}

/// The peak memory of this process; `None` if the system does not report it.
fn peak_memory() -> Option<String> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|it| it.strip_prefix("VmHWM:"))?;
    let kilobytes: usize = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(format!("{} MB", kilobytes / 1024))
}
