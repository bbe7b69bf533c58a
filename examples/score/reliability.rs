//! Confidences and what is right → of what claims to be so sure, how much is right.
//!
//! A claim is a found piece with a speaker; it is right where its words were said and that speaker said them. Labels
//! without a speaker are left out, as they are in who-said-what.

use std::fmt::Write;

use crate::table::ratio;

/// Where bins begin, as shares of 1; the last ends with 1.
const EDGES: [f32; 8] = [0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98];

/// Claims of about the same confidence.
#[derive(Clone, Copy, Default)]
pub(super) struct Bin {
    claims: usize,
    right: usize,
    /// The sum of their confidences.
    sure: f64,
}

/// Claims by their confidence.
#[derive(Default)]
pub(super) struct Bins([Bin; EDGES.len()]);

impl Bins {
    pub(super) fn claim(&mut self, confidence: f32, right: bool) {
        let at = EDGES.partition_point(|it| *it <= confidence).saturating_sub(1);
        self.0[at].add(Bin { claims: 1, right: usize::from(right), sure: f64::from(confidence) });
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.0.iter_mut().zip(other.0).for_each(|(sum, it)| sum.add(it));
    }
}

impl Bin {
    fn add(&mut self, other: Self) {
        self.claims += other.claims;
        self.right += other.right;
        self.sure += other.sure;
    }

    fn figures(self) -> [f64; 2] {
        [self.sure / self.claims.max(1) as f64, ratio(self.right, self.claims)]
    }
}

/// A Markdown table, and under it how far the bins are off, each by the number of its claims.
pub(super) fn printed(bins: &Bins) -> String {
    let ends = EDGES.iter().skip(1).chain(&[1.0]);
    let all = bins.0.iter().map(|it| it.claims).sum::<usize>();
    let mut table = String::from("\n| confidence | quotes | claimed | right |\n| --- | --- | --- | --- |\n");
    let mut off = 0.0;
    for ((start, end), bin) in EDGES.iter().zip(ends).zip(bins.0).filter(|it| it.1.claims > 0) {
        let [sure, right] = bin.figures();
        off += (sure - right).abs() * ratio(bin.claims, all);
        let (start, end, claims) = (100.0 * start, 100.0 * end, bin.claims);
        // Writing to a string cannot fail.
        let _ = writeln!(
            table,
            "| {start:.0}–{end:.0} % | {claims} | {:.1} % | {:.1} % |",
            100.0 * sure,
            100.0 * right
        );
    }
    let _ = writeln!(table, "\nexpected calibration error {:.1} %", 100.0 * off);
    table
}
