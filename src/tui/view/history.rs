//! The reading history.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::storage::HistoryEntry;
use crate::tui::overlay::history::History;
use crate::tui::view::{RootView, draw_text, draw_text_right, skip_columns};

impl RootView<'_> {
    pub(crate) fn draw_history(&self, history: &History, body: Rect, buf: &mut Buffer) {
        let mut rows = skip_columns(body, 2).rows();
        if let Some(row) = rows.next() {
            draw_text("Reading history", row, self.theme.tab.0, buf);
        }
        rows.next();
        let height = usize::from(body.height.saturating_sub(2));
        for (number, row) in history.visible_range(height).zip(rows) {
            let row = Rect { width: row.width.saturating_sub(2), ..row };
            let chosen = number == history.selected.item();
            draw_text(if chosen { "▸" } else { " " }, row, self.theme.key.0, buf);
            self.draw_history_entry(&history.entries[number], skip_columns(row, 2), buf);
            if chosen {
                self.highlight_row(row, buf);
            }
        }
    }

    /// `The last ferry · Harbour Gazette        2 notes  100 %  3 May`
    fn draw_history_entry(&self, past: &HistoryEntry, row: Rect, buf: &mut Buffer) {
        let notes = match past.note_count {
            0 => String::new(),
            1 => "1 note".into(),
            more => format!("{more} notes"),
        };
        let right = if row.width < 60 {
            format!(" {}", past.day)
        } else {
            format!(" {notes}  {:>3} %  {:>12}", past.percent_read, past.day)
        };
        let rest = draw_text_right(&right, row, self.theme.secondary.0, buf);
        let taken = draw_text(&past.title, rest, self.theme.text.0, buf);
        let name = |it: &String| it.rsplit('/').next().unwrap_or(it).to_string();
        let source = past.outlet.clone().or_else(|| past.source.as_ref().map(name)).unwrap_or_default();
        if !source.is_empty() {
            let source_area = skip_columns(rest, taken);
            draw_text(&format!(" · {source}"), source_area, self.theme.secondary.0, buf);
        }
    }
}
