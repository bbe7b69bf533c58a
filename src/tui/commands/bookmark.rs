//! Marks: a place that goes by a letter, and the ways back to it.

use crate::storage::Change;
use crate::tui::app::{App, Focus, Open};
use crate::tui::input::action::Action;
use crate::tui::open_story::Reading;
use crate::tui::text::width::columns;

impl App {
    /// The letter that was awaited.
    pub(crate) fn letter(&mut self, action: Action, typed: &str) {
        self.open = Open::Nothing;
        self.notice = None;
        let mut signs = typed.chars();
        match (action, signs.next(), signs.next()) {
            (Action::ToMark, Some('\''), None) => self.swap(),
            (Action::ToMark, Some(letter), None) if letter.is_alphanumeric() => self.go_to_mark(letter),
            // It stands in one column of the margin.
            (_, Some(letter), None) if letter.is_alphanumeric() && columns(typed) == 1 => self.mark(letter),
            _ => self.say("a mark is a letter or a digit"),
        }
    }

    fn mark(&mut self, letter: char) {
        let place = self.reading().stand.seen();
        self.reading_mut().kept.marks.insert(letter, place);
        self.changes.push((self.current, Change::Marked(letter, Some(place))));
        let said = format!("this is mark {letter}{}", self.for_how_long());
        self.say(&said);
    }

    fn go_to_mark(&mut self, letter: char) {
        let height = self.height();
        match self.reading().kept.marks.get(&letter).copied() {
            Some(place) => {
                self.focus = Focus::Story;
                self.reading_mut().jump(place, height);
                self.follow();
            }
            None => self.say(&format!("there is no mark {letter} in this story")),
        }
    }

    fn swap(&mut self) {
        let height = self.height();
        let Reading { stand, page, .. } = self.reading_mut();
        if stand.swap(page, height) {
            self.focus = Focus::Story;
            self.follow();
        } else {
            self.say("no jump to come back from");
        }
    }

    /// What stands in the status line while a letter is awaited.
    pub(crate) fn awaited(&self, action: Action) -> String {
        let marks: Vec<String> = self.reading().kept.marks.keys().map(char::to_string).collect();
        let marks = if marks.is_empty() { String::new() } else { format!(" · marks: {}", marks.join(" ")) };
        match action {
            Action::Mark => format!("mark this place with a letter{marks}"),
            _ => format!("to the mark of a letter · ' where you were{marks}"),
        }
    }
}
