//! The key hints at the right of the status bar: the most useful commands here, as many as fit.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::tui::app::panel::KeyHint;
use crate::tui::input::action::Action;
use crate::tui::input::keymap::Mode;
use crate::tui::open_story::list::ListRow;
use crate::tui::text::width::display_width;
use crate::tui::view::{RootView, draw_text_right};

/// The columns between two hints.
const GAP: usize = 2;

/// The columns between the parts of the status bar.
pub(super) const STATUS_GAP: u16 = 3;

/// A key hint as it is drawn: the key, and what it does here.
pub(crate) struct DrawnHint {
    action: Action,
    key: String,
    label: Cow<'static, str>,
}

impl DrawnHint {
    /// Returns the columns of the hint: its key, a space, its label.
    fn width(&self) -> usize {
        display_width(&self.key) + 1 + display_width(&self.label)
    }
}

/// The width of the screen in columns from which the hint for the next story has its whole label.
const MIN_WIDTH_FOR_WHOLE_LABELS: u16 = 100;

/// The columns of a status bar that always shows the way out of the filter.
const MIN_WIDTH_FOR_WAY_OUT: u16 = 60;

/// Returns for each hint the columns at the right of a row up to it, with those of the hints and the gaps between.
fn hint_columns(hints: &[DrawnHint]) -> Vec<usize> {
    let mut columns = 0;
    let up_to = hints.iter().enumerate().map(|(place, hint)| {
        columns += hint.width() + if place == 0 { 0 } else { GAP };
        columns
    });
    up_to.collect()
}

/// Returns the columns of the first hint with the gap before it; 0 without hints. In a wide row the way out of the filter belongs to
/// it.
pub(super) fn first_hint_width(hints: &[DrawnHint], row: Rect) -> usize {
    let is_wide = row.width >= MIN_WIDTH_FOR_WAY_OUT;
    let has_way_out = is_wide && hints.get(1).is_some_and(|it| it.action == Action::ToggleFilter);
    let columns = hint_columns(hints).get(usize::from(has_way_out)).copied();
    columns.map_or(0, |it| it + usize::from(STATUS_GAP))
}

/// Returns the columns of the hints up to that of one command, with the gap before them; `None` if it has no hint.
pub(super) fn width_up_to(action: Action, hints: &[DrawnHint]) -> Option<usize> {
    let place = hints.iter().position(|it| it.action == action)?;
    hint_columns(hints).get(place).map(|it| it + usize::from(STATUS_GAP))
}

/// Returns the areas of the hints that fit at the right of a row, the first one at the end of the row.
fn hint_areas(hints: &[DrawnHint], row: Rect) -> Vec<Rect> {
    let fitting = hints.iter().zip(hint_columns(hints));
    let fitting = fitting.take_while(|it| !it.0.key.is_empty() && it.1 <= usize::from(row.width));
    let area = |(hint, columns): (&DrawnHint, usize)| Rect {
        x: row.right() - columns as u16,
        width: hint.width() as u16,
        ..row
    };
    fitting.map(area).collect()
}

impl RootView<'_> {
    /// Draws as many hints as fit at the right of a row, and returns the rest of the row.
    pub(crate) fn draw_hints(&self, hints: &[DrawnHint], row: Rect, buf: &mut Buffer) -> Rect {
        let areas = hint_areas(hints, row);
        for (hint, area) in hints.iter().zip(&areas) {
            let rest = draw_text_right(&format!(" {}", hint.label), *area, self.theme.secondary.0, buf);
            draw_text_right(&hint.key, rest, self.theme.key.0, buf);
        }
        areas.last().map_or(row, |last| Rect { width: last.x - row.x, ..row })
    }

    /// Returns the command of the hint at a place of the screen.
    pub(crate) fn hint_at(&self, at: Position) -> Option<Action> {
        let row = self.app.panes.status;
        if !row.contains(at) {
            return None;
        }
        let hints = self.hints();
        let areas = hint_areas(&hints, self.hint_row(&hints, row)?);
        hints.iter().zip(areas).find(|it| it.1.contains(at)).map(|it| it.0.action)
    }

    /// Returns the hints for the current mode, the most useful first, without those of no effect.
    pub(crate) fn hints(&self) -> Vec<DrawnHint> {
        let has_several_stories = self.app.story_position().1 > 1;
        let has_findings = self.app.current_story().findings().is_some();
        let mode = self.app.mode();
        let mut hints = match self.app.panel() {
            Some(panel) => panel.hints(self.app),
            None if mode == Mode::SidePane => self.side_pane_hints(),
            None => self.story_hints(),
        };
        let has_quotes = self.app.current_story().findings().is_none_or(|it| !it.speakers.is_empty());
        hints.retain(|it| has_quotes || self.app.panel().is_some() || !it.0.needs_quotes());
        // What a panel offers works before the analysis is ready.
        let is_ready = has_findings || self.app.panel().is_some();
        hints.retain(|(action, _)| {
            (has_several_stories || *action != Action::NextStory) && (is_ready || !action.needs_findings())
        });
        let drawn =
            |(action, label)| DrawnHint { action, key: self.keymap.first_key_in(action, mode), label };
        hints.into_iter().map(drawn).collect()
    }

    fn story_hints(&self) -> Vec<KeyHint> {
        let on_quote = self.app.current_story().quote_at_cursor().is_some();
        let (unfilter, refilter) = self.filter_hints();
        let mut hints: Vec<KeyHint> = vec![(Action::Help, "help".into())];
        hints.extend(unfilter);
        hints.extend([
            (Action::Quit, "quit".into()),
            (Action::NextQuote, if on_quote { "next" } else { "next quote" }.into()),
        ]);
        hints.extend(self.app.only_speaker_hint());
        let of_quote = [(Action::Copy, "copy".into()), (Action::Why, "why".into())];
        hints.extend(of_quote.into_iter().filter(|_| on_quote));
        let is_narrow = self.app.screen_size.width < MIN_WIDTH_FOR_WHOLE_LABELS;
        hints.push((Action::NextStory, if is_narrow { "story" } else { "next story" }.into()));
        hints.push((Action::CommandPalette, "more".into()));
        hints.extend(refilter);
        hints.extend([
            (Action::SwitchPane, "quotes".into()),
            (Action::FilterQuotes, "filter".into()),
            (Action::AllQuotes, "all quotes".into()),
            (Action::Search, "search".into()),
            (Action::NextBySpeaker, "same speaker".into()),
        ]);
        hints
    }

    fn side_pane_hints(&self) -> Vec<KeyHint> {
        let side_pane = &self.app.current_story().side_pane;
        let only_speaker = self.app.only_speaker_hint();
        let mut hints: Vec<KeyHint> = vec![(Action::Help, "help".into())];
        let (unfilter, refilter) = self.filter_hints();
        hints.extend(unfilter);
        if side_pane.profile().is_some() {
            hints.extend([(Action::Cancel, "back".into()), (Action::Open, "jump".into())]);
            hints.push((Action::SwitchPane, "story".into()));
            hints.extend(only_speaker);
            hints.push((Action::Copy, "copy".into()));
        } else if side_pane.selected().is_none() {
            hints.extend([(Action::SwitchPane, "story".into()), (Action::NextTab, "next tab".into())]);
        } else if matches!(side_pane.selected(), Some(ListRow::Entity(_) | ListRow::UnknownSpeaker)) {
            hints.extend([(Action::SwitchPane, "story".into()), (Action::Open, "profile".into())]);
            hints.push((Action::NextTab, "next tab".into()));
            hints.extend(only_speaker);
        } else {
            hints.extend([(Action::SwitchPane, "story".into()), (Action::Open, "jump".into())]);
            hints.extend(only_speaker);
            hints.extend([(Action::Copy, "copy".into()), (Action::NextTab, "next tab".into())]);
            hints.push((Action::SortSpeakers, "order".into()));
        }
        hints.extend([(Action::Quit, "quit".into()), (Action::CommandPalette, "more".into())]);
        hints.extend(refilter);
        hints
    }

    /// Returns the hint that leads out of the filter while it is on, and the one that leads back to it after that.
    fn filter_hints(&self) -> (Option<KeyHint>, Option<KeyHint>) {
        let filter = &self.app.current_story().filter;
        let hint = |label: &'static str| (Action::ToggleFilter, label.into());
        if filter.criteria.is_empty() {
            (None, None)
        } else if filter.is_off {
            (None, Some(hint("filter on")))
        } else {
            (Some(hint("show all")), None)
        }
    }
}
