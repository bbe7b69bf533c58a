//! The records of the shelf: what is kept of a story in and out of the database, each change as a whole or not at all.

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
use crate::shelf::database;
use crate::shelf::dates::describe_day;
use crate::shelf::fingerprint::Fingerprint;
use crate::storage::{HistoryEntry, LastVisit, Note, ReadingPosition, SavedState, remove_unsafe_chars};

/// The database, opened.
pub(crate) struct Shelf {
    pub(crate) db: Connection,
    folder: PathBuf,
}

/// A story in the reader's hands.
pub(crate) struct OpenRecord {
    pub(crate) story: Arc<Story>,
    fingerprint: Fingerprint,
    file: Option<String>,
    word_count: usize,
    /// When it came into his hands.
    opened_at: i64,
}

/// The columns that make a day of a time.
macro_rules! day_of {
    ($time:literal) => {
        concat!(
            "date(",
            $time,
            ", 'unixepoch', 'localtime'), date('now', 'localtime'), date('now', '-1 day', 'localtime')"
        )
    };
}

/// Verdicts as the database has them.
const VERDICT_SAID: &str = "said";
const VERDICT_NOBODY: &str = "nobody";
const VERDICT_NOT_A_QUOTE: &str = "not-a-quote";

/// The words of a headline that are kept, at most; in bytes.
const MAX_TITLE_BYTES: usize = 300;

impl OpenRecord {
    pub(crate) fn new(story: Arc<Story>) -> Self {
        let file = story.source.as_deref().and_then(absolute_file_path);
        let word_count = story.text().split_whitespace().count();
        Self { fingerprint: Fingerprint::from_story(&story), story, file, word_count, opened_at: unix_time() }
    }
}

impl Shelf {
    /// Opens the shelf in a folder; with it, what became of a damaged one.
    ///
    /// # Errors
    /// In words, which name the file.
    pub(crate) fn open(folder: &Path) -> Result<(Self, Option<String>), String> {
        Self::open_database(folder, false)
    }

    /// Looks at the file again after an error: a damaged one is set aside.
    pub(crate) fn reopen(self) -> Result<(Self, Option<String>), String> {
        let folder = self.folder.clone();
        drop(self);
        Self::open_database(&folder, true)
    }

    fn open_database(folder: &Path, suspect: bool) -> Result<(Self, Option<String>), String> {
        let opened = database::open(folder, suspect)?;
        Ok((Self { db: opened.db, folder: folder.into() }, opened.damage_notice))
    }

    /// Whether no story was ever read.
    pub(crate) fn is_empty(&self) -> Result<bool> {
        self.db.query_row("SELECT NOT EXISTS (SELECT 1 FROM stories)", [], |row| row.get(0))
    }

    /// What is kept of a story, all places in its text of today.
    pub(crate) fn load(&self, held: &OpenRecord) -> Result<SavedState> {
        let Some(story) = self.story_id(&held.fingerprint)? else { return Ok(SavedState::default()) };
        let text = held.story.text();
        let left = self.db.query_row(
            concat!(
                "SELECT place, place_words, top, top_words, share, ",
                day_of!("time"),
                " FROM places JOIN stories ON story = id WHERE story = ?1"
            ),
            [story],
            |row| {
                let place = locate_column(text, row, 0)?;
                let top = locate_column(text, row, 2)?.min(place);
                let at = ReadingPosition { offset: place, top_offset: top, percent_read: row.get(4)? };
                Ok(LastVisit { position: at, day: day_column(row, 5)? })
            },
        );
        let mut marks = self.db.prepare("SELECT place, words, letter FROM marks WHERE story = ?1")?;
        let marks = marks.query_map([story], |row| {
            let letter: String = row.get(2)?;
            Ok((letter.chars().next().unwrap_or('?'), locate_column(text, row, 0)?))
        })?;
        let marks: BTreeMap<char, usize> = marks.collect::<Result<_>>()?;
        let mut notes = self.db.prepare(concat!(
            "SELECT id, start, end, passage, words, ",
            day_of!("time"),
            " FROM notes WHERE story = ?1"
        ))?;
        let notes = notes.query_map([story], |row| {
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
        Ok(SavedState {
            last_visit: left.optional()?,
            bookmarks: marks,
            notes,
            corrections: query_corrections(&self.db, story, text)?.into_iter().map(|it| it.1).collect(),
        })
    }

    /// What the reader has said of a story's quotes, in the order in which he said it.
    pub(crate) fn corrections(&self, story: &Story) -> Result<Vec<Correction>> {
        let Some(number) = self.story_id(&Fingerprint::from_story(story))? else { return Ok(Vec::new()) };
        Ok(query_corrections(&self.db, number, story.text())?.into_iter().map(|it| it.1).collect())
    }

    /// Whether the reader has said anything of any quote.
    pub(crate) fn has_corrections(&self) -> Result<bool> {
        self.db.query_row("SELECT EXISTS (SELECT 1 FROM corrections)", [], |it| it.get(0))
    }

    /// The stories that were read, the last one first.
    pub(crate) fn history(&self) -> Result<Vec<HistoryEntry>> {
        let mut rows = self.db.prepare(concat!(
            "SELECT title, file, source, outlet, share, ",
            "(SELECT count(*) FROM notes WHERE story = stories.id), ",
            day_of!("last_read"),
            " FROM stories ORDER BY last_read DESC, id DESC"
        ))?;
        let rows = rows.query_map([], |row| {
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
        rows.collect()
    }

    /// The story was shown.
    pub(crate) fn record_visit(&self, held: &OpenRecord) -> Result<()> {
        self.transaction(|db| upsert_story(db, held).map(drop))
    }

    /// The reader stood here.
    pub(crate) fn save_position(&self, held: &OpenRecord, at: ReadingPosition) -> Result<()> {
        let text = held.story.text();
        self.transaction(|db| {
            let story = upsert_story(db, held)?;
            db.execute(
                "UPDATE stories SET share = max(share, ?2) WHERE id = ?1",
                params![story, at.percent_read],
            )?;
            db.execute(
                "INSERT OR REPLACE INTO places (story, place, place_words, top, top_words, time)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![
                    story,
                    at.offset,
                    anchor::context(text, at.offset),
                    at.top_offset,
                    anchor::context(text, at.top_offset),
                    unix_time()
                ],
            )
            .map(drop)
        })
    }

    /// A letter was set, or taken away.
    pub(crate) fn save_bookmark(&self, held: &OpenRecord, letter: char, place: Option<usize>) -> Result<()> {
        let letter = letter.to_string();
        self.transaction(|db| {
            let story = upsert_story(db, held)?;
            let done = match place {
                Some(place) => db.execute(
                    "INSERT OR REPLACE INTO marks (story, letter, place, words) VALUES (?1, ?2, ?3, ?4)",
                    params![story, letter, place, anchor::context(held.story.text(), place)],
                ),
                None => {
                    db.execute("DELETE FROM marks WHERE story = ?1 AND letter = ?2", params![story, letter])
                }
            };
            done.map(drop)
        })
    }

    /// A note says `words` now. One that another reader has changed since it said `before` is left as he wrote it, and
    /// the words become a note of their own. Answers the number under which they are kept.
    pub(crate) fn save_note(
        &self,
        held: &OpenRecord,
        known: Option<(i64, &str)>,
        span: Span,
        words: &str,
    ) -> Result<i64> {
        self.transaction(|db| {
            let story = upsert_story(db, held)?;
            if let Some((number, before)) = known {
                let changed = db.execute(
                    "UPDATE notes SET words = ?3, time = ?4 WHERE id = ?1 AND words = ?2",
                    params![number, before, words, unix_time()],
                )?;
                if changed > 0 {
                    return Ok(number);
                }
            }
            db.execute(
                "INSERT INTO notes (story, start, end, passage, words, time) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![story, span.start, span.end, span.slice(held.story.text()), words, unix_time()],
            )?;
            Ok(db.last_insert_rowid())
        })
    }

    /// The note is gone, unless another reader has changed it since it said `before`.
    pub(crate) fn delete_note(&self, number: i64, before: &str) -> Result<()> {
        self.transaction(|db| {
            db.execute("DELETE FROM notes WHERE id = ?1 AND words = ?2", params![number, before]).map(drop)
        })
    }

    /// The reader no longer says what he has dropped, and says what he has made.
    pub(crate) fn save_corrections(
        &self,
        held: &OpenRecord,
        dropped: &[Correction],
        made: Option<&Correction>,
    ) -> Result<()> {
        let text = held.story.text();
        self.transaction(|db| {
            let story = upsert_story(db, held)?;
            for (number, kept) in query_corrections(db, story, text)? {
                if dropped.contains(&kept) {
                    db.execute("DELETE FROM corrections WHERE id = ?1", [number])?;
                }
            }
            let Some(made) = made else { return Ok(()) };
            let (verdict, speaker) = match &made.verdict {
                Verdict::Said(speaker) => (VERDICT_SAID, Some(speaker)),
                Verdict::Nobody => (VERDICT_NOBODY, None),
                Verdict::NotAQuote => (VERDICT_NOT_A_QUOTE, None),
            };
            db.execute(
                "INSERT INTO corrections (story, verdict, speaker, time) VALUES (?1, ?2, ?3, ?4)",
                params![story, verdict, speaker, unix_time()],
            )?;
            let number = db.last_insert_rowid();
            for (place, part) in made.parts.iter().enumerate() {
                db.execute(
                    "INSERT INTO corrected (correction, number, start, end, words) VALUES (?1, ?2, ?3, ?4, ?5)",
                    params![number, place, part.start, part.end, part.slice(text)],
                )?;
            }
            Ok(())
        })
    }

    fn story_id(&self, key: &Fingerprint) -> Result<Option<i64>> {
        let row = self.db.query_row("SELECT id FROM stories WHERE hash = ?1", [key.as_hex()], |it| it.get(0));
        row.optional()
    }

    /// Asked for at once, since a reader that has only looked may not go on to write once another has written.
    pub(crate) fn transaction<T>(&self, work: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let all = Transaction::new_unchecked(&self.db, TransactionBehavior::Immediate)?;
        let done = work(&all)?;
        all.commit()?;
        Ok(done)
    }
}

/// That the story is being read now; answers its number.
fn upsert_story(db: &Connection, held: &OpenRecord) -> Result<i64> {
    let OpenRecord { story, fingerprint: key, file, word_count: words, opened_at: began } = held;
    let text = story.text();
    let title =
        story.headline().or_else(|| story.blocks().first().map(|it| it.span.slice(text))).unwrap_or_default();
    let title =
        title[..title.floor_char_boundary(MAX_TITLE_BYTES)].split_whitespace().collect::<Vec<_>>().join(" ");
    let number = db.query_row(
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
            ":hash": key.as_hex(),
            ":title": title,
            ":source": story.source,
            ":file": file,
            ":outlet": story.outlet,
            ":published": story.published,
            ":words": words,
            ":now": unix_time(),
        },
        |row| row.get(0),
    )?;
    db.execute(
        "INSERT INTO history (story, began, ended) VALUES (?1, ?2, ?3)
         ON CONFLICT (story, began) DO UPDATE SET ended = excluded.ended",
        params![number, began, unix_time()],
    )?;
    Ok(number)
}

/// The corrections of a story with their numbers, in the order in which they were made.
fn query_corrections(db: &Connection, story: i64, text: &str) -> Result<Vec<(i64, Correction)>> {
    let mut rows = db.prepare("SELECT id, verdict, speaker FROM corrections WHERE story = ?1 ORDER BY id")?;
    let mut parts =
        db.prepare("SELECT start, end, words FROM corrected WHERE correction = ?1 ORDER BY number")?;
    let rows = rows.query_map([story], |row| {
        let number: i64 = row.get(0)?;
        let verdict: String = row.get(1)?;
        let verdict = match (verdict.as_str(), row.get::<_, Option<String>>(2)?) {
            (VERDICT_SAID, Some(speaker)) => Verdict::Said(speaker),
            (VERDICT_NOT_A_QUOTE, _) => Verdict::NotAQuote,
            _ => Verdict::Nobody,
        };
        let parts = parts.query_map([number], |row| {
            let words: String = row.get(2)?;
            Ok(anchor::locate_span(text, Span::new(row.get(0)?, row.get(1)?), &words))
        })?;
        Ok((number, Correction { parts: parts.collect::<Result<_>>()?, verdict }))
    })?;
    rows.collect()
}

/// The whole path of a source that is a file.
fn absolute_file_path(source: &str) -> Option<String> {
    let path = std::path::absolute(source).ok().filter(|it| it.is_file())?;
    path.to_str().map(str::to_string)
}

/// Seconds since 1970.
fn unix_time() -> i64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    since.map_or(0, |it| it.as_secs().cast_signed())
}

/// A place and its words, found in a text.
fn locate_column(text: &str, row: &Row, column: usize) -> Result<usize> {
    let words: String = row.get(column + 1)?;
    Ok(anchor::locate(text, row.get(column)?, &words))
}

/// The day in the columns of `day_of!`.
fn day_column(row: &Row, column: usize) -> Result<String> {
    let date = |column| row.get::<_, String>(column);
    Ok(describe_day(&date(column)?, &date(column + 1)?, &date(column + 2)?))
}
