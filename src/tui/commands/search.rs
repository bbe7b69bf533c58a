//! Search commands: incremental search, search history, next and previous match.

use crate::tui::app::{App, Focus};
use crate::tui::input::action::Action;
use crate::tui::overlay::Overlay;
use crate::tui::overlay::search_prompt::SearchPrompt;
use crate::tui::text::search_pattern::Pattern;

impl App {
    pub(crate) fn open_search_prompt(&mut self, back: bool) {
        self.focus = Focus::Story;
        self.sync_panes();
        let height = self.page_height();
        let reading = self.current_story_mut();
        reading.ensure_folded();
        let from = reading.viewport.position(&reading.page, height);
        self.overlay = Overlay::Search(self.search_history.new_prompt(from, back));
    }

    pub(crate) fn update_search_prompt(&mut self, action: Action) {
        let Overlay::Search(prompt) = &mut self.overlay else { return };
        match action {
            Action::Accept => self.accept_search(),
            Action::Cancel => {
                let from = prompt.origin;
                self.overlay = Overlay::None;
                let reading = self.current_story_mut();
                reading.clear_matches();
                reading.viewport.restore(from);
            }
            Action::NextMatch => self.preview_match(1),
            Action::PreviousMatch => self.preview_match(-1),
            Action::ToggleRegex => {
                prompt.regex = !prompt.regex;
                self.run_search();
            }
            Action::OlderSearch | Action::NewerSearch => {
                self.search_history.recall(prompt, if action == Action::OlderSearch { 1 } else { -1 });
                self.run_search();
            }
            _ => {}
        }
        self.sync_panes();
    }

    /// Searches for the text of the prompt. An invalid pattern keeps the last matches.
    pub(crate) fn run_search(&mut self) {
        let height = self.page_height();
        let Overlay::Search(prompt) = &mut self.overlay else { return };
        let pattern = Pattern::new(&prompt.query());
        prompt.error = pattern.as_ref().err().cloned();
        let (from, back) = (prompt.origin, prompt.backward);
        if let Ok(pattern) = pattern {
            self.current_story_mut().search_from(pattern.as_ref(), from, back, height);
        }
        self.sync_panes();
    }

    fn accept_search(&mut self) {
        let Overlay::Search(prompt @ SearchPrompt { error: None, .. }) = &self.overlay else { return };
        let (query, back, from) = (prompt.query(), prompt.backward, prompt.origin);
        self.overlay = Overlay::None;
        self.search_history.backward = back;
        self.current_story_mut().viewport.push_jump(from);
        if query.text.is_empty() {
            return self.go_to_match(1);
        }
        if self.current_story().matches.is_empty() {
            self.notify(&format!("No match for “{}”", query.text));
        }
        self.search_history.add(query);
    }

    fn preview_match(&mut self, by: isize) {
        let height = self.page_height();
        self.notice = self.current_story_mut().navigate_matches(by, height).map(Into::into);
    }

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

#[cfg(test)]
mod tests {
    use crate::tui::tests::TestApp;

    #[test]
    fn a_search_back_goes_back_and_n_goes_on_in_its_direction() {
        for (keys, place) in [
            ("/lee enter", "Lee said"),
            ("/lee enter n", "Lee told"),
            ("/lee enter n N", "Lee said"),
            ("G \\lee", "Lee told"),
            ("G \\lee enter n", "Lee said"),
            ("G \\lee enter n N", "Lee told"),
            ("G \\lee enter 2n", "Lee told"),
            ("G \\lee esc", "Read more"),
            ("gg \\lee", "Lee told"),
            ("G /lee", "Lee said"),
            ("/lee ctrl-n ctrl-n", "Lee said"),
            ("/lee ctrl-p enter ctrl-o", "Ellwick will"),
        ] {
            let test_app = TestApp::new().press(keys);
            assert!(test_app.cursor_is_on(place), "{keys}: {}", test_app.status());
        }
    }

    #[test]
    fn a_regular_expression_is_searched_on_demand_and_a_faulty_one_keeps_the_hits() {
        for (keys, words) in [
            ("/l[eo]e", "/l[eo]e  no match"),
            ("/l[eo]e ctrl-r", "/l[eo]e  1/2 · regex"),
            ("/ ctrl-r l.e ctrl-r", "/l.e  no match"),
            ("/ ctrl-r lee|(", "/lee|(  unclosed group · regex"),
            ("/ ctrl-r lee|( enter", "unclosed group"),
            ("/ ctrl-r lee|(ray)", "1/4 · regex"),
            ("/ ctrl-r lee enter n", "match 2/2"),
            ("/ ctrl-r lee enter /", "/  regex"),
            ("/ ctrl-r x*", "no match"),
            ("\\lee", "\\lee  2/2"),
        ] {
            let status = TestApp::new().with_size(120, 24).press(keys).status();
            assert!(status.contains(words), "{keys}: {status}");
        }
        let test_app = TestApp::new().press("/ ctrl-r told|[");
        assert!(test_app.cursor_is_on("told reporters"));
        assert_eq!(test_app.app.current_story().matches.len(), 1);
    }

    #[test]
    fn earlier_searches_come_back_and_what_was_typed_too() {
        for (keys, line) in [
            ("/ up", "/pity  1/1"),
            ("/ up up", "/lee  1/2"),
            ("/ up up up", "/lee  1/2"),
            ("/ up up down", "/pity  1/1"),
            ("/so up down", "/so"),
            ("/lee enter / up", "/lee  1/2"),
            ("\\ up", "\\pity  1/1"),
        ] {
            let status = TestApp::new().press("/lee enter /pity enter").press(keys).status();
            assert!(status.starts_with(line), "{keys}: {status}");
        }
        assert!(TestApp::new().press("/ up").status().starts_with('/'));
        assert!(TestApp::new().press("n").status().contains("No search yet"));
    }

    #[test]
    fn a_hit_that_the_filter_has_put_away_is_opened() {
        for way in ["f", "f f"] {
            let test_app = TestApp::new().with_size(90, 40).press("s ray enter").press(way);
            assert!(!test_app.screen().contains("Norham"));
            let test_app = test_app.press("/norham");
            assert!(test_app.screen().contains("Norham") && test_app.cursor_is_on("Norham"));
            assert!(!test_app.press("esc").screen().contains("Norham"));
            let test_app =
                TestApp::new().with_size(90, 40).press("s ray enter").press(way).press("/bridge enter n");
            assert!(test_app.cursor_is_on("bridges of"), "{}", test_app.screen());
            let test_app = test_app.press("esc gg").press("n");
            assert!(test_app.status().contains("Showing a paragraph"), "{}", test_app.status());
        }
    }

    #[test]
    fn a_hit_runs_over_the_end_of_a_row() {
        let test_app = TestApp::new()
            .with_size(40, 30)
            .press("/sell space the space last space ferry space on space the space ell enter");
        assert!(test_app.cursor_is_on("sell the last ferry"), "{}", test_app.screen());
    }

    #[test]
    fn a_search_goes_on_in_the_next_story() {
        use crate::tui::tests::story;
        let test_app = TestApp::pending(vec![story(), story()]).press("/pity enter ] s n");
        assert!(test_app.cursor_is_on("pity") && test_app.status().contains("match 1/1"));
    }
}
