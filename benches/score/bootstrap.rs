//! Confidence intervals of the scores: percentile bootstrap over stories (Efron 1979).
//!
//! Each round draws as many stories as there are, with replacement. An interval holds the middle 95 per cent of the
//! rounds. The random numbers are the same in every run.

use std::collections::HashMap;
use std::fmt::Write;

use crate::table::{Row, Tally};

/// A Markdown table of every score with its interval.
pub(crate) fn render<T: Tally>(stories: &[T], rounds: usize) -> String {
    let mut random = SplitMix64(17);
    let mut samples: HashMap<String, Vec<f64>> = HashMap::new();
    for _ in 0..rounds {
        let round: T = (0..stories.len()).map(|_| &stories[random.below(stories.len())]).sum();
        for (name, figure) in round.rows().iter().flat_map(Row::figures) {
            samples.entry(name).or_default().push(figure);
        }
    }
    let mut table = String::from("\n| figure | value | 95 % interval |\n| --- | --- | --- |\n");
    for (name, figure) in stories.iter().sum::<T>().rows().iter().flat_map(Row::figures) {
        let mut figures = samples.remove(&name).unwrap_or_default();
        figures.sort_by(f64::total_cmp);
        let at = |share: f64| 100.0 * figures[(share * (figures.len() - 1) as f64).round() as usize];
        let interval = format!("{:.1}–{:.1}", at(0.025), at(0.975));
        // Writing to a string cannot fail.
        let _ = writeln!(table, "| {name} | {:.1} | {interval} |", 100.0 * figure);
    }
    table
}

/// Pseudorandom number generator (splitmix64, Steele et al. 2014).
struct SplitMix64(u64);

impl SplitMix64 {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) % end as u64) as usize
    }
}
