//! The help page: keys and signs in as many columns as there is room for.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Screen, after, put};
use crate::reader::help::HelpRow;
use crate::reader::measure::columns;

impl Screen<'_> {
    pub(super) fn help(&self, top: usize, body: Rect, buf: &mut Buffer) {
        let all = self.app.help.columns(usize::from(body.width));
        let width = body.width / all.len() as u16;
        // The keys of a narrow page leave the words at least half of it.
        let keys = all.iter().flat_map(|it| it.iter()).map(|it| match it {
            HelpRow::Keys(keys, _) => columns(keys),
            _ => 0,
        });
        let keys = (keys.max().unwrap_or_default() as u16 + 2).min(width / 2);
        for (number, rows) in all.iter().enumerate() {
            let column = Rect { x: body.x + width * number as u16, width, ..body };
            for (row, line) in rows.iter().skip(top).zip(after(column, 2).rows()) {
                match row {
                    HelpRow::Gap => {}
                    HelpRow::Heading(words) => {
                        put(words, line, self.theme.headline.0, buf);
                    }
                    HelpRow::Keys(names, words) => {
                        put(names, Rect { width: keys - 1, ..line }, self.theme.key.0, buf);
                        put(
                            words,
                            Rect { width: after(line, keys).width.saturating_sub(1), ..after(line, keys) },
                            self.theme.text.0,
                            buf,
                        );
                    }
                    HelpRow::Sign(sign, words) => {
                        put(sign, line, self.theme.key.0, buf);
                        put(words, after(line, keys), self.theme.text.0, buf);
                    }
                }
            }
        }
    }
}
