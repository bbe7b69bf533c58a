//! The statistics of a story: labels, values, and bars for shares.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::tui::app::panel::{KeyHint, Panel, Placement, ROWS_PER_NOTCH, Response, hint};
use crate::tui::app::{App, RootView};
use crate::tui::input::action::Action;
use crate::tui::input::keymap::Mode;
use crate::tui::layout::list_selection::top_row_after_action;
use crate::tui::open_story::statistics::{SpeakerStatistics, Statistics, StatisticsRow, quote_timeline};
use crate::tui::text::width::display_width;
use crate::tui::view::profile::mention_bar;
use crate::tui::view::side_rows::share_bar;
use crate::tui::view::{draw_text, skip_columns};

/// The columns of the labels.
const NAME_WIDTH: u16 = 18;

/// The columns of the values before a bar.
const VALUE_WIDTH: u16 = 32;

/// The width of the panel in columns, at most.
const MAX_WIDTH: u16 = 120;

/// The width of the panel in columns from which it has bars.
const MIN_WIDTH_FOR_BARS: u16 = 60;

/// The columns of a bar, on a screen that is wide enough.
const BAR_WIDTH: u16 = 20;

/// The columns of a speaker's name, at most, and of their number.
const MAX_SPEAKER_WIDTH: u16 = 36;
const NUMBER_WIDTH: u16 = 3;

/// The columns of a speaker's quotes, words and share.
const COUNTS_WIDTH: u16 = 20;

/// The columns of a speaker's bar.
const SPEAKER_BAR_WIDTH: u16 = 14;

/// The least columns of a line of where a speaker is quoted.
const MIN_TIMELINE_WIDTH: u16 = 16;

/// Where the columns of the speakers lie.
struct SpeakerColumns {
    name: u16,
    bar: u16,
    timeline: u16,
}

impl SpeakerColumns {
    fn new(width: u16) -> Self {
        let bar = if width >= MIN_WIDTH_FOR_BARS { SPEAKER_BAR_WIDTH } else { 0 };
        let free = width.saturating_sub(NUMBER_WIDTH + COUNTS_WIDTH + bar);
        let name =
            free.min(MAX_SPEAKER_WIDTH).min(free.saturating_sub(MIN_TIMELINE_WIDTH + 2).max(free.min(20)));
        let timeline = free.saturating_sub(name + 2);
        Self { name, bar, timeline: if timeline < MIN_TIMELINE_WIDTH { 0 } else { timeline } }
    }
}

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
        self.top = top_row_after_action(self.top, action, height, || self.statistics.rows.len());
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
        for (row, line) in statistics.rows.iter().skip(top).zip(body.rows()) {
            let line = Rect { width, ..skip_columns(line, 2) };
            match row {
                StatisticsRow::Gap => {}
                StatisticsRow::Heading(title) => {
                    draw_text(title, line, self.theme.headline.0, buf);
                }
                StatisticsRow::SpeakersHeading => self.draw_speakers_heading(line, buf),
                StatisticsRow::Fact(label, value) => {
                    draw_text(label, first_columns(line, NAME_WIDTH), self.theme.secondary.0, buf);
                    draw_text(value, skip_columns(line, NAME_WIDTH), self.theme.text.0, buf);
                }
                StatisticsRow::Share(label, value, share) => {
                    draw_text(label, first_columns(line, NAME_WIDTH - 1), self.theme.secondary.0, buf);
                    let value_area = skip_columns(line, NAME_WIDTH);
                    draw_text(value, value_area, self.theme.text.0, buf);
                    if width >= NAME_WIDTH + VALUE_WIDTH + BAR_WIDTH {
                        let bar = share_bar(*share, BAR_WIDTH);
                        draw_text(&bar, skip_columns(value_area, VALUE_WIDTH), self.theme.secondary.0, buf);
                    }
                }
                StatisticsRow::Speaker(speaker) => self.draw_speaker_row(speaker, line, buf),
            }
        }
    }

    fn draw_speakers_heading(&self, row: Rect, buf: &mut Buffer) {
        let columns = SpeakerColumns::new(row.width);
        // The words of a quote within a quote count for the outer one.
        let long = "Speakers, each word once";
        let has_room = usize::from(NUMBER_WIDTH + columns.name) > display_width(long);
        draw_text(if has_room { long } else { "Speakers" }, row, self.theme.headline.0, buf);
        let counts = skip_columns(row, NUMBER_WIDTH + columns.name);
        draw_text("quotes  words  share", counts, self.theme.secondary.0, buf);
        if columns.timeline > 0 {
            let timeline = skip_columns(counts, COUNTS_WIDTH + columns.bar + 2);
            draw_text("where in the story", timeline, self.theme.secondary.0, buf);
        }
    }

    /// Draws ` 1 Ann Lee      2     13   38 %  ━━━━━━━  ··▂··▄···`.
    fn draw_speaker_row(&self, counted: &SpeakerStatistics, row: Rect, buf: &mut Buffer) {
        let open_story = self.app.current_story();
        let Some(findings) = open_story.findings() else { return };
        let columns = SpeakerColumns::new(row.width);
        let hue = self.speaker_style(counted.speaker, findings);
        let label = format!("{:>2} ", findings.speakers[counted.speaker].label());
        draw_text(&label, row, hue, buf);
        let rest = skip_columns(row, NUMBER_WIDTH);
        let name = findings.speaker_name(counted.speaker);
        draw_text(name, first_columns(rest, columns.name.saturating_sub(1)), self.theme.text.0, buf);
        let rest = skip_columns(rest, columns.name);
        let counts = format!("{:>6}{:>7}{:>5} %", counted.quotes, counted.words, counted.percent);
        draw_text(&counts, rest, self.theme.text.0, buf);
        let rest = skip_columns(rest, COUNTS_WIDTH);
        draw_text(&share_bar(counted.share, columns.bar), rest, hue, buf);
        let rest = skip_columns(rest, columns.bar + 2);
        let width = usize::from(columns.timeline.min(rest.width));
        let places = quote_timeline(findings, &open_story.story, counted.speaker, width);
        let most = places.iter().copied().max().unwrap_or_default().max(2);
        for (x, count) in (rest.left()..rest.right()).zip(places) {
            let (symbol, style) =
                if count == 0 { ("·", self.theme.rule.0) } else { (mention_bar(count, most), hue) };
            buf.set_string(x, rest.y, symbol, style);
        }
    }
}

/// Returns the first columns of a row.
fn first_columns(row: Rect, columns: u16) -> Rect {
    Rect { width: columns.min(row.width), ..row }
}
