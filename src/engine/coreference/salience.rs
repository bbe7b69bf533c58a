//! Salience: who was mentioned where and how prominently, so that pronouns and descriptions find their antecedents.
//!
//! The score of an antecedent is how well it fits, plus the weight of its mention, plus [`SAME_BLOCK_WEIGHT`], less
//! [`SENTENCE_DISTANCE_COST`] for each sentence between.

use crate::analysis::EntityKind;
use crate::engine::coreference::organization_subjects;
use crate::engine::entities::EntityMention;
use crate::engine::text::document::Document;
use crate::engine::text::lexicon::LexicalClass;
use crate::span::Span;
use crate::story::BlockKind;
use crate::word_list::word_list;

/// How many sentences a pronoun looks back.
const PRONOUN_WINDOW_SENTENCES: usize = 8;
/// How many names, and how many sources and pronouns, it looks back at most: text without full stops is one sentence.
const MAX_MENTIONS_BACK: usize = 150;
/// How many sources that begin before a byte are asked whether they hold it.
const MAX_OVERLAPPING_SOURCES: usize = 8;
/// How many sentences before "both" the people may be named whom it means.
const MAX_SENTENCES_TO_GROUP: usize = 2;
/// The least score of an antecedent.
const MIN_SALIENCE: f32 = -4.0;

/// The weight of the speaker of a quote.
const SPEAKER_WEIGHT: f32 = 1.2;
/// The weight of a person whose view a sentence tells before its subject. It outweighs the tagger's link, which has not learned this.
const TOPIC_WEIGHT: f32 = 2.6;
/// The weight of the first name of a sentence, likely its subject, and of those that "and" joins with it.
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

/// How many tokens may stand between "For" and a name: "For | harbour musicians such as | Ann Lee,".
const MAX_TOKENS_BEFORE_TOPIC: usize = 6;

/// Words before a name that is no subject.
const BEFORE_OBJECTS: &[&str] = &word_list!("object-openers");

/// A mention to which later words may refer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SalientMention {
    pub(crate) cluster: usize,
    pub(crate) span: Span,
    pub(crate) sentence: usize,
    /// The weight of its position in the sentence.
    weight: f32,
    /// Whether it is the source of a quote.
    is_speaker: bool,
}

/// What a pronoun or description refers to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Antecedent {
    pub(crate) cluster: usize,
    /// The score of its best mention less that of the best mention of another cluster; infinite where no other fits.
    pub(crate) margin: f32,
    /// That other cluster.
    pub(crate) second: Option<usize>,
}

/// All mentions before the source that is being resolved.
pub(crate) struct Salience<'a> {
    /// Names outside quotation marks, in reading order.
    named: Vec<SalientMention>,
    /// Sources, pronouns and groups, in the order of their starts.
    spoken: Vec<SalientMention>,
    quoted: &'a [Span],
}

impl<'a> Salience<'a> {
    /// Weighs the `mentions` outside the `quoted` spans, captions, bylines and furniture. `cluster_of_mention` has the
    /// cluster of each mention.
    pub(crate) fn new(
        doc: &Document,
        mentions: &[EntityMention],
        cluster_of_mention: &[usize],
        quoted: &'a [Span],
    ) -> Self {
        let mut salience = Self { named: Vec::with_capacity(mentions.len()), spoken: Vec::new(), quoted };
        let mut last: Option<(SalientMention, usize)> = None;
        for (mention, cluster) in mentions.iter().zip(cluster_of_mention) {
            if mention.is_credit || salience.is_quoted(mention.span.start) || is_aside(doc, mention.span) {
                continue;
            }
            let sentence = doc.sentence_of(mention.tokens.start);
            let in_sentence = last.filter(|(it, _)| it.sentence == sentence);
            let before = mention.tokens.start.checked_sub(1).map_or("", |it| doc.word(it));
            let is_object = BEFORE_OBJECTS.binary_search(&before).is_ok();
            let is_possessive = matches!(doc.word(mention.tokens.end), "'s" | "’s");
            let joined_weight = in_sentence
                .filter(|(_, end)| is_joint(doc, *end, mention.tokens.start))
                .map(|(it, _)| it.weight);
            let is_first =
                in_sentence.is_none() && !follows_organization(doc, sentence, mention.tokens.start);
            let weight = match (is_first, is_object, is_possessive) {
                _ if is_topic(doc, sentence, mention) => TOPIC_WEIGHT,
                (true, false, false) => SUBJECT_WEIGHT,
                (_, true, _) => joined_weight.unwrap_or(OBJECT_WEIGHT),
                (_, _, true) => POSSESSIVE_WEIGHT,
                _ => OTHER_WEIGHT,
            };
            let salient =
                SalientMention { cluster: *cluster, span: mention.span, sentence, weight, is_speaker: false };
            salience.named.push(salient);
            last = Some((salient, mention.tokens.end));
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
        self.add(doc, cluster, source, SPEAKER_WEIGHT, true);
    }

    /// Adds a pronoun or a group that does not speak.
    pub(crate) fn add_mention(&mut self, doc: &Document, cluster: usize, span: Span, is_subject: bool) {
        let weight = if is_subject { SUBJECT_WEIGHT } else { OTHER_WEIGHT };
        self.add(doc, cluster, span, weight, false);
    }

    fn add(&mut self, doc: &Document, cluster: usize, span: Span, weight: f32, is_speaker: bool) {
        let sentence = doc.sentence_of(doc.token_at(span.start));
        self.spoken.push(SalientMention { cluster, span, sentence, weight, is_speaker });
    }

    /// The speakers of the narrated sentence before that of `source`, the last one first. Quoted sentences may stand between the two.
    pub(crate) fn speakers_of_last_sentence(&self, doc: &Document, source: Span) -> Vec<SalientMention> {
        let sentence = doc.sentence_of(doc.token_at(source.start));
        let before = &self.spoken[..self.spoken.partition_point(|it| it.span.start < source.start)];
        let near = before.iter().rev().take(MAX_MENTIONS_BACK);
        let mut speakers = near.filter(|it| it.is_speaker && it.sentence < sentence).peekable();
        let Some(last) = speakers.peek().map(|it| it.sentence) else { return Vec::new() };
        let is_narrated = |it: usize| {
            let start = doc.sentences[it].tokens.start;
            !self.is_quoted(doc.tokens[start].span.start)
        };
        if sentence - last > PRONOUN_WINDOW_SENTENCES || (last + 1..sentence).any(is_narrated) {
            return Vec::new();
        }
        speakers.take_while(|it| it.sentence == last).copied().collect()
    }

    /// Whether a cluster is among the last speakers.
    pub(crate) fn has_spoken(&self, cluster: usize) -> bool {
        self.spoken.iter().rev().take(MAX_MENTIONS_BACK).any(|it| it.is_speaker && it.cluster == cluster)
    }

    /// How many of the last sources before `source` are of a cluster.
    pub(crate) fn times_spoken(&self, cluster: usize, source: Span) -> usize {
        let before = &self.spoken[..self.spoken.partition_point(|it| it.span.start < source.start)];
        let near = before.iter().rev().take(MAX_MENTIONS_BACK);
        near.filter(|it| it.is_speaker && it.cluster == cluster).count()
    }

    /// The last speaker before `source`, also where it spoke many sentences before.
    pub(crate) fn last_speaker(&self, source: Span) -> Option<&SalientMention> {
        self.speakers_before(source).next()
    }

    /// The last speakers before `source`, the last one first.
    pub(crate) fn speakers_before(&self, source: Span) -> impl Iterator<Item = &SalientMention> {
        let before = &self.spoken[..self.spoken.partition_point(|it| it.span.start < source.start)];
        before.iter().rev().take(MAX_MENTIONS_BACK).filter(|it| it.is_speaker)
    }

    /// The clusters that are named from one byte to another; with `are_groups_told` those of groups and pronouns too.
    pub(crate) fn clusters_from(
        &self,
        start: usize,
        end: usize,
        are_groups_told: bool,
    ) -> impl Iterator<Item = usize> {
        let spoken: &[SalientMention] = if are_groups_told { &self.spoken } else { &[] };
        let within = move |mentions: &'_ [SalientMention]| -> Vec<usize> {
            let first = mentions.partition_point(|it| it.span.start < start);
            let near = mentions[first..].iter().take(MAX_MENTIONS_BACK);
            near.take_while(|it| it.span.start < end).map(|it| it.cluster).collect()
        };
        within(&self.named).into_iter().chain(within(spoken))
    }

    /// The cluster of the name or source at a byte offset.
    pub(crate) fn cluster_at(&self, offset: usize) -> Option<usize> {
        let next = self.named.partition_point(|it| it.span.end <= offset);
        let named = self.named.get(next).filter(|it| it.span.contains(offset));
        let begun = &self.spoken[..self.spoken.partition_point(|it| it.span.start <= offset)];
        let spoken = || begun.iter().rev().take(MAX_OVERLAPPING_SOURCES).find(|it| it.span.contains(offset));
        named.or_else(spoken).map(|it| it.cluster)
    }

    /// Whether a cluster is named between the end of `source` and the byte `end`.
    pub(crate) fn is_named_between(&self, cluster: usize, source: Span, end: usize) -> bool {
        let first = self.named.partition_point(|it| it.span.start < source.end);
        let after = self.named[first..].iter().take(MAX_MENTIONS_BACK).take_while(|it| it.span.start < end);
        after.into_iter().any(|it| it.cluster == cluster)
    }

    /// Whether a name is the likely subject of a clause from one byte to another.
    pub(crate) fn is_subject_named_between(&self, start: usize, end: usize) -> bool {
        let first = self.named.partition_point(|it| it.span.start < start);
        let within = self.named[first..].iter().take(MAX_MENTIONS_BACK).take_while(|it| it.span.start < end);
        within.into_iter().any(|it| it.weight >= SUBJECT_WEIGHT)
    }

    /// The different clusters that the last sentence with names before the sentence of `source` names, in reading order; none where it is not
    /// one of the two sentences before.
    pub(crate) fn named_in_last_sentence(&self, doc: &Document, source: Span) -> Vec<usize> {
        let sentence = doc.sentence_of(doc.token_at(source.start));
        let before = self.named_before(source);
        let before = &before[..before.partition_point(|it| it.sentence < sentence)];
        let Some(last) = before.last().map(|it| it.sentence) else { return Vec::new() };
        let first = before.partition_point(|it| it.sentence < last);
        let mut clusters: Vec<usize> = Vec::new();
        for mention in before[first..].iter().take(MAX_MENTIONS_BACK) {
            if !clusters.contains(&mention.cluster) && sentence - last <= MAX_SENTENCES_TO_GROUP {
                clusters.push(mention.cluster);
            }
        }
        clusters
    }

    /// Whether a name stands before `source` in its sentence.
    pub(crate) fn is_named_in_sentence_before(&self, doc: &Document, source: Span) -> bool {
        let sentence = doc.sentence_of(doc.token_at(source.start));
        self.named_before(source).last().is_some_and(|it| it.sentence == sentence)
    }

    /// The last mention before `source`.
    pub(crate) fn last_mention_before(&self, source: Span) -> Option<&SalientMention> {
        let named = self.named_before(source).last();
        let spoken = self.spoken[..self.spoken.partition_point(|it| it.span.start < source.start)].last();
        named.into_iter().chain(spoken).max_by_key(|it| it.span.start)
    }

    /// The speakers of a sentence, in reading order.
    pub(crate) fn speakers_in(&self, sentence: usize) -> impl Iterator<Item = &SalientMention> {
        let first = self.spoken.partition_point(|it| it.sentence < sentence);
        let within = self.spoken[first..].iter().take_while(move |it| it.sentence == sentence);
        within.filter(|it| it.is_speaker)
    }

    /// The cluster with the highest score before `source`. `fit` tells how well a cluster fits; `None` where it cannot be
    /// the antecedent.
    pub(crate) fn most_salient(
        &self,
        doc: &Document,
        source: Span,
        fit: impl Fn(&SalientMention) -> Option<f32>,
    ) -> Option<Antecedent> {
        let sentence = doc.sentence_of(doc.token_at(source.start));
        let block = doc.sentences.get(sentence)?.block;
        let is_near = |it: &&SalientMention| sentence.saturating_sub(it.sentence) <= PRONOUN_WINDOW_SENTENCES;
        let named = self.named_before(source).iter().rev().take(MAX_MENTIONS_BACK).take_while(is_near);
        let spoken = &self.spoken[..self.spoken.partition_point(|it| it.span.start < source.start)];
        let spoken = spoken.iter().rev().take(MAX_MENTIONS_BACK).take_while(is_near);
        let mut best: Option<(f32, usize)> = None;
        let mut second = (f32::NEG_INFINITY, None);
        for mention in named.chain(spoken) {
            let Some(fit) = fit(mention) else { continue };
            let distance = sentence.saturating_sub(mention.sentence);
            let is_same_block = doc.sentences[mention.sentence].block == block;
            let proximity = if is_same_block { SAME_BLOCK_WEIGHT } else { 0.0 };
            let score = fit + mention.weight + proximity - SENTENCE_DISTANCE_COST * distance as f32;
            match best {
                Some((highest, cluster)) if cluster == mention.cluster => {
                    best = Some((highest.max(score), cluster));
                }
                Some((highest, cluster)) if score > highest => {
                    second = (highest, Some(cluster));
                    best = Some((score, mention.cluster));
                }
                Some(_) if score > second.0 => second = (score, Some(mention.cluster)),
                Some(_) => {}
                None => best = Some((score, mention.cluster)),
            }
        }
        let (score, cluster) = best.filter(|(score, _)| *score > MIN_SALIENCE)?;
        Some(Antecedent { cluster, margin: score - second.0, second: second.1 })
    }

    /// Whether one sentence before `source` names two clusters.
    pub(crate) fn are_named_together(&self, one: usize, other: usize, source: Span) -> bool {
        let near = self.named_before(source).iter().rev().take(MAX_MENTIONS_BACK);
        let sentences =
            |cluster: usize| near.clone().filter(move |it| it.cluster == cluster).map(|it| it.sentence);
        let of_other: Vec<usize> = sentences(other).collect();
        sentences(one).any(|it| of_other.contains(&it))
    }

    fn named_before(&self, source: Span) -> &[SalientMention] {
        &self.named[..self.named.partition_point(|it| it.span.start < source.start)]
    }
}

/// Whether a person with a full name is the one whose view a sentence tells before its subject: "For Ann Lee, the river is …", "For bakers
/// such as Ann Lee, …". A surname alone may be the one of whom others speak: "For Lee, the vote is a test."
fn is_topic(doc: &Document, sentence: usize, name: &EntityMention) -> bool {
    let Some(sentence) = doc.sentences.get(sentence) else { return false };
    let start = sentence.tokens.start;
    let before = start + 1..name.tokens.start;
    let is_led = before.is_empty()
        || before.len() <= MAX_TOKENS_BEFORE_TOPIC
            && (matches!(doc.word(before.end - 1), "as" | "like")
                || !before.clone().any(|it| doc.is(it, LexicalClass::Preposition)));
    name.kind == EntityKind::Person
        && name.tokens.len() > 1
        && doc.word(start) == "For"
        && name.tokens.start > start
        && doc.word(name.tokens.end) == ","
        && is_led
        && before.clone().all(|it| doc.word(it) != ",")
}

/// Whether an organisation without a name is the subject of a sentence, before the name at token `start`: "The council sued | Norbex".
fn follows_organization(doc: &Document, sentence: usize, start: usize) -> bool {
    let sentence = doc.sentences.get(sentence);
    let organization =
        sentence.and_then(|it| organization_subjects::organization_subject(doc, it.tokens.clone()));
    organization.is_some_and(|it| it.end <= start)
}

/// Whether only "and", commas and numbers stand between the tokens `end` and `start` of two names: "Ann Lee, 40, and Bo Ray".
fn is_joint(doc: &Document, end: usize, start: usize) -> bool {
    let mut between = (end..start).map(|it| doc.word(it));
    between.all(|it| matches!(it, "," | "and" | "&") || it.starts_with(|it: char| it.is_ascii_digit()))
}

/// Whether a span stands in a block that is no prose of the story, or in a dateline. Its names are nobody's antecedents.
pub(crate) fn is_aside(doc: &Document, span: Span) -> bool {
    let block = doc.story.block_at(span.start).map(|it| &doc.story.blocks()[it]);
    block.is_some_and(|it| matches!(it.kind, BlockKind::Caption | BlockKind::Furniture | BlockKind::Byline))
        || is_dateline(doc, span)
}

/// Whether a span stands in a dateline.
pub(crate) fn is_dateline(doc: &Document, span: Span) -> bool {
    let dateline = doc.story.block_at(span.start).and_then(|it| doc.story.blocks()[it].dateline);
    dateline.is_some_and(|it| it.contains(span.start))
}

/// Whether a span stands in the byline or in the furniture of the page, neither of which is a part of the story.
pub(crate) fn is_outside_story(doc: &Document, span: Span) -> bool {
    let block = doc.story.block_at(span.start).map(|it| doc.story.blocks()[it].kind);
    matches!(block, Some(BlockKind::Byline | BlockKind::Furniture))
}
