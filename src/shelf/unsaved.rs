//! What could not be saved until the end, written to a file beside the database.

use std::collections::{BTreeMap, HashMap};
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::shelf::archive::StoredStory;
use crate::shelf::database::free_path;
use crate::shelf::pending::PendingChanges;
use crate::shelf::record::OpenRecord;
use crate::shelf::report;

/// Notes, bookmarks and corrections that could not be saved.
#[derive(Debug)]
pub(crate) struct Unsaved {
    /// The stories with what is not saved of them, and nothing else; empty if only deletions failed.
    pub(crate) stories: Vec<StoredStory>,
    /// Why it could not be saved.
    pub(crate) reason: String,
    /// The file that holds the stories now; `None` if no file could be written.
    pub(crate) file: Option<PathBuf>,
}

impl Unsaved {
    /// Collects the pending changes and writes them to a new file in `folder`; `None` if the user has made none.
    pub(crate) fn new(
        pending: &PendingChanges,
        records: &HashMap<usize, OpenRecord>,
        reason: String,
        folder: Option<&Path>,
    ) -> Option<Self> {
        pending.user_changes().next()?;
        let mut stories: BTreeMap<usize, StoredStory> = BTreeMap::new();
        for (number, change) in pending.user_changes() {
            let Some(record) = records.get(number) else { continue };
            let story = stories.entry(*number).or_insert_with(|| StoredStory::without_contents(record));
            story.add(record, change);
        }
        let mut stories: Vec<StoredStory> = stories.into_values().collect();
        stories.retain(|it| !it.describe_contents().is_empty());
        let folder = folder.filter(|_| !stories.is_empty());
        let file = folder.and_then(|it| write(it, &report::json(&stories)).ok());
        Some(Self { stories, reason, file })
    }
}

/// Writes a new file that only the user may read; returns its path.
fn write(folder: &Path, content: &str) -> io::Result<PathBuf> {
    let path = free_path(folder, "shelf-unsaved", "json");
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.write(true).create_new(true).open(&path)?;
    let written = file.write_all(content.as_bytes()).and_then(|()| file.sync_all());
    if written.is_err() {
        // A part of the JSON is of no use.
        let _ = std::fs::remove_file(&path);
    }
    written.map(|()| path)
}
