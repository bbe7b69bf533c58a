//! Bookmark commands: set a bookmark, go to one, go back to the place before the last jump.

use crate::storage::Change;
use crate::tui::app::{App, Focus};
use crate::tui::input::action::Action;
use crate::tui::open_story::OpenStory;
use crate::tui::overlay::Overlay;
use crate::tui::text::width::display_width;

impl App {
    /// Takes the letter after `m` or `'`.
    pub(crate) fn accept_bookmark_letter(&mut self, action: Action, typed: &str) {
        self.overlay = Overlay::None;
        self.notice = None;
        let mut chars = typed.chars();
        match (action, chars.next(), chars.next()) {
            (Action::GoToBookmark, Some('\''), None) => self.swap_jump(),
            (Action::GoToBookmark, Some(letter), None) if letter.is_alphanumeric() => {
                self.go_to_bookmark(letter);
            }
            // The margin has one column for a bookmark.
            (_, Some(letter), None) if letter.is_alphanumeric() && display_width(typed) == 1 => {
                self.set_bookmark(letter);
            }
            _ => self.notify("Use a letter or digit"),
        }
    }

    fn set_bookmark(&mut self, letter: char) {
        let offset = self.current_story().viewport.visible_offset();
        self.current_story_mut().saved.bookmarks.insert(letter, offset);
        self.changes.push((self.current, Change::BookmarkSet(letter, Some(offset))));
        let message = format!("Bookmark {letter} set{}", self.unsaved_suffix());
        self.notify(&message);
    }

    fn go_to_bookmark(&mut self, letter: char) {
        let height = self.page_height();
        match self.current_story().saved.bookmarks.get(&letter).copied() {
            Some(offset) => {
                self.focus = Focus::Story;
                self.current_story_mut().jump(offset, height);
                self.sync_panes();
            }
            None => self.notify(&format!("No bookmark {letter}")),
        }
    }

    fn swap_jump(&mut self) {
        let height = self.page_height();
        let OpenStory { viewport, page, .. } = self.current_story_mut();
        if viewport.swap_jump(page, height) {
            self.focus = Focus::Story;
            self.sync_panes();
        } else {
            self.notify("Nothing to go back to");
        }
    }

    /// The prompt in the status bar while a letter is expected.
    pub(crate) fn bookmark_prompt(&self, action: Action) -> String {
        let bookmarks: Vec<String> =
            self.current_story().saved.bookmarks.keys().map(char::to_string).collect();
        let bookmarks = if bookmarks.is_empty() {
            String::new()
        } else {
            format!(" · bookmarks: {}", bookmarks.join(" "))
        };
        match action {
            Action::Bookmark => format!("Bookmark letter?{bookmarks}"),
            _ => format!("Go to bookmark (a–z), ' = last position{bookmarks}"),
        }
    }
}
