//! The list of bookmarks and notes in a story.

use crate::storage::SavedState;
use crate::tui::input::action::Action;
use crate::tui::input::keymap::Mode;
use crate::tui::layout::list_selection::{ListSelection, visible_rows};
use crate::tui::overlay::{Panel, PanelContext, PanelList};

/// A bookmark or a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Annotation {
    /// A letter and its byte offset in the text.
    Bookmark(char, usize),
    /// The index of a note, and the start of its passage.
    Note(usize, usize),
}

/// The open list.
#[derive(Default)]
pub(crate) struct AnnotationList {
    pub(crate) selected: ListSelection,
    /// Whether the delete key was pressed once for the selected annotation.
    pub(crate) delete_requested: bool,
}

impl AnnotationList {
    /// The rows that a list of `height` rows shows: the number of an annotation, and which of its rows this is. The
    /// selected annotation is visible as a whole, if it fits.
    pub(crate) fn visible_rows(&self, all: &[Annotation], height: usize) -> Vec<(usize, usize)> {
        let parts =
            |(number, item): (usize, &Annotation)| (0..item.row_count()).map(move |part| (number, part));
        let rows: Vec<(usize, usize)> = all.iter().enumerate().flat_map(parts).collect();
        let selected = self.selected.item();
        let first_row = rows.iter().position(|row| row.0 == selected).unwrap_or(0);
        let last_row = rows.iter().rposition(|row| row.0 == selected).unwrap_or(0);
        let first = visible_rows(last_row, rows.len(), height).start.min(first_row);
        // No annotation is cut at the top.
        rows.into_iter().skip(first).skip_while(|row| row.1 > 0 && row.0 < selected).take(height).collect()
    }
}

impl Panel for AnnotationList {
    fn mode(&self) -> Mode {
        Mode::List
    }

    fn list(&self, context: &PanelContext) -> Option<PanelList> {
        let area = context.panes.list();
        let annotations = collect_annotations(&context.story.saved);
        let rows = self.visible_rows(&annotations, usize::from(area.height));
        Some(PanelList { area, items: rows.into_iter().map(|row| Some(row.0)).collect() })
    }

    fn click_action(&self) -> Action {
        Action::Open
    }

    fn selection(&mut self) -> Option<&mut ListSelection> {
        Some(&mut self.selected)
    }

    fn rows_per_notch(&self) -> usize {
        1
    }
}

impl Annotation {
    /// The height of the annotation in rows, with the empty row under it.
    pub(crate) const fn row_count(self) -> usize {
        match self {
            Self::Bookmark(..) => 2,
            Self::Note(..) => 3,
        }
    }

    pub(crate) fn offset(self) -> usize {
        match self {
            Self::Bookmark(_, offset) | Self::Note(_, offset) => offset,
        }
    }
}

/// All bookmarks and notes in the order of the text.
pub(crate) fn collect_annotations(saved: &SavedState) -> Vec<Annotation> {
    let bookmarks = saved.bookmarks.iter().map(|it| Annotation::Bookmark(*it.0, *it.1));
    let notes = saved.notes.iter().enumerate().map(|(number, it)| Annotation::Note(number, it.span.start));
    let mut items: Vec<Annotation> = bookmarks.chain(notes).collect();
    items.sort_by_key(|it| it.offset());
    items
}
