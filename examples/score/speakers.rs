//! The words that name a speaker, labelled and found → whether they are the same.

use std::collections::BTreeSet;

use crate::gold::Stretch;
use crate::words::{Text, in_word, words};

const STOPS: &[&str] = &[
    "of", "in", "for", "from", "at", "with", "on", "to", "who", "which", "that", "by", "whose", "as", "near",
];

/// The words that count as heads of a speaker: the last word before a comma, an "and" or a preposition; the last.
pub(super) fn heads(spans: &[Stretch], text: &Text) -> BTreeSet<usize> {
    let (mut found, mut last) = (BTreeSet::new(), None);
    for span in spans {
        let (mut part, mut cut) = (None, false);
        let mut before = None;
        for word in text.touched(*span) {
            let words: String = text.part(text.words[word]).iter().collect();
            let lower = words.to_lowercase();
            let joint = lower == "and" || lower == "or";
            if let Some(before) = before.replace(word) {
                let gap: &[char] = text.part((text.words[before].1, text.words[word].0));
                if joint || gap.iter().any(|it| matches!(it, ',' | '(' | '—' | ';')) {
                    found.extend(part.take());
                    cut = false;
                    if joint {
                        continue;
                    }
                }
            }
            cut = cut || (part.is_some() && STOPS.contains(&lower.as_str()));
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

/// Whether two full names are one: the same words, or the same first and last word; titles do not count.
pub(super) fn same_name(a: &str, b: &str) -> bool {
    let (x, y) = (bare(a), bare(b));
    match (x.as_slice(), y.as_slice()) {
        ([], _) | (_, []) => false,
        (x, y) => x == y || (x.len().min(y.len()) > 1 && x[0] == y[0] && x.last() == y.last()),
    }
}

/// The lowered words of a name before its first comma, without titles and 's.
fn bare(name: &str) -> Vec<String> {
    let letters: Vec<char> = name.chars().collect();
    let mut kept = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        let owner = matches!(letters[at..], ['\'' | '’', 's', ..]);
        if owner && !letters.get(at + 2).is_some_and(|it| in_word(*it)) {
            at += 2;
        } else {
            kept.push(letters[at]);
            at += 1;
        }
    }
    let name: String = kept.iter().take_while(|it| **it != ',').collect();
    let mut rest = name.as_str();
    while let Some(shorter) = TITLES.iter().find_map(|title| untitled(rest, title)) {
        rest = shorter;
    }
    let letters: Vec<char> = rest.chars().collect();
    words(&letters)
        .into_iter()
        .map(|it| letters[it.0..it.1].iter().collect::<String>().to_lowercase())
        .collect()
}

/// What follows a title, its dot and its blanks, where the name begins with it.
fn untitled<'a>(name: &'a str, title: &str) -> Option<&'a str> {
    let (head, rest) = name.split_at_checked(title.len())?;
    let rest = rest.strip_prefix('.').unwrap_or(rest);
    let words = rest.trim_start();
    (head.eq_ignore_ascii_case(title) && words.len() < rest.len()).then_some(words)
}
