//! Rows of figures → lines of text.

use std::fmt::Write;
use std::iter::Sum;

/// What is counted in a story; the counts of several stories add up.
pub(super) trait Tally: for<'a> Sum<&'a Self> {
    fn rows(&self) -> Vec<Row>;
}

/// A row: what it is about, and its figures.
pub(super) struct Row {
    pub(super) name: String,
    pub(super) cells: Cells,
}

impl Row {
    /// Its figures by their names; of precision, recall and their mean, the mean.
    pub(super) fn figures(&self) -> Vec<(String, f64)> {
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

/// The figures of a row.
pub(super) enum Cells {
    Named(Vec<(&'static str, Cell)>),
    List(Vec<Cell>),
    One(Cell),
}

/// A figure.
pub(super) enum Cell {
    Count(usize),
    /// A share of 1, shown in hundredths with one decimal.
    Share(f64),
    Shares([f64; 3]),
}

/// A row of named figures.
pub(super) fn named(name: &str, cells: Vec<(&'static str, Cell)>) -> Row {
    Row { name: name.into(), cells: Cells::Named(cells) }
}

/// Precision, recall and their harmonic mean, of `right` among `found` and `wanted`.
pub(super) fn shares(right: usize, found: usize, wanted: usize) -> [f64; 3] {
    [ratio(right, found), ratio(right, wanted), ratio(2 * right, found + wanted)]
}

pub(super) fn ratio(a: usize, b: usize) -> f64 {
    if b == 0 { 0.0 } else { a as f64 / b as f64 }
}

/// One row a line, the figures as JSON.
pub(super) fn printed(rows: &[Row]) -> String {
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
