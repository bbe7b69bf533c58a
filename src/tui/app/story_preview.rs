//! The preview of the selected story of the reading history: requested when the selection rests, kept until it changes.

use crate::storage::StoryPreview;
use crate::tui::app::App;

/// The preview that the open history shows.
#[derive(Default)]
pub(crate) struct StoryPreviewState {
    /// The key of the story whose preview has been requested and has not come.
    requested: Option<String>,
    /// The preview that came last, with the key of its story.
    loaded: Option<(String, StoryPreview)>,
}

impl StoryPreviewState {
    /// Returns the preview of the story with a key; `None` until it has come.
    pub(crate) fn of(&self, key: &str) -> Option<&StoryPreview> {
        self.loaded.as_ref().filter(|it| it.0 == key).map(|it| &it.1)
    }
}

impl App {
    /// Returns the key of the story whose preview must be requested now, if any; one request is made at a time.
    pub(crate) fn take_story_preview_request(&mut self) -> Option<String> {
        let Some(key) = self.panels.iter().find_map(|it| it.story_preview_key()) else {
            self.story_preview.loaded = None;
            return None;
        };
        if self.story_preview.requested.is_some() || self.story_preview.of(key).is_some() {
            return None;
        }
        self.story_preview.requested = Some(key.to_owned());
        self.story_preview.requested.clone()
    }

    /// Takes the preview of the story with a key.
    pub(crate) fn set_story_preview(&mut self, key: String, story_preview: StoryPreview) {
        self.story_preview.requested = None;
        self.story_preview.loaded = Some((key, story_preview));
    }
}
