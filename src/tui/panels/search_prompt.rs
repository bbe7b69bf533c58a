//! The search prompt in the status bar: incremental search, regular expressions, earlier searches.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::tui::app::panel::{KeyHint, Panel, Placement, Response, hint};
use crate::tui::app::search_history::SearchHistory;
use crate::tui::app::text_input::TextInput;
use crate::tui::app::{App, Focus, RootView};
use crate::tui::input::action::Action;
use crate::tui::input::keymap::Mode;
use crate::tui::open_story::viewport::ViewPosition;
use crate::tui::text::search_pattern::{Pattern, SearchQuery};
use crate::tui::text::width::display_width;
use crate::tui::view::{draw_text, skip_columns};

/// The open search prompt.
struct SearchPrompt {
    input: TextInput,
    regex: bool,
    /// Whether the search goes backward.
    backward: bool,
    /// The error in the regular expression.
    error: Option<String>,
    /// The position where the search started; Esc returns to it.
    origin: ViewPosition,
    /// The age of the query of the history in the prompt; 0 is the typed draft.
    history_age: usize,
    draft: SearchQuery,
}

impl App {
    pub(crate) fn open_search_prompt(&mut self, backward: bool) {
        self.focus = Focus::Story;
        self.sync_panes();
        let height = self.page_height();
        let open_story = self.current_story_mut();
        open_story.ensure_folded();
        let origin = open_story.viewport.position(&open_story.page, height);
        // It is a regular expression if the last search was one.
        let regex = self.search_history.last_query().is_some_and(|it| it.regex);
        self.open_panel(SearchPrompt {
            draft: SearchQuery { text: String::new(), regex },
            input: TextInput::default(),
            regex,
            backward,
            error: None,
            origin,
            history_age: 0,
        });
    }

    fn preview_match(&mut self, by: isize) {
        let height = self.page_height();
        self.notice = self.current_story_mut().navigate_matches(by, height).map(Into::into);
    }
}

impl SearchPrompt {
    /// The query as it is typed so far.
    fn query(&self) -> SearchQuery {
        SearchQuery { text: self.input.text().to_string(), regex: self.regex }
    }

    /// Searches for the text of the prompt. An invalid pattern keeps the last matches.
    fn search(&mut self, app: &mut App) {
        let height = app.page_height();
        let pattern = Pattern::new(&self.query());
        self.error = pattern.as_ref().err().cloned();
        if let Ok(pattern) = pattern {
            app.current_story_mut().search_from(pattern.as_ref(), self.origin, self.backward, height);
        }
        app.sync_panes();
    }

    /// Ends the search at the current match. An invalid pattern keeps the prompt open.
    fn accept(&self, app: &mut App) -> Response {
        if self.error.is_some() {
            return Response::Stay;
        }
        let query = self.query();
        app.search_history.backward = self.backward;
        app.current_story_mut().viewport.push_jump(self.origin);
        if query.text.is_empty() {
            app.go_to_match(1);
            return Response::Close;
        }
        if app.current_story().matches.is_empty() {
            app.notify(&format!("No match for “{}”", query.text));
        }
        app.search_history.add(query);
        Response::Close
    }

    /// Puts an older query into the prompt; a negative number recalls a newer one.
    fn recall(&mut self, history: &SearchHistory, by: isize) {
        if self.history_age == 0 {
            self.draft = self.query();
        }
        self.history_age = self.history_age.saturating_add_signed(by).min(history.len());
        let earlier = if self.history_age == 0 { None } else { history.query(self.history_age) };
        let SearchQuery { text, regex } = earlier.unwrap_or(&self.draft);
        self.input = TextInput::new(text);
        self.regex = *regex;
    }
}

impl Panel for SearchPrompt {
    fn mode(&self) -> Mode {
        Mode::Search
    }

    fn placement(&self) -> Placement {
        Placement::Inline
    }

    fn update(&mut self, app: &mut App, action: Action) -> Response {
        match action {
            Action::Accept => return self.accept(app),
            Action::Cancel => {
                let open_story = app.current_story_mut();
                open_story.clear_matches();
                open_story.viewport.restore(self.origin);
                app.sync_panes();
                return Response::Close;
            }
            Action::NextMatch => app.preview_match(1),
            Action::PreviousMatch => app.preview_match(-1),
            Action::ToggleRegex => {
                self.regex = !self.regex;
                self.search(app);
            }
            Action::OlderSearch | Action::NewerSearch => {
                self.recall(&app.search_history, if action == Action::OlderSearch { 1 } else { -1 });
                self.search(app);
            }
            _ => {}
        }
        app.sync_panes();
        Response::Stay
    }

    /// The prompt is drawn in the status bar.
    fn draw(&self, _view: RootView, _buf: &mut Buffer) {}

    /// `/ferry  3/14 · regex`, with the keys that help at the right.
    fn draw_status(&self, view: RootView, row: Rect, buf: &mut Buffer) -> bool {
        let open_story = view.app.current_story();
        let count = match &self.error {
            Some(error) => error.clone(),
            None if self.input.is_empty() => String::new(),
            None if open_story.matches.is_empty() => "no match".to_string(),
            None => open_story.match_summary(),
        };
        let regex = if self.regex { "regex" } else { "" };
        let parts: Vec<&str> = [count.as_str(), regex].into_iter().filter(|it| !it.is_empty()).collect();
        let message = parts.join(" · ");
        let symbol = if self.backward { "\\" } else { "/" };
        let mut taken = draw_text(symbol, row, view.theme.key.0, buf);
        // The input keeps at least a third of the row.
        let beside = 4 + display_width(&message) as u16;
        let width = row.width.saturating_sub(beside).max(row.width / 3 + 1);
        let rest = skip_columns(row, taken);
        taken += view.draw_text_input(&self.input, Rect { width: width.min(rest.width), ..rest }, buf);
        let style = if self.error.is_some() { view.theme.notice.0 } else { view.theme.secondary.0 };
        taken += 1 + draw_text(&message, skip_columns(row, taken + 1), style, buf);
        view.draw_hints(&view.hints(), skip_columns(row, taken + 3), buf);
        true
    }

    fn describe(&self, _app: &App) -> Option<String> {
        Some("Search for?".to_string())
    }

    fn hints(&self, _app: &App) -> Vec<KeyHint> {
        vec![
            hint(Action::Cancel, "back"),
            hint(Action::ToggleRegex, "regex"),
            hint(Action::OlderSearch, "history"),
            hint(Action::NextMatch, "next"),
        ]
    }

    fn input(&mut self) -> Option<&mut TextInput> {
        Some(&mut self.input)
    }

    fn input_changed(&mut self, app: &mut App) {
        self.search(app);
    }

    fn closes_on_empty_erase(&self) -> bool {
        true
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
