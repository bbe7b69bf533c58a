//! The scroll bar: which part of the story each of its rows stands for.

use std::ops::Range;

use crate::tui::layout::page::Page;

/// A page scaled to the height of its pane. It is built for each frame and inspects one offset a row.
pub(crate) struct Scrollbar {
    /// The byte offset at which the part of each row starts, followed by the end of the last part.
    edges: Vec<usize>,
    /// The rows that stand for the visible part of the story; all rows if the whole story is visible.
    pub(crate) thumb: Range<usize>,
}

impl Scrollbar {
    /// Scales a page whose row `top` is the first in a pane of `height` rows.
    pub(crate) fn new(page: &Page, top: usize, height: usize) -> Self {
        // A short page is not scaled: one row each.
        let rows = page.rows().len().max(height).max(1);
        let first = |row: usize| (row * rows).div_ceil(height.max(1));
        let start = |row: usize| match row {
            0 => 0,
            _ => page.rows().get(first(row)).map_or(usize::MAX, |it| it.span.start),
        };
        let edges = (0..height).map(start).chain([usize::MAX]).collect();
        let thumb = top * height / rows..((top + height) * height).div_ceil(rows).min(height);
        Self { edges, thumb }
    }

    /// Groups things by the row of the scroll bar that stands for them. `start` gives the byte offset of each; `things`
    /// must be sorted by it.
    pub(crate) fn group_by_row<'a, T>(
        &'a self,
        things: &'a [T],
        start: impl Fn(&T) -> usize + Copy + 'a,
    ) -> impl Iterator<Item = &'a [T]> {
        let before = move |edge: usize| things.partition_point(move |it| start(it) < edge);
        self.edges.windows(2).map(move |it| &things[before(it[0])..before(it[1])])
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use pullquote::span::Span;
    use pullquote::story::{Block, BlockKind, Format, Story};

    use super::*;
    use crate::tui::layout::page::{Page, Visibility};
    use crate::tui::layout::typesetter::TextOptions;

    fn page(text: &str, width: usize) -> Page {
        let block = Block::new(BlockKind::Paragraph, Span::new(0, text.len()));
        let story = Story::new(Format::Plain, text.into(), vec![block]);
        let mut page = Page::typeset(&story, TextOptions { width, ..TextOptions::default() });
        page.show_blocks(&story, |_| Visibility::Visible);
        page
    }

    #[test]
    fn a_short_page_maps_to_the_scroll_bar_row_by_row() {
        let bar = Scrollbar::new(&page("one two three", 4), 0, 6);
        let rows: Vec<&[usize]> = bar.group_by_row(&[0, 4, 5, 9], |it| *it).collect();
        let none: &[usize] = &[];
        assert_eq!(rows, [&[0][..], &[4, 5], &[9], none, none, none]);
        assert_eq!(bar.thumb, 0..6);
    }

    #[test]
    fn a_long_page_is_drawn_together() {
        let page = page(&"a ".repeat(100), 1);
        let bar = Scrollbar::new(&page, 50, 10);
        assert_eq!(bar.thumb, 5..6);
        let rows: Vec<usize> = bar.group_by_row(&[0, 18, 20, 198], |it| *it).map(<[usize]>::len).collect();
        assert_eq!(rows, [2, 1, 0, 0, 0, 0, 0, 0, 0, 1]);
    }

    proptest! {
        #[test]
        fn every_item_maps_to_one_row_and_the_window_is_never_empty(
            words in 0usize..80, width in 1usize..9, height in 0usize..30, top in 0usize..80,
        ) {
            let page = page(&"ab ".repeat(words), width);
            let last = page.rows().len().saturating_sub(height.max(1));
            let bar = Scrollbar::new(&page, top.min(last), height);
            let things: Vec<usize> = (0..words * 3).collect();
            let beside: usize = bar.group_by_row(&things, |it| *it).map(<[usize]>::len).sum();
            prop_assert_eq!(beside, if height == 0 { 0 } else { things.len() });
            prop_assert!(height == 0 || !bar.thumb.is_empty() && bar.thumb.end <= height);
        }
    }
}
