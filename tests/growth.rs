//! Memory that is asked for grows in proportion to the input, for each kind of input of the growth benchmark.
//!
//! The bytes of all allocations are counted, also of those that are given back at once. What copies or collects for each
//! part of the input as much as the whole is found so, on any machine and under any load; times are measured by
//! `just growth`.

#[path = "../benches/growth/kinds.rs"]
mod kinds;

use std::alloc::System;

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

#[test]
fn eight_times_the_input_asks_for_eight_times_the_memory() {
    let engine = Engine::rules_only();
    // What is built once belongs to no input.
    for kind in KINDS {
        bytes_allocated(&engine, kind, 200);
    }
    let mut faults = Vec::new();
    for kind in KINDS {
        let (before, after) =
            (bytes_allocated(&engine, kind, SHORT), bytes_allocated(&engine, kind, SHORT * TIMES));
        if after > before * MAX_RATIO {
            faults.push(format!("{}: {before} and {after} bytes", kind.name));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}
