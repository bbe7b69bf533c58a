//! Fuzz target: bytes in any format become a sound story or an error.

#![no_main]

#[path = "../checks.rs"]
#[allow(dead_code, reason = "another target uses the rest")]
mod checks;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| checks::check_story(bytes));
