//! `pullquote [STORY]…`: opens stories in the user interface, or prints them as plain text.

use std::env;
use std::io::{self, IsTerminal};
use std::mem;
use std::sync::OnceLock;

use pullquote::export;
use pullquote::story::Story;

use crate::cli::{InputFormat, ReadArgs};
use crate::input::{self, Input, Inputs};
use crate::storage::Storage;
use crate::subcommand::analyze::{analyzer_with_corrections, build_engine};
use crate::subcommand::exit::{NO_OUTPUT, RunSummary, catch_panic, report, report_config_error};
use crate::subcommand::export_stories::export_stories;
use crate::subcommand::load_input::{input_format, load_story};
use crate::subcommand::open_shelf::open_existing_shelf;
use crate::subcommand::options::load_options;
use crate::subcommand::session_storage::SessionStorage;
use crate::tui::{self, ExitReason, Options};

/// How many stories of the history are opened if none is named.
const MAX_REOPENED_STORIES: usize = 9;

/// Added to the number of a signal that ends the program.
const SIGNAL_EXIT_BASE: u8 = 128;

/// Runs `pullquote` without a subcommand; returns the exit code.
///
/// # Errors
/// If standard output cannot be written.
pub(crate) fn run(mut args: ReadArgs) -> io::Result<u8> {
    let is_dumb = env::var_os("TERM").is_some_and(|it| it == "dumb");
    let is_line_mode = args.plain || is_dumb;
    let is_piped = !io::stdout().is_terminal() || (is_line_mode && !io::stdin().is_terminal());
    // Piped output needs no options, but a wrong `--theme` is still an error.
    let options = match (!is_piped || args.theme.is_some()).then(|| load_options(&args)).transpose() {
        Ok(options) => options.filter(|_| !is_piped),
        Err(error) => return Ok(report_config_error(&error)),
    };
    args.from = input_format(args.from, &args.stories);
    let is_list = input::are_several(&args.stories);
    let inputs = if args.stories.is_empty() && io::stdin().is_terminal() {
        recent_stories(args.no_shelf)
    } else {
        input::from_paths(mem::take(&mut args.stories), args.from == InputFormat::Jsonl)
    };
    match options {
        None => {
            let analyze = analyzer_with_corrections(args.no_model, args.no_shelf);
            export_stories(&export::Text, inputs, args.from, is_list, analyze)
        }
        Some(options) => open_interface(&args, inputs, options, is_line_mode, is_dumb),
    }
}

/// Loads the stories and opens them full-screen or at a line prompt; returns the exit code.
fn open_interface(
    args: &ReadArgs,
    inputs: Inputs,
    options: Options,
    is_line_mode: bool,
    is_dumb: bool,
) -> io::Result<u8> {
    // The database is opened while the stories are loaded.
    let storage = (!args.no_shelf).then(SessionStorage::new);
    let mut summary = RunSummary::default();
    let mut stories = Vec::new();
    for input in inputs {
        match catch_panic(|| load_story(input.source, args.from)) {
            Ok(story) => {
                summary.count_success();
                stories.push(story);
            }
            Err(failure) => summary.report_failure(&input.location, &failure),
        }
    }
    if stories.is_empty() {
        return Ok(summary.exit_code());
    }
    // The first thread that needs the engine builds it, so that the first frame does not wait for it.
    let engine = OnceLock::new();
    let no_model = args.no_model;
    let analyze = move |story: &Story| engine.get_or_init(|| build_engine(no_model)).analyze(story);
    let storage = storage.as_ref().map(|it| it as &dyn Storage);
    if is_line_mode {
        return tui::run_line_mode(stories, analyze, storage, options, is_dumb).map(|()| summary.exit_code());
    }
    Ok(match tui::run(stories, analyze, storage, options) {
        Ok(ExitReason::Quit) => summary.exit_code(),
        Ok(ExitReason::Signal(number)) => SIGNAL_EXIT_BASE.saturating_add(number as u8),
        Err(error) => {
            report("terminal", &format!("Failed: {error}; try --plain"));
            NO_OUTPUT
        }
    })
}

/// Returns the most recent stories of the history that still exist, or else the samples.
fn recent_stories(no_shelf: bool) -> Inputs {
    let shelf = if no_shelf { None } else { open_existing_shelf().ok().flatten() };
    let history = shelf.and_then(|it| it.history().ok()).unwrap_or_default();
    let inputs = history.iter().filter_map(|it| input::reopen(it.file.as_deref(), it.source.as_deref()));
    let recent: Vec<Input> = inputs.filter(Input::exists).take(MAX_REOPENED_STORIES).collect();
    if recent.is_empty() { input::samples() } else { Box::new(recent.into_iter()) }
}
