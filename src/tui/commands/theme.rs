//! Theme commands: selection by name.

use crate::tui::app::App;
use crate::tui::text::fuzzy::matching_indices;

impl App {
    /// Selects the theme of this name, or else the theme whose name matches best.
    pub(crate) fn select_theme_by_name(&mut self, typed: &str) {
        if !self.check_themes_available() {
            return;
        }
        let names = || self.themes.all.iter().map(|it| it.0.as_str());
        let exact = names().position(|it| it == typed);
        let nearest = || matching_indices(typed, names()).first().copied();
        if let Some(number) = exact.or_else(nearest) {
            self.themes.select(number);
            return self.notify_theme();
        }
        let all = names().collect::<Vec<_>>().join(", ");
        self.notify(&format!("Unknown theme “{typed}”; choose one of {all}"));
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
        self.notify(&format!("Theme {name} (this session only)"));
    }
}
