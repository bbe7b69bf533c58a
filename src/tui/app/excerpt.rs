//! The excerpt of the selected story of the reading history: requested when the selection rests, kept until it changes.

use crate::storage::HistoryExcerpt;
use crate::tui::app::App;

/// The excerpt that the open history shows.
#[derive(Default)]
pub(crate) struct ExcerptState {
    /// The key of the story whose excerpt has been requested and has not come.
    requested: Option<String>,
    /// The excerpt that came last, with the key of its story.
    loaded: Option<(String, HistoryExcerpt)>,
}

impl ExcerptState {
    /// Returns the excerpt of the story with a key; `None` until it has come.
    pub(crate) fn of(&self, key: &str) -> Option<&HistoryExcerpt> {
        self.loaded.as_ref().filter(|it| it.0 == key).map(|it| &it.1)
    }
}

impl App {
    /// Returns the key of the story whose excerpt must be requested now, if any; one request is made at a time.
    pub(crate) fn take_excerpt_request(&mut self) -> Option<String> {
        let Some(key) = self.panels.iter().find_map(|it| it.excerpt_key()) else {
            self.excerpt.loaded = None;
            return None;
        };
        if self.excerpt.requested.is_some() || self.excerpt.of(key).is_some() {
            return None;
        }
        self.excerpt.requested = Some(key.to_owned());
        self.excerpt.requested.clone()
    }

    /// Takes the excerpt of the story with a key.
    pub(crate) fn set_excerpt(&mut self, key: String, excerpt: HistoryExcerpt) {
        self.excerpt.requested = None;
        self.excerpt.loaded = Some((key, excerpt));
    }
}
