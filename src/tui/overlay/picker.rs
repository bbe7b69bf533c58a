//! A list from which one row is chosen: commands, stories, a speaker's quotes. What is typed narrows it, Enter does it.

use ratatui::layout::Rect;

use crate::tui::input::action::Action;
use crate::tui::input::keymap::Mode;
use crate::tui::layout::list_selection::{ListSelection, visible_rows};
use crate::tui::layout::panes::Panes;
use crate::tui::open_story::OpenStory;
use crate::tui::overlay::text_input::TextInput;
use crate::tui::overlay::{Panel, PanelContext, PanelList, Placement};
use crate::tui::text::fuzzy::{WORD_START_RANK, rank};

pub(crate) struct Picker {
    pub(crate) kind: PickerKind,
    pub(crate) input: TextInput,
    /// The row that is chosen, among those that match.
    pub(crate) selected: ListSelection,
    items: Vec<PickerItem>,
    /// The rows that match, the best first.
    matching: Vec<usize>,
}

/// What is listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PickerKind {
    Commands,
    Stories,
    /// The quotes of a speaker of this name.
    SpeakerQuotes(String),
}

impl PickerKind {
    /// What stands before the words that are typed.
    pub(crate) fn title(&self) -> String {
        match self {
            Self::Commands => ":".into(),
            Self::Stories => "Open stories ".into(),
            Self::SpeakerQuotes(name) => format!("{name} in all stories: "),
        }
    }

    /// What is said where nothing matches.
    pub(crate) const fn nothing(&self) -> &'static str {
        match self {
            Self::Commands => "No such command",
            Self::Stories => "No matching story",
            Self::SpeakerQuotes(_) => "No matching quote",
        }
    }
}

/// One row.
#[derive(Clone)]
pub(crate) struct PickerItem {
    pub(crate) text: String,
    /// Another name by which it is found.
    pub(crate) keyword: String,
    /// What stands at the right end, from much to little.
    pub(crate) details: Vec<String>,
    pub(crate) action: PickerAction,
}

impl PickerItem {
    /// How well it fits what is typed, best 0: its name begins so, a word of its name does; its words come after that.
    fn match_rank(&self, typed: &str) -> Option<u8> {
        let name = rank(typed, &self.keyword).filter(|it| *it <= WORD_START_RANK);
        name.or_else(|| Some(WORD_START_RANK + 1 + rank(typed, &format!("{} {}", self.text, self.keyword))?))
    }
}

/// What comes of a row that is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PickerAction {
    Run(Action),
    Story(usize),
    /// A story's quote.
    Quote(usize, usize),
}

/// One line of the list as it is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PickerRow {
    /// The headline of a story, over its quotes.
    Story(usize),
    /// A row, by its place among those that match.
    Item(usize),
}

impl Picker {
    pub(crate) fn new(kind: PickerKind, items: Vec<PickerItem>) -> Self {
        let matching = (0..items.len()).collect();
        Self { kind, input: TextInput::default(), selected: ListSelection::default(), items, matching }
    }

    /// Chooses the row of a deed, if it is there.
    pub(crate) fn select_action(&mut self, deed: PickerAction) {
        let place = self.matching.iter().position(|it| self.items[*it].action == deed);
        if let Some(place) = place {
            self.selected.select(place);
        }
        self.move_by(0);
    }

    /// Other rows; what was chosen stays chosen where it is still there.
    pub(crate) fn set_items(&mut self, rows: Vec<PickerItem>) {
        let deed = self.selected_item().map(|it| it.action);
        self.items = rows;
        self.matching = self.ranked_items();
        if let Some(deed) = deed {
            self.select_action(deed);
        }
    }

    /// After every change of what is typed.
    fn update_matches(&mut self) {
        self.matching = self.ranked_items();
        self.selected = ListSelection::default();
    }

    /// The rows that match what is typed, the best first, else in their order.
    fn ranked_items(&self) -> Vec<usize> {
        let rows = self.items.iter().enumerate();
        let mut fitting: Vec<(u8, usize)> =
            rows.filter_map(|(number, it)| Some((it.match_rank(self.input.text())?, number))).collect();
        fitting.sort_unstable();
        fitting.into_iter().map(|it| it.1).collect()
    }

    pub(crate) fn move_by(&mut self, rows: isize) {
        self.selected.move_by(rows, self.matching.len());
    }

    /// The row that is chosen.
    pub(crate) fn selected_item(&self) -> Option<&PickerItem> {
        self.item_at(self.selected.item())
    }

    /// A row by its place among those that match.
    pub(crate) fn item_at(&self, place: usize) -> Option<&PickerItem> {
        self.items.get(*self.matching.get(place)?)
    }

    /// The part of the screen that the picker takes.
    pub(crate) fn area(&self, panes: &Panes) -> Rect {
        match self.placement() {
            Placement::SidePane if !panes.side.is_empty() => panes.side,
            _ => panes.body,
        }
    }

    /// How many rows match, and how many there are.
    pub(crate) fn counts(&self) -> (usize, usize) {
        (self.matching.len(), self.items.len())
    }

    /// So many lines of the list that the chosen row is among them.
    pub(crate) fn visible_rows(&self, height: usize) -> Vec<PickerRow> {
        let mut lines = Vec::new();
        let mut story = None;
        let mut chosen = 0;
        for place in 0..self.matching.len() {
            if let Some(PickerAction::Quote(of, _)) = self.item_at(place).map(|it| it.action)
                && story.replace(of) != Some(of)
            {
                lines.push(PickerRow::Story(of));
            }
            if place == self.selected.item() {
                chosen = lines.len();
            }
            lines.push(PickerRow::Item(place));
        }
        let first = visible_rows(chosen, lines.len(), height).start;
        lines.into_iter().skip(first).take(height).collect()
    }
}

impl Panel for Picker {
    fn mode(&self) -> Mode {
        Mode::Picker
    }

    /// Commands are listed beside the story; the other lists take the page.
    fn placement(&self) -> Placement {
        if self.kind == PickerKind::Commands { Placement::SidePane } else { Placement::FullPage }
    }

    fn input(&mut self) -> Option<&mut TextInput> {
        Some(&mut self.input)
    }

    fn input_changed(&mut self, _story: &OpenStory) {
        self.update_matches();
    }

    fn closes_on_empty_erase(&self) -> bool {
        true
    }

    fn list(&self, context: &PanelContext) -> Option<PanelList> {
        let area = list_area(self.area(context.panes));
        let rows = self.visible_rows(usize::from(area.height)).into_iter().map(|row| match row {
            PickerRow::Item(number) => Some(number),
            PickerRow::Story(_) => None,
        });
        Some(PanelList { area, items: rows.collect() })
    }

    fn selection(&mut self) -> Option<&mut ListSelection> {
        Some(&mut self.selected)
    }

    fn rows_per_notch(&self) -> usize {
        1
    }
}

/// The rows of the list, under the words that are typed and a blank row.
pub(crate) fn list_area(area: Rect) -> Rect {
    let head = 2.min(area.height);
    let left = 2.min(area.width);
    let width = (area.width - left).saturating_sub(1);
    Rect { x: area.x + left, y: area.y + head, width, height: area.height - head }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chooser() -> Picker {
        let row = |words: &str, deed| PickerItem {
            text: words.into(),
            keyword: String::new(),
            details: vec![],
            action: deed,
        };
        let rows = vec![
            row("“It rained.”", PickerAction::Quote(0, 3)),
            row("“It snowed.”", PickerAction::Quote(0, 4)),
            row("“It froze.”", PickerAction::Quote(2, 0)),
        ];
        Picker::new(PickerKind::SpeakerQuotes("Ann Lee".into()), rows)
    }

    #[test]
    fn quotes_stand_under_their_stories_and_the_chosen_one_is_seen() {
        use PickerRow::{Item, Story};
        let mut chooser = chooser();
        assert_eq!(chooser.visible_rows(9), [Story(0), Item(0), Item(1), Story(2), Item(2)]);
        chooser.move_by(9);
        assert_eq!(chooser.visible_rows(2), [Story(2), Item(2)]);
    }

    #[test]
    fn what_is_chosen_stays_chosen_when_rows_come() {
        let mut chooser = chooser();
        chooser.move_by(1);
        let mut rows = chooser.items.clone();
        rows.rotate_right(1);
        chooser.set_items(rows);
        assert_eq!(chooser.selected_item().map(|it| it.action), Some(PickerAction::Quote(0, 4)));
        chooser.input = TextInput::new("froze");
        chooser.update_matches();
        assert_eq!(
            (chooser.counts(), chooser.selected_item().map(|it| it.action)),
            ((1, 3), Some(PickerAction::Quote(2, 0)))
        );
    }
}
