//! One row a quote, for a spreadsheet.

use crate::analysis::{Analysis, Quote};
use crate::export::{Envelope, Export};
use crate::story::Story;
use crate::text_safety::is_unsafe;

/// Comma-separated values: a head, then one row a quote.
///
/// A spreadsheet takes a cell that begins with `=`, `+`, `-` or `@` for a
/// formula; an apostrophe is put before such words, which it hides.
#[derive(Clone, Copy, Debug)]
pub struct Csv;

/// The names of the columns, in the order of [`row`].
const HEADER: &str = "story,source,quote,kind,speaker,role,mention,cue,confidence,rule,start,end,text\n";

impl Export for Csv {
    fn envelope(&self, _several: bool) -> Envelope {
        Envelope { head: HEADER, ..Envelope::default() }
    }

    fn render(&self, story: &Story, analysis: &Analysis) -> String {
        let mut sheet = csv::Writer::from_writer(Vec::new());
        for (number, quote) in analysis.quotes.iter().enumerate() {
            sheet
                .write_record(quote_row(story, analysis, number, quote))
                .expect("each row has as many cells");
        }
        let bytes = sheet.into_inner().expect("memory can always be written");
        String::from_utf8(bytes).expect("cells are text")
    }
}

/// The cells of a quote: `story` is the story's own name, else its headline; quotes are counted from 1.
fn quote_row(story: &Story, analysis: &Analysis, number: usize, quote: &Quote) -> [String; 13] {
    let text = story.text();
    let speaker = quote.speaker.and_then(|it| analysis.entities.get(it));
    let words = |words: Option<&str>| escape_formula(words.unwrap_or_default());
    [
        words(story.id.as_deref().or(story.headline())),
        words(story.source.as_deref()),
        (number + 1).to_string(),
        quote.kind.name().into(),
        words(speaker.map(|it| it.name.as_str())),
        words(speaker.and_then(|it| it.roles.first()).map(String::as_str)),
        words(quote.speaker_mention.map(|it| it.slice(text))),
        words(quote.cue.map(|it| it.slice(text))),
        format!("{:.2}", quote.confidence),
        quote.rule.name().into(),
        quote.extent().start.to_string(),
        quote.extent().end.to_string(),
        escape_formula(&quote.text(text)),
    ]
}

/// Words that no spreadsheet takes for a formula.
fn escape_formula(words: &str) -> String {
    let words = words.replace(|ch: char| is_unsafe(ch) && ch != '\n', " ");
    let formula = words.trim_start().starts_with(['=', '+', '-', '@']);
    if formula { format!("'{words}") } else { words }
}
