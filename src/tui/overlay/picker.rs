//! A list from which one row is chosen: commands, stories, a speaker's quotes. What is typed narrows it, Enter does it.

use ratatui::layout::Rect;

use crate::tui::input::action::Action;
use crate::tui::text::fuzzy::{WORD, rank};

pub(crate) struct Chooser {
    pub(crate) sort: Sort,
    pub(crate) typed: String,
    /// The row that is chosen, among those that match.
    chosen: usize,
    rows: Vec<Choice>,
    /// The rows that match, the best first.
    matching: Vec<usize>,
}

/// What is listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    Commands,
    Stories,
    /// The quotes of a speaker of this name.
    Across(String),
}

impl Sort {
    /// What stands before the words that are typed.
    pub(crate) fn title(&self) -> String {
        match self {
            Self::Commands => ":".into(),
            Self::Stories => "Which story? ".into(),
            Self::Across(name) => format!("{name} in all stories: "),
        }
    }

    /// What is said where nothing matches.
    pub(crate) const fn nothing(&self) -> &'static str {
        match self {
            Self::Commands => "No command is called that.",
            Self::Stories => "No story is called that.",
            Self::Across(_) => "None of the quotes has these words.",
        }
    }
}

/// One row.
#[derive(Clone)]
pub(crate) struct Choice {
    pub(crate) words: String,
    /// Another name by which it is found.
    pub(crate) name: String,
    /// What stands at the right end, from much to little.
    pub(crate) right: Vec<String>,
    pub(crate) deed: Deed,
}

impl Choice {
    /// How well it fits what is typed, best 0: its name begins so, a word of its name does; its words come after that.
    fn fit(&self, typed: &str) -> Option<u8> {
        let name = rank(typed, &self.name).filter(|it| *it <= WORD);
        name.or_else(|| Some(WORD + 1 + rank(typed, &format!("{} {}", self.words, self.name))?))
    }
}

/// What comes of a row that is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Deed {
    Act(Action),
    Story(usize),
    /// A story's quote.
    Quote(usize, usize),
}

/// One line of the list as it is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Seen {
    /// The headline of a story, over its quotes.
    Story(usize),
    /// A row, by its place among those that match.
    Choice(usize),
}

impl Chooser {
    pub(crate) fn new(sort: Sort, rows: Vec<Choice>) -> Self {
        let matching = (0..rows.len()).collect();
        Self { sort, typed: String::new(), chosen: 0, rows, matching }
    }

    /// Chooses the row of a deed, if it is there.
    pub(crate) fn choose(&mut self, deed: Deed) {
        let place = self.matching.iter().position(|it| self.rows[*it].deed == deed);
        self.chosen = place.unwrap_or(self.chosen).min(self.matching.len().saturating_sub(1));
    }

    /// Other rows; what was chosen stays chosen where it is still there.
    pub(crate) fn renew(&mut self, rows: Vec<Choice>) {
        let deed = self.choice().map(|it| it.deed);
        self.rows = rows;
        self.matching = self.ranked();
        if let Some(deed) = deed {
            self.choose(deed);
        }
    }

    /// After every change of what is typed.
    pub(crate) fn retyped(&mut self) {
        self.matching = self.ranked();
        self.chosen = 0;
    }

    /// The rows that match what is typed, the best first, else in their order.
    fn ranked(&self) -> Vec<usize> {
        let rows = self.rows.iter().enumerate();
        let mut fitting: Vec<(u8, usize)> =
            rows.filter_map(|(number, it)| Some((it.fit(&self.typed)?, number))).collect();
        fitting.sort_unstable();
        fitting.into_iter().map(|it| it.1).collect()
    }

    pub(crate) fn move_by(&mut self, rows: isize) {
        let last = self.matching.len().saturating_sub(1);
        self.chosen = self.chosen.saturating_add_signed(rows).min(last);
    }

    /// Chooses a row by its place among those that match; whether it was chosen already.
    pub(crate) fn point(&mut self, place: usize) -> bool {
        std::mem::replace(&mut self.chosen, place) == place
    }

    pub(crate) fn is_chosen(&self, place: usize) -> bool {
        self.chosen == place
    }

    /// The row that is chosen.
    pub(crate) fn choice(&self) -> Option<&Choice> {
        self.at(self.chosen)
    }

    /// A row by its place among those that match.
    pub(crate) fn at(&self, place: usize) -> Option<&Choice> {
        self.rows.get(*self.matching.get(place)?)
    }

    /// How many rows match, and how many there are.
    pub(crate) fn count(&self) -> (usize, usize) {
        (self.matching.len(), self.rows.len())
    }

    /// So many lines of the list that the chosen row is among them.
    pub(crate) fn window(&self, height: usize) -> Vec<Seen> {
        let mut lines = Vec::new();
        let mut story = None;
        let mut chosen = 0;
        for place in 0..self.matching.len() {
            if let Some(Deed::Quote(of, _)) = self.at(place).map(|it| it.deed)
                && story.replace(of) != Some(of)
            {
                lines.push(Seen::Story(of));
            }
            if place == self.chosen {
                chosen = lines.len();
            }
            lines.push(Seen::Choice(place));
        }
        let first = (chosen + 1).saturating_sub(height);
        lines.into_iter().skip(first).take(height).collect()
    }
}

/// The rows of the list, under the words that are typed and a blank row.
pub(crate) fn list(area: Rect) -> Rect {
    let head = 2.min(area.height);
    let left = 2.min(area.width);
    let width = (area.width - left).saturating_sub(1);
    Rect { x: area.x + left, y: area.y + head, width, height: area.height - head }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chooser() -> Chooser {
        let row =
            |words: &str, deed| Choice { words: words.into(), name: String::new(), right: vec![], deed };
        let rows = vec![
            row("“It rained.”", Deed::Quote(0, 3)),
            row("“It snowed.”", Deed::Quote(0, 4)),
            row("“It froze.”", Deed::Quote(2, 0)),
        ];
        Chooser::new(Sort::Across("Ann Lee".into()), rows)
    }

    #[test]
    fn quotes_stand_under_their_stories_and_the_chosen_one_is_seen() {
        use Seen::{Choice, Story};
        let mut chooser = chooser();
        assert_eq!(chooser.window(9), [Story(0), Choice(0), Choice(1), Story(2), Choice(2)]);
        chooser.move_by(9);
        assert_eq!(chooser.window(2), [Story(2), Choice(2)]);
    }

    #[test]
    fn what_is_chosen_stays_chosen_when_rows_come() {
        let mut chooser = chooser();
        chooser.move_by(1);
        let mut rows = chooser.rows.clone();
        rows.rotate_right(1);
        chooser.renew(rows);
        assert_eq!(chooser.choice().map(|it| it.deed), Some(Deed::Quote(0, 4)));
        chooser.typed = "froze".into();
        chooser.retyped();
        assert_eq!((chooser.count(), chooser.choice().map(|it| it.deed)), ((1, 3), Some(Deed::Quote(2, 0))));
    }
}
