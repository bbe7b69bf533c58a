//! Words in a document that a relative clause tells: "a letter to the family in which | it said | the care had fallen short".

use std::ops::Range;

use crate::engine::text::clause::ClauseView;
use crate::engine::text::document::Document;
use crate::engine::text::lexicon::LexicalClass;
use crate::span::Span;

/// How many items may stand between "from" or "by" and "in which".
const MAX_OWNER_ITEMS: usize = 10;

/// How many tokens may stand between "which" and the cue: "in which | the head of the port | said".
const MAX_SUBJECT_TOKENS: usize = 8;

/// The owner of the document in which the pronoun at an item speaks, where a phrase names them: "a letter from | the council | in
/// which it said". `None` where the subject of the sentence wrote it.
pub(super) fn owner(clause: ClauseView, pronoun: usize) -> Option<Range<usize>> {
    let end =
        pronoun.checked_sub(2).filter(|it| clause.word(*it) == "in" && clause.word(it + 1) == "which")?;
    let is_pronoun = clause.is(pronoun, LexicalClass::SubjectPronoun);
    let window = end.saturating_sub(MAX_OWNER_ITEMS)..end;
    let by = window.rev().find(|it| matches!(clause.word(*it), "from" | "by" | "to" | ","))?;
    let is_document = |item: usize| {
        clause.is(item, LexicalClass::DocumentNoun) && clause.word(item).starts_with(char::is_lowercase)
    };
    let is_owner = matches!(clause.word(by), "from" | "by")
        && by > 0
        && (is_document(by - 1) || clause.is(by - 1, LexicalClass::PastTense))
        && by + 1 < end;
    (is_pronoun && is_owner).then_some(by + 1..end)
}

/// The token of "in" where a cue stands in a relative clause that tells what is in a document: "a letter | in | which it said".
/// `None` where it stands elsewhere.
pub(crate) fn start_of_clause(doc: &Document, cue: Span) -> Option<usize> {
    let verb = doc.token_at(cue.start);
    let floor = doc.sentences.get(doc.sentence_of(verb)).map_or(0, |it| it.tokens.start);
    let mut window = (floor.max(verb.saturating_sub(MAX_SUBJECT_TOKENS))..verb).rev();
    let which = window.find(|it| doc.word(*it) == "which")?;
    which.checked_sub(1).filter(|it| *it > floor && doc.word(*it) == "in")
}
