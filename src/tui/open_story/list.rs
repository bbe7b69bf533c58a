//! A list of the side pane: rows of which some can be chosen, the one that is, and from where on it is seen.

/// One row of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ListRow {
    Gap,
    /// A further row of what stands above.
    Continuation,
    Heading(&'static str),
    /// What the columns of a table are.
    TableHeader,
    /// The head of a speaker's quotes, by speaker's number.
    SpeakerHeading(usize),
    /// That so many of something are folded away here.
    Folded(usize, FoldedKind),
    Quote(usize),
    /// What the reader has struck out.
    RejectedQuote(usize),
    Entity(usize),
    /// All of whom nobody knows who they are.
    UnknownSpeaker,
    /// A mention of an entity, by the numbers of both.
    Mention(usize, usize),
    /// A row of a profile's own words, by number.
    ProfileLine(usize),
    /// A row of a profile's strip.
    Timeline(Timeline),
}

/// What a list can fold away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FoldedKind {
    Quotes,
    Speakers,
    /// The rest of a table.
    TableRows,
}

/// The rows of a strip that stands for the whole story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Timeline {
    /// How often somebody is named from its start to its end.
    Mentions,
    /// Where something is said.
    Quotes,
    /// Where that stands which is chosen.
    Selection,
}

impl FoldedKind {
    /// "3 quotes"
    pub(crate) fn label(self, count: usize) -> String {
        let noun = match self {
            Self::Quotes => "quote",
            Self::Speakers => "speaker",
            Self::TableRows => "other",
        };
        format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
    }
}

impl ListRow {
    /// Whether it can be chosen.
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

    /// Whether a group begins with it.
    const fn is_heading(self) -> bool {
        matches!(self, Self::Heading(_) | Self::TableHeader | Self::SpeakerHeading(_))
    }
}

/// Rows, and the one that is chosen.
#[derive(Default)]
pub(crate) struct SelectList {
    rows: Vec<ListRow>,
    selected: usize,
    /// The top row that is seen.
    top: usize,
}

impl SelectList {
    /// Takes other rows; what was chosen stays chosen where it is still there.
    pub(crate) fn set_rows(&mut self, lines: Vec<ListRow>) {
        let chosen = self.selected();
        self.rows = lines;
        self.selected = 0;
        self.select_row(0);
        if let Some(chosen) = chosen {
            self.select(chosen);
        }
    }

    pub(crate) fn rows(&self) -> &[ListRow] {
        &self.rows
    }

    /// The item that is chosen.
    pub(crate) fn selected(&self) -> Option<ListRow> {
        self.rows.get(self.selected).copied().filter(|it| it.is_selectable())
    }

    /// The row of it.
    pub(crate) fn selected_row(&self) -> usize {
        self.selected
    }

    fn row_of(&self, line: ListRow) -> Option<usize> {
        self.rows.iter().position(|it| *it == line)
    }

    /// Chooses a line, if it is there.
    pub(crate) fn select(&mut self, line: ListRow) {
        if let Some(row) = self.row_of(line) {
            self.selected = row;
        }
    }

    /// Chooses a row, or the nearest item to it.
    pub(crate) fn select_row(&mut self, row: usize) {
        let row = row.min(self.rows.len().saturating_sub(1));
        let own = self.row_start(row);
        let after = self.rows.iter().skip(own).position(|it| it.is_selectable()).map(|it| own + it);
        let before = || self.rows.iter().take(own).rposition(|it| it.is_selectable());
        if let Some(row) = after.or_else(before) {
            self.selected = row;
        }
    }

    /// The row with which that begins which a row belongs to.
    pub(crate) fn row_start(&self, row: usize) -> usize {
        let to = self.rows.len().min(row + 1);
        self.rows[..to]
            .iter()
            .rposition(|it| *it != ListRow::Continuation)
            .filter(|_| row < self.rows.len())
            .unwrap_or(row)
    }

    /// Moves the choice by items.
    pub(crate) fn move_by(&mut self, items: isize) {
        for _ in 0..items.unsigned_abs() {
            let next = if items > 0 {
                let below = self.rows.iter().skip(self.selected + 1);
                below.clone().position(|it| it.is_selectable()).map(|it| self.selected + 1 + it)
            } else {
                self.rows.iter().take(self.selected).rposition(|it| it.is_selectable())
            };
            let Some(next) = next else { break };
            self.selected = next;
        }
        // What stands above the first item cannot be chosen, but should be seen again.
        if items < 0 && !self.rows.iter().take(self.selected).any(|it| it.is_selectable()) {
            self.top = 0;
        }
    }

    /// Moves the choice by groups: to the first item under the next or previous head.
    pub(crate) fn move_by_group(&mut self, groups: isize) {
        for _ in 0..groups.unsigned_abs() {
            let head = |it: &ListRow| it.is_heading();
            let next = if groups > 0 {
                self.rows.iter().skip(self.selected).position(head).map(|it| self.selected + it)
            } else {
                let own = self.rows.iter().take(self.selected).rposition(head);
                own.and_then(|own| self.rows.iter().take(own).rposition(head))
            };
            match next {
                Some(next) => self.select_row(next),
                None => self.select_row(if groups > 0 { usize::MAX } else { 0 }),
            }
        }
    }

    /// The row on top of a pane of `height` rows that keeps the choice and its neighbours in sight.
    pub(crate) fn top_row(&self, height: usize) -> usize {
        let near = scroll_margin(height);
        let low = (self.selected + near + 1).saturating_sub(height);
        let high = self.selected.saturating_sub(near);
        let first = self.top.clamp(low.min(high), high).min(self.rows.len().saturating_sub(height));
        // A row that goes on from above would stand there without its beginning.
        if self.rows.get(first) == Some(&ListRow::Continuation) && first < high { first + 1 } else { first }
    }

    /// Rolls under the pointer, and takes the choice along where it must.
    pub(crate) fn scroll(&mut self, rows: isize, height: usize) {
        let last = self.rows.len().saturating_sub(height);
        let first = self.top_row(height).saturating_add_signed(rows).min(last);
        self.top = first;
        let near = scroll_margin(height);
        if self.selected < first + near && first > 0 {
            self.select_row(first + near);
        } else if self.selected + near + 1 > first + height {
            let row = (first + height).saturating_sub(near + 1);
            let above = self.rows.iter().take(row + 1).rposition(|it| it.is_selectable());
            self.selected = above.unwrap_or(self.selected);
        }
    }

    /// Keeps the list where it is seen now.
    pub(crate) fn clamp_scroll(&mut self, height: usize) {
        self.top = self.top_row(height);
    }
}

/// How many rows are kept in sight beyond the choice.
fn scroll_margin(height: usize) -> usize {
    2.min(height.saturating_sub(1) / 2)
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
    fn only_items_are_chosen_whatever_stands_between() {
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

    #[test]
    fn the_choice_is_always_in_sight() {
        for height in 1..12 {
            let mut list = list();
            for by in [1, 1, -1, -1, 2] {
                list.move_by(by);
                list.clamp_scroll(height);
                let first = list.top_row(height);
                assert!((first..first + height).contains(&list.selected_row()), "{height}");
            }
        }
    }
}
