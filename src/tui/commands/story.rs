//! Commands that change which story is open, and the place in it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use pullquote::story::Story;

use crate::text::one_line;
use crate::tui::app::{App, Focus};
use crate::tui::open_story::citation::source_beside_title;
use crate::tui::open_story::{EntryPage, OpenStory};

/// How long an open list may lack what has come; each time all of its rows are built.
const PANEL_REFRESH_DELAY: Duration = Duration::from_millis(250);

/// How the notice begins while the page of an entry is loaded.
const LOADING_PAGE: &str = "Loading";

impl App {
    /// Shows a story again whose file has changed; place, filter and notes stay. Returns whether its text has changed.
    pub(crate) fn reload_story(&mut self, number: usize, story: &Arc<Story>) -> bool {
        let Some(before) = self.stories.get(number).filter(|it| it.story.text() != story.text()) else {
            return false;
        };
        let opened = before.reopened(story);
        self.changes.extend(opened.changes_to_save().into_iter().map(|it| (number, it)));
        self.undo_stack.retain(|it| it.0 != number);
        self.held_analyses.retain(|it| it.0 != number);
        self.stories[number] = opened;
        self.request_panel_refresh();
        if number == self.current {
            // A panel may refer to quotes of the old text.
            self.panels.clear();
            self.focus = Focus::Story;
            self.relayout();
            self.notify("The file has changed and was read again");
        }
        true
    }

    /// Asks for the open panel to be built again, within [`PANEL_REFRESH_DELAY`], for all that has come until then.
    pub(crate) fn request_panel_refresh(&mut self) {
        if self.panel().is_some() {
            self.panel_refresh_due.get_or_insert_with(|| Instant::now() + PANEL_REFRESH_DELAY);
        }
    }

    /// Builds the open panel again if it is time.
    pub(crate) fn refresh_panel_if_due(&mut self, now: Instant) {
        if self.panel_refresh_due.is_some_and(|it| it <= now) {
            self.panel_refresh_due = None;
            self.with_panel(|panel, app| panel.refresh(app));
        }
    }

    /// Opens a story behind the others; returns its number. The current story stays.
    pub(crate) fn append_story(&mut self, story: Arc<Story>) -> usize {
        let mut opened = OpenStory::new(story);
        opened.filter.display = self.filter_display;
        opened.show_stance(self.shows_stance);
        self.stories.push(opened);
        self.request_panel_refresh();
        self.stories.len() - 1
    }

    /// The entries of a feed whose pages must be loaded now, which are marked so: the current one, if it is in sight, and
    /// the one after it. Says why the page of the current one could not be loaded beforehand.
    pub(crate) fn take_entries_to_load(&mut self) -> Vec<(usize, Arc<Story>)> {
        if self.panel().is_some() || !self.current_story().is_from_feed {
            return Vec::new();
        }
        let mut entries = Vec::new();
        let (current, has_page) = (self.current, self.panes.has_page());
        for number in [current, current + 1] {
            let Some(reading) = self.stories.get_mut(number) else { continue };
            if has_page && reading.entry_page == EntryPage::Unopened {
                reading.entry_page = EntryPage::Loading;
                entries.push((number, Arc::clone(&reading.story)));
            }
        }
        if entries.iter().any(|it| it.0 == current) {
            self.notify(&format!("{LOADING_PAGE} “{}”", one_line(&self.headline(current))));
        }
        let failure =
            self.stories.get_mut(current).filter(|_| has_page).and_then(|it| it.page_failure.take());
        if let Some(failure) = failure {
            self.notify(&failure);
        }
        entries
    }

    /// Whether the story with this number is an entry whose page was not asked for yet.
    pub(crate) fn is_unopened_entry(&self, number: usize) -> bool {
        self.stories.get(number).is_some_and(|it| it.entry_page == EntryPage::Unopened)
    }

    /// Shows the page of an entry in its place, or says why it did not come. Returns the story that stands there now, which
    /// can be analysed.
    pub(crate) fn settle_entry(
        &mut self,
        number: usize,
        page: Result<Arc<Story>, String>,
    ) -> Option<Arc<Story>> {
        let (display, shows_stance) = (self.filter_display, self.shows_stance);
        let headline = self.headline(number);
        let reading = self.stories.get_mut(number)?;
        let is_current = number == self.current;
        let name = source_beside_title(&reading.story).map_or(String::new(), |it| format!(" ({it})"));
        match page {
            Ok(story) => {
                *reading = OpenStory::new(Arc::clone(&story));
                reading.is_from_feed = true;
                reading.entry_page = EntryPage::Settled;
                reading.filter.display = display;
                reading.show_stance(shows_stance);
                if is_current {
                    self.notice = self.notice.take().filter(|it| !it.starts_with(LOADING_PAGE));
                    self.relayout();
                }
                self.request_panel_refresh();
                Some(story)
            }
            Err(message) => {
                reading.entry_page = EntryPage::Settled;
                let story = Arc::clone(&reading.story);
                let message = format!("“{}”{name}: {message}", one_line(&headline));
                // An entry that is loaded beforehand says so when it is opened.
                if is_current {
                    self.notify(&message);
                } else {
                    reading.page_failure = Some(message);
                }
                Some(story)
            }
        }
    }

    pub(crate) fn switch_story(&mut self, stories: isize) {
        let last = self.stories.len() - 1;
        let next = self.current.saturating_add_signed(stories).min(last);
        if next == self.current {
            self.notify(if self.is_loading && stories > 0 {
                "The next story is still loading"
            } else if last == 0 {
                "Only one story is open"
            } else if stories > 0 {
                "This is the last story"
            } else {
                "This is the first story"
            });
        }
        self.current = next;
        self.waiting_actions.clear();
        self.relayout();
        self.show_greeting();
    }

    /// What a story is called in lists.
    pub(crate) fn headline(&self, story: usize) -> String {
        let title = self.stories.get(story).map(|it| it.story.title().unwrap_or_else(|| "untitled".into()));
        title.unwrap_or_default()
    }

    pub(crate) fn go_to_paragraph(&mut self, number: usize) {
        let height = self.page_height();
        let reading = self.current_story_mut();
        let mut shown = reading.story.blocks().iter().filter(|it| it.repeats.is_none());
        if let Some(offset) = number.checked_sub(1).and_then(|it| shown.nth(it)).map(|it| it.span.start) {
            reading.jump(offset, height);
            self.focus = Focus::Story;
            self.sync_panes();
        } else {
            let last = reading.paragraph_count;
            self.notify(&format!("There are {last} paragraphs"));
        }
    }

    /// Jumps to another story, or to a quote in it. [`Self::jump_back_to_story`] returns.
    pub(crate) fn jump_to_story(&mut self, story: usize, quote: Option<usize>) {
        let from = self.current;
        self.current = story.min(self.stories.len() - 1);
        self.focus = Focus::Story;
        self.relayout();
        let height = self.page_height();
        if let Some(quote) = quote {
            self.current_story_mut().jump_to_quote(quote, height);
        }
        if from != self.current {
            let depth = self.current_story().viewport.jump_count();
            self.story_jumps.push((from, depth));
            self.show_greeting();
        }
        self.sync_panes();
    }

    /// Jumps back to the story that was left. Returns `false` if the last jump was inside this story.
    pub(crate) fn jump_back_to_story(&mut self) -> bool {
        let depth = self.current_story().viewport.jump_count();
        let Some((from, _)) = self.story_jumps.pop_if(|it| depth <= it.1) else { return false };
        self.current = from;
        self.relayout();
        true
    }

    /// Shows a story of the history. Returns its number if it was not open yet.
    pub(crate) fn add_story(&mut self, story: Arc<Story>) -> Option<usize> {
        self.panels.clear();
        self.focus = Focus::Story;
        let known = self.stories.iter().position(|it| it.story.text() == story.text());
        self.current = known.unwrap_or(self.stories.len());
        if known.is_none() {
            self.append_story(story);
        }
        self.resize(self.screen_size);
        self.show_greeting();
        known.is_none().then_some(self.current)
    }
}
