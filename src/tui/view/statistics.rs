//! The story in figures: a row each, with a bar where it is a share.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::tui::open_story::statistics::{Figure, Statistics};
use crate::tui::view::side_rows::bar;
use crate::tui::view::{Screen, after, put, put_right};

/// The columns of what a figure is.
const NAME: u16 = 18;

/// The columns of a bar on a screen that has room for it.
const BAR: u16 = 20;

impl Screen<'_> {
    pub(crate) fn statistics(&self, statistics: &Statistics, top: usize, body: Rect, buf: &mut Buffer) {
        let width = body.width.saturating_sub(4).min(96);
        let bars = if width >= 60 { BAR } else { 0 };
        for (figure, line) in statistics.rows.iter().skip(top).zip(body.rows()) {
            let line = Rect { width, ..after(line, 2) };
            match figure {
                Figure::Gap => {}
                Figure::Heading(words) => {
                    put(words, line, self.theme.headline.0, buf);
                }
                Figure::Fact(name, words) => {
                    put(name, Rect { width: NAME.min(line.width), ..line }, self.theme.faint.0, buf);
                    put(words, after(line, NAME), self.theme.text.0, buf);
                }
                Figure::Share(name, words, share) => {
                    put(name, Rect { width: NAME.min(line.width), ..line }, self.theme.faint.0, buf);
                    let rest = self.share(*share, bars, line, buf);
                    put(words, after(rest, NAME), self.theme.text.0, buf);
                }
                Figure::Voice(number, words, share) => {
                    let Some(findings) = self.app.reading().findings() else { return };
                    let rest = self.share(*share, bars, line, buf);
                    let rest = put_right(&format!("{words} words  "), rest, self.theme.text.0, buf);
                    let hue = self.hue(*number, findings);
                    let taken = put(&format!("{:>2} ", findings.speakers[*number].label()), rest, hue, buf);
                    put(findings.name(*number), after(rest, taken), self.theme.text.0, buf);
                }
            }
        }
    }

    /// A bar at the right end of a row; the row before it.
    fn share(&self, share: f64, columns: u16, row: Rect, buf: &mut Buffer) -> Rect {
        put_right(&bar(share, columns), row, self.theme.key.0, buf);
        Rect { width: row.width.saturating_sub(columns), ..row }
    }
}
