//! A story that is open, as the database knows it.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use pullquote::story::Story;

use crate::shelf::fingerprint::Fingerprint;
use crate::text::one_line;

/// How much of a text may be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KeptPart {
    Nothing,
    Opening,
    /// The whole text if it came from no file, else the opening.
    Whole,
}

/// A story that is open, with what identifies it in the database.
pub(crate) struct OpenRecord {
    pub(crate) story: Arc<Story>,
    pub(crate) fingerprint: Fingerprint,
    /// The absolute path of the story's file; `None` if it has no file.
    pub(crate) path: Option<PathBuf>,
    pub(crate) word_count: usize,
    /// How much of the text is kept; [`KeptPart::Whole`] only if it came from no file.
    pub(crate) kept_part: KeptPart,
    /// When the story was opened, in seconds since 1970.
    pub(crate) opened_at: i64,
}

/// The longest headline that is saved, in bytes.
const MAX_TITLE_BYTES: usize = 300;

impl OpenRecord {
    /// A story that is open. `may_keep` is how much of its text may be kept.
    pub(crate) fn new(story: Arc<Story>, may_keep: KeptPart) -> Self {
        let path = story.path.as_deref().and_then(absolute_file_path);
        let word_count = story.text().split_whitespace().count();
        let has_file = path.is_some();
        let kept_part = if may_keep == KeptPart::Whole && has_file { KeptPart::Opening } else { may_keep };
        let fingerprint = Fingerprint::from_story(&story);
        Self { fingerprint, story, path, word_count, kept_part, opened_at: unix_time() }
    }

    /// Returns what the story is called on one line, at most [`MAX_TITLE_BYTES`] long.
    pub(crate) fn title(&self) -> String {
        let title = self.story.title().unwrap_or_default();
        one_line(&title[..title.floor_char_boundary(MAX_TITLE_BYTES)])
    }
}

/// Returns the absolute path of a file; `None` if it is a pipe or a device.
fn absolute_file_path(path: &Path) -> Option<PathBuf> {
    std::path::absolute(path).ok().filter(|it| it.is_file())
}

/// Returns the current time in seconds since 1970.
pub(crate) fn unix_time() -> i64 {
    let elapsed = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    elapsed.map_or(0, |it| it.as_secs().cast_signed())
}
