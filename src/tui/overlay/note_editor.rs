//! A note while it is written: its words, and where the next sign goes.

use pullquote::span::Span;
use unicode_segmentation::UnicodeSegmentation;

use crate::storage::Note;
use crate::text::remove_unsafe_chars;
use crate::tui::input::action::Action;
use crate::tui::text::width::{byte_at_column, display_width};

/// A note under the pen.
pub(crate) struct NoteEditor {
    pub(crate) number: i64,
    /// The passage that it is on.
    pub(crate) span: Span,
    pub(crate) text: String,
    /// The byte before which the next sign goes.
    pub(crate) cursor: usize,
    /// What it said before; `None` if it is new.
    pub(crate) saved_text: Option<String>,
    /// Whether the reader has asked once to leave without keeping what is written.
    pub(crate) discard_warned: bool,
}

impl NoteEditor {
    pub(crate) fn new(number: i64, span: Span) -> Self {
        Self { number, span, text: String::new(), cursor: 0, saved_text: None, discard_warned: false }
    }

    /// Over a note that there is already.
    pub(crate) fn from_note(note: &Note) -> Self {
        let text = note.text.clone();
        let cursor = text.len();
        Self { saved_text: Some(text.clone()), text, cursor, ..Self::new(note.id, note.span) }
    }

    /// Whether there is something to lose.
    pub(crate) fn is_changed(&self) -> bool {
        self.text != self.saved_text.as_deref().unwrap_or_default()
    }

    /// Writes words where the pen is.
    pub(crate) fn insert(&mut self, words: &str) {
        let words = remove_unsafe_chars(&words.replace("\r\n", "\n").replace('\r', "\n").replace('\t', " "));
        self.text.insert_str(self.cursor, &words);
        self.cursor += words.len();
    }

    /// Moves the pen or erases, over rows of so many columns.
    pub(crate) fn apply(&mut self, action: Action, width: usize) {
        let before = &self.text[..self.cursor];
        let line = before.rfind('\n').map_or(0, |it| it + 1);
        match action {
            Action::PreviousName => self.cursor -= last_grapheme_len(before),
            Action::NextName => self.cursor += first_grapheme_len(&self.text[self.cursor..]),
            Action::ToStart => self.cursor = line,
            Action::ToEnd => {
                self.cursor += self.text[self.cursor..].find('\n').unwrap_or(self.text.len() - self.cursor);
            }
            Action::Forward => self.move_row(1, width),
            Action::Back => self.move_row(-1, width),
            Action::NewLine => self.insert("\n"),
            Action::EraseCharacter => self.erase(self.cursor - last_grapheme_len(before)),
            Action::EraseWord => {
                let words = before.trim_end();
                self.erase(words.rfind(char::is_whitespace).map_or(0, |it| it + 1));
            }
            Action::EraseAll => self.erase(line),
            _ => {}
        }
    }

    /// To the row above or below, in the same column where it is long enough.
    fn move_row(&mut self, rows: isize, width: usize) {
        let all = wrap_text(&self.text, width);
        let from = row_at(&all, self.cursor);
        let column = display_width(&self.text[all[from].start..self.cursor]);
        let to = all[from.saturating_add_signed(rows).min(all.len() - 1)];
        self.cursor = to.start + byte_at_column(to.slice(&self.text).trim_end(), column);
    }

    fn erase(&mut self, from: usize) {
        self.text.replace_range(from..self.cursor, "");
        self.cursor = from;
    }
}

fn last_grapheme_len(words: &str) -> usize {
    words.graphemes(true).next_back().map_or(0, str::len)
}

fn first_grapheme_len(words: &str) -> usize {
    words.graphemes(true).next().map_or(0, str::len)
}

/// The rows of some words in so many columns: one at least, each with the blanks at its end.
pub(crate) fn wrap_text(words: &str, width: usize) -> Vec<Span> {
    let width = width.max(1);
    let mut rows = Vec::new();
    let mut start = 0;
    for line in words.split('\n') {
        let (end, mut at, mut taken) = (start + line.len(), start, 0);
        for word in line.split_inclusive(' ') {
            let next = at + word.len();
            if taken > 0 && taken + display_width(word.trim_end()) > width {
                rows.push(Span::new(start, at));
                (start, taken) = (at, 0);
            }
            while taken == 0 && display_width(words[start..next].trim_end()) > width {
                let rest = &words[start..next];
                let cut = start + byte_at_column(rest, width).max(first_grapheme_len(rest));
                rows.push(Span::new(start, cut));
                start = cut;
            }
            taken = display_width(&words[start..next]);
            at = next;
        }
        rows.push(Span::new(start, end));
        start = end + 1;
    }
    rows
}

/// The row of a place.
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
            Back, EraseAll, EraseCharacter, EraseWord, Forward, NewLine, NextName, PreviousName, ToEnd,
            ToStart,
        };
        for (actions, words, at) in [
            (&[EraseCharacter][..], "one two\nthre", 12),
            (&[EraseWord], "one two\n", 8),
            (&[EraseWord, EraseWord], "one ", 4),
            (&[EraseAll], "one two\n", 8),
            (&[ToStart, EraseCharacter], "one twothree", 7),
            (&[Back, ToStart, NextName, EraseCharacter], "ne two\nthree", 0),
            (&[Back, Back, Forward, ToEnd, NewLine], "one two\nthree\n", 14),
            (&[PreviousName, PreviousName, EraseWord], "one two\nee", 8),
        ] {
            let mut pad = NoteEditor::new(-1, Span::default());
            pad.insert("one two\r\nthr\u{1b}ee");
            for action in actions {
                pad.apply(*action, 20);
            }
            assert_eq!((pad.text.as_str(), pad.cursor), (words, at), "{actions:?}");
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
                prop_assert!(pad.text.is_char_boundary(pad.cursor));
            }
        }
    }
}
