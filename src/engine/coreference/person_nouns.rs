//! Person nouns: words for one person or for several people, listed or told by their form ("shepherd", "beekeepers", "fishermen").

use crate::engine::text::document::Document;
use crate::engine::text::letter_case;
use crate::engine::text::lexicon::LexicalClass::{
    Demonym, DocumentNoun, EpithetNoun, GroupNoun, KinNoun, OccupationException, OrgNoun, PlaceNoun,
    RoleNoun, StateOffice, Title,
};
use crate::engine::text::lexicon::Lexicon;
use crate::word_list::word_list;

/// Nouns for people who lead an organisation or speak for it, in lower case.
const LEADERS_AND_SPOKESPEOPLE: &[&str] = &word_list!("leaders-and-spokespeople");
/// Endings of nouns that tell what somebody is.
const OCCUPATION_ENDINGS: &[&str] = &word_list!("occupation-endings");
/// How many bytes must stand before such an ending.
const MIN_STEM_BYTES: usize = 3;
/// How many bytes an ending has at least that tells an occupation in the plural too: "shepherds", but not "letters".
const MIN_LONG_ENDING_BYTES: usize = 4;
/// How many bytes the second noun of a compound has at least: "bee|keepers".
const MIN_PART_BYTES: usize = 5;
/// How many bytes a plural in "-men" has at least: "gunmen", but not "omen".
const MIN_BYTES_OF_MEN: usize = 6;

/// Whether a word in lower case is a noun for somebody who leads an organisation or speaks for it.
pub(crate) fn leads_or_speaks(word: &str) -> bool {
    LEADERS_AND_SPOKESPEOPLE.binary_search(&word).is_ok()
}

/// Whether a word is such a noun, or an office of a state.
pub(crate) fn is_office(lexicon: &Lexicon, word: &str) -> bool {
    leads_or_speaks(&word.to_lowercase())
        || lexicon.classes(&letter_case::with_capital(word)).has(StateOffice)
}

/// Whether a word is a noun for what somebody is: a role, an office or a title.
pub(crate) fn is_role(lexicon: &Lexicon, word: &str) -> bool {
    lexicon.classes(&word.to_lowercase()).has(RoleNoun)
        || lexicon.classes(&letter_case::with_capital(word)).any(&[StateOffice, Title])
}

/// Whether a token is a noun for one person, as a list or its ending tells.
pub(crate) fn is_person(doc: &Document, at: usize) -> bool {
    let word = doc.lower(at);
    let has_ending = |ending: &&str| word.len() >= ending.len() + MIN_STEM_BYTES && word.ends_with(*ending);
    let is_thing =
        || [DocumentNoun, OrgNoun, PlaceNoun, OccupationException].iter().any(|it| doc.is(at, *it));
    [RoleNoun, EpithetNoun, KinNoun].iter().any(|it| doc.is(at, *it))
        || OCCUPATION_ENDINGS.iter().any(has_ending) && !is_thing()
}

/// Whether a token opens a sentence with the plural of an occupation and a complement: "Divers | from Tarn".
pub(crate) fn opens_with_occupations(doc: &Document, at: usize) -> bool {
    let opens_sentence = doc.sentences.get(doc.sentence_of(at)).is_some_and(|it| it.tokens.start == at);
    if !opens_sentence || !matches!(doc.word(at + 1), "at" | "from" | "in" | "on") {
        return false;
    }
    let word = doc.lower(at);
    let Some(singular) = word.strip_suffix('s').filter(|it| !it.ends_with('s')) else { return false };
    let has_ending =
        |ending: &&str| singular.len() >= ending.len() + MIN_STEM_BYTES && singular.ends_with(*ending);
    OCCUPATION_ENDINGS.iter().any(has_ending)
}

/// Whether a token is a noun for several people: a listed one, the plural of a role or of a people, a compound of one.
pub(crate) fn is_people(doc: &Document, lexicon: &Lexicon, at: usize) -> bool {
    if doc.is(at, GroupNoun) {
        return true;
    }
    let word = doc.word(at);
    let Some(singular) = word.strip_suffix('s').filter(|it| !it.ends_with('s')) else {
        let is_men = word.ends_with("men") && word.len() >= MIN_BYTES_OF_MEN;
        return is_men && word.starts_with(char::is_lowercase) && lexicon.classes(word).is_empty();
    };
    if word.starts_with(char::is_uppercase) && lexicon.classes(singular).has(Demonym) {
        return true;
    }
    let lower = singular.to_lowercase();
    let is_role = |noun: &str| {
        let classes = lexicon.classes(noun);
        classes.any(&[RoleNoun, EpithetNoun, KinNoun]) && !classes.any(&[OrgNoun, DocumentNoun])
    };
    let first = MIN_STEM_BYTES;
    let last = lower.len().saturating_sub(MIN_PART_BYTES);
    let is_plain = lower.bytes().all(|it| it.is_ascii_lowercase());
    let has_long_ending = || {
        let long = OCCUPATION_ENDINGS.iter().filter(|it| it.len() >= MIN_LONG_ENDING_BYTES);
        long.into_iter().any(|it| lower.len() >= it.len() + MIN_STEM_BYTES && lower.ends_with(*it))
    };
    is_role(&lower) || has_long_ending() || is_plain && (first..=last).any(|it| is_role(&lower[it..]))
}
