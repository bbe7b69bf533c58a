//! A picker: a list that typing filters. Enter accepts the selected item.

mod rows;
mod source;
mod table;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::text::{grouped, numbered_list};
use crate::tui::app::panel::{KeyHint, Panel, PanelList, Placement, Response, hint};
use crate::tui::app::text_input::TextInput;
use crate::tui::app::{App, RootView};
use crate::tui::input::action::Action;
use crate::tui::input::keymap::Mode;
use crate::tui::layout::list_selection::{ListSelection, row_delta};
use crate::tui::layout::panes::Panes;
use crate::tui::panels::picker::rows::{NoteForm, NoteLayout, PickerRow};
pub(crate) use crate::tui::panels::picker::source::{PickerItem, PickerSource};
pub(crate) use crate::tui::panels::picker::table::{Preview, TableColumn};
use crate::tui::text::fuzzy::{query_letters, rank_folded};
use crate::tui::text::search_fold::fold_and_lowercase;
use crate::tui::view::{draw_text, draw_text_right, skip_columns};

/// The open list.
pub(crate) struct Picker<S: PickerSource> {
    source: S,
    input: TextInput,
    /// The selected row among the matching items.
    selected: ListSelection,
    items: Vec<PickerItem<S::Target>>,
    /// The texts of the items in lower case without accents, as far as they were compared with an input.
    folded: Vec<String>,
    /// The ranks and the indices of the matching items, the best match first.
    matching: Vec<(u8, usize)>,
    /// The number of items without an input.
    total: usize,
    /// How many items the user has moved beyond the last one while further ones were to come.
    steps_beyond_end: usize,
}

impl<S: PickerSource> Picker<S> {
    /// Lists the items of a source and selects the one that stands for `target`.
    pub(crate) fn new(source: S, app: &App, target: Option<&S::Target>) -> Self {
        let items = source.items(app);
        let mut picker = Self {
            source,
            input: TextInput::default(),
            selected: ListSelection::default(),
            folded: Vec::new(),
            matching: Vec::new(),
            total: items.len(),
            steps_beyond_end: 0,
            items,
        };
        picker.match_from(0);
        picker.select_target(target);
        picker
    }

    /// Types a text into the input in place of what is there.
    pub(crate) fn set_input(&mut self, text: &str, app: &App) {
        self.input = TextInput::new(text);
        self.match_input(app);
    }

    /// Selects the item that stands for a target, if there is one.
    fn select_target(&mut self, target: Option<&S::Target>) {
        let number = self.matching.iter().position(|it| Some(&self.items[it.1].target) == target);
        if let Some(number) = number {
            self.selected.select(number);
        }
        self.selected.move_by(0, self.matching.len());
    }

    /// Replaces the items; the selection stays on the same target if possible.
    fn set_items(&mut self, items: Vec<PickerItem<S::Target>>) {
        let target = self.selected_item().map(|it| it.target.clone());
        self.items = items;
        self.folded.clear();
        self.total = self.items.len();
        self.match_from(0);
        self.select_target(target.as_ref());
    }

    /// Lists further items behind the others, or where they match best; the selection stays on the same target.
    fn append_items(&mut self, items: Vec<PickerItem<S::Target>>) {
        let (before, matching) = (self.items.len(), self.matching.len());
        let target = self.selected_item().map(|it| it.target.clone());
        self.items.extend(items);
        self.total = self.items.len();
        self.match_from(before);
        let new = self.matching.len() - matching;
        if new > 0 && !self.input.text().is_empty() {
            self.select_target(target.as_ref());
        }
        let steps = self.steps_beyond_end.min(new);
        self.selected.move_by(steps.cast_signed(), self.matching.len());
        self.steps_beyond_end -= steps;
    }

    /// Compares the items from the index `first` on with the input; those before it are known.
    fn match_from(&mut self, first: usize) {
        let letters = query_letters(self.input.text());
        self.matching.retain(|it| it.1 < first);
        if letters.is_empty() {
            self.matching.extend((first..self.items.len()).map(|it| (0, it)));
            return;
        }
        let new = self.items[self.folded.len()..].iter().map(|it| fold_and_lowercase(&it.text));
        self.folded.extend(new);
        let known = self.matching.len();
        let ranked = self.folded.iter().enumerate().skip(first);
        self.matching.extend(ranked.filter_map(|(at, text)| Some((rank_folded(&letters, text)?, at))));
        if self.matching.len() > known {
            self.matching.sort_unstable();
        }
    }

    /// Lists what matches the input, and selects the best match.
    fn match_input(&mut self, app: &App) {
        if let Some(items) = self.source.items_for(app, self.input.text()) {
            // What the source has made of the typed text is all that there is.
            self.total = items.len();
            self.items = items;
            self.folded.clear();
            self.matching = (0..self.items.len()).map(|it| (0, it)).collect();
        } else {
            self.match_from(0);
        }
        self.selected = ListSelection::default();
        self.steps_beyond_end = 0;
    }

    /// Accepts the selected item. Without one the picker stays open.
    fn accept(&mut self, app: &mut App) -> Response {
        let Some(target) = self.selected_item().map(|it| it.target.clone()) else {
            let message = self.source.no_match_message(app, self.input.text());
            app.notify(&message);
            return Response::Stay;
        };
        let Some(text) = self.source.completion(&target) else { return self.source.accept(app, target) };
        self.set_input(&text, app);
        Response::Stay
    }

    /// The selected item; `None` if nothing matches.
    fn selected_item(&self) -> Option<&PickerItem<S::Target>> {
        self.item_at(self.selected.item())
    }

    /// An item by its index among the matching items.
    fn item_at(&self, number: usize) -> Option<&PickerItem<S::Target>> {
        self.items.get(self.matching.get(number)?.1)
    }

    /// The part of the screen that the picker takes.
    fn area(&self, panes: &Panes) -> Rect {
        match self.source.placement() {
            Placement::SidePane if !panes.side.is_empty() => panes.side,
            Placement::WideSide => panes.wide_side(),
            _ => panes.body,
        }
    }

    /// `▸ next quote                ]q`
    fn draw_item(&self, view: RootView, number: usize, notes: NoteLayout, row: Rect, buf: &mut Buffer) {
        let Some(item) = self.item_at(number) else { return };
        let right = self.fitting_detail(view.app, item, row.width);
        let is_beside = self.source.placement() != Placement::FullPage;
        let style = if is_beside { view.theme.key.0 } else { view.theme.secondary.0 };
        let rest = draw_text_right(&right, row, style, buf);
        let rest = Rect { width: rest.width.saturating_sub(2), ..rest };
        let is_selected = self.selected.item() == number;
        let taken = draw_text(if is_selected { "▸ " } else { "  " }, rest, view.theme.key.0, buf);
        let text = skip_columns(rest, taken);
        draw_text(&item.text, text, view.theme.text.0, buf);
        let width = self.note_columns(view.app, item, row.width, notes);
        let note = Rect { x: text.right() - width.min(text.width), width: width.min(text.width), ..text };
        draw_text(notes.form.note_of(item, width), note, view.theme.secondary.0, buf);
        if is_selected {
            view.highlight_marked_row(row, buf);
        }
    }
}

impl<S: PickerSource> Panel for Picker<S> {
    fn mode(&self) -> Mode {
        Mode::Picker
    }

    fn placement(&self) -> Placement {
        self.source.placement()
    }

    fn update(&mut self, app: &mut App, action: Action) -> Response {
        let (page, count) = (app.page_height(), self.matching.len());
        let steps = if self.source.may_grow(app, self.items.len()) { row_delta(action, page) } else { None };
        self.steps_beyond_end = match (steps, action) {
            (Some(steps @ 1..), Action::Forward | Action::PageForward) => {
                let wanted = self.steps_beyond_end + self.selected.item() + steps.unsigned_abs();
                (wanted + 1).saturating_sub(count)
            }
            _ => 0,
        };
        self.selected.apply(action, page, count);
        match action {
            Action::Accept => self.accept(app),
            Action::Cancel => Response::Close,
            _ => Response::Stay,
        }
    }

    fn draw(&self, view: RootView, buf: &mut Buffer) {
        let area = self.area(&view.app.panes);
        let (list, preview) = self.areas(view.app);
        self.draw_preview(view, preview, buf);
        let rows: Vec<Rect> = list.rows().collect();
        let is_table = !self.source.columns().is_empty();
        let layout = self.layout(view.app, list.width);
        if is_table && list.y > area.y + 1 {
            let titles = Rect { y: list.y - 1, height: 1, ..list };
            let title = |place: usize| self.source.columns()[place].title;
            self.draw_cells(&layout, title, titles, view.theme.secondary.0, buf);
        }
        let head = Rect { y: area.y, height: area.height.min(1), ..list_area(area) };
        if !head.is_empty() {
            let (matching, all) = (self.matching.len(), self.total);
            let count = if matching == all {
                grouped(all)
            } else {
                format!("{} of {}", grouped(matching), grouped(all))
            };
            let rest = draw_text_right(&count, head, view.theme.secondary.0, buf);
            let rest = Rect { width: rest.width.saturating_sub(1), ..rest };
            view.draw_prompt(&self.source.title(), &self.input, self.source.input_note(), rest, buf);
        }
        if self.matching.is_empty() {
            view.draw_message(&self.source.no_match_message(view.app, self.input.text()), list, buf);
            return;
        }
        let notes = self.note_layout(view.app, list.width);
        for (visible, row) in self.visible_rows(view.app, list).into_iter().zip(rows) {
            match visible {
                PickerRow::Story(story) => {
                    draw_text(&view.app.headline(story), row, view.theme.heading.0, buf);
                }
                PickerRow::Item(number, part) if is_table => {
                    let Some(item) = self.item_at(number) else { continue };
                    let is_selected = self.selected.item() == number;
                    self.draw_table_row(view, &layout, (item, part, is_selected), row, buf);
                }
                PickerRow::Item(number, _) => self.draw_item(view, number, notes, row, buf),
            }
        }
    }

    /// What is known of the selected item, where the list does not show its whole note.
    fn status(&self, app: &App) -> Option<String> {
        let item = self.selected_item().filter(|it| !it.note.is_empty())?;
        let is_beside = self.source.placement() != Placement::FullPage;
        let is_shown = || self.note_layout(app, self.areas(app).0.width).form == NoteForm::Whole;
        (is_beside && !is_shown()).then(|| self.source.summary(item))
    }

    fn describe(&self, _app: &App) -> Option<String> {
        let items =
            (0..self.matching.len()).filter_map(|it| Some((it, self.item_at(it)?))).map(|(place, it)| {
                // The number with which an item begins is told once.
                let text = it.text.strip_prefix(&format!("{} ", place + 1)).unwrap_or(&it.text);
                let parts = [text, &it.note, it.details.first().map_or("", String::as_str)];
                parts
                    .into_iter()
                    .filter(|it| !it.is_empty())
                    .collect::<Vec<_>>()
                    .join(", ")
                    .replace(" · ", ", ")
            });
        let title = self.source.title();
        Some(numbered_list(title.trim_end_matches([':', ' ']), items))
    }

    fn hints(&self, _app: &App) -> Vec<KeyHint> {
        vec![
            hint(Action::Cancel, "close"),
            hint(Action::Accept, self.source.accept_label()),
            hint(Action::Forward, "next"),
        ]
    }

    fn input(&mut self) -> Option<&mut TextInput> {
        Some(&mut self.input)
    }

    fn input_changed(&mut self, app: &mut App) {
        self.match_input(app);
    }

    fn closes_on_empty_erase(&self) -> bool {
        true
    }

    fn list(&self, app: &App) -> Option<PanelList> {
        let (area, _) = self.areas(app);
        let rows = self.visible_rows(app, area).into_iter().map(|row| match row {
            PickerRow::Item(number, _) => Some(number),
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

    fn refresh(&mut self, app: &mut App) {
        match self.source.new_items(app, self.items.len()) {
            Some(items) => self.append_items(items),
            // A source that answers a typed text with items of its own is asked again.
            None if !self.input.is_empty() && self.source.items_for(app, self.input.text()).is_some() => {
                let target = self.selected_item().map(|it| it.target.clone());
                self.match_input(app);
                self.select_target(target.as_ref());
            }
            None => self.set_items(self.source.items(app)),
        }
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
mod tests;
