//! The state of the TUI. Only [`App::update`] and the other `&mut self` methods change it.

pub(crate) mod help;
pub(crate) mod panel;
mod quote;
pub(crate) mod search_history;
mod story_preview;
pub(crate) mod text_input;
pub(crate) mod tour;
pub(crate) mod undo;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Instant;

use pullquote::analysis::Analysis;
use pullquote::story::Story;
use ratatui::layout::Size;

use crate::config::settings::{FilterDisplay, Settings};
use crate::storage::{Change, HistoryEntry};
use crate::tui::app::help::Help;
use crate::tui::app::panel::Panel;
use crate::tui::app::search_history::SearchHistory;
use crate::tui::app::story_preview::StoryPreviewState;
use crate::tui::app::tour::Tour;
use crate::tui::app::undo::Undo;
use crate::tui::input::action::Action;
use crate::tui::input::keymap::{Keymap, Mode, PendingKeys};
use crate::tui::layout::panes::{PaneOptions, Panes};
use crate::tui::layout::typesetter::TextOptions;
use crate::tui::open_story::OpenStory;
use crate::tui::style::theme::{Theme, ThemeSet};
use crate::tui::terminal::export_file::ExportFile;

/// The whole state of the TUI.
pub(crate) struct App {
    /// The open stories, in the order of the command line; never empty.
    pub(crate) stories: Vec<OpenStory>,
    pub(crate) current: usize,
    pub(crate) focus: Focus,
    /// The open panels; the last one lies on top.
    pub(crate) panels: Vec<Box<dyn Panel>>,
    /// The keys typed so far of an incomplete command.
    pub(crate) pending_keys: PendingKeys,
    /// The commands that wait for the analysis of the current story, each with its count.
    pub(crate) waiting_actions: Vec<(Action, Option<usize>)>,
    /// Analyses, with the numbers of their stories, that have come while a panel showed an earlier one; `None` if the engine
    /// failed.
    pub(crate) held_analyses: Vec<(usize, Option<Analysis>)>,
    /// Whether further stories of the command line may come.
    pub(crate) is_loading: bool,
    /// Why stories of the command line cannot be opened.
    pub(crate) failures: Vec<String>,
    /// The keys of which a message has said that they do nothing.
    pub(crate) unbound_keys: BTreeSet<String>,
    /// The numbers of the stories of which a message has said that they are not English.
    pub(crate) told_languages: BTreeSet<usize>,
    /// The numbers of the stories of which a message has said that they are too long.
    pub(crate) told_lengths: BTreeSet<usize>,
    /// Why stories were not opened, as the last message tells.
    pub(crate) not_opened: Vec<String>,
    /// The message of the last command.
    pub(crate) notice: Option<String>,
    pub(crate) panes: Panes,
    pub(crate) help: Help,
    pub(crate) search_history: SearchHistory,
    pub(crate) tour: Tour,
    /// The screen size that everything is laid out for.
    pub(crate) screen_size: Size,
    pub(crate) themes: ThemeSet,
    pub(crate) pane_options: PaneOptions,
    pub(crate) text_options: TextOptions,
    /// Whether all but the paragraph at the cursor is dimmed.
    pub(crate) paragraph_focus: bool,
    /// How the last changes are taken back, each with the number of its story; the latest last.
    pub(crate) undo_stack: Vec<(usize, Undo)>,
    /// Changes that are not passed to the storage yet, each with the number of its story.
    pub(crate) changes: Vec<(usize, Change)>,
    /// The filter's display in a story that is opened; the user may change it later.
    pub(crate) filter_display: FilterDisplay,
    /// When the open panel must take in what has come; `None` if it shows the last state.
    pub(crate) panel_refresh_due: Option<Instant>,
    /// Whether the user sees the page; in the line mode they know only what was read to them.
    pub(crate) shows_page: bool,
    /// Whether changes are saved at all.
    pub(crate) has_storage: bool,
    /// Whether the last command asked for notes and bookmarks before any were loaded.
    pub(crate) annotations_requested: bool,
    /// What is shown of the selected story of the history.
    pub(crate) story_preview: StoryPreviewState,
    /// Jumps between stories: the story that was left, and the number of jumps in the other one at that time.
    pub(crate) story_jumps: Vec<(usize, usize)>,
    /// Whether beliefs, plans and feelings in the reporter's words are shown as quotes too.
    pub(crate) shows_stance: bool,
    /// Whether the program handles the mouse; otherwise the terminal does.
    pub(crate) captures_mouse: bool,
    /// Whether the button is held on the border between the panes or on the scroll bar.
    pub(crate) dragging: bool,
    /// Whether the pointer has moved since.
    pub(crate) has_dragged: bool,
    /// The settings without what was changed in the interface.
    pub(crate) configured: Settings,
    /// The number of the theme at the start of the session.
    pub(crate) first_theme: usize,
    /// Whether the user has reset all settings.
    pub(crate) is_reset: bool,
}

/// The state together with what drawing needs besides it.
#[derive(Clone, Copy)]
pub(crate) struct RootView<'a> {
    pub(crate) app: &'a App,
    pub(crate) theme: &'a Theme,
    pub(crate) keymap: &'a Keymap,
}

/// The pane that has the keyboard focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Focus {
    Story,
    SidePane,
}

/// A side effect that an update asks the event loop for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    None,
    Copy(ClipboardText),
    /// Capture the mouse, or release it to the terminal.
    CaptureMouse(bool),
    Redraw,
    Suspend,
    /// Open this address in the browser.
    OpenBrowser(String),
    /// Open the file of the current story in the editor, at the line of the cursor.
    OpenEditor,
    WriteFile(ExportFile),
    /// Load the reading history.
    LoadHistory,
    /// Delete what is saved of a story of the history.
    ForgetStory(HistoryEntry),
    /// Open a story of the history.
    OpenStory(HistoryEntry),
    Quit,
}

/// Text for the clipboard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ClipboardText {
    pub(crate) text: String,
    /// A name of the text for the message: "Kerry's quote".
    pub(crate) description: String,
}

impl App {
    /// Opens `first` and, beside it, the other stories.
    pub(crate) fn new(
        first: Arc<Story>,
        others: impl IntoIterator<Item = Arc<Story>>,
        keymap: &Keymap,
    ) -> Self {
        Self {
            stories: std::iter::once(first).chain(others).map(OpenStory::new).collect(),
            current: 0,
            focus: Focus::Story,
            panels: Vec::new(),
            pending_keys: PendingKeys::default(),
            waiting_actions: Vec::new(),
            held_analyses: Vec::new(),
            is_loading: false,
            failures: Vec::new(),
            unbound_keys: BTreeSet::new(),
            told_languages: BTreeSet::new(),
            told_lengths: BTreeSet::new(),
            not_opened: Vec::new(),
            notice: None,
            panes: Panes::default(),
            search_history: SearchHistory::default(),
            help: Help::new(keymap),
            tour: Tour::new(keymap),
            screen_size: Size::default(),
            themes: ThemeSet::default(),
            pane_options: PaneOptions::default(),
            undo_stack: Vec::new(),
            changes: Vec::new(),
            filter_display: FilterDisplay::default(),
            panel_refresh_due: None,
            shows_page: true,
            has_storage: false,
            annotations_requested: false,
            story_preview: StoryPreviewState::default(),
            text_options: TextOptions::default(),
            paragraph_focus: false,
            story_jumps: Vec::new(),
            shows_stance: false,
            captures_mouse: true,
            dragging: false,
            has_dragged: false,
            configured: Settings::default(),
            first_theme: 0,
            is_reset: false,
        }
    }

    /// Applies the user's settings.
    pub(crate) fn apply_settings(&mut self, settings: &Settings) {
        self.captures_mouse = settings.mouse;
        self.shows_stance = settings.stance;
        let Settings { width, side, center: centre, gap, justify, hyphenate, .. } = *settings;
        self.pane_options =
            PaneOptions { text_width: width, extra_side_width: side, centered: centre, ..self.pane_options };
        let gap = usize::from(gap);
        self.text_options =
            TextOptions { gap, justified: justify, hyphenated: hyphenate, ..self.text_options };
        self.filter_display = settings.filter;
        for reading in &mut self.stories {
            reading.filter.display = settings.filter;
            reading.show_stance(settings.stance);
        }
    }

    /// The settings as the user has left them; `start` are those at the start of the session.
    pub(crate) fn settings(&self, start: &Settings) -> Settings {
        let is_same_theme = self.themes.current() == self.first_theme;
        let theme = if is_same_theme { &start.theme } else { &self.themes.all[self.themes.current()].0 };
        Settings {
            theme: theme.clone(),
            width: self.pane_options.text_width,
            side: self.pane_options.extra_side_width,
            center: self.pane_options.centered,
            gap: self.text_options.gap as u16,
            justify: self.text_options.justified,
            hyphenate: self.text_options.hyphenated,
            filter: self.current_story().filter.display,
            mouse: self.captures_mouse,
            ..start.clone()
        }
    }

    /// The story that is shown.
    pub(crate) fn current_story(&self) -> &OpenStory {
        &self.stories[self.current]
    }

    pub(crate) fn current_story_mut(&mut self) -> &mut OpenStory {
        &mut self.stories[self.current]
    }

    /// The index of the current story, and the number of open stories.
    pub(crate) fn story_position(&self) -> (usize, usize) {
        (self.current, self.stories.len())
    }

    /// The mode that decides what the next key does.
    pub(crate) fn mode(&self) -> Mode {
        match (self.panel(), self.focus) {
            (Some(panel), _) => panel.mode(),
            (None, Focus::Story) => Mode::Story,
            (None, Focus::SidePane) => Mode::SidePane,
        }
    }

    /// The height of the story pane in rows.
    pub(crate) fn page_height(&self) -> usize {
        usize::from(self.panes.text.height)
    }

    /// The offset up to which the story is read: the end of the screen, where there is one, else the cursor.
    pub(crate) fn read_to(&self) -> usize {
        let open_story = self.current_story();
        if self.shows_page {
            open_story.viewport.end_of_screen(&open_story.page, self.page_height())
        } else {
            open_story.viewport.visible_offset()
        }
    }

    /// Adapts the layout to a new screen size.
    pub(crate) fn resize(&mut self, screen: Size) {
        self.screen_size = screen;
        self.relayout();
    }

    /// Lays out the panes and the current story for the screen size.
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
        // Where a small screen scrolls the list to is forgotten on the next large one.
        self.follow_focus();
    }

    /// Makes the pane without focus follow the one with focus, and the list stay where it is shown.
    pub(crate) fn sync_panes(&mut self) {
        self.follow_focus();
        let height = self.list_height();
        self.current_story_mut().side_pane.open_list_mut().clamp_scroll(height);
    }

    /// Makes the pane without focus, and the third column, follow the pane with focus.
    fn follow_focus(&mut self) {
        let page_height = self.page_height();
        let focus = self.focus;
        let reading = self.current_story_mut();
        match focus {
            Focus::Story => {
                reading.viewport.preview = None;
                reading.select_at_cursor(page_height);
            }
            Focus::SidePane => reading.preview_selection(),
        }
        let subject = self.chosen_subject();
        let width = usize::from(self.panes.detail.width);
        self.current_story_mut().update_detail(subject.filter(|_| width > 0), width);
    }

    pub(crate) fn notify(&mut self, message: &str) {
        self.notice = Some(message.to_string());
    }

    /// Says why a story was not opened, together with others of which the user was told just before.
    pub(crate) fn notify_not_opened(&mut self, message: &str) {
        if self.notice.is_none() {
            self.not_opened.clear();
        }
        self.failures.push(message.to_string());
        self.not_opened.push(message.to_string());
        self.notice = Some(match self.not_opened.as_slice() {
            [message] => message.clone(),
            messages => format!("{} stories were not opened: {}", messages.len(), messages.join(" · ")),
        });
    }

    /// Replaces the notice by `more` if it still is `said`.
    pub(crate) fn extend_notice(&mut self, expected: &str, more: &str) {
        if self.notice.as_deref() == Some(expected) {
            self.notify(more);
        }
    }

    /// The height of the side pane's list in rows, without its tabs.
    pub(crate) fn list_height(&self) -> usize {
        usize::from(self.panes.list().height)
    }
}
