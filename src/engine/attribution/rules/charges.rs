//! Charges: somebody accuses, blames or criticises another for something ("Lee accused the clerk of fraud").

use std::ops::Range;

use crate::analysis::{Act, AttributionRule};
use crate::engine::attribution::rules::{cues, sources};
use crate::engine::attribution::{Attribution, speech_act};
use crate::engine::text::clause::ClauseView;
use crate::engine::text::lexicon::LexicalClass;
use crate::engine::text::tokens;

/// The confidence of a charge.
const CHARGE_CONFIDENCE: f32 = 0.8;

/// The charges of a clause, each from the subject of its own verb. Those with quoted words are found by other rules.
pub(super) fn charges(clause: ClauseView) -> Vec<Attribution> {
    (1..clause.items.len()).filter_map(|verb| charge(clause, verb)).collect()
}

/// The charge whose verb is an item.
fn charge(clause: ClauseView, verb: usize) -> Option<Attribution> {
    let is_verb =
        clause.is(verb, LexicalClass::JudgementReportingWord) && !clause.lower(verb).ends_with("ing");
    if !is_verb || !takes_object(clause, verb) {
        return None;
    }
    let start = cues::first_helper(clause, verb);
    let is_open = (start..verb).any(|it| {
        clause.is(it, LexicalClass::Negation)
            || clause.is(it, LexicalClass::FormOfBe)
            || clause.is(it, LexicalClass::ModalOfPossibility)
    });
    let source = sources::source_before_cue(clause, start).filter(|_| !is_open)?;
    let content = content(clause, verb)?;
    let charge = Attribution {
        source: Some(clause.span(source)),
        cue: Some(clause.span(start..verb + 1)),
        contents: vec![clause.span(content)],
        rule: AttributionRule::SpeakerThenCue,
        act: Act::Speech,
        confidence: CHARGE_CONFIDENCE,
    };
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
    let word = clause.lower(verb);
    let reason_words: &[&str] = match () {
        () if word.starts_with("accus") => &["of"],
        () if word.starts_with("blam") => &["for", "on"],
        () => &["as", "for", "over"],
    };
    let mut behind = start + 1..clause.items.len();
    let reason = behind.find(|it| reason_words.contains(&clause.word(*it)))?;
    let joins_clause = |item: usize| {
        matches!(clause.word(item), "and" | "but")
            && (clause.is(item + 1, LexicalClass::PastTense)
                || clause.is(item + 1, LexicalClass::Auxiliary)
                || clause.is(item + 1, LexicalClass::SubjectPronoun))
    };
    let ends = |item: &usize| {
        matches!(clause.word(*item), "," | ";" | ":" | "while" | "after" | "when")
            || tokens::is_dash(clause.word(*item))
            || joins_clause(*item)
    };
    let end = (reason + 1..clause.items.len()).find(ends).unwrap_or(clause.items.len());
    let last = (reason + 1..end).rev().find(|it| clause.is_word(*it))?;
    let is_divided = (start..reason).any(|it| matches!(clause.word(it), ";" | ":"));
    let has_quote = clause.first_quote_in(start..last + 1).is_some();
    (!is_divided && !has_quote).then_some(start..last + 1)
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
