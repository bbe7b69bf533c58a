//! Salvage: copies the rows of a damaged database that can still be read into a new one.
//!
//! 1. A copy of the damaged file is opened. If its first page is damaged, that of an empty database replaces it: the
//!    tables of every database begin at the same pages, because the same scripts create them.
//! 2. Each table is read up to the first error.
//! 3. After an error every page of rows in the file is read as if it were the whole table: the pages that lead to it may
//!    be lost. Only rows whose values have the types of the table's columns are taken.
//! 4. Notes, bookmarks and corrections whose story is lost get a story without a title.

use std::fs::{self, OpenOptions};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, Result, Row, Statement, params_from_iter};

use crate::shelf::schema;
use crate::text::counted;

/// The tables, each after those that it refers to.
const TABLES: [&str; 9] =
    ["stories", "places", "marks", "notes", "corrections", "corrected", "history", "texts", "openings"];

/// The number of tables that a database of any version has.
const FIRST_TABLES: usize = 7;

/// The page size of the databases, which is SQLite's default.
const PAGE_BYTES: usize = 4096;

/// Offsets in the first page: the number of pages, and the list of free pages with its length.
const PAGE_COUNT_OFFSET: usize = 28;
const FREE_LIST: std::ops::Range<usize> = 32..40;

/// The first byte of a page that holds rows of a table.
const ROW_PAGE: u8 = 0x0d;

/// The tables for whose rows those of another one could be taken. What they hold is not missed.
const AMBIGUOUS_TABLES: [&str; 2] = ["history", "openings"];

/// The title of a story of which only notes, bookmarks or corrections were recovered.
const LOST_TITLE: &str = "Story without its title";

/// How much was recovered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Recovered {
    pub(crate) stories: usize,
    pub(crate) notes: usize,
    pub(crate) bookmarks: usize,
    pub(crate) corrections: usize,
}

impl Recovered {
    /// "12 stories, 3 notes, 1 bookmark and 0 corrections", without what there is none of; `None` if there is nothing.
    pub(crate) fn describe(self) -> Option<String> {
        let stories = if self.stories == 1 { "1 story".into() } else { format!("{} stories", self.stories) };
        let mut parts = vec![(self.stories, stories)];
        for (count, noun) in
            [(self.notes, "note"), (self.bookmarks, "bookmark"), (self.corrections, "correction")]
        {
            parts.push((count, counted(count, noun)));
        }
        let parts: Vec<String> = parts.into_iter().filter(|it| it.0 > 0).map(|it| it.1).collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }
}

/// Copies all readable rows of the database at `damaged` into the empty database `new`.
///
/// Works on a copy in `folder`, which it deletes; the damaged file stays as it is.
///
/// # Errors
/// If the new database cannot be written.
pub(crate) fn salvage(damaged: &Path, new: &Connection, folder: &Path) -> Result<Recovered> {
    new.pragma_update(None, "foreign_keys", false)?;
    let transaction = new.unchecked_transaction()?;
    if let Ok(copy) = TemporaryCopy::new(damaged, folder)
        && copy.is_usable()
    {
        for table in TABLES {
            copy_table(&copy, new, table)?;
        }
        copy.connect().map_or(Ok(()), |source| restore_parents(&source, new))?;
    }
    let recovered = count(new)?;
    transaction.commit()?;
    new.pragma_update(None, "foreign_keys", true)?;
    Ok(recovered)
}

/// A copy of a database with its log, deleted when dropped.
struct TemporaryCopy {
    path: PathBuf,
}

impl TemporaryCopy {
    fn new(damaged: &Path, folder: &Path) -> io::Result<Self> {
        let copy = Self { path: folder.join("shelf-salvage.tmp") };
        copy.remove();
        fs::copy(damaged, &copy.path)?;
        let log = with_suffix(damaged, "-wal");
        if log.exists() {
            fs::copy(log, with_suffix(&copy.path, "-wal"))?;
        }
        Ok(copy)
    }

    /// Whether the copy can be opened, if need be with another first page.
    fn is_usable(&self) -> bool {
        let is_opened = || self.connect().is_some_and(|it| has_all_tables(&it));
        let is_usable = is_opened() || (self.replace_first_page().is_ok() && is_opened());
        if is_usable && let Some(source) = self.connect() {
            // From here on the file is read without its log. On failure what is only in the log is lost.
            let _ = source.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
            let _ = source.pragma_update_and_check(None, "journal_mode", "delete", |_| Ok(()));
        }
        is_usable
    }

    fn connect(&self) -> Option<Connection> {
        Connection::open(&self.path).ok()
    }

    /// Returns the number of the first page of a table, from 1.
    fn root_page(&self, table: &str) -> Option<usize> {
        let query = "SELECT rootpage FROM sqlite_schema WHERE type = 'table' AND name = ?1";
        self.connect()?.query_row(query, [table], |row| row.get(0)).ok()
    }

    /// Writes the first page of an empty database over that of the copy.
    fn replace_first_page(&self) -> io::Result<()> {
        let template = self.path.with_extension("template");
        let _ = fs::remove_file(&template);
        let made = Connection::open(&template).and_then(|db| {
            schema::migrate(&db)?;
            // The copy's log is read only if its first page says that there is one.
            db.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(()))
        });
        let first_page = made.map_err(io::Error::other).and_then(|()| fs::read(&template));
        for suffix in ["", "-wal", "-shm"] {
            let _ = fs::remove_file(with_suffix(&template, suffix));
        }
        let mut first_page = first_page?;
        let mut content = fs::read(&self.path)?;
        if first_page.len() < PAGE_BYTES || content.len() < PAGE_BYTES {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        first_page.truncate(PAGE_BYTES);
        let pages = (content.len() / PAGE_BYTES) as u32;
        first_page[PAGE_COUNT_OFFSET..PAGE_COUNT_OFFSET + 4].copy_from_slice(&pages.to_be_bytes());
        first_page[FREE_LIST].fill(0);
        content[..PAGE_BYTES].copy_from_slice(&first_page);
        fs::write(&self.path, content)
    }

    fn remove(&self) {
        for suffix in ["", "-wal", "-shm"] {
            // A file that is not there need not be removed.
            let _ = fs::remove_file(with_suffix(&self.path, suffix));
        }
    }
}

impl Drop for TemporaryCopy {
    fn drop(&mut self) {
        self.remove();
    }
}

/// Returns the path of a side file of a database.
pub(crate) fn with_suffix(file: &Path, suffix: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

fn has_all_tables(source: &Connection) -> bool {
    TABLES[..FIRST_TABLES].iter().all(|it| source.prepare(&format!("SELECT rowid FROM {it}")).is_ok())
}

/// Copies the readable rows of one table.
fn copy_table(copy: &TemporaryCopy, new: &Connection, table: &str) -> Result<()> {
    let Some(source) = copy.connect() else { return Ok(()) };
    // The damaged file may come from an older version with fewer columns.
    let mut columns = columns(new, table)?;
    columns.retain(|it| has_column(&source, table, &it.name));
    let names: Vec<&str> = columns.iter().map(|it| it.name.as_str()).collect();
    let names = names.join(", ");
    let marks = vec!["?"; columns.len() + 1].join(", ");
    let mut insert =
        new.prepare(&format!("INSERT OR IGNORE INTO {table} (rowid, {names}) VALUES ({marks})"))?;
    let select = format!("SELECT rowid, {names} FROM {table} NOT INDEXED ORDER BY rowid");
    let is_complete = copy_rows(&source, &select, &columns, &mut insert);
    drop(source);
    if is_complete || AMBIGUOUS_TABLES.contains(&table) {
        return Ok(());
    }
    let (Some(root), Ok(content)) = (copy.root_page(table), fs::read(&copy.path)) else { return Ok(()) };
    let offset = (root.saturating_sub(1) * PAGE_BYTES) as u64;
    // The first page is not a page of rows.
    for page in content.chunks_exact(PAGE_BYTES).skip(1).filter(|it| it[0] == ROW_PAGE) {
        if write_at(&copy.path, offset, page).is_err() {
            break;
        }
        let Some(source) = copy.connect() else { break };
        if !copy_rows(&source, &select, &columns, &mut insert) {
            copy_rows(&source, &format!("{select} DESC"), &columns, &mut insert);
        }
    }
    // The pages of the other tables are as they were.
    let _ = fs::write(&copy.path, content);
    Ok(())
}

fn write_at(path: &Path, offset: u64, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).open(path)?;
    file.seek(SeekFrom::Start(offset))?;
    file.write_all(bytes)
}

/// Copies the rows that a query returns up to an error; returns whether there was none.
fn copy_rows(source: &Connection, select: &str, columns: &[Column], insert: &mut Statement) -> bool {
    let Ok(mut statement) = source.prepare(select) else { return false };
    let Ok(mut rows) = statement.query([]) else { return false };
    loop {
        match rows.next() {
            Ok(Some(row)) => copy_row(row, columns, insert),
            Ok(None) => return true,
            Err(_) => return false,
        }
    }
}

/// Inserts a row; one that does not fit the table is left out.
fn copy_row(row: &Row, columns: &[Column], insert: &mut Statement) {
    let mut values = vec![row.get(0).map_or(Value::Null, Value::Integer)];
    for (number, column) in columns.iter().enumerate() {
        let value = match (row.get_ref(number + 1), column.declared_type.as_str()) {
            (Ok(ValueRef::Integer(number)), "INTEGER") => Value::Integer(number),
            (Ok(ValueRef::Text(bytes)), "TEXT") => Value::Text(String::from_utf8_lossy(bytes).into_owned()),
            (Ok(ValueRef::Blob(bytes)), "BLOB") => Value::Blob(bytes.to_vec()),
            (Ok(ValueRef::Null), _) => Value::Null,
            _ => return,
        };
        values.push(value);
    }
    // A row that breaks a rule of the table is damaged.
    let _ = insert.execute(params_from_iter(values));
}

/// Adds a story for contents without one, and deletes what is of no use without its story.
fn restore_parents(source: &Connection, new: &Connection) -> Result<()> {
    // The index may have the fingerprint of a story whose row is lost.
    let fingerprints =
        source.prepare("SELECT hash, rowid FROM stories INDEXED BY sqlite_autoindex_stories_1");
    let insert = format!(
        "INSERT OR IGNORE INTO stories (id, hash, title, words, first_read, last_read)
         SELECT ?1, ?2, '{LOST_TITLE}', 0, 0, 0
         WHERE ?1 IN (SELECT story FROM notes UNION SELECT story FROM marks UNION SELECT story FROM corrections)"
    );
    if let Ok(mut fingerprints) = fingerprints {
        let rows = fingerprints.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?)))?;
        for (hash, id) in rows.map_while(Result::ok) {
            new.execute(&insert, (id, hash))?;
        }
    }
    new.execute_batch(&format!(
        "INSERT OR IGNORE INTO stories (id, hash, title, words, first_read, last_read)
             SELECT story, 'lost-' || story, '{LOST_TITLE}', 0, 0, 0 FROM
             (SELECT story FROM notes UNION SELECT story FROM marks UNION SELECT story FROM corrections);
         DELETE FROM places WHERE story NOT IN (SELECT id FROM stories);
         DELETE FROM history WHERE story NOT IN (SELECT id FROM stories);
         DELETE FROM texts WHERE story NOT IN (SELECT id FROM stories);
         DELETE FROM openings WHERE story NOT IN (SELECT id FROM stories);
         DELETE FROM corrected WHERE correction NOT IN (SELECT id FROM corrections);
         DELETE FROM corrections WHERE id NOT IN (SELECT correction FROM corrected);"
    ))
}

/// A column of a table.
struct Column {
    name: String,
    declared_type: String,
}

fn columns(db: &Connection, table: &str) -> Result<Vec<Column>> {
    let mut statement = db.prepare("SELECT name, type FROM pragma_table_info(?1)")?;
    statement
        .query_map([table], |row| Ok(Column { name: row.get(0)?, declared_type: row.get(1)? }))?
        .collect()
}

/// Whether a database has all tables and columns of the current version.
pub(crate) fn is_complete(db: &Connection) -> Result<bool> {
    let template = Connection::open_in_memory()?;
    schema::migrate(&template)?;
    for table in TABLES {
        if !columns(&template, table)?.iter().all(|it| has_column(db, table, &it.name)) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Replaces what is no UTF-8 in the texts of all tables; returns how many texts it was in. SQLite does not check it, so that a
/// changed byte in a text is no damage to the file.
pub(crate) fn mend_texts(db: &Connection) -> Result<usize> {
    let mut count = 0;
    for table in TABLES {
        for Column { name, .. } in columns(db, table)?.iter().filter(|it| it.declared_type == "TEXT") {
            let mut query = db.prepare(&format!("SELECT rowid, {name} FROM {table}"))?;
            let mended = query.query_map([], |row| match row.get_ref(1)? {
                ValueRef::Text(bytes) if str::from_utf8(bytes).is_err() => {
                    Ok(Some((row.get::<_, i64>(0)?, String::from_utf8_lossy(bytes).into_owned())))
                }
                _ => Ok(None),
            })?;
            let mended: Vec<_> = mended.collect::<Result<_>>()?;
            for (row, text) in mended.into_iter().flatten() {
                // A key that another row has stays as it is.
                let update = format!("UPDATE OR IGNORE {table} SET {name} = ?2 WHERE rowid = ?1");
                count += db.execute(&update, (row, text))?;
            }
        }
    }
    Ok(count)
}

fn has_column(db: &Connection, table: &str, column: &str) -> bool {
    db.prepare(&format!("SELECT {column} FROM {table}")).is_ok()
}

/// Counts what is in a database.
pub(crate) fn count(db: &Connection) -> Result<Recovered> {
    let count = |table| db.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0));
    Ok(Recovered {
        stories: count("stories")?,
        notes: count("notes")?,
        bookmarks: count("marks")?,
        corrections: count("corrections")?,
    })
}
