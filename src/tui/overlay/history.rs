//! The reading history as a list.

use std::ops::Range;

use crate::storage::HistoryEntry;
use crate::tui::input::action::Action;
use crate::tui::input::keymap::Mode;
use crate::tui::layout::list_selection::ListSelection;
use crate::tui::overlay::picker;
use crate::tui::overlay::{Panel, PanelContext, PanelList, Placement};

/// The open list; the last story comes first.
pub(crate) struct History {
    pub(crate) entries: Vec<HistoryEntry>,
    pub(crate) selected: ListSelection,
}

impl History {
    /// The entries that a list of `height` rows shows.
    pub(crate) fn visible_range(&self, height: usize) -> Range<usize> {
        self.selected.visible(self.entries.len(), height)
    }
}

impl Panel for History {
    fn mode(&self) -> Mode {
        Mode::List
    }

    fn placement(&self) -> Placement {
        Placement::FullPage
    }

    fn list(&self, context: &PanelContext) -> Option<PanelList> {
        let area = picker::list_area(context.panes.body);
        let items = self.visible_range(usize::from(area.height));
        Some(PanelList { area, items: items.map(Some).collect() })
    }

    fn click_action(&self) -> Action {
        Action::Open
    }

    fn selection(&mut self) -> Option<&mut ListSelection> {
        Some(&mut self.selected)
    }

    fn rows_per_notch(&self) -> usize {
        1
    }
}
