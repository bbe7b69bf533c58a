//! The reading history: the stories that were opened, their kept texts and excerpts, and those that ended their process.

use pullquote::story::Story;
use pullquote::text_safety::remove_unsafe;
use rusqlite::{OptionalExtension, Result, params};

use crate::shelf::dates::{day_column, day_of};
use crate::shelf::kept_text;
use crate::shelf::paths;
use crate::shelf::queries::{Shelf, count_column, path_column};
use crate::shelf::record::OpenRecord;
use crate::shelf::story_marker::{self, InterruptedStory};
use crate::storage::{HistoryEntry, HistoryExcerpt, NotedPassage, opening};

/// The most notes in an excerpt.
const MAX_EXCERPT_NOTES: usize = 20;

impl Shelf {
    /// Returns all stories that were opened, the most recent first.
    pub(crate) fn history(&self) -> Result<Vec<HistoryEntry>> {
        let mut statement = self.db.prepare(concat!(
            "SELECT title, path, file, source, outlet, share, ",
            "(SELECT count(*) FROM notes WHERE story = stories.id), ",
            "interrupted, id IN (SELECT story FROM texts), ",
            day_of!("last_read"),
            ", hash FROM stories ORDER BY last_read DESC, id DESC"
        ))?;
        let entries = statement.query_map([], |row| {
            Ok(HistoryEntry {
                title: remove_unsafe(&row.get::<_, String>(0)?),
                file: path_column(row, 1)?,
                source: row.get(3)?,
                outlet: row.get(4)?,
                percent_read: count_column(row, 5)?,
                note_count: count_column(row, 6)?,
                was_interrupted: row.get(7)?,
                has_text: row.get(8)?,
                day: day_column(row, 9)?,
                key: row.get(12)?,
            })
        })?;
        entries.collect()
    }

    /// Returns the story whose text is kept under a key; `None` if none is, or if it is damaged.
    pub(crate) fn kept_story(&self, key: &str) -> Result<Option<Story>> {
        let query = "SELECT content FROM texts JOIN stories ON story = stories.id WHERE hash = ?1";
        let content: Option<Vec<u8>> = self.db.query_row(query, [key], |row| row.get(0)).optional()?;
        Ok(content.and_then(|it| kept_text::unpack(&it)))
    }

    /// Returns the opening of the story with a key or, if it is not saved, the passages with notes.
    pub(crate) fn excerpt(&self, key: &str) -> Result<HistoryExcerpt> {
        let query = "SELECT content FROM openings JOIN stories ON story = stories.id WHERE hash = ?1";
        let saved: Option<String> = self.db.query_row(query, [key], |row| row.get(0)).optional()?;
        let opening = match saved {
            Some(saved) => Some(remove_unsafe(&saved)),
            None => self.kept_story(key)?.map(|it| opening(&it)),
        };
        opening.map_or_else(|| self.noted_passages(key), |it| Ok(HistoryExcerpt::Opening(it)))
    }

    fn noted_passages(&self, key: &str) -> Result<HistoryExcerpt> {
        let mut statement = self.db.prepare(
            "SELECT passage, notes.words FROM notes JOIN stories ON story = stories.id WHERE hash = ?1
             ORDER BY start, notes.id LIMIT ?2",
        )?;
        let passages = statement.query_map(params![key, MAX_EXCERPT_NOTES], |row| {
            Ok(NotedPassage {
                passage: remove_unsafe(&row.get::<_, String>(0)?),
                note: remove_unsafe(&row.get::<_, String>(1)?),
            })
        })?;
        Ok(HistoryExcerpt::Notes(passages.collect::<Result<_>>()?))
    }

    /// Records which stories were being loaded or analysed when their process ended unexpectedly.
    pub(crate) fn record_interruptions(&self) -> Result<()> {
        let stories = story_marker::take_interrupted(&self.folder);
        if stories.is_empty() {
            return Ok(());
        }
        self.transaction(|db| {
            let mut by_path = db.prepare("UPDATE stories SET interrupted = 1 WHERE path = ?1")?;
            let mut by_text = db.prepare("UPDATE stories SET interrupted = 1 WHERE hash = ?1")?;
            let mut update = |story: &InterruptedStory| match story {
                InterruptedStory::File(path) => by_path.execute([paths::to_bytes(path)]),
                InterruptedStory::Text(fingerprint) => by_text.execute([fingerprint]),
            };
            stories.iter().try_for_each(|it| update(it).map(drop))
        })
    }

    /// Forgets that the process ended while it loaded the story's file or analysed its text.
    pub(crate) fn clear_interruption(&self, record: &OpenRecord) -> Result<()> {
        let path = record.path.as_deref().and_then(paths::to_bytes);
        let update = "UPDATE stories SET interrupted = 0 WHERE interrupted = 1 AND (hash = ?1 OR path = ?2)";
        self.db.execute(update, params![record.fingerprint.as_hex(), path]).map(drop)
    }
}
