//! Commands that write a note on a passage. What is written is kept as it is typed, so that nothing can take it away.

use pullquote::analysis::Quote;
use pullquote::span::Span;

use crate::storage::{Change, Note};
use crate::tui::app::{App, Open};
use crate::tui::input::action::Action;
use crate::tui::overlay::note_editor::Pad;

impl App {
    /// Opens the note on the quote or paragraph where the reader stands, a new one if there is none.
    pub(crate) fn note(&mut self) {
        let reading = self.reading();
        let quote = reading.quote().and_then(|it| reading.findings()?.quote(it)).map(Quote::extent);
        let block = || Some(reading.story.blocks()[reading.story.block_at(reading.stand.seen())?].span);
        let Some(passage) = quote.or_else(block) else {
            return self.say("there is nothing to write on here");
        };
        let notes = &reading.kept.notes;
        let known = notes.iter().find(|it| it.span == passage);
        let known = known.or_else(|| notes.iter().find(|it| it.span.contains(reading.stand.seen())));
        let fresh = notes.iter().map(|it| it.number).min().unwrap_or(0).min(0) - 1;
        let pad = known.map_or_else(|| Pad::new(fresh, passage), Pad::over);
        self.open = Open::Note(pad);
    }

    /// Words typed or pasted into the note.
    pub(crate) fn write(&mut self, words: &str) {
        self.notice = None;
        if let Open::Note(pad) = &mut self.open {
            pad.insert(words);
            pad.warned = false;
        }
        self.set_down();
    }

    pub(crate) fn in_note(&mut self, action: Action) {
        let width = usize::from(self.panes.text.width);
        let Open::Note(pad) = &mut self.open else { return };
        match action {
            Action::Accept => {
                let (number, empty) = (pad.number, pad.words.trim().is_empty());
                self.open = Open::Nothing;
                if empty {
                    self.unnote(number);
                    self.say("a note without words is no note");
                } else {
                    let said = format!("noted{}", self.for_how_long());
                    self.say(&said);
                }
            }
            Action::Cancel if pad.is_changed() && !pad.warned => {
                pad.warned = true;
                self.say("once more drops what you have written; Enter keeps it");
            }
            Action::Cancel => {
                let Pad { number, span, before, .. } = std::mem::replace(pad, Pad::new(0, Span::default()));
                self.open = Open::Nothing;
                match before {
                    Some(words) => self.keep_note(number, span, words),
                    None => self.unnote(number),
                }
            }
            _ => {
                pad.act(action, width);
                self.set_down();
            }
        }
    }

    /// Keeps what is written so far.
    fn set_down(&mut self) {
        if let Open::Note(Pad { number, span, words, .. }) = &self.open
            && !words.trim().is_empty()
        {
            let (number, span, words) = (*number, *span, words.clone());
            self.keep_note(number, span, words);
        }
    }

    fn keep_note(&mut self, number: i64, span: Span, words: String) {
        let kept = &mut self.reading_mut().kept;
        match kept.notes.iter_mut().find(|it| it.number == number) {
            Some(note) if note.words == words => return,
            Some(note) => note.words.clone_from(&words),
            None => kept.put(Note { number, span, words: words.clone(), day: "today".into() }),
        }
        self.changes.push((self.current, Change::Noted(number, span, words)));
    }

    pub(crate) fn unnote(&mut self, number: i64) {
        let notes = &mut self.reading_mut().kept.notes;
        let before = notes.len();
        notes.retain(|it| it.number != number);
        if notes.len() < before {
            self.changes.push((self.current, Change::Unnoted(number)));
        }
    }

    /// Nothing if it is kept, else that it is not.
    pub(crate) fn for_how_long(&self) -> &'static str {
        if self.keeps { "" } else { ", for this reading alone" }
    }
}
