//! Namings in relative clauses: "an offer that the union called | derisory". What is named stands before the pronoun.

use std::ops::Range;

use crate::engine::attribution::rules::subject_verbs::SubjectVerb;
use crate::engine::attribution::{Attribution, speech_act};
use crate::engine::text::clause::ClauseView;
use crate::engine::text::lexicon::LexicalClass;
use crate::engine::text::tokens;

/// How many items a name has at most.
const MAX_NAME_ITEMS: usize = 40;

/// The namings of the relative clauses of a clause, without those in quotation marks, which other rules find.
pub(super) fn relative_namings(clause: ClauseView) -> Vec<Attribution> {
    (2..clause.items.len()).filter_map(|verb| relative_naming(clause, verb)).collect()
}

fn relative_naming(clause: ClauseView, verb: usize) -> Option<Attribution> {
    let token = clause.token(verb)?;
    if !speech_act::is_naming_verb(clause.doc, token) {
        return None;
    }
    let naming = SubjectVerb::at(clause, verb)?;
    let content = content(clause, verb + 1)?;
    let is_named = speech_act::is_object_relative(clause.doc, clause.token(naming.source.start)?, token)
        && !speech_act::begins_other_object(clause.doc, clause.token(content.start)?);
    is_named.then(|| naming.attribution(clause, content))
}

/// The name behind the verb: to the next comma, dash or verb of the main clause.
fn content(clause: ClauseView, start: usize) -> Option<Range<usize>> {
    let ends = |item: &usize| {
        matches!(clause.word(*item), "," | "." | ";" | ":" | "(" | ")")
            || tokens::is_dash(clause.word(*item))
            || *item > start && clause.is(*item, LexicalClass::Auxiliary)
            || *item > start && clause.lower(*item) == "and" && clause.is(item + 1, LexicalClass::PastTense)
    };
    let stop = clause.items.len().min(start + MAX_NAME_ITEMS);
    let end = (start..stop).find(ends).unwrap_or(stop);
    let has_quote = clause.first_quote_in(start..end).is_some();
    (end > start && !has_quote).then_some(start..end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::tests::with_clauses;

    #[test]
    fn a_relative_clause_with_a_naming_tells_the_name_alone() {
        for (text, expected) in [
            ("They refused an offer that their union called derisory.", Some("their union: derisory")),
            (
                "Lee signed a deal that her rivals branded a gamble with public money, and flew home.",
                Some("her rivals: a gamble with public money"),
            ),
            ("The rule, which Piet Maas has described as absurd, stays.", Some("Piet Maas: as absurd")),
            ("A bill that the mayor dubbed a trap was lost.", Some("the mayor: a trap")),
            ("A meeting that the union called on Friday was full.", None),
            ("Lee said that the union called a strike.", None),
            ("It was a vote that the board had called to end the row.", None),
            ("It was a man that the board had not called a thief.", None),
            ("The union called the offer derisory.", None),
        ] {
            let found = with_clauses(text, |doc, quoted, clauses, _| {
                let view = ClauseView { doc, quoted, items: &clauses[0].items };
                let namings = relative_namings(view);
                namings.first().map(|it| {
                    format!("{}: {}", it.source.map_or("", |it| it.slice(text)), it.contents[0].slice(text))
                })
            });
            assert_eq!(found.as_deref(), expected, "{text}");
        }
    }
}
