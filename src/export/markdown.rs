//! Markdown export: quotes by speaker, then the names.

use std::collections::HashMap;

use crate::analysis::Analysis;
use crate::export::phrasing::{
    NO_QUOTES, REJECTED_TITLE, UNKNOWN_SPEAKER, entity_lists, excerpt_note, kind_and_remark, origin,
    quoted_text, speaker_heading, story_title,
};
use crate::export::{Envelope, Export};
use crate::story::Story;
use crate::text_safety::escape_markdown;

/// Markdown: quotes by speaker, then people, unnamed sources, documents, groups, organisations and places.
#[derive(Clone, Copy, Debug)]
pub struct Markdown;

impl Export for Markdown {
    fn envelope(&self, _several: bool) -> Envelope {
        Envelope { separator: "\n---\n\n", ..Envelope::default() }
    }

    fn render(&self, story: &Story, analysis: &Analysis) -> String {
        let title = story_title(story);
        let mut lines = vec![format!("# {}\n", escape_markdown(&title))];
        let notes = [origin(story), excerpt_note(analysis)].into_iter().flatten();
        lines.extend(notes.map(|it| escape_markdown(&it) + "\n"));
        lines.push("## Quotes\n".into());
        if analysis.quotes.is_empty() {
            lines.push(format!("{NO_QUOTES}\n"));
        }
        for (speaker, quotes) in quotes_by_speaker(analysis) {
            lines.extend(speaker_section(speaker, &quotes, story, analysis));
        }
        if !analysis.rejected.is_empty() {
            let quotes = analysis.rejected.iter().map(|it| quoted_text(it, story.text(), " "));
            lines.push(format!("## {REJECTED_TITLE}\n"));
            lines.push(
                quotes.flat_map(|it| ["- ".to_owned(), escape_markdown(&it), "\n".to_owned()]).collect(),
            );
        }
        let row = |name: &str, facts: &str| {
            format!("- **{}** ({})\n", escape_markdown(name), escape_markdown(facts))
        };
        for (heading, rows) in entity_lists(story, analysis, row) {
            lines.extend([format!("## {heading}\n"), rows]);
        }
        lines.join("\n")
    }
}

/// The speakers in the order of their first quotes, each with the indices of their quotes; `None` stands for quotes without
/// a speaker.
fn quotes_by_speaker(analysis: &Analysis) -> Vec<(Option<usize>, Vec<usize>)> {
    let mut quotes: Vec<(Option<usize>, Vec<usize>)> = Vec::new();
    let mut places: HashMap<Option<usize>, usize> = HashMap::new();
    for (index, quote) in analysis.quotes.iter().enumerate() {
        let place = *places.entry(quote.speaker).or_insert(quotes.len());
        if place == quotes.len() {
            quotes.push((quote.speaker, Vec::new()));
        }
        quotes[place].1.push(index);
    }
    quotes
}

/// A heading with the speaker's name, then each quote with its number, counted from 1.
fn speaker_section(
    speaker: Option<usize>,
    quotes: &[usize],
    story: &Story,
    analysis: &Analysis,
) -> Vec<String> {
    let entity = speaker.and_then(|it| analysis.entities.get(it));
    let name = entity.map_or(UNKNOWN_SPEAKER.into(), |it| escape_markdown(&speaker_heading(it, analysis)));
    let mut lines = vec![format!("### {name}\n")];
    for index in quotes {
        let quote = &analysis.quotes[*index];
        let text = quoted_text(quote, story.text(), "\n\n");
        let quoted = text.lines().map(|it| format!("> {}", escape_markdown(it)).trim_end().to_owned() + "\n");
        lines.push(quoted.collect());
        let kind = escape_markdown(&kind_and_remark(quote, story.text()));
        lines.push(format!("Quote {}, {kind}\n", analysis.quote_number(*index)));
    }
    lines
}
