//! A quote as it is handed on: `“…” — Speaker, role (Source, date)`.

use pullquote::analysis::{Quote, QuoteKind};
use pullquote::story::Story;

use super::findings::Findings;

/// The citation of a quote, on one line. Only words that stood between marks in the story get marks round the whole; a
/// mixed or reported quote keeps those that it has.
pub(super) fn citation(story: &Story, findings: &Findings, number: usize) -> Option<String> {
    let quote = findings.quote(number)?;
    let speaker = findings.speaker_of(number)?;
    let words = words(story, quote);
    let name = findings.name(speaker);
    let doubt = if quote.doubtful() { " (?)" } else { "" };
    let role = findings.who(speaker).and_then(|it| it.roles.first());
    let role = role.map_or(String::new(), |it| format!(", {it}"));
    let source = [source(story), story.published.clone()];
    let source: Vec<String> = source.into_iter().flatten().collect();
    let source = if source.is_empty() { String::new() } else { format!(" ({})", source.join(", ")) };
    Some(format!("{words} — {name}{doubt}{role}{source}"))
}

/// Who published the story, else the name of its file or its address; a file's name may hold anything, a clipboard must not.
pub(super) fn source(story: &Story) -> Option<String> {
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
