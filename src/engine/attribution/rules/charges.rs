//! Charges: somebody accuses, blames or criticises another for something ("Lee accused the clerk of fraud").

use std::ops::Range;

use crate::analysis::Act;
use crate::engine::attribution::rules::cues;
use crate::engine::attribution::rules::subject_verbs::{SubjectVerb, end_of_complement};
use crate::engine::attribution::{Attribution, complement, speech_act};
use crate::engine::text::clause::ClauseView;
use crate::engine::text::lexicon::LexicalClass;

/// The charges of a clause, each from the subject of its own verb. Those with quoted words are found by other rules.
pub(super) fn charges(clause: ClauseView) -> Vec<Attribution> {
    (1..clause.items.len()).filter_map(|verb| charge(clause, verb)).collect()
}

/// The charge whose verb is an item.
fn charge(clause: ClauseView, verb: usize) -> Option<Attribution> {
    let is_verb = clause.is(verb, LexicalClass::JudgementReportingWord) && takes_object(clause, verb);
    if !is_verb || cues::quotes_person_as_saying(clause, verb) {
        return None;
    }
    let charge = SubjectVerb::at(clause, verb)?.attribution(clause, content(clause, verb)?);
    (speech_act::act_of(clause.doc, &charge) == Act::Speech).then_some(charge)
}

/// Whether a noun phrase follows a verb: "accused | the clerk", but not "Lee, accused | of fraud".
fn takes_object(clause: ClauseView, verb: usize) -> bool {
    let next = verb + 1;
    clause.is_word(next) && !clause.is(next, LexicalClass::Preposition) && clause.word(next) != "and"
}

/// The items from the person or thing that is judged to the end of the reason; `None` where there is no reason, or quoted words.
fn content(clause: ClauseView, verb: usize) -> Option<Range<usize>> {
    let start = verb + 1;
    let reason_words = complement::reason_words(&clause.lower(verb));
    let mut behind = start + 1..clause.items.len();
    let reason = behind.find(|it| reason_words.contains(&clause.word(*it)))?;
    let end = end_of_complement(clause, reason + 1);
    let is_divided = (start..reason).any(|it| matches!(clause.word(it), ";" | ":"));
    let has_quote = clause.first_quote_in(start..end).is_some();
    (end > reason + 1 && !is_divided && !has_quote).then_some(start..end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::tests::with_clauses;

    #[test]
    fn who_charges_somebody_with_something_says_so() {
        for (text, expected) in [
            ("Piet Maas accused the clerk of fraud.", Some("Piet Maas: the clerk of fraud")),
            (
                "The union criticised the board for selling the ferry, and left.",
                Some("The union: the board for selling the ferry"),
            ),
            (
                "Lee has accused the clerk, Bo Ray, of theft and went home.",
                Some("Lee: the clerk, Bo Ray, of theft"),
            ),
            ("Residents blamed the flood on the dam.", Some("Residents: the flood on the dam")),
            ("Brothers blame each other as trial opens.", None),
            ("The clerk was accused of fraud.", None),
            ("Lee, accused of fraud, left the hall.", None),
            ("The union criticised the plan.", None),
            ("The union did not accuse the clerk of fraud.", None),
            ("Lee could accuse the clerk of fraud.", None),
            ("The union wants to accuse the clerk of fraud.", None),
            ("Lee accused the clerk of “theft”.", None),
        ] {
            let found = with_clauses(text, |doc, quoted, clauses, _| {
                let view = ClauseView { doc, quoted, items: &clauses[0].items };
                charges(view).first().map(|it| {
                    format!("{}: {}", it.source.map_or("", |it| it.slice(text)), it.contents[0].slice(text))
                })
            });
            assert_eq!(found.as_deref(), expected, "{text}");
        }
    }
}
