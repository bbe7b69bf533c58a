//! What arrives while the user reads, in words: findings, further stories, the reading history, notices.

use std::sync::mpsc::Receiver;
use std::time::Instant;

use crate::storage::{HistoryEntry, StorageEvent};
use crate::tui::line_mode::description::sentence;
use crate::tui::line_mode::{ANALYSIS_WAIT, LineSession, PIPE_WAIT};
use crate::tui::open_story::AnalysisState;
use crate::tui::terminal::events::Event;

impl LineSession {
    /// The pending announcements: how far the analysis of the current story is, and notices of the storage.
    pub(crate) fn pending_messages(&mut self, events: &Receiver<Event>) -> Vec<String> {
        let mut messages = Vec::new();
        let mut has_progress = false;
        while let Ok(event) = events.try_recv() {
            let current = self.app.story_position().0;
            has_progress |= matches!(event, Event::AnalysisProgress(story, ..) if story == current);
            self.announce_event(event, &mut messages);
        }
        if has_progress && self.app.current_story().analysed_percent.is_some() {
            messages.push(self.app.current_story().describe_findings());
        }
        messages
    }

    /// Waits once for the analysis of a story that the user has opened, as long as for that of the first one; returns what
    /// has come meanwhile.
    pub(crate) fn wait_for_current_story(
        &mut self,
        events: &Receiver<Event>,
        has_prompt: bool,
    ) -> Vec<String> {
        let mut messages = Vec::new();
        let current = self.app.story_position().0;
        if std::mem::replace(&mut self.waited_for, current) == current || self.app.is_unopened_entry(current)
        {
            return messages;
        }
        let end = Instant::now() + if has_prompt { ANALYSIS_WAIT } else { PIPE_WAIT };
        while matches!(self.app.current_story().analysis_state, AnalysisState::Pending)
            && let Ok(event) = events.recv_timeout(end.saturating_duration_since(Instant::now()))
        {
            self.announce_event(event, &mut messages);
        }
        messages
    }

    /// Takes an event in, and adds what is to be told of it.
    fn announce_event(&mut self, event: Event, messages: &mut Vec<String>) {
        let (current, count) = self.app.story_position();
        let is_current = matches!(event, Event::AnalysisDone(story, ..) if story == current);
        let is_last = matches!(event, Event::AllLoaded);
        self.handle_event(event);
        if is_current {
            messages.push(self.app.current_story().describe_findings());
        }
        if is_last {
            messages.push(format!("All {count} stories are open."));
        }
        messages.append(&mut self.failures);
        messages.extend(self.app.notice.take().map(|it| sentence(&it)));
    }

    /// What the storage says of what was saved, and what comes before it; empty if it says nothing in time.
    pub(crate) fn wait_for_confirmation(&mut self, events: &Receiver<Event>) -> Vec<String> {
        let mut messages = Vec::new();
        let end = Instant::now() + ANALYSIS_WAIT;
        while let Ok(event) = events.recv_timeout(end.saturating_duration_since(Instant::now())) {
            let is_answer = matches!(event, Event::Storage(StorageEvent::Saved(_) | StorageEvent::Failed(_)));
            self.announce_event(event, &mut messages);
            if is_answer {
                break;
            }
        }
        messages
    }

    /// The reading history, once the storage has sent it; empty if it does not in time.
    pub(super) fn wait_for_history(&mut self, events: &Receiver<Event>) -> Vec<HistoryEntry> {
        while let Ok(event) = events.recv_timeout(ANALYSIS_WAIT) {
            match event {
                Event::Storage(StorageEvent::History(entries)) => return entries,
                event => self.handle_event(event),
            }
        }
        Vec::new()
    }
}
