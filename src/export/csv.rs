//! CSV export: one row per quote, for a spreadsheet.

use crate::analysis::{Analysis, Quote};
use crate::export::phrasing::affiliation_name;
use crate::export::{Envelope, Export};
use crate::story::Story;
use crate::text_safety::is_unsafe;

/// Comma-separated values: a header, then one row per quote.
///
/// Spreadsheets read a cell that begins with `=`, `+`, `-` or `@` as a formula. Such cells get an apostrophe in front.
#[derive(Clone, Copy, Debug)]
pub struct Csv;

/// The names of the columns, in the order of [`quote_row`].
const HEADER: &str =
    "story,source,quote,kind,speaker,role,mention,cue,confidence,rule,start,end,text,affiliation\n";

impl Export for Csv {
    fn envelope(&self, _several: bool) -> Envelope {
        Envelope { head: HEADER, ..Envelope::default() }
    }

    fn render(&self, story: &Story, analysis: &Analysis) -> String {
        let mut writer = csv::Writer::from_writer(Vec::new());
        for (index, quote) in analysis.quotes.iter().enumerate() {
            writer
                .write_record(quote_row(story, analysis, index, quote))
                .expect("all rows are of equal length");
        }
        let bytes = writer.into_inner().expect("writing to memory cannot fail");
        String::from_utf8(bytes).expect("cells are UTF-8")
    }
}

/// The cells of a quote. `story` is the story's id, else its headline; quotes are counted from 1.
fn quote_row(story: &Story, analysis: &Analysis, index: usize, quote: &Quote) -> [String; 14] {
    let text = story.text();
    let speaker = quote.speaker.and_then(|it| analysis.entities.get(it));
    let cell = |text: Option<&str>| escape_formula(text.unwrap_or_default());
    [
        cell(story.id.as_deref().or(story.headline())),
        cell(story.source.as_deref()),
        (index + 1).to_string(),
        quote.kind.name().into(),
        cell(speaker.map(|it| it.name.as_str())),
        cell(speaker.and_then(|it| it.roles.first()).map(String::as_str)),
        cell(quote.speaker_mention.map(|it| it.slice(text))),
        cell(quote.cue.map(|it| it.slice(text))),
        format!("{:.2}", quote.confidence),
        quote.rule.name().into(),
        quote.extent().start.to_string(),
        quote.extent().end.to_string(),
        escape_formula(&quote.text(text)),
        cell(speaker.and_then(|it| affiliation_name(it, analysis))),
    ]
}

/// A cell that no spreadsheet reads as a formula: `=1+1` becomes `'=1+1`.
fn escape_formula(cell: &str) -> String {
    let cell = cell.replace(|ch: char| is_unsafe(ch) && ch != '\n', " ");
    let is_formula = cell.trim_start().starts_with(['=', '+', '-', '@']);
    if is_formula { format!("'{cell}") } else { cell }
}
