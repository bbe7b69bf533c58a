//! A quote or a paragraph as it is handed on: `“…” — Speaker, role (Source, date)`.

use pullquote::analysis::{Quote, QuoteKind};
use pullquote::span::Span;
use pullquote::story::Story;
use pullquote::text_safety::is_unsafe;

use crate::tui::open_story::findings::Findings;

/// The citation of a quote, on one line. Only words that stood between marks in the story get marks round the whole; a
/// mixed or reported quote keeps those that it has.
pub(crate) fn citation(story: &Story, findings: &Findings, number: usize) -> Option<String> {
    let quote = findings.quote(number)?;
    let speaker = findings.speaker_of(number)?;
    let words = quote_text(story, quote);
    let name = findings.speaker_name(speaker);
    let doubt = if quote.is_doubtful() { " (?)" } else { "" };
    let role = findings.entity_of_speaker(speaker).and_then(|it| it.roles.first());
    let role = role.map_or(String::new(), |it| format!(", {it}"));
    Some(format!("{words} — {name}{doubt}{role}{}", origin(story)))
}

/// A stretch of the story as it is handed on, on one line: `… (Source, date)`.
pub(crate) fn passage(story: &Story, span: Span) -> String {
    let words: Vec<&str> = span.slice(story.text()).split_whitespace().collect();
    words.join(" ") + &origin(story)
}

/// ` (Source, date)`, as far as that is known.
fn origin(story: &Story) -> String {
    let known = [source_name(story), story.published.clone()];
    let known: Vec<String> = known.into_iter().flatten().collect();
    if known.is_empty() { String::new() } else { format!(" ({})", known.join(", ")) }
}

/// Who published the story, else the name of its file or its address; a file's name may hold anything, a clipboard must not.
pub(crate) fn source_name(story: &Story) -> Option<String> {
    let source = story.outlet.as_deref().or(story.source.as_deref())?;
    let name = if source.contains("://") { source } else { source.rsplit('/').next().unwrap_or(source) };
    Some(name.replace(is_unsafe, "\u{fffd}"))
}

fn quote_text(story: &Story, quote: &Quote) -> String {
    let parts = quote.parts.iter().map(|it| {
        let words: Vec<&str> = it.slice(story.text()).split_whitespace().collect();
        words.join(" ")
    });
    if quote.kind == QuoteKind::Direct {
        let bare: Vec<String> = parts.map(|it| it.trim_matches(QUOTATION_MARKS).trim().to_string()).collect();
        return format!("“{}”", bare.join(" "));
    }
    parts.collect::<Vec<_>>().join(" … ")
}

const QUOTATION_MARKS: &[char] = &['"', '“', '”', '„', '«', '»', '‹', '›', '‘', '‟'];
