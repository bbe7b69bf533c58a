//! Windows: splits the words of a story into windows that fit the encoder, at the ends of blocks where it can.

use std::ops::Range;
use std::sync::Arc;

use crate::engine::tagger::encoder::Logits;

/// How many word pieces a window may have, without its start and end.
const MAX_WINDOW_PIECES: usize = 126;

/// The windows of a story, as ranges of words. `sizes` are the words' numbers of pieces; `is_gap` tells the words that stand
/// between blocks. A window is only larger than the limit where a single word is.
pub(crate) fn split_windows(sizes: &[usize], is_gap: impl Fn(usize) -> bool) -> Vec<Range<usize>> {
    let mut windows = Vec::new();
    let (mut start, mut size, mut block_end) = (0, 0, None);
    for (at, length) in sizes.iter().enumerate() {
        if at > start && size + length > MAX_WINDOW_PIECES {
            let cut = block_end.take().unwrap_or(at);
            windows.push(start..cut);
            start = cut;
            size = sizes[cut..at].iter().sum();
        }
        size += length;
        if is_gap(at) {
            block_end = Some(at + 1);
        }
    }
    if start < sizes.len() {
        windows.push(start..sizes.len());
    }
    windows
}

/// How many words are scored before their scores are decoded and dropped, about 7 MB. A segment may be longer by a window.
pub(crate) const MAX_SEGMENT_WORDS: usize = 4096;

/// The segments of a story, as ranges of its windows. A segment of more than `max_words` words ends with a block where
/// it can.
pub(crate) fn split_segments(
    windows: &[Range<usize>],
    max_words: usize,
    is_gap: impl Fn(usize) -> bool,
) -> Vec<Range<usize>> {
    let mut segments = Vec::new();
    let (mut start, mut block_end) = (0, None);
    for (at, window) in windows.iter().enumerate() {
        if at > start && window.end - windows[start].start > max_words {
            let cut = block_end.take().unwrap_or(at);
            segments.push(start..cut);
            start = cut;
        }
        if is_gap(window.end - 1) {
            block_end = Some(at + 1);
        }
    }
    if start < windows.len() {
        segments.push(start..windows.len());
    }
    segments
}

/// Words that the encoder read together, and their scores.
pub(crate) struct Window {
    pub(crate) words: Range<usize>,
    /// Shared by the windows of a segment that have the same words.
    pub(crate) logits: Arc<Logits>,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_short_story_is_one_window() {
        assert_eq!(split_windows(&[1, 2, 3], |_| false), [std::ops::Range { start: 0, end: 3 }]);
        assert!(split_windows(&[], |_| false).is_empty());
    }

    #[test]
    fn a_window_ends_with_a_block_where_it_can() {
        assert_eq!(split_windows(&[1; 200], |at| at == 99), [0..100, 100..200]);
        assert_eq!(split_windows(&[1; 300], |at| at == 99), [0..100, 100..226, 226..300]);
    }

    #[test]
    fn a_segment_ends_with_a_block_where_it_can() {
        let windows: Vec<std::ops::Range<usize>> = (0..10).map(|it| it * 10..it * 10 + 10).collect();
        assert_eq!(split_segments(&windows, 100, |_| false), [std::ops::Range { start: 0, end: 10 }]);
        assert_eq!(split_segments(&windows, 30, |_| false), [0..3, 3..6, 6..9, 9..10]);
        assert_eq!(split_segments(&windows, 30, |at| at == 19), [0..2, 2..5, 5..8, 8..10]);
        assert!(split_segments(&[], 30, |_| false).is_empty());
    }

    proptest! {
        #[test]
        fn every_word_is_in_one_window(
            sizes in prop::collection::vec(1_usize..101, 0..900), every in 1_usize..200,
        ) {
            let mut next = 0;
            for window in split_windows(&sizes, |at| at % every == 0) {
                prop_assert_eq!(window.start, next);
                prop_assert!(!window.is_empty());
                prop_assert!(sizes[window.clone()].iter().sum::<usize>() <= MAX_WINDOW_PIECES + 100);
                next = window.end;
            }
            prop_assert_eq!(next, sizes.len());
        }
    }
}
