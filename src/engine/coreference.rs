//! Names and sources → the cast of a story: each person, body, place and unnamed source once, with all that mentions it.
//!
//! 1. [`handles`]: names that mean the same become one actor ("John Kerry", "Kerry"; "Islamic State", "IS").
//! 2. [`phrases`]: what kind of words each source is: a name, a pronoun, a role, several people.
//! 3. [`traces`]: who was mentioned where, and how prominently, up to a place in the story.
//! 4. [`narrator`]: who says "I" outside all marks.
//! 5. Sources are read in order; pronouns and descriptions go to the likeliest actor before them. Of a pronoun the tagger
//!    is asked too.

pub(crate) mod cluster;
pub(crate) mod name_matching;
pub(crate) mod narrator;
pub(crate) mod salience;
pub(crate) mod source_phrase;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use crate::analysis::{Entity, EntityKind, Mention, MentionKind};
use crate::engine::coreference::cluster::Cluster;
use crate::engine::coreference::narrator::Narrator;
use crate::engine::coreference::salience::{Salience, SalientMention};
use crate::engine::coreference::source_phrase::{Pronoun, SourceKind};
use crate::engine::entities::EntityMention;
use crate::engine::tagger::TaggerOutput;
use crate::engine::text::document::Document;
use crate::engine::text::lexicon::Lexicon;
use crate::span::Span;

/// The share that the tagger must give to one actor before it is heard on a pronoun.
const MIN_TAGGER_SHARE: f32 = 0.5;

/// What such a share counts beside prominence and distance, which are told in [`traces`].
const TAGGER_SHARE_WEIGHT: f32 = 2.0;

/// Everybody in a story, and who each source is.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct ResolvedEntities {
    /// In order of first mention.
    pub(crate) entities: Vec<Entity>,
    /// For each source the number of its entity, where it can be told.
    pub(crate) entity_of_source: Vec<Option<usize>>,
}

/// The cast of a story. `sources` are the words that speak ("Kerry", "she",
/// "a State Department official"); `quoted` are the stretches between
/// quotation marks, in reading order: what is named only there is nobody's
/// antecedent.
pub(crate) fn resolve(
    doc: &Document,
    names: &[EntityMention],
    sources: &[Span],
    quoted: &[Span],
    lexicon: &Lexicon,
    tagged: &TaggerOutput,
) -> ResolvedEntities {
    let (actors, of_name) = name_matching::cluster_names(doc, names, lexicon);
    let traces = Salience::new(doc, names, &of_name, quoted);
    let narrator = Narrator::new(doc, names, &of_name);
    let entered = HashMap::new();
    let mut stage = Resolver {
        doc,
        entity_mentions: names,
        lexicon,
        tagged,
        cluster_of_mention: of_name,
        clusters: actors,
        salience: traces,
        narrator,
        resolved: entered,
    };
    let mut order: Vec<usize> = (0..sources.len()).collect();
    order.sort_by_key(|it| (sources[*it].start, sources[*it].end));
    let mut of_source = vec![None; sources.len()];
    for at in order {
        of_source[at] = stage.resolve_source(sources[at]);
    }
    stage.finish(&of_source)
}

/// The actors as far as the story has been read.
struct Resolver<'a> {
    doc: &'a Document<'a>,
    entity_mentions: &'a [EntityMention],
    lexicon: &'a Lexicon,
    tagged: &'a TaggerOutput,
    cluster_of_mention: Vec<usize>,
    clusters: Vec<Cluster>,
    salience: Salience<'a>,
    narrator: Narrator,
    /// Whom each stretch of words meant that was no name: the same words, beside
    /// however many quotes they stand, are the same speaker.
    resolved: HashMap<Span, usize>,
}

impl Resolver<'_> {
    /// The actor of a source; a new one where no earlier one fits.
    fn resolve_source(&mut self, source: Span) -> Option<usize> {
        let phrase = source_phrase::classify(self.doc, self.entity_mentions, self.lexicon, source);
        let own = phrase.own_span().unwrap_or(source);
        if let Some(actor) = self.resolved.get(&own) {
            return Some(*actor);
        }
        let (actor, span, form) = match phrase {
            SourceKind::Empty => return None,
            SourceKind::Narrator => return self.resolve_narrator(source, Narrator::first_person),
            SourceKind::Addressee => return self.resolve_narrator(source, Narrator::second_person),
            SourceKind::Name(name) => (self.cluster_of_mention[name], None, MentionKind::Name),
            SourceKind::Joint(names) => {
                (self.joint_source(&names, source), Some(source), MentionKind::Description)
            }
            SourceKind::Pronoun(pronoun) => {
                (self.resolve_pronoun(pronoun, source)?, Some(source), MentionKind::Pronoun)
            }
            SourceKind::ProperName(span, kind) => {
                (self.resolve_proper_name(span, kind), Some(span), MentionKind::Name)
            }
            SourceKind::Nominal(description) => {
                let known = self.resolve_description(&description, source);
                let actor = known
                    .unwrap_or_else(|| self.add_cluster(Cluster::from_description(self.doc, &description)));
                let role = self.clusters[actor].kind == EntityKind::Person;
                (
                    actor,
                    Some(description.span),
                    if role { MentionKind::Role } else { MentionKind::Description },
                )
            }
        };
        if let Some(span) = span {
            self.clusters[actor].mentions.push(Mention { span, kind: form });
            self.resolved.insert(span, actor);
        }
        self.salience.add_speaker(self.doc, actor, source);
        Some(actor)
    }

    fn add_cluster(&mut self, actor: Cluster) -> usize {
        self.clusters.push(actor);
        self.clusters.len() - 1
    }

    /// The actor of words in capitals that were not found as a name.
    fn resolve_proper_name(&mut self, span: Span, kind: EntityKind) -> usize {
        let words = span.slice(self.doc.text);
        let short = |long: &str, it: &Cluster, name: &str| {
            it.kind == EntityKind::Person && long.rsplit_once(' ').is_some_and(|long| long.1 == name)
        };
        let known = self.clusters.iter().position(|it| it.has_alias(words));
        let known = known.or_else(|| self.clusters.iter().rposition(|it| short(&it.name, it, words)));
        if let Some(surname) =
            self.clusters.iter_mut().find(|it| known.is_none() && short(words, it, &it.name))
        {
            words.clone_into(&mut surname.name);
        }
        let known = known.or_else(|| self.clusters.iter().position(|it| it.name == words));
        known.unwrap_or_else(|| self.add_cluster(Cluster::from_name(kind, words)))
    }

    /// Whom "I" or "you" means, where the words around it are not quoted.
    fn resolve_narrator(
        &mut self,
        source: Span,
        who: impl Fn(&Narrator, &Document, Span) -> Option<usize>,
    ) -> Option<usize> {
        let actor =
            who(&self.narrator, self.doc, source).filter(|_| !self.salience.is_quoted(source.start))?;
        self.clusters[actor].mentions.push(Mention { span: source, kind: MentionKind::Pronoun });
        self.resolved.insert(source, actor);
        Some(actor)
    }

    /// The group of joint speakers.
    fn joint_source(&mut self, names: &[usize], source: Span) -> usize {
        let members: Vec<usize> = names.iter().map(|it| self.cluster_of_mention[*it]).collect();
        let known = self.clusters.iter().position(|it| it.members == members);
        known.unwrap_or_else(|| {
            let called: Vec<&str> = members.iter().map(|it| self.clusters[*it].name.as_str()).collect();
            let name = match called.split_last() {
                Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
                None => source.slice(self.doc.text).to_owned(),
            };
            self.add_cluster(Cluster::from_members(&name, members))
        })
    }

    /// Whom a pronoun means; what it tells of them is kept.
    fn resolve_pronoun(&mut self, pronoun: Pronoun, source: Span) -> Option<usize> {
        if pronoun == Pronoun::Who {
            return self.salience.latest_before(source);
        }
        let meant = self.tagger_antecedent(source);
        let pull =
            |actor: usize| meant.filter(|it| it.0 == actor).map_or(0.0, |it| TAGGER_SHARE_WEIGHT * it.1);
        let fit =
            |it: &SalientMention| Some(self.clusters[it.cluster].pronoun_score(pronoun)? + pull(it.cluster));
        let actor = self.salience.most_salient(self.doc, source, fit)?;
        if let Some(sex) = pronoun.gender() {
            self.clusters[actor].gender.get_or_insert(sex);
        }
        Some(actor)
    }

    /// The named actor whom the tagger means by a pronoun, and its share.
    fn tagger_antecedent(&self, source: Span) -> Option<(usize, f32)> {
        let mut shares: Vec<(usize, f32)> = Vec::new();
        for (word, share) in self.tagged.antecedents(source) {
            let Some(actor) = self.salience.cluster_at(word.start).filter(|_| word.start < source.start)
            else {
                continue;
            };
            match shares.iter_mut().find(|it| it.0 == actor) {
                Some(sum) => sum.1 += share,
                None => shares.push((actor, share)),
            }
        }
        shares.into_iter().find(|it| it.1 >= MIN_TAGGER_SHARE && self.clusters[it.0].head_noun.is_none())
    }

    /// Whom a description means, if somebody known.
    fn resolve_description(&self, description: &source_phrase::NominalSource, source: Span) -> Option<usize> {
        let text = self.doc.text;
        let words = description.span.slice(text);
        let same = |it: &Cluster| it.head_noun.is_some() && it.name.eq_ignore_ascii_case(words);
        let repeated = self
            .doc
            .story
            .block_at(source.start)
            .is_some_and(|it| self.doc.story.blocks()[it].repeats.is_some());
        let again = description.is_plural || description.is_definite || repeated;
        if let Some(known) = self.clusters.iter().rposition(same).filter(|_| again) {
            return Some(known);
        }
        if !description.is_definite {
            return None;
        }
        self.salience.most_salient(self.doc, source, |it| {
            self.clusters[it.cluster].description_score(description, self.lexicon)
        })
    }

    /// The cast in order of first mention.
    fn finish(mut self, of_source: &[Option<usize>]) -> ResolvedEntities {
        for actor in &mut self.clusters {
            actor.finish();
        }
        let mut order: Vec<usize> =
            (0..self.clusters.len()).filter(|it| !self.clusters[*it].mentions.is_empty()).collect();
        order.sort_by_key(|it| self.clusters[*it].mentions.first().map(|it| (it.span.start, it.span.end)));
        let mut number = vec![None; self.clusters.len()];
        for (new, old) in order.iter().enumerate() {
            number[*old] = Some(new);
        }
        let of_source = of_source.iter().map(|it| it.and_then(|it| number[it])).collect();
        let entities = order.into_iter().map(|it| self.clusters[it].to_entity(&number)).collect();
        ResolvedEntities { entities, entity_of_source: of_source }
    }
}
