//! Why a quote is thought to be somebody's, fact by fact, in words.

use pullquote::analysis::{Entity, EntityKind, Form, Quote, Rule};
use pullquote::span::Span;

use crate::tui::open_story::Reading;
use crate::tui::open_story::findings::Findings;
use crate::tui::style::symbols::{after_speaker, meaning, shape};
use crate::tui::text::width::shorten;

/// One row of the panel: what is told, and the words that tell it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fact {
    pub(crate) label: &'static str,
    pub(crate) words: String,
}

/// From here on an attribution is called sure; under [`Quote::DOUBT`] it is doubtful.
const SURE: f32 = 0.8;

/// The most bytes between a speaker and the words that report him which are told together.
const NEAR: usize = 40;

/// The columns of the quote's first words that are told.
const TOLD: usize = 90;

/// All that speaks for the speaker of a quote.
pub(crate) fn why(reading: &Reading, number: usize) -> Vec<Fact> {
    let known = reading.findings().and_then(|it| Some((it, it.quote(number)?, it.speaker_of(number)?)));
    let Some((findings, quote, speaker)) = known else { return Vec::new() };
    let text = reading.story.text();
    let mut facts = Vec::new();
    let mut tell = |label, words: String| facts.push(Fact { label, words });
    tell("who", who(findings, quote, speaker));
    tell("how sure", sure(quote));
    if let Some(named) = named(findings, quote, text) {
        tell("named by", named);
    }
    tell("reported", quote.cue.map_or("no words report it".into(), |it| reported(quote, it, text)));
    tell("found by", quote.rule.words().to_string());
    tell("kind", format!("{} {}", shape(quote.kind), meaning(quote.kind)));
    if let Some(found) = reading.as_found(quote) {
        let who = found.0.map_or("unknown speaker", |it| it.name.as_str());
        tell(
            "as found",
            format!("{who}{}: {}, {}", after_speaker(found.1), found.1.rule.words(), sure(found.1)),
        );
    }
    let weak = quote.rule != Rule::Reader && quote.confidence < SURE;
    if weak && let Some(others) = others(findings, quote, text) {
        tell("also near", others);
    }
    let words: Vec<String> = quote.parts.iter().map(|it| one_line(it.of(text))).collect();
    tell("quote", shorten(&words.join(" … "), TOLD).into_owned());
    facts
}

/// How sure an attribution is, in a word and per cent.
fn sure(quote: &Quote) -> String {
    if quote.speaker.is_none() && quote.rule != Rule::Reader {
        return "nobody is named".to_string();
    }
    let word = match quote.confidence {
        SURE.. => "sure",
        Quote::DOUBT.. => "likely",
        _ => "doubtful",
    };
    format!("{word}, {:.0} %", quote.confidence * 100.0)
}

/// `John Kerry, US Secretary of State`
fn who(findings: &Findings, quote: &Quote, speaker: usize) -> String {
    let name = format!("{}{}", findings.name(speaker), after_speaker(quote));
    match findings.who(speaker).and_then(|it| it.roles.first()) {
        Some(role) => format!("{name}, {role}"),
        None => name,
    }
}

/// The words that name the speaker; where they are no name, the last name before them that they stand for.
fn named(findings: &Findings, quote: &Quote, text: &str) -> Option<String> {
    let entity = findings.entity(quote.speaker?)?;
    let Some(span) = quote.speaker_mention else { return Some("no words here".to_string()) };
    let words = one_line(span.of(text));
    let form = entity.mentions.iter().find(|it| it.span.meets(span)).map_or(Form::Name, |it| it.form);
    let before = || entity.mentions.iter().rfind(|it| it.form == Form::Name && it.span.end <= span.start);
    let stands_for = match form {
        Form::Name => None,
        Form::Pronoun | Form::Role | Form::Description => before(),
    };
    Some(match stands_for {
        Some(name) => format!("“{words}”, who is “{}” before it", one_line(name.span.of(text))),
        None => format!("“{words}”"),
    })
}

/// The words that report a quote as they stand, with the speaker where he stands beside them.
fn reported(quote: &Quote, cue: Span, text: &str) -> String {
    let both = quote.speaker_mention.map(|it| it.cover(cue)).filter(|both| {
        let apart = !quote.parts.iter().any(|it| it.meets(*both));
        apart && both.len() <= cue.len() + quote.speaker_mention.map_or(0, Span::len) + NEAR
    });
    format!("“{}”", one_line(both.unwrap_or(cue).of(text)))
}

/// Other people who are mentioned in the words round a quote, the nearest first.
fn others(findings: &Findings, quote: &Quote, text: &str) -> Option<String> {
    let extent = quote.extent();
    let start = text[..extent.start].rmatch_indices('\n').nth(1).map_or(0, |it| it.0);
    let end = text[extent.end..].find('\n').map_or(text.len(), |it| extent.end + it);
    let mut near: Vec<(usize, usize)> = Vec::new();
    for (span, (entity, _)) in findings.names.meeting(Span::new(start, end)) {
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

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Words of a panel in rows: a label, where one begins, and words beside it, or under it in a narrow pane.
pub(crate) fn laid(facts: &[Fact], width: usize) -> Vec<(&'static str, String)> {
    let beside = indent(width) > 0;
    let room = width.saturating_sub(indent(width)).max(1);
    let mut rows = Vec::new();
    for fact in facts {
        if !beside {
            rows.push((fact.label, String::new()));
        }
        for (number, words) in textwrap::wrap(&fact.words, room).into_iter().enumerate() {
            let label = if number == 0 && beside { fact.label } else { "" };
            rows.push((label, words.into_owned()));
        }
    }
    rows
}

/// The columns of the labels; none where they stand above their words.
pub(crate) const fn indent(width: usize) -> usize {
    if width < 28 { 0 } else { 12 }
}
