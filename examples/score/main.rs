//! Labelled stories → how well pullquote reads them: who said what, and the names.
//!
//! ```text
//! cargo run --release --example score -- GOLD.jsonl[.gz] [--reporting] [--no-model]
//! ```
//!
//! Each line of GOLD is a story with `id`, `text` and `quotes`, or a sentence of a story with `doc`, `tokens` and `tags`
//! (BIO over PER, ORG, LOC); spans are counted in characters. What each figure means stands in `quotes.rs` and
//! `names.rs`. With `--reporting`, labelled attributions of belief and intention count neither way;
//! `--no-model` measures the rules without the learned tagger.

mod gold;
mod map;
mod marks;
mod names;
mod quotes;
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

fn main() -> ExitCode {
    match score() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("score: {error}");
            ExitCode::FAILURE
        }
    }
}

fn score() -> Result<(), Box<dyn Error>> {
    let (options, paths): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|it| it.starts_with("--"));
    let [path] = paths.as_slice() else {
        return Err("give one file of labelled stories".into());
    };
    let reporting = options.iter().any(|it| it == "--reporting");
    let no_model = options.iter().any(|it| it == "--no-model");
    if let Some(other) = options.iter().find(|it| *it != "--reporting" && *it != "--no-model") {
        return Err(format!("{other} is no option; --reporting and --no-model are").into());
    }
    let lines = lines(path).map_err(|error| format!("{path}: {error}"))?;
    let engine = if no_model { Engine::bare() } else { Engine::embedded() };
    let sentences = lines.first().is_some_and(|it| it.contains("\"tokens\""));
    let rows = if sentences {
        names::rows(&gold::read(&lines)?, &engine)
    } else {
        quotes::rows(&gold::read(&lines)?, &engine, reporting)
    };
    Ok(std::io::stdout().write_all(table::printed(&rows).as_bytes())?)
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
