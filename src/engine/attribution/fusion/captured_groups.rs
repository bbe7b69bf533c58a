//! Captured groups: source and cue of a rule that the tagger took for a part of what somebody else says, in the clause about a
//! letter ("apologised in a letter in which it said …") and behind a clause ("Norbex plans cuts, AFP reports").

use std::ops::Range;

use crate::engine::attribution::fusion::invariants::Structure;
use crate::engine::attribution::fusion::{FusionCandidate, neighbors, plain_rules};
use crate::engine::attribution::rules::in_document;
use crate::engine::attribution::{Attribution, complement, speech_act};
use crate::engine::text::document::Document;
use crate::engine::text::lexicon::LexicalClass;
use crate::span::Span;

/// How many tokens the phrase of a document has at most: "in a long letter to the family in which".
const MAX_DOCUMENT_TOKENS: usize = 14;

/// Cuts what a document says off the contents in which the tagger put it with source and cue: "has apologised to | the family in a
/// letter in which | it said the care had fallen short".
pub(super) fn cut_documents(
    structure: &Structure,
    candidates: &mut [FusionCandidate],
    rules: &[Attribution],
) {
    let doc = structure.doc;
    for rule in rules {
        let (Some(source), Some(cue), Some(first)) = (rule.source, rule.cue, rule.contents.first()) else {
            continue;
        };
        let Some(start) = in_document::start_of_clause(doc, cue) else { continue };
        let group = doc.tokens[start].span.cover(cue);
        if source.end > cue.start || first.start < cue.end {
            continue;
        }
        let window = neighbors(candidates, group);
        for candidate in &mut candidates[window] {
            cut_at(doc, candidate, group, start);
        }
    }
}

/// Ends a content that holds `group` before the phrase of the document, whose relative clause begins at a token. Without a statement
/// before it nothing is told.
fn cut_at(doc: &Document, candidate: &mut FusionCandidate, group: Span, clause: usize) {
    let Some(at) = candidate.attribution.contents.iter().position(|it| it.contains_span(group)) else {
        return;
    };
    let content = doc.tokens_in(candidate.attribution.contents[at]);
    let end = document_start(doc, content.start..clause);
    let is_statement = end > content.start && complement::is_statement(doc, content.start..end);
    candidate.attribution.contents.truncate(at + 1);
    candidate.attribution.contents[at] = doc.span(content.start..if is_statement { end } else { clause + 1 });
    if !is_statement {
        candidate.attribution.confidence = 0.0;
    }
}

/// The start of the phrase of a document that ends with some tokens: "the family | in a letter".
fn document_start(doc: &Document, tokens: Range<usize>) -> usize {
    let noun =
        tokens.clone().rev().take(MAX_DOCUMENT_TOKENS).find(|it| doc.is(*it, LexicalClass::DocumentNoun));
    let Some(noun) = noun else { return tokens.end };
    let before = (tokens.start..noun).rev().take(MAX_DOCUMENT_TOKENS);
    let article = before.into_iter().find(|it| doc.is(*it, LexicalClass::Determiner));
    let start = article.unwrap_or(noun);
    let is_preposition = start > tokens.start && doc.is(start - 1, LexicalClass::Preposition);
    if is_preposition { start - 1 } else { start }
}

/// Takes what a rule reports out of the contents of candidates that hold it as their own. Returns whether there were any.
pub(super) fn release(structure: &Structure, candidates: &mut [FusionCandidate], rule: &Attribution) -> bool {
    release_group(structure, candidates, rule) || release_naming(structure, candidates, rule)
}

/// Gives a clause with source and cue behind it to them alone: "Norbex | plans | to cut jobs, AFP reports", "Lee is free after | a clerk
/// | admitted | that she erred, the court said", "Fares will rise, Norbex said, | blaming | the wind". Returns whether the candidates had
/// words of it.
fn release_group(structure: &Structure, candidates: &mut [FusionCandidate], rule: &Attribution) -> bool {
    let (Some(source), Some(cue)) = (rule.source, rule.cue) else { return false };
    if !plain_rules::is_trailing_statement(structure.doc, rule) {
        return false;
    }
    let group = source.cover(cue);
    let mut is_released = false;
    for FusionCandidate { attribution, is_merged } in candidates {
        if *is_merged {
            continue;
        }
        if let Some(left) = contents_beside(structure, attribution, rule, group) {
            attribution.contents = left;
            is_released = true;
        }
    }
    is_released
}

/// The contents that a candidate keeps beside a rule whose `group` of source and cue ends its clause; `None` where it takes nothing of the
/// rule, or has nothing else.
fn contents_beside(
    structure: &Structure,
    attribution: &Attribution,
    rule: &Attribution,
    group: Span,
) -> Option<Vec<Span>> {
    let (source, cue) = (attribution.source?, attribution.cue?);
    let is_in_clause = |it: Span| rule.contents.iter().any(|part| part.contains_span(it));
    let outside = || attribution.contents.iter().flat_map(|it| structure.subtract(*it, group));
    let is_inner = is_in_clause(source) && is_in_clause(cue);
    let overlaps = |it: Span| rule.contents.iter().any(|part| part.overlaps(it));
    // "after | a clerk admitted": without a comma what stands before the source is no half of what it says.
    let doc = structure.doc;
    let is_joined = source.end <= cue.start && doc.word(doc.token_at(source.start).saturating_sub(1)) != ",";
    let takes_before =
        is_joined && attribution.contents.iter().any(|it| it.start < source.start && overlaps(*it));
    let left: Vec<Span> = if is_inner && takes_before {
        let parts = outside().flat_map(|it| structure.subtract(it, source.cover(cue)));
        parts.filter(|it| it.start >= cue.end && it.end <= group.start).collect()
    } else if is_inner && attribution.contents.iter().any(|it| it.contains_span(group)) {
        outside().filter(|it| it.end <= group.start).collect()
    } else if cue.start >= group.end && attribution.contents.iter().any(|it| overlaps(*it)) {
        outside().filter(|it| it.start >= cue.end).collect()
    } else {
        return None;
    };
    (!left.is_empty()).then_some(left)
}

/// Takes what somebody calls a thing in quotation marks out of what another one does: "Critics praised | what Lee called “a scar”". Returns
/// whether there was such a one.
fn release_naming(structure: &Structure, candidates: &mut [FusionCandidate], rule: &Attribution) -> bool {
    let (Some(source), Some(cue), [content]) = (rule.source, rule.cue, &rule.contents[..]) else {
        return false;
    };
    let doc = structure.doc;
    let subject = doc.token_at(source.start);
    let verb = doc.tokens_in(cue).end.saturating_sub(1);
    let is_naming = subject > 0
        && doc.lower(subject - 1) == "what"
        && !doc.is(subject, LexicalClass::SubjectPronoun)
        && speech_act::is_naming_verb(doc, verb)
        && content.start >= cue.end;
    if !is_naming {
        return false;
    }
    let what = doc.tokens[subject - 1].span;
    // "said | the plan was what Lee called “a scar”": what is said is more than the name.
    let is_outer = |it: &Attribution| {
        it.cue.is_some_and(|outer| outer.end <= what.start)
            && it
                .contents
                .first()
                .is_some_and(|part| part.start == what.start && part.contains_span(what.cover(*content)))
    };
    let mut is_released = false;
    for FusionCandidate { attribution, .. } in candidates.iter_mut().filter(|it| is_outer(&it.attribution)) {
        attribution.contents = vec![what];
        attribution.confidence = 0.0;
        is_released = true;
    }
    is_released
}
