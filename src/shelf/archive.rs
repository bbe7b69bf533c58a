//! Lists and deletes all saved stories; needs no story text.

use std::collections::HashMap;
use std::path::PathBuf;

use pullquote::correction::Correction;
use pullquote::span::Span;
use rusqlite::{Connection, Result, Row};
use serde::Serialize;

use crate::shelf::queries::{Shelf, count_column, path_column, verdict_columns};
use crate::shelf::record::OpenRecord;
use crate::storage::Change;
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
    /// The path that `file` shows.
    #[serde(skip)]
    pub(crate) path: Option<PathBuf>,
    pub(crate) outlet: Option<String>,
    pub(crate) published: Option<String>,
    /// The number of words.
    pub(crate) words: usize,
    /// The size of the kept text in bytes, packed; `None` if it is not kept.
    pub(crate) text_bytes: Option<usize>,
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
    /// Returns a story of which nothing is saved yet, as it is described in the database.
    pub(crate) fn without_contents(record: &OpenRecord) -> Self {
        let today = local_date(record.opened_at);
        Self {
            key: record.fingerprint.to_string(),
            title: record.title(),
            source: record.story.source.clone(),
            file: record.path.as_ref().map(|it| it.to_string_lossy().into()),
            path: record.path.clone(),
            outlet: record.story.outlet.clone(),
            published: record.story.published.clone(),
            words: record.word_count,
            text_bytes: None,
            share: 0,
            first_read: today.clone(),
            last_read: today,
            place: None,
            marks: Vec::new(),
            notes: Vec::new(),
            corrections: Vec::new(),
            history: Vec::new(),
        }
    }

    /// Adds a bookmark, a note or a correction; what was deleted is not told.
    pub(crate) fn add(&mut self, record: &OpenRecord, change: &Change) {
        let text = record.story.text();
        match change {
            Change::BookmarkSet(letter, Some(place)) => {
                self.marks.push(StoredBookmark { letter: letter.to_string(), place: *place });
            }
            Change::NoteSaved(_, span, words) => self.notes.push(StoredNote {
                start: span.start,
                end: span.end,
                passage: span.slice(text).into(),
                words: words.clone(),
                day: self.last_read.clone(),
            }),
            Change::Corrected { added: Some(correction), .. } => {
                self.corrections.push(StoredCorrection::new(text, correction));
            }
            _ => {}
        }
    }

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

impl StoredCorrection {
    fn new(text: &str, correction: &Correction) -> Self {
        let (verdict, speaker) = verdict_columns(&correction.verdict);
        let part = |it: &Span| StoredSpan { start: it.start, end: it.end, words: it.slice(text).into() };
        let parts = correction.parts.iter().map(part).collect();
        Self { verdict: verdict.into(), speaker: speaker.map(Into::into), parts }
    }
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
        let db = &self.db;
        let mut places = by_owner(db, "SELECT story, place FROM places", |row| count_column(row, 1))?;
        let mut marks = bookmarks(db)?;
        let mut notes = notes(db)?;
        let mut corrections = corrections(db)?;
        let mut history = history(db)?;
        let mut statement = db.prepare(
            "SELECT id, hash, title, source, path, file, outlet, published, words, share,
                 ifnull(date(first_read, 'unixepoch', 'localtime'), ''),
                 ifnull(date(last_read, 'unixepoch', 'localtime'), ''),
                 (SELECT length(content) FROM texts WHERE story = stories.id)
             FROM stories ORDER BY last_read DESC, id DESC",
        )?;
        let stories = statement.query_map([], |row| {
            let story: i64 = row.get(0)?;
            Ok(StoredStory {
                key: row.get(1)?,
                title: row.get(2)?,
                source: row.get(3)?,
                path: path_column(row, 4)?,
                file: row.get(5)?,
                outlet: row.get(6)?,
                published: row.get(7)?,
                words: count_column(row, 8)?,
                share: count_column(row, 9)?,
                first_read: row.get(10)?,
                last_read: row.get(11)?,
                text_bytes: row.get::<_, Option<i64>>(12)?.and_then(|it| usize::try_from(it).ok()),
                place: places.remove(&story).and_then(|it| it.first().copied()),
                marks: marks.remove(&story).unwrap_or_default(),
                notes: notes.remove(&story).unwrap_or_default(),
                corrections: corrections.remove(&story).unwrap_or_default(),
                history: history.remove(&story).unwrap_or_default(),
            })
        })?;
        stories.collect()
    }

    /// Deletes stories and everything saved of them, and overwrites it in the file. Either all are deleted or none.
    pub(crate) fn forget<'a>(&self, keys: impl IntoIterator<Item = &'a str>) -> Result<()> {
        self.transaction(|db| {
            let mut delete = db.prepare("DELETE FROM stories WHERE hash = ?1")?;
            keys.into_iter().try_for_each(|it| delete.execute([it]).map(drop))
        })?;
        self.empty_log()
    }
}

/// Returns the local date of a time in seconds since 1970; empty if it has none.
fn local_date(time: i64) -> String {
    let query = "SELECT ifnull(date(?1, 'unixepoch', 'localtime'), '')";
    let date = Connection::open_in_memory().and_then(|db| db.query_row(query, [time], |row| row.get(0)));
    date.unwrap_or_default()
}

/// Rows by the id of the story or the correction that they belong to.
type ByOwner<T> = HashMap<i64, Vec<T>>;

fn bookmarks(db: &Connection) -> Result<ByOwner<StoredBookmark>> {
    by_owner(db, "SELECT story, letter, place FROM marks ORDER BY place", |row| {
        Ok(StoredBookmark { letter: row.get(1)?, place: count_column(row, 2)? })
    })
}

fn notes(db: &Connection) -> Result<ByOwner<StoredNote>> {
    let query = "SELECT story, start, end, passage, words, ifnull(date(time, 'unixepoch', 'localtime'), '')
                 FROM notes ORDER BY start, id";
    by_owner(db, query, |row| {
        Ok(StoredNote {
            start: count_column(row, 1)?,
            end: count_column(row, 2)?,
            passage: row.get(3)?,
            words: row.get(4)?,
            day: row.get(5)?,
        })
    })
}

fn corrections(db: &Connection) -> Result<ByOwner<StoredCorrection>> {
    let mut parts =
        by_owner(db, "SELECT correction, start, end, words FROM corrected ORDER BY number", |row| {
            Ok(StoredSpan { start: count_column(row, 1)?, end: count_column(row, 2)?, words: row.get(3)? })
        })?;
    by_owner(db, "SELECT story, id, verdict, speaker FROM corrections ORDER BY id", |row| {
        let parts = parts.remove(&row.get(1)?).unwrap_or_default();
        Ok(StoredCorrection { verdict: row.get(2)?, speaker: row.get(3)?, parts })
    })
}

fn history(db: &Connection) -> Result<ByOwner<Session>> {
    by_owner(db, "SELECT story, began, ended FROM history ORDER BY began", |row| {
        Ok(Session { began: row.get(1)?, ended: row.get(2)? })
    })
}

/// Returns all rows of a query whose first column is the owner's id.
fn by_owner<T>(
    db: &Connection,
    query: &str,
    mut from_row: impl FnMut(&Row) -> Result<T>,
) -> Result<ByOwner<T>> {
    let mut groups: ByOwner<T> = HashMap::new();
    let mut statement = db.prepare(query)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        groups.entry(row.get(0)?).or_default().push(from_row(row)?);
    }
    Ok(groups)
}
