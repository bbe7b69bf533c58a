//! The help page: keys and signs in as many columns as there is room for.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::tui::overlay::help::HelpRow;
use crate::tui::view::{Screen, after, put};

impl Screen<'_> {
    pub(crate) fn help(&self, top: usize, body: Rect, buf: &mut Buffer) {
        let laid = self.app.help.laid(usize::from(body.width));
        let width = body.width / laid.columns.len() as u16;
        let keys = laid.keys as u16;
        for (number, rows) in laid.columns.iter().enumerate() {
            let column = Rect { x: body.x + width * number as u16, width, ..body };
            for (row, line) in rows.iter().skip(top).zip(after(column, 2).rows()) {
                match row {
                    HelpRow::Gap => {}
                    HelpRow::Heading(words) => drop(put(words, line, self.theme.headline.0, buf)),
                    HelpRow::Keys(names, words) => {
                        put(names, Rect { width: keys.min(line.width), ..line }, self.theme.key.0, buf);
                        put(words, after(line, keys), self.theme.text.0, buf);
                    }
                }
            }
        }
    }
}
