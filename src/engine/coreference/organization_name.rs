//! Names of organisations: whether two of them are forms of one name.

use crate::engine::coreference::person_name::comparable;
use crate::engine::entities::EntityMention;
use crate::engine::text::document::Document;
use crate::engine::text::lexicon::LexicalClass::{
    CompanySuffix, Demonym, FunctionWord, GenericOrgNoun, OrgHeadOf, OrgNoun, Organization,
};
use crate::engine::text::lexicon::Lexicon;
use crate::engine::text::tokens::TokenKind;

/// How many words a form may have less than the full name.
const MAX_MISSING_WORDS: usize = 3;
/// How many words may stand before the noun that tells what kind of organisation a name is.
const MAX_KIND_WORDS: usize = 4;

/// The noun that tells what kind of organisation a name is: "the bank Nordkap", "Nordkap, a bank in Tarn". `None` where none does.
pub(crate) fn kind_noun(doc: &Document, name: &EntityMention) -> Option<String> {
    let is_noun = |at: usize| doc.is(at, OrgNoun) && doc.word(at).starts_with(char::is_lowercase);
    if let Some(at) = name.tokens.start.checked_sub(1).filter(|it| is_noun(*it)) {
        return Some(doc.lower(at));
    }
    let article = name.tokens.end + 1;
    if doc.word(name.tokens.end) != "," || !matches!(doc.word(article), "a" | "an" | "the") {
        return None;
    }
    let is_inside = |at: &usize| {
        doc.tokens.get(*at).is_some_and(|it| it.kind == TokenKind::Word) && !doc.is(*at, FunctionWord)
    };
    let phrase = (article + 1..article + 2 + MAX_KIND_WORDS).take_while(is_inside);
    phrase.last().filter(|it| is_noun(*it)).map(|it| doc.lower(it))
}

/// Whether two names of several words are forms of one organisation's name: "UN Harbour Council" and "Harbour Council",
/// "Norrland Steel Ltd" and "Norrland Steel", "Department of Clean Water" and "Clean Water".
pub(crate) fn is_variant(lexicon: &Lexicon, one: &str, other: &str) -> bool {
    let (one, other): (Vec<&str>, Vec<&str>) = (one.split(' ').collect(), other.split(' ').collect());
    let (long, short) = if one.len() > other.len() { (one, other) } else { (other, one) };
    let missing = long.len() - short.len();
    if short.len() < 2 || missing == 0 || missing > MAX_MISSING_WORDS {
        return false;
    }
    let is_same = |part: &[&str]| part.iter().zip(&short).all(|(a, b)| comparable(a) == comparable(b));
    let (before, behind) = (&long[..missing], &long[short.len()..]);
    let is_owner = is_same(&long[missing..]) && is_place_or_owner(lexicon, before);
    let has_complement = is_same(&long[missing..]) && is_department(lexicon, before);
    is_owner || has_complement || is_same(&long[..short.len()]) && is_kind_of_body(lexicon, behind)
}

/// Whether some words tell only where an organisation is, or of which it is a part: "U.S.", "UN", "South African".
pub(crate) fn is_place_or_owner(lexicon: &Lexicon, words: &[&str]) -> bool {
    let is_owner = |word: &str| {
        let classes = lexicon.classes(word);
        classes.is_place() || classes.any(&[Demonym, Organization])
    };
    let bare = |word: &&str| word.trim_end_matches("'s").trim_end_matches("’s").to_owned();
    is_owner(&words.join(" ")) || words.iter().all(|it| is_owner(&bare(it)))
}

/// Whether some words are the head of a department and its preposition: "Department of".
fn is_department(lexicon: &Lexicon, words: &[&str]) -> bool {
    let head = words.len().checked_sub(2).map(|it| words[it]);
    let joins = matches!(words.last(), Some(&"of" | &"for"));
    joins
        && head.is_some_and(|it| {
            lexicon.classes(it).has(OrgHeadOf)
                && matches!(it, "Department" | "Ministry" | "Bureau" | "Office")
        })
}

/// Whether some words tell only what kind of body an organisation is: "Ltd", "Party", "Company".
fn is_kind_of_body(lexicon: &Lexicon, words: &[&str]) -> bool {
    words.iter().all(|it| {
        lexicon.classes(it).has(CompanySuffix)
            || lexicon.classes(&it.to_lowercase()).any(&[GenericOrgNoun, OrgNoun])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_its_country_or_its_kind_is_one_name() {
        let lexicon = Lexicon::embedded();
        for (one, other, expected) in [
            ("UN Harbour Council", "Harbour Council", true),
            ("Norwegian Harbour Council", "Harbour Council", true),
            ("South African Harbour Council", "Harbour Council", true),
            ("Harbour Council", "Norway's Harbour Council", true),
            ("Norrland Steel", "Norrland Steel Ltd", true),
            ("Norrland Steel", "Norrland Steel Company", true),
            ("U.S. Department of Clean Water", "Clean Water", true),
            ("Old Harbour Council", "Harbour Council", false),
            ("Norwegian Harbour Council", "Swedish Harbour Council", false),
            ("Norrland Steel", "Norrland Steel Watch", false),
            ("Norway's Council", "Council", false),
            ("Harbour Council", "Harbour Council", false),
        ] {
            assert_eq!(is_variant(&lexicon, one, other), expected, "{one}, {other}");
        }
    }
}
