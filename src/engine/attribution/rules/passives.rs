//! Passives: verbs of saying whose agent stands behind "by" ("Residents were told by police to stay indoors").

use std::ops::Range;

use crate::analysis::{Act, AttributionRule};
use crate::engine::attribution::Attribution;
use crate::engine::attribution::rules::cues::{self, CueStrength, CueVerbs};
use crate::engine::attribution::rules::{requests, sources};
use crate::engine::text::clause::ClauseView;
use crate::engine::text::lexicon::LexicalClass;

/// The confidence of an attribution to an agent.
const AGENT_CONFIDENCE: f32 = 0.8;
/// How many adverbs may stand between the participle and "by": "was told repeatedly by".
const MAX_ADVERBS: usize = 2;
/// How many items that tell when may stand behind the agent: "by the principal | on Tuesday | that".
const MAX_TIME_ITEMS: usize = 4;

/// The attribution to the agent of a passive verb of saying, where a clause, an infinitive or a quotation follows the agent.
/// `None` where the clause has no such verb.
pub(super) fn told_by_agent(clause: ClauseView, verbs: &CueVerbs) -> Option<Attribution> {
    (2..clause.items.len()).filter(|it| clause.word(*it) == "by").find_map(|by| {
        let cue = passive_before(clause, verbs, by)?;
        let source = agent(clause, by + 1)?;
        let content = content_after_agent(clause, source.end)?;
        Some(Attribution {
            source: Some(clause.span(source)),
            cue: Some(clause.span(cue)),
            contents: vec![clause.span(content)],
            rule: AttributionRule::CueThenSpeaker,
            act: Act::Speech,
            confidence: AGENT_CONFIDENCE,
        })
    })
}

/// The passive verb of saying before "by" at an item, from its first auxiliary to "by". A denied one reports nothing.
fn passive_before(clause: ClauseView, verbs: &CueVerbs, by: usize) -> Option<Range<usize>> {
    let verb = (0..by).rev().take(MAX_ADVERBS + 1).find(|it| !clause.is(*it, LexicalClass::Adverb))?;
    let word = clause.lower(verb);
    let is_saying = verbs.strength(&word).is_some_and(|it| it < CueStrength::QuoteOnly)
        || clause.is(verb, LexicalClass::AddressingVerb)
        || word == "urged";
    let start = cues::first_helper(clause, verb);
    let is_passive = (start..verb).any(|it| clause.is(it, LexicalClass::FormOfBe));
    let is_denied = (start..verb).any(|it| clause.is(it, LexicalClass::Negation));
    let is_participle = clause.is(verb, LexicalClass::PastTense);
    (is_saying && is_passive && is_participle && !is_denied).then_some(start..by + 1)
}

/// The noun phrase of the agent that begins with an item. An infinitive after it is no part of it: "by police | to stay indoors".
fn agent(clause: ClauseView, start: usize) -> Option<Range<usize>> {
    let whole = sources::source_after_cue(clause, start)?;
    let infinitive = whole.clone().skip(1).find(|it| requests::begins_infinitive(clause, *it));
    Some(start..infinitive.unwrap_or(whole.end))
}

/// What the agent that ends before an item says: a clause with its conjunction, an infinitive or a quotation.
fn content_after_agent(clause: ClauseView, end_of_agent: usize) -> Option<Range<usize>> {
    let tells_time = |item: &usize| {
        clause.is(*item, LexicalClass::TimeWord)
            || clause.is(*item, LexicalClass::Preposition) && clause.is(item + 1, LexicalClass::TimeWord)
    };
    let window = end_of_agent..clause.items.len();
    let time = window.clone().take(MAX_TIME_ITEMS).take_while(tells_time).count();
    let start = end_of_agent + time;
    if clause.quote_at(start).is_some() {
        return Some(start..start + 1);
    }
    let is_question = clause.is(start, LexicalClass::QuestionWord)
        && !matches!(clause.word(start), "who" | "when" | "which");
    let opens = clause.word(start) == "that" || requests::begins_infinitive(clause, start) || is_question;
    let end = clause.items.len() - usize::from(!clause.is_word(clause.items.len() - 1));
    (opens && start + 1 < end).then_some(start..end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::tests::with_clauses;

    #[test]
    fn the_agent_of_a_passive_says_what_follows() {
        for (text, expected) in [
            ("Residents were told by police to stay indoors.", Some("police: to stay indoors")),
            (
                "Parents had been told by the principal on Tuesday that the gym was shut.",
                Some("the principal: that the gym was shut"),
            ),
            ("It was alleged by the board that Lee took it.", Some("the board: that Lee took it")),
            ("We were asked by Ann Lee whether it leaks.", Some("Ann Lee: whether it leaks")),
            ("She was told repeatedly by the clerk to wait.", Some("the clerk: to wait")),
            ("She was never told by the clerk to wait.", None),
            ("She was driven by the clerk to the hall.", None),
            ("The dam was built by the board to hold the lake.", None),
            ("She was told by the clerk.", None),
            ("Lee said by noon that it rained.", None),
        ] {
            let found = with_clauses(text, |doc, quoted, clauses, _| {
                let view = ClauseView { doc, quoted, items: &clauses[0].items };
                told_by_agent(view, &CueVerbs::embedded()).map(|it| {
                    let source = it.source.map_or("", |it| it.slice(text));
                    format!("{source}: {}", it.contents[0].slice(text))
                })
            });
            assert_eq!(found.as_deref(), expected, "{text}");
        }
    }
}
