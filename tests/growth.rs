//! Memory that is asked for grows in proportion to the input, for each kind of input of the growth benchmark.
//!
//! The bytes of all allocations are counted, also of those that are given back at once. What copies or collects for each
//! part of the input as much as the whole is found so, on any machine and under any load; times are measured by
//! `just growth`.

#[path = "../benches/growth/kinds.rs"]
mod kinds;

use std::alloc::System;
use std::sync::{Mutex, PoisonError};

use kinds::{KINDS, Kind};
use pullquote::engine::Engine;
use pullquote::export::{Csv, Export, Html, Json, Markdown, Text};
use pullquote::load::{self, Hint};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// A short input, in bytes, and how often a long one holds it.
const SHORT: usize = 4 << 10;
const TIMES: usize = 8;

/// The most that a long input may ask for, in parts of what a short one asks for: a little more than [`TIMES`]. What grows
/// by the square is 64.
const MAX_RATIO: usize = 10;

/// The kinds that once asked for the square with the language model, too.
const MODEL_KINDS: &[&str] = &["US", "U.S.", "Asia", "Lee &", "Ann Lee", "U.S. Mr. Dr.", "opening marks"];

/// Held by the test that runs: the allocations of all threads are counted together.
static COUNTING: Mutex<()> = Mutex::new(());

/// The bytes that loading, analysing and exporting an input asks for.
fn bytes_allocated(engine: &Engine, kind: &Kind, size: usize) -> usize {
    let text = kind.input(size);
    let hint = Hint { format: kind.format, ..Hint::default() };
    let region = Region::new(ALLOCATOR);
    if let Ok(story) = load::from_bytes(text.as_bytes(), &hint) {
        let analysis = engine.analyze(&story);
        let exports: [&dyn Export; 5] = [&Json, &Csv, &Markdown, &Html, &Text];
        for export in exports {
            drop(export.render(&story, &analysis));
        }
    }
    region.change().bytes_allocated
}

/// Asserts that [`TIMES`] times the input asks for little more than [`TIMES`] times the memory.
fn assert_proportional(engine: &Engine, kinds: &[&Kind]) {
    let _counting = COUNTING.lock().unwrap_or_else(PoisonError::into_inner);
    // What is built once belongs to no input.
    for kind in kinds {
        bytes_allocated(engine, kind, 200);
    }
    let mut faults = Vec::new();
    for kind in kinds {
        let (before, after) =
            (bytes_allocated(engine, kind, SHORT), bytes_allocated(engine, kind, SHORT * TIMES));
        if after > before * MAX_RATIO {
            faults.push(format!("{}: {before} and {after} bytes", kind.name));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn eight_times_the_input_asks_for_eight_times_the_memory() {
    assert_proportional(&Engine::rules_only(), &KINDS.iter().collect::<Vec<_>>());
}

#[test]
fn a_run_of_names_asks_for_memory_in_proportion_with_the_language_model_too() {
    let kinds: Vec<&Kind> = KINDS.iter().filter(|it| MODEL_KINDS.contains(&it.name)).collect();
    assert_eq!(kinds.len(), MODEL_KINDS.len());
    assert_proportional(&Engine::embedded(), &kinds);
}
