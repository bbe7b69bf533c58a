//! Quotes, labelled or found → contiguous pieces of words, and which labelled piece is which found one.

use std::collections::HashMap;

use crate::gold::Stretch;
use crate::words::{Text, in_word};

/// A quote in characters of the labelled text.
pub(super) struct Quote {
    pub(super) parts: Vec<Stretch>,
    pub(super) speaker: Vec<Stretch>,
    pub(super) cue: Vec<Stretch>,
    /// The full name of its speaker.
    pub(super) name: Option<String>,
    /// From 0 to 1.
    pub(super) confidence: f32,
}

/// A contiguous piece of a quote.
#[derive(Clone, Copy)]
pub(super) struct Piece {
    /// Its first word, and the word after its last.
    pub(super) at: Stretch,
    pub(super) kind: Kind,
    /// The number of its quote.
    pub(super) quote: usize,
}

/// How much of a piece stands between marks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Nine words of ten.
    Direct,
    Mixed,
    /// None.
    Indirect,
}

/// The pieces of all quotes; `inside` says of each word whether it stands between marks.
pub(super) fn pieces<'a>(
    quotes: impl Iterator<Item = &'a [Stretch]>,
    text: &Text,
    inside: &[bool],
) -> Vec<Piece> {
    let mut pieces = Vec::new();
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
                pieces.push(Piece { at: (first, last), kind, quote });
            }
        }
    }
    pieces
}

/// Stretches in order, those with no word between them as one.
fn joined(parts: &[Stretch], text: &Text) -> Vec<Stretch> {
    let mut parts = parts.to_vec();
    parts.sort_unstable();
    let mut joined: Vec<Stretch> = Vec::new();
    for (start, end) in parts {
        match joined.last_mut() {
            Some(last) if !text.part((last.1, start)).iter().any(|it| in_word(*it)) => {
                last.1 = last.1.max(end);
            }
            _ => joined.push((start, end)),
        }
    }
    joined
}

/// Of found pieces on the same words one each: the first that has a speaker, or else the first.
pub(super) fn unique(pieces: &[Piece], quotes: &[Quote]) -> Vec<Piece> {
    let mut unique: Vec<Piece> = Vec::new();
    let mut place: HashMap<Stretch, usize> = HashMap::new();
    for piece in pieces {
        let spoken = |it: &Piece| !quotes[it.quote].speaker.is_empty();
        match place.get(&piece.at) {
            Some(at) if spoken(piece) && !spoken(&unique[*at]) => unique[*at] = *piece,
            Some(_) => {}
            None => {
                place.insert(piece.at, unique.len());
                unique.push(*piece);
            }
        }
    }
    unique
}

/// For each labelled piece, the found piece that it is: one to one, the most alike first, half of the words shared.
pub(super) fn paired(gold: &[Piece], found: &[Piece]) -> Vec<Option<usize>> {
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
