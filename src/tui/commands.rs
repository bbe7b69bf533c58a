//! Commands: what each action does to the state.

pub(crate) mod annotations;
pub(crate) mod bookmark;
pub(crate) mod correction;
pub(crate) mod explanation;
pub(crate) mod external;
pub(crate) mod filter;
pub(crate) mod help;
pub(crate) mod history;
pub(crate) mod motion;
pub(crate) mod mouse;
pub(crate) mod note;
pub(crate) mod picker;
pub(crate) mod prompt;
pub(crate) mod search;
pub(crate) mod side_pane;
pub(crate) mod statistics;
pub(crate) mod storage;
pub(crate) mod theme;
pub(crate) mod tour;
pub(crate) mod typography;

use pullquote::analysis::Analysis;

use crate::tui::app::{App, Effect, Focus, Open};
use crate::tui::input::action::Action;
use crate::tui::open_story::side_pane::Tab;

impl App {
    /// Does what a key asks for.
    pub(crate) fn update(&mut self, action: Action) -> Effect {
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

    fn on_page(&mut self, action: Action, count: Option<usize>) -> Effect {
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

    pub(crate) fn cancel(&mut self) {
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

    /// A sign typed into a line, or words pasted there; elsewhere pasted words are no commands.
    pub(crate) fn typed(&mut self, words: &str) {
        if let Open::Letter(action) = self.open {
            return self.letter(action, words);
        }
        if matches!(self.open, Open::Note(_)) {
            return self.write(words);
        }
        self.retype(|line| line.extend(words.chars().filter(|it| !it.is_control())));
    }

    /// The engine has read a story, or has broken down over it.
    pub(crate) fn found(&mut self, story: usize, analysis: Option<Analysis>) {
        if let Some(reading) = self.readings.get_mut(story) {
            reading.found(analysis);
        }
        self.relist();
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
}
