//! Loads the stories of the user interface on a thread, one after another, each within a time limit.

use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use pullquote::story::Story;

use crate::cli::InputFormat;
use crate::input::{Inputs, Source};
use crate::parallel::spawn_story_thread;
use crate::shelf::StoryMarker;
use crate::subcommand::exit::{INTERNAL_ERROR, NO_STORY, RunSummary, StoryFailure, catch_panic};
use crate::subcommand::load_input::load_story;
use crate::subcommand::split_inputs::split_input;
use crate::text::safe_message;

/// How long a file may take. A pipe or a device may take any time: its bytes may come late.
const FILE_TIME_LIMIT: Duration = Duration::from_secs(10);

/// How many stories were loaded so far, and how the first failure ended.
#[derive(Clone, Default)]
pub(crate) struct SharedSummary(Arc<Mutex<RunSummary>>);

impl SharedSummary {
    pub(crate) fn lock(&self) -> MutexGuard<'_, RunSummary> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Starts to load the inputs. Returns the stories in the order of the inputs, each or why it cannot be opened; the summary
/// counts them, and the marker names the file that is being loaded.
pub(crate) fn load_stories(
    inputs: Inputs,
    format: InputFormat,
    summary: SharedSummary,
    marker: StoryMarker,
) -> Receiver<Result<Story, String>> {
    let (sender, stories) = mpsc::channel();
    let load = move || load_all(inputs, format, &sender, &summary, &marker);
    // Without the thread there are no stories.
    let _ = spawn_story_thread("loading", load);
    stories
}

fn load_all(
    inputs: Inputs,
    format: InputFormat,
    sender: &Sender<Result<Story, String>>,
    summary: &SharedSummary,
    marker: &StoryMarker,
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
        let path = match &input.source {
            Source::File(path) | Source::FilePart(path, _) => Some(path.clone()),
            _ => None,
        };
        let time_limit = path.as_ref().filter(|it| it.is_file()).map(|_| FILE_TIME_LIMIT);
        let location = input.location.clone();
        let goes_on = marker.mark_loading(path.as_deref(), || match opener.run(input, time_limit) {
            Ok(parts) => {
                parts.into_iter().all(|part| pass_on(part.location, loader.run(part.source, time_limit)))
            }
            Err(failure) => pass_on(location, Err(failure)),
        });
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
        let _ = spawn_story_thread(name, run);
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
                let message = format!(
                    "Loading took longer than {} s; skipped",
                    time_limit.unwrap_or_default().as_secs()
                );
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
        let load = |input| {
            let inputs = Box::new([input].into_iter());
            load_stories(inputs, InputFormat::Auto, SharedSummary::default(), StoryMarker::default())
        };
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
        let loading = load_stories(inputs, InputFormat::Auto, summary.clone(), StoryMarker::default());
        let loaded: Vec<Result<Story, String>> = loading.iter().collect();
        let texts = loaded.iter().map(|it| it.as_ref().map_or("", |it| it.text())).collect::<Vec<_>>();
        assert_eq!(texts, ["One.", "", "Three."]);
        assert!(loaded[1].as_ref().is_err_and(|it| it.contains("b.txt: ")));
        let summary = summary.lock();
        assert_eq!((summary.successes, summary.exit_code()), (2, 1));
    }

    #[test]
    fn a_story_that_takes_too_long_is_skipped_and_the_next_one_comes() {
        let wait = |time: Duration, _| -> Result<Duration, StoryFailure> {
            std::thread::sleep(time);
            Ok(time)
        };
        let mut worker = LoadWorker::spawn("slow", wait, InputFormat::Auto);
        let skipped = worker.run(Duration::from_mins(10), Some(Duration::from_millis(20)));
        let failure = skipped.expect_err("it takes too long");
        assert_eq!(
            (failure.message.as_str(), failure.exit_code),
            ("Loading took longer than 0 s; skipped", NO_STORY)
        );
        let next = worker.run(Duration::ZERO, Some(Duration::from_mins(1)));
        assert_eq!(next.ok(), Some(Duration::ZERO), "another thread has taken its place");
    }

    #[cfg(unix)]
    #[test]
    fn the_file_that_is_being_loaded_is_named_by_the_marker() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/tmp/loading-marker");
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        let pipe = folder.join("a.txt");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let marker = StoryMarker::new(&folder);
        let named = || {
            let entries = fs::read_dir(&folder).unwrap().flatten().map(|it| it.path());
            let files = entries.filter(|it| *it != pipe).map(|it| fs::read_to_string(it).unwrap());
            files.collect::<String>()
        };
        let inputs = input::from_paths(vec![pipe.clone()], FileLayout::Story);
        let loading = load_stories(inputs, InputFormat::Auto, SharedSummary::default(), marker);
        let expected = format!("file {}\0", pipe.display());
        // The pipe is not open yet, so that it is still being loaded.
        while named() != expected {
            std::thread::yield_now();
        }
        fs::write(&pipe, "It rained.").unwrap();
        assert!(loading.recv().unwrap().is_ok());
        assert!(loading.recv().is_err());
        assert_eq!(named(), "");
    }
}
