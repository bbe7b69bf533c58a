//! What the command line asks for → the stories to load, one after another.

pub(crate) mod jsonl;

use std::fs::{self, File};
use std::io::{self, BufReader, Read};
use std::iter;
use std::path::{Path, PathBuf};

use crate::input::jsonl::RecordBody;

/// A story that is asked for.
pub(crate) struct Input {
    /// Where it stands, as a message names it.
    pub(crate) location: String,
    /// Its name in a stream.
    pub(crate) id: Option<String>,
    /// What there is of it.
    pub(crate) source: Source,
}

/// A story before it is loaded, or why there is none.
pub(crate) enum Source {
    /// All that comes from standard input.
    Stdin,
    /// A file.
    File(PathBuf),
    /// A line of a stream.
    Record(RecordBody),
    /// A line that brings no story, and what is wrong with it.
    BadRecord(String),
    /// A stream that could not be opened.
    OpenFailed(io::Error),
    /// A folder without a story in it.
    EmptyFolder,
    /// A story of ours: its name and its words.
    Sample(&'static str, &'static str),
}

impl Input {
    /// Whether a file that it wants is there.
    pub(crate) fn exists(&self) -> bool {
        if let Source::File(path) = &self.source { path.is_file() } else { true }
    }
}

/// The file name that means standard input.
const STDIN_NAME: &str = "-";

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
pub(crate) type Inputs = Box<dyn Iterator<Item = Input> + Send>;

/// Whether these files are streams by their names.
pub(crate) fn are_json_lines(paths: &[PathBuf]) -> bool {
    let is_stream = |it: &PathBuf| {
        let ending = it.extension().and_then(|it| it.to_str()).map(str::to_lowercase);
        ending.is_some_and(|it| it == "jsonl" || it == "ndjson")
    };
    !paths.is_empty() && paths.iter().all(is_stream)
}

/// The stories in these files, or one a line of each where they are streams; standard input where no file is named.
pub(crate) fn from_paths(mut paths: Vec<PathBuf>, streams: bool) -> Inputs {
    if paths.is_empty() {
        paths.push(STDIN_NAME.into());
    }
    if streams {
        return Box::new(paths.into_iter().flat_map(|it| from_json_lines(&it)));
    }
    Box::new(paths.into_iter().flat_map(|path| {
        let place = display_name(&path);
        if path == Path::new(STDIN_NAME) {
            return vec![Input { location: place, id: None, source: Source::Stdin }];
        }
        match stories_in_folder(&path) {
            None => vec![Input { location: place, id: None, source: Source::File(path) }],
            Some(Err(error)) => vec![Input { location: place, id: None, source: Source::OpenFailed(error) }],
            Some(Ok(files)) if files.is_empty() => {
                vec![Input { location: place, id: None, source: Source::EmptyFolder }]
            }
            Some(Ok(files)) => files.into_iter().map(from_file).collect(),
        }
    }))
}

fn from_file(path: PathBuf) -> Input {
    Input { location: display_name(&path), id: None, source: Source::File(path) }
}

/// The endings of files in a folder that are stories.
const STORY_EXTENSIONS: [&str; 7] = ["txt", "text", "md", "markdown", "html", "htm", "xhtml"];

/// The stories that lie in a folder, by name; hidden files are none. `None` where the path is no folder.
fn stories_in_folder(folder: &Path) -> Option<io::Result<Vec<PathBuf>>> {
    if !folder.is_dir() {
        return None;
    }
    let is_story = |path: &PathBuf| {
        let hidden = path.file_name().is_some_and(|it| it.as_encoded_bytes().starts_with(b"."));
        let ending = path.extension().and_then(|it| it.to_str()).map(str::to_lowercase);
        !hidden && ending.is_some_and(|it| STORY_EXTENSIONS.contains(&it.as_str())) && path.is_file()
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
pub(crate) fn samples() -> Inputs {
    let job = |(name, words): (&'static str, _)| Input {
        location: name.into(),
        id: None,
        source: Source::Sample(name, words),
    };
    Box::new(SAMPLES.into_iter().map(job))
}

/// A story that was read before: its file, or one of ours; `None` if it was neither.
pub(crate) fn reopen(file: Option<&str>, source: Option<&str>) -> Option<Input> {
    match file {
        Some(file) => from_paths(vec![file.into()], false).next(),
        None => samples().find(|it| Some(it.location.as_str()) == source),
    }
}

/// The stories of a stream, one a line.
fn from_json_lines(path: &Path) -> Inputs {
    let place = display_name(path);
    let input: Box<dyn Read + Send> = if path == Path::new(STDIN_NAME) {
        Box::new(io::stdin())
    } else {
        match File::open(path) {
            Ok(file) => Box::new(file),
            Err(error) => {
                return Box::new(iter::once(Input {
                    location: place,
                    id: None,
                    source: Source::OpenFailed(error),
                }));
            }
        }
    };
    let records = jsonl::records(BufReader::with_capacity(1 << 16, input));
    Box::new(records.zip(1..).map(move |(record, number)| {
        let place = format!("{place}: line {number}");
        match record {
            Ok(record) => Input { location: place, id: record.id, source: Source::Record(record.body) },
            Err(bad) => Input { location: place, id: bad.id, source: Source::BadRecord(bad.message) },
        }
    }))
}

/// How a message names a file.
fn display_name(path: &Path) -> String {
    if path == Path::new(STDIN_NAME) { "standard input".into() } else { path.display().to_string() }
}
