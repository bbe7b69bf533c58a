//! Note commands. A note is saved while it is typed, so that a crash loses nothing.

use pullquote::analysis::Quote;
use pullquote::span::Span;

use crate::storage::{Change, Note};
use crate::tui::app::App;
use crate::tui::input::action::Action;
use crate::tui::overlay::Overlay;
use crate::tui::overlay::note_editor::NoteEditor;

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
        self.overlay = Overlay::NoteEditor(editor);
    }

    /// Inserts typed or pasted text into the note.
    pub(crate) fn insert_note_text(&mut self, text: &str) {
        self.notice = None;
        if let Overlay::NoteEditor(editor) = &mut self.overlay {
            editor.insert(text);
            editor.discard_warned = false;
        }
        self.save_draft();
    }

    pub(crate) fn update_note_editor(&mut self, action: Action) {
        let width = usize::from(self.panes.text.width);
        let Overlay::NoteEditor(editor) = &mut self.overlay else { return };
        match action {
            Action::Accept => {
                let (number, empty) = (editor.number, editor.input.text().trim().is_empty());
                self.overlay = Overlay::None;
                if empty {
                    self.delete_note(number);
                    self.notify("Empty note discarded");
                } else {
                    let message = format!("Note saved{}", self.unsaved_suffix());
                    self.notify(&message);
                }
            }
            Action::Cancel if editor.is_changed() && !editor.discard_warned => {
                editor.discard_warned = true;
                self.notify("Press Esc again to discard, Enter to save");
            }
            Action::Cancel => {
                let NoteEditor { number, span, saved_text: before, .. } =
                    std::mem::replace(editor, NoteEditor::new(0, Span::default()));
                self.overlay = Overlay::None;
                match before {
                    Some(text) => self.save_note(number, span, text),
                    None => self.delete_note(number),
                }
            }
            _ => {
                editor.apply(action, width);
                self.save_draft();
            }
        }
    }

    /// Saves the text so far.
    fn save_draft(&mut self) {
        if let Overlay::NoteEditor(NoteEditor { number, span, input, .. }) = &self.overlay
            && !input.text().trim().is_empty()
        {
            let (number, span, text) = (*number, *span, input.text().to_string());
            self.save_note(number, span, text);
        }
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

    /// A warning for messages if nothing is saved; empty otherwise.
    pub(crate) fn unsaved_suffix(&self) -> &'static str {
        if self.has_storage { "" } else { " (not saved: --no-shelf)" }
    }
}
