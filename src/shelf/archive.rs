//! Lists and deletes all saved stories; needs no story text.

use rusqlite::{Connection, Result, Row};
use serde::Serialize;

use crate::shelf::queries::Shelf;
use crate::text::counted;

/// A story with everything that is saved of it, as `shelf export` publishes it.
///
/// Offsets are bytes of the story's text. Days are local dates, `2024-05-03`.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct StoredStory {
    /// The story's fingerprint.
    pub(crate) key: String,
    pub(crate) title: String,
    pub(crate) source: Option<String>,
    pub(crate) file: Option<String>,
    pub(crate) outlet: Option<String>,
    pub(crate) published: Option<String>,
    /// The number of words.
    pub(crate) words: usize,
    /// How much of the story was read, in per cent.
    pub(crate) share: usize,
    pub(crate) first_read: String,
    pub(crate) last_read: String,
    /// The offset of the cursor; `None` if none is saved.
    pub(crate) place: Option<usize>,
    /// The bookmarks.
    pub(crate) marks: Vec<StoredBookmark>,
    pub(crate) notes: Vec<StoredNote>,
    pub(crate) corrections: Vec<StoredCorrection>,
    pub(crate) history: Vec<Session>,
}

impl StoredStory {
    /// Counts what is saved: " (2 notes and 1 bookmark)"; empty if there is nothing.
    pub(crate) fn describe_contents(&self) -> String {
        let counts = [
            (self.notes.len(), "note"),
            (self.marks.len(), "bookmark"),
            (self.corrections.len(), "correction"),
        ];
        let present = counts.into_iter().filter(|(count, _)| *count > 0);
        let parts: Vec<String> = present.map(|(count, noun)| counted(count, noun)).collect();
        match parts.split_last() {
            None => String::new(),
            Some((last, [])) => format!(" ({last})"),
            Some((last, rest)) => format!(" ({} and {last})", rest.join(", ")),
        }
    }
}

/// A bookmark.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct StoredBookmark {
    letter: String,
    /// The offset.
    place: usize,
}

/// A note with the passage it is on.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct StoredNote {
    start: usize,
    end: usize,
    pub(crate) passage: String,
    /// The text of the note.
    pub(crate) words: String,
    day: String,
}

/// A correction of a quote; its verdict is "said", "nobody" or "not-a-quote".
#[derive(Clone, Debug, Serialize)]
pub(crate) struct StoredCorrection {
    verdict: String,
    speaker: Option<String>,
    parts: Vec<StoredSpan>,
}

/// A part of a corrected quote.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct StoredSpan {
    start: usize,
    end: usize,
    /// The text of the part.
    words: String,
}

/// One reading of a story, in seconds since 1970.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Session {
    began: i64,
    ended: i64,
}

impl Shelf {
    /// Returns all stories, the most recently read first.
    pub(crate) fn stories(&self) -> Result<Vec<StoredStory>> {
        let mut statement = self.db.prepare(
            "SELECT id, hash, title, source, file, outlet, published, words, share,
                 date(first_read, 'unixepoch', 'localtime'), date(last_read, 'unixepoch', 'localtime')
             FROM stories ORDER BY last_read DESC, id DESC",
        )?;
        let stories = statement.query_map([], |row| {
            let story = row.get(0)?;
            let query = "SELECT place FROM places WHERE story = ?1";
            let places = query_all(&self.db, query, story, |row| row.get(0))?;
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
        stories.collect()
    }

    /// Deletes a story and everything saved of it, and overwrites it in the file.
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

/// Returns all rows of a query that has one parameter, an id.
fn query_all<T>(
    db: &Connection,
    query: &str,
    id: i64,
    from_row: impl FnMut(&Row) -> Result<T>,
) -> Result<Vec<T>> {
    db.prepare(query)?.query_map([id], from_row)?.collect()
}
