//! Quotation marks: matches them paragraph by paragraph, so that a wrong mark changes nothing in other paragraphs.

use std::ops::Range;

use crate::engine::text::document::Document;
use crate::engine::text::lexicon::LexicalClass;
use crate::engine::text::tokens::TokenKind;
use crate::engine::text::work_titles::is_work_title;
use crate::span::Span;

/// How many tokens before such a verb the comma that ends the quote may stand.
const MAX_FALLBACK_CUE_DISTANCE: usize = 5;

/// How many tokens a quote in single marks may have. It bounds the time that a long paragraph full of apostrophes takes.
const MAX_SINGLE_QUOTE_TOKENS: usize = 600;

/// How many paragraphs without a mark a quote may continue over.
const MAX_UNMARKED_PARAGRAPHS: usize = 4;
/// How many tokens such paragraphs may have.
const MAX_UNMARKED_TOKENS: usize = 800;

/// Text in quotation marks that is in no other quote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct QuotedSpan {
    /// The text with its marks.
    pub(crate) span: Span,
    /// The text without its marks.
    pub(crate) content: Span,
    /// Whether it has an opening mark; without one it continues the quote of the paragraph before.
    pub(crate) opened: bool,
    /// Whether it has a closing mark; without one it ends with its paragraph, or before the next opening mark.
    pub(crate) closed: bool,
    /// The index of its block.
    pub(crate) block: usize,
}

/// A span without the closing mark at its end that nothing in it opens, as the last turn of a quoted conversation has.
pub(crate) fn without_unpaired_close(text: &str, span: Span) -> Span {
    let words = span.slice(text);
    let is_unpaired = match words.chars().next_back() {
        Some('”') => words.matches('”').count() > words.matches('“').count(),
        Some('"') => words.matches('"').count() % 2 == 1,
        _ => false,
    };
    let mark = words.chars().next_back().map_or(0, char::len_utf8);
    if is_unpaired { Span::new(span.start, span.end - mark) } else { span }
}

/// Whether one of some quoted spans, in reading order, holds the whole of a span.
pub(crate) fn is_quoted(quoted: &[QuotedSpan], span: Span) -> bool {
    let at = quoted.partition_point(|it| it.span.end < span.end);
    quoted.get(at).is_some_and(|it| it.span.contains_span(span))
}

/// All quoted spans of a story but the titles of works, in reading order and without overlaps. A quote inside a quote is
/// part of it.
pub(crate) fn quoted_spans(doc: &Document) -> Vec<QuotedSpan> {
    let mut quoted = marked_spans(doc);
    quoted.retain(|it| !is_work_title(doc, it));
    quoted
}

/// All spans between quotation marks, titles of works too.
pub(crate) fn marked_spans(doc: &Document) -> Vec<QuotedSpan> {
    let mut quoted = Vec::new();
    let mut start = 0;
    let mut continues_quote = false;
    while start < doc.tokens.len() {
        let block = doc.tokens[start].block;
        let end = start + doc.tokens[start..].partition_point(|it| it.block == block);
        let mut paragraph = QuoteMatcher { doc, start, end, continues_quote, open: None, quotes: Vec::new() };
        paragraph.match_marks();
        if continues_quote && paragraph.quotes.is_empty() && is_closed_soon(doc, end) {
            paragraph.quotes.push(unmarked_paragraph(doc, start..end, block));
        }
        continues_quote = paragraph.quotes.last().is_some_and(|it: &QuotedSpan| !it.closed);
        quoted.append(&mut paragraph.quotes);
        start = end;
    }
    quoted
}

/// A paragraph without marks in the middle of a quote.
fn unmarked_paragraph(doc: &Document, tokens: Range<usize>, block: usize) -> QuotedSpan {
    let span = doc.span(tokens);
    QuotedSpan { span, content: span, opened: false, closed: false, block }
}

/// Whether one of the next few paragraphs closes a quote that is open before token `start`, before any other mark.
fn is_closed_soon(doc: &Document, start: usize) -> bool {
    let Some(first) = doc.tokens.get(start) else { return false };
    let ahead = doc.tokens[start..].partition_point(|it| it.block < first.block + MAX_UNMARKED_PARAGRAPHS);
    let is_double = |at: &usize| matches!(doc.word(*at), "“" | "”" | "\"" | "''" | "``" | "«" | "»" | "„");
    let Some(at) = (start..start + ahead.min(MAX_UNMARKED_TOKENS)).find(is_double) else { return false };
    let (before, mark) = (doc.tokens[at - 1], doc.tokens[at]);
    let is_glued = before.span.end == mark.span.start && before.block == mark.block;
    is_glued && matches!(doc.word(at), "”" | "\"" | "''" | "»")
}

/// A style of quotation marks; only marks of one style match.
#[derive(Clone, Copy, PartialEq, Eq)]
enum QuoteStyle {
    Double,
    Single,
    Angle,
}

/// Whether a mark opens or closes a quote.
#[derive(Clone, Copy, PartialEq, Eq)]
enum MarkDirection {
    Opening,
    Closing,
    Either,
}

/// Matches the quotation marks of one paragraph.
struct QuoteMatcher<'a, 'b> {
    doc: &'b Document<'a>,
    /// The paragraph's first token.
    start: usize,
    /// The token behind the paragraph's last.
    end: usize,
    /// Whether the paragraph before ends inside a quote.
    continues_quote: bool,
    /// The token that opens the current quote, and its style.
    open: Option<(usize, QuoteStyle)>,
    quotes: Vec<QuotedSpan>,
}

impl QuoteMatcher<'_, '_> {
    fn match_marks(&mut self) {
        for at in self.start..self.end {
            let Some((style, direction)) = self.mark_at(at) else { continue };
            match self.open {
                None if direction == MarkDirection::Closing => self.close_continued_quote(at, style),
                None => self.open_quote(at, style),
                Some((opened, open_style)) if open_style == style => match direction {
                    MarkDirection::Opening if self.is_left_open(at, style) => {
                        self.push_quote(opened, at, false);
                        self.open = Some((at, style));
                    }
                    MarkDirection::Opening => {}
                    _ => {
                        self.push_quote(opened, at, true);
                        self.open = None;
                    }
                },
                // Another style inside is a quote within the quote.
                Some(_) => {}
            }
        }
        if let Some((opened, _)) = self.open {
            self.push_quote(opened, self.end, false);
        }
    }

    /// The end of a quote without a closing mark: before its own cue ("“I am done, she said."), or `end`.
    fn end_before_cue(&self, opened: usize, end: usize) -> usize {
        let is_cue = |at: &usize| self.doc.is(*at, LexicalClass::FrequentCue);
        let is_stop = |at: &usize| matches!(self.doc.word(*at), "," | "?" | "!");
        let stop_before = |cue: usize| {
            let first = cue.saturating_sub(MAX_FALLBACK_CUE_DISTANCE).max(opened + 2);
            (first..cue).rev().find(is_stop).filter(|it| *it + 1 < cue)
        };
        (opened + 2..end).filter(is_cue).find_map(stop_before).map_or(end, |it| it + 1)
    }

    fn open_quote(&mut self, at: usize, style: QuoteStyle) {
        // A single mark without a closing one is an apostrophe.
        if style != QuoteStyle::Single || self.closing_single_mark(at).is_some() {
            self.open = Some((at, style));
        }
    }

    /// Handles a closing mark without an opening one: it ends a quote that the paragraph before left open, or is ignored.
    fn close_continued_quote(&mut self, at: usize, style: QuoteStyle) {
        if self.continues_quote && self.quotes.is_empty() && style != QuoteStyle::Single {
            let span = self.doc.span(self.start..at + 1);
            let content = self.doc.span(self.start..at);
            let block = self.doc.tokens[at].block;
            self.quotes.push(QuotedSpan { span, content, opened: false, closed: true, block });
        }
    }

    /// Adds the quote that token `opened` opens; token `end` closes it, or stands behind it.
    fn push_quote(&mut self, opened: usize, end: usize, closed: bool) {
        let end = if closed { end } else { self.end_before_cue(opened, end) };
        let last = if closed { end + 1 } else { end };
        let content = self.doc.span(opened + 1..end);
        if !content.is_empty() {
            let span = self.doc.span(opened..last);
            let block = self.doc.tokens[opened].block;
            self.quotes.push(QuotedSpan { span, content, opened: true, closed, block });
        }
    }

    /// The style and direction of token `at`; `None` where it is no quotation mark.
    fn mark_at(&self, at: usize) -> Option<(QuoteStyle, MarkDirection)> {
        use MarkDirection::{Closing, Opening};
        use QuoteStyle::{Angle, Double, Single};
        if self.doc.tokens[at].kind != TokenKind::Punctuation {
            return None;
        }
        let is_low_open = self.open.is_some_and(|it| self.doc.word(it.0) == "„");
        match self.doc.word(at) {
            "“" if is_low_open => Some((Double, Closing)),
            // The wrong mark at the end of a quote: "“We won,“ she said".
            "“" if self.open.is_some() && self.direction(at) == Closing => Some((Double, Closing)),
            "“" | "„" | "‟" | "``" => Some((Double, Opening)),
            "”" if self.direction(at) == Opening => Some((Double, Opening)),
            "”" => Some((Double, Closing)),
            "\"" | "''" | "＂" => Some((Double, self.direction(at))),
            "«" | "‹" => Some((Angle, self.angle_direction(at, true))),
            "»" | "›" => Some((Angle, self.angle_direction(at, false))),
            "‘" | "‚" if !self.is_elision(at) => Some((Single, Opening)),
            "'" | "’" | "`" => self.single_mark(at),
            _ => None,
        }
    }

    /// The direction of a mark by its neighbours: it opens before a word and closes after one.
    fn direction(&self, at: usize) -> MarkDirection {
        let span = self.doc.tokens[at].span;
        let before = self.doc.text[..span.start].chars().next_back();
        let after = self.doc.text[span.end..].chars().next();
        let may_precede =
            |ch: char| ch.is_whitespace() || matches!(ch, '(' | '[' | '—' | '–' | '-' | '‘' | '\'' | '/');
        let may_follow = |ch: char| {
            ch.is_whitespace()
                || matches!(ch, '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '—' | '–' | '’' | '\'' | '-')
        };
        let may_open = at == self.start || before.is_none_or(may_precede);
        let may_close = at + 1 == self.end || after.is_none_or(may_follow);
        match (may_open, may_close) {
            (true, false) => MarkDirection::Opening,
            (false, true) => MarkDirection::Closing,
            // "said: \"We won\"Lee" and "word \" word": what is open decides.
            _ => MarkDirection::Either,
        }
    }

    /// The direction of an angle mark. Both French « … » and German » … « occur: the first of a pair opens.
    fn angle_direction(&self, at: usize, is_left: bool) -> MarkDirection {
        match (self.direction(at), is_left, self.open.is_some()) {
            (_, true, false) | (MarkDirection::Opening, false, false) => MarkDirection::Opening,
            (MarkDirection::Closing, true, true) | (_, false, _) => MarkDirection::Closing,
            _ => MarkDirection::Either,
        }
    }

    /// The style and direction of a mark that may be an apostrophe; `None` where it is one.
    fn single_mark(&self, at: usize) -> Option<(QuoteStyle, MarkDirection)> {
        match self.direction(at) {
            MarkDirection::Opening if self.is_elision(at) || self.doc.word(at) == "’" => None,
            MarkDirection::Opening => Some((QuoteStyle::Single, MarkDirection::Opening)),
            MarkDirection::Closing => {
                let (opened, style) = self.open?;
                let closes = style == QuoteStyle::Single && self.closing_single_mark(opened) == Some(at);
                closes.then_some((QuoteStyle::Single, MarkDirection::Closing))
            }
            MarkDirection::Either => None,
        }
    }

    /// Whether the mark stands for omitted letters or digits: '60s, 'em, 'tis.
    fn is_elision(&self, at: usize) -> bool {
        let mark = self.doc.tokens[at];
        let is_glued = self.doc.tokens.get(at + 1).is_some_and(|it| it.span.start == mark.span.end);
        let next = self.doc.lower(at + 1);
        let is_digit = |ch: char| ch.is_ascii_digit();
        let is_decade =
            next.len() >= 3 && next.starts_with(is_digit) && next.trim_start_matches(is_digit) == "s";
        let is_year = next.len() == 2 && next.bytes().all(|it| it.is_ascii_digit());
        is_glued && (self.doc.is(at + 1, LexicalClass::Elision) || is_decade || is_year)
    }

    /// The token that closes the single mark at `opened`: the first closing mark that cannot be a plural's apostrophe,
    /// else the last that can.
    fn closing_single_mark(&self, opened: usize) -> Option<usize> {
        let mut plural = None;
        for at in opened + 1..self.end.min(opened + MAX_SINGLE_QUOTE_TOKENS) {
            if !matches!(self.doc.word(at), "'" | "’") || self.direction(at) != MarkDirection::Closing {
                // The next opening single mark begins another quote.
                if self.doc.word(at) == "‘" && !self.is_elision(at) {
                    break;
                }
                continue;
            }
            let may_be_plural = self.doc.word(at - 1).ends_with('s')
                && self.doc.word(at + 1).starts_with(char::is_alphabetic);
            if may_be_plural {
                plural = Some(at);
            } else if !self.is_closed_after_stop(at) {
                return Some(at);
            }
        }
        plural
    }

    /// Whether another mark follows after the stop behind this one. In "nothin’,’" the first stands for a letter, the
    /// second closes.
    fn is_closed_after_stop(&self, at: usize) -> bool {
        let (stop, mark) = (at + 1, at + 2);
        matches!(self.doc.word(stop), "," | "." | "!" | "?")
            && matches!(self.doc.word(mark), "'" | "’")
            && self.doc.tokens[mark].span.start == self.doc.tokens[stop].span.end
    }

    /// Whether the quote before another opening mark at `at` was never closed: fewer than two closing marks follow
    /// before the next opening one.
    fn is_left_open(&self, at: usize, style: QuoteStyle) -> bool {
        let mut closes = 0;
        for next in at + 1..self.end.min(at + MAX_SINGLE_QUOTE_TOKENS) {
            match self.mark_at(next) {
                Some((it, MarkDirection::Opening)) if it == style => break,
                Some((it, _)) if it == style => closes += 1,
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

    /// The quotes of a text with one paragraph a line; `…` stands for a missing mark.
    fn quotes(text: &str) -> Vec<String> {
        with_document(text, |doc| {
            let shown = |it: &QuotedSpan| {
                let (left, right) = (if it.opened { "" } else { "…" }, if it.closed { "" } else { "…" });
                format!("{left}{}{right}", it.span.slice(doc.text))
            };
            quoted_spans(doc).iter().map(shown).collect()
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
            assert_eq!(quotes(text), expected, "{text}");
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
            assert_eq!(quotes(text), expected, "{text}");
        }
    }

    #[test]
    fn a_quote_within_a_quote_belongs_to_it() {
        for (text, expected) in [
            ("“He said ‘no’ to me,” she said.", vec!["“He said ‘no’ to me,”"]),
            ("\"He said 'no' to me,\" she said.", vec!["\"He said 'no' to me,\""]),
            ("‘He said “no” to me,’ she said.", vec!["‘He said “no” to me,’"]),
        ] {
            assert_eq!(quotes(text), expected, "{text}");
        }
    }

    #[test]
    fn a_wrong_mark_affects_only_its_paragraph() {
        for (text, expected) in [
            ("“Go, he said.\nAnn left.\n“Stay,” he said.", vec!["“Go,…", "“Stay,”"]),
            ("“Go, he said. “Now.”", vec!["“Go,…", "“Now.”"]),
            ("Go,” he said.\n“Stay,” he said.", vec!["“Stay,”"]),
            ("”Go,” he said.", vec!["”Go,”"]),
            ("“Go,“ he said. “Now.”", vec!["“Go,“", "“Now.”"]),
            ("\" Go, \" he said.", vec!["\" Go, \""]),
        ] {
            assert_eq!(quotes(text), expected, "{text}");
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
            assert_eq!(quotes(text), expected, "{text}");
        }
    }
}
