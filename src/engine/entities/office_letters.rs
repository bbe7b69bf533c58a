//! Offices by their letters: "the SP" is no organisation where the story names a Superintendent of Police.

use std::collections::HashSet;

use crate::analysis::EntityKind;
use crate::engine::entities::EntityMention;
use crate::engine::text::document::Document;

/// How many letters an office has.
const LETTERS: std::ops::RangeInclusive<usize> = 2..=4;

/// The mentions without the letters of an office that somebody of the story holds: "the | SP | said". Letters that an organisation of several
/// words has as its initials stay.
pub(crate) fn without_offices(doc: &Document, mentions: Vec<EntityMention>) -> Vec<EntityMention> {
    let mut offices: HashSet<String> = HashSet::new();
    let mut organizations: HashSet<String> = HashSet::new();
    for mention in &mentions {
        offices.extend(mention.roles.iter().map(|it| initials(it.slice(doc.text))));
        if mention.kind == EntityKind::Organisation && mention.tokens.len() > 1 {
            organizations.insert(initials(mention.span.slice(doc.text)));
        }
    }
    let is_office = |it: &EntityMention| {
        let letters = it.span.slice(doc.text);
        it.kind != EntityKind::Person
            && it.tokens.len() == 1
            && LETTERS.contains(&letters.len())
            && letters.bytes().all(|it| it.is_ascii_uppercase())
            && it.tokens.start > 0
            && matches!(doc.word(it.tokens.start - 1), "the" | "The")
            && offices.contains(letters)
            && !organizations.contains(letters)
    };
    mentions.into_iter().filter(|it| !is_office(it)).collect()
}

/// The first letters of the words of a name or an office, without small words: "SP" of "Superintendent of Police".
fn initials(name: &str) -> String {
    let words = name.split([' ', '-']).filter(|it| !matches!(*it, "of" | "for" | "and" | "the"));
    words.filter_map(|it| it.chars().next()).flat_map(char::to_uppercase).collect()
}
