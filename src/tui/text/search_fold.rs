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

/// How many entries of the map are looked at one after another before it is searched by halves.
const NEAR_ENTRIES: usize = 8;

impl FoldedText {
    /// Folds a story's blocks. A block that repeats another is left out.
    pub(crate) fn new(story: &Story) -> Self {
        let mut exact = String::with_capacity(story.text().len());
        let mut offset_map = Vec::new();
        for block in story.blocks().iter().filter(|it| it.repeats.is_none()) {
            offset_map.push((exact.len(), block.span.start));
            let text = block.span.slice(story.text());
            let (mut at, mut after_space) = (0, false);
            while let Some(ch) = text[at..].chars().next() {
                let unchanged = unchanged_prefix_len(&text.as_bytes()[at..], after_space);
                if unchanged > 0 {
                    exact.push_str(&text[at..at + unchanged]);
                    at += unchanged;
                    after_space = text.as_bytes()[at - 1] == b' ';
                    continue;
                }
                // A run of spaces counts as one.
                if !(after_space && ch.is_whitespace()) {
                    fold_char(ch, &mut exact);
                }
                after_space = ch.is_whitespace();
                at += ch.len_utf8();
                let story_offset = block.span.start + at;
                if offset_map.last().is_some_and(|it| exact.len() - it.0 != story_offset - it.1) {
                    offset_map.push((exact.len(), story_offset));
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
        let entry_at = |entry: usize| self.offset_map.get(entry).copied();
        let mut entry = 0;
        let mut here = entry_at(0).unwrap_or_default();
        let mut next = entry_at(1).unwrap_or((usize::MAX, text.len()));
        let mut to_story_offset = |folded: usize, is_end: bool| {
            if next.0 <= folded {
                let is_passed = |it: &(usize, usize)| it.0 <= folded;
                let later = self.offset_map.get(entry + 1..).unwrap_or_default();
                // The next match is near if there are many; else all entries between would be looked at.
                entry += match later.iter().take(NEAR_ENTRIES).position(|it| !is_passed(it)) {
                    Some(passed) => passed,
                    None => later.partition_point(is_passed),
                };
                here = entry_at(entry).unwrap_or_default();
                next = entry_at(entry + 1).unwrap_or((usize::MAX, text.len()));
            }
            let limit = if is_end { next.1 } else { next.1.saturating_sub(1) };
            (here.1 + (folded - here.0)).min(limit)
        };
        let spans = folded.map(|folded| {
            let start = to_story_offset(folded.start, false);
            let end = to_story_offset(folded.end, true);
            Span::new(text.floor_char_boundary(start), text.ceil_char_boundary(end))
        });
        let mut end = 0;
        spans.filter(|it| it.start >= std::mem::replace(&mut end, it.end) && !it.is_empty()).collect()
    }
}

/// Number of leading bytes that fold to themselves. `after_space` says whether a space precedes them.
fn unchanged_prefix_len(text: &[u8], mut after_space: bool) -> usize {
    let folded = text.iter().position(|byte| {
        let is_repeated = after_space && *byte == b' ';
        after_space = *byte == b' ';
        is_repeated || !(b' '..=b'~').contains(byte)
    });
    folded.unwrap_or(text.len())
}

/// The lower case of a character if it has the same byte length, else the character itself.
pub(crate) fn lowercase_same_len(ch: char) -> char {
    if ch.is_ascii() {
        return ch.to_ascii_lowercase();
    }
    let mut lower = ch.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(lower), None) if lower.len_utf8() == ch.len_utf8() => lower,
        _ => ch,
    }
}

/// Text in lower case without accents, for comparing.
pub(crate) fn fold_and_lowercase(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    text.chars().for_each(|it| fold_char(it, &mut folded));
    folded.to_lowercase()
}

/// Returns whether two texts differ in nothing but their articles, their case and their accents: "The official" and "an
/// official".
pub(crate) fn is_same_wording(one: &str, other: &str) -> bool {
    let bare = |text: &str| {
        let folded = fold_and_lowercase(text.trim());
        let article = ["a ", "an ", "the "].into_iter().find_map(|it| folded.strip_prefix(it));
        article.unwrap_or(&folded).to_string()
    };
    bare(one) == bare(other)
}

/// Appends a character without its accents. Ligatures become letters; quotation marks, dashes and spaces become ASCII.
pub(crate) fn fold_char(ch: char, folded: &mut String) {
    match ch {
        '\0'..='~' if !ch.is_whitespace() => folded.push(ch),
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
        _ if ch.is_whitespace() => folded.push(' '),
        _ => folded.extend(std::iter::once(ch).nfkd().filter(|it| !is_combining_mark(*it))),
    }
}
