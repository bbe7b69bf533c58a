//! The strip of the tour under the page.

use ratatui::buffer::Buffer;

use crate::tui::view::{RootView, draw_text, inset, skip_columns};

impl RootView<'_> {
    pub(crate) fn draw_tour(&self, buf: &mut Buffer) {
        let strip = inset(self.app.panes.strip);
        let rows = self.app.tour.rows(usize::from(strip.width));
        for (number, (row, text)) in strip.rows().zip(rows).enumerate() {
            // The number of the step comes before its text.
            let (head, text) =
                if number == 0 { text.split_once("  ").unwrap_or(("", &text)) } else { ("", &*text) };
            let taken = draw_text(head, row, self.theme.tab.0, buf);
            let gap = if taken == 0 { 0 } else { taken + 2 };
            draw_text(text, skip_columns(row, gap), self.theme.notice.0, buf);
        }
    }
}
