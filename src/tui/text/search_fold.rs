//! Search folding: text without accents and typographic variants, with a map back to the story's offsets.

use pullquote::span::Span;
use pullquote::story::Story;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A story's text folded for searching, one block a line.
pub(crate) struct FoldedText {
    /// The folded text with its original case.
    pub(crate) exact: String,
    /// `exact` in lower case; every character keeps its byte length.
    pub(crate) lowercase: String,
    /// Pairs (folded offset, story offset), both ascending. Between two pairs both offsets advance alike.
    offset_map: Vec<(usize, usize)>,
}

impl FoldedText {
    /// Folds a story's blocks. A block that repeats another is left out.
    pub(crate) fn new(story: &Story) -> Self {
        let mut exact = String::with_capacity(story.text().len());
        let mut offset_map = Vec::new();
        for block in story.blocks().iter().filter(|it| it.repeats.is_none()) {
            offset_map.push((exact.len(), block.span.start));
            let words = block.span.slice(story.text());
            let (mut at, mut blank) = (0, false);
            while let Some(sign) = words[at..].chars().next() {
                let plain = unchanged_prefix_len(&words.as_bytes()[at..], blank);
                if plain > 0 {
                    exact.push_str(&words[at..at + plain]);
                    at += plain;
                    blank = words.as_bytes()[at - 1] == b' ';
                    continue;
                }
                // A run of spaces counts as one.
                if !(blank && sign.is_whitespace()) {
                    fold_char(sign, &mut exact);
                }
                blank = sign.is_whitespace();
                at += sign.len_utf8();
                let own = block.span.start + at;
                if offset_map.last().is_some_and(|it| exact.len() - it.0 != own - it.1) {
                    offset_map.push((exact.len(), own));
                }
            }
            exact.push('\n');
        }
        let lowercase = exact.chars().map(lowercase_same_len).collect();
        Self { exact, lowercase, offset_map }
    }

    /// Maps folded spans back to spans of `text`, the story's own text. The folded spans must be sorted and disjoint. A
    /// character that folds into several is included whole.
    pub(crate) fn story_spans(&self, text: &str, folded: impl Iterator<Item = Span>) -> Vec<Span> {
        let mut drift = 0;
        let mut own_byte = |folded: usize, is_end: bool| {
            while self.offset_map.get(drift + 1).is_some_and(|it| it.0 <= folded) {
                drift += 1;
            }
            let (at, own) = self.offset_map.get(drift).copied().unwrap_or_default();
            let limit = self.offset_map.get(drift + 1).map_or(text.len(), |it| it.1);
            (own + (folded - at)).min(if is_end { limit } else { limit.saturating_sub(1) })
        };
        let own = folded.map(|folded| {
            let mut start = own_byte(folded.start, false);
            let mut end = own_byte(folded.end, true);
            while !text.is_char_boundary(start) {
                start -= 1;
            }
            while !text.is_char_boundary(end) {
                end += 1;
            }
            Span::new(start, end)
        });
        let mut end = 0;
        own.filter(|it| it.start >= std::mem::replace(&mut end, it.end) && !it.is_empty()).collect()
    }
}

/// Number of leading bytes that fold to themselves. `after_space` says whether a space precedes them.
fn unchanged_prefix_len(words: &[u8], mut blank: bool) -> usize {
    let folded = words.iter().position(|byte| {
        let again = blank && *byte == b' ';
        blank = *byte == b' ';
        again || !(b' '..=b'~').contains(byte)
    });
    folded.unwrap_or(words.len())
}

/// The lower case of a character if it has the same byte length, else the character itself.
pub(crate) fn lowercase_same_len(sign: char) -> char {
    if sign.is_ascii() {
        return sign.to_ascii_lowercase();
    }
    let mut lower = sign.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(lower), None) if lower.len_utf8() == sign.len_utf8() => lower,
        _ => sign,
    }
}

/// Text in lower case without accents, for comparing.
pub(crate) fn fold_and_lowercase(words: &str) -> String {
    let mut folded = String::with_capacity(words.len());
    words.chars().for_each(|it| fold_char(it, &mut folded));
    folded.to_lowercase()
}

/// Appends a character without its accents. Ligatures become letters; quotation marks, dashes and spaces become ASCII.
pub(crate) fn fold_char(sign: char, folded: &mut String) {
    match sign {
        '\0'..='~' if !sign.is_whitespace() => folded.push(sign),
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' => folded.push('"'),
        '‘' | '’' | '‚' | '‛' | '‹' | '›' | '′' => folded.push('\''),
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => folded.push('-'),
        'ı' => folded.push('i'),
        'ł' => folded.push('l'),
        'Ł' => folded.push('L'),
        'ø' => folded.push('o'),
        'Ø' => folded.push('O'),
        'đ' | 'ð' => folded.push('d'),
        'Đ' | 'Ð' => folded.push('D'),
        'þ' => folded.push_str("th"),
        'Þ' => folded.push_str("Th"),
        'ß' => folded.push_str("ss"),
        'æ' => folded.push_str("ae"),
        'Æ' => folded.push_str("AE"),
        'œ' => folded.push_str("oe"),
        'Œ' => folded.push_str("OE"),
        // A soft hyphen, and zero-width characters.
        '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => {}
        _ if sign.is_whitespace() => folded.push(' '),
        _ => folded.extend(std::iter::once(sign).nfkd().filter(|it| !is_combining_mark(*it))),
    }
}
