//! Salience: who was mentioned where and how prominently, so that pronouns and descriptions find their antecedents.
//!
//! The score of an antecedent is how well it fits, plus the weight of its mention, plus [`SAME_BLOCK_WEIGHT`], less
//! [`SENTENCE_DISTANCE_COST`] for each sentence between.

use crate::engine::entities::EntityMention;
use crate::engine::text::document::Document;
use crate::span::Span;

/// How many sentences a pronoun looks back.
const PRONOUN_WINDOW_SENTENCES: usize = 8;
/// The least score of an antecedent.
const MIN_SALIENCE: f32 = -4.0;

/// The weight of the speaker of a quote.
const SPEAKER_WEIGHT: f32 = 1.2;
/// The weight of the first name of a sentence, likely its subject.
const SUBJECT_WEIGHT: f32 = 0.9;
/// The weight of a name after a preposition, "told" or "and".
const OBJECT_WEIGHT: f32 = -0.4;
/// The weight of a name in the possessive: "Lee's".
const POSSESSIVE_WEIGHT: f32 = -0.3;
/// The weight of any other name.
const OTHER_WEIGHT: f32 = 0.0;
/// The weight of a mention in the same block.
const SAME_BLOCK_WEIGHT: f32 = 0.4;
/// What each sentence between mention and source costs.
const SENTENCE_DISTANCE_COST: f32 = 0.8;

/// Words before a name that is no subject.
const BEFORE_OBJECTS: &[&str] =
    &["about", "against", "and", "at", "by", "for", "from", "in", "of", "on", "to", "told", "with"];

/// A mention to which later words may refer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SalientMention {
    pub(crate) cluster: usize,
    span: Span,
    sentence: usize,
    /// The weight of its position in the sentence.
    weight: f32,
}

/// All mentions before the source that is being resolved.
pub(crate) struct Salience<'a> {
    /// Names outside quotation marks, in reading order.
    named: Vec<SalientMention>,
    /// Sources, in reading order.
    spoken: Vec<SalientMention>,
    quoted: &'a [Span],
}

impl<'a> Salience<'a> {
    /// Weighs the `mentions` outside the `quoted` spans. `cluster_of_mention` has the cluster of each mention.
    pub(crate) fn new(
        doc: &Document,
        mentions: &[EntityMention],
        cluster_of_mention: &[usize],
        quoted: &'a [Span],
    ) -> Self {
        let mut salience = Self { named: Vec::with_capacity(mentions.len()), spoken: Vec::new(), quoted };
        let mut last_sentence = None;
        for (mention, cluster) in mentions.iter().zip(cluster_of_mention) {
            if salience.is_quoted(mention.span.start) {
                continue;
            }
            let sentence = doc.sentence_of(mention.tokens.start);
            let is_first = last_sentence != Some(sentence);
            last_sentence = Some(sentence);
            let before = mention.tokens.start.checked_sub(1).map_or("", |it| doc.word(it));
            let is_object = BEFORE_OBJECTS.binary_search(&before).is_ok();
            let is_possessive = matches!(doc.word(mention.tokens.end), "'s" | "’s");
            let weight = match (is_first, is_object, is_possessive) {
                (true, false, false) => SUBJECT_WEIGHT,
                (_, true, _) => OBJECT_WEIGHT,
                (_, _, true) => POSSESSIVE_WEIGHT,
                _ => OTHER_WEIGHT,
            };
            salience.named.push(SalientMention { cluster: *cluster, span: mention.span, sentence, weight });
        }
        salience
    }

    /// Whether the byte at `offset` is in quotation marks.
    pub(crate) fn is_quoted(&self, offset: usize) -> bool {
        let next = self.quoted.partition_point(|it| it.end <= offset);
        self.quoted.get(next).is_some_and(|it| it.contains(offset))
    }

    /// Adds `source`, by which a cluster speaks.
    pub(crate) fn add_speaker(&mut self, doc: &Document, cluster: usize, source: Span) {
        let sentence = doc.sentence_of(doc.token_at(source.start));
        self.spoken.push(SalientMention { cluster, span: source, sentence, weight: SPEAKER_WEIGHT });
    }

    /// The cluster of the name or source at a byte offset.
    pub(crate) fn cluster_at(&self, offset: usize) -> Option<usize> {
        let next = self.named.partition_point(|it| it.span.end <= offset);
        let named = self.named.get(next).filter(|it| it.span.contains(offset));
        named.or_else(|| self.spoken.iter().rev().find(|it| it.span.contains(offset))).map(|it| it.cluster)
    }

    /// The cluster of the last mention before `source`, to which a relative pronoun refers.
    pub(crate) fn latest_before(&self, source: Span) -> Option<usize> {
        let named = self.named_before(source).last();
        let spoken = self.spoken.iter().rev().find(|it| it.span.start < source.start);
        named.into_iter().chain(spoken).max_by_key(|it| it.span.start).map(|it| it.cluster)
    }

    /// The cluster with the highest score before `source`. `fit` tells how well a cluster fits; `None` where it cannot be
    /// the antecedent.
    pub(crate) fn most_salient(
        &self,
        doc: &Document,
        source: Span,
        fit: impl Fn(&SalientMention) -> Option<f32>,
    ) -> Option<usize> {
        let sentence = doc.sentence_of(doc.token_at(source.start));
        let block = doc.sentences.get(sentence)?.block;
        let is_near = |it: &&SalientMention| sentence.saturating_sub(it.sentence) <= PRONOUN_WINDOW_SENTENCES;
        let named = self.named_before(source).iter().rev().take_while(is_near);
        let spoken = self.spoken.iter().rev().filter(|it| it.span.start < source.start).take_while(is_near);
        let mut best: Option<(f32, usize)> = None;
        for mention in named.chain(spoken) {
            let Some(fit) = fit(mention) else { continue };
            let distance = sentence.saturating_sub(mention.sentence);
            let is_same_block = doc.sentences[mention.sentence].block == block;
            let proximity = if is_same_block { SAME_BLOCK_WEIGHT } else { 0.0 };
            let score = fit + mention.weight + proximity - SENTENCE_DISTANCE_COST * distance as f32;
            if best.is_none_or(|(highest, _)| score > highest) {
                best = Some((score, mention.cluster));
            }
        }
        best.filter(|(score, _)| *score > MIN_SALIENCE).map(|(_, cluster)| cluster)
    }

    fn named_before(&self, source: Span) -> &[SalientMention] {
        &self.named[..self.named.partition_point(|it| it.span.start < source.start)]
    }
}
