//! Table of scores, and its text form.

use std::fmt::Write;
use std::iter::Sum;

/// Counts of a story; those of several stories add up.
pub(crate) trait Tally: for<'a> Sum<&'a Self> {
    fn rows(&self) -> Vec<Row>;
}

/// A named row of scores.
pub(crate) struct Row {
    pub(crate) name: String,
    pub(crate) cells: Cells,
}

impl Row {
    /// The scores with their names; of precision, recall and F1, only F1.
    pub(crate) fn figures(&self) -> Vec<(String, f64)> {
        let figure = |it: &Cell| match it {
            Cell::Share(it) | Cell::Shares([_, _, it]) => Some(*it),
            Cell::Count(_) => None,
        };
        match &self.cells {
            Cells::Named(cells) => {
                let named = |(name, it): &(&str, Cell)| Some((format!("{} {name}", self.name), figure(it)?));
                cells.iter().filter_map(named).collect()
            }
            Cells::List(cells) => {
                cells.get(2).and_then(figure).map(|it| (self.name.clone(), it)).into_iter().collect()
            }
            Cells::One(_) => Vec::new(),
        }
    }
}

/// The scores of a row.
pub(crate) enum Cells {
    Named(Vec<(&'static str, Cell)>),
    List(Vec<Cell>),
    One(Cell),
}

/// A score.
pub(crate) enum Cell {
    Count(usize),
    /// A share of 1, written in per cent with one decimal.
    Share(f64),
    Shares([f64; 3]),
}

/// A row of named scores.
pub(crate) fn named_row(name: &str, cells: Vec<(&'static str, Cell)>) -> Row {
    Row { name: name.into(), cells: Cells::Named(cells) }
}

/// Precision, recall and F1.
pub(crate) fn shares(right: usize, found: usize, expected: usize) -> [f64; 3] {
    [ratio(right, found), ratio(right, expected), ratio(2 * right, found + expected)]
}

pub(crate) fn ratio(a: usize, b: usize) -> f64 {
    if b == 0 { 0.0 } else { a as f64 / b as f64 }
}

/// One row per line, the scores as JSON.
pub(crate) fn render(rows: &[Row]) -> String {
    let mut text = String::new();
    for row in rows {
        let cells = match &row.cells {
            Cells::Named(cells) => {
                let cells: Vec<String> =
                    cells.iter().map(|(name, it)| format!("\"{name}\": {}", cell(it))).collect();
                format!("{{{}}}", cells.join(", "))
            }
            Cells::List(cells) => format!("[{}]", cells.iter().map(cell).collect::<Vec<_>>().join(", ")),
            Cells::One(it) => cell(it),
        };
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{:26} {cells}", row.name);
    }
    text
}

fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Count(count) => count.to_string(),
        Cell::Share(share) => format!("{:.1}", 100.0 * share),
        Cell::Shares([a, b, c]) => format!("[{:.1}, {:.1}, {:.1}]", 100.0 * a, 100.0 * b, 100.0 * c),
    }
}
