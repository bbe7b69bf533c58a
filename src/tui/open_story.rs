//! One story being read: its page, its findings, the place where the reader stands, and what is filtered and sought.

pub(crate) mod citation;
pub(crate) mod filter;
pub(crate) mod findings;
pub(crate) mod list;
pub(crate) mod navigation;
pub(crate) mod profile;
pub(crate) mod side_columns;
pub(crate) mod side_pane;
pub(crate) mod statistics;
pub(crate) mod viewport;

use std::collections::BTreeSet;
use std::sync::Arc;

use pullquote::analysis::{Analysis, AttributionRule, Entity, Quote};
use pullquote::correction::{self, Correction};
use pullquote::span::Span;
use pullquote::story::Story;
use ratatui::layout::Size;

use crate::storage::{ReadingPosition, SavedState};
use crate::tui::layout::page::{Page, RowKind, Visibility};
use crate::tui::layout::typesetter::TextOptions;
use crate::tui::open_story::filter::{Filter, FilteredStory};
use crate::tui::open_story::findings::Findings;
use crate::tui::open_story::list::ListRow;
use crate::tui::open_story::side_pane::{SidePane, Tab};
use crate::tui::open_story::viewport::{ViewPosition, Viewport};
use crate::tui::text::search_fold::FoldedText;
use crate::tui::text::search_pattern::{Matches, Pattern};
use crate::tui::text::width::count_words;

/// What is known of a story's findings.
pub(crate) enum AnalysisState {
    /// The engine is still reading.
    Pending,
    /// The engine has broken down over this story.
    Failed,
    Ready(Box<Findings>),
}

/// One story and where the reader stands in it.
pub(crate) struct OpenStory {
    pub(crate) story: Arc<Story>,
    pub(crate) analysis_state: AnalysisState,
    /// The findings as the engine has them, where the reader has corrected any.
    engine_analysis: Option<Analysis>,
    pub(crate) page: Page,
    pub(crate) viewport: Viewport,
    pub(crate) filter: Filter,
    /// For each block whether the filter lets it through.
    pub(crate) allowed_blocks: Vec<bool>,
    /// The quotes that the filter lets through, in reading order.
    pub(crate) allowed_quotes: Vec<usize>,
    pub(crate) side_pane: SidePane,
    /// The size of its lists.
    list_size: Size,
    /// Where that stands which is sought, in reading order.
    pub(crate) matches: Vec<Span>,
    /// Whether there are more hits than these.
    has_more_matches: bool,
    /// Blocks that are shown whole although the filter has put them away, for a hit in them.
    revealed_blocks: BTreeSet<usize>,
    folded_text: Option<FoldedText>,
    /// What is kept of it from one reading to the next.
    pub(crate) saved: SavedState,
    /// Where the reader stood when that was kept last; `None` before the story was shown.
    pub(crate) saved_position: Option<ReadingPosition>,
    /// What is to be said when the story is shown.
    pub(crate) greeting: Option<String>,
    /// For each block how many that are shown stand up to it.
    paragraph_numbers: Vec<usize>,
    /// Words and paragraphs that are shown.
    pub(crate) word_count: usize,
    pub(crate) paragraph_count: usize,
}

impl OpenStory {
    pub(crate) fn new(story: Arc<Story>) -> Self {
        let shown = || story.blocks().iter().filter(|it| it.repeats.is_none());
        let word_count = shown().map(|it| count_words(it.span.slice(story.text()))).sum();
        let paragraph_count = shown().count();
        let numbers = story.blocks().iter().scan(0, |number, it| {
            *number += usize::from(it.repeats.is_none());
            Some(*number)
        });
        let paragraph_numbers = numbers.collect();
        let start = start_offset(&story);
        let allowed_blocks = vec![true; story.blocks().len()];
        Self {
            page: Page::default(),
            analysis_state: AnalysisState::Pending,
            engine_analysis: None,
            viewport: Viewport::new(start),
            filter: Filter::default(),
            allowed_blocks,
            allowed_quotes: Vec::new(),
            side_pane: SidePane::default(),
            list_size: Size::default(),
            matches: Vec::new(),
            has_more_matches: false,
            revealed_blocks: BTreeSet::new(),
            folded_text: None,
            saved: SavedState::default(),
            saved_position: None,
            greeting: None,
            paragraph_numbers,
            word_count,
            paragraph_count,
            story,
        }
    }

    /// Sets the story anew where it is not set so yet.
    pub(crate) fn relayout(&mut self, setting: TextOptions) {
        if setting != self.page.options {
            self.page = Page::typeset(&self.story, setting);
            self.update_visibility();
        }
    }

    pub(crate) fn set_analysis(&mut self, analysis: Option<Analysis>) {
        self.engine_analysis = None;
        self.analysis_state = match analysis {
            Some(found) => AnalysisState::Ready(Box::new(Findings::new(self.apply_corrections(found)))),
            None => AnalysisState::Failed,
        };
        self.refilter();
    }

    /// Takes in what was kept; where the reader stands already he stays.
    pub(crate) fn restore(&mut self, kept: SavedState) {
        let start = start_offset(&self.story);
        if let Some(left) = &kept.last_visit
            && left.position.offset > start
            && self.viewport.is_fresh(start)
        {
            self.viewport.resume(left.position);
            let day = &left.day;
            let on = if day.starts_with(|it: char| it.is_ascii_digit()) { "on " } else { "" };
            self.greeting = Some(format!("where you left off {on}{day}"));
        }
        // What was done before the keeper's answer came is the reader's last word.
        let done = std::mem::replace(&mut self.saved, kept);
        self.saved.bookmarks.extend(done.bookmarks);
        self.saved.corrections.extend(done.corrections);
        for note in done.notes {
            self.saved.insert_note(note);
        }
        if !self.saved.corrections.is_empty() && matches!(self.analysis_state, AnalysisState::Ready(_)) {
            self.reapply_corrections();
        }
    }

    /// The findings with the reader's word above the engine's; where the two differ the engine's are kept beside them.
    fn apply_corrections(&mut self, found: Analysis) -> Analysis {
        if self.saved.corrections.is_empty() {
            self.engine_analysis = None;
            return found;
        }
        let corrected = correction::apply(&self.saved.corrections, found.clone());
        self.engine_analysis = Some(found);
        corrected
    }

    /// After every change of what the reader says of the quotes.
    pub(crate) fn reapply_corrections(&mut self) {
        let AnalysisState::Ready(before) = &mut self.analysis_state else { return };
        let before = std::mem::take(&mut before.analysis);
        let named: Vec<String> = before.entities.iter().map(|it| it.name.clone()).collect();
        let found = self.engine_analysis.take().unwrap_or(before);
        let known = found.entities.len();
        let after = Findings::new(self.apply_corrections(found));
        // Those of the story keep their numbers; those whom the reader has named may not.
        let new = |name: &String| after.analysis.entities.iter().skip(known).position(|it| it.name == *name);
        self.filter.renumber(|it| if it < known { Some(it) } else { Some(known + new(named.get(it)?)?) });
        self.viewport.select_quote(None);
        if self.side_pane.profile().is_some_and(|it| it.entity.is_some_and(|it| after.entity(it).is_none())) {
            self.side_pane.close_profile();
        }
        self.analysis_state = AnalysisState::Ready(Box::new(after));
        self.refilter();
    }

    /// What the reader has said of a quote.
    pub(crate) fn corrections_of(&self, quote: &Quote) -> Vec<Correction> {
        let Some(found) = self.engine_analysis.as_ref() else { return Vec::new() };
        let all = self.saved.corrections.iter();
        let of = |it: &&Correction| {
            let meant = it.quote_among(&found.quotes).and_then(|it| found.quotes.get(it));
            meant.is_some_and(|it| it.parts == quote.parts)
        };
        all.filter(of).cloned().collect()
    }

    /// A corrected quote as the engine has it, with whom it takes for the speaker.
    pub(crate) fn engine_quote(&self, quote: &Quote) -> Option<(Option<&Entity>, &Quote)> {
        let found = self.engine_analysis.as_ref().filter(|_| quote.rule == AttributionRule::User)?;
        let quote = found.quotes.iter().find(|it| it.parts == quote.parts)?;
        Some((quote.speaker.and_then(|it| found.entities.get(it)), quote))
    }

    /// Why there are no findings, if there are none.
    pub(crate) fn missing_findings_reason(&self) -> Option<&'static str> {
        match self.analysis_state {
            AnalysisState::Pending => Some("still looking for quotes and names: a moment"),
            AnalysisState::Failed => Some("no quotes and names: the engine broke down over this story"),
            AnalysisState::Ready(_) => None,
        }
    }

    pub(crate) fn findings(&self) -> Option<&Findings> {
        match &self.analysis_state {
            AnalysisState::Ready(findings) => Some(findings),
            _ => None,
        }
    }

    /// After every change of the filter.
    pub(crate) fn refilter(&mut self) {
        self.revealed_blocks.clear();
        if let AnalysisState::Ready(findings) = &self.analysis_state {
            self.allowed_quotes = self.filter.allowed_quotes(findings);
            self.allowed_blocks = self.filter.allowed_blocks(&self.story, findings, &self.allowed_quotes);
        }
        self.update_side_pane(SidePane::rebuild);
        self.update_visibility();
    }

    /// Lays the side pane's lists out for a size.
    pub(crate) fn resize_side_pane(&mut self, pane: Size) {
        if pane != self.list_size {
            self.list_size = pane;
            self.update_side_pane(SidePane::rebuild);
        }
    }

    /// Opens the profile of an entity, or of nobody, in the side pane.
    pub(crate) fn open_profile(&mut self, who: Option<usize>) {
        self.update_side_pane(|side, sifted, pane| side.open_profile(who, sifted, pane));
    }

    fn update_side_pane(&mut self, change: impl FnOnce(&mut SidePane, &FilteredStory, Size)) {
        let Self {
            story,
            analysis_state: AnalysisState::Ready(findings),
            filter,
            allowed_blocks: through,
            allowed_quotes: quotes,
            side_pane: side,
            list_size: pane,
            ..
        } = self
        else {
            return;
        };
        change(
            side,
            &FilteredStory { story, findings, filter, allowed_blocks: through, allowed_quotes: quotes },
            *pane,
        );
    }

    fn update_visibility(&mut self) {
        let Self { page, story, filter, allowed_blocks: through, revealed_blocks: opened, .. } = self;
        page.show_blocks(story, |block| match story.blocks()[block].repeats {
            Some(_) => Visibility::Hidden,
            None => filter.visibility(through[block] || opened.contains(&block)),
        });
    }

    /// Makes ready for a search, so that its first sign does not wait.
    pub(crate) fn ensure_folded(&mut self) -> &FoldedText {
        let story = &self.story;
        self.folded_text.get_or_insert_with(|| FoldedText::new(story))
    }

    /// Looks for a pattern anew.
    pub(crate) fn search(&mut self, pattern: Option<&Pattern>) {
        let story = Arc::clone(&self.story);
        let hits =
            pattern.map_or(Matches::default(), |it| it.find_matches(self.ensure_folded(), story.text()));
        (self.matches, self.has_more_matches) = (hits.spans, hits.is_truncated);
    }

    /// Puts the hits out, and what was opened for them back.
    pub(crate) fn clear_matches(&mut self) {
        self.matches.clear();
        if !self.revealed_blocks.is_empty() {
            self.revealed_blocks.clear();
            self.update_visibility();
        }
    }

    /// Shows the block of a place although the filter has put it away; whether it had.
    pub(crate) fn reveal(&mut self, place: usize) -> bool {
        let Some(block) = self.story.block_at(place).filter(|_| !self.is_visible(place)) else {
            return false;
        };
        self.revealed_blocks.insert(block);
        self.update_visibility();
        true
    }

    /// The hit on which the reader stands.
    pub(crate) fn match_at_cursor(&self) -> Option<usize> {
        self.matches.binary_search_by_key(&self.viewport.cursor, |it| it.start).ok()
    }

    /// `3/14`, or `14 hits` where the reader stands on none.
    pub(crate) fn match_summary(&self) -> String {
        let count = format!("{}{}", self.matches.len(), if self.has_more_matches { "+" } else { "" });
        match (self.match_at_cursor(), self.matches.len()) {
            (Some(hit), _) => format!("{}/{count}", hit + 1),
            (None, 1) => "1 hit".to_string(),
            (None, _) => format!("{count} hits"),
        }
    }

    /// Looks for a pattern and goes to the first hit from a spot on, or to the last before it, round the ends; without
    /// a hit, to that spot.
    pub(crate) fn search_from(
        &mut self,
        pattern: Option<&Pattern>,
        from: ViewPosition,
        back: bool,
        height: usize,
    ) {
        self.clear_matches();
        self.search(pattern);
        self.viewport.restore(from);
        let next = self.matches.partition_point(|it| it.start < self.viewport.cursor);
        let hit = if back {
            next.checked_sub(1).and_then(|it| self.matches.get(it)).or(self.matches.last())
        } else {
            self.matches.get(next).or(self.matches.first())
        };
        if let Some(place) = hit.map(|it| it.start) {
            self.reveal(place);
            self.viewport.reveal(&self.page, place, height);
        }
    }

    /// The quote at the place seen, or in the row of it.
    pub(crate) fn quote_at_cursor(&self) -> Option<usize> {
        let seen = self.viewport.visible_offset();
        let at_row = || {
            let parts = &self.findings()?.quote_parts;
            if let Some((_, quote)) = parts.innermost_at(seen).filter(|_| self.is_visible(seen)) {
                return Some(quote);
            }
            let row = self.page.rows().get(self.page.row_at(seen))?;
            let span = if matches!(row.kind, RowKind::Folded(_)) { Span::default() } else { row.span };
            let on_row = || parts.overlapping(span).map(|it| it.1);
            on_row().find(|it| self.allows(*it)).or_else(|| on_row().next())
        };
        self.viewport.selected_quote().filter(|_| self.is_visible(seen)).or_else(at_row)
    }

    /// Whether the filter lets a quote through.
    pub(crate) fn allows(&self, quote: usize) -> bool {
        self.allowed_quotes.binary_search(&quote).is_ok()
    }

    /// Which of an entity's mentions one is, from 1, and how many there are; those that only repeat others do not count.
    pub(crate) fn mention_position(&self, entity: usize, number: usize) -> (usize, usize) {
        let mentions = self.findings().and_then(|it| it.entity(entity)).map_or(&[][..], |it| &it.mentions);
        let blocks = self.story.blocks();
        let seen = |start: usize| self.story.block_at(start).is_none_or(|it| blocks[it].repeats.is_none());
        let seen = mentions.iter().enumerate().filter(|it| seen(it.1.span.start));
        seen.fold((0, 0), |(at, all), it| (at + usize::from(it.0 <= number), all + 1))
    }

    /// The number of a block among those that are shown, from 1.
    pub(crate) fn paragraph_number(&self, block: usize) -> usize {
        self.paragraph_numbers.get(block).copied().unwrap_or_default()
    }

    /// The quote that the reader has struck out which is chosen, or where he stands.
    pub(crate) fn rejected_quote_at_cursor(&self) -> Option<usize> {
        if let (Some(_), Some(ListRow::RejectedQuote(number))) =
            (self.viewport.preview, self.side_pane.selected())
        {
            return Some(number);
        }
        let row = self.page.rows().get(self.page.row_at(self.viewport.visible_offset()))?;
        self.findings()?.rejected_parts.overlapping(row.span).next().map(|it| it.1)
    }

    /// The entity whose name stands at the place.
    pub(crate) fn entity_at_cursor(&self) -> Option<usize> {
        let (_, (entity, _)) = self.findings()?.mentions.innermost_at(self.viewport.cursor)?;
        self.is_visible(self.viewport.cursor).then_some(entity)
    }

    /// Chooses in every list of the side pane what stands at the place.
    pub(crate) fn select_at_cursor(&mut self) {
        let (quote, entity) = (self.quote_at_cursor(), self.entity_at_cursor());
        if let Some(quote) = quote {
            self.side_pane.select(Tab::Quotes, ListRow::Quote(quote));
            self.side_pane.open_list_mut().select(ListRow::Quote(quote));
        }
        if let Some(entity) = entity
            && let Some(named) = self.findings().and_then(|it| it.entity(entity))
        {
            let tab = Tab::for_kind(named.kind);
            let mention = named.mentions.iter().position(|it| it.span.contains(self.viewport.cursor));
            self.side_pane.select(tab, ListRow::Entity(entity));
            if let Some(mention) = mention {
                self.side_pane.open_list_mut().select(ListRow::Mention(entity, mention));
            }
        }
    }

    /// Goes to a place from which there is a way back.
    pub(crate) fn jump(&mut self, place: usize, height: usize) {
        let place = self.canonical_offset(place);
        self.viewport.jump(&self.page, place, height);
    }

    /// Goes to a quote's first word.
    pub(crate) fn jump_to_quote(&mut self, quote: usize, height: usize) {
        if let Some(place) = self.findings().and_then(|it| it.quote(quote)).map(|it| it.extent().start) {
            self.jump(place, height);
            self.viewport.select_quote(Some(quote));
        }
    }

    /// Shows what is chosen in the side pane without going there.
    pub(crate) fn preview_selection(&mut self) {
        let chosen = self.selection_target();
        self.viewport.preview = chosen.map(|it| self.canonical_offset(it.0));
        self.viewport.select_quote(chosen.and_then(|it| it.1));
    }

    /// The place of what is chosen in the side pane, and its quote.
    pub(crate) fn selection_target(&self) -> Option<(usize, Option<usize>)> {
        let findings = self.findings()?;
        match self.side_pane.selected()? {
            ListRow::Quote(quote) => Some((findings.quote(quote)?.extent().start, Some(quote))),
            ListRow::Entity(entity) => Some((findings.first_mention(entity)?.start, None)),
            ListRow::Mention(entity, number) => {
                Some((findings.entity(entity)?.mentions.get(number)?.span.start, None))
            }
            ListRow::UnknownSpeaker => {
                let unknown = findings.speakers.iter().find(|it| it.entity.is_none())?;
                let first = *unknown.quotes.first()?;
                Some((findings.quote(first)?.extent().start, Some(first)))
            }
            ListRow::RejectedQuote(struck) => {
                Some((findings.analysis.rejected.get(struck)?.extent().start, None))
            }
            _ => None,
        }
    }

    /// The place itself, or in a block that repeats an earlier one the same place in that.
    fn canonical_offset(&self, place: usize) -> usize {
        let blocks = self.story.blocks();
        let Some(block) = self.story.block_at(place).map(|it| blocks[it]) else { return place };
        let Some(twin) = block.repeats.and_then(|it| blocks.get(it)) else { return place };
        let mut place = (twin.span.start + place.saturating_sub(block.span.start)).min(twin.span.end);
        while !self.story.text().is_char_boundary(place) {
            place -= 1;
        }
        place
    }

    /// Whether the row of a place is on the page.
    pub(crate) fn is_visible(&self, place: usize) -> bool {
        let Some(block) = self.story.block_at(place) else { return false };
        let let_through = self.allowed_blocks[block] || self.revealed_blocks.contains(&block);
        self.story.blocks()[block].repeats.is_none()
            && self.filter.visibility(let_through) == Visibility::Visible
    }
}

/// Where a story begins.
fn start_offset(story: &Story) -> usize {
    story.blocks().first().map_or(0, |it| it.span.start)
}
