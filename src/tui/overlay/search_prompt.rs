//! The search that is being typed, and those that went before it.

use crate::tui::input::keymap::Mode;
use crate::tui::open_story::viewport::ViewPosition;
use crate::tui::overlay::text_input::TextInput;
use crate::tui::overlay::{Panel, Placement};
use crate::tui::text::search_pattern::SearchQuery;

/// A search that is being typed.
pub(crate) struct SearchPrompt {
    pub(crate) input: TextInput,
    pub(crate) regex: bool,
    /// Whether it goes back from where it began.
    pub(crate) backward: bool,
    /// What is wrong with the regular expression.
    pub(crate) error: Option<String>,
    /// The spot where it began.
    pub(crate) origin: ViewPosition,
    /// Which of the earlier searches is in the line, from the last one on; 0 is what was typed.
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

/// What was sought before, in any story.
#[derive(Default)]
pub(crate) struct SearchHistory {
    /// The last one last, each once.
    queries: Vec<SearchQuery>,
    /// Whether the last one went back.
    pub(crate) backward: bool,
}

impl SearchHistory {
    /// A new search from a spot: a regular expression if the last one was.
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

    /// Keeps what was sought.
    pub(crate) fn add(&mut self, wanted: SearchQuery) {
        self.queries.retain(|it| *it != wanted);
        self.queries.push(wanted);
    }

    /// Puts an earlier search into the line, or with a negative number a later one.
    pub(crate) fn recall(&self, seeking: &mut SearchPrompt, by: isize) {
        if seeking.history_index == 0 {
            seeking.draft = seeking.query();
        }
        seeking.history_index = seeking.history_index.saturating_add_signed(by).min(self.queries.len());
        let earlier =
            self.queries.len().checked_sub(seeking.history_index).and_then(|it| self.queries.get(it));
        let SearchQuery { text, regex } = earlier.unwrap_or(&seeking.draft);
        seeking.input = TextInput::new(text);
        seeking.regex = *regex;
    }
}
