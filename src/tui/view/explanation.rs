//! The panel that explains an attribution, in the area of the side pane.

use ratatui::buffer::Buffer;

use crate::tui::overlay::explanation::{label_columns, wrap_rows};
use crate::tui::view::{RootView, draw_text, skip_columns};

impl RootView<'_> {
    pub(crate) fn draw_explanation(&self, top: usize, buf: &mut Buffer) {
        let (head, panel) = (self.app.panes.tabs(), self.app.panes.panel());
        draw_text("Why this speaker?", head, self.theme.tab.0, buf);
        let width = usize::from(panel.width);
        let rows = self.app.explanation_rows();
        if rows.is_empty() {
            draw_text("No quote here.", panel, self.theme.secondary.0, buf);
        }
        for ((label, text), row) in wrap_rows(&rows, width).iter().skip(top).zip(panel.rows()) {
            draw_text(label, row, self.theme.secondary.0, buf);
            draw_text(text, skip_columns(row, label_columns(width) as u16), self.theme.text.0, buf);
        }
    }
}
