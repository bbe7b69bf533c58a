//! The command line: arguments → what is asked for.

pub(crate) mod generate;

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::config::settings::{ColorMode, KeymapPreset};

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
    pub(crate) read: ReadArgs,
}

/// What the exit codes mean; the end of every long help.
const EXIT_CODES: &str = "\
Exit codes:
   0  done
   1  some of the stories could not be read, the others were
   2  the command line is wrong
  65  no story could be read: the first is not a story (empty, binary, too large)
  66  no story could be read: the first is missing or unreadable; or it is not on the shelf
  70  no story could be read: pullquote failed on the first
  74  the result could not be written, or the terminal or the shelf failed
 128  and more: ended by the signal of that number less 128";

/// What can be asked for beside reading.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Write what was found in the stories to standard output
    #[command(after_long_help = EXIT_CODES)]
    Extract(ExtractArgs),
    /// Print the JSON Schema of the `json` and `jsonl` formats
    Schema,
    /// Print the settings, or say where they stand
    Config(ConfigArgs),
    /// List, export or forget what is kept of the stories that you have read
    #[command(subcommand, after_long_help = EXIT_CODES)]
    Shelf(ShelfCommand),
    /// Print the completions of this command line for a shell
    Completions {
        /// Whose completions
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man,
}

/// `pullquote shelf`
#[derive(Debug, Subcommand)]
pub(crate) enum ShelfCommand {
    /// List the stories that you have read, the last one first
    List {
        /// As JSON, with all that is kept of them
        #[arg(long)]
        json: bool,
    },
    /// Write down what is kept: places, marks, notes, corrections
    Export {
        /// A story's file, or the beginning of its key in the list; none exports all
        #[arg(value_name = "STORY")]
        story: Option<String>,
        /// The notes alone, with the passages that they are on, in Markdown
        #[arg(long)]
        markdown: bool,
    },
    /// Forget stories and all that you have left in them
    Forget {
        /// A story's file, or the beginning of its key in the list
        #[arg(value_name = "STORY", required_unless_present = "all")]
        stories: Vec<String>,
        /// All stories
        #[arg(long, conflicts_with = "stories")]
        all: bool,
        /// Do not ask
        #[arg(long, short)]
        yes: bool,
    },
}

/// `pullquote [STORY]…`
#[derive(Debug, Args)]
pub(crate) struct ReadArgs {
    /// Files to read, or folders of them; `-` is standard input; none opens those read last, or samples
    #[arg(value_name = "STORY")]
    pub(crate) stories: Vec<PathBuf>,
    /// How the stories are written down
    #[arg(long, visible_alias = "format", value_enum, default_value_t = InputFormat::Auto)]
    pub(crate) from: InputFormat,
    /// The colours: terminal (its own), dark, light, auto (one of both, as the terminal is),
    /// high-contrast, okabe-ito, monochrome, or a theme of your own
    #[arg(long, value_name = "NAME")]
    pub(crate) theme: Option<String>,
    /// When to use colour; auto: unless `NO_COLOR` is set
    #[arg(long, value_name = "WHEN", value_parser = name_parser(ColorMode::NAMES))]
    pub(crate) color: Option<ColorMode>,
    /// The keys to start from; your own `keys.toml` is laid over them
    #[arg(long, value_name = "PRESET", value_parser = name_parser(KeymapPreset::NAMES))]
    pub(crate) keys: Option<KeymapPreset>,
    /// Leave the mouse to the terminal, for selecting
    #[arg(long)]
    pub(crate) no_mouse: bool,
    /// The folder of settings, instead of `$PULLQUOTE_CONFIG` or `~/.config/pullquote`
    #[arg(long, value_name = "FOLDER")]
    pub(crate) config: Option<PathBuf>,
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
pub(crate) struct ExtractArgs {
    /// Files to read, or folders of them; `-`, or none with a pipe, is standard input
    #[arg(value_name = "STORY")]
    pub(crate) stories: Vec<PathBuf>,
    /// How the stories are written down
    #[arg(long, value_enum, default_value_t = InputFormat::Auto)]
    pub(crate) from: InputFormat,
    /// What to write
    #[arg(long, short, value_enum, default_value_t = OutputFormat::Json)]
    pub(crate) format: OutputFormat,
    /// Find with rules and word lists alone, without the learned tagger
    #[arg(long)]
    pub(crate) no_model: bool,
    /// Leave your own corrections on the shelf alone
    #[arg(long)]
    pub(crate) no_shelf: bool,
}

/// `pullquote config`
#[derive(Debug, Args)]
pub(crate) struct ConfigArgs {
    /// The folder of settings, instead of `$PULLQUOTE_CONFIG` or `~/.config/pullquote`
    #[arg(long, value_name = "FOLDER")]
    pub(crate) config: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) output: ConfigOutput,
}

/// What `config` prints.
#[derive(Debug, Args)]
#[group(multiple = false)]
pub(crate) struct ConfigOutput {
    /// The settings as they are, in the form of `config.toml` (also without any option)
    #[arg(long)]
    pub(crate) print: bool,
    /// The keys as they are, or those of a preset, in the form of `keys.toml`
    #[arg(long, value_name = "PRESET", num_args = 0..=1, require_equals = true, value_parser = name_parser(KeymapPreset::NAMES))]
    #[expect(clippy::option_option, reason = "the option may stand without its value")]
    pub(crate) print_keys: Option<Option<KeymapPreset>>,
    /// The theme as it is, or another by name, in the form of `themes/NAME.toml`
    #[arg(long, value_name = "NAME", num_args = 0..=1, require_equals = true)]
    #[expect(clippy::option_option, reason = "the option may stand without its value")]
    pub(crate) print_theme: Option<Option<String>>,
    /// The folder where `config.toml`, `keys.toml` and `themes/` are looked for
    #[arg(long)]
    pub(crate) path: bool,
}

/// Reads one of some named things.
fn name_parser<T: Copy + Send + Sync>(
    names: &'static [(&'static str, T)],
) -> impl TypedValueParser<Value = T> {
    PossibleValuesParser::new(names.iter().map(|it| it.0))
        .try_map(|name| names.iter().find(|it| it.0 == name).map(|it| it.1).ok_or("it has no such name"))
}

/// How a story is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum InputFormat {
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
pub(crate) enum OutputFormat {
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
        assert_eq!(read.read.from, InputFormat::Html);
        let extract = Cli::try_parse_from(["pullquote", "extract", "--format", "csv"]).expect("it parses");
        assert!(matches!(
            extract.command,
            Some(Command::Extract(ExtractArgs { format: OutputFormat::Csv, .. }))
        ));
    }
}
