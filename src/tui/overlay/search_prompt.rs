//! The search prompt and the search history.

use crate::tui::input::keymap::Mode;
use crate::tui::open_story::viewport::ViewPosition;
use crate::tui::overlay::text_input::TextInput;
use crate::tui::overlay::{Panel, Placement};
use crate::tui::text::search_pattern::SearchQuery;

/// The open search prompt.
pub(crate) struct SearchPrompt {
    pub(crate) input: TextInput,
    pub(crate) regex: bool,
    /// Whether the search goes backward.
    pub(crate) backward: bool,
    /// The error in the regular expression.
    pub(crate) error: Option<String>,
    /// The position where the search started; Esc returns to it.
    pub(crate) origin: ViewPosition,
    /// The entry of the history in the prompt, counted from the last one; 0 is the typed draft.
    history_index: usize,
    draft: SearchQuery,
}

impl SearchPrompt {
    /// The query as it is typed so far.
    pub(crate) fn query(&self) -> SearchQuery {
        SearchQuery { text: self.input.text().to_string(), regex: self.regex }
    }
}

impl Panel for SearchPrompt {
    fn mode(&self) -> Mode {
        Mode::Search
    }

    fn placement(&self) -> Placement {
        Placement::Inline
    }

    fn input(&mut self) -> Option<&mut TextInput> {
        Some(&mut self.input)
    }

    fn closes_on_empty_erase(&self) -> bool {
        true
    }
}

/// Earlier searches in all stories.
#[derive(Default)]
pub(crate) struct SearchHistory {
    /// The last query comes last; each occurs once.
    queries: Vec<SearchQuery>,
    /// Whether the last search went backward.
    pub(crate) backward: bool,
}

impl SearchHistory {
    /// Starts a search at a position; it is a regular expression if the last search was one.
    pub(crate) fn new_prompt(&self, from: ViewPosition, back: bool) -> SearchPrompt {
        let regex = self.last_query().is_some_and(|it| it.regex);
        SearchPrompt {
            draft: SearchQuery { text: String::new(), regex },
            input: TextInput::default(),
            regex,
            backward: back,
            error: None,
            origin: from,
            history_index: 0,
        }
    }

    pub(crate) fn last_query(&self) -> Option<&SearchQuery> {
        self.queries.last()
    }

    /// Adds a query.
    pub(crate) fn add(&mut self, query: SearchQuery) {
        self.queries.retain(|it| *it != query);
        self.queries.push(query);
    }

    /// Puts an older query into the prompt; a negative number recalls a newer one.
    pub(crate) fn recall(&self, prompt: &mut SearchPrompt, by: isize) {
        if prompt.history_index == 0 {
            prompt.draft = prompt.query();
        }
        prompt.history_index = prompt.history_index.saturating_add_signed(by).min(self.queries.len());
        let earlier =
            self.queries.len().checked_sub(prompt.history_index).and_then(|it| self.queries.get(it));
        let SearchQuery { text, regex } = earlier.unwrap_or(&prompt.draft);
        prompt.input = TextInput::new(text);
        prompt.regex = *regex;
    }
}
