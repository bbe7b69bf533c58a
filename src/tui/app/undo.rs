//! What is remembered to undo a change.

use pullquote::analysis::Quote;
use pullquote::correction::Correction;

use crate::storage::Note;

/// What takes back a change of one story.
#[derive(Clone, Debug)]
pub(crate) enum Undo {
    /// The corrections that a quote had before.
    Correction(Box<Quote>, Vec<Correction>),
    Note(Note),
    /// The letter of a bookmark and its byte offset.
    Bookmark(char, usize),
}
