//! The list of themes. The selected theme is previewed on the whole screen.

use crate::tui::input::keymap::Mode;
use crate::tui::layout::list_selection::ListSelection;
use crate::tui::overlay::{Panel, PanelContext, PanelList};

/// The open list.
pub(crate) struct ThemeList {
    /// The number of the theme that was in use before.
    pub(crate) previous: usize,
    pub(crate) selected: ListSelection,
}

impl Panel for ThemeList {
    fn mode(&self) -> Mode {
        Mode::Themes
    }

    fn list(&self, context: &PanelContext) -> Option<PanelList> {
        let area = context.panes.list();
        let items = self.selected.visible(context.theme_count, usize::from(area.height));
        Some(PanelList { area, items: items.map(Some).collect() })
    }

    fn selection(&mut self) -> Option<&mut ListSelection> {
        Some(&mut self.selected)
    }

    fn rows_per_notch(&self) -> usize {
        1
    }
}
