//! Loads the stories of the user interface on a thread, one after another, each within a time limit.

use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::Builder;
use std::time::Duration;

use pullquote::story::Story;

use crate::cli::InputFormat;
use crate::input::{Inputs, Source};
use crate::subcommand::exit::{INTERNAL_ERROR, NO_STORY, RunSummary, StoryFailure, catch_panic};
use crate::subcommand::load_input::load_story;
use crate::text::safe_message;

/// How long a file may take. A pipe or a device may take any time: its bytes may come late.
const FILE_TIME_LIMIT: Duration = Duration::from_secs(10);

/// The stack of a thread that loads, in bytes: that of a main thread.
const STACK_BYTES: usize = 8 << 20;

/// Stories that are being loaded.
pub(crate) struct LoadingStories {
    /// The stories in the order of the inputs, each or why it cannot be opened.
    pub(crate) stories: Receiver<Result<Story, String>>,
    pub(crate) summary: SharedSummary,
}

/// How many stories were loaded until now, and how the first failure ended.
#[derive(Clone, Default)]
pub(crate) struct SharedSummary(Arc<Mutex<RunSummary>>);

impl SharedSummary {
    pub(crate) fn lock(&self) -> MutexGuard<'_, RunSummary> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl LoadingStories {
    /// Starts to load the inputs.
    pub(crate) fn new(inputs: Inputs, format: InputFormat) -> Self {
        let (sender, stories) = mpsc::channel();
        let summary = SharedSummary::default();
        let loading = Self { stories, summary: summary.clone() };
        let load = move || load_all(inputs, format, &sender, &summary);
        // Without the thread there are no stories.
        let _ = Builder::new().name("loading".into()).spawn(load);
        loading
    }
}

fn load_all(
    inputs: Inputs,
    format: InputFormat,
    sender: &Sender<Result<Story, String>>,
    summary: &SharedSummary,
) {
    let mut worker = LoadWorker::spawn(format);
    for input in inputs {
        let time_limit = match &input.source {
            Source::File(path) if path.is_file() => Some(FILE_TIME_LIMIT),
            _ => None,
        };
        let loaded = worker.load(input.source, time_limit).unwrap_or_else(|| {
            // The old worker is left alone; it ends with the process if it does not end before.
            worker = LoadWorker::spawn(format);
            let message = format!("Loading took longer than {} s; skipped", FILE_TIME_LIMIT.as_secs());
            Err(StoryFailure { message, exit_code: NO_STORY })
        });
        let passed_on = match loaded {
            Ok(story) => {
                summary.lock().count_success();
                sender.send(Ok(story))
            }
            Err(failure) => {
                let message = format!("{}: {}", input.location, failure.message);
                summary.lock().record_failure(input.location, failure);
                sender.send(Err(safe_message(&message)))
            }
        };
        // The user has quit.
        if passed_on.is_err() {
            return;
        }
    }
}

/// A thread that loads one story at a time.
struct LoadWorker {
    sources: Sender<Source>,
    results: Receiver<Result<Story, StoryFailure>>,
}

impl LoadWorker {
    fn spawn(format: InputFormat) -> Self {
        let (sources, jobs) = mpsc::channel();
        let (sender, results) = mpsc::channel();
        let work = move || {
            for source in jobs {
                if sender.send(catch_panic(|| load_story(source, format))).is_err() {
                    return;
                }
            }
        };
        // Without the thread, loading fails.
        let _ = Builder::new().name("load".into()).stack_size(STACK_BYTES).spawn(work);
        Self { sources, results }
    }

    /// Loads a story; `None` after the time limit, when this worker must not be used again.
    fn load(&self, source: Source, time_limit: Option<Duration>) -> Option<Result<Story, StoryFailure>> {
        let message = "Internal error: no thread to load this story".to_string();
        let failure = Some(Err(StoryFailure { message, exit_code: INTERNAL_ERROR }));
        if self.sources.send(source).is_err() {
            return failure;
        }
        let result = match time_limit {
            Some(time_limit) => self.results.recv_timeout(time_limit),
            None => self.results.recv().map_err(|_| RecvTimeoutError::Disconnected),
        };
        match result {
            Ok(loaded) => Some(loaded),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => failure,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;
    use crate::input::{self, FileLayout};

    #[test]
    fn stories_come_in_their_order_and_each_failure_has_its_line() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/tmp/loading");
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        for (name, content) in [("a.txt", "One."), ("b.txt", ""), ("c.txt", "Three.")] {
            fs::write(folder.join(name), content).unwrap();
        }
        let loading =
            LoadingStories::new(input::from_paths(vec![folder], FileLayout::Story), InputFormat::Auto);
        let loaded: Vec<Result<Story, String>> = loading.stories.iter().collect();
        let texts = loaded.iter().map(|it| it.as_ref().map_or("", |it| it.text())).collect::<Vec<_>>();
        assert_eq!(texts, ["One.", "", "Three."]);
        assert!(loaded[1].as_ref().is_err_and(|it| it.contains("b.txt: ")));
        let summary = loading.summary.lock();
        assert_eq!((summary.successes, summary.exit_code()), (2, 1));
    }
}
