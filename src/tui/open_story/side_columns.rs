//! How the entries of the side pane lie in its columns, and which of them want a second row.

use ratatui::layout::Size;

use crate::tui::open_story::filter::Sifted;
use crate::tui::open_story::list::Line;
use crate::tui::text::width::columns;

/// The columns before the words of the pane, and before those of a quote, which a mark and its kind's sign precede.
pub(crate) const INDENT: u16 = 2;
pub(crate) const QUOTE: u16 = 6;

/// Whether a pane has room for items of two rows.
pub(crate) fn is_tall(pane: Size) -> bool {
    pane.height >= 14
}

/// The items, each followed by a second row where it wants one.
pub(crate) fn two_rows(items: impl Iterator<Item = Line>, wants: impl Fn(Line) -> bool) -> Vec<Line> {
    items.flat_map(|it| std::iter::once(it).chain(wants(it).then_some(Line::Rest))).collect()
}

/// Whether a quote's words take more than one row.
pub(crate) fn is_long(quote: usize, sifted: &Sifted, pane: Size) -> bool {
    let room = usize::from(pane.width.saturating_sub(QUOTE + 1));
    let Some(quote) = sifted.findings.quote(quote).filter(|_| is_tall(pane)) else { return false };
    let bytes: usize = quote.parts.iter().map(|it| it.len() + 1).sum();
    // There may be many: signs are counted by their first bytes, not measured.
    let signs = || {
        let parts = quote.parts.iter().map(|it| it.of(sifted.story.text()).as_bytes());
        parts.map(|it| 1 + it.iter().filter(|byte| **byte & 0xc0 != 0x80).count()).sum::<usize>()
    };
    bytes > room + 1 && (bytes > 4 * room || signs() > room + 1)
}

/// Whether the head of a speaker's quotes takes more than one row.
pub(crate) fn is_long_head(speaker: usize, sifted: &Sifted, pane: Size) -> bool {
    let Some(own) = sifted.findings.speakers.get(speaker).filter(|_| is_tall(pane)) else { return false };
    let count = own.quotes.len().to_string().len() + 1;
    let room = usize::from(pane.width.saturating_sub(INDENT + 1)).saturating_sub(count);
    let (name, note) = (sifted.findings.name(speaker), sifted.findings.note_of(own.entity));
    columns(&own.label()) + 1 + columns(name) + 3 + columns(note) > room
}

/// Whether a row of a table takes more than one.
pub(crate) fn is_long_entry(entity: Option<usize>, sifted: &Sifted, pane: Size) -> bool {
    if !is_tall(pane) {
        return false;
    }
    let table = Table::of(pane.width);
    let (name, note) = (sifted.findings.name_of(entity), sifted.findings.note_of(entity));
    table.second_bar > 0 || columns(name) + 2 + columns(note) > usize::from(table.name)
}

/// The columns of a table of people, bodies or places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Table {
    /// Those of the name, and what is to be said of it.
    pub(crate) name: u16,
    /// Those of the quotes, with the blanks before them.
    pub(crate) said: u16,
    /// Those of the mentions, likewise.
    pub(crate) named: u16,
    /// Those of the bar, likewise; in a narrow pane it stands on the second row.
    pub(crate) bar: u16,
    pub(crate) second_bar: u16,
}

impl Table {
    /// For a pane of so many columns.
    pub(crate) fn of(width: u16) -> Self {
        let (said, named, bar, second_bar) = match width {
            66.. => (5, 7, 14, 0),
            46.. => (5, 7, 8, 0),
            24.. => (4, 6, 0, 8),
            _ => (0, 6, 0, 0),
        };
        let name = width.saturating_sub(INDENT + 1 + 1 + said + named + bar);
        Self { name, said, named, bar, second_bar }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_never_takes_more_than_its_pane() {
        for width in 12..200 {
            let Table { name, said, named, bar, .. } = Table::of(width);
            assert!(name + said + named + bar <= width, "{width}");
            assert!(width < 30 || name >= 15, "{width}: {name}");
        }
    }
}
