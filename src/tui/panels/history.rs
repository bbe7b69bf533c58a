//! The reading history as a list.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::storage::HistoryEntry;
use crate::text::{counted, grouped};
use crate::tui::app::panel::{KeyHint, Panel, PanelList, Placement, Response, hint};
use crate::tui::app::{App, Effect, RootView};
use crate::tui::input::action::Action;
use crate::tui::input::keymap::Mode;
use crate::tui::layout::list_selection::ListSelection;
use crate::tui::panels::picker;
use crate::tui::text::width::display_width;
use crate::tui::view::{draw_text, draw_text_right, skip_columns};

/// The width of a row in columns from which it has columns.
const MIN_WIDTH_FOR_COLUMNS: u16 = 70;

/// The title of the column of days.
const DAY_TITLE: &str = "last opened";

/// The widest source, in columns.
const MAX_SOURCE_WIDTH: u16 = 26;

/// Returns the column of the sources in a row that ends before the numbers.
fn source_column(width: u16) -> u16 {
    width.saturating_sub(MAX_SOURCE_WIDTH.min(width / 3))
}

/// The open list; the last story comes first.
pub(crate) struct History {
    pub(crate) entries: Vec<HistoryEntry>,
    pub(crate) selected: ListSelection,
    /// Whether the delete key was pressed once for the selected story.
    delete_requested: bool,
}

impl History {
    /// The columns of the days.
    fn day_width(&self) -> usize {
        let days = self.entries.iter().map(|it| display_width(&it.day));
        days.chain([DAY_TITLE.len()]).max().unwrap_or_default()
    }

    /// The entries that a list of `height` rows shows.
    pub(crate) fn visible_range(&self, height: usize) -> Range<usize> {
        self.selected.visible(self.entries.len(), height)
    }
}

impl App {
    /// Opens the reading history, unless another panel was opened meanwhile.
    pub(crate) fn open_history(&mut self, past: Vec<HistoryEntry>) {
        if self.panel().is_some() {
            return;
        }
        if past.is_empty() {
            return self.notify("No reading history yet");
        }
        self.open_panel(History {
            entries: past,
            selected: ListSelection::default(),
            delete_requested: false,
        });
    }
}

impl History {
    /// Deletes the selected story and what is saved of it, once the user has confirmed it.
    fn delete(&mut self, is_asked: bool, app: &mut App) -> Response {
        let Some(past) = self.entries.get(self.selected.item()) else { return Response::Stay };
        if !is_asked {
            self.delete_requested = true;
            let notes = if past.note_count > 0 {
                format!(" with {}", counted(past.note_count, "note"))
            } else {
                String::new()
            };
            let key = app.help.key(Action::Delete).to_string();
            app.notify(&format!("Press {key} again to delete this story from the history{notes}"));
            return Response::Stay;
        }
        let past = self.entries.remove(self.selected.item());
        self.selected.move_by(0, self.entries.len());
        app.notify(&format!("Deleted from the history: {}", past.title));
        Response::Effect(Effect::ForgetStory(past))
    }
}

impl Panel for History {
    fn mode(&self) -> Mode {
        Mode::List
    }

    fn placement(&self) -> Placement {
        Placement::FullPage
    }

    fn update(&mut self, app: &mut App, action: Action) -> Response {
        self.selected.apply(action, usize::from(app.panes.body.height), self.entries.len());
        let is_asked = std::mem::take(&mut self.delete_requested);
        if action == Action::Delete {
            return self.delete(is_asked, app);
        }
        match (action, self.entries.get_mut(self.selected.item())) {
            (Action::Open, Some(past)) if past.was_interrupted => {
                past.was_interrupted = false;
                let key = app.help.key(Action::Open);
                app.notify(&format!("pullquote stopped while analysing this; {key} again opens it"));
                Response::Stay
            }
            (Action::Open, Some(past)) => Response::Effect(Effect::OpenStory(past.clone())),
            (Action::Cancel, _) => Response::Close,
            _ => Response::Stay,
        }
    }

    fn draw(&self, view: RootView, buf: &mut Buffer) {
        view.draw_history(self, view.app.panes.body, buf);
    }

    fn hints(&self, _app: &App) -> Vec<KeyHint> {
        vec![
            hint(Action::Help, "help"),
            hint(Action::Cancel, "close"),
            hint(Action::Open, "open"),
            hint(Action::Delete, "delete"),
        ]
    }

    fn list(&self, app: &App) -> Option<PanelList> {
        let area = picker::list_area(app.panes.body);
        let items = self.visible_range(usize::from(area.height));
        Some(PanelList { area, items: items.map(Some).collect() })
    }

    fn click_action(&self) -> Action {
        Action::Open
    }

    fn selection(&mut self) -> Option<&mut ListSelection> {
        Some(&mut self.selected)
    }

    fn rows_per_notch(&self) -> usize {
        1
    }
}

impl RootView<'_> {
    fn draw_history(&self, history: &History, body: Rect, buf: &mut Buffer) {
        let mut rows = skip_columns(body, 2).rows();
        if let Some(row) = rows.next() {
            draw_text("Reading history", row, self.theme.tab.0, buf);
        }
        if let Some(row) = rows.next() {
            let row = Rect { width: row.width.saturating_sub(2), ..row };
            self.draw_history_titles(history.day_width(), skip_columns(row, 2), buf);
        }
        let height = usize::from(body.height.saturating_sub(2));
        for (number, row) in history.visible_range(height).zip(rows) {
            let row = Rect { width: row.width.saturating_sub(2), ..row };
            let chosen = number == history.selected.item();
            draw_text(if chosen { "▸" } else { " " }, row, self.theme.key.0, buf);
            let entry = &history.entries[number];
            self.draw_history_entry(entry, history.day_width(), skip_columns(row, 2), buf);
            if chosen {
                self.highlight_marked_row(row, buf);
            }
        }
    }

    /// Draws the titles of the columns, where there is room for them.
    fn draw_history_titles(&self, day_width: usize, row: Rect, buf: &mut Buffer) {
        if row.width >= MIN_WIDTH_FOR_COLUMNS {
            let right = format!("{:>5}  {:>5}  {DAY_TITLE:>day_width$}", "notes", "read");
            let rest = draw_text_right(&right, row, self.theme.secondary.0, buf);
            draw_text("source", skip_columns(rest, source_column(rest.width)), self.theme.secondary.0, buf);
        }
    }

    /// `The last ferry        Harbour Gazette        2  100 %         3 May`
    fn draw_history_entry(&self, past: &HistoryEntry, day_width: usize, row: Rect, buf: &mut Buffer) {
        let secondary = self.theme.secondary.0;
        if row.width < MIN_WIDTH_FOR_COLUMNS {
            let rest = draw_text_right(&format!("  {}", past.day), row, secondary, buf);
            draw_text(&past.title, rest, self.theme.text.0, buf);
            return;
        }
        let notes = if past.note_count == 0 { String::new() } else { grouped(past.note_count) };
        let right = format!("{notes:>5}  {:>3} %  {:>day_width$}", past.percent_read, past.day);
        let rest = draw_text_right(&right, row, secondary, buf);
        let rest = Rect { width: rest.width.saturating_sub(2), ..rest };
        let column = source_column(rest.width + 2);
        let title = Rect { width: column.saturating_sub(2).min(rest.width), ..rest };
        draw_text(&past.title, title, self.theme.text.0, buf);
        let name = |it: &String| it.rsplit('/').next().unwrap_or(it).to_string();
        let source = past.outlet.clone().or_else(|| past.source.as_ref().map(name));
        // The name of a file may be the title.
        let source = source.filter(|it| *it != past.title).unwrap_or_default();
        draw_text(&source, skip_columns(rest, column), secondary, buf);
    }
}
