//! Coreference: groups names and sources into the entities of a story, each with all of its mentions.
//!
//! 1. [`name_matching`] puts names that mean the same into one [`cluster`] ("John Kerry", "Kerry"; "Islamic State", "IS").
//! 2. [`source_phrase`] classifies the words of each source: a name, a pronoun, a role, several people.
//! 3. [`salience`] knows who was mentioned where, and how prominently, before a source.
//! 4. [`narrator`] finds out who says "I" outside quotation marks.
//! 5. Sources are resolved in reading order. A pronoun or description refers to the most salient entity before it; for
//!    pronouns the tagger's antecedent link counts too.

pub(crate) mod cluster;
pub(crate) mod letter_case;
pub(crate) mod name_matching;
pub(crate) mod narrator;
pub(crate) mod pronoun;
pub(crate) mod salience;
pub(crate) mod source_phrase;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use crate::analysis::{Entity, EntityKind, Mention, MentionKind};
use crate::engine::coreference::cluster::Cluster;
use crate::engine::coreference::narrator::Narrator;
use crate::engine::coreference::pronoun::Pronoun;
use crate::engine::coreference::salience::{Salience, SalientMention};
use crate::engine::coreference::source_phrase::{NominalSource, SourceKind};
use crate::engine::entities::EntityMention;
use crate::engine::tagger::TaggerOutput;
use crate::engine::text::document::Document;
use crate::engine::text::lexicon::Lexicon;
use crate::span::Span;

/// The tagger's antecedent link counts where one entity has at least this share of it. Shares from 0 to 0.5 were tried on
/// GAP and news (`training/README.md`).
const MIN_TAGGER_SHARE: f32 = 0.5;

/// The weight of that share beside the weights of [`salience`]. Weights from 1 to 8 were tried: more is better on GAP and
/// does more harm in news (`training/README.md`).
const TAGGER_SHARE_WEIGHT: f32 = 2.0;

/// The entities of a story, and the entity of each source.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct ResolvedEntities {
    /// In order of first mention.
    pub(crate) entities: Vec<Entity>,
    /// The number of the entity of each source; `None` where it is unknown.
    pub(crate) entity_of_source: Vec<Option<usize>>,
}

/// Resolves the entities of a story. `sources` are the words of speakers ("Kerry", "she", "a State Department official");
/// `quoted` are the spans in quotation marks in reading order, in which no antecedents are looked for.
pub(crate) fn resolve(
    doc: &Document,
    mentions: &[EntityMention],
    sources: &[Span],
    quoted: &[Span],
    lexicon: &Lexicon,
    tagged: &TaggerOutput,
) -> ResolvedEntities {
    let (clusters, cluster_of_mention) = name_matching::cluster_names(doc, mentions, lexicon);
    let mut resolver = Resolver {
        doc,
        entity_mentions: mentions,
        lexicon,
        tagged,
        salience: Salience::new(doc, mentions, &cluster_of_mention, quoted),
        narrator: Narrator::new(doc, mentions, &cluster_of_mention),
        cluster_of_mention,
        clusters,
        resolved: HashMap::new(),
    };
    let mut order: Vec<usize> = (0..sources.len()).collect();
    order.sort_by_key(|it| (sources[*it].start, sources[*it].end));
    let mut cluster_of_source = vec![None; sources.len()];
    for source in order {
        cluster_of_source[source] = resolver.resolve_source(sources[source]);
    }
    resolver.finish(&cluster_of_source)
}

/// The clusters up to the source that is being resolved.
struct Resolver<'a> {
    doc: &'a Document<'a>,
    entity_mentions: &'a [EntityMention],
    lexicon: &'a Lexicon,
    tagged: &'a TaggerOutput,
    cluster_of_mention: Vec<usize>,
    clusters: Vec<Cluster>,
    salience: Salience<'a>,
    narrator: Narrator,
    /// The clusters of spans that are no names. The source of several quotes is resolved once.
    resolved: HashMap<Span, usize>,
}

impl Resolver<'_> {
    /// The cluster of a source; a new one where no earlier one fits, `None` where the source is unknown.
    fn resolve_source(&mut self, source: Span) -> Option<usize> {
        let kind = source_phrase::classify(self.doc, self.entity_mentions, self.lexicon, source);
        let own = kind.own_span().unwrap_or(source);
        if let Some(cluster) = self.resolved.get(&own) {
            return Some(*cluster);
        }
        let (cluster, span, kind) = match kind {
            SourceKind::Empty => return None,
            SourceKind::Narrator => return self.resolve_narrator(source, Narrator::first_person),
            SourceKind::Addressee => return self.resolve_narrator(source, Narrator::second_person),
            SourceKind::Name(mention) => (self.cluster_of_mention[mention], None, MentionKind::Name),
            SourceKind::Joint(mentions) => {
                (self.joint_source(&mentions, source), Some(source), MentionKind::Description)
            }
            SourceKind::Pronoun(pronoun) => {
                (self.resolve_pronoun(pronoun, source)?, Some(source), MentionKind::Pronoun)
            }
            SourceKind::ProperName(span, kind) => {
                (self.resolve_proper_name(span, kind), Some(span), MentionKind::Name)
            }
            SourceKind::Nominal(nominal) => {
                let known = self.resolve_description(&nominal, source);
                let cluster =
                    known.unwrap_or_else(|| self.add_cluster(Cluster::from_description(self.doc, &nominal)));
                let is_person = self.clusters[cluster].kind == EntityKind::Person;
                let kind = if is_person { MentionKind::Role } else { MentionKind::Description };
                (cluster, Some(nominal.span), kind)
            }
        };
        if let Some(span) = span {
            self.clusters[cluster].mentions.push(Mention { span, kind });
            self.resolved.insert(span, cluster);
        }
        self.salience.add_speaker(self.doc, cluster, source);
        Some(cluster)
    }

    fn add_cluster(&mut self, cluster: Cluster) -> usize {
        self.clusters.push(cluster);
        self.clusters.len() - 1
    }

    /// The cluster of capitalised words that were not found as a name.
    fn resolve_proper_name(&mut self, span: Span, kind: EntityKind) -> usize {
        let name = span.slice(self.doc.text);
        let is_surname = |cluster: &Cluster, full: &str, surname: &str| {
            cluster.kind == EntityKind::Person
                && full.rsplit_once(' ').is_some_and(|(_, last)| last == surname)
        };
        let has_surname = |cluster: &Cluster| is_surname(cluster, &cluster.name, name);
        let known = self.clusters.iter().position(|it| it.has_alias(name));
        if let Some(known) = known.or_else(|| self.clusters.iter().rposition(has_surname)) {
            return known;
        }
        let surname = self.clusters.iter_mut().find(|it| is_surname(it, name, &it.name));
        if let Some(surname) = surname {
            name.clone_into(&mut surname.name);
        }
        let same = self.clusters.iter().position(|it| it.name == name);
        same.unwrap_or_else(|| self.add_cluster(Cluster::from_name(kind, name)))
    }

    /// The cluster of "I" or "you" outside quotation marks.
    fn resolve_narrator(
        &mut self,
        source: Span,
        person: impl Fn(&Narrator, &Document, Span) -> Option<usize>,
    ) -> Option<usize> {
        if self.salience.is_quoted(source.start) {
            return None;
        }
        let cluster = person(&self.narrator, self.doc, source)?;
        self.clusters[cluster].mentions.push(Mention { span: source, kind: MentionKind::Pronoun });
        self.resolved.insert(source, cluster);
        Some(cluster)
    }

    /// The group of joint speakers, given by the numbers of their mentions.
    fn joint_source(&mut self, mentions: &[usize], source: Span) -> usize {
        let members: Vec<usize> = mentions.iter().map(|it| self.cluster_of_mention[*it]).collect();
        if let Some(known) = self.clusters.iter().position(|it| it.members == members) {
            return known;
        }
        let names: Vec<&str> = members.iter().map(|it| self.clusters[*it].name.as_str()).collect();
        let name = match names.split_last() {
            Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
            None => source.slice(self.doc.text).to_owned(),
        };
        self.add_cluster(Cluster::from_members(&name, members))
    }

    /// The cluster of a pronoun, which takes its gender from the pronoun if it has none.
    fn resolve_pronoun(&mut self, pronoun: Pronoun, source: Span) -> Option<usize> {
        if pronoun == Pronoun::Who {
            return self.salience.latest_before(source);
        }
        let antecedent = self.tagger_antecedent(source);
        let tagger_score = |cluster: usize| match antecedent {
            Some((it, share)) if it == cluster => TAGGER_SHARE_WEIGHT * share,
            _ => 0.0,
        };
        let score = |it: &SalientMention| {
            Some(self.clusters[it.cluster].pronoun_score(pronoun)? + tagger_score(it.cluster))
        };
        let cluster = self.salience.most_salient(self.doc, source, score)?;
        if let Some(gender) = pronoun.gender() {
            self.clusters[cluster].gender.get_or_insert(gender);
        }
        Some(cluster)
    }

    /// The named cluster to which the tagger links a pronoun, with its share of the link from 0 to 1.
    fn tagger_antecedent(&self, source: Span) -> Option<(usize, f32)> {
        let mut shares: Vec<(usize, f32)> = Vec::new();
        for (word, share) in self.tagged.antecedents(source) {
            if word.start >= source.start {
                continue;
            }
            let Some(cluster) = self.salience.cluster_at(word.start) else { continue };
            match shares.iter_mut().find(|(it, _)| *it == cluster) {
                Some((_, sum)) => *sum += share,
                None => shares.push((cluster, share)),
            }
        }
        let is_named = |cluster: usize| self.clusters[cluster].head_noun.is_none();
        shares.into_iter().find(|(cluster, share)| *share >= MIN_TAGGER_SHARE && is_named(*cluster))
    }

    /// The cluster that a description refers to; `None` where it introduces a new one.
    fn resolve_description(&self, nominal: &NominalSource, source: Span) -> Option<usize> {
        let text = nominal.span.slice(self.doc.text);
        let has_same_text = |it: &Cluster| it.head_noun.is_some() && it.name.eq_ignore_ascii_case(text);
        let block = self.doc.story.block_at(source.start).map(|it| &self.doc.story.blocks()[it]);
        let is_repeated = block.is_some_and(|it| it.repeats.is_some());
        let may_recur = nominal.is_plural || nominal.is_definite || is_repeated;
        if may_recur && let Some(known) = self.clusters.iter().rposition(has_same_text) {
            return Some(known);
        }
        if !nominal.is_definite {
            return None;
        }
        let score = |it: &SalientMention| self.clusters[it.cluster].description_score(nominal, self.lexicon);
        self.salience.most_salient(self.doc, source, score)
    }

    /// The entities in order of first mention.
    fn finish(mut self, cluster_of_source: &[Option<usize>]) -> ResolvedEntities {
        for cluster in &mut self.clusters {
            cluster.finish();
        }
        let first_mention = |cluster: &usize| self.clusters[*cluster].mentions.first().map(|it| it.span);
        let mut order: Vec<usize> =
            (0..self.clusters.len()).filter(|it| first_mention(it).is_some()).collect();
        order.sort_by_key(|it| first_mention(it).map(|span| (span.start, span.end)));
        let mut entity_of_cluster = vec![None; self.clusters.len()];
        for (entity, cluster) in order.iter().enumerate() {
            entity_of_cluster[*cluster] = Some(entity);
        }
        let entity_of_source = cluster_of_source.iter().map(|it| entity_of_cluster[(*it)?]).collect();
        let entities = order.into_iter().map(|it| self.clusters[it].to_entity(&entity_of_cluster)).collect();
        ResolvedEntities { entities, entity_of_source }
    }
}
