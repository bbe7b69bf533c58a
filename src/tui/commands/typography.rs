//! Typography commands: width and alignment of the text, spacing, justification, hyphenation, focus.

use crate::config::settings::{MAX_EXTRA_SIDE_WIDTH, MAX_TEXT_WIDTH, MIN_TEXT_WIDTH};
use crate::tui::app::{App, Focus};

impl App {
    pub(crate) fn widen_text(&mut self, columns: isize) {
        // Counted from the width that is shown, as the pane may be narrower than the setting.
        let shown = self.panes.text.width;
        let text = i32::from(shown) + columns.clamp(-200, 200) as i32;
        self.pane_options.text_width = text.clamp(MIN_TEXT_WIDTH.into(), MAX_TEXT_WIDTH.into()) as u16;
        self.relayout();
        let is_at_limit = self.panes.text.width == shown;
        if is_at_limit {
            self.pane_options.text_width = shown.clamp(MIN_TEXT_WIDTH, MAX_TEXT_WIDTH);
        }
        let limit = match (is_at_limit, columns > 0) {
            (false, _) => "",
            (true, true) => " (widest here)",
            (true, false) => " (narrowest)",
        };
        self.notify(&format!("Text width {}{limit}", self.panes.text.width));
    }

    pub(crate) fn set_text_width(&mut self, columns: u16) {
        self.pane_options.text_width = columns.clamp(MIN_TEXT_WIDTH, MAX_TEXT_WIDTH);
        self.relayout();
        self.notify(&format!("Text width {}", self.panes.text.width));
    }

    pub(crate) fn widen_side(&mut self, columns: isize) {
        let (shown, before) = (self.panes.side.width, self.pane_options.extra_side_width);
        let side = i32::from(before) + columns.clamp(-200, 200) as i32;
        self.pane_options.extra_side_width =
            side.clamp((-MAX_EXTRA_SIDE_WIDTH).into(), MAX_EXTRA_SIDE_WIDTH.into()) as i16;
        self.relayout();
        if self.panes.side.width == shown {
            // A width beyond the limit would have to be taken back key by key.
            self.pane_options.extra_side_width = before;
            self.notify(if columns > 0 {
                "The side pane is at its widest"
            } else {
                "The side pane is at its narrowest"
            });
        }
    }

    pub(crate) fn toggle_centered(&mut self) {
        let before = self.panes.text;
        self.pane_options.centered = !self.pane_options.centered;
        self.relayout();
        self.notify(match (self.panes.text == before, self.pane_options.centered) {
            (true, _) => "Text fills the pane",
            (_, true) => "Centred",
            (_, false) => "Left-aligned",
        });
    }

    pub(crate) fn cycle_paragraph_gap(&mut self) {
        self.text_options.gap = (self.text_options.gap + 1) % 3;
        self.relayout();
        self.notify(match self.text_options.gap {
            0 => "Paragraph spacing: 0",
            1 => "Paragraph spacing: 1",
            _ => "Paragraph spacing: 2",
        });
    }

    pub(crate) fn toggle_justified(&mut self) {
        self.text_options.justified = !self.text_options.justified;
        self.relayout();
        self.notify(if self.text_options.justified { "Justified" } else { "Not justified" });
    }

    pub(crate) fn toggle_hyphenated(&mut self) {
        self.text_options.hyphenated = !self.text_options.hyphenated;
        self.relayout();
        self.notify(if self.text_options.hyphenated { "Hyphenation on" } else { "Hyphenation off" });
    }

    /// Applies the settings of `config.toml` again, and forgets those that were changed in the interface.
    pub(crate) fn reset_settings(&mut self) {
        let settings = self.configured.clone();
        self.apply_settings(&settings);
        self.themes.select_by_name(&settings.theme);
        self.is_reset = true;
        self.relayout();
        self.notify("Settings reset");
    }

    /// Dims all paragraphs but the current one, or none.
    pub(crate) fn toggle_paragraph_focus(&mut self) {
        self.paragraph_focus = !self.paragraph_focus;
        self.notify(if self.paragraph_focus { "Paragraph focus on" } else { "Paragraph focus off" });
    }

    /// Hides all but the text, or shows everything again.
    pub(crate) fn toggle_zen(&mut self) {
        self.pane_options.zen = !self.pane_options.zen;
        self.focus = Focus::Story;
        self.relayout();
        if self.pane_options.zen {
            self.notify("Press z or Esc to leave this mode");
        }
    }
}

#[cfg(test)]
mod tests {
    use ratatui::style::Color;

    use crate::config::settings::{FilterDisplay, Settings};
    use crate::tui::tests::{STORY, TestApp};

    #[test]
    fn every_layout_setting_keeps_the_place_and_can_be_undone() {
        for (key, times) in
            [("c", 2), ("_", 3), (":justify enter", 2), (":hyphenate enter", 2), ("p", 2), ("z", 2)]
        {
            let mut test_app = TestApp::new().with_size(100, 14).press("4]q j");
            let place = test_app.app.current_story().viewport.cursor;
            let before = test_app.press("ctrl-l").screen();
            test_app = TestApp::new().with_size(100, 14).press("4]q j");
            for _ in 0..times {
                test_app = test_app.press(key);
                assert_eq!(test_app.app.current_story().viewport.cursor, place, "{key}");
                assert!(test_app.screen().contains("“We were"), "{key}\n{}", test_app.screen());
            }
            assert_eq!(test_app.press("ctrl-l").screen(), before, "{key}");
        }
    }

    #[test]
    fn the_column_begins_as_it_is_set() {
        let begun = |settings: &Settings| {
            let mut test_app = TestApp::new();
            test_app.app.apply_settings(settings);
            test_app.with_size(158, 30).screen()
        };
        let usual = begun(&Settings::default());
        assert_eq!(usual, TestApp::new().with_size(158, 30).screen());
        for (settings, key) in [
            (Settings { center: false, ..Settings::default() }, "c"),
            (Settings { gap: 2, ..Settings::default() }, "_"),
            (Settings { justify: true, ..Settings::default() }, ":justify enter"),
            (Settings { hyphenate: true, width: 30, ..Settings::default() }, ":hyphenate enter"),
        ] {
            let narrow = Settings { width: settings.width, ..Settings::default() };
            let mut pressed = TestApp::new();
            pressed.app.apply_settings(&narrow);
            let pressed = pressed.with_size(158, 30).press(key).press("ctrl-l").screen();
            assert_eq!(begun(&settings), pressed, "{key}");
            assert_ne!(begun(&narrow), pressed, "{key}");
        }
    }

    #[test]
    fn zen_shows_only_the_text_and_escape_ends_it() {
        let test_app = TestApp::new().press("z ctrl-l");
        let screen = test_app.screen();
        for sign in ["│", "─", "Quotes", "Gazette", "help"] {
            assert!(!screen.contains(sign), "{sign}\n{screen}");
        }
        assert!(screen.contains("The harbour council"));
        assert!(test_app.press("/ferry").status().starts_with("/ferry"));
        assert!(TestApp::new().press("z esc").screen().contains("Quotes"));
        assert!(TestApp::new().press("z tab").screen().contains("Quotes 6"));
        assert!(TestApp::new().press("z /ferry enter esc").press("esc").screen().contains("Gazette"));
    }

    #[test]
    fn the_other_paragraphs_are_dimmed() {
        let test_app = TestApp::new().with_size(70, 40).press("} } } p");
        let dimmed = test_app.app.themes.theme().dimmed.0.fg;
        assert_ne!(test_app.style("Lee told").fg, dimmed);
        assert_eq!(test_app.style("who has steered").fg, dimmed);
        assert_eq!(test_app.press("}").style("Lee told").fg, dimmed);
    }

    #[test]
    fn clicks_and_hits_are_right_in_a_justified_and_hyphenated_column() {
        let test_app = TestApp::new()
            .with_size(120, 40)
            .press(":justify enter :hyphenate enter 5-")
            .press("/transport enter");
        let row = test_app.rows().into_iter().find(|it| it.contains("Transport")).unwrap();
        assert!(row.contains("  ") || row.contains("- "), "{row}");
        let buffer = test_app.buffer();
        let marked: String = (0..test_app.size.height)
            .flat_map(|y| (0..test_app.size.width).map(move |x| (x, y)))
            .filter(|it| buffer[*it].bg == Color::LightYellow)
            .map(|it| buffer[it].symbol().to_string())
            .collect();
        assert_eq!(marked.replace('-', ""), "Transport");
        for words in ["Norham", "reporters", "bridge at", "steered"] {
            let test_app =
                TestApp::new().with_size(120, 60).press(":justify enter :hyphenate enter 5-").click(words);
            let place = test_app.app.current_story().viewport.cursor;
            assert!(STORY[place..].starts_with(words), "{words}: {}", &STORY[place..]);
        }
    }

    #[test]
    fn what_is_changed_can_be_saved_and_is_reset_on_demand() {
        let start = Settings::default();
        let test_app = TestApp::new().with_size(200, 40).press("- - c _ f :theme space dark enter");
        let changed = test_app.app.settings(&start);
        assert_eq!((changed.width, changed.center, changed.gap), (62, false, 2));
        assert_eq!((changed.filter, changed.theme.as_str()), (FilterDisplay::Fold, "dark"));
        let test_app = test_app.press(":reset-settings enter");
        assert!(test_app.app.is_reset);
        let reset = test_app.app.settings(&start);
        assert_eq!((reset.width, reset.center, reset.gap, reset.filter), (66, true, 1, FilterDisplay::Dim));
    }
}
