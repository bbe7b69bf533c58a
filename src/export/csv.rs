//! CSV export: one row per quote, for a spreadsheet.

use crate::analysis::{Analysis, Quote};
use crate::export::phrasing::{affiliation_name, excerpt_description};
use crate::export::{Envelope, Export};
use crate::story::Story;
use crate::text_safety::replace_unsafe;

/// Comma-separated values: a header, then one row per quote.
///
/// Spreadsheets read a cell that begins with `=`, `+`, `-` or `@` as a formula. Such cells get an apostrophe in front.
/// Excel takes the text for UTF-8 only if it begins with a byte order mark, which the caller may write.
#[derive(Clone, Copy, Debug)]
pub struct Csv;

/// The names of the columns, in the order of [`quote_row`].
const HEADER: &str = "story,source,quote,kind,speaker,role,mention,cue,confidence,rule,start,end,text,affiliation,verified,filter,speaker_kind\n";

impl Export for Csv {
    fn envelope(&self, _several: bool) -> Envelope {
        Envelope { head: HEADER, ..Envelope::default() }
    }

    fn render(&self, story: &Story, analysis: &Analysis) -> String {
        let mut writer = csv::Writer::from_writer(Vec::new());
        // The title is made once, not for each row: a story without a headline has all its blocks searched.
        let title = story.title();
        let name = story.id.as_deref().or(title.as_deref());
        for (index, quote) in analysis.quotes.iter().enumerate() {
            writer
                .write_record(quote_row(story, name, analysis, index, quote))
                .expect("all rows are of equal length");
        }
        let bytes = writer.into_inner().expect("writing to memory cannot fail");
        String::from_utf8(bytes).expect("cells are UTF-8")
    }
}

/// The cells of a quote. `name` is the story's id, else its title; quotes are counted from 1, those that a filter left out too.
fn quote_row(
    story: &Story,
    name: Option<&str>,
    analysis: &Analysis,
    index: usize,
    quote: &Quote,
) -> [String; 17] {
    let text = story.text();
    let speaker = quote.speaker.and_then(|it| analysis.entities.get(it));
    let cell = |text: Option<&str>| escape_formula(text.unwrap_or_default());
    [
        cell(name),
        cell(story.source.as_deref()),
        analysis.quote_number(index).to_string(),
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
        if quote.is_verified() { "yes" } else { "no" }.into(),
        cell(excerpt_description(analysis).as_deref()),
        speaker.map_or("", |it| it.kind.name()).into(),
    ]
}

/// A cell that no spreadsheet reads as a formula: `=1+1` becomes `'=1+1`.
///
/// A spreadsheet that parts cells at semicolons or lines takes what stands behind one for a cell of its own.
fn escape_formula(cell: &str) -> String {
    let cell = replace_unsafe(cell, " ");
    let mut escaped = String::with_capacity(cell.len());
    // Where the apostrophe of a formula goes; `None` inside a cell.
    let mut cell_start = Some(0);
    for ch in cell.chars() {
        match (ch, cell_start) {
            ('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠', Some(start)) => {
                escaped.insert(start, '\'');
                cell_start = None;
            }
            (';' | '；' | '\n', _) => {}
            (ch, Some(_)) if ch.is_whitespace() => {}
            _ => cell_start = None,
        }
        escaped.push(ch);
        if matches!(ch, ';' | '；' | '\n') {
            cell_start = Some(escaped.len());
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_part_of_a_cell_is_a_formula() {
        for (cell, escaped) in [
            ("It rained.", "It rained."),
            ("=1+1", "'=1+1"),
            ("  @SUM(A1)", "'  @SUM(A1)"),
            ("＝1+1", "'＝1+1"),
            ("well-known; 1 = 1", "well-known; 1 = 1"),
            ("a;=1; -2", "a;'=1;' -2"),
            ("one\n+2", "one\n'+2"),
            ("x\u{9b};＠y", "x ;'＠y"),
        ] {
            assert_eq!(escape_formula(cell), escaped, "{cell:?}");
        }
    }
}
