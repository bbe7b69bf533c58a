//! The command line: arguments → what is asked for.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Reads news stories and shows who said what.
///
/// Opens the stories in a reader: the text on the left, its quotes, people,
/// organisations and places on the right. `-`, or a story piped in, is read from
/// standard input. Where standard output is no terminal the same is printed as
/// plain text.
#[derive(Debug, Parser)]
#[command(version, args_conflicts_with_subcommands = true, after_long_help = EXIT_CODES)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
    #[command(flatten)]
    pub(crate) read: Read,
}

/// What the exit codes mean; the end of every long help.
const EXIT_CODES: &str = "\
Exit codes:
   0  done
   1  some of the stories could not be read, the others were
   2  the command line is wrong
  65  no story could be read: the first is not a story (empty, binary, too large)
  66  no story could be read: the first is missing, unreadable or a directory
  70  no story could be read: pullquote failed on the first
  74  the result could not be written, or the terminal failed
 128  and more: ended by the signal of that number less 128";

/// What can be asked for beside reading.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Write what was found in the stories to standard output
    #[command(after_long_help = EXIT_CODES)]
    Extract(Extract),
    /// Print the JSON Schema of the `json` and `jsonl` formats
    Schema,
}

/// `pullquote [STORY]…`
#[derive(Debug, Args)]
pub(crate) struct Read {
    /// Files to read; `-` is standard input; none opens the sample stories
    #[arg(value_name = "STORY")]
    pub(crate) stories: Vec<PathBuf>,
    /// How the stories are written down
    #[arg(long, visible_alias = "format", value_enum, default_value_t = Input::Auto)]
    pub(crate) from: Input,
    /// The colours: terminal (its own), dark, light or monochrome
    #[arg(long, value_name = "NAME", default_value = "terminal")]
    pub(crate) theme: String,
    /// When to use colour
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = Color::Auto)]
    pub(crate) color: Color,
    /// Open no screen: a line prompt, or where there is no terminal the stories as plain text
    #[arg(long)]
    pub(crate) plain: bool,
    /// Find with rules and word lists alone, without the learned tagger
    #[arg(long)]
    pub(crate) no_model: bool,
    /// Keep nothing of this reading, and take nothing from the shelf
    #[arg(long)]
    pub(crate) no_shelf: bool,
}

/// `pullquote extract [STORY]…`
#[derive(Debug, Args)]
pub(crate) struct Extract {
    /// Files to read; `-`, or none with a pipe, is standard input
    #[arg(value_name = "STORY")]
    pub(crate) stories: Vec<PathBuf>,
    /// How the stories are written down
    #[arg(long, value_enum, default_value_t = Input::Auto)]
    pub(crate) from: Input,
    /// What to write
    #[arg(long, short, value_enum, default_value_t = Target::Json)]
    pub(crate) format: Target,
    /// Find with rules and word lists alone, without the learned tagger
    #[arg(long)]
    pub(crate) no_model: bool,
}

/// How a story is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Input {
    /// By its content, then by its name
    Auto,
    /// Plain text
    Plain,
    /// Markdown
    Markdown,
    /// A web page
    Html,
    /// A JSON object a line, a story each: {"id":…,"text":…} or {"id":…,"html":…}
    Jsonl,
}

/// What `extract` writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Target {
    /// One object for one story, an array for several
    Json,
    /// One object a line
    Jsonl,
    /// One row a quote
    Csv,
    /// An editor's notes: quotes by speaker, then who is named
    Markdown,
    /// The story with its findings in words
    Text,
}

/// When to use colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// Unless `NO_COLOR` is set
    Auto,
    /// Whatever the environment says
    Always,
    /// Attributes alone
    Never,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        use clap::CommandFactory;
        Cli::command().debug_assert();
    }

    #[test]
    fn format_means_the_story_to_the_reader_and_the_result_to_extract() {
        let read = Cli::try_parse_from(["pullquote", "--format", "html", "a.txt"]).expect("it parses");
        assert_eq!(read.read.from, Input::Html);
        let extract = Cli::try_parse_from(["pullquote", "extract", "--format", "csv"]).expect("it parses");
        assert!(matches!(extract.command, Some(Command::Extract(Extract { format: Target::Csv, .. }))));
    }
}
