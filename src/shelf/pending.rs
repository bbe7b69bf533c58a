//! The queue of changes that are not written yet.

use std::mem;

use crate::storage::Change;

/// Changes in the order in which they must be written, each with the number of its story.
///
/// A change that another one makes superfluous is dropped: a position, the text of a note, a bookmark.
#[derive(Debug, Default)]
pub(crate) struct PendingChanges {
    changes: Vec<(usize, Change)>,
}

impl PendingChanges {
    pub(crate) fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// Appends a change and drops the earlier ones that it replaces.
    pub(crate) fn push(&mut self, story: usize, change: Change) {
        self.changes.retain(|(other, earlier)| *other != story || !replaces(&change, earlier));
        self.changes.push((story, change));
    }

    /// Writes the changes with `write`, the oldest first. Those that fail stay in the queue, in their order.
    ///
    /// After a failure that concerns all changes the rest is not tried. Confirmations wait for every change before
    /// them. Returns the message of the first failure.
    pub(crate) fn write_each(
        &mut self,
        mut write: impl FnMut(usize, &Change) -> Result<(), WriteFailure>,
    ) -> Option<String> {
        let (mut first_failure, mut is_stopped) = (None, false);
        for (story, change) in mem::take(&mut self.changes) {
            let must_wait = first_failure.is_some() && matches!(change, Change::Confirm(_));
            if !is_stopped && !must_wait {
                match write(story, &change) {
                    Ok(()) => continue,
                    Err(failure) => {
                        is_stopped = failure.stops_all;
                        first_failure.get_or_insert(failure.message);
                    }
                }
            }
            self.changes.push((story, change));
        }
        first_failure
    }

    /// Returns what the user made: notes, bookmarks and corrections, without positions.
    pub(crate) fn user_changes(&self) -> impl Iterator<Item = &(usize, Change)> {
        self.changes.iter().filter(|it| is_made_by_user(&it.1))
    }
}

/// Why a change could not be written.
pub(crate) struct WriteFailure {
    pub(crate) message: String,
    /// Whether every other change would fail too: the file is locked, the disk is full.
    pub(crate) stops_all: bool,
}

/// Whether the user would miss the change; a position is saved again with the next key.
pub(crate) fn is_made_by_user(change: &Change) -> bool {
    match change {
        Change::Opened | Change::PositionChanged(_) | Change::Confirm(_) => false,
        Change::BookmarkSet(..)
        | Change::NoteSaved(..)
        | Change::NoteDeleted(_)
        | Change::Corrected { .. } => true,
    }
}

/// Whether a change of a story makes an earlier change of the same story superfluous.
fn replaces(change: &Change, earlier: &Change) -> bool {
    match (change, earlier) {
        (Change::Opened, Change::Opened) | (Change::PositionChanged(_), Change::PositionChanged(_)) => true,
        (Change::BookmarkSet(letter, _), Change::BookmarkSet(other, _)) => letter == other,
        (Change::NoteSaved(id, ..) | Change::NoteDeleted(id), Change::NoteSaved(other, ..)) => id == other,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pullquote::span::Span;

    fn note(id: i64, text: &str) -> Change {
        Change::NoteSaved(id, Span::new(0, 1), text.into())
    }

    fn failure(stops_all: bool) -> WriteFailure {
        WriteFailure { message: "it fails".into(), stops_all }
    }

    #[test]
    fn a_later_text_of_a_note_replaces_the_earlier_one_of_the_same_story() {
        let mut pending = PendingChanges::default();
        for (story, change) in [
            (0, note(-1, "a")),
            (1, note(-1, "b")),
            (0, note(-1, "ab")),
            (0, Change::BookmarkSet('k', Some(3))),
            (0, Change::BookmarkSet('k', None)),
            (1, Change::NoteDeleted(-1)),
        ] {
            pending.push(story, change);
        }
        let expected =
            [(0, note(-1, "ab")), (0, Change::BookmarkSet('k', None)), (1, Change::NoteDeleted(-1))];
        assert_eq!(pending.changes, expected);
    }

    #[test]
    fn what_fails_stays_in_its_order_and_is_confirmed_only_when_all_before_it_is_written() {
        let mut pending = PendingChanges::default();
        for change in [note(-1, "a"), note(-2, "b"), Change::Confirm("Saved".into()), note(-3, "c")] {
            pending.push(0, change);
        }
        let mut written = Vec::new();
        let failed = pending.write_each(|_, change| {
            if *change == note(-2, "b") {
                return Err(failure(false));
            }
            written.push(change.clone());
            Ok(())
        });
        assert_eq!((failed.as_deref(), written), (Some("it fails"), vec![note(-1, "a"), note(-3, "c")]));
        let mut tried = 0;
        pending.write_each(|_, _| {
            tried += 1;
            Err(failure(true))
        });
        assert_eq!(tried, 1, "a full disk is not tried with each change");
        assert_eq!(pending.write_each(|_, _| Ok(())), None);
        assert!(pending.is_empty());
    }
}
