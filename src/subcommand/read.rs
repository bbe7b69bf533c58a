//! `pullquote [STORY]…`: opens stories in the terminal reader, or prints them as plain text.

use std::env;
use std::io::{self, IsTerminal};
use std::mem;
use std::sync::{Arc, OnceLock};
use std::thread;

use pullquote::export;
use pullquote::story::Story;

use crate::cli::{InputFormat, ReadArgs};
use crate::config::Wrong;
use crate::config::settings::ColorMode;
use crate::input::{self, Input, Inputs};
use crate::shelf::{self, ShelfWorker};
use crate::storage::{Change, EventSink, HistoryEntry, Storage, StorageEvent};
use crate::subcommand::analyse::{analyser_with_corrections, build_engine, open_existing_shelf};
use crate::subcommand::config::{load_config, load_keymap, report_config_error};
use crate::subcommand::exit::{NO_OUTPUT, RunSummary, catch_panic, report};
use crate::subcommand::extract::{are_several, export_stories, input_format};
use crate::subcommand::load_input::load_story;
use crate::tui::{self, ExitReason, Options, UserTheme};

/// `pullquote [STORY]…`
pub(crate) fn run(mut asked: ReadArgs) -> io::Result<u8> {
    let dumb = env::var_os("TERM").is_some_and(|it| it == "dumb");
    let plain = asked.plain || dumb;
    let printed = !io::stdout().is_terminal() || (plain && !io::stdin().is_terminal());
    // Where nothing is coloured a wrong word is still a wrong word.
    let look = match (!printed || asked.theme.is_some()).then(|| load_options(&asked)).transpose() {
        Ok(look) => look.filter(|_| !printed),
        Err(wrong) => return Ok(report_config_error(&wrong)),
    };
    asked.from = input_format(asked.from, &asked.stories);
    let several = are_several(&asked.stories);
    let jobs = if asked.stories.is_empty() && io::stdin().is_terminal() {
        recent_stories(asked.no_shelf)
    } else {
        input::from_paths(mem::take(&mut asked.stories), asked.from == InputFormat::Jsonl)
    };
    let Some(look) = look else {
        return export_stories(
            &export::Text,
            jobs,
            asked.from,
            several,
            analyser_with_corrections(asked.no_model, asked.no_shelf),
        );
    };
    // The shelf is opened while the stories are loaded.
    let librarian = (!asked.no_shelf).then(SessionStorage::new);
    let mut tally = RunSummary::default();
    let mut stories = Vec::new();
    for job in jobs {
        match catch_panic(|| load_story(job.source, asked.from)) {
            Ok(story) => stories.push(tally.count_success(story)),
            Err(refused) => tally.report_failure(&job.location, &refused),
        }
    }
    if stories.is_empty() {
        return Ok(tally.exit_code());
    }
    // Made by the thread that first needs it, so that the screen does not wait for its lists.
    let made = OnceLock::new();
    let analyse = move |story: &Story| made.get_or_init(|| build_engine(asked.no_model)).analyze(story);
    let keeper = librarian.as_ref().map(|it| it as &dyn Storage);
    if plain {
        return tui::run_line_mode(stories, analyse, keeper, look, dumb).map(|()| tally.exit_code());
    }
    Ok(match tui::run(stories, analyse, keeper, look) {
        Ok(ExitReason::Quit) => tally.exit_code(),
        Ok(ExitReason::Signal(number)) => 128_u8.saturating_add(number as u8),
        Err(error) => {
            report("the terminal", &format!("it failed: {error}; --plain needs none"));
            NO_OUTPUT
        }
    })
}

/// Who keeps what outlives a reading, and brings the stories of others.
struct SessionStorage {
    worker: ShelfWorker,
    sink: OnceLock<EventSink>,
}

impl SessionStorage {
    /// Who begins at once to open the shelf.
    fn new() -> Self {
        Self { worker: ShelfWorker::spawn(shelf::default_folder()), sink: OnceLock::new() }
    }
}

impl Storage for SessionStorage {
    fn set_sink(&self, tell: EventSink) {
        self.worker.set_sink(tell.clone());
        // There is but one reader.
        let _ = self.sink.set(tell);
    }

    fn load(&self, number: usize, story: Arc<Story>) {
        self.worker.load(number, story);
    }

    fn save(&self, story: usize, change: Change) {
        self.worker.save(story, change);
    }

    fn load_history(&self) {
        self.worker.load_history();
    }

    fn fetch(&self, past: HistoryEntry) {
        let Some(tell) = self.sink.get().cloned() else { return };
        thread::spawn(move || tell(StorageEvent::StoryFetched(fetch_story(&past))));
    }
}

/// How many of the stories read last a bare `pullquote` opens.
const MAX_REOPENED_STORIES: usize = 9;

/// The stories read last whose files are still there, the last one first; else the samples.
fn recent_stories(no_shelf: bool) -> Inputs {
    let shelf = if no_shelf { Ok(None) } else { open_existing_shelf() };
    let past = shelf.ok().flatten().and_then(|it| it.history().ok()).unwrap_or_default();
    let again = past.iter().filter_map(|it| input::reopen(it.file.as_deref(), it.source.as_deref()));
    let there: Vec<Input> = again.filter(Input::exists).take(MAX_REOPENED_STORIES).collect();
    if there.is_empty() { input::samples() } else { Box::new(there.into_iter()) }
}

/// A story that was read before, if it can still be had; else why not.
fn fetch_story(past: &HistoryEntry) -> Result<Story, String> {
    let Some(job) = input::reopen(past.file.as_deref(), past.source.as_deref()) else {
        return Err("it came from a pipe, so there is no file to open".into());
    };
    catch_panic(|| load_story(job.source, InputFormat::Auto))
        .map_err(|it| format!("{}: {}", it.message, job.location))
}

/// What is set, with what the command line says over it.
fn load_options(asked: &ReadArgs) -> Result<Options, Wrong> {
    let (mut config, _) = load_config(asked.config.clone())?;
    let settings = &mut config.settings;
    settings.color = asked.color.unwrap_or(settings.color);
    settings.keys = asked.keys.unwrap_or(settings.keys);
    settings.mouse &= !asked.no_mouse;
    if let Some(theme) = &asked.theme {
        settings.theme.clone_from(theme);
    }
    let settings = config.settings.clone();
    let keymap = load_keymap(&config, settings.keys)?;
    let own: Vec<UserTheme> =
        config.themes.iter().map(|it| UserTheme { name: it.name(), source: &it.text }).collect();
    let color = is_color_enabled(settings.color);
    Options::new(settings, keymap, &own, color).map_err(|what| Wrong { place: "--theme".into(), what })
}

/// Whether colours are wanted; `NO_COLOR` and `CLICOLOR` speak where nobody else has.
fn is_color_enabled(when: ColorMode) -> bool {
    match when {
        ColorMode::Auto => {
            let refused = env::var_os("NO_COLOR").is_some_and(|it| !it.is_empty());
            !refused && env::var_os("CLICOLOR").is_none_or(|it| it != "0")
        }
        ColorMode::Always => true,
        ColorMode::Never => false,
    }
}
