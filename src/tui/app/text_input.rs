//! Text input: an edited text and its cursor. The prompts and the note editor are built on it.

use tui_input::{Input, InputRequest};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::tui::input::action::Action;
use crate::tui::text::width::{byte_at_column, display_width};

/// An edited text and its cursor, which moves by grapheme clusters and by words (Unicode UAX #29).
#[derive(Clone, Debug, Default)]
pub(crate) struct TextInput {
    input: Input,
}

impl TextInput {
    /// Edits `text`; the cursor is at its end.
    pub(crate) fn new(text: &str) -> Self {
        Self { input: text.into() }
    }

    pub(crate) fn text(&self) -> &str {
        self.input.value()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.text().is_empty()
    }

    /// The byte offset of the cursor in the text.
    pub(crate) fn cursor(&self) -> usize {
        let mut offsets = self.text().char_indices().map(|it| it.0);
        offsets.nth(self.input.cursor()).unwrap_or(self.text().len())
    }

    /// Moves the cursor to a byte offset, which must be on a character boundary.
    pub(crate) fn set_cursor(&mut self, offset: usize) {
        let chars = self.text()[..offset].chars().count();
        self.input.handle(InputRequest::SetCursor(chars));
    }

    /// Inserts typed or pasted text at the cursor.
    pub(crate) fn insert(&mut self, text: &str) {
        let (before, after) = self.text().split_at(self.cursor());
        let cursor = before.chars().count() + text.chars().count();
        self.input = Input::new([before, text, after].concat()).with_cursor(cursor);
    }

    /// Applies an action that moves the cursor or deletes; other actions change nothing. Start and end are those of the
    /// cursor's line. Returns whether the text has changed.
    pub(crate) fn apply(&mut self, action: Action) -> bool {
        let cursor = self.cursor();
        let line_start = self.text()[..cursor].rfind('\n').map_or(0, |it| it + 1);
        let request = match action {
            Action::CursorLeft => InputRequest::GoToPrevChar,
            Action::CursorRight => InputRequest::GoToNextChar,
            Action::WordLeft => InputRequest::GoToPrevWord,
            Action::WordRight => InputRequest::GoToNextWord,
            Action::LineStart => {
                self.set_cursor(line_start);
                return false;
            }
            Action::LineEnd => {
                let rest = &self.text()[cursor..];
                self.set_cursor(cursor + rest.find('\n').unwrap_or(rest.len()));
                return false;
            }
            Action::EraseCharacter => InputRequest::DeletePrevChar,
            Action::EraseNext => InputRequest::DeleteNextChar,
            Action::EraseWord => InputRequest::DeletePrevWord,
            Action::EraseAll => {
                let kept = [&self.text()[..line_start], &self.text()[cursor..]].concat();
                self.input = Input::new(kept);
                self.set_cursor(line_start);
                return cursor > line_start;
            }
            _ => return false,
        };
        self.input.handle(request).is_some_and(|it| it.value)
    }

    /// The part of a one-line text that fits `width` columns with the cursor in sight, and the column of the cursor in
    /// it. At the end of the text the cursor takes a column of its own.
    pub(crate) fn visible(&self, width: usize) -> (&str, usize) {
        let text = self.text();
        let before = &text[..self.cursor()];
        let mut columns = display_width(before);
        let fits = |(_, cluster): &(usize, &str)| {
            let fits = columns < width;
            columns -= cluster.width();
            fits
        };
        let start = before.grapheme_indices(true).find(fits).map_or(before.len(), |it| it.0);
        let end = byte_at_column(&text[start..], width);
        (&text[start..start + end], display_width(&before[start..]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    use Action::{
        CursorLeft, CursorRight, EraseAll, EraseCharacter, EraseNext, EraseWord, LineEnd, LineStart,
        WordLeft, WordRight,
    };

    #[test]
    fn actions_move_the_cursor_and_erase_beside_it() {
        for (actions, text, cursor) in [
            (&[CursorLeft][..], "Ann Lee, mayor", 13),
            (&[WordLeft], "Ann Lee, mayor", 9),
            (&[WordLeft, WordLeft], "Ann Lee, mayor", 4),
            (&[WordLeft, WordLeft, WordRight], "Ann Lee, mayor", 9),
            (&[LineStart], "Ann Lee, mayor", 0),
            (&[LineStart, CursorLeft], "Ann Lee, mayor", 0),
            (&[LineStart, CursorRight, LineEnd], "Ann Lee, mayor", 14),
            (&[EraseCharacter], "Ann Lee, mayo", 13),
            (&[EraseNext], "Ann Lee, mayor", 14),
            (&[LineStart, EraseNext], "nn Lee, mayor", 0),
            (&[EraseWord], "Ann Lee, ", 9),
            (&[WordLeft, EraseWord], "Ann mayor", 4),
            (&[WordLeft, EraseAll], "mayor", 0),
        ] {
            let mut input = TextInput::new("Ann Lee, mayor");
            for action in actions {
                input.apply(*action);
            }
            assert_eq!((input.text(), input.cursor()), (text, cursor), "{actions:?}");
        }
    }

    #[test]
    fn the_cursor_moves_by_graphemes() {
        let mut input = TextInput::new("Zoe\u{308} 👩\u{200d}🚀");
        assert!(input.apply(EraseCharacter));
        assert_eq!(input.text(), "Zoe\u{308} ");
        input.apply(CursorLeft);
        input.apply(CursorLeft);
        assert_eq!(input.cursor(), 2);
        assert!(input.apply(EraseNext));
        assert_eq!(input.text(), "Zo ");
    }

    #[test]
    fn text_is_pasted_at_the_cursor() {
        let mut input = TextInput::new("Ann Lee");
        input.apply(WordLeft);
        input.insert("van der ");
        assert_eq!((input.text(), input.cursor()), ("Ann van der Lee", 12));
    }

    #[test]
    fn start_and_end_are_those_of_the_line() {
        let mut input = TextInput::new("one\ntwo three\nfour");
        input.set_cursor(8);
        input.apply(LineEnd);
        assert_eq!(input.cursor(), 13);
        input.apply(LineStart);
        assert_eq!(input.cursor(), 4);
        input.set_cursor(8);
        assert!(input.apply(EraseAll));
        assert_eq!((input.text(), input.cursor()), ("one\nthree\nfour", 4));
    }

    #[test]
    fn the_cursor_is_always_in_sight() {
        for (text, cursor, width, visible) in [
            ("ferry", 5, 9, ("ferry", 5)),
            ("ferry", 5, 6, ("ferry", 5)),
            ("ferry", 5, 5, ("erry", 4)),
            ("ferry", 0, 3, ("fer", 0)),
            ("ferry", 3, 3, ("err", 2)),
            ("日本語", 9, 4, ("語", 2)),
            ("🚀\u{308}\u{200d}🚀", 13, 3, ("", 0)),
            ("", 0, 0, ("", 0)),
        ] {
            let mut input = TextInput::new(text);
            input.set_cursor(cursor);
            assert_eq!(input.visible(width), visible, "{text} {cursor} {width}");
        }
    }

    proptest! {
        #[test]
        fn any_edit_leaves_the_cursor_in_the_text(
            text in "[a-c é日👩\u{200d}🚀\u{308}\n]{0,20}", pasted in "[a é\u{308}]{0,5}",
            actions in prop::collection::vec(0..Action::ALL.len(), 0..12), width in 0usize..8,
        ) {
            let mut input = TextInput::new(&text);
            for action in actions {
                let before = input.text().to_string();
                let changed = input.apply(Action::ALL[action]);
                prop_assert_eq!(changed, input.text() != before);
                prop_assert!(input.text().is_char_boundary(input.cursor()));
            }
            let (line, column) = input.visible(width);
            prop_assert!(display_width(line) <= width && (column < width || width == 0));
            let length = input.text().len();
            input.insert(&pasted);
            prop_assert_eq!(input.text().len(), length + pasted.len());
        }
    }
}
