//! The words of roles as they are shown: in ordinary letters, in the singular.

use crate::engine::coreference::nominal_source;
use crate::engine::text::lexicon::{LexicalClass, Lexicon};

/// A word in capitals is written so because of its place from more bytes than this.
const MAX_CAPITALS_BYTES: usize = 4;

/// A word of a role in ordinary letters, where it is a listed word of roles in capitals as a story's first word may be: "FORMER"
/// as "former".
pub(crate) fn role_word(lexicon: &Lexicon, word: &str) -> String {
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
pub(crate) fn singular_role(lexicon: &Lexicon, role: &str) -> String {
    let is_role = |word: &str| lexicon.classes(&word.to_lowercase()).has(LexicalClass::RoleNoun);
    let last = role.rsplit(' ').next().unwrap_or_default();
    let has_complement = role.split(' ').any(nominal_source::is_preposition);
    let one = last.strip_suffix('s').filter(|it| !has_complement && !is_role(last) && is_role(it));
    one.map_or(role, |_| &role[..role.len() - 1]).to_owned()
}
