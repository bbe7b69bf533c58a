//! A note while it is written: its words, and where the next sign goes.

use pullquote::span::Span;
use unicode_segmentation::UnicodeSegmentation;

use crate::storage::{Note, harmless};
use crate::tui::input::action::Action;
use crate::tui::text::width::{byte_at, columns};

/// A note under the pen.
pub(crate) struct Pad {
    pub(crate) number: i64,
    /// The passage that it is on.
    pub(crate) span: Span,
    pub(crate) words: String,
    /// The byte before which the next sign goes.
    pub(crate) at: usize,
    /// What it said before; `None` if it is new.
    pub(crate) before: Option<String>,
    /// Whether the reader has asked once to leave without keeping what is written.
    pub(crate) warned: bool,
}

impl Pad {
    pub(crate) fn new(number: i64, span: Span) -> Self {
        Self { number, span, words: String::new(), at: 0, before: None, warned: false }
    }

    /// Over a note that there is already.
    pub(crate) fn over(note: &Note) -> Self {
        let words = note.words.clone();
        let at = words.len();
        Self { before: Some(words.clone()), words, at, ..Self::new(note.number, note.span) }
    }

    /// Whether there is something to lose.
    pub(crate) fn is_changed(&self) -> bool {
        self.words != self.before.as_deref().unwrap_or_default()
    }

    /// Writes words where the pen is.
    pub(crate) fn insert(&mut self, words: &str) {
        let words = harmless(&words.replace("\r\n", "\n").replace('\r', "\n").replace('\t', " "));
        self.words.insert_str(self.at, &words);
        self.at += words.len();
    }

    /// Moves the pen or erases, over rows of so many columns.
    pub(crate) fn act(&mut self, action: Action, width: usize) {
        let before = &self.words[..self.at];
        let line = before.rfind('\n').map_or(0, |it| it + 1);
        match action {
            Action::PreviousName => self.at -= last_sign(before),
            Action::NextName => self.at += first_sign(&self.words[self.at..]),
            Action::ToStart => self.at = line,
            Action::ToEnd => {
                self.at += self.words[self.at..].find('\n').unwrap_or(self.words.len() - self.at);
            }
            Action::Forward => self.step(1, width),
            Action::Back => self.step(-1, width),
            Action::NewLine => self.insert("\n"),
            Action::Erase => self.erase(self.at - last_sign(before)),
            Action::EraseWord => {
                let words = before.trim_end();
                self.erase(words.rfind(char::is_whitespace).map_or(0, |it| it + 1));
            }
            Action::EraseAll => self.erase(line),
            _ => {}
        }
    }

    /// To the row above or below, in the same column where it is long enough.
    fn step(&mut self, rows: isize, width: usize) {
        let all = laid(&self.words, width);
        let from = row_of(&all, self.at);
        let column = columns(&self.words[all[from].start..self.at]);
        let to = all[from.saturating_add_signed(rows).min(all.len() - 1)];
        self.at = to.start + byte_at(to.of(&self.words).trim_end(), column);
    }

    fn erase(&mut self, from: usize) {
        self.words.replace_range(from..self.at, "");
        self.at = from;
    }
}

fn last_sign(words: &str) -> usize {
    words.graphemes(true).next_back().map_or(0, str::len)
}

fn first_sign(words: &str) -> usize {
    words.graphemes(true).next().map_or(0, str::len)
}

/// The rows of some words in so many columns: one at least, each with the blanks at its end.
pub(crate) fn laid(words: &str, width: usize) -> Vec<Span> {
    let width = width.max(1);
    let mut rows = Vec::new();
    let mut start = 0;
    for line in words.split('\n') {
        let (end, mut at, mut taken) = (start + line.len(), start, 0);
        for word in line.split_inclusive(' ') {
            let next = at + word.len();
            if taken > 0 && taken + columns(word.trim_end()) > width {
                rows.push(Span::new(start, at));
                (start, taken) = (at, 0);
            }
            while taken == 0 && columns(words[start..next].trim_end()) > width {
                let rest = &words[start..next];
                let cut = start + byte_at(rest, width).max(first_sign(rest));
                rows.push(Span::new(start, cut));
                start = cut;
            }
            taken = columns(&words[start..next]);
            at = next;
        }
        rows.push(Span::new(start, end));
        start = end + 1;
    }
    rows
}

/// The row of a place.
pub(crate) fn row_of(rows: &[Span], at: usize) -> usize {
    rows.partition_point(|it| it.start <= at).saturating_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rows(words: &str, width: usize) -> Vec<&str> {
        laid(words, width).iter().map(|it| it.of(words)).collect()
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
            Back, Erase, EraseAll, EraseWord, Forward, NewLine, NextName, PreviousName, ToEnd, ToStart,
        };
        for (actions, words, at) in [
            (&[Erase][..], "one two\nthre", 12),
            (&[EraseWord], "one two\n", 8),
            (&[EraseWord, EraseWord], "one ", 4),
            (&[EraseAll], "one two\n", 8),
            (&[ToStart, Erase], "one twothree", 7),
            (&[Back, ToStart, NextName, Erase], "ne two\nthree", 0),
            (&[Back, Back, Forward, ToEnd, NewLine], "one two\nthree\n", 14),
            (&[PreviousName, PreviousName, EraseWord], "one two\nee", 8),
        ] {
            let mut pad = Pad::new(-1, Span::default());
            pad.insert("one two\r\nthr\u{1b}ee");
            for action in actions {
                pad.act(*action, 20);
            }
            assert_eq!((pad.words.as_str(), pad.at), (words, at), "{actions:?}");
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
            let mut pad = Pad::new(-1, Span::default());
            pad.insert(&words);
            for action in actions {
                pad.act(Action::ALL[action], width);
                prop_assert!(pad.words.is_char_boundary(pad.at));
            }
        }
    }
}
