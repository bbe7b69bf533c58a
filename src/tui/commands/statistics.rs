//! The panel that shows the story in figures, while it is open.

use crate::tui::app::{App, Overlay};
use crate::tui::input::action::Action;
use crate::tui::open_story::statistics::Statistics;

impl App {
    pub(crate) fn open_statistics(&mut self) {
        self.overlay = Overlay::Statistics(Statistics::new(self.current_story()), 0);
    }

    pub(crate) fn update_statistics(&mut self, action: Action) {
        let page = usize::from(self.panes.body.height).max(1).cast_signed();
        match action {
            Action::Forward => self.scroll_statistics(1),
            Action::Back => self.scroll_statistics(-1),
            Action::PageForward => self.scroll_statistics(page),
            Action::PageBack => self.scroll_statistics(-page),
            Action::ToStart => self.scroll_statistics(isize::MIN),
            Action::ToEnd => self.scroll_statistics(isize::MAX),
            Action::Cancel => self.overlay = Overlay::None,
            _ => {}
        }
    }

    pub(crate) fn scroll_statistics(&mut self, by: isize) {
        let height = usize::from(self.panes.body.height);
        if let Overlay::Statistics(statistics, top) = &mut self.overlay {
            *top = top.saturating_add_signed(by).min(statistics.rows.len().saturating_sub(height));
        }
    }
}
