//! `pullquote [STORY]…`: opens stories in the terminal reader, or prints them as plain text.

use std::env;
use std::io::{self, IsTerminal};
use std::mem;
use std::sync::{Arc, OnceLock};
use std::thread;

use pullquote::export;
use pullquote::story::Story;

use crate::cli::{Input, Read};
use crate::config::Wrong;
use crate::config::settings::When;
use crate::input::{self, Job, Jobs};
use crate::shelf::{self, Clerk};
use crate::storage::{Change, Keeper, News, Past, Tell};
use crate::subcommand::analyse::{begun_shelf, corrected, engine};
use crate::subcommand::config::{configured, keymap, misset};
use crate::subcommand::exit::{NO_OUTPUT, Tally, complain, guarded};
use crate::subcommand::extract::{are_several, print, written};
use crate::subcommand::load_input::loaded;
use crate::tui::{self, Leave, Look, OwnTheme};

/// `pullquote [STORY]…`
pub(crate) fn read(mut asked: Read) -> io::Result<u8> {
    let dumb = env::var_os("TERM").is_some_and(|it| it == "dumb");
    let plain = asked.plain || dumb;
    let printed = !io::stdout().is_terminal() || (plain && !io::stdin().is_terminal());
    // Where nothing is coloured a wrong word is still a wrong word.
    let look = match (!printed || asked.theme.is_some()).then(|| look(&asked)).transpose() {
        Ok(look) => look.filter(|_| !printed),
        Err(wrong) => return Ok(misset(&wrong)),
    };
    asked.from = written(asked.from, &asked.stories);
    let several = are_several(&asked.stories);
    let jobs = if asked.stories.is_empty() && io::stdin().is_terminal() {
        last_read(asked.no_shelf)
    } else {
        input::named(mem::take(&mut asked.stories), asked.from == Input::Jsonl)
    };
    let Some(look) = look else {
        return print(&export::Text, jobs, asked.from, several, corrected(asked.no_model, asked.no_shelf));
    };
    // The shelf is opened while the stories are loaded.
    let librarian = (!asked.no_shelf).then(Librarian::new);
    let mut tally = Tally::default();
    let mut stories = Vec::new();
    for job in jobs {
        match guarded(|| loaded(job.raw, asked.from)) {
            Ok(story) => stories.push(tally.passed(story)),
            Err(refused) => tally.refused(&job.place, &refused),
        }
    }
    if stories.is_empty() {
        return Ok(tally.code());
    }
    // Made by the thread that first needs it, so that the screen does not wait for its lists.
    let made = OnceLock::new();
    let analyse = move |story: &Story| made.get_or_init(|| engine(asked.no_model)).analyse(story);
    let keeper = librarian.as_ref().map(|it| it as &dyn Keeper);
    if plain {
        return tui::converse(stories, analyse, keeper, look, dumb).map(|()| tally.code());
    }
    Ok(match tui::read(stories, analyse, keeper, look) {
        Ok(Leave::Quit) => tally.code(),
        Ok(Leave::Signal(number)) => 128_u8.saturating_add(number as u8),
        Err(error) => {
            complain("the terminal", &format!("it failed: {error}; --plain needs none"));
            NO_OUTPUT
        }
    })
}

/// Who keeps what outlives a reading, and brings the stories of others.
struct Librarian {
    clerk: Clerk,
    tell: OnceLock<Tell>,
}

impl Librarian {
    /// Who begins at once to open the shelf.
    fn new() -> Self {
        Self { clerk: Clerk::at(shelf::folder()), tell: OnceLock::new() }
    }
}

impl Keeper for Librarian {
    fn tell(&self, tell: Tell) {
        self.clerk.tell(tell.clone());
        // There is but one reader.
        let _ = self.tell.set(tell);
    }

    fn meet(&self, number: usize, story: Arc<Story>) {
        self.clerk.meet(number, story);
    }

    fn keep(&self, story: usize, change: Change) {
        self.clerk.keep(story, change);
    }

    fn history(&self) {
        self.clerk.history();
    }

    fn fetch(&self, past: Past) {
        let Some(tell) = self.tell.get().cloned() else { return };
        thread::spawn(move || tell(News::Fetched(fetched(&past))));
    }
}

/// How many of the stories read last a bare `pullquote` opens.
const LAST: usize = 9;

/// The stories read last whose files are still there, the last one first; else the samples.
fn last_read(no_shelf: bool) -> Jobs {
    let shelf = if no_shelf { Ok(None) } else { begun_shelf() };
    let past = shelf.ok().flatten().and_then(|it| it.history().ok()).unwrap_or_default();
    let again = past.iter().filter_map(|it| input::again(it.file.as_deref(), it.source.as_deref()));
    let there: Vec<Job> = again.filter(Job::is_there).take(LAST).collect();
    if there.is_empty() { input::samples() } else { Box::new(there.into_iter()) }
}

/// A story that was read before, if it can still be had; else why not.
fn fetched(past: &Past) -> Result<Story, String> {
    let Some(job) = input::again(past.file.as_deref(), past.source.as_deref()) else {
        return Err("it came from a pipe, so there is no file to open".into());
    };
    guarded(|| loaded(job.raw, Input::Auto)).map_err(|it| format!("{}: {}", it.what, job.place))
}

/// What is set, with what the command line says over it.
fn look(asked: &Read) -> Result<Look, Wrong> {
    let (mut config, _) = configured(asked.config.clone())?;
    let settings = &mut config.settings;
    settings.color = asked.color.unwrap_or(settings.color);
    settings.keys = asked.keys.unwrap_or(settings.keys);
    settings.mouse &= !asked.no_mouse;
    if let Some(theme) = &asked.theme {
        settings.theme.clone_from(theme);
    }
    let settings = config.settings.clone();
    let keymap = keymap(&config, settings.keys)?;
    let own: Vec<OwnTheme> =
        config.themes.iter().map(|it| OwnTheme { name: it.name(), source: &it.text }).collect();
    let color = colored(settings.color);
    Look::new(settings, keymap, &own, color).map_err(|what| Wrong { place: "--theme".into(), what })
}

/// Whether colours are wanted; `NO_COLOR` and `CLICOLOR` speak where nobody else has.
fn colored(when: When) -> bool {
    match when {
        When::Auto => {
            let refused = env::var_os("NO_COLOR").is_some_and(|it| !it.is_empty());
            !refused && env::var_os("CLICOLOR").is_none_or(|it| it != "0")
        }
        When::Always => true,
        When::Never => false,
    }
}
