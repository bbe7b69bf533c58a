//! A picker: its input, and under it the matching items, with story headlines above quotes.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::tui::overlay::picker::{Picker, PickerKind, PickerRow, list_area};
use crate::tui::text::width::display_width;
use crate::tui::view::{RootView, draw_text, draw_text_right, skip_columns};

impl RootView<'_> {
    pub(crate) fn draw_picker(&self, picker: &Picker, buf: &mut Buffer) {
        let area = picker.area(&self.app.panes);
        let rows: Vec<Rect> = list_area(area).rows().collect();
        let head = Rect { y: area.y, height: area.height.min(1), ..list_area(area) };
        if !head.is_empty() {
            let (matching, all) = picker.counts();
            let count = if matching == all { all.to_string() } else { format!("{matching} of {all}") };
            let rest = draw_text_right(&count, head, self.theme.secondary.0, buf);
            let taken = draw_text(&picker.kind.title(), rest, self.theme.tab.0, buf);
            self.draw_text_input(&picker.input, skip_columns(rest, taken), buf);
        }
        if picker.counts().0 == 0 {
            if let Some(row) = rows.first() {
                draw_text(picker.kind.no_match_message(), *row, self.theme.secondary.0, buf);
            }
            return;
        }
        for (visible, row) in picker.visible_rows(rows.len()).into_iter().zip(rows) {
            match visible {
                PickerRow::Story(story) => {
                    draw_text(&self.app.headline(story), row, self.theme.heading.0, buf);
                }
                PickerRow::Item(number) => self.draw_picker_item(picker, number, row, buf),
            }
        }
    }

    /// `▸ next quote                ]q`
    fn draw_picker_item(&self, picker: &Picker, number: usize, row: Rect, buf: &mut Buffer) {
        let Some(item) = picker.item_at(number) else { return };
        // The text keeps half of the row.
        let half = usize::from(row.width) / 2;
        let right = item.details.iter().find(|it| display_width(it) <= half).map_or("", String::as_str);
        let style =
            if picker.kind == PickerKind::Commands { self.theme.key.0 } else { self.theme.secondary.0 };
        let rest = draw_text_right(right, row, style, buf);
        let rest = Rect { width: rest.width.saturating_sub(2), ..rest };
        let chosen = picker.selected.item() == number;
        let taken = draw_text(if chosen { "▸ " } else { "  " }, rest, self.theme.key.0, buf);
        draw_text(&item.text, skip_columns(rest, taken), self.theme.text.0, buf);
        if chosen {
            self.highlight_row(row, buf);
        }
    }
}
