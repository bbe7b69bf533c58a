//! The theme picker: each theme is tried on as soon as it is reached, Enter keeps it, Esc puts the first one on again.

use crate::tui::app::{App, Open};
use crate::tui::input::action::Action;
use crate::tui::text::fuzzy::ranked;

impl App {
    pub(crate) fn pick_theme(&mut self) {
        if self.has_themes() {
            self.open = Open::Themes(self.themes.on());
        }
    }

    /// Puts on the theme of this name, else the one whose name is the nearest to it.
    pub(crate) fn wear(&mut self, typed: &str) {
        if !self.has_themes() {
            return;
        }
        let names = || self.themes.all.iter().map(|it| it.0.as_str());
        let exact = names().position(|it| it == typed);
        let nearest = || ranked(typed, names()).first().copied();
        if let Some(number) = exact.or_else(nearest) {
            self.themes.put_on(number);
            return self.say_theme();
        }
        let all = names().collect::<Vec<_>>().join(", ");
        self.say(&format!("there is no theme “{typed}”, only {all}"));
    }

    /// Whether there is a choice; where there is none, it is said why.
    fn has_themes(&mut self) -> bool {
        let several = self.themes.all.len() > 1;
        if !several {
            self.say("there is no colour here, by NO_COLOR or --color");
        }
        several
    }

    fn say_theme(&mut self) {
        let name = &self.themes.all[self.themes.on()].0;
        self.say(&format!("theme {name}, until you leave"));
    }

    pub(crate) fn in_themes(&mut self, action: Action, before: usize) {
        let on = self.themes.on();
        match action {
            Action::Forward => self.themes.put_on(on + 1),
            Action::Back => self.themes.put_on(on.saturating_sub(1)),
            Action::ToStart => self.themes.put_on(0),
            Action::ToEnd => self.themes.put_on(usize::MAX),
            Action::Accept => {
                self.open = Open::Nothing;
                self.say_theme();
            }
            Action::Cancel => {
                self.open = Open::Nothing;
                self.themes.put_on(before);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::tui::style::theme::Themes;
    use crate::tui::tests::Desk;

    #[test]
    fn a_theme_is_tried_on_kept_or_put_back() {
        let on = |keys: &str| Desk::new().press(keys).app.themes.on();
        assert_eq!([on("T"), on("T j"), on("T j j k"), on("T G"), on("T G j")], [0, 1, 1, 5, 5]);
        assert_eq!([on("T j enter"), on("T j esc"), on("T j enter T j esc")], [1, 0, 1]);
        let paper = |keys: &str| Desk::new().press(keys).buffer()[(0, 0)].bg;
        assert_ne!(paper("T j"), paper("T"));
        assert_eq!(paper("T j esc"), paper("T"));
    }

    #[test]
    fn the_list_names_every_theme_and_what_it_is() {
        for (width, height) in [(80, 24), (60, 20), (120, 40)] {
            let screen = Desk::new().sized(width, height).press("T j").screen();
            for words in
                ["terminal", "▸ dark", "light ink on dark paper", "high-contrast", "okabe-ito", "monochrome"]
            {
                assert!(screen.contains(words), "{words}\n{screen}");
            }
        }
    }

    #[test]
    fn a_theme_of_ones_own_is_in_the_list() {
        let mut desk = Desk::new();
        desk.app.themes.add("night", desk.app.themes.theme().clone());
        let screen = desk.press("T G").screen();
        assert!(screen.contains("▸ night") && screen.contains("your own"), "{screen}");
    }

    #[test]
    fn the_palette_puts_a_theme_on_by_its_name_or_its_beginning() {
        let on = |keys: &str| Desk::new().press(keys).app.themes.on();
        assert_eq!([on(":theme space light enter"), on(":theme space high enter")], [2, 3]);
        let desk = Desk::new().sized(160, 24).press("T j enter :theme space neon enter");
        assert!(
            desk.status().contains("there is no theme “neon”, only terminal, dark,"),
            "{}",
            desk.status()
        );
        assert_eq!(desk.app.themes.on(), 1);
    }

    #[test]
    fn without_colour_there_is_nothing_to_pick() {
        for keys in ["T", ":theme space dark enter"] {
            let mut desk = Desk::new();
            desk.app.themes = Themes::colorless().unwrap();
            assert!(desk.press(keys).status().contains("there is no colour here"), "{keys}");
        }
    }
}
