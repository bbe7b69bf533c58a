//! The inputs to load: files, folders, web addresses, standard input, JSON Lines, WARC files, samples.

#[cfg(feature = "net")]
pub(crate) mod address;
#[cfg(any(feature = "net", feature = "formats"))]
mod content_type;
pub(crate) mod jsonl;
mod read_counter;
#[cfg(feature = "formats")]
pub(crate) mod warc;

use std::fs::{self, File};
use std::io::{self, BufReader, Read};
use std::iter;
use std::path::{Path, PathBuf};

use pullquote::load::{self, Part};
use pullquote::story::Story;

use crate::input::jsonl::RecordBody;
use crate::input::read_counter::{file_bytes, stdin_bytes};
#[cfg(feature = "formats")]
use crate::input::warc::{ArchivedPage, WarcPages};

pub(crate) use crate::input::read_counter::ReadCounter;

/// One story to load.
pub(crate) struct Input {
    /// Its name in messages: a path, "standard input", "feed.jsonl: line 3".
    pub(crate) location: String,
    /// Its id in JSON Lines; `None` elsewhere.
    pub(crate) id: Option<String>,
    pub(crate) source: Source,
}

/// Where the content of a story comes from, or why there is none.
pub(crate) enum Source {
    /// Standard input; the counter counts what is read of it.
    Stdin(ReadCounter),
    File(PathBuf),
    /// The story with this name in a file of several ("mail 3").
    FilePart(PathBuf, String),
    /// A story of a file, or of standard input if there is no path.
    Part(Box<Part<'static>>, Option<PathBuf>),
    /// What stands at a web address.
    Address(String),
    /// An entry of the feed at this address.
    #[cfg_attr(
        not(feature = "net"),
        expect(dead_code, reason = "only addresses have feeds with entries to load")
    )]
    Entry(Box<Part<'static>>, String),
    /// A story that is loaded already.
    Loaded(Box<Story>),
    /// What came from a web address and is no story, or why nothing came.
    #[cfg_attr(
        not(feature = "net"),
        expect(dead_code, reason = "nothing comes from an address without the feature")
    )]
    Failed {
        message: String,
        is_missing: bool,
    },
    /// A line of JSON Lines.
    Record(RecordBody),
    /// A page of a WARC file.
    #[cfg(feature = "formats")]
    Archived(ArchivedPage),
    /// An invalid line of JSON Lines or a broken record of a WARC file, and what is wrong with it.
    BadRecord(String),
    /// What cannot be opened: a folder, a JSON Lines file, a WARC file, standard input.
    OpenFailed(load::Error),
    /// A folder without stories.
    EmptyFolder,
    /// The number of folders in a folder; they are not opened.
    Subfolders(usize),
    /// A sample story: its file name and its content.
    Sample(&'static str, &'static str),
}

impl Input {
    fn new(location: impl Into<String>, source: Source) -> Self {
        Self { location: location.into(), id: None, source }
    }

    /// A story that is loaded already.
    pub(crate) fn loaded(location: &str, story: Story) -> Self {
        Self::new(location, Source::Loaded(Box::new(story)))
    }

    /// Whether its file, if it has one, exists.
    pub(crate) fn exists(&self) -> bool {
        self.file().is_none_or(Path::is_file)
    }

    /// The file that holds it, alone or with others.
    fn file(&self) -> Option<&Path> {
        match &self.source {
            Source::File(path) | Source::FilePart(path, _) => Some(path),
            _ => None,
        }
    }
}

/// How files hold stories.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FileLayout {
    /// One story in a file.
    Story,
    /// One story in each line.
    JsonLines,
    /// One story in each record of a WARC file.
    Warc,
}

/// Inputs that are opened one by one, as they are needed.
pub(crate) type Inputs = Box<dyn Iterator<Item = Input> + Send>;

/// The file name that means standard input.
const STDIN_NAME: &str = "-";

/// Buffer size for JSON Lines and WARC files, in bytes.
const BUFFER_BYTES: usize = 64 << 10;

/// The sample stories: file names and contents.
const SAMPLES: [(&str, &str); 3] = [
    (
        "strait-talks.txt",
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/stories/strait-talks.txt")),
    ),
    ("library-bus.txt", include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/stories/library-bus.txt"))),
    ("mapmaker.md", include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/stories/mapmaker.md"))),
];

/// File name extensions of stories in a folder. JSON is not among them: exports and settings have it too.
const STORY_EXTENSIONS: [&str; 25] = [
    "txt",
    "text",
    "md",
    "markdown",
    "html",
    "htm",
    "xhtml",
    "eml",
    "mbox",
    "mht",
    "mhtml",
    "srt",
    "vtt",
    "docx",
    "odt",
    "fodt",
    "rtf",
    "pdf",
    "epub",
    "webarchive",
    "xml",
    "nitf",
    "rss",
    "atom",
    "mdown",
];

/// File name extensions of compressed stories; the name before one has a story's extension.
const PACKED_EXTENSIONS: [&str; 4] = ["gz", "bz2", "xz", "zst"];

/// Whether all paths have an extension of JSON Lines; false without paths.
pub(crate) fn are_json_lines(paths: &[PathBuf]) -> bool {
    let is_json_lines = |it: &PathBuf| matches!(extension(it).as_deref(), Some("jsonl" | "ndjson"));
    !paths.is_empty() && paths.iter().all(is_json_lines)
}

/// Whether all paths have an extension of WARC files; false without paths.
pub(crate) fn are_warc(paths: &[PathBuf]) -> bool {
    let is_warc = |it: &PathBuf| match extension(it).as_deref() {
        Some("gz") => extension(&it.with_extension("")).as_deref() == Some("warc"),
        other => other == Some("warc"),
    };
    !paths.is_empty() && paths.iter().all(is_warc)
}

/// Whether the paths may hold more than one story; a folder may.
pub(crate) fn are_several(paths: &[PathBuf]) -> bool {
    paths.len() > 1 || paths.iter().any(|it| it.is_dir())
}

/// Returns the stories in the paths: of a file one, of a folder those in it, of JSON Lines one for each line, of a WARC
/// file one for each page.
///
/// Without paths it is standard input.
pub(crate) fn from_paths(paths: Vec<PathBuf>, layout: FileLayout) -> Inputs {
    from_paths_counted(paths, layout, ReadCounter::default())
}

/// Returns the stories of [`from_paths`]; a counter counts what is read of files and streams.
pub(crate) fn from_paths_counted(paths: Vec<PathBuf>, layout: FileLayout, counter: ReadCounter) -> Inputs {
    let paths = or_stdin(paths).into_iter();
    match layout {
        FileLayout::Story => {
            let stdin = counter.clone();
            let count = move |input: &Input| counter.add(input.file().and_then(file_bytes).unwrap_or(0));
            Box::new(paths.flat_map(move |it| from_path(it, &stdin)).inspect(count))
        }
        FileLayout::JsonLines => Box::new(paths.flat_map(move |it| from_json_lines(&it, &counter))),
        FileLayout::Warc => Box::new(paths.flat_map(move |it| from_warc(&it, &counter))),
    }
}

/// Returns the bytes of all stories of [`from_paths`]; `None` if that is not known, as of a pipe or an address.
pub(crate) fn total_bytes(paths: Vec<PathBuf>, layout: FileLayout) -> Option<u64> {
    let paths = or_stdin(paths).into_iter();
    match layout {
        FileLayout::Story => {
            let inputs = paths.flat_map(|it| from_path(it, &ReadCounter::default()));
            inputs.map(|it| it.file().and_then(file_bytes)).sum()
        }
        FileLayout::JsonLines | FileLayout::Warc => {
            let bytes =
                |it: PathBuf| if it == Path::new(STDIN_NAME) { stdin_bytes() } else { file_bytes(&it) };
            paths.map(bytes).sum()
        }
    }
}

/// Returns the paths, or standard input if there are none.
fn or_stdin(paths: Vec<PathBuf>) -> Vec<PathBuf> {
    if paths.is_empty() { vec![STDIN_NAME.into()] } else { paths }
}

/// Returns the story of a file or of standard input, or the stories of a folder. A counter counts what is read of standard
/// input.
fn from_path(path: PathBuf, counter: &ReadCounter) -> Vec<Input> {
    let location = display_name(&path);
    if path == Path::new(STDIN_NAME) {
        return vec![Input::new(location, Source::Stdin(counter.clone()))];
    }
    if let Some(address) = path.to_str().filter(|it| is_web_address(it)) {
        return vec![Input::new(address, Source::Address(address.to_owned()))];
    }
    if !path.is_dir() {
        return vec![Input::new(location, Source::File(path))];
    }
    match stories_in_folder(&path) {
        Err(error) => vec![Input::new(location, Source::OpenFailed(error.into()))],
        Ok((files, subfolders)) => {
            let empty = files.is_empty().then(|| Input::new(location.clone(), Source::EmptyFolder));
            let note = (subfolders > 0).then(|| Input::new(location, Source::Subfolders(subfolders)));
            files.into_iter().map(from_file).chain(empty).chain(note).collect()
        }
    }
}

/// Whether a name is a web address, which begins with `http://` or `https://`.
pub(crate) fn is_web_address(name: &str) -> bool {
    ["http://", "https://"].iter().any(|scheme| {
        name.split_at_checked(scheme.len()).is_some_and(|(start, _)| start.eq_ignore_ascii_case(scheme))
    })
}

fn from_file(path: PathBuf) -> Input {
    Input::new(display_name(&path), Source::File(path))
}

/// Returns the files with a story's extension in a folder, sorted by name and by the numbers in it, and the number of
/// folders; both without hidden ones.
fn stories_in_folder(folder: &Path) -> io::Result<(Vec<PathBuf>, usize)> {
    let is_hidden = |path: &Path| path.file_name().is_some_and(|it| it.as_encoded_bytes().starts_with(b"."));
    let is_story = |path: &PathBuf| {
        let is_packed = extension(path).is_some_and(|it| PACKED_EXTENSIONS.contains(&it.as_str()));
        let unpacked = if is_packed { path.with_extension("") } else { path.clone() };
        let is_known = extension(&unpacked).is_some_and(|it| STORY_EXTENSIONS.contains(&it.as_str()));
        !is_hidden(path) && is_known && path.is_file()
    };
    let entries = fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
    let paths: Vec<PathBuf> = entries.into_iter().map(|it| it.path()).collect();
    let subfolders = paths.iter().filter(|it| !is_hidden(it) && it.is_dir()).count();
    let mut files: Vec<PathBuf> = paths.into_iter().filter(is_story).collect();
    files.sort_by_cached_key(|it| natural_key(it));
    Ok((files, subfolders))
}

/// Returns a key that sorts names as people do: "story 9" before "story 10". Each part is a text and the number after it,
/// first by its digits without leading zeros.
fn natural_key(path: &Path) -> (Vec<(String, usize, String)>, PathBuf) {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let mut parts = Vec::new();
    let mut rest = &*name;
    while !rest.is_empty() {
        let digits_start = rest.find(|it: char| it.is_ascii_digit()).unwrap_or(rest.len());
        let (text, tail) = rest.split_at(digits_start);
        let digits_end = tail.find(|it: char| !it.is_ascii_digit()).unwrap_or(tail.len());
        let digits = tail[..digits_end].trim_start_matches('0');
        parts.push((text.to_string(), digits.len(), digits.to_string()));
        rest = &tail[digits_end..];
    }
    // Names that differ in leading zeros only keep one order.
    (parts, path.to_path_buf())
}

/// Returns the extension in lower case.
fn extension(path: &Path) -> Option<String> {
    path.extension().and_then(|it| it.to_str()).map(str::to_lowercase)
}

/// Returns the sample stories.
pub(crate) fn samples() -> Inputs {
    Box::new(SAMPLES.into_iter().map(|(name, content)| Input::new(name, Source::Sample(name, content))))
}

/// Whether a story's source is the name of a sample.
pub(crate) fn is_sample(source: Option<&str>) -> bool {
    SAMPLES.iter().any(|it| Some(it.0) == source)
}

/// Returns a story that was opened before, by its file or by the name of a sample. Of a file with several stories, the
/// source names the story.
///
/// Returns `None` if it was neither: it came from a pipe.
pub(crate) fn reopen(file: Option<&Path>, source: Option<&str>) -> Option<Input> {
    let part = |file: &Path| Some(source?.strip_prefix(&display_name(file))?.strip_prefix(": ")?.to_owned());
    match file {
        Some(file) => match part(file) {
            Some(part) => Some(Input::new(source?, Source::FilePart(file.into(), part))),
            None => from_paths(vec![file.into()], FileLayout::Story).next(),
        },
        None => samples().find(|it| Some(it.location.as_str()) == source),
    }
}

/// Returns the stories of a JSON Lines file, one for each line.
fn from_json_lines(path: &Path, counter: &ReadCounter) -> Inputs {
    let name = display_name(path);
    let file = match open(path, counter) {
        Ok(file) => file,
        Err(error) => return Box::new(iter::once(Input::new(name, Source::OpenFailed(error.into())))),
    };
    Box::new(jsonl::records(file).map(move |(line_number, record)| {
        let location = format!("{name}: line {line_number}");
        match record {
            Ok(record) => Input { location, id: record.id, source: Source::Record(record.body) },
            Err(error) => Input { location, id: error.id, source: Source::BadRecord(error.message) },
        }
    }))
}

/// Returns the stories of a WARC file, one for each page.
#[cfg(feature = "formats")]
fn from_warc(path: &Path, counter: &ReadCounter) -> Inputs {
    let name = display_name(path);
    let pages = match open(path, counter).and_then(WarcPages::new) {
        Ok(pages) => pages,
        Err(error) => return Box::new(iter::once(Input::new(name, Source::OpenFailed(error.into())))),
    };
    Box::new(pages.map(move |page| match page {
        Ok(page) => Input {
            location: format!("{name}: {}", page.address),
            id: page.id.clone(),
            source: Source::Archived(page),
        },
        Err(broken) => {
            Input::new(format!("{name}: record {}", broken.number), Source::BadRecord(broken.message))
        }
    }))
}

#[cfg(not(feature = "formats"))]
fn from_warc(path: &Path, _: &ReadCounter) -> Inputs {
    let message = "This build reads no WARC files; build it with the feature `formats`".into();
    Box::new(iter::once(Input::new(display_name(path), Source::BadRecord(message))))
}

/// Opens a file or standard input, whose bytes are counted.
fn open(path: &Path, counter: &ReadCounter) -> io::Result<BufReader<Box<dyn Read + Send>>> {
    let reader: Box<dyn Read + Send> = if path == Path::new(STDIN_NAME) {
        Box::new(counter.count(io::stdin()))
    } else {
        Box::new(counter.count(File::open(path)?))
    };
    Ok(BufReader::with_capacity(BUFFER_BYTES, reader))
}

/// Returns the name of a path in messages.
fn display_name(path: &Path) -> String {
    if path == Path::new(STDIN_NAME) { "standard input".into() } else { path.display().to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted_by_the_value_of_their_numbers() {
        let mut names: Vec<&Path> = [
            "b.txt",
            "story 10.txt",
            "story 9.txt",
            "1.txt",
            "10.txt",
            "2.txt",
            "02.txt",
            "story.txt",
            "a.txt",
        ]
        .map(Path::new)
        .to_vec();
        names.sort_by_cached_key(|it| natural_key(it));
        let sorted: Vec<&str> = names.iter().filter_map(|it| it.to_str()).collect();
        assert_eq!(
            sorted,
            [
                "1.txt",
                "02.txt",
                "2.txt",
                "10.txt",
                "a.txt",
                "b.txt",
                "story 9.txt",
                "story 10.txt",
                "story.txt"
            ]
        );
    }
}
