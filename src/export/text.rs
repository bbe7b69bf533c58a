//! Text export: the story in reading order with its quotes in words, for pipes and screen readers.

use std::iter;

use unicode_segmentation::UnicodeSegmentation;

use crate::analysis::{Analysis, Quote};
use crate::export::phrasing::{
    NO_QUOTES, REJECTED_TITLE, entity_lists, excerpt_note, kind_and_remark, name_with_role, origin,
    quoted_text,
};
use crate::export::{Envelope, Export};
use crate::story::{BlockKind, Story};

/// Plain text without symbols or columns.
///
/// Each paragraph is followed by the quotes that begin in it.
#[derive(Clone, Copy, Debug)]
pub struct Text;

/// The longest line, in characters as the user sees them (grapheme clusters).
const MAX_COLUMNS: usize = 80;

/// The indent of quotes and lists.
const INDENT: &str = "    ";

impl Export for Text {
    fn envelope(&self, _several: bool) -> Envelope {
        Envelope { separator: "\n---\n\n", ..Envelope::default() }
    }

    fn render(&self, story: &Story, analysis: &Analysis) -> String {
        let mut sections = Vec::new();
        // The first words of a story that has no title follow with its text.
        let head = [story.given_title(), origin(story), excerpt_note(analysis)];
        sections.extend(head.into_iter().flatten().map(|it| wrap(&it, "")));
        let describe = |(index, quote)| wrap(&describe_quote(index, quote, story, analysis), INDENT);
        let mut quotes = analysis.quotes.iter().enumerate().peekable();
        for block in story.blocks() {
            let text = block.span.slice(story.text());
            let is_repeated = match block.kind {
                BlockKind::Headline => story.short_headline() == Some(text),
                BlockKind::Byline => story.byline() == Some(text),
                _ => block.repeats.is_some(),
            };
            if !is_repeated {
                sections.push(wrap(text, ""));
            }
            let begun = iter::from_fn(|| quotes.next_if(|it| it.1.extent().start < block.span.end));
            sections.push(begun.map(describe).collect());
        }
        sections.push(quotes.map(describe).collect());
        if analysis.quotes.is_empty() {
            sections.push(format!("{NO_QUOTES}\n"));
        }
        if !analysis.rejected.is_empty() {
            let quotes = analysis.rejected.iter().map(|it| quoted_text(it, story.text(), " "));
            let rows: String = quotes.map(|it| wrap(&it, INDENT)).collect();
            sections.push(format!("{REJECTED_TITLE}\n{rows}"));
        }
        for (heading, rows) in
            entity_lists(story, analysis, |name, facts| wrap(&format!("{name}: {facts}"), INDENT))
        {
            sections.push(format!("{heading}\n{rows}"));
        }
        sections.retain(|it| !it.is_empty());
        sections.join("\n")
    }
}

/// "Quote 3, said by Federica Mogherini, EU foreign policy chief (partial): …"
fn describe_quote(index: usize, quote: &Quote, story: &Story, analysis: &Analysis) -> String {
    let speaker = quote.speaker.and_then(|it| analysis.entities.get(it));
    let speaker = speaker.map_or("an unknown speaker".into(), |it| name_with_role(it, analysis));
    let text = quoted_text(quote, story.text(), " ");
    let kind = kind_and_remark(quote, story.text());
    format!("Quote {}, said by {speaker} ({kind}): {text}", analysis.quote_number(index))
}

/// Wraps a text at [`MAX_COLUMNS`]. All lines are indented, those below the first of a paragraph twice.
///
/// A word that is longer than a line gets a line of its own.
fn wrap(text: &str, indent: &str) -> String {
    let mut wrapped = String::new();
    for paragraph in text.lines() {
        let mut column = 0;
        for word in paragraph.split(' ').filter(|it| !it.is_empty()) {
            let width = if word.is_ascii() { word.len() } else { word.graphemes(true).count() };
            if column == 0 {
                wrapped += indent;
                column = indent.len();
            } else if column + 1 + width > MAX_COLUMNS {
                wrapped.extend(["\n", indent, indent]);
                column = 2 * indent.len();
            } else {
                wrapped.push(' ');
                column += 1;
            }
            wrapped += word;
            column += width;
        }
        wrapped.push('\n');
    }
    wrapped
}
