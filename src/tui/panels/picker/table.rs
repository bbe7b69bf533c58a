//! The table of a picker, and the preview of the selected item beside it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::tui::app::{App, RootView};
use crate::tui::panels::picker::{Picker, PickerItem, PickerSource, list_area};
use crate::tui::text::width::{display_width, truncate};
use crate::tui::text::wrap::wrap_words;
use crate::tui::view::{draw_text, draw_text_right, skip_columns};

/// The columns between two cells of a table.
const CELL_GAP: u16 = 2;

/// The width of a picker in columns from which it has a preview; the columns of the preview, and those before it.
const MIN_WIDTH_FOR_PREVIEW: u16 = 110;
const MAX_PREVIEW_WIDTH: u16 = 66;
const PREVIEW_GAP: u16 = 4;

/// The least rows of a preview below a list.
const MIN_PREVIEW_HEIGHT: u16 = 8;

/// The columns of the marker before the text of an item.
const MARKER_WIDTH: u16 = 2;

/// The rows that the text of an item takes, at most.
const MAX_TEXT_ROWS: usize = 3;

/// A column of a table.
pub(crate) struct TableColumn {
    pub(crate) title: &'static str,
    /// The width of the column.
    pub(crate) width: u16,
    /// Whether its cells are aligned right.
    pub(crate) is_number: bool,
}

/// The columns of a table that are shown in a row.
pub(super) struct TableLayout {
    /// The columns, the last one first.
    shown: Vec<usize>,
    /// The width of the row.
    width: u16,
    /// The width of all columns with the gaps before them.
    cells_width: u16,
}

/// What is shown of the selected item beside the list, or below it.
pub(crate) struct Preview {
    pub(crate) title: String,
    pub(crate) note: String,
    pub(crate) text: String,
}

impl Preview {
    /// Draws the title and the note, each whole, and as much of the text as the area holds.
    pub(crate) fn draw(&self, view: RootView, area: Rect, buf: &mut Buffer) {
        if area.is_empty() {
            return;
        }
        let width = usize::from(area.width);
        let wrap = |text: &str| if text.is_empty() { Vec::new() } else { wrap_words(text, width) };
        let title = wrap(&self.title).into_iter().map(|it| (it, view.theme.title.0));
        let note = wrap(&self.note).into_iter().map(|it| (it, view.theme.secondary.0));
        let text = self.text.lines().flat_map(|it| wrap_words(it, width).into_iter().chain([String::new()]));
        let text = text.map(|it| (it, view.theme.text.0));
        let gap = (String::new(), view.theme.text.0);
        for ((words, style), row) in title.chain(note).chain([gap]).chain(text).zip(area.rows()) {
            draw_text(&words, row, style, buf);
        }
    }

    /// Divides the area of a list into the list and the preview beside it; `None` if it is too narrow for both.
    pub(crate) fn divide(area: Rect) -> Option<(Rect, Rect)> {
        if area.width < MIN_WIDTH_FOR_PREVIEW {
            return None;
        }
        let width = (area.width * 2 / 5).min(MAX_PREVIEW_WIDTH);
        let list = Rect { width: area.width - width - PREVIEW_GAP, ..area };
        Some((list, Rect { x: list.right() + PREVIEW_GAP, width, ..area }))
    }
}

impl<S: PickerSource> Picker<S> {
    /// Draws the cells of a row, each in its column, and returns the rest of the row.
    pub(super) fn draw_cells<'a>(
        &self,
        layout: &TableLayout,
        cells: impl Fn(usize) -> &'a str,
        row: Rect,
        style: Style,
        buf: &mut Buffer,
    ) -> Rect {
        let mut right = row.right();
        for place in layout.shown.iter().copied() {
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
        layout: &TableLayout,
        (item, part, is_selected): (&PickerItem<S::Target>, usize, bool),
        row: Rect,
        buf: &mut Buffer,
    ) {
        let has_cells = part == 0 && self.source.has_cells(view.app, &item.target);
        let cells = if has_cells { self.source.cells(view.app, &item.target) } else { Vec::new() };
        let cell = |place: usize| cells.get(place).map_or("", String::as_str);
        let rest =
            if has_cells { self.draw_cells(layout, cell, row, view.theme.secondary.0, buf) } else { row };
        let marker = if is_selected && part == 0 { "▸ " } else { "  " };
        let taken = draw_text(marker, rest, view.theme.key.0, buf);
        let text = self.text_rows(view.app, item, layout).into_iter().nth(part).unwrap_or_default();
        draw_text(&text, skip_columns(rest, taken), view.theme.text.0, buf);
        if is_selected {
            view.highlight_marked_row(row, buf);
        }
    }

    /// Draws the preview of the selected item.
    pub(super) fn draw_preview(&self, view: RootView, area: Rect, buf: &mut Buffer) {
        let preview = self.selected_item().and_then(|it| self.source.preview(view.app, &it.target));
        if let Some(preview) = preview {
            preview.draw(view, area, buf);
        }
    }

    /// The columns of the table that leave three fifths of a row to the texts; the first ones give way.
    pub(super) fn layout(&self, app: &App, width: u16) -> TableLayout {
        let columns = self.source.columns();
        let mut layout = TableLayout { shown: Vec::new(), width, cells_width: 0 };
        for place in (0..columns.len()).rev().filter(|it| self.source.has_column(app, *it)) {
            let cells_width = layout.cells_width + columns[place].width + CELL_GAP;
            if cells_width > width * 2 / 5 {
                break;
            }
            layout.cells_width = cells_width;
            layout.shown.push(place);
        }
        layout
    }

    /// The text of an item in its rows. Its first word, a number, hangs before the others. What is longer than
    /// [`MAX_TEXT_ROWS`] is cut.
    pub(super) fn text_rows(
        &self,
        app: &App,
        item: &PickerItem<S::Target>,
        layout: &TableLayout,
    ) -> Vec<String> {
        let cells_width = if self.source.has_cells(app, &item.target) { layout.cells_width } else { 0 };
        let free = usize::from(layout.width.saturating_sub(cells_width + MARKER_WIDTH));
        let (number, text) = item.text.split_once(' ').unwrap_or(("", &item.text));
        let hang = if number.is_empty() { 0 } else { display_width(number) + 1 };
        let free = free.saturating_sub(hang).max(1);
        let mut lines = wrap_words(text, free);
        if lines.len() > MAX_TEXT_ROWS {
            let rest = lines.split_off(MAX_TEXT_ROWS - 1).join(" ");
            lines.push(truncate(&rest, free).into_owned());
        }
        let first = |line: &String| if hang == 0 { line.clone() } else { format!("{number} {line}") };
        let others = lines.iter().skip(1).map(|it| format!("{:hang$}{it}", ""));
        lines.first().map(first).into_iter().chain(others).collect()
    }

    /// The list, and the area of the preview: beside it in a wide picker, else below a short list; empty without a preview.
    pub(super) fn areas(&self, app: &App) -> (Rect, Rect) {
        let area = list_area(self.area(&app.panes));
        if self.selected_item().is_none_or(|it| self.source.preview(app, &it.target).is_none()) {
            return (area, Rect::default());
        }
        if let Some(areas) = Preview::divide(area) {
            return areas;
        }
        let used = self.visible_rows(app, area).len() as u16;
        // An empty row separates both.
        let free = area.height.saturating_sub(used + 1);
        if free < MIN_PREVIEW_HEIGHT {
            return (area, Rect::default());
        }
        let below = Rect { y: area.bottom() - free, height: free, ..skip_columns(area, MARKER_WIDTH) };
        (Rect { height: used, ..area }, below)
    }
}
