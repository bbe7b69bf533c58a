//! Mouse commands: clicks on tabs, list rows, names and quotes; dragging the border; the wheel.

use ratatui::layout::{Position, Rect};

use crate::tui::app::{App, Effect, Focus, Overlay};
use crate::tui::input::action::Action;
use crate::tui::layout::list_selection::{scrolled, visible_rows};
use crate::tui::layout::panes::Panes;
use crate::tui::open_story::list::ListRow;
use crate::tui::overlay::annotations::collect_annotations;
use crate::tui::overlay::filter_panel;
use crate::tui::overlay::picker;
use crate::tui::overlay::picker::PickerRow;

/// The rows that one notch of the wheel moves.
const LINES_PER_WHEEL_NOTCH: isize = 3;

impl App {
    pub(crate) fn click(&mut self, at: Position) -> Effect {
        self.notice = None;
        self.dragging = false;
        if !matches!(self.overlay, Overlay::None) {
            return self.click_overlay(at);
        }
        self.dragging = self.panes.border.contains(at);
        let Panes { side, text, margin, .. } = self.panes;
        let on_side = side.contains(at) && (!self.panes.side_overlays_story || self.focus == Focus::SidePane);
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
            self.pane_options.extra_side_width =
                (i32::from(self.pane_options.extra_side_width) + wanted).clamp(-120, 120) as i16;
            self.relayout();
        }
    }

    /// Leaves the mouse to the terminal, so that it selects, and takes it again.
    pub(crate) fn toggle_mouse(&mut self) -> Effect {
        self.captures_mouse = !self.captures_mouse;
        self.dragging = false;
        let key = self.help.key(Action::ToggleMouse).to_string();
        if self.captures_mouse {
            self.notify("the mouse is the reader's again");
        } else {
            self.notify(&format!("the mouse is the terminal's, for selecting; {key} takes it again"));
        }
        Effect::CaptureMouse(self.captures_mouse)
    }

    fn click_side(&mut self, at: Position) {
        let list = self.panes.list();
        if at.y == self.panes.tabs().y {
            if let Some(tab) = self.current_story().side_pane.tab_at(self.panes.tabs(), at.x) {
                self.open_tab(tab);
            }
            return;
        }
        if !list.contains(at) {
            return;
        }
        let open = self.current_story_mut().side_pane.open_list_mut();
        let row = open.row_start(open.top_row(usize::from(list.height)) + usize::from(at.y - list.y));
        let again = open.selected_row() == row;
        match open.rows().get(row) {
            Some(line) if line.is_selectable() || matches!(line, ListRow::SpeakerHeading(_)) => {
                open.select_row(row)
            }
            _ => return,
        }
        let chosen = self.focus == Focus::SidePane && again;
        self.focus = Focus::SidePane;
        self.sync_panes();
        if chosen {
            self.activate();
        }
    }

    /// On a row of the story; without a column on what stands in its margin.
    fn click_story(&mut self, row: u16, column: Option<usize>) {
        let height = self.page_height();
        let reading = self.current_story_mut();
        let row = reading.viewport.top_row(&reading.page, height) + usize::from(row);
        let Some(row) = reading.page.rows().get(row).copied() else { return };
        let place = column.map_or(row.span.start, |it| row.byte_at_column(it, reading.story.text()));
        let quote =
            reading.findings().and_then(|it| it.quote_parts.overlapping(row.span).next()).map(|it| it.1);
        match (column, quote) {
            (None, Some(quote)) => reading.jump_to_quote(quote, height),
            _ => reading.viewport.set_cursor(&reading.page, place, height),
        }
        self.focus = Focus::Story;
        self.sync_panes();
    }

    /// The wheel turned by notches, down if positive.
    pub(crate) fn scroll_wheel(&mut self, at: Position, notches: isize) {
        let over_side = self.panes.side.contains(at);
        match &mut self.overlay {
            Overlay::Help(top) => {
                let body = self.panes.body;
                let rows = self.help.height(usize::from(body.width));
                *top = scrolled(*top, LINES_PER_WHEEL_NOTCH * notches, rows, usize::from(body.height));
            }
            Overlay::None
                if self.panes.side_overlays_story || over_side == (self.focus == Focus::SidePane) =>
            {
                self.scroll(if self.focus == Focus::SidePane {
                    notches
                } else {
                    LINES_PER_WHEEL_NOTCH * notches
                });
            }
            Overlay::None if over_side => {
                // The list moves under the pointer; the keys stay with the story.
                let height = self.list_height();
                self.current_story_mut()
                    .side_pane
                    .open_list_mut()
                    .scroll(LINES_PER_WHEEL_NOTCH * notches, height);
            }
            Overlay::None => {
                self.focus = Focus::Story;
                self.scroll(LINES_PER_WHEEL_NOTCH * notches);
            }
            Overlay::Annotations(_)
            | Overlay::History(_)
            | Overlay::SpeakerPicker(_)
            | Overlay::FilterPanel(_)
            | Overlay::ThemeList(_) => {
                let action = if notches > 0 { Action::Forward } else { Action::Back };
                self.update(action);
            }
            Overlay::Picker(chooser) => chooser.move_by(notches),
            Overlay::Search(_)
            | Overlay::BookmarkLetter(_)
            | Overlay::NoteEditor(_)
            | Overlay::Explanation(_) => {}
            Overlay::Statistics(..) => self.scroll_statistics(LINES_PER_WHEEL_NOTCH * notches),
        }
    }

    /// A click while something lies open.
    pub(crate) fn click_overlay(&mut self, at: Position) -> Effect {
        let Some((list, rows)) = self.overlay_list() else { return Effect::None };
        if !list.contains(at) {
            return Effect::None;
        }
        let item = rows.get(usize::from(at.y - list.y)).copied().flatten();
        match item.filter(|it| self.select_overlay_item(*it)) {
            Some(_) if matches!(self.overlay, Overlay::Annotations(_) | Overlay::History(_)) => {
                self.update(Action::Open)
            }
            Some(_) => self.update(Action::Accept),
            None => Effect::None,
        }
    }

    /// Where the rows of the list that is open stand, and the number of the item on each.
    fn overlay_list(&self) -> Option<(Rect, Vec<Option<usize>>)> {
        let reading = self.current_story();
        let side = self.panes.list();
        let height = |list: Rect| usize::from(list.height);
        Some(match &self.overlay {
            Overlay::Picker(chooser) => {
                let list = picker::list_area(self.picker_area(chooser));
                let rows = chooser.visible_rows(height(list)).into_iter().map(|it| match it {
                    PickerRow::Item(place) => Some(place),
                    PickerRow::Story(_) => None,
                });
                (list, rows.collect())
            }
            Overlay::FilterPanel(picker) => {
                let list = filter_panel::list_area(self.panes.side);
                (list, picker.visible_rows(&picker.matching_criteria(reading.findings()?), height(list)))
            }
            Overlay::SpeakerPicker(whom) => {
                (side, whom.visible_rows(&whom.choices(reading.findings()?), height(side)))
            }
            Overlay::Annotations(list) => {
                let rows = list.visible_rows(&collect_annotations(&reading.saved), height(side));
                (side, rows.into_iter().map(|it| Some(it.0)).collect())
            }
            Overlay::History(history) => {
                let list = picker::list_area(self.panes.body);
                (list, history.visible_range(height(list)).map(Some).collect())
            }
            Overlay::ThemeList(_) => (
                side,
                visible_rows(self.themes.current(), self.themes.all.len(), height(side)).map(Some).collect(),
            ),
            _ => return None,
        })
    }

    /// Chooses an item of the list that is open; whether it was chosen already.
    fn select_overlay_item(&mut self, item: usize) -> bool {
        let chosen = match &mut self.overlay {
            Overlay::Picker(chooser) => &mut chooser.selected,
            Overlay::FilterPanel(picker) => &mut picker.selected,
            Overlay::SpeakerPicker(whom) => &mut whom.selected,
            Overlay::History(history) => &mut history.selected,
            Overlay::Annotations(list) => {
                list.delete_requested = false;
                let again = list.selected.select(item);
                self.preview_annotation();
                return again;
            }
            Overlay::ThemeList(_) => {
                let on = self.themes.current();
                self.themes.select(item);
                return on == item;
            }
            _ => return false,
        };
        chosen.select(item)
    }
}
