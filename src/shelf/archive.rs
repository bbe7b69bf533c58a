//! The shelf looked through without a story in hand: all that stands on it, and what is to be forgotten.

use rusqlite::{Connection, Result};
use serde::Serialize;

use crate::shelf::queries::Shelf;

/// A story with all that is kept of it, in the form that is published. Places are bytes of the story's text, days those
/// of the place where the shelf is read.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct StoredStory {
    pub(crate) key: String,
    pub(crate) title: String,
    pub(crate) source: Option<String>,
    pub(crate) file: Option<String>,
    pub(crate) outlet: Option<String>,
    pub(crate) published: Option<String>,
    pub(crate) words: usize,
    /// How much of it was seen, in per cent.
    pub(crate) share: usize,
    pub(crate) first_read: String,
    pub(crate) last_read: String,
    pub(crate) place: Option<usize>,
    pub(crate) marks: Vec<StoredBookmark>,
    pub(crate) notes: Vec<StoredNote>,
    pub(crate) corrections: Vec<StoredCorrection>,
    pub(crate) history: Vec<Session>,
}

impl StoredStory {
    /// " with 2 notes and 1 mark": what goes with the story, if anything does.
    pub(crate) fn describe_contents(&self) -> String {
        let counts =
            [(self.notes.len(), "note"), (self.marks.len(), "mark"), (self.corrections.len(), "correction")];
        let some = counts.iter().filter(|it| it.0 > 0);
        let words: Vec<String> = some
            .map(|(count, word)| format!("{count} {word}{}", if *count == 1 { "" } else { "s" }))
            .collect();
        match words.split_last() {
            None => String::new(),
            Some((last, [])) => format!(" with {last}"),
            Some((last, rest)) => format!(" with {} and {last}", rest.join(", ")),
        }
    }
}

/// A letter and its place.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct StoredBookmark {
    letter: String,
    place: usize,
}

/// A note and its passage.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct StoredNote {
    start: usize,
    end: usize,
    pub(crate) passage: String,
    pub(crate) words: String,
    day: String,
}

/// The reader's word on a quote: "said", "nobody" or "not-a-quote".
#[derive(Clone, Debug, Serialize)]
pub(crate) struct StoredCorrection {
    verdict: String,
    speaker: Option<String>,
    parts: Vec<StoredSpan>,
}

/// A part of a quote.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct StoredSpan {
    start: usize,
    end: usize,
    words: String,
}

/// When a story was read, in seconds since 1970.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Session {
    began: i64,
    ended: i64,
}

impl Shelf {
    /// Every story, the one read last first.
    pub(crate) fn stories(&self) -> Result<Vec<StoredStory>> {
        let mut rows = self.db.prepare(
            "SELECT id, hash, title, source, file, outlet, published, words, share,
                 date(first_read, 'unixepoch', 'localtime'), date(last_read, 'unixepoch', 'localtime')
             FROM stories ORDER BY last_read DESC, id DESC",
        )?;
        let rows = rows.query_map([], |row| {
            let story = row.get(0)?;
            let places =
                query_all(&self.db, "SELECT place FROM places WHERE story = ?1", story, |it| it.get(0))?;
            Ok(StoredStory {
                key: row.get(1)?,
                title: row.get(2)?,
                source: row.get(3)?,
                file: row.get(4)?,
                outlet: row.get(5)?,
                published: row.get(6)?,
                words: row.get(7)?,
                share: row.get(8)?,
                first_read: row.get(9)?,
                last_read: row.get(10)?,
                place: places.first().copied(),
                marks: bookmarks(&self.db, story)?,
                notes: notes(&self.db, story)?,
                corrections: corrections(&self.db, story)?,
                history: history(&self.db, story)?,
            })
        })?;
        rows.collect()
    }

    /// Forgets a story and all that was left in it; the file keeps no trace of it.
    pub(crate) fn forget(&self, key: &str) -> Result<()> {
        self.db.pragma_update(None, "secure_delete", true)?;
        self.transaction(|db| db.execute("DELETE FROM stories WHERE hash = ?1", [key]).map(drop))?;
        self.db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
    }
}

fn bookmarks(db: &Connection, story: i64) -> Result<Vec<StoredBookmark>> {
    query_all(db, "SELECT letter, place FROM marks WHERE story = ?1 ORDER BY place", story, |row| {
        Ok(StoredBookmark { letter: row.get(0)?, place: row.get(1)? })
    })
}

fn notes(db: &Connection, story: i64) -> Result<Vec<StoredNote>> {
    let query = "SELECT start, end, passage, words, date(time, 'unixepoch', 'localtime')
                 FROM notes WHERE story = ?1 ORDER BY start, id";
    query_all(db, query, story, |row| {
        Ok(StoredNote {
            start: row.get(0)?,
            end: row.get(1)?,
            passage: row.get(2)?,
            words: row.get(3)?,
            day: row.get(4)?,
        })
    })
}

fn corrections(db: &Connection, story: i64) -> Result<Vec<StoredCorrection>> {
    let query = "SELECT id, verdict, speaker FROM corrections WHERE story = ?1 ORDER BY id";
    query_all(db, query, story, |row| {
        let parts = "SELECT start, end, words FROM corrected WHERE correction = ?1 ORDER BY number";
        let parts = query_all(db, parts, row.get(0)?, |row| {
            Ok(StoredSpan { start: row.get(0)?, end: row.get(1)?, words: row.get(2)? })
        })?;
        Ok(StoredCorrection { verdict: row.get(1)?, speaker: row.get(2)?, parts })
    })
}

fn history(db: &Connection, story: i64) -> Result<Vec<Session>> {
    query_all(db, "SELECT began, ended FROM history WHERE story = ?1 ORDER BY began", story, |row| {
        Ok(Session { began: row.get(0)?, ended: row.get(1)? })
    })
}

/// All rows that a query answers for a number.
fn query_all<T>(
    db: &Connection,
    query: &str,
    number: i64,
    row: impl FnMut(&rusqlite::Row) -> Result<T>,
) -> Result<Vec<T>> {
    db.prepare(query)?.query_map([number], row)?.collect()
}
