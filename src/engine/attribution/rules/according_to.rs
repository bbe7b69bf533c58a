//! Attributions by phrases ("according to", "in the words of"): the noun phrase after the phrase, and the clause around it, which is
//! what it attributes.

use std::ops::Range;

use crate::engine::attribution::rules::{contents, sources};
use crate::engine::attribution::{assertion, complement};
use crate::engine::text::clause::ClauseView;
use crate::engine::text::lexicon::LexicalClass;

/// "According to Lee" needs this many items before it for the aside after the name to belong to the name.
const MIN_ITEMS_BEFORE_ACCORDING_TO: usize = 5;
/// Before "according to", at most this many items after another attribution are no clause.
const MAX_REMNANT_ITEMS: usize = 4;

/// The noun phrase after "according to" at item `start`. An aside that would leave nothing to report is the content.
pub(super) fn source(clause: ClauseView, start: usize) -> Option<Range<usize>> {
    // "this author": elsewhere the word may begin a clause of its own.
    let is_demonstrative = matches!(clause.lower(start).as_str(), "this" | "that" | "these" | "those");
    if is_demonstrative && sources::is_phrase_item(clause, start + 1) && !clause.is_capitalized(start + 1) {
        return sources::noun_phrase_end(clause, start + 1).map(|end| start..end);
    }
    let whole = sources::source_after_cue(clause, start)?;
    if is_measure(clause, start) {
        return None;
    }
    if let Some(end) = end_in_divided_clause(clause, whole.clone()) {
        return Some(start..end);
    }
    let last = clause.items.len() - usize::from(!clause.is_word(clause.items.len() - 1));
    if is_fronted(clause, start) {
        return end_before_clause(clause, start, last).map(|end| start..end);
    }
    if whole.end < last || start > MIN_ITEMS_BEFORE_ACCORDING_TO {
        return Some(whole);
    }
    sources::ends_after_cue(clause, start).first().map(|end| start..*end)
}

/// Whether only connectives stand before "according to", whose noun phrase begins at item `start`.
fn is_fronted(clause: ClauseView, start: usize) -> bool {
    let is_connective = |item: usize| {
        clause.is(item, LexicalClass::LeadingConnective)
            || !clause.is_word(item) && clause.quote_at(item).is_none()
    };
    let cue = (0..start).find(|it| !is_connective(*it));
    cue.is_some_and(|it| clause.lower(it) == "according")
}

/// The end of the noun phrase from item `start` on with the asides behind which a clause follows: "According to | Lee, who was there, | the
/// mill burned". The clause ends before item `last`.
fn end_before_clause(clause: ClauseView, start: usize, last: usize) -> Option<usize> {
    let has_verb =
        |items: Range<usize>| complement::has_own_verb(clause.doc, clause.doc.tokens_in(clause.span(items)));
    let is_relative = |item: usize| matches!(clause.lower(item).as_str(), "who" | "which" | "whose");
    let ends = sources::ends_after_cue(clause, start);
    let begins_with_name = ends.first().is_some_and(|it| clause.is_capitalized(*it - 1));
    // "According to police, | Ann Lee, 41, | stole it": another one, but "the driver, | Ann Lee" is one person.
    let is_named = |from: usize| {
        let is_role =
            clause.is(start, LexicalClass::Determiner) && clause.is(from - 1, LexicalClass::RoleNoun);
        let is_joined = begins_with_name && clause.lower(from + 1) == "and";
        clause.is_capitalized(from - 1) || is_joined || is_role && clause.is_capitalized(from + 1)
    };
    // "According to Lee, | a nurse was there, and …": a clause is no aside.
    let is_aside =
        |from: usize, to: usize| is_relative(from + 1) || is_named(from) && !has_verb(from + 1..to);
    let asides = ends.windows(2).take_while(|it| is_aside(it[0], it[1])).count();
    let begins_clause =
        |first: usize| first + 1 < last && has_verb(first..last) && may_be_subject(clause, first);
    // "According to Lee, | a man, his wife and a dog | left": the members of one subject.
    let begins_list = |first: usize| {
        let is_verb =
            |it: &usize| clause.is(*it, LexicalClass::Auxiliary) || clause.is(*it, LexicalClass::PastTense);
        let verb = (first..last).find(is_verb).unwrap_or(last);
        (first..verb).any(|it| clause.lower(it) == "and")
    };
    let is_end = |index: &usize| {
        let follows_apposition = *index > 0 && !is_relative(ends[*index - 1] + 1);
        begins_clause(ends[*index] + 1) && !(follows_apposition && begins_list(ends[*index] + 1))
    };
    let chosen = (0..ends.len().min(asides + 1)).rev().find(is_end).unwrap_or(0);
    ends.get(chosen).copied()
}

/// Whether the subject of a clause may begin at an item: no phrase before it, and no relative clause.
fn may_be_subject(clause: ClauseView, item: usize) -> bool {
    use LexicalClass::{Auxiliary, ClauseBoundary, PastTense, Preposition};
    ![Auxiliary, ClauseBoundary, PastTense, Preposition].iter().any(|it| clause.is(item, *it))
        && !matches!(clause.lower(item).as_str(), "and" | "who" | "which" | "whose")
}

/// Whether the noun phrase at item `start` tells what something depends on: "according to | the needs of each family".
fn is_measure(clause: ClauseView, start: usize) -> bool {
    let end = sources::noun_phrase_end(clause, start).unwrap_or(start + 1);
    let tokens = clause.token(start).zip(clause.token(end - 1));
    tokens.is_some_and(|(first, last)| assertion::is_measure(clause.doc, first..last + 1))
}

/// The end of the noun phrase after "according to" that its clause continues behind it: before a verb in a relative clause ("the mill, which
/// according to Lee | lost money"), at the comma after a subject with an auxiliary ("The dam is, according to Lee, | the oldest").
fn end_in_divided_clause(clause: ClauseView, source: Range<usize>) -> Option<usize> {
    const MAX_CUE_ITEMS: usize = 5;
    let before = (source.start.saturating_sub(MAX_CUE_ITEMS)..source.start)
        .rev()
        .find(|it| clause.word(*it) == "," || clause.lower(*it) == "which" || clause.lower(*it) == "who")?;
    let is_verb =
        |item: usize| clause.is(item, LexicalClass::Auxiliary) || clause.is(item, LexicalClass::PastTense);
    let ends = |item: &usize| match clause.word(before) {
        "," => clause.word(*item) == ",",
        _ => is_verb(*item) && clause.word(*item).starts_with(char::is_lowercase),
    };
    let is_divided =
        clause.word(before) != "," || before > 0 && clause.is(before - 1, LexicalClass::Auxiliary);
    source.clone().skip(1).find(ends).filter(|_| is_divided)
}

/// The contents of "according to X": the clause around it.
pub(super) fn contents(
    clause: ClauseView,
    available_start: usize,
    before: Range<usize>,
    after: Range<usize>,
) -> Vec<Range<usize>> {
    let after = contents::trim_items(clause, after);
    let has_quote_before = clause.first_quote_in(before.clone()).is_some();
    // "It was cold and, in the words of Lee, “a day to forget”."
    if clause.quote_at(after.start).is_some() && !has_quote_before {
        let quote = after.start..contents::quote_end(clause, after.start, after.end);
        return vec![quote];
    }
    let is_connective = |item: usize| {
        clause.is(item, LexicalClass::LeadingConnective)
            || matches!(clause.lower(item).as_str(), "now" | "so" | "also" | ",")
    };
    if before.clone().all(is_connective) {
        return Some(after).filter(|it| !it.is_empty()).into_iter().collect();
    }
    // "The mill is new and, according to Lee, | it is clean": the clause behind it.
    let is_joint = |item: usize| matches!(clause.lower(item).as_str(), "and" | "but" | "while");
    let next = (before.end..after.start).find(|it| clause.word(*it) != ",");
    let is_joined = before.clone().last().is_some_and(is_joint) || next.is_some_and(is_joint);
    if is_joined && !has_quote_before && after.len() >= contents::MIN_REST_ITEMS {
        return vec![after];
    }
    // "the mill, which according to Lee | lost money, closed"
    let is_relative = matches!(clause.lower(before.end - 1).as_str(), "that" | "which" | "who");
    if is_relative && !after.is_empty() && !has_quote_before {
        let is_verb = |item: usize| {
            clause.is(item, LexicalClass::Auxiliary) || clause.is(item, LexicalClass::PastTense)
        };
        let is_end = |item: &usize| clause.word(*item) == "," && is_verb(item + 1);
        let end = after.clone().find(is_end).unwrap_or(after.end);
        // "according to the board | of the bank | lost money": what stands before the verb belongs to the source.
        let start = (after.start..end).take(contents::MAX_FRAGMENT_ITEMS).find(|it| is_verb(*it));
        return start.map(|it| it..end).into_iter().collect();
    }
    // "… he told the Gazette, according to the Ledger": what stands between the two is no clause.
    let is_remnant = available_start > 0 && before.start == available_start;
    if is_remnant && before.len() <= MAX_REMNANT_ITEMS && !has_quote_before {
        return Vec::new();
    }
    let is_split = !has_quote_before
        && before.len() <= contents::MAX_FRAGMENT_ITEMS
        && after.len() >= contents::MIN_REST_ITEMS;
    [Some(before), is_split.then_some(after)].into_iter().flatten().collect()
}
