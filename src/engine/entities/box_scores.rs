//! Box scores: the short lines with the results of matches: "Port Maas d. Tarnside 70-44", "Tarnside (1-0): Tolvert 25 points." Sides are
//! organisations, and who has points is a person.

use std::ops::Range;

use crate::analysis::EntityKind;
use crate::engine::entities::features::{Features, WordShape};
use crate::engine::entities::tagged::SURE_NAME;
use crate::engine::tagger::tagged_spans::TaggedEntity;
use crate::engine::text::lexicon::LexicalClass::Organization;
use crate::engine::text::tokens::{TokenKind, is_score};
use crate::word_list::word_list;

/// How many words the name of a person in a line of scores has at most.
const MAX_PERSON_WORDS: usize = 4;
/// Nouns for what a player scores: "points".
const POINTS: &[&str] = &word_list!("points-of-players");

/// Cuts an entity at the "d." (defeated) between two sides and corrects the kind of the names in a line of scores. Other entities stay
/// whole.
pub(crate) fn split(features: &Features, tagged: TaggedEntity) -> Vec<TaggedEntity> {
    let tokens = features.doc.tokens_in(tagged.span);
    // The line tells what it is, however sure the tagger is.
    let probability = tagged.probability.max(SURE_NAME);
    let part =
        |tokens: Range<usize>, kind| TaggedEntity { span: features.doc.span(tokens), kind, probability };
    if let Some(verb) = tokens.clone().skip(1).find(|it| is_defeat(features, *it)) {
        let behind = end_of_defeat(features, verb)..tokens.end;
        let winner = part(tokens.start..verb, EntityKind::Organisation);
        let loser = (!behind.is_empty()).then(|| part(behind, EntityKind::Organisation));
        return std::iter::once(winner).chain(loser).collect();
    }
    if is_side(features, &tokens) {
        return vec![part(tokens, EntityKind::Organisation)];
    }
    if has_points(features, &tokens) {
        let is_initial = |at: &usize| {
            features.get(*at).is_some_and(|it| it.shape == WordShape::Initial)
                && *at >= features.doc.block_start(tokens.start)
        };
        let start = tokens.start.checked_sub(1).filter(is_initial).unwrap_or(tokens.start);
        return vec![part(start..tokens.end, EntityKind::Person)];
    }
    vec![tagged]
}

/// Whether "d." stands between two names: "Port Maas | d. Tarnside".
fn is_defeat(features: &Features, at: usize) -> bool {
    let end = end_of_defeat(features, at);
    end > at && at > 0 && features.is_capitalized(at - 1) && features.is_capitalized(end)
}

/// The token behind the "d." that stands at a token; the token itself where none does.
fn end_of_defeat(features: &Features, at: usize) -> usize {
    match (features.doc.word(at), features.doc.word(at + 1)) {
        ("d.", _) => at + 1,
        ("d", ".") => at + 2,
        _ => at,
    }
}

/// Whether a name is a side of a match: "d." stands beside it with the score, or the games that it won and lost with a colon.
fn is_side(features: &Features, name: &Range<usize>) -> bool {
    let has_record = features.form(name.end) == "("
        && is_score(features.doc.word(name.end + 1))
        && features.form(name.end + 2) == ")"
        && features.form(name.end + 3) == ":";
    let follows_defeat = (1..=2).any(|distance| {
        let verb = name.start.checked_sub(distance);
        verb.is_some_and(|it| is_defeat(features, it) && end_of_defeat(features, it) == name.start)
    });
    has_record || is_defeat(features, name.end) || follows_defeat && is_score(features.doc.word(name.end))
}

/// Whether a name opens an entry of a line of scores and has points behind it: "Tolvert 25 points."
fn has_points(features: &Features, name: &Range<usize>) -> bool {
    let is_number = |at: usize| features.doc.tokens.get(at).is_some_and(|it| it.kind == TokenKind::Number);
    let is_closed = |at: usize| matches!(features.form(at), "." | "," | "and" | ";" | "");
    name.len() <= MAX_PERSON_WORDS
        && is_number(name.end)
        && POINTS.binary_search(&features.doc.word(name.end + 1)).is_ok()
        && is_closed(name.end + 2)
        && opens_entry(features, name.start)
        && !(name.len() == 1 && features.is(name.start, Organization))
}

/// Whether a token opens an entry: a line, or what stands behind a stop, a colon or somebody's initial.
fn opens_entry(features: &Features, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return true };
    let is_initial = features.get(before).is_some_and(|it| it.shape == WordShape::Initial);
    let is_line = features.doc.block_start(at) == at;
    is_line || is_initial || matches!(features.form(before), "." | ":" | ";")
}
