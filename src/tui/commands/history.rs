//! Commands of the reading history.

use std::sync::Arc;

use pullquote::story::Story;

use crate::storage::Past;
use crate::tui::app::{App, Effect, Focus, Open};
use crate::tui::commands::annotations::moved;
use crate::tui::input::action::Action;
use crate::tui::open_story::Reading;
use crate::tui::overlay::history::History;

impl App {
    /// Opens the list of stories read before, unless something else has been opened meanwhile.
    pub(crate) fn list_history(&mut self, past: Vec<Past>) {
        if !matches!(self.open, Open::Nothing) {
            return;
        }
        if past.is_empty() {
            return self.say("no story is kept in the history");
        }
        self.open = Open::History(History { past, chosen: 0 });
    }

    pub(crate) fn in_history(&mut self, action: Action) -> Effect {
        let page = usize::from(self.panes.body.height).max(1);
        let Open::History(history) = &mut self.open else { return Effect::None };
        history.chosen = moved(history.chosen, action, page, history.past.len());
        match action {
            Action::Go => {
                if let Some(past) = history.past.get(history.chosen) {
                    return Effect::Open(past.clone());
                }
            }
            Action::Cancel => self.open = Open::Nothing,
            _ => {}
        }
        Effect::None
    }

    /// Shows a story that has been opened from the history; answers its number if it is new here.
    pub(crate) fn add(&mut self, story: Arc<Story>) -> Option<usize> {
        self.open = Open::Nothing;
        self.focus = Focus::Story;
        let known = self.readings.iter().position(|it| it.story.text() == story.text());
        self.current = known.unwrap_or(self.readings.len());
        if known.is_none() {
            self.readings.push(Reading::new(story));
        }
        self.resize(self.screen);
        self.greet();
        known.is_none().then_some(self.current)
    }
}
