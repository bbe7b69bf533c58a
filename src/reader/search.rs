//! Finds words in a story whatever their case, accents and quotation marks, over the ends of rows.

use pullquote::span::Span;
use pullquote::story::Story;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A text folded for searching, with the way back to the text's own bytes.
pub(super) struct Folded {
    /// With the text's own case.
    exact: String,
    /// In small letters, byte for byte the same length.
    small: String,
    /// Where folded and own places drift apart: (folded, own), both rising. Between two of them both run alike.
    drifts: Vec<(usize, usize)>,
}

impl Folded {
    /// Folds what a story shows, a line a block; a block that only repeats another is left out.
    pub(super) fn of(story: &Story) -> Self {
        let mut exact = String::with_capacity(story.text().len());
        let mut drifts = Vec::new();
        for block in story.blocks().iter().filter(|it| it.repeats.is_none()) {
            drifts.push((exact.len(), block.span.start));
            let words = block.span.of(story.text());
            let (mut at, mut blank) = (0, false);
            while let Some(sign) = words[at..].chars().next() {
                let plain = plain(&words.as_bytes()[at..], blank);
                if plain > 0 {
                    exact.push_str(&words[at..at + plain]);
                    at += plain;
                    blank = words.as_bytes()[at - 1] == b' ';
                    continue;
                }
                // Any run of blanks counts as one.
                if !(blank && sign.is_whitespace()) {
                    fold(sign, &mut exact);
                }
                blank = sign.is_whitespace();
                at += sign.len_utf8();
                let own = block.span.start + at;
                if drifts.last().is_some_and(|it| exact.len() - it.0 != own - it.1) {
                    drifts.push((exact.len(), own));
                }
            }
            exact.push('\n');
        }
        let small = exact.chars().map(small).collect();
        Self { exact, small, drifts }
    }

    /// Where `wanted` stands in `text`, the story's own, in reading order, without overlaps. A capital in it makes
    /// case count.
    pub(super) fn find(&self, text: &str, wanted: &str) -> Vec<Span> {
        let mut folded = String::new();
        for sign in wanted.chars() {
            fold(sign, &mut folded);
        }
        if folded.trim().is_empty() {
            return Vec::new();
        }
        let (within, wanted) = if folded.chars().any(char::is_uppercase) {
            (&self.exact, folded)
        } else {
            (&self.small, folded.chars().map(small).collect())
        };
        let hits = within.match_indices(&wanted);
        hits.map(|(start, it)| self.own(text, Span::new(start, start + it.len()))).collect()
    }

    /// The stretch of `text` behind a folded one; a sign that is folded into several belongs to it whole.
    fn own(&self, text: &str, folded: Span) -> Span {
        let mut start = self.own_byte(text, folded.start);
        let mut end = self.own_byte(text, folded.end);
        while !text.is_char_boundary(start) {
            start -= 1;
        }
        while !text.is_char_boundary(end) {
            end += 1;
        }
        Span::new(start, end)
    }

    fn own_byte(&self, text: &str, folded: usize) -> usize {
        let next = self.drifts.partition_point(|it| it.0 <= folded);
        let (at, own) = self.drifts[next.saturating_sub(1)];
        let limit = self.drifts.get(next).map_or(text.len(), |it| it.1);
        (own + (folded - at)).min(limit)
    }
}

/// How many of the first bytes are folded to themselves; `blank` if a blank stands before them.
fn plain(words: &[u8], mut blank: bool) -> usize {
    let folded = words.iter().position(|byte| {
        let again = blank && *byte == b' ';
        blank = *byte == b' ';
        again || !(b' '..=b'~').contains(byte)
    });
    folded.unwrap_or(words.len())
}

/// The lower case of a sign where that keeps its length.
fn small(sign: char) -> char {
    if sign.is_ascii() {
        return sign.to_ascii_lowercase();
    }
    let mut lower = sign.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(lower), None) if lower.len_utf8() == sign.len_utf8() => lower,
        _ => sign,
    }
}

/// A sign without its accents; marks, dashes and blanks by their plainest relative.
fn fold(sign: char, folded: &mut String) {
    match sign {
        '\0'..='~' => folded.push(sign),
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' => folded.push('"'),
        '‘' | '’' | '‚' | '‛' | '‹' | '›' | '′' => folded.push('\''),
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => folded.push('-'),
        '…' => folded.push_str("..."),
        'ł' => folded.push('l'),
        'Ł' => folded.push('L'),
        'ø' => folded.push('o'),
        'Ø' => folded.push('O'),
        'đ' => folded.push('d'),
        'Đ' => folded.push('D'),
        'ß' => folded.push_str("ss"),
        'æ' => folded.push_str("ae"),
        'Æ' => folded.push_str("AE"),
        _ if sign.is_whitespace() => folded.push(' '),
        _ => folded.extend(std::iter::once(sign).nfd().filter(|it| !is_combining_mark(*it))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use pullquote::story::{Block, BlockKind, Format};

    fn story(text: &str) -> Story {
        let mut start = 0;
        let blocks = text.split('\n').map(|line| {
            let span = Span::new(start, start + line.len());
            start += line.len() + 1;
            Block::new(BlockKind::Paragraph, span)
        });
        Story::new(Format::Plain, text.into(), blocks.collect())
    }

    fn hits<'a>(text: &'a str, wanted: &str) -> Vec<&'a str> {
        Folded::of(&story(text)).find(text, wanted).into_iter().map(|it| it.of(text)).collect()
    }

    #[test]
    fn case_accents_and_marks_do_not_matter_unless_they_are_asked_for() {
        for (text, wanted, expected) in [
            ("Harbour harbour", "harbour", &["Harbour", "harbour"][..]),
            ("Harbour harbour", "Harbour", &["Harbour"]),
            ("Zoë Łukasz e\u{301}t", "zoe lukasz et", &["Zoë Łukasz e\u{301}t"]),
            ("it’s “late”", "it's \"late\"", &["it’s “late”"]),
            ("Straße", "strasse", &["Straße"]),
            ("wait…", "wait...", &["wait…"]),
            ("two  blanks", "two blanks", &["two  blanks"]),
            ("one\ntwo", "one two", &[]),
            ("aaaa", "aa", &["aa", "aa"]),
            ("any", "", &[]),
            ("any", " ", &[]),
        ] {
            assert_eq!(hits(text, wanted), expected, "{wanted}");
        }
    }

    #[test]
    fn what_is_shown_once_is_found_once() {
        let text = "Late\nLate";
        let mut blocks = story(text).blocks().to_vec();
        blocks[1].repeats = Some(0);
        let story = Story::new(Format::Plain, text.into(), blocks);
        assert_eq!(Folded::of(&story).find(text, "late"), [Span::new(0, 4)]);
    }

    proptest! {
        #[test]
        fn every_hit_is_a_stretch_of_the_text(text in "[ a-cA-CßéłÉ…“’\\u{301}İ\\n]{0,40}", wanted in "[ a-c'\"s.i]{1,3}") {
            for hit in Folded::of(&story(&text)).find(&text, &wanted) {
                prop_assert!(text.get(hit.start..hit.end).is_some_and(|it| !it.is_empty()), "{hit:?}");
            }
        }
    }
}
