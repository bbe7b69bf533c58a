//! Rows of figures → lines of text.

use std::fmt::Write;

/// A row: what it is about, and its figures.
pub(super) struct Row {
    pub(super) name: String,
    pub(super) cells: Cells,
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
