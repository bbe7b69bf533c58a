//! What holds for any JSON Lines. The fuzz target checks it, and `tests/fuzz_corpus.rs` for the corpus.

use crate::jsonl::{RecordBody, records};

/// Each line is a record or an error with a message of one line; numbers of lines go up.
pub(crate) fn check_records(bytes: &[u8]) {
    let lines = bytes.split_inclusive(|it| *it == b'\n').count();
    let mut last = 0;
    for (number, record) in records(bytes) {
        assert!(number > last && number <= lines, "line {number} of {lines} after {last}");
        last = number;
        match record {
            Ok(record) => match record.body {
                RecordBody::Text(body) | RecordBody::Html(body) => assert!(body.len() <= bytes.len()),
            },
            Err(error) => {
                assert!(!error.message.is_empty() && !error.message.contains('\n'), "{error:?}");
            }
        }
    }
}
