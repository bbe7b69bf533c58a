//! The quote, the speaker and the name that commands and the third column refer to.

use crate::tui::app::panel::KeyHint;
use crate::tui::app::{App, Focus};
use crate::tui::input::action::Action;
use crate::tui::open_story::filter::Criterion;
use crate::tui::open_story::list::ListRow;
use crate::tui::open_story::profile::ProfileSubject;
use crate::tui::text::width::truncate;

/// The columns of a name in a key hint, so that it does not take those of other hints.
const MAX_HINT_NAME_COLUMNS: usize = 20;

impl App {
    /// The quote that is selected in the side pane, or the quote at the cursor.
    pub(crate) fn focused_quote(&self) -> Option<usize> {
        let reading = self.current_story();
        match (self.focus, reading.side_pane.selected()) {
            (Focus::SidePane, Some(ListRow::Quote(quote))) => Some(quote),
            (Focus::SidePane, Some(ListRow::RejectedQuote(_))) => None,
            _ => reading.quote_at_cursor(),
        }
    }

    /// The focused quote. Without one, and for one that the filter hides, the nearest quote on the screen, to which the cursor then moves: its speaker is the
    /// one that the key hints name.
    pub(crate) fn quote_to_act_on(&mut self) -> Option<usize> {
        let open_story = self.current_story();
        if self.focus != Focus::Story || open_story.rejected_quote_at_cursor().is_some() {
            return self.focused_quote();
        }
        let height = self.page_height();
        let nearest = || open_story.nearest_visible_quote(height);
        let shown = open_story.quote_at_cursor().filter(|it| open_story.allows(*it));
        let quote = shown.or_else(nearest)?;
        if open_story.quote_at_cursor() != Some(quote) {
            self.current_story_mut().show_quote(quote, height);
            self.sync_panes();
        }
        Some(quote)
    }

    /// The speaker of the selected row, or the speaker at the cursor.
    pub(crate) fn focused_speaker(&self) -> Option<usize> {
        let reading = self.current_story();
        let findings = reading.findings()?;
        match (self.focus, reading.side_pane.selected()) {
            (Focus::SidePane, Some(ListRow::Quote(quote))) => findings.speaker_of(quote),
            (Focus::SidePane, Some(ListRow::Entity(entity) | ListRow::Mention(entity, _))) => {
                findings.speaker_of_entity(entity)
            }
            (Focus::SidePane, Some(ListRow::UnknownSpeaker)) => {
                findings.speakers.iter().position(|it| it.entity.is_none())
            }
            (Focus::SidePane, _) => None,
            (Focus::Story, _) => {
                let named = reading.entity_at_cursor().and_then(|it| findings.speaker_of_entity(it));
                reading
                    .quote_at_cursor()
                    .and_then(|it| findings.speaker_of(it))
                    .or(named)
                    .or_else(|| reading.nearest_speaker())
            }
        }
    }

    /// Why there is no focused speaker.
    pub(crate) fn missing_speaker_message(&self) -> String {
        let entity = self.focused_entity().filter(|_| self.focus == Focus::SidePane);
        let name = entity.and_then(|it| Some(self.current_story().findings()?.entity_name(Some(it))));
        name.map_or("Move to a quote first".into(), |it| format!("{it} is not quoted in this story"))
    }

    /// Whose quotes the command for one speaker shows: the focused speaker's, or those of the people and documents of
    /// the focused entity.
    pub(crate) fn focused_speaker_criterion(&self) -> Option<Criterion> {
        let findings = self.current_story().findings()?;
        let behind = self.focused_entity().filter(|it| findings.is_behind_speakers(*it));
        let speaker = || self.focused_speaker().and_then(|it| findings.speakers.get(it)).map(|it| it.entity);
        behind.map(Some).or_else(speaker).map(Criterion::Speaker)
    }

    /// The entity of the selected row, or the one at the cursor unless that is in a quote.
    pub(crate) fn focused_entity(&self) -> Option<usize> {
        let open_story = self.current_story();
        match (self.focus, open_story.side_pane.selected()) {
            (Focus::SidePane, Some(ListRow::Entity(entity) | ListRow::Mention(entity, _))) => Some(entity),
            (Focus::SidePane, _) => None,
            (Focus::Story, _) => {
                open_story.entity_at_cursor().filter(|_| open_story.quote_at_cursor().is_none())
            }
        }
    }

    /// The quote that the third column explains: the focused one, else the one that the side pane selects.
    pub(crate) fn chosen_quote(&self) -> Option<usize> {
        let open_story = self.current_story();
        if self.focus == Focus::SidePane
            && !matches!(open_story.side_pane.selected(), Some(ListRow::Quote(_) | ListRow::RejectedQuote(_)))
        {
            return None;
        }
        let selected = match open_story.side_pane.selected() {
            Some(ListRow::Quote(quote)) if open_story.entity_at_cursor().is_none() => Some(quote),
            _ => None,
        };
        self.focused_quote().or(selected)
    }

    /// Whose profile the third column shows.
    pub(crate) fn chosen_subject(&self) -> Option<ProfileSubject> {
        let open_story = self.current_story();
        let findings = open_story.findings()?;
        match (self.focus, open_story.side_pane.selected()) {
            (Focus::SidePane, Some(ListRow::Entity(entity) | ListRow::Mention(entity, _))) => {
                Some(ProfileSubject::Entity(entity))
            }
            (Focus::SidePane, Some(ListRow::UnknownSpeaker)) => Some(ProfileSubject::UnknownSpeakers),
            _ => match self.chosen_quote().and_then(|it| findings.quote(it)) {
                Some(quote) => {
                    Some(quote.speaker.map_or(ProfileSubject::UnknownSpeakers, ProfileSubject::Entity))
                }
                None => open_story.entity_at_cursor().map(ProfileSubject::Entity),
            },
        }
    }

    /// Returns the hint of the command that shows one speaker, or again all; `None` without a speaker here.
    pub(crate) fn only_speaker_hint(&self) -> Option<KeyHint> {
        let open_story = self.current_story();
        let filter = &open_story.filter;
        if filter.only_included_speaker().is_some() && !filter.is_off {
            return Some((Action::OnlySpeaker, "all speakers".into()));
        }
        let Criterion::Speaker(entity) = self.focused_speaker_criterion()? else { return None };
        let name = truncate(open_story.findings()?.short_entity_name(entity), MAX_HINT_NAME_COLUMNS);
        Some((Action::OnlySpeaker, format!("only {name}").into()))
    }
}
