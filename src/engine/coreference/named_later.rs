//! Unnamed sources whom the story names later: "The Oslo director of Norbex said …", then "Norbex's director Ann Lee said …".

use std::collections::{HashMap, HashSet};

use crate::analysis::{EntityKind, MentionKind};
use crate::engine::coreference::nominal_source::NominalSource;
use crate::engine::coreference::only_holders::Holders;
use crate::engine::coreference::{Resolution, Resolver};
use crate::engine::text::lexicon::LexicalClass;

/// How certain it is that a description means the person who is named later.
const NAMED_LATER_CERTAINTY: f32 = 0.8;
/// How certain it is that a description means the last speaker, whose role the story does not tell.
const UNTOLD_ROLE_CERTAINTY: f32 = 0.6;
/// How certain "the mayor" is nobody whom the story names, where it names people. It was set so that the confidences of the quotes that editors judged are
/// true (`training/README.md`).
const UNNAMED_OFFICE_CERTAINTY: f32 = 0.5;
/// "A director" means somebody who is named later in the first blocks only: headline, standfirst and lead.
pub(super) const LEADING_BLOCKS: usize = 3;

impl Resolver<'_> {
    /// Gives the mentions of unnamed people to the only person with their role whom the story names after them.
    /// `of_source` are the clusters of the sources, which follow.
    pub(super) fn name_described(&mut self, of_source: &mut [Option<Resolution>]) {
        let described = std::mem::take(&mut self.described);
        let mut holders_of_noun: HashMap<String, usize> = HashMap::new();
        for (_, nominal) in &described {
            *holders_of_noun.entry(nominal.noun.clone()).or_default() += 1;
        }
        let mut unnamed: HashSet<usize> = HashSet::new();
        let names_people = self.entity_mentions.iter().any(|it| it.kind == EntityKind::Person);
        let mut person_of_described: HashMap<usize, usize> = HashMap::new();
        for (cluster, nominal) in described {
            let named = if nominal.is_human {
                self.named_later(cluster, &nominal)
            } else {
                let later = self.organization_named_later(&nominal);
                later.or_else(|| self.organization_of_next_paragraph(&nominal))
            };
            let is_only = nominal.is_human && holders_of_noun.get(&nominal.noun) == Some(&1);
            let titled = if named.is_none() && is_only { self.titled_later(&nominal) } else { None };
            let next = if named.is_none() && titled.is_none() && is_only {
                self.identified_next(&nominal, of_source)
            } else {
                None
            };
            let of_organization = || self.only_person_of_organization(&nominal);
            let known = named.or(titled).or(next).or_else(of_organization);
            let speaker = match known {
                Some(_) => None,
                None => self.speaker_with_untold_role(cluster, &nominal, &person_of_described),
            };
            let Some(person) = known.or(speaker) else {
                if names_people && nominal.is_human && (nominal.is_definite || nominal.is_bare) {
                    unnamed.insert(cluster);
                }
                continue;
            };
            person_of_described.insert(cluster, person);
            let mut mentions = std::mem::take(&mut self.clusters[cluster].mentions);
            for mention in &mut mentions {
                if mention.kind == MentionKind::Description && nominal.is_human {
                    mention.kind = MentionKind::Role;
                }
            }
            self.clusters[person].mentions.extend(mentions);
            if titled.or(next).is_some() {
                let words = nominal.span.slice(self.doc.text).split_whitespace().skip(1);
                self.clusters[person].add_role(words.collect::<Vec<_>>().join(" "));
            }
            for resolution in of_source.iter_mut().flatten().filter(|it| it.cluster == cluster) {
                resolution.cluster = person;
                let certainty = if speaker.is_some() { UNTOLD_ROLE_CERTAINTY } else { NAMED_LATER_CERTAINTY };
                resolution.certainty *= certainty;
            }
        }
        for resolution in of_source.iter_mut().flatten().filter(|it| unnamed.contains(&it.cluster)) {
            resolution.certainty *= UNNAMED_OFFICE_CERTAINTY;
        }
    }

    /// The person whom the story names after an office with its field, and whose title is the office alone: "the roads minister",
    /// then "Minister Ann Lee". `None` where another person has a role with this noun.
    fn titled_later(&self, nominal: &NominalSource) -> Option<usize> {
        let offset = nominal.span.start;
        let has_noun = |it: usize| {
            let roles = &self.clusters[it].roles;
            let mut words = roles.iter().flat_map(|it| it.split([' ', '-']));
            self.clusters[it].kind == EntityKind::Person
                && words.any(|it| it.eq_ignore_ascii_case(&nominal.noun))
        };
        let person = Holders::among(self.cluster_of_mention.iter().copied(), has_noun).only()?;
        let cluster = &self.clusters[person];
        let is_title = cluster.roles.iter().any(|it| it.eq_ignore_ascii_case(&nominal.noun));
        let is_later = cluster.mentions.first().is_some_and(|it| it.span.start > offset);
        let is_office =
            nominal.is_definite && !nominal.is_epithet && !nominal.is_former && !nominal.is_plural;
        (is_office && !nominal.modifiers.is_empty() && is_title && is_later && !cluster.clashes_with(nominal))
            .then_some(person)
    }

    /// The only organisation with the noun of a description in its name, if it is named after it: "the group" for "Group of 12".
    fn organization_named_later(&self, nominal: &NominalSource) -> Option<usize> {
        let has_noun = |it: usize| {
            let organization = &self.clusters[it];
            let mut words = organization.name.split(' ');
            organization.kind == EntityKind::Organisation
                && organization.head_noun.is_none()
                && words.any(|it| it.eq_ignore_ascii_case(&nominal.noun))
        };
        if !nominal.modifiers.is_empty() {
            return None;
        }
        let organization = Holders::among(self.cluster_of_mention.iter().copied(), has_noun).only()?;
        let is_later =
            self.clusters[organization].mentions.first().is_some_and(|it| it.span.start > nominal.span.start);
        is_later.then_some(organization)
    }

    /// The person whom a description means, and who is named after it.
    fn named_later(&self, cluster: usize, nominal: &NominalSource) -> Option<usize> {
        let offset = nominal.span.start;
        let is_leading = self.doc.story.block_at(offset).is_some_and(|it| it < LEADING_BLOCKS);
        let affiliation = self.clusters[cluster].affiliation;
        let is_identifying =
            affiliation.is_some() || !nominal.modifiers.is_empty() || !nominal.complement.is_empty();
        // "…, the chief says." of a lead
        let is_office_of_lead = is_leading && nominal.is_definite && !nominal.is_epithet;
        let has_owner = nominal.has_owner(self.doc.text);
        if !(is_identifying && (nominal.is_definite || has_owner || is_leading) || is_office_of_lead) {
            return None;
        }
        // The same organisation says enough about where somebody works.
        let role = match affiliation {
            Some(_) => NominalSource { complement: Vec::new(), qualifiers: Vec::new(), ..nominal.clone() },
            None => nominal.clone(),
        };
        // "The group chairman said …", then "Norbex chairman Ann Lee": the name says what organisation it is.
        let is_organization = |it: &String| self.lexicon.classes(it).has(LexicalClass::OrgNoun);
        let modifiers: Vec<String> =
            role.modifiers.iter().filter(|it| !is_organization(it)).cloned().collect();
        let office = NominalSource { modifiers, ..role.clone() };
        let holds = |person: usize| {
            let it = &self.clusters[person];
            let role = if it.affiliation.is_some() { &office } else { &role };
            affiliation.is_none_or(|own| it.affiliation == Some(own)) && it.holds(role, self.lexicon)
        };
        let first = self.entity_mentions.partition_point(|it| it.span.start < offset);
        // The first mentions of a cluster are its names, in reading order.
        let is_named_before =
            |it: usize| self.clusters[it].mentions.first().is_some_and(|it| it.span.start < offset);
        let holders = Holders::among(self.cluster_of_mention[first..].iter().copied(), holds);
        // "The mayor says …" of a standfirst: of several mayors it is the one whom the next paragraphs name.
        let next = match holders {
            Holders::Several(person) if is_office_of_lead && self.is_named_soon(person, offset) => {
                Some(person)
            }
            _ => holders.only(),
        };
        next.filter(|it| !is_named_before(*it))
    }

    /// Whether somebody is named after an offset in the leading blocks.
    fn is_named_soon(&self, person: usize, offset: usize) -> bool {
        let name = self.clusters[person].mentions.iter().find(|it| it.span.start > offset);
        let block = name.and_then(|it| self.doc.story.block_at(it.span.start));
        block.is_some_and(|it| it < LEADING_BLOCKS)
    }
}
