//! Anaphora: the entities to which pronouns and descriptions refer, and how certain that is.

use std::ops::Range;

use crate::analysis::{EntityKind, MentionKind};
use crate::engine::coreference::affiliation::{self, AffiliationFinder};
use crate::engine::coreference::antecedents::{self, JointNames, RelativeAntecedent};
use crate::engine::coreference::appositions;
use crate::engine::coreference::cluster::Cluster;
use crate::engine::coreference::nominal_source::{self, NominalSource};
use crate::engine::coreference::pronoun::Pronoun;
use crate::engine::coreference::salience::{Antecedent, SalientMention};
use crate::engine::coreference::source_phrase::{self, SourceKind};
use crate::engine::coreference::{Resolution, Resolver};
use crate::engine::entities::EntityMention;
use crate::engine::entities::mention_search::MentionSearch;
use crate::engine::text::lexicon::LexicalClass::OrgNoun;
use crate::span::Span;
use crate::word_list::word_list;

/// The tagger's antecedent link counts where one entity has at least this share of it. Shares from 0 to 0.5 were tried on
/// GAP and news (`training/README.md`).
const MIN_TAGGER_SHARE: f32 = 0.5;

/// The weight of that share beside the weights of [`salience`](super::salience). Weights from 1 to 8 were tried: more is
/// better on GAP and does more harm in news (`training/README.md`).
const TAGGER_SHARE_WEIGHT: f32 = 2.0;

/// Its weight where "it" speaks: the organisation that goes on to speak is nearly always the subject of the sentence before.
const TAGGER_SHARE_WEIGHT_OF_IT: f32 = 0.5;

/// Verbs by which somebody answers a charge, in lower case: "denied".
const DENIALS: &[&str] = &word_list!("denials");

/// How uncertain an antecedent is that has no margin before the second one.
const UNCERTAINTY_WITHOUT_MARGIN: f32 = 0.45;
/// By which power of e that falls for each unit of the margin.
const CERTAINTY_RATE: f32 = 1.2;
/// How certain "he" or "she" means an organisation at most, or somebody who spoke long before.
pub(super) const UNNAMED_VOICE_CERTAINTY: f32 = 0.6;
/// How certain "he" or "she" means an unnamed person with whom a sentence before begins.
const SUBJECT_CERTAINTY: f32 = 0.7;

/// A person who is named within so many tokens from a pronoun is not meant by it: "He said Hedda was arrested".
const MAX_DISJOINT_TOKENS: usize = 6;
/// A pronoun that does not speak tells the gender of somebody only with this margin.
const MIN_GENDER_MARGIN: f32 = 0.8;
/// The score of an organisation for "its".
const OWNER_SCORE: f32 = 0.0;

/// How certain an antecedent with this margin is.
fn certainty(margin: f32) -> f32 {
    1.0 - UNCERTAINTY_WITHOUT_MARGIN * (-CERTAINTY_RATE * margin).exp()
}

impl Antecedent {
    pub(super) fn resolution(self) -> Resolution {
        Resolution { cluster: self.cluster, certainty: certainty(self.margin) }
    }
}

impl Resolver<'_> {
    /// Adds a pronoun of the narration that does not speak to the entity that it means.
    pub(super) fn resolve_narrated(&mut self, at: usize, pronoun: Pronoun) {
        let span = self.doc.tokens[at].span;
        if self.resolved.contains_key(&span) {
            return;
        }
        let found = if pronoun == Pronoun::Who {
            // A relative clause that nobody speaks in makes no new entity.
            match antecedents::relative_antecedent(self.doc, self.entity_mentions, at) {
                Some(RelativeAntecedent::Name(mention)) => Some(self.resolution_of(mention)),
                _ => None,
            }
        } else {
            self.antecedent(pronoun, span).map(|it| {
                if let Some(gender) = pronoun.gender().filter(|_| it.margin >= MIN_GENDER_MARGIN) {
                    self.clusters[it.cluster].gender.get_or_insert(gender);
                }
                it.resolution()
            })
        };
        if let Some(resolution) = found {
            self.add_mention(resolution, span, MentionKind::Pronoun);
            let is_subject = matches!(self.doc.lower(at).as_str(), "he" | "she" | "they");
            self.salience.add_mention(self.doc, resolution.cluster, span, is_subject);
        }
    }

    /// Adds joint names as a group to which "they" may refer.
    pub(super) fn add_joint_names(&mut self, joint: &JointNames) {
        let cluster = self.joint_cluster(&joint.mentions);
        self.latent.insert(cluster, joint.span);
        self.salience.add_mention(self.doc, cluster, joint.span, true);
    }

    /// Adds several people to whom "they" may refer, or an organisation to which "it" may.
    pub(super) fn add_unnamed(&mut self, tokens: Range<usize>, is_subject: bool) {
        let span = self.doc.span(tokens);
        let kind = source_phrase::classify(self.doc, self.entity_mentions, self.lexicon, span);
        let SourceKind::Nominal(nominal) = kind else { return };
        if !nominal.is_plural && !nominal.is_organization {
            return;
        }
        // "The company that built the dam, Norbex, sued the ministry"
        if let Some(name) = appositions::apposed_name(self.doc, self.entity_mentions, &nominal) {
            let cluster = self.cluster_of_mention[name];
            return self.salience.add_mention(self.doc, cluster, self.entity_mentions[name].span, is_subject);
        }
        let known = self.known_description(&nominal, span).map(|it| it.cluster);
        let cluster = known.unwrap_or_else(|| self.add_described(&nominal));
        self.latent.insert(cluster, nominal.span);
        self.salience.add_mention(self.doc, cluster, nominal.span, is_subject);
    }

    /// The cluster of a pronoun that speaks, which takes its gender from the pronoun if it has none.
    pub(super) fn resolve_pronoun(&mut self, pronoun: Pronoun, source: Span) -> Option<Resolution> {
        if pronoun == Pronoun::Who {
            return self.resolve_relative(source);
        }
        let salient = self.antecedent(pronoun, source);
        let continued = self.continued_speaker(pronoun, source);
        // Where both agree, the surer margin counts.
        let antecedent =
            continued.filter(|it| salient.is_none_or(|salient| salient.cluster != it.cluster)).or(salient);
        // "The leader of the council left after a post in which | she | called …": nobody calls a council "she".
        let is_organization =
            antecedent.is_some_and(|it| self.clusters[it.cluster].kind == EntityKind::Organisation);
        if (antecedent.is_none() || is_organization)
            && let Some(subject) = self.resolve_to_subject(pronoun, source)
        {
            return Some(subject);
        }
        if (antecedent.is_none() || is_organization)
            && let Some(speaker) = self.last_person_speaking(pronoun, source)
        {
            return Some(speaker);
        }
        let Some(antecedent) = antecedent else {
            let is_plural = matches!(pronoun, Pronoun::They | Pronoun::Both);
            return if is_plural { self.named_apart(2, "", source) } else { None };
        };
        let resolution = antecedent.resolution();
        let certainty = self.certainty_of_gender(pronoun, source, antecedent, resolution.certainty);
        let resolution = Resolution { certainty, ..resolution };
        let cluster = &mut self.clusters[antecedent.cluster];
        let Some(gender) = pronoun.gender() else { return Some(resolution) };
        cluster.gender.get_or_insert(gender);
        // Somebody spoke for the organisation.
        let most = if cluster.kind == EntityKind::Organisation { UNNAMED_VOICE_CERTAINTY } else { 1.0 };
        Some(Resolution { certainty: resolution.certainty.min(most), ..resolution })
    }

    /// The cluster of the unnamed person with whom a sentence before "he" or "she" begins, where no name fits: "The child’s
    /// father thanked her. “Go,” | he | said."
    fn resolve_to_subject(&mut self, pronoun: Pronoun, source: Span) -> Option<Resolution> {
        let gender = pronoun.gender()?;
        let at = self.doc.token_at(source.start);
        let subjects: Vec<Range<usize>> =
            antecedents::human_subjects_before(self.doc, self.entity_mentions, at).collect();
        for tokens in subjects {
            let span = self.doc.span(tokens);
            if self.salience.is_quoted(span.start) {
                continue;
            }
            let kind = source_phrase::classify(self.doc, self.entity_mentions, self.lexicon, span);
            let SourceKind::Nominal(nominal) = kind else { continue };
            if nominal.is_plural || nominal.gender.is_some_and(|it| it != gender) {
                continue;
            }
            let cluster = self.resolve_nominal(&nominal, span).cluster;
            if self.clusters[cluster].gender.is_some_and(|it| it != gender) {
                continue;
            }
            self.clusters[cluster].gender.get_or_insert(gender);
            let resolution = Resolution { cluster, certainty: SUBJECT_CERTAINTY };
            self.add_mention(resolution, nominal.span, MentionKind::Description);
            return Some(resolution);
        }
        None
    }

    /// The cluster of the noun before a relative pronoun; a new one where the noun is no name.
    fn resolve_relative(&mut self, source: Span) -> Option<Resolution> {
        let at = self.doc.token_at(source.start);
        match antecedents::relative_antecedent(self.doc, self.entity_mentions, at) {
            Some(RelativeAntecedent::Name(mention)) => Some(self.resolution_of(mention)),
            Some(RelativeAntecedent::Phrase(tokens)) => {
                let span = self.doc.span(tokens);
                let kind = source_phrase::classify(self.doc, self.entity_mentions, self.lexicon, span);
                match kind {
                    SourceKind::Nominal(nominal) => {
                        let resolution = self.resolve_nominal(&nominal, span);
                        self.add_mention(resolution, nominal.span, MentionKind::Description);
                        Some(resolution)
                    }
                    SourceKind::Name(mention) => Some(self.resolution_of(mention)),
                    SourceKind::Joint(mentions) => Some(Resolution::certain(self.joint_cluster(&mentions))),
                    _ => None,
                }
            }
            None => self.salience.latest_before(source).map(Resolution::certain),
        }
    }

    /// The most salient entity to which a personal pronoun may refer.
    fn antecedent(&self, pronoun: Pronoun, source: Span) -> Option<Antecedent> {
        self.antecedent_with(pronoun, source, self.tagger_antecedent(source))
    }

    /// The same without the tagger's link.
    pub(super) fn unlinked_antecedent(&self, pronoun: Pronoun, source: Span) -> Option<Antecedent> {
        self.antecedent_with(pronoun, source, None)
    }

    /// The most salient entity, given the cluster to which the tagger links the pronoun, with its share.
    fn antecedent_with(
        &self,
        pronoun: Pronoun,
        source: Span,
        linked: Option<(usize, f32)>,
    ) -> Option<Antecedent> {
        // Who is accused denies it: "The council sued Norbex. It denied the claim."
        let verb = self.doc.lower(self.doc.token_at(source.end));
        let goes_on = pronoun == Pronoun::It && DENIALS.binary_search(&verb.as_str()).is_err();
        let weight = if goes_on { TAGGER_SHARE_WEIGHT_OF_IT } else { TAGGER_SHARE_WEIGHT };
        let tagger_score = |cluster: usize| match linked {
            // The tagger links "they" to names alone.
            Some((it, share)) if it == cluster && pronoun == Pronoun::They && self.is_one_person(it) => {
                TAGGER_SHARE_WEIGHT_OF_IT * share
            }
            Some((it, share)) if it == cluster => weight * share,
            _ => 0.0,
        };
        let word = source.slice(self.doc.text).to_lowercase();
        let is_subject = matches!(word.as_str(), "he" | "she" | "they");
        let at = self.doc.token_at(source.start);
        let sentence = self.doc.sentences.get(self.doc.sentence_of(at));
        let near = sentence.map_or(at, |it| it.tokens.end.min(at + MAX_DISJOINT_TOKENS));
        let end = self.doc.tokens.get(near.saturating_sub(1)).map_or(source.end, |it| it.span.end);
        // "He said Hedda was arrested": somebody else says so.
        let is_named_later =
            |cluster: usize| is_subject && self.salience.is_named_between(cluster, source, end);
        let score = |it: &SalientMention| {
            let fit = self.clusters[it.cluster].pronoun_score(pronoun)?;
            (!is_named_later(it.cluster)).then(|| fit + tagger_score(it.cluster))
        };
        self.salience.most_salient(self.doc, source, score)
    }

    fn is_one_person(&self, cluster: usize) -> bool {
        self.clusters[cluster].kind == EntityKind::Person
    }

    /// The named cluster to which the tagger links a pronoun, with its share of the link from 0 to 1.
    fn tagger_antecedent(&self, source: Span) -> Option<(usize, f32)> {
        let mut shares: Vec<(usize, f32)> = Vec::new();
        for (word, share) in self.tagged.antecedents(source) {
            if word >= source.start {
                continue;
            }
            let Some(cluster) = self.salience.cluster_at(word) else { continue };
            match shares.iter_mut().find(|(it, _)| *it == cluster) {
                Some((_, sum)) => *sum += share,
                None => shares.push((cluster, share)),
            }
        }
        let is_named = |cluster: usize| self.clusters[cluster].head_noun.is_none();
        shares.into_iter().find(|(cluster, share)| *share >= MIN_TAGGER_SHARE && is_named(*cluster))
    }

    /// The cluster of a description; a new one where it refers to none.
    pub(super) fn resolve_nominal(&mut self, nominal: &NominalSource, source: Span) -> Resolution {
        if let Some(known) = self.role_in_headline(nominal, source).or_else(|| self.one_of_two(source)) {
            return known;
        }
        if let Some(name) = appositions::apposed_name(self.doc, self.entity_mentions, nominal) {
            return self.resolution_of(name);
        }
        if let Some(group) = appositions::apposed_group(self.doc, nominal) {
            let span = self.doc.span(group);
            let kind = source_phrase::classify(self.doc, self.entity_mentions, self.lexicon, span);
            if let SourceKind::Nominal(group) = kind {
                let known = self.known_description(&group, span);
                return known.unwrap_or_else(|| Resolution::certain(self.add_described(&group)));
            }
        }
        let paper = Some(nominal).filter(|it| it.is_document && it.is_definite);
        let paper = paper.and_then(|it| self.papers.last_before(&it.noun, source.start));
        let paper = paper.filter(|it| nominal.is_told_by(it.span.slice(self.doc.text)));
        let known = self.known_description(nominal, source);
        let is_newer = |paper: Span| {
            let last = known.and_then(|it| self.clusters[it.cluster].mentions.last());
            last.is_none_or(|it| it.span.end <= paper.start)
        };
        if let Some(paper) = paper.filter(|it| is_newer(it.span)) {
            return Resolution::certain(self.add_paper(nominal, paper.span, paper.publisher));
        }
        known.unwrap_or_else(|| Resolution::certain(self.add_described(nominal)))
    }

    /// A new cluster for a paper that the story told before.
    fn add_paper(&mut self, nominal: &NominalSource, paper: Span, publisher: usize) -> usize {
        if let Some(known) = self.resolved.get(&paper) {
            return known.cluster;
        }
        // "Norbex put out its yearly review. | The review | says …": only words with the publisher name it better.
        let names_publisher = paper.contains_span(self.entity_mentions[publisher].span);
        let span = if names_publisher { paper } else { nominal.span };
        let cluster = Cluster::from_description(self.doc, &NominalSource { span, ..nominal.clone() });
        let publisher = self.cluster_of_mention[publisher];
        let cluster = self.add_cluster(Cluster { affiliation: Some(publisher), ..cluster });
        self.add_mention(Resolution::certain(cluster), paper, MentionKind::Description);
        cluster
    }

    /// A new cluster for an unnamed source, with the organisation for which it speaks.
    pub(super) fn add_described(&mut self, nominal: &NominalSource) -> usize {
        let finder = AffiliationFinder { doc: self.doc, entity_mentions: self.entity_mentions };
        let named = finder.behind_nominal(nominal).map(|it| self.cluster_of_mention[it]);
        let affiliation = named.or_else(|| {
            let noun = finder.organization_noun(nominal)?;
            let score = |it: &SalientMention| {
                let cluster = &self.clusters[it.cluster];
                let is_named = cluster.kind == EntityKind::Organisation && cluster.head_noun.is_none();
                if is_named { cluster.organization_score(&noun, self.lexicon) } else { None }
            };
            self.salience.most_salient(self.doc, nominal.span, score).map(|it| it.cluster)
        });
        let cluster = Cluster { affiliation, ..Cluster::from_description(self.doc, nominal) };
        let cluster = self.add_cluster(cluster);
        let is_organization = nominal.is_organization && nominal.is_definite && nominal.complement.is_empty();
        if (nominal.is_human || is_organization) && !nominal.is_plural {
            self.described.push((cluster, nominal.clone()));
        }
        cluster
    }

    /// The organisation that a role of a person means without its name: "its spokesman, Kim Voss", "Kim Voss, the company's head",
    /// "Kim Voss, lead scientist at the laboratory".
    pub(super) fn organization_of_role(&self, mention: &EntityMention) -> Option<usize> {
        mention.roles.iter().find_map(|it| self.organization_of(*it))
    }

    /// The organisation that one role means without its name.
    fn organization_of(&self, role: Span) -> Option<usize> {
        let tokens = self.doc.tokens_in(role);
        let is_owned = |at: usize| matches!(self.doc.word(at), "'s" | "’s");
        let is_complement = |at: usize| {
            at >= tokens.start + 3
                && matches!(self.doc.word(at - 1), "the" | "this")
                && matches!(self.doc.word(at - 2), "of" | "at" | "for" | "with" | "in")
        };
        // "The association's | president, Kim Voss"
        let first = tokens.start.saturating_sub(2);
        let is_organization = |it: &usize| {
            let belongs = is_owned(*it + 1) || *it >= tokens.start && is_complement(*it);
            self.doc.is(*it, OrgNoun) && belongs
        };
        let noun = (first..tokens.end).find(is_organization);
        let is_other = |word: &str| affiliation::is_no_voice(word) || nominal_source::is_former_word(word);
        let is_voice = !tokens.clone().any(|it| is_other(&self.doc.lower(it)));
        let before = tokens.start.checked_sub(1);
        let is_its = [before, Some(tokens.start)]
            .into_iter()
            .flatten()
            .any(|it| matches!(self.doc.word(it), "its" | "Its"));
        let noun = noun.map(|it| self.doc.lower(it));
        let score = |it: &SalientMention| {
            let cluster = &self.clusters[it.cluster];
            let is_named = cluster.kind == EntityKind::Organisation && cluster.head_noun.is_none();
            match &noun {
                _ if !is_named => None,
                Some(noun) => cluster.organization_score(noun, self.lexicon),
                None => is_its.then_some(OWNER_SCORE),
            }
        };
        self.salience.most_salient(self.doc, role, score).map(|it| it.cluster).filter(|_| is_voice)
    }

    /// Whether the sentence of a source names a place before it.
    fn follows_place(&self, source: Span) -> bool {
        let at = self.doc.token_at(source.start);
        let start = self.doc.sentences[self.doc.sentence_of(at)].tokens.start;
        let mut before = self.entity_mentions.inside(&(start..at));
        before.any(|it| self.entity_mentions[it].kind == EntityKind::Place)
    }

    /// The cluster that a description refers to; `None` where it introduces a new one.
    fn known_description(&mut self, nominal: &NominalSource, source: Span) -> Option<Resolution> {
        if let Some(group) = self.counted_group(nominal, source) {
            return Some(group);
        }
        let text = nominal.span.slice(self.doc.text);
        let block = self.doc.story.block_at(source.start).map(|it| &self.doc.story.blocks()[it]);
        let is_repeated = block.is_some_and(|it| it.repeats.is_some());
        // "HOST: …": a label means the same speaker throughout.
        let is_label =
            block.and_then(|it| it.label).is_some_and(|it| it.start <= source.start && source.end <= it.end);
        // "Halden’s office": whose office it is makes it the same.
        let has_owner = nominal.has_owner(self.doc.text);
        let may_recur = nominal.is_plural || nominal.is_definite || is_repeated || is_label || has_owner;
        if may_recur && let Some(known) = self.lookup.described(text) {
            return Some(Resolution::certain(known));
        }
        // "Tarn police", and "Police" or "the police" after them.
        if nominal.is_plural
            && (nominal.is_definite || nominal.is_bare)
            && text.split_whitespace().count() == 1 + usize::from(nominal.is_definite)
            && let Some(known) =
                self.lookup.with_noun(&nominal.noun).filter(|it| self.clusters[*it].is_plural)
        {
            return Some(Resolution::certain(known));
        }
        // "Police" are those whom the story named, if it named only these. "In Bergen, police said": those of another place.
        let is_bare_plural = nominal.is_bare && nominal.is_plural && !text.contains(' ');
        if is_bare_plural && self.follows_place(source) {
            return None;
        }
        if !nominal.is_definite && !is_bare_plural {
            return None;
        }
        if nominal.is_document
            && let Some(known) = self.lookup.with_noun(&nominal.noun)
            && nominal.is_told_by(&self.clusters[known].name)
        {
            return Some(Resolution::certain(known));
        }
        if let Some(subject) = self.unnamed_subject(nominal, source) {
            return Some(subject);
        }
        let score = |it: &SalientMention| {
            let score = self.clusters[it.cluster].description_score(nominal, self.lexicon)?;
            (!self.is_told_dead(it.span)).then_some(score)
        };
        let described = self.salience.most_salient(self.doc, source, score);
        // "The regulator" may be either of two.
        let is_kind = !self.lexicon.narrower_organizations(&nominal.noun).is_empty();
        let must_be_only = is_bare_plural || is_kind;
        let described =
            described.filter(|it| !must_be_only || it.second.is_none()).map(Antecedent::resolution);
        if is_bare_plural {
            return described;
        }
        described
            .or_else(|| self.epithet_holder(nominal, source))
            .or_else(|| self.only_holder(nominal, source))
    }
}
