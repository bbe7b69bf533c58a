//! The panel that says why a quote is its speaker's, in the place of the side pane.

use ratatui::buffer::Buffer;

use crate::tui::overlay::explanation::{indent, laid};
use crate::tui::view::{Screen, after, put};

impl Screen<'_> {
    pub(crate) fn why(&self, top: usize, buf: &mut Buffer) {
        let (head, panel) = (self.app.panes.tabs(), self.app.panes.panel());
        put("Why this speaker?", head, self.theme.tab.0, buf);
        let width = usize::from(panel.width);
        let facts = self.app.facts();
        if facts.is_empty() {
            put("No quote is here.", panel, self.theme.faint.0, buf);
        }
        for ((label, words), row) in laid(&facts, width).iter().skip(top).zip(panel.rows()) {
            put(label, row, self.theme.faint.0, buf);
            put(words, after(row, indent(width) as u16), self.theme.text.0, buf);
        }
    }
}
