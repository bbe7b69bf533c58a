//! Linear-chain conditional random field (Lafferty et al. 2001): decodes label scores into spans with probabilities.
//!
//! Labels are in BIO order: 0 is outside, 1 and 2 are begin and inside of the first kind of span, 3 and 4 of the second,
//! and so on.

use std::ops::Range;

/// The transition scores of the labels.
pub(crate) struct LinearChainCrf {
    pub(crate) labels: usize,
    /// The score of each transition: one row for each label that it leaves, one column for each that it reaches.
    pub(crate) transitions: Vec<f32>,
    /// The score of each label on the first word.
    pub(crate) start: Vec<f32>,
}

/// Successive words with the labels of one kind.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct LabeledSpan {
    /// The kind, counted from 0.
    pub(crate) kind: usize,
    pub(crate) words: Range<usize>,
    /// The probability that exactly these words are one span of this kind.
    pub(crate) probability: f32,
}

impl LinearChainCrf {
    /// The spans of the best label sequence. `scores` has one row of labels a word.
    ///
    /// `is_first` says whether the first word is that of the story. Otherwise the word before it is outside all spans.
    pub(crate) fn decode(&self, scores: &[f32], is_first: bool) -> Vec<LabeledSpan> {
        let start = if is_first { &self.start } else { &self.transitions[..self.labels] };
        let marginals = self.forward_backward(scores, start);
        let labels = self.viterbi(scores, start);
        let mut spans = Vec::new();
        let mut at = 0;
        while at < labels.len() {
            let label = labels[at];
            let start = at;
            at += 1;
            if label % 2 == 1 {
                at += labels[at..].iter().take_while(|it| **it == label + 1).count();
                let kind = label / 2;
                spans.push(LabeledSpan {
                    kind,
                    words: start..at,
                    probability: marginals.span_probability(kind, start..at) as f32,
                });
            }
        }
        spans
    }

    /// The best label sequence (Viterbi 1967).
    fn viterbi(&self, scores: &[f32], start: &[f32]) -> Vec<usize> {
        let mut rows = scores.chunks_exact(self.labels);
        let Some(row) = rows.next() else { return Vec::new() };
        let mut best: Vec<f32> = row.iter().zip(start).map(|(a, b)| a + b).collect();
        let mut back = Vec::with_capacity(scores.len());
        for row in rows {
            let mut next = vec![f32::NEG_INFINITY; self.labels];
            for (to, score) in row.iter().enumerate() {
                let through =
                    (0..self.labels).map(|from| best[from] + self.transitions[from * self.labels + to]);
                let (from, sum) = argmax(through);
                next[to] = sum + score;
                back.push(from);
            }
            best = next;
        }
        let mut label = argmax(best.into_iter()).0;
        let mut path = vec![label];
        for row in back.rchunks_exact(self.labels) {
            label = row[label];
            path.push(label);
        }
        path.reverse();
        path
    }

    /// The marginals of all label sequences (forward–backward algorithm).
    fn forward_backward(&self, scores: &[f32], start: &[f32]) -> Marginals {
        let labels = self.labels;
        let transitions: Vec<f64> = self.transitions.iter().map(|it| f64::from(*it).exp()).collect();
        let mut weights = Vec::with_capacity(scores.len());
        for row in scores.chunks_exact(labels) {
            let top = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            weights.extend(row.iter().map(|it| f64::from(it - top).exp()));
        }
        let words = weights.len() / labels;
        let mut forward = vec![0.0; weights.len()];
        for at in 0..words {
            let (before, here) = forward.split_at_mut(at * labels);
            let here = &mut here[..labels];
            let before = before.rchunks_exact(labels).next();
            for (to, sum) in here.iter_mut().enumerate() {
                *sum = match before {
                    Some(before) => {
                        before.iter().zip(transitions[to..].iter().step_by(labels)).map(|(a, b)| a * b).sum()
                    }
                    None => f64::from(start[to]).exp(),
                };
                *sum *= weights[at * labels + to];
            }
            // Each row is scaled to 1, so that no number underflows in a long story. The weights of its word are scaled by
            // the same factor, so that products with later rows stay right.
            let total: f64 = here.iter().sum::<f64>().max(f64::MIN_POSITIVE);
            here.iter_mut().chain(&mut weights[at * labels..][..labels]).for_each(|it| *it /= total);
        }
        let mut backward = vec![1.0; weights.len()];
        for at in (0..words.saturating_sub(1)).rev() {
            let (here, after) = backward.split_at_mut((at + 1) * labels);
            let reached: Vec<f64> =
                after.iter().zip(&weights[(at + 1) * labels..]).take(labels).map(|(a, b)| a * b).collect();
            for (from, sum) in here[at * labels..].iter_mut().enumerate() {
                *sum = transitions[from * labels..].iter().zip(&reached).map(|(a, b)| a * b).sum();
            }
        }
        Marginals { labels, transitions, weights, forward, backward }
    }
}

/// Sums over all label sequences, from the forward–backward algorithm with scaled rows (Rabiner 1989).
struct Marginals {
    labels: usize,
    transitions: Vec<f64>,
    weights: Vec<f64>,
    forward: Vec<f64>,
    backward: Vec<f64>,
}

impl Marginals {
    /// The probability that exactly these words are one span of this kind.
    fn span_probability(&self, kind: usize, words: Range<usize>) -> f64 {
        let (begin, inside) = (1 + 2 * kind, 2 + 2 * kind);
        let mut weight = self.forward[words.start * self.labels + begin];
        let mut label = begin;
        for word in words.start + 1..words.end {
            weight *=
                self.transitions[label * self.labels + inside] * self.weights[word * self.labels + inside];
            label = inside;
        }
        let after = words.end * self.labels..(words.end + 1) * self.labels;
        let Some(weights) = self.weights.get(after.clone()) else { return weight };
        let ends = weights.iter().zip(&self.backward[after]).zip(&self.transitions[label * self.labels..]);
        weight * ends.enumerate().filter(|it| it.0 != inside).map(|(_, ((a, b), c))| a * b * c).sum::<f64>()
    }
}

/// The index and value of the first greatest number.
fn argmax(numbers: impl Iterator<Item = f32>) -> (usize, f32) {
    numbers.enumerate().fold((0, f32::NEG_INFINITY), |best, it| if it.1 > best.1 { it } else { best })
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEVER: f32 = -1e4;

    /// Labels of one kind: outside, begin, inside.
    fn chain() -> LinearChainCrf {
        let steps = vec![0.3, -0.2, NEVER, 0.1, -0.4, 0.9, -0.6, 0.2, 0.5];
        LinearChainCrf { labels: 3, transitions: steps, start: vec![0.1, -0.3, NEVER] }
    }

    /// All sequences of labels with their weights.
    fn all(chain: &LinearChainCrf, scores: &[f32]) -> Vec<(Vec<usize>, f64)> {
        let words = scores.len() / 3;
        let sequences = (0..3_usize.pow(words as u32))
            .map(|it| (0..words).map(move |at| it / 3_usize.pow(at as u32) % 3));
        let weigh = |labels: &Vec<usize>| {
            let start = chain.start[labels[0]];
            let steps: f32 = labels.windows(2).map(|it| chain.transitions[it[0] * 3 + it[1]]).sum();
            let own: f32 = labels.iter().enumerate().map(|(at, it)| scores[at * 3 + it]).sum();
            f64::from(start + steps + own).exp()
        };
        sequences.map(Iterator::collect).map(|it| (weigh(&it), it)).map(|(weight, it)| (it, weight)).collect()
    }

    #[test]
    fn labels_and_chances_are_those_of_counting_every_sequence() {
        let chain = chain();
        let mut seed = 7_u32;
        for _ in 0..20 {
            let scores: Vec<f32> = (0..5 * 3)
                .map(|_| {
                    seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    (seed >> 16) as f32 / 16384.0 - 2.0
                })
                .collect();
            let all = all(&chain, &scores);
            let total: f64 = all.iter().map(|it| it.1).sum();
            let best = all.iter().max_by(|a, b| a.1.total_cmp(&b.1)).unwrap();
            assert_eq!(chain.viterbi(&scores, &chain.start), best.0);
            let marginals = chain.forward_backward(&scores, &chain.start);
            let share = |wanted: &dyn Fn(&[usize]) -> bool| {
                all.iter().filter(|it| wanted(&it.0)).map(|it| it.1).sum::<f64>() / total
            };
            for (start, end) in [(0, 1), (0, 3), (1, 3), (2, 5), (4, 5), (0, 5)] {
                let is_run = |it: &[usize]| {
                    it[start] == 1 && it[start + 1..end].iter().all(|it| *it == 2) && it.get(end) != Some(&2)
                };
                assert!(
                    (marginals.span_probability(0, start..end) - share(&is_run)).abs() < 1e-6,
                    "{start}..{end}"
                );
            }
        }
    }

    #[test]
    fn no_words_have_no_runs() {
        assert_eq!(chain().decode(&[], true), []);
    }
}
