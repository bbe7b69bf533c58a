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
    let known = [source_name(story), story.readable_date()];
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
