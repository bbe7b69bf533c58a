//! Command-line arguments.

pub(crate) mod generate;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::config::settings::{ColorMode, KeymapPreset};

/// Find out who said what in news stories
///
/// Opens the stories full-screen: the text on the left, its quotes, people,
/// organisations and places on the right. `-`, or text piped in, is read from
/// standard input. If output is not a terminal, prints plain text instead.
#[derive(Debug, Parser)]
#[command(version, args_conflicts_with_subcommands = true, after_long_help = EXIT_CODES)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
    #[command(flatten)]
    pub(crate) read: ReadArgs,
}

/// The exit codes, at the end of every long help.
const EXIT_CODES: &str = "\
Exit codes:
   0   success
   1   some stories could not be read
   2   wrong command line or settings
  65   no story could be read; the first is not a story (empty, binary, too large)
  66   no story could be read; the first is missing or unreadable, or has no saved data
  70   no story could be read; internal error on the first
  74   the output could not be written, or the terminal or the saved data failed
  128+N  ended by signal N";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Write the quotes and names found to standard output
    #[command(after_long_help = EXIT_CODES)]
    Extract(ExtractArgs),
    /// Print the JSON Schema of the `json` and `jsonl` formats
    Schema,
    /// Show the settings or their location
    Config(ConfigArgs),
    /// Manage saved notes, bookmarks, corrections and history
    #[command(subcommand, after_long_help = EXIT_CODES)]
    Shelf(ShelfCommand),
    /// Print shell completions
    Completions {
        /// Shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man,
}

/// `pullquote shelf`
#[derive(Debug, Subcommand)]
pub(crate) enum ShelfCommand {
    /// List the stories with saved data, last read first
    List {
        /// Print all saved data as JSON
        #[arg(long)]
        json: bool,
    },
    /// Export saved data as JSON, or the notes as Markdown
    Export {
        /// A story's file, or the first characters of its key in the list. Default: all stories
        #[arg(value_name = "STORY")]
        story: Option<OsString>,
        /// Only the notes, with the passages they are on, in Markdown
        #[arg(long)]
        markdown: bool,
    },
    /// Check saved data, and mend what is damaged
    Check,
    /// Delete saved data for stories
    Forget {
        /// A story's file, or the first characters of its key in the list
        #[arg(value_name = "STORY", required_unless_present = "all")]
        stories: Vec<OsString>,
        /// All stories
        #[arg(long, conflicts_with = "stories")]
        all: bool,
        /// Do not ask for confirmation
        #[arg(long, short)]
        yes: bool,
    },
}

/// `pullquote [STORY]…`
#[derive(Debug, Args)]
pub(crate) struct ReadArgs {
    /// Files, folders or web addresses to open; - reads standard input. Default: your last stories, or the samples
    #[arg(value_name = "STORY")]
    pub(crate) stories: Vec<PathBuf>,
    /// Input format
    #[arg(long, value_enum, default_value_t = InputFormat::Auto)]
    pub(crate) from: InputFormat,
    /// Colour theme: auto (default; dark or light to match the terminal), dark, light, terminal (your
    /// terminal's background), high-contrast, okabe-ito (colour-blind safe), monochrome, or a theme of
    /// your own
    #[arg(long, value_name = "NAME")]
    pub(crate) theme: Option<String>,
    /// Use colour: auto (default; respects `NO_COLOR`), always, never
    #[arg(long, value_name = "WHEN", value_parser = name_parser(ColorMode::NAMES))]
    pub(crate) color: Option<ColorMode>,
    /// Key preset; your `keys.toml` overrides it
    #[arg(long, value_name = "PRESET", value_parser = name_parser(KeymapPreset::NAMES))]
    pub(crate) keys: Option<KeymapPreset>,
    /// Don't capture the mouse
    #[arg(long)]
    pub(crate) no_mouse: bool,
    /// Settings folder (default: `$PULLQUOTE_CONFIG` or `~/.config/pullquote`)
    #[arg(long, value_name = "FOLDER")]
    pub(crate) config: Option<PathBuf>,
    /// No full-screen interface: a line prompt for screen readers, or plain text when piped
    #[arg(long)]
    pub(crate) plain: bool,
    /// Use rules only, without the language model
    #[arg(long)]
    pub(crate) no_model: bool,
    /// Don't read or save notes, bookmarks, positions, corrections or history
    #[arg(long)]
    pub(crate) no_shelf: bool,
}

/// `pullquote extract [STORY]…`
#[derive(Debug, Args)]
pub(crate) struct ExtractArgs {
    /// Files, folders or web addresses to read; - reads standard input. Default: standard input
    #[arg(value_name = "STORY")]
    pub(crate) stories: Vec<PathBuf>,
    /// Input format
    #[arg(long, value_enum, default_value_t = InputFormat::Auto)]
    pub(crate) from: InputFormat,
    /// Output format
    #[arg(long, short, value_enum, default_value_t = OutputFormat::Json)]
    pub(crate) format: OutputFormat,
    /// Only the quotes of this speaker, by name, surname or alias; may be repeated
    #[arg(long, value_name = "NAME")]
    pub(crate) speaker: Vec<String>,
    /// Only the quotes of this organisation and of all who speak for it; may be repeated
    #[arg(long, value_name = "NAME")]
    pub(crate) affiliation: Vec<String>,
    /// Only quotes of these kinds, separated by commas
    #[arg(long, value_enum, value_delimiter = ',')]
    pub(crate) kind: Vec<KindName>,
    /// Only quotes with at least this confidence, in per cent
    #[arg(long, value_name = "PERCENT", value_parser = parse_percent, default_value_t = 0, hide_default_value = true)]
    pub(crate) min_confidence: u8,
    /// Include beliefs, plans and feelings in the reporter’s words, not only speech
    #[arg(long)]
    pub(crate) stance: bool,
    /// With `--format csv`: begin with a byte order mark, so that Excel reads accents and quotation marks right
    #[arg(long)]
    pub(crate) bom: bool,
    /// Don't show progress on the terminal
    #[arg(long, short)]
    pub(crate) quiet: bool,
    /// Use rules only, without the language model
    #[arg(long)]
    pub(crate) no_model: bool,
    /// Ignore your saved corrections
    #[arg(long)]
    pub(crate) no_shelf: bool,
}

/// `pullquote config`
#[derive(Debug, Args)]
pub(crate) struct ConfigArgs {
    /// Settings folder (default: `$PULLQUOTE_CONFIG` or `~/.config/pullquote`)
    #[arg(long, value_name = "FOLDER")]
    pub(crate) config: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) output: ConfigOutput,
}

/// What `pullquote config` prints.
#[derive(Debug, Args)]
#[group(multiple = false)]
pub(crate) struct ConfigOutput {
    /// Current settings, in the form of `config.toml` (default)
    #[arg(long)]
    pub(crate) print: bool,
    /// Current keys, or those of a preset, in the form of `keys.toml`
    #[arg(long, value_name = "PRESET", num_args = 0..=1, require_equals = true, value_parser = name_parser(KeymapPreset::NAMES))]
    #[expect(clippy::option_option, reason = "the option's value is optional")]
    pub(crate) print_keys: Option<Option<KeymapPreset>>,
    /// Current theme (for auto: dark), or another by name, in the form of `themes/NAME.toml`
    #[arg(long, value_name = "NAME", num_args = 0..=1, require_equals = true)]
    #[expect(clippy::option_option, reason = "the option's value is optional")]
    pub(crate) print_theme: Option<Option<String>>,
    /// Settings folder, which may hold `config.toml`, `keys.toml` and `themes/`
    #[arg(long)]
    pub(crate) path: bool,
}

/// Parses whole per cent: "90", "90%".
fn parse_percent(text: &str) -> Result<u8, &'static str> {
    let number = text.strip_suffix('%').unwrap_or(text).parse();
    number.ok().filter(|it| *it <= 100).ok_or("write whole per cent from 0 to 100, such as 90")
}

/// Returns a parser for one of the names.
fn name_parser<T: Copy + Send + Sync>(
    names: &'static [(&'static str, T)],
) -> impl TypedValueParser<Value = T> {
    PossibleValuesParser::new(names.iter().map(|it| it.0))
        .try_map(|name| names.iter().find(|it| it.0 == name).map(|it| it.1).ok_or("unknown name"))
}

/// The format of an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum InputFormat {
    /// Detect automatically
    Auto,
    /// Plain text
    Plain,
    /// Markdown
    Markdown,
    /// Web page
    Html,
    /// JSON Lines, one story per line: {"id":…,"text":…} or {"id":…,"html":…}
    Jsonl,
    /// WARC file of a web archive, compressed or not, one story per page
    Warc,
}

/// A kind of quotes, as on the screen; older names are accepted too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum KindName {
    /// Nearly all of it in quotation marks
    Direct,
    /// Some words in quotation marks
    #[value(alias = "mixed")]
    Partial,
    /// No quotation marks
    #[value(alias = "indirect")]
    Paraphrase,
}

/// The format that `extract` writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum OutputFormat {
    /// JSON (array if several)
    Json,
    /// JSON, one object per line
    Jsonl,
    /// CSV, one row per quote; --bom for Excel
    Csv,
    /// Markdown: quotes by speaker, then names
    Markdown,
    /// Web page of its own: the story beside its speakers
    Html,
    /// Plain text with its quotes
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
    fn format_is_the_result_of_extract_and_nothing_to_the_reader() {
        assert!(Cli::try_parse_from(["pullquote", "--format", "html", "a.txt"]).is_err());
        let extract = Cli::try_parse_from(["pullquote", "extract", "--format", "csv"]).expect("it parses");
        let is_csv =
            matches!(extract.command, Some(Command::Extract(ExtractArgs { format: OutputFormat::Csv, .. })));
        assert!(is_csv);
    }
}
