//! Entry point: parses arguments, runs one subcommand, maps its result to an exit code.

mod cli;
mod config;
mod diagnostic;
mod input;
mod parallel;
mod shelf;
mod storage;
mod subcommand;
mod text;
mod tui;

use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

use clap::Parser;
use pullquote::export;

use crate::cli::{Cli, Command, generate};
use crate::subcommand::exit::{self, BAD_USAGE, NO_OUTPUT};

fn main() -> ExitCode {
    #[cfg(feature = "formats")]
    if subcommand::read_pdf::is_requested() {
        return ExitCode::from(subcommand::read_pdf::run());
    }
    let result = match Cli::try_parse() {
        Ok(cli) => dispatch(cli),
        Err(error) if generate::is_help_or_version(&error) => error.print().map(|()| 0),
        Err(error) => {
            exit::report("command line", &generate::usage_error(&error));
            Ok(BAD_USAGE)
        }
    };
    match result {
        Ok(code) => ExitCode::from(code),
        // The process that reads our output has closed the pipe.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            exit::report("standard output", &format!("Cannot be written: {error}"));
            ExitCode::from(NO_OUTPUT)
        }
    }
}

/// Runs the subcommand; returns the exit code.
///
/// # Errors
/// If standard output cannot be written.
fn dispatch(cli: Cli) -> io::Result<u8> {
    // Without the handler such a write ends the process, which loses nothing that was written before.
    #[cfg(unix)]
    let _ = exit::ignore_file_size_signal();
    let mut out = io::stdout();
    match cli.command {
        None => subcommand::read::run(cli.read),
        Some(Command::Extract(args)) => subcommand::extract::run(args),
        Some(Command::Schema) => out.write_all(export::SCHEMA.as_bytes()).map(|()| 0),
        Some(Command::Config(args)) => subcommand::config::run(args),
        Some(Command::Shelf(command)) => subcommand::shelf::run(command),
        Some(Command::Completions { shell }) => out.write_all(&generate::completions(shell)).map(|()| 0),
        Some(Command::Man) => out.write_all(&generate::man_page()?).map(|()| 0),
    }
}
