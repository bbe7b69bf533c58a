//! The statistics of a story: labels, values, and bars for shares.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::text::{counted, grouped};
use crate::tui::app::panel::{KeyHint, Panel, Placement, ROWS_PER_NOTCH, Response, scrolled_page_hints};
use crate::tui::app::{App, RootView};
use crate::tui::input::action::Action;
use crate::tui::input::keymap::Mode;
use crate::tui::layout::list_selection::top_row_after_action;
use crate::tui::open_story::statistics::{SpeakerStatistics, Statistics, StatisticsRow, quote_timeline};
use crate::tui::text::width::display_width;
use crate::tui::view::profile::mention_bar;
use crate::tui::view::side_rows::share_bar;
use crate::tui::view::{centred, draw_text, draw_text_right, skip_columns};

/// The columns of the labels.
const NAME_WIDTH: u16 = 18;

/// The width of the panel in columns, at most.
const MAX_WIDTH: u16 = 220;

/// The width of the panel in columns from which the speakers stand beside the counts of the story; the columns of the
/// counts, and between both.
const MIN_WIDTH_FOR_COLUMNS: u16 = 140;
const MIN_COUNTS_WIDTH: u16 = 56;
const MAX_COUNTS_WIDTH: u16 = 76;
const COLUMN_GAP: u16 = 4;

/// The widths of a table in columns from which it has bars, and long ones; and the columns of all bars.
const MIN_WIDTH_FOR_BARS: u16 = 60;
const MIN_WIDTH_FOR_LONG_BARS: u16 = 110;
const BAR_WIDTHS: [u16; 3] = [24, 14, 8];

/// The columns of a speaker's name at least, and at most; and of their number.
const MIN_SPEAKER_WIDTH: u16 = 20;
const MAX_SPEAKER_WIDTH: u16 = 36;
const NUMBER_WIDTH: u16 = 3;

/// The columns of a share in per cent.
const PERCENT_WIDTH: u16 = 5;

/// The columns of a speaker's quotes and words.
const COUNTS_WIDTH: u16 = 15;

/// The least columns of a line of where a speaker is quoted, and the columns before it.
const MIN_TIMELINE_WIDTH: u16 = 15;
const TIMELINE_GAP: u16 = 2;

/// The widths of the columns of a table of shares: the label, the share in per cent, its bar; of a speaker also the
/// counts and where they are quoted.
#[derive(Clone, Copy)]
struct ShareColumns {
    /// The label, or the number and the name of a speaker.
    label: u16,
    bar: u16,
    timeline: u16,
}

impl ShareColumns {
    /// The columns in which names of `longest` columns are whole, if possible beside a line of where each is quoted. The
    /// bars give way to the names.
    fn new(width: u16, longest: u16) -> Self {
        // A space follows the name.
        let name = longest.saturating_add(1).clamp(MIN_SPEAKER_WIDTH, MAX_SPEAKER_WIDTH);
        let free = |bar: u16| width.saturating_sub(NUMBER_WIDTH + PERCENT_WIDTH + bar + COUNTS_WIDTH);
        let bars: &[u16] = match width {
            MIN_WIDTH_FOR_LONG_BARS.. => &BAR_WIDTHS,
            MIN_WIDTH_FOR_BARS.. => &BAR_WIDTHS[1..],
            _ => &[0],
        };
        let has_room = |bar: &u16| free(*bar) >= name + TIMELINE_GAP + MIN_TIMELINE_WIDTH;
        let bar = bars.iter().copied().find(has_room).unwrap_or(bars[bars.len() - 1]);
        let beside_timeline = free(bar).saturating_sub(TIMELINE_GAP + MIN_TIMELINE_WIDTH);
        if beside_timeline < MIN_SPEAKER_WIDTH {
            return Self { label: NUMBER_WIDTH + free(bar).min(MAX_SPEAKER_WIDTH), bar, timeline: 0 };
        }
        let name = name.min(beside_timeline);
        Self { label: NUMBER_WIDTH + name, bar, timeline: free(bar) - name - TIMELINE_GAP }
    }

    /// The columns of a table without speakers.
    fn of_counts(longest: u16) -> Self {
        Self { label: longest.clamp(NAME_WIDTH, MAX_SPEAKER_WIDTH) + 1, bar: BAR_WIDTHS[1], timeline: 0 }
    }

    /// The columns from the counts on.
    fn counts(self, row: Rect) -> Rect {
        skip_columns(row, self.label + PERCENT_WIDTH + self.bar)
    }
}

/// The statistics page.
struct StatisticsPanel {
    statistics: Statistics,
    /// The columns of the longest name of a speaker, and of the longest label of another share.
    longest_name: u16,
    longest_label: u16,
    /// The first visible row.
    top: usize,
    /// Whether the page begins at the top of the screen, because rows were to come when it was opened.
    is_at_top: bool,
}

impl App {
    pub(crate) fn open_statistics(&mut self) {
        self.open_panel(StatisticsPanel::new(self));
    }
}

impl StatisticsPanel {
    /// Computes the statistics of the current story.
    fn new(app: &App) -> Self {
        let statistics = Statistics::new(app.current_story(), app.read_to());
        let findings = app.current_story().findings();
        let name = |row: &StatisticsRow| match row {
            StatisticsRow::Speaker(it) => findings.map(|findings| findings.speaker_name(it.speaker)),
            _ => None,
        };
        let label = |row: &StatisticsRow| match row {
            StatisticsRow::Share(label, _, _) => Some(display_width(label)),
            _ => None,
        };
        let longest_name = statistics.rows.iter().filter_map(name).map(display_width).max();
        let longest_label = statistics.rows.iter().filter_map(label).max();
        let [longest_name, longest_label] =
            [longest_name, longest_label].map(|it| u16::try_from(it.unwrap_or_default()).unwrap_or(u16::MAX));
        let is_at_top = findings.is_none() || app.current_story().progress_note().is_some();
        Self { statistics, longest_name, longest_label, top: 0, is_at_top }
    }

    /// Returns the areas with the rows in them and the columns of their tables. On a wide screen the speakers stand
    /// beside the counts of the story.
    fn areas(&self, body: Rect) -> Vec<(Rect, Vec<&StatisticsRow>, ShareColumns)> {
        let width = body.width.saturating_sub(4).min(MAX_WIDTH);
        let area = Rect { width, ..skip_columns(body, 2) };
        let [left, right] = self.statistics.columns();
        let longest = self.longest_name.max(self.longest_label.saturating_sub(NUMBER_WIDTH));
        if width < MIN_WIDTH_FOR_COLUMNS || right.is_empty() {
            return vec![(area, self.statistics.rows.iter().collect(), ShareColumns::new(width, longest))];
        }
        let counts = Rect { width: (width * 2 / 5).clamp(MIN_COUNTS_WIDTH, MAX_COUNTS_WIDTH), ..area };
        let speakers = skip_columns(area, counts.width + COLUMN_GAP);
        vec![
            (counts, left, ShareColumns::of_counts(self.longest_label)),
            (speakers, right, ShareColumns::new(speakers.width, longest)),
        ]
    }

    /// The rows of the longest column.
    fn height(&self, body: Rect) -> usize {
        self.areas(body).iter().map(|it| it.1.len()).max().unwrap_or_default()
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
        let body = app.panes.body;
        self.top = top_row_after_action(self.top, action, body.height.into(), || self.height(body));
        Response::Stay
    }

    fn draw(&self, view: RootView, buf: &mut Buffer) {
        let body = view.app.panes.body;
        let height = self.height(body);
        let top = self.top.min(height.saturating_sub(body.height.into()));
        let key = (Action::PageForward, self.mode());
        let shown = view.draw_note_of_more(height - top, key, skip_columns(body, 2), buf).height;
        for (area, rows, columns) in
            self.areas(if self.is_at_top { body } else { centred(body, body.width, height) })
        {
            for (content, row) in rows.into_iter().skip(top).zip(area.rows().take(shown.into())) {
                view.draw_statistics_row(content, columns, row, buf);
            }
        }
    }

    fn describe(&self, app: &App) -> Option<String> {
        let mut lines: Vec<String> = Vec::new();
        for row in &self.statistics.rows {
            let line = match row {
                StatisticsRow::Gap => continue,
                StatisticsRow::Continuation(words) => {
                    if let Some(last) = lines.last_mut() {
                        last.extend([" ", words]);
                    }
                    continue;
                }
                StatisticsRow::Heading(title) => format!("{title}."),
                StatisticsRow::SpeakersHeading => "Speakers, of all quoted words.".into(),
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
            };
            lines.push(line);
        }
        Some(lines.join("\n").replace(" · ", ", "))
    }

    fn hints(&self, app: &App) -> Vec<KeyHint> {
        scrolled_page_hints(self.height(app.panes.body), app)
    }

    fn rows_per_notch(&self) -> usize {
        ROWS_PER_NOTCH
    }

    /// Counts again, since the analysis has arrived.
    fn refresh(&mut self, app: &mut App) {
        *self = Self { top: self.top, is_at_top: self.is_at_top, ..Self::new(app) };
    }
}

impl RootView<'_> {
    /// Draws a row of the statistics.
    fn draw_statistics_row(
        &self,
        content: &StatisticsRow,
        columns: ShareColumns,
        row: Rect,
        buf: &mut Buffer,
    ) {
        match content {
            StatisticsRow::Gap => {}
            StatisticsRow::Heading(title) => drop(draw_text(title, row, self.theme.headline.0, buf)),
            StatisticsRow::SpeakersHeading => self.draw_speakers_heading(columns, row, buf),
            StatisticsRow::Fact(label, value) => {
                draw_text(label, first_columns(row, NAME_WIDTH), self.theme.secondary.0, buf);
                draw_text(value, skip_columns(row, NAME_WIDTH), self.theme.text.0, buf);
            }
            StatisticsRow::Continuation(value) => {
                draw_text(value, skip_columns(row, NAME_WIDTH), self.theme.text.0, buf);
            }
            StatisticsRow::Share(label, value, share) => {
                self.draw_share(label, (value, *share), columns, row, buf);
            }
            StatisticsRow::Speaker(speaker) => self.draw_speaker_row(speaker, columns, row, buf),
        }
    }

    /// Draws `● direct      29 %  ━━━━━━━  8 quotes`.
    fn draw_share(
        &self,
        label: &str,
        (value, share): (&str, f64),
        columns: ShareColumns,
        row: Rect,
        buf: &mut Buffer,
    ) {
        draw_text(label, first_columns(row, columns.label - 1), self.theme.secondary.0, buf);
        let (percent, counts) = value.trim_start().split_once("  ").unwrap_or((value, ""));
        let rest = skip_columns(row, columns.label);
        draw_text_right(percent, first_columns(rest, PERCENT_WIDTH), self.theme.text.0, buf);
        let bar = share_bar(share, columns.bar);
        draw_text(&bar, skip_columns(rest, PERCENT_WIDTH), self.theme.secondary.0, buf);
        draw_text(counts, skip_columns(columns.counts(row), 2), self.theme.text.0, buf);
    }

    fn draw_speakers_heading(&self, columns: ShareColumns, row: Rect, buf: &mut Buffer) {
        // The words of a quote within a quote count for the outer one.
        let label = usize::from(columns.label);
        let titles = ["Speakers, of all quoted words", "Speakers, by words"];
        let title = titles.into_iter().find(|it| display_width(it) < label).unwrap_or("Speakers");
        draw_text(title, row, self.theme.headline.0, buf);
        let share = first_columns(skip_columns(row, columns.label), PERCENT_WIDTH);
        draw_text_right("share", share, self.theme.secondary.0, buf);
        let counts = columns.counts(row);
        draw_text(" quotes   words", counts, self.theme.secondary.0, buf);
        if columns.timeline > 0 {
            let timeline = skip_columns(counts, COUNTS_WIDTH + TIMELINE_GAP);
            let long = "where in the story";
            let has_room = usize::from(timeline.width) >= display_width(long);
            draw_text(if has_room { long } else { "where" }, timeline, self.theme.secondary.0, buf);
        }
    }

    /// Draws ` 1 Ann Lee      38 %  ━━━━━━━       2       13  ··▂··▄···`.
    fn draw_speaker_row(
        &self,
        counted: &SpeakerStatistics,
        columns: ShareColumns,
        row: Rect,
        buf: &mut Buffer,
    ) {
        let open_story = self.app.current_story();
        let Some(findings) = open_story.findings() else { return };
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
        let rest = skip_columns(counts, COUNTS_WIDTH + TIMELINE_GAP);
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
