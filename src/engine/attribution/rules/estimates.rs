//! Estimates: somebody puts something at a number ("Officials put the toll at 41").

use std::ops::Range;

use crate::engine::attribution::rules::subject_verbs::SubjectVerb;
use crate::engine::attribution::{Attribution, figures};
use crate::engine::text::clause::ClauseView;

/// The estimates of a clause, each from the subject of its own "put".
pub(super) fn estimates(clause: ClauseView) -> Vec<Attribution> {
    let verbs: Vec<usize> =
        (1..clause.items.len()).filter(|it| figures::is_putting(&clause.lower(*it))).collect();
    let estimate = |number: usize| {
        let verb = verbs[number];
        let end = verbs.get(number + 1).copied().unwrap_or(clause.items.len());
        estimate_of_verb(clause, verb, end)
    };
    (0..verbs.len()).filter_map(estimate).collect()
}

/// The estimate of the "put" at an item; `limit` is the item of the next one.
fn estimate_of_verb(clause: ClauseView, verb: usize, limit: usize) -> Option<Attribution> {
    let estimate = SubjectVerb::at(clause, verb)?;
    let content = content(clause, verb + 1, limit)?;
    let first = clause.token(content.start)?;
    let last = clause.token(content.end - 1)?;
    figures::figure(clause.doc, first..last + 1)?;
    Some(estimate.attribution(clause, content))
}

/// The items from `start` to the end of the statement: a semicolon, the clause of a conjunction or the end of the sentence.
fn content(clause: ClauseView, start: usize, limit: usize) -> Option<Range<usize>> {
    let ends = |item: &usize| {
        let word = clause.word(*item);
        let joins = |next: usize| {
            matches!(clause.word(next), "and" | "but" | "while" | "though" | "although" | "whereas" | "which")
        };
        matches!(word, ";" | ":")
            || clause.quote_at(*item).is_some()
            || word == "," && joins(item + 1)
            || matches!(word, "while" | "but")
    };
    let end = (start..limit).find(ends).unwrap_or(limit);
    let last = (start..end).rev().find(|it| clause.is_word(*it) || clause.word(*it) == "%")?;
    Some(start..last + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::tests::with_clauses;

    #[test]
    fn who_puts_a_thing_at_a_number_says_so() {
        for (text, expected) in [
            ("The survey put the gap at 8 per cent.", vec!["The survey: the gap at 8 per cent"]),
            (
                "Police put the crowd at 4,000; organisers put it at twice that.",
                vec!["Police: the crowd at 4,000", "organisers: it at twice that"],
            ),
            (
                "The ministry puts the toll at 41, and 200 people are missing.",
                vec!["The ministry: the toll at 41"],
            ),
            ("Insurers have put the cost at close to £2bn.", vec!["Insurers: the cost at close to £2bn"]),
            ("The firm has not put the cost at 3 million.", vec![]),
            ("The cost was put at 3 million.", vec![]),
            ("The firm put a guard at the gate.", vec![]),
        ] {
            let found = with_clauses(text, |doc, quoted, clauses, _| {
                let view = ClauseView { doc, quoted, items: &clauses[0].items };
                let words = |it: &Attribution| {
                    format!("{}: {}", it.source.map_or("", |it| it.slice(text)), it.contents[0].slice(text))
                };
                estimates(view).iter().map(words).collect::<Vec<_>>()
            });
            assert_eq!(found, expected, "{text}");
        }
    }
}
