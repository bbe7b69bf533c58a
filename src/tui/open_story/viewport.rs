//! Where the reader stands on a page: the place, what is seen round it, and the way back from every jump.

use crate::storage::ReadingPosition;
use crate::tui::layout::page::{DisplayRow, Page, RowKind};

/// A place, and what was seen round it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct ViewPosition {
    offset: usize,
    /// The byte with which the top row began.
    top_offset: usize,
}

/// A standpoint in one story.
#[derive(Default)]
pub(crate) struct Viewport {
    /// A byte of the text and not a row, so that it outlives a change of width or filter.
    pub(crate) cursor: usize,
    /// A place that the story shows while the reader looks through the side pane.
    pub(crate) preview: Option<usize>,
    /// The quote that was gone to, with its place: another may begin there too.
    selected_quote: Option<(usize, usize)>,
    /// The byte with which the top row begins.
    top_offset: usize,
    /// The spots jumped from, the last one last; and those returned from.
    back_jumps: Vec<ViewPosition>,
    forward_jumps: Vec<ViewPosition>,
}

impl Viewport {
    pub(crate) fn new(cursor: usize) -> Self {
        Self { cursor, top_offset: cursor, ..Self::default() }
    }

    /// What the story shows: the preview if there is one.
    pub(crate) fn visible_offset(&self) -> usize {
        self.preview.unwrap_or(self.cursor)
    }

    /// The quote that was gone to, or is previewed, as long as nothing has moved since.
    pub(crate) fn selected_quote(&self) -> Option<usize> {
        self.selected_quote.filter(|it| it.0 == self.visible_offset()).map(|it| it.1)
    }

    /// Says which quote it is that begins at the place seen.
    pub(crate) fn select_quote(&mut self, quote: Option<usize>) {
        self.selected_quote = quote.map(|it| (self.visible_offset(), it));
    }

    /// The row that stands on top of a pane of `height` rows.
    pub(crate) fn top_row(&self, page: &Page, height: usize) -> usize {
        let height = height.max(1);
        let last = last_top_row(page, height);
        let top = page.row_at(self.top_offset).min(last);
        let row = page.row_at(self.visible_offset());
        let seen = (top..top + height).contains(&row);
        match self.preview {
            _ if seen => top,
            Some(_) => row.saturating_sub(height / 3).min(last),
            None if row < top => row,
            None => (row + 1).saturating_sub(height),
        }
    }

    /// How much of the story is above the end of a pane of `height` rows, in per cent.
    pub(crate) fn percent_read(&self, page: &Page, height: usize) -> usize {
        let rows = page.rows().len().max(1);
        (self.top_row(page, height) + height).min(rows) * 100 / rows
    }

    /// Moves by rows of words. The page moves along once the place is a third down the pane.
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

    /// Moves by paragraphs.
    pub(crate) fn move_paragraphs(&mut self, page: &Page, paragraphs: isize, height: usize) {
        let rows = page.rows();
        let from = page.row_at(self.cursor);
        let mut row = from;
        let is_head = |it: &DisplayRow| !matches!(it.kind, RowKind::Gap | RowKind::Continuation);
        for _ in 0..paragraphs.unsigned_abs() {
            let next = if paragraphs > 0 {
                rows.iter().skip(row + 1).position(is_head).map(|it| row + 1 + it)
            } else {
                rows.iter().take(row).rposition(is_head)
            };
            let Some(next) = next else { break };
            row = next;
        }
        self.move_to_row(page, from, row, height);
    }

    /// Goes from row to row, the page along with it.
    fn move_to_row(&mut self, page: &Page, from: usize, row: usize, height: usize) {
        let top = self.top_row(page, height);
        let wanted = row.saturating_sub(height / 3);
        let top = if row > from {
            wanted.min(top + (row - from)).max(top)
        } else {
            wanted.max(top.saturating_sub(from - row)).min(top)
        };
        self.place_cursor(page, row, top, height);
    }

    /// Moves the page by rows, and the place with it; at the page's end the place alone.
    pub(crate) fn scroll(&mut self, page: &Page, rows: isize, height: usize) {
        let top = self.top_row(page, height);
        let moved = top.saturating_add_signed(rows).min(last_top_row(page, height));
        let by = if moved == top { rows } else { moved.cast_signed() - top.cast_signed() };
        self.place_cursor(page, page.row_at(self.cursor).saturating_add_signed(by), moved, height);
    }

    /// Stands on a row, or the nearest with words, with another one on top.
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

    /// Stands at a place that is seen; the page does not move.
    pub(crate) fn set_cursor(&mut self, page: &Page, place: usize, height: usize) {
        let top = self.top_row(page, height);
        self.preview = None;
        self.cursor = place;
        self.set_top(page, top);
    }

    /// Goes to a place; the page moves only where that is out of sight.
    pub(crate) fn reveal(&mut self, page: &Page, place: usize, height: usize) {
        let top = self.top_row(page, height);
        self.preview = None;
        self.cursor = place;
        let row = page.row_at(place);
        let seen = row >= top && row + 2 < top + height;
        self.set_top(page, if seen { top } else { row.saturating_sub(height / 3) });
    }

    fn set_top(&mut self, page: &Page, top: usize) {
        self.top_offset = page.rows().get(top).map_or(0, |it| it.span.start);
    }

    /// Goes to a place from which [`Stand::return_back`] leads here again.
    pub(crate) fn jump(&mut self, page: &Page, place: usize, height: usize) {
        let from = self.position(page, height);
        self.reveal(page, place, height);
        self.push_jump(from);
    }

    /// The spot as it is seen now.
    pub(crate) fn position(&self, page: &Page, height: usize) -> ViewPosition {
        let top = page.rows().get(self.top_row(page, height)).map_or(0, |it| it.span.start);
        ViewPosition { offset: self.cursor, top_offset: top }
    }

    /// Where the reader stands, for one who comes back another day.
    pub(crate) fn reading_position(&self, page: &Page, height: usize) -> ReadingPosition {
        let ViewPosition { offset: place, top_offset: top } = self.position(page, height);
        ReadingPosition { offset: place, top_offset: top, percent_read: self.percent_read(page, height) }
    }

    /// Stands where the reader stood another day.
    pub(crate) fn resume(&mut self, at: ReadingPosition) {
        self.restore(ViewPosition { offset: at.offset, top_offset: at.top_offset });
    }

    /// Whether nothing has moved since the story was opened at `start`.
    pub(crate) fn is_fresh(&self, start: usize) -> bool {
        self.cursor == start
            && self.top_offset == start
            && self.back_jumps.is_empty()
            && self.preview.is_none()
    }

    /// Stands on a spot again.
    pub(crate) fn restore(&mut self, spot: ViewPosition) {
        self.preview = None;
        (self.cursor, self.top_offset) = (spot.offset, spot.top_offset);
    }

    /// Remembers a spot to return to.
    pub(crate) fn push_jump(&mut self, spot: ViewPosition) {
        if spot.offset != self.cursor {
            self.back_jumps.push(spot);
            self.forward_jumps.clear();
        }
    }

    /// Back to where the last jump began; whether there was one.
    pub(crate) fn jump_back(&mut self, page: &Page, height: usize) -> bool {
        let Some(spot) = self.back_jumps.pop() else { return false };
        self.forward_jumps.push(self.position(page, height));
        self.restore(spot);
        true
    }

    /// To where the last jump began, from where the same leads here again; whether there was one.
    pub(crate) fn swap_jump(&mut self, page: &Page, height: usize) -> bool {
        let Some(spot) = self.back_jumps.pop() else { return false };
        let here = self.position(page, height);
        self.restore(spot);
        self.back_jumps.push(here);
        true
    }

    /// How many jumps can be undone.
    pub(crate) fn jump_count(&self) -> usize {
        self.back_jumps.len()
    }

    /// Undoes [`Stand::return_back`]; whether there was one.
    pub(crate) fn jump_forward(&mut self, page: &Page, height: usize) -> bool {
        let Some(spot) = self.forward_jumps.pop() else { return false };
        self.back_jumps.push(self.position(page, height));
        self.restore(spot);
        true
    }
}

/// The last row that can stand on top.
fn last_top_row(page: &Page, height: usize) -> usize {
    page.rows().len().saturating_sub(height.max(1))
}
