//! The rows of a picker: items, each on one row or more, under the headlines of their stories; and the notes beside them.

use ratatui::layout::Rect;

use crate::tui::app::App;
use crate::tui::app::panel::Placement;
use crate::tui::layout::list_selection::ListSelection;
use crate::tui::panels::picker::{Picker, PickerItem, PickerSource};
use crate::tui::text::width::display_width;

/// The column of the notes, if no text is longer, and the width of a row in columns from which it is kept.
const NOTE_COLUMN: usize = 24;
const MIN_WIDTH_FOR_COLUMNS: u16 = 50;

/// The columns of the marker before a text, and the gaps before a note and before a detail.
const MARKER_WIDTH: usize = 2;
const GAP: usize = 2;

/// The least columns in which a note is shown.
const MIN_NOTE_WIDTH: u16 = 8;

/// The least columns in which the beginning of a note is shown; the status bar has the whole note of the selected item.
const MIN_CUT_NOTE_WIDTH: u16 = 20;

/// How the notes of a list are shown. In a narrow list all rows have one, or none has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoteForm {
    Whole,
    Short,
    /// Each as it fits: whole, short or cut.
    Fitting,
    /// Cut, on a page of its own.
    Cut,
    Absent,
}

impl NoteForm {
    /// The note of an item in a width in columns; empty without one.
    pub(super) fn note_of<T>(self, item: &PickerItem<T>, width: u16) -> &str {
        let fits = |it: &&str| display_width(it) <= usize::from(width);
        let short = if item.short_note.is_empty() { &item.note } else { &item.short_note };
        match self {
            Self::Whole => &item.note,
            Self::Short => short,
            Self::Fitting => {
                let fitting = [&*item.note, short].into_iter().find(fits);
                fitting.unwrap_or(if width < MIN_CUT_NOTE_WIDTH { "" } else { &item.note })
            }
            Self::Cut if width >= MIN_NOTE_WIDTH => &item.note,
            Self::Cut | Self::Absent => "",
        }
    }
}

/// A visible row of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PickerRow {
    /// The headline of a story above its items.
    Story(usize),
    /// A row of an item: its index among the matching items, and which of its rows.
    Item(usize, usize),
}

/// How the notes of a list are shown, and the column at which they begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NoteLayout {
    pub(super) form: NoteForm,
    column: usize,
}

impl<S: PickerSource> Picker<S> {
    /// How the notes are shown in a list of `width` columns.
    pub(super) fn note_layout(&self, app: &App, width: u16) -> NoteLayout {
        let layout = |form, column| NoteLayout { form, column };
        let items = || (0..self.matching.len()).filter_map(|it| self.item_at(it));
        if items().all(|it| it.note.is_empty()) {
            return layout(NoteForm::Absent, 0);
        }
        let is_wide = width >= MIN_WIDTH_FOR_COLUMNS;
        if self.source.placement() == Placement::FullPage {
            return layout(NoteForm::Cut, if is_wide { NOTE_COLUMN } else { 0 });
        }
        let longest = items().map(|it| display_width(&it.text)).max().unwrap_or_default();
        let column = (longest + GAP).max(if is_wide { NOTE_COLUMN } else { 0 });
        let fits = |form: &NoteForm| {
            items().all(|it| {
                let columns = self.note_width(app, it, width, column);
                display_width(form.note_of(it, columns)) <= usize::from(columns)
            })
        };
        match [NoteForm::Whole, NoteForm::Short].into_iter().find(fits) {
            Some(form) => layout(form, column),
            // A long text pushes only its own note to the right.
            None if is_wide => layout(NoteForm::Fitting, column.min(usize::from(width) / 2)),
            None => layout(NoteForm::Absent, 0),
        }
    }

    /// The columns of the note of an item in a row of `width` columns.
    pub(super) fn note_columns(
        &self,
        app: &App,
        item: &PickerItem<S::Target>,
        width: u16,
        notes: NoteLayout,
    ) -> u16 {
        self.note_width(app, item, width, notes.column)
    }

    /// The columns of a note that begins at a column of the text, or after a longer text.
    fn note_width(&self, app: &App, item: &PickerItem<S::Target>, width: u16, column: usize) -> u16 {
        let right = display_width(&self.fitting_detail(app, item, width)) + GAP;
        let before = MARKER_WIDTH + (display_width(&item.text) + GAP).max(column);
        width.saturating_sub(u16::try_from(before + right).unwrap_or(u16::MAX))
    }

    /// The longest text for the right end of a row that leaves half of it to the text of its item; empty without one.
    pub(super) fn fitting_detail(&self, app: &App, item: &PickerItem<S::Target>, width: u16) -> String {
        let details = self.source.details(app, item);
        let half = usize::from(width) / 2;
        details.into_iter().find(|it| display_width(it) <= half).unwrap_or_default()
    }

    /// The rows that the list shows in its area; the selected item is among them.
    pub(super) fn visible_rows(&self, app: &App, list: Rect) -> Vec<PickerRow> {
        let height = usize::from(list.height);
        if self.source.columns().is_empty() {
            return self.arrange_rows(height, |_| 1);
        }
        let layout = self.layout(app, list.width);
        self.arrange_rows(height, |item| self.text_rows(app, item, &layout).len())
    }

    /// The rows that a list of `height` rows shows; `rows_of` tells how many an item takes.
    pub(super) fn arrange_rows(
        &self,
        height: usize,
        rows_of: impl Fn(&PickerItem<S::Target>) -> usize,
    ) -> Vec<PickerRow> {
        // Items that are farther from the selected one have no room beside it.
        let chosen = self.selected.item();
        let (from, to) = (chosen.saturating_sub(height), (chosen + height + 1).min(self.matching.len()));
        let mut rows = Vec::new();
        let mut story = from.checked_sub(1).and_then(|it| self.item_at(it)?.under_story);
        let mut selected = 0;
        for number in from..to {
            let Some(item) = self.item_at(number) else { break };
            if let Some(under) = item.under_story
                && story.replace(under) != Some(under)
            {
                rows.push(PickerRow::Story(under));
            }
            if number == chosen {
                selected = rows.len();
            }
            rows.extend((0..rows_of(item)).map(|row| PickerRow::Item(number, row)));
        }
        let first = ListSelection::new(selected).top_row(rows.len(), height);
        rows.into_iter().skip(first).take(height).collect()
    }
}
