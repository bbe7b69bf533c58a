//! What the command line asks for → the stories to load, one after another.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::iter;
use std::path::{Path, PathBuf};

use crate::lines::{self, Words};

/// A story that is asked for.
pub(crate) struct Job {
    /// Where it stands, as a message names it.
    pub(crate) place: String,
    /// Its name in a stream.
    pub(crate) id: Option<String>,
    /// What there is of it.
    pub(crate) raw: Raw,
}

/// A story before it is loaded, or why there is none.
pub(crate) enum Raw {
    /// All that comes from standard input.
    Stdin,
    /// A file.
    File(PathBuf),
    /// A line of a stream.
    Line(Words),
    /// A line that brings no story, and what is wrong with it.
    BadLine(String),
    /// A stream that could not be opened.
    Unopened(io::Error),
    /// A story of ours: its name and its words.
    Sample(&'static str, &'static str),
}

impl Job {
    /// Whether a file that it wants is there.
    pub(crate) fn is_there(&self) -> bool {
        if let Raw::File(path) = &self.raw { path.is_file() } else { true }
    }
}

/// The file name that means standard input.
const STDIN: &str = "-";

/// What a bare `pullquote` opens.
const SAMPLES: [(&str, &str); 3] = [
    ("strait-talks.txt", include_str!("../assets/stories/strait-talks.txt")),
    ("library-bus.txt", include_str!("../assets/stories/library-bus.txt")),
    ("mapmaker.md", include_str!("../assets/stories/mapmaker.md")),
];

/// Stories that are drawn one by one, as they are needed.
pub(crate) type Jobs = Box<dyn Iterator<Item = Job> + Send>;

/// The stories in these files, or one a line of each where they are streams; standard input where no file is named.
pub(crate) fn named(mut paths: Vec<PathBuf>, streams: bool) -> Jobs {
    if paths.is_empty() {
        paths.push(STDIN.into());
    }
    if streams {
        return Box::new(paths.into_iter().flat_map(|it| stream(&it)));
    }
    Box::new(paths.into_iter().map(|path| {
        let place = place(&path);
        let raw = if path == Path::new(STDIN) { Raw::Stdin } else { Raw::File(path) };
        Job { place, id: None, raw }
    }))
}

/// The sample stories.
pub(crate) fn samples() -> Jobs {
    let job = |(name, words): (&'static str, _)| Job {
        place: name.into(),
        id: None,
        raw: Raw::Sample(name, words),
    };
    Box::new(SAMPLES.into_iter().map(job))
}

/// A story that was read before: its file, or one of ours; `None` if it was neither.
pub(crate) fn again(file: Option<&str>, source: Option<&str>) -> Option<Job> {
    match file {
        Some(file) => named(vec![file.into()], false).next(),
        None => samples().find(|it| Some(it.place.as_str()) == source),
    }
}

/// The stories of a stream, one a line.
fn stream(path: &Path) -> Jobs {
    let place = place(path);
    let input: Box<dyn Read + Send> = if path == Path::new(STDIN) {
        Box::new(io::stdin())
    } else {
        match File::open(path) {
            Ok(file) => Box::new(file),
            Err(error) => return Box::new(iter::once(Job { place, id: None, raw: Raw::Unopened(error) })),
        }
    };
    let records = lines::records(BufReader::with_capacity(1 << 16, input));
    Box::new(records.zip(1..).map(move |(record, number)| {
        let place = format!("{place}: line {number}");
        match record {
            Ok(record) => Job { place, id: record.id, raw: Raw::Line(record.words) },
            Err(bad) => Job { place, id: bad.id, raw: Raw::BadLine(bad.what) },
        }
    }))
}

/// How a message names a file.
fn place(path: &Path) -> String {
    if path == Path::new(STDIN) { "standard input".into() } else { path.display().to_string() }
}
