//! The viewport of a page: cursor, scroll position and jump list. Positions are byte offsets into the text.

use crate::storage::ReadingPosition;
use crate::tui::layout::page::{DisplayRow, Page, RowKind};

/// A cursor with its scroll position, to return to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct ViewPosition {
    offset: usize,
    /// The offset at which the top row begins.
    top_offset: usize,
}

/// The cursor, the scroll position and the jump list of one story.
#[derive(Default)]
pub(crate) struct Viewport {
    /// The offset of the cursor. It is no row, so that it survives a change of width or filter.
    pub(crate) cursor: usize,
    /// The offset that the page shows instead while the user browses the side pane.
    pub(crate) preview: Option<usize>,
    /// The offset and number of the quote that was moved to; another quote may begin at the same offset.
    selected_quote: Option<(usize, usize)>,
    /// The offset at which the top row begins.
    top_offset: usize,
    /// The positions before each jump, the latest last.
    back_jumps: Vec<ViewPosition>,
    /// The positions from which the user jumped back, the latest last.
    forward_jumps: Vec<ViewPosition>,
}

impl Viewport {
    /// Creates a viewport with the cursor at an offset, at the top.
    pub(crate) fn new(cursor: usize) -> Self {
        Self { cursor, top_offset: cursor, ..Self::default() }
    }

    /// Returns the offset that the page shows: that of the preview if there is one.
    pub(crate) fn visible_offset(&self) -> usize {
        self.preview.unwrap_or(self.cursor)
    }

    /// Returns the quote that was moved to or previewed; `None` once the cursor has moved on.
    pub(crate) fn selected_quote(&self) -> Option<usize> {
        self.selected_quote.filter(|it| it.0 == self.visible_offset()).map(|it| it.1)
    }

    /// Sets the quote at the visible offset.
    pub(crate) fn select_quote(&mut self, quote: Option<usize>) {
        self.selected_quote = quote.map(|it| (self.visible_offset(), it));
    }

    /// Returns the number of the top row in a pane of `height` rows.
    pub(crate) fn top_row(&self, page: &Page, height: usize) -> usize {
        let height = height.max(1);
        let last = last_top_row(page, height);
        let top = page.row_at(self.top_offset).min(last);
        let row = page.row_at(self.visible_offset());
        let is_visible = (top..top + height).contains(&row);
        match self.preview {
            _ if is_visible => top,
            Some(_) => row.saturating_sub(height / 3).min(last),
            None if row < top => row,
            None => (row + 1).saturating_sub(height),
        }
    }

    /// Returns how much of the story is above the lower edge of a pane of `height` rows, in per cent.
    pub(crate) fn percent_read(&self, page: &Page, height: usize) -> usize {
        let rows = page.rows().len().max(1);
        (self.top_row(page, height) + height).min(rows) * 100 / rows
    }

    /// Returns the offset of the first text below a pane of `height` rows; that after the last row at the end of the story.
    pub(crate) fn end_of_screen(&self, page: &Page, height: usize) -> usize {
        let below = self.top_row(page, height) + height;
        match page.rows().get(below) {
            Some(row) => row.span.start,
            None => page.rows().last().map_or(0, |it| it.span.end),
        }
    }

    /// Moves the cursor by text rows. The page scrolls once the cursor is a third down the pane.
    pub(crate) fn move_rows(&mut self, page: &Page, rows: isize, height: usize) {
        let from = page.row_at(self.cursor);
        let mut row = from;
        for _ in 0..rows.unsigned_abs() {
            let next = if rows > 0 { page.next_text_row(row) } else { page.previous_text_row(row) };
            let Some(next) = next else { break };
            row = next;
        }
        self.move_to_row(page, from, row, height);
    }

    /// Moves the cursor by paragraphs.
    pub(crate) fn move_paragraphs(&mut self, page: &Page, paragraphs: isize, height: usize) {
        let rows = page.rows();
        let from = page.row_at(self.cursor);
        let mut row = from;
        let is_start = |it: &DisplayRow| !matches!(it.kind, RowKind::Gap | RowKind::Continuation);
        for _ in 0..paragraphs.unsigned_abs() {
            let next = if paragraphs > 0 {
                rows.iter().skip(row + 1).position(is_start).map(|it| row + 1 + it)
            } else {
                rows.iter().take(row).rposition(is_start)
            };
            let Some(next) = next else { break };
            row = next;
        }
        self.move_to_row(page, from, row, height);
    }

    /// Moves the cursor from one row to another and scrolls along.
    fn move_to_row(&mut self, page: &Page, from: usize, row: usize, height: usize) {
        let top = self.top_row(page, height);
        let target_top = row.saturating_sub(height / 3);
        let top = if row > from {
            target_top.min(top + (row - from)).max(top)
        } else {
            target_top.max(top.saturating_sub(from - row)).min(top)
        };
        self.place_cursor(page, row, top, height);
    }

    /// Scrolls by rows and moves the cursor along; at the ends of the page only the cursor moves.
    pub(crate) fn scroll(&mut self, page: &Page, rows: isize, height: usize) {
        let top = self.top_row(page, height);
        let moved = top.saturating_add_signed(rows).min(last_top_row(page, height));
        let by = if moved == top { rows } else { moved.cast_signed() - top.cast_signed() };
        self.place_cursor(page, page.row_at(self.cursor).saturating_add_signed(by), moved, height);
    }

    /// Puts the cursor on a row, or the next row with text, with another row at the top.
    fn place_cursor(&mut self, page: &Page, row: usize, top: usize, height: usize) {
        let row = row.min(page.rows().len().saturating_sub(1));
        let row = match page.rows().get(row).map(|it| it.kind) {
            Some(RowKind::Gap) => page.next_text_row(row).unwrap_or(row),
            Some(_) => row,
            None => return,
        };
        if row != page.row_at(self.cursor) {
            self.cursor = page.rows()[row].span.start;
        }
        self.set_top(page, top.min(last_top_row(page, height)));
    }

    /// Sets the cursor to a visible offset without scrolling.
    pub(crate) fn set_cursor(&mut self, page: &Page, offset: usize, height: usize) {
        let top = self.top_row(page, height);
        self.preview = None;
        self.cursor = offset;
        self.set_top(page, top);
    }

    /// Sets the cursor to an offset and scrolls if that is not visible.
    pub(crate) fn reveal(&mut self, page: &Page, offset: usize, height: usize) {
        let top = self.top_row(page, height);
        self.preview = None;
        self.cursor = offset;
        let row = page.row_at(offset);
        let is_visible = row >= top && row + 2 < top + height;
        self.set_top(page, if is_visible { top } else { row.saturating_sub(height / 3) });
    }

    /// Scrolls to a top row.
    fn set_top(&mut self, page: &Page, top: usize) {
        self.top_offset = page.rows().get(top).map_or(0, |it| it.span.start);
    }

    /// Moves the cursor to an offset and records the jump for [`Viewport::jump_back`].
    pub(crate) fn jump(&mut self, page: &Page, offset: usize, height: usize) {
        let from = self.position(page, height);
        self.reveal(page, offset, height);
        self.push_jump(from);
    }

    /// Returns the cursor and scroll position.
    pub(crate) fn position(&self, page: &Page, height: usize) -> ViewPosition {
        let top = page.rows().get(self.top_row(page, height)).map_or(0, |it| it.span.start);
        ViewPosition { offset: self.cursor, top_offset: top }
    }

    /// Returns the position to be saved for the next session.
    pub(crate) fn reading_position(&self, page: &Page, height: usize) -> ReadingPosition {
        let ViewPosition { offset, top_offset } = self.position(page, height);
        ReadingPosition { offset, top_offset, percent_read: self.percent_read(page, height) }
    }

    /// Restores the position of an earlier session.
    pub(crate) fn resume(&mut self, at: ReadingPosition) {
        self.restore(ViewPosition { offset: at.offset, top_offset: at.top_offset });
    }

    /// Returns whether nothing has moved since the story was opened at `start`.
    pub(crate) fn is_fresh(&self, start: usize) -> bool {
        self.cursor == start
            && self.top_offset == start
            && self.back_jumps.is_empty()
            && self.preview.is_none()
    }

    /// Returns to a position.
    pub(crate) fn restore(&mut self, position: ViewPosition) {
        self.preview = None;
        (self.cursor, self.top_offset) = (position.offset, position.top_offset);
    }

    /// Sets the cursor and the offset at which the top row begins.
    pub(crate) fn set_place(&mut self, cursor: usize, top_offset: usize) {
        (self.cursor, self.top_offset) = (cursor, top_offset);
    }

    /// Returns the offset at which the top row begins.
    pub(crate) fn top_offset(&self) -> usize {
        self.top_offset
    }

    /// Records a position to jump back to, unless the cursor is still there.
    pub(crate) fn push_jump(&mut self, position: ViewPosition) {
        if position.offset != self.cursor {
            self.back_jumps.push(position);
            self.forward_jumps.clear();
        }
    }

    /// Jumps back to where the last jump began, and returns whether there was one.
    pub(crate) fn jump_back(&mut self, page: &Page, height: usize) -> bool {
        let Some(position) = self.back_jumps.pop() else { return false };
        self.forward_jumps.push(self.position(page, height));
        self.restore(position);
        true
    }

    /// Swaps the cursor with where the last jump began, and returns whether there was one.
    pub(crate) fn swap_jump(&mut self, page: &Page, height: usize) -> bool {
        let Some(position) = self.back_jumps.pop() else { return false };
        let here = self.position(page, height);
        self.restore(position);
        self.back_jumps.push(here);
        true
    }

    /// Returns how many jumps can be undone.
    pub(crate) fn jump_count(&self) -> usize {
        self.back_jumps.len()
    }

    /// Undoes [`Viewport::jump_back`], and returns whether there was one.
    pub(crate) fn jump_forward(&mut self, page: &Page, height: usize) -> bool {
        let Some(position) = self.forward_jumps.pop() else { return false };
        self.back_jumps.push(self.position(page, height));
        self.restore(position);
        true
    }
}

/// Returns the last row that can be at the top.
fn last_top_row(page: &Page, height: usize) -> usize {
    page.rows().len().saturating_sub(height.max(1))
}
