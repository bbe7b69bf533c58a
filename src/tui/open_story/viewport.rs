//! Where the reader stands on a page: the place, what is seen round it, and the way back from every jump.

use crate::storage::Standing;
use crate::tui::layout::page::{Page, Row, RowKind};

/// A place, and what was seen round it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Spot {
    place: usize,
    /// The byte with which the top row began.
    top: usize,
}

/// A standpoint in one story.
#[derive(Default)]
pub(crate) struct Stand {
    /// A byte of the text and not a row, so that it outlives a change of width or filter.
    pub(crate) place: usize,
    /// A place that the story shows while the reader looks through the side pane.
    pub(crate) preview: Option<usize>,
    /// The quote that was gone to, with its place: another may begin there too.
    quote: Option<(usize, usize)>,
    /// The byte with which the top row begins.
    top: usize,
    /// The spots jumped from, the last one last; and those returned from.
    back: Vec<Spot>,
    forward: Vec<Spot>,
}

impl Stand {
    pub(crate) fn at(place: usize) -> Self {
        Self { place, top: place, ..Self::default() }
    }

    /// What the story shows: the preview if there is one.
    pub(crate) fn seen(&self) -> usize {
        self.preview.unwrap_or(self.place)
    }

    /// The quote that was gone to, or is previewed, as long as nothing has moved since.
    pub(crate) fn quote(&self) -> Option<usize> {
        self.quote.filter(|it| it.0 == self.seen()).map(|it| it.1)
    }

    /// Says which quote it is that begins at the place seen.
    pub(crate) fn on_quote(&mut self, quote: Option<usize>) {
        self.quote = quote.map(|it| (self.seen(), it));
    }

    /// The row that stands on top of a pane of `height` rows.
    pub(crate) fn top_row(&self, page: &Page, height: usize) -> usize {
        let height = height.max(1);
        let last = last_top(page, height);
        let top = page.row_at(self.top).min(last);
        let row = page.row_at(self.seen());
        let seen = (top..top + height).contains(&row);
        match self.preview {
            _ if seen => top,
            Some(_) => row.saturating_sub(height / 3).min(last),
            None if row < top => row,
            None => (row + 1).saturating_sub(height),
        }
    }

    /// How much of the story is above the end of a pane of `height` rows, in per cent.
    pub(crate) fn share(&self, page: &Page, height: usize) -> usize {
        let rows = page.rows().len().max(1);
        (self.top_row(page, height) + height).min(rows) * 100 / rows
    }

    /// Moves by rows of words. The page moves along once the place is a third down the pane.
    pub(crate) fn step(&mut self, page: &Page, rows: isize, height: usize) {
        let from = page.row_at(self.place);
        let mut row = from;
        for _ in 0..rows.unsigned_abs() {
            let next = if rows > 0 { page.stop_after(row) } else { page.stop_before(row) };
            let Some(next) = next else { break };
            row = next;
        }
        self.follow(page, from, row, height);
    }

    /// Moves by paragraphs.
    pub(crate) fn step_paragraph(&mut self, page: &Page, paragraphs: isize, height: usize) {
        let rows = page.rows();
        let from = page.row_at(self.place);
        let mut row = from;
        let is_head = |it: &Row| !matches!(it.kind, RowKind::Gap | RowKind::Next);
        for _ in 0..paragraphs.unsigned_abs() {
            let next = if paragraphs > 0 {
                rows.iter().skip(row + 1).position(is_head).map(|it| row + 1 + it)
            } else {
                rows.iter().take(row).rposition(is_head)
            };
            let Some(next) = next else { break };
            row = next;
        }
        self.follow(page, from, row, height);
    }

    /// Goes from row to row, the page along with it.
    fn follow(&mut self, page: &Page, from: usize, row: usize, height: usize) {
        let top = self.top_row(page, height);
        let wanted = row.saturating_sub(height / 3);
        let top = if row > from {
            wanted.min(top + (row - from)).max(top)
        } else {
            wanted.max(top.saturating_sub(from - row)).min(top)
        };
        self.stand(page, row, top, height);
    }

    /// Moves the page by rows, and the place with it; at the page's end the place alone.
    pub(crate) fn scroll(&mut self, page: &Page, rows: isize, height: usize) {
        let top = self.top_row(page, height);
        let moved = top.saturating_add_signed(rows).min(last_top(page, height));
        let by = if moved == top { rows } else { moved.cast_signed() - top.cast_signed() };
        self.stand(page, page.row_at(self.place).saturating_add_signed(by), moved, height);
    }

    /// Stands on a row, or the nearest with words, with another one on top.
    fn stand(&mut self, page: &Page, row: usize, top: usize, height: usize) {
        let row = row.min(page.rows().len().saturating_sub(1));
        let row = match page.rows().get(row).map(|it| it.kind) {
            Some(RowKind::Gap) => page.stop_after(row).unwrap_or(row),
            Some(_) => row,
            None => return,
        };
        if row != page.row_at(self.place) {
            self.place = page.rows()[row].span.start;
        }
        self.hold(page, top.min(last_top(page, height)));
    }

    /// Stands at a place that is seen; the page does not move.
    pub(crate) fn point(&mut self, page: &Page, place: usize, height: usize) {
        let top = self.top_row(page, height);
        self.preview = None;
        self.place = place;
        self.hold(page, top);
    }

    /// Goes to a place; the page moves only where that is out of sight.
    pub(crate) fn go(&mut self, page: &Page, place: usize, height: usize) {
        let top = self.top_row(page, height);
        self.preview = None;
        self.place = place;
        let row = page.row_at(place);
        let seen = row >= top && row + 2 < top + height;
        self.hold(page, if seen { top } else { row.saturating_sub(height / 3) });
    }

    fn hold(&mut self, page: &Page, top: usize) {
        self.top = page.rows().get(top).map_or(0, |it| it.span.start);
    }

    /// Goes to a place from which [`Stand::return_back`] leads here again.
    pub(crate) fn jump(&mut self, page: &Page, place: usize, height: usize) {
        let from = self.spot(page, height);
        self.go(page, place, height);
        self.remember(from);
    }

    /// The spot as it is seen now.
    pub(crate) fn spot(&self, page: &Page, height: usize) -> Spot {
        let top = page.rows().get(self.top_row(page, height)).map_or(0, |it| it.span.start);
        Spot { place: self.place, top }
    }

    /// Where the reader stands, for one who comes back another day.
    pub(crate) fn standing(&self, page: &Page, height: usize) -> Standing {
        let Spot { place, top } = self.spot(page, height);
        Standing { place, top, share: self.share(page, height) }
    }

    /// Stands where the reader stood another day.
    pub(crate) fn resume(&mut self, at: Standing) {
        self.take(Spot { place: at.place, top: at.top });
    }

    /// Whether nothing has moved since the story was opened at `start`.
    pub(crate) fn is_fresh(&self, start: usize) -> bool {
        self.place == start && self.top == start && self.back.is_empty() && self.preview.is_none()
    }

    /// Stands on a spot again.
    pub(crate) fn take(&mut self, spot: Spot) {
        self.preview = None;
        (self.place, self.top) = (spot.place, spot.top);
    }

    /// Remembers a spot to return to.
    pub(crate) fn remember(&mut self, spot: Spot) {
        if spot.place != self.place {
            self.back.push(spot);
            self.forward.clear();
        }
    }

    /// Back to where the last jump began; whether there was one.
    pub(crate) fn return_back(&mut self, page: &Page, height: usize) -> bool {
        let Some(spot) = self.back.pop() else { return false };
        self.forward.push(self.spot(page, height));
        self.take(spot);
        true
    }

    /// To where the last jump began, from where the same leads here again; whether there was one.
    pub(crate) fn swap(&mut self, page: &Page, height: usize) -> bool {
        let Some(spot) = self.back.pop() else { return false };
        let here = self.spot(page, height);
        self.take(spot);
        self.back.push(here);
        true
    }

    /// How many jumps can be undone.
    pub(crate) fn depth(&self) -> usize {
        self.back.len()
    }

    /// Undoes [`Stand::return_back`]; whether there was one.
    pub(crate) fn return_forward(&mut self, page: &Page, height: usize) -> bool {
        let Some(spot) = self.forward.pop() else { return false };
        self.back.push(self.spot(page, height));
        self.take(spot);
        true
    }
}

/// The last row that can stand on top.
fn last_top(page: &Page, height: usize) -> usize {
    page.rows().len().saturating_sub(height.max(1))
}
