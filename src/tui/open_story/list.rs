//! A scrollable list of the side pane with one selected row.

use crate::text::counted;
use crate::tui::layout::list_selection::{ListSelection, scroll_margin};

/// One row of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ListRow {
    /// An empty row.
    Gap,
    /// A further row of the item above.
    Continuation,
    Heading(&'static str),
    /// The titles of a table's columns.
    TableHeader,
    /// The heading above a speaker's quotes, by the speaker's number.
    SpeakerHeading(usize),
    /// A number of items that the filter folds.
    Folded(usize, FoldedKind),
    /// A quote, by number.
    Quote(usize),
    /// A quote that the user rejected, by number among those.
    RejectedQuote(usize),
    /// An entity, by number.
    Entity(usize),
    /// All unknown speakers together.
    UnknownSpeaker,
    /// A mention of an entity: the entity's number, and the mention's number within it.
    Mention(usize, usize),
    /// A line of text in a profile, by number.
    ProfileLine(usize),
    /// A row of a profile's timeline.
    Timeline(Timeline),
}

/// The kinds of items that the filter can fold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FoldedKind {
    Quotes,
    Speakers,
    /// Further rows of a table.
    TableRows,
}

/// The rows of a timeline, which stands for the story from its start to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Timeline {
    /// How often an entity is mentioned.
    Mentions,
    /// Where an entity is quoted.
    Quotes,
    /// Where the selected item is.
    Selection,
}

impl FoldedKind {
    /// Returns the number with its noun: "3 quotes".
    pub(crate) fn label(self, count: usize) -> String {
        let noun = match self {
            Self::Quotes => "quote",
            Self::Speakers => "speaker",
            Self::TableRows => "other",
        };
        counted(count, noun)
    }
}

impl ListRow {
    /// Returns whether the row can be selected.
    pub(crate) const fn is_selectable(self) -> bool {
        matches!(
            self,
            Self::Quote(_)
                | Self::RejectedQuote(_)
                | Self::Entity(_)
                | Self::UnknownSpeaker
                | Self::Mention(..)
        )
    }

    /// Returns whether a group of rows begins with it.
    const fn is_heading(self) -> bool {
        matches!(self, Self::Heading(_) | Self::TableHeader | Self::SpeakerHeading(_))
    }
}

/// Rows, the selected one, and the scroll position.
#[derive(Default)]
pub(crate) struct SelectList {
    rows: Vec<ListRow>,
    /// The selected row; of no meaning if no row can be selected.
    selection: ListSelection,
}

impl SelectList {
    /// Replaces the rows. The selected item stays selected if it is still in the list.
    pub(crate) fn set_rows(&mut self, rows: Vec<ListRow>) {
        let selected = self.selected();
        self.rows = rows;
        self.selection.select(0);
        self.select_row(0);
        if let Some(selected) = selected {
            self.select(selected);
        }
    }

    /// Gives the selected row other numbers, those of the rows that are set next.
    pub(crate) fn renumber_selected(&mut self, renumbered: impl Fn(ListRow) -> ListRow) {
        let selected = self.selected_row();
        if let Some(row) = self.rows.get_mut(selected) {
            *row = renumbered(*row);
        }
    }

    /// Returns how many rows of a pane of `height` rows are above the selected one.
    pub(crate) fn rows_above(&self, height: u16) -> usize {
        self.selected_row().saturating_sub(self.top_row(usize::from(height)))
    }

    /// Scrolls so that this many rows are above the selected one.
    pub(crate) fn set_rows_above(&mut self, rows: usize) {
        self.selection.set_top(self.selected_row().saturating_sub(rows));
    }

    /// Returns all rows.
    pub(crate) fn rows(&self) -> &[ListRow] {
        &self.rows
    }

    /// Returns the selected row; `None` if no row can be selected.
    pub(crate) fn selected(&self) -> Option<ListRow> {
        self.rows.get(self.selected_row()).copied().filter(|it| it.is_selectable())
    }

    /// Returns the number of the selected row.
    pub(crate) fn selected_row(&self) -> usize {
        self.selection.item()
    }

    fn row_of(&self, item: ListRow) -> Option<usize> {
        self.rows.iter().position(|it| *it == item)
    }

    /// Selects a row by its content; does nothing if the list has no such row.
    pub(crate) fn select(&mut self, item: ListRow) {
        // A long list is not searched for what is selected.
        if self.selected() == Some(item) {
            return;
        }
        if let Some(row) = self.row_of(item) {
            self.selection.select(row);
        }
    }

    /// Selects a row by its number, else the next selectable one, else the last one before it.
    pub(crate) fn select_row(&mut self, row: usize) {
        let row = row.min(self.rows.len().saturating_sub(1));
        let own = self.row_start(row);
        let after = self.rows.iter().skip(own).position(|it| it.is_selectable()).map(|it| own + it);
        let before = || self.rows.iter().take(own).rposition(|it| it.is_selectable());
        if let Some(row) = after.or_else(before) {
            self.selection.select(row);
        }
    }

    /// Returns the first row of the item that a row belongs to.
    pub(crate) fn row_start(&self, row: usize) -> usize {
        let to = self.rows.len().min(row + 1);
        self.rows[..to]
            .iter()
            .rposition(|it| *it != ListRow::Continuation)
            .filter(|_| row < self.rows.len())
            .unwrap_or(row)
    }

    /// Moves the selection by a number of selectable rows; a negative number moves up.
    pub(crate) fn move_by(&mut self, items: isize) {
        for _ in 0..items.unsigned_abs() {
            let next = if items > 0 {
                let below = self.rows.iter().skip(self.selected_row() + 1);
                below.clone().position(|it| it.is_selectable()).map(|it| self.selected_row() + 1 + it)
            } else {
                self.rows.iter().take(self.selected_row()).rposition(|it| it.is_selectable())
            };
            let Some(next) = next else { break };
            self.selection.select(next);
        }
        // The rows above the first item cannot be selected, but should be visible again.
        if items < 0 && !self.rows.iter().take(self.selected_row()).any(|it| it.is_selectable()) {
            self.selection.set_top(0);
        }
    }

    /// Moves the selection by a number of groups, to the first item under a heading.
    pub(crate) fn move_by_group(&mut self, groups: isize) {
        for _ in 0..groups.unsigned_abs() {
            let head = |it: &ListRow| it.is_heading();
            let next = if groups > 0 {
                self.rows.iter().skip(self.selected_row()).position(head).map(|it| self.selected_row() + it)
            } else {
                let own = self.rows.iter().take(self.selected_row()).rposition(head);
                own.and_then(|own| self.rows.iter().take(own).rposition(head))
            };
            match next {
                Some(next) => self.select_row(next),
                None => self.select_row(if groups > 0 { usize::MAX } else { 0 }),
            }
        }
    }

    /// Returns the row at the top of a pane of `height` rows that keeps the selection and its neighbours visible.
    pub(crate) fn top_row(&self, height: usize) -> usize {
        let first = self.selection.top_row(self.rows.len(), height);
        // The further rows of an item would be at the top without the first one, and an empty row without the group above.
        let is_useless = |it: &&ListRow| matches!(it, ListRow::Continuation | ListRow::Gap);
        let useless = self.rows.iter().skip(first).take_while(is_useless).count();
        let has_room = first + useless + scroll_margin(height) <= self.selected_row();
        if has_room { first + useless } else { first }
    }

    /// Returns how many continuation rows there are from a row on.
    fn continuation_rows(&self, row: usize) -> usize {
        self.rows.iter().skip(row).take_while(|it| **it == ListRow::Continuation).count()
    }

    /// Returns how many rows an item takes.
    pub(crate) fn item_height(&self, row: usize) -> usize {
        1 + self.continuation_rows(row + 1)
    }

    /// Returns what a pane of `height` rows shows: the heading that stays in its first row, if there is one, and the row of
    /// the list that follows, or that is the first one.
    ///
    /// The heading covers a whole item. It gives way to the selected item, and to the last item of its group, without which
    /// it would have nothing below it.
    pub(crate) fn visible_from(&self, height: usize) -> (Option<usize>, usize) {
        let top = self.top_row(height);
        let next = top + self.item_height(top);
        let has_item = self.rows.get(next).is_some_and(|it| !matches!(it, ListRow::Gap) && !it.is_heading());
        match self.heading_above(top).filter(|_| has_item && self.selected_row() > top) {
            Some(heading) => (Some(heading), next),
            None => (None, top),
        }
    }

    /// Returns the row of the list in a row of a pane of `height` rows, from 0.
    pub(crate) fn row_at(&self, y: usize, height: usize) -> usize {
        match self.visible_from(height) {
            (Some(heading), _) if y == 0 => heading,
            (Some(_), first) => first + y - 1,
            (None, first) => first + y,
        }
    }

    /// Returns the row of the heading to which the row at the top belongs, if that heading is above the pane: of a
    /// speaker or of a profile.
    fn heading_above(&self, top: usize) -> Option<usize> {
        let is_item = |it: &ListRow| !matches!(it, ListRow::Gap) && !it.is_heading();
        self.rows.get(top).filter(|it| is_item(it))?;
        let own =
            self.rows[..top].iter().rposition(|it| it.is_heading() || *it == ListRow::ProfileLine(0))?;
        matches!(self.rows[own], ListRow::SpeakerHeading(_) | ListRow::ProfileLine(0)).then_some(own)
    }

    /// Scrolls by a number of rows, and moves the selection if it would leave the pane.
    pub(crate) fn scroll(&mut self, rows: isize, height: usize) {
        let last = self.rows.len().saturating_sub(height);
        let first = self.top_row(height).saturating_add_signed(rows).min(last);
        self.selection.set_top(first);
        let margin = scroll_margin(height);
        if self.selected_row() < first + margin && first > 0 {
            self.select_row(first + margin);
        } else if self.selected_row() + margin + 1 > first + height {
            let row = (first + height).saturating_sub(margin + 1);
            let above = self.rows.iter().take(row + 1).rposition(|it| it.is_selectable());
            self.selection.select(above.unwrap_or(self.selected_row()));
        }
    }

    /// Makes the scroll position agree with the selection.
    pub(crate) fn clamp_scroll(&mut self, height: usize) {
        let top = self.top_row(height);
        self.selection.set_top(top);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list() -> SelectList {
        use ListRow::{Continuation, Gap, Quote, SpeakerHeading};
        let mut list = SelectList::default();
        list.set_rows(vec![
            SpeakerHeading(0),
            Quote(0),
            Continuation,
            Quote(1),
            Gap,
            SpeakerHeading(1),
            Continuation,
            Quote(2),
            Continuation,
        ]);
        list
    }

    #[test]
    fn only_items_are_selected_whatever_is_between_them() {
        let mut list = list();
        assert_eq!(list.selected(), Some(ListRow::Quote(0)));
        for (by, chosen) in [(1, 1), (1, 2), (1, 2), (-1, 1), (-9, 0), (9, 2)] {
            list.move_by(by);
            assert_eq!(list.selected(), Some(ListRow::Quote(chosen)));
        }
        for (row, chosen) in [(0, 0), (2, 0), (3, 1), (4, 2), (6, 2), (99, 2)] {
            list.select_row(row);
            assert_eq!(list.selected(), Some(ListRow::Quote(chosen)), "{row}");
        }
        list.move_by_group(-1);
        assert_eq!(list.selected(), Some(ListRow::Quote(0)));
        list.move_by_group(1);
        assert_eq!(list.selected(), Some(ListRow::Quote(2)));
    }

    #[test]
    fn a_list_of_other_rows_keeps_its_choice() {
        let mut list = list();
        list.move_by(2);
        list.set_rows(vec![ListRow::Quote(7), ListRow::Quote(2)]);
        assert_eq!(list.selected(), Some(ListRow::Quote(2)));
        list.set_rows(vec![ListRow::Gap, ListRow::Quote(7)]);
        assert_eq!(list.selected(), Some(ListRow::Quote(7)));
        list.set_rows(vec![]);
        assert_eq!(list.selected(), None);
    }

    /// The rows of the list in a pane, from its first row on.
    fn visible(list: &SelectList, height: usize) -> Vec<usize> {
        let last = list.rows.len();
        (0..height).map(|y| list.row_at(y, height)).filter(|it| *it < last).collect()
    }

    #[test]
    fn the_choice_is_always_in_sight() {
        for height in 1..12 {
            let mut list = list();
            for by in [1, 1, -1, -1, 2] {
                list.move_by(by);
                list.clamp_scroll(height);
                assert!(visible(&list, height).contains(&list.selected_row()), "{height}");
            }
        }
    }

    #[test]
    fn a_heading_that_stays_has_an_item_of_its_own_below_it() {
        use ListRow::{Continuation, Gap, Quote, SpeakerHeading};
        let mut list = SelectList::default();
        let group = |number: usize| {
            let quotes = (0..3).flat_map(move |it| [Quote(3 * number + it), Continuation]);
            [SpeakerHeading(number), Continuation].into_iter().chain(quotes).chain([Gap])
        };
        list.set_rows((0..6).flat_map(group).collect());
        list.select_row(usize::MAX);
        for height in 5..20 {
            for top in 0..list.rows.len() - height {
                list.selection.set_top(top);
                list.selection.select(list.row_start(top + height - 1 - scroll_margin(height)));
                let rows = visible(&list, height);
                let first = list.rows[rows[0]];
                if let SpeakerHeading(number) = first
                    && rows[1] > rows[0] + 1
                {
                    let own = 3 * number..3 * number + 3;
                    let below = list.rows[rows[1]];
                    assert!(matches!(below, Quote(it) if own.contains(&it)), "{height} {top}: {below:?}");
                }
                let is_low = height < 8;
                assert!(is_low || !matches!(first, Continuation | Gap), "{height} {top}: {first:?}");
                assert!(list.rows[rows[1]] != Continuation || rows[1] == rows[0] + 1, "{height} {top}");
                assert!(rows[1..].windows(2).all(|it| it[1] == it[0] + 1), "{height} {top}: {rows:?}");
            }
        }
    }
}
