//! Fuzz target: each line of JSON Lines is a record or an error with a message of one line, in their order.

#![no_main]

#[path = "../../src/input/jsonl.rs"]
#[allow(dead_code, reason = "the program uses the rest")]
mod jsonl;
#[path = "../record_checks.rs"]
mod record_checks;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| record_checks::check_records(bytes));
