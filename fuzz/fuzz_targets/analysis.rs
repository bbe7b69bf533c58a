//! Fuzz target: a story of any bytes has sound findings, and all exports of it are safe.

#![no_main]

#[path = "../checks.rs"]
#[allow(dead_code, reason = "another target uses the rest")]
mod checks;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| checks::check_analysis(bytes));
