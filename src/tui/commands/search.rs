//! Search commands: the next and the previous match.

use crate::tui::app::App;
use crate::tui::text::search_pattern::Pattern;

impl App {
    /// Goes to another match of the last search, also if its matches were cleared or belong to another story. A
    /// negative number goes against the direction of the search.
    pub(crate) fn go_to_match(&mut self, by: isize) {
        let height = self.page_height();
        let Some(query) = self.search_history.last_query() else {
            return self.notify("No search yet");
        };
        if self.current_story().matches.is_empty()
            && let Ok(pattern) = Pattern::new(query)
        {
            self.current_story_mut().search(pattern.as_ref());
        }
        let by = if self.search_history.backward { by.saturating_neg() } else { by };
        self.navigate(|it| it.navigate_matches(by, height));
    }
}
