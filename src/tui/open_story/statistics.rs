//! Statistics of a story: its length, the share that is quoted, its sources, the words and the places of each speaker.

mod tables;

use std::cmp::Reverse;
use std::ops::Range;

use pullquote::analysis::QuoteKind;
use pullquote::span::Span;
use pullquote::story::Story;

use crate::text::counted;
use crate::tui::open_story::OpenStory;
use crate::tui::open_story::citation::quote_beginning;
use crate::tui::open_story::findings::Findings;
use crate::tui::open_story::profile::timeline_column;
pub(crate) use crate::tui::open_story::statistics::tables::count_verbs;
use crate::tui::open_story::statistics::tables::{push_affiliations, push_names, push_sources, push_verbs};
use crate::tui::style::symbols::kind_symbol;
use crate::tui::text::width::{count_words, long_reading_time};
use crate::tui::text::wrap::wrap_words;

/// The rows of the longest quote, at most, and their width in columns.
const MAX_LONGEST_QUOTE_ROWS: usize = 3;
const LONGEST_QUOTE_WIDTH: usize = 56;

/// One row of the statistics panel.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum StatisticsRow {
    /// An empty row.
    Gap,
    Heading(&'static str),
    /// The heading of the speakers, with the titles of their columns.
    SpeakersHeading,
    /// A label and its value.
    Fact(String, String),
    /// A further line of the value before it.
    Continuation(String),
    /// A label, its value, and its share of the whole, from 0 to 1.
    Share(String, String, f64),
    Speaker(SpeakerStatistics),
}

/// What is counted of a speaker.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct SpeakerStatistics {
    /// The index of the speaker.
    pub(crate) speaker: usize,
    pub(crate) quotes: usize,
    pub(crate) words: usize,
    /// The share of all quoted words, in per cent.
    pub(crate) percent: usize,
    /// The same from 0 to 1.
    pub(crate) share: f64,
}

/// The statistics of a story, computed when the user opens them.
pub(crate) struct Statistics {
    pub(crate) rows: Vec<StatisticsRow>,
    /// The rows of the speakers, and those of the longest quote and the names, each with the gap before them.
    speakers: Range<usize>,
    quote_and_names: Range<usize>,
}

impl Statistics {
    /// Computes the statistics; before the analysis is ready they are only those of the text. `read_to` is the offset up to which
    /// the story is read.
    pub(crate) fn new(open_story: &OpenStory, read_to: usize) -> Self {
        let (words, paragraphs) = (open_story.word_count, open_story.paragraph_count);
        let remaining = words_after(&open_story.story, read_to, words);
        let length = format!("{}, {}", counted(words, "word"), counted(paragraphs, "paragraph"));
        let time_left = match remaining {
            0 => "nothing, this is the end".into(),
            _ => format!("{} · {}", counted(remaining, "word"), long_reading_time(remaining)),
        };
        let mut rows = vec![
            StatisticsRow::Heading("The story"),
            StatisticsRow::Fact("Length".into(), length),
            StatisticsRow::Fact("Reading time".into(), long_reading_time(words)),
            StatisticsRow::Fact("Remaining".into(), time_left),
            StatisticsRow::Gap,
        ];
        if let Some(percent) = open_story.analysed_percent.filter(|_| open_story.findings().is_some()) {
            rows.insert(
                rows.len() - 1,
                StatisticsRow::Fact("Analysed so far".into(), format!("{percent} %")),
            );
        }
        let (mut speakers, mut quote_and_names) = (0..0, 0..0);
        match open_story.findings() {
            None => rows.push(StatisticsRow::Heading("Still analysing…")),
            Some(findings) if findings.analysis.quotes.is_empty() => {
                rows.push(StatisticsRow::Heading("No quotes found in this story."));
            }
            Some(findings) => {
                let quoted = QuotedWords { findings, story: &open_story.story };
                quoted.push_shares(words, &mut rows);
                push_sources(findings, &mut rows);
                speakers.start = rows.len();
                quoted.push_speakers(&mut rows);
                speakers.end = rows.len();
                push_affiliations(findings, &mut rows);
                push_verbs(findings, &open_story.story, &mut rows);
                quote_and_names.start = rows.len();
                quoted.push_longest_quote(&mut rows);
                push_names(findings, &open_story.story, &mut rows);
                quote_and_names.end = rows.len();
            }
        }
        Self { rows, speakers, quote_and_names }
    }

    /// The rows in two columns: the counts of the story, and its speakers with the longest quote and the names.
    pub(crate) fn columns(&self) -> [Vec<&StatisticsRow>; 2] {
        let between = self.speakers.end..self.quote_and_names.start.max(self.speakers.end);
        let before = if self.speakers.is_empty() { self.rows.len() } else { self.speakers.start };
        let left = self.rows[..before].iter().chain(&self.rows[between]);
        let right = self.rows[self.speakers.clone()].iter().skip(1);
        [left.collect(), right.chain(&self.rows[self.quote_and_names.clone()]).collect()]
    }
}

/// The quotes of a story whose words are counted.
struct QuotedWords<'a> {
    findings: &'a Findings,
    story: &'a Story,
}

impl QuotedWords<'_> {
    /// Counts the words of some quotes.
    fn words(&self, quotes: impl IntoIterator<Item = usize>) -> usize {
        self.findings.words_of(quotes, self.story)
    }

    /// Adds the share of the story that is quoted, in all and by kind.
    fn push_shares(&self, story_words: usize, rows: &mut Vec<StatisticsRow>) {
        let quotes = &self.findings.analysis.quotes;
        let of_kind = |kind| (0..quotes.len()).filter(move |it| quotes[*it].kind == kind);
        let kinds = [QuoteKind::Direct, QuoteKind::Mixed, QuoteKind::Indirect];
        let words = kinds.map(|it| self.words(of_kind(it)));
        let total = words.iter().sum();
        let mut row = |label: String, count: usize, words: usize| {
            let value = percentage(percent(words, story_words), &counted(count, "quote"));
            rows.push(StatisticsRow::Share(label, value, share(words, story_words)));
        };
        row("all".into(), quotes.len(), total);
        for (kind, words) in kinds.into_iter().zip(words) {
            row(format!("{} {kind}", kind_symbol(kind)), of_kind(kind).count(), words);
        }
        let first = rows.len() - kinds.len() - 1;
        rows.insert(first, StatisticsRow::Heading("How much is quoted, of all words"));
    }

    /// Adds the beginning of the longest quote; of two the first.
    fn push_longest_quote(&self, rows: &mut Vec<StatisticsRow>) {
        let Some((quote, words)) = self.findings.longest_quote(self.story) else { return };
        let name = self.findings.speaker_of(quote).map_or("", |it| self.findings.speaker_name(it));
        let quote = &self.findings.analysis.quotes[quote];
        let most_chars = (MAX_LONGEST_QUOTE_ROWS + 1) * LONGEST_QUOTE_WIDTH;
        let beginning = quote_beginning(quote, self.story.text(), most_chars);
        let mut lines = wrap_words(&format!("{name}: {beginning}"), LONGEST_QUOTE_WIDTH);
        if lines.len() > MAX_LONGEST_QUOTE_ROWS {
            lines.truncate(MAX_LONGEST_QUOTE_ROWS);
            lines[MAX_LONGEST_QUOTE_ROWS - 1].push_str(" …");
        }
        let mut lines = lines.into_iter();
        let first = lines.next().unwrap_or_default();
        rows.extend([
            StatisticsRow::Gap,
            StatisticsRow::Heading("Longest quote"),
            StatisticsRow::Fact(counted(words, "word"), first),
        ]);
        rows.extend(lines.map(StatisticsRow::Continuation));
    }

    /// Adds the speakers, the most quoted first.
    fn push_speakers(&self, rows: &mut Vec<StatisticsRow>) {
        let speakers = &self.findings.speakers;
        let words: Vec<usize> = speakers.iter().map(|it| self.words(it.quotes.iter().copied())).collect();
        let total = words.iter().sum();
        let mut order: Vec<usize> = (0..speakers.len()).collect();
        order.sort_by_key(|it| Reverse(words[*it]));
        rows.extend([StatisticsRow::Gap, StatisticsRow::SpeakersHeading]);
        rows.extend(order.into_iter().map(|speaker| {
            StatisticsRow::Speaker(SpeakerStatistics {
                speaker,
                quotes: speakers[speaker].quotes.len(),
                words: words[speaker],
                percent: percent(words[speaker], total),
                share: share(words[speaker], total),
            })
        }));
    }
}

/// Counts the quotes of a speaker in each of `columns` equal parts of the story.
pub(crate) fn quote_timeline(
    findings: &Findings,
    story: &Story,
    speaker: usize,
    columns: usize,
) -> Vec<usize> {
    let mut counts = vec![0; columns];
    let quotes = findings.speakers.get(speaker).map_or(&[][..], |it| &it.quotes);
    for quote in quotes.iter().filter_map(|it| findings.quote(*it)) {
        if let Some(count) =
            counts.get_mut(timeline_column(quote.extent().start, story.text().len(), columns))
        {
            *count += 1;
        }
    }
    counts
}

/// Returns a part as a share of the whole, from 0 to 1.
fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

/// Returns " 32 %  6 quotes".
fn percentage(percent: usize, counts: &str) -> String {
    format!("{percent:>3} %  {counts}")
}

/// Returns a part as per cent of a whole, rounded by itself: equal parts have equal shares, which need not add up to 100.
pub(crate) fn percent(part: usize, whole: usize) -> usize {
    let whole = whole.max(1);
    (part * 200 + whole) / (2 * whole)
}

/// Counts the words from an offset on, without repeated blocks. `total` are those of the whole story, so that of a long one
/// only the shorter side is counted.
fn words_after(story: &Story, offset: usize, total: usize) -> usize {
    let count = |span: Span| count_words(span.slice(story.text()));
    let shown = || story.blocks().iter().filter(|it| it.repeats.is_none()).map(|it| it.span);
    let (whole, cut): (Vec<Span>, Vec<Span>) =
        shown().filter(|it| it.end > offset).partition(|it| it.start >= offset);
    let after_cut: usize = cut.iter().map(|it| count(Span::new(offset, it.end))).sum();
    if offset < story.text().len() / 2 {
        let up_to_here: usize = shown().filter(|it| it.start < offset).map(count).sum();
        return total - up_to_here + after_cut;
    }
    after_cut + whole.into_iter().map(count).sum::<usize>()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::tests::{TestApp, analysis};

    /// Returns the sums of the numbers of a kind in the rows.
    fn percents(rows: &[StatisticsRow], heading: &str) -> Vec<usize> {
        let own =
            rows.iter().skip_while(|it| **it != StatisticsRow::Heading(heading.to_string().leak())).skip(1);
        let shares = own.map_while(|it| match it {
            StatisticsRow::Share(_, value, _) => value.split(" %").next()?.trim().parse().ok(),
            _ => None,
        });
        shares.collect()
    }

    #[test]
    fn the_parts_of_every_table_add_up_to_the_whole() {
        let mut test_app = TestApp::pending(vec![crate::tui::tests::story()]);
        let mut nested = analysis();
        // A quote within another, by somebody else.
        let mut inner = nested.quotes[0].clone();
        inner.parts = vec![Span::new(inner.parts[0].start + 20, inner.parts[0].end - 4)];
        inner.speaker = Some(1);
        nested.quotes.insert(1, inner);
        test_app.app.set_analysis(0, Some(nested));
        let rows = Statistics::new(test_app.app.current_story(), 0).rows;
        // Each row is rounded by itself: the whole may be missed by half a per cent for each of them.
        let is_near = |percents: &[usize], whole: usize| {
            percents.iter().sum::<usize>().abs_diff(whole) <= percents.len() / 2
        };
        let quoted = percents(&rows, "How much is quoted, of all words");
        assert!(is_near(&quoted[1..], quoted[0]), "{rows:?}");
        for heading in
            ["Sources, of all quotes", "Reporting verbs, of all quotes", "Most named, of all mentions"]
        {
            assert!(is_near(&percents(&rows, heading), 100), "{heading}: {rows:?}");
        }
        let speakers = rows.iter().filter_map(|it| match it {
            StatisticsRow::Speaker(it) => Some((it.quotes, it.words)),
            _ => None,
        });
        let sums = speakers.fold((0, 0), |all, it| (all.0 + it.0, all.1 + it.1));
        // 9, 4, 3, 9, 6 and 5 words; those of the nested quote are among the first nine.
        assert_eq!(sums, (7, 36));
    }

    #[test]
    fn equal_parts_have_equal_shares_whatever_they_add_up_to() {
        for (part, whole, share) in
            [(1, 3, 33), (2, 3, 67), (1, 100, 1), (1, 9, 11), (0, 0, 0), (5, 5, 100), (1, 8, 13)]
        {
            assert_eq!(percent(part, whole), share, "{part} of {whole}");
        }
        let mut test_app = TestApp::pending(vec![crate::tui::tests::story()]);
        let mut found = analysis();
        found.quotes.truncate(3);
        (0..3).for_each(|it| found.quotes[it].speaker = Some(it));
        test_app.app.set_analysis(0, Some(found));
        let rows = Statistics::new(test_app.app.current_story(), 0).rows;
        assert_eq!(percents(&rows, "Reporting verbs, of all quotes"), [33, 67], "{rows:?}");
        let words = rows.iter().filter_map(|it| match it {
            StatisticsRow::Speaker(it) => Some((it.words, it.percent)),
            _ => None,
        });
        let words: Vec<(usize, usize)> = words.collect();
        let total = words.iter().map(|it| it.0).sum();
        assert!(words.iter().all(|it| it.1 == percent(it.0, total)), "{words:?}");
    }

    #[test]
    fn each_speaker_has_a_share_and_a_line_of_where_they_speak() {
        let screen = TestApp::new().with_size(130, 50).press("i").screen();
        for words in ["share", "quotes   words", "where in the story", "1 Ann Lee", "▄"] {
            assert!(screen.contains(words), "{words}\n{screen}");
        }
    }

    #[test]
    fn the_organisations_behind_the_speakers_are_counted() {
        let mut test_app = TestApp::pending(vec![crate::tui::tests::story()]);
        let mut found = analysis();
        found.entities[2].affiliation = Some(3);
        test_app.app.set_analysis(0, Some(found));
        let rows = Statistics::new(test_app.app.current_story(), 0).rows;
        let board = StatisticsRow::Share("Transport Board".into(), " 17 %  1 quote".into(), 1.0 / 6.0);
        assert!(rows.contains(&board), "{rows:?}");
        assert_eq!(percents(&rows, "Speaking for, of all quotes"), [17, 83]);
        assert!(!TestApp::new().with_size(90, 60).press("i").screen().contains("Speaking for"));
    }

    #[test]
    fn the_statistics_count_the_story() {
        let screen = TestApp::new().with_size(80, 40).press("i").screen();
        for words in [
            "114 words, 10 paragraphs",
            "1 minute",
            "Remaining",
            "32 %  ━━      6 quotes",
            "● direct",
            "4 quotes · 2 speakers",
            "named",
            "unnamed",
            "unknown",
            "Ann Lee: “The river is ours, but the boat never was,”",
            "1 Ann Lee",
            "? Unknown speaker",
        ] {
            assert!(screen.contains(words), "{words}\n{screen}");
        }
    }

    #[test]
    fn it_scrolls_on_a_small_screen_and_is_left() {
        let test_app = TestApp::new().with_size(80, 24).press("i");
        assert!(test_app.screen().contains("The story") && !test_app.screen().contains("? Unknown speaker"));
        let test_app = test_app.press("G");
        assert!(test_app.screen().contains("? Unknown speaker"), "{}", test_app.screen());
        assert!(test_app.press("i").status().contains("6 quotes"));
    }

    #[test]
    fn what_is_left_begins_where_the_share_read_ends() {
        for (height, keys) in [(40, "i"), (14, "G i"), (14, "i"), (14, "J J i")] {
            let test_app = TestApp::new().with_size(140, height).press(keys);
            let is_left = !test_app.screen().contains("nothing, this is the end");
            let (open_story, height) = (test_app.app.current_story(), test_app.app.page_height());
            let percent = open_story.viewport.percent_read(&open_story.page, height);
            assert_eq!(is_left, percent < 100, "{keys}: {percent}\n{}", test_app.screen());
        }
        // The last row on the screen is the first of the paragraph on Bo Ray, or one near it.
        let screen = TestApp::new().with_size(80, 14).press("i").screen();
        let left = screen.lines().find(|it| it.contains("Remaining")).unwrap_or_default();
        let words: usize = left.split_whitespace().nth(1).unwrap_or_default().parse().unwrap();
        assert!((1..114).contains(&words), "{left}");
    }

    #[test]
    fn before_the_findings_it_says_so_and_with_them_it_counts() {
        use crate::tui::tests::story;
        let mut test_app = TestApp::pending(vec![story()]).with_size(120, 50).press("i");
        assert!(test_app.screen().contains("Still analysing…"), "{}", test_app.screen());
        test_app.app.set_analysis(0, Some(analysis()));
        let due = test_app.app.panel_refresh_due.expect("the page is built again");
        test_app.app.refresh_panel_if_due(due);
        assert!(!test_app.screen().contains("Still analysing…"), "{}", test_app.screen());
        assert!(test_app.screen().contains("1 Ann Lee"), "{}", test_app.screen());
    }
}
