//! The explanation of an attribution: why a quote was given to its speaker, in rows of a label and a text.

use pullquote::analysis::{AttributionRule, Entity, EntityKind, MentionKind, Quote, QuoteKind};
use pullquote::span::Span;

use crate::text::one_line;
use crate::tui::open_story::OpenStory;
use crate::tui::open_story::citation::quote_beginning;
use crate::tui::open_story::filter::confidence_percent;
use crate::tui::open_story::findings::Findings;
use crate::tui::style::symbols::{kind_description, kind_symbol, speaker_suffix};
use crate::tui::text::search_fold::is_same_wording;

/// A row of the panel: a label and its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ExplanationRow {
    pub(crate) label: &'static str,
    pub(crate) text: String,
}

/// The label of why the speaker is uncertain.
pub(crate) const BECAUSE: &str = "Because";

/// The label of why it is uncertain which words are quoted.
pub(crate) const WHICH_WORDS: &str = "Which words";

/// The least confidence that is called high. Below [`Quote::DOUBT_THRESHOLD`] it is low.
const HIGH_CONFIDENCE: f32 = 0.8;

/// The largest gap in bytes between source and cue that are shown in one piece.
const MAX_SOURCE_CUE_GAP_BYTES: usize = 40;

/// The width of a panel in columns from which words have a column of their own; the columns before it, and those between a
/// label and its words elsewhere; and the columns before the words that go on below a label.
const MIN_WIDTH_FOR_COLUMN: usize = 34;
const LABEL_COLUMNS: usize = 13;
const LABEL_GAP: usize = 2;
const NARROW_INDENT: usize = 2;

/// How many characters of the quoted text are shown, at most.
const MAX_QUOTE_CHARS: usize = 2000;

/// The same rows without the quote and its speaker, for where both stand beside them.
pub(crate) fn explain_reasons(reading: &OpenStory, number: usize) -> Vec<ExplanationRow> {
    explain(reading, number).into_iter().filter(|it| !matches!(it.label, "Quote" | "Speaker")).collect()
}

/// The rows that explain the speaker of a quote; empty if there is no such quote.
pub(crate) fn explain(reading: &OpenStory, number: usize) -> Vec<ExplanationRow> {
    explain_with(reading, number, speaker_suffix)
}

/// The same rows for screen readers: names have no symbols.
pub(crate) fn explain_aloud(reading: &OpenStory, number: usize) -> Vec<ExplanationRow> {
    explain_with(reading, number, |_| "")
}

/// The rows in which `suffix` follows the name of the speaker of a quote.
fn explain_with(
    reading: &OpenStory,
    number: usize,
    suffix: fn(&Quote) -> &'static str,
) -> Vec<ExplanationRow> {
    let known = reading.findings().and_then(|it| Some((it, it.quote(number)?, it.speaker_of(number)?)));
    let Some((findings, quote, speaker)) = known else { return Vec::new() };
    let text = reading.story.text();
    let mut facts = Vec::new();
    let mut tell = |label, words: String| facts.push(ExplanationRow { label, text: words });
    tell("Speaker", speaker_text(findings, speaker, suffix(quote)));
    tell("Confidence", confidence_text(quote));
    let doubts = doubts(findings, quote, text);
    if !doubts.is_empty() {
        tell(BECAUSE, doubts.join("; "));
    }
    if let Some(doubt) = doubt_of_extent(quote) {
        tell(WHICH_WORDS, doubt.to_string());
    }
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
            format!("{who}{}: {}, {}", suffix(found.1), found.1.rule.description(), confidence_text(found.1)),
        );
    }
    if is_weak(quote)
        && let Some(others) = nearby_people(findings, quote, text)
    {
        tell("Others", others);
    }
    tell("Quote", quote_beginning(quote, text, MAX_QUOTE_CHARS));
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
    format!("{word} ({} %)", confidence_percent(quote))
}

/// Whether the confidence is not high, and the user has not decided.
fn is_weak(quote: &Quote) -> bool {
    quote.rule != AttributionRule::User && quote.confidence < HIGH_CONFIDENCE
}

/// Why the speaker is uncertain, in words; empty if the confidence is high, if the user has decided, or if only the extent of
/// the quote is uncertain.
fn doubts(findings: &Findings, quote: &Quote, text: &str) -> Vec<String> {
    if !is_weak(quote) {
        return Vec::new();
    }
    let Some(entity) = quote.speaker.and_then(|it| findings.entity(it)) else {
        return vec!["nothing near the quote says who spoke".into()];
    };
    let mut doubts = Vec::new();
    if let Some(span) = quote.speaker_mention {
        let words = one_line(span.slice(text));
        doubts.extend(match mention_form(entity, span) {
            MentionKind::Pronoun => Some(format!("“{words}” could be someone else who is named nearby")),
            MentionKind::Role | MentionKind::Description if !is_same_wording(&words, &entity.name) => {
                Some(format!("“{words}” is not a name and could be someone else"))
            }
            MentionKind::Name if is_shared_name(&words, findings) => {
                Some(format!("“{words}” is the name of more than one in this story"))
            }
            _ => None,
        });
    }
    let no_verb = quote.cue.is_none();
    doubts.extend(
        match quote.rule {
            AttributionRule::Nearest => {
                Some("no verb such as “said” ties the words to anyone, so the nearest person was taken")
            }
            AttributionRule::Continued => {
                Some("the quote has no “said” of its own and seems to go on from the one before")
            }
            AttributionRule::Tagger if no_verb => {
                Some("there is no verb such as “said” near it, so the language model decided")
            }
            AttributionRule::Tagger => {
                Some("the sentence has an unusual form, so the language model decided")
            }
            AttributionRule::SpeakerThenCue | AttributionRule::CueThenSpeaker if no_verb => {
                Some("there is no verb such as “said” near it")
            }
            _ => None,
        }
        .map(String::from),
    );
    if doubts.is_empty() && doubt_of_extent(quote).is_none() {
        let right = confidence_percent(quote);
        doubts.push(format!("of 100 quotes like this one, about {right} are right"));
    }
    doubts
}

/// Why it is uncertain which words are quoted; `None` if all of them are in quotation marks, if the confidence is high, or if
/// nothing tells who spoke.
fn doubt_of_extent(quote: &Quote) -> Option<&'static str> {
    if !is_weak(quote) || quote.speaker.is_none() {
        return None;
    }
    match quote.kind {
        QuoteKind::Direct => None,
        QuoteKind::Mixed => Some("only some are in quotation marks, and they may be a term or a title"),
        QuoteKind::Indirect => Some("without quotation marks it is hard to tell where they begin and end"),
    }
}

/// Whether more than one person, organisation or source of the story has a name, or a name that ends with it.
fn is_shared_name(name: &str, findings: &Findings) -> bool {
    let ends_with_it =
        |it: &String| it.strip_suffix(name).is_some_and(|rest| rest.is_empty() || rest.ends_with(' '));
    let is_named = |it: &&Entity| {
        !matches!(it.kind, EntityKind::Place | EntityKind::Group)
            && (ends_with_it(&it.name) || it.aliases.iter().any(ends_with_it))
    };
    findings.analysis.entities.iter().filter(is_named).nth(1).is_some()
}

/// How the words that name a speaker do so.
fn mention_form(entity: &Entity, span: Span) -> MentionKind {
    entity.mentions.iter().find(|it| it.span.overlaps(span)).map_or(MentionKind::Name, |it| it.kind)
}

/// `John Kerry, US Secretary of State`
fn speaker_text(findings: &Findings, speaker: usize, suffix: &str) -> String {
    let name = format!("{}{suffix}", findings.speaker_name(speaker));
    match findings.entity_of_speaker(speaker).and_then(|it| it.roles.first()) {
        Some(role) => format!("{name}, {role}"),
        None => name,
    }
}

/// The mention that names the speaker; `None` without one. Another mention than a name is followed by the last name before it.
fn mention_text(findings: &Findings, quote: &Quote, text: &str) -> Option<String> {
    let entity = findings.entity(quote.speaker?)?;
    let span = quote.speaker_mention?;
    let words = one_line(span.slice(text));
    let before =
        || entity.mentions.iter().rfind(|it| it.kind == MentionKind::Name && it.span.end <= span.start);
    let stands_for = match mention_form(entity, span) {
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

/// Wraps rows of a panel to `width` columns: labels, and the words with spaces before them where a label is drawn. The words have a
/// column of their own; in a narrow panel they begin after their label and go on below it.
pub(crate) fn wrap_rows(facts: &[ExplanationRow], width: usize) -> Vec<(&'static str, String)> {
    let has_column = width >= MIN_WIDTH_FOR_COLUMN;
    let mut rows = Vec::new();
    for fact in facts {
        let narrow = [fact.label.len() + LABEL_GAP, NARROW_INDENT];
        let indents = if has_column { [LABEL_COLUMNS; 2] } else { narrow };
        let [first, others] = indents.map(|it| " ".repeat(it.min(width.saturating_sub(1))));
        let options = textwrap::Options::new(width.max(1)).initial_indent(&first).subsequent_indent(&others);
        for (number, words) in textwrap::wrap(&fact.text, options).into_iter().enumerate() {
            rows.push((if number == 0 { fact.label } else { "" }, words.into_owned()));
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::tests::{TestApp, analysis, story};

    /// Returns why the speaker of a quote of the test story is uncertain, once it and its story are changed.
    fn because(quote: usize, change: impl FnOnce(&mut pullquote::analysis::Analysis)) -> Option<String> {
        row(BECAUSE, quote, change)
    }

    /// Returns a row of the explanation of a quote of the test story, once it and its story are changed.
    fn row(
        label: &str,
        quote: usize,
        change: impl FnOnce(&mut pullquote::analysis::Analysis),
    ) -> Option<String> {
        let mut test_app = TestApp::pending(vec![story()]);
        let mut found = analysis();
        found.quotes[quote].confidence = 0.4;
        change(&mut found);
        test_app.app.set_analysis(0, Some(found));
        let rows = explain(test_app.app.current_story(), quote);
        rows.into_iter().find(|it| it.label == label).map(|it| it.text)
    }

    #[test]
    fn a_low_confidence_is_explained_in_words() {
        let cause = |quote, rule| because(quote, |it| it.quotes[quote].rule = rule).unwrap_or_default();
        assert!(cause(0, AttributionRule::Nearest).contains("the nearest person was taken"));
        assert!(cause(0, AttributionRule::Continued).contains("go on from the one before"));
        assert!(cause(0, AttributionRule::Tagger).contains("the language model decided"));
        assert_eq!(cause(0, AttributionRule::Label), "of 100 quotes like this one, about 40 are right");
        let unknown = because(0, |it| it.quotes[0].speaker = None).unwrap_or_default();
        assert!(unknown.contains("nothing near the quote says who spoke"), "{unknown}");
    }

    #[test]
    fn a_doubt_of_which_words_are_quoted_is_no_reason_to_doubt_the_speaker() {
        for (kind, words) in [
            (QuoteKind::Direct, None),
            (QuoteKind::Mixed, Some("only some are in quotation marks")),
            (QuoteKind::Indirect, Some("hard to tell where they begin and end")),
        ] {
            let change = |it: &mut pullquote::analysis::Analysis| {
                (it.quotes[0].kind, it.quotes[0].rule) = (kind, AttributionRule::Label);
            };
            let extent = row(WHICH_WORDS, 0, change);
            assert_eq!(extent.is_some(), words.is_some(), "{kind:?}");
            assert!(extent.unwrap_or_default().contains(words.unwrap_or_default()), "{kind:?}");
            assert_eq!(row(BECAUSE, 0, change).is_some(), words.is_none(), "{kind:?}");
        }
        let both = |it: &mut pullquote::analysis::Analysis| it.quotes[2].rule = AttributionRule::Nearest;
        assert!(row(BECAUSE, 2, both).unwrap_or_default().contains("the nearest person was taken"));
        assert!(row(WHICH_WORDS, 2, both).is_some());
    }

    #[test]
    fn a_pronoun_a_description_and_a_shared_name_are_told() {
        let of_mention = |kind: MentionKind| {
            because(0, |it| {
                let named = it.quotes[0].speaker_mention;
                let speaker = it.quotes[0].speaker.unwrap();
                let own = it.entities[speaker].mentions.iter_mut();
                own.filter(|own| named.is_some_and(|it| it.overlaps(own.span))).for_each(|it| it.kind = kind);
            })
            .unwrap_or_default()
        };
        assert!(of_mention(MentionKind::Pronoun).contains("could be someone else who is named nearby"));
        assert!(of_mention(MentionKind::Role).contains("is not a name and could be someone else"));
        let shared = because(0, |it| {
            let named = it.quotes[0].speaker_mention.map(|it| one_line(it.slice(story().text())));
            it.entities.push(Entity::new(EntityKind::Person, format!("Zoe {}", named.unwrap())));
        });
        assert!(shared.unwrap_or_default().contains("is the name of more than one in this story"));
    }

    #[test]
    fn a_high_confidence_and_a_decision_of_the_user_need_no_reason() {
        assert_eq!(because(0, |it| it.quotes[0].confidence = 0.9), None);
        assert_eq!(because(0, |it| it.quotes[0].rule = AttributionRule::User), None);
    }
}
