//! A click on a row of a list that is open: it chooses the row, and does what the row is for where it was chosen already.

use ratatui::layout::{Position, Rect};

use super::action::Action;
use super::app::{App, Effect, Open};
use super::chooser::{self, Seen};
use super::leavings::items;
use super::picker;

impl App {
    /// A click while something lies open.
    pub(super) fn click_list(&mut self, at: Position) -> Effect {
        let Some((list, rows)) = self.listed() else { return Effect::None };
        if !list.contains(at) {
            return Effect::None;
        }
        let item = rows.get(usize::from(at.y - list.y)).copied().flatten();
        match item.filter(|it| self.point(*it)) {
            Some(_) if matches!(self.open, Open::Leavings(_) | Open::History(_)) => self.update(Action::Go),
            Some(_) => self.update(Action::Accept),
            None => Effect::None,
        }
    }

    /// Where the rows of the list that is open stand, and the number of the item on each.
    fn listed(&self) -> Option<(Rect, Vec<Option<usize>>)> {
        let reading = self.reading();
        let side = self.panes.list();
        let height = |list: Rect| usize::from(list.height);
        Some(match &self.open {
            Open::Chooser(chooser) => {
                let list = chooser::list(self.chooser_area(chooser));
                let rows = chooser.window(height(list)).into_iter().map(|it| match it {
                    Seen::Choice(place) => Some(place),
                    Seen::Story(_) => None,
                });
                (list, rows.collect())
            }
            Open::Picker(picker) => {
                let list = picker::list(self.panes.side);
                (list, picker.window(&picker.matching(reading.findings()?), height(list)))
            }
            Open::Whom(whom) => (side, whom.rows(&whom.choices(reading.findings()?), height(side))),
            Open::Leavings(list) => {
                let rows = list.window(&items(&reading.kept), height(side));
                (side, rows.into_iter().map(|it| Some(it.0)).collect())
            }
            Open::History(history) => {
                let list = chooser::list(self.panes.body);
                (list, history.window(height(list)).map(Some).collect())
            }
            Open::Themes(_) => (side, self.themes.window(height(side)).map(Some).collect()),
            _ => return None,
        })
    }

    /// Chooses an item of the list that is open; whether it was chosen already.
    fn point(&mut self, item: usize) -> bool {
        let chosen = match &mut self.open {
            Open::Chooser(chooser) => return chooser.point(item),
            Open::Picker(picker) => &mut picker.chosen,
            Open::Whom(whom) => &mut whom.chosen,
            Open::History(history) => &mut history.chosen,
            Open::Leavings(list) => {
                list.asked = false;
                let again = std::mem::replace(&mut list.chosen, item) == item;
                self.look_at_leaving();
                return again;
            }
            Open::Themes(_) => {
                let on = self.themes.on();
                self.themes.put_on(item);
                return on == item;
            }
            _ => return false,
        };
        std::mem::replace(chosen, item) == item
    }
}
