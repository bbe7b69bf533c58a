//! The tagger: finds entities, spans of sources, cues and contents, and links between them, with a small language model.
//!
//! 1. [`word_pieces`] splits the blocks into words and word pieces.
//! 2. [`windows`] splits the words into windows; the encoder reads each by itself, several at a time.
//! 3. [`encoder`] (read from the embedded file by [`mod@format`]) scores the labels of each word by its first piece.
//! 4. [`crf`] finds the best labels of the whole story and the probability of each span.
//! 5. Links are scored when they are asked for: [`TaggerOutput::content_links`], [`TaggerOutput::cue_links`],
//!    [`TaggerOutput::antecedents`].

pub(crate) mod crf;
pub(crate) mod encoder;
pub(crate) mod format;
pub(crate) mod layers;
pub(crate) mod quantized;
pub(crate) mod windows;
pub(crate) mod word_pieces;

use std::ops::Range;
use std::sync::OnceLock;

use rayon::ThreadPool;
use rayon::prelude::*;

use crate::analysis::EntityKind;
use crate::engine::tagger::crf::LabeledSpan;
use crate::engine::tagger::encoder::{Encoder, Logits};
use crate::engine::tagger::word_pieces::{CLS, LINE, SEP, SPECIAL_SHAPE, Vocabulary, WordPieces};
use crate::span::Span;
use crate::story::Story;

/// The tagger. It loads its model from the binary for the first story, which takes some milliseconds.
#[derive(Default)]
pub(crate) struct Tagger {
    model: OnceLock<LoadedModel>,
}

struct LoadedModel {
    vocabulary: Vocabulary,
    encoder: Encoder,
    /// `None` where the system gives no threads; the windows are then read one after the other.
    pool: Option<ThreadPool>,
}

/// What the tagger found in a story. All spans are spans of the story's text.
#[derive(Default)]
pub(crate) struct TaggerOutput {
    /// People, organisations and places, in reading order.
    pub(crate) entities: Vec<TaggedEntity>,
    /// Sources, cues and contents, in reading order and without overlaps. Contents have no quotation marks and no full stop
    /// at their ends.
    pub(crate) spans: Vec<TaggedSpan>,
    words: Vec<TaggedWord>,
    windows: Vec<Window>,
}

/// Words that the encoder read together, and their scores.
struct Window {
    words: Range<usize>,
    logits: Logits,
}

/// A named entity.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct TaggedEntity {
    pub(crate) span: Span,
    pub(crate) kind: EntityKind,
    /// The probability that exactly these words are an entity of this kind.
    pub(crate) probability: f32,
}

/// A part of an attribution.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct TaggedSpan {
    pub(crate) span: Span,
    pub(crate) role: SpanRole,
    /// The probability that exactly these words have this role.
    pub(crate) probability: f32,
}

/// The role of a span in an attribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SpanRole {
    /// The speaker.
    Source,
    /// The words that report what was said.
    Cue,
    /// What was said.
    Content,
}

/// A link to a span, with its probability.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Link {
    /// The index of the linked span; `None` for a link to nothing.
    pub(crate) target: Option<usize>,
    pub(crate) probability: f32,
}

/// One word that the encoder read.
struct TaggedWord {
    span: Span,
    /// How many block ends that weaken links are before it.
    gaps_before: u16,
}

// The link kinds, as the encoder numbers them.
const CUE_LINK: usize = 0;
const SOURCE_LINK: usize = 1;
const ANTECEDENT_LINK: usize = 2;

/// What each block end between them adds to the score of a link, unless a colon is before it.
/// Tuned on the development sets.
const GAP_BIAS: f32 = -5.0;
/// What is added to the score that a cue has no source. Tuned on the development sets.
const NO_SOURCE_BIAS: f32 = -6.0;

impl Tagger {
    /// Tags a story.
    pub(crate) fn tag(&self, story: &Story) -> TaggerOutput {
        self.model.get_or_init(LoadedModel::embedded).tag(story)
    }
}

impl LoadedModel {
    fn embedded() -> Self {
        let vocabulary = Vocabulary::parse(include_str!(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/assets/model/vocabulary.txt"
        )));
        let network = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/model/network.bin"));
        let encoder = format::read_encoder(network).expect("the embedded model is valid");
        Self { vocabulary, encoder, pool: rayon::ThreadPoolBuilder::new().build().ok() }
    }

    fn tag(&self, story: &Story) -> TaggerOutput {
        let read = self.vocabulary.tokenize(story.text(), story.blocks().iter().map(|it| it.span));
        let sizes: Vec<usize> = read.words.iter().map(|it| it.pieces.len()).collect();
        let windows = windows::split_windows(&sizes, |at| read.ids[read.words[at].pieces.start] == LINE);
        let score = |words: Range<usize>| {
            let logits = self.score_words(&read, words.clone());
            Window { words, logits }
        };
        let windows = match &self.pool {
            Some(pool) => pool.install(|| windows.into_par_iter().map(score).collect()),
            None => windows.into_iter().map(score).collect(),
        };
        TaggerOutput::decode(story.text(), &self.encoder, &read, windows)
    }

    /// The encoder's scores of some words, one row a word.
    fn score_words(&self, read: &WordPieces, words: Range<usize>) -> Logits {
        let (mut ids, mut shapes, mut firsts) =
            (vec![CLS], vec![SPECIAL_SHAPE], Vec::with_capacity(words.len()));
        for word in &read.words[words] {
            firsts.push(ids.len());
            ids.extend_from_slice(&read.ids[word.pieces.clone()]);
            shapes.resize(ids.len(), word.shape);
        }
        ids.push(SEP);
        shapes.push(SPECIAL_SHAPE);
        self.encoder.forward(&ids, &shapes, &firsts)
    }
}

impl TaggerOutput {
    fn decode(text: &str, encoder: &Encoder, read: &WordPieces, windows: Vec<Window>) -> Self {
        let (mut attribution_scores, mut entity_scores) = (Vec::new(), Vec::new());
        for Window { words, logits } in &windows {
            for row in 0..words.len() {
                attribution_scores.extend_from_slice(logits.attribution(row));
                entity_scores.extend_from_slice(logits.entities(row));
            }
        }
        let [attribution, entities] = &encoder.crfs;
        let span_of =
            |it: &LabeledSpan| read.words[it.words.start].span.cover(read.words[it.words.end - 1].span);
        let tagged_span = |it: &LabeledSpan| {
            let role = [SpanRole::Source, SpanRole::Cue, SpanRole::Content].get(it.kind).copied()?;
            Some(TaggedSpan { span: span_of(it), role, probability: it.probability })
        };
        let entity = |it: &LabeledSpan| {
            let kinds = [EntityKind::Person, EntityKind::Organisation, EntityKind::Place];
            let kind = kinds.get(it.kind).copied()?;
            Some(TaggedEntity { span: span_of(it), kind, probability: it.probability })
        };
        let marginals = attribution.forward_backward(&attribution_scores);
        let spans = attribution.decode_spans(&attribution_scores, &marginals);
        let marginals = entities.forward_backward(&entity_scores);
        let entities = entities.decode_spans(&entity_scores, &marginals);
        let mut gaps_before = 0_u16;
        let words = read.words.iter().map(|word| {
            let weakens_links = word.span.is_empty() && !text[..word.span.start].trim_end().ends_with(':');
            gaps_before = gaps_before.wrapping_add(u16::from(weakens_links));
            TaggedWord { span: word.span, gaps_before }
        });
        Self {
            entities: entities.iter().filter_map(entity).collect(),
            spans: spans.iter().filter_map(tagged_span).collect(),
            words: words.collect(),
            windows,
        }
    }

    /// The links of the content at `span` to its cue, or else to its source, or to nothing; the most likely first.
    pub(crate) fn content_links(&self, span: Span) -> Vec<Link> {
        self.ranked_links(CUE_LINK, span, 0.0, |it| it != SpanRole::Content)
    }

    /// The links of the cue at `span` to its source or to nothing; the most likely first.
    pub(crate) fn cue_links(&self, span: Span) -> Vec<Link> {
        self.ranked_links(SOURCE_LINK, span, NO_SOURCE_BIAS, |it| it == SpanRole::Source)
    }

    /// The possible antecedents of the pronoun at `span`: the words of its window, each with its probability.
    pub(crate) fn antecedents(&self, span: Span) -> Vec<(Span, f32)> {
        let Some((from, window)) = self.words_in(span).next().and_then(|it| self.window_of(it)) else {
            return Vec::new();
        };
        let score = |row: usize| window.logits.link_score(ANTECEDENT_LINK, from, row);
        let scores: Vec<f32> = (0..window.words.len()).map(score).collect();
        self.words[window.words.clone()].iter().map(|it| it.span).zip(softmax(&scores)).collect()
    }

    /// The links of one kind from `span` to spans of its window, the most likely first. `bias` is added to the score of a
    /// link to nothing.
    fn ranked_links(
        &self,
        link: usize,
        span: Span,
        bias: f32,
        is_target: impl Fn(SpanRole) -> bool,
    ) -> Vec<Link> {
        let Some((from, window)) = self.words_in(span).next().and_then(|it| self.window_of(it)) else {
            return Vec::new();
        };
        // A link of a word to itself stands for a link to nothing.
        let mut targets = vec![(None, from)];
        let start = self.words[window.words.start].span.start;
        let first_span = self.spans.partition_point(|it| it.span.start < start);
        for (index, target) in self.spans.iter().enumerate().skip(first_span) {
            let first = self.words_in(target.span).start;
            if first >= window.words.end {
                break;
            }
            let row = first - window.words.start;
            if is_target(target.role) && row != from {
                targets.push((Some(index), row));
            }
        }
        let gaps_before = |row: usize| self.words[window.words.start + row].gaps_before;
        let score = |(target, row): &(Option<usize>, usize)| {
            let bias = match target {
                Some(_) => GAP_BIAS * f32::from(gaps_before(*row).abs_diff(gaps_before(from))),
                None => bias,
            };
            window.logits.link_score(link, from, *row) + bias
        };
        let scores: Vec<f32> = targets.iter().map(score).collect();
        let link =
            |(probability, target): (f32, &(Option<usize>, usize))| Link { target: target.0, probability };
        let mut links: Vec<Link> = softmax(&scores).into_iter().zip(&targets).map(link).collect();
        links.sort_by(|a, b| b.probability.total_cmp(&a.probability));
        links
    }

    /// The row of a word in its window, and the window; `None` behind the last word.
    fn window_of(&self, word: usize) -> Option<(usize, &Window)> {
        let window = self.windows.get(self.windows.partition_point(|it| it.words.end <= word))?;
        Some((word - window.words.start, window))
    }

    /// The words that overlap a span.
    fn words_in(&self, span: Span) -> Range<usize> {
        let start = self.words.partition_point(|it| it.span.end <= span.start);
        let end = start + self.words[start..].partition_point(|it| it.span.start < span.end);
        start..end
    }
}

/// Turns scores into probabilities that sum to 1.
fn softmax(scores: &[f32]) -> Vec<f32> {
    let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let weights: Vec<f32> = scores.iter().map(|it| (it - top).exp()).collect();
    let total: f32 = weights.iter().sum();
    weights.iter().map(|it| it / total).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;
    use crate::story::{Block, BlockKind, Format};

    thread_local! {
        static READY: Tagger = Tagger::default();
    }

    /// A story with one paragraph a line.
    fn story(text: &str) -> Story {
        let mut start = 0;
        let mut blocks = Vec::new();
        for line in text.split('\n') {
            let span = Span::new(start, start + line.len()).trim(text);
            blocks.push(Block::new(BlockKind::Paragraph, span));
            start += line.len() + 1;
        }
        Story::new(Format::Plain, text.into(), blocks)
    }

    /// Windows of invented text as `training/export.py` cut them, with f32 scores for some.
    fn reference() -> Vec<Value> {
        let rows = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/tagger/reference.json"));
        serde_json::from_str(rows).unwrap()
    }

    fn numbers(rows: &Value) -> Vec<f32> {
        let rows = rows.as_array().unwrap().iter().flat_map(|it| it.as_array().unwrap());
        rows.map(|it| it.as_f64().unwrap() as f32).collect()
    }

    #[test]
    fn words_and_pieces_are_those_that_the_network_was_trained_on() {
        let ready = LoadedModel::embedded();
        for row in reference() {
            let text = row["text"].as_str().unwrap();
            let read = ready.vocabulary.tokenize(text, story(text).blocks().iter().map(|it| it.span));
            for (word, wanted) in read.words.iter().zip(row["words"].as_array().unwrap()) {
                let ids = &read.ids[word.pieces.clone()];
                assert_eq!(
                    serde_json::json!([word.shape, ids]),
                    serde_json::json!([wanted[2], wanted[3]]),
                    "{text}"
                );
                let gap = ids == [LINE];
                let span = serde_json::json!([word.span.start, word.span.end]);
                assert!(gap || span == serde_json::json!([wanted[0], wanted[1]]), "{text}");
            }
        }
    }

    #[test]
    fn scores_in_whole_numbers_are_near_those_in_fractions() {
        let ready = LoadedModel::embedded();
        for row in reference().iter().filter(|it| it["attribution"].is_array()) {
            let text = row["text"].as_str().unwrap();
            let read = ready.vocabulary.tokenize(text, story(text).blocks().iter().map(|it| it.span));
            let count = row["words"].as_array().unwrap().len();
            let outputs = ready.score_words(&read, 0..count);
            let scores = |part: fn(&Logits, usize) -> &[f32]| {
                (0..count).flat_map(|it| part(&outputs, it)).copied().collect::<Vec<f32>>()
            };
            for (name, scores) in
                [("attribution", scores(Logits::attribution)), ("names", scores(Logits::entities))]
            {
                let wanted = numbers(&row[name]);
                let off: f32 = scores.iter().zip(&wanted).map(|(a, b)| (a - b).powi(2)).sum();
                let size: f32 = wanted.iter().map(|it| it.powi(2)).sum();
                assert_eq!(scores.len(), wanted.len());
                assert!((off / size).sqrt() < 0.06, "{name}: off by {} of 1", (off / size).sqrt());
            }
        }
    }

    #[test]
    fn who_said_what_is_found_and_linked() {
        let text = "The harbour wall will be rebuilt by May, Mayor Ann Lee said on Monday.";
        let tagged = Tagger::default().tag(&story(text));
        let words = |part: SpanRole| {
            let spans = tagged.spans.iter().filter(|it| it.role == part);
            spans.map(|it| it.span.slice(text)).collect::<Vec<_>>()
        };
        assert_eq!(words(SpanRole::Content), ["The harbour wall will be rebuilt by May"]);
        assert_eq!(words(SpanRole::Cue), ["said"]);
        let end = |links: Vec<Link>| links.first().and_then(|it| it.target).map(|it| tagged.spans[it]);
        let content = tagged.spans.iter().find(|it| it.role == SpanRole::Content).unwrap();
        let cue = end(tagged.content_links(content.span)).unwrap();
        assert_eq!(cue.role, SpanRole::Cue);
        assert!(end(tagged.cue_links(cue.span)).unwrap().span.slice(text).ends_with("Ann Lee"));
        assert!(
            tagged
                .entities
                .iter()
                .any(|it| it.span.slice(text) == "Ann Lee" && it.kind == EntityKind::Person)
        );
    }

    #[test]
    fn a_pronoun_is_linked_to_the_one_it_means() {
        let text = "Ann Lee met reporters in Oslo. She said that the wall would hold.";
        let tagged = Tagger::default().tag(&story(text));
        let at = |words: &str| text.find(words).map(|it| Span::new(it, it + words.len())).unwrap();
        let antecedents = tagged.antecedents(at("She"));
        let share: f32 =
            antecedents.iter().filter(|it| at("Ann Lee").contains_span(it.0)).map(|it| it.1).sum();
        assert!(share > 0.5, "{antecedents:?}");
    }

    #[test]
    fn a_story_without_words_has_nothing_to_say() {
        let tagged = Tagger::default().tag(&story(""));
        assert!(tagged.entities.is_empty() && tagged.spans.is_empty());
        assert!(tagged.content_links(Span::new(0, 9)).is_empty());
        assert!(tagged.antecedents(Span::new(0, 9)).is_empty());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn any_text_gives_stretches_in_order_on_character_boundaries(text in "[ \n“”'\",.a-zA-Zéß漢\u{ad}\u{300}]{0,80}|\\PC{0,80}") {
            let story = story(&text);
            let tagged = READY.with(|it| it.tag(&story));
            let mut end = 0;
            for span in &tagged.spans {
                prop_assert!(span.span.start >= end && !span.span.slice(story.text()).is_empty());
                prop_assert!((0.0..=1.001).contains(&span.probability));
                end = span.span.end;
                tagged.content_links(span.span);
                tagged.cue_links(span.span);
            }
            for name in &tagged.entities {
                prop_assert!(!name.span.slice(story.text()).is_empty());
            }
        }
    }
}
