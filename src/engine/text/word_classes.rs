//! Word classes that are no lexical classes: marks, and the small words of titles.

use crate::word_list::word_list;

/// Words that have no capital inside a title.
const SMALL_TITLE_WORDS: &[&str] = &word_list!("title-lowercase-words");

/// A word that has no capital within a title ("How Towns Got Left **in the** Cold").
pub(crate) fn is_small_title_word(word: &str) -> bool {
    SMALL_TITLE_WORDS.binary_search(&word).is_ok()
}

/// A dash of any length.
pub(crate) fn is_dash(word: &str) -> bool {
    matches!(word, "-" | "–" | "—" | "―" | "--" | "---")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_words_and_dashes_are_known() {
        assert!(is_small_title_word("with") && !is_small_title_word("river"));
        assert!(is_dash("—") && !is_dash("_"));
    }
}
