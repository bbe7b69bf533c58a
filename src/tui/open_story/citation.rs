//! Citations for the clipboard: "“…” — Speaker, role (Source, date)".

use pullquote::analysis::{Quote, QuoteKind};
use pullquote::span::Span;
use pullquote::story::Story;
use pullquote::text_safety::is_unsafe;

use crate::text::one_line;
use crate::tui::open_story::findings::Findings;

/// Returns the citation of a quote on one line.
///
/// Only a direct quote is put in quotation marks; a partial quote keeps those that it has. A paraphrase is marked as one, with the
/// words that report it if they tell more than that it was said: "(paraphrase: denied)".
pub(crate) fn citation(story: &Story, findings: &Findings, number: usize) -> Option<String> {
    let quote = findings.quote(number)?;
    let speaker = findings.speaker_of(number)?;
    let text = quote_text(story, quote);
    let name = findings.speaker_name(speaker);
    let cue = quote.telling_cue(story.text()).map_or_else(String::new, |it| format!(": {it}"));
    let paraphrase =
        if quote.kind == QuoteKind::Indirect { format!(" (paraphrase{cue})") } else { String::new() };
    let uncertain = if quote.is_doubtful() { " (?)" } else { "" };
    let role = findings.entity_of_speaker(speaker).and_then(|it| it.roles.first());
    let role = role.map_or(String::new(), |it| format!(", {it}"));
    Some(format!("{text}{paraphrase} — {name}{uncertain}{role}{}", origin(story)))
}

/// Returns at most `max_chars` characters of a quote on one line, its parts joined as everywhere.
pub(crate) fn quote_beginning(quote: &Quote, text: &str, max_chars: usize) -> String {
    let mut beginning = String::new();
    let mut free = max_chars;
    for (joint, part) in quote.joined_parts(text) {
        if free == 0 {
            break;
        }
        let part: String = part.chars().take(free).collect();
        beginning.extend([joint_on_one_line(joint), &one_line(&part)]);
        free = free.saturating_sub(joint.chars().count() + part.chars().count());
    }
    beginning
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
    let name = story.outlet.as_deref().or(story.source_name())?;
    Some(name.replace(is_unsafe, "\u{fffd}"))
}

/// Returns the text of a quote, in quotation marks if it is direct.
fn quote_text(story: &Story, quote: &Quote) -> String {
    if quote.kind != QuoteKind::Direct {
        return quote_beginning(quote, story.text(), usize::MAX);
    }
    let mut bare = String::new();
    for (joint, part) in quote.joined_parts(story.text()) {
        let part = one_line(part);
        bare.extend([joint_on_one_line(joint), part.trim_matches(QUOTATION_MARKS).trim()]);
    }
    format!("“{bare}”")
}

/// Returns what joins a part of a quote to the one before, on one line.
fn joint_on_one_line(joint: &'static str) -> &'static str {
    if joint == "\n" { " " } else { joint }
}

/// The quotation marks that are removed from the ends of a direct quote.
const QUOTATION_MARKS: &[char] = &['"', '“', '”', '„', '«', '»', '‹', '›', '‘', '‟'];
