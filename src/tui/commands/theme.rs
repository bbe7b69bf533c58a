//! Theme commands.

use crate::tui::app::App;

impl App {
    /// Uses a theme by its number.
    pub(crate) fn use_theme(&mut self, number: usize) {
        if self.check_themes_available() {
            self.themes.select(number);
            self.notify_theme();
        }
    }

    /// Whether there are themes to choose from. If not, a notice tells why.
    pub(crate) fn check_themes_available(&mut self) -> bool {
        let several = self.themes.all.len() > 1;
        if !several {
            self.notify("Colours are off (NO_COLOR or --color never)");
        }
        several
    }

    pub(crate) fn notify_theme(&mut self) {
        let name = &self.themes.all[self.themes.current()].0;
        let suffix = if self.has_storage { "" } else { " (not saved: --no-shelf)" };
        self.notify(&format!("Theme {name}{suffix}"));
    }
}
