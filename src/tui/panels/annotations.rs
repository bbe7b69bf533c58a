//! The list of bookmarks and notes in a story.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::storage::{Change, SavedState};
use crate::text::{grouped, numbered_list, one_line};
use crate::tui::app::panel::{KeyHint, Panel, PanelList, Response, hint};
use crate::tui::app::undo::Undo;
use crate::tui::app::{App, Focus, RootView};
use crate::tui::input::action::Action;
use crate::tui::input::keymap::Mode;
use crate::tui::layout::list_selection::ListSelection;
use crate::tui::view::note::NOTE_SYMBOL;
use crate::tui::view::{draw_text, draw_text_right, skip_columns};

/// A bookmark or a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Annotation {
    /// A letter and its byte offset in the text.
    Bookmark(char, usize),
    /// The index of a note, and the start of its passage.
    Note(usize, usize),
}

/// The open list.
#[derive(Default)]
pub(crate) struct AnnotationList {
    pub(crate) selected: ListSelection,
    /// Whether the delete key was pressed once for the selected annotation.
    pub(crate) delete_requested: bool,
}

impl AnnotationList {
    /// The rows that a list of `height` rows shows: the number of an annotation, and which of its rows this is. The
    /// selected annotation is visible as a whole, if it fits.
    pub(crate) fn visible_rows(&self, all: &[Annotation], height: usize) -> Vec<(usize, usize)> {
        let parts =
            |(number, item): (usize, &Annotation)| (0..item.row_count()).map(move |part| (number, part));
        let rows: Vec<(usize, usize)> = all.iter().enumerate().flat_map(parts).collect();
        let selected = self.selected.item();
        let first_row = rows.iter().position(|row| row.0 == selected).unwrap_or(0);
        let last_row = rows.iter().rposition(|row| row.0 == selected).unwrap_or(0);
        let first = ListSelection::new(last_row).top_row(rows.len(), height).min(first_row);
        // No annotation is cut at the top.
        rows.into_iter().skip(first).skip_while(|row| row.1 > 0 && row.0 < selected).take(height).collect()
    }
}

impl App {
    pub(crate) fn open_annotations(&mut self) {
        let all = collect_annotations(&self.current_story().saved);
        if all.is_empty() {
            self.annotations_requested = true;
            let (note, mark) = (self.help.key(Action::Note), self.help.key(Action::Bookmark));
            return self
                .notify(&format!("No notes or bookmarks yet ({note} = note, {mark} + letter = bookmark)"));
        }
        let here = self.current_story().viewport.visible_offset();
        let chosen = all.iter().rposition(|it| it.offset() <= here).unwrap_or(0);
        self.open_panel(AnnotationList { selected: ListSelection::new(chosen), delete_requested: false });
        self.with_panel(|panel, app| panel.selection_changed(app));
    }

    fn delete_annotation(&mut self, item: Annotation) {
        match item {
            Annotation::Bookmark(letter, offset) => {
                self.push_undo(Undo::Bookmark(letter, offset));
                self.current_story_mut().saved.bookmarks.remove(&letter);
                self.changes.push((self.current, Change::BookmarkSet(letter, None)));
            }
            Annotation::Note(note, _) => {
                if let Some(note) = self.current_story().saved.notes.get(note).cloned() {
                    let number = note.id;
                    self.push_undo(Undo::Note(note));
                    self.delete_note(number);
                }
            }
        }
        let key = self.help.key(Action::Undo).to_string();
        self.notify(&format!("Deleted ({key} to undo)"));
    }
}

impl AnnotationList {
    /// Scrolls the story to the selected annotation; the cursor stays.
    fn preview(&mut self, app: &mut App) {
        let reading = app.current_story_mut();
        let all = collect_annotations(&reading.saved);
        self.selected.move_by(0, all.len());
        reading.viewport.preview = all.get(self.selected.item()).map(|it| it.offset());
    }

    /// Ends the preview.
    fn close(app: &mut App) -> Response {
        app.current_story_mut().viewport.preview = None;
        app.sync_panes();
        Response::Close
    }
}

impl Panel for AnnotationList {
    fn mode(&self) -> Mode {
        Mode::List
    }

    fn update(&mut self, app: &mut App, action: Action) -> Response {
        let (page, height) = (app.list_height() / 3, app.page_height());
        let all = collect_annotations(&app.current_story().saved);
        let asked = std::mem::take(&mut self.delete_requested);
        self.selected.apply(action, page, all.len());
        // The list stays open after the last deletion, so that the next key is not taken for a command of the page.
        let Some(item) = all.get(self.selected.item()).copied() else {
            return if action == Action::Cancel { Self::close(app) } else { Response::Stay };
        };
        match action {
            Action::Delete if asked => {
                app.delete_annotation(item);
            }
            Action::Delete => {
                self.delete_requested = true;
                let what = if matches!(item, Annotation::Bookmark(..)) { "bookmark" } else { "note" };
                let key = app.help.key(Action::Delete).to_string();
                app.notify(&format!("Press {key} again to delete this {what}"));
            }
            Action::Open => {
                app.focus = Focus::Story;
                let response = Self::close(app);
                app.current_story_mut().jump(item.offset(), height);
                return response;
            }
            Action::Cancel => return Self::close(app),
            _ => {}
        }
        self.preview(app);
        Response::Stay
    }

    fn draw(&self, view: RootView, buf: &mut Buffer) {
        view.draw_annotations(self, view.app.panes.side, buf);
    }

    fn describe(&self, app: &App) -> Option<String> {
        let open_story = app.current_story();
        let text = open_story.story.text();
        let items = collect_annotations(&open_story.saved).into_iter().map(|it| match it {
            Annotation::Bookmark(letter, offset) => {
                let end = text[offset..].find('\n').map_or(text.len(), |it| offset + it);
                format!("bookmark {letter}: {}", &text[offset..end])
            }
            Annotation::Note(note, _) => format!("note: {}", one_line(&open_story.saved.notes[note].text)),
        });
        Some(numbered_list("Bookmarks and notes. Type a number to go there.", items))
    }

    fn hints(&self, _app: &App) -> Vec<KeyHint> {
        vec![hint(Action::Cancel, "close"), hint(Action::Open, "jump"), hint(Action::Delete, "delete")]
    }

    fn list(&self, app: &App) -> Option<PanelList> {
        let area = app.panes.list();
        let annotations = collect_annotations(&app.current_story().saved);
        let rows = self.visible_rows(&annotations, usize::from(area.height));
        Some(PanelList { area, items: rows.into_iter().map(|row| Some(row.0)).collect() })
    }

    fn click_action(&self) -> Action {
        Action::Open
    }

    fn selection(&mut self) -> Option<&mut ListSelection> {
        Some(&mut self.selected)
    }

    fn selection_changed(&mut self, app: &mut App) {
        self.delete_requested = false;
        self.preview(app);
    }

    fn rows_per_notch(&self) -> usize {
        1
    }
}

impl Annotation {
    /// The height of the annotation in rows, with the empty row under it.
    pub(crate) const fn row_count(self) -> usize {
        match self {
            Self::Bookmark(..) => 2,
            Self::Note(..) => 3,
        }
    }

    pub(crate) fn offset(self) -> usize {
        match self {
            Self::Bookmark(_, offset) | Self::Note(_, offset) => offset,
        }
    }
}

/// All bookmarks and notes in the order of the text.
pub(crate) fn collect_annotations(saved: &SavedState) -> Vec<Annotation> {
    let bookmarks = saved.bookmarks.iter().map(|it| Annotation::Bookmark(*it.0, *it.1));
    let notes = saved.notes.iter().enumerate().map(|(number, it)| Annotation::Note(number, it.span.start));
    let mut items: Vec<Annotation> = bookmarks.chain(notes).collect();
    items.sort_by_key(|it| it.offset());
    items
}

impl RootView<'_> {
    /// Draws the list in the area of the side pane.
    fn draw_annotations(&self, list: &AnnotationList, area: Rect, buf: &mut Buffer) {
        let reading = self.app.current_story();
        let all = collect_annotations(&reading.saved);
        let mut head = skip_columns(area, 2).rows();
        if let Some(row) = head.next() {
            let row = Rect { width: row.width.saturating_sub(1), ..row };
            let row = draw_text_right(&grouped(all.len()), row, self.theme.secondary.0, buf);
            draw_text("Bookmarks and notes", row, self.theme.tab.0, buf);
        }
        if all.is_empty() {
            let row =
                Rect { y: area.y + 2.min(area.height), height: 1.min(area.height.saturating_sub(2)), ..area };
            draw_text("No notes or bookmarks", skip_columns(row, 2), self.theme.secondary.0, buf);
        }
        let below = Rect { y: area.y + 2.min(area.height), height: area.height.saturating_sub(2), ..area };
        let rows = below.rows().map(|it| Rect { width: it.width.saturating_sub(1), ..it });
        for ((number, part), row) in list.visible_rows(&all, usize::from(below.height)).into_iter().zip(rows)
        {
            let (item, chosen) = (all[number], number == list.selected.item());
            self.draw_annotation_row(item, part, chosen, row, buf);
            if chosen && part + 1 < item.row_count() {
                self.highlight_row(row, buf);
            }
        }
    }

    /// Draws one of the rows of a bookmark or a note.
    fn draw_annotation_row(&self, item: Annotation, part: usize, chosen: bool, row: Rect, buf: &mut Buffer) {
        let reading = self.app.current_story();
        let text = reading.story.text();
        let inner = skip_columns(row, 6);
        match (item, part) {
            (_, 0) => {
                draw_text(if chosen { "▸" } else { " " }, skip_columns(row, 2), self.theme.key.0, buf);
                let (symbol, line, right) = match item {
                    Annotation::Bookmark(letter, offset) => {
                        let end = text[offset..].find('\n').map_or(text.len(), |it| offset + it);
                        (letter.to_string(), text[offset..end].to_string(), String::new())
                    }
                    Annotation::Note(note, _) => {
                        let note = &reading.saved.notes[note];
                        (NOTE_SYMBOL.to_string(), note.text.replace('\n', " "), note.day.clone())
                    }
                };
                draw_text(&symbol, skip_columns(row, 4), self.theme.key.0, buf);
                let rest = draw_text_right(&right, inner, self.theme.secondary.0, buf);
                let gap = u16::from(rest.width < inner.width);
                draw_text(
                    &line,
                    Rect { width: rest.width.saturating_sub(gap), ..rest },
                    self.theme.text.0,
                    buf,
                );
            }
            (Annotation::Note(note, _), 1) => {
                let passage = reading.saved.notes[note].span.slice(text).replace('\n', " ");
                draw_text(&passage, inner, self.theme.secondary.0, buf);
            }
            _ => {}
        }
    }
}
