//! The key hints at the right of the status bar: the most useful commands here, as many as fit.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::tui::input::action::Action;
use crate::tui::input::keymap::Mode;
use crate::tui::open_story::list::ListRow;
use crate::tui::overlay::Overlay;
use crate::tui::text::width::display_width;
use crate::tui::view::{RootView, draw_text_right};

/// A command with what it does here.
type KeyHint = (Action, Cow<'static, str>);

/// The columns between two hints.
const GAP: usize = 3;

impl RootView<'_> {
    /// Draws as many hints as fit at the right of a row, and returns the rest of the row.
    pub(crate) fn draw_hints(&self, mut row: Rect, buf: &mut Buffer) -> Rect {
        let mut fitting: Vec<(String, Cow<str>)> = Vec::new();
        let mut width = usize::from(row.width);
        for hint in self.hints() {
            let hint_width = self.hint_width(&hint);
            let (action, label) = hint;
            let key = self.keymap.first_key_in(action, self.app.mode());
            if key.is_empty() || hint_width > width {
                break;
            }
            width = width.saturating_sub(hint_width + GAP);
            fitting.push((key, label));
        }
        for (number, (key, label)) in fitting.iter().enumerate() {
            if number > 0 {
                row.width = row.width.saturating_sub(GAP as u16);
            }
            row = draw_text_right(&format!(" {label}"), row, self.theme.secondary.0, buf);
            row = draw_text_right(key, row, self.theme.key.0, buf);
        }
        row
    }

    /// Returns the columns of the first hint with the gap before it; 0 without hints.
    pub(super) fn first_hint_width(&self) -> usize {
        self.hints().first().map_or(0, |hint| self.hint_width(hint) + GAP)
    }

    /// Returns the columns of a hint: its key, a space, its label.
    fn hint_width(&self, (action, label): &KeyHint) -> usize {
        display_width(&self.keymap.first_key_in(*action, self.app.mode())) + 1 + display_width(label)
    }

    /// Returns the hints for the current mode, the most useful first, without those of no effect.
    fn hints(&self) -> Vec<KeyHint> {
        let has_several_stories = self.app.story_position().1 > 1;
        let has_findings = self.app.current_story().findings().is_some();
        let mut hints = match self.app.mode() {
            Mode::Story => self.story_hints(),
            Mode::SidePane => self.side_pane_hints(),
            mode => {
                self.overlay_hints(mode).iter().map(|(action, label)| (*action, (*label).into())).collect()
            }
        };
        hints.retain(|(action, _)| {
            (has_several_stories || *action != Action::NextStory)
                && (has_findings || !action.needs_findings())
        });
        hints
    }

    fn story_hints(&self) -> Vec<KeyHint> {
        let mut hints = vec![
            (Action::Help, "help".into()),
            (Action::SwitchPane, "quotes".into()),
            (Action::NextQuote, "next quote".into()),
            (Action::Quit, "quit".into()),
            (Action::NextStory, "next story".into()),
        ];
        hints.extend(self.only_speaker_hint());
        hints.extend([
            (Action::Copy, "copy".into()),
            (Action::CommandPalette, "commands".into()),
            (Action::FilterQuotes, "filter".into()),
            (Action::Search, "search".into()),
            (Action::Why, "why".into()),
            (Action::NextBySpeaker, "same speaker".into()),
        ]);
        hints
    }

    fn side_pane_hints(&self) -> Vec<KeyHint> {
        let side_pane = &self.app.current_story().side_pane;
        let only_speaker = self.only_speaker_hint();
        let mut hints: Vec<KeyHint> = vec![(Action::Help, "help".into())];
        if side_pane.profile().is_some() {
            hints.extend([(Action::Cancel, "back".into()), (Action::Open, "jump".into())]);
            hints.push((Action::SwitchPane, "story".into()));
            hints.extend(only_speaker);
            hints.push((Action::Copy, "copy".into()));
        } else if matches!(side_pane.selected(), Some(ListRow::Entity(_) | ListRow::UnknownSpeaker)) {
            hints.extend([(Action::SwitchPane, "story".into()), (Action::Open, "profile".into())]);
            hints.push((Action::NextTab, "next tab".into()));
            hints.extend(only_speaker);
        } else {
            hints.extend([(Action::SwitchPane, "story".into()), (Action::Open, "jump".into())]);
            hints.extend(only_speaker);
            hints.extend([(Action::Copy, "copy".into()), (Action::NextTab, "next tab".into())]);
        }
        hints.extend([(Action::Quit, "quit".into()), (Action::CommandPalette, "commands".into())]);
        hints
    }

    /// Returns the hint of the command that shows one speaker, or again all; `None` without a speaker here.
    fn only_speaker_hint(&self) -> Option<KeyHint> {
        let open_story = self.app.current_story();
        let filter = &open_story.filter;
        if filter.only_included_speaker().is_some() && !filter.is_off {
            return Some((Action::OnlySpeaker, "all speakers".into()));
        }
        let name = open_story.findings()?.short_speaker_name(self.app.focused_speaker()?);
        Some((Action::OnlySpeaker, format!("only {name}").into()))
    }

    /// Returns the hints while an overlay is open.
    fn overlay_hints(&self, mode: Mode) -> &'static [(Action, &'static str)] {
        match mode {
            Mode::Help if self.fits_help() => &[(Action::Cancel, "close")],
            Mode::Help => &[(Action::Cancel, "close"), (Action::PageForward, "scroll")],
            Mode::FilterPanel => {
                &[(Action::Cancel, "close"), (Action::Accept, "apply"), (Action::Toggle, "include/exclude")]
            }
            Mode::Search => &[
                (Action::Cancel, "back"),
                (Action::ToggleRegex, "regex"),
                (Action::OlderSearch, "history"),
                (Action::NextMatch, "next"),
            ],
            Mode::Themes => &[(Action::Cancel, "back"), (Action::Accept, "use"), (Action::Forward, "next")],
            Mode::Statistics => &[(Action::Cancel, "close"), (Action::Forward, "scroll")],
            Mode::BookmarkLetter => &[(Action::Cancel, "close")],
            Mode::Note => {
                &[(Action::Cancel, "close"), (Action::Accept, "save"), (Action::NewLine, "new line")]
            }
            Mode::List if matches!(self.app.overlay, Overlay::History(_)) => {
                &[(Action::Cancel, "close"), (Action::Open, "open")]
            }
            Mode::List => &[(Action::Cancel, "close"), (Action::Open, "jump"), (Action::Delete, "delete")],
            Mode::Explanation => &[
                (Action::Cancel, "close"),
                (Action::Correct, "correct"),
                (Action::NextQuote, "next quote"),
                (Action::NextBySpeaker, "same speaker"),
            ],
            Mode::SpeakerPicker => &[(Action::Cancel, "close"), (Action::Accept, "choose")],
            Mode::Picker => &[(Action::Cancel, "close"), (Action::Accept, "open"), (Action::Forward, "next")],
            Mode::Story | Mode::SidePane => &[],
        }
    }

    /// Returns whether the whole help page fits on the screen.
    fn fits_help(&self) -> bool {
        let Rect { width, height, .. } = self.app.panes.body;
        self.app.help.height(usize::from(width)) <= usize::from(height)
    }
}
