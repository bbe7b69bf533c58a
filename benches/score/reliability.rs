//! Reliability table: how often quotes of about the same confidence are right.
//!
//! Counts found spans with a speaker. One is right if it matches a labelled span with the same speaker. Labels without
//! a speaker are left out, as in who-said-what.

use std::fmt::Write;

use crate::table::ratio;

/// The lower bounds of the bins; the last bin ends at 1.
const EDGES: [f32; 8] = [0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98];

/// Found spans of about the same confidence.
#[derive(Clone, Copy, Default)]
pub(crate) struct Bin {
    count: usize,
    right: usize,
    /// The sum of their confidences.
    confidence_sum: f64,
}

/// All bins, by confidence.
#[derive(Default)]
pub(crate) struct Bins([Bin; EDGES.len()]);

impl Bins {
    pub(crate) fn record(&mut self, confidence: f32, right: bool) {
        let at = EDGES.partition_point(|it| *it <= confidence).saturating_sub(1);
        self.0[at].add(Bin { count: 1, right: usize::from(right), confidence_sum: f64::from(confidence) });
    }

    pub(crate) fn add(&mut self, other: &Self) {
        self.0.iter_mut().zip(other.0).for_each(|(sum, it)| sum.add(it));
    }
}

impl Bin {
    fn add(&mut self, other: Self) {
        self.count += other.count;
        self.right += other.right;
        self.confidence_sum += other.confidence_sum;
    }

    fn figures(self) -> [f64; 2] {
        [self.confidence_sum / self.count.max(1) as f64, ratio(self.right, self.count)]
    }
}

/// A Markdown table of the bins, and the expected calibration error.
pub(crate) fn render(bins: &Bins) -> String {
    let ends = EDGES.iter().skip(1).chain(&[1.0]);
    let all = bins.0.iter().map(|it| it.count).sum::<usize>();
    let mut table = String::from("\n| confidence | quotes | claimed | right |\n| --- | --- | --- | --- |\n");
    let mut off = 0.0;
    for ((start, end), bin) in EDGES.iter().zip(ends).zip(bins.0).filter(|it| it.1.count > 0) {
        let [sure, right] = bin.figures();
        off += (sure - right).abs() * ratio(bin.count, all);
        let (start, end, count) = (100.0 * start, 100.0 * end, bin.count);
        // Writing to a string cannot fail.
        let _ = writeln!(
            table,
            "| {start:.0}–{end:.0} % | {count} | {:.1} % | {:.1} % |",
            100.0 * sure,
            100.0 * right
        );
    }
    let _ = writeln!(table, "\nexpected calibration error {:.1} %", 100.0 * off);
    table
}
