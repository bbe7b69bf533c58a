//! What is kept of a story from one reading to the next: where the reader stood, marks, notes; and how that changes.

use std::collections::BTreeMap;

use pullquote::correction::Correction;

/// What is kept of one story.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Kept {
    pub(crate) left: Option<Left>,
    /// Letters, and the bytes of the text that they stand at.
    pub(crate) marks: BTreeMap<char, usize>,
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

/// What changes in a story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// It is shown for the first time.
    Opened,
    Stood(Standing),
    /// A letter is set at a place, or taken away.
    Marked(char, Option<usize>),
    #[expect(dead_code, reason = "the reader's keys for corrections are being made")]
    Corrected(Correction),
}

/// What whoever keeps it all has to tell.
#[derive(Debug)]
pub(crate) enum News {
    /// What is kept of a story, by the story's number.
    Kept(usize, Kept),
    /// Why something is not kept, or what has happened to what was.
    Trouble(String),
}
