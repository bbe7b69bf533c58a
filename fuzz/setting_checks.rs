//! What holds for any settings file. The fuzz target checks it, and `tests/fuzz_corpus.rs` for the corpus.

use crate::source::config;

/// The names of themes that the settings may have.
const THEMES: &[&str] = &["auto", "dark", "light"];

/// A text is settings that are the same when they are written and read again, or an error of one line.
pub(crate) fn check_settings(text: &str) {
    match config::parse_settings(text, THEMES) {
        Ok(settings) => {
            let written = config::to_toml(&settings);
            let again = config::parse_settings(&written, THEMES).expect("what was written can be read");
            assert_eq!(config::to_toml(&again), written);
        }
        Err(error) => assert!(!error.message.contains('\n'), "{error}"),
    }
    // Saved settings are read as far as they are right.
    let mut settings = config::parse_settings("", THEMES).expect("no settings are right");
    config::apply_saved(&mut settings, text, &[], THEMES);
}
