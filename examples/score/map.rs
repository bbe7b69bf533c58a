//! Bytes of a story as it was loaded → characters of the text as it was labelled.

use std::collections::HashMap;

use pullquote::span::Span;

use crate::gold::Stretch;

/// The way from one text to the other, which may differ in blanks and in characters that were made harmless.
pub(super) struct Map {
    of_byte: HashMap<usize, usize>,
    to: Vec<usize>,
}

/// How far ahead a lost character is looked for.
const FAR: usize = 4000;
/// A character found within this many is the same one.
const NEAR: usize = 40;

impl Map {
    pub(super) fn of(loaded: &str, labelled: &[char]) -> Self {
        let mut of_byte: HashMap<usize, usize> =
            loaded.char_indices().enumerate().map(|(at, (byte, _))| (byte, at)).collect();
        let length = of_byte.len();
        of_byte.insert(loaded.len(), length);
        let a: Vec<(usize, char)> = loaded.chars().enumerate().filter(|it| !blank(it.1)).collect();
        let b: Vec<(usize, char)> = labelled.iter().copied().enumerate().filter(|it| !blank(it.1)).collect();
        let mut to = vec![0; length + 1];
        let mut next = 0;
        for (from, letter) in &a {
            let limit = b.len().min(next + FAR);
            let found = (next..limit).find(|it| b[*it].1 == *letter);
            if let Some(found) = found.filter(|it| it - next < NEAR || a.len() != b.len()) {
                to[*from] = b[found].0;
                next = found + 1;
            } else {
                to[*from] = b.get(next).map_or(labelled.len(), |it| it.0);
                next += usize::from(a.len() == b.len());
            }
        }
        Self { of_byte, to }
    }

    /// Where a stretch of the loaded story stands in the labelled text.
    pub(super) fn stretch(&self, span: Span) -> Stretch {
        let at = |byte: usize| self.of_byte.get(&byte).copied().unwrap_or_default();
        (self.to[at(span.start)], self.to[at(span.end).saturating_sub(1)] + 1)
    }
}

fn blank(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '\u{1c}'..='\u{1f}')
}
