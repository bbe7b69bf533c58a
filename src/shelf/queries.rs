//! Reads and writes what is saved of one story; every change is one transaction.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use pullquote::correction::{Correction, Verdict};
use pullquote::span::Span;
use pullquote::story::Story;
use rusqlite::{
    Connection, OptionalExtension, Result, Row, Transaction, TransactionBehavior, named_params, params,
};

use crate::shelf::anchor;
use crate::shelf::database::{self, OpenError};
use crate::shelf::dates::describe_day;
use crate::shelf::fingerprint::Fingerprint;
use crate::storage::{HistoryEntry, LastVisit, Note, ReadingPosition, SavedState};
use crate::text::{one_line, remove_unsafe_chars};

/// The open database.
pub(crate) struct Shelf {
    pub(crate) db: Connection,
    folder: PathBuf,
}

/// A story that is open, with what identifies it in the database.
pub(crate) struct OpenRecord {
    pub(crate) story: Arc<Story>,
    fingerprint: Fingerprint,
    /// The absolute path of the story's file; `None` if it has no file.
    file: Option<String>,
    word_count: usize,
    /// When the story was opened, in seconds since 1970.
    opened_at: i64,
}

/// The three columns that `day_column` reads: the local date of a time, today's and yesterday's.
macro_rules! day_of {
    ($time:literal) => {
        concat!(
            "date(",
            $time,
            ", 'unixepoch', 'localtime'), date('now', 'localtime'), date('now', '-1 day', 'localtime')"
        )
    };
}

// The values of the column `verdict`.
const VERDICT_SAID: &str = "said";
const VERDICT_NOBODY: &str = "nobody";
const VERDICT_NOT_A_QUOTE: &str = "not-a-quote";

/// The longest headline that is saved, in bytes.
const MAX_TITLE_BYTES: usize = 300;

impl OpenRecord {
    pub(crate) fn new(story: Arc<Story>) -> Self {
        let file = story.source.as_deref().and_then(absolute_file_path);
        let word_count = story.text().split_whitespace().count();
        Self { fingerprint: Fingerprint::from_story(&story), story, file, word_count, opened_at: unix_time() }
    }
}

impl Shelf {
    /// Opens the database of a folder. A message comes with it if a damaged one was moved aside.
    pub(crate) fn open(folder: &Path) -> Result<(Self, Option<String>), OpenError> {
        Self::open_database(folder, false)
    }

    /// Opens the database again after an error and checks its integrity.
    pub(crate) fn reopen(self) -> Result<(Self, Option<String>), OpenError> {
        let folder = self.folder.clone();
        drop(self);
        Self::open_database(&folder, true)
    }

    fn open_database(folder: &Path, check: bool) -> Result<(Self, Option<String>), OpenError> {
        let opened = database::open(folder, check)?;
        Ok((Self { db: opened.db, folder: folder.into() }, opened.damage_notice))
    }

    /// Whether no story was ever opened.
    pub(crate) fn is_empty(&self) -> Result<bool> {
        self.db.query_row("SELECT NOT EXISTS (SELECT 1 FROM stories)", [], |row| row.get(0))
    }

    /// Loads what is saved of a story; all offsets are in its current text.
    pub(crate) fn load(&self, record: &OpenRecord) -> Result<SavedState> {
        let Some(story) = self.story_id(&record.fingerprint)? else { return Ok(SavedState::default()) };
        let text = record.story.text();
        Ok(SavedState {
            last_visit: query_last_visit(&self.db, story, text)?,
            bookmarks: query_bookmarks(&self.db, story, text)?,
            notes: query_notes(&self.db, story, text)?,
            corrections: query_corrections(&self.db, story, text)?.into_iter().map(|it| it.1).collect(),
        })
    }

    /// Returns the user's corrections of a story, oldest first.
    pub(crate) fn corrections(&self, story: &Story) -> Result<Vec<Correction>> {
        let Some(id) = self.story_id(&Fingerprint::from_story(story))? else { return Ok(Vec::new()) };
        Ok(query_corrections(&self.db, id, story.text())?.into_iter().map(|it| it.1).collect())
    }

    /// Whether any correction of any story is saved.
    pub(crate) fn has_corrections(&self) -> Result<bool> {
        self.db.query_row("SELECT EXISTS (SELECT 1 FROM corrections)", [], |row| row.get(0))
    }

    /// Returns all stories that were opened, the most recent first.
    pub(crate) fn history(&self) -> Result<Vec<HistoryEntry>> {
        let mut statement = self.db.prepare(concat!(
            "SELECT title, file, source, outlet, share, ",
            "(SELECT count(*) FROM notes WHERE story = stories.id), ",
            day_of!("last_read"),
            " FROM stories ORDER BY last_read DESC, id DESC"
        ))?;
        let entries = statement.query_map([], |row| {
            Ok(HistoryEntry {
                title: remove_unsafe_chars(&row.get::<_, String>(0)?),
                file: row.get(1)?,
                source: row.get(2)?,
                outlet: row.get(3)?,
                percent_read: row.get(4)?,
                note_count: row.get(5)?,
                day: day_column(row, 6)?,
            })
        })?;
        entries.collect()
    }

    /// Records that the story was opened.
    pub(crate) fn record_visit(&self, record: &OpenRecord) -> Result<()> {
        self.transaction(|db| upsert_story(db, record).map(drop))
    }

    /// Saves the reading position.
    pub(crate) fn save_position(&self, record: &OpenRecord, position: ReadingPosition) -> Result<()> {
        let text = record.story.text();
        self.transaction(|db| {
            let story = upsert_story(db, record)?;
            db.execute(
                "UPDATE stories SET share = max(share, ?2) WHERE id = ?1",
                params![story, position.percent_read],
            )?;
            db.execute(
                "INSERT OR REPLACE INTO places (story, place, place_words, top, top_words, time)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![
                    story,
                    position.offset,
                    anchor::context(text, position.offset),
                    position.top_offset,
                    anchor::context(text, position.top_offset),
                    unix_time()
                ],
            )
            .map(drop)
        })
    }

    /// Sets a bookmark, or deletes it if `offset` is `None`.
    pub(crate) fn save_bookmark(
        &self,
        record: &OpenRecord,
        letter: char,
        offset: Option<usize>,
    ) -> Result<()> {
        let letter = letter.to_string();
        self.transaction(|db| {
            let story = upsert_story(db, record)?;
            let changed = match offset {
                Some(offset) => db.execute(
                    "INSERT OR REPLACE INTO marks (story, letter, place, words) VALUES (?1, ?2, ?3, ?4)",
                    params![story, letter, offset, anchor::context(record.story.text(), offset)],
                ),
                None => {
                    db.execute("DELETE FROM marks WHERE story = ?1 AND letter = ?2", params![story, letter])
                }
            };
            changed.map(drop)
        })
    }

    /// Saves the text of a note and returns the note's id in the database.
    ///
    /// `known` is the id and the last saved text of a note that is saved already. If another process has changed that
    /// text meanwhile, its version stays, and a new note is added.
    pub(crate) fn save_note(
        &self,
        record: &OpenRecord,
        known: Option<(i64, &str)>,
        span: Span,
        text: &str,
    ) -> Result<i64> {
        self.transaction(|db| {
            let story = upsert_story(db, record)?;
            if let Some((id, saved_text)) = known {
                let changed = db.execute(
                    "UPDATE notes SET words = ?3, time = ?4 WHERE id = ?1 AND words = ?2",
                    params![id, saved_text, text, unix_time()],
                )?;
                if changed > 0 {
                    return Ok(id);
                }
            }
            db.execute(
                "INSERT INTO notes (story, start, end, passage, words, time) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![story, span.start, span.end, span.slice(record.story.text()), text, unix_time()],
            )?;
            Ok(db.last_insert_rowid())
        })
    }

    /// Deletes a note, unless another process has changed its text since `saved_text`.
    pub(crate) fn delete_note(&self, id: i64, saved_text: &str) -> Result<()> {
        self.transaction(|db| {
            db.execute("DELETE FROM notes WHERE id = ?1 AND words = ?2", params![id, saved_text]).map(drop)
        })
    }

    /// Deletes the removed corrections and saves the added one.
    pub(crate) fn save_corrections(
        &self,
        record: &OpenRecord,
        removed: &[Correction],
        added: Option<&Correction>,
    ) -> Result<()> {
        let text = record.story.text();
        self.transaction(|db| {
            let story = upsert_story(db, record)?;
            for (id, correction) in query_corrections(db, story, text)? {
                if removed.contains(&correction) {
                    db.execute("DELETE FROM corrections WHERE id = ?1", [id])?;
                }
            }
            added.map_or(Ok(()), |it| insert_correction(db, story, text, it))
        })
    }

    fn story_id(&self, fingerprint: &Fingerprint) -> Result<Option<i64>> {
        let query = "SELECT id FROM stories WHERE hash = ?1";
        self.db.query_row(query, [fingerprint.as_hex()], |row| row.get(0)).optional()
    }

    /// Runs `work` in a transaction that is rolled back if `work` fails.
    ///
    /// It takes the write lock at once: SQLite refuses to let a reading transaction write after another process has.
    pub(crate) fn transaction<T>(&self, work: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let transaction = Transaction::new_unchecked(&self.db, TransactionBehavior::Immediate)?;
        let result = work(&transaction)?;
        transaction.commit()?;
        Ok(result)
    }
}

fn query_last_visit(db: &Connection, story: i64, text: &str) -> Result<Option<LastVisit>> {
    let row = db.query_row(
        concat!(
            "SELECT place, place_words, top, top_words, share, ",
            day_of!("time"),
            " FROM places JOIN stories ON story = id WHERE story = ?1"
        ),
        [story],
        |row| {
            let offset = offset_column(text, row, 0)?;
            let top_offset = offset_column(text, row, 2)?.min(offset);
            let position = ReadingPosition { offset, top_offset, percent_read: row.get(4)? };
            Ok(LastVisit { position, day: day_column(row, 5)? })
        },
    );
    row.optional()
}

fn query_bookmarks(db: &Connection, story: i64, text: &str) -> Result<BTreeMap<char, usize>> {
    let mut statement = db.prepare("SELECT place, words, letter FROM marks WHERE story = ?1")?;
    let bookmarks = statement.query_map([story], |row| {
        let letter: String = row.get(2)?;
        Ok((letter.chars().next().unwrap_or('?'), offset_column(text, row, 0)?))
    })?;
    bookmarks.collect()
}

/// Returns the notes of a story in the order of its text.
fn query_notes(db: &Connection, story: i64, text: &str) -> Result<Vec<Note>> {
    let mut statement = db.prepare(concat!(
        "SELECT id, start, end, passage, words, ",
        day_of!("time"),
        " FROM notes WHERE story = ?1"
    ))?;
    let notes = statement.query_map([story], |row| {
        let span = Span::new(row.get(1)?, row.get(2)?);
        let passage: String = row.get(3)?;
        Ok(Note {
            id: row.get(0)?,
            span: anchor::locate_span(text, span, &passage),
            text: remove_unsafe_chars(&row.get::<_, String>(4)?),
            day: day_column(row, 5)?,
        })
    })?;
    let mut notes: Vec<Note> = notes.collect::<Result<_>>()?;
    notes.sort_by_key(|it| (it.span, it.id));
    Ok(notes)
}

/// Returns the corrections of a story with their ids, oldest first.
fn query_corrections(db: &Connection, story: i64, text: &str) -> Result<Vec<(i64, Correction)>> {
    let mut corrections =
        db.prepare("SELECT id, verdict, speaker FROM corrections WHERE story = ?1 ORDER BY id")?;
    let mut parts =
        db.prepare("SELECT start, end, words FROM corrected WHERE correction = ?1 ORDER BY number")?;
    let corrections = corrections.query_map([story], |row| {
        let id: i64 = row.get(0)?;
        let verdict: String = row.get(1)?;
        let verdict = match (verdict.as_str(), row.get::<_, Option<String>>(2)?) {
            (VERDICT_SAID, Some(speaker)) => Verdict::Said(speaker),
            (VERDICT_NOT_A_QUOTE, _) => Verdict::NotAQuote,
            _ => Verdict::UnknownSpeaker,
        };
        let parts = parts.query_map([id], |row| {
            let passage: String = row.get(2)?;
            Ok(anchor::locate_span(text, Span::new(row.get(0)?, row.get(1)?), &passage))
        })?;
        Ok((id, Correction { parts: parts.collect::<Result<_>>()?, verdict }))
    })?;
    corrections.collect()
}

fn insert_correction(db: &Connection, story: i64, text: &str, correction: &Correction) -> Result<()> {
    let (verdict, speaker) = match &correction.verdict {
        Verdict::Said(speaker) => (VERDICT_SAID, Some(speaker)),
        Verdict::UnknownSpeaker => (VERDICT_NOBODY, None),
        Verdict::NotAQuote => (VERDICT_NOT_A_QUOTE, None),
    };
    db.execute(
        "INSERT INTO corrections (story, verdict, speaker, time) VALUES (?1, ?2, ?3, ?4)",
        params![story, verdict, speaker, unix_time()],
    )?;
    let id = db.last_insert_rowid();
    for (number, part) in correction.parts.iter().enumerate() {
        db.execute(
            "INSERT INTO corrected (correction, number, start, end, words) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![id, number, part.start, part.end, part.slice(text)],
        )?;
    }
    Ok(())
}

/// Adds the story, or updates its description and the time of its last reading; returns its id.
fn upsert_story(db: &Connection, record: &OpenRecord) -> Result<i64> {
    let OpenRecord { story, fingerprint, file, word_count, opened_at } = record;
    let text = story.text();
    let first_block = || story.blocks().first().map(|it| it.span.slice(text));
    let title = story.headline().or_else(first_block).unwrap_or_default();
    let title = one_line(&title[..title.floor_char_boundary(MAX_TITLE_BYTES)]);
    let id = db.query_row(
        "INSERT INTO stories (hash, title, source, file, outlet, published, words, first_read, last_read)
         VALUES (:hash, :title, :source, :file, :outlet, :published, :words, :now, :now)
         ON CONFLICT (hash) DO UPDATE SET
             title = excluded.title,
             source = coalesce(excluded.source, source),
             file = coalesce(excluded.file, file),
             outlet = coalesce(excluded.outlet, outlet),
             published = coalesce(excluded.published, published),
             last_read = excluded.last_read
         RETURNING id",
        named_params! {
            ":hash": fingerprint.as_hex(),
            ":title": title,
            ":source": story.source,
            ":file": file,
            ":outlet": story.outlet,
            ":published": story.published,
            ":words": word_count,
            ":now": unix_time(),
        },
        |row| row.get(0),
    )?;
    db.execute(
        "INSERT INTO history (story, began, ended) VALUES (?1, ?2, ?3)
         ON CONFLICT (story, began) DO UPDATE SET ended = excluded.ended",
        params![id, opened_at, unix_time()],
    )?;
    Ok(id)
}

/// Returns the absolute path of a source; `None` if it is not a file.
fn absolute_file_path(source: &str) -> Option<String> {
    let path = std::path::absolute(source).ok().filter(|it| it.is_file())?;
    path.to_str().map(str::to_string)
}

/// Returns the current time in seconds since 1970.
fn unix_time() -> i64 {
    let elapsed = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    elapsed.map_or(0, |it| it.as_secs().cast_signed())
}

/// Reads an offset and, from the next column, its context; returns the offset in the current text.
fn offset_column(text: &str, row: &Row, column: usize) -> Result<usize> {
    let context: String = row.get(column + 1)?;
    Ok(anchor::locate(text, row.get(column)?, &context))
}

/// Describes the day in the columns of `day_of!`.
fn day_column(row: &Row, column: usize) -> Result<String> {
    let date = |column| row.get::<_, String>(column);
    Ok(describe_day(&date(column)?, &date(column + 1)?, &date(column + 2)?))
}
