//! Counts of single stories → figures of all, each with the interval in which it would lie with other such stories.
//!
//! A percentile bootstrap (Efron 1979): as many stories are drawn from the same ones, each time any of them, and counted;
//! of many such rounds an interval holds the middle 95 of 100. The draw is the same in every run.

use std::collections::HashMap;
use std::fmt::Write;

use crate::table::{Row, Tally};

/// A Markdown table.
pub(super) fn printed<T: Tally>(stories: &[T], rounds: usize) -> String {
    let mut draw = Draw(17);
    let mut drawn: HashMap<String, Vec<f64>> = HashMap::new();
    for _ in 0..rounds {
        let round: T = (0..stories.len()).map(|_| &stories[draw.below(stories.len())]).sum();
        for (name, figure) in round.rows().iter().flat_map(Row::figures) {
            drawn.entry(name).or_default().push(figure);
        }
    }
    let mut table = String::from("\n| figure | value | 95 % interval |\n| --- | --- | --- |\n");
    for (name, figure) in stories.iter().sum::<T>().rows().iter().flat_map(Row::figures) {
        let mut figures = drawn.remove(&name).unwrap_or_default();
        figures.sort_by(f64::total_cmp);
        let at = |share: f64| 100.0 * figures[(share * (figures.len() - 1) as f64).round() as usize];
        let interval = format!("{:.1}–{:.1}", at(0.025), at(0.975));
        // Writing to a string cannot fail.
        let _ = writeln!(table, "| {name} | {:.1} | {interval} |", 100.0 * figure);
    }
    table
}

/// Numbers that only look drawn by lot (splitmix64, Steele et al. 2014).
struct Draw(u64);

impl Draw {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) % end as u64) as usize
    }
}
