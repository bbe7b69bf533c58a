//! Bounds: the rules that begin and end the contents of a merged attribution, in their order.

use crate::engine::attribution::Attribution;
use crate::engine::attribution::fusion::invariants::Structure;
use crate::engine::attribution::fusion::{
    additions, addressees, brackets, introduced_quotations, main_clause, other_voices, own_subjects,
    relative_clauses, trimming,
};
use crate::span::Span;

/// The attribution with contents that hold what was said and nothing else. `is_quotation` tells whether a quotation that may be speech
/// overlaps a span.
pub(super) fn set_bounds(
    structure: &Structure,
    attribution: Attribution,
    is_quotation: impl Fn(Span) -> bool,
) -> Attribution {
    let (doc, quoted) = (structure.doc, structure.quoted);
    let it = main_clause::with_answer(doc, quoted, attribution);
    let it = main_clause::end_cleft(doc, addressees::with_person_asked(doc, it));
    let it = main_clause::end_subordinate(doc, quoted, main_clause::end_aside(doc, quoted, it));
    let it = relative_clauses::end_relative_subject(doc, quoted, it);
    let it = relative_clauses::end_object_relative(doc, quoted, it);
    let it = trimming::end_naming(doc, quoted, trimming::with_quoted_person(doc, it));
    let it = trimming::place_preposition(doc, trimming::drop_own_naming(doc, it, &is_quotation));
    let it = trimming::drop_leading_marks(doc, main_clause::end_inverted(doc, it));
    let it = other_voices::end_at_other_voice(doc, quoted, it);
    let it = additions::end_at_addition(doc, quoted, it);
    let it = own_subjects::with_inverted_subject(structure, it);
    let it = introduced_quotations::drop_introduction(doc, quoted, it);
    brackets::balance(doc, trimming::drop_loose_parts(doc, it, is_quotation))
}
