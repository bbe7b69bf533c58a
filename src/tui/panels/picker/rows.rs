//! The rows of a picker: items, each on one row or more, under the headlines of their stories.

use ratatui::layout::Rect;

use crate::tui::app::App;
use crate::tui::layout::list_selection::ListSelection;
use crate::tui::panels::picker::{Picker, PickerItem, PickerSource};

/// A visible row of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PickerRow {
    /// The headline of a story above its items.
    Story(usize),
    /// A row of an item: its index among the matching items, and which of its rows.
    Item(usize, usize),
}

impl<S: PickerSource> Picker<S> {
    /// The rows that the list shows in its area; the selected item is among them.
    pub(super) fn visible_rows(&self, app: &App, list: Rect) -> Vec<PickerRow> {
        let height = usize::from(list.height);
        if self.source.columns().is_empty() {
            return self.arrange_rows(height, |_| 1);
        }
        let layout = self.layout(app, list.width);
        self.arrange_rows(height, |item| self.text_rows(app, item, &layout).len())
    }

    /// The rows that a list of `height` rows shows; `rows_of` tells how many an item takes.
    pub(super) fn arrange_rows(
        &self,
        height: usize,
        rows_of: impl Fn(&PickerItem<S::Target>) -> usize,
    ) -> Vec<PickerRow> {
        // Items that are farther from the selected one have no room beside it.
        let chosen = self.selected.item();
        let (from, to) = (chosen.saturating_sub(height), (chosen + height + 1).min(self.matching.len()));
        let mut rows = Vec::new();
        let mut story = from.checked_sub(1).and_then(|it| self.item_at(it)?.under_story);
        let mut selected = 0;
        for number in from..to {
            let Some(item) = self.item_at(number) else { break };
            if let Some(under) = item.under_story
                && story.replace(under) != Some(under)
            {
                rows.push(PickerRow::Story(under));
            }
            if number == chosen {
                selected = rows.len();
            }
            rows.extend((0..rows_of(item)).map(|row| PickerRow::Item(number, row)));
        }
        let first = ListSelection::new(selected).top_row(rows.len(), height);
        rows.into_iter().skip(first).take(height).collect()
    }
}
