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

use pullquote::analysis::{Analysis, Entity, Quote, Rule};
use pullquote::correction::{self, Correction};
use pullquote::span::Span;
use pullquote::story::Story;
use ratatui::layout::Size;

use crate::storage::{Kept, Standing};
use crate::tui::layout::page::{Page, RowKind, Shown};
use crate::tui::layout::typesetter::Setting;
use crate::tui::open_story::filter::{Filter, Sifted};
use crate::tui::open_story::findings::Findings;
use crate::tui::open_story::list::Line;
use crate::tui::open_story::side_pane::{Side, Tab};
use crate::tui::open_story::viewport::{Spot, Stand};
use crate::tui::text::search_fold::Folded;
use crate::tui::text::search_pattern::{Hits, Pattern};
use crate::tui::text::width::count_words;

/// What is known of a story's findings.
pub(crate) enum Found {
    /// The engine is still reading.
    Awaited,
    /// The engine has broken down over this story.
    Failed,
    Here(Box<Findings>),
}

/// One story and where the reader stands in it.
pub(crate) struct Reading {
    pub(crate) story: Arc<Story>,
    pub(crate) found: Found,
    /// The findings as the engine has them, where the reader has corrected any.
    as_found: Option<Analysis>,
    pub(crate) page: Page,
    pub(crate) stand: Stand,
    pub(crate) filter: Filter,
    /// For each block whether the filter lets it through.
    pub(crate) through: Vec<bool>,
    /// The quotes that the filter lets through, in reading order.
    pub(crate) quotes: Vec<usize>,
    pub(crate) side: Side,
    /// The size of its lists.
    pane: Size,
    /// Where that stands which is sought, in reading order.
    pub(crate) hits: Vec<Span>,
    /// Whether there are more hits than these.
    more_hits: bool,
    /// Blocks that are shown whole although the filter has put them away, for a hit in them.
    opened: BTreeSet<usize>,
    folded: Option<Folded>,
    /// What is kept of it from one reading to the next.
    pub(crate) kept: Kept,
    /// Where the reader stood when that was kept last; `None` before the story was shown.
    pub(crate) stood: Option<Standing>,
    /// What is to be said when the story is shown.
    pub(crate) greeting: Option<String>,
    /// For each block how many that are shown stand up to it.
    numbers: Vec<usize>,
    /// Words and paragraphs that are shown.
    pub(crate) words: usize,
    pub(crate) paragraphs: usize,
}

impl Reading {
    pub(crate) fn new(story: Arc<Story>) -> Self {
        let shown = || story.blocks().iter().filter(|it| it.repeats.is_none());
        let words = shown().map(|it| count_words(it.span.of(story.text()))).sum();
        let paragraphs = shown().count();
        let numbers = story.blocks().iter().scan(0, |number, it| {
            *number += usize::from(it.repeats.is_none());
            Some(*number)
        });
        let numbers = numbers.collect();
        let start = start(&story);
        let through = vec![true; story.blocks().len()];
        Self {
            page: Page::default(),
            found: Found::Awaited,
            as_found: None,
            stand: Stand::at(start),
            filter: Filter::default(),
            through,
            quotes: Vec::new(),
            side: Side::default(),
            pane: Size::default(),
            hits: Vec::new(),
            more_hits: false,
            opened: BTreeSet::new(),
            folded: None,
            kept: Kept::default(),
            stood: None,
            greeting: None,
            numbers,
            words,
            paragraphs,
            story,
        }
    }

    /// Sets the story anew where it is not set so yet.
    pub(crate) fn set(&mut self, setting: Setting) {
        if setting != self.page.setting {
            self.page = Page::set(&self.story, setting);
            self.show();
        }
    }

    pub(crate) fn found(&mut self, analysis: Option<Analysis>) {
        self.as_found = None;
        self.found = match analysis {
            Some(found) => Found::Here(Box::new(Findings::new(self.corrected(found)))),
            None => Found::Failed,
        };
        self.refilter();
    }

    /// Takes in what was kept; where the reader stands already he stays.
    pub(crate) fn recall(&mut self, kept: Kept) {
        let start = start(&self.story);
        if let Some(left) = &kept.left
            && left.at.place > start
            && self.stand.is_fresh(start)
        {
            self.stand.resume(left.at);
            let day = &left.day;
            let on = if day.starts_with(|it: char| it.is_ascii_digit()) { "on " } else { "" };
            self.greeting = Some(format!("where you left off {on}{day}"));
        }
        // What was done before the keeper's answer came is the reader's last word.
        let done = std::mem::replace(&mut self.kept, kept);
        self.kept.marks.extend(done.marks);
        self.kept.corrections.extend(done.corrections);
        for note in done.notes {
            self.kept.put(note);
        }
        if !self.kept.corrections.is_empty() && matches!(self.found, Found::Here(_)) {
            self.recorrect();
        }
    }

    /// The findings with the reader's word above the engine's; where the two differ the engine's are kept beside them.
    fn corrected(&mut self, found: Analysis) -> Analysis {
        if self.kept.corrections.is_empty() {
            self.as_found = None;
            return found;
        }
        let corrected = correction::apply(&self.kept.corrections, found.clone());
        self.as_found = Some(found);
        corrected
    }

    /// After every change of what the reader says of the quotes.
    pub(crate) fn recorrect(&mut self) {
        let Found::Here(before) = &mut self.found else { return };
        let before = std::mem::take(&mut before.analysis);
        let named: Vec<String> = before.entities.iter().map(|it| it.name.clone()).collect();
        let found = self.as_found.take().unwrap_or(before);
        let known = found.entities.len();
        let after = Findings::new(self.corrected(found));
        // Those of the story keep their numbers; those whom the reader has named may not.
        let new = |name: &String| after.analysis.entities.iter().skip(known).position(|it| it.name == *name);
        self.filter.renumber(|it| if it < known { Some(it) } else { Some(known + new(named.get(it)?)?) });
        self.stand.on_quote(None);
        if self.side.profile().is_some_and(|it| it.who.is_some_and(|it| after.entity(it).is_none())) {
            self.side.close_profile();
        }
        self.found = Found::Here(Box::new(after));
        self.refilter();
    }

    /// What the reader has said of a quote.
    pub(crate) fn corrections_of(&self, quote: &Quote) -> Vec<Correction> {
        let Some(found) = self.as_found.as_ref() else { return Vec::new() };
        let all = self.kept.corrections.iter();
        let of = |it: &&Correction| {
            let meant = it.quote_among(&found.quotes).and_then(|it| found.quotes.get(it));
            meant.is_some_and(|it| it.parts == quote.parts)
        };
        all.filter(of).cloned().collect()
    }

    /// A corrected quote as the engine has it, with whom it takes for the speaker.
    pub(crate) fn as_found(&self, quote: &Quote) -> Option<(Option<&Entity>, &Quote)> {
        let found = self.as_found.as_ref().filter(|_| quote.rule == Rule::Reader)?;
        let quote = found.quotes.iter().find(|it| it.parts == quote.parts)?;
        Some((quote.speaker.and_then(|it| found.entities.get(it)), quote))
    }

    /// Why there are no findings, if there are none.
    pub(crate) fn lacks_findings(&self) -> Option<&'static str> {
        match self.found {
            Found::Awaited => Some("still looking for quotes and names: a moment"),
            Found::Failed => Some("no quotes and names: the engine broke down over this story"),
            Found::Here(_) => None,
        }
    }

    pub(crate) fn findings(&self) -> Option<&Findings> {
        match &self.found {
            Found::Here(findings) => Some(findings),
            _ => None,
        }
    }

    /// After every change of the filter.
    pub(crate) fn refilter(&mut self) {
        self.opened.clear();
        if let Found::Here(findings) = &self.found {
            self.quotes = self.filter.quotes(findings);
            self.through = self.filter.blocks(&self.story, findings, &self.quotes);
        }
        self.with_side(Side::list);
        self.show();
    }

    /// Lays the side pane's lists out for a size.
    pub(crate) fn fit(&mut self, pane: Size) {
        if pane != self.pane {
            self.pane = pane;
            self.with_side(Side::list);
        }
    }

    /// Opens the profile of an entity, or of nobody, in the side pane.
    pub(crate) fn open_profile(&mut self, who: Option<usize>) {
        self.with_side(|side, sifted, pane| side.open_profile(who, sifted, pane));
    }

    fn with_side(&mut self, change: impl FnOnce(&mut Side, &Sifted, Size)) {
        let Self { story, found: Found::Here(findings), filter, through, quotes, side, pane, .. } = self
        else {
            return;
        };
        change(side, &Sifted { story, findings, filter, blocks: through, quotes }, *pane);
    }

    fn show(&mut self) {
        let Self { page, story, filter, through, opened, .. } = self;
        page.show(story, |block| match story.blocks()[block].repeats {
            Some(_) => Shown::Hidden,
            None => filter.shown(through[block] || opened.contains(&block)),
        });
    }

    /// Makes ready for a search, so that its first sign does not wait.
    pub(crate) fn fold(&mut self) -> &Folded {
        let story = &self.story;
        self.folded.get_or_insert_with(|| Folded::of(story))
    }

    /// Looks for a pattern anew.
    pub(crate) fn seek(&mut self, pattern: Option<&Pattern>) {
        let story = Arc::clone(&self.story);
        let hits = pattern.map_or(Hits::default(), |it| it.hits(self.fold(), story.text()));
        (self.hits, self.more_hits) = (hits.spans, hits.more);
    }

    /// Puts the hits out, and what was opened for them back.
    pub(crate) fn forget_hits(&mut self) {
        self.hits.clear();
        if !self.opened.is_empty() {
            self.opened.clear();
            self.show();
        }
    }

    /// Shows the block of a place although the filter has put it away; whether it had.
    pub(crate) fn reveal(&mut self, place: usize) -> bool {
        let Some(block) = self.story.block_at(place).filter(|_| !self.is_shown(place)) else { return false };
        self.opened.insert(block);
        self.show();
        true
    }

    /// The hit on which the reader stands.
    pub(crate) fn hit(&self) -> Option<usize> {
        self.hits.binary_search_by_key(&self.stand.place, |it| it.start).ok()
    }

    /// `3/14`, or `14 hits` where the reader stands on none.
    pub(crate) fn count_hits(&self) -> String {
        let count = format!("{}{}", self.hits.len(), if self.more_hits { "+" } else { "" });
        match (self.hit(), self.hits.len()) {
            (Some(hit), _) => format!("{}/{count}", hit + 1),
            (None, 1) => "1 hit".to_string(),
            (None, _) => format!("{count} hits"),
        }
    }

    /// Looks for a pattern and goes to the first hit from a spot on, or to the last before it, round the ends; without
    /// a hit, to that spot.
    pub(crate) fn seek_from(&mut self, pattern: Option<&Pattern>, from: Spot, back: bool, height: usize) {
        self.forget_hits();
        self.seek(pattern);
        self.stand.take(from);
        let next = self.hits.partition_point(|it| it.start < self.stand.place);
        let hit = if back {
            next.checked_sub(1).and_then(|it| self.hits.get(it)).or(self.hits.last())
        } else {
            self.hits.get(next).or(self.hits.first())
        };
        if let Some(place) = hit.map(|it| it.start) {
            self.reveal(place);
            self.stand.go(&self.page, place, height);
        }
    }

    /// The quote at the place seen, or in the row of it.
    pub(crate) fn quote(&self) -> Option<usize> {
        let seen = self.stand.seen();
        let at_row = || {
            let parts = &self.findings()?.parts;
            if let Some((_, quote)) = parts.at(seen).filter(|_| self.is_shown(seen)) {
                return Some(quote);
            }
            let row = self.page.rows().get(self.page.row_at(seen))?;
            let span = if matches!(row.kind, RowKind::Folded(_)) { Span::default() } else { row.span };
            let on_row = || parts.meeting(span).map(|it| it.1);
            on_row().find(|it| self.lets(*it)).or_else(|| on_row().next())
        };
        self.stand.quote().filter(|_| self.is_shown(seen)).or_else(at_row)
    }

    /// Whether the filter lets a quote through.
    pub(crate) fn lets(&self, quote: usize) -> bool {
        self.quotes.binary_search(&quote).is_ok()
    }

    /// Which of an entity's mentions one is, from 1, and how many there are; those that only repeat others do not count.
    pub(crate) fn mention_count(&self, entity: usize, number: usize) -> (usize, usize) {
        let mentions = self.findings().and_then(|it| it.entity(entity)).map_or(&[][..], |it| &it.mentions);
        let blocks = self.story.blocks();
        let seen = |start: usize| self.story.block_at(start).is_none_or(|it| blocks[it].repeats.is_none());
        let seen = mentions.iter().enumerate().filter(|it| seen(it.1.span.start));
        seen.fold((0, 0), |(at, all), it| (at + usize::from(it.0 <= number), all + 1))
    }

    /// The number of a block among those that are shown, from 1.
    pub(crate) fn number_of(&self, block: usize) -> usize {
        self.numbers.get(block).copied().unwrap_or_default()
    }

    /// The quote that the reader has struck out which is chosen, or where he stands.
    pub(crate) fn struck_here(&self) -> Option<usize> {
        if let (Some(_), Some(Line::Struck(number))) = (self.stand.preview, self.side.chosen()) {
            return Some(number);
        }
        let row = self.page.rows().get(self.page.row_at(self.stand.seen()))?;
        self.findings()?.struck.meeting(row.span).next().map(|it| it.1)
    }

    /// The entity whose name stands at the place.
    pub(crate) fn entity(&self) -> Option<usize> {
        let (_, (entity, _)) = self.findings()?.names.at(self.stand.place)?;
        self.is_shown(self.stand.place).then_some(entity)
    }

    /// Chooses in every list of the side pane what stands at the place.
    pub(crate) fn mark_here(&mut self) {
        let (quote, entity) = (self.quote(), self.entity());
        if let Some(quote) = quote {
            self.side.choose(Tab::Quotes, Line::Quote(quote));
            self.side.open_mut().choose(Line::Quote(quote));
        }
        if let Some(entity) = entity
            && let Some(named) = self.findings().and_then(|it| it.entity(entity))
        {
            let tab = Tab::of(named.kind);
            let mention = named.mentions.iter().position(|it| it.span.contains(self.stand.place));
            self.side.choose(tab, Line::Entity(entity));
            if let Some(mention) = mention {
                self.side.open_mut().choose(Line::Mention(entity, mention));
            }
        }
    }

    /// Goes to a place from which there is a way back.
    pub(crate) fn jump(&mut self, place: usize, height: usize) {
        let place = self.settle(place);
        self.stand.jump(&self.page, place, height);
    }

    /// Goes to a quote's first word.
    pub(crate) fn jump_to_quote(&mut self, quote: usize, height: usize) {
        if let Some(place) = self.findings().and_then(|it| it.quote(quote)).map(|it| it.extent().start) {
            self.jump(place, height);
            self.stand.on_quote(Some(quote));
        }
    }

    /// Shows what is chosen in the side pane without going there.
    pub(crate) fn look_at_chosen(&mut self) {
        let chosen = self.chosen_place();
        self.stand.preview = chosen.map(|it| self.settle(it.0));
        self.stand.on_quote(chosen.and_then(|it| it.1));
    }

    /// The place of what is chosen in the side pane, and its quote.
    pub(crate) fn chosen_place(&self) -> Option<(usize, Option<usize>)> {
        let findings = self.findings()?;
        match self.side.chosen()? {
            Line::Quote(quote) => Some((findings.quote(quote)?.extent().start, Some(quote))),
            Line::Entity(entity) => Some((findings.first_mention(entity)?.start, None)),
            Line::Mention(entity, number) => {
                Some((findings.entity(entity)?.mentions.get(number)?.span.start, None))
            }
            Line::Nobody => {
                let unknown = findings.speakers.iter().find(|it| it.entity.is_none())?;
                let first = *unknown.quotes.first()?;
                Some((findings.quote(first)?.extent().start, Some(first)))
            }
            Line::Struck(struck) => Some((findings.analysis.struck.get(struck)?.extent().start, None)),
            _ => None,
        }
    }

    /// The place itself, or in a block that repeats an earlier one the same place in that.
    fn settle(&self, place: usize) -> usize {
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
    pub(crate) fn is_shown(&self, place: usize) -> bool {
        let Some(block) = self.story.block_at(place) else { return false };
        let let_through = self.through[block] || self.opened.contains(&block);
        self.story.blocks()[block].repeats.is_none() && self.filter.shown(let_through) == Shown::Whole
    }
}

/// Where a story begins.
fn start(story: &Story) -> usize {
    story.blocks().first().map_or(0, |it| it.span.start)
}
