//! Shared surnames: a given name that "and" joins to the full name of a relative: "Tom and Rachel Lund".

use std::collections::HashSet;

use crate::analysis::EntityKind;
use crate::engine::entities::EntityMention;
use crate::engine::text::document::Document;
use crate::engine::text::lexicon::LexicalClass::GivenName;
use crate::engine::text::lexicon::Lexicon;

/// How many words the full name has.
const FULL_NAME_WORDS: std::ops::RangeInclusive<usize> = 2..=3;

/// The given names that begin the full names of a story.
pub(crate) struct SharedSurnames<'a> {
    given_names: HashSet<&'a str>,
}

impl<'a> SharedSurnames<'a> {
    pub(crate) fn new(doc: &Document<'a>, mentions: &[EntityMention]) -> Self {
        let full = mentions.iter().filter(|it| it.kind == EntityKind::Person && it.tokens.len() > 1);
        Self { given_names: full.map(|it| doc.word(it.tokens.start)).collect() }
    }

    /// The surname that the given name at index `at` shares with the name behind it: "Lund" for "| Tom | and Rachel Lund". `None` where the
    /// story has a full name with this given name.
    pub(crate) fn of(
        &self,
        doc: &Document<'a>,
        mentions: &[EntityMention],
        lexicon: &Lexicon,
        at: usize,
    ) -> Option<&'a str> {
        let (one, other) = (&mentions[at], mentions.get(at + 1)?);
        let is_given = |token: usize| lexicon.classes(doc.word(token)).has(GivenName);
        let are_joined =
            matches!(doc.word(one.tokens.end), "and" | "&") && other.tokens.start == one.tokens.end + 1;
        let are_people = one.kind == EntityKind::Person && other.kind == EntityKind::Person;
        let is_couple = are_people
            && are_joined
            && one.tokens.len() == 1
            && FULL_NAME_WORDS.contains(&other.tokens.len())
            && is_given(one.tokens.start)
            && is_given(other.tokens.start)
            && !self.given_names.contains(doc.word(one.tokens.start));
        is_couple.then(|| doc.word(other.tokens.end - 1))
    }
}
