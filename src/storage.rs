//! What is kept of a story from one reading to the next: where the reader stood, marks, notes; and how that changes.

use std::collections::BTreeMap;
use std::sync::Arc;

use pullquote::correction::Correction;
use pullquote::span::Span;
use pullquote::story::Story;
use pullquote::text_safety::is_unsafe;

/// What is kept of one story.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct SavedState {
    pub(crate) last_visit: Option<LastVisit>,
    /// Letters, and the bytes of the text that they stand at.
    pub(crate) bookmarks: BTreeMap<char, usize>,
    /// In reading order.
    pub(crate) notes: Vec<Note>,
    /// In the order in which they were made.
    pub(crate) corrections: Vec<Correction>,
}

/// Where the reader stood when the story was left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LastVisit {
    pub(crate) position: ReadingPosition,
    /// When: "today", "yesterday", "3 May", "3 May 2024".
    pub(crate) day: String,
}

/// A place of the text, and the byte with which the top row of the page began.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct ReadingPosition {
    pub(crate) offset: usize,
    pub(crate) top_offset: usize,
    /// How much of the story was above the end of the page, in per cent.
    pub(crate) percent_read: usize,
}

/// The reader's own words on a passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Note {
    /// The number by which it is known; one that the reader has just begun has a negative number, new in this reading.
    pub(crate) id: i64,
    /// The passage.
    pub(crate) span: Span,
    pub(crate) text: String,
    /// When it was written: "today", "3 May".
    pub(crate) day: String,
}

impl SavedState {
    /// Puts a note behind those of its passage.
    pub(crate) fn insert_note(&mut self, note: Note) {
        let place = self.notes.partition_point(|it| it.span <= note.span);
        self.notes.insert(place, note);
    }
}

/// What changes in a story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// It is shown for the first time.
    Opened,
    PositionChanged(ReadingPosition),
    /// A letter is set at a place, or taken away.
    BookmarkSet(char, Option<usize>),
    /// A note says this now, under its number.
    NoteSaved(i64, Span, String),
    /// The note of this number is gone.
    NoteDeleted(i64),
    Corrected {
        /// What the reader says no longer.
        removed: Vec<Correction>,
        /// What he says now.
        added: Option<Correction>,
    },
}

/// A story that was read before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct HistoryEntry {
    pub(crate) title: String,
    /// Its file, whole; `None` if it came from a pipe or is one of ours.
    pub(crate) file: Option<String>,
    /// What it was called when it was opened.
    pub(crate) source: Option<String>,
    pub(crate) outlet: Option<String>,
    /// When it was read last: "today", "3 May".
    pub(crate) day: String,
    /// How much of it was seen, in per cent.
    pub(crate) percent_read: usize,
    pub(crate) note_count: usize,
}

/// Whoever keeps what a reader leaves in stories. None of this waits: what he has to tell comes as [`News`].
pub(crate) trait Storage {
    /// From now on all news goes there, from whatever thread.
    fn set_sink(&self, tell: EventSink);

    /// Asks what is kept of a story, which from now on goes by this number.
    fn load(&self, number: usize, story: Arc<Story>);

    /// Keeps a change of a story.
    fn save(&self, story: usize, change: Change);

    /// Asks which stories were read before.
    fn load_history(&self);

    /// Asks for the story itself.
    fn fetch(&self, past: HistoryEntry);
}

/// Whoever is told.
pub(crate) type EventSink = Arc<dyn Fn(StorageEvent) + Send + Sync>;

/// What whoever keeps it all has to tell.
#[derive(Debug)]
pub(crate) enum StorageEvent {
    /// Nothing was ever kept: somebody reads for the first time.
    FirstRun,
    /// What is kept of a story, by the story's number.
    Loaded(usize, SavedState),
    /// The stories that were read, the last one first.
    History(Vec<HistoryEntry>),
    /// A story of the history, or why it is not to be had.
    StoryFetched(Result<Story, String>),
    /// Why something is not kept, or what has happened to what was.
    Failed(String),
}

/// Words from a keyboard, a clipboard or a file of ours, without what steers a terminal, or hides or turns other words;
/// newlines stay.
pub(crate) fn remove_unsafe_chars(words: &str) -> String {
    words.chars().filter(|ch| *ch == '\n' || !is_unsafe(*ch)).collect()
}

#[cfg(test)]
mod tests {
    use crate::storage::remove_unsafe_chars;

    #[test]
    fn words_lose_what_steers_and_hides_and_keep_their_lines() {
        assert_eq!(remove_unsafe_chars("one\n\u{1b}[31mtwo\u{202e}\u{200b}"), "one\n[31mtwo");
    }
}
