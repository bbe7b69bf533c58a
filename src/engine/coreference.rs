//! Coreference: groups names and sources into the entities of a story, each with all of its mentions.
//!
//! 1. [`name_matching`] puts names that mean the same into one [`cluster`] ("John Kerry", "Kerry"; "Islamic State", "IS");
//!    [`renaming`] finds where the story says so ("also known as"), [`namesakes`] and [`rival_spellings`] where it names two people,
//!    [`shared_surnames`] those of couples, [`titled_surnames`] the surname of an office-holder beside a relative's. [`bodies_of_lands`] tell the
//!    ministries of two states apart; [`turned_names`] know names with their words in another order, [`joined_words`] those with a hyphen.
//! 2. [`source_phrase`] classifies the words of a source: a name ([`given_names`]), a pronoun, a description ([`source_description`]), several
//!    people ([`joint_sources`]).
//! 3. [`salience`] knows who was mentioned where, and how prominently, before a source; [`antecedents`] finds joint names and the nouns
//!    before relative pronouns, [`plural_phrases`] several people without a name, [`appositions`] the name behind a description.
//! 4. [`narrator`] finds out who says "I" outside quotation marks.
//! 5. Sources and the pronouns of the narration are resolved in [`reading_order`] ([`anaphora`]). A pronoun or description
//!    refers to the most salient entity before it ([`descriptions`]); for pronouns the tagger's antecedent link counts too, and
//!    [`deaths`] tell who hardly speaks. [`epithets`] call the person in
//!    focus, [`counted_groups`] those who were named together, [`headline_roles`] the holder of a bare role in a headline.
//!    [`continued_speaker`] finds who goes on to speak, [`only_holders`] the one whom a description fits, however far back,
//!    [`role_parts`] what each part of a role fits. [`untold_roles`] know whom the story calls by a role it has not told.
//! 6. [`affiliation`] finds the organisation behind an unnamed source or the holder of an office, [`issuers`] whose a document is.
//! 7. [`named_later`] and [`delayed_identification`] give an unnamed source the name that the story tells after it, [`kinship`] a
//!    relative's role the name of whose relative they are.

pub(crate) mod affiliation;
pub(crate) mod anaphora;
pub(crate) mod antecedents;
mod appositions;
mod bodies_of_lands;
pub(crate) mod cluster;
pub(crate) mod cluster_lookup;
mod continued_speaker;
mod counted_groups;
mod deaths;
mod delayed_identification;
mod descriptions;
mod epithets;
mod first_phrases;
mod given_names;
mod headline_roles;
mod issuers;
mod joined_words;
mod joint_sources;
mod kinship;
pub(crate) mod name_index;
pub(crate) mod name_matching;
mod name_spelling;
mod named_later;
mod namesakes;
pub(crate) mod narrator;
pub(crate) mod nominal_source;
mod only_holders;
mod organization_matching;
pub(crate) mod organization_name;
pub(crate) mod organization_subjects;
mod party_sides;
pub(crate) mod person_name;
mod person_nouns;
mod place_name;
mod plural_phrases;
pub(crate) mod pronoun;
mod reading_order;
mod renaming;
mod rival_spellings;
mod role_parts;
mod role_words;
pub(crate) mod salience;
mod shared_surnames;
mod source_description;
pub(crate) mod source_phrase;
mod source_tokens;
mod speaking_holder;
#[cfg(test)]
mod tests;
mod titled_surnames;
mod told_facts;
mod turned_names;
mod unknown_gender;
mod untold_roles;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::iter;

use crate::analysis::{Entity, EntityKind, Mention, MentionKind};
use crate::engine::coreference::cluster::Cluster;
use crate::engine::coreference::cluster_lookup::ClusterLookup;
use crate::engine::coreference::deaths::Deaths;
use crate::engine::coreference::issuers::Introductions;
use crate::engine::coreference::name_matching::NameClusters;
use crate::engine::coreference::narrator::Narrator;
use crate::engine::coreference::nominal_source::NominalSource;
use crate::engine::coreference::pronoun::Pronoun;
use crate::engine::coreference::reading_order::Item;
use crate::engine::coreference::salience::Salience;
use crate::engine::coreference::source_phrase::SourceKind;
use crate::engine::coreference::told_facts::ToldFacts;
use crate::engine::coreference::unknown_gender::GenderGuess;
use crate::engine::entities::EntityMention;
use crate::engine::tagger::output::TaggerOutput;
use crate::engine::text::document::Document;
use crate::engine::text::lexicon::Lexicon;
use crate::span::Span;

/// The entities of a story, and the entity of each source.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct ResolvedEntities {
    /// In order of first mention.
    pub(crate) entities: Vec<Entity>,
    /// The entity of each source.
    pub(crate) of_source: Vec<ResolvedSource>,
}

/// How certain it is that a quote that has a cue is of nobody whom the story tells. Editors accepted few of them
/// (`training/README.md`).
pub(crate) const NOBODY_CERTAINTY: f32 = 0.35;

/// Whom a source means.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct ResolvedSource {
    /// The number of the entity; `None` where it is unknown.
    pub(crate) entity: Option<usize>,
    /// How certain it is that the source means this entity, from 0 to 1.
    pub(crate) certainty: f32,
}

/// Whether a word in lower case is a pronoun that the tagger's antecedent links help to resolve.
pub(crate) fn is_pronoun(word: &str) -> bool {
    Pronoun::from_word(word).is_some_and(|it| it != Pronoun::Who)
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
    let mut sorted: Vec<Span> = sources.to_vec();
    sorted.sort_unstable();
    let mentions = &without_descriptions(doc, mentions, lexicon);
    let named = name_matching::cluster_names(doc, mentions, lexicon, &sorted);
    let mut resolver = Resolver::new(doc, mentions, quoted, lexicon, tagged, named);
    resolver.add_named_affiliations();
    let pronouns = antecedents::narrated_pronouns(doc, |it| resolver.salience.is_quoted(it));
    resolver.settle_genders(&pronouns);
    let mut items = resolver.items(sources, &sorted, pronouns);
    items.sort_by_key(|it| it.order(doc, sources));
    let mut of_source = vec![None; sources.len()];
    for item in items {
        match item {
            Item::Source(source) => of_source[source] = resolver.resolve_source(sources[source]),
            Item::Pronoun(at, pronoun) => resolver.resolve_narrated(at, pronoun),
            Item::Joint(joint) => resolver.add_joint_names(&joint),
            Item::Joined(joined) => resolver.add_joined_subjects(&joined),
            Item::Subject(tokens) => resolver.add_unnamed(tokens, true),
            Item::Object(tokens) => resolver.add_unnamed(tokens, false),
        }
    }
    resolver.add_affiliations();
    resolver.add_issuers(&of_source);
    resolver.name_described(&mut of_source);
    resolver.name_owners_of_kin();
    resolver.finish(&of_source)
}

/// The mentions without those that are descriptions: "The | Slovene | said".
fn without_descriptions<'a>(
    doc: &Document,
    mentions: &'a [EntityMention],
    lexicon: &Lexicon,
) -> Cow<'a, [EntityMention]> {
    let is_description = |it: &EntityMention| epithets::is_description(doc, lexicon, it);
    if mentions.iter().any(is_description) {
        mentions.iter().filter(|it| !is_description(it)).cloned().collect()
    } else {
        Cow::Borrowed(mentions)
    }
}

/// A cluster, and how certain it is that a source means it.
#[derive(Clone, Copy, Debug)]
struct Resolution {
    cluster: usize,
    certainty: f32,
}

impl Resolution {
    const fn certain(cluster: usize) -> Self {
        Self { cluster, certainty: 1.0 }
    }
}

/// The clusters up to the source that is being resolved.
struct Resolver<'a> {
    doc: &'a Document<'a>,
    entity_mentions: &'a [EntityMention],
    lexicon: &'a Lexicon,
    tagged: &'a TaggerOutput,
    cluster_of_mention: Vec<usize>,
    certainty_of_mention: Vec<f32>,
    clusters: Vec<Cluster>,
    lookup: ClusterLookup,
    salience: Salience<'a>,
    facts: ToldFacts,
    deaths: Deaths,
    narrator: Narrator,
    introductions: Introductions,
    /// The organisations to which somebody named belongs by a role.
    staffed: HashSet<usize>,
    /// What spans that are no names mean. The source of several quotes is resolved once.
    resolved: HashMap<Span, Resolution>,
    /// The words of groups that nobody referred to yet, by their clusters.
    latent: HashMap<usize, Span>,
    /// The unnamed sources that are one person each, by their clusters, in reading order.
    described: Vec<(usize, NominalSource)>,
    /// The people who have their gender from a guess.
    guesses: Vec<GenderGuess>,
}

impl<'a> Resolver<'a> {
    fn new(
        doc: &'a Document<'a>,
        mentions: &'a [EntityMention],
        quoted: &'a [Span],
        lexicon: &'a Lexicon,
        tagged: &'a TaggerOutput,
        named: NameClusters,
    ) -> Self {
        let NameClusters { clusters, cluster_of_mention, certainty_of_mention } = named;
        Self {
            doc,
            entity_mentions: mentions,
            lexicon,
            tagged,
            salience: Salience::new(doc, mentions, &cluster_of_mention, quoted),
            facts: ToldFacts::new(doc, mentions, &cluster_of_mention, lexicon),
            deaths: Deaths::new(doc, mentions, &cluster_of_mention),
            narrator: Narrator::new(doc, mentions, &cluster_of_mention),
            introductions: Introductions::default(),
            lookup: ClusterLookup::new(&clusters),
            cluster_of_mention,
            certainty_of_mention,
            clusters,
            staffed: HashSet::new(),
            resolved: HashMap::new(),
            latent: HashMap::new(),
            described: Vec::new(),
            guesses: Vec::new(),
        }
    }

    /// The cluster of a source; a new one where no earlier one fits, `None` where the source is unknown.
    fn resolve_source(&mut self, source: Span) -> Option<Resolution> {
        let kind = source_phrase::classify(self.doc, self.entity_mentions, self.lexicon, source);
        let own = kind.own_span().unwrap_or(source);
        if let Some(known) = self.resolved.get(&own) {
            return Some(*known);
        }
        let (resolution, span, kind) = match kind {
            SourceKind::Empty => return None,
            SourceKind::Narrator => return self.resolve_narrator(source, Narrator::first_person),
            SourceKind::Addressee => return self.resolve_narrator(source, Narrator::second_person),
            SourceKind::Name(mention) => (self.resolution_of(mention), None, MentionKind::Name),
            SourceKind::Joint(mentions) => {
                let group = self.joint_cluster(&mentions);
                (Resolution::certain(group), Some(source), MentionKind::Description)
            }
            SourceKind::PronounAnd(pronoun, span, mentions) => {
                let first = self.resolve_pronoun(pronoun, span)?;
                let others = mentions.iter().map(|it| self.cluster_of_mention[*it]);
                let members: Vec<usize> = iter::once(first.cluster).chain(others).collect();
                let cluster = self.group_of(members);
                (Resolution { cluster, ..first }, Some(source), MentionKind::Description)
            }
            SourceKind::Pronoun(pronoun) => {
                (self.resolve_pronoun(pronoun, source)?, Some(source), MentionKind::Pronoun)
            }
            SourceKind::ProperName(span, kind) => {
                (Resolution::certain(self.resolve_proper_name(span, kind)), Some(span), MentionKind::Name)
            }
            SourceKind::Nominal(nominal) => {
                let resolution = self.resolve_nominal(&nominal, source);
                let is_person = self.clusters[resolution.cluster].kind == EntityKind::Person;
                let kind = if is_person { MentionKind::Role } else { MentionKind::Description };
                (resolution, Some(nominal.span), kind)
            }
        };
        if let Some(span) = span {
            self.add_mention(resolution, span, kind);
        }
        self.salience.add_speaker(self.doc, resolution.cluster, source);
        Some(resolution)
    }

    /// The cluster of a name's mention.
    fn resolution_of(&self, mention: usize) -> Resolution {
        Resolution {
            cluster: self.cluster_of_mention[mention],
            certainty: self.certainty_of_mention[mention],
        }
    }

    /// Adds a mention to the cluster that it means, and the words of a group to which it is the first to refer.
    fn add_mention(&mut self, resolution: Resolution, span: Span, kind: MentionKind) {
        let mentions = &mut self.clusters[resolution.cluster].mentions;
        mentions.push(Mention { span, kind });
        if let Some(antecedent) = self.latent.remove(&resolution.cluster).filter(|it| !it.overlaps(span)) {
            mentions.push(Mention { span: antecedent, kind: MentionKind::Description });
        }
        self.resolved.insert(span, resolution);
    }

    fn add_cluster(&mut self, cluster: Cluster) -> usize {
        self.lookup.add(self.clusters.len(), &cluster);
        self.clusters.push(cluster);
        self.clusters.len() - 1
    }

    /// The cluster of capitalised words that were not found as a name.
    fn resolve_proper_name(&mut self, span: Span, kind: EntityKind) -> usize {
        let name = span.slice(self.doc.text);
        if let Some(known) = self.lookup.named(name).or_else(|| self.lookup.with_surname(name)) {
            return known;
        }
        let surname = name.rsplit_once(' ').and_then(|(_, it)| self.lookup.named(it));
        let is_bare_surname = |it: &usize| {
            let cluster = &self.clusters[*it];
            cluster.kind == EntityKind::Person && !cluster.name.contains(' ')
        };
        if let Some(known) = surname.filter(is_bare_surname) {
            let cluster = &mut self.clusters[known];
            name.clone_into(&mut cluster.name);
            cluster.names.push(name.to_owned());
            self.lookup.add(known, &self.clusters[known]);
            return known;
        }
        self.add_cluster(Cluster::from_name(kind, name))
    }

    /// The cluster of "I" or "you" outside quotation marks.
    fn resolve_narrator(
        &mut self,
        source: Span,
        person: impl Fn(&Narrator, &Document, Span) -> Option<usize>,
    ) -> Option<Resolution> {
        if self.salience.is_quoted(source.start) {
            return None;
        }
        let resolution = Resolution::certain(person(&self.narrator, self.doc, source)?);
        self.add_mention(resolution, source, MentionKind::Pronoun);
        Some(resolution)
    }

    /// The group of joint names, given by the numbers of their mentions.
    fn joint_cluster(&mut self, mentions: &[usize]) -> usize {
        let members: Vec<usize> = mentions.iter().map(|it| self.cluster_of_mention[*it]).collect();
        self.group_of(members)
    }

    /// The entities in order of first mention. Those that only credits, bylines and furniture name are left out.
    fn finish(mut self, of_source: &[Option<Resolution>]) -> ResolvedEntities {
        let is_in_story =
            |it: &EntityMention| !it.is_credit && !salience::is_outside_story(self.doc, it.span);
        let mut is_told: Vec<bool> = self
            .clusters
            .iter()
            .map(|it| it.mentions.iter().any(|it| it.kind != MentionKind::Name))
            .collect();
        for (mention, cluster) in self.entity_mentions.iter().zip(&self.cluster_of_mention) {
            is_told[*cluster] |= is_in_story(mention);
        }
        for resolution in of_source.iter().flatten() {
            is_told[resolution.cluster] = true;
        }
        // The same words mean one entity.
        let mut seen: HashSet<Span> = HashSet::new();
        for cluster in &mut self.clusters {
            cluster.finish();
            cluster.mentions.retain(|it| seen.insert(it.span));
        }
        let is_told = |cluster: &usize| is_told[*cluster] && !self.clusters[*cluster].mentions.is_empty();
        let first_mention = |cluster: usize| self.clusters[cluster].mentions[0].span;
        let mut order: Vec<usize> = (0..self.clusters.len()).filter(is_told).collect();
        order.sort_by_key(|it| (first_mention(*it).start, first_mention(*it).end));
        let mut entity_of_cluster = vec![None; self.clusters.len()];
        for (entity, cluster) in order.iter().enumerate() {
            entity_of_cluster[*cluster] = Some(entity);
        }
        let resolved = |it: &Option<Resolution>| match it {
            Some(it) => ResolvedSource { entity: entity_of_cluster[it.cluster], certainty: it.certainty },
            None => ResolvedSource { entity: None, certainty: NOBODY_CERTAINTY },
        };
        let of_source = of_source.iter().map(resolved).collect();
        let entities = order.into_iter().map(|it| self.clusters[it].to_entity(&entity_of_cluster)).collect();
        ResolvedEntities { entities, of_source }
    }
}
