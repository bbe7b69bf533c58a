//! The story in figures: a row each, with a bar where it is a share.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::tui::open_story::statistics::{Statistics, StatisticsRow};
use crate::tui::view::side_rows::share_bar;
use crate::tui::view::{RootView, draw_text, draw_text_right, skip_columns};

/// The columns of what a figure is.
const NAME_WIDTH: u16 = 18;

/// The columns of a bar on a screen that has room for it.
const BAR_WIDTH: u16 = 20;

impl RootView<'_> {
    pub(crate) fn draw_statistics(&self, statistics: &Statistics, top: usize, body: Rect, buf: &mut Buffer) {
        let width = body.width.saturating_sub(4).min(96);
        let bars = if width >= 60 { BAR_WIDTH } else { 0 };
        for (figure, line) in statistics.rows.iter().skip(top).zip(body.rows()) {
            let line = Rect { width, ..skip_columns(line, 2) };
            match figure {
                StatisticsRow::Gap => {}
                StatisticsRow::Heading(words) => {
                    draw_text(words, line, self.theme.headline.0, buf);
                }
                StatisticsRow::Fact(name, words) => {
                    draw_text(
                        name,
                        Rect { width: NAME_WIDTH.min(line.width), ..line },
                        self.theme.secondary.0,
                        buf,
                    );
                    draw_text(words, skip_columns(line, NAME_WIDTH), self.theme.text.0, buf);
                }
                StatisticsRow::Share(name, words, share) => {
                    draw_text(
                        name,
                        Rect { width: NAME_WIDTH.min(line.width), ..line },
                        self.theme.secondary.0,
                        buf,
                    );
                    let rest = self.draw_share(*share, bars, line, buf);
                    draw_text(words, skip_columns(rest, NAME_WIDTH), self.theme.text.0, buf);
                }
                StatisticsRow::Speaker(number, words, share) => {
                    let Some(findings) = self.app.current_story().findings() else { return };
                    let rest = self.draw_share(*share, bars, line, buf);
                    let rest = draw_text_right(&format!("{words} words  "), rest, self.theme.text.0, buf);
                    let hue = self.speaker_style(*number, findings);
                    let taken =
                        draw_text(&format!("{:>2} ", findings.speakers[*number].label()), rest, hue, buf);
                    draw_text(
                        findings.speaker_name(*number),
                        skip_columns(rest, taken),
                        self.theme.text.0,
                        buf,
                    );
                }
            }
        }
    }

    /// A bar at the right end of a row; the row before it.
    fn draw_share(&self, share: f64, columns: u16, row: Rect, buf: &mut Buffer) -> Rect {
        draw_text_right(&share_bar(share, columns), row, self.theme.key.0, buf);
        Rect { width: row.width.saturating_sub(columns), ..row }
    }
}
