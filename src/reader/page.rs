//! A story set in rows of a width: each row knows its stretch of the text, so that everything else is a question of bytes.

use std::ops::Range;

use pullquote::span::Span;
use pullquote::story::{Block, BlockKind, Story};
use textwrap::core::Fragment;
use textwrap::wrap_algorithms::{Penalties, wrap_first_fit, wrap_optimal_fit};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::measure::columns;

/// Up to this many bytes a story is set with the best breaks over whole
/// paragraphs; a longer one row by row, which is four times as fast.
const FINE: usize = 256 << 10;

/// One row of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// Its words, without the blank at its end.
    pub(super) span: Span,
    /// The number of its block.
    pub(super) block: usize,
    pub(super) kind: RowKind,
}

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RowKind {
    /// The first of its block.
    First,
    /// A later one of its block.
    Next,
    /// The space between two blocks; its span is empty.
    Gap,
    /// Stands for as many blocks that are folded away; its span covers them.
    Folded(usize),
}

/// How a block appears.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    Whole,
    /// As part of a row that says how many there are.
    Folded,
    Hidden,
}

/// The rows of a story.
#[derive(Default)]
pub(super) struct Page {
    /// The columns that a row may fill.
    pub(super) width: usize,
    /// Every block's rows, whether it is shown or not: a filter does not set anew.
    set: Vec<Row>,
    /// Where each block's rows stand in `set`.
    of: Vec<Range<usize>>,
    rows: Vec<Row>,
}

impl Page {
    /// Sets all blocks of a story; nothing is shown before [`Page::show`].
    pub(super) fn set(story: &Story, width: usize) -> Self {
        let mut compositor = Compositor::new(story, width);
        let mut of = Vec::with_capacity(story.blocks().len());
        for (number, block) in story.blocks().iter().enumerate() {
            let start = compositor.rows.len();
            compositor.block(number, block);
            of.push(start..compositor.rows.len());
        }
        Self { width, set: compositor.rows, of, rows: Vec::new() }
    }

    /// Puts the rows together anew, with a gap between blocks that wants one. A page that is not set has none.
    pub(super) fn show(&mut self, story: &Story, shown: impl Fn(usize) -> Shown) {
        self.rows.clear();
        if self.of.len() < story.blocks().len() {
            return;
        }
        let mut last: Option<BlockKind> = None;
        for (number, block) in story.blocks().iter().enumerate() {
            let shown = shown(number);
            if shown == Shown::Hidden {
                continue;
            }
            if let (Shown::Folded, Some(Row { span, kind: RowKind::Folded(blocks), .. })) =
                (shown, self.rows.last_mut())
            {
                *span = span.cover(block.span);
                *blocks += 1;
                continue;
            }
            if let (Some(last), Some(above)) = (last, self.rows.last())
                && !(last == BlockKind::Item && block.kind == BlockKind::Item)
            {
                let end = above.span.end;
                self.rows.push(Row { span: Span::new(end, end), block: number, kind: RowKind::Gap });
            }
            last = Some(block.kind);
            match shown {
                Shown::Folded => {
                    self.rows.push(Row { span: block.span, block: number, kind: RowKind::Folded(1) });
                }
                _ => self.rows.extend_from_slice(&self.set[self.of[number].clone()]),
            }
        }
    }

    /// The rows that are shown.
    pub(super) fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The row on which the byte at `place` stands; where that is not shown, the next row that is, else the last.
    pub(super) fn row_at(&self, place: usize) -> usize {
        let next = self.rows.partition_point(|it| it.span.start <= place);
        let row = next.saturating_sub(1);
        let passed = self.rows.get(row).is_some_and(|it| it.kind == RowKind::Gap || it.span.end < place);
        if passed && next < self.rows.len() { self.stop_after(row).unwrap_or(row) } else { row }
    }

    /// The next row below that holds words.
    pub(super) fn stop_after(&self, row: usize) -> Option<usize> {
        let below = self.rows.get(row + 1..)?;
        below.iter().position(|it| it.kind != RowKind::Gap).map(|it| row + 1 + it)
    }

    /// The next row above that holds words.
    pub(super) fn stop_before(&self, row: usize) -> Option<usize> {
        self.rows.get(..row)?.iter().rposition(|it| it.kind != RowKind::Gap)
    }

    /// The columns by which a block's rows stand in.
    pub(super) fn indent(&self, kind: BlockKind) -> usize {
        indent(kind, self.width)
    }
}

fn indent(kind: BlockKind, width: usize) -> usize {
    match kind {
        BlockKind::Item | BlockKind::Caption if width >= 20 => 2,
        _ => 0,
    }
}

/// A stretch that is not broken, with the blank behind it.
#[derive(Clone, Copy, Debug)]
struct Piece {
    start: usize,
    /// The byte after the word.
    end: usize,
    /// The byte after the blank.
    next: usize,
    columns: usize,
}

impl Fragment for Piece {
    fn width(&self) -> f64 {
        self.columns as f64
    }

    fn whitespace_width(&self) -> f64 {
        (self.next - self.end) as f64
    }

    fn penalty_width(&self) -> f64 {
        0.0
    }
}

/// Sets blocks into rows, one after another.
struct Compositor<'a> {
    text: &'a str,
    width: usize,
    fine: bool,
    pieces: Vec<Piece>,
    rows: Vec<Row>,
}

impl<'a> Compositor<'a> {
    fn new(story: &'a Story, width: usize) -> Self {
        let text = story.text();
        let rows = Vec::with_capacity(text.len() / width.max(8));
        Self { text, width, fine: text.len() <= FINE, pieces: Vec::new(), rows }
    }

    fn block(&mut self, number: usize, block: &Block) {
        let width = self.width.saturating_sub(indent(block.kind, self.width)).max(1);
        let mut start = block.span.start;
        let mut kind = RowKind::First;
        for line in block.span.of(self.text).split('\n') {
            self.cut(Span::new(start, start + line.len()), width);
            start += line.len() + 1;
            for row in wrap(&self.pieces, width as f64, self.fine) {
                if let (Some(first), Some(last)) = (row.first(), row.last()) {
                    let span = Span::new(first.start, last.end);
                    self.rows.push(Row { span, block: number, kind });
                    kind = RowKind::Next;
                }
            }
        }
    }

    /// Cuts a line into pieces, none of them wider than `width`.
    fn cut(&mut self, line: Span, width: usize) {
        self.pieces.clear();
        if !self.cut_plain(line) {
            self.pieces.clear();
            self.cut_any(line);
        }
        if self.pieces.iter().any(|it| it.columns > width) {
            let wide = std::mem::take(&mut self.pieces);
            for piece in wide {
                self.cut_wide(piece, width);
            }
        }
    }

    /// Cuts after blanks, hyphens and dashes; gives up at the first sign that is not one column wide or
    /// that wants the full rules of Unicode.
    fn cut_plain(&mut self, line: Span) -> bool {
        let (mut start, mut end, mut columns) = (line.start, line.start, 0);
        let (mut earlier, mut before) = (' ', ' ');
        for (at, sign) in line.of(self.text).char_indices() {
            let at = line.start + at;
            if !is_plain(sign) {
                return false;
            }
            let breaks = match before {
                ' ' => sign != ' ',
                '-' | '–' | '—' => earlier.is_alphanumeric() && sign.is_alphabetic(),
                _ => false,
            };
            if breaks && at > start {
                self.pieces.push(Piece { start, end, next: at, columns });
                (start, end, columns) = (at, at, 0);
            }
            if sign != ' ' {
                columns += 1;
                end = at + sign.len_utf8();
            }
            (earlier, before) = (before, sign);
        }
        if line.end > start {
            self.pieces.push(Piece { start, end, next: line.end, columns });
        }
        true
    }

    /// Cuts by the line breaking rules of Unicode (UAX 14).
    fn cut_any(&mut self, line: Span) {
        let mut start = line.start;
        for word in textwrap::WordSeparator::UnicodeBreakProperties.find_words(line.of(self.text)) {
            let end = start + word.word.len();
            let next = end + word.whitespace.len();
            self.pieces.push(Piece { start, end, next, columns: columns(word.word) });
            start = next;
        }
    }

    fn cut_wide(&mut self, piece: Piece, width: usize) {
        let (mut start, mut taken) = (piece.start, 0);
        for (at, cluster) in self.text[piece.start..piece.end].grapheme_indices(true) {
            let (at, wide) = (piece.start + at, cluster.width());
            if taken + wide > width && at > start {
                self.pieces.push(Piece { start, end: at, next: at, columns: taken });
                (start, taken) = (at, 0);
            }
            taken += wide;
        }
        self.pieces.push(Piece { start, columns: taken, ..piece });
    }
}

/// Whether a sign is one column wide, joins no cluster and breaks by the plain rules.
fn is_plain(sign: char) -> bool {
    matches!(sign, ' '..='~' | '\u{a0}'..='\u{ac}' | '\u{ae}'..='\u{2ff}' | '\u{2010}'..='\u{2027}' | '€')
}

fn wrap(pieces: &[Piece], width: f64, fine: bool) -> Vec<&[Piece]> {
    let best = fine.then(|| wrap_optimal_fit(pieces, &[width], &Penalties::new()).ok()).flatten();
    best.unwrap_or_else(|| wrap_first_fit(pieces, &[width]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use pullquote::story::Format;

    fn page(text: &str, width: usize) -> (Story, Page) {
        let block = Block::new(BlockKind::Paragraph, Span::new(0, text.len()));
        let story = Story::new(Format::Plain, text.into(), vec![block]);
        let mut page = Page::set(&story, width);
        page.show(&story, |_| Shown::Whole);
        (story, page)
    }

    fn rows(text: &str, width: usize) -> Vec<&str> {
        page(text, width).1.rows().iter().map(|it| it.span.of(text)).collect()
    }

    #[test]
    fn rows_break_after_blanks_hyphens_and_dashes() {
        assert_eq!(rows("a well-set page", 8), ["a well-", "set page"]);
        assert_eq!(rows("in 2014-15 again", 8), ["in", "2014-15", "again"]);
        assert_eq!(rows("no—never", 5), ["no—", "never"]);
        assert_eq!(rows("one\ntwo", 20), ["one", "two"]);
        assert_eq!(rows("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(rows("日本語です", 5), ["日本", "語で", "す"]);
    }

    #[test]
    fn a_place_between_rows_belongs_to_the_next() {
        let (_, page) = page("one two three", 4);
        for (place, row) in [(0, 0), (2, 0), (4, 1), (7, 1), (8, 2), (12, 3), (13, 3), (99, 3)] {
            assert_eq!(page.row_at(place), row, "{place}");
        }
    }

    proptest! {
        #[test]
        fn rows_hold_every_word_once_and_are_no_wider_than_the_page(
            text in "[ -~äß“”—\u{301}日本👩\u{200d}🚀\n]{0,120}", width in 0usize..30,
        ) {
            let joined = rows(&text, width).concat().replace([' ', '\n'], "");
            prop_assert_eq!(joined, text.replace([' ', '\n'], ""));
            for row in rows(&text, width) {
                prop_assert!(columns(row) <= width.max(2), "{row:?}");
            }
        }
    }
}
