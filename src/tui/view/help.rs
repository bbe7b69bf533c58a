//! The help page: keys and symbols in as many columns as fit.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::tui::overlay::help::HelpRow;
use crate::tui::view::{RootView, draw_text, skip_columns};

impl RootView<'_> {
    pub(crate) fn draw_help(&self, top: usize, body: Rect, buf: &mut Buffer) {
        let laid = self.app.help.layout(usize::from(body.width));
        let width = body.width / laid.columns.len() as u16;
        let keys = laid.key_columns as u16;
        for (number, rows) in laid.columns.iter().enumerate() {
            let column = Rect { x: body.x + width * number as u16, width, ..body };
            for (row, line) in rows.iter().skip(top).zip(skip_columns(column, 2).rows()) {
                match row {
                    HelpRow::Gap => {}
                    HelpRow::Heading(description) => {
                        draw_text(description, line, self.theme.headline.0, buf);
                    }
                    HelpRow::Keys(names, description) => {
                        draw_text(names, Rect { width: keys.min(line.width), ..line }, self.theme.key.0, buf);
                        draw_text(description, skip_columns(line, keys), self.theme.text.0, buf);
                    }
                }
            }
        }
    }
}
