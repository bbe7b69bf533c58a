//! What is saved of a story, how it changes, and the interface between the user interface and its storage.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use pullquote::correction::Correction;
use pullquote::span::Span;
use pullquote::story::{Block, BlockKind, Story};

use crate::text::one_line;

/// The longest opening of a story, in bytes.
pub(crate) const MAX_OPENING_BYTES: usize = 3000;

/// Everything that is saved of one story.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct SavedState {
    /// `None` if no position was saved.
    pub(crate) last_visit: Option<LastVisit>,
    /// The offsets of the bookmarks, by letter.
    pub(crate) bookmarks: BTreeMap<char, usize>,
    /// The notes, in the order of the text.
    pub(crate) notes: Vec<Note>,
    /// The corrections, oldest first.
    pub(crate) corrections: Vec<Correction>,
}

/// Where the user stopped reading, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LastVisit {
    pub(crate) position: ReadingPosition,
    /// The day: "today", "yesterday", "3 May", "3 May 2024".
    pub(crate) day: String,
}

/// The position of the cursor and of the page in a story.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct ReadingPosition {
    /// The offset of the cursor in the text.
    pub(crate) offset: usize,
    /// The offset at which the top row of the page begins.
    pub(crate) top_offset: usize,
    /// How much of the story lies above the end of the page, in per cent.
    pub(crate) percent_read: usize,
}

/// The user's note on a passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Note {
    /// The number that identifies the note; negative for a note that was added in this session.
    pub(crate) id: i64,
    /// The passage.
    pub(crate) span: Span,
    pub(crate) text: String,
    /// The day when it was last changed: "today", "3 May".
    pub(crate) day: String,
}

impl SavedState {
    /// Inserts a note after the other notes on the same passage.
    pub(crate) fn insert_note(&mut self, note: Note) {
        let index = self.notes.partition_point(|it| it.span <= note.span);
        self.notes.insert(index, note);
    }
}

/// A change to be saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// The story is shown for the first time in this session.
    Opened,
    PositionChanged(ReadingPosition),
    /// A bookmark's letter is set at an offset; `None` deletes it.
    BookmarkSet(char, Option<usize>),
    /// The note of this id is on this passage and has this text.
    NoteSaved(i64, Span, String),
    /// The note of this id is deleted.
    NoteDeleted(i64),
    Corrected {
        /// Corrections that no longer hold.
        removed: Vec<Correction>,
        /// The correction that replaces them; `None` restores what was found.
        added: Option<Correction>,
    },
    /// Asks for [`StorageEvent::Saved`] with this message once all changes before it are saved.
    Confirm(String),
}

/// A story that was opened before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct HistoryEntry {
    /// Identifies what is saved of the story.
    pub(crate) key: String,
    pub(crate) title: String,
    /// The absolute path of its file; `None` if it came from a pipe or is a sample.
    pub(crate) file: Option<PathBuf>,
    /// Its name on the command line when it was opened.
    pub(crate) source: Option<String>,
    pub(crate) outlet: Option<String>,
    /// Whether its text is kept on the shelf.
    pub(crate) has_text: bool,
    /// The day when it was last opened: "today", "3 May".
    pub(crate) day: String,
    /// How much of it was read, in per cent.
    pub(crate) percent_read: usize,
    pub(crate) note_count: usize,
    /// Whether the program ended unexpectedly while it loaded or analysed the story.
    pub(crate) was_interrupted: bool,
}

/// What the history shows of a story below its headline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum StoryPreview {
    /// The result of [`opening`].
    Opening(String),
    /// The opening is not saved; the passages with notes, in the order of the text.
    Notes(Vec<NotedPassage>),
}

impl Default for StoryPreview {
    fn default() -> Self {
        Self::Notes(Vec::new())
    }
}

/// A passage and the text of the note on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NotedPassage {
    pub(crate) passage: String,
    pub(crate) note: String,
}

/// Returns the beginning of a story below its headline, each paragraph on a line, at most [`MAX_OPENING_BYTES`] long.
pub(crate) fn opening(story: &Story) -> String {
    let is_text = |it: &&Block| match story.shown_kind(it) {
        BlockKind::Headline | BlockKind::Byline | BlockKind::Furniture => false,
        _ => it.repeats.is_none(),
    };
    let mut text = String::new();
    for block in story.blocks().iter().filter(is_text) {
        let free = MAX_OPENING_BYTES - text.len();
        let paragraph = block.span.slice(story.text());
        let line = one_line(&paragraph[..paragraph.floor_char_boundary(MAX_OPENING_BYTES)]);
        if paragraph.len() > MAX_OPENING_BYTES || line.len() >= free {
            // The last paragraph ends with a word.
            let cut = &line[..line.floor_char_boundary(free.saturating_sub("…\n".len()))];
            let words = cut.rfind(' ').map_or("", |it| &cut[..it]);
            if !words.is_empty() {
                text.extend([words, "…\n"]);
            }
            break;
        }
        text.extend([line.as_str(), "\n"]);
    }
    text
}

/// Storage for the user's data. No method blocks: results arrive later as [`StorageEvent`]s.
pub(crate) trait Storage {
    /// Sets where events go; they may be sent from any thread.
    fn set_sink(&self, sink: EventSink);

    /// Requests what is saved of a story, and gives the story the number that later calls use.
    fn load(&self, number: usize, story: Arc<Story>);

    /// Saves a change of a story.
    fn save(&self, story: usize, change: Change);

    /// Requests the reading history.
    fn load_history(&self);

    /// Requests the preview of the story of the history with this key.
    fn load_story_preview(&self, key: String);

    /// Deletes everything that is saved of a story of the history.
    fn forget(&self, entry: HistoryEntry);

    /// Requests a story of the history.
    fn fetch(&self, entry: HistoryEntry);
}

/// A function that receives storage events.
pub(crate) type EventSink = Arc<dyn Fn(StorageEvent) + Send + Sync>;

/// A result or a message of the storage.
#[derive(Debug)]
pub(crate) enum StorageEvent {
    /// Nothing was ever saved: this is the user's first session.
    FirstRun,
    /// What is saved of the story with this number.
    Loaded(usize, SavedState),
    /// The reading history, the most recent story first.
    History(Vec<HistoryEntry>),
    /// The preview of the story of the history with this key.
    StoryPreviewLoaded(String, StoryPreview),
    /// A story of the history, or why it cannot be opened.
    StoryFetched(Result<Box<Story>, String>),
    /// The message of a [`Change::Confirm`]: all changes before it are saved.
    Saved(String),
    /// A message for the user: why something was not saved, or that damaged data was replaced.
    Failed(String),
}

#[cfg(test)]
mod tests {
    use super::*;
    use pullquote::load;

    #[test]
    fn an_opening_is_cut_after_a_word_and_has_neither_headline_nor_byline() {
        let short = load::from_text("The last ferry\n\nBy Mia Torn\n\nIt rained.\n\nThe boat  left.");
        assert_eq!(opening(&short), "It rained.\nThe boat left.\n");
        let words = "Über den Fluß fuhr sie. ".repeat(10_000);
        for text in [words.clone(), format!("{}\n\n{words}", "It rained on the quay. ".repeat(100))] {
            let opening = opening(&load::from_text(&format!("The last ferry\n\n{text}")));
            assert!(opening.len() <= MAX_OPENING_BYTES && opening.len() > MAX_OPENING_BYTES - 20);
            let last = opening.trim_end_matches("…\n").rsplit(' ').next().unwrap_or_default();
            assert!(["Über", "den", "Fluß", "fuhr", "sie."].contains(&last), "{last}");
        }
        let one_word = load::from_text(&format!("The last ferry\n\nIt rained.\n\n{}", "é".repeat(4000)));
        assert_eq!(opening(&one_word), "It rained.\n");
    }
}
