//! Inserted sources: source and cue stand between commas and divide a clause, "The doctor, | Kay Pratt said, | had left".

use std::ops::Range;

use crate::engine::attribution::rules::sources::{end_of_time, is_phrase_item, starts_noun_phrase};
use crate::engine::text::clause::ClauseView;
use crate::engine::text::lexicon::LexicalClass;

/// The speaker with an aside between the subject and the verb of a clause, where source and cue stand between commas: "Two of the boats, |
/// the owner, Ann Lee, | said on Monday, were sold". `None` where the cue at `cue` does not divide a clause so.
pub(crate) fn inserted_source(
    clause: ClauseView,
    cue: Range<usize>,
    free_from: usize,
) -> Option<Range<usize>> {
    let close = cue.start.checked_sub(1).filter(|it| clause.word(*it) == ",")?;
    let goes_on = clause_goes_on(clause, cue.end);
    let open =
        (free_from..close).find(|it| clause.word(*it) == ",").filter(|it| *it > free_from && goes_on)?;
    let has_aside = (open + 1..close).any(|it| clause.word(it) == ",");
    let is_subject = (free_from..open).all(|it| is_phrase_item(clause, it) || clause.lower(it) == "of");
    let is_person = starts_noun_phrase(clause, open + 1);
    (has_aside && is_subject && is_person).then_some(open + 1..close)
}

/// A source without the subject before it where source and cue divide a clause: "The doctor, | Kay Pratt | said, had left".
pub(crate) fn without_divided_subject(
    clause: ClauseView,
    source: Range<usize>,
    cue_end: usize,
) -> Range<usize> {
    let goes_on = clause_goes_on(clause, cue_end);
    let comma = source.clone().rev().find(|it| clause.word(*it) == ",").filter(|_| goes_on);
    match comma {
        Some(comma) if (comma + 1..source.end).all(|it| clause.is_capitalized(it)) => comma + 1..source.end,
        _ => source,
    }
}

/// Whether the verb of the clause follows behind a cue, a time and a comma: "said on Monday, | were sold".
fn clause_goes_on(clause: ClauseView, cue_end: usize) -> bool {
    let comma = end_of_time(clause, cue_end);
    clause.word(comma) == ","
        && [LexicalClass::Auxiliary, LexicalClass::PastTense].iter().any(|it| clause.is(comma + 1, *it))
}
