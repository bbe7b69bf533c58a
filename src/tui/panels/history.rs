//! The reading history as a list.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::storage::{HistoryEntry, StoryPreview};
use crate::text::{counted, grouped, one_line};
use crate::tui::app::panel::{KeyHint, Panel, PanelList, Placement, Response, hint};
use crate::tui::app::{App, Effect, RootView};
use crate::tui::input::action::Action;
use crate::tui::input::keymap::Mode;
use crate::tui::layout::list_selection::ListSelection;
use crate::tui::panels::picker::{self, Preview};
use crate::tui::text::width::display_width;
use crate::tui::view::note::NOTE_SYMBOL;
use crate::tui::view::{draw_text, draw_text_right, skip_columns};

/// The width of a row in columns from which it has columns.
const MIN_WIDTH_FOR_COLUMNS: u16 = 56;

/// The width in columns, without the numbers and the days, from which a row has a source.
const MIN_WIDTH_FOR_SOURCE: u16 = 46;

/// The titles of the columns.
const SOURCE_TITLE: &str = "source";
const NOTES_TITLE: &str = "notes";
const READ_TITLE: &str = "read";
const DAY_TITLE: &str = "last opened";

/// The widest source, in columns, and the columns before the source and before the numbers.
const MAX_SOURCE_WIDTH: usize = 26;
const GAP: u16 = 2;

/// Returns the outlet or else the name of the file, unless it is the title.
fn source_of(past: &HistoryEntry) -> Option<String> {
    let name = |it: &String| it.rsplit('/').next().unwrap_or(it).to_string();
    let source = past.outlet.clone().or_else(|| past.source.as_ref().map(name));
    source.filter(|it| *it != past.title)
}

/// What the columns of the table need to know of all entries.
struct HistoryColumns {
    /// The width of the longest source; `None` if no entry has one. A column that is empty in all rows is left out.
    source_width: Option<u16>,
    /// Whether any entry has notes.
    has_notes: bool,
    /// The width of the days.
    day_width: usize,
}

impl HistoryColumns {
    fn new(entries: &[HistoryEntry]) -> Self {
        let sources = entries.iter().filter_map(source_of).map(|it| display_width(&it));
        let days = entries.iter().map(|it| display_width(&it.day));
        Self {
            source_width: sources.max().map(|it| it.clamp(SOURCE_TITLE.len(), MAX_SOURCE_WIDTH) as u16),
            has_notes: entries.iter().any(|it| it.note_count > 0),
            day_width: days.chain([DAY_TITLE.len()]).max().unwrap_or_default(),
        }
    }

    /// The numbers and the day at the right end of a row: `    2   40 %        3 May`.
    fn numbers(&self, notes: &str, read: &str, day: &str) -> String {
        let width = self.day_width;
        let notes = if self.has_notes { format!("{notes:>5}  ") } else { String::new() };
        format!("{notes}{read:>5}  {day:>width$}")
    }

    /// Divides what the numbers leave of a row into the headline and the source; the latter is empty if it has no column.
    fn divide(&self, rest: Rect) -> (Rect, Rect) {
        let free = Rect { width: rest.width.saturating_sub(GAP), ..rest };
        let Some(width) = self.source_width.filter(|_| rest.width >= MIN_WIDTH_FOR_SOURCE) else {
            return (free, Rect::default());
        };
        let width = width.min(rest.width / 3);
        let source = skip_columns(free, free.width - width);
        (Rect { width: free.width - width - GAP, ..free }, source)
    }
}

/// The open list; the last story comes first.
pub(crate) struct History {
    pub(crate) entries: Vec<HistoryEntry>,
    pub(crate) selected: ListSelection,
    columns: HistoryColumns,
    /// Whether the delete key was pressed once for the selected story.
    delete_requested: bool,
}

impl History {
    /// The entries that a list of `height` rows shows.
    pub(crate) fn visible_range(&self, height: usize) -> Range<usize> {
        self.selected.visible(self.entries.len(), height)
    }

    /// The headline of the selected story, what the table tells of it, and the beginning of its text; or the passages with notes.
    fn preview(&self, app: &App) -> Option<Preview> {
        let past = self.entries.get(self.selected.item())?;
        let notes = (past.note_count > 0).then(|| counted(past.note_count, "note"));
        let known = [format!("opened {}", past.day), format!("{} % read", past.percent_read)];
        let note: Vec<String> = source_of(past).into_iter().chain(known).chain(notes).collect();
        let text = match app.story_preview.of(&past.key) {
            None => String::new(),
            Some(StoryPreview::Opening(text)) => text.clone(),
            Some(StoryPreview::Notes(notes)) => {
                let lines = notes
                    .iter()
                    .map(|it| format!("{}\n{NOTE_SYMBOL} {}\n", one_line(&it.passage), one_line(&it.note)));
                lines.collect()
            }
        };
        Some(Preview { title: past.title.clone(), note: note.join(" · "), text })
    }
}

/// Divides the page into the list, under the titles of its columns, and the preview; that is empty on a narrow screen.
fn areas(body: Rect) -> (Rect, Rect) {
    let list = picker::list_area(body);
    Preview::divide(list).unwrap_or((list, Rect::default()))
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
            columns: HistoryColumns::new(&past),
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
        self.columns = HistoryColumns::new(&self.entries);
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
        let (area, _) = areas(app.panes.body);
        let items = self.visible_range(usize::from(area.height));
        Some(PanelList { area, items: items.map(Some).collect() })
    }

    fn story_preview_key(&self) -> Option<&str> {
        self.entries.get(self.selected.item()).map(|it| it.key.as_str())
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
        let (list, beside) = areas(body);
        let mut titles = skip_columns(body, 2).rows();
        if let Some(row) = titles.next() {
            draw_text("Reading history", row, self.theme.tab.0, buf);
        }
        if let Some(row) = titles.next() {
            let row = Rect { x: list.x, width: list.width, ..row };
            self.draw_history_titles(&history.columns, skip_columns(row, 2), buf);
        }
        for (number, row) in history.visible_range(usize::from(list.height)).zip(list.rows()) {
            let chosen = number == history.selected.item();
            draw_text(if chosen { "▸" } else { " " }, row, self.theme.key.0, buf);
            let entry = &history.entries[number];
            self.draw_history_entry(entry, &history.columns, skip_columns(row, 2), buf);
            if chosen {
                self.highlight_marked_row(row, buf);
            }
        }
        if !beside.is_empty()
            && let Some(preview) = history.preview(self.app)
        {
            preview.draw(*self, beside, buf);
        }
    }

    /// Draws the titles of the columns, where there is room for them.
    fn draw_history_titles(&self, columns: &HistoryColumns, row: Rect, buf: &mut Buffer) {
        if row.width >= MIN_WIDTH_FOR_COLUMNS {
            let right = columns.numbers(NOTES_TITLE, READ_TITLE, DAY_TITLE);
            let (_, source) = columns.divide(draw_text_right(&right, row, self.theme.secondary.0, buf));
            draw_text(SOURCE_TITLE, source, self.theme.secondary.0, buf);
        }
    }

    /// `The last ferry        Harbour Gazette        2  100 %         3 May`
    fn draw_history_entry(&self, past: &HistoryEntry, columns: &HistoryColumns, row: Rect, buf: &mut Buffer) {
        let secondary = self.theme.secondary.0;
        if row.width < MIN_WIDTH_FOR_COLUMNS {
            let rest = draw_text_right(&format!("  {}", past.day), row, secondary, buf);
            draw_text(&past.title, rest, self.theme.text.0, buf);
            return;
        }
        let notes = if past.note_count == 0 { String::new() } else { grouped(past.note_count) };
        let right = columns.numbers(&notes, &format!("{} %", past.percent_read), &past.day);
        let (title, source) = columns.divide(draw_text_right(&right, row, secondary, buf));
        draw_text(&past.title, title, self.theme.text.0, buf);
        draw_text(&source_of(past).unwrap_or_default(), source, secondary, buf);
    }
}
