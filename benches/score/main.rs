//! Accuracy benchmark: scores quotes and names against labelled stories.
//!
//! ```text
//! cargo bench --bench score -- GOLD.jsonl[.gz] [--speech | --reporting] [--no-model] [--reliability] [--bootstrap ROUNDS]
//! ```
//!
//! Each line of GOLD is a story with `id`, `text` and `quotes`, or a sentence of a story with `doc`, `tokens` and `tags`
//! (BIO over PER, ORG, LOC). Ranges are in characters. `quotes.rs` and `names.rs` define the scores.
//!
//! * `--speech` scores speech alone, which is what the program shows: a paraphrase without a reporting cue is no quote.
//! * `--reporting` ignores labelled attributions of belief and intention.
//! * `--no-model` scores the rules without the tagger.
//! * `--reliability` compares each confidence with the share of quotes that are right.
//! * `--bootstrap` adds confidence intervals.

mod bootstrap;
mod gold;
mod names;
mod offset_map;
mod quotation_marks;
mod quotes;
mod reliability;
mod spans;
mod speakers;
mod table;
mod words;

use std::error::Error;
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::ExitCode;

use flate2::read::MultiGzDecoder;
use pullquote::engine::Engine;

use quotes::{Counts, Labels};
use table::Tally;

fn main() -> ExitCode {
    match score() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("score: {error}");
            ExitCode::FAILURE
        }
    }
}

/// The command line.
#[derive(Default)]
struct Options {
    path: Option<String>,
    labels: Labels,
    no_model: bool,
    reliability: bool,
    /// The number of bootstrap rounds; `None` prints no intervals.
    bootstrap: Option<usize>,
}

impl Options {
    fn from_args(mut arguments: impl Iterator<Item = String>) -> Result<Self, Box<dyn Error>> {
        let mut options = Self::default();
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                // `cargo bench` adds this one.
                "--bench" => {}
                "--reporting" => options.labels = Labels::IgnoreStance,
                "--speech" => options.labels = Labels::Speech,
                "--no-model" => options.no_model = true,
                "--reliability" => options.reliability = true,
                "--bootstrap" => {
                    let rounds = arguments.next().and_then(|it| it.parse().ok()).filter(|it| *it > 0);
                    options.bootstrap = Some(rounds.ok_or("--bootstrap needs a number of rounds")?);
                }
                other if other.starts_with("--") => {
                    let known = "--speech, --reporting, --no-model, --reliability, --bootstrap";
                    return Err(format!("unknown option {other}; use one of {known}").into());
                }
                path if options.path.is_none() => options.path = Some(path.into()),
                _ => return Err("give one file of labelled stories".into()),
            }
        }
        Ok(options)
    }
}

fn score() -> Result<(), Box<dyn Error>> {
    let options = Options::from_args(std::env::args().skip(1))?;
    // A plain `cargo bench` runs all benchmarks, this one without a file.
    let Some(path) = options.path.as_deref() else {
        eprintln!("score: no file; use `cargo bench --bench score -- GOLD.jsonl.gz`");
        return Ok(());
    };
    let lines = lines(path).map_err(|error| format!("{path}: {error}"))?;
    let engine = if options.no_model { Engine::rules_only() } else { Engine::embedded() };
    let sentences = lines.first().is_some_and(|it| it.contains("\"tokens\""));
    let report = if sentences {
        report(&names::counts(&gold::read(&lines)?, &engine), options.bootstrap)
    } else {
        let counts = quotes::counts(&gold::read(&lines)?, &engine, options.labels);
        let table = report(&counts, options.bootstrap);
        let reliability =
            options.reliability.then(|| reliability::render(&counts.iter().sum::<Counts>().bins));
        table + &reliability.unwrap_or_default()
    };
    Ok(std::io::stdout().write_all(report.as_bytes())?)
}

/// The scores of all stories, and their intervals if there are rounds.
fn report<T: Tally>(stories: &[T], rounds: Option<usize>) -> String {
    let rows = stories.iter().sum::<T>().rows();
    let intervals = rounds.map(|it| bootstrap::render(stories, it));
    table::render(&rows) + &intervals.unwrap_or_default()
}

/// The lines of a file that are not empty; a `.gz` file is decompressed.
fn lines(path: &str) -> Result<Vec<String>, std::io::Error> {
    let file = File::open(path)?;
    let bytes: Box<dyn Read> = if Path::new(path).extension().is_some_and(|it| it == "gz") {
        Box::new(MultiGzDecoder::new(file))
    } else {
        Box::new(file)
    };
    BufReader::new(bytes).lines().filter(|it| it.as_ref().map_or(true, |it| !it.trim().is_empty())).collect()
}
