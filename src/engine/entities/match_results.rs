//! Results of matches in a sentence: "Tarn Rovers beat Juventus", "Juventus 2-1 Tarnside". A name beside a club there is a club.

use std::ops::Range;

use crate::analysis::EntityKind;
use crate::engine::entities::features::Features;
use crate::engine::entities::tagged::SURE_NAME;
use crate::engine::entities::word_checks;
use crate::engine::tagger::tagged_spans::TaggedEntity;
use crate::engine::text::lexicon::LexicalClass::{Country, Demonym, GivenName, Title};
use crate::engine::text::tokens::is_score;
use crate::word_list::word_list;

/// Verbs and short words between the two sides of a match.
const JOINTS: &[&str] = &word_list!("words-between-sides");
/// How many words the name of a club may have.
const MAX_CLUB_WORDS: usize = 3;
/// How many tokens stand between the two sides of a match at most: "beat", "drew 1-1 with".
const MAX_JOINT_TOKENS: usize = 3;

/// An entity of the tagger, as an organisation where it is a club.
pub(crate) fn with_club(features: &Features, tagged: TaggedEntity) -> TaggedEntity {
    let tokens = features.doc.tokens_in(tagged.span);
    if tokens.is_empty() || !is_side(features, &tokens, tagged.kind) {
        return tagged;
    }
    // The words beside it or a list tell what it is, however sure the tagger is.
    TaggedEntity { kind: EntityKind::Organisation, probability: tagged.probability.max(SURE_NAME), ..tagged }
}

/// Whether a name is a club: a list has it, or it is the other side of a match of one. In a match a place stands for its club.
fn is_side(features: &Features, tokens: &Range<usize>, kind: EntityKind) -> bool {
    let is_titled =
        tokens.start.checked_sub(1).is_some_and(|it| features.is_capitalized(it) && features.is(it, Title));
    if is_titled || features.classes(tokens.start).any(&[Country, Demonym]) {
        return false;
    }
    let is_listed = kind != EntityKind::Place && word_checks::is_listed_club(features, tokens);
    is_listed
        || is_before_club(features, tokens.end)
        || is_behind_club(features, tokens.start)
        || is_scored(features, tokens)
}

/// Whether a name of one word is a side of a match that ends with its score: "| Tarnside | beat | Elmouth | 3-1". The sets of a match in
/// tennis have a score each, and its players have their given names elsewhere.
fn is_scored(features: &Features, tokens: &Range<usize>) -> bool {
    let is_free = |at: usize| {
        features.is_capitalized(at)
            && !features.follows_capital(at)
            && !features.classes(at).any(&[Country, Demonym, GivenName])
    };
    let ends_with_score = |at: usize| {
        is_score(features.doc.word(at))
            && !is_score(features.doc.word(at + 1))
            && !(features.form(at + 1) == "," && is_score(features.doc.word(at + 2)))
    };
    let at = tokens.start;
    let joint = |start: usize| joint_length(features, start).filter(|_| !is_score(features.doc.word(start)));
    let is_first = || {
        joint(tokens.end).is_some_and(|it| is_free(tokens.end + it) && ends_with_score(tokens.end + it + 1))
    };
    let is_second = || {
        let mut lengths = (1..=MAX_JOINT_TOKENS).filter(|it| at > *it && joint(at - it) == Some(*it));
        ends_with_score(tokens.end) && lengths.any(|it| is_free(at - it - 1))
    };
    tokens.len() == 1 && is_free(at) && (is_first() || is_second())
}

/// Whether the words between two sides and a club stand at a token.
fn is_before_club(features: &Features, start: usize) -> bool {
    let Some(joint) = joint_length(features, start) else { return false };
    let article = usize::from(features.form(start + joint) == "the");
    let first = start + joint + article;
    (1..=MAX_CLUB_WORDS).any(|it| is_club(features, first..first + it))
}

/// Whether a club and the words between two sides end before a token.
fn is_behind_club(features: &Features, end: usize) -> bool {
    let article = usize::from(end > 0 && features.form(end - 1) == "the");
    let end = end - article;
    let starts = (1..=MAX_JOINT_TOKENS).filter_map(|it| end.checked_sub(it));
    let mut starts = starts.filter(|it| joint_length(features, *it) == Some(end - it));
    starts.any(|start| {
        let firsts = (1..=MAX_CLUB_WORDS).filter_map(|it| start.checked_sub(it));
        firsts.into_iter().any(|first| is_club(features, first..start))
    })
}

/// How many tokens from a token on join two sides: "beat", "v", "2-1", "drew with", "lost to".
fn joint_length(features: &Features, at: usize) -> Option<usize> {
    let is_joint = |words: Range<usize>| {
        words.end <= features.doc.tokens.len()
            && JOINTS.binary_search(&features.phrase(words).as_str()).is_ok()
    };
    let score = usize::from(is_score(features.doc.word(at)));
    (1..=MAX_JOINT_TOKENS).rev().find(|it| is_joint(at..at + it)).or(Some(score).filter(|it| *it > 0))
}

fn is_club(features: &Features, tokens: Range<usize>) -> bool {
    tokens.end <= features.doc.tokens.len() && word_checks::is_listed_club(features, &tokens)
}
