//! How the entries of the side pane lie in its columns, and which of them want a second row.

use ratatui::layout::Size;

use crate::tui::open_story::filter::FilteredStory;
use crate::tui::open_story::list::ListRow;
use crate::tui::text::width::display_width;

/// The columns before the words of the pane, and before those of a quote, which a mark and its kind's sign precede.
pub(crate) const INDENT: u16 = 2;
pub(crate) const QUOTE_INDENT: u16 = 6;

/// Whether a pane has room for items of two rows.
pub(crate) fn fits_two_row_items(pane: Size) -> bool {
    pane.height >= 14
}

/// The items, each followed by a second row where it wants one.
pub(crate) fn with_second_rows(
    items: impl Iterator<Item = ListRow>,
    wants: impl Fn(ListRow) -> bool,
) -> Vec<ListRow> {
    items.flat_map(|it| std::iter::once(it).chain(wants(it).then_some(ListRow::Continuation))).collect()
}

/// Whether a quote's words take more than one row.
pub(crate) fn quote_needs_two_rows(quote: usize, sifted: &FilteredStory, pane: Size) -> bool {
    let room = usize::from(pane.width.saturating_sub(QUOTE_INDENT + 1));
    let Some(quote) = sifted.findings.quote(quote).filter(|_| fits_two_row_items(pane)) else { return false };
    let bytes: usize = quote.parts.iter().map(|it| it.len() + 1).sum();
    // There may be many: signs are counted by their first bytes, not measured.
    let signs = || {
        let parts = quote.parts.iter().map(|it| it.slice(sifted.story.text()).as_bytes());
        parts.map(|it| 1 + it.iter().filter(|byte| **byte & 0xc0 != 0x80).count()).sum::<usize>()
    };
    bytes > room + 1 && (bytes > 4 * room || signs() > room + 1)
}

/// Whether the head of a speaker's quotes takes more than one row.
pub(crate) fn heading_needs_two_rows(speaker: usize, sifted: &FilteredStory, pane: Size) -> bool {
    let Some(own) = sifted.findings.speakers.get(speaker).filter(|_| fits_two_row_items(pane)) else {
        return false;
    };
    let count = own.quotes.len().to_string().len() + 1;
    let room = usize::from(pane.width.saturating_sub(INDENT + 1)).saturating_sub(count);
    let (name, note) = (sifted.findings.speaker_name(speaker), sifted.findings.entity_note(own.entity));
    display_width(&own.label()) + 1 + display_width(name) + 3 + display_width(note) > room
}

/// Whether a row of a table takes more than one.
pub(crate) fn entity_needs_two_rows(entity: Option<usize>, sifted: &FilteredStory, pane: Size) -> bool {
    if !fits_two_row_items(pane) {
        return false;
    }
    let table = TableColumns::for_width(pane.width);
    let (name, note) = (sifted.findings.entity_name(entity), sifted.findings.entity_note(entity));
    table.second_row_bar > 0 || display_width(name) + 2 + display_width(note) > usize::from(table.name)
}

/// The columns of a table of people, bodies or places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TableColumns {
    /// Those of the name, and what is to be said of it.
    pub(crate) name: u16,
    /// Those of the quotes, with the blanks before them.
    pub(crate) quotes: u16,
    /// Those of the mentions, likewise.
    pub(crate) mentions: u16,
    /// Those of the bar, likewise; in a narrow pane it stands on the second row.
    pub(crate) bar: u16,
    pub(crate) second_row_bar: u16,
}

impl TableColumns {
    /// For a pane of so many columns.
    pub(crate) fn for_width(width: u16) -> Self {
        let (quotes, mentions, bar, second_row_bar) = match width {
            66.. => (5, 7, 14, 0),
            46.. => (5, 7, 8, 0),
            24.. => (4, 6, 0, 8),
            _ => (0, 6, 0, 0),
        };
        let name = width.saturating_sub(INDENT + 1 + 1 + quotes + mentions + bar);
        Self { name, quotes, mentions, bar, second_row_bar }
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
            assert!(width < 30 || name >= 15, "{width}: {name}");
        }
    }
}
