//! A picker: its input, and under it the matching items, with story headlines above quotes.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::tui::overlay::picker::{Picker, PickerKind, PickerRow, list_area};
use crate::tui::text::width::display_width;
use crate::tui::view::{RootView, draw_text, draw_text_right, skip_columns};

impl RootView<'_> {
    pub(crate) fn draw_picker(&self, chooser: &Picker, buf: &mut Buffer) {
        let area = chooser.area(&self.app.panes);
        let rows: Vec<Rect> = list_area(area).rows().collect();
        let head = Rect { y: area.y, height: area.height.min(1), ..list_area(area) };
        if !head.is_empty() {
            let (matching, all) = chooser.counts();
            let count = if matching == all { all.to_string() } else { format!("{matching} of {all}") };
            let rest = draw_text_right(&count, head, self.theme.secondary.0, buf);
            let taken = draw_text(&chooser.kind.title(), rest, self.theme.tab.0, buf);
            self.draw_text_input(&chooser.input, skip_columns(rest, taken), buf);
        }
        if chooser.counts().0 == 0 {
            if let Some(row) = rows.first() {
                draw_text(chooser.kind.nothing(), *row, self.theme.secondary.0, buf);
            }
            return;
        }
        for (seen, row) in chooser.visible_rows(rows.len()).into_iter().zip(rows) {
            match seen {
                PickerRow::Story(story) => {
                    draw_text(&self.app.headline(story), row, self.theme.heading.0, buf);
                }
                PickerRow::Item(place) => self.draw_picker_item(chooser, place, row, buf),
            }
        }
    }

    /// `▸ next quote                ]q`
    fn draw_picker_item(&self, chooser: &Picker, place: usize, row: Rect, buf: &mut Buffer) {
        let Some(choice) = chooser.item_at(place) else { return };
        // The text keeps half of the row.
        let half = usize::from(row.width) / 2;
        let right = choice.details.iter().find(|it| display_width(it) <= half).map_or("", String::as_str);
        let ink =
            if chooser.kind == PickerKind::Commands { self.theme.key.0 } else { self.theme.secondary.0 };
        let rest = draw_text_right(right, row, ink, buf);
        let rest = Rect { width: rest.width.saturating_sub(2), ..rest };
        let chosen = chooser.selected.item() == place;
        let taken = draw_text(if chosen { "▸ " } else { "  " }, rest, self.theme.key.0, buf);
        draw_text(&choice.text, skip_columns(rest, taken), self.theme.text.0, buf);
        if chosen {
            self.highlight_row(row, buf);
        }
    }
}
