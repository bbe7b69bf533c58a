//! Tokens → stretches between quotation marks, paragraph by paragraph, so that one wrong mark flips nothing else.

use std::ops::Range;

use crate::engine::text::document::Document;
use crate::engine::text::tokens::TokenKind;
use crate::span::Span;

/// A stretch between marks that no other stretch holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct QuotedSpan {
    /// With its marks.
    pub(crate) span: Span,
    /// Without them.
    pub(crate) content: Span,
    /// Whether its opening mark stands there; without one it goes on from the
    /// paragraph before.
    pub(crate) opened: bool,
    /// Whether its closing mark stands there; without one it ends with its
    /// paragraph, or before the next opening mark.
    pub(crate) closed: bool,
    /// The number of its block.
    pub(crate) block: usize,
}

/// All marked stretches of a story, in reading order, without overlaps; what
/// is quoted inside a quote is part of it.
pub(crate) fn quoted_spans(sheet: &Document) -> Vec<QuotedSpan> {
    let mut found = Vec::new();
    let mut start = 0;
    // Whether the paragraph before ended inside a quote.
    let mut open_before = false;
    while start < sheet.tokens.len() {
        let block = sheet.tokens[start].block;
        let end = start + sheet.tokens[start..].partition_point(|it| it.block == block);
        let mut paragraph = QuoteMatcher {
            doc: sheet,
            start,
            end,
            continues_quote: open_before,
            open: None,
            quotes: Vec::new(),
        };
        paragraph.match_marks();
        if open_before && paragraph.quotes.is_empty() && is_closed_soon(sheet, end) {
            paragraph.quotes.push(unmarked_paragraph(sheet, start..end, block));
        }
        open_before = paragraph.quotes.last().is_some_and(|it: &QuotedSpan| !it.closed);
        found.append(&mut paragraph.quotes);
        start = end;
    }
    found
}

/// A paragraph without a mark in the middle of a quote.
fn unmarked_paragraph(sheet: &Document, tokens: Range<usize>, block: usize) -> QuotedSpan {
    let span = sheet.span(tokens);
    QuotedSpan { span, content: span, opened: false, closed: false, block }
}

/// Whether one of the next few paragraphs closes, before any other mark, a
/// quote that was left open before token `start`.
fn is_closed_soon(sheet: &Document, start: usize) -> bool {
    let Some(first) = sheet.tokens.get(start) else { return false };
    let room = &sheet.tokens[start..];
    let room = &room[..room
        .partition_point(|it| it.block < first.block + MAX_UNMARKED_PARAGRAPHS)
        .min(MAX_UNMARKED_TOKENS)];
    let is_double = |at: &usize| matches!(sheet.word(*at), "“" | "”" | "\"" | "''" | "``" | "«" | "»" | "„");
    let Some(at) = (start..start + room.len()).find(is_double) else { return false };
    let leans_back = sheet.tokens[at - 1].span.end == sheet.tokens[at].span.start
        && sheet.tokens[at - 1].block == sheet.tokens[at].block;
    leans_back && matches!(sheet.word(at), "”" | "\"" | "''" | "»")
}

/// The cues by which speech whose closing mark was forgotten is told to be over.
const FALLBACK_CUES: &[&str] = &["added", "asked", "said", "says", "told", "wrote"];

/// How many tokens a stretch between single marks may take, so that a long
/// paragraph full of apostrophes is still read in one go.
const MAX_SINGLE_QUOTE_TOKENS: usize = 600;

/// How many paragraphs without a mark a quote may run over, and how many tokens.
const MAX_UNMARKED_PARAGRAPHS: usize = 4;
const MAX_UNMARKED_TOKENS: usize = 800;

/// Which marks may close each other.
#[derive(Clone, Copy, PartialEq, Eq)]
enum QuoteStyle {
    Double,
    Single,
    Angle,
}

/// Which way a mark leans.
#[derive(Clone, Copy, PartialEq, Eq)]
enum MarkDirection {
    Opening,
    Closing,
    Either,
}

struct QuoteMatcher<'a, 'b> {
    doc: &'b Document<'a>,
    start: usize,
    end: usize,
    continues_quote: bool,
    /// The token that opened the stretch being read, and its family.
    open: Option<(usize, QuoteStyle)>,
    quotes: Vec<QuotedSpan>,
}

impl QuoteMatcher<'_, '_> {
    fn match_marks(&mut self) {
        for at in self.start..self.end {
            let Some((family, lean)) = self.mark_at(at) else { continue };
            match self.open {
                None if lean == MarkDirection::Closing => self.close_continued_quote(at, family),
                None => self.open_quote(at, family),
                Some((opened, mine)) if mine == family => match lean {
                    MarkDirection::Opening if self.is_left_open(at, family) => {
                        self.push_quote(opened, at, false);
                        self.open = Some((at, family));
                    }
                    MarkDirection::Opening => {}
                    _ => {
                        self.push_quote(opened, at, true);
                        self.open = None;
                    }
                },
                // Another family inside is a quote within the quote.
                Some(_) => {}
            }
        }
        if let Some((opened, _)) = self.open {
            self.push_quote(opened, self.end, false);
        }
    }

    /// Where speech without a closing mark stops: "“I am done, she said." gives
    /// way to its own cue.
    fn end_before_cue(&self, opened: usize, end: usize) -> usize {
        let said = |at: &usize| FALLBACK_CUES.binary_search(&self.doc.lower(*at).as_str()).is_ok();
        let stop = |at: &usize| matches!(self.doc.word(*at), "," | "?" | "!");
        let cut = |cue: usize| {
            let near = cue.saturating_sub(6).max(opened + 2);
            (near..cue).rev().find(stop).filter(|it| *it + 1 < cue && cue - it <= 5)
        };
        (opened + 2..end).filter(said).find_map(cut).map_or(end, |it| it + 1)
    }

    fn open_quote(&mut self, at: usize, family: QuoteStyle) {
        // A single mark that nothing closes is an apostrophe.
        if family != QuoteStyle::Single || self.closing_single_mark(at).is_some() {
            self.open = Some((at, family));
        }
    }

    /// A closing mark without an opening one ends a quote that the paragraph
    /// before left open; otherwise it is a slip and means nothing.
    fn close_continued_quote(&mut self, at: usize, family: QuoteStyle) {
        if self.continues_quote && self.quotes.is_empty() && family != QuoteStyle::Single {
            let span = self.doc.span(self.start..at + 1);
            let inner = self.doc.span(self.start..at);
            let block = self.doc.tokens[at].block;
            self.quotes.push(QuotedSpan { span, content: inner, opened: false, closed: true, block });
        }
    }

    /// Adds the stretch that token `opened` opened; token `end` closes it, or stands behind it.
    fn push_quote(&mut self, opened: usize, end: usize, closed: bool) {
        let end = if closed { end } else { self.end_before_cue(opened, end) };
        let last = if closed { end + 1 } else { end };
        let inner = self.doc.span(opened + 1..end);
        if !inner.is_empty() {
            let span = self.doc.span(opened..last);
            let block = self.doc.tokens[opened].block;
            self.quotes.push(QuotedSpan { span, content: inner, opened: true, closed, block });
        }
    }

    /// What kind of quotation mark token `at` is, if it is one.
    fn mark_at(&self, at: usize) -> Option<(QuoteStyle, MarkDirection)> {
        let token = self.doc.tokens[at];
        if token.kind != TokenKind::Punctuation {
            return None;
        }
        let low = self.open.is_some_and(|it| self.doc.word(it.0) == "„");
        match self.doc.word(at) {
            "“" if low => Some((QuoteStyle::Double, MarkDirection::Closing)),
            // The wrong mark at the end of a quote: "“We won,“ she said".
            "“" if self.open.is_some() && self.direction(at) == MarkDirection::Closing => {
                Some((QuoteStyle::Double, MarkDirection::Closing))
            }
            "“" | "„" | "‟" | "``" => Some((QuoteStyle::Double, MarkDirection::Opening)),
            "”" => Some((
                QuoteStyle::Double,
                if self.direction(at) == MarkDirection::Opening {
                    MarkDirection::Opening
                } else {
                    MarkDirection::Closing
                },
            )),
            "\"" | "''" | "＂" => Some((QuoteStyle::Double, self.direction(at))),
            "«" | "‹" => Some((QuoteStyle::Angle, self.angle_direction(at, true))),
            "»" | "›" => Some((QuoteStyle::Angle, self.angle_direction(at, false))),
            "‘" | "‚" if !self.is_elision(at) => Some((QuoteStyle::Single, MarkDirection::Opening)),
            "'" | "’" | "`" => self.single_mark(at),
            _ => None,
        }
    }

    /// How a mark leans: towards the word that it touches.
    fn direction(&self, at: usize) -> MarkDirection {
        let span = self.doc.tokens[at].span;
        let before = self.doc.text[..span.start].chars().next_back();
        let after = self.doc.text[span.end..].chars().next();
        let first = at == self.start;
        let last = at + 1 == self.end;
        let open_side = first
            || before.is_none_or(|it| {
                it.is_whitespace() || matches!(it, '(' | '[' | '—' | '–' | '-' | '‘' | '\'' | '/')
            });
        let close_side = last
            || after.is_none_or(|it| {
                it.is_whitespace()
                    || matches!(
                        it,
                        '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '—' | '–' | '’' | '\'' | '-'
                    )
            });
        match (open_side, close_side) {
            (true, false) => MarkDirection::Opening,
            (false, true) => MarkDirection::Closing,
            // "said: \"We won\"Lee" and "word \" word": the count decides.
            _ => MarkDirection::Either,
        }
    }

    /// French « … » and German » … «: the first of a pair opens.
    fn angle_direction(&self, at: usize, left: bool) -> MarkDirection {
        match (self.direction(at), left, self.open.is_some()) {
            (_, true, false) | (MarkDirection::Opening, false, false) => MarkDirection::Opening,
            (MarkDirection::Closing, true, true) | (_, false, _) => MarkDirection::Closing,
            _ => MarkDirection::Either,
        }
    }

    /// A mark that may be an apostrophe.
    fn single_mark(&self, at: usize) -> Option<(QuoteStyle, MarkDirection)> {
        match self.direction(at) {
            MarkDirection::Opening if self.is_elision(at) || self.doc.word(at) == "’" => None,
            MarkDirection::Opening => Some((QuoteStyle::Single, MarkDirection::Opening)),
            MarkDirection::Closing => {
                let (opened, family) = self.open?;
                let ends = family == QuoteStyle::Single && self.closing_single_mark(opened) == Some(at);
                ends.then_some((QuoteStyle::Single, MarkDirection::Closing))
            }
            MarkDirection::Either => None,
        }
    }

    /// Whether the mark stands for dropped letters: '60s, 'em, 'tis.
    fn is_elision(&self, at: usize) -> bool {
        const DROPPED: &[&str] = &[
            "bout", "cause", "cept", "em", "er", "im", "kay", "n", "nother", "nuff", "round", "scuse", "sup",
            "til", "till", "tis", "twas", "twere", "uns",
        ];
        let glued =
            self.doc.tokens.get(at + 1).is_some_and(|it| it.span.start == self.doc.tokens[at].span.end);
        let next = self.doc.lower(at + 1);
        let decade = next.len() >= 3
            && next.starts_with(|it: char| it.is_ascii_digit())
            && next.trim_start_matches(|it: char| it.is_ascii_digit()) == "s";
        let year = next.len() == 2 && next.bytes().all(|it| it.is_ascii_digit());
        glued && (DROPPED.binary_search(&next.as_str()).is_ok() || decade || year)
    }

    /// The token that closes the single mark at `opened`: the first closing
    /// mark that cannot be a plural's apostrophe, else the last that can.
    fn closing_single_mark(&self, opened: usize) -> Option<usize> {
        let mut plural = None;
        for at in opened + 1..self.end.min(opened + MAX_SINGLE_QUOTE_TOKENS) {
            if !matches!(self.doc.word(at), "'" | "’") || self.direction(at) != MarkDirection::Closing {
                // The next opening single mark begins another stretch.
                if self.doc.word(at) == "‘" && !self.is_elision(at) {
                    break;
                }
                continue;
            }
            let before = self.doc.word(at - 1);
            let owner = before.ends_with('s') && self.doc.word(at + 1).starts_with(char::is_alphabetic);
            // "nothin’,’": the first stands for a letter, the second closes.
            let stop = self
                .doc
                .tokens
                .get(at + 1)
                .filter(|_| matches!(self.doc.word(at + 1), "," | "." | "!" | "?"));
            let closed_next = stop.is_some_and(|it| {
                matches!(self.doc.word(at + 2), "'" | "’")
                    && self.doc.tokens[at + 2].span.start == it.span.end
            });
            if owner {
                plural = Some(at);
            } else if !closed_next {
                return Some(at);
            }
        }
        plural
    }

    /// Whether, with another opening mark at `at`, the stretch before it was
    /// never closed: fewer than two closing marks follow before the next opening one.
    fn is_left_open(&self, at: usize, family: QuoteStyle) -> bool {
        let mut closes = 0;
        for next in at + 1..self.end.min(at + MAX_SINGLE_QUOTE_TOKENS) {
            match self.mark_at(next) {
                Some((it, MarkDirection::Opening)) if it == family => break,
                Some((it, _)) if it == family => closes += 1,
                _ => {}
            }
        }
        closes < 2
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::tests::with_document;

    /// The stretches of a text of one paragraph a line; `…` stands for a missing mark.
    fn stretches(text: &str) -> Vec<String> {
        with_document(text, |sheet| {
            let shown = |it: &QuotedSpan| {
                let (left, right) = (if it.opened { "" } else { "…" }, if it.closed { "" } else { "…" });
                format!("{left}{}{right}", it.span.slice(sheet.text))
            };
            quoted_spans(sheet).iter().map(shown).collect()
        })
    }

    #[test]
    fn marks_of_every_family_hold_their_stretch() {
        for (text, expected) in [
            ("“Go,” he said. “Now.”", vec!["“Go,”", "“Now.”"]),
            ("\"Go,\" he said. \"Now.\"", vec!["\"Go,\"", "\"Now.\""]),
            ("``Go,'' he said.", vec!["``Go,''"]),
            ("''Go,'' he said, ''now.''", vec!["''Go,''", "''now.''"]),
            ("«Go», he said.", vec!["«Go»"]),
            ("»Go«, he said.", vec!["»Go«"]),
            ("„Geh“, he said.", vec!["„Geh“"]),
            ("‘Go,’ he said.", vec!["‘Go,’"]),
            ("'Go on,' he said.", vec!["'Go on,'"]),
        ] {
            assert_eq!(stretches(text), expected, "{text}");
        }
    }

    #[test]
    fn an_apostrophe_is_no_quotation_mark() {
        for (text, expected) in [
            ("The players' bus left in the '60s, they say 'em.", vec![]),
            ("Rock 'n' roll is the boys' game.", vec![]),
            ("‘It is the players’ bus,’ he said.", vec!["‘It is the players’ bus,’"]),
            ("‘Bus or nothin’,’ he said.", vec!["‘Bus or nothin’,’"]),
            ("'Don't touch Lee's hat,' he said.", vec!["'Don't touch Lee's hat,'"]),
            ("He said ‘60s music was ’tis of old.", vec![]),
        ] {
            assert_eq!(stretches(text), expected, "{text}");
        }
    }

    #[test]
    fn a_quote_within_a_quote_belongs_to_it() {
        for (text, expected) in [
            ("“He said ‘no’ to me,” she said.", vec!["“He said ‘no’ to me,”"]),
            ("\"He said 'no' to me,\" she said.", vec!["\"He said 'no' to me,\""]),
            ("‘He said “no” to me,’ she said.", vec!["‘He said “no” to me,’"]),
        ] {
            assert_eq!(stretches(text), expected, "{text}");
        }
    }

    #[test]
    fn a_wrong_mark_does_harm_only_to_its_paragraph() {
        for (text, expected) in [
            ("“Go, he said.\nAnn left.\n“Stay,” he said.", vec!["“Go,…", "“Stay,”"]),
            ("“Go, he said. “Now.”", vec!["“Go,…", "“Now.”"]),
            ("Go,” he said.\n“Stay,” he said.", vec!["“Stay,”"]),
            ("”Go,” he said.", vec!["”Go,”"]),
            ("“Go,“ he said. “Now.”", vec!["“Go,“", "“Now.”"]),
            ("\" Go, \" he said.", vec!["\" Go, \""]),
        ] {
            assert_eq!(stretches(text), expected, "{text}");
        }
    }

    #[test]
    fn a_quote_may_go_on_in_the_next_paragraph() {
        for (text, expected) in [
            ("“One.\n“Two.\n“Three,” he said.", vec!["“One.…", "“Two.…", "“Three,”"]),
            ("“One.\nTwo,” he said. “Three.”", vec!["“One.…", "…Two,”", "“Three.”"]),
            ("“One.\nTwo.\nThree.”", vec!["“One.…", "…Two.…", "…Three.”"]),
            ("“One.\nTwo.\n“Three,” he said.", vec!["“One.…", "“Three,”"]),
        ] {
            assert_eq!(stretches(text), expected, "{text}");
        }
    }
}
