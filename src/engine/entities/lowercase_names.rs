//! Names that their bearers write without capitals: "k.d. lund", "danah boyd". The tagger and the runs of capitals pass them over.

use std::collections::HashSet;
use std::ops::Range;

use crate::engine::entities::features::Features;
use crate::engine::entities::scores;
use crate::engine::entities::segmentation::Candidate;
use crate::engine::text::lexicon::LexicalClass::{
    self, Abbreviation, Adverb, Auxiliary, CommonWord, Determiner, FunctionWord, GroupNoun, OrgNoun,
    PastTense, Preposition, RoleModifier, RoleNoun, SpeechVerb, TimeWord,
};
use crate::engine::text::tokens::TokenKind;

/// How many letters each word of such a name has at least.
const MIN_LETTERS: usize = 3;
/// How many tokens the apposition behind such a name may have up to the noun of its role.
const MAX_APPOSITION_TOKENS: usize = 5;

/// The people with names in lower case, and the later mentions of their surnames.
pub(crate) fn candidates(features: &Features) -> Vec<Candidate> {
    let end = features.doc.tokens.len();
    let names: Vec<Range<usize>> = (0..end).filter_map(|it| name_at(features, it)).collect();
    let subjects: HashSet<&str> =
        (0..end).filter(|it| is_subject_alone(features, *it)).map(|it| features.doc.word(it)).collect();
    let told = names.iter().filter(|it| is_told(features, it, &subjects));
    let surnames: HashSet<&str> = told.map(|it| features.doc.word(it.end - 1)).collect();
    if surnames.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut at = 0;
    while at < end {
        let full = name_at(features, at).filter(|it| surnames.contains(features.doc.word(it.end - 1)));
        let name = full.or_else(|| {
            let is_surname = surnames.contains(features.doc.word(at)) && is_subject_alone(features, at);
            is_surname.then_some(at..at + 1)
        });
        at = name.as_ref().map_or(at + 1, |it| it.end);
        found.extend(name.map(person));
    }
    found
}

fn person(tokens: Range<usize>) -> Candidate {
    Candidate {
        tokens,
        title: None,
        scores: scores::LOWERCASE_NAME,
        may_be_common_word: false,
        is_doubtful: false,
    }
}

/// The two words in lower case from token `at` on that may be a name: a given name or dotted initials, and a surname.
fn name_at(features: &Features, at: usize) -> Option<Range<usize>> {
    let surname = at + 1;
    let is_given = is_initials(features, at) || may_be_name_word(features, at);
    let is_in_sentence = features.doc.sentence_of(at) == features.doc.sentence_of(surname);
    (is_given && is_in_sentence && may_be_name_word(features, surname)).then_some(at..surname + 1)
}

/// Whether a word is two or three initials with dots in lower case: "k.d.".
fn is_initials(features: &Features, at: usize) -> bool {
    let word = features.doc.word(at);
    let mut letters = word.split_terminator('.').peekable();
    word.contains('.')
        && !features.lowercase_classes(at).has(Abbreviation)
        && (2..=3).contains(&letters.clone().count())
        && letters.peek().is_some()
        && letters.all(|it| it.chars().count() == 1 && it.chars().all(char::is_lowercase))
}

/// Whether a word in lower case is no word of grammar, no verb form and no noun of an office or an organisation.
fn may_be_name_word(features: &Features, at: usize) -> bool {
    const OTHER: &[LexicalClass] = &[
        Abbreviation,
        Adverb,
        Auxiliary,
        Determiner,
        FunctionWord,
        GroupNoun,
        OrgNoun,
        PastTense,
        Preposition,
        RoleModifier,
        RoleNoun,
        TimeWord,
    ];
    let word = features.doc.word(at);
    let is_word = features.doc.tokens.get(at).is_some_and(|it| it.kind == TokenKind::Word);
    is_word
        && word.chars().count() >= MIN_LETTERS
        && word.chars().all(char::is_lowercase)
        && !features.lowercase_classes(at).any(OTHER)
        && !features.is(at, SpeechVerb)
}

/// Whether the words beside a name in lower case tell that it is one: a role before it or behind it, or a verb of saying. Words
/// that a list knows must be a speaker behind a role, and the surname one of the `subjects` of the story: "The writer | bell hooks
/// | said", "hooks wrote".
fn is_told(features: &Features, name: &Range<usize>, subjects: &HashSet<&str>) -> bool {
    let is_plural = |at: usize| {
        let singular = features.doc.word(at).strip_suffix('s');
        singular.is_some_and(|it| features.lexicon.classes(it).has(CommonWord))
    };
    // "the chief whip | groping two men", "king | oyster mushrooms"
    let is_unknown = |at: usize| {
        features.lowercase_classes(at).is_empty()
            && features.classes(at).is_empty()
            && !features.doc.word(at).ends_with("ing")
            && !is_plural(at)
    };
    let follows_role =
        name.start.checked_sub(1).is_some_and(|it| features.lowercase_classes(it).has(RoleNoun));
    let speaks = features.lowercase_classes(name.end).has(SpeechVerb)
        || name.start.checked_sub(1).is_some_and(|it| features.lowercase_classes(it).has(SpeechVerb));
    let is_initialed = is_initials(features, name.start);
    if is_initialed || is_unknown(name.start) && is_unknown(name.end - 1) {
        // "that tv player | nahi hai |!"
        let is_holder = follows_role && (is_initialed || is_subject(features, name.end));
        return is_holder || speaks || has_apposed_role(features, name.end);
    }
    follows_role && speaks && subjects.contains(features.doc.word(name.end - 1))
}

/// Whether a verb, a comma or a possessive ending at a token tells that a name before it is a subject or an owner.
fn is_subject(features: &Features, at: usize) -> bool {
    matches!(features.form(at), "," | "who" | "'s" | "’s")
        || features.lowercase_classes(at).any(&[SpeechVerb, Auxiliary, PastTense])
}

/// Whether "a" or "the" and a role follow a comma at token `at`: "danah boyd, | a researcher".
fn has_apposed_role(features: &Features, at: usize) -> bool {
    let words = at + 2..at + 2 + MAX_APPOSITION_TOKENS;
    let is_inside = |it: &usize| features.doc.tokens.get(*it).is_some_and(|it| it.kind == TokenKind::Word);
    features.form(at) == ","
        && matches!(features.form(at + 1), "a" | "an" | "the")
        && words.take_while(is_inside).any(|it| features.lowercase_classes(it).has(RoleNoun))
}

/// Whether a word in lower case is a subject or a source without an article: "boyd said", "said boyd", "boyd's book".
fn is_subject_alone(features: &Features, at: usize) -> bool {
    let before = at.checked_sub(1);
    let speaks_before = before.is_some_and(|it| features.lowercase_classes(it).has(SpeechVerb));
    let begins = before.is_none_or(|it| {
        let is_mark = features.doc.tokens.get(it).is_some_and(|it| it.kind == TokenKind::Punctuation);
        let is_joint = matches!(features.form(it), "and" | "but" | "when" | "that" | "as" | "because" | "by");
        is_mark || is_joint
    });
    let next = features.lowercase_classes(at + 1);
    let acts = next.any(&[SpeechVerb, Auxiliary, PastTense]) || matches!(features.form(at + 1), "'s" | "’s");
    begins && acts || speaks_before && !next.has(CommonWord)
}
