//! Filter commands: one speaker only, how filtered text is shown.

use pullquote::analysis::QuoteKind;

use crate::tui::app::{App, Focus};
use crate::tui::input::action::Action;
use crate::tui::open_story::filter::{CONFIDENCE_STEPS, Criterion, Filter, Inclusion, QUOTATIONS};
use crate::tui::open_story::findings::Findings;
use crate::tui::open_story::list::ListRow;

impl App {
    pub(crate) fn toggle_only_speaker(&mut self) {
        let reading = self.current_story();
        if let Some(alone) = reading.filter.only_included_speaker().filter(|_| !reading.filter.is_off) {
            // The speakers that were chosen before come back.
            let before = self.current_story_mut().speakers_before_only.take().unwrap_or_default();
            return self.update_filter(|filter| {
                filter.remove_kind(alone);
                filter.criteria.extend(before);
            });
        }
        let is_speaker =
            |it: &(&Criterion, &Inclusion)| matches!(it.0, Criterion::Speaker(_)) && !reading.filter.is_off;
        let before = reading.filter.criteria.iter().filter(is_speaker).map(|it| (*it.0, *it.1)).collect();
        let Some(criterion) = self.focused_speaker_criterion() else {
            return self.notify(&self.missing_speaker_message());
        };
        self.toggle_only(criterion);
        self.current_story_mut().speakers_before_only = Some(before);
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
                filter.forget_if_off();
                filter.include_only(criterion);
            }
        });
    }

    /// Shows only quotes with words in quotation marks, or all kinds again.
    pub(crate) fn toggle_quotations_only(&mut self) {
        self.update_filter(|filter| {
            let is_set = !filter.is_off && filter.includes_exactly(&QUOTATIONS);
            filter.forget_if_off();
            filter.remove_kind(QUOTATIONS[0]);
            if !is_set {
                filter.criteria.extend(QUOTATIONS.map(|it| (it, Inclusion::Include)));
            }
        });
    }

    /// Cycles from all kinds of quotes through each kind alone. Kinds that no quote matches are left out.
    pub(crate) fn cycle_quote_kinds(&mut self) {
        let kinds = [QuoteKind::Direct, QuoteKind::Mixed, QuoteKind::Indirect].map(Criterion::Kind);
        let filter = self.current_story().filter.clone();
        let current = kinds.iter().position(|it| filter.includes_only(*it) && !filter.is_off);
        let next = kinds.into_iter().skip(current.map_or(0, |it| it + 1)).map(|kind| {
            let mut filter = filter.clone();
            filter.remove_kind(kind);
            filter.include_only(kind);
            filter
        });
        let next = next.into_iter().find(|it| self.matches_a_quote(it));
        match next {
            Some(next) => self.update_filter(|filter| *filter = next),
            None => self.update_filter(|filter| filter.remove_kind(kinds[0])),
        }
    }

    /// Goes through the least confidences of the quotes that are shown, from none to the highest. Those that no quote
    /// has, and those that change nothing, are left out.
    pub(crate) fn cycle_min_confidence(&mut self) {
        let filter = self.current_story().filter.clone();
        let current = filter.min_confidence().filter(|_| !filter.is_off).unwrap_or_default();
        let count =
            |filter: &Filter| self.current_story().findings().map_or(0, |it| filter.allowed_quotes(it).len());
        let shown = count(&filter);
        let higher =
            CONFIDENCE_STEPS.into_iter().filter(|it| *it > current).map(|it| filter.with_min_confidence(it));
        let next = higher.map(|it| (count(&it), it)).find(|it| it.0 > 0 && it.0 < shown).map(|it| it.1);
        match next {
            Some(next) => self.update_filter(|filter| *filter = next),
            None if current > 0 => self.set_min_confidence(0),
            None => self.notify("All quotes that are shown have the same confidence, or more than 90 %"),
        }
    }

    /// Hides the quotes below a confidence in per cent; 0 shows all again.
    pub(crate) fn set_min_confidence(&mut self, percent: u8) {
        self.update_filter(|filter| *filter = filter.with_min_confidence(percent));
    }

    /// Shows beliefs, plans and feelings in the reporter's words as quotes too, or speech only, in all stories.
    pub(crate) fn toggle_stance(&mut self) {
        self.shows_stance = !self.shows_stance;
        for open_story in &mut self.stories {
            open_story.show_stance(self.shows_stance);
        }
        self.sync_panes();
        self.notify(if self.shows_stance {
            "Listed too: what people think and plan"
        } else {
            "Listed: only what people said"
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
        // The line mode tells the change itself.
        if self.current_story().filter.is_off && self.shows_page {
            let key = self.help.key(Action::ToggleFilter).to_string();
            self.notify(&format!("All is shown; {key} turns the filter on again"));
        }
    }

    /// Includes only what an entity says, itself or through others; `None` stands for the unknown speakers.
    pub(crate) fn show_only(&mut self, entity: Option<usize>) {
        self.update_filter(|filter| filter.include_only(Criterion::Speaker(entity)));
    }

    /// Sets a changed filter; both panes keep their positions. A filter that no quote matches is not set.
    pub(crate) fn update_filter(&mut self, change: impl FnOnce(&mut Filter)) {
        let mut filter = self.current_story().filter.clone();
        change(&mut filter);
        let allowed = self.current_story().findings().map(|it| filter.allowed_quotes(it));
        let chosen = self.focused_quote();
        if !filter.is_active() || allowed.as_ref().is_none_or(|it| !it.is_empty()) {
            self.current_story_mut().set_filter(filter, allowed);
            self.sync_panes();
            return self.leave_hidden_quote(chosen);
        }
        let summaries = self.current_story().findings().map(|it| filter.summaries(it)).unwrap_or_default();
        let wanted = summaries.first().and_then(|it| it.rsplit_once(" · ")).map_or("", |it| it.0);
        self.notify(&format!("No quotes match: {wanted}"));
    }

    /// Chooses the nearest quote that is shown, if the filter hides the one that was chosen.
    pub(crate) fn leave_hidden_quote(&mut self, chosen: Option<usize>) {
        let height = self.page_height();
        let open_story = self.current_story();
        let Some(hidden) = chosen.filter(|it| !open_story.allows(*it)) else { return };
        let Some(nearest) = open_story.nearest_shown_quote(hidden) else { return };
        if self.focus == Focus::SidePane {
            let side_pane = &mut self.current_story_mut().side_pane;
            side_pane.open_list_mut().select(ListRow::Quote(nearest));
        } else {
            self.current_story_mut().show_quote(nearest, height);
        }
        self.sync_panes();
    }

    /// Sets a filter, whether a quote matches it or not.
    pub(crate) fn set_filter(&mut self, filter: Filter) {
        self.current_story_mut().set_filter(filter, None);
        self.sync_panes();
    }

    /// Whether a filter is inactive or allows a quote.
    pub(crate) fn matches_a_quote(&self, filter: &Filter) -> bool {
        let allows = |findings: &Findings| !filter.allowed_quotes(findings).is_empty();
        !filter.is_active() || self.current_story().findings().is_none_or(allows)
    }
}
