//! Citations for the clipboard: "“…” — Speaker, role (Source, date)".

use pullquote::analysis::{Quote, QuoteKind};
use pullquote::span::Span;
use pullquote::story::Story;

use crate::text::{one_line, safe_message};
use crate::tui::open_story::findings::Findings;

/// Returns the citation of a quote on one line.
///
/// Only a direct quote is put in quotation marks, each of its quotations in its own; a partial quote keeps those that it has. A paraphrase is marked as one, with the
/// words that report it if they tell more than that it was said: "(paraphrase: denied)".
pub(crate) fn citation(story: &Story, findings: &Findings, number: usize) -> Option<String> {
    let quote = findings.quote(number)?;
    let speaker = findings.speaker_of(number)?;
    let text = quote.quotation(story.text());
    let name = findings.speaker_name(speaker);
    let is_paraphrase = quote.kind == QuoteKind::Indirect;
    let paraphrase =
        if is_paraphrase { format!(" ({})", quote.kind_and_cue(story.text())) } else { String::new() };
    let uncertain = if quote.is_doubtful() { " (?)" } else { "" };
    let role = findings.entity_of_speaker(speaker).and_then(|it| it.roles.first());
    let role = role.map_or(String::new(), |it| format!(", {it}"));
    Some(format!("{text}{paraphrase} — {name}{uncertain}{role}{}", origin(story)))
}

/// Returns at most `max_chars` characters of a quote on one line, its parts joined as everywhere. The words that report a
/// paraphrase come first if it may be misunderstood without them: "denied: the dam leaked", "denied that the dam leaked".
pub(crate) fn quote_beginning(quote: &Quote, text: &str, max_chars: usize) -> String {
    let begins_with_that = quote.parts.first().is_some_and(|it| it.slice(text).starts_with("that "));
    let joint = if begins_with_that { " " } else { ": " };
    let mut beginning = quote.telling_cue(text).map_or_else(String::new, |it| it + joint);
    let mut free = max_chars.saturating_sub(beginning.chars().count());
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
    Some(safe_message(name))
}

/// Returns the publisher or the source of a story, unless the source is its title already.
pub(crate) fn source_beside_title(story: &Story) -> Option<String> {
    let is_title = story.outlet.is_none() && story.short_headline().is_none();
    source_name(story).filter(|_| !is_title)
}

/// Returns what stands beside the title of a story: where it is from and when it was published, as far as that is known.
pub(crate) fn origin_beside_title(story: &Story) -> Vec<String> {
    source_beside_title(story).into_iter().chain(story.readable_date()).collect()
}

/// Returns what joins a part of a quote to the one before, on one line.
fn joint_on_one_line(joint: &'static str) -> &'static str {
    if joint == "\n" { " " } else { joint }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_verb_of_a_paraphrase_comes_before_its_words() {
        for (text, cue, words, shown) in [
            ("Lee denied that it leaked", "denied", "that it leaked", "denied that it leaked"),
            ("Lee denied it leaked", "denied", "it leaked", "denied: it leaked"),
            ("It leaked, Lee warned", "warned", "It leaked", "warned: It leaked"),
            ("Lee said that it leaked", "said", "that it leaked", "that it leaked"),
        ] {
            let span = |of: &str| {
                let start = text.find(of).unwrap();
                Span::new(start, start + of.len())
            };
            let mut quote = Quote::new(QuoteKind::Indirect, vec![span(words)]);
            quote.cue = Some(span(cue));
            assert_eq!(quote_beginning(&quote, text, usize::MAX), shown, "{text}");
        }
    }
}
