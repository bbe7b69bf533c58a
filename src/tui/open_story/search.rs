//! The search of an open story: its matches and the one at the cursor.

use std::sync::Arc;

use crate::text::grouped;
use crate::tui::open_story::OpenStory;
use crate::tui::open_story::viewport::ViewPosition;
use crate::tui::text::search_fold::FoldedText;
use crate::tui::text::search_pattern::{Matches, Pattern};

impl OpenStory {
    /// Prepares the text for searching, so that the first typed character does not wait.
    pub(crate) fn ensure_folded(&mut self) -> &FoldedText {
        let story = &self.story;
        self.folded_text.get_or_insert_with(|| FoldedText::new(story))
    }

    /// Replaces the matches by those of a pattern; `None` leaves none.
    pub(crate) fn search(&mut self, pattern: Option<&Pattern>) {
        let story = Arc::clone(&self.story);
        let found =
            pattern.map_or(Matches::default(), |it| it.find_matches(self.ensure_folded(), story.text()));
        (self.matches, self.has_more_matches) = (found.spans, found.is_truncated);
    }

    /// Removes the matches, and hides again the blocks that were shown for them.
    pub(crate) fn clear_matches(&mut self) {
        self.matches.clear();
        if !self.revealed_blocks.is_empty() {
            self.revealed_blocks.clear();
            self.update_visibility();
        }
    }

    /// Returns the number of the match at the cursor, from 0.
    pub(crate) fn match_at_cursor(&self) -> Option<usize> {
        self.matches.binary_search_by_key(&self.viewport.cursor, |it| it.start).ok()
    }

    /// Returns "3/14", or "14 matches" if the cursor is on none.
    pub(crate) fn match_summary(&self) -> String {
        let count =
            format!("{}{}", grouped(self.matches.len()), if self.has_more_matches { "+" } else { "" });
        match (self.match_at_cursor(), self.matches.len()) {
            (Some(number), _) => format!("{}/{count}", grouped(number + 1)),
            (None, 1) => "1 match".to_string(),
            (None, _) => format!("{count} matches"),
        }
    }

    /// Searches for a pattern and moves to the first match at or after a position, or the last one before it.
    ///
    /// The search wraps round the ends of the story. Without a match the cursor returns to the position.
    pub(crate) fn search_from(
        &mut self,
        pattern: Option<&Pattern>,
        from: ViewPosition,
        back: bool,
        height: usize,
    ) {
        self.clear_matches();
        self.search(pattern);
        self.viewport.restore(from);
        let next = self.matches.partition_point(|it| it.start < self.viewport.cursor);
        let found = if back {
            next.checked_sub(1).and_then(|it| self.matches.get(it)).or(self.matches.last())
        } else {
            self.matches.get(next).or(self.matches.first())
        };
        if let Some(offset) = found.map(|span| span.start) {
            self.reveal(offset);
            self.viewport.reveal(&self.page, offset, height);
        }
    }
}
