//! Titled surnames: the surname of somebody whom the story calls by their office alone, where the only full name with it is a relative's:
//! "First Lady Ann Varr", "President Varr".

use std::collections::HashMap;

use compact_str::CompactString;

use crate::analysis::EntityKind;
use crate::engine::coreference::name_index::{ClusterHistory, IndexedName, NameIndex};
use crate::engine::coreference::nominal_source;
use crate::engine::entities::{EntityMention, Gender};
use crate::engine::text::document::Document;
use crate::engine::text::letter_case;
use crate::engine::text::lexicon::LexicalClass::StateOffice;
use crate::word_list::word_list;

/// Offices that are held at a place: "governor".
const OFFICES_OF_PLACES: &[&str] = &word_list!("offices-of-places");

/// The noun of the first office, in lower case, of those whom a story calls by office and surname alone, by the surname.
pub(crate) type OfficesBySurname = HashMap<CompactString, CompactString>;

impl NameIndex<'_> {
    /// The surnames by which the story calls the holder of an office, and which no full name of the story has but that of a relative, with the
    /// noun of the first office. All full names must be in the index.
    pub(crate) fn surnames_of_holders(
        &self,
        mentions: &[EntityMention],
        names: &[IndexedName],
    ) -> OfficesBySurname {
        let people = mentions.iter().zip(names);
        let short = people.filter(|(mention, name)| mention.kind == EntityKind::Person && !name.is_long);
        let of_holders = short.filter(|(mention, name)| {
            let bearers = self.holders(self.by_word.get(mention.kind, &name.key), mention.span.start);
            let mut bearers = bearers.iter().copied().filter(|it| !self.contradicts(*it, mention)).peekable();
            let is_office = self.office_before(mention).is_some();
            is_office && bearers.peek().is_some() && bearers.all(|it| self.is_relative_of_holder(it, mention))
        });
        let mut offices = OfficesBySurname::default();
        for (mention, name) in of_holders {
            if let Some(office) = self.office_before(mention) {
                offices.entry(name.key.clone()).or_insert(office);
            }
        }
        offices
    }

    /// Whether a person with the surname of a holder of an office is their relative, and not meant by a mention: "President | Varr" is the
    /// holder, "Senator | Varr" may be the son, and a bare "Varr" is who was named last.
    pub(crate) fn is_relative_of_meant(
        &self,
        cluster: usize,
        name: &IndexedName,
        mention: &EntityMention,
    ) -> bool {
        let Some(office) = self.holders_by_surname.get(&name.key) else { return false };
        let history = &self.histories[cluster];
        let tells_woman = mention.gender == Some(Gender::Female);
        let mut nouns = role_nouns(self.doc, mention).peekable();
        let has_role = role_nouns(self.doc, mention).any(|noun| history.role_nouns.contains(&noun));
        let is_holder = if nouns.peek().is_some() {
            nouns.any(|it| it == *office)
        } else {
            is_spouse_of_head(history) || !self.is_named_last(cluster, name, mention)
        };
        is_holder && self.is_relative(cluster) && !tells_woman && !has_role
    }

    /// Whether a person was named after whoever has the words of a mention as a name, if one of them was named before it.
    fn is_named_last(&self, cluster: usize, name: &IndexedName, mention: &EntityMention) -> bool {
        let offset = mention.span.start;
        let last = |it: usize| self.histories[it].last_before(offset);
        let namesakes = self.holders(self.by_name.get(mention.kind, &name.key), offset);
        let holder = namesakes.iter().copied().filter(|it| *it != cluster).filter_map(last).max();
        last(cluster).is_some_and(|own| holder.is_none_or(|it| it < own))
    }

    /// Whether a person is introduced as somebody's relative, and has not the office before a mention.
    fn is_relative_of_holder(&self, cluster: usize, mention: &EntityMention) -> bool {
        let office = self.office_before(mention);
        let has_office = office.is_some_and(|it| self.histories[cluster].role_nouns.contains(&it));
        self.is_relative(cluster) && !has_office
    }

    /// Whether the story introduces a person as somebody's relative, or as the spouse of the head of a state: "First Lady".
    fn is_relative(&self, cluster: usize) -> bool {
        let history = &self.histories[cluster];
        history.is_kin || is_spouse_of_head(history)
    }

    /// The only one of several people whom the story has told the role of a mention: "Governor Varr" where one of two Varrs is a governor.
    pub(crate) fn only_in_office(&self, people: &[usize], mention: &EntityMention) -> Option<usize> {
        let has_role = |it: &usize| {
            let own = &self.histories[*it].role_nouns;
            role_nouns(self.doc, mention).any(|noun| own.contains(&noun))
        };
        let mut holders = people.iter().copied().filter(has_role);
        holders.next().filter(|_| holders.next().is_none())
    }

    /// The noun of an office of a state or a town that stands before a name, in lower case: "president" for "President | Varr".
    fn office_before(&self, mention: &EntityMention) -> Option<CompactString> {
        let noun = role_nouns(self.doc, mention).next()?;
        let is_before = mention.roles.first().is_some_and(|it| it.end < mention.span.start);
        let is_office = self.lexicon.classes(&letter_case::with_capital(&noun)).has(StateOffice)
            || OFFICES_OF_PLACES.binary_search(&noun.as_str()).is_ok();
        (is_before && is_office).then_some(noun)
    }
}

/// Whether somebody is called "First Lady" or "First Gentleman".
fn is_spouse_of_head(history: &ClusterHistory) -> bool {
    history.role_nouns.iter().any(|it| matches!(it.as_str(), "lady" | "gentleman"))
}

/// The nouns of the roles of a mention, in lower case: "governor" for "Governor of Tarn".
pub(crate) fn role_nouns<'a>(
    doc: &Document<'a>,
    mention: &'a EntityMention,
) -> impl Iterator<Item = CompactString> {
    mention.roles.iter().filter_map(|role| {
        let words = role.slice(doc.text).split(' ').take_while(|it| !nominal_source::is_preposition(it));
        words.last().map(|it| it.to_lowercase().into())
    })
}
