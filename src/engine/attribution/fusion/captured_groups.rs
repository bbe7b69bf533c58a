//! Captured groups: source and cue of a rule that the tagger took for a part of what somebody else says, in the clause about a
//! letter ("apologised in a letter in which it said …") and behind a clause ("Norbex plans cuts, AFP reports").

use std::ops::Range;

use crate::engine::attribution::fusion::invariants::Structure;
use crate::engine::attribution::fusion::{FusionCandidate, neighbors, plain_rules};
use crate::engine::attribution::rules::in_document;
use crate::engine::attribution::{Attribution, complement};
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

/// Takes source and cue of a rule out of the contents of the candidates that took them for their end: "Norbex | plans | to cut jobs,
/// AFP reports". Returns whether there were any.
pub(super) fn release_group(
    structure: &Structure,
    candidates: &mut [FusionCandidate],
    rule: &Attribution,
) -> bool {
    let (Some(source), Some(cue)) = (rule.source, rule.cue) else { return false };
    if !plain_rules::is_trailing_statement(structure.doc, rule) {
        return false;
    }
    let group = source.cover(cue);
    let is_in_clause = |it: Span| rule.contents.iter().any(|part| part.contains_span(it));
    let mut is_released = false;
    for FusionCandidate { attribution, is_merged } in candidates {
        let is_inner = !*is_merged
            && attribution.source.is_some_and(is_in_clause)
            && attribution.cue.is_some_and(is_in_clause);
        if !is_inner || !attribution.contents.iter().any(|it| it.contains_span(group)) {
            continue;
        }
        let left = attribution.contents.iter().flat_map(|it| structure.subtract(*it, group));
        let left: Vec<Span> = left.filter(|it| it.end <= group.start).collect();
        if !left.is_empty() {
            attribution.contents = left;
            is_released = true;
        }
    }
    is_released
}
