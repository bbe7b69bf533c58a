//! Analyses stories in parallel and writes them to standard output in one format.

use std::io::{self, Write};

use pullquote::analysis::Analysis;
use pullquote::engine::MAX_WORDS;
use pullquote::export::Export;
use pullquote::load;
use pullquote::story::Story;

use crate::cli::InputFormat;
use crate::input::Input;
#[cfg(feature = "net")]
use crate::input::Source;
use crate::parallel;
use crate::subcommand::exit::{RunSummary, StoryFailure, catch_panic, report};
#[cfg(feature = "net")]
use crate::subcommand::load_address::load_whole_entry;
use crate::subcommand::load_input::load_story;
use crate::subcommand::progress::Progress;
use crate::text::{grouped, pluralize};

/// Writes each input's story with its analysis, in order; returns the exit code.
///
/// `is_list` says whether there may be several stories: the JSON format then writes an array. `progress` counts them.
///
/// # Errors
/// If standard output cannot be written.
pub(crate) fn export_stories(
    export: &'static dyn Export,
    inputs: impl Iterator<Item = Input> + Send + 'static,
    format: InputFormat,
    is_list: bool,
    progress: Progress,
    analyze: impl Fn(&Story) -> Analysis + Send + Sync + 'static,
) -> io::Result<u8> {
    let render = move |input| render_story(export, input, format, &analyze);
    let summary = write_stories(export, parallel::map_in_order(inputs, render), is_list, progress)?;
    Ok(summary.exit_code())
}

/// A rendered story, or where it stands and why it failed.
pub(crate) type Rendered = Result<RenderedStory, (String, StoryFailure)>;

/// What is written for a story.
pub(crate) struct RenderedStory {
    output: String,
    /// The number of words of the story.
    words: usize,
    /// Whether the story is probably not English.
    is_foreign: bool,
    /// Whether the story is longer than what is analysed.
    is_too_long: bool,
}

impl RenderedStory {
    pub(crate) fn new(export: &dyn Export, story: &Story, analysis: &Analysis) -> Self {
        let words = story.text().split_whitespace().count();
        Self {
            output: export.render(story, analysis),
            words,
            is_foreign: story.is_foreign,
            is_too_long: analysis.analyzed_to.is_some(),
        }
    }
}

/// Writes rendered stories to standard output and reports failures.
///
/// # Errors
/// If standard output cannot be written.
pub(crate) fn write_stories(
    export: &'static dyn Export,
    stories: impl Iterator<Item = Rendered>,
    is_list: bool,
    mut progress: Progress,
) -> io::Result<RunSummary> {
    let mut out = io::stdout().lock();
    let envelope = export.envelope(is_list);
    out.write_all(envelope.head.as_bytes())?;
    let mut summary = RunSummary::default();
    let (mut foreign_stories, mut long_stories) = (0, 0);
    for rendered in stories {
        match rendered {
            Ok(RenderedStory { output, words, is_foreign, is_too_long }) => {
                foreign_stories += usize::from(is_foreign);
                long_stories += usize::from(is_too_long);
                let separator = if summary.successes > 0 { envelope.separator } else { "" };
                out.write_all(separator.as_bytes())?;
                out.write_all(output.as_bytes())?;
                summary.count_success();
                progress.count(words);
            }
            Err((location, failure)) => {
                progress.clear();
                summary.report_failure(&location, &failure);
            }
        }
    }
    progress.clear();
    if summary.successes > 0 || is_list {
        out.write_all(envelope.tail.as_bytes())?;
    }
    out.flush()?;
    for remark in remarks(foreign_stories, long_stories) {
        report("input", &remark);
    }
    Ok(summary)
}

/// What is told at the end, once for all stories: why less was found in some of them.
fn remarks(foreign_stories: usize, long_stories: usize) -> Vec<String> {
    let mut remarks = Vec::new();
    if foreign_stories > 0 {
        let stories = pluralize(foreign_stories, "story does not look", "stories do not look");
        remarks.push(format!("{stories} English; pullquote knows English only"));
    }
    if long_stories > 0 {
        let stories = pluralize(long_stories, "story has", "stories have");
        let limit = grouped(MAX_WORDS);
        remarks.push(format!("{stories} more than {limit} words; no quotes are looked for in the rest"));
    }
    remarks
}

/// Loads, analyses and renders one story; a failure has its location. It does not panic.
///
/// For JSON Lines, a failure is rendered too if the format can do that, so that each line has its result.
fn render_story(
    export: &dyn Export,
    input: Input,
    format: InputFormat,
    analyze: &dyn Fn(&Story) -> Analysis,
) -> Rendered {
    let location = input.location.clone();
    catch_panic(|| Ok(render_or_tell(export, input, format, analyze)))
        .unwrap_or_else(|failure| Err((location, failure)))
}

fn render_or_tell(
    export: &dyn Export,
    input: Input,
    format: InputFormat,
    analyze: &dyn Fn(&Story) -> Analysis,
) -> Rendered {
    let id = input.id.as_deref().map(load::sanitize_line);
    let rendered = catch_panic(|| {
        #[cfg(feature = "net")]
        let is_entry = matches!(input.source, Source::Entry(..));
        let mut story = load_story(input.source, format)?;
        #[cfg(feature = "net")]
        if is_entry {
            story = load_whole_entry(story)?;
        }
        story.id.clone_from(&id);
        Ok(RenderedStory::new(export, &story, &analyze(&story)))
    });
    rendered.or_else(|failure| {
        let error_output = match format {
            InputFormat::Jsonl => export.render_error(id.as_deref(), &failure.message),
            _ => None,
        };
        error_output
            .map(|output| RenderedStory { output, words: 0, is_foreign: false, is_too_long: false })
            .ok_or((input.location, failure))
    })
}

#[cfg(test)]
mod tests {
    use std::panic;

    use pullquote::export::Envelope;

    use super::*;
    use crate::input::{self, FileLayout};
    use crate::subcommand::exit::INTERNAL_ERROR;

    /// A format that fails at whatever it is asked.
    struct Failing;

    impl Export for Failing {
        fn envelope(&self, _several: bool) -> Envelope {
            Envelope::default()
        }

        fn render(&self, _story: &Story, _analysis: &Analysis) -> String {
            panic::resume_unwind(Box::new("render"))
        }

        fn render_error(&self, _id: Option<&str>, _error: &str) -> Option<String> {
            panic::resume_unwind(Box::new("render_error"))
        }
    }

    #[test]
    fn a_panic_anywhere_is_a_failure_of_its_story_alone() {
        let paths = vec!["assets/stories/mapmaker.md".into(), "missing.md".into()];
        for format in [InputFormat::Auto, InputFormat::Jsonl] {
            for input in input::from_paths(paths.clone(), FileLayout::Story) {
                let location = input.location.clone();
                let rendered = render_story(&Failing, input, format, &|_| Analysis::default());
                let (failed, failure) = rendered.err().expect("it fails");
                assert_eq!(failed, location);
                assert!(
                    failure.exit_code == INTERNAL_ERROR || location == "missing.md",
                    "{}",
                    failure.message
                );
            }
        }
    }

    #[test]
    fn why_less_is_found_is_told_once_for_all_stories() {
        assert_eq!(remarks(0, 0), [""; 0]);
        let long = "more than 1,000,000 words; no quotes are looked for in the rest";
        assert_eq!(remarks(0, 1), [format!("1 story has {long}")]);
        let foreign = "1 story does not look English; pullquote knows English only";
        assert_eq!(remarks(1, 2), [foreign.into(), format!("2 stories have {long}")]);
        let story = load::from_text("It rained.");
        let mut analysis = Analysis::default();
        assert!(!RenderedStory::new(&pullquote::export::Text, &story, &analysis).is_too_long);
        analysis.analyzed_to = Some(2);
        assert!(RenderedStory::new(&pullquote::export::Text, &story, &analysis).is_too_long);
    }
}
