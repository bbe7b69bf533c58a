//! What is kept of a story from one reading to the next: where the reader stood, marks, notes; and how that changes.

use std::collections::BTreeMap;
use std::sync::Arc;

use pullquote::correction::Correction;
use pullquote::span::Span;
use pullquote::story::Story;

/// What is kept of one story.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Kept {
    pub(crate) left: Option<Left>,
    /// Letters, and the bytes of the text that they stand at.
    pub(crate) marks: BTreeMap<char, usize>,
    /// In reading order.
    pub(crate) notes: Vec<Note>,
    /// In the order in which they were made.
    pub(crate) corrections: Vec<Correction>,
}

/// Where the reader stood when the story was left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Left {
    pub(crate) at: Standing,
    /// When: "today", "yesterday", "3 May", "3 May 2024".
    pub(crate) day: String,
}

/// A place of the text, and the byte with which the top row of the page began.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Standing {
    pub(crate) place: usize,
    pub(crate) top: usize,
    /// How much of the story was above the end of the page, in per cent.
    pub(crate) share: usize,
}

/// The reader's own words on a passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Note {
    /// The number by which it is known; one that the reader has just begun has a negative number, new in this reading.
    pub(crate) number: i64,
    /// The passage.
    pub(crate) span: Span,
    pub(crate) words: String,
    /// When it was written: "today", "3 May".
    pub(crate) day: String,
}

impl Kept {
    /// Puts a note behind those of its passage.
    pub(crate) fn put(&mut self, note: Note) {
        let place = self.notes.partition_point(|it| it.span <= note.span);
        self.notes.insert(place, note);
    }
}

/// What changes in a story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// It is shown for the first time.
    Opened,
    Stood(Standing),
    /// A letter is set at a place, or taken away.
    Marked(char, Option<usize>),
    /// A note says this now, under its number.
    Noted(i64, Span, String),
    /// The note of this number is gone.
    Unnoted(i64),
    Corrected {
        /// What the reader says no longer.
        dropped: Vec<Correction>,
        /// What he says now.
        made: Option<Correction>,
    },
}

/// A story that was read before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Past {
    pub(crate) title: String,
    /// Its file, whole; `None` if it came from a pipe or is one of ours.
    pub(crate) file: Option<String>,
    /// What it was called when it was opened.
    pub(crate) source: Option<String>,
    pub(crate) outlet: Option<String>,
    /// When it was read last: "today", "3 May".
    pub(crate) day: String,
    /// How much of it was seen, in per cent.
    pub(crate) share: usize,
    pub(crate) notes: usize,
}

/// Whoever keeps what a reader leaves in stories. None of this waits: what he has to tell comes as [`News`].
pub(crate) trait Keeper {
    /// From now on all news goes there, from whatever thread.
    fn tell(&self, tell: Tell);

    /// Asks what is kept of a story, which from now on goes by this number.
    fn meet(&self, number: usize, story: Arc<Story>);

    /// Keeps a change of a story.
    fn keep(&self, story: usize, change: Change);

    /// Asks which stories were read before.
    fn history(&self);

    /// Asks for the story itself.
    fn fetch(&self, past: Past);
}

/// Whoever is told.
pub(crate) type Tell = Arc<dyn Fn(News) + Send + Sync>;

/// What whoever keeps it all has to tell.
#[derive(Debug)]
pub(crate) enum News {
    /// Nothing was ever kept: somebody reads for the first time.
    First,
    /// What is kept of a story, by the story's number.
    Kept(usize, Kept),
    /// The stories that were read, the last one first.
    History(Vec<Past>),
    /// A story of the history, or why it is not to be had.
    Fetched(Result<Story, String>),
    /// Why something is not kept, or what has happened to what was.
    Trouble(String),
}

/// Words from a keyboard, a clipboard or a file of ours, without what steers a terminal, or hides or turns other words;
/// newlines stay.
pub(crate) fn harmless(words: &str) -> String {
    let hides = |it: char| {
        matches!(it, '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
    };
    words.chars().filter(|it| *it == '\n' || !(it.is_control() || hides(*it))).collect()
}

#[cfg(test)]
mod tests {
    use crate::storage::harmless;

    #[test]
    fn words_lose_what_steers_and_hides_and_keep_their_lines() {
        assert_eq!(harmless("one\n\u{1b}[31mtwo\u{202e}\u{200b}"), "one\n[31mtwo");
    }
}
