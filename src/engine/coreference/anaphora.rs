//! Anaphora: the entities to which pronouns and descriptions refer, and how certain that is.

use std::ops::Range;

use crate::analysis::{EntityKind, MentionKind};
use crate::engine::coreference::antecedents::{self, JointNames, RelativeAntecedent};
use crate::engine::coreference::appositions;
use crate::engine::coreference::pronoun::Pronoun;
use crate::engine::coreference::salience::{Antecedent, SalientMention};
use crate::engine::coreference::source_phrase::{self, SourceKind};
use crate::engine::coreference::{Resolution, Resolver};
use crate::engine::entities::mention_search::MentionSearch;
use crate::engine::text::lexicon::LexicalClass::SpeechVerb;
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

/// What it costs that somebody is told dead who would speak.
const DEATH_COST: f32 = 3.0;
/// A person who is named within so many tokens from a pronoun is not meant by it: "He said Hedda was arrested".
const MAX_DISJOINT_TOKENS: usize = 6;
/// A pronoun that does not speak tells the gender of somebody only with this margin.
const MIN_GENDER_MARGIN: f32 = 0.8;

/// How certain an antecedent with this margin is.
fn certainty(margin: f32) -> f32 {
    1.0 - UNCERTAINTY_WITHOUT_MARGIN * (-CERTAINTY_RATE * margin).exp()
}

impl Antecedent {
    pub(super) fn resolution(self) -> Resolution {
        Resolution { cluster: self.cluster, certainty: certainty(self.margin) }
    }
}

/// The comma behind ", they say," follows its pronoun and verb within this many tokens.
const MAX_ASIDE_TOKENS: usize = 2;

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
        let continued = self.continued_speaker(pronoun, source, salient);
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
                        // "Ann Lee beat | the man | who said …": somebody else.
                        let is_other = self.is_named_in_sentence(resolution.cluster, span);
                        let resolution = if is_other {
                            Resolution::certain(self.add_described(&nominal))
                        } else {
                            resolution
                        };
                        self.add_mention(resolution, nominal.span, MentionKind::Description);
                        Some(resolution)
                    }
                    SourceKind::Name(mention) => Some(self.resolution_of(mention)),
                    SourceKind::Joint(mentions) => Some(Resolution::certain(self.joint_cluster(&mentions))),
                    _ => None,
                }
            }
            None => self.salience.last_mention_before(source).map(|it| Resolution::certain(it.cluster)),
        }
    }

    /// Whether the sentence of a description names a person before it.
    fn is_named_in_sentence(&self, cluster: usize, description: Span) -> bool {
        let at = self.doc.token_at(description.start);
        let Some(sentence) = self.doc.sentences.get(self.doc.sentence_of(at)) else { return false };
        let start = Span::new(sentence.span.start, sentence.span.start);
        self.is_one_person(cluster) && self.salience.is_named_between(cluster, start, description.start)
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
        // "The neighbours, | they | say, never slept": somebody else says so.
        let is_aside = is_subject && (at + 2..at + 2 + MAX_ASIDE_TOKENS).any(|it| self.doc.word(it) == ",");
        let fronted = at.checked_sub(2).filter(|it| is_aside && self.doc.word(it + 1) == ",");
        let fronted_end = fronted.map(|it| self.doc.tokens[it].span.end);
        let fronted_name =
            fronted.and_then(|it| self.entity_mentions.covering(it)).map(|it| self.cluster_of_mention[it]);
        let score = |it: &SalientMention| {
            let fit = self.clusters[it.cluster].pronoun_score(pronoun)?;
            let linked =
                if self.is_silenced(it.cluster, source) { -DEATH_COST } else { tagger_score(it.cluster) };
            let is_fronted = fronted_end == Some(it.span.end) || fronted_name == Some(it.cluster);
            (!is_named_later(it.cluster) && !is_fronted).then_some(fit + linked)
        };
        self.salience.most_salient(self.doc, source, score)
    }

    /// Whether somebody who is told dead and never spoke in the story is asked for as a speaker.
    fn is_silenced(&self, cluster: usize, source: Span) -> bool {
        self.deaths.is_told(cluster)
            && self.doc.is(self.doc.token_at(source.end), SpeechVerb)
            && !self.salience.has_spoken(cluster)
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
}
