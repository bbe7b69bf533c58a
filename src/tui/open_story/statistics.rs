//! A story in figures: how long it is, how much of it is quotation and of what kind, who speaks how much.

use pullquote::analysis::{EntityKind, QuoteKind};
use pullquote::span::Span;
use pullquote::story::Story;

use crate::tui::open_story::OpenStory;
use crate::tui::open_story::findings::Findings;
use crate::tui::text::width::{count_words, reading_minutes};

/// One row of the panel.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum StatisticsRow {
    Gap,
    Heading(&'static str),
    /// What it is, and what it comes to.
    Fact(String, String),
    /// What it is, what it comes to, and its share of the whole, from 0 to 1.
    Share(String, String, f64),
    /// A speaker by number, what it comes to, and the words' share of those of who speaks most.
    Speaker(usize, String, f64),
}

/// A story in figures, made when they are asked for.
pub(crate) struct Statistics {
    pub(crate) rows: Vec<StatisticsRow>,
}

impl Statistics {
    pub(crate) fn new(reading: &OpenStory) -> Self {
        let left = words_after(&reading.story, reading.viewport.cursor);
        let mut rows = vec![
            StatisticsRow::Heading("The story"),
            StatisticsRow::Fact(
                "words".into(),
                format!("{} in {} ¶", reading.word_count, reading.paragraph_count),
            ),
            StatisticsRow::Fact("to read it".into(), reading_time(reading.word_count)),
            StatisticsRow::Fact("from here on".into(), format!("{left} words · {}", reading_time(left))),
            StatisticsRow::Gap,
        ];
        match reading.findings() {
            Some(findings) => push_quote_rows(findings, &reading.story, reading.word_count, &mut rows),
            None => rows.push(StatisticsRow::Heading("Who says what is not known yet.")),
        }
        Self { rows }
    }
}

fn push_quote_rows(findings: &Findings, story: &Story, words: usize, rows: &mut Vec<StatisticsRow>) {
    let quotes = &findings.analysis.quotes;
    if quotes.is_empty() {
        return rows.push(StatisticsRow::Heading("No quotes found in this story."));
    }
    let text = story.text();
    let shown = |it: &Span| story.block_at(it.start).is_none_or(|it| story.blocks()[it].repeats.is_none());
    let own =
        |parts: &[Span]| parts.iter().filter(|it| shown(it)).map(|it| count_words(it.slice(text))).sum();
    let said: Vec<usize> = quotes.iter().map(|it| own(&it.parts)).collect();

    // A quote may hold another: a word counts once.
    let mut parts: Vec<Span> =
        quotes.iter().flat_map(|it| it.parts.iter().copied()).filter(|it| shown(it)).collect();
    parts.sort_unstable();
    let mut end = 0;
    let all = parts.iter().map(|it| {
        let rest = Span::new(it.start.max(end), it.end);
        end = end.max(it.end);
        count_words(rest.slice(text))
    });
    let all: usize = all.sum();
    let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
    let row = |name: String, count: usize, part: usize| {
        let share = share(part, words);
        StatisticsRow::Share(name, format!("{:>3.0} %  {}", share * 100.0, counted(count, "quote")), share)
    };
    rows.push(StatisticsRow::Heading("What is quoted of its words"));
    rows.push(row("all".into(), quotes.len(), all));
    for (shape, kind) in [("●", QuoteKind::Direct), ("◐", QuoteKind::Mixed), ("○", QuoteKind::Indirect)]
    {
        let of_kind = || (0..quotes.len()).filter(|it| quotes[*it].kind == kind);
        let part = of_kind().map(|it| said[it]).sum();
        rows.push(row(format!("{shape} {}", kind.name()), of_kind().count(), part));
    }

    rows.extend([StatisticsRow::Gap, StatisticsRow::Heading("Whose quotes they are")]);
    let mut sources = [("named", 0, 0), ("without a name", 0, 0), ("unknown", 0, 0)];
    for (number, speaker) in findings.speakers.iter().enumerate() {
        let nameless = match findings.entity_of_speaker(number) {
            None => 2,
            Some(it) if it.kind == EntityKind::Unnamed => 1,
            Some(it) if it.kind == EntityKind::Group && it.members.is_empty() => 1,
            Some(_) => 0,
        };
        sources[nameless].1 += 1;
        sources[nameless].2 += speaker.quotes.len();
    }
    for (name, speakers, count) in sources {
        let share = share(count, quotes.len());
        let who =
            if name == "unknown" { String::new() } else { format!(" · {}", counted(speakers, "speaker")) };
        let figure = format!("{:>3.0} %  {}{who}", share * 100.0, counted(count, "quote"));
        rows.push(StatisticsRow::Share(name.into(), figure, share));
    }

    if let Some((longest, count)) = said.iter().enumerate().max_by_key(|it| (it.1, std::cmp::Reverse(it.0))) {
        let who = findings.speaker_of(longest).map_or("", |it| findings.speaker_name(it));
        let begun: Vec<&str> =
            quotes[longest].parts.iter().flat_map(|it| it.slice(text).split_whitespace()).take(20).collect();
        rows.extend([
            StatisticsRow::Gap,
            StatisticsRow::Heading("The longest quote"),
            StatisticsRow::Fact(counted(*count, "word"), format!("{who}: {}", begun.join(" "))),
        ]);
    }

    rows.extend([StatisticsRow::Gap, StatisticsRow::Heading("Words by speaker")]);
    let spoken = |number: usize| findings.speakers[number].quotes.iter().map(|it| said[*it]).sum::<usize>();
    let mut voices: Vec<(usize, usize)> = (0..findings.speakers.len()).map(|it| (it, spoken(it))).collect();
    voices.sort_by_key(|it| std::cmp::Reverse(it.1));
    let most = voices.first().map_or(0, |it| it.1);
    rows.extend(voices.into_iter().map(|(number, words)| {
        let count = findings.speakers[number].quotes.len();
        StatisticsRow::Speaker(
            number,
            format!("{:>10}  {words:>6}", counted(count, "quote")),
            share(words, most),
        )
    }));
}

/// The words from a place on, those that are shown twice once.
fn words_after(story: &Story, place: usize) -> usize {
    let blocks = story.blocks().iter().filter(|it| it.repeats.is_none() && it.span.end > place);
    blocks.map(|it| count_words(Span::new(it.span.start.max(place), it.span.end).slice(story.text()))).sum()
}

fn reading_time(words: usize) -> String {
    counted(if words == 0 { 0 } else { reading_minutes(words) }, "minute")
}

/// `1 word`, `2 words`
fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use crate::tui::tests::TestApp;

    #[test]
    fn the_story_stands_there_in_figures() {
        let screen = TestApp::new().with_size(80, 40).press("i").screen();
        for words in [
            "114 in 10 ¶",
            "1 minute",
            "from here on",
            "32 %  6 quotes",
            "● direct",
            "4 quotes · 2 speakers",
            "named",
            "without a name",
            "unknown",
            "Ann Lee: “The river is ours, but the boat never was,”",
            "1 Ann Lee",
            "? unknown speaker",
        ] {
            assert!(screen.contains(words), "{words}\n{screen}");
        }
    }

    #[test]
    fn it_scrolls_on_a_small_screen_and_is_left() {
        let desk = TestApp::new().with_size(80, 24).press("i");
        assert!(desk.screen().contains("The story") && !desk.screen().contains("? unknown speaker"));
        let desk = desk.press("G");
        assert!(desk.screen().contains("? unknown speaker"), "{}", desk.screen());
        assert!(desk.press("i").status().contains("6 quotes"));
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
        assert!(screen.contains("Who says what is not known yet."), "{screen}");
    }
}
