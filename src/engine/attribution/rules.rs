//! Units → reports: clauses that say who says what, by the grammar of news.

pub(crate) mod contents;
pub(crate) mod cues;
pub(crate) mod sources;
#[cfg(test)]
mod tests;

use std::ops::Range;

use crate::analysis::AttributionRule;
use crate::engine::attribution::Attribution;
pub(crate) use crate::engine::attribution::rules::cues::CueVerbs;
use crate::engine::attribution::rules::cues::{Cue, CueForm, CueStrength};
use crate::engine::text::clause::{Clause, ClauseView};
use crate::engine::text::document::Document;
use crate::engine::text::quotation_marks::QuotedSpan;
use crate::engine::text::word_classes;
use crate::span::Span;
use crate::story::BlockKind;

/// A cue with its subject, by items.
#[derive(Clone, Debug)]
pub(crate) struct CueMatch {
    cue: Cue,
    source: Option<Range<usize>>,
    /// Whether the subject stands in another clause.
    borrowed: bool,
    rule: AttributionRule,
}

impl CueMatch {
    /// The items that cue and subject take together.
    fn item_range(&self) -> Range<usize> {
        match &self.source {
            Some(it) if !self.borrowed => it.start.min(self.cue.items.start)..it.end.max(self.cue.items.end),
            _ => self.cue.items.clone(),
        }
    }
}

/// What the clauses of a story tell.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct RuleOutput {
    /// In reading order of their units.
    pub(crate) attributions: Vec<Attribution>,
    /// For each unit, the noun phrase that opens it.
    pub(crate) subjects: Vec<Option<Span>>,
}

/// Reads the units of a story. A block that repeats another, and what is not
/// the story, report nothing.
pub(crate) fn extract(
    doc: &Document,
    quoted_spans: &[QuotedSpan],
    units: &[Clause],
    verbs: &CueVerbs,
) -> RuleOutput {
    let mut told = RuleOutput::default();
    // The last block that was looked at as a whole, and whether it is signed.
    let mut signed: Option<(usize, bool)> = None;
    for (number, unit) in units.iter().enumerate() {
        let clause = ClauseView { doc, quoted: quoted_spans, items: &unit.items };
        told.subjects.push(sources::clause_subject(clause).map(|it| clause.span(it)));
        let block = &doc.story.blocks()[unit.block];
        if block.repeats.is_some() || matches!(block.kind, BlockKind::Furniture | BlockKind::Byline) {
            continue;
        }
        if signed.as_ref().is_some_and(|it: &(usize, bool)| *it == (unit.block, true)) {
            continue;
        }
        if signed.is_none_or(|it| it.0 != unit.block) {
            let report = signed_paragraph(doc, quoted_spans, unit.block);
            signed = Some((unit.block, report.is_some()));
            if let Some(report) = report {
                told.attributions.push(report);
                continue;
            }
        }
        let before = number.checked_sub(1).map(|it| ClauseView { items: &units[it].items, ..clause });
        let sayings = match_cues(clause, verbs);
        let labelled = signed_quote(clause, before)
            .or_else(|| labeled_speech(clause, block.kind, &sayings))
            .or_else(|| speech_before_label(clause, block.kind));
        match labelled {
            Some(report) => told.attributions.push(report),
            None => told
                .attributions
                .extend((0..sayings.len()).filter_map(|it| build_attribution(clause, &sayings, it))),
        }
    }
    told
}

/// The cues of a clause with their subjects.
fn match_cues(clause: ClauseView, verbs: &CueVerbs) -> Vec<CueMatch> {
    let mut sayings: Vec<CueMatch> = Vec::new();
    for cue in cues::find_cues(clause, verbs) {
        let free = sayings.last().map_or(0, |it: &CueMatch| it.item_range().end);
        let (source, rule) = match cue.form {
            CueForm::Phrase => {
                (sources::source_of_according_to(clause, cue.items.end), AttributionRule::AccordingTo)
            }
            CueForm::Participle => {
                let last = sayings.iter().rev().find_map(|it| it.source.clone());
                (last.or_else(|| sources::clause_subject(clause)), AttributionRule::SpeakerThenCue)
            }
            CueForm::Verb | CueForm::Quoted => find_source(clause, &cue, free, &sayings),
        };
        let quoted = clause.first_quote_in(0..clause.items.len()).is_some() || announces_next(clause);
        let nested = rule == AttributionRule::SpeakerThenCue
            && sayings.last().is_some_and(|it| is_nested_cue(clause, it, &cue, source.as_ref()));
        if !nested
            && cue.items.start >= free
            && (quoted || source.is_some() && cue.strength < CueStrength::QuoteOnly)
        {
            let borrowed =
                cue.form == CueForm::Participle || source.as_ref().is_some_and(|it| it.start < free);
            sayings.push(CueMatch { cue, source, borrowed, rule });
        }
    }
    sayings
}

/// Whether a further cue stands in the words that an earlier saying reports:
/// "Lee said | she hopes it rains". Nothing parts the two.
fn is_nested_cue(clause: ClauseView, saying: &CueMatch, cue: &Cue, source: Option<&Range<usize>>) -> bool {
    let start = source.map_or(cue.items.start, |it| it.start.min(cue.items.start));
    let end = saying.item_range().end;
    let parted = |it: usize| {
        matches!(clause.word(it), "," | ";" | "." | ":")
            || word_classes::is_dash(clause.word(it))
            || clause.quote_at(it).is_some()
    };
    let joined = start > 0 && matches!(clause.lower(start - 1).as_str(), "and" | "but" | "while");
    saying.rule != AttributionRule::AccordingTo
        && saying.cue.strength < CueStrength::QuoteOnly
        && end < start
        && !joined
        && !(end..start).any(parted)
        || end == start
            && saying.rule == AttributionRule::SpeakerThenCue
            && source.is_some_and(|it| it.start >= end)
}

/// Who says it: after the cue where the clause is turned round, else before it.
fn find_source(
    clause: ClauseView,
    cue: &Cue,
    free: usize,
    sayings: &[CueMatch],
) -> (Option<Range<usize>>, AttributionRule) {
    let start = cue.items.start;
    let turned = start == 0 || !clause.is_word(start - 1) && clause.word(start - 1) != ")";
    if turned && cue.form == CueForm::Verb && clause.lower(cue.verb) != "told" {
        let after = sources::source_after_cue(clause, cue.items.end).filter(|it| {
            let next = clause.lower(it.end);
            let quoted = clause.first_quote_in(free..start).is_some();
            // "Lee, the mayor, called | the plan | “a disaster”": what stands before the quote is no speaker.
            !clause.is_word(it.end) && (quoted || clause.quote_at(it.end).is_none())
                || word_classes::is_preposition(&next)
                || word_classes::is_time_word(&next)
                || next == "and"
                || next == "who"
        });
        let words_before = start > free + 2 || clause.first_quote_in(free..start).is_some();
        if after.is_some() && (words_before || start == 0) {
            return (after, AttributionRule::CueThenSpeaker);
        }
    }
    let before = sources::source_before_cue(clause, start).filter(|it| it.start >= free);
    let joined = start > 0 && matches!(clause.lower(start - 1).as_str(), "and" | "but" | ",");
    match before {
        None if joined => {
            (sayings.iter().rev().find_map(|it| it.source.clone()), AttributionRule::SpeakerThenCue)
        }
        before => (before, AttributionRule::SpeakerThenCue),
    }
}

/// The report that one saying makes, if anything is said.
fn build_attribution(clause: ClauseView, sayings: &[CueMatch], which: usize) -> Option<Attribution> {
    let saying = &sayings[which];
    let start = which.checked_sub(1).map_or(0, |it| sayings[it].item_range().end);
    let end = sayings.get(which + 1).map_or(clause.items.len(), |it| it.item_range().start);
    let contents = contents::find_contents(clause, saying, start..end);
    if contents.is_empty() && !(announces_next(clause) && which + 1 == sayings.len()) {
        return None;
    }
    let quoted = contents.iter().any(|it| clause.first_quote_in(it.clone()).is_some());
    let confidence = match (saying.source.is_some(), saying.borrowed, quoted) {
        (false, ..) => 0.3,
        (_, true, _) => 0.7,
        (_, _, true) => 0.95,
        _ => 0.8,
    };
    Some(Attribution {
        source: saying.source.clone().map(|it| clause.span(it)),
        cue: Some(clause.span(saying.cue.items.clone())),
        contents: contents.into_iter().map(|it| clause.span(it)).collect(),
        rule: saying.rule,
        confidence,
    })
}

/// Whether a clause only announces what comes next: "Lee went on:".
fn announces_next(clause: ClauseView) -> bool {
    clause.word(clause.items.len() - 1) == ":"
}

/// "Lee: “We won”", and in a headline "Lee: We won".
fn labeled_speech(clause: ClauseView, kind: BlockKind, sayings: &[CueMatch]) -> Option<Attribution> {
    let colon = (1..clause.items.len().min(9)).find(|it| clause.word(*it) == ":")?;
    if sayings.iter().any(|it| it.cue.verb < colon) {
        return None;
    }
    let spoken = colon + 1..clause.items.len();
    let quoted = clause.quote_at(colon + 1).is_some();
    let words = (0..colon).all(|it| clause.is_word(it) || matches!(clause.word(it), "," | "'s" | "’s"));
    // "The end came:" is a sentence; "The mayor:", "Lee:" and "Anchor Ann Lee:" are not.
    let named = clause.is_capitalized(0) && (colon <= 2 || (1..colon).any(|it| clause.is_capitalized(it)));
    let phrase =
        sources::source_before_cue(clause, colon).filter(|it| it.start == 0 || clause.lower(0) == "and");
    // "Name: words" speaks without marks only in a headline, and only where what stands before the colon is short.
    let source =
        phrase.filter(|_| words && named && (quoted || kind == BlockKind::Headline && colon <= 3))?;
    let end = if quoted { colon + 2 } else { spoken.end };
    Some(Attribution {
        source: Some(clause.span(source)),
        cue: Some(clause.span(colon..colon + 1)),
        contents: vec![clause.span(spoken.start..end)],
        rule: AttributionRule::Label,
        confidence: if quoted { 0.9 } else { 0.6 },
    })
}

/// In a headline "“We won”: Lee".
fn speech_before_label(clause: ClauseView, kind: BlockKind) -> Option<Attribution> {
    let quote = clause.quote_at(0).filter(|_| kind == BlockKind::Headline && clause.word(1) == ":")?;
    let name = 2..clause.items.len();
    let named = (1..=5).contains(&name.len())
        && name.clone().all(|it| clause.is_word(it))
        && clause.is_capitalized(2);
    named.then(|| Attribution {
        source: Some(clause.span(name)),
        cue: Some(clause.span(1..2)),
        contents: vec![quote.span],
        rule: AttributionRule::Label,
        confidence: 0.9,
    })
}

/// "“We won” — Ann Lee", the signature in the same unit or alone in the next.
fn signed_quote(clause: ClauseView, before: Option<ClauseView>) -> Option<Attribution> {
    let dash = (0..clause.items.len().min(2)).find(|it| word_classes::is_dash(clause.word(*it)))?;
    let name = dash + 1..clause.items.len() - usize::from(clause.word(clause.items.len() - 1) == ".");
    let signed = (1..=12).contains(&name.len())
        && clause.is_capitalized(name.start)
        && clause.first_quote_in(name.clone()).is_none();
    let short = name.clone().take_while(|it| clause.is_word(*it) || clause.word(*it) == ".").count() <= 5;
    let quote = match dash {
        0 => before.filter(|it| it.items.len() == 1).and_then(|it| it.quote_at(0)),
        _ => clause.quote_at(0),
    };
    quote.filter(|_| signed && short).map(|quote| Attribution {
        source: Some(clause.span(name)),
        cue: None,
        contents: vec![quote.span],
        rule: AttributionRule::Signature,
        confidence: 0.9,
    })
}

/// A paragraph of several sentences, or with several marks, that a name signs:
/// "“It rained. “We left.” … We won.” — Ann Lee".
fn signed_paragraph(doc: &Document, quoted_spans: &[QuotedSpan], block: usize) -> Option<Attribution> {
    let span = doc.story.blocks()[block].span;
    let first = quoted_spans.partition_point(|it| it.span.start < span.start);
    let quotes: Vec<Span> =
        quoted_spans[first..].iter().take_while(|it| it.block == block).map(|it| it.span).collect();
    let opens = quotes.first().is_some_and(|it| it.start == span.start);
    let tokens = doc.tokens_in(span);
    let end = tokens.end - usize::from(tokens.len() > 1 && doc.word(tokens.end - 1) == ".");
    let dash = (end.saturating_sub(6).max(tokens.start)..end)
        .rev()
        .find(|it| word_classes::is_dash(doc.word(*it)))?;
    let name = dash + 1..end;
    let capital = |at: usize| doc.word(at).starts_with(char::is_uppercase);
    let last = quotes.last().filter(|it| dash > tokens.start && it.end == doc.tokens[dash - 1].span.end);
    let fits = opens && quotes.len() > 1 && name.len() > 1 && name.clone().all(capital);
    last.filter(|_| fits)?;
    Some(Attribution {
        source: Some(doc.span(name)),
        cue: None,
        contents: quotes,
        rule: AttributionRule::Signature,
        confidence: 0.9,
    })
}
