//! Labelled stories → how well pullquote reads them: who said what, and the names.
//!
//! ```text
//! cargo run --release --example score -- GOLD.jsonl[.gz] [--reporting] [--no-model] [--reliability] [--bootstrap ROUNDS]
//! ```
//!
//! Each line of GOLD is a story with `id`, `text` and `quotes`, or a sentence of a story with `doc`, `tokens` and `tags`
//! (BIO over PER, ORG, LOC); spans are counted in characters. What each figure means stands in `quotes.rs` and
//! `names.rs`. With `--reporting`, labelled attributions of belief and intention count neither way;
//! `--no-model` measures the rules without the learned tagger. `--reliability` shows beside each confidence how much of
//! what carries it is right; `--bootstrap` shows beside each figure where it would lie with other such stories.

mod bootstrap;
mod gold;
mod map;
mod marks;
mod names;
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

use quotes::Counts;
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

/// What the command line asks for.
#[derive(Default)]
struct Options {
    path: Option<String>,
    reporting: bool,
    no_model: bool,
    reliability: bool,
    /// How many rounds of stories are drawn.
    bootstrap: Option<usize>,
}

impl Options {
    fn of(mut arguments: impl Iterator<Item = String>) -> Result<Self, Box<dyn Error>> {
        let mut options = Self::default();
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--reporting" => options.reporting = true,
                "--no-model" => options.no_model = true,
                "--reliability" => options.reliability = true,
                "--bootstrap" => {
                    let rounds = arguments.next().and_then(|it| it.parse().ok()).filter(|it| *it > 0);
                    options.bootstrap = Some(rounds.ok_or("--bootstrap wants a number of rounds")?);
                }
                other if other.starts_with("--") => {
                    let known = "--reporting, --no-model, --reliability and --bootstrap are";
                    return Err(format!("{other} is no option; {known}").into());
                }
                path if options.path.is_none() => options.path = Some(path.into()),
                _ => return Err("give one file of labelled stories".into()),
            }
        }
        Ok(options)
    }
}

fn score() -> Result<(), Box<dyn Error>> {
    let options = Options::of(std::env::args().skip(1))?;
    let path = options.path.as_deref().ok_or("give one file of labelled stories")?;
    let lines = lines(path).map_err(|error| format!("{path}: {error}"))?;
    let engine = if options.no_model { Engine::rules_only() } else { Engine::embedded() };
    let sentences = lines.first().is_some_and(|it| it.contains("\"tokens\""));
    let shown = if sentences {
        shown(&names::counts(&gold::read(&lines)?, &engine), options.bootstrap)
    } else {
        let counts = quotes::counts(&gold::read(&lines)?, &engine, options.reporting);
        let table = shown(&counts, options.bootstrap);
        let reliability =
            options.reliability.then(|| reliability::printed(&counts.iter().sum::<Counts>().bins));
        table + &reliability.unwrap_or_default()
    };
    Ok(std::io::stdout().write_all(shown.as_bytes())?)
}

/// The figures of all stories, and their intervals where these are asked for.
fn shown<T: Tally>(stories: &[T], rounds: Option<usize>) -> String {
    let rows = stories.iter().sum::<T>().rows();
    let intervals = rounds.map(|it| bootstrap::printed(stories, it));
    table::printed(&rows) + &intervals.unwrap_or_default()
}

/// The lines of a file that hold something, unzipped where its name says so.
fn lines(path: &str) -> Result<Vec<String>, std::io::Error> {
    let file = File::open(path)?;
    let bytes: Box<dyn Read> = if Path::new(path).extension().is_some_and(|it| it == "gz") {
        Box::new(MultiGzDecoder::new(file))
    } else {
        Box::new(file)
    };
    BufReader::new(bytes).lines().filter(|it| it.as_ref().map_or(true, |it| !it.trim().is_empty())).collect()
}
