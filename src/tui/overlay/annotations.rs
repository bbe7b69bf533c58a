//! What a reader has left in a story, marks and notes, as a list to choose from.

use crate::storage::Kept;

/// One row of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Item {
    /// A letter and its place.
    Mark(char, usize),
    /// A note by its place among the notes, and where its passage begins.
    Note(usize, usize),
}

/// The list while it is open.
#[derive(Default)]
pub(crate) struct Leavings {
    pub(crate) chosen: usize,
    /// Whether to delete the chosen one was asked for once.
    pub(crate) asked: bool,
}

impl Leavings {
    /// What a list of so many rows shows: items by their numbers, each with which of its rows it is. The chosen one is
    /// seen as a whole.
    pub(crate) fn window(&self, all: &[Item], height: usize) -> Vec<(usize, usize)> {
        let upto: usize = all.iter().take(self.chosen + 1).map(|it| it.rows()).sum();
        let (mut first, mut hidden) = (0, 0);
        while upto.saturating_sub(hidden) > height && first < self.chosen {
            hidden += all[first].rows();
            first += 1;
        }
        let shown = all.iter().enumerate().skip(first);
        shown.flat_map(|(number, it)| (0..it.rows()).map(move |part| (number, part))).take(height).collect()
    }
}

impl Item {
    /// The rows that it takes, with the blank one under it.
    pub(crate) const fn rows(self) -> usize {
        match self {
            Self::Mark(..) => 2,
            Self::Note(..) => 3,
        }
    }

    pub(crate) fn place(self) -> usize {
        match self {
            Self::Mark(_, place) | Self::Note(_, place) => place,
        }
    }
}

/// All marks and notes in reading order.
pub(crate) fn items(kept: &Kept) -> Vec<Item> {
    let marks = kept.marks.iter().map(|it| Item::Mark(*it.0, *it.1));
    let notes = kept.notes.iter().enumerate().map(|(number, it)| Item::Note(number, it.span.start));
    let mut items: Vec<Item> = marks.chain(notes).collect();
    items.sort_by_key(|it| it.place());
    items
}
