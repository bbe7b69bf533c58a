//! The theme picker: each theme is tried on as soon as it is reached, Enter keeps it, Esc puts the first one on again.

use super::action::Action;
use super::app::{App, Open};

impl App {
    pub(super) fn pick_theme(&mut self) {
        if self.themes.all.len() > 1 {
            self.open = Open::Themes(self.themes.on());
        } else {
            self.say("there is no colour here, by NO_COLOR or --color");
        }
    }

    pub(super) fn in_themes(&mut self, action: Action, before: usize) {
        let on = self.themes.on();
        match action {
            Action::Forward => self.themes.put_on(on + 1),
            Action::Back => self.themes.put_on(on.saturating_sub(1)),
            Action::ToStart => self.themes.put_on(0),
            Action::ToEnd => self.themes.put_on(usize::MAX),
            Action::Accept => {
                self.open = Open::Nothing;
                self.say(&format!("theme {}, until you leave", self.themes.all[on].0));
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
    use super::super::tests::Desk;
    use super::super::theme::Themes;

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
    fn without_colour_there_is_nothing_to_pick() {
        let mut desk = Desk::new();
        desk.app.themes = Themes::colorless().unwrap();
        assert!(desk.press("T").status().contains("there is no colour here"));
    }
}
