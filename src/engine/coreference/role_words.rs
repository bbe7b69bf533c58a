//! The words of roles as they are shown: in ordinary letters, in the singular.

use crate::engine::coreference::nominal_source;
use crate::engine::text::lexicon::{LexicalClass, Lexicon};

/// A word in capitals is written so because of its place from more bytes than this.
const MAX_CAPITALS_BYTES: usize = 4;

/// The role of one person by its words in a story: "FORMER Councilmembers" as "former Councilmember". A role all in capitals keeps them.
pub(crate) fn role_of_one(lexicon: &Lexicon, text: &str) -> String {
    let is_mixed = text.contains(char::is_lowercase);
    let word = |it: &str| if is_mixed { role_word(lexicon, it) } else { it.to_owned() };
    let words: Vec<String> = text.split_whitespace().map(word).collect();
    singular_role(lexicon, &words.join(" "))
}

/// A word of a role in ordinary letters, where it is a listed word of roles in capitals as a story's first word may be: "FORMER"
/// as "former".
fn role_word(lexicon: &Lexicon, word: &str) -> String {
    let is_in_capitals = word.len() > MAX_CAPITALS_BYTES && word.chars().all(char::is_uppercase);
    let lower = word.to_lowercase();
    let is_listed = || {
        let classes = lexicon.classes(&lower);
        classes.any(&[LexicalClass::RoleModifier, LexicalClass::RoleNoun]) && lexicon.classes(word).is_empty()
    };
    if is_in_capitals && is_listed() { lower } else { word.to_owned() }
}

/// The role of one person in the plural of several: "Councilmembers" as "Councilmember". The noun of a role with a complement
/// stands before that: "head of Tarn's journalists".
fn singular_role(lexicon: &Lexicon, role: &str) -> String {
    let is_role = |word: &str| lexicon.classes(&word.to_lowercase()).has(LexicalClass::RoleNoun);
    let last = role.rsplit(' ').next().unwrap_or_default();
    let has_complement = role.split(' ').any(nominal_source::is_preposition);
    if has_complement || is_role(last) {
        return role.to_owned();
    }
    let rest = role.strip_suffix(last).unwrap_or_default();
    let is_title = |word: &str| lexicon.classes(word).has(LexicalClass::Title);
    // "Councilwomen", "Reps.", "lawyers"
    let of_men = last.strip_suffix("men").map(|it| format!("{it}man")).filter(|it| is_role(it));
    let short = last.strip_suffix("s.").map(|it| format!("{it}.")).filter(|it| is_title(it));
    let of_one = last.strip_suffix('s').map(str::to_owned).filter(|it| is_role(it));
    let one = of_men.or(short).or(of_one);
    one.map_or_else(|| role.to_owned(), |it| format!("{rest}{it}"))
}
