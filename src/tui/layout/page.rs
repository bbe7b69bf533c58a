//! A story wrapped into display rows. Each row knows its span of the text.

use std::ops::Range;

use pullquote::span::Span;
use pullquote::story::{BlockKind, Story};

pub(crate) use crate::tui::layout::display_row::{DisplayRow, RowKind};
use crate::tui::layout::typesetter::{TextOptions, Typesetter};

/// How a block is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Visibility {
    Visible,
    /// Counted in a row that replaces all adjacent folded blocks.
    Folded,
    Hidden,
}

/// The display rows of a story.
#[derive(Default)]
pub(crate) struct Page {
    pub(crate) options: TextOptions,
    /// The rows of every block, visible or not, so that a filter needs no new wrapping.
    typeset_rows: Vec<DisplayRow>,
    /// The range of each block's rows in `typeset_rows`.
    block_rows: Vec<Range<usize>>,
    rows: Vec<DisplayRow>,
}

impl Page {
    /// Wraps all blocks of a story. No row is visible before [`Page::show_blocks`].
    pub(crate) fn typeset(story: &Story, options: TextOptions) -> Self {
        let mut typesetter = Typesetter::new(story, options);
        let mut block_rows = Vec::with_capacity(story.blocks().len());
        for (number, block) in story.blocks().iter().enumerate() {
            let start = typesetter.rows.len();
            typesetter.typeset_block(number, block);
            block_rows.push(start..typesetter.rows.len());
        }
        Self { options, typeset_rows: typesetter.rows, block_rows, rows: Vec::new() }
    }

    /// Rebuilds the visible rows, with gaps between blocks. A page that is not typeset has none.
    pub(crate) fn show_blocks(&mut self, story: &Story, visibility: impl Fn(usize) -> Visibility) {
        self.rows.clear();
        if self.block_rows.len() < story.blocks().len() {
            return;
        }
        self.rows.reserve(self.typeset_rows.len() + self.options.gap * self.block_rows.len());
        let mut last: Option<BlockKind> = None;
        for (number, block) in story.blocks().iter().enumerate() {
            let visibility = visibility(number);
            if visibility == Visibility::Hidden {
                continue;
            }
            if let (Visibility::Folded, Some(DisplayRow { span, kind: RowKind::Folded(blocks), .. })) =
                (visibility, self.rows.last_mut())
            {
                *span = span.cover(block.span);
                *blocks += 1;
                continue;
            }
            if let (Some(last), Some(above)) = (last, self.rows.last())
                && !(last == BlockKind::Item && block.kind == BlockKind::Item)
            {
                let end = above.span.end;
                let gap = DisplayRow::new(Span::new(end, end), number, RowKind::Gap);
                self.rows.extend(std::iter::repeat_n(gap, self.options.gap));
            }
            last = Some(block.kind);
            match visibility {
                Visibility::Folded => {
                    self.rows.push(DisplayRow::new(block.span, number, RowKind::Folded(1)));
                }
                _ => self.rows.extend_from_slice(&self.typeset_rows[self.block_rows[number].clone()]),
            }
        }
    }

    /// The visible rows.
    pub(crate) fn rows(&self) -> &[DisplayRow] {
        &self.rows
    }

    /// The row that shows the byte at `offset`; if it is not visible, the next visible row, else the last.
    pub(crate) fn row_at(&self, offset: usize) -> usize {
        let next = self.rows.partition_point(|it| it.span.start <= offset);
        let row = next.saturating_sub(1);
        let passed = self.rows.get(row).is_some_and(|it| it.kind == RowKind::Gap || it.span.end < offset);
        if passed && next < self.rows.len() { self.next_text_row(row).unwrap_or(row) } else { row }
    }

    /// The next row below that has text.
    pub(crate) fn next_text_row(&self, row: usize) -> Option<usize> {
        let below = self.rows.get(row + 1..)?;
        below.iter().position(|it| it.kind != RowKind::Gap).map(|it| row + 1 + it)
    }

    /// The next row above that has text.
    pub(crate) fn previous_text_row(&self, row: usize) -> Option<usize> {
        self.rows.get(..row)?.iter().rposition(|it| it.kind != RowKind::Gap)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::text::width::display_width;
    use proptest::prelude::*;
    use pullquote::story::{Block, Format};

    fn page(text: &str, setting: TextOptions) -> (Story, Page) {
        let block = Block::new(BlockKind::Paragraph, Span::new(0, text.len()));
        let story = Story::new(Format::Plain, text.into(), vec![block]);
        let mut page = Page::typeset(&story, setting);
        page.show_blocks(&story, |_| Visibility::Visible);
        (story, page)
    }

    fn of_width(width: usize) -> TextOptions {
        TextOptions { width, ..TextOptions::default() }
    }

    fn rows(text: &str, width: usize) -> Vec<&str> {
        page(text, of_width(width)).1.rows().iter().map(|it| it.span.slice(text)).collect()
    }

    /// The text of the rows as displayed, without the indent.
    fn shown(text: &str, setting: TextOptions) -> Vec<String> {
        let (_, page) = page(text, setting);
        page.rows().iter().map(|it| it.display_text(it.span, text).to_string()).collect()
    }

    #[test]
    fn rows_break_after_blanks_hyphens_and_dashes() {
        assert_eq!(rows("a well-set page", 8), ["a well-", "set page"]);
        assert_eq!(rows("in 2014-15 again", 8), ["in", "2014-15", "again"]);
        assert_eq!(rows("no—never", 5), ["no—", "never"]);
        assert_eq!(rows("well-known half-truths", 6), ["well-", "known", "half-", "truths"]);
        assert_eq!(rows("a -b c- --d e", 4), ["a -b", "c-", "--d", "e"]);
        assert_eq!(rows("“a” – bcd", 5), ["“a” –", "bcd"]);
        assert_eq!(rows("one\ntwo", 20), ["one", "two"]);
        assert_eq!(rows("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(rows("日本語です", 5), ["日本", "語で", "す"]);
    }

    #[test]
    fn a_justified_row_fills_the_width_but_the_last_of_a_line_does_not() {
        let setting = TextOptions { justified: true, ..of_width(12) };
        assert_eq!(shown("one two four one two", setting), ["one two four", "one two"]);
        assert_eq!(shown("one two three four", setting), ["one two", "three four"]);
        assert_eq!(
            shown("a bb ccc dddd eeeee\nff", TextOptions { justified: true, ..of_width(11) }),
            ["a  bb   ccc", "dddd eeeee", "ff"]
        );
        // A row of few words is not justified.
        assert_eq!(
            shown("a bcd incomprehensible", TextOptions { justified: true, ..of_width(16) }),
            ["a bcd", "incomprehensible"]
        );
    }

    #[test]
    fn a_long_word_is_hyphenated_between_syllables_but_a_name_is_not() {
        let setting = TextOptions { hyphenated: true, ..of_width(10) };
        assert_eq!(shown("an extensive", setting), ["an exten-", "sive"]);
        assert_eq!(shown("“an extensive,” they", setting), ["“an ex-", "tensive,”", "they"]);
        assert_eq!(shown("to Washington", setting), ["to", "Washington"]);
        assert_eq!(shown("extensive", setting), ["extensive"]);
        let text = "an extensive";
        let spans: Vec<&str> = page(text, setting).1.rows().iter().map(|it| it.span.slice(text)).collect();
        assert_eq!(spans, ["an exten", "sive"]);
    }

    #[test]
    fn a_row_is_not_overfilled_to_spare_a_hyphen() {
        let setting = TextOptions { hyphenated: true, ..of_width(0) };
        let (_, page) = page("inobody would comprehend,", setting);
        assert!(page.rows().iter().all(|it| it.width("inobody would comprehend,") == 1));
    }

    #[test]
    fn without_a_gap_paragraphs_are_indented() {
        let text = "One two three four five six.\nSeven.";
        let blocks = [Span::new(0, 28), Span::new(29, 35)].map(|it| Block::new(BlockKind::Paragraph, it));
        let story = Story::new(Format::Plain, text.into(), blocks.to_vec());
        for (gap, kinds) in [(0, "123"), (1, "12 3"), (2, "12  3")] {
            let mut page = Page::typeset(&story, TextOptions { gap, ..of_width(20) });
            page.show_blocks(&story, |_| Visibility::Visible);
            let signs = page.rows().iter().enumerate().filter(|it| it.1.kind != RowKind::Gap);
            assert_eq!((page.rows().len(), signs.count()), (kinds.len(), 3), "{gap}");
            let indents: Vec<u16> = page.rows().iter().map(|it| it.indent).collect();
            assert_eq!(indents.iter().filter(|it| **it == 2).count(), if gap == 0 { 2 } else { 0 });
        }
    }

    #[test]
    fn a_place_between_rows_belongs_to_the_next() {
        let (_, page) = page("one two three", of_width(4));
        for (place, row) in [(0, 0), (2, 0), (4, 1), (7, 1), (8, 2), (12, 3), (13, 3), (99, 3)] {
            assert_eq!(page.row_at(place), row, "{place}");
        }
    }

    proptest! {
        #[test]
        fn rows_hold_every_word_once_and_are_no_wider_than_the_page(
            text in "([ -~äß“”—\u{301}日本👩\u{200d}🚀\n]{0,9}|extensive |nobody would comprehend, ){0,12}",
            width in 0usize..34, gap in 0usize..3, justified: bool, hyphenated: bool,
        ) {
            let (_, page) = page(&text, TextOptions { width, gap, justified, hyphenated });
            let words: Vec<&str> = page.rows().iter().map(|it| it.span.slice(&text)).collect();
            prop_assert_eq!(words.concat().replace([' ', '\n'], ""), text.replace([' ', '\n'], ""));
            for row in page.rows() {
                let shown = row.display_text(row.span, &text);
                prop_assert!(row.width(&text) <= width.max(2), "{row:?}");
                prop_assert_eq!(row.width(&text), usize::from(row.indent) + display_width(&shown));
                prop_assert!(!row.has_hyphen || text[..row.span.end].ends_with(|it: char| it.is_ascii_lowercase()));
            }
        }
    }
}
