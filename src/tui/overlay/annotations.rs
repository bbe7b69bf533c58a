//! What a reader has left in a story, marks and notes, as a list to choose from.

use crate::storage::SavedState;

/// One row of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Annotation {
    /// A letter and its place.
    Bookmark(char, usize),
    /// A note by its place among the notes, and where its passage begins.
    Note(usize, usize),
}

/// The list while it is open.
#[derive(Default)]
pub(crate) struct AnnotationList {
    pub(crate) selected: usize,
    /// Whether to delete the chosen one was asked for once.
    pub(crate) delete_requested: bool,
}

impl AnnotationList {
    /// What a list of so many rows shows: items by their numbers, each with which of its rows it is. The chosen one is
    /// seen as a whole.
    pub(crate) fn visible_rows(&self, all: &[Annotation], height: usize) -> Vec<(usize, usize)> {
        let upto: usize = all.iter().take(self.selected + 1).map(|it| it.rows()).sum();
        let (mut first, mut hidden) = (0, 0);
        while upto.saturating_sub(hidden) > height && first < self.selected {
            hidden += all[first].rows();
            first += 1;
        }
        let shown = all.iter().enumerate().skip(first);
        shown.flat_map(|(number, it)| (0..it.rows()).map(move |part| (number, part))).take(height).collect()
    }
}

impl Annotation {
    /// The rows that it takes, with the blank one under it.
    pub(crate) const fn rows(self) -> usize {
        match self {
            Self::Bookmark(..) => 2,
            Self::Note(..) => 3,
        }
    }

    pub(crate) fn place(self) -> usize {
        match self {
            Self::Bookmark(_, place) | Self::Note(_, place) => place,
        }
    }
}

/// All marks and notes in reading order.
pub(crate) fn collect_annotations(kept: &SavedState) -> Vec<Annotation> {
    let marks = kept.bookmarks.iter().map(|it| Annotation::Bookmark(*it.0, *it.1));
    let notes = kept.notes.iter().enumerate().map(|(number, it)| Annotation::Note(number, it.span.start));
    let mut items: Vec<Annotation> = marks.chain(notes).collect();
    items.sort_by_key(|it| it.place());
    items
}
