//! The analysis of an open story and the user's corrections of it.

use std::collections::HashMap;

use pullquote::analysis::{Act, Analysis, AttributionRule, Entity, Quote};
use pullquote::correction::{self, Correction};

use crate::storage::{Note, SavedState};
use crate::tui::open_story::continuation::keep_speaker_numbers;
use crate::tui::open_story::findings::Findings;
use crate::tui::open_story::list::ListRow;
use crate::tui::open_story::side_pane::Tab;
use crate::tui::open_story::{AnalysisState, OpenStory, start_offset};

impl OpenStory {
    /// Takes the engine's analysis; `None` if the engine failed. What is selected of an earlier one, of the first part of the
    /// story, stays selected.
    pub(crate) fn set_analysis(&mut self, analysis: Option<Analysis>) {
        let is_stance = |it: &Quote| it.act == Act::Stance;
        self.whole_analysis = analysis.clone().filter(|it| it.quotes.iter().any(is_stance));
        let mut analysis = analysis.map(|it| if self.shows_stance { it } else { it.without_stance() });
        let before = match std::mem::replace(&mut self.analysis_state, AnalysisState::Pending) {
            AnalysisState::Ready(before) => before,
            AnalysisState::Pending | AnalysisState::Failed => return self.show_analysis(analysis),
        };
        if let Some(after) = &mut analysis {
            keep_speaker_numbers(&before, after);
        }
        let rows_above = self.side_pane.open_list().rows_above(self.list_size.height);
        self.index_analysis(analysis);
        self.renumber_from(&before);
        self.refilter();
        self.side_pane.open_list_mut().set_rows_above(rows_above);
    }

    /// Shows beliefs, plans and feelings in the reporter's words as quotes too, or speech only.
    pub(crate) fn show_stance(&mut self, shows_stance: bool) {
        if std::mem::replace(&mut self.shows_stance, shows_stance) == shows_stance {
            return;
        }
        let Some(whole) = self.whole_analysis.clone() else { return };
        // The entities are numbered anew. An entity is recognised by its first mention; one that the user has added has
        // a name only.
        let key = |it: &Entity| (it.mentions.first().map(|it| it.span), it.name.clone());
        let keys = |findings: Option<&Findings>| -> Vec<_> {
            findings.map_or_else(Vec::new, |it| it.analysis.entities.iter().map(key).collect())
        };
        let before = keys(self.findings());
        while self.side_pane.close_profile() {}
        self.viewport.select_quote(None);
        self.show_analysis(Some(if shows_stance { whole } else { whole.without_stance() }));
        let after: HashMap<_, usize> = keys(self.findings()).into_iter().zip(0..).collect();
        self.filter.renumber(|entity| after.get(before.get(entity)?).copied());
        self.refilter();
    }

    /// Shows an analysis with the user's corrections; `None` if the engine failed.
    fn show_analysis(&mut self, analysis: Option<Analysis>) {
        self.index_analysis(analysis);
        self.renumber_filter_by_name();
        self.refilter();
    }

    /// Takes an analysis with the user's corrections, and shows it nowhere yet.
    fn index_analysis(&mut self, analysis: Option<Analysis>) {
        self.engine_analysis = None;
        self.analysis_state = match analysis {
            Some(analysis) => AnalysisState::Ready(Box::new(Findings::new(self.apply_corrections(analysis)))),
            None => AnalysisState::Failed,
        };
    }

    /// Takes what was saved for this story. The cursor moves only if the user has not moved it yet.
    pub(crate) fn restore(&mut self, saved: SavedState) {
        let start = start_offset(&self.story);
        if let Some(visit) = &saved.last_visit
            && visit.position.offset > start
            && self.viewport.is_fresh(start)
        {
            self.viewport.resume(visit.position);
            let day = match visit.day.as_str() {
                "today" => "earlier today".to_string(),
                day if day.starts_with(|ch: char| ch.is_ascii_digit()) => format!("on {day}"),
                day => day.to_string(),
            };
            self.greeting = Some(format!("Resumed where you stopped {day}"));
        }
        // What the user did before the storage answered is newer than what it holds.
        let newer = std::mem::replace(&mut self.saved, saved);
        self.saved.bookmarks.extend(newer.bookmarks);
        self.saved.corrections.extend(newer.corrections);
        for note in newer.notes {
            // What was moved to a changed text may have been saved for that text before.
            let is_known = |it: &Note| it.span == note.span && it.text == note.text;
            if !self.saved.notes.iter().any(is_known) {
                self.saved.insert_note(note);
            }
        }
        if !self.saved.corrections.is_empty() && matches!(self.analysis_state, AnalysisState::Ready(_)) {
            self.reapply_corrections();
        }
    }

    /// Returns the analysis with the user's corrections, and keeps the original if there are any.
    fn apply_corrections(&mut self, analysis: Analysis) -> Analysis {
        if self.saved.corrections.is_empty() {
            self.engine_analysis = None;
            return analysis;
        }
        let corrected = correction::apply(&self.saved.corrections, analysis.clone());
        self.engine_analysis = Some(analysis);
        corrected
    }

    /// Applies the corrections again; to be called after every change of them.
    pub(crate) fn reapply_corrections(&mut self) {
        let AnalysisState::Ready(before) = &mut self.analysis_state else { return };
        let before = std::mem::take(&mut before.analysis);
        let old_names: Vec<String> = before.entities.iter().map(|it| it.name.clone()).collect();
        let original = self.engine_analysis.take().unwrap_or(before);
        let original_count = original.entities.len();
        let after = Findings::new(self.apply_corrections(original));
        // The entities of the story keep their numbers; those that the user has added may not.
        let added = |name: &String| {
            after.analysis.entities.iter().skip(original_count).position(|entity| entity.name == *name)
        };
        self.filter.renumber(|entity| {
            if entity < original_count {
                return Some(entity);
            }
            Some(original_count + added(old_names.get(entity)?)?)
        });
        self.viewport.select_quote(None);
        let profiled = self.side_pane.profile().and_then(|it| it.entity);
        if profiled.is_some_and(|entity| after.entity(entity).is_none()) {
            self.side_pane.close_profile();
        }
        self.analysis_state = AnalysisState::Ready(Box::new(after));
        self.refilter();
    }

    /// Returns the user's corrections of a quote.
    pub(crate) fn corrections_of(&self, quote: &Quote) -> Vec<Correction> {
        let Some(original) = self.engine_analysis.as_ref() else { return Vec::new() };
        let corrects = |correction: &&Correction| {
            let number = correction.quote_among(&original.quotes);
            number.and_then(|it| original.quotes.get(it)).is_some_and(|it| it.parts == quote.parts)
        };
        self.saved.corrections.iter().filter(corrects).cloned().collect()
    }

    /// Returns a corrected quote as the engine found it, with the speaker that the engine named.
    ///
    /// `None` if the user has not corrected the quote.
    pub(crate) fn engine_quote(&self, quote: &Quote) -> Option<(Option<&Entity>, &Quote)> {
        let original = self.engine_analysis.as_ref().filter(|_| quote.rule == AttributionRule::User)?;
        let quote = original.quotes.iter().find(|it| it.parts == quote.parts)?;
        Some((quote.speaker.and_then(|it| original.entities.get(it)), quote))
    }
    /// Replaces all corrections of a quote by `made`; `None` removes them. The quote stays selected. Returns the
    /// removed corrections.
    pub(crate) fn set_correction(&mut self, quote: &Quote, added: Option<Correction>) -> Vec<Correction> {
        let dropped = self.corrections_of(quote);
        self.saved.corrections.retain(|it| !dropped.contains(it));
        self.saved.corrections.extend(added);
        self.reapply_corrections();
        let same = |it: &Quote| it.parts == quote.parts;
        let analysis = self.findings().map(|it| &it.analysis);
        let number = analysis.and_then(|it| it.quotes.iter().position(same));
        let rejected = analysis.and_then(|it| it.rejected.iter().position(same));
        self.viewport.select_quote(number);
        if let Some(line) = number.map(ListRow::Quote).or(rejected.map(ListRow::RejectedQuote)) {
            self.side_pane.select(Tab::Quotes, line);
        }
        dropped
    }
}
