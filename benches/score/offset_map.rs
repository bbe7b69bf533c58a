//! Offset map: bytes of a loaded story → characters of the labelled text.

use std::collections::HashMap;

use pullquote::span::Span;

use crate::gold::CharRange;

/// Aligns two texts that differ in spaces and in sanitized characters.
pub(crate) struct OffsetMap {
    char_of_byte: HashMap<usize, usize>,
    to_labelled: Vec<usize>,
}

/// How far a lost character is searched for, in characters.
const MAX_LOOKAHEAD_CHARS: usize = 4000;
/// The largest gap, in characters, after which a character still counts as the same.
const MAX_GAP_CHARS: usize = 40;

impl OffsetMap {
    pub(crate) fn new(loaded: &str, labelled: &[char]) -> Self {
        let mut char_of_byte: HashMap<usize, usize> =
            loaded.char_indices().enumerate().map(|(at, (byte, _))| (byte, at)).collect();
        let length = char_of_byte.len();
        char_of_byte.insert(loaded.len(), length);
        let a: Vec<(usize, char)> = loaded.chars().enumerate().filter(|it| !is_space(it.1)).collect();
        let b: Vec<(usize, char)> =
            labelled.iter().copied().enumerate().filter(|it| !is_space(it.1)).collect();
        let mut to_labelled = vec![0; length + 1];
        let mut next = 0;
        for (from, ch) in &a {
            let limit = b.len().min(next + MAX_LOOKAHEAD_CHARS);
            let found = (next..limit).find(|it| b[*it].1 == *ch);
            if let Some(found) = found.filter(|it| it - next < MAX_GAP_CHARS || a.len() != b.len()) {
                to_labelled[*from] = b[found].0;
                next = found + 1;
            } else {
                to_labelled[*from] = b.get(next).map_or(labelled.len(), |it| it.0);
                next += usize::from(a.len() == b.len());
            }
        }
        Self { char_of_byte, to_labelled }
    }

    /// The range in the labelled text of a span of the loaded story.
    pub(crate) fn char_range(&self, span: Span) -> CharRange {
        let at = |byte: usize| self.char_of_byte.get(&byte).copied().unwrap_or_default();
        (self.to_labelled[at(span.start)], self.to_labelled[at(span.end).saturating_sub(1)] + 1)
    }
}

fn is_space(ch: char) -> bool {
    ch.is_whitespace() || matches!(ch, '\u{1c}'..='\u{1f}')
}
