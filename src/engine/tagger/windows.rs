//! Windows: splits the words of a story into windows that fit the encoder, at the ends of blocks where it can.

use std::ops::Range;

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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_short_story_is_one_window() {
        assert_eq!(split_windows(&[1, 2, 3], |_| false), [std::ops::Range { start: 0, end: 3 }]);
        assert_eq!(split_windows(&[], |_| false), []);
    }

    #[test]
    fn a_window_ends_with_a_block_where_it_can() {
        assert_eq!(split_windows(&[1; 200], |at| at == 99), [0..100, 100..200]);
        assert_eq!(split_windows(&[1; 300], |at| at == 99), [0..100, 100..226, 226..300]);
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
