//! Two speakers of the story side by side: how much they say, how they are quoted, where, and every quote.

use pullquote::analysis::QuoteKind;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::text::grouped;
use crate::tui::app::panel::{KeyHint, Panel, Placement, ROWS_PER_NOTCH, Response, scrolled_page_hints};
use crate::tui::app::{App, RootView};
use crate::tui::input::action::Action;
use crate::tui::input::keymap::Mode;
use crate::tui::layout::list_selection::top_row_after_action;
use crate::tui::open_story::OpenStory;
use crate::tui::open_story::citation::quote_beginning;
use crate::tui::open_story::findings::Findings;
use crate::tui::open_story::statistics::{count_verbs, percent, quote_timeline};
use crate::tui::style::symbols::kind_symbol;
use crate::tui::text::wrap::wrap_words;
use crate::tui::view::profile::mention_bar;
use crate::tui::view::{centred, draw_text, skip_columns};

/// The width in columns from which the speakers stand side by side.
const MIN_WIDTH_FOR_COLUMNS: u16 = 64;

/// The columns of one speaker, at most, and between the two.
const MAX_COLUMN_WIDTH: u16 = 72;
const GAP: u16 = 4;

/// The columns of the labels.
const LABEL_WIDTH: usize = 14;

/// The width of a column in which "% of all" fits behind every count.
const MIN_WIDTH_FOR_OF_ALL: usize = 34;

/// The label of a further row of a fact: a space.
const CONTINUED: &str = " ";

/// The columns of the symbol of a quote's kind.
const SYMBOL_WIDTH: usize = 2;

/// How many verbs are named.
const MAX_VERBS: usize = 4;

/// The longest quote that is shown, in characters.
const MAX_QUOTE_CHARS: usize = 2000;

/// The open comparison.
struct Comparison {
    /// The indices of the speakers.
    speakers: [usize; 2],
    /// The first visible row.
    top: usize,
}

/// A row of one speaker.
struct ComparisonRow {
    /// The label of a fact; empty for other rows.
    label: &'static str,
    text: String,
    /// The speaker whose hue the row has.
    speaker: usize,
    tone: RowTone,
}

/// How the text of a row is shown.
#[derive(Clone, Copy)]
enum RowTone {
    Plain,
    Secondary,
    Name,
    /// In the hue of the speaker.
    Hue,
    Quote(QuoteKind),
}

impl App {
    /// Asks with whom to compare the speaker here: the palette opens with the name of the first one.
    pub(crate) fn compare_speaker(&mut self) {
        let first = self.focused_speaker();
        let Some(findings) = self.current_story().findings() else { return };
        if findings.speakers.len() < 2 {
            return self.notify("There is only one speaker in this story");
        }
        let first = first.map_or_else(String::new, |it| format!("{}, ", findings.speaker_name(it)));
        self.open_palette_with(&format!("compare {first}"));
    }

    /// Shows two speakers of the story side by side.
    pub(crate) fn open_comparison(&mut self, speakers: [usize; 2]) {
        self.open_panel(Comparison { speakers, top: 0 });
    }
}

/// Returns the verbs that report the quotes of a speaker, the most frequent first: "said (3), told".
fn verbs(open_story: &OpenStory, findings: &Findings, speaker: usize) -> String {
    let quotes = findings.speakers[speaker].quotes.iter().copied();
    let named = count_verbs(findings, &open_story.story, quotes).into_iter().take(MAX_VERBS);
    let named =
        named.map(|(verb, count)| if count > 1 { format!("{verb} ({})", grouped(count)) } else { verb });
    let named: Vec<String> = named.collect();
    if named.is_empty() { "–".into() } else { named.join(", ") }
}

/// Returns the label of a kind of quote with its symbol.
const fn kind_fact(kind: QuoteKind) -> &'static str {
    match kind {
        QuoteKind::Direct => "● direct",
        QuoteKind::Mixed => "◐ partial",
        QuoteKind::Indirect => "○ paraphrase",
    }
}

/// Returns the rows of one speaker in a width in columns.
fn speaker_rows(open_story: &OpenStory, speaker: usize, width: usize) -> Vec<ComparisonRow> {
    let Some(findings) = open_story.findings() else { return Vec::new() };
    let Some(own) = findings.speakers.get(speaker) else { return Vec::new() };
    let plain = RowTone::Plain;
    // Shares as the statistics have them.
    let all = &findings.speakers;
    let words: Vec<usize> =
        all.iter().map(|it| findings.words_of(it.quotes.iter().copied(), &open_story.story)).collect();
    let quotes: Vec<usize> = all.iter().map(|it| it.quotes.len()).collect();
    let share = |counts: &[usize]| {
        let percent = percent(counts[speaker], counts.iter().sum());
        let of_all = if width >= MIN_WIDTH_FOR_OF_ALL { " of all" } else { "" };
        format!("{} · {percent} %{of_all}", grouped(counts[speaker]))
    };
    let of_kind =
        |kind| own.quotes.iter().filter(move |it| findings.quote(**it).is_some_and(|it| it.kind == kind));
    let places = quote_timeline(findings, &open_story.story, speaker, width.saturating_sub(LABEL_WIDTH));
    let most = places.iter().copied().max().unwrap_or_default().max(2);
    let timeline = places.into_iter().map(|it| if it == 0 { "·" } else { mention_bar(it, most) }).collect();
    let fact = |label, text, tone| ComparisonRow { label, text, speaker, tone };
    let mut rows = vec![
        fact("", format!("{} {}", own.label(), findings.speaker_name(speaker)), RowTone::Name),
        fact("", findings.entity_note(own.entity).to_string(), RowTone::Secondary),
        fact("", String::new(), plain),
        fact("Quotes", share(&quotes), plain),
        fact("Words", share(&words), plain),
    ];
    for kind in [QuoteKind::Direct, QuoteKind::Mixed, QuoteKind::Indirect] {
        rows.push(fact(kind_fact(kind), grouped(of_kind(kind).count()), plain));
    }
    let verbs = wrap_words(&verbs(open_story, findings, speaker), width.saturating_sub(LABEL_WIDTH).max(1));
    let verbs = verbs.into_iter().enumerate();
    rows.push(fact("Where", timeline, RowTone::Hue));
    rows.extend(
        verbs.map(|(number, words)| fact(if number == 0 { "Verbs" } else { CONTINUED }, words, plain)),
    );
    for number in &own.quotes {
        let Some(quote) = findings.quote(*number) else { continue };
        rows.push(fact("", String::new(), plain));
        let block =
            open_story.story.block_at(quote.extent().start).map_or(0, |it| open_story.paragraph_number(it));
        let beginning = quote_beginning(quote, open_story.story.text(), MAX_QUOTE_CHARS);
        // The words of a quote hang beside its symbol.
        let lines = wrap_words(&format!("{beginning}  ¶{block}"), width.saturating_sub(SYMBOL_WIDTH).max(1));
        rows.extend(lines.into_iter().enumerate().map(|(number, words)| {
            let symbol = if number == 0 { kind_symbol(quote.kind) } else { " " };
            fact("", format!("{symbol} {words}"), RowTone::Quote(quote.kind))
        }));
    }
    rows
}

/// Returns what is known of one speaker in sentences, then each quote on a line with its paragraph.
fn spoken_rows(open_story: &OpenStory, speaker: usize) -> Vec<String> {
    let is_spoken = |row: &ComparisonRow| !row.text.is_empty() && !matches!(row.tone, RowTone::Hue);
    let rows = speaker_rows(open_story, speaker, usize::from(u16::MAX)).into_iter().filter(is_spoken);
    let spoken = |row: ComparisonRow| {
        let words = row.text.replace(" · ", ", ").replace(" %", " per cent");
        let words = match row.tone {
            RowTone::Name => words.split_once(' ').map_or(words.clone(), |it| it.1.to_string()),
            RowTone::Quote(kind) => {
                let words = words.trim_start_matches(kind_symbol(kind)).trim_start();
                format!("{kind}: {}", words.replace("  ¶", " Paragraph "))
            }
            _ => words,
        };
        let label = row.label.trim_start_matches(|it: char| !it.is_alphanumeric());
        if label.is_empty() { words } else { format!("{label}: {words}") }
    };
    rows.map(spoken).collect()
}

/// Returns the style of a row's text.
fn row_style(row: &ComparisonRow, findings: &Findings, view: RootView) -> Style {
    let hue = || view.speaker_style(row.speaker, findings);
    match row.tone {
        RowTone::Plain => view.theme.text.0,
        RowTone::Secondary => view.theme.secondary.0,
        RowTone::Hue => hue(),
        RowTone::Name => hue().patch(view.theme.turn_label.0.fg(hue().fg.unwrap_or_default())),
        RowTone::Quote(kind) => view.theme.text.0.patch(view.theme.quoted_style(hue(), kind)),
    }
}

/// Returns the areas of the two speakers; both are the whole width if it is small.
fn column_areas(body: Rect) -> [Rect; 2] {
    let inner = Rect { x: body.x + 2.min(body.width), width: body.width.saturating_sub(4), ..body };
    if body.width < MIN_WIDTH_FOR_COLUMNS {
        return [inner, inner];
    }
    let width = ((inner.width - GAP) / 2).min(MAX_COLUMN_WIDTH);
    let x = inner.x + (inner.width - 2 * width - GAP) / 2;
    [Rect { x, width, ..inner }, Rect { x: x + width + GAP, width, ..inner }]
}

impl Comparison {
    /// Returns for each speaker the area and the rows in it.
    fn columns(&self, app: &App) -> Vec<(Rect, Vec<ComparisonRow>)> {
        let areas = column_areas(app.panes.body);
        let open_story = app.current_story();
        let rows =
            |place: usize| speaker_rows(open_story, self.speakers[place], usize::from(areas[place].width));
        if areas[0] != areas[1] {
            return vec![(areas[0], rows(0)), (areas[1], rows(1))];
        }
        // On a narrow screen one speaker stands below the other.
        let gap = ComparisonRow { label: "", text: String::new(), speaker: 0, tone: RowTone::Plain };
        vec![(areas[0], rows(0).into_iter().chain([gap]).chain(rows(1)).collect())]
    }
}

/// The rows of the longest column.
fn longest(columns: &[(Rect, Vec<ComparisonRow>)]) -> usize {
    columns.iter().map(|it| it.1.len()).max().unwrap_or_default()
}

impl Panel for Comparison {
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
        self.top = top_row_after_action(self.top, action, height, || longest(&self.columns(app)));
        Response::Stay
    }

    fn draw(&self, view: RootView, buf: &mut Buffer) {
        let Some(findings) = view.app.current_story().findings() else { return };
        let columns = self.columns(view.app);
        let body = view.app.panes.body;
        let height = longest(&columns);
        let top = self.top.min(height.saturating_sub(usize::from(body.height)));
        let key = (Action::PageForward, self.mode());
        let shown = view.draw_note_of_more(height - top, key, skip_columns(body, 2), buf).height;
        let page = centred(body, body.width, height);
        for (area, rows) in columns {
            let area = Rect { y: page.y, height: page.height, ..area };
            for (content, row) in rows.iter().skip(top).zip(area.rows().take(shown.into())) {
                let label = if content.label.is_empty() { 0 } else { LABEL_WIDTH as u16 };
                draw_text(content.label, row, view.theme.secondary.0, buf);
                let rest = skip_columns(row, label);
                draw_text(&content.text, rest, row_style(content, findings, view), buf);
                if matches!(content.tone, RowTone::Hue) {
                    // As in the statistics, only what is there has the hue.
                    let empty = rest.columns().filter(|it| buf[(it.x, it.y)].symbol() == "·");
                    let empty: Vec<Rect> = empty.collect();
                    for cell in empty {
                        buf.set_style(cell, view.theme.rule.0);
                    }
                }
            }
        }
    }

    /// One speaker after the other, not row by row across both.
    fn describe(&self, app: &App) -> Option<String> {
        let spoken = self.speakers.iter().flat_map(|it| spoken_rows(app.current_story(), *it));
        Some(spoken.collect::<Vec<_>>().join("\n"))
    }

    fn hints(&self, app: &App) -> Vec<KeyHint> {
        scrolled_page_hints(longest(&self.columns(app)), app)
    }

    fn rows_per_notch(&self) -> usize {
        ROWS_PER_NOTCH
    }
}

#[cfg(test)]
mod tests {
    use crate::tui::tests::TestApp;

    #[test]
    fn two_speakers_are_side_by_side_with_their_shares_kinds_verbs_and_quotes() {
        let test_app = TestApp::new().with_size(120, 40).press(":compare space lee, space ray enter");
        let rows = test_app.rows();
        for both in [
            ["1 Ann Lee", "2 Bo Ray"],
            ["Quotes        2 · 33 % of all", "Quotes        2 · 33 % of all"],
            ["Words         13 · 36 % of all", "Words         12 · 33 % of all"],
            ["● direct      1", "● direct      1"],
            ["○ paraphrase  1", "○ paraphrase  0"],
            ["told reporters", "–"],
            ["“The river is ours", "“a great pity”"],
        ] {
            let is_row = |row: &String| row.find(both[0]).is_some_and(|at| row[at..].contains(both[1]));
            assert!(rows.iter().any(is_row), "{both:?}\n{}", test_app.screen());
        }
        assert!(!test_app.press("esc").screen().contains("told reporters ·"));
    }

    #[test]
    fn nothing_of_the_figures_is_cut_where_both_are_side_by_side() {
        for width in [64, 80, 100] {
            let test_app =
                TestApp::new().with_size(width, 24).press(":compare space official, space ray enter");
            let facts = test_app.rows().into_iter().skip(4).take(9).collect::<Vec<_>>().join("\n");
            assert!(facts.contains("Quotes") && facts.contains("Where"), "{facts}");
            assert!(!facts.contains('…'), "{width}\n{facts}");
        }
    }

    #[test]
    fn on_a_narrow_screen_one_is_below_the_other_and_the_end_can_be_reached() {
        let test_app = TestApp::new().with_size(50, 16).press(":compare space lee, space ray enter");
        assert!(test_app.screen().contains("1 Ann Lee") && !test_app.screen().contains("Not once"));
        let test_app = test_app.press("G");
        assert!(test_app.screen().contains("Not once in thirty"), "{}", test_app.screen());
        assert!(test_app.press("g g").screen().contains("1 Ann Lee"));
    }

    #[test]
    fn the_shares_are_those_of_the_statistics() {
        let statistics = TestApp::new().with_size(120, 50).press("i").rows();
        let share = |name: &str| {
            let row = statistics.iter().rfind(|it| it.contains(name)).unwrap();
            row.split(" %").next().unwrap().split_whitespace().next_back().unwrap().to_string()
        };
        let screen = TestApp::new().with_size(120, 40).press(":compare space lee, space ray enter").screen();
        let row = screen.lines().find(|it| it.contains("Words")).unwrap();
        let shares = row.split(" · ").skip(1).filter_map(|it| it.split_whitespace().next());
        assert_eq!(shares.collect::<Vec<_>>(), [share("1 Ann Lee"), share("2 Bo Ray")], "{screen}");
    }

    #[test]
    fn on_a_high_screen_the_comparison_does_not_stick_to_the_top() {
        let row_of_name = |height| {
            let test_app = TestApp::new().with_size(200, height).press(":compare space lee, space ray enter");
            test_app.rows().iter().position(|it| it.contains("1 Ann Lee")).unwrap_or_default()
        };
        assert!(row_of_name(50) > 5 && row_of_name(18) < 4);
    }

    #[test]
    fn the_most_quoted_other_speaker_is_offered_first() {
        let screen = TestApp::new().with_size(120, 40).press("5]q x").screen();
        let names: Vec<usize> = ["▸ Ann Lee", "  Bo Ray", "  Unknown speaker"]
            .into_iter()
            .filter_map(|it| screen.lines().position(|row| row.trim_start().starts_with(it.trim())))
            .collect();
        assert!(names.len() == 3 && names.is_sorted(), "{names:?}\n{screen}");
    }

    #[test]
    fn a_key_compares_the_speaker_here_with_another() {
        let test_app = TestApp::new().with_size(120, 40).press("3]q x");
        assert!(test_app.screen().contains("compare Bo Ray, "), "{}", test_app.screen());
        assert!(test_app.screen().contains("▸ Ann Lee"), "{}", test_app.screen());
        let compared = test_app.press("enter").screen();
        assert!(compared.find("2 Bo Ray") < compared.find("1 Ann Lee"), "{compared}");
    }

    #[test]
    fn the_first_name_is_completed_before_the_second_one_is_asked_for() {
        let test_app = TestApp::new().with_size(120, 40).press(":compare space enter");
        assert!(test_app.screen().contains("compare Ann Lee, "), "{}", test_app.screen());
        assert!(test_app.press("enter").screen().contains("13 · 36 %"));
    }
}
