//! The door: reads, loads, analyses, then shows a screen or writes bytes.

fn main() {}
