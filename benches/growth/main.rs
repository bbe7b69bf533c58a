//! Growth benchmark: how time and memory grow with the input, for many kinds of text, pages and Markdown.
//!
//! ```text
//! cargo bench --bench growth -- [--model] [--sizes 16,64,256,1024] [--limit SECONDS] [KIND…]
//! ```
//!
//! Each row is a kind of input, each column a size in kilobytes. A process of its own loads, analyses and exports each
//! input, so that its peak memory is known and an input that takes too long can be given up. Times are those of the
//! processors, so that other programs do not count. The exponent e of the last two sizes says that twice the input takes
//! 2^e times as long; "× news" compares with ordinary news of the largest size measured. Kinds are chosen by a part of
//! their names.

mod kinds;

use std::env;
use std::fs;
use std::hint::black_box;
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::thread;
use std::time::{Duration, Instant};

use kinds::KINDS;
use pullquote::engine::Engine;
use pullquote::export::{Csv, Export, Html, Json, Markdown, Text};
use pullquote::load::{self, Hint};

/// The default sizes, in kilobytes.
const SIZES_KB: &[usize] = &[16, 64, 256, 1024];

/// The default time limit for one input.
const TIME_LIMIT: Duration = Duration::from_mins(1);

/// A short run is repeated until it has taken this long: the system counts in hundredths of a second.
const MIN_TIME: Duration = Duration::from_millis(300);

/// How often a process is looked after.
const POLL_DELAY: Duration = Duration::from_millis(20);

fn main() {
    let mut arguments = env::args().skip(1).filter(|it| it != "--bench");
    let mut run = Run { sizes: SIZES_KB.to_vec(), limit: TIME_LIMIT, model: false, news: Vec::new() };
    let mut kinds = Vec::new();
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().expect("the option has a value");
        match argument.as_str() {
            "--one" => {
                let (kind, size) = (value(), value().parse().expect("a number of kilobytes"));
                return measure_here(&kind, size, value() == "true");
            }
            "--model" => run.model = true,
            "--sizes" => run.sizes = value().split(',').map(|it| it.parse().expect("kilobytes")).collect(),
            "--limit" => run.limit = Duration::from_secs(value().parse().expect("seconds")),
            _ => kinds.push(argument),
        }
    }
    let columns: Vec<String> = run.sizes.iter().map(|it| format!("{it} KB")).collect();
    println!("| kind | {} | MB | exponent | × news |", columns.join(" | "));
    println!("| --- |{} ---: | ---: | ---: |", " ---: |".repeat(columns.len()));
    run.news = run.sizes.iter().map_while(|it| run.measure(KINDS[0].name, *it)).collect();
    for kind in KINDS.iter().filter(|it| kinds.is_empty() || kinds.iter().any(|kind| it.name.contains(kind)))
    {
        println!("{}", run.row(kind.name));
    }
}

/// The time and the peak memory of one input.
struct Measurement {
    time: Duration,
    memory_mb: f64,
}

/// What is measured.
struct Run {
    /// In kilobytes.
    sizes: Vec<usize>,
    limit: Duration,
    model: bool,
    /// Ordinary news of each size.
    news: Vec<Measurement>,
}

impl Run {
    /// Measures a kind at each size until one takes too long, and writes its row.
    fn row(&self, name: &str) -> String {
        let measured: Vec<Measurement> =
            self.sizes.iter().map_while(|size| self.measure(name, *size)).collect();
        let cells: String = (0..self.sizes.len())
            .map(|it| {
                measured.get(it).map_or(" – |".into(), |it| format!(" {:.3} s |", it.time.as_secs_f64()))
            })
            .collect();
        let memory = measured.last().map_or("–".into(), |it| format!("{:.0}", it.memory_mb));
        let exponent = match measured[..] {
            [.., ref before, ref after] => {
                let growth = self.sizes[measured.len() - 1] as f64 / self.sizes[measured.len() - 2] as f64;
                let ratio = after.time.as_secs_f64() / before.time.as_secs_f64();
                format!("{:.2}", ratio.ln() / growth.ln())
            }
            _ => "–".into(),
        };
        let times = match (measured.last(), measured.len().checked_sub(1).and_then(|it| self.news.get(it))) {
            (Some(last), Some(news)) => format!("{:.1}", last.time.as_secs_f64() / news.time.as_secs_f64()),
            _ => "–".into(),
        };
        format!("| {name} |{cells} {memory} | {exponent} | {times} |")
    }

    /// Measures one input in a process of its own; `None` if it fails or takes longer than the limit.
    fn measure(&self, name: &str, size: usize) -> Option<Measurement> {
        let program = env::current_exe().expect("this program has a path");
        let mut command = Command::new(program);
        command.args(["--one", name, &size.to_string(), &self.model.to_string()]);
        let mut process = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it starts");
        let start = Instant::now();
        while process.try_wait().expect("it can be waited for").is_none() {
            let used = processor_time(&process.id().to_string()).unwrap_or_else(|| start.elapsed());
            if used > self.limit {
                // It may have ended just now.
                let _ = process.kill();
            }
            thread::sleep(POLL_DELAY);
        }
        let output = process.wait_with_output().ok().filter(|it| it.status.success())?;
        let output = String::from_utf8(output.stdout).ok()?;
        let (seconds, memory) = output.trim().split_once(' ')?;
        Some(Measurement {
            time: Duration::from_secs_f64(seconds.parse().ok()?),
            memory_mb: memory.parse().ok()?,
        })
    }
}

/// Loads, analyses and exports one input in this process; prints the seconds and the peak memory in megabytes.
fn measure_here(name: &str, size_kb: usize, model: bool) {
    let kind = KINDS.iter().find(|it| it.name == name).expect("a known kind");
    let text = kind.input(size_kb << 10);
    let engine = if model { Engine::embedded() } else { Engine::rules_only() };
    // The first analysis loads the language model.
    engine.analyze(&load::from_text("Rain."));
    let hint = Hint { format: kind.format, ..Hint::default() };
    let start = time_used();
    let mut runs = 0;
    while runs == 0 || time_used().saturating_sub(start) < MIN_TIME {
        if let Ok(story) = load::from_bytes(text.as_bytes(), &hint) {
            let analysis = engine.analyze(&story);
            let exports: [&dyn Export; 5] = [&Json, &Csv, &Markdown, &Html, &Text];
            for export in exports {
                drop(black_box(export.render(&story, &analysis)));
            }
        }
        runs += 1;
    }
    println!(
        "{:.6} {:.1}",
        time_used().saturating_sub(start).as_secs_f64() / f64::from(runs),
        peak_memory_mb()
    );
}

/// The time that this process has used: of the processors, or since the first call where the system does not tell.
fn time_used() -> Duration {
    static START: OnceLock<Instant> = OnceLock::new();
    processor_time("self").unwrap_or_else(|| START.get_or_init(Instant::now).elapsed())
}

/// The time of the processors that a process has used; `None` where the system does not tell.
fn processor_time(process: &str) -> Option<Duration> {
    /// The clock of `/proc` on Linux, in ticks a second.
    const TICKS: f64 = 100.0;
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name of the program, in brackets, may hold spaces; user and system time are fields 14 and 15.
    let (_, fields) = stat.rsplit_once(')')?;
    let mut times = fields.split_whitespace().skip(11).map(|it| it.parse::<f64>().ok());
    Some(Duration::from_secs_f64((times.next()?? + times.next()??) / TICKS))
}

/// The peak memory of this process, in megabytes; 0 where the system does not tell.
fn peak_memory_mb() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|it| it.strip_prefix("VmHWM:"));
    line.and_then(|it| it.trim().trim_end_matches(" kB").parse::<f64>().ok()).map_or(0.0, |it| it / 1024.0)
}
