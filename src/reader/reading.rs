//! One story being read: its page, its findings, the place where the reader stands, and what is filtered and sought.

use std::sync::Arc;

use pullquote::analysis::Analysis;
use pullquote::span::Span;
use pullquote::story::Story;

use super::filter::Filter;
use super::findings::Findings;
use super::page::{Page, Row, RowKind, Shown};
use super::search::Folded;
use super::side::{Line, Side};

/// What is known of a story's findings.
pub(super) enum Found {
    /// The engine is still reading.
    Awaited,
    /// The engine has broken down over this story.
    Failed,
    Here(Box<Findings>),
}

/// One story and where the reader stands in it.
pub(super) struct Reading {
    pub(super) story: Arc<Story>,
    pub(super) found: Found,
    pub(super) page: Page,
    /// Where the reader stands: a byte of the text and not a row, so that it outlives a change of width or filter.
    pub(super) place: usize,
    /// A place that the story shows while the reader looks through the side pane.
    pub(super) preview: Option<usize>,
    /// The quote that was gone to, with its place: another may begin there too.
    pub(super) stood: Option<(usize, usize)>,
    /// The byte with which the top row begins.
    top: usize,
    /// The places jumped from, the last one last; and those returned from.
    back: Vec<usize>,
    forward: Vec<usize>,
    pub(super) filter: Filter,
    /// For each block whether the filter lets it through.
    pub(super) through: Vec<bool>,
    /// The quotes that the filter lets through, in reading order.
    pub(super) quotes: Vec<usize>,
    pub(super) side: Side,
    pub(super) wanted: String,
    pub(super) hits: Vec<Span>,
    folded: Option<Folded>,
    /// Words and paragraphs that are shown.
    pub(super) words: usize,
    pub(super) paragraphs: usize,
}

impl Reading {
    pub(super) fn new(story: Arc<Story>) -> Self {
        let shown = || story.blocks().iter().filter(|it| it.repeats.is_none());
        let words = shown().map(|it| it.span.of(story.text()).split_whitespace().count()).sum();
        let paragraphs = shown().count();
        let start = story.blocks().first().map_or(0, |it| it.span.start);
        let through = vec![true; story.blocks().len()];
        Self {
            page: Page::default(),
            found: Found::Awaited,
            place: start,
            preview: None,
            stood: None,
            top: start,
            back: Vec::new(),
            forward: Vec::new(),
            filter: Filter::default(),
            through,
            quotes: Vec::new(),
            side: Side::default(),
            wanted: String::new(),
            hits: Vec::new(),
            folded: None,
            words,
            paragraphs,
            story,
        }
    }

    /// Sets the story for a width of columns.
    pub(super) fn set(&mut self, width: usize) {
        if width != self.page.width {
            self.page = Page::set(&self.story, width);
            self.show();
        }
    }

    pub(super) fn found(&mut self, analysis: Option<Analysis>) {
        self.found = analysis.map_or(Found::Failed, |it| Found::Here(Box::new(Findings::new(it))));
        self.refilter();
    }

    pub(super) fn findings(&self) -> Option<&Findings> {
        match &self.found {
            Found::Here(findings) => Some(findings),
            _ => None,
        }
    }

    /// After every change of the filter.
    pub(super) fn refilter(&mut self) {
        if let Found::Here(findings) = &self.found {
            self.through = self.filter.blocks(&self.story, findings);
            self.quotes = self.filter.quotes(findings);
            self.side.list(findings, &self.filter);
        }
        self.show();
    }

    fn show(&mut self) {
        let Self { page, story, filter, through, .. } = self;
        page.show(story, |block| match story.blocks()[block].repeats {
            Some(_) => Shown::Hidden,
            None => filter.shown(through[block]),
        });
    }

    /// Looks for words anew, from where the reader stands.
    pub(super) fn seek(&mut self, wanted: &str) {
        let story = &self.story;
        let folded = self.folded.get_or_insert_with(|| Folded::of(story));
        self.hits = folded.find(story.text(), wanted);
        wanted.clone_into(&mut self.wanted);
    }

    /// The hit on which the reader stands.
    pub(super) fn hit(&self) -> Option<usize> {
        self.hits.binary_search_by_key(&self.place, |it| it.start).ok()
    }

    /// The quote at the place, or in the row of it.
    pub(super) fn quote(&self) -> Option<usize> {
        let place = self.preview.unwrap_or(self.place);
        if let Some((stood, quote)) = self.stood
            && stood == place
        {
            return Some(quote);
        }
        let row = self.page.rows().get(self.page.row_at(place))?;
        let span = if matches!(row.kind, RowKind::Folded(_)) { Span::default() } else { row.span };
        self.findings()?.quote_at(place, span)
    }

    /// The entity whose name stands at the place.
    pub(super) fn entity(&self) -> Option<usize> {
        self.findings()?.names.at(self.place).map(|it| it.1.0)
    }

    /// The row that stands on top of a pane of `height` rows.
    pub(super) fn top_row(&self, height: usize) -> usize {
        let height = height.max(1);
        let last = self.last_top(height);
        let top = self.page.row_at(self.top).min(last);
        let row = self.page.row_at(self.preview.unwrap_or(self.place));
        let seen = (top..top + height).contains(&row);
        match self.preview {
            _ if seen => top,
            Some(_) => row.saturating_sub(height / 3).min(last),
            None if row < top => row,
            None => (row + 1).saturating_sub(height),
        }
    }

    /// The last row that can stand on top.
    fn last_top(&self, height: usize) -> usize {
        self.page.rows().len().saturating_sub(height.max(1))
    }

    /// How much of the story is above the end of a pane of `height` rows, in per cent.
    pub(super) fn share(&self, height: usize) -> usize {
        let rows = self.page.rows().len().max(1);
        (self.top_row(height) + height).min(rows) * 100 / rows
    }

    /// Moves by rows of words. The page moves along once the place is a third down the pane.
    pub(super) fn step(&mut self, rows: isize, height: usize) {
        let from = self.page.row_at(self.place);
        let mut row = from;
        for _ in 0..rows.unsigned_abs() {
            let next = if rows > 0 { self.page.stop_after(row) } else { self.page.stop_before(row) };
            let Some(next) = next else { break };
            row = next;
        }
        let top = self.top_row(height);
        let wanted = row.saturating_sub(height / 3);
        let top = if rows > 0 {
            wanted.min(top + (row - from)).max(top)
        } else {
            wanted.max(top.saturating_sub(from - row)).min(top)
        };
        self.stand(row, top, height);
    }

    /// Moves the page by rows, and the place with it.
    pub(super) fn scroll(&mut self, rows: isize, height: usize) {
        let top = self.top_row(height);
        let last = self.last_top(height);
        let row = self.page.row_at(self.place);
        let moved = top.saturating_add_signed(rows).min(last);
        let row = row.saturating_add_signed(if moved == top {
            rows
        } else {
            moved.cast_signed() - top.cast_signed()
        });
        self.stand(row, moved, height);
    }

    /// Stands on a row, or the nearest with words, with another one on top.
    fn stand(&mut self, row: usize, top: usize, height: usize) {
        let row = row.min(self.page.rows().len().saturating_sub(1));
        let row = match self.page.rows().get(row).map(|it| it.kind) {
            Some(RowKind::Gap) => self.page.stop_after(row).unwrap_or(row),
            Some(_) => row,
            None => return,
        };
        if row != self.page.row_at(self.place) {
            self.place = self.page.rows()[row].span.start;
        }
        self.top = self.page.rows()[top.min(self.last_top(height))].span.start;
    }

    /// Moves by paragraphs.
    pub(super) fn step_paragraph(&mut self, paragraphs: isize, height: usize) {
        let rows = self.page.rows();
        let mut row = self.page.row_at(self.place);
        let head = |it: &&Row| !matches!(it.kind, RowKind::Gap | RowKind::Next);
        for _ in 0..paragraphs.unsigned_abs() {
            let next = if paragraphs > 0 {
                rows.iter().skip(row + 1).position(|it| head(&it)).map(|it| row + 1 + it)
            } else {
                rows.iter().take(row).rposition(|it| head(&it))
            };
            let Some(next) = next else { break };
            row = next;
        }
        let from = self.page.row_at(self.place);
        let moved = row.abs_diff(from);
        let stops = rows[row.min(from)..row.max(from)].iter().filter(|it| it.kind != RowKind::Gap).count();
        if moved > 0 {
            self.step(stops.cast_signed() * paragraphs.signum(), height);
        }
    }

    /// Points at a place that is seen; nothing moves.
    pub(super) fn point(&mut self, place: usize, height: usize) {
        let top = self.top_row(height);
        self.preview = None;
        self.place = place;
        self.top = self.page.rows().get(top).map_or(0, |it| it.span.start);
    }

    /// Looks for words and goes to the first hit from a place on, round the end; without one, to that place.
    pub(super) fn seek_from(&mut self, wanted: &str, from: usize, height: usize) {
        self.seek(wanted);
        let after = self.hits.iter().position(|it| it.start >= from).unwrap_or(0);
        let place = self.hits.get(after).map_or(from, |it| it.start);
        self.go(place, height);
    }

    /// The place of what is chosen in the side pane, and its quote.
    pub(super) fn chosen_place(&self) -> Option<(usize, Option<usize>)> {
        let findings = self.findings()?;
        match self.side.chosen()? {
            Line::Quote(quote) => Some((findings.quote(quote)?.extent().start, Some(quote))),
            Line::Entity(entity) => Some((findings.first_mention(entity)?.start, None)),
            _ => None,
        }
    }

    /// Shows what is chosen in the side pane.
    pub(super) fn look_at_chosen(&mut self) {
        match self.chosen_place() {
            Some((place, quote)) => self.look(place, quote),
            None => self.preview = None,
        }
    }

    /// Goes to a place; the page moves only where that is out of sight.
    pub(super) fn go(&mut self, place: usize, height: usize) {
        let top = self.top_row(height);
        self.preview = None;
        self.place = self.settle(place);
        let row = self.page.row_at(self.place);
        let seen = row >= top && row + 2 < top + height;
        let top = if seen { top } else { row.saturating_sub(height / 3) };
        self.top = self.page.rows().get(top).map_or(0, |it| it.span.start);
    }

    /// Goes to a place from which `return_back` leads here again.
    pub(super) fn jump(&mut self, place: usize, height: usize) {
        if place != self.place {
            self.back.push(self.place);
            self.forward.clear();
        }
        self.go(place, height);
    }

    /// Remembers a place, as the start of a search, to return to.
    pub(super) fn remember(&mut self, place: usize) {
        if place != self.place {
            self.back.push(place);
            self.forward.clear();
        }
    }

    /// Back to where the last jump began; whether there was one.
    pub(super) fn return_back(&mut self, height: usize) -> bool {
        let Some(place) = self.back.pop() else { return false };
        self.forward.push(self.place);
        self.go(place, height);
        true
    }

    /// Undoes [`Reading::return_back`]; whether there was one.
    pub(super) fn return_forward(&mut self, height: usize) -> bool {
        let Some(place) = self.forward.pop() else { return false };
        self.back.push(self.place);
        self.go(place, height);
        true
    }

    /// The place itself, or in a block that repeats an earlier one the same place in that.
    pub(super) fn settle(&self, place: usize) -> usize {
        let blocks = self.story.blocks();
        let Some(block) = self.story.block_at(place).map(|it| blocks[it]) else { return place };
        let Some(twin) = block.repeats.and_then(|it| blocks.get(it)) else { return place };
        let mut place = (twin.span.start + place.saturating_sub(block.span.start)).min(twin.span.end);
        while !self.story.text().is_char_boundary(place) {
            place -= 1;
        }
        place
    }
}
