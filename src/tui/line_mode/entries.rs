//! What the line mode asks of the storage, the engine and the web: saved data, findings, and the pages of a feed's entries.

use std::io::{self, Write};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender};

use pullquote::story::Story;

use crate::storage::{Change, Storage};
use crate::tui::line_mode::LineSession;
use crate::tui::line_mode::description::sentence;
use crate::tui::open_story::EntryPage;
use crate::tui::terminal::events::{self, EntryLoader, Event};

impl LineSession {
    /// Asks what is saved of further stories, and saves what has changed. Returns what the storage says of that.
    pub(crate) fn save_changes(
        &mut self,
        storage: Option<&dyn Storage>,
        events: &Receiver<Event>,
    ) -> Vec<String> {
        let Some(storage) = storage else { return Vec::new() };
        for (number, story) in self.loaded.drain(..) {
            storage.load(number, story);
        }
        let changes = self.app.take_changes();
        let is_confirmed = changes.iter().any(|it| matches!(it.1, Change::Confirm(_)));
        for (story, change) in changes {
            storage.save(story, change);
        }
        if is_confirmed { self.wait_for_confirmation(events) } else { Vec::new() }
    }

    /// Asks for the engine's findings and for what is saved of the stories that have come.
    pub(crate) fn register_settled(
        &mut self,
        storage: Option<&dyn Storage>,
        engine: &Sender<(usize, Arc<Story>)>,
    ) {
        for (number, story) in self.settled.drain(..) {
            if let Some(storage) = storage {
                storage.load(number, Arc::clone(&story));
            }
            // Without an engine thread the story stays without findings.
            let _ = engine.send((number, story));
        }
    }

    /// Loads the page of the current story if that is an entry of a feed, and waits for it; tells what has come. The page of
    /// the next entry is loaded meanwhile.
    pub(crate) fn load_entries(
        &mut self,
        events: &Receiver<Event>,
        load_entry: &EntryLoader,
        event_sender: &Sender<Event>,
        out: &mut impl Write,
    ) -> io::Result<()> {
        for (number, entry) in self.app.take_entries_to_load() {
            events::spawn_entry_thread(number, entry, load_entry, event_sender.clone());
        }
        let current = self.app.story_position().0;
        loop {
            if let Some(notice) = self.app.notice.take() {
                writeln!(out, "{}", sentence(&notice))?;
                out.flush()?;
            }
            if self.app.current_story().entry_page != EntryPage::Loading {
                break;
            }
            // The loader has limits of its own.
            let Ok(event) = events.recv() else { break };
            let is_page = matches!(&event, Event::EntryLoaded(number, Ok(_)) if *number == current);
            self.handle_event(event);
            if is_page {
                writeln!(out, "{}", self.app.current_story().describe_story())?;
            }
        }
        Ok(())
    }
}
