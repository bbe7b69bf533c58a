//! Search commands: the next and the previous match.

use crate::tui::app::App;
use crate::tui::text::search_pattern::Pattern;

impl App {
    /// Goes to another match of the last search. A negative number goes against the direction of the search.
    pub(crate) fn go_to_match(&mut self, by: isize) {
        let height = self.page_height();
        if !self.repeat_search() {
            return self.notify("No search yet");
        }
        let by = if self.search_history.backward { by.saturating_neg() } else { by };
        self.navigate(|it| it.navigate_matches(by, height));
    }

    /// Finds the matches of the last search again if they were cleared or belong to another story. Returns `false` if
    /// there was no search.
    pub(crate) fn repeat_search(&mut self) -> bool {
        let Some(query) = self.search_history.last_query() else { return false };
        if self.current_story().matches.is_empty()
            && let Ok(pattern) = Pattern::new(query)
        {
            self.current_story_mut().search(pattern.as_ref());
        }
        true
    }
}
