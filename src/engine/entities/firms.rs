//! Firms whose names are like those of people ("Jack Wills", "Christie's"): the words beside one mention tell what all of them are.

use std::collections::HashSet;

use crate::analysis::EntityKind;
use crate::engine::entities::features::Features;
use crate::engine::entities::organization_nouns;
use crate::engine::tagger::tagged_spans::TaggedEntity;
use crate::engine::text::lexicon::LexicalClass::{
    Auxiliary, Determiner, GivenName, PastTense, Preposition, SpeechVerb, Title,
};
use crate::engine::text::tokens::TokenKind;
use crate::word_list::word_list;

/// How many words the name of a firm that is like a person's may have.
const MAX_FIRM_WORDS: usize = 3;
/// How many words a noun that only firms have may have: "chief financial officer".
const MAX_NOUN_WORDS: usize = 3;
/// How many tokens behind a verb of saying are searched for "its".
const MAX_ITS_DISTANCE: usize = 3;

/// The names of the entities that the tagger has as people and the story tells to be firms: "John Lewis said its sales", "Victoria Pell's
/// chief executive".
pub(crate) fn told_firms(features: &Features, tagged: &[TaggedEntity]) -> HashSet<String> {
    const LISTED: &[&str] = &word_list!("firms-like-people");
    let is_firm = |it: &&TaggedEntity| {
        let tokens = features.doc.tokens_in(it.span);
        if it.kind != EntityKind::Person || !(2..=MAX_FIRM_WORDS).contains(&tokens.len()) {
            return false;
        }
        let is_listed = LISTED.binary_search(&features.phrase(tokens.clone()).as_str()).is_ok();
        let before = tokens.start.checked_sub(1);
        let is_titled = before.is_some_and(|it| features.is(it, Title) && features.is_capitalized(it));
        let end = tokens.end;
        !is_titled
            && (owns_office_of_firm(features, end)
                || is_listed
                    && (precedes_noun(features, end)
                        || says_of_itself(features, end)
                        || before.is_some_and(|it| is_before_firm(features, it))))
    };
    let firms = tagged.iter().filter(is_firm);
    firms.map(|it| features.phrase(features.doc.tokens_in(it.span))).collect()
}

/// Whether a word is the name of a firm with the possessive ending behind it, as what follows tells: "Christie's sold", "at Christie's in
/// London", "Sainsbury's chief executive".
pub(crate) fn has_own_ending(features: &Features, at: usize) -> bool {
    const NAMES: &[&str] = &word_list!("firms-with-possessive");
    let next = at + 2;
    if NAMES.binary_search(&features.doc.word(at)).is_err() || !is_possessive(features, at + 1) {
        return false;
    }
    let classes = features.lowercase_classes(next);
    let is_closed = features.doc.tokens.get(next).is_none_or(|it| it.kind == TokenKind::Punctuation)
        && !matches!(features.form(next), "“" | "\"" | "‘" | "-");
    let is_verb = !features.is_capitalized(next)
        && (classes.any(&[PastTense, SpeechVerb, Auxiliary, Preposition]) || features.form(next) == "and");
    let is_at = at.checked_sub(1).is_some_and(|it| is_before_firm(features, it));
    is_closed && !features.is(at, GivenName) || is_verb || is_at || precedes_noun(features, at + 1)
}

fn is_possessive(features: &Features, at: usize) -> bool {
    matches!(features.form(at), "'s" | "’s")
}

/// Whether a preposition or a noun stands before the name of a firm: "sold at | Christie's", "the retailer | John Lewis".
fn is_before_firm(features: &Features, at: usize) -> bool {
    let is_at = features.form(at) == "at"
        && !at.checked_sub(1).is_some_and(|it| {
            matches!(
                features.form(it),
                "look" | "looked" | "looking" | "stared" | "pointed" | "laughed" | "shouted" | "angry"
            )
        });
    is_at || organization_nouns::is_organization_noun(features, at) && !features.is_capitalized(at)
}

/// Whether a noun for a part of a business stands at a token, behind a possessive ending or without one: "'s stores", "shares".
fn precedes_noun(features: &Features, at: usize) -> bool {
    const NOUNS: &[&str] = &word_list!("parts-of-businesses");
    let noun = at + usize::from(is_possessive(features, at));
    let is_noun = |words: usize| {
        noun + words <= features.doc.tokens.len()
            && NOUNS.binary_search(&features.phrase(noun..noun + words).as_str()).is_ok()
    };
    // "Philip Morris shares his view"
    let is_verb = features.lowercase_classes(noun + 1).has(Determiner);
    (1..=MAX_NOUN_WORDS).any(is_noun) && !is_verb
}

/// Whether a possessive ending and an office or a noun that only firms have stand at a token: "'s chief executive". A person may have "a
/// chief executive role".
fn owns_office_of_firm(features: &Features, at: usize) -> bool {
    const OFFICES: &[&str] = &word_list!("offices-of-firms");
    let noun = at + 1;
    let is_office = |words: &usize| {
        noun + words <= features.doc.tokens.len()
            && OFFICES.binary_search(&features.phrase(noun..noun + words).as_str()).is_ok()
    };
    let office = (1..=MAX_NOUN_WORDS).rev().find(is_office).filter(|_| is_possessive(features, at));
    office.is_some_and(|it| {
        !matches!(
            features.form(noun + it),
            "career" | "contract" | "job" | "pay" | "position" | "post" | "role" | "salary"
        )
    })
}

/// Whether a verb of saying and "its" or "it" stand at a token: "said its sales", "said it would".
fn says_of_itself(features: &Features, at: usize) -> bool {
    let behind = at + 1..at + 1 + MAX_ITS_DISTANCE;
    let mut words = behind.take_while(|it| features.doc.tokens.get(*it).is_some());
    features.lowercase_classes(at).has(SpeechVerb)
        && words.any(|it| matches!(features.form(it), "its" | "it"))
}
