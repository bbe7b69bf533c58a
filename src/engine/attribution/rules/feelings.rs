//! Feelings: quoted words for what the subject feels are the subject's ("The mayor was “appalled by the leak”").

use crate::analysis::{Act, AttributionRule};
use crate::engine::attribution::Attribution;
use crate::engine::attribution::rules::sources;
use crate::engine::text::clause::ClauseView;
use crate::engine::text::lexicon::LexicalClass;
use crate::engine::text::tokens::TokenKind;
use crate::word_list::word_list;

/// Adjectives and participles for feelings.
const FEELINGS: &[&str] = &word_list!("feelings");
/// The confidence of a quotation that the subject only feels: no verb of saying stands beside it.
const FEELING_CONFIDENCE: f32 = 0.7;
/// How many adverbs may stand before the adjective: "so very".
const MAX_ADVERBS: usize = 2;

/// The quotations of a clause that tell what their subject feels.
pub(super) fn feelings(clause: ClauseView) -> Vec<Attribution> {
    (1..clause.items.len()).filter_map(|quote| feeling(clause, quote)).collect()
}

/// The quotation at an item, where a form of "be" with its subject stands before it and a feeling is its first word.
fn feeling(clause: ClauseView, quote: usize) -> Option<Attribution> {
    let quoted = clause.quote_at(quote)?;
    let verb = quote.checked_sub(1).filter(|it| *it > 0 && clause.is(*it, LexicalClass::FormOfBe))?;
    let doc = clause.doc;
    let mut words = doc.tokens_in(quoted.content).filter(|it| doc.tokens[*it].kind != TokenKind::Punctuation);
    let is_feeling = |word: String| FEELINGS.binary_search(&word.as_str()).is_ok();
    let is_adverb =
        |word: &str| word.ends_with("ly") || matches!(word, "so" | "too" | "very" | "not" | "quite");
    let first = words.by_ref().take(MAX_ADVERBS + 1).find(|it| !is_adverb(&doc.lower(*it)))?;
    let source = sources::source_before_cue(clause, verb).filter(|_| is_feeling(doc.lower(first)))?;
    Some(Attribution {
        source: Some(clause.span(source)),
        cue: Some(clause.span(verb..quote)),
        contents: vec![quoted.span],
        rule: AttributionRule::SpeakerThenCue,
        act: Act::Speech,
        confidence: FEELING_CONFIDENCE,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::tests::with_clauses;

    #[test]
    fn quoted_feelings_are_told_by_who_feels_them() {
        for (text, expected) in [
            (
                "Minister Ola Kann was “appalled by the leak” and left.",
                Some("Minister Ola Kann: “appalled by the leak”"),
            ),
            ("The bishop, who is “deeply ashamed”, begged them.", Some("The bishop, who: “deeply ashamed”")),
            ("The dam was “unsafe”.", None),
            ("The offer was “a joke”, Lee said.", None),
            ("She felt “sick”.", None),
        ] {
            let found = with_clauses(text, |doc, quoted, clauses, _| {
                let view = ClauseView { doc, quoted, items: &clauses[0].items };
                feelings(view).first().map(|it| {
                    format!("{}: {}", it.source.map_or("", |it| it.slice(text)), it.contents[0].slice(text))
                })
            });
            assert_eq!(found.as_deref(), expected, "{text}");
        }
    }
}
