//! Units → reports: clauses that say who says what, by the grammar of news.

pub(crate) mod contents;
pub(crate) mod cues;
pub(crate) mod sources;
#[cfg(test)]
mod tests;

use std::ops::Range;

use crate::analysis::Rule;
use crate::engine::attribution::Report;
pub(crate) use crate::engine::attribution::rules::cues::CueVerbs;
use crate::engine::attribution::rules::cues::{Cue, CueForm, Strength};
use crate::engine::text::clause::{Clause, Unit};
use crate::engine::text::document::Sheet;
use crate::engine::text::quotation_marks::Marked;
use crate::engine::text::word_classes;
use crate::span::Span;
use crate::story::BlockKind;

/// A cue with its subject, by items.
#[derive(Clone, Debug)]
pub(crate) struct Saying {
    cue: Cue,
    source: Option<Range<usize>>,
    /// Whether the subject stands in another clause.
    borrowed: bool,
    rule: Rule,
}

impl Saying {
    /// The items that cue and subject take together.
    fn group(&self) -> Range<usize> {
        match &self.source {
            Some(it) if !self.borrowed => it.start.min(self.cue.items.start)..it.end.max(self.cue.items.end),
            _ => self.cue.items.clone(),
        }
    }
}

/// What the clauses of a story tell.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Told {
    /// In reading order of their units.
    pub(crate) reports: Vec<Report>,
    /// For each unit, the noun phrase that opens it.
    pub(crate) subjects: Vec<Option<Span>>,
}

/// Reads the units of a story. A block that repeats another, and what is not
/// the story, report nothing.
pub(crate) fn told(sheet: &Sheet, marked: &[Marked], units: &[Unit], verbs: &CueVerbs) -> Told {
    let mut told = Told::default();
    // The last block that was looked at as a whole, and whether it is signed.
    let mut signed: Option<(usize, bool)> = None;
    for (number, unit) in units.iter().enumerate() {
        let clause = Clause { sheet, marked, items: &unit.items };
        told.subjects.push(sources::opening(clause).map(|it| clause.span(it)));
        let block = &sheet.story.blocks()[unit.block];
        if block.repeats.is_some() || matches!(block.kind, BlockKind::Furniture | BlockKind::Byline) {
            continue;
        }
        if signed.as_ref().is_some_and(|it: &(usize, bool)| *it == (unit.block, true)) {
            continue;
        }
        if signed.is_none_or(|it| it.0 != unit.block) {
            let report = signed_paragraph(sheet, marked, unit.block);
            signed = Some((unit.block, report.is_some()));
            if let Some(report) = report {
                told.reports.push(report);
                continue;
            }
        }
        let before = number.checked_sub(1).map(|it| Clause { items: &units[it].items, ..clause });
        let sayings = sayings(clause, verbs);
        let labelled = signature(clause, before)
            .or_else(|| label(clause, block.kind, &sayings))
            .or_else(|| label_after(clause, block.kind));
        match labelled {
            Some(report) => told.reports.push(report),
            None => told.reports.extend((0..sayings.len()).filter_map(|it| report(clause, &sayings, it))),
        }
    }
    told
}

/// The cues of a clause with their subjects.
fn sayings(clause: Clause, verbs: &CueVerbs) -> Vec<Saying> {
    let mut sayings: Vec<Saying> = Vec::new();
    for cue in cues::cues(clause, verbs) {
        let free = sayings.last().map_or(0, |it: &Saying| it.group().end);
        let (source, rule) = match cue.form {
            CueForm::Phrase => (sources::of_phrase(clause, cue.items.end), Rule::AccordingTo),
            CueForm::Participle => {
                let last = sayings.iter().rev().find_map(|it| it.source.clone());
                (last.or_else(|| sources::opening(clause)), Rule::SpeakerThenCue)
            }
            CueForm::Verb | CueForm::Quoted => subject(clause, &cue, free, &sayings),
        };
        let quoted = clause.quote_in(0..clause.items.len()).is_some() || announces(clause);
        let nested = rule == Rule::SpeakerThenCue
            && sayings.last().is_some_and(|it| holds(clause, it, &cue, source.as_ref()));
        if !nested
            && cue.items.start >= free
            && (quoted || source.is_some() && cue.strength < Strength::Marked)
        {
            let borrowed =
                cue.form == CueForm::Participle || source.as_ref().is_some_and(|it| it.start < free);
            sayings.push(Saying { cue, source, borrowed, rule });
        }
    }
    sayings
}

/// Whether a further cue stands in the words that an earlier saying reports:
/// "Lee said | she hopes it rains". Nothing parts the two.
fn holds(clause: Clause, saying: &Saying, cue: &Cue, source: Option<&Range<usize>>) -> bool {
    let start = source.map_or(cue.items.start, |it| it.start.min(cue.items.start));
    let end = saying.group().end;
    let parted = |it: usize| {
        matches!(clause.word(it), "," | ";" | "." | ":")
            || word_classes::is_dash(clause.word(it))
            || clause.stretch(it).is_some()
    };
    let joined = start > 0 && matches!(clause.lower(start - 1).as_str(), "and" | "but" | "while");
    saying.rule != Rule::AccordingTo
        && saying.cue.strength < Strength::Marked
        && end < start
        && !joined
        && !(end..start).any(parted)
        || end == start && saying.rule == Rule::SpeakerThenCue && source.is_some_and(|it| it.start >= end)
}

/// Who says it: after the cue where the clause is turned round, else before it.
fn subject(clause: Clause, cue: &Cue, free: usize, sayings: &[Saying]) -> (Option<Range<usize>>, Rule) {
    let start = cue.items.start;
    let turned = start == 0 || !clause.wordy(start - 1) && clause.word(start - 1) != ")";
    if turned && cue.form == CueForm::Verb && clause.lower(cue.verb) != "told" {
        let after = sources::after(clause, cue.items.end).filter(|it| {
            let next = clause.lower(it.end);
            let quoted = clause.quote_in(free..start).is_some();
            // "Lee, the mayor, called | the plan | “a disaster”": what stands before the quote is no speaker.
            !clause.wordy(it.end) && (quoted || clause.stretch(it.end).is_none())
                || word_classes::is_preposition(&next)
                || word_classes::says_when(&next)
                || next == "and"
                || next == "who"
        });
        let words_before = start > free + 2 || clause.quote_in(free..start).is_some();
        if after.is_some() && (words_before || start == 0) {
            return (after, Rule::CueThenSpeaker);
        }
    }
    let before = sources::before(clause, start).filter(|it| it.start >= free);
    let joined = start > 0 && matches!(clause.lower(start - 1).as_str(), "and" | "but" | ",");
    match before {
        None if joined => (sayings.iter().rev().find_map(|it| it.source.clone()), Rule::SpeakerThenCue),
        before => (before, Rule::SpeakerThenCue),
    }
}

/// The report that one saying makes, if anything is said.
fn report(clause: Clause, sayings: &[Saying], which: usize) -> Option<Report> {
    let saying = &sayings[which];
    let start = which.checked_sub(1).map_or(0, |it| sayings[it].group().end);
    let end = sayings.get(which + 1).map_or(clause.items.len(), |it| it.group().start);
    let contents = contents::of(clause, saying, start..end);
    if contents.is_empty() && !(announces(clause) && which + 1 == sayings.len()) {
        return None;
    }
    let quoted = contents.iter().any(|it| clause.quote_in(it.clone()).is_some());
    let confidence = match (saying.source.is_some(), saying.borrowed, quoted) {
        (false, ..) => 0.3,
        (_, true, _) => 0.7,
        (_, _, true) => 0.95,
        _ => 0.8,
    };
    Some(Report {
        source: saying.source.clone().map(|it| clause.span(it)),
        cue: Some(clause.span(saying.cue.items.clone())),
        contents: contents.into_iter().map(|it| clause.span(it)).collect(),
        rule: saying.rule,
        confidence,
    })
}

/// Whether a clause only announces what comes next: "Lee went on:".
fn announces(clause: Clause) -> bool {
    clause.word(clause.items.len() - 1) == ":"
}

/// "Lee: “We won”", and in a headline "Lee: We won".
fn label(clause: Clause, kind: BlockKind, sayings: &[Saying]) -> Option<Report> {
    let colon = (1..clause.items.len().min(9)).find(|it| clause.word(*it) == ":")?;
    if sayings.iter().any(|it| it.cue.verb < colon) {
        return None;
    }
    let spoken = colon + 1..clause.items.len();
    let quoted = clause.stretch(colon + 1).is_some();
    let words = (0..colon).all(|it| clause.wordy(it) || matches!(clause.word(it), "," | "'s" | "’s"));
    // "The end came:" is a sentence; "The mayor:", "Lee:" and "Anchor Ann Lee:" are not.
    let named = clause.capital(0) && (colon <= 2 || (1..colon).any(|it| clause.capital(it)));
    let phrase = sources::before(clause, colon).filter(|it| it.start == 0 || clause.lower(0) == "and");
    // "Name: words" speaks without marks only in a headline, and only where what stands before the colon is short.
    let source =
        phrase.filter(|_| words && named && (quoted || kind == BlockKind::Headline && colon <= 3))?;
    let end = if quoted { colon + 2 } else { spoken.end };
    Some(Report {
        source: Some(clause.span(source)),
        cue: Some(clause.span(colon..colon + 1)),
        contents: vec![clause.span(spoken.start..end)],
        rule: Rule::Label,
        confidence: if quoted { 0.9 } else { 0.6 },
    })
}

/// In a headline "“We won”: Lee".
fn label_after(clause: Clause, kind: BlockKind) -> Option<Report> {
    let quote = clause.stretch(0).filter(|_| kind == BlockKind::Headline && clause.word(1) == ":")?;
    let name = 2..clause.items.len();
    let named = (1..=5).contains(&name.len()) && name.clone().all(|it| clause.wordy(it)) && clause.capital(2);
    named.then(|| Report {
        source: Some(clause.span(name)),
        cue: Some(clause.span(1..2)),
        contents: vec![quote.span],
        rule: Rule::Label,
        confidence: 0.9,
    })
}

/// "“We won” — Ann Lee", the signature in the same unit or alone in the next.
fn signature(clause: Clause, before: Option<Clause>) -> Option<Report> {
    let dash = (0..clause.items.len().min(2)).find(|it| word_classes::is_dash(clause.word(*it)))?;
    let name = dash + 1..clause.items.len() - usize::from(clause.word(clause.items.len() - 1) == ".");
    let signed = (1..=12).contains(&name.len())
        && clause.capital(name.start)
        && clause.quote_in(name.clone()).is_none();
    let short = name.clone().take_while(|it| clause.wordy(*it) || clause.word(*it) == ".").count() <= 5;
    let quote = match dash {
        0 => before.filter(|it| it.items.len() == 1).and_then(|it| it.stretch(0)),
        _ => clause.stretch(0),
    };
    quote.filter(|_| signed && short).map(|quote| Report {
        source: Some(clause.span(name)),
        cue: None,
        contents: vec![quote.span],
        rule: Rule::Signature,
        confidence: 0.9,
    })
}

/// A paragraph of several sentences, or with several marks, that a name signs:
/// "“It rained. “We left.” … We won.” — Ann Lee".
fn signed_paragraph(sheet: &Sheet, marked: &[Marked], block: usize) -> Option<Report> {
    let span = sheet.story.blocks()[block].span;
    let first = marked.partition_point(|it| it.span.start < span.start);
    let quotes: Vec<Span> =
        marked[first..].iter().take_while(|it| it.block == block).map(|it| it.span).collect();
    let opens = quotes.first().is_some_and(|it| it.start == span.start);
    let tokens = sheet.tokens_in(span);
    let end = tokens.end - usize::from(tokens.len() > 1 && sheet.word(tokens.end - 1) == ".");
    let dash = (end.saturating_sub(6).max(tokens.start)..end)
        .rev()
        .find(|it| word_classes::is_dash(sheet.word(*it)))?;
    let name = dash + 1..end;
    let capital = |at: usize| sheet.word(at).starts_with(char::is_uppercase);
    let last = quotes.last().filter(|it| dash > tokens.start && it.end == sheet.tokens[dash - 1].span.end);
    let fits = opens && quotes.len() > 1 && name.len() > 1 && name.clone().all(capital);
    last.filter(|_| fits)?;
    Some(Report {
        source: Some(sheet.span(name)),
        cue: None,
        contents: quotes,
        rule: Rule::Signature,
        confidence: 0.9,
    })
}
