//! What outlives a reading: what is kept of a story comes in, what changes goes out to whoever keeps it.

use std::sync::Arc;

use pullquote::story::Story;

use super::action::Action;
use super::app::App;
use crate::keeping::{Change, News, Past, Tell};

/// Whoever keeps what a reader leaves in stories. None of this waits: what he has to tell comes as [`News`].
pub(crate) trait Keeper {
    /// From now on all news goes there, from whatever thread.
    fn tell(&self, tell: Tell);

    /// Asks what is kept of a story, which from now on goes by this number.
    fn meet(&self, number: usize, story: Arc<Story>);

    /// Keeps a change of a story.
    fn keep(&self, story: usize, change: Change);

    /// Asks which stories were read before.
    fn history(&self);

    /// Asks for the story itself.
    fn fetch(&self, past: Past);
}

impl App {
    /// The keeper has something to tell.
    pub(super) fn told(&mut self, news: News) {
        match news {
            News::First => self.welcome(),
            News::Kept(number, kept) => {
                if let Some(reading) = self.readings.get_mut(number) {
                    reading.recall(kept);
                }
                self.greet();
                self.follow();
            }
            News::History(past) => self.list_history(past),
            News::Fetched(Err(why)) => self.say(&why),
            // The loop takes it in, since the engine has to read it too.
            News::Fetched(Ok(_)) => {}
            News::Trouble(words) => self.say(&words),
        }
    }

    /// Says where the reader stands, if that is where another day has ended.
    pub(super) fn greet(&mut self) {
        if let Some(greeting) = self.reading_mut().greeting.take() {
            let start = self.help.key(Action::ToStart);
            self.say(&format!("{greeting}; {start} goes to the start"));
        }
    }

    /// All that is to be kept since this was asked last, by the story's number.
    pub(super) fn changes(&mut self) -> Vec<(usize, Change)> {
        let height = self.height();
        let (has_page, current) = (self.panes.has_page(), self.current);
        let reading = self.reading_mut();
        let at = reading.stand.standing(&reading.page, height);
        let mut changes = Vec::new();
        if has_page && reading.stood != Some(at) {
            if reading.stood.is_none() {
                changes.push((current, Change::Opened));
            }
            reading.stood = Some(at);
            changes.push((current, Change::Stood(at)));
        }
        changes.append(&mut self.changes);
        changes
    }
}
