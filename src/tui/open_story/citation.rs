//! Citations for the clipboard: "“…” — Speaker, role (Source, date)".

use pullquote::analysis::{Quote, QuoteKind};
use pullquote::span::Span;
use pullquote::story::Story;
use pullquote::text_safety::is_unsafe;

use crate::text::one_line;
use crate::tui::open_story::findings::Findings;

/// Returns the citation of a quote on one line.
///
/// Only a direct quote is put in quotation marks; a partial quote or paraphrase keeps those that it has.
pub(crate) fn citation(story: &Story, findings: &Findings, number: usize) -> Option<String> {
    let quote = findings.quote(number)?;
    let speaker = findings.speaker_of(number)?;
    let text = quote_text(story, quote);
    let name = findings.speaker_name(speaker);
    let uncertain = if quote.is_doubtful() { " (?)" } else { "" };
    let role = findings.entity_of_speaker(speaker).and_then(|it| it.roles.first());
    let role = role.map_or(String::new(), |it| format!(", {it}"));
    Some(format!("{text} — {name}{uncertain}{role}{}", origin(story)))
}

/// Returns a span of the story on one line with its source: "… (Source, date)".
pub(crate) fn passage(story: &Story, span: Span) -> String {
    one_line(span.slice(story.text())) + &origin(story)
}

/// Returns " (Source, date)" with what is known of them; empty if nothing is.
fn origin(story: &Story) -> String {
    let known = [source_name(story), publication_date(story)];
    let known: Vec<String> = known.into_iter().flatten().collect();
    if known.is_empty() { String::new() } else { format!(" ({})", known.join(", ")) }
}

/// Returns the publisher of the story, else its file name or web address.
///
/// A file name may contain control characters; these are replaced, as the clipboard and the screen must not get them.
pub(crate) fn source_name(story: &Story) -> Option<String> {
    let source = story.outlet.as_deref().or(story.source.as_deref())?;
    let name = if source.contains("://") { source } else { source.rsplit('/').next().unwrap_or(source) };
    Some(name.replace(is_unsafe, "\u{fffd}"))
}

/// Returns the date of publication as people write it: "3 September 2024". A date in another form than ISO 8601 is
/// returned as the story has it.
pub(crate) fn publication_date(story: &Story) -> Option<String> {
    let date = story.published.as_deref()?;
    Some(readable_date(date).unwrap_or_else(|| date.to_string()))
}

/// Returns "3 September 2024" for "2024-09-03" or "2024-09-03T18:22:00Z"; `None` for any other form.
fn readable_date(date: &str) -> Option<String> {
    let day = date.get(..10).filter(|_| date[10..].is_empty() || date[10..].starts_with(['T', ' ']))?;
    let mut numbers =
        day.split('-').map(|it| it.bytes().all(|it| it.is_ascii_digit()).then(|| it.parse::<usize>()));
    let mut next = || numbers.next()??.ok();
    let (year, month, day) = (next()?, next()?, next()?);
    let month = MONTHS.get(month.checked_sub(1)?)?;
    (1..=31).contains(&day).then(|| format!("{day} {month} {year}"))
}

/// The names of the months.
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Returns the text of a quote, in quotation marks if it is direct.
fn quote_text(story: &Story, quote: &Quote) -> String {
    let parts = quote.parts.iter().map(|part| one_line(part.slice(story.text())));
    if quote.kind == QuoteKind::Direct {
        let bare: Vec<String> =
            parts.map(|part| part.trim_matches(QUOTATION_MARKS).trim().to_string()).collect();
        return format!("“{}”", bare.join(" "));
    }
    parts.collect::<Vec<_>>().join(" … ")
}

/// The quotation marks that are removed from the ends of a direct quote.
const QUOTATION_MARKS: &[char] = &['"', '“', '”', '„', '«', '»', '‹', '›', '‘', '‟'];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn iso_dates_are_written_out_and_others_stay() {
        for (date, readable) in [
            ("2024-09-03T18:22:00Z", Some("3 September 2024")),
            ("2026-05-13", Some("13 May 2026")),
            ("2026-05-13 10:00", Some("13 May 2026")),
            ("2026-13-01", None),
            ("2026-05-00", None),
            ("3 March", None),
            ("Tuesday, 3 March 2026", None),
            ("2026-05-1é", None),
        ] {
            assert_eq!(readable_date(date).as_deref(), readable, "{date}");
        }
    }
}
