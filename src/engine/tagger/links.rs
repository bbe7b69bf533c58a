//! Links: between the spans of a segment, and from its pronouns to their antecedents.

use std::ops::Range;

use crate::engine::tagger::tagged_spans::{SpanRole, TaggedSpan};
use crate::engine::tagger::windows::Window;
use crate::engine::tagger::word_pieces::PieceWord;
use crate::span::Span;

// The link kinds, as the encoder numbers them.
const CUE_LINK: usize = 0;
const SOURCE_LINK: usize = 1;
const ANTECEDENT_LINK: usize = 2;

/// What each block end between them adds to the score of a link, unless a colon is before it.
/// Tuned on the development sets.
const GAP_BIAS: f32 = -5.0;
/// What is added to the score that a cue has no source. Tuned on the development sets.
const NO_SOURCE_BIAS: f32 = -6.0;
/// Words with a smaller probability are no antecedents. All of a window have less than 0.013 together.
const MIN_ANTECEDENT_PROBABILITY: f32 = 1e-4;

/// The possible antecedents of a pronoun.
#[derive(Clone)]
pub(crate) struct PronounAntecedents {
    /// The offset of the pronoun.
    pub(crate) start: usize,
    /// The offsets of the words before it in its window, with the probability that they are meant. Improbable ones are left
    /// out.
    pub(crate) words: Vec<(u32, f32)>,
}

/// The words of a segment with their windows and the spans that were found in them.
pub(crate) struct SegmentLinks<'a> {
    text: &'a str,
    words: &'a [PieceWord],
    windows: &'a [Window],
    spans: &'a [TaggedSpan],
    /// For each word, how many block ends that weaken links are before it in the segment.
    gaps_before: Vec<u16>,
    /// The number of the segment's first word in the story.
    first_word: usize,
}

impl<'a> SegmentLinks<'a> {
    pub(crate) fn new(
        text: &'a str,
        words: &'a [PieceWord],
        windows: &'a [Window],
        spans: &'a [TaggedSpan],
    ) -> Self {
        let mut gaps = 0_u16;
        let gaps_before = words.iter().map(|word| {
            let weakens_links = word.span.is_empty() && !text[..word.span.start].trim_end().ends_with(':');
            gaps = gaps.wrapping_add(u16::from(weakens_links));
            gaps
        });
        let gaps_before = gaps_before.collect();
        let first_word = windows.first().map_or(0, |it| it.words.start);
        Self { text, words, windows, spans, gaps_before, first_word }
    }

    /// The index of the span to which a content or a cue is most likely linked; `None` for a link to nothing.
    pub(crate) fn best_target(&self, span: &TaggedSpan) -> Option<usize> {
        match span.role {
            SpanRole::Content => self.likeliest(CUE_LINK, span.span, 0.0, |it| it != SpanRole::Content),
            SpanRole::Cue => {
                self.likeliest(SOURCE_LINK, span.span, NO_SOURCE_BIAS, |it| it == SpanRole::Source)
            }
            SpanRole::Source => None,
        }
    }

    /// The span of the same window to which `span` is most likely linked. `bias` is added to the score of a link to
    /// nothing.
    fn likeliest(
        &self,
        link: usize,
        span: Span,
        bias: f32,
        is_target: impl Fn(SpanRole) -> bool,
    ) -> Option<usize> {
        let (from, window) = self.window_of(self.words_in(span).next()?)?;
        let words = self.local(&window.words);
        // A link of a word to itself stands for a link to nothing.
        let mut targets = vec![(None, from)];
        let start = self.words[words.start].span.start;
        let first_span = self.spans.partition_point(|it| it.span.start < start);
        for (index, target) in self.spans.iter().enumerate().skip(first_span) {
            let first = self.words_in(target.span).start;
            if first >= words.end {
                break;
            }
            let row = first - words.start;
            if is_target(target.role) && row != from {
                targets.push((Some(index), row));
            }
        }
        let gaps_before = |row: usize| self.gaps_before[words.start + row];
        let score = |(target, row): &(Option<usize>, usize)| {
            let bias = match target {
                Some(_) => GAP_BIAS * f32::from(gaps_before(*row).abs_diff(gaps_before(from))),
                None => bias,
            };
            window.logits.link_score(link, from, *row) + bias
        };
        let scores: Vec<f32> = targets.iter().map(score).collect();
        // Of equally likely links the first is taken.
        let chances = softmax(&scores).into_iter().enumerate();
        let best = chances.fold((0, f32::NEG_INFINITY), |best, it| if it.1 > best.1 { it } else { best });
        targets[best.0].0
    }

    /// The pronouns of the segment with their possible antecedents.
    pub(crate) fn antecedents(
        &self,
        is_pronoun: impl Fn(&str) -> bool,
    ) -> impl Iterator<Item = PronounAntecedents> {
        let is_pronoun = move |word: &PieceWord| is_pronoun(&word.span.slice(self.text).to_lowercase());
        let pronouns = self.words.iter().enumerate().filter(move |it| is_pronoun(it.1));
        pronouns.filter_map(|(word, pronoun)| {
            let (from, window) = self.window_of(word)?;
            let score = |row: usize| window.logits.link_score(ANTECEDENT_LINK, from, row);
            let scores: Vec<f32> = (0..window.words.len()).map(score).collect();
            let words = self.words[self.local(&window.words)].iter().take(from);
            let words = words.map(|it| it.span.start as u32).zip(softmax(&scores));
            let mut words: Vec<(u32, f32)> = words.filter(|it| it.1 >= MIN_ANTECEDENT_PROBABILITY).collect();
            words.shrink_to_fit();
            Some(PronounAntecedents { start: pronoun.span.start, words })
        })
    }

    /// The words of a window, counted in the segment.
    fn local(&self, words: &Range<usize>) -> Range<usize> {
        words.start - self.first_word..words.end - self.first_word
    }

    /// The row of a word of the segment in its window, and the window; `None` behind the last word.
    fn window_of(&self, word: usize) -> Option<(usize, &Window)> {
        let word = word + self.first_word;
        let window = self.windows.get(self.windows.partition_point(|it| it.words.end <= word))?;
        Some((word - window.words.start, window))
    }

    /// The words of the segment that overlap a span.
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
