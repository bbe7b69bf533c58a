//! A story opened in the terminal interface: its page, its analysis, its cursor, its filter and its search.

mod at_cursor;
pub(crate) mod citation;
mod continuation;
mod corrections;
pub(crate) mod explanation;
pub(crate) mod filter;
pub(crate) mod findings;
pub(crate) mod list;
pub(crate) mod navigation;
pub(crate) mod profile;
pub(crate) mod quote_list;
pub(crate) mod quote_order;
pub(crate) mod quoted_words;
mod reload;
mod search;
pub(crate) mod shown_quotes;
pub(crate) mod side_columns;
pub(crate) mod side_pane;
pub(crate) mod statistics;
pub(crate) mod viewport;

use std::collections::BTreeSet;
use std::sync::Arc;

use pullquote::analysis::Analysis;
use pullquote::span::Span;
use pullquote::story::Story;
use ratatui::layout::Size;

use crate::storage::{ReadingPosition, SavedState};
use crate::tui::layout::page::{Page, Visibility};
use crate::tui::layout::typesetter::TextOptions;
use crate::tui::open_story::filter::{Criterion, Filter, FilteredStory, Inclusion};
use crate::tui::open_story::findings::Findings;
use crate::tui::open_story::list::ListRow;
use crate::tui::open_story::profile::{Profile, ProfileSubject};
use crate::tui::open_story::quote_list::SpeakerOrder;
use crate::tui::open_story::side_pane::SidePane;
use crate::tui::open_story::viewport::Viewport;
use crate::tui::text::search_fold::FoldedText;
use crate::tui::text::width::count_words;

/// How many profiles are kept for the third column. To count the words of a speaker with many quotes takes longer than to
/// draw a frame, and a reader meets the same speakers again and again.
const MAX_KEPT_DETAILS: usize = 24;

/// How far the analysis of a story has come.
pub(crate) enum AnalysisState {
    /// The engine is still analysing the story.
    Pending,
    /// The engine panicked on this story.
    Failed,
    /// The quotes and names are known.
    Ready(Box<Findings>),
}

/// How far the page of a feed's entry has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EntryPage {
    /// The story is no entry, or its page has come, or the page could not be loaded.
    Settled,
    /// The page is loaded when the entry is opened.
    Unopened,
    Loading,
}

/// A story with everything that the interface knows of it.
pub(crate) struct OpenStory {
    pub(crate) story: Arc<Story>,
    pub(crate) analysis_state: AnalysisState,
    /// How much of a long story is analysed, in per cent; `None` if the analysis says nothing of it, or is over.
    pub(crate) analysed_percent: Option<u8>,
    pub(crate) entry_page: EntryPage,
    /// Why the page of a feed's entry could not be loaded, until that is told.
    pub(crate) page_failure: Option<String>,
    /// Whether the story is an entry of a feed, or the page of one.
    pub(crate) is_from_feed: bool,
    /// The analysis before the user's corrections; `None` when there are none.
    engine_analysis: Option<Analysis>,
    /// The engine's analysis with stance; `None` when there is none.
    whole_analysis: Option<Analysis>,
    /// Whether beliefs, plans and feelings in the reporter's words are shown as quotes too.
    shows_stance: bool,
    pub(crate) page: Page,
    pub(crate) viewport: Viewport,
    pub(crate) filter: Filter,
    /// The names of the entities that the filter refers to, until the analysis of a changed file is there.
    filter_names: Option<Vec<String>>,
    /// The criteria for speakers that showing one speaker alone has replaced.
    pub(crate) speakers_before_only: Option<Vec<(Criterion, Inclusion)>>,
    /// For each block, whether the filter allows it.
    pub(crate) allowed_blocks: Vec<bool>,
    /// The quotes that the filter allows, in reading order.
    pub(crate) allowed_quotes: Vec<usize>,
    pub(crate) side_pane: SidePane,
    /// The profiles for the third column of a wide screen, each with the width in columns for which it was made; the latest
    /// first.
    details: Vec<(Profile, usize)>,
    /// Whether the third column shows the first of them.
    shows_detail: bool,
    /// The size of the side pane's list, in cells.
    list_size: Size,
    /// The matches of the search, in reading order.
    pub(crate) matches: Vec<Span>,
    /// Whether the search stopped before it had found every match.
    has_more_matches: bool,
    /// Blocks that the filter does not allow, but that are shown because a match is in them.
    revealed_blocks: BTreeSet<usize>,
    /// The text prepared for searching; built for the first search.
    folded_text: Option<FoldedText>,
    /// What the user has saved for this story: position, bookmarks, notes, corrections.
    pub(crate) saved: SavedState,
    /// The position that was saved last; `None` before the story is shown.
    pub(crate) saved_position: Option<ReadingPosition>,
    /// A message for the status bar when the story is next shown.
    pub(crate) greeting: Option<String>,
    /// For each block, its number among the blocks that repeat no other, from 1.
    paragraph_numbers: Vec<usize>,
    /// The number of words, without repeated blocks.
    pub(crate) word_count: usize,
    /// The number of paragraphs, without repeated blocks.
    pub(crate) paragraph_count: usize,
}

impl OpenStory {
    /// Opens a story whose analysis is still pending.
    pub(crate) fn new(story: Arc<Story>) -> Self {
        let blocks = || story.blocks().iter().filter(|block| block.repeats.is_none());
        let word_count = blocks().map(|block| count_words(block.span.slice(story.text()))).sum();
        let paragraph_count = blocks().count();
        let numbers = story.blocks().iter().scan(0, |number, block| {
            *number += usize::from(block.repeats.is_none());
            Some(*number)
        });
        let paragraph_numbers = numbers.collect();
        let start = start_offset(&story);
        let allowed_blocks = vec![true; story.blocks().len()];
        Self {
            page: Page::default(),
            analysis_state: AnalysisState::Pending,
            analysed_percent: None,
            page_failure: None,
            is_from_feed: story.continues_at.is_some(),
            entry_page: match story.continues_at {
                Some(_) => EntryPage::Unopened,
                None => EntryPage::Settled,
            },
            engine_analysis: None,
            whole_analysis: None,
            shows_stance: false,
            viewport: Viewport::new(start),
            filter: Filter::default(),
            filter_names: None,
            speakers_before_only: None,
            allowed_blocks,
            allowed_quotes: Vec::new(),
            side_pane: SidePane::default(),
            details: Vec::new(),
            shows_detail: false,
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

    /// Typesets the page again if the options have changed.
    pub(crate) fn relayout(&mut self, options: TextOptions) {
        if options != self.page.options {
            self.page = Page::typeset(&self.story, options);
            self.update_visibility();
        }
    }

    /// Returns why there are no findings, as a message for the user; `None` if there are findings.
    pub(crate) fn missing_findings_reason(&self) -> Option<&'static str> {
        match self.analysis_state {
            AnalysisState::Pending => Some("Still analysing…"),
            AnalysisState::Failed => {
                Some("The analysis failed; the text is still readable. Please report this story.")
            }
            AnalysisState::Ready(_) => None,
        }
    }

    /// Returns the findings; `None` while the analysis is pending or after it has failed.
    pub(crate) fn findings(&self) -> Option<&Findings> {
        match &self.analysis_state {
            AnalysisState::Ready(findings) => Some(findings),
            _ => None,
        }
    }

    /// Applies the filter again; to be called after every change of the analysis.
    pub(crate) fn refilter(&mut self) {
        self.apply_filter(None);
        self.rebuild_filtered();
    }

    /// Changes the filter. `allowed` are the quotes that it allows, if they are known.
    pub(crate) fn set_filter(&mut self, filter: Filter, allowed: Option<Vec<usize>>) {
        let showed_all = std::mem::replace(&mut self.filter, filter).shows_all();
        self.apply_filter(allowed);
        if showed_all && self.filter.shows_all() {
            // The page stays the same: only styles, counts and the speakers that are listed change.
            self.update_side_pane(SidePane::rebuild);
        } else {
            self.rebuild_filtered();
        }
    }

    /// Determines what the filter allows.
    fn apply_filter(&mut self, allowed: Option<Vec<usize>>) {
        self.revealed_blocks.clear();
        if let AnalysisState::Ready(findings) = &self.analysis_state {
            self.allowed_quotes = allowed.unwrap_or_else(|| self.filter.allowed_quotes(findings));
            self.allowed_blocks = self.filter.allowed_blocks(&self.story, findings, &self.allowed_quotes);
        }
    }

    /// Makes the lists, the profiles and the page again from what the filter allows.
    fn rebuild_filtered(&mut self) {
        self.details.clear();
        self.update_side_pane(SidePane::rebuild);
        self.update_visibility();
    }

    /// Lays the lists of the side pane out for a size in cells.
    pub(crate) fn resize_side_pane(&mut self, size: Size) {
        if size != self.list_size {
            self.list_size = size;
            self.update_side_pane(SidePane::rebuild);
        }
    }

    /// Sorts the speakers of the side pane in the other order.
    pub(crate) fn toggle_speaker_order(&mut self) {
        self.side_pane.order = match self.side_pane.order {
            SpeakerOrder::Weight => SpeakerOrder::Story,
            SpeakerOrder::Story => SpeakerOrder::Weight,
        };
        self.update_side_pane(SidePane::rebuild);
    }

    /// Opens the profile of an entity in the side pane; `None` stands for the unknown speakers.
    pub(crate) fn open_profile(&mut self, entity: Option<usize>) {
        self.update_side_pane(|side_pane, filtered, size| side_pane.open_profile(entity, filtered, size));
    }

    /// The profile in the third column; `None` if nothing is chosen.
    pub(crate) fn detail(&self) -> Option<&Profile> {
        self.details.first().filter(|_| self.shows_detail).map(|it| &it.0)
    }

    /// Makes the profile for the third column unless it is there already.
    pub(crate) fn update_detail(&mut self, subject: Option<ProfileSubject>, width: usize) {
        self.shows_detail = subject.is_some();
        let Some(entity) = subject.map(ProfileSubject::entity) else { return };
        let Self { story, filter, allowed_blocks, allowed_quotes, .. } = self;
        if let Some(known) = self.details.iter().position(|it| it.0.entity == entity && it.1 == width) {
            self.details[..=known].rotate_right(1);
        } else if let AnalysisState::Ready(findings) = &self.analysis_state {
            let filtered = FilteredStory { story, findings, filter, allowed_blocks, allowed_quotes };
            self.details.truncate(MAX_KEPT_DETAILS - 1);
            self.details.insert(0, (Profile::summary(entity, &filtered, width), width));
        } else {
            self.shows_detail = false;
        }
    }

    /// Changes the side pane; does nothing before the findings are known.
    fn update_side_pane(&mut self, change: impl FnOnce(&mut SidePane, &FilteredStory, Size)) {
        let Self {
            story,
            analysis_state: AnalysisState::Ready(findings),
            filter,
            allowed_blocks,
            allowed_quotes,
            side_pane,
            list_size,
            ..
        } = self
        else {
            return;
        };
        let filtered = FilteredStory { story, findings, filter, allowed_blocks, allowed_quotes };
        change(side_pane, &filtered, *list_size);
    }

    /// Shows, folds or hides the blocks of the page as the filter wants it.
    fn update_visibility(&mut self) {
        let Self { page, story, filter, allowed_blocks, revealed_blocks, .. } = self;
        page.show_blocks(story, |block| match story.blocks()[block].repeats {
            Some(_) => Visibility::Hidden,
            None => filter.visibility(allowed_blocks[block] || revealed_blocks.contains(&block)),
        });
    }

    /// Shows the block at an offset even if the filter hides it, and returns whether the filter did.
    pub(crate) fn reveal(&mut self, offset: usize) -> bool {
        let Some(block) = self.story.block_at(offset).filter(|_| !self.is_visible(offset)) else {
            return false;
        };
        self.revealed_blocks.insert(block);
        self.update_visibility();
        true
    }

    /// Returns whether the cursor has not moved since the story was opened.
    pub(crate) fn is_fresh(&self) -> bool {
        self.viewport.is_fresh(start_offset(&self.story))
    }

    /// Returns whether the filter allows a quote.
    pub(crate) fn allows(&self, quote: usize) -> bool {
        self.allowed_quotes.binary_search(&quote).is_ok()
    }

    /// Returns the number of a quote and the number of the last one. Without a filter they count what the user has rejected, so
    /// that no quote gets another number; with one, only the quotes that it allows. `None` for a quote that it hides.
    pub(crate) fn quote_place(&self, quote: usize) -> Option<(usize, usize)> {
        let analysis = &self.findings()?.analysis;
        if !self.filter.is_active() {
            return Some((analysis.quote_number(quote), analysis.quotes.len() + analysis.rejected.len()));
        }
        Some((self.allowed_quotes.binary_search(&quote).ok()? + 1, self.allowed_quotes.len()))
    }

    /// Returns the position of a mention among those of its entity, from 1, and their number.
    ///
    /// Mentions in repeated blocks do not count.
    pub(crate) fn mention_position(&self, entity: usize, number: usize) -> (usize, usize) {
        let mentions = self.findings().and_then(|it| it.entity(entity)).map_or(&[][..], |it| &it.mentions);
        let blocks = self.story.blocks();
        let is_shown =
            |start: usize| self.story.block_at(start).is_none_or(|block| blocks[block].repeats.is_none());
        let shown = mentions.iter().enumerate().filter(|(_, mention)| is_shown(mention.span.start));
        shown.fold((0, 0), |(position, count), (index, _)| {
            (position + usize::from(index <= number), count + 1)
        })
    }

    /// Returns the number of a block among those that repeat no other, from 1.
    pub(crate) fn paragraph_number(&self, block: usize) -> usize {
        self.paragraph_numbers.get(block).copied().unwrap_or_default()
    }

    /// Moves the cursor to an offset and records the jump; `height` is that of the page, in rows.
    pub(crate) fn jump(&mut self, offset: usize, height: usize) {
        let offset = self.canonical_offset(offset);
        self.viewport.jump(&self.page, offset, height);
        self.viewport.select_quote(None);
    }

    /// Jumps to the first word of a quote.
    pub(crate) fn jump_to_quote(&mut self, quote: usize, height: usize) {
        if let Some(offset) = self.findings().and_then(|it| it.quote(quote)).map(|it| it.extent().start) {
            self.jump(offset, height);
            self.viewport.select_quote(Some(quote));
        }
    }

    /// Moves the cursor to a quote without recording a jump.
    pub(crate) fn show_quote(&mut self, quote: usize, height: usize) {
        if let Some(offset) = self.findings().and_then(|it| it.quote(quote)).map(|it| it.extent().start) {
            let offset = self.canonical_offset(offset);
            self.viewport.reveal(&self.page, offset, height);
            self.viewport.select_quote(Some(quote));
        }
    }

    /// Shows the place of the side pane's selection without moving the cursor.
    pub(crate) fn preview_selection(&mut self) {
        let target = self.selection_target();
        self.viewport.preview = target.map(|(offset, _)| self.canonical_offset(offset));
        self.viewport.select_quote(target.and_then(|(_, quote)| quote));
    }

    /// Returns the offset of the side pane's selection, with the quote if it is one.
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
            ListRow::RejectedQuote(number) => {
                Some((findings.analysis.rejected.get(number)?.extent().start, None))
            }
            _ => None,
        }
    }

    /// Returns the offset itself or, in a repeated block, the same position in the block that it repeats.
    fn canonical_offset(&self, offset: usize) -> usize {
        let blocks = self.story.blocks();
        let Some(block) = self.story.block_at(offset).map(|it| blocks[it]) else { return offset };
        let Some(original) = block.repeats.and_then(|it| blocks.get(it)) else { return offset };
        let offset = original.span.start + offset.saturating_sub(block.span.start);
        self.story.text().floor_char_boundary(offset.min(original.span.end))
    }

    /// Returns whether the text at an offset is on the page, neither folded nor hidden.
    pub(crate) fn is_visible(&self, offset: usize) -> bool {
        let Some(block) = self.story.block_at(offset) else { return false };
        let is_allowed = self.allowed_blocks[block] || self.revealed_blocks.contains(&block);
        self.story.blocks()[block].repeats.is_none()
            && self.filter.visibility(is_allowed) == Visibility::Visible
    }
}

/// Returns the offset of a story's first block.
fn start_offset(story: &Story) -> usize {
    story.blocks().first().map_or(0, |it| it.span.start)
}
