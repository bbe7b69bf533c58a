//! Commands of the reading history.

use std::sync::Arc;

use pullquote::story::Story;

use crate::storage::HistoryEntry;
use crate::tui::app::{App, Effect, Focus};
use crate::tui::input::action::Action;
use crate::tui::layout::list_selection::ListSelection;
use crate::tui::open_story::OpenStory;
use crate::tui::overlay::Overlay;
use crate::tui::overlay::history::History;

impl App {
    /// Opens the reading history, unless another panel was opened meanwhile.
    pub(crate) fn open_history(&mut self, past: Vec<HistoryEntry>) {
        if !matches!(self.overlay, Overlay::None) {
            return;
        }
        if past.is_empty() {
            return self.notify("No reading history yet");
        }
        self.overlay = Overlay::History(History { entries: past, selected: ListSelection::default() });
    }

    pub(crate) fn update_history(&mut self, action: Action) -> Effect {
        let page = usize::from(self.panes.body.height);
        let Overlay::History(history) = &mut self.overlay else { return Effect::None };
        history.selected.apply(action, page, history.entries.len());
        match action {
            Action::Open => {
                if let Some(past) = history.entries.get(history.selected.item()) {
                    return Effect::OpenStory(past.clone());
                }
            }
            Action::Cancel => self.overlay = Overlay::None,
            _ => {}
        }
        Effect::None
    }

    /// Shows a story of the history. Returns its number if it was not open yet.
    pub(crate) fn add_story(&mut self, story: Arc<Story>) -> Option<usize> {
        self.overlay = Overlay::None;
        self.focus = Focus::Story;
        let known = self.stories.iter().position(|it| it.story.text() == story.text());
        self.current = known.unwrap_or(self.stories.len());
        if known.is_none() {
            self.stories.push(OpenStory::new(story));
        }
        self.resize(self.screen_size);
        self.show_greeting();
        known.is_none().then_some(self.current)
    }
}
