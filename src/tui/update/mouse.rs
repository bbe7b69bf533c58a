//! Mouse commands: clicks on tabs, list rows, names and quotes; dragging the border; the wheel.

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Position;

use crate::tui::app::{App, Effect, Focus, RootView};
use crate::tui::input::action::Action;
use crate::tui::input::keymap::Keymap;
use crate::tui::layout::panes::Panes;
use crate::tui::open_story::list::ListRow;

/// The rows of the story that one notch of the wheel moves.
const LINES_PER_WHEEL_NOTCH: isize = 3;

impl App {
    /// Performs what a click, the wheel or a drag asks for, and returns the side effect.
    pub(crate) fn handle_mouse(&mut self, keymap: &Keymap, mouse: MouseEvent) -> Effect {
        let at = Position { x: mouse.column, y: mouse.row };
        match mouse.kind {
            MouseEventKind::Down(MouseButton::Left) => {
                let hint = RootView { app: self, theme: self.themes.theme(), keymap }.hint_at(at);
                return match hint {
                    Some(action) => self.update(action),
                    None => self.click(at),
                };
            }
            MouseEventKind::Down(MouseButton::Right) => return self.right_click(at),
            MouseEventKind::Up(MouseButton::Left) => self.release(at),
            MouseEventKind::Drag(MouseButton::Left) => self.drag(at),
            MouseEventKind::ScrollDown => self.scroll_wheel(at, 1),
            MouseEventKind::ScrollUp => self.scroll_wheel(at, -1),
            _ => {}
        }
        Effect::None
    }

    pub(crate) fn click(&mut self, at: Position) -> Effect {
        self.notice = None;
        self.dragging = false;
        if self.panel().is_some() {
            return self.click_overlay(at);
        }
        self.dragging = self.panes.border.contains(at) || self.panes.scrollbar.contains(at);
        let Panes { side, text, margin, .. } = self.panes;
        let on_side = side.contains(at) && (!self.panes.side_overlays_story || self.focus == Focus::SidePane);
        if on_side {
            self.click_side(at, true);
        } else if text.contains(at) {
            self.click_story(at.y - text.y, Some(usize::from(at.x - text.x)));
        } else if margin.contains(at) {
            let before = self.current_story().viewport.selected_quote();
            self.click_story(at.y - margin.y, None);
            // A second click on the number of a speaker shows only that speaker, a third one all of them.
            if before.is_some() && before == self.current_story().viewport.selected_quote() {
                self.toggle_only_speaker();
            }
        }
        Effect::None
    }

    /// Selects what is at a place of the page.
    fn select_at(&mut self, at: Position) {
        let Panes { side, text, margin, .. } = self.panes;
        if side.contains(at) && (!self.panes.side_overlays_story || self.focus == Focus::SidePane) {
            self.click_side(at, false);
        } else if text.contains(at) {
            self.click_story(at.y - text.y, Some(usize::from(at.x - text.x)));
        } else if margin.contains(at) {
            self.click_story(at.y - margin.y, None);
        }
    }

    /// Opens the menu for the place of a click with the right button. In a panel it closes the panel.
    pub(crate) fn right_click(&mut self, at: Position) -> Effect {
        if self.panel().is_some() {
            return self.update(Action::Cancel);
        }
        let (is_on_text, is_on_side) = (self.panes.text.contains(at), self.panes.side.contains(at));
        let focus = self.focus;
        if is_on_side || is_on_text || self.panes.margin.contains(at) {
            self.select_at(at);
        }
        self.dragging = false;
        if self.panel().is_none() {
            self.open_context_menu();
        } else {
            self.focus = focus;
        }
        Effect::None
    }

    /// Ends dragging. A click on the scroll bar without a drag goes to that part of the story.
    pub(crate) fn release(&mut self, at: Position) {
        let is_click = std::mem::take(&mut self.dragging) && !std::mem::take(&mut self.has_dragged);
        if is_click && self.panes.scrollbar.contains(at) && self.panel().is_none() {
            self.scroll_to(at);
        }
    }

    /// Goes to the part of the story that a place of the scroll bar stands for.
    fn scroll_to(&mut self, at: Position) {
        let bar = self.panes.scrollbar;
        let height = self.page_height();
        let reading = self.current_story_mut();
        let rows = reading.page.rows();
        let row = usize::from(at.y - bar.y) * rows.len() / usize::from(bar.height.max(1));
        if let Some(offset) = rows.get(row).map(|it| it.span.start) {
            reading.jump(offset, height);
            self.focus = Focus::Story;
            self.sync_panes();
        }
    }

    /// Moves the pane border while the button is held on it.
    pub(crate) fn drag(&mut self, at: Position) {
        self.has_dragged = self.dragging;
        if self.dragging && self.panes.border.is_empty() {
            let bar = self.panes.scrollbar;
            let y = at.y.clamp(bar.y, bar.bottom().saturating_sub(1).max(bar.y));
            self.scroll_to(Position { y, ..at });
        } else if self.dragging {
            let widened = i32::from(self.panes.border.x) - i32::from(at.x);
            self.pane_options.extra_side_width =
                (i32::from(self.pane_options.extra_side_width) + widened).clamp(-120, 120) as i16;
            self.relayout();
        }
    }

    /// Switches between capturing the mouse and leaving it to the terminal.
    pub(crate) fn toggle_mouse(&mut self) -> Effect {
        self.captures_mouse = !self.captures_mouse;
        self.dragging = false;
        let key = self.help.key(Action::ToggleMouse).to_string();
        if self.captures_mouse {
            self.notify("Mouse on");
        } else {
            self.notify(&format!("Mouse off – select text as usual; {key} turns it on"));
        }
        Effect::CaptureMouse(self.captures_mouse)
    }

    /// Selects the row of the side pane at a place; `opens` tells whether a selected row is opened.
    fn click_side(&mut self, at: Position, opens: bool) {
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
        let row = open.row_start(open.row_at(usize::from(at.y - list.y), usize::from(list.height)));
        let again = open.selected_row() == row;
        match open.rows().get(row) {
            Some(line) if line.is_selectable() || matches!(line, ListRow::SpeakerHeading(_)) => {
                open.select_row(row);
            }
            _ => return,
        }
        let chosen = self.focus == Focus::SidePane && again && opens;
        self.focus = Focus::SidePane;
        self.sync_panes();
        if chosen {
            self.activate();
        }
    }

    /// Handles a click on a row of the story. Without a column the click is in the margin.
    fn click_story(&mut self, row: u16, column: Option<usize>) {
        let height = self.page_height();
        let reading = self.current_story_mut();
        let row = reading.viewport.top_row(&reading.page, height) + usize::from(row);
        let Some(row) = reading.page.rows().get(row).copied() else { return };
        let offset = column.map_or(row.span.start, |it| row.byte_at_column(it, reading.story.text()));
        let quote =
            reading.findings().and_then(|it| it.quote_parts.overlapping(row.span).next()).map(|it| it.1);
        match (column, quote) {
            (None, Some(quote)) => reading.jump_to_quote(quote, height),
            _ => reading.viewport.set_cursor(&reading.page, offset, height),
        }
        self.focus = Focus::Story;
        self.sync_panes();
    }

    /// Turns the wheel over `at` by some notches, down if positive.
    pub(crate) fn scroll_wheel(&mut self, at: Position, notches: isize) {
        let Some(panel) = self.panel() else { return self.scroll_pane(at, notches) };
        let action = if notches > 0 { Action::Forward } else { Action::Back };
        for _ in 0..panel.rows_per_notch() * notches.unsigned_abs() {
            self.update(action);
        }
    }

    /// Scrolls the pane under the pointer.
    fn scroll_pane(&mut self, at: Position, notches: isize) {
        let lines = LINES_PER_WHEEL_NOTCH * notches;
        let over_side = self.panes.side.contains(at);
        let in_side_pane = self.focus == Focus::SidePane;
        if self.panes.side_overlays_story || over_side == in_side_pane {
            self.scroll(if in_side_pane { notches } else { lines });
        } else if over_side {
            // The list moves under the pointer; the keys stay with the story.
            let height = self.list_height();
            self.current_story_mut().side_pane.open_list_mut().scroll(lines, height);
        } else {
            self.focus = Focus::Story;
            self.scroll(lines);
        }
    }

    /// Handles a click while a panel is open: selects the item there, or opens it if it is selected.
    fn click_overlay(&mut self, at: Position) -> Effect {
        let Some(panel) = self.panel() else { return Effect::None };
        let list = panel.list(self).filter(|list| list.area.contains(at));
        let item = list.and_then(|it| it.items.get(usize::from(at.y - it.area.y)).copied().flatten());
        let action = panel.click_action();
        match item {
            Some(item) if self.select_overlay_item(item) => return self.update(action),
            Some(_) => {}
            None => drop(self.with_panel(|panel, app| panel.click(app, at))),
        }
        Effect::None
    }

    /// Selects an item of the open list; returns whether it was selected already.
    fn select_overlay_item(&mut self, item: usize) -> bool {
        let was_selected = self.with_panel(|panel, app| {
            let was_selected = panel.selection().is_some_and(|it| it.select(item));
            panel.selection_changed(app);
            was_selected
        });
        was_selected.unwrap_or(false)
    }
}
