//! A quote or a paragraph as it is handed on: `“…” — Speaker, role (Source, date)`.

use pullquote::analysis::{Quote, QuoteKind};
use pullquote::span::Span;
use pullquote::story::Story;

use crate::tui::open_story::findings::Findings;

/// The citation of a quote, on one line. Only words that stood between marks in the story get marks round the whole; a
/// mixed or reported quote keeps those that it has.
pub(crate) fn citation(story: &Story, findings: &Findings, number: usize) -> Option<String> {
    let quote = findings.quote(number)?;
    let speaker = findings.speaker_of(number)?;
    let words = words(story, quote);
    let name = findings.name(speaker);
    let doubt = if quote.doubtful() { " (?)" } else { "" };
    let role = findings.who(speaker).and_then(|it| it.roles.first());
    let role = role.map_or(String::new(), |it| format!(", {it}"));
    Some(format!("{words} — {name}{doubt}{role}{}", origin(story)))
}

/// A stretch of the story as it is handed on, on one line: `… (Source, date)`.
pub(crate) fn passage(story: &Story, span: Span) -> String {
    let words: Vec<&str> = span.of(story.text()).split_whitespace().collect();
    words.join(" ") + &origin(story)
}

/// ` (Source, date)`, as far as that is known.
fn origin(story: &Story) -> String {
    let known = [source(story), story.published.clone()];
    let known: Vec<String> = known.into_iter().flatten().collect();
    if known.is_empty() { String::new() } else { format!(" ({})", known.join(", ")) }
}

/// Who published the story, else the name of its file or its address; a file's name may hold anything, a clipboard must not.
pub(crate) fn source(story: &Story) -> Option<String> {
    let source = story.outlet.as_deref().or(story.source.as_deref())?;
    let name = if source.contains("://") { source } else { source.rsplit('/').next().unwrap_or(source) };
    Some(name.replace(char::is_control, "\u{fffd}"))
}

fn words(story: &Story, quote: &Quote) -> String {
    let parts = quote.parts.iter().map(|it| {
        let words: Vec<&str> = it.of(story.text()).split_whitespace().collect();
        words.join(" ")
    });
    if quote.kind == QuoteKind::Direct {
        let bare: Vec<String> = parts.map(|it| it.trim_matches(MARKS).trim().to_string()).collect();
        return format!("“{}”", bare.join(" "));
    }
    parts.collect::<Vec<_>>().join(" … ")
}

const MARKS: &[char] = &['"', '“', '”', '„', '«', '»', '‹', '›', '‘', '‟'];
