//! Stances that are told with words of speech: a position that is shared, a court's decision, what people go on demanding, a
//! plan, a feeling, and what somebody finds out for themselves.

use std::ops::Range;

use crate::engine::attribution::{Attribution, assertion};
use crate::engine::text::document::Document;
use crate::engine::text::lexicon::LexicalClass;
use crate::word_list::word_list;

/// Whether an attribution whose cue may report speech tells of a stance.
pub(crate) fn is_taken(
    doc: &Document,
    attribution: &Attribution,
    cue: Range<usize>,
    content: Range<usize>,
) -> bool {
    let source = attribution.source.map(|it| doc.tokens_in(it));
    let follows = content.start >= cue.end && !cue.is_empty();
    let last = cue.end.saturating_sub(1);
    let is_decided = |it: &Range<usize>| is_decision(doc, it.clone(), last);
    let is_found = |it: &Range<usize>| is_experience(doc, it.clone(), cue.clone(), content.clone());
    let provides = |it: &Range<usize>| is_provision(doc, it.clone(), cue.clone());
    follows
        && (is_agreement(doc, last)
            || is_campaign(doc, cue.clone())
            || is_plan(doc, last, content.start)
            || is_feeling(doc, last)
            || source.is_some_and(|it| is_decided(&it) || is_found(&it) || provides(&it)))
}

/// Whether the verb at a token tells of work that makes something known: "inspectors | found".
pub(crate) fn is_finding_verb(doc: &Document, token: usize) -> bool {
    const FINDING_VERBS: &[&str] = &word_list!("finding-verbs");
    FINDING_VERBS.binary_search(&doc.lower(token).as_str()).is_ok()
}

/// Whether somebody agrees to do something or with others: "agreed | to release the money", "agreed | that the dam leaked".
fn is_agreement(doc: &Document, verb: usize) -> bool {
    matches!(doc.lower(verb).as_str(), "agree" | "agreed" | "agrees" | "agreeing")
}

/// Whether those who decide in a court find or hold something: "the jury | found", "the judge | held".
fn is_decision(doc: &Document, source: Range<usize>, verb: usize) -> bool {
    const COURT_NOUNS: &[&str] = &word_list!("court-nouns");
    let is_deciding =
        matches!(doc.lower(verb).as_str(), "find" | "finds" | "found" | "held" | "hold" | "holds");
    let mut head = source.take_while(|it| !doc.is(*it, LexicalClass::Preposition) && doc.word(*it) != ",");
    is_deciding && head.any(|it| COURT_NOUNS.binary_search(&doc.lower(it).as_str()).is_ok())
}

/// Whether a plan, a law or the like provides for something: "the bill | calls for | a tax". Those who made it say more.
fn is_provision(doc: &Document, source: Range<usize>, cue: Range<usize>) -> bool {
    const PLAN_NOUNS: &[&str] = &word_list!("plan-nouns");
    let is_preposition = |it: &usize| doc.is(*it, LexicalClass::Preposition) && *it > source.start;
    let head_end = source.clone().find(is_preposition).unwrap_or(source.end);
    let is_plan = |it: usize| PLAN_NOUNS.binary_search(&doc.lower(it).as_str()).is_ok();
    let is_call = |it: usize| doc.lower(it).starts_with("call") && doc.lower(it + 1) == "for";
    head_end > source.start && is_plan(head_end - 1) && cue.into_iter().any(is_call)
}

/// Whether people go on demanding or promising something: "are demanding | that the mill stay open". "Is calling | it a farce"
/// names something.
fn is_campaign(doc: &Document, cue: Range<usize>) -> bool {
    const CAMPAIGNING_PARTICIPLES: &[&str] = &word_list!("campaigning-participles");
    const FORMS_OF_BE: &[&str] = &word_list!("forms-of-be");
    let is_participle = |it: &usize| {
        CAMPAIGNING_PARTICIPLES.binary_search(&doc.lower(*it).as_str()).is_ok()
            && (doc.lower(*it) != "calling" || matches!(doc.lower(it + 1).as_str(), "for" | "on" | "upon"))
    };
    let Some(participle) = cue.clone().find(is_participle) else { return false };
    let mut helpers = assertion::verb_group(doc, cue).take_while(|it| *it < participle);
    helpers.any(|it| FORMS_OF_BE.binary_search(&doc.lower(it).as_str()).is_ok())
}

/// Whether somebody plans an act: "proposed | dropping the toll".
fn is_plan(doc: &Document, verb: usize, content: usize) -> bool {
    let first = doc.word(content);
    doc.lower(verb).starts_with("propos") && first.ends_with("ing") && first.starts_with(char::is_lowercase)
}

/// Whether a noun for a feeling is taken for a verb: "the urge | to leave".
fn is_feeling(doc: &Document, noun: usize) -> bool {
    doc.lower(noun) == "urge" && noun.checked_sub(1).is_some_and(|it| doc.is(it, LexicalClass::Determiner))
}

/// Whether somebody finds out about themselves, and tells nobody: "she found that | she had no key".
fn is_experience(doc: &Document, source: Range<usize>, cue: Range<usize>, content: Range<usize>) -> bool {
    let subject = content.start + usize::from(doc.word(content.start) == "that");
    let subject = doc.lower(subject);
    let is_person = source.len() == 1 && doc.lower(source.start) == subject
        || source.clone().all(|it| doc.word(it).starts_with(char::is_uppercase));
    cue.into_iter().any(|it| is_finding_verb(doc, it))
        && matches!(subject.as_str(), "he" | "i" | "she" | "we")
        && is_person
}
