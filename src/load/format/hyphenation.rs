//! Hyphenation: words that were broken at the end of a line, and whether their hyphen stays.

use std::collections::HashSet;

use crate::word_list::{sorted_list_has, word_list_text};

/// The words of a text, collected when the first broken word is met.
pub(crate) struct Hyphenation<'a> {
    text: &'a str,
    words: Option<HashSet<String>>,
}

/// How the halves of a word are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WordJoin {
    /// The hyphen came from the line's end.
    WithoutHyphen,
    /// The hyphen is part of the word.
    WithHyphen,
    /// The line does not end with a broken word.
    Space,
}

impl<'a> Hyphenation<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text, words: None }
    }

    /// How the end of a line and the start of the next are joined.
    pub(crate) fn join(&mut self, line: &str, next: &str) -> WordJoin {
        let line = line.trim_end();
        let Some(head) = line.strip_suffix(['-', '‐', '¬']) else { return WordJoin::Space };
        let first = next.split_whitespace().next().unwrap_or_default();
        // "pre- and post-war" has a space after its hyphen.
        let is_suspended = matches!(first, "and" | "or" | "to");
        let is_letter = |ch: char| ch.is_alphanumeric() || ch == '-';
        let head = head.rsplit(|ch| !is_letter(ch)).next().unwrap_or_default();
        if keeps_hyphen(head, first) && !line.ends_with('¬') {
            return WordJoin::WithHyphen;
        }
        if !head.ends_with(char::is_alphanumeric) || !first.starts_with(char::is_lowercase) || is_suspended {
            return WordJoin::Space;
        }
        let head = head.to_lowercase();
        let tail = first.split(|ch| !is_letter(ch)).next().unwrap_or_default().to_lowercase();
        match () {
            () if line.ends_with('¬') || self.is_known(&format!("{head}{tail}")) => WordJoin::WithoutHyphen,
            () if head.contains('-') || self.is_known(&format!("{head}-{tail}")) => WordJoin::WithHyphen,
            () if is_word(&head) && tail.split('-').all(is_word) => WordJoin::WithHyphen,
            () if TENS.contains(&head.as_str()) => WordJoin::WithHyphen,
            () => WordJoin::WithoutHyphen,
        }
    }

    /// Whether a word is common or stands elsewhere in the text.
    fn is_known(&mut self, word: &str) -> bool {
        is_word(word) || self.words.get_or_insert_with(|| words_of(self.text)).contains(word)
    }
}

/// The numbers that a hyphen joins with the next one: "seventy-two".
const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// Whether the hyphen between two halves is certainly one of the spelling: it joins two names ("Anne-Marie"), two numbers
/// ("1990-2025"), a prefix and a name ("anti-American"), or an abbreviation and a word ("UK-based").
pub(crate) fn keeps_hyphen(head: &str, next: &str) -> bool {
    const PREFIXES: [&str; 13] =
        ["all", "anti", "ex", "inter", "mid", "neo", "non", "post", "pre", "pro", "pseudo", "trans", "un"];
    let last = head.rsplit('-').next().unwrap_or_default();
    let is_capital = |it: &str| it.starts_with(char::is_uppercase);
    let is_number = |it: &str| it.starts_with(|ch: char| ch.is_ascii_digit());
    let is_abbreviation = last.len() > 1 && !last.contains(char::is_lowercase) && is_capital(last);
    // "pre- and post-war" has a space after its hyphen.
    let is_suspended = matches!(next, "and" | "or" | "to");
    match next.chars().next() {
        Some(ch) if ch.is_uppercase() => {
            (is_capital(last) && last.chars().nth(1).is_some()) || PREFIXES.contains(&last)
        }
        Some(ch) if ch.is_ascii_digit() => is_number(last),
        Some(ch) if ch.is_lowercase() => is_abbreviation && !is_suspended,
        _ => false,
    }
}

/// The words of a text in lower case.
fn words_of(text: &str) -> HashSet<String> {
    let words = text.split(|ch: char| !(ch.is_alphanumeric() || ch == '-'));
    words.filter(|it| !it.is_empty() && !it.ends_with('-')).map(str::to_lowercase).collect()
}

/// Whether a word, in any inflection, is a common one.
fn is_word(word: &str) -> bool {
    const COMMON_WORDS: &str = word_list_text!("common-words");
    const ENDINGS: [&str; 8] = ["", "s", "es", "d", "ed", "ing", "ly", "r"];
    ENDINGS.iter().any(|it| word.strip_suffix(it).is_some_and(|stem| sorted_list_has(COMMON_WORDS, stem)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hyphen_stays_in_a_word_that_is_written_with_it() {
        let text = "Ida Thorvaldsen came by the river-bank. Nobody saw her.";
        for (line, next, expected) in [
            ("Piet Maas, the harbour mas-", "ter, said", WordJoin::WithoutHyphen),
            ("to every conscien-", "tious member", WordJoin::WithoutHyphen),
            ("ask her to re-", "sign.", WordJoin::WithoutHyphen),
            ("“Ask my lawyer,” Thorvald-", "sen said", WordJoin::WithoutHyphen),
            ("an embar¬", "rassment", WordJoin::WithoutHyphen),
            ("an embar‐", "rassment", WordJoin::WithoutHyphen),
            ("a well-", "known fact", WordJoin::WithHyphen),
            ("on the river-", "bank", WordJoin::WithHyphen),
            ("her mother-in-", "law", WordJoin::WithHyphen),
            ("pre-", "and post-war", WordJoin::Space),
            ("It rained -", "all night", WordJoin::Space),
            ("and Lee-", "Ray said", WordJoin::WithHyphen),
            ("Anne-", "Marie Dubois, who", WordJoin::WithHyphen),
            ("from 1990-", "2025, it ran", WordJoin::WithHyphen),
            ("a UK-", "based firm", WordJoin::WithHyphen),
            ("some anti-", "American songs", WordJoin::WithHyphen),
            ("who is seventy-", "two, said", WordJoin::WithHyphen),
            ("her mother-", "in-law said", WordJoin::WithHyphen),
            ("It rained -", "Ann Lee said", WordJoin::Space),
            ("the wall-", "Ann Lee said", WordJoin::Space),
            ("US-", "and UK-based firms", WordJoin::Space),
            ("the par-", "liament-run mill", WordJoin::WithoutHyphen),
            ("Bogdan Kowal-", "czyk said", WordJoin::WithoutHyphen),
            ("he is for-", "ty-one", WordJoin::WithoutHyphen),
            ("It rained", "all night", WordJoin::Space),
        ] {
            assert_eq!(Hyphenation::new(text).join(line, next), expected, "{line} {next}");
        }
    }
}
