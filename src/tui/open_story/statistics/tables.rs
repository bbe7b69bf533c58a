//! The tables of the statistics: sources, affiliations, verbs and names, each with its share of the whole.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use pullquote::analysis::EntityKind;
use pullquote::story::Story;

use crate::text::{counted, one_line};
use crate::tui::open_story::findings::Findings;
use crate::tui::open_story::statistics::{StatisticsRow, percent, percentage, share};

/// The kinds of sources.
const SOURCES: [&str; 4] = ["named", "unnamed", "documents", "unknown"];

/// How many affiliations, verbs and names are listed; the others are one row.
const MAX_AFFILIATIONS: usize = 6;
const MAX_VERBS: usize = 8;
const MAX_NAMES: usize = 10;

/// Adds the quotes by source: named, unnamed ("an official"), a document or unknown. A story often has no document.
pub(super) fn push_sources(findings: &Findings, rows: &mut Vec<StatisticsRow>) {
    let mut speakers = [0; SOURCES.len()];
    let mut quotes = [0; SOURCES.len()];
    for (number, speaker) in findings.speakers.iter().enumerate() {
        let source = match findings.entity_of_speaker(number) {
            None => 3,
            Some(it) if it.kind == EntityKind::Document => 2,
            Some(it) if it.kind == EntityKind::Unnamed => 1,
            Some(it) if it.kind == EntityKind::Group && it.members.is_empty() => 1,
            Some(_) => 0,
        };
        speakers[source] += 1;
        quotes[source] += speaker.quotes.len();
    }
    let total = findings.analysis.quotes.len();
    rows.extend([StatisticsRow::Gap, StatisticsRow::Heading("Sources, of all quotes")]);
    for (source, label) in SOURCES.into_iter().enumerate() {
        let speakers = match source {
            2 if speakers[2] == 0 => continue,
            3 => String::new(),
            _ => format!(" · {}", counted(speakers[source], "speaker")),
        };
        let counts = format!("{}{speakers}", counted(quotes[source], "quote"));
        let value = percentage(percent(quotes[source], total), &counts);
        rows.push(StatisticsRow::Share(label.into(), value, share(quotes[source], total)));
    }
}

/// Adds the quotes by the organisation that their speakers speak for, if the story names any.
pub(super) fn push_affiliations(findings: &Findings, rows: &mut Vec<StatisticsRow>) {
    let mut counts: BTreeMap<Option<usize>, usize> = BTreeMap::new();
    for quote in &findings.analysis.quotes {
        let speaker = quote.speaker.and_then(|it| findings.entity(it));
        let behind = speaker.and_then(|it| match it.kind {
            EntityKind::Organisation => quote.speaker,
            _ => it.affiliation,
        });
        *counts.entry(behind).or_default() += 1;
    }
    let independent = counts.remove(&None).unwrap_or_default();
    if counts.is_empty() {
        return;
    }
    let known = counts.into_iter().filter_map(|it| Some((findings.entity_name(Some(it.0?)).into(), it.1)));
    let mut listed = most_frequent(known.collect(), MAX_AFFILIATIONS);
    listed.push(("none named".to_string(), independent));
    push_counts("Speaking for, of all quotes", "quote", &listed, rows);
}

/// Adds the quotes by the verb that reports them.
pub(super) fn push_verbs(findings: &Findings, story: &Story, rows: &mut Vec<StatisticsRow>) {
    let total = findings.analysis.quotes.len();
    let verbs = count_verbs(findings, story, 0..total);
    if verbs.is_empty() {
        return;
    }
    let with_verb: usize = verbs.iter().map(|it| it.1).sum();
    let mut listed = most_frequent(verbs, MAX_VERBS);
    listed.push(("no verb".to_string(), total - with_verb));
    push_counts("Reporting verbs, of all quotes", "quote", &listed, rows);
}

/// Adds the people, organisations and places that the story names most often.
pub(super) fn push_names(findings: &Findings, story: &Story, rows: &mut Vec<StatisticsRow>) {
    let entities = findings.analysis.entities.iter().zip(findings.all_mention_counts(story).iter().copied());
    let named = entities
        .filter(|it| !matches!(it.0.kind, EntityKind::Unnamed | EntityKind::Document | EntityKind::Group));
    let named: Vec<(String, usize)> =
        named.filter(|it| it.1 > 0).map(|(entity, count)| (entity.name.clone(), count)).collect();
    if !named.is_empty() {
        push_counts("Most named, of all mentions", "mention", &most_frequent(named, MAX_NAMES), rows);
    }
}

/// Counts the verbs that report some quotes, the most frequent first.
pub(crate) fn count_verbs(
    findings: &Findings,
    story: &Story,
    quotes: impl IntoIterator<Item = usize>,
) -> Vec<(String, usize)> {
    let cues = quotes.into_iter().filter_map(|it| findings.quote(it)?.cue);
    let mut as_written: HashMap<&str, (usize, usize)> = HashMap::new();
    for cue in cues {
        as_written.entry(cue.slice(story.text())).or_insert((cue.start, 0)).1 += 1;
    }
    // Of equally frequent verbs the one that comes first in the story is first.
    let mut as_written: Vec<(&str, (usize, usize))> = as_written.into_iter().collect();
    as_written.sort_by_key(|it| it.1.0);
    let mut counts: Vec<(String, usize)> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for (words, (_, count)) in as_written {
        let verb = one_line(words).to_lowercase();
        let place = *places.entry(verb.clone()).or_insert(counts.len());
        if place == counts.len() {
            counts.push((verb, 0));
        }
        counts[place].1 += count;
    }
    counts.sort_by_key(|it| Reverse(it.1));
    counts
}

/// Returns the `most` largest counts, and what is left as "others".
fn most_frequent(mut counts: Vec<(String, usize)>, most: usize) -> Vec<(String, usize)> {
    counts.sort_by_key(|it| Reverse(it.1));
    let others: usize = counts.iter().skip(most).map(|it| it.1).sum();
    counts.truncate(most);
    counts.push(("others".to_string(), others));
    counts
}

/// Adds a table of counts, each with its share of all of them. Nothing is said of what does not occur.
fn push_counts(heading: &'static str, noun: &str, counts: &[(String, usize)], rows: &mut Vec<StatisticsRow>) {
    let total = counts.iter().map(|it| it.1).sum();
    rows.extend([StatisticsRow::Gap, StatisticsRow::Heading(heading)]);
    rows.extend(counts.iter().filter(|it| it.1 > 0).map(|(label, count)| {
        let value = percentage(percent(*count, total), &counted(*count, noun));
        StatisticsRow::Share(label.clone(), value, share(*count, total))
    }));
}

#[cfg(test)]
mod tests {
    use crate::tui::tests::TestApp;

    #[test]
    fn the_verbs_that_report_and_the_names_are_counted() {
        let screen = TestApp::new().with_size(120, 60).press("i").screen();
        for words in
            ["Reporting verbs, of all quotes", "told reporters", "no verb", "Most named, of all mentions"]
        {
            assert!(screen.contains(words), "{words}\n{screen}");
        }
    }

    #[test]
    fn on_a_large_screen_the_statistics_use_both_columns_and_stand_in_the_middle() {
        let test_app = TestApp::new().with_size(200, 50).press("i");
        let rows = test_app.rows();
        let row = |words: &str| rows.iter().position(|it| it.contains(words)).unwrap_or_default();
        assert!(row("The story") > 3, "{}", test_app.screen());
        assert_eq!(row("The story"), row("share"), "{}", test_app.screen());
        assert!(row("Most named") < row("no verb"), "{}", test_app.screen());
    }
}
