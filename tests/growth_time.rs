//! The time for an input grows in proportion to its length, for the kinds of input that once took its square or more. What
//! asks for more memory is found by `tests/growth.rs`; all kinds are measured by `just growth`.
//!
//! Times are those of the processors, so that other programs do not count, and only their ratio is compared.

#![cfg(target_os = "linux")]

#[path = "../benches/growth/kinds.rs"]
mod kinds;

use std::fs;
use std::thread;
use std::time::Duration;

use kinds::{KINDS, Kind};
use pullquote::engine::Engine;
use pullquote::export::{Csv, Export, Json, Markdown};
use pullquote::load::{self, Hint};

/// How many times as long the long input is.
const TIMES: usize = 16;

/// The most that a long input may take, in times of the short one. In proportion it takes [`TIMES`], or a little more because
/// it fits no cache; by the square it takes 256.
const MAX_RATIO: f64 = 28.0;

/// The shortest time that is compared, in seconds: less is uncertain.
const MIN_TIME: f64 = 0.002;

/// How often a ratio that is too large is measured again: other programs may have emptied the caches.
const ATTEMPTS: usize = 3;

/// The kinds with the length of the long input, in bytes: half of that at which the square took a second in a release build.
/// There it took twice as long as all the rest.
const CASES: &[(&str, usize)] = &[
    ("U.S.", 64 << 10),
    ("USA", 64 << 10),
    ("Asia", 64 << 10),
    ("Lee &", 128 << 10),
    ("John", 128 << 10),
    ("Ann Lee", 128 << 10),
    ("U.S. Mr. Dr.", 128 << 10),
    ("different speakers, two words", 128 << 10),
    ("different surnames", 128 << 10),
    ("names with commas", 192 << 10),
    ("names, one a line", 256 << 10),
    ("X and Y said", 256 << 10),
    ("Mr. and a surname", 256 << 10),
    ("Mr. and a long surname", 256 << 10),
    ("quotes of many speakers", 256 << 10),
    ("companies", 256 << 10),
    ("abbreviations", 256 << 10),
    ("a spokesman", 256 << 10),
    ("ministers", 512 << 10),
    ("unnamed sources", 512 << 10),
    ("open quotes in a paragraph", 256 << 10),
    ("quotes in a paragraph", 256 << 10),
    ("no sentence ends", 512 << 10),
    ("many sources without sentence ends", 512 << 10),
    ("nested news in XML", 128 << 10),
];

/// Runs of names of which each was once searched anew for each name that the language model had found: they took the cube of
/// their length. The model reads windows of the same words once.
const MODEL_CASES: &[&str] =
    &["US", "USA", "U.S.", "Asia", "Lee &", "Ann Lee", "U.S. Mr. Dr.", "President's", "opening marks"];

/// The length of the long input for the language model, in bytes.
const MODEL_BYTES: usize = 32 << 10;

/// The time of the processors that this thread has used, in seconds. Other programs do not count.
fn thread_time() -> f64 {
    let times = fs::read_to_string("/proc/thread-self/schedstat").expect("the times of the thread");
    let used = times.split(' ').next().and_then(|it| it.parse().ok()).expect("nanoseconds");
    Duration::from_nanos(used).as_secs_f64()
}

/// The time to load, analyse and export an input. The threads on which the language model scores words do not count.
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

/// Measures the cases on two threads.
fn assert_proportional(engine: &Engine, cases: &[(&str, usize)]) {
    let check = |(name, size): &(&str, usize)| {
        let kind = KINDS.iter().find(|it| it.name == *name).expect("a kind of the benchmark");
        let ratio = || {
            let (long, short) = (time(engine, kind, *size), time(engine, kind, size / TIMES));
            println!("{name}: {long:.3} s, {:.1} times as long", long / short);
            long / short.max(MIN_TIME)
        };
        let ratios: Vec<f64> = (0..ATTEMPTS).map(|_| ratio()).take_while(|it| *it > MAX_RATIO).collect();
        assert!(ratios.len() < ATTEMPTS, "{name}: {ratios:?}");
    };
    let (one, other) = cases.split_at(cases.len() / 2);
    thread::scope(|scope| {
        scope.spawn(|| one.iter().for_each(check));
        other.iter().for_each(check);
    });
}

#[test]
fn sixteen_times_the_input_takes_sixteen_times_as_long() {
    assert_proportional(&Engine::rules_only(), CASES);
}

#[test]
fn a_run_of_names_takes_time_in_proportion_with_the_language_model_too() {
    let engine = Engine::embedded();
    // The first story loads the model.
    engine.analyze(&load::from_text("It rained."));
    let cases: Vec<(&str, usize)> = MODEL_CASES.iter().map(|it| (*it, MODEL_BYTES)).collect();
    assert_proportional(&engine, &cases);
}
