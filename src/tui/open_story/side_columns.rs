//! The columns of the side pane, and the items that need a second row.

use pullquote::analysis::{MentionKind, Quote, QuoteKind};
use ratatui::layout::Size;

use crate::text::grouped;
use crate::tui::open_story::filter::FilteredStory;
use crate::tui::open_story::findings::{DOCUMENT, Findings, UNNAMED};
use crate::tui::open_story::list::ListRow;
use crate::tui::style::symbols::speaker_suffix;
use crate::tui::text::width::{display_width, split_at_width, truncate};

/// The columns before the text of the side pane.
pub(crate) const INDENT: u16 = 2;
/// The columns of a speaker's number before a name in a table, with the space after it.
pub(crate) const NUMBER_WIDTH: u16 = 3;
/// The columns before the text of a quote: the selection marker and the symbol of its kind.
pub(crate) const QUOTE_INDENT: u16 = 6;

/// The columns of a quote's row from which its kind is named.
const MIN_WIDTH_FOR_KIND: usize = 48;

/// The rows of an entity in a table, at most.
const MAX_ENTITY_HEIGHT: usize = 3;

/// The height in rows from which items may take two rows.
const MIN_HEIGHT_FOR_TWO_ROWS: u16 = 14;

/// Returns whether a pane is high enough for items of two rows.
pub(crate) fn fits_two_row_items(pane: Size) -> bool {
    pane.height >= MIN_HEIGHT_FOR_TWO_ROWS
}

/// Returns the items, each followed by its further rows; `rows_of` tells how many an item takes.
pub(crate) fn with_continuations(
    items: impl Iterator<Item = ListRow>,
    rows_of: impl Fn(ListRow) -> usize,
) -> Vec<ListRow> {
    let further = |item| std::iter::repeat_n(ListRow::Continuation, rows_of(item).saturating_sub(1));
    items.flat_map(|item| std::iter::once(item).chain(further(item))).collect()
}

/// Returns what stands at the right of the first row of a quote, of `width` columns: the pronoun that names the speaker, the kind
/// of a quote that is not direct, and the symbol of an uncertain or corrected speaker. In a narrow row the kind is left out
/// of all quotes; their symbols show it.
pub(crate) fn quote_note(quote: &Quote, findings: &Findings, text: &str, width: usize) -> String {
    let pronoun = quote.speaker_mention.filter(|span| {
        findings.mentions.overlapping(*span).any(|it| it.0 == *span && it.1.1 == MentionKind::Pronoun)
    });
    // In brackets, so that it does not look like a part of the quote.
    let pronoun = pronoun.map(|it| format!("({})", it.slice(text)));
    let has_kind = width >= MIN_WIDTH_FOR_KIND && quote.kind != QuoteKind::Direct;
    let kind = has_kind.then(|| quote.kind.name().to_string());
    let suffix = speaker_suffix(quote);
    let parts: Vec<String> = pronoun.into_iter().chain(kind).collect();
    format!("{}{suffix}", parts.join(" "))
}

/// Returns whether the text of a quote takes more than one row, if the pane has room for two.
pub(crate) fn quote_needs_two_rows(number: usize, filtered: &FilteredStory, pane: Size) -> bool {
    let width = usize::from(pane.width.saturating_sub(QUOTE_INDENT + 1));
    let FilteredStory { findings, story, .. } = filtered;
    let Some(quote) = findings.quote(number).filter(|_| fits_two_row_items(pane)) else { return false };
    let note = display_width(&quote_note(quote, findings, story.text(), width));
    let gap = usize::from(note > 0);
    findings.quote_length(number, story) > width.saturating_sub(note + gap) + 1
}

/// Returns whether the heading of a speaker's quotes takes more than one row, if the pane has room for two.
pub(crate) fn heading_needs_two_rows(number: usize, filtered: &FilteredStory, pane: Size) -> bool {
    let Some(speaker) = filtered.findings.speakers.get(number).filter(|_| fits_two_row_items(pane)) else {
        return false;
    };
    let count = grouped(speaker.quotes.len()).len() + 1;
    let width = usize::from(pane.width.saturating_sub(INDENT + 1)).saturating_sub(count);
    let (name, note) =
        (filtered.findings.speaker_name(number), filtered.findings.entity_note(speaker.entity));
    display_width(&speaker.label()) + 1 + display_width(name) + 3 + display_width(note) > width
}

/// Returns how many rows of a table an entity takes; one if the pane has no room for more.
pub(crate) fn entity_height(entity: Option<usize>, filtered: &FilteredStory, pane: Size) -> usize {
    if !fits_two_row_items(pane) {
        return 1;
    }
    let table = TableColumns::for_width(pane.width);
    let needed = entity_text(entity, filtered.findings, &table, pane.width).height();
    needed.max(if table.second_row_bar > 0 { 2 } else { 1 })
}

/// The name and the role of an entity in a table, wrapped.
pub(crate) struct EntityText<'a> {
    /// The name on the first row, and what of it goes on below.
    pub(crate) name: (&'a str, &'a str),
    /// The rows of the role, below the name.
    pub(crate) note: Vec<String>,
}

impl EntityText<'_> {
    /// Returns how many rows the name takes.
    pub(crate) const fn name_height(&self) -> usize {
        if self.name.1.is_empty() { 1 } else { 2 }
    }

    fn height(&self) -> usize {
        self.name_height() + self.note.len()
    }
}

/// Returns the role of an entity in a table. The heading above unnamed sources says already that they have no name, and the
/// unknown speaker has no role.
pub(crate) fn table_note(entity: Option<usize>, findings: &Findings) -> &str {
    let note = findings.entity_note(entity);
    if entity.is_none() || [UNNAMED, DOCUMENT].contains(&note) { "" } else { note }
}

/// Returns the name and the role of an entity for a pane of `width` columns. The role stands below the name, so that all
/// names are in one column and all roles in another.
pub(crate) fn entity_text<'a>(
    entity: Option<usize>,
    findings: &'a Findings,
    table: &TableColumns,
    width: u16,
) -> EntityText<'a> {
    let name = split_at_width(findings.entity_name(entity), usize::from(table.name));
    let columns = usize::from(width.saturating_sub(1 + INDENT + 1 + NUMBER_WIDTH));
    let mut rows = Vec::new();
    let mut rest = table_note(entity, findings);
    let first = if name.1.is_empty() { 1 } else { 2 };
    for row in first..MAX_ENTITY_HEIGHT {
        // A bar is at the right of the second row.
        let columns = if row == 1 { columns.saturating_sub(table.second_row_bar.into()) } else { columns };
        let (fitting, more) = split_at_width(rest, columns);
        let is_last = row + 1 == MAX_ENTITY_HEIGHT;
        let words = if is_last { truncate(rest, columns).into_owned() } else { fitting.to_string() };
        rows.extend((!words.is_empty()).then_some(words));
        rest = more;
    }
    EntityText { name, note: rows }
}

/// The widths of a table's columns, each with the spaces before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TableColumns {
    /// The name and its note.
    pub(crate) name: u16,
    /// The number of quotes.
    pub(crate) quotes: u16,
    /// The number of mentions.
    pub(crate) mentions: u16,
    /// The bar on the first row; 0 in a narrow pane.
    pub(crate) bar: u16,
    /// The bar on the second row; 0 in a wide pane.
    pub(crate) second_row_bar: u16,
}

impl TableColumns {
    /// Returns the widths for a pane of `width` columns.
    pub(crate) fn for_width(width: u16) -> Self {
        let (quotes, mentions, bar, second_row_bar) = match width {
            66.. => (7, 9, 14, 0),
            46.. => (7, 9, 8, 0),
            34.. => (4, 9, 0, 8),
            24.. => (4, 6, 0, 0),
            _ => (0, 6, 0, 0),
        };
        let name = width.saturating_sub(INDENT + 1 + NUMBER_WIDTH + 1 + quotes + mentions + bar);
        Self { name, quotes, mentions, bar, second_row_bar }
    }

    /// Returns the titles of the columns of quotes and mentions, abbreviated in a narrow pane.
    pub(crate) fn titles(&self) -> [&'static str; 2] {
        let quotes = if self.quotes > 0 { "quotes" } else { "" };
        [quotes, if usize::from(self.mentions) > "mentions".len() { "mentions" } else { "ment." }]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_never_takes_more_than_its_pane() {
        for width in 12..200 {
            let TableColumns { name, quotes: said, mentions: named, bar, .. } =
                TableColumns::for_width(width);
            assert!(name + said + named + bar <= width, "{width}");
            assert!(width < 30 || name >= 13, "{width}: {name}");
        }
    }
}
