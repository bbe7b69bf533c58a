//! The dispatcher: performs each action on the open panel or on the page.

mod analysis;
mod mouse;
mod storage;

use crossterm::event::KeyEvent;

use crate::tui::app::panel::Response;
use crate::tui::app::{App, Effect};
use crate::tui::input::action::{Action, Section};
use crate::tui::input::keymap::key::Key;
use crate::tui::input::keymap::{Keymap, KeymapResult, Mode};
use crate::tui::open_story::AnalysisState;
use crate::tui::open_story::findings::Findings;
use crate::tui::open_story::navigation::{NO_QUOTES, STILL_ANALYSING};
use crate::tui::open_story::side_pane::Tab;
use crate::tui::panels::bookmark_letter::BookmarkLetter;
use crate::tui::panels::help_page::HelpPage;

/// How many commands wait for the analysis, at most.
const MAX_WAITING_ACTIONS: usize = 100;

impl App {
    /// Performs an action and returns the side effect that it asks for.
    pub(crate) fn update(&mut self, action: Action) -> Effect {
        let count = self.pending_keys.count.take();
        self.notice = None;
        self.take_held_analyses();
        match action {
            Action::Quit => return Effect::Quit,
            Action::Redraw => return Effect::Redraw,
            Action::Suspend => return Effect::Suspend,
            _ => {}
        }
        let shown_by_tour = self.action_shown_by_tour(action);
        if self.ends_tour_step(action) {
            if let Some(shown) = shown_by_tour {
                self.update_page(shown, None);
            }
            return Effect::None;
        }
        let effect = self.perform(action, count);
        self.advance_tour(action, &effect);
        effect
    }

    /// Performs an action on the open panel or on the page.
    fn perform(&mut self, action: Action, count: Option<usize>) -> Effect {
        self.annotations_requested = false;
        let action = if self.is_closing_erase(action) { Action::Cancel } else { action };
        if action.edits_text() && self.edit_input(|input| input.apply(action)) {
            return Effect::None;
        }
        if action == Action::Help && self.mode() != Mode::Help && self.panel().is_some() {
            self.open_panel(HelpPage::new(self.mode()));
            return Effect::None;
        }
        let place = self.panels.len().saturating_sub(1);
        match self.with_panel(|panel, app| panel.update(app, action)) {
            Some(response) => self.respond(response, place, count),
            None => self.update_page(action, count),
        }
    }

    /// Does what the panel at a place among the open ones asks for.
    fn respond(&mut self, response: Response, place: usize, count: Option<usize>) -> Effect {
        match response {
            Response::Stay => Effect::None,
            Response::Close => {
                self.close_panel_at(place);
                Effect::None
            }
            Response::Pass(action) => {
                let effect = self.update_page(action, count);
                self.with_panel(|panel, app| panel.refresh(app));
                effect
            }
            Response::Run(action) => {
                self.close_panel_at(place);
                self.update(action)
            }
            Response::Effect(effect) => effect,
            Response::CloseWith(effect) => {
                self.close_panel_at(place);
                effect
            }
        }
    }

    /// Handles a key: performs its command, types its character, or says that it does nothing.
    pub(crate) fn press(&mut self, keymap: &Keymap, key: KeyEvent) -> Effect {
        let mode = self.mode();
        let name = format!("{}{}", self.pending_keys, Key::from_event(key));
        match keymap.feed(&mut self.pending_keys, mode, key) {
            KeymapResult::Action(action) => return self.update(action),
            KeymapResult::Typed(ch) => self.insert_text(ch.encode_utf8(&mut [0; 4])),
            KeymapResult::Pending => self.notice = None,
            KeymapResult::NotFound => {
                self.notify_unbound(name.trim_start_matches(|it: char| it.is_ascii_digit()));
            }
        }
        Effect::None
    }

    /// Says that a key does nothing here, once for each key.
    fn notify_unbound(&mut self, key: &str) {
        self.notice = None;
        if !key.is_empty() && self.unbound_keys.insert(key.to_string()) {
            let help = self.help.key(Action::Help).to_string();
            self.notify(&format!("{key} does nothing here; {help} shows the keys"));
        }
    }

    /// Inserts typed or pasted text into the open panel. Without a panel, pasted text is ignored.
    pub(crate) fn insert_text(&mut self, text: &str) {
        let place = self.panels.len().saturating_sub(1);
        let inserted = self.with_panel(|panel, app| {
            app.notice = None;
            panel.insert(app, text)
        });
        if let Some(response) = inserted {
            self.respond(response, place, None);
        }
    }

    /// Performs an action while no panel is open.
    fn update_page(&mut self, action: Action, count: Option<usize>) -> Effect {
        if let Some(text) = self.current_story().missing_findings_reason().filter(|_| action.needs_findings())
        {
            if matches!(self.current_story().analysis_state, AnalysisState::Pending) {
                self.wait_for_analysis(action, count);
            } else {
                self.notify(text);
            }
            return Effect::None;
        }
        let has_no_quotes = |it: &Findings| it.analysis.quotes.is_empty() && it.analysis.rejected.is_empty();
        if action.needs_quotes() && self.current_story().findings().is_some_and(has_no_quotes) {
            self.navigate(|_| Some(NO_QUOTES.into()));
            return Effect::None;
        }
        let times = isize::try_from(count.unwrap_or(1)).unwrap_or(1);
        match action.section() {
            Section::Moving => return self.update_position(action, times),
            Section::Quotes => return self.update_quotes_and_names(action, times),
            Section::SidePane => self.update_side_pane(action, times, count),
            Section::TextLayout => self.update_text_layout(action, times),
            Section::Filtering => self.update_filtering(action),
            Section::Searching => self.update_searching(action, times),
            Section::Program => return self.update_program(action, times),
        }
        Effect::None
    }

    /// Keeps a command until the analysis is ready.
    fn wait_for_analysis(&mut self, action: Action, count: Option<usize>) {
        if self.waiting_actions.len() < MAX_WAITING_ACTIONS {
            self.waiting_actions.push((action, count));
        }
        let key = self.help.key(Action::Cancel).to_string();
        self.notify(&format!("{STILL_ANALYSING} then: {} ({key} = no)", action.description()));
    }

    /// Moves through the pane that has the focus, and opens bookmarks, notes and the history.
    fn update_position(&mut self, action: Action, times: isize) -> Effect {
        let height = self.page_height();
        let half = (height / 2).max(1).cast_signed();
        let page = height.saturating_sub(2).max(1).cast_signed();
        match action {
            Action::Forward => self.move_cursor(times),
            Action::Back => self.move_cursor(-times),
            Action::HalfPageForward => self.scroll(half * times),
            Action::HalfPageBack => self.scroll(-half * times),
            Action::PageForward => self.scroll(page * times),
            Action::PageBack => self.scroll(-page * times),
            Action::NextParagraph => self.move_by_group(times),
            Action::PreviousParagraph => self.move_by_group(-times),
            Action::ToStart => self.move_to_edge(false),
            Action::ToEnd => self.move_to_edge(true),
            Action::NextHeading => self.navigate(|it| it.navigate_headings(times, height)),
            Action::PreviousHeading => self.navigate(|it| it.navigate_headings(-times, height)),
            Action::Headings => self.open_heading_list(),
            Action::JumpBack => self.move_through_jumps(times, true),
            Action::JumpForward => self.move_through_jumps(times, false),
            Action::Bookmark | Action::GoToBookmark => {
                self.open_panel(BookmarkLetter { action });
            }
            Action::Note => self.open_note_editor(),
            Action::BookmarksAndNotes => self.open_annotations(),
            Action::Undo => self.undo(),
            Action::History => return Effect::LoadHistory,
            _ => debug_assert!(action.is_panel_only(), "{action:?} has no command"),
        }
        Effect::None
    }

    /// Moves between quotes and names; explains, corrects or copies what is at the cursor.
    fn update_quotes_and_names(&mut self, action: Action, times: isize) -> Effect {
        let height = self.page_height();
        match action {
            Action::NextQuote => self.navigate(|it| it.navigate_quotes(times, height)),
            Action::PreviousQuote => self.navigate(|it| it.navigate_quotes(-times, height)),
            Action::NextBySpeaker => self.navigate(|it| it.navigate_speaker_quotes(times, height)),
            Action::PreviousBySpeaker => self.navigate(|it| it.navigate_speaker_quotes(-times, height)),
            Action::NextName => self.navigate(|it| it.navigate_names(times, height)),
            Action::PreviousName => self.navigate(|it| it.navigate_names(-times, height)),
            Action::NextMention => self.navigate(|it| it.navigate_mentions(times, height)),
            Action::PreviousMention => self.navigate(|it| it.navigate_mentions(-times, height)),
            Action::Why => self.open_explanation(),
            Action::Correct => self.open_speaker_picker(),
            Action::Copy => return self.copy_quote(),
            Action::CopyParagraph => return self.copy_paragraph(),
            Action::CopyAll => return self.copy_shown(),
            Action::Confirm => self.confirm_speaker(),
            Action::Review => self.open_review(),
            Action::AllQuotes => self.open_quotes_page(),
            Action::Compare => self.compare_speaker(),
            _ => debug_assert!(action.is_panel_only(), "{action:?} has no command"),
        }
        Effect::None
    }

    /// Moves between the panes, the tabs and the items of the side pane.
    fn update_side_pane(&mut self, action: Action, times: isize, count: Option<usize>) {
        match action {
            Action::SwitchPane => self.switch_pane(count),
            Action::Open => self.activate(),
            Action::Profile => self.open_profile(),
            Action::NextTab => self.switch_tab(times),
            Action::PreviousTab => self.switch_tab(-times),
            Action::Quotes => self.open_tab(Tab::Quotes),
            Action::People => self.open_tab(Tab::People),
            Action::Organisations => self.open_tab(Tab::Organisations),
            Action::Places => self.open_tab(Tab::Places),
            Action::SortSpeakers => self.sort_speakers(),
            _ => debug_assert!(action.is_panel_only(), "{action:?} has no command"),
        }
    }

    /// Changes how the text is laid out, and opens themes and statistics.
    fn update_text_layout(&mut self, action: Action, times: isize) {
        match action {
            Action::WiderText => self.widen_text(2 * times),
            Action::NarrowerText => self.widen_text(-2 * times),
            Action::WiderSide => self.widen_side(2 * times),
            Action::NarrowerSide => self.widen_side(-2 * times),
            Action::CenterText => self.toggle_centered(),
            Action::CycleParagraphSpacing => self.cycle_paragraph_gap(),
            Action::Justify => self.toggle_justified(),
            Action::Hyphenate => self.toggle_hyphenated(),
            Action::FocusParagraph => self.toggle_paragraph_focus(),
            Action::Zen => self.toggle_zen(),
            Action::Themes => self.open_theme_list(),
            Action::Statistics => self.open_statistics(),
            Action::ResetSettings => self.reset_settings(),
            _ => debug_assert!(action.is_panel_only(), "{action:?} has no command"),
        }
    }

    /// Changes the filter.
    fn update_filtering(&mut self, action: Action) {
        match action {
            Action::FilterQuotes => self.open_filter_panel(),
            Action::OnlySpeaker => self.toggle_only_speaker(),
            Action::QuotationsOnly => self.toggle_quotations_only(),
            Action::CycleQuoteKinds => self.cycle_quote_kinds(),
            Action::OnlyUncertain => self.toggle_only_uncertain(),
            Action::CycleMinConfidence => self.cycle_min_confidence(),
            Action::ToggleStance => self.toggle_stance(),
            Action::CycleFilterDisplay => self.cycle_filter_display(),
            Action::ToggleFilter => self.toggle_filter(),
            _ => debug_assert!(action.is_panel_only(), "{action:?} has no command"),
        }
    }

    /// Opens the search prompt, or moves between matches.
    fn update_searching(&mut self, action: Action, times: isize) {
        match action {
            Action::NextMatch => self.go_to_match(times),
            Action::PreviousMatch => self.go_to_match(-times),
            Action::Search => self.open_search_prompt(false),
            Action::SearchBack => self.open_search_prompt(true),
            Action::Matches => self.open_match_list(),
            _ => debug_assert!(action.is_panel_only(), "{action:?} has no command"),
        }
    }

    /// Changes the open story, and runs the commands of the program itself.
    fn update_program(&mut self, action: Action, times: isize) -> Effect {
        match action {
            Action::NextStory => self.switch_story(times),
            Action::PreviousStory => self.switch_story(-times),
            Action::Stories => self.open_story_list(),
            Action::SpeakerInAllStories => self.open_speaker_quotes(),
            Action::OpenWebPage => return self.open_web_page(),
            Action::Links => self.open_links(),
            Action::EditFile => return Effect::OpenEditor,
            Action::CommandPalette => self.open_palette(),
            Action::ToggleMouse => return self.toggle_mouse(),
            Action::Tour => self.toggle_tour(),
            Action::Help => self.open_panel(HelpPage::new(self.mode())),
            Action::Cancel if !self.waiting_actions.is_empty() => self.waiting_actions.clear(),
            Action::Cancel => self.cancel(),
            _ => debug_assert!(action.is_panel_only(), "{action:?} has no command"),
        }
        Effect::None
    }
}

#[cfg(test)]
mod tests {
    use crate::tui::input::action::Action;
    use crate::tui::tests::TestApp;

    #[test]
    fn every_action_has_a_command_on_the_page_or_belongs_to_a_panel() {
        for action in Action::ALL {
            let mut test_app = TestApp::new();
            // An action without a command fails an assertion.
            test_app.app.update(*action);
        }
    }
}
