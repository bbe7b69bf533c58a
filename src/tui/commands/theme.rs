//! Theme commands: a list with a live preview, and selection by name.

use crate::tui::app::App;
use crate::tui::input::action::Action;
use crate::tui::layout::list_selection::ListSelection;
use crate::tui::overlay::Overlay;
use crate::tui::overlay::theme_list::ThemeList;
use crate::tui::text::fuzzy::matching_indices;

impl App {
    pub(crate) fn open_theme_list(&mut self) {
        if self.check_themes_available() {
            self.overlay = Overlay::ThemeList(ThemeList {
                previous: self.themes.current(),
                selected: ListSelection::new(self.themes.current()),
            });
        }
    }

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
    fn check_themes_available(&mut self) -> bool {
        let several = self.themes.all.len() > 1;
        if !several {
            self.notify("Colours are off (NO_COLOR or --color never)");
        }
        several
    }

    fn notify_theme(&mut self) {
        let name = &self.themes.all[self.themes.current()].0;
        self.notify(&format!("Theme {name} (this session only)"));
    }

    pub(crate) fn update_theme_list(&mut self, action: Action) {
        let page = self.list_height();
        let Overlay::ThemeList(list) = &mut self.overlay else { return };
        match action {
            Action::Accept => {
                self.overlay = Overlay::None;
                self.notify_theme();
            }
            Action::Cancel => {
                self.themes.select(list.previous);
                self.overlay = Overlay::None;
            }
            _ => {
                list.selected.apply(action, page, self.themes.all.len());
                self.themes.select(list.selected.item());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::tui::style::theme::ThemeSet;
    use crate::tui::tests::TestApp;

    #[test]
    fn a_theme_is_tried_on_kept_or_put_back() {
        let on = |keys: &str| TestApp::new().press(keys).app.themes.current();
        assert_eq!([on("T"), on("T j"), on("T j j k"), on("T G"), on("T G j")], [0, 1, 1, 5, 5]);
        assert_eq!([on("T j enter"), on("T j esc"), on("T j enter T j esc")], [1, 0, 1]);
        let paper = |keys: &str| TestApp::new().press(keys).buffer()[(0, 0)].bg;
        assert_ne!(paper("T j"), paper("T"));
        assert_eq!(paper("T j esc"), paper("T"));
    }

    #[test]
    fn the_list_names_every_theme_and_what_it_is() {
        for (width, height) in [(80, 24), (60, 20), (120, 40)] {
            let screen = TestApp::new().with_size(width, height).press("T j").screen();
            for words in ["terminal", "▸ dark", "light on dark", "high-contrast", "okabe-ito", "monochrome"]
            {
                assert!(screen.contains(words), "{words}\n{screen}");
            }
        }
    }

    #[test]
    fn a_theme_of_ones_own_is_in_the_list() {
        let mut test_app = TestApp::new();
        test_app.app.themes.add("night", test_app.app.themes.theme().clone());
        let screen = test_app.press("T G").screen();
        assert!(screen.contains("▸ night") && screen.contains("custom"), "{screen}");
    }

    #[test]
    fn the_palette_puts_a_theme_on_by_its_name_or_its_beginning() {
        let on = |keys: &str| TestApp::new().press(keys).app.themes.current();
        assert_eq!([on(":theme space light enter"), on(":theme space high enter")], [2, 3]);
        let test_app = TestApp::new().with_size(160, 24).press("T j enter :theme space neon enter");
        assert!(
            test_app.status().contains("Unknown theme “neon”; choose one of terminal, dark,"),
            "{}",
            test_app.status()
        );
        assert_eq!(test_app.app.themes.current(), 1);
    }

    #[test]
    fn without_colour_there_is_nothing_to_pick() {
        for keys in ["T", ":theme space dark enter"] {
            let mut test_app = TestApp::new();
            test_app.app.themes = ThemeSet::colorless().unwrap();
            assert!(test_app.press(keys).status().contains("Colours are off"), "{keys}");
        }
    }
}
