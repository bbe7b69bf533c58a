//! The database schema and its migrations.

use rusqlite::{Connection, Result, Transaction, TransactionBehavior};

/// SQL scripts: entry n migrates a database from version n to version n + 1.
///
/// The version is kept in `user_version`. Times are seconds since 1970. Offsets (`place`, `top`, `start`, `end`) are
/// bytes of the story's text; the columns beside them hold the text at the offset.
/// `path` holds the bytes of the path that `file` shows; `NULL` in stories of version 1. `interrupted` is 1 if the process
/// ended while it loaded or analysed the story. `texts` holds the packed texts of stories that came from no file, `openings`
/// the beginnings of the others.
const MIGRATIONS: &[&str] = &[
    "
CREATE TABLE stories (
    id INTEGER PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    source TEXT,
    file TEXT,
    outlet TEXT,
    published TEXT,
    words INTEGER NOT NULL,
    share INTEGER NOT NULL DEFAULT 0,
    first_read INTEGER NOT NULL,
    last_read INTEGER NOT NULL
) STRICT;
CREATE TABLE places (
    story INTEGER PRIMARY KEY REFERENCES stories ON DELETE CASCADE,
    place INTEGER NOT NULL,
    place_words TEXT NOT NULL,
    top INTEGER NOT NULL,
    top_words TEXT NOT NULL,
    time INTEGER NOT NULL
) STRICT;
CREATE TABLE marks (
    story INTEGER NOT NULL REFERENCES stories ON DELETE CASCADE,
    letter TEXT NOT NULL,
    place INTEGER NOT NULL,
    words TEXT NOT NULL,
    PRIMARY KEY (story, letter)
) STRICT;
CREATE TABLE notes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    story INTEGER NOT NULL REFERENCES stories ON DELETE CASCADE,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    passage TEXT NOT NULL,
    words TEXT NOT NULL,
    time INTEGER NOT NULL
) STRICT;
CREATE INDEX notes_of ON notes (story);
CREATE TABLE corrections (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    story INTEGER NOT NULL REFERENCES stories ON DELETE CASCADE,
    verdict TEXT NOT NULL,
    speaker TEXT,
    time INTEGER NOT NULL
) STRICT;
CREATE INDEX corrections_of ON corrections (story);
CREATE TABLE corrected (
    correction INTEGER NOT NULL REFERENCES corrections ON DELETE CASCADE,
    number INTEGER NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    words TEXT NOT NULL,
    PRIMARY KEY (correction, number)
) STRICT;
CREATE TABLE history (
    story INTEGER NOT NULL REFERENCES stories ON DELETE CASCADE,
    began INTEGER NOT NULL,
    ended INTEGER NOT NULL,
    PRIMARY KEY (story, began)
) STRICT;
",
    "
ALTER TABLE stories ADD COLUMN path BLOB;
ALTER TABLE stories ADD COLUMN interrupted INTEGER NOT NULL DEFAULT 0;
",
    "
CREATE TABLE texts (
    story INTEGER PRIMARY KEY REFERENCES stories ON DELETE CASCADE,
    content BLOB NOT NULL
) STRICT;
",
    "
CREATE TABLE openings (
    story INTEGER PRIMARY KEY REFERENCES stories ON DELETE CASCADE,
    content TEXT NOT NULL
) STRICT;
",
];

/// The schema version of this program.
pub(crate) const CURRENT_VERSION: usize = MIGRATIONS.len();

/// Returns the version of a database; 0 if it has no tables yet.
pub(crate) fn version(db: &Connection) -> Result<usize> {
    db.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// Runs the missing migrations, each in a transaction of its own.
pub(crate) fn migrate(db: &Connection) -> Result<()> {
    while version(db)? < CURRENT_VERSION {
        let transaction = Transaction::new_unchecked(db, TransactionBehavior::Immediate)?;
        // Another process may have run this migration meanwhile.
        let version = version(&transaction)?;
        if let Some(script) = MIGRATIONS.get(version) {
            transaction.execute_batch(script)?;
            transaction.pragma_update(None, "user_version", version + 1)?;
        }
        transaction.commit()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shelf_of_each_older_version_keeps_what_is_in_it() {
        for version_before in 1..CURRENT_VERSION {
            let db = Connection::open_in_memory().unwrap();
            for script in &MIGRATIONS[..version_before] {
                db.execute_batch(script).unwrap();
            }
            db.pragma_update(None, "user_version", version_before).unwrap();
            db.execute_batch(
                "INSERT INTO stories (hash, title, words, first_read, last_read) VALUES ('a', 'The last ferry', 500, 0, 0);
                 INSERT INTO notes (story, start, end, passage, words, time) VALUES (1, 0, 1, 'a', 'ask her', 0);",
            )
            .unwrap();
            migrate(&db).unwrap();
            let query = "SELECT title || ': ' || notes.words FROM stories JOIN notes ON story = stories.id
                         WHERE stories.id NOT IN (SELECT story FROM texts UNION SELECT story FROM openings)";
            let found: String = db.query_row(query, [], |row| row.get(0)).unwrap();
            assert_eq!((found.as_str(), version(&db).unwrap()), ("The last ferry: ask her", CURRENT_VERSION));
        }
    }

    #[test]
    fn an_empty_file_becomes_a_shelf_of_today_and_stays_one() {
        let db = Connection::open_in_memory().unwrap();
        for _ in 0..2 {
            migrate(&db).unwrap();
            assert_eq!(version(&db).unwrap(), CURRENT_VERSION);
        }
        let tables: i64 = db
            .query_row("SELECT count(*) FROM sqlite_schema WHERE type = 'table'", [], |row| row.get(0))
            .unwrap();
        assert!(tables >= 7, "{tables}");
    }
}
