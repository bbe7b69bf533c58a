//! Own subjects: the subject of a cue's own sentence is its source where the tagger gives it none, or one of another sentence.

use std::ops::Range;

use crate::engine::attribution::fusion::invariants::Structure;
use crate::engine::attribution::rules::{sources, subjects};
use crate::engine::attribution::{Attribution, assertion, complement};
use crate::engine::text::clause::{Clause, ClauseView};
use crate::engine::text::document::Document;
use crate::engine::text::lexicon::LexicalClass;
use crate::engine::text::tokens::TokenKind;
use crate::span::Span;

/// A subject has at most this many words.
const MAX_SUBJECT_WORDS: usize = 30;

/// The author of a noun for what somebody says has at most this many tokens.
const MAX_AUTHOR_TOKENS: usize = 10;

/// The attribution with the subject of its own clause as its source: "Lena Holt, better known as Ludo, | denied | she was late".
pub(super) fn with_own_subject(
    structure: &Structure,
    clauses: &[Clause],
    attribution: Attribution,
) -> Attribution {
    let Some(cue) = attribution.cue else { return attribution };
    let number = structure.clause_at(cue.start);
    let is_elsewhere = attribution.source.is_none_or(|it| structure.clause_at(it.start) != number);
    let Some(clause) = clauses.get(number) else { return attribution };
    let view = ClauseView { doc: structure.doc, quoted: structure.quoted, items: &clause.items };
    if let Some(author) = author_of_noun(structure.doc, &attribution) {
        return Attribution { source: Some(author), ..attribution };
    }
    if is_participle_before_source(structure.doc, &attribution) {
        let source = subjects::clause_subject(view).map(|it| view.span(it));
        let source = source.filter(|it| it.end <= cue.start).or(attribution.source);
        return Attribution { source, ..attribution };
    }
    let follows_cue = attribution.contents.iter().all(|it| it.start >= cue.end);
    if follows_cue && let Some(own) = joined_subject(view, cue).map(|it| view.span(it)) {
        let is_before = attribution.source.is_some_and(|it| it.start < own.start);
        return Attribution { source: Some(own).filter(|_| is_before).or(attribution.source), ..attribution };
    }
    if !is_elsewhere {
        return attribution;
    }
    if follows_cue {
        let source = subject(view, cue).map(|it| view.span(it)).or(attribution.source);
        return Attribution { source, ..attribution };
    }
    // "The wreck stays, | harbour master Bo Ray, a former diver, | has said.": the tagger took all of it for the content.
    let ([content], Some(source)) = (&attribution.contents[..], trailing_subject(view, cue)) else {
        return attribution;
    };
    let own = view.span(source);
    let rest = structure.subtract(*content, own.cover(cue));
    match (content.end <= cue.start && content.start < own.start, &rest[..]) {
        (true, [first]) => Attribution { source: Some(own), contents: vec![*first], ..attribution },
        _ => attribution,
    }
}

/// The author between a noun that is a cue and its clause: "The claim by | Professor Lars Beck | that the lake is dead". `None` where none
/// stands there.
fn author_of_noun(doc: &Document, attribution: &Attribution) -> Option<Span> {
    let (cue, content) = (attribution.cue?, attribution.contents.first()?);
    let (by, clause) = (doc.tokens_in(cue).end, doc.tokens_in(*content).start);
    let author = by + 1..clause;
    let is_phrase = |token: usize| {
        doc.tokens[token].kind != TokenKind::Punctuation && !doc.is(token, LexicalClass::Auxiliary)
    };
    let is_author = (1..=MAX_AUTHOR_TOKENS).contains(&author.len())
        && doc.word(by) == "by"
        && doc.word(clause) == "that"
        && author.clone().all(is_phrase);
    is_author.then(|| doc.span(author))
}

/// Whether a participle reports what stands before the source of another verb, so that it is told of the subject before it: "Lee left,
/// | insisting | it was late, | AFP reports".
fn is_participle_before_source(doc: &Document, attribution: &Attribution) -> bool {
    let (Some(source), Some(cue)) = (attribution.source, attribution.cue) else { return false };
    let cue_words = doc.tokens_in(cue);
    let is_participle = cue_words.len() == 1
        && cue_words.start > 0
        && doc.word(cue_words.start - 1) == ","
        && doc.lower(cue_words.start).ends_with("ing");
    is_participle && attribution.contents.iter().all(|it| it.start >= cue.end && it.end <= source.start)
}

/// The subject between a comma and the finite verb that a cue is, where it has an aside: "…, Ann Lee, the mayor, | has said".
fn trailing_subject(clause: ClauseView, cue: Span) -> Option<Range<usize>> {
    let verb = verb_item(clause, cue)?;
    let items = sources::source_before_cue(clause, verb).filter(|_| clause.word(verb - 1) == ",")?;
    let follows_comma = items.start > 1 && clause.word(items.start - 1) == ",";
    (follows_comma && items.len() <= MAX_SUBJECT_WORDS).then_some(items)
}

/// The role and the name between a conjunction and the finite verb that a cue is: "Ray said it was late, but | his deputy, Ann Lee, | said".
fn joined_subject(clause: ClauseView, cue: Span) -> Option<Range<usize>> {
    let verb = verb_item(clause, cue)?;
    let items = sources::source_before_cue(clause, verb).filter(|_| clause.word(verb - 1) == ",")?;
    let before = items.start.checked_sub(1)?;
    // "The president and harbour master, Ann Lee, said": the "and" of two roles.
    let is_joined = match clause.lower(before).as_str() {
        "but" | "while" | "although" | "though" | "whereas" => true,
        "and" => before > 0 && clause.word(before - 1) == ",",
        _ => false,
    };
    let comma = items.clone().find(|it| clause.word(*it) == ",")?;
    let has_name = clause.is_capitalized(comma + 1);
    let is_role = (items.start..comma).all(|it| clause.is_word(it) || matches!(clause.word(it), "'s" | "’s"))
        && !clause.is_capitalized(comma - 1);
    (is_joined && has_name && is_role && items.len() <= MAX_SUBJECT_WORDS).then_some(items)
}

/// The item at which the finite verb that a cue is begins, with its auxiliaries; `None` for passives and other words.
fn verb_item(clause: ClauseView, cue: Span) -> Option<usize> {
    let doc = clause.doc;
    let group = assertion::verb_group(doc, doc.tokens_in(cue));
    let is_finite = |token: usize| {
        [LexicalClass::PastTense, LexicalClass::Auxiliary, LexicalClass::SpeechVerb]
            .iter()
            .any(|it| doc.is(token, *it))
    };
    let is_verb = is_finite(group.start) && !assertion::is_passive(doc, group.clone());
    clause.item_of_token(group.start).filter(|it| is_verb && *it > 0)
}

/// The subject of the finite verb that a cue is, where its clause begins with it.
fn subject(clause: ClauseView, cue: Span) -> Option<Range<usize>> {
    let verb = verb_item(clause, cue)?;
    let items = sources::source_before_cue(clause, verb)?;
    let is_connective = |item: usize| {
        !clause.is_word(item) && clause.quote_at(item).is_none()
            || clause.is(item, LexicalClass::LeadingConnective)
    };
    let opens_clause = (0..items.start).all(is_connective);
    let is_phrase = clause.is_capitalized(items.start) || clause.is(items.start, LexicalClass::Determiner);
    let is_empty =
        matches!(clause.lower(items.start).as_str(), "it" | "there" | "this" | "that" | "which" | "who");
    let is_fronted = subjects::opens_fronted_phrase(clause, items.start);
    let is_short = items.len() <= MAX_SUBJECT_WORDS;
    (opens_clause && is_phrase && is_short && !is_empty && !is_fronted).then_some(items)
}

/// A phrase between a subject and its verb has at most this many tokens, and what tells the time behind it, too.
const MAX_PHRASE_TOKENS: usize = 8;

/// The attribution with the subject of its verb where the noun of a phrase between the two was taken for the source: "| The ministry in |
/// a statement | on Monday said", "The embassy in | Tarn | announced".
pub(super) fn with_subject_before_phrase(
    structure: &Structure,
    clauses: &[Clause],
    attribution: Attribution,
) -> Attribution {
    let (Some(source), Some(cue)) = (attribution.source, attribution.cue) else { return attribution };
    let doc = structure.doc;
    let (phrase, verb) = (doc.tokens_in(source), doc.tokens_in(cue).start);
    let Some(clause) = clauses.get(structure.clause_at(source.start)) else { return attribution };
    let view = ClauseView { doc, quoted: structure.quoted, items: &clause.items };
    let preposition = phrase.start.checked_sub(1).and_then(|it| view.item_of_token(it));
    let Some(preposition) = preposition.filter(|it| *it > 0) else { return attribution };
    let is_between = matches!(view.lower(preposition).as_str(), "at" | "for" | "in" | "on" | "via")
        && phrase.len() <= MAX_PHRASE_TOKENS
        && phrase.end <= verb
        && verb - phrase.end <= MAX_PHRASE_TOKENS
        && attribution.contents.iter().all(|it| it.start >= cue.end);
    let is_medium = phrase.clone().any(|it| doc.is(it, LexicalClass::DocumentNoun));
    let before = view.word(preposition - 1);
    let subject = match before {
        _ if !is_between => None,
        // "The ministry closed the dam, and in | a statement | said"
        "and" | "but" => subjects::clause_subject(view).filter(|_| is_medium).map(|it| view.span(it)),
        _ => {
            let end = preposition - usize::from(before == ",");
            let is_aside = is_medium || before == ",";
            let phrase_end = if is_aside { view.span(0..end).end } else { source.end };
            noun_phrase_from_start(view, end).map(|it| Span::new(it.start, phrase_end))
        }
    };
    Attribution { source: subject.or(attribution.source), ..attribution }
}

/// The words of a clause up to item `end`, where they are a subject without a verb.
fn noun_phrase_from_start(clause: ClauseView, end: usize) -> Option<Span> {
    let is_verb = |item: usize| {
        let is_lower = clause.word(item).starts_with(char::is_lowercase);
        let classes = [LexicalClass::PastTense, LexicalClass::Auxiliary, LexicalClass::SpeechVerb];
        // "an elected member"
        let is_attribute = item > 0 && clause.is(item - 1, LexicalClass::Determiner);
        is_lower && !is_attribute && classes.iter().any(|it| clause.is(item, *it))
    };
    let is_phrase = clause.is_capitalized(0) || clause.is(0, LexicalClass::Determiner);
    let is_fronted = subjects::opens_fronted_phrase(clause, 0)
        // "Based on"
        || clause.is(1, LexicalClass::Preposition) && clause.is(0, LexicalClass::PastTense);
    let is_subject = is_phrase && !is_fronted && end <= MAX_SUBJECT_WORDS && !(0..end).any(is_verb);
    (is_subject && end > 0).then(|| clause.span(0..end))
}

/// The attribution of the sentence before to the subject behind its verb: "The strike is over. So | said | the union."
pub(super) fn with_inverted_subject(structure: &Structure, attribution: Attribution) -> Attribution {
    let (Some(cue), [content]) = (attribution.cue, &attribution.contents[..]) else { return attribution };
    let doc = structure.doc;
    let (verb, phrase) = (doc.tokens_in(cue), doc.tokens_in(*content));
    let opening = verb.start.checked_sub(1).filter(|it| matches!(doc.lower(*it).as_str(), "so" | "thus"));
    let sentence = |at: usize| doc.sentences.get(doc.sentence_of(at)).map_or(0..0, |it| it.tokens.clone());
    let opens_sentence = |at: usize| {
        let Range { start, end } = sentence(at);
        start == at && phrase.end + 1 >= end && phrase.start == verb.end
    };
    let Some(at) = opening.filter(|it| *it > 0 && opens_sentence(*it)) else { return attribution };
    let before = sentence(at - 1);
    let is_same_block = doc.tokens[before.start].block == doc.tokens[at].block;
    if !is_same_block || complement::has_own_verb(doc, phrase) {
        return attribution;
    }
    let end = before.end - usize::from(doc.word(before.end - 1) == "." && before.len() > 1);
    Attribution { source: Some(*content), contents: vec![doc.span(before.start..end)], ..attribution }
}
