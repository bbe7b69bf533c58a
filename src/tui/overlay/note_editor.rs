//! The note editor: the text of a note with a cursor, wrapped into rows.

use pullquote::span::Span;
use unicode_segmentation::UnicodeSegmentation;

use crate::storage::Note;
use crate::text::remove_unsafe_chars;
use crate::tui::input::action::Action;
use crate::tui::input::keymap::Mode;
use crate::tui::overlay::text_input::TextInput;
use crate::tui::overlay::{Panel, Placement};
use crate::tui::text::width::{byte_at_column, display_width};

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
    pub(crate) fn insert(&mut self, text: &str) {
        let text = remove_unsafe_chars(&text.replace("\r\n", "\n").replace('\r', "\n").replace('\t', " "));
        self.input.insert(&text);
    }

    /// Applies an editing action; `width` is that of the rows in which the note is shown.
    pub(crate) fn apply(&mut self, action: Action, width: usize) {
        match action {
            Action::Forward => self.move_row(1, width),
            Action::Back => self.move_row(-1, width),
            Action::NewLine => self.insert("\n"),
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

impl Panel for NoteEditor {
    fn mode(&self) -> Mode {
        Mode::Note
    }

    fn placement(&self) -> Placement {
        Placement::Inline
    }
}

/// Wraps text into rows of `width` columns. There is at least one row; each keeps its trailing spaces.
pub(crate) fn wrap_text(text: &str, width: usize) -> Vec<Span> {
    let width = width.max(1);
    let mut rows = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        let (end, mut at, mut taken) = (start + line.len(), start, 0);
        for word in line.split_inclusive(' ') {
            let next = at + word.len();
            if taken > 0 && taken + display_width(word.trim_end()) > width {
                rows.push(Span::new(start, at));
                (start, taken) = (at, 0);
            }
            while taken == 0 && display_width(text[start..next].trim_end()) > width {
                let rest = &text[start..next];
                let cut =
                    start + byte_at_column(rest, width).max(rest.graphemes(true).next().map_or(0, str::len));
                rows.push(Span::new(start, cut));
                start = cut;
            }
            taken = display_width(&text[start..next]);
            at = next;
        }
        rows.push(Span::new(start, end));
        start = end + 1;
    }
    rows
}

/// The number of the row that contains a byte offset.
pub(crate) fn row_at(rows: &[Span], at: usize) -> usize {
    rows.partition_point(|it| it.start <= at).saturating_sub(1)
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
            pad.insert("one two\r\nthr\u{1b}ee");
            for action in actions {
                pad.apply(*action, 20);
            }
            assert_eq!((pad.input.text(), pad.input.cursor()), (words, at), "{actions:?}");
        }
    }

    proptest! {
        #[test]
        fn rows_hold_every_sign_once_and_the_pen_stays_between_signs(
            words in "[a-c é日👩\u{200d}🚀\n]{0,40}", width in 0usize..12,
            actions in prop::collection::vec(0..Action::ALL.len(), 0..12),
        ) {
            let joined: String = rows(&words, width).concat();
            prop_assert_eq!(joined, words.replace('\n', ""));
            let mut pad = NoteEditor::new(-1, Span::default());
            pad.insert(&words);
            for action in actions {
                pad.apply(Action::ALL[action], width);
                prop_assert!(pad.input.text().is_char_boundary(pad.input.cursor()));
            }
        }
    }
}
