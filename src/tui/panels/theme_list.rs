//! The list of themes, with a sample. The selected theme is previewed on the whole screen.

use pullquote::speaker_numbers::HUE_COUNT;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::text::numbered_list;
use crate::tui::app::panel::{KeyHint, Panel, PanelList, Response, hint};
use crate::tui::app::{App, RootView};
use crate::tui::input::action::Action;
use crate::tui::input::keymap::Mode;
use crate::tui::layout::list_selection::ListSelection;
use crate::tui::style::theme::MONOCHROME;
use crate::tui::view::{draw_text, skip_columns};

/// The open list.
struct ThemeList {
    /// The number of the theme that was in use before.
    previous: usize,
    selected: ListSelection,
}

impl App {
    pub(crate) fn open_theme_list(&mut self) {
        if self.check_themes_available() {
            let current = self.themes.current();
            self.open_panel(ThemeList { previous: current, selected: ListSelection::new(current) });
        }
    }
}

impl Panel for ThemeList {
    fn mode(&self) -> Mode {
        Mode::Themes
    }

    fn update(&mut self, app: &mut App, action: Action) -> Response {
        match action {
            Action::Accept => {
                app.notify_theme();
                Response::Close
            }
            Action::Cancel => {
                app.themes.select(self.previous);
                Response::Close
            }
            _ => {
                self.selected.apply(action, app.list_height(), app.themes.all.len());
                self.selection_changed(app);
                Response::Stay
            }
        }
    }

    fn draw(&self, view: RootView, buf: &mut Buffer) {
        view.draw_theme_list(view.app.panes.side, buf);
    }

    fn describe(&self, app: &App) -> Option<String> {
        Some(numbered_list("Themes. Type a number to use one.", app.themes.all.iter().map(|it| it.0.clone())))
    }

    fn hints(&self, _app: &App) -> Vec<KeyHint> {
        vec![hint(Action::Cancel, "back"), hint(Action::Accept, "use"), hint(Action::Forward, "next")]
    }

    fn list(&self, app: &App) -> Option<PanelList> {
        let area = app.panes.list();
        let items = self.selected.visible(app.themes.all.len(), usize::from(area.height));
        Some(PanelList { area, items: items.map(Some).collect() })
    }

    fn selection(&mut self) -> Option<&mut ListSelection> {
        Some(&mut self.selected)
    }

    fn selection_changed(&mut self, app: &mut App) {
        app.themes.select(self.selected.item());
    }

    fn rows_per_notch(&self) -> usize {
        1
    }
}

impl RootView<'_> {
    fn draw_theme_list(&self, area: Rect, buf: &mut Buffer) {
        let themes = &self.app.themes;
        let mut rows =
            skip_columns(area, 2).rows().map(|it| Rect { width: it.width.saturating_sub(1), ..it });
        let Some(head) = rows.next() else { return };
        draw_text("Theme", head, self.theme.tab.0, buf);
        rows.next();
        let height = usize::from(area.height.saturating_sub(2));
        for (number, row) in
            ListSelection::new(themes.current()).visible(themes.all.len(), height).zip(&mut rows)
        {
            let on = number == themes.current();
            draw_text(if on { "▸" } else { " " }, row, self.theme.key.0, buf);
            draw_text(&themes.all[number].0, skip_columns(row, 2), self.theme.text.0, buf);
            if on {
                self.highlight_marked_row(row, buf);
            }
        }
        rows.next();
        if let Some(row) = rows.next() {
            draw_text(
                theme_description(&themes.all[themes.current()].0),
                skip_columns(row, 2),
                self.theme.secondary.0,
                buf,
            );
        }
        rows.next();
        for (sample, row) in self.sample_rows().iter().zip(rows) {
            let mut rest = skip_columns(row, 2);
            for (text, style) in sample {
                let taken = draw_text(text, rest, self.theme.text.0.patch(*style), buf);
                rest = skip_columns(rest, taken + 1);
            }
        }
    }

    /// Sample words in the styles of the theme, row by row.
    fn sample_rows(&self) -> [Vec<(String, Style)>; 4] {
        let theme = self.theme;
        let voices = (0..HUE_COUNT).map(|it| (format!("{}▌", it + 1), theme.speaker_style(Some(it))));
        let word = |text: &str, style| (text.to_string(), style);
        [
            vec![
                word("Person", theme.person.0),
                word("Organisation", theme.organization.0),
                word("Place", theme.place.0),
            ],
            vec![
                word("“a quote”", theme.quote.0),
                word("faint", theme.secondary.0),
                word("dimmed", theme.dimmed.0),
            ],
            vec![
                word("match", theme.search_match.0),
                word("current", theme.current_match.0),
                word("selected", theme.selected.0),
            ],
            voices.collect(),
        ]
    }
}

/// A short description of a theme.
fn theme_description(name: &str) -> &'static str {
    match name {
        "terminal" => "your terminal's colours",
        "dark" => "light on dark",
        "light" => "dark on light",
        "high-contrast" => "high contrast",
        "okabe-ito" => "colour-blind safe",
        MONOCHROME => "no colour",
        _ => "custom",
    }
}

#[cfg(test)]
mod tests {
    use crate::tui::style::theme::ThemeSet;
    use crate::tui::tests::TestApp;

    #[test]
    fn a_theme_is_previewed_and_chosen_or_restored() {
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
        let test_app = TestApp::new().press("T j enter :theme space neon enter");
        assert!(test_app.status().contains("No theme is called that"), "{}", test_app.status());
        assert_eq!(test_app.app.themes.current(), 1);
    }

    #[test]
    fn without_colour_there_is_nothing_to_pick() {
        for keys in ["T", ":theme space mono enter"] {
            let mut test_app = TestApp::new();
            test_app.app.themes = ThemeSet::colorless().unwrap();
            assert!(test_app.press(keys).status().contains("Colours are off"), "{keys}");
        }
    }
}
