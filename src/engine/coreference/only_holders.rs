//! Only holders: the one person or organisation of the story that a definite description fits, however far back it was named, and the
//! search that tells whether nobody, one or several fit.

use crate::analysis::EntityKind;
use crate::engine::coreference::cluster::NAMED_ORGANIZATION_SCORE;
use crate::engine::coreference::nominal_source::NominalSource;
use crate::engine::coreference::{Resolution, Resolver, person_nouns, salience};
use crate::engine::entities::EntityMention;
use crate::span::Span;

/// How certain a description means the only person or organisation that fits it.
pub(super) const ONLY_HOLDER_CERTAINTY: f32 = 0.8;
/// How well the description fits such a person at least: a deputy and somebody who held the office before fit worse.
const MIN_HOLDER_SCORE: f32 = -0.5;
/// How well an office fits at least whose role or relation has the word for a people in it, too: "the Thai minister" and "Thai Minister Ann Lee".
const MIN_QUALIFIED_SCORE: f32 = 2.0;
/// How many names are searched for them.
const MAX_NAMES: usize = 200;

/// How many of the people and organisations that the story names fit a description.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holders {
    Nobody,
    /// The only one, by the number of its cluster.
    Only(usize),
    /// Several, by the number of the first one.
    Several(usize),
}

impl Holders {
    /// Those that fit among the clusters of the first [`MAX_NAMES`] names.
    pub(super) fn among(names: impl Iterator<Item = usize>, fits: impl Fn(usize) -> bool) -> Self {
        let mut names = names.take(MAX_NAMES);
        let Some(first) = names.find(|it| fits(*it)) else { return Self::Nobody };
        if names.any(|it| it != first && fits(it)) { Self::Several(first) } else { Self::Only(first) }
    }

    /// The only one; `None` where there are several or none.
    pub(super) const fn only(self) -> Option<usize> {
        match self {
            Self::Only(holder) => Some(holder),
            Self::Nobody | Self::Several(_) => None,
        }
    }
}

impl Resolver<'_> {
    /// The only person or organisation that the story has named before `source` with the role or the noun of a description, however far
    /// back: "the Pope" where Pope Francis is named once. Where there is none, a noun for any office may mean the last speaker.
    /// `organization` is the one that the description names.
    pub(super) fn only_holder(
        &self,
        nominal: &NominalSource,
        organization: Option<usize>,
        source: Span,
    ) -> Option<Resolution> {
        let side = self.side_of(nominal);
        let fits = |it: usize| {
            let cluster = &self.clusters[it];
            let score = cluster.description_score(nominal, self.lexicon);
            let score = score.zip(self.affiliation_score(it, organization)).map(|(own, more)| own + more);
            match cluster.kind {
                EntityKind::Person => {
                    nominal.is_human && !nominal.is_epithet && score.is_some_and(|it| it >= MIN_HOLDER_SCORE)
                }
                // "The agency" may be any organisation: its noun must stand in the name.
                EntityKind::Organisation => {
                    nominal.complement.is_empty()
                        && score.is_some_and(|it| it >= NAMED_ORGANIZATION_SCORE)
                        && !side.is_some_and(|side| self.is_on_other_side(it, side))
                }
                _ => false,
            }
        };
        match Holders::among(self.names_before(source), fits) {
            _ if nominal.is_plural => None,
            Holders::Nobody => self.speaking_holder(nominal, organization, source),
            Holders::Only(cluster) => Some(Resolution { cluster, certainty: ONLY_HOLDER_CERTAINTY }),
            // "His successor, Bo Ray" may be prime minister too, but "Prime Minister Ann Lee" is told so.
            Holders::Several(_) => {
                let is_told = |it: usize| fits(it) && self.clusters[it].holds(nominal, self.lexicon);
                let cluster = Holders::among(self.names_before(source), is_told).only()?;
                Some(Resolution { cluster, certainty: ONLY_HOLDER_CERTAINTY })
            }
        }
    }

    /// The only person named before `source` of whose role a description tells the people or place, too: "the Thai minister" is Thai Minister Ann
    /// Lee, and not the minister of another land who spoke last.
    pub(super) fn only_holder_of_people(&self, nominal: &NominalSource, source: Span) -> Option<Resolution> {
        if nominal.qualifiers.is_empty() || !nominal.is_human || nominal.is_plural {
            return None;
        }
        let fits = |it: usize| {
            let cluster = &self.clusters[it];
            let score = cluster.description_score(nominal, self.lexicon);
            cluster.kind == EntityKind::Person && score.is_some_and(|it| it >= MIN_QUALIFIED_SCORE)
        };
        let cluster = Holders::among(self.names_before(source), fits).only()?;
        Some(Resolution { cluster, certainty: ONLY_HOLDER_CERTAINTY })
    }

    /// The only person named before `source` who has the role of a description at the organisation that it names: "Norbex secretary" and
    /// "Norbex’s secretary" for "Ann Lee, secretary of Norbex".
    pub(super) fn holder_at_organization(&self, nominal: &NominalSource, source: Span) -> Option<Resolution> {
        if !nominal.is_human || nominal.is_plural || !nominal.is_bare && !nominal.has_owner(self.doc.text) {
            return None;
        }
        let organization = self.organization_behind(nominal)?;
        let office = NominalSource { complement: Vec::new(), qualifiers: Vec::new(), ..nominal.clone() };
        let holds = |it: usize| {
            let cluster = &self.clusters[it];
            cluster.affiliation == Some(organization) && cluster.holds(&office, self.lexicon)
        };
        let person = Holders::among(self.names_before(source), holds).only()?;
        Some(Resolution { cluster: person, certainty: ONLY_HOLDER_CERTAINTY })
    }

    /// The clusters of the names before a source, the last one first, without the agencies of datelines.
    pub(super) fn names_before(&self, source: Span) -> impl Iterator<Item = usize> {
        let before = self.entity_mentions.partition_point(|it| it.span.start < source.start);
        let names = self.entity_mentions[..before].iter().zip(&self.cluster_of_mention).rev();
        // "OSLO (Reuters)": the agency of a dateline is no part of the story.
        let is_agency = |it: &EntityMention| {
            it.kind == EntityKind::Organisation && salience::is_dateline(self.doc, it.span)
        };
        names.filter(move |(it, _)| !is_agency(it)).map(|(_, cluster)| *cluster)
    }

    /// The only person whom the story has named before a description with an organisation, whom its head or its voice means: "the NHB
    /// spokesman" for "Ann Lee, director of the National Harbour Board (NHB)".
    pub(super) fn only_person_of_organization(&self, nominal: &NominalSource) -> Option<usize> {
        let is_head = person_nouns::leads_or_speaks(&nominal.noun);
        if !is_head || !nominal.is_definite || nominal.is_plural || nominal.is_former {
            return None;
        }
        let organization = self.organization_behind(nominal)?;
        let belongs = |it: usize| {
            let cluster = &self.clusters[it];
            cluster.kind == EntityKind::Person && cluster.affiliation == Some(organization)
        };
        let person = Holders::among(self.names_before(nominal.span), belongs).only()?;
        (!self.clusters[person].clashes_with(nominal)).then_some(person)
    }
}
