//! Comparison of speakers: head words, and full names.

use std::collections::BTreeSet;

use crate::gold::CharRange;
use crate::words::{Text, is_word_char, words};

const PREPOSITIONS: &[&str] = &[
    "of", "in", "for", "from", "at", "with", "on", "to", "who", "which", "that", "by", "whose", "as", "near",
];

/// The head words of a speaker: the last word before a comma, an "and" or a preposition, and the last of all.
pub(crate) fn heads(spans: &[CharRange], text: &Text) -> BTreeSet<usize> {
    let (mut found, mut last) = (BTreeSet::new(), None);
    for span in spans {
        let (mut part, mut cut) = (None, false);
        let mut before = None;
        for word in text.words_in(*span) {
            let words: String = text.chars_in(text.words[word]).iter().collect();
            let lower = words.to_lowercase();
            let is_conjunction = lower == "and" || lower == "or";
            if let Some(before) = before.replace(word) {
                let gap: &[char] = text.chars_in((text.words[before].1, text.words[word].0));
                if is_conjunction || gap.iter().any(|it| matches!(it, ',' | '(' | '—' | ';')) {
                    found.extend(part.take());
                    cut = false;
                    if is_conjunction {
                        continue;
                    }
                }
            }
            cut = cut || (part.is_some() && PREPOSITIONS.contains(&lower.as_str()));
            if !cut {
                part = Some(word);
            }
            last = Some(word);
        }
        found.extend(part);
    }
    found.extend(last);
    found
}

const TITLES: &[&str] = &[
    "the",
    "mr",
    "mrs",
    "ms",
    "miss",
    "dr",
    "prof",
    "professor",
    "sir",
    "dame",
    "lord",
    "lady",
    "sen",
    "senator",
    "rep",
    "gov",
    "governor",
    "president",
    "prime minister",
    "minister",
    "secretary",
    "chief",
    "director",
    "captain",
    "sgt",
    "lt",
    "gen",
    "general",
    "judge",
    "justice",
    "king",
    "queen",
    "ambassador",
    "administrator",
    "mayor",
    "coach",
];

/// Whether two full names have the same words, or the same first and last word. Titles do not count.
pub(crate) fn same_name(a: &str, b: &str) -> bool {
    let (x, y) = (name_words(a), name_words(b));
    match (x.as_slice(), y.as_slice()) {
        ([], _) | (_, []) => false,
        (x, y) => x == y || (x.len().min(y.len()) > 1 && x[0] == y[0] && x.last() == y.last()),
    }
}

/// The lowercase words of a name before its first comma, without titles and 's.
fn name_words(name: &str) -> Vec<String> {
    let chars: Vec<char> = name.chars().collect();
    let mut kept = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let is_possessive = matches!(chars[at..], ['\'' | '’', 's', ..]);
        if is_possessive && !chars.get(at + 2).is_some_and(|it| is_word_char(*it)) {
            at += 2;
        } else {
            kept.push(chars[at]);
            at += 1;
        }
    }
    let name: String = kept.iter().take_while(|it| **it != ',').collect();
    let mut rest = name.as_str();
    while let Some(shorter) = TITLES.iter().find_map(|title| strip_title(rest, title)) {
        rest = shorter;
    }
    let chars: Vec<char> = rest.chars().collect();
    words(&chars).into_iter().map(|it| chars[it.0..it.1].iter().collect::<String>().to_lowercase()).collect()
}

/// The rest of a name after a title, its full stop and its spaces; `None` if the name does not begin with the title.
fn strip_title<'a>(name: &'a str, title: &str) -> Option<&'a str> {
    let (head, rest) = name.split_at_checked(title.len())?;
    let rest = rest.strip_prefix('.').unwrap_or(rest);
    let words = rest.trim_start();
    (head.eq_ignore_ascii_case(title) && words.len() < rest.len()).then_some(words)
}
