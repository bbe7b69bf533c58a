//! Filter commands: the filter panel, one speaker only, how filtered text is shown.

use pullquote::analysis::QuoteKind;

use crate::tui::app::{App, Focus};
use crate::tui::input::action::Action;
use crate::tui::layout::list_selection::ListSelection;
use crate::tui::open_story::filter::{Criterion, Filter};
use crate::tui::open_story::list::ListRow;
use crate::tui::overlay::Overlay;
use crate::tui::overlay::filter_panel::FilterPanel;
use crate::tui::text::fuzzy::matching_indices;

impl App {
    pub(crate) fn open_filter_panel(&mut self) {
        let Some(findings) = self.current_story().findings() else { return };
        if findings.speakers.is_empty() {
            return self.notify("No quotes in this story");
        }
        let chosen = self.focused_speaker().unwrap_or(0);
        let before = self.current_story().filter.clone();
        self.overlay = Overlay::FilterPanel(FilterPanel {
            selected: ListSelection::new(chosen),
            original_filter: before,
            ..FilterPanel::default()
        });
    }

    pub(crate) fn update_filter_panel(&mut self, action: Action) {
        let page = self.page_height();
        let Self { overlay: Overlay::FilterPanel(panel), .. } = self else { return };
        let mut panel = std::mem::take(panel);
        let Some(findings) = self.current_story().findings() else { return };
        panel.selected.apply(action, page, panel.matching_criteria(findings).len());
        let criterion = panel.selected_criterion(findings);
        match action {
            Action::Toggle => {
                if let Some(criterion) = criterion {
                    panel.changed = true;
                    self.update_filter(|filter| filter.cycle(criterion));
                }
            }
            Action::Accept => {
                self.overlay = Overlay::None;
                // Enter without Space includes only the selected row, which is the most common wish.
                if let (Some(criterion), false) = (criterion, panel.changed) {
                    self.update_filter(|filter| filter.include_only(criterion));
                }
                return;
            }
            Action::Cancel => {
                self.overlay = Overlay::None;
                return self.update_filter(|filter| *filter = panel.original_filter);
            }
            _ => {}
        }
        self.overlay = Overlay::FilterPanel(panel);
    }

    pub(crate) fn toggle_only_speaker(&mut self) {
        let reading = self.current_story();
        if let Some(alone) = reading.filter.only_included_speaker().filter(|_| !reading.filter.is_off) {
            return self.update_filter(|filter| filter.remove_kind(alone));
        }
        let speaker = self.focused_speaker().and_then(|it| reading.findings()?.speakers.get(it));
        let Some(criterion) = speaker.map(|it| Criterion::Speaker(it.entity)) else {
            return self.notify("Move to a quote first");
        };
        self.toggle_only(criterion);
    }

    pub(crate) fn toggle_only_uncertain(&mut self) {
        self.toggle_only(Criterion::Certain(false));
    }

    /// Includes only `term` among the criteria of its kind, or removes that restriction.
    fn toggle_only(&mut self, criterion: Criterion) {
        self.update_filter(|filter| {
            if filter.includes_only(criterion) && !filter.is_off {
                filter.remove_kind(criterion);
            } else {
                filter.include_only(criterion);
            }
        });
    }

    /// Cycles from all kinds of quotes through each kind alone.
    pub(crate) fn cycle_quote_kinds(&mut self) {
        use QuoteKind::{Direct, Indirect, Mixed};
        self.update_filter(|filter| {
            let only =
                [Direct, Mixed, Indirect].into_iter().find(|it| filter.includes_only(Criterion::Kind(*it)));
            match only.filter(|_| !filter.is_off) {
                None => filter.include_only(Criterion::Kind(Direct)),
                Some(Direct) => filter.include_only(Criterion::Kind(Mixed)),
                Some(Mixed) => filter.include_only(Criterion::Kind(Indirect)),
                Some(Indirect) => filter.remove_kind(Criterion::Kind(Indirect)),
            }
        });
    }

    pub(crate) fn cycle_filter_display(&mut self) {
        self.update_filter(|filter| filter.display = filter.display.next());
        if self.current_story().filter.criteria.is_empty() {
            let way = self.current_story().filter.display.participle();
            self.notify(&format!("Non-matching text will be {way}"));
        }
    }

    pub(crate) fn toggle_filter(&mut self) {
        if self.current_story().filter.criteria.is_empty() {
            return self.notify("No filter is set");
        }
        self.update_filter(|filter| filter.is_off = !filter.is_off);
    }

    /// Includes only the speaker whose name matches `typed` best.
    pub(crate) fn filter_by_name(&mut self, typed: &str) {
        let Some(findings) = self.current_story().findings() else {
            return self.notify("Still analysing…");
        };
        let names = (0..findings.speakers.len()).map(|it| findings.speaker_name(it));
        let criterion = matching_indices(typed, names)
            .first()
            .map(|it| Criterion::Speaker(findings.speakers[*it].entity));
        match criterion {
            Some(criterion) => self.update_filter(|filter| filter.include_only(criterion)),
            None => self.notify(&format!("No speaker matches “{typed}”")),
        }
    }

    /// Changes the filter; both panes keep their positions.
    fn update_filter(&mut self, change: impl FnOnce(&mut Filter)) {
        let reading = self.current_story_mut();
        change(&mut reading.filter);
        reading.refilter();
        if reading.filter.is_active() && reading.allowed_quotes.is_empty() {
            self.notify("No quotes match the filter");
        }
        self.sync_panes();
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
}
