//! Counted groups: "both sides", "the two leaders", "the pair", "they" for two people whom a sentence names apart, and the former and the
//! latter of two.

use crate::analysis::EntityKind;
use crate::engine::coreference::cluster::Cluster;
use crate::engine::coreference::nominal_source::NominalSource;
use crate::engine::coreference::plural_phrases::JoinedSubjects;
use crate::engine::coreference::salience::{Antecedent, SalientMention};
use crate::engine::coreference::{Resolution, Resolver};
use crate::span::Span;
use crate::word_list::word_list;

/// Nouns for several of whom each may be a country or a town.
const NOUNS_OF_PLACES: &[&str] = &word_list!("nouns-of-several-places");
/// Nouns for several people by what they are for each other: "the sisters".
const KIN_OF_EACH_OTHER: &[&str] = &word_list!("kin-of-each-other");
/// How many words a counted group has at most: "the two former party leaders".
const MAX_WORDS: usize = 5;
/// How certain a counted group means the people whom the sentence before names apart.
const NAMED_APART_CERTAINTY: f32 = 0.7;

impl Resolver<'_> {
    /// The group that a plural with a number means: "both sides", "the two leaders". `None` where nobody fits.
    pub(super) fn counted_group(&mut self, nominal: &NominalSource, source: Span) -> Option<Resolution> {
        let text = nominal.span.slice(self.doc.text).to_lowercase();
        let words: Vec<&str> = text.split_whitespace().collect();
        // "the sisters" for sisters who were named
        let is_kin =
            matches!(words[..], ["the", _]) && KIN_OF_EACH_OTHER.binary_search(&&*nominal.noun).is_ok();
        if is_kin {
            let score = |it: &SalientMention| (!self.clusters[it.cluster].members.is_empty()).then_some(0.0);
            return self.salience.most_salient(self.doc, source, score).map(Antecedent::resolution);
        }
        let count = match words[..] {
            _ if words.len() > MAX_WORDS || !nominal.complement.is_empty() => return None,
            ["both", _, ..] | ["the", "two", _, ..] => 2,
            ["the" | "all", "three", _, ..] => 3,
            ["the" | "all", "four", _, ..] => 4,
            _ => return None,
        };
        let score = |it: &SalientMention| (self.clusters[it.cluster].size == count).then_some(0.0);
        if let Some(group) = self.salience.most_salient(self.doc, source, score) {
            return Some(group.resolution());
        }
        self.named_apart(count, &nominal.noun, source)
    }

    /// The group of the people, or of the organisations, whom the last sentence with names before `source` names, if they are `count`.
    pub(super) fn named_apart(&mut self, count: usize, noun: &str, source: Span) -> Option<Resolution> {
        let mut members = self.salience.named_in_last_sentence(self.doc, source);
        let may_be_place = NOUNS_OF_PLACES.binary_search(&noun).is_ok();
        let has = |kind: EntityKind| members.iter().any(|it| self.clusters[*it].kind == kind);
        let kind = match (has(EntityKind::Person), has(EntityKind::Organisation)) {
            (true, false) => EntityKind::Person,
            (false, true) => EntityKind::Organisation,
            (false, false) if may_be_place => EntityKind::Place,
            _ => return None,
        };
        members.retain(|it| self.clusters[*it].kind == kind);
        if members.len() != count {
            return None;
        }
        let cluster = self.group_of(members);
        Some(Resolution { cluster, certainty: NAMED_APART_CERTAINTY })
    }

    /// Adds subjects that "and" joins as a group to which "they" may refer.
    pub(super) fn add_joined_subjects(&mut self, joined: &JoinedSubjects) {
        let span = self.doc.span(joined.tokens.clone());
        let cluster = if let [Some(one), Some(other)] = joined.names {
            self.group_of(vec![self.cluster_of_mention[one], self.cluster_of_mention[other]])
        } else {
            let words: Vec<&str> = span.slice(self.doc.text).split_whitespace().collect();
            let name = words.join(" ");
            let head_noun = Some(name.to_lowercase());
            let group =
                Cluster { head_noun, size: joined.names.len(), ..Cluster::from_members(&name, vec![]) };
            self.lookup.described(&name).unwrap_or_else(|| self.add_cluster(group))
        };
        self.latent.insert(cluster, span);
        self.salience.add_mention(self.doc, cluster, span, true);
    }

    /// The group of some clusters; a new one where there is none.
    pub(super) fn group_of(&mut self, members: Vec<usize>) -> usize {
        if let Some(known) = self.lookup.of_members(&members) {
            return known;
        }
        let names: Vec<&str> = members.iter().map(|it| self.clusters[*it].name.as_str()).collect();
        let (last, rest) = names.split_last().map_or(("", &[][..]), |(last, rest)| (*last, rest));
        let name = format!("{} and {last}", rest.join(", "));
        self.add_cluster(Cluster::from_members(&name, members))
    }

    /// The one of the two people of the sentence before, or of its two organisations or places, whom "the former" or "the latter" means.
    pub(super) fn one_of_two(&self, source: Span) -> Option<Resolution> {
        let phrase = source.slice(self.doc.text).to_lowercase();
        let is_last = match phrase.as_str() {
            "the former" => false,
            "the latter" => true,
            _ => return None,
        };
        let named = self.salience.named_in_last_sentence(self.doc, source);
        let is_person = |it: &usize| self.clusters[*it].kind == EntityKind::Person;
        let (people, others): (Vec<usize>, Vec<usize>) = named.into_iter().partition(is_person);
        let two = if people.is_empty() { others } else { people };
        let [first, last] = two[..] else { return None };
        Some(Resolution::certain(if is_last { last } else { first }))
    }
}
