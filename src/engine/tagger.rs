//! The tagger: finds entities, spans of sources, cues and contents, and links between them, with a small language model.
//!
//! 1. [`word_pieces`] splits the blocks into words and word pieces.
//! 2. [`windows`] splits the words into windows; the encoder reads each by itself, several at a time.
//! 3. [`encoder`] (read from the embedded file by [`mod@format`]) scores the labels of each word by its first piece.
//! 4. [`crf`] finds the best labels of a segment and the probability of each span.
//! 5. [`links`] finds the spans that are linked, and the antecedents of the pronouns.
//!
//! A story of up to [`windows::MAX_SEGMENT_WORDS`] words is one segment. Of a longer one only the spans and links of a
//! segment are kept, since the scores of a word take more than a kilobyte.

pub(crate) mod crf;
pub(crate) mod encoder;
pub(crate) mod format;
pub(crate) mod layers;
pub(crate) mod links;
pub(crate) mod quantized;
pub(crate) mod windows;
pub(crate) mod word_pieces;

use std::collections::HashMap;
use std::ops::{ControlFlow, Range};
use std::sync::{Arc, OnceLock};

use rayon::ThreadPool;
use rayon::prelude::*;

use crate::analysis::EntityKind;
use crate::engine::tagger::crf::LabeledSpan;
use crate::engine::tagger::encoder::{Encoder, Logits};
use crate::engine::tagger::links::SegmentLinks;
use crate::engine::tagger::windows::MAX_SEGMENT_WORDS;
use crate::engine::tagger::word_pieces::{CLS, LINE, SEP, SPECIAL_SHAPE, Vocabulary, WordPieces};
use crate::span::Span;
use crate::story::Story;

/// The tagger. It loads its model from the binary for the first story, which takes some milliseconds.
#[derive(Default)]
pub(crate) struct Tagger {
    model: OnceLock<LoadedModel>,
}

/// The label kind of names that are no person, organisation or place.
const OTHER_NAME: usize = 3;

struct LoadedModel {
    vocabulary: Vocabulary,
    encoder: Encoder,
    /// `None` where the system gives no threads; the windows are then read one after the other.
    pool: Option<ThreadPool>,
}

/// How far the tagger has come in a story.
pub(crate) struct TaggingStep<'a> {
    /// The number of words that were read.
    pub(crate) words: usize,
    /// The number of words of the story.
    pub(crate) total: usize,
    /// What was found up to the end of the last block that was read, with that end as an offset. `None` if no block was read
    /// to its end since the last segment that ended within a block.
    pub(crate) first_part: &'a dyn Fn() -> Option<(usize, TaggerOutput)>,
}

/// Takes the steps of the tagger, and stops it with [`ControlFlow::Break`].
pub(crate) type StepObserver<'a> = dyn FnMut(TaggingStep) -> ControlFlow<()> + 'a;

/// How many windows are read between two steps, about half a second's work of one core.
const WINDOWS_PER_STEP: usize = 16;

/// What the tagger found in a story. All spans are spans of the story's text.
#[derive(Clone, Default)]
pub(crate) struct TaggerOutput {
    /// People, organisations and places, in reading order.
    pub(crate) entities: Vec<TaggedEntity>,
    /// The names of other things, in reading order.
    pub(crate) other_names: Vec<TaggedOther>,
    /// Sources, cues and contents, in reading order and without overlaps. Contents have no quotation marks and no full stop
    /// at their ends.
    pub(crate) spans: Vec<TaggedSpan>,
    /// For each span the index of the span to which it is most likely linked; `None` for a link to nothing.
    targets: Vec<Option<usize>>,
    /// The pronouns with their possible antecedents, in reading order.
    antecedents: Vec<PronounAntecedents>,
}

/// The possible antecedents of a pronoun.
#[derive(Clone)]
pub(crate) struct PronounAntecedents {
    /// The offset of the pronoun.
    start: usize,
    /// The offsets of the words before it in its window, with the probability that they are meant.
    words: Vec<(u32, f32)>,
}

/// Words that the encoder read together, and their scores.
pub(crate) struct Window {
    words: Range<usize>,
    /// Shared by the windows of a segment that have the same words.
    logits: Arc<Logits>,
}

/// A named entity.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct TaggedEntity {
    pub(crate) span: Span,
    pub(crate) kind: EntityKind,
    /// The probability that exactly these words are an entity of this kind.
    pub(crate) probability: f32,
}

/// The name of another thing: a law, a people, a work.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct TaggedOther {
    pub(crate) span: Span,
    /// The probability that exactly these words are such a name.
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

impl Tagger {
    /// Tags a story. `is_pronoun` says whether a word in lower case may have an antecedent.
    pub(crate) fn tag(&self, story: &Story, is_pronoun: impl Fn(&str) -> bool) -> TaggerOutput {
        let model = self.model.get_or_init(LoadedModel::embedded);
        model.tag(story, is_pronoun, MAX_SEGMENT_WORDS, None).unwrap_or_default()
    }

    /// Tags a story and tells each step; `None` if `observer` stops it.
    pub(crate) fn tag_observed(
        &self,
        story: &Story,
        is_pronoun: impl Fn(&str) -> bool,
        observer: &mut StepObserver,
    ) -> Option<TaggerOutput> {
        let model = self.model.get_or_init(LoadedModel::embedded);
        model.tag(story, is_pronoun, MAX_SEGMENT_WORDS, Some(observer))
    }
}

impl LoadedModel {
    fn embedded() -> Self {
        let vocabulary = Vocabulary::parse(include_str!(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/assets/model/vocabulary.txt"
        )));
        let network = include_bytes!(concat!(env!("OUT_DIR"), "/network.bin"));
        let encoder = format::read_encoder(network).expect("the embedded model is valid");
        Self { vocabulary, encoder, pool: rayon::ThreadPoolBuilder::new().build().ok() }
    }

    /// Tags a story in segments of about `segment_words` words. `None` if the observer stops it.
    fn tag(
        &self,
        story: &Story,
        is_pronoun: impl Fn(&str) -> bool,
        segment_words: usize,
        mut observer: Option<&mut StepObserver>,
    ) -> Option<TaggerOutput> {
        let read = self.vocabulary.tokenize(story.text(), story.blocks().iter().map(|it| it.span));
        let sizes: Vec<usize> = read.words.iter().map(|it| it.pieces.len()).collect();
        let is_gap = |at: usize| read.ids[read.words[at].pieces.start] == LINE;
        let windows = windows::split_windows(&sizes, is_gap);
        drop(sizes);
        let mut output = TaggerOutput::default();
        let decode = |output: &mut TaggerOutput, scored: &[Window]| {
            output.add_segment(story.text(), &self.encoder, &read, scored, &is_pronoun);
        };
        for segment in windows::split_segments(&windows, segment_words, is_gap) {
            let segment = &windows[segment];
            let step = if observer.is_some() { WINDOWS_PER_STEP } else { segment.len() };
            let mut scored: Vec<Window> = Vec::with_capacity(segment.len());
            for some in segment.chunks(step.max(1)) {
                scored.extend(self.score_windows(&read, some));
                let words = some.last().map_or(0, |it| it.end);
                let Some(observer) = observer.as_mut().filter(|_| words < read.words.len()) else { continue };
                let first_part = || {
                    let whole = scored.iter().rposition(|it| is_gap(it.words.end - 1)).map_or(0, |it| it + 1);
                    let end = scored[..whole].last().map_or(segment[0].start, |it| it.words.end);
                    let mut part = output.clone();
                    decode(&mut part, &scored[..whole]);
                    let is_block_end = end > 0 && is_gap(end - 1);
                    is_block_end.then(|| (read.words[end].span.start, part))
                };
                let total = read.words.len();
                if observer(TaggingStep { words, total, first_part: &first_part }).is_break() {
                    return None;
                }
            }
            decode(&mut output, &scored);
        }
        Some(output)
    }

    /// Scores windows, several at a time. Windows with the same words are scored once.
    fn score_windows(&self, read: &WordPieces, windows: &[Range<usize>]) -> Vec<Window> {
        let input = |window: &Range<usize>| -> Vec<(u8, &[u32])> {
            let words = read.words[window.clone()].iter();
            words.map(|it| (it.shape, &read.ids[it.pieces.clone()])).collect()
        };
        let mut different: Vec<&Range<usize>> = Vec::new();
        let mut numbers = HashMap::new();
        let number_of = |window| {
            *numbers.entry(input(window)).or_insert_with(|| {
                different.push(window);
                different.len() - 1
            })
        };
        let numbers: Vec<usize> = windows.iter().map(number_of).collect();
        let score = |words: &&Range<usize>| Arc::new(self.score_words(read, (*words).clone()));
        let logits: Vec<Arc<Logits>> = match &self.pool {
            Some(pool) => pool.install(|| different.par_iter().map(score).collect()),
            None => different.iter().map(score).collect(),
        };
        let window = |(words, number): (&Range<usize>, usize)| Window {
            words: words.clone(),
            logits: Arc::clone(&logits[number]),
        };
        windows.iter().zip(numbers).map(window).collect()
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
    /// Decodes the windows of a segment and adds what is found.
    fn add_segment(
        &mut self,
        text: &str,
        encoder: &Encoder,
        read: &WordPieces,
        windows: &[Window],
        is_pronoun: impl Fn(&str) -> bool,
    ) {
        let (Some(first), Some(last)) = (windows.first(), windows.last()) else { return };
        let words = &read.words[first.words.start..last.words.end];
        let (mut attribution_scores, mut entity_scores) = (Vec::new(), Vec::new());
        for Window { words, logits } in windows {
            for row in 0..words.len() {
                attribution_scores.extend_from_slice(logits.attribution(row));
                entity_scores.extend_from_slice(logits.entities(row));
            }
        }
        let span_of = |it: &LabeledSpan| words[it.words.start].span.cover(words[it.words.end - 1].span);
        let tagged_span = |it: &LabeledSpan| {
            let role = [SpanRole::Source, SpanRole::Cue, SpanRole::Content].get(it.kind).copied()?;
            Some(TaggedSpan { span: span_of(it), role, probability: it.probability })
        };
        let entity = |it: &LabeledSpan| {
            let kinds = [EntityKind::Person, EntityKind::Organisation, EntityKind::Place];
            let kind = kinds.get(it.kind).copied()?;
            Some(TaggedEntity { span: span_of(it), kind, probability: it.probability })
        };
        let [attribution, entities] = &encoder.crfs;
        let is_first = first.words.start == 0;
        let spans = attribution.decode(&attribution_scores, is_first);
        let spans: Vec<TaggedSpan> = spans.iter().filter_map(tagged_span).collect();
        let entities = entities.decode(&entity_scores, is_first);
        self.entities.extend(entities.iter().filter_map(entity));
        let others = entities.iter().filter(|it| it.kind == OTHER_NAME);
        let other_name = |it: &LabeledSpan| TaggedOther { span: span_of(it), probability: it.probability };
        self.other_names.extend(others.map(other_name));
        let segment = SegmentLinks::new(text, words, windows, &spans);
        let index_shift = self.spans.len();
        let targets = spans.iter().map(|it| segment.best_target(it).map(|target| index_shift + target));
        self.targets.extend(targets);
        self.antecedents.extend(segment.antecedents(is_pronoun));
        self.spans.extend(spans);
    }

    /// The index of the span to which the span at `span` is most likely linked: of a content its cue, or else its source;
    /// of a cue its source. `None` if it is linked to nothing.
    pub(crate) fn target_of(&self, span: Span) -> Option<usize> {
        let index = self.spans.binary_search_by_key(&span.start, |it| it.span.start).ok()?;
        self.targets.get(index).copied().flatten()
    }

    /// The possible antecedents of the pronoun at `span`: the offsets of the words before it in its window, each with its
    /// probability.
    pub(crate) fn antecedents(&self, span: Span) -> impl Iterator<Item = (usize, f32)> {
        let index = self.antecedents.partition_point(|it| it.start < span.start);
        let pronoun = self.antecedents.get(index).filter(|it| it.start < span.end);
        pronoun.into_iter().flat_map(|it| it.words.iter().map(|(start, share)| (*start as usize, *share)))
    }
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
        let tagged = Tagger::default().tag(&story(text), |word| word == "she");
        let words = |part: SpanRole| {
            let spans = tagged.spans.iter().filter(|it| it.role == part);
            spans.map(|it| it.span.slice(text)).collect::<Vec<_>>()
        };
        assert_eq!(words(SpanRole::Content), ["The harbour wall will be rebuilt by May"]);
        assert_eq!(words(SpanRole::Cue), ["said"]);
        let end = |span: Span| tagged.target_of(span).map(|it| tagged.spans[it]);
        let content = tagged.spans.iter().find(|it| it.role == SpanRole::Content).unwrap();
        let cue = end(content.span).unwrap();
        assert_eq!(cue.role, SpanRole::Cue);
        assert!(end(cue.span).unwrap().span.slice(text).ends_with("Ann Lee"));
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
        let tagged = Tagger::default().tag(&story(text), |word| word == "she");
        let at = |words: &str| text.find(words).map(|it| Span::new(it, it + words.len())).unwrap();
        let antecedents: Vec<(usize, f32)> = tagged.antecedents(at("She")).collect();
        let share: f32 = antecedents.iter().filter(|it| at("Ann Lee").contains(it.0)).map(|it| it.1).sum();
        assert!(share > 0.5, "{antecedents:?}");
    }

    #[test]
    fn a_long_story_gives_the_same_in_segments_as_in_one_piece() {
        let lines: Vec<String> = (0..60)
            .map(|it| {
                let name = ["Ann Lee", "Bo Ray", "Tomas Brand"][it % 3];
                let office = ["mayor", "minister", "harbour master"][it % 3];
                format!(
                    "The wall at pier {it} will be rebuilt, {office} {name} said. She called it “a good day”."
                )
            })
            .collect();
        let story = story(&lines.join("\n"));
        let model = LoadedModel::embedded();
        let whole = model.tag(&story, |it| it == "she", usize::MAX, None).unwrap();
        let parts = model.tag(&story, |it| it == "she", 200, None).unwrap();
        assert!(whole.spans.len() > 100 && whole.antecedents.len() == 60);
        let spans = |it: &TaggerOutput| it.spans.iter().map(|it| (it.span, it.role)).collect::<Vec<_>>();
        assert_eq!(spans(&parts), spans(&whole));
        assert_eq!(parts.targets, whole.targets);
        for (part, whole) in parts.spans.iter().zip(&whole.spans) {
            assert!((part.probability - whole.probability).abs() < 1e-3, "{part:?} {whole:?}");
        }
    }

    #[test]
    fn words_that_come_again_are_scored_once_and_have_the_same_scores() {
        let model = LoadedModel::embedded();
        let paragraph = "The wall at the pier will be rebuilt by May, Mayor Ann Lee said on Monday.";
        let other = "The WALL at the pier will be rebuilt by May, Mayor Ann Lee said on Monday.";
        let story = story(&[paragraph, other, paragraph].join("\n"));
        let read = model.vocabulary.tokenize(story.text(), story.blocks().iter().map(|it| it.span));
        let is_gap = |at: &usize| read.ids[read.words[*at].pieces.start] == LINE;
        let gaps: Vec<usize> = (0..read.words.len()).filter(is_gap).collect();
        let windows = [0..gaps[0], gaps[0] + 1..gaps[1], gaps[1] + 1..read.words.len()];
        let scored = model.score_windows(&read, &windows);
        assert!(Arc::ptr_eq(&scored[0].logits, &scored[2].logits));
        assert!(!Arc::ptr_eq(&scored[0].logits, &scored[1].logits));
        assert_eq!(scored.iter().map(|it| it.words.clone()).collect::<Vec<_>>(), windows);
    }

    #[test]
    fn a_story_without_words_has_nothing_to_say() {
        let tagged = Tagger::default().tag(&story(""), |_| true);
        assert!(tagged.entities.is_empty() && tagged.spans.is_empty());
        assert_eq!(tagged.target_of(Span::new(0, 9)), None);
        assert_eq!(tagged.antecedents(Span::new(0, 9)).count(), 0);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn any_text_gives_stretches_in_order_on_character_boundaries(text in "[ \n“”'\",.a-zA-Zéß漢\u{ad}\u{300}]{0,80}|\\PC{0,80}") {
            let story = story(&text);
            let tagged = READY.with(|it| it.tag(&story, |_| true));
            let mut end = 0;
            for span in &tagged.spans {
                prop_assert!(span.span.start >= end && !span.span.slice(story.text()).is_empty());
                prop_assert!((0.0..=1.001).contains(&span.probability));
                end = span.span.end;
                let target = tagged.target_of(span.span);
                prop_assert!(target.is_none_or(|it| it < tagged.spans.len()));
            }
            for name in &tagged.entities {
                prop_assert!(!name.span.slice(story.text()).is_empty());
            }
        }
    }
}
