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
use crate::shelf::dates::day;
use crate::shelf::fingerprint::Key;
use crate::storage::{Kept, Left, Note, Past, Standing, harmless};

/// The database, opened.
pub(crate) struct Shelf {
    pub(crate) db: Connection,
    folder: PathBuf,
}

/// A story in the reader's hands.
pub(crate) struct Held {
    pub(crate) story: Arc<Story>,
    key: Key,
    file: Option<String>,
    words: usize,
    /// When it came into his hands.
    began: i64,
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
const SAID: &str = "said";
const NOBODY: &str = "nobody";
const NOT_A_QUOTE: &str = "not-a-quote";

/// The words of a headline that are kept, at most; in bytes.
const TITLE: usize = 300;

impl Held {
    pub(crate) fn new(story: Arc<Story>) -> Self {
        let file = story.source.as_deref().and_then(whole);
        let words = story.text().split_whitespace().count();
        Self { key: Key::of(&story), story, file, words, began: now() }
    }
}

impl Shelf {
    /// Opens the shelf in a folder; with it, what became of a damaged one.
    ///
    /// # Errors
    /// In words, which name the file.
    pub(crate) fn open(folder: &Path) -> Result<(Self, Option<String>), String> {
        Self::opened(folder, false)
    }

    /// Looks at the file again after an error: a damaged one is set aside.
    pub(crate) fn reopen(self) -> Result<(Self, Option<String>), String> {
        let folder = self.folder.clone();
        drop(self);
        Self::opened(&folder, true)
    }

    fn opened(folder: &Path, suspect: bool) -> Result<(Self, Option<String>), String> {
        let opened = database::open(folder, suspect)?;
        Ok((Self { db: opened.db, folder: folder.into() }, opened.set_aside))
    }

    /// Whether no story was ever read.
    pub(crate) fn is_bare(&self) -> Result<bool> {
        self.db.query_row("SELECT NOT EXISTS (SELECT 1 FROM stories)", [], |row| row.get(0))
    }

    /// What is kept of a story, all places in its text of today.
    pub(crate) fn recall(&self, held: &Held) -> Result<Kept> {
        let Some(story) = self.number_of(&held.key)? else { return Ok(Kept::default()) };
        let text = held.story.text();
        let left = self.db.query_row(
            concat!(
                "SELECT place, place_words, top, top_words, share, ",
                day_of!("time"),
                " FROM places JOIN stories ON story = id WHERE story = ?1"
            ),
            [story],
            |row| {
                let place = found(text, row, 0)?;
                let top = found(text, row, 2)?.min(place);
                let at = Standing { place, top, share: row.get(4)? };
                Ok(Left { at, day: said(row, 5)? })
            },
        );
        let mut marks = self.db.prepare("SELECT place, words, letter FROM marks WHERE story = ?1")?;
        let marks = marks.query_map([story], |row| {
            let letter: String = row.get(2)?;
            Ok((letter.chars().next().unwrap_or('?'), found(text, row, 0)?))
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
                number: row.get(0)?,
                span: anchor::span(text, span, &passage),
                words: harmless(&row.get::<_, String>(4)?),
                day: said(row, 5)?,
            })
        })?;
        let mut notes: Vec<Note> = notes.collect::<Result<_>>()?;
        notes.sort_by_key(|it| (it.span, it.number));
        Ok(Kept {
            left: left.optional()?,
            marks,
            notes,
            corrections: corrections(&self.db, story, text)?.into_iter().map(|it| it.1).collect(),
        })
    }

    /// What the reader has said of a story's quotes, in the order in which he said it.
    pub(crate) fn corrections(&self, story: &Story) -> Result<Vec<Correction>> {
        let Some(number) = self.number_of(&Key::of(story))? else { return Ok(Vec::new()) };
        Ok(corrections(&self.db, number, story.text())?.into_iter().map(|it| it.1).collect())
    }

    /// Whether the reader has said anything of any quote.
    pub(crate) fn has_corrections(&self) -> Result<bool> {
        self.db.query_row("SELECT EXISTS (SELECT 1 FROM corrections)", [], |it| it.get(0))
    }

    /// The stories that were read, the last one first.
    pub(crate) fn history(&self) -> Result<Vec<Past>> {
        let mut rows = self.db.prepare(concat!(
            "SELECT title, file, source, outlet, share, ",
            "(SELECT count(*) FROM notes WHERE story = stories.id), ",
            day_of!("last_read"),
            " FROM stories ORDER BY last_read DESC, id DESC"
        ))?;
        let rows = rows.query_map([], |row| {
            Ok(Past {
                title: harmless(&row.get::<_, String>(0)?),
                file: row.get(1)?,
                source: row.get(2)?,
                outlet: row.get(3)?,
                share: row.get(4)?,
                notes: row.get(5)?,
                day: said(row, 6)?,
            })
        })?;
        rows.collect()
    }

    /// The story was shown.
    pub(crate) fn opened_story(&self, held: &Held) -> Result<()> {
        self.write(|db| read(db, held).map(drop))
    }

    /// The reader stood here.
    pub(crate) fn stood(&self, held: &Held, at: Standing) -> Result<()> {
        let text = held.story.text();
        self.write(|db| {
            let story = read(db, held)?;
            db.execute("UPDATE stories SET share = max(share, ?2) WHERE id = ?1", params![story, at.share])?;
            db.execute(
                "INSERT OR REPLACE INTO places (story, place, place_words, top, top_words, time)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![
                    story,
                    at.place,
                    anchor::words(text, at.place),
                    at.top,
                    anchor::words(text, at.top),
                    now()
                ],
            )
            .map(drop)
        })
    }

    /// A letter was set, or taken away.
    pub(crate) fn marked(&self, held: &Held, letter: char, place: Option<usize>) -> Result<()> {
        let letter = letter.to_string();
        self.write(|db| {
            let story = read(db, held)?;
            let done = match place {
                Some(place) => db.execute(
                    "INSERT OR REPLACE INTO marks (story, letter, place, words) VALUES (?1, ?2, ?3, ?4)",
                    params![story, letter, place, anchor::words(held.story.text(), place)],
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
    pub(crate) fn noted(
        &self,
        held: &Held,
        known: Option<(i64, &str)>,
        span: Span,
        words: &str,
    ) -> Result<i64> {
        self.write(|db| {
            let story = read(db, held)?;
            if let Some((number, before)) = known {
                let changed = db.execute(
                    "UPDATE notes SET words = ?3, time = ?4 WHERE id = ?1 AND words = ?2",
                    params![number, before, words, now()],
                )?;
                if changed > 0 {
                    return Ok(number);
                }
            }
            db.execute(
                "INSERT INTO notes (story, start, end, passage, words, time) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![story, span.start, span.end, span.of(held.story.text()), words, now()],
            )?;
            Ok(db.last_insert_rowid())
        })
    }

    /// The note is gone, unless another reader has changed it since it said `before`.
    pub(crate) fn unnoted(&self, number: i64, before: &str) -> Result<()> {
        self.write(|db| {
            db.execute("DELETE FROM notes WHERE id = ?1 AND words = ?2", params![number, before]).map(drop)
        })
    }

    /// The reader no longer says what he has dropped, and says what he has made.
    pub(crate) fn corrected(
        &self,
        held: &Held,
        dropped: &[Correction],
        made: Option<&Correction>,
    ) -> Result<()> {
        let text = held.story.text();
        self.write(|db| {
            let story = read(db, held)?;
            for (number, kept) in corrections(db, story, text)? {
                if dropped.contains(&kept) {
                    db.execute("DELETE FROM corrections WHERE id = ?1", [number])?;
                }
            }
            let Some(made) = made else { return Ok(()) };
            let (verdict, speaker) = match &made.verdict {
                Verdict::Said(speaker) => (SAID, Some(speaker)),
                Verdict::Nobody => (NOBODY, None),
                Verdict::NotAQuote => (NOT_A_QUOTE, None),
            };
            db.execute(
                "INSERT INTO corrections (story, verdict, speaker, time) VALUES (?1, ?2, ?3, ?4)",
                params![story, verdict, speaker, now()],
            )?;
            let number = db.last_insert_rowid();
            for (place, part) in made.parts.iter().enumerate() {
                db.execute(
                    "INSERT INTO corrected (correction, number, start, end, words) VALUES (?1, ?2, ?3, ?4, ?5)",
                    params![number, place, part.start, part.end, part.of(text)],
                )?;
            }
            Ok(())
        })
    }

    fn number_of(&self, key: &Key) -> Result<Option<i64>> {
        let row = self.db.query_row("SELECT id FROM stories WHERE hash = ?1", [key.digits()], |it| it.get(0));
        row.optional()
    }

    /// Asked for at once, since a reader that has only looked may not go on to write once another has written.
    pub(crate) fn write<T>(&self, work: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let all = Transaction::new_unchecked(&self.db, TransactionBehavior::Immediate)?;
        let done = work(&all)?;
        all.commit()?;
        Ok(done)
    }
}

/// That the story is being read now; answers its number.
fn read(db: &Connection, held: &Held) -> Result<i64> {
    let Held { story, key, file, words, began } = held;
    let text = story.text();
    let title =
        story.title().or_else(|| story.blocks().first().map(|it| it.span.of(text))).unwrap_or_default();
    let title = title[..title.floor_char_boundary(TITLE)].split_whitespace().collect::<Vec<_>>().join(" ");
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
            ":hash": key.digits(),
            ":title": title,
            ":source": story.source,
            ":file": file,
            ":outlet": story.outlet,
            ":published": story.published,
            ":words": words,
            ":now": now(),
        },
        |row| row.get(0),
    )?;
    db.execute(
        "INSERT INTO history (story, began, ended) VALUES (?1, ?2, ?3)
         ON CONFLICT (story, began) DO UPDATE SET ended = excluded.ended",
        params![number, began, now()],
    )?;
    Ok(number)
}

/// The corrections of a story with their numbers, in the order in which they were made.
fn corrections(db: &Connection, story: i64, text: &str) -> Result<Vec<(i64, Correction)>> {
    let mut rows = db.prepare("SELECT id, verdict, speaker FROM corrections WHERE story = ?1 ORDER BY id")?;
    let mut parts =
        db.prepare("SELECT start, end, words FROM corrected WHERE correction = ?1 ORDER BY number")?;
    let rows = rows.query_map([story], |row| {
        let number: i64 = row.get(0)?;
        let verdict: String = row.get(1)?;
        let verdict = match (verdict.as_str(), row.get::<_, Option<String>>(2)?) {
            (SAID, Some(speaker)) => Verdict::Said(speaker),
            (NOT_A_QUOTE, _) => Verdict::NotAQuote,
            _ => Verdict::Nobody,
        };
        let parts = parts.query_map([number], |row| {
            let words: String = row.get(2)?;
            Ok(anchor::span(text, Span::new(row.get(0)?, row.get(1)?), &words))
        })?;
        Ok((number, Correction { parts: parts.collect::<Result<_>>()?, verdict }))
    })?;
    rows.collect()
}

/// The whole path of a source that is a file.
fn whole(source: &str) -> Option<String> {
    let path = std::path::absolute(source).ok().filter(|it| it.is_file())?;
    path.to_str().map(str::to_string)
}

/// Seconds since 1970.
fn now() -> i64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    since.map_or(0, |it| it.as_secs().cast_signed())
}

/// A place and its words, found in a text.
fn found(text: &str, row: &Row, column: usize) -> Result<usize> {
    let words: String = row.get(column + 1)?;
    Ok(anchor::place(text, row.get(column)?, &words))
}

/// The day in the columns of `day_of!`.
fn said(row: &Row, column: usize) -> Result<String> {
    let date = |column| row.get::<_, String>(column);
    Ok(day(&date(column)?, &date(column + 1)?, &date(column + 2)?))
}
