//! The tagger: finds entities, spans of sources, cues and contents, and links between them, with a small language model.
//!
//! 1. [`word_pieces`] splits the blocks into words and word pieces.
//! 2. [`windows`] splits the words into windows; the encoder reads each by itself, several at a time.
//! 3. [`encoder`] (read from the embedded file by [`mod@format`]) scores the labels of each word by its first piece.
//! 4. [`crf`] finds the best labels of a segment and the probability of each span.
//! 5. [`links`] finds the spans that are linked, and the antecedents of the pronouns; [`output`] holds what is found.
//!
//! A story of up to [`windows::MAX_SEGMENT_WORDS`] words is one segment. Of a longer one only the spans and links of a
//! segment are kept, since the scores of a word take more than a kilobyte.

pub(crate) mod crf;
pub(crate) mod encoder;
pub(crate) mod format;
pub(crate) mod layers;
pub(crate) mod links;
pub(crate) mod output;
pub(crate) mod quantized;
pub(crate) mod row_ops;
pub(crate) mod tagged_spans;
#[cfg(test)]
mod tests;
pub(crate) mod windows;
pub(crate) mod word_pieces;

use std::cell::Cell;
use std::collections::HashMap;
use std::ops::{ControlFlow, Range};
use std::sync::{Arc, OnceLock};

use rayon::ThreadPool;
use rayon::prelude::*;

use crate::engine::tagger::encoder::{Encoder, Logits, WindowPieces, Workspace};
use crate::engine::tagger::output::TaggerOutput;
use crate::engine::tagger::windows::{MAX_SEGMENT_WORDS, Window};
use crate::engine::tagger::word_pieces::{CLS, LINE, SEP, SPECIAL_SHAPE, Vocabulary, WordPieces};
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

/// How many windows are scored at once. One alone leaves more of a product's last block of rows empty; of three or more the
/// products no longer fit the cache of a core.
const MAX_BATCH_WINDOWS: usize = 2;

thread_local! {
    /// Kept from batch to batch, since the system clears new memory before it gives it.
    static WORKSPACE: Cell<Workspace> = Cell::default();
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
        let pool = rayon::ThreadPoolBuilder::new().build().ok();
        let encoder = format::read_encoder(network, pool.as_ref()).expect("the embedded model is valid");
        Self { vocabulary, encoder, pool }
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
        let score = |batch: &[&Range<usize>]| {
            let pieces: Vec<WindowPieces> =
                batch.iter().map(|it| window_pieces(read, (*it).clone())).collect();
            // While a thread waits for a product, it may score another batch.
            let mut workspace = WORKSPACE.take();
            let logits = self.encoder.forward(&mut workspace, &pieces);
            WORKSPACE.set(workspace);
            logits
        };
        let logits: Vec<Arc<Logits>> = if let Some(pool) = &self.pool {
            let batches = different.par_chunks(batch_size(different.len(), pool.current_num_threads()));
            pool.install(|| batches.flat_map_iter(score).map(Arc::new).collect())
        } else {
            let batches = different.chunks(batch_size(different.len(), 1));
            batches.flat_map(score).map(Arc::new).collect()
        };
        let window = |(words, number): (&Range<usize>, usize)| Window {
            words: words.clone(),
            logits: Arc::clone(&logits[number]),
        };
        windows.iter().zip(numbers).map(window).collect()
    }
}

/// The pieces of some words, of which the first of each word is to be scored.
fn window_pieces(read: &WordPieces, words: Range<usize>) -> WindowPieces {
    let (mut ids, mut shapes) = (vec![CLS], vec![SPECIAL_SHAPE]);
    let mut wanted = Vec::with_capacity(words.len());
    for word in &read.words[words] {
        wanted.push(ids.len());
        ids.extend_from_slice(&read.ids[word.pieces.clone()]);
        shapes.resize(ids.len(), word.shape);
    }
    ids.push(SEP);
    shapes.push(SPECIAL_SHAPE);
    WindowPieces { ids, shapes, wanted }
}

/// How many of `windows` windows are scored at once, so that `threads` threads have the same work where they can.
fn batch_size(windows: usize, threads: usize) -> usize {
    let batches = windows.div_ceil(MAX_BATCH_WINDOWS).next_multiple_of(threads);
    windows.div_ceil(batches.max(1)).max(1)
}
