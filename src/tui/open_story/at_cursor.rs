//! What lies at the cursor of an open story: a quote, a rejected quote, a name; and its selection in the side pane.

use std::ops::Range;

use pullquote::analysis::Quote;
use pullquote::span::Span;

use crate::tui::layout::page::RowKind;
use crate::tui::open_story::list::ListRow;
use crate::tui::open_story::side_pane::Tab;
use crate::tui::open_story::{OpenStory, start_offset};

impl OpenStory {
    /// Returns the quote at the cursor or preview, else the first allowed quote on the same row, else the first there.
    pub(crate) fn quote_at_cursor(&self) -> Option<usize> {
        let offset = self.viewport.visible_offset();
        let at_row = || {
            let parts = &self.findings()?.quote_parts;
            if let Some((_, quote)) = parts.innermost_at(offset).filter(|_| self.is_visible(offset)) {
                return Some(quote);
            }
            let row = self.page.rows().get(self.page.row_at(offset))?;
            let span = if matches!(row.kind, RowKind::Folded(_)) { Span::default() } else { row.span };
            let on_row = || parts.overlapping(span).map(|(_, quote)| quote);
            on_row().find(|quote| self.allows(*quote)).or_else(|| on_row().next())
        };
        self.viewport.selected_quote().filter(|_| self.is_visible(offset)).or_else(at_row)
    }

    /// Returns the last allowed quote in a pane of `height` rows that begins before the cursor, else the first after it.
    pub(crate) fn nearest_visible_quote(&self, height: usize) -> Option<usize> {
        let top = self.viewport.top_row(&self.page, height);
        let rows = self.page.rows().get(top..(top + height).min(self.page.rows().len()))?;
        let rows = rows.iter().filter(|it| !matches!(it.kind, RowKind::Folded(_)));
        let parts = &self.findings()?.quote_parts;
        let on_rows = rows.flat_map(|row| parts.overlapping(row.span));
        let mut visible: Vec<(Span, usize)> = on_rows.collect();
        visible.retain(|it| self.allows(it.1));
        let before = visible.iter().rev().find(|it| it.0.start <= self.viewport.cursor);
        before.or(visible.first()).map(|it| it.1)
    }

    /// Returns the allowed quote that is nearest to another; of two the earlier one.
    pub(crate) fn nearest_shown_quote(&self, other: usize) -> Option<usize> {
        let findings = self.findings()?;
        let hidden = findings.quote(other)?.extent();
        let gap = |quote: usize| {
            let shown = findings.quote(quote).map_or(hidden, Quote::extent);
            hidden.start.saturating_sub(shown.end).max(shown.start.saturating_sub(hidden.end))
        };
        let place = self.allowed_quotes.partition_point(|it| *it < other);
        let neighbors = [place.checked_sub(1), Some(place)].into_iter().flatten();
        let neighbors = neighbors.filter_map(|it| self.allowed_quotes.get(it).copied());
        neighbors.min_by_key(|it| gap(*it))
    }

    /// Returns the rejected quote that is selected in the side pane or lies on the row of the cursor.
    pub(crate) fn rejected_quote_at_cursor(&self) -> Option<usize> {
        if let (Some(_), Some(ListRow::RejectedQuote(number))) =
            (self.viewport.preview, self.side_pane.selected())
        {
            return Some(number);
        }
        let row = self.page.rows().get(self.page.row_at(self.viewport.visible_offset()))?;
        self.findings()?.rejected_parts.overlapping(row.span).next().map(|(_, quote)| quote)
    }

    /// Returns the entity that is mentioned at the cursor; `None` if a quote was moved to, which may begin with a name.
    pub(crate) fn entity_at_cursor(&self) -> Option<usize> {
        if self.viewport.selected_quote().is_some() {
            return None;
        }
        let (_, (entity, _)) = self.findings()?.mentions.innermost_at(self.viewport.cursor)?;
        self.is_visible(self.viewport.cursor).then_some(entity)
    }

    /// Returns the first quote in some rows of the page.
    pub(crate) fn first_quote_in(&self, rows: Range<usize>) -> Option<usize> {
        let rows = self.page.rows().get(rows.start..rows.end.min(self.page.rows().len()))?;
        let mut quotes = rows.iter().filter(|it| !matches!(it.kind, RowKind::Folded(_)));
        quotes.find_map(|row| Some(self.findings()?.quote_parts.overlapping(row.span).next()?.1))
    }

    /// Selects the quote and the name at the cursor in every list of the side pane. Without a quote at the cursor, the
    /// one in a pane of `height` rows is selected on which commands act; where the filter allows none there, the first.
    pub(crate) fn select_at_cursor(&mut self, height: usize) {
        let top = self.viewport.top_row(&self.page, height);
        let is_rejected = self.rejected_quote_at_cursor().is_some();
        let visible =
            || self.nearest_visible_quote(height).or_else(|| self.first_quote_in(top..top + height));
        let at_cursor = self.quote_at_cursor();
        let chosen = at_cursor.filter(|it| self.allows(*it));
        let quote = chosen.or_else(|| visible().filter(|_| !is_rejected)).or(at_cursor);
        let entity = self.entity_at_cursor();
        if let Some(quote) = quote {
            self.side_pane.select(Tab::Quotes, ListRow::Quote(quote));
            self.side_pane.open_list_mut().select(ListRow::Quote(quote));
        }
        // Until the user moves, the list begins at its top, where the most quoted speakers are.
        let list = self.side_pane.open_list_mut();
        if self.viewport.is_fresh(start_offset(&self.story))
            && list.top_row(usize::from(self.list_size.height)) > 0
        {
            list.select_row(0);
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
}
