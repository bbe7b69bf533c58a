//! Subjects: the noun phrase that begins a clause.

use std::ops::Range;

use crate::engine::attribution::rules::sources::is_possessive;
use crate::engine::text::clause::ClauseView;
use crate::engine::text::lexicon::LexicalClass;
use crate::engine::text::tokens;

/// The subject that begins a clause with the complement of its noun: "Researchers at the University of Marrow Bay | played".
pub(crate) fn whole_subject(clause: ClauseView) -> Option<Range<usize>> {
    let subject = clause_subject(clause)?;
    let is_verb = |item: &usize| {
        !clause.is_capitalized(*item)
            && (clause.is(*item, LexicalClass::PastTense) || clause.is(*item, LexicalClass::Auxiliary))
    };
    let verb = (subject.end..clause.items.len()).take_while(|it| clause.is_word(*it)).find(is_verb);
    match verb.filter(|_| clause.is(subject.end, LexicalClass::Preposition)) {
        Some(verb) => Some(subject.start..verb),
        None => Some(subject),
    }
}

/// Whether an item opens a phrase or a clause before the subject: "Following the vote | Lee said", "After the vote".
pub(crate) fn opens_fronted_phrase(clause: ClauseView, item: usize) -> bool {
    clause.is(item, LexicalClass::Preposition)
        || clause.is(item, LexicalClass::ClauseBoundary)
        || clause.lower(item).ends_with("ing")
}

/// The noun phrase without asides that begins a clause: the subject that a participle ("…, insisting") shares.
pub(crate) fn clause_subject(clause: ClauseView) -> Option<Range<usize>> {
    let is_connective = |item: usize| matches!(clause.lower(item).as_str(), "but" | "and" | "so" | "yet");
    let start = (0..clause.items.len()).find(|it| clause.is_word(*it) && !is_connective(*it))?;
    if clause.is(start, LexicalClass::SubjectPronoun) {
        return Some(start..start + 1);
    }
    if opens_fronted_phrase(clause, start) {
        let comma = (start..clause.items.len()).find(|it| clause.word(*it) == ",")?;
        let start = end_of_title(clause, comma + 1);
        let rest = ClauseView { items: &clause.items[start..], ..clause };
        let subject = clause_subject(rest)?;
        return Some(subject.start + start..subject.end + start);
    }
    // The article and its noun, or the words of a name.
    let head = start + usize::from(clause.is(start, LexicalClass::Determiner));
    let mut end = head;
    while end < clause.items.len()
        && (clause.is_capitalized(end)
            || clause.lower(end) == "of" && clause.is_capitalized(end + 1)
            || is_possessive(clause, end))
    {
        end += 1;
    }
    if end == head && clause.is_word(end) {
        end += 1;
    }
    (end > start && !clause.is(end - 1, LexicalClass::Auxiliary)).then_some(start..end)
}

/// The item behind the title in quotation marks that begins at an item; the item itself where none begins: "In the song, “Tin Men,” |
/// a girl asks".
fn end_of_title(clause: ClauseView, item: usize) -> usize {
    const MAX_TITLE_ITEMS: usize = 16;
    let is_mark = |it: &usize| tokens::is_quotation_mark(clause.word(*it));
    let mut window = item + 1..clause.items.len().min(item + MAX_TITLE_ITEMS);
    let close = window.find(is_mark).filter(|_| is_mark(&item));
    close.map_or(item, |it| it + 1)
}
