//! The statistics of a story: labels, values, and bars for shares.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::text::{counted, grouped};
use crate::tui::app::panel::{KeyHint, Panel, Placement, ROWS_PER_NOTCH, Response, hint};
use crate::tui::app::{App, RootView};
use crate::tui::input::action::Action;
use crate::tui::input::keymap::Mode;
use crate::tui::layout::list_selection::top_row_after_action;
use crate::tui::open_story::statistics::{SpeakerStatistics, Statistics, StatisticsRow, quote_timeline};
use crate::tui::text::width::display_width;
use crate::tui::view::profile::mention_bar;
use crate::tui::view::side_rows::share_bar;
use crate::tui::view::{draw_text, draw_text_right, skip_columns};

/// The columns of the labels.
const NAME_WIDTH: u16 = 18;

/// The width of the panel in columns, at most.
const MAX_WIDTH: u16 = 160;

/// The widths of the panel in columns from which it has bars, and long ones; and the columns of both.
const MIN_WIDTH_FOR_BARS: u16 = 60;
const BAR_WIDTH: u16 = 14;
const MIN_WIDTH_FOR_LONG_BARS: u16 = 110;
const LONG_BAR_WIDTH: u16 = 24;

/// The columns of a speaker's name beside a line of where they are quoted, at least; at most; and of their number.
const MIN_SPEAKER_WIDTH: u16 = 20;
const MAX_SPEAKER_WIDTH: u16 = 36;
const NUMBER_WIDTH: u16 = 3;

/// The columns of a share in per cent.
const PERCENT_WIDTH: u16 = 5;

/// The columns of a speaker's quotes and words.
const COUNTS_WIDTH: u16 = 15;

/// The least columns of a line of where a speaker is quoted.
const MIN_TIMELINE_WIDTH: u16 = 16;

/// The widths of the columns of all shares: the label, the share in per cent, its bar; of a speaker also the counts and
/// where they are quoted.
struct ShareColumns {
    /// The label, or the number and the name of a speaker.
    label: u16,
    bar: u16,
    timeline: u16,
}

impl ShareColumns {
    fn new(width: u16) -> Self {
        let bar = match width {
            MIN_WIDTH_FOR_LONG_BARS.. => LONG_BAR_WIDTH,
            MIN_WIDTH_FOR_BARS.. => BAR_WIDTH,
            _ => 0,
        };
        let free = width.saturating_sub(NUMBER_WIDTH + PERCENT_WIDTH + bar + COUNTS_WIDTH);
        let beside_timeline = free.saturating_sub(MIN_TIMELINE_WIDTH + 2);
        let has_timeline = beside_timeline >= MIN_SPEAKER_WIDTH;
        let name = if has_timeline { beside_timeline } else { free }.min(MAX_SPEAKER_WIDTH);
        let timeline = if has_timeline { free - name - 2 } else { 0 };
        Self { label: NUMBER_WIDTH + name, bar, timeline }
    }

    /// The columns from the counts on.
    fn counts(&self, row: Rect) -> Rect {
        skip_columns(row, self.label + PERCENT_WIDTH + self.bar)
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
        let statistics = Statistics::new(self.current_story(), self.read_to());
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

    fn describe(&self, app: &App) -> Option<String> {
        let lines = self.statistics.rows.iter().filter_map(|row| {
            Some(match row {
                StatisticsRow::Gap => return None,
                StatisticsRow::Heading(title) => format!("{title}."),
                StatisticsRow::SpeakersHeading => "Speakers, each word counted once.".into(),
                StatisticsRow::Fact(label, value) => format!("{label}: {value}"),
                StatisticsRow::Share(label, value, _) => {
                    let label = label.trim_start_matches(|it: char| !it.is_alphanumeric());
                    format!("{label}: {}", value.trim_start().replace(" %  ", " per cent, "))
                }
                StatisticsRow::Speaker(it) => format!(
                    "{}: {} per cent of the quoted words, {}, {}",
                    app.current_story().findings()?.speaker_name(it.speaker),
                    it.percent,
                    counted(it.quotes, "quote"),
                    counted(it.words, "word")
                ),
            })
        });
        Some(lines.collect::<Vec<_>>().join("\n").replace(" · ", ", "))
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
                StatisticsRow::Share(label, value, share) => self.draw_share(label, value, *share, line, buf),
                StatisticsRow::Speaker(speaker) => self.draw_speaker_row(speaker, line, buf),
            }
        }
    }

    /// Draws `● direct      29 %  ━━━━━━━  8 quotes`.
    fn draw_share(&self, label: &str, value: &str, share: f64, row: Rect, buf: &mut Buffer) {
        let columns = ShareColumns::new(row.width);
        draw_text(label, first_columns(row, columns.label - 1), self.theme.secondary.0, buf);
        let (percent, counts) = value.trim_start().split_once("  ").unwrap_or((value, ""));
        let rest = skip_columns(row, columns.label);
        draw_text_right(percent, first_columns(rest, PERCENT_WIDTH), self.theme.text.0, buf);
        let bar = share_bar(share, columns.bar);
        draw_text(&bar, skip_columns(rest, PERCENT_WIDTH), self.theme.secondary.0, buf);
        draw_text(counts, skip_columns(columns.counts(row), 2), self.theme.text.0, buf);
    }

    fn draw_speakers_heading(&self, row: Rect, buf: &mut Buffer) {
        let columns = ShareColumns::new(row.width);
        // The words of a quote within a quote count for the outer one.
        let long = "Speakers, each word once";
        let has_room = usize::from(columns.label) > display_width(long);
        draw_text(if has_room { long } else { "Speakers" }, row, self.theme.headline.0, buf);
        let share = first_columns(skip_columns(row, columns.label), PERCENT_WIDTH);
        draw_text_right("share", share, self.theme.secondary.0, buf);
        let counts = columns.counts(row);
        draw_text(" quotes   words", counts, self.theme.secondary.0, buf);
        if columns.timeline > 0 {
            let timeline = skip_columns(counts, COUNTS_WIDTH + 2);
            draw_text("where in the story", timeline, self.theme.secondary.0, buf);
        }
    }

    /// Draws ` 1 Ann Lee      38 %  ━━━━━━━       2       13  ··▂··▄···`.
    fn draw_speaker_row(&self, counted: &SpeakerStatistics, row: Rect, buf: &mut Buffer) {
        let open_story = self.app.current_story();
        let Some(findings) = open_story.findings() else { return };
        let columns = ShareColumns::new(row.width);
        let hue = self.speaker_style(counted.speaker, findings);
        let label = format!("{:>2} ", findings.speakers[counted.speaker].label());
        draw_text(&label, row, hue, buf);
        let name = findings.speaker_name(counted.speaker);
        let name_area = first_columns(row, columns.label - 1);
        draw_text(name, skip_columns(name_area, NUMBER_WIDTH), self.theme.text.0, buf);
        let rest = skip_columns(row, columns.label);
        draw_text(&format!("{:>3} %", counted.percent), rest, self.theme.text.0, buf);
        draw_text(&share_bar(counted.share, columns.bar), skip_columns(rest, PERCENT_WIDTH), hue, buf);
        let counts = columns.counts(row);
        let numbers = format!("{:>7}{:>8}", grouped(counted.quotes), grouped(counted.words));
        draw_text(&numbers, counts, self.theme.text.0, buf);
        let rest = skip_columns(counts, COUNTS_WIDTH + 2);
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
