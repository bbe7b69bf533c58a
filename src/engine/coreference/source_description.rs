//! Descriptions as sources: "the head of the port", with the nouns, the complement and the gender that their words tell.

use std::ops::Range;

use crate::analysis::EntityKind;
use crate::engine::coreference::epithets;
use crate::engine::coreference::nominal_source::{NominalSource, is_preposition, is_relative};
use crate::engine::coreference::source_phrase::{SourceKind, SourceParser};
use crate::engine::entities::Gender;
use crate::engine::entities::mention_search::MentionSearch;
use crate::engine::text::lexicon::LexicalClass;

/// How many words of an apposition are read up to its noun: "a retired primary school | teacher".
const MAX_APPOSED_WORDS: usize = 6;

impl SourceParser<'_> {
    /// The gender of the noun in the apposition behind the comma at a token: "one of the customers, an 84-year-old | widow". `None` where
    /// there is none.
    fn gender_of_apposition(&self, comma: usize) -> Option<Gender> {
        let is_led = self.doc.word(comma) == "," && matches!(self.doc.word(comma + 1), "a" | "an");
        let window = comma + 2..self.tokens.end.min(comma + 2 + MAX_APPOSED_WORDS);
        let ends = |it: &usize| {
            let word = self.doc.lower(*it);
            word == "," || is_preposition(&word) || is_relative(&word)
        };
        let noun = window.take_while(|it| !ends(it)).last().filter(|_| is_led)?;
        Gender::from_classes(self.lexicon.classes(&self.doc.lower(noun)))
    }

    /// A description, which every source is that is neither a name nor a pronoun.
    pub(super) fn parse_nominal(&self) -> SourceKind {
        let cut = self.head_end();
        let far = |at: &usize| {
            let word = self.doc.lower(*at);
            // "the Harbour Board’s (HB) | latest figures"
            let is_owner = |it: usize| matches!(self.doc.word(it), "'s" | "’s");
            is_relative(&word)
                || matches!(word.as_str(), "," | "—" | "–" | ";" | ":")
                || word == "(" && !is_owner(at - 1)
        };
        let end = self.tokens.clone().skip(1).find(far).unwrap_or(self.tokens.end);
        let words = |range: Range<usize>| -> Vec<String> {
            range.map(|it| self.doc.lower(it)).filter(|it| it.starts_with(char::is_alphanumeric)).collect()
        };
        let head = words(self.tokens.start..cut);
        let complement = words(cut.min(end)..end);
        let span = self.doc.span(self.tokens.start..end);
        let nominal = NominalSource::from_words(self.lexicon, span, head, complement);
        let gender = nominal.gender.or_else(|| self.gender_of_apposition(end));
        let is_name = |it: &usize| {
            let place = self.entity_mentions.covering(*it).map(|it| self.entity_mentions[it].kind);
            self.doc.word(*it).starts_with(char::is_uppercase)
                && (place == Some(EntityKind::Place)
                    || self.lexicon.classes(self.doc.word(*it)).has(LexicalClass::Demonym))
        };
        let before_noun = self.tokens.start + 1..cut.saturating_sub(1);
        let qualifiers = before_noun.filter(is_name).map(|it| self.doc.word(it).to_owned()).collect();
        let nominal = NominalSource { qualifiers, gender, ..nominal };
        let head = self.tokens.start..cut;
        SourceKind::Nominal(epithets::with_epithet(
            self.doc,
            self.entity_mentions,
            self.lexicon,
            head,
            nominal,
        ))
    }
}
