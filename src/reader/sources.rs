//! Where the story being read comes from: its page on the Web.

use super::app::{App, Effect};

impl App {
    pub(super) fn open_source(&mut self) -> Effect {
        if let Some(address) = self.reading().story.url.clone() {
            return Effect::Browse(address);
        }
        self.say("this story names no address");
        Effect::None
    }
}
