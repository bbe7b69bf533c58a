//! Words of a labelled text, in characters.

use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

use crate::gold::CharRange;

/// A text, indexed by character.
pub(crate) struct Text {
    pub(crate) chars: Vec<char>,
    /// The words in reading order; a word may contain apostrophes and hyphens.
    pub(crate) words: Vec<CharRange>,
}

impl Text {
    pub(crate) fn new(text: &str) -> Self {
        let chars: Vec<char> = text.chars().collect();
        let words = words(&chars);
        Self { chars, words }
    }

    /// The characters of a range; fewer if the text ends before.
    pub(crate) fn chars_in(&self, (start, end): CharRange) -> &[char] {
        let end = end.min(self.chars.len());
        self.chars.get(start..end).unwrap_or_default()
    }

    /// The indices of the words that a range touches.
    pub(crate) fn words_in(&self, (start, end): CharRange) -> impl Iterator<Item = usize> + '_ {
        let words = self.words.iter().enumerate();
        words.filter(move |(_, word)| word.0 < end && start < word.1).map(|(at, _)| at)
    }
}

/// Runs of letters, digits and `_`, joined by single apostrophes or hyphens.
pub(crate) fn words(chars: &[char]) -> Vec<CharRange> {
    let mut words = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        if !is_word_char(chars[at]) {
            at += 1;
            continue;
        }
        let start = at;
        loop {
            at += chars[at..].iter().take_while(|it| is_word_char(**it)).count();
            match chars[at..] {
                ['’' | '\'' | '-', next, ..] if is_word_char(next) => at += 1,
                _ => break,
            }
        }
        words.push((start, at));
    }
    words
}

pub(crate) fn is_word_char(ch: char) -> bool {
    use GeneralCategoryGroup::{Letter, Number};
    ch == '_' || matches!(ch.general_category_group(), Letter | Number)
}
