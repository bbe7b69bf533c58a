//! An unnamed source, as its words describe it: "a State Department official", "the ministry", "researchers".

use crate::engine::entities::Gender;
use crate::engine::text::lexicon::Lexicon;
use crate::span::Span;
use crate::word_list::word_list;

/// Words before a role that do not tell which person has it.
pub(crate) const NON_IDENTIFYING_MODIFIERS: &[&str] = &word_list!("non-identifying-modifiers");

/// A description that is a source.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct NominalSource {
    /// The phrase without relative clauses and what follows a comma.
    pub(crate) span: Span,
    /// The head noun in lower case.
    pub(crate) noun: String,
    /// Role words and nouns before the head noun, in lower case.
    pub(crate) modifiers: Vec<String>,
    /// The words after the head noun, in lower case, without function words.
    pub(crate) complement: Vec<String>,
    pub(crate) gender: Option<Gender>,
    pub(crate) is_definite: bool,
    /// Whether it has no article and no other word that could stand for one: "Mayor".
    pub(crate) is_bare: bool,
    pub(crate) is_plural: bool,
    pub(crate) is_organization: bool,
    pub(crate) is_document: bool,
    /// Whether the head noun means one person.
    pub(crate) is_human: bool,
    /// Whether it tells a property by which a story calls somebody whom it has named: "the 26-year-old forward".
    pub(crate) is_epithet: bool,
}

impl NominalSource {
    /// Whether it may refer to a person with this role: "the foreign minister" to a "British Foreign Minister", "the
    /// lawmaker" to a "state senator".
    pub(crate) fn matches_role(&self, role: &str, lexicon: &Lexicon) -> bool {
        let role = role.to_lowercase();
        let words: Vec<&str> = role.split([' ', '-']).collect();
        let head = words.iter().take_while(|it| !is_preposition(it));
        let narrower = lexicon.narrower_roles(&self.noun);
        let noun = |it: &&str| {
            let short = it.strip_suffix('.').unwrap_or(it);
            **it == self.noun
                || (it.len() > short.len() && short.len() > 1 && self.noun.starts_with(short))
                || narrower.contains(&short)
        };
        let known = |it: &String| words.contains(&it.as_str());
        // "City Councillor" is no city: the noun ends the role, or stands before an "and" in it.
        let mut nouns = head.clone().peekable();
        let mut has_noun = false;
        while let Some(word) = nouns.next() {
            let ends =
                nouns.peek().is_none_or(|it| matches!(**it, "and" | "&" | "emeritus") || it.ends_with(','));
            has_noun |= ends && noun(&word.trim_end_matches(','));
        }
        // "the premier" for a prime minister
        has_noun |= narrower.iter().any(|it| it.contains(' ') && role.contains(it));
        has_noun
            && self.modifiers.iter().all(known)
            && (self.complement.is_empty() || self.complement.iter().any(known))
    }
}

/// Whether a preposition begins a complement of the head noun.
pub(crate) fn is_preposition(word: &str) -> bool {
    const WORDS: &[&str] = &word_list!("nominal-complement-openers");
    WORDS.binary_search(&word).is_ok()
}

/// Whether a word begins a relative clause.
pub(crate) fn is_relative(word: &str) -> bool {
    matches!(word, "who" | "which" | "that" | "whose" | "where")
}
