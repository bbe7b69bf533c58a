//! Writes the stories of web archives to standard output, each text once, in three steps:
//!
//! 1. Threads load the pages.
//! 2. One thread drops pages whose story came before, in the order of the file.
//! 3. Threads analyse the others.

use std::collections::HashSet;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use pullquote::analysis::Analysis;
use pullquote::export::Export;
use pullquote::story::Story;

use crate::cli::InputFormat;
use crate::input::{Input, Source};
use crate::parallel;
use crate::shelf::Fingerprint;
use crate::subcommand::exit::{NO_STORY, StoryFailure, catch_panic, report};
use crate::subcommand::export_stories::{Rendered, RenderedStory, write_stories};
use crate::subcommand::load_input::load_story;
use crate::subcommand::progress::Progress;
use crate::text::{counted, pluralize};

/// Writes each distinct story of web archives with its analysis, in order; returns the exit code.
///
/// Broken records are reported one by one; at the end a line counts all that was left out. Memory does not grow with the
/// archives but for 16 bytes a story, by which its text is known again.
///
/// # Errors
/// If standard output cannot be written.
pub(crate) fn export_archive(
    export: &'static dyn Export,
    inputs: impl Iterator<Item = Input> + Send + 'static,
    progress: Progress,
    analyze: impl Fn(&Story) -> Analysis + Send + Sync + 'static,
) -> io::Result<u8> {
    let counts = Arc::new(Mutex::new(ArchiveCounts::default()));
    let distinct = DistinctStories {
        loaded: parallel::map_in_order(inputs, load_page),
        known: HashSet::new(),
        counts: Arc::clone(&counts),
    };
    let render = move |page: Result<Box<Story>, (String, StoryFailure)>| -> Rendered {
        let story = page?;
        let location = story.source.clone().unwrap_or_default();
        catch_panic(|| Ok(RenderedStory::new(export, &story, &analyze(&story)))).map_err(|it| (location, it))
    };
    let summary = write_stories(export, parallel::map_in_order(distinct, render), true, progress)?;
    let counts = counts.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(left_out) = counts.describe() {
        let written = pluralize(summary.successes, "story", "stories");
        report("extract", &format!("{written} written; left out: {left_out}"));
    }
    Ok(summary.exit_code())
}

/// What became of a page of an archive.
enum LoadedPage {
    Story(Box<Story>),
    /// A page without text.
    NoStory,
    /// A broken record, or an internal error; with its location.
    Failed(String, StoryFailure),
}

fn load_page(input: Input) -> LoadedPage {
    let Input { location, id, source } = input;
    let is_page = !matches!(source, Source::BadRecord(_) | Source::OpenFailed(_));
    match catch_panic(|| load_story(source, InputFormat::Warc)) {
        Ok(mut story) => {
            story.id = id.map(|it| pullquote::load::sanitize_line(&it));
            LoadedPage::Story(Box::new(story))
        }
        Err(failure) if is_page && failure.exit_code == NO_STORY => LoadedPage::NoStory,
        Err(failure) => LoadedPage::Failed(location, failure),
    }
}

/// How many records gave no output.
#[derive(Default)]
struct ArchiveCounts {
    duplicates: usize,
    without_story: usize,
    broken: usize,
}

impl ArchiveCounts {
    /// "3 duplicates, 1 broken record"; `None` if nothing was left out.
    fn describe(&self) -> Option<String> {
        let counts = [
            (self.duplicates, counted(self.duplicates, "duplicate")),
            (self.without_story, pluralize(self.without_story, "page without text", "pages without text")),
            (self.broken, counted(self.broken, "broken record")),
        ];
        let parts: Vec<String> = counts.into_iter().filter(|it| it.0 > 0).map(|it| it.1).collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }
}

/// Loaded pages without those whose story came before.
struct DistinctStories<I> {
    loaded: I,
    /// The fingerprints of the stories that came before.
    known: HashSet<u128>,
    counts: Arc<Mutex<ArchiveCounts>>,
}

impl<I: Iterator<Item = LoadedPage>> Iterator for DistinctStories<I> {
    type Item = Result<Box<Story>, (String, StoryFailure)>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let page = self.loaded.next()?;
            let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
            match page {
                LoadedPage::Story(story)
                    if self.known.insert(Fingerprint::from_story(&story).as_number()) =>
                {
                    return Some(Ok(story));
                }
                LoadedPage::Story(_) => counts.duplicates += 1,
                LoadedPage::NoStory => counts.without_story += 1,
                LoadedPage::Failed(location, failure) => {
                    counts.broken += 1;
                    return Some(Err((location, failure)));
                }
            }
        }
    }
}
