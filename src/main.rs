//! The door: reads, loads, analyses, then shows a screen or writes bytes; chooses the exit code.

use std::env;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::mem;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, Mutex, OnceLock};
use std::thread;

use clap::Parser;
use pullquote::analysis::Analysis;
use pullquote::correction;
use pullquote::engine::Engine;
use pullquote::export::{self, Export};
use pullquote::load::{self, Hint, Refusal, RefusalKind};
use pullquote::story::{Format, Story};

use cli::{Cli, Command, Extract, Input, OnShelf, Read, Target, Wanted};
use config::{Config, Wrong};
use jobs::{Job, Jobs, Raw};
use keeping::{Change, News, Past, Tell};
use lines::Words;
use reader::{Keeper, Keymap, Leave, Look, OwnTheme};
use settings::{Preset, When};
use shelf::{Clerk, Key, Shelf, Volume};

mod cli;
mod config;
mod entries;
mod jobs;
mod keeping;
mod lines;
mod pool;
mod reader;
mod settings;
mod shelf;
mod usage;

/// Exit codes, those above 63 after BSD's sysexits.
const SOME_REFUSED: u8 = 1;
const BAD_USAGE: u8 = 2;
const NO_STORY: u8 = 65;
const NO_INPUT: u8 = 66;
const OUR_FAULT: u8 = 70;
const NO_OUTPUT: u8 = 74;

fn main() -> ExitCode {
    let done = match Cli::try_parse() {
        Ok(cli) => obey(cli),
        Err(error) if usage::is_answer(&error) => error.print().map(|()| 0),
        Err(error) => {
            complain("the command line", &usage::mistake(&error));
            Ok(BAD_USAGE)
        }
    };
    match done {
        Ok(code) => ExitCode::from(code),
        // Whoever reads our output has had enough of it.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            complain("standard output", &format!("it cannot be written: {error}"));
            ExitCode::from(NO_OUTPUT)
        }
    }
}

fn obey(cli: Cli) -> io::Result<u8> {
    let mut out = io::stdout();
    match cli.command {
        None => read(cli.read),
        Some(Command::Extract(asked)) => extract(asked),
        Some(Command::Schema) => out.write_all(export::SCHEMA.as_bytes()).map(|()| 0),
        Some(Command::Config(asked)) => match settled(asked.config, &asked.what) {
            Ok(words) => out.write_all(words.as_bytes()).map(|()| 0),
            Err(wrong) => Ok(misset(&wrong)),
        },
        Some(Command::Shelf(asked)) => on_shelf(asked),
        Some(Command::Completions { shell }) => out.write_all(&usage::completions(shell)).map(|()| 0),
        Some(Command::Man) => out.write_all(&usage::man()?).map(|()| 0),
    }
}

/// Why a story did not come through.
struct Refused {
    what: String,
    /// The exit code, should no other story come through either.
    code: u8,
}

/// `pullquote [STORY]…`
fn read(mut asked: Read) -> io::Result<u8> {
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
        jobs::named(mem::take(&mut asked.stories), asked.from == Input::Jsonl)
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
        return reader::converse(stories, analyse, keeper, look, dumb).map(|()| tally.code());
    }
    Ok(match reader::read(stories, analyse, keeper, look) {
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
    let again = past.iter().filter_map(|it| jobs::again(it.file.as_deref(), it.source.as_deref()));
    let there: Vec<Job> = again.filter(Job::is_there).take(LAST).collect();
    if there.is_empty() { jobs::samples() } else { Box::new(there.into_iter()) }
}

/// A story that was read before, if it can still be had; else why not.
fn fetched(past: &Past) -> Result<Story, String> {
    let Some(job) = jobs::again(past.file.as_deref(), past.source.as_deref()) else {
        return Err("it came from a pipe, so there is no file to open".into());
    };
    guarded(|| loaded(job.raw, Input::Auto)).map_err(|it| format!("{}: {}", it.what, job.place))
}

/// What is set in the folder that is asked for, or in a person's own, with its path; all of it is sound.
fn configured(asked: Option<PathBuf>) -> Result<(Config, Option<PathBuf>), Wrong> {
    let named =
        asked.or_else(|| env::var_os("PULLQUOTE_CONFIG").filter(|it| !it.is_empty()).map(PathBuf::from));
    if let Some(folder) = named.as_ref().filter(|it| !it.is_dir()) {
        return Err(Wrong {
            place: folder.display().to_string(),
            what: "there is no such folder of settings".into(),
        });
    }
    let Some(folder) = named.or_else(config::folder) else { return Ok((Config::default(), None)) };
    let config = config::read(&folder, &reader::theme_names())?;
    for file in &config.themes {
        reader::check_theme(&file.text).map_err(|it| Wrong::at(&file.path, &it))?;
    }
    keymap(&config, config.settings.keys)?;
    Ok((config, Some(folder)))
}

/// The keys of a preset with a person's own over them.
fn keymap(config: &Config, preset: Preset) -> Result<Keymap, Wrong> {
    let own = config.keys.as_ref();
    let path = own.map_or(Path::new("keys.toml"), |it| &it.path);
    reader::keys(preset, own.map(|it| it.text.as_str())).map_err(|it| Wrong::at(path, &it))
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

/// `pullquote config`
fn settled(folder: Option<PathBuf>, wanted: &Wanted) -> Result<String, Wrong> {
    let (config, folder) = configured(folder)?;
    let settings = &config.settings;
    if wanted.path {
        return folder.map(|it| format!("{}\n", it.display())).ok_or(Wrong {
            place: "config".into(),
            what: "no home folder is known; set XDG_CONFIG_HOME".into(),
        });
    }
    if let Some(preset) = wanted.print_keys {
        let keymap = match preset {
            Some(preset) => keymap(&Config::default(), preset)?,
            None => keymap(&config, settings.keys)?,
        };
        return Ok(format!("# To be laid over any keys as keys.toml.\n{}", keymap.print()));
    }
    if let Some(name) = &wanted.print_theme {
        let name = name.as_ref().unwrap_or(&settings.theme);
        let own = config.themes.iter().find(|it| it.name() == name).map(|it| it.text.as_str());
        let known = reader::theme_names().into_iter().chain(config.themes.iter().map(config::File::name));
        let theme = own.or_else(|| reader::theme_file(name)).map(ToString::to_string);
        return theme.ok_or_else(|| Wrong {
            place: "--print-theme".into(),
            what: if reader::theme_names().contains(&name.as_str()) {
                format!("{name} is dark or light, as the terminal is; name one of the two")
            } else {
                entries::unknown("theme", name, known)
            },
        });
    }
    Ok(config::print(settings))
}

/// Tells what is wrong with the settings; the exit code.
fn misset(wrong: &Wrong) -> u8 {
    complain(&wrong.place, &wrong.what);
    BAD_USAGE
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

/// How stories are written down of which nobody has said it: by their names, if those are streams'.
fn written(from: Input, stories: &[PathBuf]) -> Input {
    if from == Input::Auto && jobs::are_streams(stories) { Input::Jsonl } else { from }
}

/// Whether these are more stories than one, as far as their names tell; a folder has several.
fn are_several(stories: &[PathBuf]) -> bool {
    stories.len() > 1 || stories.iter().any(|it| it.is_dir())
}

/// `pullquote extract [STORY]…`
fn extract(mut asked: Extract) -> io::Result<u8> {
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
    let jobs = jobs::named(asked.stories, asked.from == Input::Jsonl);
    print(export, jobs, asked.from, several, corrected(asked.no_model, asked.no_shelf))
}

/// What finds who said what: rules and lists, and the learned tagger unless it is not wanted.
fn engine(no_model: bool) -> Engine {
    if no_model { Engine::bare() } else { Engine::embedded() }
}

/// What finds who said what, and then sets the reader's own corrections above it.
fn corrected(no_model: bool, no_shelf: bool) -> impl Fn(&Story) -> Analysis + Send + Sync + 'static {
    let engine = engine(no_model);
    let shelf = if no_shelf { Ok(None) } else { begun_shelf() };
    let shelf = shelf.unwrap_or_else(|why| {
        complain("the shelf", &why);
        None
    });
    let shelf = shelf.filter(|it| it.has_corrections().unwrap_or_default()).map(Mutex::new);
    move |story| {
        let found = engine.analyse(story);
        let kept = shelf.as_ref().and_then(|it| it.lock().ok()?.corrections(story).ok());
        match kept {
            Some(kept) if !kept.is_empty() => correction::apply(&kept, found),
            _ => found,
        }
    }
}

/// The shelf, if there is one yet; looking does not make one.
fn begun_shelf() -> Result<Option<Shelf>, String> {
    let folder = shelf::folder()?;
    if !shelf::path(&folder).exists() {
        return Ok(None);
    }
    Shelf::open(&folder).map(|it| Some(told_aside(it)))
}

/// The shelf, once it is told what became of a damaged one before it.
fn told_aside((shelf, set_aside): (Shelf, Option<String>)) -> Shelf {
    if let Some(set_aside) = set_aside {
        complain("the shelf", &set_aside);
    }
    shelf
}

/// All that is on the shelf, if there is one; a damaged one is set aside.
fn read_shelf(shelf: Option<Shelf>) -> Result<(Option<Shelf>, Vec<Volume>), String> {
    let Some(shelf) = shelf else { return Ok((None, Vec::new())) };
    if let Ok(volumes) = shelf.volumes() {
        return Ok((Some(shelf), volumes));
    }
    let shelf = shelf.reopen().map(told_aside)?;
    let volumes = shelf.volumes().map_err(|it| it.to_string())?;
    Ok((Some(shelf), volumes))
}

/// `pullquote shelf`
fn on_shelf(asked: OnShelf) -> io::Result<u8> {
    let failed = |why: String| {
        complain("the shelf", &why);
        Ok(NO_OUTPUT)
    };
    let (shelf, volumes) = match begun_shelf().and_then(read_shelf) {
        Ok(read) => read,
        Err(why) => return failed(why),
    };
    let mut out = io::stdout();
    let (stories, yes) = match asked {
        OnShelf::List { json } => {
            let words = if json { shelf::json(&volumes) } else { shelf::table(&volumes) };
            return out.write_all(words.as_bytes()).map(|()| 0);
        }
        OnShelf::Export { story, markdown } => {
            let chosen = match story.map(|it| on_it(&volumes, &it)) {
                None => volumes,
                Some(Ok(volume)) => vec![volume],
                Some(Err(code)) => return Ok(code),
            };
            let words = if markdown { shelf::markdown(&chosen) } else { shelf::json(&chosen) };
            return out.write_all(words.as_bytes()).map(|()| 0);
        }
        OnShelf::Forget { all: true, yes, .. } => (volumes, yes),
        OnShelf::Forget { stories, yes, .. } => {
            let chosen: Result<Vec<Volume>, u8> = stories.iter().map(|it| on_it(&volumes, it)).collect();
            match chosen {
                Ok(chosen) => (chosen, yes),
                Err(code) => return Ok(code),
            }
        }
    };
    if !yes && !io::stdin().is_terminal() {
        complain("shelf forget", "there is no terminal to ask on; --yes forgets without asking");
        return Ok(BAD_USAGE);
    }
    for volume in stories {
        if !yes {
            write!(out, "Forget “{}”{}? [y/N] ", volume.title, volume.left_in_it())?;
            out.flush()?;
            let mut answer = String::new();
            io::stdin().read_line(&mut answer)?;
            if !answer.trim().eq_ignore_ascii_case("y") {
                writeln!(out, "kept: {}", volume.title)?;
                continue;
            }
        }
        if let Some(Err(error)) = shelf.as_ref().map(|it| it.forget(&volume.key)) {
            return failed(error.to_string());
        }
        writeln!(out, "forgotten: {}", volume.title)?;
    }
    Ok(0)
}

/// The story of the shelf that goes by a file or by the beginning of a key; else the exit code, and why is said.
fn on_it(volumes: &[Volume], name: &str) -> Result<Volume, u8> {
    let path = std::path::absolute(name).unwrap_or_default();
    let key = path.is_file().then(|| guarded(|| loaded(Raw::File(path.clone()), Input::Auto)).ok()).flatten();
    let key = key.map_or_else(|| name.to_lowercase(), |it| Key::of(&it).to_string());
    let is_it = |it: &&Volume| {
        let begins = key.len() >= 4 && it.key.starts_with(&key);
        begins || it.file.as_deref().is_some_and(|it| Path::new(it) == path)
    };
    let found: Vec<&Volume> = volumes.iter().filter(is_it).collect();
    match found[..] {
        [volume] => Ok(volume.clone()),
        [] => {
            complain(name, "it is not on the shelf; pullquote shelf list shows what is");
            Err(NO_INPUT)
        }
        _ => {
            complain(name, "several stories of the shelf begin so; write more of the key");
            Err(BAD_USAGE)
        }
    }
}

/// Finds who said what in each story and writes it down; answers the exit code.
fn print(
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
    for told in pool::in_order(jobs, told) {
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

/// How many stories came through, and what kept the others.
#[derive(Default)]
struct Tally {
    passed: usize,
    /// The code of the first that did not.
    refused: Option<u8>,
}

impl Tally {
    /// Counts what came through and gives it back.
    fn passed<T>(&mut self, story: T) -> T {
        self.passed += 1;
        story
    }

    fn refused(&mut self, place: &str, refused: &Refused) {
        complain(place, &refused.what);
        self.refused = self.refused.or(Some(refused.code));
    }

    fn code(&self) -> u8 {
        match self.refused {
            None => 0,
            Some(code) if self.passed == 0 => code,
            Some(_) => SOME_REFUSED,
        }
    }
}

/// Makes a story of what there is.
fn loaded(raw: Raw, from: Input) -> Result<Story, Refused> {
    let format = match from {
        Input::Auto | Input::Jsonl => None,
        Input::Plain => Some(Format::Plain),
        Input::Markdown => Some(Format::Markdown),
        Input::Html => Some(Format::Html),
    };
    let story = match raw {
        Raw::File(path) => load::file(&path, format),
        Raw::Stdin => {
            let bytes = load::bytes(io::stdin().lock());
            bytes.and_then(|it| load::load(&it, &Hint { format, ..Hint::default() }))
        }
        Raw::Line(Words::Text(text)) => Ok(load::text(&text)),
        Raw::Line(Words::Html(page)) => {
            let hint = Hint { format: Some(Format::Html), charset: Some("utf-8"), name: None };
            load::load(page.as_bytes(), &hint)
        }
        Raw::BadLine(what) => return Err(Refused { what, code: NO_STORY }),
        Raw::Unopened(error) => Err(Refusal::from(error)),
        Raw::Bare => {
            let what = "there is no story in this folder; it wants files that end in .txt, .md, .html …";
            return Err(Refused { what: what.into(), code: NO_INPUT });
        }
        Raw::Sample(name, words) => {
            load::load(words.as_bytes(), &Hint { name: Some(name), ..Hint::default() })
        }
    };
    story.map_err(|it| Refused::of(&it))
}

/// One story that breaks us must not take the others with it.
fn guarded<T>(work: impl FnOnce() -> Result<T, Refused>) -> Result<T, Refused> {
    let what = "pullquote failed on this story; please report it";
    let failed = |_| Err(Refused { what: what.into(), code: OUR_FAULT });
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(failed)
}

impl Refused {
    fn of(refusal: &Refusal) -> Self {
        let code = match refusal.kind() {
            RefusalKind::NoInput => NO_INPUT,
            RefusalKind::NoStory => NO_STORY,
        };
        Self { what: refusal.to_string(), code }
    }
}

/// One line on standard error, whatever is in a file's name.
fn complain(place: &str, what: &str) {
    let line = format!("pullquote: {place}: {what}");
    eprintln!("{}", line.replace(char::is_control, "\u{fffd}"));
}
