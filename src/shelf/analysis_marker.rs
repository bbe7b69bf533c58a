//! The analysis marker: a file that names the story that is being analysed.
//!
//! If the process ends during an analysis, the file stays, and the next session knows which story it was.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::process;
use std::sync::{Mutex, PoisonError};

use pullquote::story::Story;

use crate::shelf::fingerprint::Fingerprint;
use crate::shelf::paths::create_folder;

/// How the names of the files begin; the number of the process follows.
const NAME_PREFIX: &str = "analysing-";

/// The length of a file is at most that of a fingerprint, in bytes. A longer one is not ours.
const MAX_BYTES: u64 = 64;

/// The marker of this process, locked as long as the process lives.
pub(crate) struct AnalysisMarker {
    path: PathBuf,
    file: Mutex<File>,
}

impl AnalysisMarker {
    /// Creates the file of this process.
    ///
    /// # Errors
    /// If the file cannot be created or locked.
    pub(crate) fn new(folder: &Path) -> io::Result<Self> {
        let path = folder.join(format!("{NAME_PREFIX}{}", process::id()));
        create_folder(folder)?;
        let mut options = OpenOptions::new();
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.create(true).truncate(true).write(true).open(&path)?;
        file.try_lock()?;
        Ok(Self { path, file: Mutex::new(file) })
    }

    /// Runs an analysis while the file names its story.
    pub(crate) fn mark_while<T>(&self, story: &Story, analyze: impl FnOnce() -> T) -> T {
        // A marker that cannot be written marks nothing; the analysis matters more.
        let _ = self.write(Fingerprint::from_story(story).as_hex());
        let analysis = analyze();
        let _ = self.write("");
        analysis
    }

    fn write(&self, content: &str) -> io::Result<()> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.set_len(0)?;
        file.rewind()?;
        file.write_all(content.as_bytes())
    }

    /// Deletes the file: the process ends in order.
    pub(crate) fn remove(&self) {
        // If the file stays, the next session asks about the story.
        let _ = fs::remove_file(&self.path);
    }
}

/// Returns the fingerprints of the stories that were being analysed when their process ended, and deletes the files.
pub(crate) fn take_interrupted(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let is_marker = |path: &PathBuf| {
        let name = path.file_name().and_then(|it| it.to_str());
        name.is_some_and(|it| it.starts_with(NAME_PREFIX)) && path.is_file()
    };
    entries
        .map(|it| it.path())
        .filter(is_marker)
        .filter_map(|it| take(&it).ok())
        .filter(|it| !it.is_empty())
        .collect()
}

/// Reads and deletes the file of a process that has ended.
///
/// # Errors
/// If the process still runs, or the file cannot be read.
fn take(path: &Path) -> io::Result<String> {
    let file = File::open(path)?;
    file.try_lock()?;
    let mut fingerprint = String::new();
    file.take(MAX_BYTES).read_to_string(&mut fingerprint)?;
    fs::remove_file(path)?;
    Ok(fingerprint.trim().to_string())
}

#[cfg(test)]
mod tests {
    use pullquote::load;

    use super::*;

    #[test]
    fn only_a_story_whose_process_has_ended_is_named_and_only_once() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/tmp/marker");
        let _ = fs::remove_dir_all(&folder);
        let marker = AnalysisMarker::new(&folder).unwrap();
        let story = load::from_text("It rained.");
        let fingerprint = Fingerprint::from_story(&story);
        marker.mark_while(&story, || {
            assert_eq!(fs::read_to_string(&marker.path).unwrap(), fingerprint.as_hex());
            assert!(take_interrupted(&folder).is_empty(), "this process still runs");
        });
        assert_eq!(fs::read_to_string(&marker.path).unwrap(), "");
        fs::write(folder.join("analysing-1"), fingerprint.as_hex()).unwrap();
        assert_eq!(take_interrupted(&folder), [fingerprint.as_hex()]);
        assert!(take_interrupted(&folder).is_empty());
        marker.remove();
        assert!(!marker.path.exists());
    }
}
