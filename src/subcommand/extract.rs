//! `pullquote extract`: writes what was found in stories to standard output.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

use pullquote::analysis::Analysis;
use pullquote::export::{self, Export};
use pullquote::load;
use pullquote::story::Story;

use crate::cli::{ExtractArgs, InputFormat, OutputFormat};
use crate::input::{self, Input};
use crate::parallel;
use crate::subcommand::analyse::analyser_with_corrections;
use crate::subcommand::exit::{BAD_USAGE, RunSummary, catch_panic, report};
use crate::subcommand::load_input::load_story;

/// `pullquote extract [STORY]…`
pub(crate) fn run(mut asked: ExtractArgs) -> io::Result<u8> {
    asked.from = input_format(asked.from, &asked.stories);
    if asked.stories.is_empty() && io::stdin().is_terminal() {
        report("extract", "no story is named; name a file, or pipe a story in");
        return Ok(BAD_USAGE);
    }
    let export: &'static dyn Export = match asked.format {
        OutputFormat::Json => &export::Json,
        OutputFormat::Jsonl => &export::Jsonl,
        OutputFormat::Csv => &export::Csv,
        OutputFormat::Markdown => &export::Markdown,
        OutputFormat::Text => &export::Text,
    };
    let several = are_several(&asked.stories) || asked.from == InputFormat::Jsonl;
    let jobs = input::from_paths(asked.stories, asked.from == InputFormat::Jsonl);
    export_stories(
        export,
        jobs,
        asked.from,
        several,
        analyser_with_corrections(asked.no_model, asked.no_shelf),
    )
}

/// Finds who said what in each story and writes it down; answers the exit code.
pub(crate) fn export_stories(
    export: &'static dyn Export,
    jobs: impl Iterator<Item = Input> + Send + 'static,
    from: InputFormat,
    several: bool,
    analyse: impl Fn(&Story) -> Analysis + Send + Sync + 'static,
) -> io::Result<u8> {
    let told = move |mut job: Input| {
        job.id = job.id.as_deref().map(load::sanitize_line);
        let told = catch_panic(|| {
            let mut story = load_story(job.source, from)?;
            story.id.clone_from(&job.id);
            Ok(export.render(&story, &analyse(&story)))
        });
        // In a stream a refusal is a line of the result, so that the lines of both sides agree.
        match told {
            Err(refused) if from == InputFormat::Jsonl => {
                export.render_error(job.id.as_deref(), &refused.message).ok_or((job.location, refused))
            }
            told => told.map_err(|refused| (job.location, refused)),
        }
    };
    let mut out = io::stdout().lock();
    let frame = export.envelope(several);
    out.write_all(frame.head.as_bytes())?;
    let mut tally = RunSummary::default();
    for told in parallel::map_in_order(jobs, told) {
        match told {
            Ok(words) => {
                let between = if tally.successes > 0 { frame.separator } else { "" };
                out.write_all(between.as_bytes())?;
                out.write_all(tally.count_success(words).as_bytes())?;
            }
            Err((place, refused)) => tally.report_failure(&place, &refused),
        }
    }
    if tally.successes > 0 || several {
        out.write_all(frame.tail.as_bytes())?;
    }
    out.flush()?;
    Ok(tally.exit_code())
}

/// How stories are written down of which nobody has said it: by their names, if those are streams'.
pub(crate) fn input_format(from: InputFormat, stories: &[PathBuf]) -> InputFormat {
    if from == InputFormat::Auto && input::are_json_lines(stories) { InputFormat::Jsonl } else { from }
}

/// Whether these are more stories than one, as far as their names tell; a folder has several.
pub(crate) fn are_several(stories: &[PathBuf]) -> bool {
    stories.len() > 1 || stories.iter().any(|it| it.is_dir())
}
