//! Selection in a list: how actions move it, and which rows are visible. The side pane and all panels with a list use it.

use std::ops::Range;

use crate::tui::input::action::Action;

/// The top row of a text of some rows after an action; the same where the action moves nothing. `rows` counts the rows.
pub(crate) fn top_row_after_action(
    top: usize,
    action: Action,
    height: usize,
    rows: impl FnOnce() -> usize,
) -> usize {
    // The row of the note on what follows is not lost between two pages.
    let by = row_delta(action, height.saturating_sub(1));
    by.map_or(top, |by| top_row_after_scroll(top, by, rows(), height))
}

/// How many rows stay visible beyond the selection, where the pane is high enough.
const MAX_SCROLL_MARGIN: usize = 2;

/// The selected item of a list, and the scroll position. The items belong to the caller.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct ListSelection {
    /// The number of the selected item.
    item: usize,
    /// The number of the item at the top, if that keeps the selection visible.
    top: usize,
}

impl ListSelection {
    /// Selects an item by its number.
    pub(crate) const fn new(item: usize) -> Self {
        Self { item, top: 0 }
    }

    /// The number of the selected item.
    pub(crate) const fn item(self) -> usize {
        self.item
    }

    /// Selects an item; returns whether it was selected already.
    pub(crate) fn select(&mut self, item: usize) -> bool {
        std::mem::replace(&mut self.item, item) == item
    }

    /// Moves by items, at most to either end of a list of `count` items.
    pub(crate) fn move_by(&mut self, items: isize, count: usize) {
        self.item = self.item.saturating_add_signed(items).min(count.saturating_sub(1));
    }

    /// Applies a motion in a list of `count` items, `page` of them to a page. Other actions only keep the selection
    /// inside the list.
    pub(crate) fn apply(&mut self, action: Action, page: usize, count: usize) {
        self.move_by(row_delta(action, page).unwrap_or(0), count);
    }

    /// Applies a motion as [`Self::apply`] does, but one step beyond either end leads to the other end.
    pub(crate) fn apply_cyclic(&mut self, action: Action, page: usize, count: usize) {
        let last = count.saturating_sub(1);
        match action {
            Action::Forward if self.item >= last => self.item = 0,
            Action::Back if self.item == 0 => self.item = last,
            _ => self.apply(action, page, count),
        }
    }

    /// The items that a list of `count` items shows in `height` rows of one item each.
    pub(crate) fn visible(self, count: usize, height: usize) -> Range<usize> {
        let first = self.top_row(count, height);
        first..count.min(first.saturating_add(height))
    }

    /// The row at the top of a pane of `height` rows that keeps the selected row of `count` and its neighbours visible.
    pub(crate) fn top_row(self, count: usize, height: usize) -> usize {
        let margin = scroll_margin(height);
        let low = (self.item + margin + 1).saturating_sub(height);
        let high = self.item.saturating_sub(margin);
        self.top.clamp(low.min(high), high).min(count.saturating_sub(height))
    }

    /// Scrolls to a top row.
    pub(crate) fn set_top(&mut self, top: usize) {
        self.top = top;
    }
}

/// By how many rows an action moves in a list or a text; `None` if it is no motion.
pub(crate) fn row_delta(action: Action, page: usize) -> Option<isize> {
    let page = page.max(1).cast_signed();
    Some(match action {
        Action::Forward => 1,
        Action::Back => -1,
        Action::PageForward => page,
        Action::PageBack => -page,
        Action::ToStart => isize::MIN,
        Action::ToEnd => isize::MAX,
        _ => return None,
    })
}

/// The top row of a text after a motion by rows. The last page is full.
fn top_row_after_scroll(top: usize, by: isize, rows: usize, height: usize) -> usize {
    top.saturating_add_signed(by).min(rows.saturating_sub(height))
}

/// How many rows stay visible beyond the selection in a pane of `height` rows.
pub(crate) fn scroll_margin(height: usize) -> usize {
    MAX_SCROLL_MARGIN.min(height.saturating_sub(1) / 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use Action::{Accept, Back, Forward, PageBack, PageForward, ToEnd, ToStart};

    #[test]
    fn motions_stop_at_the_ends() {
        for (from, action, to) in [
            (0, Forward, 1),
            (9, Forward, 9),
            (0, Back, 0),
            (2, PageForward, 6),
            (7, PageForward, 9),
            (7, PageBack, 3),
            (3, PageBack, 0),
            (3, ToEnd, 9),
            (3, ToStart, 0),
            (3, Accept, 3),
            (12, Accept, 9),
        ] {
            let mut selection = ListSelection::new(from);
            selection.apply(action, 4, 10);
            assert_eq!(selection.item(), to, "{from} {action:?}");
        }
        let mut selection = ListSelection::default();
        selection.apply(ToEnd, 4, 0);
        assert_eq!(selection.item(), 0);
    }

    #[test]
    fn a_cyclic_step_beyond_an_end_leads_to_the_other() {
        for (from, action, to) in
            [(9, Forward, 0), (0, Back, 9), (8, Forward, 9), (9, PageForward, 9), (0, PageBack, 0)]
        {
            let mut selection = ListSelection::new(from);
            selection.apply_cyclic(action, 4, 10);
            assert_eq!(selection.item(), to, "{from} {action:?}");
        }
    }

    #[test]
    fn the_selected_row_is_visible() {
        for (row, count, height, rows) in [
            (0, 10, 4, 0..4),
            (2, 10, 4, 0..4),
            (3, 10, 4, 1..5),
            (9, 10, 4, 6..10),
            (1, 2, 4, 0..2),
            (0, 0, 4, 0..0),
            (4, 10, 2, 3..5),
        ] {
            assert_eq!(ListSelection::new(row).visible(count, height), rows, "{row} of {count}");
        }
        assert_eq!(
            [
                top_row_after_scroll(0, 9, 10, 4),
                top_row_after_scroll(5, -9, 10, 4),
                top_row_after_scroll(0, 1, 3, 4)
            ],
            [6, 0, 0]
        );
    }
}
