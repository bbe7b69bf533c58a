//! What the reader sees and where he stands; [`App::update`] and its like alone change it.

use std::sync::Arc;

use pullquote::analysis::Analysis;
use pullquote::story::Story;
use ratatui::layout::Size;

use super::action::Action;
use super::chooser::Chooser;
use super::citation::{citation, passage};
use super::compositor::Setting;
use super::help::Help;
use super::history::History;
use super::keymap::{Begun, Keymap, Room};
use super::leavings::Leavings;
use super::pad::Pad;
use super::panes::{Panes, Wish};
use super::picker::Picker;
use super::reading::Reading;
use super::searches::{Searches, Seeking};
use super::side::Tab;
use super::statistics::Statistics;
use super::theme::Themes;
use super::tour::Tour;
use super::whom::Whom;
use crate::keeping::{Change, Past};
use crate::settings::Settings;

/// The whole state of the reader.
pub(super) struct App {
    /// One a story, in the order of the command line; never empty.
    pub(super) readings: Vec<Reading>,
    pub(super) current: usize,
    pub(super) focus: Focus,
    pub(super) open: Open,
    /// The keys of a command that is half typed.
    pub(super) begun: Begun,
    /// What the last command has to say.
    pub(super) notice: Option<String>,
    pub(super) panes: Panes,
    pub(super) help: Help,
    pub(super) searches: Searches,
    pub(super) tour: Tour,
    /// The size that everything is laid out for.
    pub(super) screen: Size,
    pub(super) themes: Themes,
    pub(super) wish: Wish,
    pub(super) setting: Setting,
    /// Whether all but the paragraph where the reader stands is dimmed.
    pub(super) alone: bool,
    /// What is to be kept, by the story's number, and has not been told yet.
    pub(super) changes: Vec<(usize, Change)>,
    /// Whether there is somebody who keeps it.
    pub(super) keeps: bool,
    /// The stories from which others were reached by a jump, each with the depth of the other's way back.
    pub(super) crossings: Vec<(usize, usize)>,
    /// Whether the mouse is the reader's.
    pub(super) mouse: bool,
    /// Whether the border between the panes is being dragged.
    pub(super) dragging: bool,
}

/// The pane to which the keys go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Focus {
    Story,
    Findings,
}

/// What lies over the page.
pub(super) enum Open {
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
pub(super) enum Effect {
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
pub(super) struct Copied {
    pub(super) words: String,
    /// What that is: "Kerry's quote".
    pub(super) what: String,
}

impl App {
    /// Over the first of some stories; the others are its neighbours.
    pub(super) fn new(
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
    pub(super) fn set_up(&mut self, settings: &Settings) {
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
    pub(super) fn reading(&self) -> &Reading {
        &self.readings[self.current]
    }

    pub(super) fn reading_mut(&mut self) -> &mut Reading {
        &mut self.readings[self.current]
    }

    /// The number of the story, from 0, and how many there are.
    pub(super) fn number(&self) -> (usize, usize) {
        (self.current, self.readings.len())
    }

    /// Where the next key is pressed.
    pub(super) fn room(&self) -> Room {
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
    pub(super) fn height(&self) -> usize {
        usize::from(self.panes.text.height)
    }

    /// The screen has a new size.
    pub(super) fn resize(&mut self, screen: Size) {
        self.screen = screen;
        self.set();
    }

    /// The engine has read a story, or has broken down over it.
    pub(super) fn found(&mut self, story: usize, analysis: Option<Analysis>) {
        if let Some(reading) = self.readings.get_mut(story) {
            reading.found(analysis);
        }
        self.relist();
        self.follow();
    }

    /// A sign typed into a line, or words pasted there; elsewhere pasted words are no commands.
    pub(super) fn typed(&mut self, words: &str) {
        if let Open::Letter(action) = self.open {
            return self.letter(action, words);
        }
        if matches!(self.open, Open::Note(_)) {
            return self.write(words);
        }
        self.retype(|line| line.extend(words.chars().filter(|it| !it.is_control())));
    }

    /// Does what a key asks for.
    pub(super) fn update(&mut self, action: Action) -> Effect {
        let count = self.begun.count.take();
        self.notice = None;
        self.lead(action);
        match action {
            Action::Quit => return Effect::Quit,
            Action::Redraw => return Effect::Redraw,
            Action::Suspend => return Effect::Suspend,
            _ => {}
        }
        match self.open {
            Open::Help(top) => self.in_help(action, top),
            Open::Search(_) => self.in_search(action),
            Open::Picker(_) => self.in_picker(action),
            Open::Letter(_) => self.open = Open::Nothing,
            Open::Note(_) => self.in_note(action),
            Open::Leavings(_) => self.in_leavings(action),
            Open::History(_) => return self.in_history(action),
            Open::Why(top) => return self.in_why(action, top, count),
            Open::Whom(_) => self.in_whom(action),
            Open::Themes(before) => self.in_themes(action, before),
            Open::Statistics(..) => self.in_statistics(action),
            Open::Chooser(_) => return self.in_chooser(action),
            Open::Nothing => return self.on_page(action, count),
        }
        Effect::None
    }

    pub(super) fn on_page(&mut self, action: Action, count: Option<usize>) -> Effect {
        if let Some(words) = self.reading().lacks_findings().filter(|_| action.needs_findings()) {
            self.say(words);
            return Effect::None;
        }
        let times = isize::try_from(count.unwrap_or(1)).unwrap_or(1);
        let height = self.height();
        let half = (height / 2).max(1).cast_signed();
        let page = height.saturating_sub(2).max(1).cast_signed();
        match action {
            Action::Forward => self.step(times),
            Action::Back => self.step(-times),
            Action::HalfForward => self.scroll(half * times),
            Action::HalfBack => self.scroll(-half * times),
            Action::PageForward => self.scroll(page * times),
            Action::PageBack => self.scroll(-page * times),
            Action::NextParagraph => self.step_group(times),
            Action::PreviousParagraph => self.step_group(-times),
            Action::ToStart => self.run(false),
            Action::ToEnd => self.run(true),
            Action::ReturnBack => self.return_to(times, true),
            Action::ReturnForward => self.return_to(times, false),
            Action::Mark | Action::ToMark => self.open = Open::Letter(action),
            Action::Note => self.note(),
            Action::MarksAndNotes => self.list_leavings(),
            Action::History => return Effect::History,
            Action::NextQuote => self.walk(|it| it.walk_quotes(times, height)),
            Action::PreviousQuote => self.walk(|it| it.walk_quotes(-times, height)),
            Action::NextBySame => self.walk(|it| it.walk_speaker(times, height)),
            Action::PreviousBySame => self.walk(|it| it.walk_speaker(-times, height)),
            Action::NextName => self.walk(|it| it.walk_names(times, height)),
            Action::PreviousName => self.walk(|it| it.walk_names(-times, height)),
            Action::NextMention => self.walk(|it| it.walk_mentions(times, height)),
            Action::PreviousMention => self.walk(|it| it.walk_mentions(-times, height)),
            Action::NextHit => self.walk_hits(times),
            Action::PreviousHit => self.walk_hits(-times),
            Action::Why => self.ask(),
            Action::Correct => self.correct(),
            Action::Copy => return self.copy(),
            Action::CopyParagraph => return self.copy_paragraph(),
            Action::SwitchPane => self.switch_pane(count),
            Action::Go => self.go(),
            Action::Profile => self.profile_here(),
            Action::NextTab => self.turn_tab(times),
            Action::PreviousTab => self.turn_tab(-times),
            Action::Quotes => self.open_tab(Tab::Quotes),
            Action::People => self.open_tab(Tab::People),
            Action::Organisations => self.open_tab(Tab::Organisations),
            Action::Places => self.open_tab(Tab::Places),
            Action::WiderText => self.widen_text(2 * times),
            Action::NarrowerText => self.widen_text(-2 * times),
            Action::WiderSide => self.widen_side(2 * times),
            Action::NarrowerSide => self.widen_side(-2 * times),
            Action::Centre => self.centre(),
            Action::CycleGap => self.cycle_gap(),
            Action::Justify => self.justify(),
            Action::Hyphenate => self.hyphenate(),
            Action::Alone => self.stand_alone(),
            Action::Zen => self.zen(),
            Action::Themes => self.pick_theme(),
            Action::Statistics => self.show_statistics(),
            Action::PickSpeakers => self.pick_speakers(),
            Action::OnlySpeaker => self.only_speaker(),
            Action::CycleKinds => self.cycle_kinds(),
            Action::OnlyDoubtful => self.only_doubtful(),
            Action::CycleFilter => self.cycle_filter(),
            Action::SwitchFilter => self.switch_filter(),
            Action::Search => self.search(false),
            Action::SearchBack => self.search(true),
            Action::NextStory => self.turn_story(times),
            Action::PreviousStory => self.turn_story(-times),
            Action::Stories => self.list_stories(),
            Action::SpeakerAcross => self.speaker_across(),
            Action::OpenSource => return self.open_source(),
            Action::Edit => return Effect::Edit,
            Action::Palette => self.open_palette(),
            Action::Mouse => return self.turn_mouse(),
            Action::Tour => self.turn_tour(),
            Action::Help => self.open = Open::Help(0),
            Action::Cancel => self.cancel(),
            // Done before, or part of a line that is typed.
            Action::Redraw
            | Action::Suspend
            | Action::Quit
            | Action::Toggle
            | Action::Delete
            | Action::NewLine
            | Action::Accept
            | Action::SwitchRegex
            | Action::OlderSearch
            | Action::NewerSearch
            | Action::Erase
            | Action::EraseWord
            | Action::EraseAll => {}
        }
        Effect::None
    }

    /// Puts the panes and the page of the story being read to the screen's size.
    pub(super) fn set(&mut self) {
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

    fn turn_story(&mut self, stories: isize) {
        let last = self.readings.len() - 1;
        let next = self.current.saturating_add_signed(stories).min(last);
        if next == self.current {
            self.say(if last == 0 { "this is the only story" } else { "no further story" });
        }
        self.current = next;
        self.set();
        self.greet();
    }

    fn copy(&mut self) -> Effect {
        let reading = self.reading();
        let cited = self.quote_here().and_then(|quote| {
            let findings = reading.findings()?;
            let speaker = findings.speaker_of(quote)?;
            let whose = findings.who(speaker).map(|_| format!("{}'s quote", findings.short_name(speaker)));
            let what = whose.unwrap_or("the quote of an unknown speaker".to_string());
            Some(Copied { words: citation(&reading.story, findings, quote)?, what })
        });
        if let Some(cited) = cited {
            return Effect::Copy(cited);
        }
        self.say("stand on a quote to copy it");
        Effect::None
    }

    fn copy_paragraph(&mut self) -> Effect {
        let reading = self.reading();
        let block = reading.story.block_at(reading.stand.seen()).map(|it| reading.story.blocks()[it]);
        let words = block.map(|it| passage(&reading.story, it.span));
        if let Some(words) = words {
            return Effect::Copy(Copied { words, what: "the paragraph".to_string() });
        }
        self.say("stand on a paragraph to copy it");
        Effect::None
    }

    fn cancel(&mut self) {
        if self.focus == Focus::Findings {
            if !self.reading_mut().side.close_profile() {
                self.focus = Focus::Story;
            }
        } else if self.wish.zen && self.reading().hits.is_empty() {
            self.zen();
        } else {
            self.reading_mut().forget_hits();
        }
        self.follow();
    }

    pub(super) fn say(&mut self, words: &str) {
        self.notice = Some(words.to_string());
    }

    /// Says more of what is still being said; of what is gone, nothing.
    pub(super) fn say_more(&mut self, said: &str, more: &str) {
        if self.notice.as_deref() == Some(said) {
            self.say(more);
        }
    }

    /// The rows of the side pane's list, under its tabs.
    pub(super) fn list_height(&self) -> usize {
        usize::from(self.panes.list().height)
    }
}
