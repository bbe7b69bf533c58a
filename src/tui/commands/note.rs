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
        let Some(passage) = quote.or_else(block) else {
            return self.notify("Notes can't be added here");
        };
        let notes = &reading.saved.notes;
        let known = notes.iter().find(|it| it.span == passage);
        let known =
            known.or_else(|| notes.iter().find(|it| it.span.contains(reading.viewport.visible_offset())));
        let fresh = notes.iter().map(|it| it.id).min().unwrap_or(0).min(0) - 1;
        let pad = known.map_or_else(|| NoteEditor::new(fresh, passage), NoteEditor::from_note);
        self.overlay = Overlay::NoteEditor(pad);
    }

    /// Inserts typed or pasted text into the note.
    pub(crate) fn insert_note_text(&mut self, words: &str) {
        self.notice = None;
        if let Overlay::NoteEditor(pad) = &mut self.overlay {
            pad.insert(words);
            pad.discard_warned = false;
        }
        self.save_draft();
    }

    pub(crate) fn update_note_editor(&mut self, action: Action) {
        let width = usize::from(self.panes.text.width);
        let Overlay::NoteEditor(pad) = &mut self.overlay else { return };
        match action {
            Action::Accept => {
                let (number, empty) = (pad.number, pad.input.text().trim().is_empty());
                self.overlay = Overlay::None;
                if empty {
                    self.delete_note(number);
                    self.notify("Empty note discarded");
                } else {
                    let said = format!("Note saved{}", self.unsaved_suffix());
                    self.notify(&said);
                }
            }
            Action::Cancel if pad.is_changed() && !pad.discard_warned => {
                pad.discard_warned = true;
                self.notify("Press Esc again to discard, Enter to save");
            }
            Action::Cancel => {
                let NoteEditor { number, span, saved_text: before, .. } =
                    std::mem::replace(pad, NoteEditor::new(0, Span::default()));
                self.overlay = Overlay::None;
                match before {
                    Some(words) => self.save_note(number, span, words),
                    None => self.delete_note(number),
                }
            }
            _ => {
                pad.apply(action, width);
                self.save_draft();
            }
        }
    }

    /// Saves the text so far.
    fn save_draft(&mut self) {
        if let Overlay::NoteEditor(NoteEditor { number, span, input, .. }) = &self.overlay
            && !input.text().trim().is_empty()
        {
            let (number, span, words) = (*number, *span, input.text().to_string());
            self.save_note(number, span, words);
        }
    }

    fn save_note(&mut self, number: i64, span: Span, words: String) {
        let kept = &mut self.current_story_mut().saved;
        match kept.notes.iter_mut().find(|it| it.id == number) {
            Some(note) if note.text == words => return,
            Some(note) => note.text.clone_from(&words),
            None => kept.insert_note(Note { id: number, span, text: words.clone(), day: "today".into() }),
        }
        self.changes.push((self.current, Change::NoteSaved(number, span, words)));
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
