//! Finds and mends rows that the program could not have written.

use rusqlite::{Connection, Result};

use crate::shelf::kept_text;
use crate::shelf::queries::{Shelf, count_column};
use crate::shelf::salvage::{Recovered, count};
use crate::text::counted;

/// The last second of the year 9999; SQLite has no date for a later one.
const MAX_TIME: i64 = 253_402_300_799;

/// What [`Shelf::mend_rows`] has found.
pub(crate) struct CheckResult {
    /// One message for each kind of fault; empty if there is none.
    pub(crate) faults: Vec<String>,
    pub(crate) contents: Recovered,
    /// How many texts are kept, and their size in bytes, packed.
    pub(crate) texts: (usize, usize),
}

/// A kind of fault: its name in the singular, and the table, the condition and the change that mends it.
type Fault = (&'static str, &'static str, String, String);

impl Shelf {
    /// Replaces impossible times, offsets and percentages.
    pub(crate) fn mend_rows(&self) -> Result<CheckResult> {
        self.transaction(|db| {
            let mut faults = Vec::new();
            for (name, table, condition, change) in known_faults() {
                let mended = db.execute(&format!("UPDATE {table} SET {change} WHERE {condition}"), [])?;
                if mended > 0 {
                    faults.push(format!("Mended {} in {table}", counted(mended, name)));
                }
            }
            let damaged = delete_damaged_texts(db)?;
            if damaged > 0 {
                faults.push(format!("Deleted {}", counted(damaged, "damaged text")));
            }
            let query = "SELECT count(*), ifnull(sum(length(content)), 0) FROM texts";
            let texts = db.query_row(query, [], |row| Ok((count_column(row, 0)?, count_column(row, 1)?)))?;
            Ok(CheckResult { faults, contents: count(db)?, texts })
        })
    }
}

/// Deletes kept texts that cannot be unpacked; returns their number.
fn delete_damaged_texts(db: &Connection) -> Result<usize> {
    let mut texts = db.prepare("SELECT story, content FROM texts")?;
    let texts = texts.query_map([], |row| {
        let content: Vec<u8> = row.get(1)?;
        Ok((row.get::<_, i64>(0)?, kept_text::unpack(&content).is_some()))
    })?;
    let texts: Vec<(i64, bool)> = texts.collect::<Result<_>>()?;
    let damaged = texts.into_iter().filter(|it| !it.1).map(|it| it.0);
    damaged.map(|it| db.execute("DELETE FROM texts WHERE story = ?1", [it])).sum()
}

fn known_faults() -> Vec<Fault> {
    let now = "unixepoch('now')";
    let time = |table, column| -> Fault {
        let condition = format!("{column} NOT BETWEEN 0 AND {MAX_TIME}");
        ("impossible date", table, condition, format!("{column} = {now}"))
    };
    let offset = |table, column| -> Fault {
        ("impossible offset", table, format!("{column} < 0"), format!("{column} = 0"))
    };
    let span = |table| -> Fault {
        let change = "start = max(0, start), end = max(0, start, end)";
        ("impossible passage", table, "start < 0 OR end < start".into(), change.into())
    };
    vec![
        time("stories", "first_read"),
        time("stories", "last_read"),
        time("places", "time"),
        time("notes", "time"),
        time("corrections", "time"),
        offset("places", "place"),
        offset("places", "top"),
        offset("marks", "place"),
        span("notes"),
        span("corrected"),
        (
            "impossible percentage",
            "stories",
            "share NOT BETWEEN 0 AND 100".into(),
            "share = max(0, min(100, share))".into(),
        ),
    ]
}
