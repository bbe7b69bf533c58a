//! What holds for the files of the settings folder. The fuzz target checks it, and `tests/fuzz_corpus.rs` for the corpus.

use crate::source::config::{self, settings::KeymapPreset};
use crate::source::diagnostic::Diagnostic;
use crate::source::tui::input::keymap::Keymap;
use crate::source::tui::style::user_theme;

/// The names of themes that the settings may have.
const THEMES: &[&str] = &["auto", "dark", "light"];

/// A text is a good file of the settings folder, or an error of one line: `config.toml`, `keys.toml` and a theme.
pub(crate) fn check_settings(text: &str) {
    check_values(text);
    check_keys(text);
    if let Err(error) = user_theme::parse_user_theme(text) {
        assert_one_line(&error);
    }
}

/// Settings are the same when they are written and read again.
fn check_values(text: &str) {
    match config::parse_settings(text, THEMES) {
        Ok(settings) => {
            let written = config::to_toml(&settings);
            let again = config::parse_settings(&written, THEMES).expect("what was written can be read");
            assert_eq!(config::to_toml(&again), written);
        }
        Err(error) => assert_one_line(&error),
    }
    // Saved settings are read as far as they are right.
    let mut settings = config::parse_settings("", THEMES).expect("no settings are right");
    config::apply_saved(&mut settings, text, &[], THEMES);
}

/// Bindings are the same when they are written and read again.
fn check_keys(text: &str) {
    match Keymap::new(KeymapPreset::Default, Some(text)) {
        Ok(keymap) => {
            let written = keymap.to_toml();
            let again =
                Keymap::new(KeymapPreset::Default, Some(&written)).expect("what was written can be read");
            assert_eq!(again.to_toml(), written);
        }
        Err(error) => assert_one_line(&error),
    }
}

fn assert_one_line(error: &Diagnostic) {
    assert!(!error.to_string().contains(['\n', '\r']), "{error}");
}
