//! Names of people whose first word is spelled as a small word of English: "To Lan", "I Wayan Karta", "Do Van Minh".

use std::collections::HashSet;

use crate::analysis::EntityKind;
use crate::engine::entities::features::{Features, WordShape};
use crate::engine::tagger::tagged_spans::TaggedEntity;
use crate::engine::text::lexicon::LexicalClass::{Auxiliary, GivenName, PastTense, SpeechVerb};
use crate::word_list::word_list;

/// Small words of English that are first names or surnames too.
const SMALL_WORDS: &[&str] = &word_list!("first-names-like-small-words");
/// First names that follow the particle of Balinese people: "I Wayan", "Ni Putu".
const BALINESE_NAMES: &[&str] = &word_list!("balinese-first-names");
/// Middle names of Vietnamese people: "Do Van Minh".
const MIDDLE_NAMES: &[&str] = &word_list!("vietnamese-middle-names");

/// The names of a story whose first word is a small one.
pub(crate) struct SmallWordNames<'a> {
    /// The first two words of names that have both capitals inside a sentence: "the coach of To Lan".
    told: HashSet<(&'a str, &'a str)>,
}

impl<'a> SmallWordNames<'a> {
    pub(crate) fn new(features: &'a Features) -> Self {
        let is_told = |at: &usize| {
            let word = features.doc.word(at - 1);
            is_small_word(features, *at)
                && features.get(*at).is_some_and(|it| !it.is_capital_forced)
                && (word.starts_with(char::is_lowercase) || follows_comma_of_list(features, *at))
                && is_title_case(features, at + 1)
                && features.doc.sentence_of(at - 1) == features.doc.sentence_of(at + 1)
        };
        let pairs = (1..features.doc.tokens.len()).filter(is_told);
        Self { told: pairs.map(|it| (features.doc.word(it), features.doc.word(it + 1))).collect() }
    }

    /// A person of the tagger with the small word before the rest of the name, which was left out.
    pub(crate) fn with_small_word(&self, features: &Features, tagged: TaggedEntity) -> TaggedEntity {
        let tokens = features.doc.tokens_in(tagged.span);
        if tokens.len() > 1 && is_particle(features, tokens.start) {
            return TaggedEntity { kind: EntityKind::Person, ..tagged };
        }
        let Some(before) = tokens.start.checked_sub(1).filter(|_| !tokens.is_empty()) else { return tagged };
        let is_in_sentence = features.doc.sentence_of(before) == features.doc.sentence_of(tokens.start);
        let is_person = tagged.kind == EntityKind::Person
            || tokens.len() == 1 && features.classes(tokens.start).is_empty();
        let is_name = || {
            is_particle(features, before)
                || is_small_word(features, before)
                    && (self.told.contains(&(features.doc.word(before), features.doc.word(tokens.start)))
                        || acts(features, before, tokens.end))
        };
        if is_in_sentence && is_person && is_name() {
            let span = features.doc.span(before..tokens.end);
            return TaggedEntity { span, kind: EntityKind::Person, ..tagged };
        }
        tagged
    }
}

/// The person whose surname is spelled as a pronoun, which was left out: "You | Wenjing", "He | Jianming".
pub(crate) fn with_pronoun(features: &Features, tagged: TaggedEntity) -> TaggedEntity {
    let tokens = features.doc.tokens_in(tagged.span);
    let surname =
        tokens.start.checked_sub(1).filter(|it| matches!(features.doc.word(*it), "He" | "She" | "You"));
    let is_given = tokens.len() == 1 && features.classes(tokens.start).is_empty();
    match surname.filter(|_| is_given && features.is_capitalized(tokens.start)) {
        Some(surname) => {
            TaggedEntity { span: features.doc.span(surname..tokens.end), kind: EntityKind::Person, ..tagged }
        }
        None => tagged,
    }
}

/// Whether a comma behind a word stands before "Said", as in a list of people: "the king, Ann Lee, | Said Varr and the queen". A quotation mark
/// before the comma makes a verb of it.
fn follows_comma_of_list(features: &Features, at: usize) -> bool {
    features.doc.word(at) == "Said"
        && features.doc.word(at - 1) == ","
        && at > 1
        && features.doc.word(at - 2).starts_with(char::is_alphabetic)
}

fn is_title_case(features: &Features, at: usize) -> bool {
    features.get(at).is_some_and(|it| it.shape == WordShape::TitleCase)
}

/// Whether a word with a capital is spelled as a small word that may be a name.
fn is_small_word(features: &Features, at: usize) -> bool {
    SMALL_WORDS.binary_search(&features.doc.word(at)).is_ok()
}

/// Whether a word is the particle before the name of a Balinese man or woman: "I | Wayan Karta".
fn is_particle(features: &Features, at: usize) -> bool {
    matches!(features.doc.word(at), "I" | "Ni")
        && BALINESE_NAMES.binary_search(&features.doc.word(at + 1)).is_ok()
}

/// Whether the small word at the start of a sentence can only be a part of the name behind it, which ends before the token `end`: "To Lan |
/// said", "Do Van Minh | was fined". A question may begin with "Do", and "My" stand before a name.
fn acts(features: &Features, first: usize, end: usize) -> bool {
    let name = first + 1..end;
    let classes = features.lowercase_classes(end);
    let is_verb = classes.any(&[SpeechVerb, PastTense, Auxiliary]);
    match features.doc.word(first) {
        "To" => classes.any(&[SpeechVerb, Auxiliary]) || matches!(features.form(end), "who" | "whose"),
        "My" => {
            name.len() == 1
                && classes.has(SpeechVerb)
                && features.classes(name.start).is_empty()
                && !features.is(name.start, GivenName)
        }
        "Do" => {
            let sentence = &features.doc.sentences[features.doc.sentence_of(first)].tokens;
            let is_question = features.form(sentence.end - 1) == "?";
            let has_middle_name = MIDDLE_NAMES.binary_search(&features.doc.word(name.start)).is_ok();
            name.len() > 1 && has_middle_name && is_verb && !is_question
        }
        _ => false,
    }
}
