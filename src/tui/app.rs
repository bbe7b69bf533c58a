//! What the reader sees and where he stands; [`App::update`] and its like alone change it.

use std::sync::Arc;

use pullquote::story::Story;
use ratatui::layout::Size;

use crate::config::settings::Settings;
use crate::storage::{Change, Past};
use crate::tui::input::action::Action;
use crate::tui::input::keymap::{Begun, Keymap, Room};
use crate::tui::layout::panes::{Panes, Wish};
use crate::tui::layout::typesetter::Setting;
use crate::tui::open_story::Reading;
use crate::tui::open_story::statistics::Statistics;
use crate::tui::overlay::annotations::Leavings;
use crate::tui::overlay::filter_panel::Picker;
use crate::tui::overlay::help::Help;
use crate::tui::overlay::history::History;
use crate::tui::overlay::note_editor::Pad;
use crate::tui::overlay::picker::Chooser;
use crate::tui::overlay::search_prompt::{Searches, Seeking};
use crate::tui::overlay::speaker_picker::Whom;
use crate::tui::overlay::tour::Tour;
use crate::tui::style::theme::Themes;

/// The whole state of the reader.
pub(crate) struct App {
    /// One a story, in the order of the command line; never empty.
    pub(crate) readings: Vec<Reading>,
    pub(crate) current: usize,
    pub(crate) focus: Focus,
    pub(crate) open: Open,
    /// The keys of a command that is half typed.
    pub(crate) begun: Begun,
    /// What the last command has to say.
    pub(crate) notice: Option<String>,
    pub(crate) panes: Panes,
    pub(crate) help: Help,
    pub(crate) searches: Searches,
    pub(crate) tour: Tour,
    /// The size that everything is laid out for.
    pub(crate) screen: Size,
    pub(crate) themes: Themes,
    pub(crate) wish: Wish,
    pub(crate) setting: Setting,
    /// Whether all but the paragraph where the reader stands is dimmed.
    pub(crate) alone: bool,
    /// What is to be kept, by the story's number, and has not been told yet.
    pub(crate) changes: Vec<(usize, Change)>,
    /// Whether there is somebody who keeps it.
    pub(crate) keeps: bool,
    /// The stories from which others were reached by a jump, each with the depth of the other's way back.
    pub(crate) crossings: Vec<(usize, usize)>,
    /// Whether the mouse is the reader's.
    pub(crate) mouse: bool,
    /// Whether the border between the panes is being dragged.
    pub(crate) dragging: bool,
}

/// The pane to which the keys go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Focus {
    Story,
    Findings,
}

/// What lies over the page.
pub(crate) enum Open {
    Nothing,
    /// The help page, from a row on.
    Help(usize),
    Search(Seeking),
    Picker(Picker),
    /// The list of themes, and the number of the one that was on before.
    Themes(usize),
    /// The story in figures, from a row on.
    Statistics(Statistics, usize),
    /// A letter is awaited, for a mark or to go to one.
    Letter(Action),
    /// A note that is being written.
    Note(Pad),
    /// Marks and notes.
    Leavings(Leavings),
    /// Stories read before.
    History(History),
    /// Why a quote is its speaker's, from a row on.
    Why(usize),
    Whom(Whom),
    Chooser(Chooser),
}

/// What an update wants of the world outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    None,
    Copy(Copied),
    /// The mouse is the reader's, or the terminal's.
    Mouse(bool),
    Redraw,
    Suspend,
    /// To show this address in a browser.
    Browse(String),
    /// To edit the file of the story being read, at the line where the reader stands.
    Edit,
    /// To be told which stories were read.
    History,
    /// To open one of them.
    Open(Past),
    Quit,
}

/// What goes to the clipboard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Copied {
    pub(crate) words: String,
    /// What that is: "Kerry's quote".
    pub(crate) what: String,
}

impl App {
    /// Over the first of some stories; the others are its neighbours.
    pub(crate) fn new(
        first: Arc<Story>,
        others: impl IntoIterator<Item = Arc<Story>>,
        keymap: &Keymap,
    ) -> Self {
        Self {
            readings: std::iter::once(first).chain(others).map(Reading::new).collect(),
            current: 0,
            focus: Focus::Story,
            open: Open::Nothing,
            begun: Begun::default(),
            notice: None,
            panes: Panes::default(),
            searches: Searches::default(),
            help: Help::of(keymap),
            tour: Tour::of(keymap),
            screen: Size::default(),
            themes: Themes::default(),
            wish: Wish::default(),
            changes: Vec::new(),
            keeps: false,
            setting: Setting::default(),
            alone: false,
            crossings: Vec::new(),
            mouse: true,
            dragging: false,
        }
    }

    /// Begins as a person has set it.
    pub(crate) fn set_up(&mut self, settings: &Settings) {
        self.mouse = settings.mouse;
        let Settings { width, side, centre, gap, justify, hyphenate, .. } = *settings;
        self.wish = Wish { text: width, side, centred: centre, ..self.wish };
        let gap = usize::from(gap);
        self.setting = Setting { gap, justified: justify, hyphenated: hyphenate, ..self.setting };
        for reading in &mut self.readings {
            reading.filter.way = settings.filter;
        }
    }

    /// The story being read.
    pub(crate) fn reading(&self) -> &Reading {
        &self.readings[self.current]
    }

    pub(crate) fn reading_mut(&mut self) -> &mut Reading {
        &mut self.readings[self.current]
    }

    /// The number of the story, from 0, and how many there are.
    pub(crate) fn number(&self) -> (usize, usize) {
        (self.current, self.readings.len())
    }

    /// Where the next key is pressed.
    pub(crate) fn room(&self) -> Room {
        match (&self.open, self.focus) {
            (Open::Help(_), _) => Room::Help,
            (Open::Search(_), _) => Room::Search,
            (Open::Picker(_), _) => Room::Picker,
            (Open::Themes(_), _) => Room::Themes,
            (Open::Statistics(..), _) => Room::Statistics,
            (Open::Letter(_), _) => Room::Letter,
            (Open::Note(_), _) => Room::Note,
            (Open::Leavings(_) | Open::History(_), _) => Room::List,
            (Open::Why(_), _) => Room::Why,
            (Open::Whom(_), _) => Room::Whom,
            (Open::Chooser(_), _) => Room::Chooser,
            (Open::Nothing, Focus::Story) => Room::Story,
            (Open::Nothing, Focus::Findings) => Room::Findings,
        }
    }

    /// The rows of the story pane.
    pub(crate) fn height(&self) -> usize {
        usize::from(self.panes.text.height)
    }

    /// The screen has a new size.
    pub(crate) fn resize(&mut self, screen: Size) {
        self.screen = screen;
        self.set();
    }

    /// Puts the panes and the page of the story being read to the screen's size.
    pub(crate) fn set(&mut self) {
        self.wish.strip = self.tour.rows(usize::from(self.screen.width.saturating_sub(2))).len() as u16;
        self.panes = Panes::of(self.screen, self.wish);
        self.setting.width = usize::from(self.panes.text.width);
        let setting = self.setting;
        let pane = self.panes.list().as_size();
        if self.panes.has_page() {
            self.reading_mut().set(setting);
            self.reading_mut().fit(pane);
        }
        self.follow();
    }

    /// Takes one pane along with the other.
    pub(crate) fn follow(&mut self) {
        let height = self.list_height();
        let focus = self.focus;
        let reading = self.reading_mut();
        match focus {
            Focus::Story => {
                reading.stand.preview = None;
                reading.mark_here();
            }
            Focus::Findings => reading.look_at_chosen(),
        }
        reading.side.open_mut().settle(height);
    }

    pub(crate) fn say(&mut self, words: &str) {
        self.notice = Some(words.to_string());
    }

    /// Says more of what is still being said; of what is gone, nothing.
    pub(crate) fn say_more(&mut self, said: &str, more: &str) {
        if self.notice.as_deref() == Some(said) {
            self.say(more);
        }
    }

    /// The rows of the side pane's list, under its tabs.
    pub(crate) fn list_height(&self) -> usize {
        usize::from(self.panes.list().height)
    }
}
