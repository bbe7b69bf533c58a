//! A picker: a list of commands, stories or quotes that typing filters. Enter runs the selected item.

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
    /// The selected row among the matching items.
    pub(crate) selected: ListSelection,
    items: Vec<PickerItem>,
    /// The indices of the matching items, the best match first.
    matching: Vec<usize>,
}

/// What a picker lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PickerKind {
    Commands,
    Stories,
    /// The quotes of the speakers with this name.
    SpeakerQuotes(String),
}

impl PickerKind {
    /// The title before the input.
    pub(crate) fn title(&self) -> String {
        match self {
            Self::Commands => ":".into(),
            Self::Stories => "Open stories ".into(),
            Self::SpeakerQuotes(name) => format!("{name} in all stories: "),
        }
    }

    /// The message if no item matches.
    pub(crate) const fn no_match_message(&self) -> &'static str {
        match self {
            Self::Commands => "No such command",
            Self::Stories => "No matching story",
            Self::SpeakerQuotes(_) => "No matching quote",
        }
    }
}

/// An item of the list.
#[derive(Clone)]
pub(crate) struct PickerItem {
    pub(crate) text: String,
    /// A second text by which the item is found.
    pub(crate) keyword: String,
    /// The texts at the right end of the row, the longest first. The first one that fits is shown.
    pub(crate) details: Vec<String>,
    pub(crate) action: PickerAction,
}

impl PickerItem {
    /// How well the item matches the input; 0 is best. Matches at the start of a word of the keyword come before all
    /// others.
    fn match_rank(&self, typed: &str) -> Option<u8> {
        let name = rank(typed, &self.keyword).filter(|it| *it <= WORD_START_RANK);
        name.or_else(|| Some(WORD_START_RANK + 1 + rank(typed, &format!("{} {}", self.text, self.keyword))?))
    }
}

/// What an item does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PickerAction {
    Run(Action),
    Story(usize),
    /// The index of a story, and of a quote in it.
    Quote(usize, usize),
}

/// A visible row of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PickerRow {
    /// The headline of a story above its quotes.
    Story(usize),
    /// An item, by its index among the matching items.
    Item(usize),
}

impl Picker {
    pub(crate) fn new(kind: PickerKind, items: Vec<PickerItem>) -> Self {
        let matching = (0..items.len()).collect();
        Self { kind, input: TextInput::default(), selected: ListSelection::default(), items, matching }
    }

    /// Selects the item with this action, if there is one.
    pub(crate) fn select_action(&mut self, action: PickerAction) {
        let number = self.matching.iter().position(|it| self.items[*it].action == action);
        if let Some(number) = number {
            self.selected.select(number);
        }
        self.move_by(0);
    }

    /// Replaces the items; the selection stays on the same action if possible.
    pub(crate) fn set_items(&mut self, rows: Vec<PickerItem>) {
        let action = self.selected_item().map(|it| it.action);
        self.items = rows;
        self.matching = self.ranked_items();
        if let Some(action) = action {
            self.select_action(action);
        }
    }

    /// Matches the items against a changed input.
    fn update_matches(&mut self) {
        self.matching = self.ranked_items();
        self.selected = ListSelection::default();
    }

    /// The indices of the matching items, the best match first, then in the order of the list.
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

    /// The selected item; `None` if nothing matches.
    pub(crate) fn selected_item(&self) -> Option<&PickerItem> {
        self.item_at(self.selected.item())
    }

    /// An item by its index among the matching items.
    pub(crate) fn item_at(&self, number: usize) -> Option<&PickerItem> {
        self.items.get(*self.matching.get(number)?)
    }

    /// The part of the screen that the picker takes.
    pub(crate) fn area(&self, panes: &Panes) -> Rect {
        match self.placement() {
            Placement::SidePane if !panes.side.is_empty() => panes.side,
            _ => panes.body,
        }
    }

    /// The number of matching items, and of all items.
    pub(crate) fn counts(&self) -> (usize, usize) {
        (self.matching.len(), self.items.len())
    }

    /// The rows that a list of `height` rows shows; the selected item is among them.
    pub(crate) fn visible_rows(&self, height: usize) -> Vec<PickerRow> {
        let mut lines = Vec::new();
        let mut story = None;
        let mut chosen = 0;
        for number in 0..self.matching.len() {
            if let Some(PickerAction::Quote(of, _)) = self.item_at(number).map(|it| it.action)
                && story.replace(of) != Some(of)
            {
                lines.push(PickerRow::Story(of));
            }
            if number == self.selected.item() {
                chosen = lines.len();
            }
            lines.push(PickerRow::Item(number));
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

/// The area of the list, under the input and an empty row.
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
