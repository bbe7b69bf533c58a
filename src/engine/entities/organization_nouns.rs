//! Nouns that tell before a name that it is an organisation's: "the insurer Maas", "shipping giant Varrik", "the brewer Halvik".

use std::ops::Range;

use crate::engine::entities::features::Features;
use crate::engine::text::lexicon::LexicalClass::{
    ApposedOrgNoun, CommonWord, Determiner, GivenName, SpeechVerb,
};
use crate::word_list::word_list;

/// How many words a name behind such a noun may have.
const MAX_NAME_WORDS: usize = 3;
/// How many words may stand before the noun in its phrase.
const MAX_MODIFIERS: usize = 3;

/// Whether the noun before a name tells that it is an organisation's. A relative clause may follow "the company": "the company Ann
/// Lee founded". What one noun says of a company, another says of a person: "the builder Tor Berg", "the builder Halvik".
pub(crate) fn describes_organization(features: &Features, name: &Range<usize>) -> bool {
    let Some(noun) = name.start.checked_sub(1).filter(|_| name.len() <= MAX_NAME_WORDS) else { return false };
    let is_word = name.len() == 1;
    let is_surname = is_word && features.follows_capital(name.start);
    let is_lowercase =
        !features.is_capitalized(noun) || features.get(noun).is_some_and(|it| it.is_capital_forced);
    if is_surname || !is_lowercase {
        return false;
    }
    let start = phrase_start(features, noun);
    let has_determiner = features.lowercase_classes(start).has(Determiner);
    let has_given_name = features.is(name.start, GivenName);
    if is_organization_noun(features, noun) {
        return !has_given_name || !is_word && !has_determiner && opens_sentence(features, start);
    }
    is_trade_noun(features, noun)
        && !has_given_name
        && (is_word && has_determiner || is_it(features, name.end))
}

/// Whether a noun tells nothing but a kind of organisation: "insurer", "giant", "toymaker", "drug | maker".
pub(crate) fn is_organization_noun(features: &Features, at: usize) -> bool {
    const NOUNS: &[&str] = &word_list!("organisation-nouns-before-name");
    const PEOPLE: &[&str] = &word_list!("makers-who-are-people");
    let word = features.form(at).to_lowercase();
    let is_maker = word.ends_with("maker") && PEOPLE.binary_search(&word.as_str()).is_err();
    let has_ware = || {
        let ware = at.checked_sub(1).filter(|it| features.lowercase_classes(*it).has(CommonWord));
        ware.is_some_and(|it| !features.lowercase_classes(it).has(Determiner))
    };
    features.lowercase_classes(at).has(ApposedOrgNoun)
        || NOUNS.binary_search(&word.as_str()).is_ok()
        || is_maker && (word.len() > "maker".len() || has_ware())
}

/// Whether a noun tells what somebody or a company does for a living: "brewer", "builder".
pub(crate) fn is_trade_noun(features: &Features, at: usize) -> bool {
    const TRADES: &[&str] = &word_list!("trade-nouns");
    let word = features.form(at).to_lowercase();
    let is_manager = || {
        at.checked_sub(1).is_some_and(|it| {
            matches!(features.form(it).to_lowercase().as_str(), "fund" | "asset" | "wealth" | "money")
        })
    };
    TRADES.binary_search(&word.as_str()).is_ok() || word == "manager" && is_manager()
}

/// The first token of the noun phrase that ends with a noun: its determiner, or the first of its words.
fn phrase_start(features: &Features, noun: usize) -> usize {
    let sentence = features.doc.sentences.get(features.doc.sentence_of(noun));
    let floor = sentence.map_or(0, |it| it.tokens.start).max(noun.saturating_sub(MAX_MODIFIERS));
    let mut start = noun;
    while start > floor {
        let before = features.lowercase_classes(start - 1);
        if before.has(Determiner) {
            return start - 1;
        }
        if !before.has(CommonWord) || before.has(SpeechVerb) || features.is_function_word(start - 1) {
            break;
        }
        start -= 1;
    }
    start
}

fn opens_sentence(features: &Features, at: usize) -> bool {
    features.doc.sentences.get(features.doc.sentence_of(at)).is_some_and(|it| it.tokens.start == at)
}

/// Whether a verb of saying and "it" or "its" follow: "Pell Hunt | said it would not sell". "It was hard" may be said by anybody.
fn is_it(features: &Features, at: usize) -> bool {
    let is_it = |at: usize| match features.form(at) {
        "its" => true,
        "it" => matches!(features.form(at + 1), "had" | "has" | "would" | "will" | "planned" | "expected"),
        _ => false,
    };
    features.lowercase_classes(at).has(SpeechVerb) && (is_it(at + 1) || is_it(at + 2))
}
