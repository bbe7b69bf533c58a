//! Fuzz target: any text is settings, keys or a theme that are the same when they are written and read again, or an error of one
//! line.

#![no_main]

#[path = "../setting_checks.rs"]
mod setting_checks;
#[path = "../../src"]
#[allow(dead_code, unused_imports, reason = "the program uses the rest")]
mod source {
    pub(crate) mod config;
    pub(crate) mod diagnostic;
    pub(crate) mod tui {
        pub(crate) mod input;
        pub(crate) mod style {
            pub(crate) mod theme;
            pub(crate) mod user_theme;
        }
    }
}

use source::{config, diagnostic, tui};

libfuzzer_sys::fuzz_target!(|text: &str| setting_checks::check_settings(text));
