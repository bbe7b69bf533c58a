//! The table of a picker, and the preview of the selected item beside it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::tui::app::{App, RootView};
use crate::tui::panels::picker::{Picker, PickerItem, PickerSource, list_area};
use crate::tui::text::wrap::wrap_words;
use crate::tui::view::{draw_text, draw_text_right, skip_columns};

/// The columns between two cells of a table.
const CELL_GAP: u16 = 2;

/// The width of a picker in columns from which it has a preview; the columns of the preview, and those before it.
const MIN_WIDTH_FOR_PREVIEW: u16 = 110;
const MAX_PREVIEW_WIDTH: u16 = 66;
const PREVIEW_GAP: u16 = 4;

/// A column of a table.
pub(crate) struct TableColumn {
    pub(crate) title: &'static str,
    /// The width of the column.
    pub(crate) width: u16,
    /// Whether its cells are aligned right.
    pub(crate) is_number: bool,
}

/// What is shown of the selected item beside the list.
pub(crate) struct Preview {
    pub(crate) title: String,
    pub(crate) note: String,
    pub(crate) text: String,
}

impl<S: PickerSource> Picker<S> {
    /// Draws the cells of a row, each in its column, and returns the rest of the row.
    pub(super) fn draw_cells<'a>(
        &self,
        cells: impl Fn(usize) -> &'a str,
        row: Rect,
        style: Style,
        buf: &mut Buffer,
    ) -> Rect {
        let mut right = row.right();
        for place in self.shown_columns(row.width).rev() {
            let width = self.source.columns()[place].width;
            right -= width;
            let cell = Rect { x: right, width, ..row };
            if self.source.columns()[place].is_number {
                draw_text_right(cells(place), cell, style, buf);
            } else {
                draw_text(cells(place), cell, style, buf);
            }
            right -= CELL_GAP;
        }
        Rect { width: right - row.x, ..row }
    }

    /// Draws `▸ 3 The last ferry      Ell Gazette   3 March        4       9`.
    pub(super) fn draw_table_row(
        &self,
        view: RootView,
        item: &PickerItem<S::Target>,
        is_selected: bool,
        row: Rect,
        buf: &mut Buffer,
    ) {
        let cells = self.source.cells(view.app, &item.target);
        let cell = |place: usize| cells.get(place).map_or("", String::as_str);
        let rest = self.draw_cells(cell, row, view.theme.secondary.0, buf);
        let taken = draw_text(if is_selected { "▸ " } else { "  " }, rest, view.theme.key.0, buf);
        draw_text(&item.text, skip_columns(rest, taken), view.theme.text.0, buf);
        if is_selected {
            view.highlight_row(row, buf);
        }
    }

    /// Draws the preview of the selected item.
    pub(super) fn draw_preview(&self, view: RootView, area: Rect, buf: &mut Buffer) {
        let preview = self.selected_item().and_then(|it| self.source.preview(view.app, &it.target));
        let Some(preview) = preview.filter(|_| !area.is_empty()) else { return };
        let width = usize::from(area.width);
        let title = wrap_words(&preview.title, width).into_iter().map(|it| (it, view.theme.title.0));
        let note = (preview.note, view.theme.secondary.0);
        let text =
            preview.text.lines().flat_map(|it| wrap_words(it, width).into_iter().chain([String::new()]));
        let text = text.map(|it| (it, view.theme.text.0));
        let gap = (String::new(), view.theme.text.0);
        for ((words, style), row) in title.chain([note, gap]).chain(text).zip(area.rows()) {
            draw_text(&words, row, style, buf);
        }
    }

    /// The columns of the table that leave three fifths of a row to the texts; the first ones give way.
    fn shown_columns(&self, width: u16) -> std::ops::Range<usize> {
        let columns = self.source.columns();
        let taken = |first: usize| columns[first..].iter().map(|it| it.width + CELL_GAP).sum::<u16>();
        let first = (0..columns.len()).find(|it| taken(*it) <= width * 2 / 5).unwrap_or(columns.len());
        first..columns.len()
    }

    /// The list, and the area of the preview beside it; that is empty in a narrow picker and in one without a preview.
    pub(super) fn areas(&self, app: &App) -> (Rect, Rect) {
        let area = list_area(self.area(&app.panes));
        let has_preview = area.width >= MIN_WIDTH_FOR_PREVIEW
            && self.selected_item().is_some_and(|it| self.source.preview(app, &it.target).is_some());
        if !has_preview {
            return (area, Rect::default());
        }
        let width = (area.width * 2 / 5).min(MAX_PREVIEW_WIDTH);
        let list = Rect { width: area.width - width - PREVIEW_GAP, ..area };
        (list, Rect { x: list.right() + PREVIEW_GAP, width, ..area })
    }
}
