//! Statistics of a story: its length, the share that is quoted, its sources, the words of each speaker.

use std::cmp::Reverse;

use pullquote::analysis::{EntityKind, Quote, QuoteKind};
use pullquote::span::Span;
use pullquote::story::Story;

use crate::text::counted;
use crate::tui::open_story::OpenStory;
use crate::tui::open_story::findings::Findings;
use crate::tui::style::symbols::{kind_label, kind_symbol};
use crate::tui::text::width::{count_words, reading_minutes};

/// How many words of the longest quote are kept; more never fit on one line.
const MAX_LONGEST_QUOTE_WORDS: usize = 20;

/// One row of the statistics panel.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum StatisticsRow {
    /// An empty row.
    Gap,
    Heading(&'static str),
    /// A label and its value.
    Fact(String, String),
    /// A label, its value, and its share of the whole, from 0 to 1.
    Share(String, String, f64),
    /// A speaker's number, the counts, and the speaker's words as a share of those of the most quoted one, from 0 to 1.
    Speaker(usize, String, f64),
}

/// The statistics of a story, computed when the user opens them.
pub(crate) struct Statistics {
    pub(crate) rows: Vec<StatisticsRow>,
}

impl Statistics {
    /// Computes the statistics; before the analysis is ready they are only those of the text.
    pub(crate) fn new(open_story: &OpenStory) -> Self {
        let (words, paragraphs) = (open_story.word_count, open_story.paragraph_count);
        let remaining = words_after(&open_story.story, open_story.viewport.cursor);
        let length = format!("{}, {}", counted(words, "word"), counted(paragraphs, "paragraph"));
        let time_left = format!("{} · {}", counted(remaining, "word"), reading_time(remaining));
        let mut rows = vec![
            StatisticsRow::Heading("The story"),
            StatisticsRow::Fact("Length".into(), length),
            StatisticsRow::Fact("Reading time".into(), reading_time(words)),
            StatisticsRow::Fact("Remaining".into(), time_left),
            StatisticsRow::Gap,
        ];
        match open_story.findings() {
            None => rows.push(StatisticsRow::Heading("Still analysing…")),
            Some(findings) if findings.analysis.quotes.is_empty() => {
                rows.push(StatisticsRow::Heading("No quotes found in this story."));
            }
            Some(findings) => {
                let quoted = QuotedWords::new(findings, &open_story.story);
                quoted.push_shares(words, &mut rows);
                push_sources(findings, &mut rows);
                quoted.push_longest_quote(&mut rows);
                quoted.push_speakers(&mut rows);
            }
        }
        Self { rows }
    }
}

/// The quotes of a story with their lengths in words. Repeated blocks do not count.
struct QuotedWords<'a> {
    findings: &'a Findings,
    story: &'a Story,
    /// The words of each quote.
    word_counts: Vec<usize>,
}

impl<'a> QuotedWords<'a> {
    fn new(findings: &'a Findings, story: &'a Story) -> Self {
        let words =
            |quote: &Quote| shown_parts(story, quote).map(|it| count_words(it.slice(story.text()))).sum();
        let word_counts = findings.analysis.quotes.iter().map(words).collect();
        Self { findings, story, word_counts }
    }

    /// Counts the words in any quote. A quote may contain another; a word counts once.
    fn total(&self) -> usize {
        let quotes = self.findings.analysis.quotes.iter();
        let mut parts: Vec<Span> = quotes.flat_map(|it| shown_parts(self.story, it)).collect();
        parts.sort_unstable();
        let mut end = 0;
        let counts = parts.iter().map(|part| {
            let rest = Span::new(part.start.max(end), part.end);
            end = end.max(part.end);
            count_words(rest.slice(self.story.text()))
        });
        counts.sum()
    }

    /// Adds the share of the story that is quoted, in all and by kind.
    fn push_shares(&self, story_words: usize, rows: &mut Vec<StatisticsRow>) {
        let quotes = &self.findings.analysis.quotes;
        let row = |label: String, count: usize, words: usize| {
            let share = share(words, story_words);
            StatisticsRow::Share(label, percentage(share, &counted(count, "quote")), share)
        };
        rows.push(StatisticsRow::Heading("How much is quoted"));
        rows.push(row("all".into(), quotes.len(), self.total()));
        for kind in [QuoteKind::Direct, QuoteKind::Mixed, QuoteKind::Indirect] {
            let of_kind = || (0..quotes.len()).filter(|quote| quotes[*quote].kind == kind);
            let words = of_kind().map(|quote| self.word_counts[quote]).sum();
            rows.push(row(format!("{} {}", kind_symbol(kind), kind_label(kind)), of_kind().count(), words));
        }
    }

    /// Adds the beginning of the longest quote; of two the first.
    fn push_longest_quote(&self, rows: &mut Vec<StatisticsRow>) {
        let counts = self.word_counts.iter().enumerate();
        let Some((quote, words)) = counts.max_by_key(|(quote, words)| (*words, Reverse(*quote))) else {
            return;
        };
        let name = self.findings.speaker_of(quote).map_or("", |it| self.findings.speaker_name(it));
        let parts = &self.findings.analysis.quotes[quote].parts;
        let tokens = parts.iter().flat_map(|it| it.slice(self.story.text()).split_whitespace());
        let beginning: Vec<&str> = tokens.take(MAX_LONGEST_QUOTE_WORDS).collect();
        rows.extend([
            StatisticsRow::Gap,
            StatisticsRow::Heading("Longest quote"),
            StatisticsRow::Fact(counted(*words, "word"), format!("{name}: {}", beginning.join(" "))),
        ]);
    }

    /// Adds the speakers, the most quoted first.
    fn push_speakers(&self, rows: &mut Vec<StatisticsRow>) {
        let speakers = self.findings.speakers.iter().enumerate();
        let words_of = |quotes: &[usize]| quotes.iter().map(|it| self.word_counts[*it]).sum::<usize>();
        let mut speakers: Vec<(usize, usize, usize)> = speakers
            .map(|(number, speaker)| (number, speaker.quotes.len(), words_of(&speaker.quotes)))
            .collect();
        speakers.sort_by_key(|(_, _, words)| Reverse(*words));
        let max_words = speakers.first().map_or(0, |(_, _, words)| *words);
        rows.extend([StatisticsRow::Gap, StatisticsRow::Heading("Words by speaker")]);
        rows.extend(speakers.into_iter().map(|(number, quotes, words)| {
            let counts = format!("{:>10}  {:>11}", counted(quotes, "quote"), counted(words, "word"));
            StatisticsRow::Speaker(number, counts, share(words, max_words))
        }));
    }
}

/// Adds the quotes by source: named, unnamed ("an official") or unknown.
fn push_sources(findings: &Findings, rows: &mut Vec<StatisticsRow>) {
    let (mut named, mut unnamed, mut unknown) = ((0, 0), (0, 0), (0, 0));
    for (number, speaker) in findings.speakers.iter().enumerate() {
        let (speakers, quotes) = match findings.entity_of_speaker(number) {
            None => &mut unknown,
            Some(it) if it.kind == EntityKind::Unnamed => &mut unnamed,
            Some(it) if it.kind == EntityKind::Group && it.members.is_empty() => &mut unnamed,
            Some(_) => &mut named,
        };
        *speakers += 1;
        *quotes += speaker.quotes.len();
    }
    let total = findings.analysis.quotes.len();
    let row = |label: &str, quotes: usize, speakers: &str| {
        let share = share(quotes, total);
        let value = percentage(share, &format!("{}{speakers}", counted(quotes, "quote")));
        StatisticsRow::Share(label.into(), value, share)
    };
    let speakers = |count| format!(" · {}", counted(count, "speaker"));
    rows.extend([
        StatisticsRow::Gap,
        StatisticsRow::Heading("Sources"),
        row("named", named.1, &speakers(named.0)),
        row("unnamed", unnamed.1, &speakers(unnamed.0)),
        row("unknown", unknown.1, ""),
    ]);
}

/// Returns the parts of a quote outside repeated blocks.
fn shown_parts(story: &Story, quote: &Quote) -> impl Iterator<Item = Span> {
    let is_repeated =
        |part: &Span| story.block_at(part.start).is_some_and(|it| story.blocks()[it].repeats.is_some());
    quote.parts.iter().copied().filter(move |part| !is_repeated(part))
}

/// Returns a part as a share of the whole, from 0 to 1.
fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

/// Returns " 32 %  6 quotes".
fn percentage(share: f64, counts: &str) -> String {
    format!("{:>3.0} %  {counts}", share * 100.0)
}

/// Counts the words from an offset on, without repeated blocks.
fn words_after(story: &Story, offset: usize) -> usize {
    let blocks = story.blocks().iter().filter(|it| it.repeats.is_none() && it.span.end > offset);
    let rest = blocks.map(|it| Span::new(it.span.start.max(offset), it.span.end));
    rest.map(|it| count_words(it.slice(story.text()))).sum()
}

/// Returns the reading time of a number of words: "2 minutes".
fn reading_time(words: usize) -> String {
    counted(if words == 0 { 0 } else { reading_minutes(words) }, "minute")
}

#[cfg(test)]
mod tests {
    use crate::tui::tests::TestApp;

    #[test]
    fn the_story_stands_there_in_figures() {
        let screen = TestApp::new().with_size(80, 40).press("i").screen();
        for words in [
            "114 words, 10 paragraphs",
            "1 minute",
            "Remaining",
            "32 %  6 quotes",
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
    fn what_is_left_is_counted_from_where_the_reader_stands() {
        let screen = TestApp::new().with_size(80, 40).press("G i").screen();
        assert!(screen.contains("7 words · 1 minute"), "{screen}");
    }

    #[test]
    fn before_the_findings_it_says_so() {
        use crate::tui::tests::story;
        let screen = TestApp::pending(vec![story()]).press("i").screen();
        assert!(screen.contains("Still analysing…"), "{screen}");
    }
}
