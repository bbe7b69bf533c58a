//! What the reader sees and where he stands; [`App::update`] and its like alone change it.

use std::sync::Arc;

use pullquote::story::Story;
use ratatui::layout::Size;

use crate::config::settings::Settings;
use crate::storage::{Change, HistoryEntry};
use crate::tui::input::keymap::{Keymap, Mode, PendingKeys};
use crate::tui::layout::panes::{PaneOptions, Panes};
use crate::tui::layout::typesetter::TextOptions;
use crate::tui::open_story::OpenStory;
use crate::tui::overlay::Overlay;
use crate::tui::overlay::help::Help;
use crate::tui::overlay::search_prompt::SearchHistory;
use crate::tui::overlay::tour::Tour;
use crate::tui::style::theme::ThemeSet;

/// The whole state of the reader.
pub(crate) struct App {
    /// One a story, in the order of the command line; never empty.
    pub(crate) stories: Vec<OpenStory>,
    pub(crate) current: usize,
    pub(crate) focus: Focus,
    pub(crate) overlay: Overlay,
    /// The keys of a command that is half typed.
    pub(crate) pending_keys: PendingKeys,
    /// What the last command has to say.
    pub(crate) notice: Option<String>,
    pub(crate) panes: Panes,
    pub(crate) help: Help,
    pub(crate) search_history: SearchHistory,
    pub(crate) tour: Tour,
    /// The size that everything is laid out for.
    pub(crate) screen_size: Size,
    pub(crate) themes: ThemeSet,
    pub(crate) pane_options: PaneOptions,
    pub(crate) text_options: TextOptions,
    /// Whether all but the paragraph where the reader stands is dimmed.
    pub(crate) paragraph_focus: bool,
    /// What is to be kept, by the story's number, and has not been told yet.
    pub(crate) changes: Vec<(usize, Change)>,
    /// Whether there is somebody who keeps it.
    pub(crate) has_storage: bool,
    /// The stories from which others were reached by a jump, each with the depth of the other's way back.
    pub(crate) story_jumps: Vec<(usize, usize)>,
    /// Whether the mouse is the reader's.
    pub(crate) captures_mouse: bool,
    /// Whether the border between the panes is being dragged.
    pub(crate) dragging: bool,
}

/// The pane to which the keys go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Focus {
    Story,
    SidePane,
}

/// What an update wants of the world outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    None,
    Copy(ClipboardText),
    /// The mouse is the reader's, or the terminal's.
    CaptureMouse(bool),
    Redraw,
    Suspend,
    /// To show this address in a browser.
    OpenBrowser(String),
    /// To edit the file of the story being read, at the line where the reader stands.
    OpenEditor,
    /// To be told which stories were read.
    LoadHistory,
    /// To open one of them.
    OpenStory(HistoryEntry),
    Quit,
}

/// What goes to the clipboard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ClipboardText {
    pub(crate) text: String,
    /// What that is: "Kerry's quote".
    pub(crate) description: String,
}

impl App {
    /// Over the first of some stories; the others are its neighbours.
    pub(crate) fn new(
        first: Arc<Story>,
        others: impl IntoIterator<Item = Arc<Story>>,
        keymap: &Keymap,
    ) -> Self {
        Self {
            stories: std::iter::once(first).chain(others).map(OpenStory::new).collect(),
            current: 0,
            focus: Focus::Story,
            overlay: Overlay::None,
            pending_keys: PendingKeys::default(),
            notice: None,
            panes: Panes::default(),
            search_history: SearchHistory::default(),
            help: Help::new(keymap),
            tour: Tour::new(keymap),
            screen_size: Size::default(),
            themes: ThemeSet::default(),
            pane_options: PaneOptions::default(),
            changes: Vec::new(),
            has_storage: false,
            text_options: TextOptions::default(),
            paragraph_focus: false,
            story_jumps: Vec::new(),
            captures_mouse: true,
            dragging: false,
        }
    }

    /// Begins as a person has set it.
    pub(crate) fn apply_settings(&mut self, settings: &Settings) {
        self.captures_mouse = settings.mouse;
        let Settings { width, side, center: centre, gap, justify, hyphenate, .. } = *settings;
        self.pane_options =
            PaneOptions { text_width: width, extra_side_width: side, centered: centre, ..self.pane_options };
        let gap = usize::from(gap);
        self.text_options =
            TextOptions { gap, justified: justify, hyphenated: hyphenate, ..self.text_options };
        for reading in &mut self.stories {
            reading.filter.display = settings.filter;
        }
    }

    /// The story being read.
    pub(crate) fn current_story(&self) -> &OpenStory {
        &self.stories[self.current]
    }

    pub(crate) fn current_story_mut(&mut self) -> &mut OpenStory {
        &mut self.stories[self.current]
    }

    /// The number of the story, from 0, and how many there are.
    pub(crate) fn story_position(&self) -> (usize, usize) {
        (self.current, self.stories.len())
    }

    /// Where the next key is pressed.
    pub(crate) fn mode(&self) -> Mode {
        match (self.overlay.panel(), self.focus) {
            (Some(panel), _) => panel.mode(),
            (None, Focus::Story) => Mode::Story,
            (None, Focus::SidePane) => Mode::SidePane,
        }
    }

    /// The rows of the story pane.
    pub(crate) fn page_height(&self) -> usize {
        usize::from(self.panes.text.height)
    }

    /// The screen has a new size.
    pub(crate) fn resize(&mut self, screen: Size) {
        self.screen_size = screen;
        self.relayout();
    }

    /// Puts the panes and the page of the story being read to the screen's size.
    pub(crate) fn relayout(&mut self) {
        self.pane_options.strip_height =
            self.tour.rows(usize::from(self.screen_size.width.saturating_sub(2))).len() as u16;
        self.panes = Panes::new(self.screen_size, self.pane_options);
        self.text_options.width = usize::from(self.panes.text.width);
        let setting = self.text_options;
        let pane = self.panes.list().as_size();
        if self.panes.has_page() {
            self.current_story_mut().relayout(setting);
            self.current_story_mut().resize_side_pane(pane);
        }
        self.sync_panes();
    }

    /// Takes one pane along with the other.
    pub(crate) fn sync_panes(&mut self) {
        let height = self.list_height();
        let focus = self.focus;
        let reading = self.current_story_mut();
        match focus {
            Focus::Story => {
                reading.viewport.preview = None;
                reading.select_at_cursor();
            }
            Focus::SidePane => reading.preview_selection(),
        }
        reading.side_pane.open_list_mut().clamp_scroll(height);
    }

    pub(crate) fn notify(&mut self, words: &str) {
        self.notice = Some(words.to_string());
    }

    /// Says more of what is still being said; of what is gone, nothing.
    pub(crate) fn extend_notice(&mut self, said: &str, more: &str) {
        if self.notice.as_deref() == Some(said) {
            self.notify(more);
        }
    }

    /// The rows of the side pane's list, under its tabs.
    pub(crate) fn list_height(&self) -> usize {
        usize::from(self.panes.list().height)
    }
}
