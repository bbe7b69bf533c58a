//! A list of the side pane: rows of which some can be chosen, the one that is, and from where on it is seen.

/// One row of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Line {
    Gap,
    /// A further row of what stands above.
    Rest,
    Heading(&'static str),
    /// What the columns of a table are.
    Columns,
    /// The head of a speaker's quotes, by speaker's number.
    Speaker(usize),
    /// That so many of something are folded away here.
    Folded(usize, Folds),
    Quote(usize),
    /// What the reader has struck out.
    Struck(usize),
    Entity(usize),
    /// All of whom nobody knows who they are.
    Nobody,
    /// A mention of an entity, by the numbers of both.
    Mention(usize, usize),
    /// A row of a profile's own words, by number.
    Words(usize),
    /// A row of a profile's strip.
    Strip(Strip),
}

/// What a list can fold away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Folds {
    Quotes,
    Speakers,
    /// The rest of a table.
    Others,
}

/// The rows of a strip that stands for the whole story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Strip {
    /// How often somebody is named from its start to its end.
    Named,
    /// Where something is said.
    Said,
    /// Where that stands which is chosen.
    Here,
}

impl Folds {
    /// "3 quotes"
    pub(crate) fn words(self, count: usize) -> String {
        let noun = match self {
            Self::Quotes => "quote",
            Self::Speakers => "speaker",
            Self::Others => "other",
        };
        format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
    }
}

impl Line {
    /// Whether it can be chosen.
    pub(crate) const fn is_item(self) -> bool {
        matches!(self, Self::Quote(_) | Self::Struck(_) | Self::Entity(_) | Self::Nobody | Self::Mention(..))
    }

    /// Whether a group begins with it.
    const fn is_head(self) -> bool {
        matches!(self, Self::Heading(_) | Self::Columns | Self::Speaker(_))
    }
}

/// Rows, and the one that is chosen.
#[derive(Default)]
pub(crate) struct List {
    lines: Vec<Line>,
    chosen: usize,
    /// The top row that is seen.
    first: usize,
}

impl List {
    /// Takes other rows; what was chosen stays chosen where it is still there.
    pub(crate) fn relist(&mut self, lines: Vec<Line>) {
        let chosen = self.chosen();
        self.lines = lines;
        self.chosen = 0;
        self.choose_row(0);
        if let Some(chosen) = chosen {
            self.choose(chosen);
        }
    }

    pub(crate) fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// The item that is chosen.
    pub(crate) fn chosen(&self) -> Option<Line> {
        self.lines.get(self.chosen).copied().filter(|it| it.is_item())
    }

    /// The row of it.
    pub(crate) fn chosen_row(&self) -> usize {
        self.chosen
    }

    fn row_of(&self, line: Line) -> Option<usize> {
        self.lines.iter().position(|it| *it == line)
    }

    /// Chooses a line, if it is there.
    pub(crate) fn choose(&mut self, line: Line) {
        if let Some(row) = self.row_of(line) {
            self.chosen = row;
        }
    }

    /// Chooses a row, or the nearest item to it.
    pub(crate) fn choose_row(&mut self, row: usize) {
        let row = row.min(self.lines.len().saturating_sub(1));
        let own = self.begin_of(row);
        let after = self.lines.iter().skip(own).position(|it| it.is_item()).map(|it| own + it);
        let before = || self.lines.iter().take(own).rposition(|it| it.is_item());
        if let Some(row) = after.or_else(before) {
            self.chosen = row;
        }
    }

    /// The row with which that begins which a row belongs to.
    pub(crate) fn begin_of(&self, row: usize) -> usize {
        let to = self.lines.len().min(row + 1);
        self.lines[..to]
            .iter()
            .rposition(|it| *it != Line::Rest)
            .filter(|_| row < self.lines.len())
            .unwrap_or(row)
    }

    /// Moves the choice by items.
    pub(crate) fn step(&mut self, items: isize) {
        for _ in 0..items.unsigned_abs() {
            let next = if items > 0 {
                let below = self.lines.iter().skip(self.chosen + 1);
                below.clone().position(|it| it.is_item()).map(|it| self.chosen + 1 + it)
            } else {
                self.lines.iter().take(self.chosen).rposition(|it| it.is_item())
            };
            let Some(next) = next else { break };
            self.chosen = next;
        }
        // What stands above the first item cannot be chosen, but should be seen again.
        if items < 0 && !self.lines.iter().take(self.chosen).any(|it| it.is_item()) {
            self.first = 0;
        }
    }

    /// Moves the choice by groups: to the first item under the next or previous head.
    pub(crate) fn step_group(&mut self, groups: isize) {
        for _ in 0..groups.unsigned_abs() {
            let head = |it: &Line| it.is_head();
            let next = if groups > 0 {
                self.lines.iter().skip(self.chosen).position(head).map(|it| self.chosen + it)
            } else {
                let own = self.lines.iter().take(self.chosen).rposition(head);
                own.and_then(|own| self.lines.iter().take(own).rposition(head))
            };
            match next {
                Some(next) => self.choose_row(next),
                None => self.choose_row(if groups > 0 { usize::MAX } else { 0 }),
            }
        }
    }

    /// The row on top of a pane of `height` rows that keeps the choice and its neighbours in sight.
    pub(crate) fn first_row(&self, height: usize) -> usize {
        let near = near(height);
        let low = (self.chosen + near + 1).saturating_sub(height);
        let high = self.chosen.saturating_sub(near);
        let first = self.first.clamp(low.min(high), high).min(self.lines.len().saturating_sub(height));
        // A row that goes on from above would stand there without its beginning.
        if self.lines.get(first) == Some(&Line::Rest) && first < high { first + 1 } else { first }
    }

    /// Rolls under the pointer, and takes the choice along where it must.
    pub(crate) fn roll(&mut self, rows: isize, height: usize) {
        let last = self.lines.len().saturating_sub(height);
        let first = self.first_row(height).saturating_add_signed(rows).min(last);
        self.first = first;
        let near = near(height);
        if self.chosen < first + near && first > 0 {
            self.choose_row(first + near);
        } else if self.chosen + near + 1 > first + height {
            let row = (first + height).saturating_sub(near + 1);
            let above = self.lines.iter().take(row + 1).rposition(|it| it.is_item());
            self.chosen = above.unwrap_or(self.chosen);
        }
    }

    /// Keeps the list where it is seen now.
    pub(crate) fn settle(&mut self, height: usize) {
        self.first = self.first_row(height);
    }
}

/// How many rows are kept in sight beyond the choice.
fn near(height: usize) -> usize {
    2.min(height.saturating_sub(1) / 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list() -> List {
        use Line::{Gap, Quote, Rest, Speaker};
        let mut list = List::default();
        list.relist(vec![Speaker(0), Quote(0), Rest, Quote(1), Gap, Speaker(1), Rest, Quote(2), Rest]);
        list
    }

    #[test]
    fn only_items_are_chosen_whatever_stands_between() {
        let mut list = list();
        assert_eq!(list.chosen(), Some(Line::Quote(0)));
        for (by, chosen) in [(1, 1), (1, 2), (1, 2), (-1, 1), (-9, 0), (9, 2)] {
            list.step(by);
            assert_eq!(list.chosen(), Some(Line::Quote(chosen)));
        }
        for (row, chosen) in [(0, 0), (2, 0), (3, 1), (4, 2), (6, 2), (99, 2)] {
            list.choose_row(row);
            assert_eq!(list.chosen(), Some(Line::Quote(chosen)), "{row}");
        }
        list.step_group(-1);
        assert_eq!(list.chosen(), Some(Line::Quote(0)));
        list.step_group(1);
        assert_eq!(list.chosen(), Some(Line::Quote(2)));
    }

    #[test]
    fn a_list_of_other_rows_keeps_its_choice() {
        let mut list = list();
        list.step(2);
        list.relist(vec![Line::Quote(7), Line::Quote(2)]);
        assert_eq!(list.chosen(), Some(Line::Quote(2)));
        list.relist(vec![Line::Gap, Line::Quote(7)]);
        assert_eq!(list.chosen(), Some(Line::Quote(7)));
        list.relist(vec![]);
        assert_eq!(list.chosen(), None);
    }

    #[test]
    fn the_choice_is_always_in_sight() {
        for height in 1..12 {
            let mut list = list();
            for by in [1, 1, -1, -1, 2] {
                list.step(by);
                list.settle(height);
                let first = list.first_row(height);
                assert!((first..first + height).contains(&list.chosen_row()), "{height}");
            }
        }
    }
}
