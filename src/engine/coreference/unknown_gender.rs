//! Unknown gender: what "he" and "she" leave for people whose names fit both, and where the choice between two people is a
//! guess.

use crate::analysis::EntityKind;
use crate::engine::coreference::Resolver;
use crate::engine::coreference::pronoun::Pronoun;
use crate::engine::coreference::salience::Antecedent;
use crate::engine::entities::Gender;
use crate::engine::text::lexicon::LexicalClass;
use crate::span::Span;

/// How certain "he" or "she" means one of two people of unknown gender at most: less than even, so that it is marked.
const GUESS_CERTAINTY: f32 = 0.45;
/// Two people are equally likely where the margin without the tagger's link is smaller.
const MIN_MARGIN: f32 = 0.3;
/// How many guesses of a story are looked back at.
const MAX_GUESSES_BACK: usize = 8;

/// A pronoun whose gender was given to a person by a guess.
#[derive(Clone, Copy, Debug)]
pub(super) struct GenderGuess {
    cluster: usize,
    block: Option<usize>,
}

impl Resolver<'_> {
    /// Gives a person the gender that is left for them in a paragraph with "he" and "she" and two people, one of whom has
    /// a known gender: "Sam Orme met Martha Osei. She left. He stayed."
    pub(super) fn settle_genders(&mut self, pronouns: &[(usize, Pronoun)]) {
        let block_of = |token: usize| self.doc.tokens[token].block;
        let mut settled: Vec<(usize, Gender)> = Vec::new();
        for of_block in pronouns.chunk_by(|one, other| block_of(one.0) == block_of(other.0)) {
            let has = |pronoun: Pronoun| of_block.iter().any(|it| it.1 == pronoun);
            if !(has(Pronoun::He) && has(Pronoun::She)) {
                continue;
            }
            let Some(block) = self.doc.story.blocks().get(block_of(of_block[0].0)) else { continue };
            let first = self.entity_mentions.partition_point(|it| it.span.end <= block.span.start);
            let named = self.entity_mentions[first..].iter().zip(&self.cluster_of_mention[first..]);
            let named = named.take_while(|(mention, _)| mention.span.start < block.span.end);
            let mut people: Vec<usize> = named
                .filter(|(mention, _)| {
                    mention.kind == EntityKind::Person && !self.salience.is_quoted(mention.span.start)
                })
                .map(|(_, cluster)| *cluster)
                .collect();
            people.sort_unstable();
            people.dedup();
            let &[one, other] = &people[..] else { continue };
            match (self.clusters[one].gender, self.clusters[other].gender) {
                (Some(gender), None) => settled.push((other, gender.opposite())),
                (None, Some(gender)) => settled.push((one, gender.opposite())),
                _ => {}
            }
        }
        for (cluster, gender) in settled {
            self.clusters[cluster].gender.get_or_insert(gender);
        }
    }

    /// The certainty of an antecedent of "he" or "she", at most [`GUESS_CERTAINTY`] where the choice is between two people
    /// of one sentence whose names do not tell their gender, or follows from such a choice.
    pub(super) fn certainty_of_gender(
        &mut self,
        pronoun: Pronoun,
        source: Span,
        found: Antecedent,
        certainty: f32,
    ) -> f32 {
        let Some(gender) = pronoun.gender() else { return certainty };
        let block = self.doc.story.block_at(source.start);
        let is_unknown = self.clusters[found.cluster].gender.is_none();
        let is_guess = is_unknown && self.is_open_choice(pronoun, source, found.cluster);
        if is_guess {
            self.guesses.push(GenderGuess { cluster: found.cluster, block });
        }
        let follows_guess = || {
            let mut guesses = self.guesses.iter().rev().take(MAX_GUESSES_BACK);
            guesses.any(|it| it.block == block && self.clusters[it.cluster].gender != Some(gender))
        };
        if is_guess || follows_guess() { certainty.min(GUESS_CERTAINTY) } else { certainty }
    }

    /// Whether another person of the same sentence is as likely as `cluster` without the tagger's link, or both have given names of women
    /// and men.
    fn is_open_choice(&self, pronoun: Pronoun, source: Span, cluster: usize) -> bool {
        let Some(unlinked) = self.unlinked_antecedent(pronoun, source) else { return false };
        let other = if unlinked.cluster == cluster { unlinked.second } else { Some(unlinked.cluster) };
        let is_close = unlinked.cluster != cluster || unlinked.margin < MIN_MARGIN;
        other.is_some_and(|it| {
            self.clusters[it].kind == EntityKind::Person
                && (is_close || self.has_unisex_name(cluster) && self.has_unisex_name(it))
                && self.salience.are_named_together(cluster, it, source)
        })
    }

    /// Whether a person of unknown gender has a listed given name of both women and men: "Kim".
    fn has_unisex_name(&self, cluster: usize) -> bool {
        let cluster = &self.clusters[cluster];
        let given = cluster.name.split_once(' ').map_or("", |it| it.0);
        cluster.gender.is_none() && self.lexicon.classes(given).has(LexicalClass::GivenName)
    }
}
