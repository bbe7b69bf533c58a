//! What the command line asks for → the stories to load, one after another.

pub(crate) mod jsonl;

use std::fs::{self, File};
use std::io::{self, BufReader, Read};
use std::iter;
use std::path::{Path, PathBuf};

use crate::input::jsonl::Words;

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
    /// A folder without a story in it.
    Bare,
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
    (
        "strait-talks.txt",
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/stories/strait-talks.txt")),
    ),
    ("library-bus.txt", include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/stories/library-bus.txt"))),
    ("mapmaker.md", include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/stories/mapmaker.md"))),
];

/// Stories that are drawn one by one, as they are needed.
pub(crate) type Jobs = Box<dyn Iterator<Item = Job> + Send>;

/// Whether these files are streams by their names.
pub(crate) fn are_streams(paths: &[PathBuf]) -> bool {
    let is_stream = |it: &PathBuf| {
        let ending = it.extension().and_then(|it| it.to_str()).map(str::to_lowercase);
        ending.is_some_and(|it| it == "jsonl" || it == "ndjson")
    };
    !paths.is_empty() && paths.iter().all(is_stream)
}

/// The stories in these files, or one a line of each where they are streams; standard input where no file is named.
pub(crate) fn named(mut paths: Vec<PathBuf>, streams: bool) -> Jobs {
    if paths.is_empty() {
        paths.push(STDIN.into());
    }
    if streams {
        return Box::new(paths.into_iter().flat_map(|it| stream(&it)));
    }
    Box::new(paths.into_iter().flat_map(|path| {
        let place = place(&path);
        if path == Path::new(STDIN) {
            return vec![Job { place, id: None, raw: Raw::Stdin }];
        }
        match within(&path) {
            None => vec![Job { place, id: None, raw: Raw::File(path) }],
            Some(Err(error)) => vec![Job { place, id: None, raw: Raw::Unopened(error) }],
            Some(Ok(files)) if files.is_empty() => vec![Job { place, id: None, raw: Raw::Bare }],
            Some(Ok(files)) => files.into_iter().map(file).collect(),
        }
    }))
}

fn file(path: PathBuf) -> Job {
    Job { place: place(&path), id: None, raw: Raw::File(path) }
}

/// The endings of files in a folder that are stories.
const ENDINGS: [&str; 7] = ["txt", "text", "md", "markdown", "html", "htm", "xhtml"];

/// The stories that lie in a folder, by name; hidden files are none. `None` where the path is no folder.
fn within(folder: &Path) -> Option<io::Result<Vec<PathBuf>>> {
    if !folder.is_dir() {
        return None;
    }
    let is_story = |path: &PathBuf| {
        let hidden = path.file_name().is_some_and(|it| it.as_encoded_bytes().starts_with(b"."));
        let ending = path.extension().and_then(|it| it.to_str()).map(str::to_lowercase);
        !hidden && ending.is_some_and(|it| ENDINGS.contains(&it.as_str())) && path.is_file()
    };
    let read = || {
        let entries = fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
        let mut files: Vec<PathBuf> = entries.into_iter().map(|it| it.path()).filter(is_story).collect();
        files.sort();
        Ok(files)
    };
    Some(read())
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
    let records = jsonl::records(BufReader::with_capacity(1 << 16, input));
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
