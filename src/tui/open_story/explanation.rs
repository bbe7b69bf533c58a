//! The explanation of an attribution: why a quote was given to its speaker, in rows of a label and a text.

use pullquote::analysis::{AttributionRule, Entity, EntityKind, MentionKind, Quote};
use pullquote::span::Span;

use crate::text::one_line;
use crate::tui::open_story::OpenStory;
use crate::tui::open_story::citation::quote_beginning;
use crate::tui::open_story::findings::Findings;
use crate::tui::style::symbols::{kind_description, kind_symbol, speaker_suffix};
use crate::tui::text::search_fold::is_same_wording;
use crate::tui::text::width::truncate;

/// A row of the panel: a label and its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ExplanationRow {
    pub(crate) label: &'static str,
    pub(crate) text: String,
}

/// The least confidence that is called high. Below [`Quote::DOUBT_THRESHOLD`] it is low.
const HIGH_CONFIDENCE: f32 = 0.8;

/// The largest gap in bytes between source and cue that are shown in one piece.
const MAX_SOURCE_CUE_GAP_BYTES: usize = 40;

/// The width in columns to which the quoted text is shortened.
const MAX_QUOTE_COLUMNS: usize = 90;

/// The same rows without the quote and its speaker, for where both stand beside them.
pub(crate) fn explain_reasons(reading: &OpenStory, number: usize) -> Vec<ExplanationRow> {
    explain(reading, number).into_iter().filter(|it| !matches!(it.label, "Quote" | "Speaker")).collect()
}

/// The rows that explain the speaker of a quote; empty if there is no such quote.
pub(crate) fn explain(reading: &OpenStory, number: usize) -> Vec<ExplanationRow> {
    let known = reading.findings().and_then(|it| Some((it, it.quote(number)?, it.speaker_of(number)?)));
    let Some((findings, quote, speaker)) = known else { return Vec::new() };
    let text = reading.story.text();
    let mut facts = Vec::new();
    let mut tell = |label, words: String| facts.push(ExplanationRow { label, text: words });
    tell("Speaker", speaker_text(findings, quote, speaker));
    tell("Confidence", confidence_text(quote));
    if let Some(named) = mention_text(findings, quote, text) {
        tell("Named as", named);
    }
    tell("Verb", quote.cue.map_or("no reporting verb".into(), |it| cue_text(quote, it, text)));
    tell("Rule", quote.rule.description().to_string());
    tell("Type", format!("{} {}", kind_symbol(quote.kind), kind_description(quote.kind)));
    if let Some(found) = reading.engine_quote(quote) {
        let who = found.0.map_or("Unknown speaker", |it| it.name.as_str());
        tell(
            "Originally",
            format!(
                "{who}{}: {}, {}",
                speaker_suffix(found.1),
                found.1.rule.description(),
                confidence_text(found.1)
            ),
        );
    }
    let weak = quote.rule != AttributionRule::User && quote.confidence < HIGH_CONFIDENCE;
    if weak && let Some(others) = nearby_people(findings, quote, text) {
        tell("Others", others);
    }
    let beginning = quote_beginning(quote, text, 2 * MAX_QUOTE_COLUMNS);
    tell("Quote", truncate(&beginning, MAX_QUOTE_COLUMNS).into_owned());
    facts
}

/// The confidence of an attribution as a word and in per cent: `High (98 %)`.
fn confidence_text(quote: &Quote) -> String {
    if quote.speaker.is_none() && quote.rule != AttributionRule::User {
        return "no speaker given".to_string();
    }
    let word = match quote.confidence {
        HIGH_CONFIDENCE.. => "High",
        Quote::DOUBT_THRESHOLD.. => "Medium",
        _ => "Low",
    };
    format!("{word} ({:.0} %)", quote.confidence * 100.0)
}

/// `John Kerry, US Secretary of State`
fn speaker_text(findings: &Findings, quote: &Quote, speaker: usize) -> String {
    let name = format!("{}{}", findings.speaker_name(speaker), speaker_suffix(quote));
    match findings.entity_of_speaker(speaker).and_then(|it| it.roles.first()) {
        Some(role) => format!("{name}, {role}"),
        None => name,
    }
}

/// The mention that names the speaker. Another mention than a name is followed by the last name before it.
fn mention_text(findings: &Findings, quote: &Quote, text: &str) -> Option<String> {
    let entity = findings.entity(quote.speaker?)?;
    let Some(span) = quote.speaker_mention else { return Some("–".to_string()) };
    let words = one_line(span.slice(text));
    let form =
        entity.mentions.iter().find(|it| it.span.overlaps(span)).map_or(MentionKind::Name, |it| it.kind);
    let before =
        || entity.mentions.iter().rfind(|it| it.kind == MentionKind::Name && it.span.end <= span.start);
    let stands_for = match form {
        MentionKind::Name => None,
        MentionKind::Pronoun | MentionKind::Role | MentionKind::Description => before(),
    };
    let name = stands_for.map(|it| one_line(it.span.slice(text))).filter(|it| !is_same_wording(&words, it));
    Some(name.map_or_else(|| format!("“{words}”"), |name| format!("“{words}” = {name}")))
}

/// The cue, with the source if it is close: `“Lee told reporters”`.
fn cue_text(quote: &Quote, cue: Span, text: &str) -> String {
    let both = quote.speaker_mention.map(|it| it.cover(cue)).filter(|both| {
        let apart = !quote.parts.iter().any(|it| it.overlaps(*both));
        apart
            && both.len() <= cue.len() + quote.speaker_mention.map_or(0, Span::len) + MAX_SOURCE_CUE_GAP_BYTES
    });
    format!("“{}”", one_line(both.unwrap_or(cue).slice(text)))
}

/// The names of up to three other people near a quote, the nearest first.
fn nearby_people(findings: &Findings, quote: &Quote, text: &str) -> Option<String> {
    let extent = quote.extent();
    let start = text[..extent.start].rmatch_indices('\n').nth(1).map_or(0, |it| it.0);
    let end = text[extent.end..].find('\n').map_or(text.len(), |it| extent.end + it);
    let mut near: Vec<(usize, usize)> = Vec::new();
    for (span, (entity, _)) in findings.mentions.overlapping(Span::new(start, end)) {
        let can_speak = |it: &Entity| !matches!(it.kind, EntityKind::Place | EntityKind::Organisation);
        let far = extent.start.saturating_sub(span.end).max(span.start.saturating_sub(extent.end));
        let new = !near.iter().any(|it| it.1 == entity);
        if Some(entity) != quote.speaker && findings.entity(entity).is_some_and(can_speak) && new {
            near.push((far, entity));
        }
    }
    near.sort_unstable();
    let names: Vec<&str> =
        near.iter().take(3).filter_map(|it| findings.entity(it.1)).map(|it| it.name.as_str()).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

/// Wraps rows of a panel to `width` columns. The label is beside its text, or above it in a narrow panel.
pub(crate) fn wrap_rows(facts: &[ExplanationRow], width: usize) -> Vec<(&'static str, String)> {
    let beside = label_columns(width) > 0;
    let text_width = width.saturating_sub(label_columns(width)).max(1);
    let mut rows = Vec::new();
    for fact in facts {
        if !beside {
            rows.push((fact.label, String::new()));
        }
        for (number, words) in textwrap::wrap(&fact.text, text_width).into_iter().enumerate() {
            let label = if number == 0 && beside { fact.label } else { "" };
            rows.push((label, words.into_owned()));
        }
    }
    rows
}

/// The width of the label column; 0 if labels are above their text.
pub(crate) const fn label_columns(width: usize) -> usize {
    if width < 28 { 0 } else { 12 }
}
