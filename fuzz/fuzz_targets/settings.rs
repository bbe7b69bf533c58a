//! Fuzz target: any text is settings that are the same when they are written and read again, or an error of one line.

#![no_main]

#[path = "../../src"]
#[allow(dead_code, reason = "the program uses the rest")]
mod source {
    pub(crate) mod config;
    pub(crate) mod diagnostic;
}

use source::{config, diagnostic};

/// The names of themes that the settings may have.
const THEMES: &[&str] = &["auto", "dark", "light"];

libfuzzer_sys::fuzz_target!(|text: &str| {
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
});
