//! The panel that shows the story in figures, while it is open.

use crate::tui::app::{App, Open};
use crate::tui::input::action::Action;
use crate::tui::open_story::statistics::Statistics;

impl App {
    pub(crate) fn show_statistics(&mut self) {
        self.open = Open::Statistics(Statistics::of(self.reading()), 0);
    }

    pub(crate) fn in_statistics(&mut self, action: Action) {
        let page = usize::from(self.panes.body.height).max(1).cast_signed();
        match action {
            Action::Forward => self.roll_statistics(1),
            Action::Back => self.roll_statistics(-1),
            Action::PageForward => self.roll_statistics(page),
            Action::PageBack => self.roll_statistics(-page),
            Action::ToStart => self.roll_statistics(isize::MIN),
            Action::ToEnd => self.roll_statistics(isize::MAX),
            Action::Cancel => self.open = Open::Nothing,
            _ => {}
        }
    }

    pub(crate) fn roll_statistics(&mut self, by: isize) {
        let height = usize::from(self.panes.body.height);
        if let Open::Statistics(statistics, top) = &mut self.open {
            *top = top.saturating_add_signed(by).min(statistics.rows.len().saturating_sub(height));
        }
    }
}
