//! `pullquote [STORY]…`: opens stories in the user interface, or prints them as plain text.

use std::env;
use std::io::{self, BufRead, IsTerminal, Write};
use std::mem;
use std::path::PathBuf;
use std::sync::mpsc::Receiver;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use pullquote::analysis::{Analysis, ProgressObserver};
use pullquote::export;
use pullquote::story::Story;

use crate::cli::{InputFormat, ReadArgs};
use crate::config::settings::Settings;
use crate::input::{self, FileLayout, Input, Inputs, ReadCounter};
use crate::shelf::{self, StoredStory, StoryMarker, Unsaved};
use crate::storage::Storage;
use crate::subcommand::analyze::{analyzer_with_corrections, build_engine};
use crate::subcommand::exit::{NO_OUTPUT, catch_panic, report, report_config_error};
use crate::subcommand::export_stories::export_stories;
#[cfg(feature = "net")]
use crate::subcommand::load_address::load_entry_page;
#[cfg(not(feature = "net"))]
use crate::subcommand::load_input::load_entry_page;
use crate::subcommand::load_input::{file_layout, input_format, load_story};
use crate::subcommand::load_stories::{SharedSummary, load_stories};
use crate::subcommand::open_shelf::open_existing_shelf;
use crate::subcommand::options::load_options;
use crate::subcommand::progress::Progress;
use crate::subcommand::saved_settings;
use crate::subcommand::session_storage::SessionStorage;
use crate::subcommand::split_inputs::{peek_several, split_inputs};
use crate::text::safe_message;
use crate::tui::{self, EntryLoader, ExitReason, Options, SessionEnd};

/// How many stories of the history are opened if none is named.
const MAX_REOPENED_STORIES: usize = 9;

/// How long the last attempt to save may wait for another process.
const SAVE_LIMIT: Duration = Duration::from_secs(5);

/// The same after a signal, when the process must end soon.
const SIGNAL_SAVE_LIMIT: Duration = Duration::from_millis(200);

/// Added to the number of a signal that ends the program.
const SIGNAL_EXIT_BASE: u8 = 128;

/// Runs `pullquote` without a subcommand; returns the exit code.
///
/// # Errors
/// If standard output cannot be written.
pub(crate) fn run(mut args: ReadArgs) -> io::Result<u8> {
    let is_dumb = env::var_os("TERM").is_some_and(|it| it == "dumb");
    let is_line_mode = args.plain || is_dumb;
    let has_commands = args.plain && has_piped_commands(&args.stories);
    let has_terminal = io::stdout().is_terminal() && (!is_line_mode || io::stdin().is_terminal());
    let is_piped = !has_terminal && !has_commands;
    // Piped output needs no options, but a wrong `--theme` is still an error.
    let options = match (!is_piped || args.theme.is_some()).then(|| load_options(&args)).transpose() {
        Ok(options) => options.filter(|_| !is_piped),
        Err(error) => return Ok(report_config_error(&error)),
    };
    args.from = input_format(args.from, &args.stories);
    let mut is_list = file_layout(args.from) != FileLayout::Story || input::are_several(&args.stories);
    if options.is_some() && is_line_mode {
        // The prompt comes with the first story.
        let first = args.stories.first().and_then(|it| it.to_str()).filter(|it| input::is_web_address(it));
        if let Some(address) = first {
            report(address, "Loading; ^C stops");
        }
    }
    let read = ReadCounter::default();
    let first = args.stories.first().map_or("-", |it| it.to_str().unwrap_or_default()).to_string();
    let inputs = if args.stories.is_empty() && io::stdin().is_terminal() {
        recent_stories(args.no_shelf, !is_piped)
    } else {
        input::from_paths_counted(mem::take(&mut args.stories), file_layout(args.from), read.clone())
    };
    match options {
        None => {
            let analyze = analyzer_with_corrections(args.no_model, args.no_shelf);
            let analyze_speech = move |story: &Story| analyze(story).without_stance();
            let mut inputs = split_inputs(inputs, args.from);
            if !is_list {
                (is_list, inputs) = peek_several(inputs);
            }
            export_stories(&export::Text, inputs, args.from, is_list, Progress::none(), analyze_speech)
        }
        Some(options) if is_line_mode => open_line_mode(&args, inputs, options, is_dumb),
        Some(options) => Ok(open_screen(&args, inputs, options, &|| describe_wait(&first, &read))),
    }
}

/// Whether commands come through a pipe: the stories are named, and standard input is no terminal and not empty.
fn has_piped_commands(stories: &[PathBuf]) -> bool {
    let is_named = !stories.is_empty() && stories.iter().all(|it| it.as_os_str() != "-");
    is_named && !io::stdin().is_terminal() && io::stdin().lock().fill_buf().is_ok_and(|it| !it.is_empty())
}

/// Loads the stories and opens them full-screen; returns the exit code. `progress` says what is read before the first one
/// is there.
fn open_screen(args: &ReadArgs, inputs: Inputs, options: Options, progress: &dyn Fn() -> String) -> u8 {
    let session = ReadingSession::new(args, &options);
    let stories = session.load(inputs, args.from);
    let start = options.settings.clone();
    let from = args.from;
    let marker = session.marker.clone();
    let reload =
        move |story: &Story| marker.mark_loading(story.path.as_deref(), || reload_story(story, from));
    let (analyze, storage) = (session.analyzer(args.no_model), session.storage());
    let end = tui::run(stories, progress, analyze, reload, entry_loader(), storage, options);
    let reason = end.map(|end| {
        if !args.no_shelf {
            save_settings(&start, &end);
        }
        end.reason
    });
    session.finish(reason)
}

/// Loads the stories and opens them at a line prompt; returns the exit code.
///
/// # Errors
/// If the terminal cannot be read or written.
fn open_line_mode(args: &ReadArgs, inputs: Inputs, options: Options, is_dumb: bool) -> io::Result<u8> {
    let session = ReadingSession::new(args, &options);
    let others = session.load(inputs, args.from);
    let mut not_opened = Vec::new();
    let first = others.iter().find_map(|it| it.map_err(|message| not_opened.push(message)).ok());
    let options = Options { not_opened, ..options };
    let Some(first) = first else { return Ok(session.finish(Ok(ExitReason::Quit))) };
    let (analyze, storage) = (session.analyzer(args.no_model), session.storage());
    match tui::run_line_mode(first, others, analyze, &entry_loader(), storage, options, is_dumb) {
        Ok(reason) => Ok(session.finish(Ok(reason))),
        // What was noted is saved also if nobody reads the answers.
        Err(error) => match session.finish(Ok(ExitReason::Quit)) {
            NO_OUTPUT => Ok(NO_OUTPUT),
            _ => Err(error),
        },
    }
}

/// What a session of the user interface needs until it has ended.
struct ReadingSession {
    storage: Option<SessionStorage>,
    marker: StoryMarker,
    /// How many stories were loaded, and why others were not.
    summary: SharedSummary,
}

impl ReadingSession {
    /// Opens the database while the stories are loaded.
    fn new(args: &ReadArgs, options: &Options) -> Self {
        let folder = if args.no_shelf { None } else { shelf::default_folder().ok() };
        let marker = folder.map(|it| StoryMarker::new(&it)).unwrap_or_default();
        let storage = || SessionStorage::new(options.settings.keep_text, marker.clone());
        Self { storage: (!args.no_shelf).then(storage), marker, summary: SharedSummary::default() }
    }

    fn storage(&self) -> Option<&dyn Storage> {
        self.storage.as_ref().map(|it| it as &dyn Storage)
    }

    /// Starts to load the stories; returns them in their order, each or why it cannot be opened.
    fn load(&self, inputs: Inputs, from: InputFormat) -> Receiver<Result<Story, String>> {
        load_stories(inputs, from, self.summary.clone(), self.marker.clone())
    }

    fn analyzer(
        &self,
        no_model: bool,
    ) -> impl Fn(&Story, &mut ProgressObserver) -> Option<Analysis> + Send + Sync + use<> {
        lazy_analyzer(no_model, self.marker.clone())
    }

    /// Saves what is not saved yet, reports what failed, and returns the exit code.
    fn finish(self, result: io::Result<ExitReason>) -> u8 {
        self.marker.remove();
        let time_limit = if let Ok(ExitReason::Signal(_)) = result { SIGNAL_SAVE_LIMIT } else { SAVE_LIMIT };
        let mut summary = self.summary.lock();
        summary.report_recorded();
        let unsaved = self.storage.and_then(|it| it.finish(time_limit));
        if let Some(unsaved) = &unsaved {
            report_unsaved(unsaved);
        }
        match result {
            Ok(ExitReason::Quit) if unsaved.is_some() => NO_OUTPUT,
            Ok(ExitReason::Quit) => summary.exit_code(),
            Ok(ExitReason::Signal(number)) => SIGNAL_EXIT_BASE.saturating_add(number as u8),
            Err(error) => {
                report("terminal", &format!("Failed: {error}; try --plain"));
                NO_OUTPUT
            }
        }
    }
}

/// Says what is read before the first story is there: `first` is the first path, and `read` counts the bytes of standard
/// input.
fn describe_wait(first: &str, read: &ReadCounter) -> String {
    if input::is_web_address(first) {
        return safe_message(&format!("Loading {first}"));
    }
    match (first, read.bytes()) {
        ("-", 0) => "Reading standard input; nothing has come yet".into(),
        ("-", bytes) => {
            let size = shelf::readable_size(usize::try_from(bytes).unwrap_or(usize::MAX));
            format!("Reading standard input: {size} so far")
        }
        _ => safe_message(&format!("Opening {first}")),
    }
}

/// Reads the file of a story again.
///
/// # Errors
/// A message for the user.
fn reload_story(story: &Story, from: InputFormat) -> Result<Story, String> {
    let input = input::reopen(story.path.as_deref(), story.source.as_deref()).ok_or("It has no file")?;
    catch_panic(|| load_story(input.source, from)).map_err(|it| it.message)
}

/// Returns a function that analyses a story while the marker names it, and tells its progress.
///
/// The first thread that needs the engine builds it, so that the first frame does not wait for it.
fn lazy_analyzer(
    no_model: bool,
    marker: StoryMarker,
) -> impl Fn(&Story, &mut ProgressObserver) -> Option<Analysis> + Send + Sync + 'static {
    let engine = OnceLock::new();
    move |story, observer| {
        let engine = engine.get_or_init(|| build_engine(no_model));
        marker.mark_analysis(story, || engine.analyze_observed(story, observer))
    }
}

/// Returns a function that loads the page of a feed's entry.
fn entry_loader() -> EntryLoader {
    Arc::new(|entry| catch_panic(|| load_entry_page(entry)).map_err(|it| it.message))
}

/// Reports what could not be saved: where it is now, or else the notes themselves.
fn report_unsaved(unsaved: &Unsaved) {
    let contents: String = unsaved.stories.iter().map(StoredStory::describe_contents).collect();
    let rest = match &unsaved.file {
        Some(file) => format!("; written to {}", file.display()),
        None if unsaved.stories.is_empty() => "; what you deleted is still there".into(),
        None => String::new(),
    };
    report("saved data", &format!("Not saved{contents}: {}{rest}", unsaved.reason));
    if unsaved.file.is_none() && !unsaved.stories.is_empty() {
        shelf::markdown(&unsaved.stories).lines().for_each(|it| report("not saved", it));
    }
}

/// Saves the settings that were changed in the interface.
fn save_settings(start: &Settings, end: &SessionEnd) {
    if let Err(error) = saved_settings::save(start, &end.settings, end.is_reset) {
        report("settings", &format!("Not saved: {error}"));
    }
}

/// Returns the most recent stories of the history that still exist, or else the samples.
///
/// A story during whose loading or analysis the program ended unexpectedly is opened only if the user agrees.
fn recent_stories(no_shelf: bool, can_ask: bool) -> Inputs {
    let shelf = if no_shelf { None } else { open_existing_shelf().ok().flatten() };
    let history = shelf.as_ref().and_then(|it| {
        // On failure such a story is opened without a question.
        let _ = it.record_interruptions();
        it.history().ok()
    });
    let mut recent = Vec::new();
    for entry in history.unwrap_or_default() {
        let kept = shelf.as_ref().filter(|_| entry.has_text).and_then(|it| it.kept_story(&entry.key).ok()?);
        let input = match kept {
            Some(story) => Some(Input::loaded(&entry.title, story)),
            None => input::reopen(entry.file.as_deref(), entry.source.as_deref()).filter(Input::exists),
        };
        let is_wanted = |_: &Input| !entry.was_interrupted || (can_ask && confirm_interrupted(&entry.title));
        recent.extend(input.filter(is_wanted));
        if recent.len() == MAX_REOPENED_STORIES {
            break;
        }
    }
    if recent.is_empty() { input::samples() } else { Box::new(recent.into_iter()) }
}

/// Asks whether to open a story again; no answer means no.
fn confirm_interrupted(title: &str) -> bool {
    let question = format!("pullquote stopped while it was opening “{title}”. Open it again? [y/N] ");
    let mut error = io::stderr();
    let mut answer = String::new();
    let asked = error.write_all(question.as_bytes()).and_then(|()| error.flush());
    asked.is_ok() && io::stdin().read_line(&mut answer).is_ok() && answer.trim().eq_ignore_ascii_case("y")
}
