//! `pullquote extract`: writes the quotes and names of stories to standard output.

use std::io::{self, IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use pullquote::analysis::QuoteKind;
use pullquote::export::{self, Export};
use pullquote::selection::QuoteSelection;
use pullquote::story::Story;

use crate::cli::{ExtractArgs, KindName, OutputFormat};
use crate::input::{self, FileLayout, ReadCounter};
use crate::subcommand::analyze::analyzer_with_corrections;
use crate::subcommand::exit::{BAD_USAGE, report};
use crate::subcommand::export_stories::export_stories;
use crate::subcommand::export_web_archive::export_archive;
use crate::subcommand::load_input::{file_layout, input_format};
use crate::subcommand::progress::Progress;
use crate::subcommand::split_inputs::{peek_several, split_inputs};

/// Runs `pullquote extract`; returns the exit code.
///
/// # Errors
/// If standard output cannot be written.
pub(crate) fn run(args: ExtractArgs) -> io::Result<u8> {
    let format = input_format(args.from, &args.stories);
    if args.stories.is_empty() && io::stdin().is_terminal() {
        report("extract", "No input; give a file, or pipe a story in");
        return Ok(BAD_USAGE);
    }
    if args.bom && args.format != OutputFormat::Csv {
        report("--bom", "Only `--format csv` can begin with a byte order mark");
        return Ok(BAD_USAGE);
    }
    let export: &'static dyn Export = match args.format {
        OutputFormat::Json => &export::Json,
        OutputFormat::Jsonl => &export::Jsonl,
        OutputFormat::Csv => &export::Csv,
        OutputFormat::Markdown => &export::Markdown,
        OutputFormat::Html => &export::Html,
        OutputFormat::Text => &export::Text,
    };
    let selection = quote_selection(&args);
    let layout = file_layout(format);
    let mut is_list = layout != FileLayout::Story || input::are_several(&args.stories);
    let read = ReadCounter::default();
    let is_quiet = args.quiet || !Progress::can_be_seen();
    let total_bytes = if is_quiet { None } else { input::total_bytes(args.stories.clone(), layout) };
    let progress = Progress::new(is_quiet, read.clone(), total_bytes);
    let mut inputs = split_inputs(input::from_paths_counted(args.stories, layout, read), format);
    if !is_list {
        (is_list, inputs) = peek_several(inputs);
    }
    let analyze = analyzer_with_corrections(args.no_model, args.no_shelf);
    let with_stance = args.stance;
    let names: Vec<String> = args.speaker.iter().chain(&args.affiliation).cloned().collect();
    let is_selected = Arc::new(AtomicBool::new(false));
    let has_quotes = Arc::clone(&is_selected);
    let analyze = move |story: &Story| {
        let analysis = analyze(story);
        let selected = selection.apply(if with_stance { analysis } else { analysis.without_stance() });
        has_quotes.fetch_or(!selected.quotes.is_empty(), Ordering::Relaxed);
        selected
    };
    if args.bom {
        io::stdout().write_all("\u{feff}".as_bytes())?;
    }
    let code = match layout {
        FileLayout::Warc => export_archive(export, inputs, progress, analyze),
        FileLayout::Story | FileLayout::JsonLines => {
            export_stories(export, inputs, format, is_list, progress, analyze)
        }
    }?;
    // A name that is misspelled gives an empty result.
    if code == 0 && !names.is_empty() && !is_selected.load(Ordering::Relaxed) {
        report("extract", &format!("Found no quotes by {}", names.join(", ")));
    }
    Ok(code)
}

/// The quotes that the command line asks for.
fn quote_selection(args: &ExtractArgs) -> QuoteSelection {
    let kind = |it: &KindName| match it {
        KindName::Direct => QuoteKind::Direct,
        KindName::Partial => QuoteKind::Mixed,
        KindName::Paraphrase => QuoteKind::Indirect,
    };
    QuoteSelection {
        speakers: args.speaker.clone(),
        affiliations: args.affiliation.clone(),
        kinds: args.kind.iter().map(kind).collect(),
        min_confidence: f32::from(args.min_confidence) / 100.0,
    }
}
