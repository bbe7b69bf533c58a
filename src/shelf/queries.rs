//! Reads and writes what is saved of one story; every change is one transaction.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use pullquote::correction::{Correction, Verdict};
use pullquote::span::Span;
use pullquote::story::Story;
use pullquote::text_safety::remove_unsafe;
use rusqlite::{
    Connection, OptionalExtension, Result, Row, Transaction, TransactionBehavior, named_params, params,
};

use crate::shelf::anchor;
use crate::shelf::database::{self, FileIdentity, OpenError, OpenedDatabase};
use crate::shelf::dates::{day_column, day_of};
use crate::shelf::fingerprint::Fingerprint;
use crate::shelf::kept_text;
use crate::shelf::paths;
use crate::shelf::record::{KeptPart, OpenRecord, unix_time};
use crate::storage::{LastVisit, Note, ReadingPosition, SavedState, opening};

/// The open database.
pub(crate) struct Shelf {
    pub(crate) db: Connection,
    pub(crate) folder: PathBuf,
    file: FileIdentity,
    /// The file of its log.
    log: FileIdentity,
    /// Why it can only be read; `None` if it can be written too.
    pub(crate) read_only: Option<OpenError>,
}

// The values of the column `verdict`.
const VERDICT_SAID: &str = "said";
const VERDICT_NOBODY: &str = "nobody";
const VERDICT_NOT_A_QUOTE: &str = "not-a-quote";

impl Shelf {
    /// Opens the database of a folder, for reading if it cannot be written. A message comes with it if a damaged one was
    /// replaced.
    pub(crate) fn open(folder: &Path) -> Result<(Self, Option<String>), OpenError> {
        let OpenedDatabase { db, file, damage_notice, read_only } = database::open(folder)?;
        let log = FileIdentity::of(&database::log_path(folder));
        Ok((Self { db, folder: folder.into(), file, log, read_only }, damage_notice))
    }

    /// Opens the database again after an error.
    pub(crate) fn reopen(self) -> Result<(Self, Option<String>), OpenError> {
        let folder = self.folder.clone();
        drop(self);
        Self::open(&folder)
    }

    /// Whether the file was deleted or another one has its name now, so that what is written would be lost.
    pub(crate) fn is_replaced(&self) -> bool {
        FileIdentity::of(&database::database_path(&self.folder)) != self.file
    }

    /// Closes the database whose file is gone. SQLite leaves its log, which must not be taken for that of another file.
    pub(crate) fn abandon(self) {
        drop(self.db);
        let log = database::log_path(&self.folder);
        if self.log.is_known() && FileIdentity::of(&log) == self.log {
            // A log that cannot be removed is noticed as damage.
            let _ = fs::remove_file(log);
        }
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

    /// Records that the story was opened, and keeps its text if it came from no file, else its opening.
    pub(crate) fn record_visit(&self, record: &OpenRecord) -> Result<()> {
        // It is packed before the database is locked.
        let text = (record.kept_part == KeptPart::Whole).then(|| kept_text::pack(&record.story)).flatten();
        let has_opening = text.is_none() && record.kept_part != KeptPart::Nothing;
        let opening = has_opening.then(|| opening(&record.story)).filter(|it| !it.is_empty());
        self.transaction(|db| {
            let story = upsert_story(db, record)?;
            if let Some(text) = text {
                let insert = "INSERT OR REPLACE INTO texts (story, content) VALUES (?1, ?2)";
                db.execute(insert, params![story, text])?;
            }
            if let Some(opening) = opening {
                let insert = "INSERT OR REPLACE INTO openings (story, content) VALUES (?1, ?2)";
                db.execute(insert, params![story, opening])?;
            }
            Ok(())
        })
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
        })?;
        self.empty_log()
    }

    /// Moves the log's content into the database, so that deleted text is in neither file. If another process reads
    /// just now, the last one to close the database does it.
    pub(crate) fn empty_log(&self) -> Result<()> {
        self.db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
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
            let position =
                ReadingPosition { offset, top_offset, percent_read: count_column(row, 4)?.min(100) };
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
        let span = span_columns(row, 1)?;
        let passage: String = row.get(3)?;
        Ok(Note {
            id: row.get(0)?,
            span: anchor::locate_span(text, span, &passage),
            text: remove_unsafe(&row.get::<_, String>(4)?),
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
            Ok(anchor::locate_span(text, span_columns(row, 0)?, &passage))
        })?;
        Ok((id, Correction { parts: parts.collect::<Result<_>>()?, verdict }))
    })?;
    corrections.collect()
}

fn insert_correction(db: &Connection, story: i64, text: &str, correction: &Correction) -> Result<()> {
    let (verdict, speaker) = verdict_columns(&correction.verdict);
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

/// Returns the values of the columns `verdict` and `speaker`.
pub(crate) fn verdict_columns(verdict: &Verdict) -> (&'static str, Option<&str>) {
    match verdict {
        Verdict::Said(speaker) => (VERDICT_SAID, Some(speaker)),
        Verdict::UnknownSpeaker => (VERDICT_NOBODY, None),
        Verdict::NotAQuote => (VERDICT_NOT_A_QUOTE, None),
    }
}

/// Adds the story, or updates its description and the time of its last reading; returns its id.
fn upsert_story(db: &Connection, record: &OpenRecord) -> Result<i64> {
    let OpenRecord { story, fingerprint, path, word_count, opened_at, .. } = record;
    let id = db.query_row(
        "INSERT INTO stories (hash, title, source, file, path, outlet, published, words, first_read, last_read)
         VALUES (:hash, :title, :source, :file, :path, :outlet, :published, :words, :now, :now)
         ON CONFLICT (hash) DO UPDATE SET
             title = excluded.title,
             source = coalesce(excluded.source, source),
             file = coalesce(excluded.file, file),
             path = coalesce(excluded.path, path),
             outlet = coalesce(excluded.outlet, outlet),
             published = coalesce(excluded.published, published),
             last_read = excluded.last_read
         RETURNING id",
        named_params! {
            ":hash": fingerprint.as_hex(),
            ":title": record.title(),
            ":source": story.source,
            ":file": path.as_ref().map(|it| it.to_string_lossy()),
            ":path": path.as_deref().and_then(paths::to_bytes),
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

/// Reads a number that cannot be negative; 0 if it is.
pub(crate) fn count_column(row: &Row, column: usize) -> Result<usize> {
    Ok(usize::try_from(row.get::<_, i64>(column)?).unwrap_or(0))
}

/// Reads a path from its bytes or, if they were not saved, from the next column.
pub(crate) fn path_column(row: &Row, column: usize) -> Result<Option<PathBuf>> {
    let bytes: Option<Vec<u8>> = row.get(column)?;
    let text: Option<String> = row.get(column + 1)?;
    Ok(bytes.and_then(paths::from_bytes).or(text.map(PathBuf::from)))
}

/// Reads an offset and, from the next column, its context; returns the offset in the current text.
fn offset_column(text: &str, row: &Row, column: usize) -> Result<usize> {
    let context: String = row.get(column + 1)?;
    Ok(anchor::locate(text, count_column(row, column)?, &context))
}

/// Reads a span from two columns; an end before its start is moved to it.
fn span_columns(row: &Row, column: usize) -> Result<Span> {
    let start = count_column(row, column)?;
    Ok(Span::new(start, count_column(row, column + 1)?.max(start)))
}
