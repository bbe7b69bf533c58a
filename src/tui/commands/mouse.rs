//! Mouse commands: clicks on tabs, list rows, names and quotes; dragging the border; the wheel.

use ratatui::layout::{Position, Rect};

use crate::tui::app::{App, Effect, Focus, Open};
use crate::tui::input::action::Action;
use crate::tui::layout::panes::Panes;
use crate::tui::open_story::list::Line;
use crate::tui::overlay::annotations::items;
use crate::tui::overlay::filter_panel;
use crate::tui::overlay::picker;
use crate::tui::overlay::picker::Seen;

/// The rows that one notch of the wheel moves.
const NOTCH: isize = 3;

impl App {
    pub(crate) fn click(&mut self, at: Position) -> Effect {
        self.notice = None;
        self.dragging = false;
        if !matches!(self.open, Open::Nothing) {
            return self.click_list(at);
        }
        self.dragging = self.panes.border.contains(at);
        let Panes { side, text, margin, .. } = self.panes;
        let on_side = side.contains(at) && (!self.panes.over || self.focus == Focus::Findings);
        if on_side {
            self.click_side(at);
        } else if text.contains(at) {
            self.click_story(at.y - text.y, Some(usize::from(at.x - text.x)));
        } else if margin.contains(at) {
            self.click_story(at.y - margin.y, None);
        }
        Effect::None
    }

    /// The mouse moves with its button held: the border between the panes goes along.
    pub(crate) fn drag(&mut self, at: Position) {
        if self.dragging && !self.panes.border.is_empty() {
            let wanted = i32::from(self.panes.border.x) - i32::from(at.x);
            self.wish.side = (i32::from(self.wish.side) + wanted).clamp(-120, 120) as i16;
            self.set();
        }
    }

    /// Leaves the mouse to the terminal, so that it selects, and takes it again.
    pub(crate) fn turn_mouse(&mut self) -> Effect {
        self.mouse = !self.mouse;
        self.dragging = false;
        let key = self.help.key(Action::Mouse).to_string();
        if self.mouse {
            self.say("the mouse is the reader's again");
        } else {
            self.say(&format!("the mouse is the terminal's, for selecting; {key} takes it again"));
        }
        Effect::Mouse(self.mouse)
    }

    fn click_side(&mut self, at: Position) {
        let list = self.panes.list();
        if at.y == self.panes.tabs().y {
            if let Some(tab) = self.reading().side.tab_at(self.panes.tabs(), at.x) {
                self.open_tab(tab);
            }
            return;
        }
        if !list.contains(at) {
            return;
        }
        let open = self.reading_mut().side.open_mut();
        let row = open.begin_of(open.first_row(usize::from(list.height)) + usize::from(at.y - list.y));
        let again = open.chosen_row() == row;
        match open.lines().get(row) {
            Some(line) if line.is_item() || matches!(line, Line::Speaker(_)) => open.choose_row(row),
            _ => return,
        }
        let chosen = self.focus == Focus::Findings && again;
        self.focus = Focus::Findings;
        self.follow();
        if chosen {
            self.go();
        }
    }

    /// On a row of the story; without a column on what stands in its margin.
    fn click_story(&mut self, row: u16, column: Option<usize>) {
        let height = self.height();
        let reading = self.reading_mut();
        let row = reading.stand.top_row(&reading.page, height) + usize::from(row);
        let Some(row) = reading.page.rows().get(row).copied() else { return };
        let place = column.map_or(row.span.start, |it| row.byte_at(it, reading.story.text()));
        let quote = reading.findings().and_then(|it| it.parts.meeting(row.span).next()).map(|it| it.1);
        match (column, quote) {
            (None, Some(quote)) => reading.jump_to_quote(quote, height),
            _ => reading.stand.point(&reading.page, place, height),
        }
        self.focus = Focus::Story;
        self.follow();
    }

    /// The wheel turned by notches, down if positive.
    pub(crate) fn wheel(&mut self, at: Position, notches: isize) {
        let over_side = self.panes.side.contains(at);
        match &mut self.open {
            Open::Help(top) => {
                let body = self.panes.body;
                let last = self.help.height(usize::from(body.width)).saturating_sub(usize::from(body.height));
                *top = top.saturating_add_signed(NOTCH * notches).min(last);
            }
            Open::Nothing if self.panes.over || over_side == (self.focus == Focus::Findings) => {
                self.scroll(if self.focus == Focus::Findings { notches } else { NOTCH * notches });
            }
            Open::Nothing if over_side => {
                // The list moves under the pointer; the keys stay with the story.
                let height = self.list_height();
                self.reading_mut().side.open_mut().roll(NOTCH * notches, height);
            }
            Open::Nothing => {
                self.focus = Focus::Story;
                self.scroll(NOTCH * notches);
            }
            Open::Leavings(_) | Open::History(_) | Open::Whom(_) | Open::Picker(_) | Open::Themes(_) => {
                let action = if notches > 0 { Action::Forward } else { Action::Back };
                self.update(action);
            }
            Open::Chooser(chooser) => chooser.move_by(notches),
            Open::Search(_) | Open::Letter(_) | Open::Note(_) | Open::Why(_) => {}
            Open::Statistics(..) => self.roll_statistics(NOTCH * notches),
        }
    }

    /// A click while something lies open.
    pub(crate) fn click_list(&mut self, at: Position) -> Effect {
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
                let list = picker::list(self.chooser_area(chooser));
                let rows = chooser.window(height(list)).into_iter().map(|it| match it {
                    Seen::Choice(place) => Some(place),
                    Seen::Story(_) => None,
                });
                (list, rows.collect())
            }
            Open::Picker(picker) => {
                let list = filter_panel::list(self.panes.side);
                (list, picker.window(&picker.matching(reading.findings()?), height(list)))
            }
            Open::Whom(whom) => (side, whom.rows(&whom.choices(reading.findings()?), height(side))),
            Open::Leavings(list) => {
                let rows = list.window(&items(&reading.kept), height(side));
                (side, rows.into_iter().map(|it| Some(it.0)).collect())
            }
            Open::History(history) => {
                let list = picker::list(self.panes.body);
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
