//! A labelled text → its words, in characters.

use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

use crate::gold::Stretch;

/// A text that is counted in characters.
pub(super) struct Text {
    pub(super) letters: Vec<char>,
    /// In reading order; a word may hold apostrophes and hyphens.
    pub(super) words: Vec<Stretch>,
}

impl Text {
    pub(super) fn of(text: &str) -> Self {
        let letters: Vec<char> = text.chars().collect();
        let words = words(&letters);
        Self { letters, words }
    }

    /// The characters of a stretch; fewer where the text ends before.
    pub(super) fn part(&self, (start, end): Stretch) -> &[char] {
        let end = end.min(self.letters.len());
        self.letters.get(start..end).unwrap_or_default()
    }

    /// The words that a stretch touches.
    pub(super) fn touched(&self, (start, end): Stretch) -> impl Iterator<Item = usize> + '_ {
        let words = self.words.iter().enumerate();
        words.filter(move |(_, word)| word.0 < end && start < word.1).map(|(at, _)| at)
    }
}

/// Runs of letters, digits and `_`, joined by single apostrophes or hyphens.
pub(super) fn words(letters: &[char]) -> Vec<Stretch> {
    let mut words = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        if !in_word(letters[at]) {
            at += 1;
            continue;
        }
        let start = at;
        loop {
            at += letters[at..].iter().take_while(|it| in_word(**it)).count();
            match letters[at..] {
                ['’' | '\'' | '-', next, ..] if in_word(next) => at += 1,
                _ => break,
            }
        }
        words.push((start, at));
    }
    words
}

pub(super) fn in_word(letter: char) -> bool {
    use GeneralCategoryGroup::{Letter, Number};
    letter == '_' || matches!(letter.general_category_group(), Letter | Number)
}
