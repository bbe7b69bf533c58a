//! The prompt for the letter of a bookmark.

use crate::tui::input::action::Action;
use crate::tui::input::keymap::Mode;
use crate::tui::overlay::{Panel, Placement};

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
}
