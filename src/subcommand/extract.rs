//! `pullquote extract`: writes what was found in stories to standard output.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

use pullquote::analysis::Analysis;
use pullquote::export::{self, Export};
use pullquote::load;
use pullquote::story::Story;

use crate::cli::{Extract, Input, Target};
use crate::input::{self, Job};
use crate::parallel;
use crate::subcommand::analyse::corrected;
use crate::subcommand::exit::{BAD_USAGE, Tally, complain, guarded};
use crate::subcommand::load_input::loaded;

/// `pullquote extract [STORY]…`
pub(crate) fn extract(mut asked: Extract) -> io::Result<u8> {
    asked.from = written(asked.from, &asked.stories);
    if asked.stories.is_empty() && io::stdin().is_terminal() {
        complain("extract", "no story is named; name a file, or pipe a story in");
        return Ok(BAD_USAGE);
    }
    let export: &'static dyn Export = match asked.format {
        Target::Json => &export::Json,
        Target::Jsonl => &export::Jsonl,
        Target::Csv => &export::Csv,
        Target::Markdown => &export::Markdown,
        Target::Text => &export::Text,
    };
    let several = are_several(&asked.stories) || asked.from == Input::Jsonl;
    let jobs = input::named(asked.stories, asked.from == Input::Jsonl);
    print(export, jobs, asked.from, several, corrected(asked.no_model, asked.no_shelf))
}

/// Finds who said what in each story and writes it down; answers the exit code.
pub(crate) fn print(
    export: &'static dyn Export,
    jobs: impl Iterator<Item = Job> + Send + 'static,
    from: Input,
    several: bool,
    analyse: impl Fn(&Story) -> Analysis + Send + Sync + 'static,
) -> io::Result<u8> {
    let told = move |mut job: Job| {
        job.id = job.id.as_deref().map(load::name);
        let told = guarded(|| {
            let mut story = loaded(job.raw, from)?;
            story.id.clone_from(&job.id);
            Ok(export.one(&story, &analyse(&story)))
        });
        // In a stream a refusal is a line of the result, so that the lines of both sides agree.
        match told {
            Err(refused) if from == Input::Jsonl => {
                export.refused(job.id.as_deref(), &refused.what).ok_or((job.place, refused))
            }
            told => told.map_err(|refused| (job.place, refused)),
        }
    };
    let mut out = io::stdout().lock();
    let frame = export.frame(several);
    out.write_all(frame.head.as_bytes())?;
    let mut tally = Tally::default();
    for told in parallel::in_order(jobs, told) {
        match told {
            Ok(words) => {
                let between = if tally.passed > 0 { frame.between } else { "" };
                out.write_all(between.as_bytes())?;
                out.write_all(tally.passed(words).as_bytes())?;
            }
            Err((place, refused)) => tally.refused(&place, &refused),
        }
    }
    if tally.passed > 0 || several {
        out.write_all(frame.tail.as_bytes())?;
    }
    out.flush()?;
    Ok(tally.code())
}

/// How stories are written down of which nobody has said it: by their names, if those are streams'.
pub(crate) fn written(from: Input, stories: &[PathBuf]) -> Input {
    if from == Input::Auto && input::are_streams(stories) { Input::Jsonl } else { from }
}

/// Whether these are more stories than one, as far as their names tell; a folder has several.
pub(crate) fn are_several(stories: &[PathBuf]) -> bool {
    stories.len() > 1 || stories.iter().any(|it| it.is_dir())
}
