//! The list from which speakers are picked, in the place of the side pane.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Screen, after, put, put_right};
use crate::reader::picker::Picker;

impl Screen<'_> {
    pub(super) fn picker(&self, picker: &Picker, area: Rect, buf: &mut Buffer) {
        let Some(findings) = self.app.reading().findings() else { return };
        let mut rows = after(area, 2).rows();
        if let Some(row) = rows.next() {
            let taken = put("Whose quotes? ", row, self.theme.tab.0, buf);
            let rest = after(row, taken + 1);
            let taken = put(&picker.typed, rest, self.theme.text.0, buf);
            put(" ", after(rest, taken), self.theme.chosen.0, buf);
        }
        rows.next();
        let matching = picker.matching(findings);
        if matching.is_empty() {
            if let Some(row) = rows.next() {
                put("Nobody is called that.", row, self.theme.faint.0, buf);
            }
            return;
        }
        let height = usize::from(area.height.saturating_sub(2));
        let first = (picker.chosen + 1).saturating_sub(height);
        for ((number, speaker), row) in matching.iter().enumerate().skip(first).zip(rows) {
            let row = Rect { width: row.width.saturating_sub(1), ..row };
            let rest = put_right(
                &findings.speakers[*speaker].quotes.len().to_string(),
                row,
                self.theme.faint.0,
                buf,
            );
            let rest = Rect { width: rest.width.saturating_sub(1), ..rest };
            let picked = if picker.picked.contains(speaker) { "[×] " } else { "[ ] " };
            let taken = put(if number == picker.chosen { "▸ " } else { "  " }, rest, self.theme.key.0, buf);
            let rest = after(rest, taken);
            let taken = put(picked, rest, self.theme.text.0, buf);
            let rest = after(rest, taken);
            let taken = put(
                &format!("{} ", findings.speakers[*speaker].label()),
                rest,
                self.hue(*speaker, findings),
                buf,
            );
            put(findings.name(*speaker), after(rest, taken), self.theme.text.0, buf);
            if number == picker.chosen {
                self.choose(row, buf);
            }
        }
    }
}
