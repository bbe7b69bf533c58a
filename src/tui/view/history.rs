//! The list of stories read before.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::storage::Past;
use crate::tui::overlay::history::History;
use crate::tui::view::{Screen, after, put, put_right};

impl Screen<'_> {
    pub(crate) fn history(&self, history: &History, body: Rect, buf: &mut Buffer) {
        let mut rows = after(body, 2).rows();
        if let Some(row) = rows.next() {
            put("Stories that you have read", row, self.theme.tab.0, buf);
        }
        rows.next();
        let height = usize::from(body.height.saturating_sub(2));
        for (number, row) in history.window(height).zip(rows) {
            let row = Rect { width: row.width.saturating_sub(2), ..row };
            let chosen = number == history.chosen;
            put(if chosen { "▸" } else { " " }, row, self.theme.key.0, buf);
            self.past(&history.past[number], after(row, 2), buf);
            if chosen {
                self.choose(row, buf);
            }
        }
    }

    /// `The last ferry · Harbour Gazette        2 notes  100 %  3 May`
    fn past(&self, past: &Past, row: Rect, buf: &mut Buffer) {
        let notes = match past.notes {
            0 => String::new(),
            1 => "1 note".into(),
            more => format!("{more} notes"),
        };
        let right = if row.width < 60 {
            format!(" {}", past.day)
        } else {
            format!(" {notes}  {:>3} %  {:>12}", past.share, past.day)
        };
        let rest = put_right(&right, row, self.theme.faint.0, buf);
        let taken = put(&past.title, rest, self.theme.text.0, buf);
        let name = |it: &String| it.rsplit('/').next().unwrap_or(it).to_string();
        let source = past.outlet.clone().or_else(|| past.source.as_ref().map(name)).unwrap_or_default();
        if !source.is_empty() {
            let room = after(rest, taken);
            put(&format!(" · {source}"), room, self.theme.faint.0, buf);
        }
    }
}
