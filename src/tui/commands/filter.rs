//! Filter commands: one speaker only, how filtered text is shown.

use pullquote::analysis::QuoteKind;

use crate::tui::app::App;
use crate::tui::open_story::filter::{Criterion, Filter};
use crate::tui::text::fuzzy::matching_indices;

impl App {
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
    pub(crate) fn update_filter(&mut self, change: impl FnOnce(&mut Filter)) {
        let reading = self.current_story_mut();
        change(&mut reading.filter);
        reading.refilter();
        if reading.filter.is_active() && reading.allowed_quotes.is_empty() {
            self.notify("No quotes match the filter");
        }
        self.sync_panes();
    }
}
