//! The note editor: the text of a note with a cursor, wrapped into rows. A note is saved while it is typed, so that a
//! crash loses nothing.

use pullquote::analysis::Quote;
use pullquote::span::Span;
use ratatui::buffer::Buffer;

use crate::storage::{Change, Note};
use crate::text::{one_line, safe_input};
use crate::tui::app::panel::{KeyHint, Panel, Placement, Response, hint};
use crate::tui::app::text_input::TextInput;
use crate::tui::app::{App, RootView};
use crate::tui::input::action::Action;
use crate::tui::input::keymap::Mode;
use crate::tui::text::width::{byte_at_column, display_width};
use crate::tui::text::wrap::{row_at, wrap_text};

/// A note that is being edited.
pub(crate) struct NoteEditor {
    pub(crate) number: i64,
    /// The passage that the note is about.
    pub(crate) span: Span,
    pub(crate) input: TextInput,
    /// The text before editing; `None` if the note is new.
    pub(crate) saved_text: Option<String>,
    /// Whether the user was warned that Esc discards the changes.
    pub(crate) discard_warned: bool,
}

impl NoteEditor {
    pub(crate) fn new(number: i64, span: Span) -> Self {
        Self { number, span, input: TextInput::default(), saved_text: None, discard_warned: false }
    }

    /// Edits an existing note.
    pub(crate) fn from_note(note: &Note) -> Self {
        let input = TextInput::new(&note.text);
        Self { saved_text: Some(note.text.clone()), input, ..Self::new(note.id, note.span) }
    }

    /// Whether the text differs from the saved text.
    pub(crate) fn is_changed(&self) -> bool {
        self.input.text() != self.saved_text.as_deref().unwrap_or_default()
    }

    /// Inserts text at the cursor, without control characters and invisible characters.
    pub(crate) fn insert_text(&mut self, text: &str) {
        let text = safe_input(&text.replace("\r\n", "\n").replace('\r', "\n").replace('\t', " "));
        self.input.insert(&text);
    }

    /// Applies an editing action; `width` is that of the rows in which the note is shown.
    pub(crate) fn apply(&mut self, action: Action, width: usize) {
        match action {
            Action::Forward => self.move_row(1, width),
            Action::Back => self.move_row(-1, width),
            Action::NewLine => self.insert_text("\n"),
            _ => {
                self.input.apply(action);
            }
        }
    }

    /// Moves the cursor by rows; it keeps its column where the row is long enough.
    fn move_row(&mut self, rows: isize, width: usize) {
        let (text, cursor) = (self.input.text(), self.input.cursor());
        let all = wrap_text(text, width);
        let from = row_at(&all, cursor);
        let column = display_width(&text[all[from].start..cursor]);
        let to = all[from.saturating_add_signed(rows).min(all.len() - 1)];
        self.input.set_cursor(to.start + byte_at_column(to.slice(text).trim_end(), column));
    }
}

impl NoteEditor {
    /// Saves the text so far.
    fn save_draft(&self, app: &mut App) {
        if !self.input.text().trim().is_empty() {
            app.save_note(self.number, self.span, self.input.text().to_string());
        }
    }
}

impl Panel for NoteEditor {
    fn mode(&self) -> Mode {
        Mode::Note
    }

    fn placement(&self) -> Placement {
        Placement::Inline
    }

    fn update(&mut self, app: &mut App, action: Action) -> Response {
        match action {
            Action::Accept => {
                if self.input.text().trim().is_empty() {
                    app.delete_note(self.number);
                    app.notify("Empty note discarded");
                } else {
                    app.confirm_note();
                }
                return Response::Close;
            }
            Action::Cancel if self.is_changed() && !self.discard_warned => {
                self.discard_warned = true;
                app.notify("Press Esc again to discard, Enter to save");
            }
            Action::Cancel => {
                match self.saved_text.take() {
                    Some(text) => app.save_note(self.number, self.span, text),
                    None => app.delete_note(self.number),
                }
                return Response::Close;
            }
            _ => {
                self.apply(action, usize::from(app.panes.text.width));
                self.save_draft(app);
            }
        }
        Response::Stay
    }

    fn insert(&mut self, app: &mut App, text: &str) -> Response {
        self.insert_text(text);
        self.discard_warned = false;
        self.save_draft(app);
        Response::Stay
    }

    fn draw(&self, view: RootView, buf: &mut Buffer) {
        let open_story = view.app.current_story();
        let here = open_story.page.row_at(open_story.viewport.visible_offset());
        let height = view.app.page_height();
        let is_low = here.saturating_sub(open_story.viewport.top_row(&open_story.page, height)) > height / 2;
        let passage = self.span.slice(open_story.story.text()).replace('\n', " ");
        let title = format!("Note on {passage}");
        view.draw_note_strip(self.input.text(), Some(self.input.cursor()), is_low, (&title, ""), buf);
    }

    fn describe(&self, app: &App) -> Option<String> {
        let passage = one_line(self.span.slice(app.current_story().story.text()));
        let text = self.input.text();
        Some(if text.is_empty() { format!("Note on: {passage}") } else { format!("Your note: {text}") })
    }

    fn hints(&self, _app: &App) -> Vec<KeyHint> {
        vec![hint(Action::Cancel, "close"), hint(Action::Accept, "save"), hint(Action::NewLine, "new line")]
    }
}

impl App {
    /// Opens the note on the quote or paragraph at the cursor; a new note if there is none.
    pub(crate) fn open_note_editor(&mut self) {
        let reading = self.current_story();
        let quote = reading.quote_at_cursor().and_then(|it| reading.findings()?.quote(it)).map(Quote::extent);
        let block =
            || Some(reading.story.blocks()[reading.story.block_at(reading.viewport.visible_offset())?].span);
        let Some(span) = quote.or_else(block) else {
            return self.notify("Notes can't be added here");
        };
        let notes = &reading.saved.notes;
        let existing = notes.iter().find(|it| it.span == span);
        let existing =
            existing.or_else(|| notes.iter().find(|it| it.span.contains(reading.viewport.visible_offset())));
        let new_id = notes.iter().map(|it| it.id).min().unwrap_or(0).min(0) - 1;
        let editor = existing.map_or_else(|| NoteEditor::new(new_id, span), NoteEditor::from_note);
        self.open_panel(editor);
    }

    fn save_note(&mut self, number: i64, span: Span, text: String) {
        let saved = &mut self.current_story_mut().saved;
        match saved.notes.iter_mut().find(|it| it.id == number) {
            Some(note) if note.text == text => return,
            Some(note) => note.text.clone_from(&text),
            None => saved.insert_note(Note { id: number, span, text: text.clone(), day: "today".into() }),
        }
        self.changes.push((self.current, Change::NoteSaved(number, span, text)));
    }

    pub(crate) fn delete_note(&mut self, number: i64) {
        let notes = &mut self.current_story_mut().saved.notes;
        let before = notes.len();
        notes.retain(|it| it.id != number);
        if notes.len() < before {
            self.changes.push((self.current, Change::NoteDeleted(number)));
        }
    }

    /// Says that the note is saved, once it is.
    fn confirm_note(&mut self) {
        if self.has_storage {
            self.changes.push((self.current, Change::Confirm("Note saved".into())));
        } else {
            self.notify("Note added, but not saved (--no-shelf)");
        }
    }

    /// A warning for messages if nothing is saved; empty otherwise.
    pub(crate) fn unsaved_suffix(&self) -> &'static str {
        if self.has_storage { "" } else { " (not saved: --no-shelf)" }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rows(words: &str, width: usize) -> Vec<&str> {
        wrap_text(words, width).iter().map(|it| it.slice(words)).collect()
    }

    #[test]
    fn words_are_laid_in_rows_and_long_ones_are_cut() {
        assert_eq!(rows("one two three", 8), ["one two ", "three"]);
        assert_eq!(rows("one\n\ntwo", 8), ["one", "", "two"]);
        assert_eq!(rows("abcdefgh ij", 3), ["abc", "def", "gh ", "ij"]);
        assert_eq!(rows("", 3), [""]);
    }

    #[test]
    fn the_pen_moves_and_erases() {
        use Action::{
            Back, CursorLeft, CursorRight, EraseAll, EraseCharacter, EraseWord, Forward, LineEnd, LineStart,
            NewLine,
        };
        for (actions, words, at) in [
            (&[EraseCharacter][..], "one two\nthre", 12),
            (&[EraseWord], "one two\n", 8),
            (&[EraseWord, EraseWord], "one ", 4),
            (&[EraseAll], "one two\n", 8),
            (&[LineStart, EraseCharacter], "one twothree", 7),
            (&[Back, LineStart, CursorRight, EraseCharacter], "ne two\nthree", 0),
            (&[Back, Back, Forward, LineEnd, NewLine], "one two\nthree\n", 14),
            (&[CursorLeft, CursorLeft, EraseWord], "one two\nee", 8),
        ] {
            let mut pad = NoteEditor::new(-1, Span::default());
            pad.insert_text("one two\r\nthr\u{1b}ee");
            for action in actions {
                pad.apply(*action, 20);
            }
            assert_eq!((pad.input.text(), pad.input.cursor()), (words, at), "{actions:?}");
        }
    }

    proptest! {
        #[test]
        fn rows_hold_every_character_once_and_the_cursor_stays_between_characters(
            words in "[a-c é日👩\u{200d}🚀\n]{0,40}", width in 0usize..12,
            actions in prop::collection::vec(0..Action::ALL.len(), 0..12),
        ) {
            let joined: String = rows(&words, width).concat();
            prop_assert_eq!(joined, words.replace('\n', ""));
            let mut pad = NoteEditor::new(-1, Span::default());
            pad.insert_text(&words);
            for action in actions {
                pad.apply(Action::ALL[action], width);
                prop_assert!(pad.input.text().is_char_boundary(pad.input.cursor()));
            }
        }
    }
}
