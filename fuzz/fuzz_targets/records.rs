//! Fuzz target: each line of JSON Lines is a record or an error with a message of one line, in their order.

#![no_main]

#[path = "../../src/input/jsonl.rs"]
#[allow(dead_code, reason = "the program uses the rest")]
mod jsonl;

use jsonl::{RecordBody, records};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let lines = bytes.split_inclusive(|it| *it == b'\n').count();
    let mut read = 0;
    for record in records(bytes) {
        read += 1;
        match record {
            Ok(record) => match record.body {
                RecordBody::Text(body) | RecordBody::Html(body) => assert!(body.len() <= bytes.len()),
            },
            Err(error) => assert!(!error.message.is_empty() && !error.message.contains('\n'), "{error:?}"),
        }
    }
    assert!(read <= lines, "{read} of {lines}");
});
