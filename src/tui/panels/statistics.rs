//! The statistics of a story: labels, values, and bars for shares.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::tui::app::panel::{KeyHint, Panel, Placement, ROWS_PER_NOTCH, Response, hint};
use crate::tui::app::{App, RootView};
use crate::tui::input::action::Action;
use crate::tui::input::keymap::Mode;
use crate::tui::layout::list_selection::{row_delta, top_row_after_scroll};
use crate::tui::open_story::statistics::{Statistics, StatisticsRow};
use crate::tui::view::side_rows::share_bar;
use crate::tui::view::{draw_text, draw_text_right, skip_columns};

/// The columns of the labels.
const NAME_WIDTH: u16 = 18;

/// The width of the panel in columns, at most.
const MAX_WIDTH: u16 = 96;

/// The width of the panel in columns from which it has bars.
const MIN_WIDTH_FOR_BARS: u16 = 60;

/// The columns of a bar, on a screen that is wide enough.
const BAR_WIDTH: u16 = 20;

/// The statistics page.
struct StatisticsPanel {
    statistics: Statistics,
    /// The first visible row.
    top: usize,
}

impl App {
    pub(crate) fn open_statistics(&mut self) {
        let statistics = Statistics::new(self.current_story());
        self.open_panel(StatisticsPanel { statistics, top: 0 });
    }
}

impl Panel for StatisticsPanel {
    fn mode(&self) -> Mode {
        Mode::Statistics
    }

    fn placement(&self) -> Placement {
        Placement::FullPage
    }

    fn update(&mut self, app: &mut App, action: Action) -> Response {
        if action == Action::Cancel {
            return Response::Close;
        }
        let height = usize::from(app.panes.body.height);
        if let Some(by) = row_delta(action, height) {
            self.top = top_row_after_scroll(self.top, by, self.statistics.rows.len(), height);
        }
        Response::Stay
    }

    fn draw(&self, view: RootView, buf: &mut Buffer) {
        view.draw_statistics(&self.statistics, self.top, view.app.panes.body, buf);
    }

    fn hints(&self, _app: &App) -> Vec<KeyHint> {
        vec![hint(Action::Cancel, "close"), hint(Action::Forward, "scroll")]
    }

    fn rows_per_notch(&self) -> usize {
        ROWS_PER_NOTCH
    }
}

impl RootView<'_> {
    /// Draws the statistics from the row `top` on.
    fn draw_statistics(&self, statistics: &Statistics, top: usize, body: Rect, buf: &mut Buffer) {
        let width = body.width.saturating_sub(4).min(MAX_WIDTH);
        let bar_width = if width >= MIN_WIDTH_FOR_BARS { BAR_WIDTH } else { 0 };
        for (row, line) in statistics.rows.iter().skip(top).zip(body.rows()) {
            let line = Rect { width, ..skip_columns(line, 2) };
            match row {
                StatisticsRow::Gap => {}
                StatisticsRow::Heading(title) => {
                    draw_text(title, line, self.theme.headline.0, buf);
                }
                StatisticsRow::Fact(label, value) => {
                    draw_text(label, first_columns(line, NAME_WIDTH), self.theme.secondary.0, buf);
                    draw_text(value, skip_columns(line, NAME_WIDTH), self.theme.text.0, buf);
                }
                StatisticsRow::Share(label, value, share) => {
                    draw_text(label, first_columns(line, NAME_WIDTH), self.theme.secondary.0, buf);
                    let rest = self.draw_share(*share, bar_width, line, buf);
                    draw_text(value, skip_columns(rest, NAME_WIDTH), self.theme.text.0, buf);
                }
                StatisticsRow::Speaker(number, counts, share) => {
                    let Some(findings) = self.app.current_story().findings() else { return };
                    let rest = self.draw_share(*share, bar_width, line, buf);
                    let rest = draw_text_right(&format!("{counts}  "), rest, self.theme.text.0, buf);
                    let label = format!("{:>2} ", findings.speakers[*number].label());
                    let taken = draw_text(&label, rest, self.speaker_style(*number, findings), buf);
                    let name = findings.speaker_name(*number);
                    draw_text(name, skip_columns(rest, taken), self.theme.text.0, buf);
                }
            }
        }
    }

    /// Draws a bar for a share at the right end of a row, and returns the rest of the row.
    fn draw_share(&self, share: f64, columns: u16, row: Rect, buf: &mut Buffer) -> Rect {
        draw_text_right(&share_bar(share, columns), row, self.theme.key.0, buf);
        Rect { width: row.width.saturating_sub(columns), ..row }
    }
}

/// Returns the first columns of a row.
fn first_columns(row: Rect, columns: u16) -> Rect {
    Rect { width: columns.min(row.width), ..row }
}
