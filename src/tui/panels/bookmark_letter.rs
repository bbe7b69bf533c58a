//! Bookmarks: the prompt for the letter of a bookmark, and what the letter does.

use ratatui::buffer::Buffer;

use crate::storage::Change;
use crate::tui::app::panel::{KeyHint, Panel, Placement, Response, hint};
use crate::tui::app::{App, Focus, RootView};
use crate::tui::input::action::Action;
use crate::tui::input::keymap::Mode;
use crate::tui::open_story::OpenStory;
use crate::tui::text::width::display_width;

/// Waits for a letter after `m` or `'`.
pub(crate) struct BookmarkLetter {
    /// [`Action::Bookmark`] or [`Action::GoToBookmark`].
    pub(crate) action: Action,
}

impl Panel for BookmarkLetter {
    fn mode(&self) -> Mode {
        Mode::BookmarkLetter
    }

    fn placement(&self) -> Placement {
        Placement::Inline
    }

    /// Any command closes the prompt.
    fn update(&mut self, _app: &mut App, _action: Action) -> Response {
        Response::Close
    }

    /// The prompt has no drawing but its message in the status bar.
    fn draw(&self, _view: RootView, _buf: &mut Buffer) {}

    fn status(&self, app: &App) -> Option<String> {
        Some(app.bookmark_prompt(self.action))
    }

    fn describe(&self, app: &App) -> Option<String> {
        self.status(app)
    }

    fn hints(&self, _app: &App) -> Vec<KeyHint> {
        vec![hint(Action::Cancel, "close")]
    }

    fn insert(&mut self, app: &mut App, text: &str) -> Response {
        app.accept_bookmark_letter(self.action, text);
        Response::Close
    }
}

impl App {
    /// Takes the letter after `m` or `'`.
    fn accept_bookmark_letter(&mut self, action: Action, typed: &str) {
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
    fn bookmark_prompt(&self, action: Action) -> String {
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
