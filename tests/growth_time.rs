//! The time for an input grows in proportion to its length, for the kinds of input that once took its square and asked for
//! no more memory. What asks for more memory is found by `tests/growth.rs`; all kinds are measured by `just growth`.

#![cfg(target_os = "linux")]

#[path = "../benches/growth/kinds.rs"]
mod kinds;

use std::fs;
use std::time::Duration;

use kinds::{KINDS, Kind};
use pullquote::engine::Engine;
use pullquote::export::{Csv, Export, Json, Markdown};
use pullquote::load::{self, Hint};

/// How many times as long the long input is.
const TIMES: usize = 8;

/// The most that a long input may take, in times of the short one. In proportion it takes [`TIMES`], or a little more because
/// it fits no cache; what grew by the square took more than this at the lengths below.
const MAX_RATIO: f64 = 14.0;

/// The shortest time that is compared, in seconds: less is uncertain.
const MIN_TIME: f64 = 0.01;

/// The kinds with the length of the long input, in bytes: about that at which the square took a second.
const CASES: &[(&str, usize)] = &[
    ("U.S.", 128 << 10),
    ("USA", 128 << 10),
    ("Asia", 128 << 10),
    ("Lee &", 256 << 10),
    ("John", 256 << 10),
    ("Ann Lee", 256 << 10),
    ("U.S. Mr. Dr.", 256 << 10),
    ("different speakers, two words", 256 << 10),
    ("different surnames", 256 << 10),
    ("names with commas", 384 << 10),
    ("names, one a line", 512 << 10),
    ("X and Y said", 512 << 10),
    ("Mr. and a surname", 512 << 10),
    ("quotes of many speakers", 512 << 10),
    ("companies", 512 << 10),
    ("abbreviations", 512 << 10),
    ("a spokesman", 512 << 10),
    ("ministers", 1 << 20),
    ("unnamed sources", 1 << 20),
    ("open quotes in a paragraph", 512 << 10),
    ("quotes in a paragraph", 512 << 10),
    ("no sentence ends", 2 << 20),
    ("nested news in XML", 256 << 10),
];

/// The time of the processors that this thread has used, in seconds. Other programs do not count.
fn thread_time() -> f64 {
    let times = fs::read_to_string("/proc/thread-self/schedstat").expect("the times of the thread");
    let used = times.split(' ').next().and_then(|it| it.parse().ok()).expect("nanoseconds");
    Duration::from_nanos(used).as_secs_f64()
}

/// The time to load, analyse and export an input.
fn time(engine: &Engine, kind: &Kind, size: usize) -> f64 {
    let text = kind.input(size);
    let hint = Hint { format: kind.format, ..Hint::default() };
    let start = thread_time();
    let story = load::from_bytes(text.as_bytes(), &hint).expect("it is a story");
    let analysis = engine.analyze(&story);
    let exports: [&dyn Export; 3] = [&Json, &Csv, &Markdown];
    for export in exports {
        drop(export.render(&story, &analysis));
    }
    thread_time() - start
}

#[test]
#[ignore = "compares times: `just growth-time` runs it, on a machine that does nothing else"]
fn eight_times_the_input_takes_eight_times_as_long() {
    let engine = Engine::rules_only();
    for (name, size) in CASES {
        let kind = KINDS.iter().find(|it| it.name == *name).expect("a kind of the benchmark");
        let ratio = || time(&engine, kind, *size) / time(&engine, kind, size / TIMES).max(MIN_TIME);
        // A machine under load is slower at times.
        let least = (0..4).map(|_| ratio()).find(|it| *it <= MAX_RATIO);
        assert!(least.is_some(), "{name}");
    }
}
