//! Content spans of quotes, and the matching of labelled with found ones.

use std::collections::HashMap;

use crate::gold::CharRange;
use crate::words::{Text, is_word_char};

/// A quote in characters of the labelled text.
pub(crate) struct Quote {
    pub(crate) parts: Vec<CharRange>,
    pub(crate) speaker: Vec<CharRange>,
    pub(crate) cue: Vec<CharRange>,
    /// The full name of the speaker.
    pub(crate) name: Option<String>,
    /// The confidence, from 0 to 1.
    pub(crate) confidence: f32,
}

/// A contiguous part of a quote, in words.
#[derive(Clone, Copy)]
pub(crate) struct ContentSpan {
    /// The indices of the first word and of the word after the last.
    pub(crate) at: CharRange,
    pub(crate) kind: Kind,
    /// The index of the quote.
    pub(crate) quote: usize,
}

/// How much of a span is in quotation marks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// At least 0.9 of the words.
    Direct,
    Mixed,
    /// None of the words.
    Indirect,
}

/// The spans of all quotes; `inside` says for each word whether it is in quotation marks.
pub(crate) fn content_spans<'a>(
    quotes: impl Iterator<Item = &'a [CharRange]>,
    text: &Text,
    inside: &[bool],
) -> Vec<ContentSpan> {
    let mut content_spans = Vec::new();
    for (quote, parts) in quotes.enumerate() {
        for (start, end) in joined(parts, text) {
            let mut first = text.words.partition_point(|it| it.0 < start);
            first -= usize::from(first > 0 && text.words[first - 1].1 > start);
            let last = first + text.words[first..].iter().take_while(|it| it.0 < end).count();
            if last > first {
                let marked = inside[first..last].iter().filter(|it| **it).count();
                let share = marked as f64 / (last - first) as f64;
                let kind = if share >= 0.9 {
                    Kind::Direct
                } else if share > 0.0 {
                    Kind::Mixed
                } else {
                    Kind::Indirect
                };
                content_spans.push(ContentSpan { at: (first, last), kind, quote });
            }
        }
    }
    content_spans
}

/// The ranges in order; ranges with no word between them are joined.
fn joined(parts: &[CharRange], text: &Text) -> Vec<CharRange> {
    let mut parts = parts.to_vec();
    parts.sort_unstable();
    let mut joined: Vec<CharRange> = Vec::new();
    for (start, end) in parts {
        match joined.last_mut() {
            Some(last) if !text.chars_in((last.1, start)).iter().any(|it| is_word_char(*it)) => {
                last.1 = last.1.max(end);
            }
            _ => joined.push((start, end)),
        }
    }
    joined
}

/// One found span for the same words: the first with a speaker, else the first.
pub(crate) fn unique(content_spans: &[ContentSpan], quotes: &[Quote]) -> Vec<ContentSpan> {
    let mut unique: Vec<ContentSpan> = Vec::new();
    let mut index_of: HashMap<CharRange, usize> = HashMap::new();
    for content in content_spans {
        let with_speaker = |it: &ContentSpan| !quotes[it.quote].speaker.is_empty();
        match index_of.get(&content.at) {
            Some(at) if with_speaker(content) && !with_speaker(&unique[*at]) => unique[*at] = *content,
            Some(_) => {}
            None => {
                index_of.insert(content.at, unique.len());
                unique.push(*content);
            }
        }
    }
    unique
}

/// The index of the found span that matches each labelled one. Matches are one to one, best first, and share half of
/// the words or more.
pub(crate) fn match_spans(gold: &[ContentSpan], found: &[ContentSpan]) -> Vec<Option<usize>> {
    let mut ranked = Vec::new();
    for (i, g) in gold.iter().enumerate() {
        for (j, p) in found.iter().enumerate() {
            let both = g.at.1.min(p.at.1).saturating_sub(g.at.0.max(p.at.0));
            let either = (g.at.1 - g.at.0) + (p.at.1 - p.at.0) - both;
            let share = both as f64 / either as f64;
            if both > 0 && share >= 0.5 {
                ranked.push((share, i, j));
            }
        }
    }
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut pairs = vec![None; gold.len()];
    for (_, i, j) in ranked {
        if pairs[i].is_none() && !pairs.contains(&Some(j)) {
            pairs[i] = Some(j);
        }
    }
    pairs
}
