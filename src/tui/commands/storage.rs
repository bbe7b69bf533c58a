//! What outlives a reading: what is kept of a story comes in, what changes goes out to whoever keeps it.

use crate::storage::{Change, News};
use crate::tui::app::App;
use crate::tui::input::action::Action;

impl App {
    /// The keeper has something to tell.
    pub(crate) fn told(&mut self, news: News) {
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
    pub(crate) fn greet(&mut self) {
        if let Some(greeting) = self.reading_mut().greeting.take() {
            let start = self.help.key(Action::ToStart);
            self.say(&format!("{greeting}; {start} goes to the start"));
        }
    }

    /// All that is to be kept since this was asked last, by the story's number.
    pub(crate) fn changes(&mut self) -> Vec<(usize, Change)> {
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
