//! The story marker: a file that names the stories that are being loaded or analysed.
//!
//! If the process ends meanwhile, the file stays, and the next session knows which stories they were.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::process;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use pullquote::story::Story;

use crate::shelf::fingerprint::Fingerprint;
use crate::shelf::paths::{create_folder, from_bytes, to_bytes};

/// How the names of the marker files begin; the number of the process follows.
const NAME_PREFIX: &str = "working-";

/// What precedes the path of a file that is being loaded. A text that is being analysed has its fingerprint instead.
const FILE_PREFIX: &[u8] = b"file ";

/// What ends each entry; no path has it.
const ENTRY_END: u8 = 0;

/// The most that is read of a marker file, in bytes. A longer one is not ours.
const MAX_BYTES: u64 = 64 << 10;

/// The marker of this process, locked as long as the process lives. Without a file it marks nothing.
#[derive(Clone, Default)]
pub(crate) struct StoryMarker(Option<Arc<MarkerFile>>);

struct MarkerFile {
    path: PathBuf,
    state: Mutex<MarkerState>,
}

struct MarkerState {
    file: File,
    /// The stories that are being loaded or analysed.
    entries: Vec<Vec<u8>>,
}

/// A story that was being loaded or analysed when its process ended.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum InterruptedStory {
    /// The absolute path of a file that was being loaded.
    File(PathBuf),
    /// The fingerprint of a text that was being analysed.
    Text(String),
}

impl StoryMarker {
    /// Creates the file of this process in a folder. If that fails, nothing is marked: reading matters more.
    pub(crate) fn new(folder: &Path) -> Self {
        Self(MarkerFile::create(folder).ok().map(Arc::new))
    }

    /// Loads a story while the file names its path, if it has one.
    pub(crate) fn mark_loading<T>(&self, path: Option<&Path>, load: impl FnOnce() -> T) -> T {
        let path = path.and_then(|it| std::path::absolute(it).ok()).and_then(|it| to_bytes(&it));
        let _entry = path.map(|it| self.add([FILE_PREFIX, &it].concat()));
        load()
    }

    /// Analyses a story while the file names it.
    pub(crate) fn mark_analysis<T>(&self, story: &Story, analyze: impl FnOnce() -> T) -> T {
        let _entry = self.0.is_some().then(|| self.add(Fingerprint::from_story(story).as_hex().into()));
        analyze()
    }

    fn add(&self, entry: Vec<u8>) -> MarkedEntry<'_> {
        if let Some(file) = &self.0 {
            file.change(|entries| entries.push(entry.clone()));
        }
        MarkedEntry { marker: self, entry }
    }

    /// Deletes the file: the process ends in order.
    pub(crate) fn remove(&self) {
        if let Some(file) = &self.0 {
            // If the file stays, the next session asks about the stories.
            let _ = fs::remove_file(&file.path);
        }
    }
}

/// An entry that is removed when this is dropped, also by a panic.
struct MarkedEntry<'a> {
    marker: &'a StoryMarker,
    entry: Vec<u8>,
}

impl Drop for MarkedEntry<'_> {
    fn drop(&mut self) {
        if let Some(file) = &self.marker.0 {
            file.change(|entries| {
                if let Some(place) = entries.iter().position(|it| *it == self.entry) {
                    entries.remove(place);
                }
            });
        }
    }
}

impl MarkerFile {
    /// Creates the file of this process.
    ///
    /// # Errors
    /// If the file cannot be created or locked.
    fn create(folder: &Path) -> io::Result<Self> {
        let path = folder.join(format!("{NAME_PREFIX}{}", process::id()));
        create_folder(folder)?;
        let mut options = OpenOptions::new();
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.create(true).truncate(true).write(true).open(&path)?;
        file.try_lock()?;
        Ok(Self { path, state: Mutex::new(MarkerState { file, entries: Vec::new() }) })
    }

    /// Changes the entries and writes them.
    fn change(&self, change: impl FnOnce(&mut Vec<Vec<u8>>)) {
        let mut state: MutexGuard<MarkerState> = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        change(&mut state.entries);
        // A marker that cannot be written marks nothing; the story matters more.
        let _ = state.write();
    }
}

impl MarkerState {
    fn write(&mut self) -> io::Result<()> {
        let content: Vec<u8> =
            self.entries.iter().flat_map(|it| it.iter().copied().chain([ENTRY_END])).collect();
        self.file.set_len(0)?;
        self.file.rewind()?;
        self.file.write_all(&content)
    }
}

/// Returns the stories that were being loaded or analysed when their process ended, and deletes the files.
pub(crate) fn take_interrupted(folder: &Path) -> Vec<InterruptedStory> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let is_marker = |path: &PathBuf| {
        let name = path.file_name().and_then(|it| it.to_str());
        name.is_some_and(|it| it.starts_with(NAME_PREFIX)) && path.is_file()
    };
    let contents = entries.map(|it| it.path()).filter(is_marker).filter_map(|it| take(&it).ok());
    contents.flat_map(|it| parse_entries(&it)).collect()
}

fn parse_entries(content: &[u8]) -> Vec<InterruptedStory> {
    let entries = content.split(|it| *it == ENTRY_END).filter(|it| !it.is_empty());
    let entry = |entry: &[u8]| match entry.strip_prefix(FILE_PREFIX) {
        Some(path) => from_bytes(path.to_vec()).map(InterruptedStory::File),
        None => String::from_utf8(entry.to_vec()).ok().map(InterruptedStory::Text),
    };
    entries.filter_map(entry).collect()
}

/// Reads and deletes the file of a process that has ended.
///
/// # Errors
/// If the process still runs, or the file cannot be read.
fn take(path: &Path) -> io::Result<Vec<u8>> {
    let file = File::open(path)?;
    file.try_lock()?;
    let mut content = Vec::new();
    file.take(MAX_BYTES).read_to_end(&mut content)?;
    fs::remove_file(path)?;
    Ok(content)
}

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind};

    use pullquote::load;

    use super::*;

    #[test]
    fn only_stories_whose_process_has_ended_are_named_and_only_once() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/tmp/marker");
        let _ = fs::remove_dir_all(&folder);
        let marker = StoryMarker::new(&folder);
        let path = &marker.0.as_ref().unwrap().path;
        let story = load::from_text("It rained.");
        let text = || InterruptedStory::Text(Fingerprint::from_story(&story).as_hex().into());
        let page = Path::new("/a folder/line\nbreak.html");
        let content = marker.mark_loading(Some(page), || {
            marker.mark_loading(None, || {
                marker.mark_analysis(&story, || {
                    assert!(take_interrupted(&folder).is_empty(), "this process still runs");
                    fs::read(path).unwrap()
                })
            })
        });
        assert_eq!(parse_entries(&content), [InterruptedStory::File(page.into()), text()]);
        let panics = || marker.mark_analysis(&story, || std::panic::resume_unwind(Box::new(())));
        let _: Result<(), _> = catch_unwind(AssertUnwindSafe(panics));
        assert!(fs::read(path).unwrap().is_empty());
        fs::write(folder.join("working-1"), Fingerprint::from_story(&story).as_hex()).unwrap();
        assert_eq!(take_interrupted(&folder), [text()]);
        assert!(take_interrupted(&folder).is_empty());
        marker.remove();
        assert!(!path.exists());
        assert_eq!(StoryMarker::default().mark_analysis(&story, || 1), 1);
    }
}
