//! The door: reads, loads, analyses, then shows a screen or writes bytes; chooses the exit code.

use std::env;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::sync::{Arc, OnceLock};

use clap::Parser;
use pullquote::engine::Engine;
use pullquote::export::{self, Export};
use pullquote::load::{self, Hint, Refusal, RefusalKind};
use pullquote::story::{Format, Story};

use cli::{Cli, Color, Command, Extract, Input, Read, Target};
use jobs::{Job, Raw};
use keeping::{Change, News};
use lines::Words;
use reader::{Keeper, Leave, Look};
use shelf::Clerk;

mod cli;
mod jobs;
mod keeping;
mod lines;
mod pool;
mod reader;
mod shelf;

/// Exit codes, those above 63 after BSD's sysexits.
const SOME_REFUSED: u8 = 1;
const BAD_USAGE: u8 = 2;
const NO_STORY: u8 = 65;
const NO_INPUT: u8 = 66;
const OUR_FAULT: u8 = 70;
const NO_OUTPUT: u8 = 74;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let done = match cli.command {
        None => read(cli.read),
        Some(Command::Extract(asked)) => extract(asked),
        Some(Command::Schema) => io::stdout().write_all(export::SCHEMA.as_bytes()).map(|()| 0),
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

/// Why a story did not come through.
struct Refused {
    what: String,
    /// The exit code, should no other story come through either.
    code: u8,
}

/// `pullquote [STORY]…`
fn read(asked: Read) -> io::Result<u8> {
    let several = asked.stories.len() > 1;
    let jobs = if asked.stories.is_empty() && io::stdin().is_terminal() {
        jobs::samples()
    } else {
        jobs::named(asked.stories, asked.from == Input::Jsonl)
    };
    let dumb = env::var_os("TERM").is_some_and(|it| it == "dumb");
    let plain = asked.plain || dumb;
    if !io::stdout().is_terminal() || (plain && !io::stdin().is_terminal()) {
        return print(&export::Text, jobs, asked.from, several, engine(asked.no_model));
    }
    // The shelf is opened while the stories are loaded.
    let clerk = (!asked.no_shelf).then(|| Clerk::at(shelf::folder()));
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
    let look = Look { theme: asked.theme, color: colored(asked.color) };
    let keeper = clerk.as_ref().map(|it| it as &dyn Keeper);
    if plain {
        return reader::converse(stories, analyse, keeper, dumb).map(|()| tally.code());
    }
    Ok(match reader::read(stories, analyse, keeper, &look) {
        Ok(Leave::Quit) => tally.code(),
        Ok(Leave::Signal(number)) => 128_u8.saturating_add(number as u8),
        Err(error) if error.kind() == ErrorKind::InvalidInput => {
            complain("--theme", &error.to_string());
            BAD_USAGE
        }
        Err(error) => {
            complain("the terminal", &format!("it failed: {error}; --plain needs none"));
            NO_OUTPUT
        }
    })
}

impl Keeper for Clerk {
    fn tell(&self, tell: Box<dyn Fn(News) + Send>) {
        Clerk::tell(self, tell);
    }

    fn meet(&self, number: usize, story: Arc<Story>) {
        Clerk::meet(self, number, story);
    }

    fn keep(&self, story: usize, change: Change) {
        Clerk::keep(self, story, change);
    }
}

/// Whether colours are wanted; `NO_COLOR` speaks where the command line does not.
fn colored(when: Color) -> bool {
    match when {
        Color::Auto => env::var_os("NO_COLOR").is_none_or(|it| it.is_empty()),
        Color::Always => true,
        Color::Never => false,
    }
}

/// `pullquote extract [STORY]…`
fn extract(asked: Extract) -> io::Result<u8> {
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
    let several = asked.stories.len() > 1 || asked.from == Input::Jsonl;
    let jobs = jobs::named(asked.stories, asked.from == Input::Jsonl);
    print(export, jobs, asked.from, several, engine(asked.no_model))
}

/// What finds who said what: rules and lists, and the learned tagger unless it is not wanted.
fn engine(no_model: bool) -> Engine {
    if no_model { Engine::bare() } else { Engine::embedded() }
}

/// Finds who said what in each story and writes it down; answers the exit code.
fn print(
    export: &'static dyn Export,
    jobs: impl Iterator<Item = Job> + Send + 'static,
    from: Input,
    several: bool,
    engine: Engine,
) -> io::Result<u8> {
    let told = move |mut job: Job| {
        job.id = job.id.as_deref().map(load::name);
        let told = guarded(|| {
            let mut story = loaded(job.raw, from)?;
            story.id.clone_from(&job.id);
            Ok(export.one(&story, &engine.analyse(&story)))
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
