//! Rule-based attributions: finds source, cue and content in a clause by the grammar of news.

mod according_to;
mod charges;
pub(crate) mod contents;
pub(crate) mod cues;
mod estimates;
mod feelings;
pub(crate) mod in_document;
mod inserted_sources;
mod introductions;
mod namings;
mod passives;
mod pull_quotes;
pub(crate) mod requests;
mod signatures;
pub(crate) mod sources;
mod subject_verbs;
pub(crate) mod subjects;
#[cfg(test)]
mod tests;
pub(crate) mod voices;

use std::ops::Range;

use crate::analysis::{Act, AttributionRule};
use crate::engine::attribution::Attribution;
pub(crate) use crate::engine::attribution::rules::cues::CueVerbs;
use crate::engine::attribution::rules::cues::{Cue, CueForm, CueStrength};
use crate::engine::text::clause::{Clause, ClauseView};
use crate::engine::text::covered_spans::CoveredSpans;
use crate::engine::text::document::Document;
use crate::engine::text::lexicon::LexicalClass;
use crate::engine::text::quotation_marks::QuotedSpan;
use crate::engine::text::tokens;
use crate::span::Span;
use crate::story::{Block, BlockKind};
use crate::word_list::word_list;

// The confidence of each construction. Fusion compares it with one threshold only; without the tagger users see it.
/// No words name the source.
const NO_SOURCE_CONFIDENCE: f32 = 0.3;
/// The source stands in another clause: "Lee left, insisting it was late."
const BORROWED_SOURCE_CONFIDENCE: f32 = 0.7;
/// Source, cue and a quotation in one clause.
const QUOTE_CONFIDENCE: f32 = 0.95;
/// Source, cue and a paraphrase in one clause.
const PARAPHRASE_CONFIDENCE: f32 = 0.8;
/// A label or signature with a quotation.
const LABEL_CONFIDENCE: f32 = 0.9;
/// A label in a headline without quotation marks.
const BARE_LABEL_CONFIDENCE: f32 = 0.6;

/// How many items a label may have before its colon.
const MAX_LABEL_ITEMS: usize = 8;
/// Words before a colon that name what follows, in lower case.
const RUBRICS: &[&str] = &word_list!("label-rubrics");
/// A label in a headline without quotation marks has at most this many items.
const MAX_BARE_LABEL_ITEMS: usize = 3;
/// How many items a name may have after a quotation and a colon.
const MAX_LABEL_NAME_ITEMS: usize = 5;

/// A cue with its source, as ranges of items of a clause.
#[derive(Clone, Debug)]
pub(crate) struct CueMatch {
    cue: Cue,
    source: Option<Range<usize>>,
    /// Whether the source stands in another clause.
    borrowed: bool,
    rule: AttributionRule,
}

impl CueMatch {
    /// Whether source and cue stand behind a comma at the end of their clause: "…, | the board announced | on Friday".
    fn is_trailing(&self, clause: ClauseView) -> bool {
        let group = self.item_range();
        let ends = group.end >= clause.items.len()
            || !clause.is_word(group.end)
            || clause.is(group.end, LexicalClass::TimeWord)
            || clause.is(group.end, LexicalClass::Preposition);
        ends && group.start > 0 && clause.word(group.start - 1) == ","
    }

    /// Whether source and cue stand amid a clause, so that they belong to what is told behind it: "Lee is free after | a clerk admitted".
    fn is_within_clause(&self, clause: ClauseView) -> bool {
        let before = self.item_range().start.checked_sub(1);
        self.source.is_some()
            && before.is_some_and(|it| {
                clause.is(it, LexicalClass::ClauseBoundary) || matches!(clause.word(it), "after" | "before")
            })
    }

    /// The items from the first to the last of cue and source.
    fn item_range(&self) -> Range<usize> {
        match &self.source {
            Some(source) if !self.borrowed => {
                source.start.min(self.cue.items.start)..source.end.max(self.cue.items.end)
            }
            _ => self.cue.items.clone(),
        }
    }

    /// Whether "as" stands before source and cue: "as Lee noted".
    fn follows_as(&self, clause: ClauseView) -> bool {
        let before = self.item_range().start.checked_sub(1);
        before.is_some_and(|it| clause.lower(it) == "as")
    }
}

/// What the rules find in a story.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct RuleOutput {
    /// In reading order of their clauses.
    pub(crate) attributions: Vec<Attribution>,
    /// The subject of each clause; `None` where it has none.
    pub(crate) subjects: Vec<Option<Span>>,
}

/// Finds the attributions in the clauses of a story. Repeated blocks, bylines and furniture have none.
pub(crate) fn extract(
    doc: &Document,
    quoted_spans: &[QuotedSpan],
    clauses: &[Clause],
    verbs: &CueVerbs,
) -> RuleOutput {
    let mut output = RuleOutput::default();
    // The last block that was read as a whole, and whether it is signed.
    let mut last_block: Option<(usize, bool)> = None;
    for (number, Clause { items, block }) in clauses.iter().enumerate() {
        let (clause, block) = (ClauseView { doc, quoted: quoted_spans, items }, *block);
        output.subjects.push(subjects::clause_subject(clause).map(|it| clause.span(it)));
        let Block { kind, repeats, .. } = &doc.story.blocks()[block];
        if repeats.is_some() || matches!(kind, BlockKind::Furniture | BlockKind::Byline) {
            continue;
        }
        if last_block == Some((block, true)) {
            continue;
        }
        if last_block.is_none_or(|(last, _)| last != block) {
            let signed = signatures::signed_paragraph(doc, quoted_spans, block)
                .or_else(|| pull_quotes::pull_quote(doc, quoted_spans, block));
            last_block = Some((block, signed.is_some()));
            if let Some(signed) = signed {
                output.attributions.push(signed);
                continue;
            }
        }
        let is_first = number.checked_sub(1).is_none_or(|it| clauses[it].block != block);
        let voice = if is_first { voices::voice(clause, doc.story.blocks()[block].span.end) } else { None };
        if let Some(voice) = voice {
            // Without quotation marks the whole block is speech.
            last_block = Some((block, clause.first_quote_in(0..clause.items.len()).is_none()));
            output.attributions.push(voice);
            continue;
        }
        let previous = number.checked_sub(1).map(|it| ClauseView { items: &clauses[it].items, ..clause });
        output.attributions.extend(attributions_in_clause(clause, previous, *kind, verbs));
    }
    output
}

/// The attributions of one clause; `previous` is the clause before it, `kind` the kind of its block.
fn attributions_in_clause(
    clause: ClauseView,
    previous: Option<ClauseView>,
    kind: BlockKind,
    verbs: &CueVerbs,
) -> Vec<Attribution> {
    let matches = match_cues(clause, verbs);
    let labeled = signatures::signed_quote(clause, previous)
        .or_else(|| labeled_speech(clause, kind, &matches))
        .or_else(|| speech_before_label(clause, kind));
    if let Some(attribution) = labeled {
        return vec![attribution];
    }
    let mut found: Vec<Attribution> =
        (0..matches.len()).filter_map(|it| build_attribution(clause, &matches, it)).collect();
    found.extend(passives::told_by_agent(clause, verbs));
    let found = with_told(found, estimates::estimates(clause));
    let found = with_told(found, namings::relative_namings(clause));
    let found = with_told(found, charges::charges(clause));
    let mut found = with_told(found, requests::requests(clause));
    let taken = CoveredSpans::new(found.iter().flat_map(|it| it.contents.iter().copied()));
    let felt = feelings::feelings(clause).into_iter().filter(|it| !taken.overlaps(it.contents[0]));
    let felt: Vec<Attribution> = felt.collect();
    found.extend(felt);
    // "Asked about the toll, Lee was brief: “It stays.”": a cue without a source does not take the quotation.
    if let Some(introduced) = introductions::introduced_speech(clause, verbs) {
        let takes_quote =
            |it: &Attribution| it.contents.iter().any(|part| part.overlaps(introduced.contents[0]));
        if !found.iter().any(|it| it.source.is_some() && takes_quote(it)) {
            found.retain(|it| !takes_quote(it));
            found.push(introduced);
        }
    }
    found
}

/// Adds attributions whose source holds no cue and whose cue stands in no content of another: what somebody says of another one's words
/// is theirs. They replace what was found for a word of theirs: "Independent | estimates | have put", where a noun was taken for a cue.
fn with_told(mut found: Vec<Attribution>, told: Vec<Attribution>) -> Vec<Attribution> {
    if told.is_empty() {
        return found;
    }
    let words = told.iter().flat_map(|it| it.source.into_iter().chain(it.cue));
    let words = CoveredSpans::new(words);
    found.retain(|it| !it.cue.is_some_and(|cue| words.overlaps(cue)));
    let contents = CoveredSpans::new(found.iter().flat_map(|it| it.contents.iter().copied()));
    found.extend(told.into_iter().filter(|it| !it.cue.is_some_and(|cue| contents.overlaps(cue))));
    found
}

/// The cues of a clause with their sources.
fn match_cues(clause: ClauseView, verbs: &CueVerbs) -> Vec<CueMatch> {
    let mut matches: Vec<CueMatch> = Vec::new();
    for cue in cues::find_cues(clause, verbs) {
        let free_from = matches.last().map_or(0, |last| last.item_range().end);
        let (source, rule) = match cue.form {
            CueForm::Phrase => (according_to::source(clause, cue.items.end), AttributionRule::AccordingTo),
            CueForm::Participle => {
                let last = last_source(&matches).or_else(|| subjects::clause_subject(clause));
                (last, AttributionRule::SpeakerThenCue)
            }
            CueForm::Verb | CueForm::Quoted => find_source(clause, &cue, free_from, &matches),
        };
        let has_quote = clause.first_quote_in(0..clause.items.len()).is_some() || announces_next(clause);
        let is_nested = rule == AttributionRule::SpeakerThenCue
            && matches.last().is_some_and(|last| is_nested_cue(clause, last, &cue, source.as_ref()));
        let borrowed =
            cue.form == CueForm::Participle || source.as_ref().is_some_and(|it| it.start < free_from);
        let is_free = !is_nested && cue.items.start >= free_from;
        let cue_match = CueMatch { cue, source, borrowed, rule };
        // "The lake is dead, as Lee puts it."
        let needs_no_quote = cue_match.cue.strength < CueStrength::QuoteOnly || cue_match.follows_as(clause);
        if is_free && (has_quote || cue_match.source.is_some() && needs_no_quote) {
            matches.push(cue_match);
        }
    }
    matches
}

/// The source of the last cue that has one.
fn last_source(matches: &[CueMatch]) -> Option<Range<usize>> {
    matches.iter().rev().find_map(|it| it.source.clone())
}

/// Whether a cue stands in the content of the match before it: "Lee said | she hopes it rains".
fn is_nested_cue(clause: ClauseView, last: &CueMatch, cue: &Cue, source: Option<&Range<usize>>) -> bool {
    let start = source.map_or(cue.items.start, |it| it.start.min(cue.items.start));
    let end = last.item_range().end;
    let separates = |item: usize| {
        matches!(clause.word(item), "," | ";" | "." | ":")
            || tokens::is_dash(clause.word(item))
            || clause.quote_at(item).is_some()
    };
    let joins = |item: usize| item > 0 && matches!(clause.lower(item - 1).as_str(), "and" | "but" | "while");
    let is_coordinated = joins(start) || joins(cue.items.start);
    let follows_words = last.rule != AttributionRule::AccordingTo
        && last.cue.strength < CueStrength::QuoteOnly
        && end < start
        && !is_coordinated
        && !(end..start).any(separates);
    let follows_directly = end == start
        && last.rule == AttributionRule::SpeakerThenCue
        && source.is_some_and(|it| it.start >= end);
    follows_words || follows_directly
}

/// The source of a verb: after the cue in an inverted clause, else before it. `free_from` is the first item that no
/// earlier match takes.
fn find_source(
    clause: ClauseView,
    cue: &Cue,
    free_from: usize,
    matches: &[CueMatch],
) -> (Option<Range<usize>>, AttributionRule) {
    let start = cue.items.start;
    if let Some(person) = cues::person_quoted(clause, start) {
        return (Some(person), AttributionRule::SpeakerThenCue);
    }
    let follows_quote = || clause.first_quote_in(free_from..start).is_some();
    let may_be_inverted = start == 0 || !clause.is_word(start - 1) && clause.word(start - 1) != ")";
    // "Lee, 51, called | the plan “a joke”": what is named follows its verb.
    let may_be_inverted = may_be_inverted
        && sources::holder_of_office(clause, start).is_none()
        && (clause.is_capitalized(cue.verb) || !clause.is(cue.verb, LexicalClass::NamingReportingWord));
    if may_be_inverted && cue.form == CueForm::Verb && clause.lower(cue.verb) != "told" {
        let ends_source = |source: &Range<usize>| {
            let next = clause.lower(source.end);
            // "Lee, the mayor, called | the plan | “a disaster”": what stands before the quotation is no source.
            !clause.is_word(source.end) && (follows_quote() || clause.quote_at(source.end).is_none())
                || clause.is(source.end, LexicalClass::Preposition)
                || clause.is(source.end, LexicalClass::TimeWord)
                || next == "and"
                || next == "who"
        };
        let after = sources::source_after_cue(clause, cue.items.end).filter(ends_source);
        let follows_words = start > free_from + 2 || follows_quote();
        if after.is_some() && (follows_words || start == 0) {
            return (after, AttributionRule::CueThenSpeaker);
        }
    }
    let beside = || {
        let source = sources::source_before_cue(clause, start).filter(|it| it.start >= free_from)?;
        Some(inserted_sources::without_divided_subject(clause, source, cue.items.end))
    };
    let before = inserted_sources::inserted_source(clause, cue.items.clone(), free_from).or_else(beside);
    let is_coordinated = start > 0 && matches!(clause.lower(start - 1).as_str(), "and" | "but" | ",");
    let shared = || {
        // "Researchers played recordings and found that"
        let subject = || subjects::whole_subject(clause).filter(|it| matches.is_empty() && it.end < start);
        sources::relative_subject(clause, start, free_from).or_else(|| last_source(matches)).or_else(subject)
    };
    let source = if is_coordinated { before.or_else(shared) } else { before };
    (source, AttributionRule::SpeakerThenCue)
}

/// The attribution of the match at `index`; `None` where it reports nothing.
fn build_attribution(clause: ClauseView, matches: &[CueMatch], index: usize) -> Option<Attribution> {
    let cue_match = &matches[index];
    let before = &matches[..index];
    let outer = if cue_match.is_trailing(clause) {
        before.iter().rev().find(|it| !it.is_within_clause(clause))
    } else {
        before.last()
    };
    let start = outer.map_or(0, |it| it.item_range().end);
    let start = start.max(end_of_question(clause, cue_match.item_range().start));
    let start = inserted_clause_start(clause, matches, index).map_or(start, |it| it.max(start));
    // The conjunction of the next clause and its comma belong to neither.
    let end = matches.get(index + 1).map_or(clause.items.len(), |next| {
        let next_clause = inserted_clause_start(clause, matches, index + 1);
        next_clause.map_or(next.item_range().start, |it| it - 2)
    });
    let contents = contents::find_contents(clause, cue_match, start..end);
    if contents.is_empty() && !(announces_next(clause) && index + 1 == matches.len()) {
        return None;
    }
    let has_quote = contents.iter().any(|it| clause.first_quote_in(it.clone()).is_some());
    let confidence = match (cue_match.source.is_some(), cue_match.borrowed, has_quote) {
        (false, ..) => NO_SOURCE_CONFIDENCE,
        (_, true, _) => BORROWED_SOURCE_CONFIDENCE,
        (_, _, true) => QUOTE_CONFIDENCE,
        _ => PARAPHRASE_CONFIDENCE,
    };
    let of_document = || {
        cue_match
            .source
            .as_ref()
            .and_then(|it| in_document::owner(clause, it.start).filter(|_| it.len() == 1))
    };
    let holder = sources::holder_of_office(clause, cue_match.cue.items.start).or_else(of_document);
    Some(Attribution {
        source: holder.or_else(|| cue_match.source.clone()).map(|it| clause.span(it)),
        cue: Some(clause.span(cue_match.cue.items.clone())),
        contents: contents.into_iter().map(|it| clause.span(it)).collect(),
        rule: cue_match.rule,
        act: Act::Speech,
        confidence,
    })
}

/// The item at which the clause begins into which the match at `index` is inserted, where a conjunction joins it to the clause of the match
/// before: "The men, Lee said, had fled, and | the boy, Ray said, was hurt". `None` where the match stands elsewhere.
fn inserted_clause_start(clause: ClauseView, matches: &[CueMatch], index: usize) -> Option<usize> {
    let group = matches[index].item_range();
    let before = matches[index.checked_sub(1)?].item_range().end;
    let is_inserted = matches[index].source.is_some()
        && !matches[index].borrowed
        && group.start > before + 2
        && clause.word(group.start - 1) == ","
        && clause.word(group.end) == ",";
    let joins = |comma: &usize| {
        clause.word(*comma) == "," && matches!(clause.lower(comma + 1).as_str(), "and" | "but" | "while")
    };
    (before..group.start - 1).rev().find(joins).filter(|it| is_inserted && *it > before).map(|it| it + 2)
}

/// The item at which the words of the person asked may begin, where a clause opens with the question put to them: "Asked whether it
/// would open, | Lee said". `group` is the first item of the source or cue. 0 where the clause opens with no question.
fn end_of_question(clause: ClauseView, group: usize) -> usize {
    let is_question = |item: usize| {
        matches!(clause.lower(item).as_str(), "asked" | "pressed" | "questioned" | "quizzed" | "queried")
    };
    let opens = is_question(0) || is_question(1) && clause.is(0, LexicalClass::ClauseBoundary);
    let quote = || clause.first_quote_in(0..group).unwrap_or(group);
    if opens && group > 1 { quote() } else { 0 }
}

/// Whether a clause announces the next one: "Lee went on:".
fn announces_next(clause: ClauseView) -> bool {
    clause.word(clause.items.len() - 1) == ":"
}

/// Speech after a label: "Lee: “We won”", and in a headline "Lee: We won".
fn labeled_speech(clause: ClauseView, kind: BlockKind, matches: &[CueMatch]) -> Option<Attribution> {
    let before_end = clause.items.len().min(MAX_LABEL_ITEMS + 1);
    let colon = (1..before_end).find(|it| clause.word(*it) == ":")?;
    let is_quoted = clause.quote_at(colon + 1).is_some();
    // "Fact: “It is late,” said Ann Lee": the quotation has a speaker of its own.
    let has_speaker = |it: &CueMatch| is_quoted && it.source.is_some() && it.item_range().start == colon + 2;
    if matches.iter().any(|it| it.cue.verb < colon || has_speaker(it)) {
        return None;
    }
    let speech = colon + 1..clause.items.len();
    let is_phrase = (0..colon).all(|it| clause.is_word(it) || matches!(clause.word(it), "," | "'s" | "’s"));
    // "The end came:" is a sentence; "The mayor:", "Lee:" and "Anchor Ann Lee:" are not.
    let is_name = clause.is_capitalized(0) && (colon <= 2 || (1..colon).any(|it| clause.is_capitalized(it)));
    let may_be_bare = kind == BlockKind::Headline && colon <= MAX_BARE_LABEL_ITEMS;
    let source =
        sources::source_before_cue(clause, colon).filter(|it| it.start == 0 || clause.lower(0) == "and");
    let source = source.filter(|_| is_phrase && is_name && (is_quoted || may_be_bare))?;
    let label = clause.span(source.clone()).slice(clause.doc.text).to_lowercase();
    if kind == BlockKind::Headline && RUBRICS.binary_search(&label.as_str()).is_ok() {
        return None;
    }
    let end = if is_quoted { colon + 2 } else { speech.end };
    Some(Attribution {
        source: Some(clause.span(source)),
        cue: Some(clause.span(colon..colon + 1)),
        contents: vec![clause.span(speech.start..end)],
        rule: AttributionRule::Label,
        act: Act::Speech,
        confidence: if is_quoted { LABEL_CONFIDENCE } else { BARE_LABEL_CONFIDENCE },
    })
}

/// Speech before a label, in a headline: "“We won”: Lee".
fn speech_before_label(clause: ClauseView, kind: BlockKind) -> Option<Attribution> {
    let quote = clause.quote_at(0).filter(|_| kind == BlockKind::Headline && clause.word(1) == ":")?;
    let name = 2..clause.items.len();
    let is_name = (1..=MAX_LABEL_NAME_ITEMS).contains(&name.len())
        && name.clone().all(|it| clause.is_word(it))
        && clause.is_capitalized(2);
    is_name.then(|| Attribution {
        source: Some(clause.span(name)),
        cue: Some(clause.span(1..2)),
        contents: vec![quote.span],
        rule: AttributionRule::Label,
        act: Act::Speech,
        confidence: LABEL_CONFIDENCE,
    })
}
