//! Fuzz target: any text is settings that are the same when they are written and read again, or an error of one line.

#![no_main]

#[path = "../setting_checks.rs"]
mod setting_checks;
#[path = "../../src"]
#[allow(dead_code, reason = "the program uses the rest")]
mod source {
    pub(crate) mod config;
    pub(crate) mod diagnostic;
}

use source::{config, diagnostic};

libfuzzer_sys::fuzz_target!(|text: &str| setting_checks::check_settings(text));
