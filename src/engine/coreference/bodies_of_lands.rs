//! Bodies of lands: the bodies of two states that have one name, told apart by the land beside it: "Chile’s Health Ministry", "In Peru, the
//! Health Ministry".

use compact_str::CompactString;

use crate::analysis::EntityKind;
use crate::engine::coreference::name_index::{IndexedName, NameIndex};
use crate::engine::coreference::{told_facts, turned_names};
use crate::engine::entities::EntityMention;
use crate::engine::text::lexicon::LexicalClass::{
    CommonWord, Country, Demonym, FunctionWord, OrgNoun, RoleModifier,
};
use crate::word_list::word_list;

/// Heads of names of bodies that every state has.
const BODIES: &[&str] = &word_list!("bodies-of-every-state");
/// Countries.
const COUNTRIES: &[&str] = &word_list!("countries");
/// Words for one people or land that begin differently: "French", "France".
const WORDS_OF_PEOPLES: &[&str] = &word_list!("words-of-peoples");
/// How many words the name of a country may have.
const MAX_COUNTRY_WORDS: usize = 3;

impl NameIndex<'_> {
    /// The land that words beside the name of a body tell, or its first or last words: "Chile" for "Chile’s | Health Ministry", "In Chile, the |
    /// Health Ministry", "Health Ministry of Chile", "Peruvian" for "Peruvian Health Ministry". `None` where they tell none, and for names that
    /// not every state has.
    pub(crate) fn land_of_body(
        &self,
        mention: &EntityMention,
        indexed: &IndexedName,
    ) -> Option<CompactString> {
        if mention.kind != EntityKind::Organisation {
            return None;
        }
        let words = indexed.words.as_slice();
        let people = words.first().filter(|it| words.len() > 1 && self.lexicon.classes(it).has(Demonym));
        let words = if people.is_some() { &words[1..] } else { words };
        let of = words.iter().rposition(|it| *it == "of");
        let land = of.map(|it| words[it + 1..].join(" ")).filter(|it| self.lexicon.classes(it).has(Country));
        let words = of.filter(|_| land.is_some()).map_or(words, |it| &words[..it]);
        let head = words.iter().position(|it| matches!(*it, "of" | "for")).unwrap_or(words.len());
        let is_body = head.checked_sub(1).is_some_and(|it| BODIES.binary_search(&words[it]).is_ok());
        let is_common = |word: &&str| {
            let classes = self.lexicon.classes(&word.to_lowercase());
            classes.any(&[CommonWord, OrgNoun, RoleModifier, FunctionWord])
        };
        // "In Kenya, the World Bank", "In Ghana, the European Union"
        let is_party = words.last() == Some(&"Party");
        let is_of_many_lands = matches!(words.first(), Some(&"World" | &"International"))
            || !is_party && people.is_some_and(|it| !is_of_country(it));
        if !is_body || is_of_many_lands || !words.iter().all(is_common) {
            return None;
        }
        land.map(Into::into)
            .or_else(|| people.filter(|it| is_of_country(it)).map(|it| CompactString::from(*it)))
            .or_else(|| self.land_beside(mention.tokens.start))
    }

    /// The land before the name at a token: its possessive, its people or the opening of the sentence.
    fn land_beside(&self, start: usize) -> Option<CompactString> {
        let doc = self.doc;
        let before = start.checked_sub(1)?;
        if self.lexicon.classes(doc.word(before)).has(Demonym) && is_of_country(doc.word(before)) {
            return Some(doc.word(before).into());
        }
        if matches!(doc.word(before), "'s" | "’s") {
            let starts = (1..=MAX_COUNTRY_WORDS).rev().filter_map(|it| before.checked_sub(it));
            return starts
                .map(|it| self.phrase(it, before))
                .find(|it| self.lexicon.classes(it).has(Country))
                .map(Into::into);
        }
        let opening = doc.sentences[doc.sentence_of(start)].tokens.start;
        let comma = (opening + 2..=opening + 1 + MAX_COUNTRY_WORDS).find(|it| doc.word(*it) == ",")?;
        let is_behind = comma < start && doc.word(opening) == "In";
        Some(self.phrase(opening + 1, comma))
            .filter(|it| is_behind && self.lexicon.classes(it).has(Country))
            .map(Into::into)
    }

    fn phrase(&self, start: usize, end: usize) -> String {
        (start..end).map(|it| self.doc.word(it)).collect::<Vec<_>>().join(" ")
    }

    /// Whether the story tells the land of a body, and it is not this one.
    pub(crate) fn is_of_other_land(&self, cluster: usize, land: Option<&CompactString>) -> bool {
        let own = self.histories[cluster].land.as_ref();
        own.zip(land).is_some_and(|(own, land)| !told_facts::are_of_one_people(own, land))
    }

    /// Whether the story tells the land of a body, and it is this one.
    pub(crate) fn is_of_same_land(&self, cluster: usize, land: Option<&CompactString>) -> bool {
        let own = self.histories[cluster].land.as_ref();
        own.zip(land).is_some_and(|(own, land)| told_facts::are_of_one_people(own, land))
    }
}

/// Whether a word is that for the people of a listed country: "Peruvian", but not "Liberal".
fn is_of_country(people: &str) -> bool {
    let lower = people.to_lowercase();
    let is_listed = || WORDS_OF_PEOPLES.iter().any(|it| it.split(' ').any(|word| word == lower));
    let countries = COUNTRIES.iter().filter_map(|it| it.split(" = ").next());
    countries.into_iter().any(|it| turned_names::begins_as_country(people, it)) || is_listed()
}
