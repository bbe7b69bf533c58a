//! The door: reads, loads, analyses, then shows a screen or writes bytes; chooses the exit code.

use std::env;
use std::fs::File;
use std::io::{self, BufReader, ErrorKind, IsTerminal, Write};
use std::iter;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use pullquote::engine::Engine;
use pullquote::export::{self, Export};
use pullquote::load::{self, Hint, Refusal, RefusalKind};
use pullquote::story::{Format, Story};

use cli::{Cli, Command, Extract, Input, Read, Target};
use lines::Words;
use reader::{Leave, Look};

mod cli;
mod lines;
mod pool;
mod reader;

/// What a bare `pullquote` opens.
const SAMPLES: [(&str, &str); 3] = [
    ("strait-talks.txt", include_str!("../assets/stories/strait-talks.txt")),
    ("library-bus.txt", include_str!("../assets/stories/library-bus.txt")),
    ("mapmaker.md", include_str!("../assets/stories/mapmaker.md")),
];

/// Exit codes, those above 63 after BSD's sysexits.
const SOME_REFUSED: u8 = 1;
const BAD_USAGE: u8 = 2;
const NO_STORY: u8 = 65;
const NO_INPUT: u8 = 66;
const OUR_FAULT: u8 = 70;
const NO_OUTPUT: u8 = 74;

/// The file name that means standard input.
const STDIN: &str = "-";

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

/// A story that is asked for.
struct Job {
    /// Where it stands, as a message names it.
    place: String,
    /// Its name in a stream.
    id: Option<String>,
    /// What there is of it.
    raw: Result<Raw, Refused>,
}

/// A story before it is loaded.
enum Raw {
    Stdin,
    File(PathBuf),
    Line(Words),
    Sample(&'static str, &'static str),
}

/// Why a story did not come through.
struct Refused {
    what: String,
    /// The exit code, should no other story come through either.
    code: u8,
}

/// `pullquote [STORY]…`
fn read(asked: Read) -> io::Result<u8> {
    if io::stdout().is_terminal() {
        return show(asked);
    }
    if asked.stories.is_empty() && io::stdin().is_terminal() {
        return print(&export::Text, samples(), asked.from, true);
    }
    let several = asked.stories.len() > 1;
    print(&export::Text, jobs(asked.stories, asked.from), asked.from, several)
}

/// The same on a screen.
fn show(asked: Read) -> io::Result<u8> {
    let jobs: Box<dyn Iterator<Item = Job>> = if asked.stories.is_empty() && io::stdin().is_terminal() {
        Box::new(samples())
    } else {
        jobs(asked.stories, asked.from)
    };
    let mut stories = Vec::new();
    let mut refusals = Vec::new();
    for job in jobs {
        match job.raw.and_then(|raw| guarded(|| loaded(raw, asked.from))) {
            Ok(story) => stories.push(story),
            Err(refused) => {
                complain(&job.place, &refused.what);
                refusals.push(refused.code);
            }
        }
    }
    if let (true, Some(code)) = (stories.is_empty(), refusals.first()) {
        return Ok(*code);
    }
    let engine = Engine::embedded();
    // https://no-color.org: set to anything but nothing.
    let color = env::var_os("NO_COLOR").is_none_or(|it| it.is_empty());
    let look = Look { theme: "terminal".into(), color };
    Ok(match reader::read(stories, move |story| engine.analyse(story), &look)? {
        Leave::Signal(number) => 128 + number as u8,
        Leave::Quit if refusals.is_empty() => 0,
        Leave::Quit => SOME_REFUSED,
    })
}

/// The sample stories.
fn samples() -> impl Iterator<Item = Job> + Send {
    SAMPLES.into_iter().map(|(name, words)| Job {
        place: name.into(),
        id: None,
        raw: Ok(Raw::Sample(name, words)),
    })
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
    print(export, jobs(asked.stories, asked.from), asked.from, several)
}

/// The stories that are named; standard input where none is.
fn jobs(mut paths: Vec<PathBuf>, from: Input) -> Box<dyn Iterator<Item = Job> + Send> {
    if paths.is_empty() {
        paths.push(STDIN.into());
    }
    if from == Input::Jsonl {
        return Box::new(paths.into_iter().flat_map(|it| stream(&it)));
    }
    Box::new(paths.into_iter().map(|path| {
        let place = place(&path);
        let raw = if path == Path::new(STDIN) { Raw::Stdin } else { Raw::File(path) };
        Job { place, id: None, raw: Ok(raw) }
    }))
}

/// The stories of a stream, one a line.
fn stream(path: &Path) -> Box<dyn Iterator<Item = Job> + Send> {
    let place = place(path);
    let input: Box<dyn io::Read + Send> = if path == Path::new(STDIN) {
        Box::new(io::stdin())
    } else {
        match File::open(path) {
            Ok(file) => Box::new(file),
            Err(error) => {
                let raw = Err(Refused::of(&Refusal::from(error)));
                return Box::new(iter::once(Job { place, id: None, raw }));
            }
        }
    };
    let records = lines::records(BufReader::with_capacity(1 << 16, input));
    Box::new(records.zip(1..).map(move |(record, number)| {
        let place = format!("{place}: line {number}");
        match record {
            Ok(record) => Job { place, id: record.id, raw: Ok(Raw::Line(record.words)) },
            Err(bad) => Job { place, id: bad.id, raw: Err(Refused { what: bad.what, code: NO_STORY }) },
        }
    }))
}

/// Finds who said what in each story and writes it down; answers the exit code.
fn print(
    export: &'static dyn Export,
    jobs: impl Iterator<Item = Job> + Send + 'static,
    from: Input,
    several: bool,
) -> io::Result<u8> {
    let engine = Engine::embedded();
    let told = move |job: Job| {
        let told = job.raw.and_then(|raw| {
            guarded(|| {
                let mut story = loaded(raw, from)?;
                story.id.clone_from(&job.id);
                Ok(export.one(&story, &engine.analyse(&story)))
            })
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
    let mut written = 0;
    let mut refusals = Vec::new();
    for told in pool::in_order(jobs, told) {
        match told {
            Ok(words) => {
                if written > 0 {
                    out.write_all(frame.between.as_bytes())?;
                }
                out.write_all(words.as_bytes())?;
                written += 1;
            }
            Err((place, refused)) => {
                complain(&place, &refused.what);
                refusals.push(refused.code);
            }
        }
    }
    if written > 0 || several {
        out.write_all(frame.tail.as_bytes())?;
    }
    out.flush()?;
    Ok(match refusals.first() {
        None => 0,
        Some(code) if written == 0 => *code,
        Some(_) => SOME_REFUSED,
    })
}

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

/// How a message names a file.
fn place(path: &Path) -> String {
    if path == Path::new(STDIN) { "standard input".into() } else { path.display().to_string() }
}

/// One line on standard error, whatever is in a file's name.
fn complain(place: &str, what: &str) {
    let line = format!("pullquote: {place}: {what}");
    eprintln!("{}", line.replace(char::is_control, "\u{fffd}"));
}
