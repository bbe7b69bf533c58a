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
use crate::subcommand::split_inputs::split_input;
use crate::text::safe_message;

/// How long a file may take. A pipe or a device may take any time: its bytes may come late.
const FILE_TIME_LIMIT: Duration = Duration::from_secs(10);

/// The stack of a thread that loads, in bytes: that of a main thread.
const STACK_BYTES: usize = 8 << 20;

/// How many stories were loaded so far, and how the first failure ended.
#[derive(Clone, Default)]
pub(crate) struct SharedSummary(Arc<Mutex<RunSummary>>);

impl SharedSummary {
    pub(crate) fn lock(&self) -> MutexGuard<'_, RunSummary> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Starts to load the inputs. Returns the stories in the order of the inputs, each or why it cannot be opened; the summary
/// counts them.
pub(crate) fn load_stories(
    inputs: Inputs,
    format: InputFormat,
    summary: SharedSummary,
) -> Receiver<Result<Story, String>> {
    let (sender, stories) = mpsc::channel();
    let load = move || load_all(inputs, format, &sender, &summary);
    // Without the thread there are no stories.
    let _ = Builder::new().name("loading".into()).spawn(load);
    stories
}

fn load_all(
    inputs: Inputs,
    format: InputFormat,
    sender: &Sender<Result<Story, String>>,
    summary: &SharedSummary,
) {
    let mut opener = LoadWorker::spawn("open", |input, format| Ok(split_input(input, format)), format);
    let mut loader = LoadWorker::spawn("load", load_story, format);
    // False when the user has quit.
    let pass_on = |location: String, loaded: Result<Story, StoryFailure>| {
        let result = match loaded {
            Ok(story) => {
                summary.lock().count_success();
                Ok(story)
            }
            Err(failure) => {
                let message = format!("{location}: {}", failure.message);
                summary.lock().record_failure(location, failure);
                Err(safe_message(&message))
            }
        };
        sender.send(result).is_ok()
    };
    for input in inputs {
        let time_limit = match &input.source {
            Source::File(path) | Source::FilePart(path, _) if path.is_file() => Some(FILE_TIME_LIMIT),
            _ => None,
        };
        let location = input.location.clone();
        let goes_on = match opener.run(input, time_limit) {
            Ok(parts) => {
                parts.into_iter().all(|part| pass_on(part.location, loader.run(part.source, time_limit)))
            }
            Err(failure) => pass_on(location, Err(failure)),
        };
        if !goes_on {
            return;
        }
    }
}

/// A thread that does one job at a time.
struct LoadWorker<J, R> {
    jobs: Sender<J>,
    results: Receiver<Result<R, StoryFailure>>,
    name: &'static str,
    work: WorkOf<J, R>,
    format: InputFormat,
}

/// What a thread does with a job.
type WorkOf<J, R> = fn(J, InputFormat) -> Result<R, StoryFailure>;

impl<J: Send + 'static, R: Send + 'static> LoadWorker<J, R> {
    fn spawn(name: &'static str, work: WorkOf<J, R>, format: InputFormat) -> Self {
        let (job_sender, jobs) = mpsc::channel();
        let (sender, results) = mpsc::channel();
        let run = move || {
            for job in jobs {
                if sender.send(catch_panic(|| work(job, format))).is_err() {
                    return;
                }
            }
        };
        // Without the thread, loading fails.
        let _ = Builder::new().name(name.into()).stack_size(STACK_BYTES).spawn(run);
        Self { jobs: job_sender, results, name, work, format }
    }

    /// Does a job. After the time limit, another thread takes the place of this one.
    fn run(&mut self, job: J, time_limit: Option<Duration>) -> Result<R, StoryFailure> {
        let no_thread = || {
            let message = "Internal error: no thread to load this story".to_string();
            StoryFailure { message, exit_code: INTERNAL_ERROR }
        };
        self.jobs.send(job).map_err(|_| no_thread())?;
        let result = match time_limit {
            Some(time_limit) => self.results.recv_timeout(time_limit),
            None => self.results.recv().map_err(|_| RecvTimeoutError::Disconnected),
        };
        result.unwrap_or_else(|error| match error {
            RecvTimeoutError::Disconnected => Err(no_thread()),
            RecvTimeoutError::Timeout => {
                // The old thread is left alone; it ends with the process if it does not end before.
                *self = Self::spawn(self.name, self.work, self.format);
                let message = format!("Loading took longer than {} s; skipped", FILE_TIME_LIMIT.as_secs());
                Err(StoryFailure { message, exit_code: NO_STORY })
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;
    use crate::input::{self, FileLayout};

    #[cfg(feature = "formats")]
    #[test]
    fn the_mails_of_a_mailbox_are_stories_that_can_be_opened_again_one_by_one() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/tmp/mailbox");
        fs::create_dir_all(&folder).unwrap();
        let file = folder.join("box.mbox");
        let mail = |subject: &str, body: &str| {
            format!("From a@b Mon\nSubject: {subject}\nMessage-ID: <1@a>\n\n{body}\n\n")
        };
        fs::write(&file, mail("Rain", "It rained.") + &mail("Empty", "") + &mail("Sun", "It stopped."))
            .unwrap();
        let load =
            |input| load_stories(Box::new([input].into_iter()), InputFormat::Auto, SharedSummary::default());
        let all: Vec<_> =
            load(input::from_paths(vec![file.clone()], FileLayout::Story).next().unwrap()).iter().collect();
        let headlines: Vec<_> =
            all.iter().map(|it| it.as_ref().map(|it| it.headline().unwrap_or(""))).collect();
        assert_eq!(headlines[0], Ok("Rain"));
        assert_eq!(headlines[2], Ok("Sun"));
        let last = all[2].as_ref().unwrap();
        assert!(last.source.as_deref().is_some_and(|it| it.ends_with("box.mbox: mail 3")));
        let again = input::reopen(last.path.as_deref(), last.source.as_deref()).unwrap();
        assert!(again.exists());
        let again: Vec<_> = load(again).iter().collect();
        assert_eq!(again.len(), 1);
        assert_eq!(again[0].as_ref(), Ok(last));
        let gone = input::reopen(Some(&file), Some(&format!("{}: mail 9", file.display()))).unwrap();
        let gone = load(gone).recv().unwrap();
        assert!(gone.is_err_and(|it| it.ends_with("There is no mail 9 in this file now; open the file")));
    }

    #[test]
    fn stories_come_in_their_order_and_each_failure_has_its_line() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/tmp/loading");
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        for (name, content) in [("a.txt", "One."), ("b.txt", ""), ("c.txt", "Three.")] {
            fs::write(folder.join(name), content).unwrap();
        }
        let summary = SharedSummary::default();
        let inputs = input::from_paths(vec![folder], FileLayout::Story);
        let loading = load_stories(inputs, InputFormat::Auto, summary.clone());
        let loaded: Vec<Result<Story, String>> = loading.iter().collect();
        let texts = loaded.iter().map(|it| it.as_ref().map_or("", |it| it.text())).collect::<Vec<_>>();
        assert_eq!(texts, ["One.", "", "Three."]);
        assert!(loaded[1].as_ref().is_err_and(|it| it.contains("b.txt: ")));
        let summary = summary.lock();
        assert_eq!((summary.successes, summary.exit_code()), (2, 1));
    }
}
