//! Opens the database file: creates it, migrates it, and replaces a damaged one by what can be recovered from it.

use std::fmt::{self, Write as _};
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use etcetera::{BaseStrategy, choose_base_strategy};
use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::shelf::paths::{create_folder, to_bytes};
use crate::shelf::salvage::{is_complete, mend_texts, salvage, with_suffix};
use crate::shelf::schema;
use crate::text::counted;

/// The file name of the database.
const FILE_NAME: &str = "shelf.db";

/// The size of every database is a multiple of this, the smallest page, in bytes.
const PAGE_UNIT_BYTES: u64 = 512;

/// How long a process waits for another one that holds the lock or writes.
const LOCK_TIMEOUT: Duration = Duration::from_secs(5);

/// How long to sleep between two attempts to take the lock.
const LOCK_RETRY_DELAY: Duration = Duration::from_millis(5);

/// A database that is ready for use.
pub(crate) struct OpenedDatabase {
    pub(crate) db: Connection,
    /// The file that was opened; another one may have its name later.
    pub(crate) file: FileIdentity,
    /// A message for the user if a damaged database was replaced.
    pub(crate) damage_notice: Option<String>,
    /// Why it can only be read; `None` if it can be written too.
    pub(crate) read_only: Option<OpenError>,
}

/// What tells a file from another one of the same name: its device and its number on it. `None` if it is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct FileIdentity(Option<(u64, u64)>);

impl FileIdentity {
    /// Returns the identity of the file that has this path now.
    pub(crate) fn of(path: &Path) -> Self {
        let metadata = fs::metadata(path).ok();
        #[cfg(unix)]
        return Self(
            metadata.map(|it| {
                (std::os::unix::fs::MetadataExt::dev(&it), std::os::unix::fs::MetadataExt::ino(&it))
            }),
        );
        // Elsewhere an open file can be neither renamed nor deleted.
        #[cfg(not(unix))]
        Self(metadata.map(|_| (0, 0)))
    }

    /// Whether the file was there.
    pub(crate) fn is_known(self) -> bool {
        self.0.is_some()
    }
}

/// Returns the path of the log of a folder's database.
pub(crate) fn log_path(folder: &Path) -> PathBuf {
    with_suffix(&database_path(folder), "-wal")
}

/// Why a database cannot be opened.
pub(crate) struct OpenError {
    pub(crate) path: PathBuf,
    pub(crate) cause: OpenErrorCause,
}

pub(crate) enum OpenErrorCause {
    /// A later program has written the database; with its schema version.
    Newer(usize),
    Damaged,
    /// Another program has written the database.
    Foreign,
    /// A folder, a pipe or a device has the path of the database or of its lock.
    NotAFile,
    Sqlite(rusqlite::Error),
    /// The folder or the file cannot be created or renamed.
    Io(io::ErrorKind),
}

impl OpenError {
    /// Returns the cause, with the path where it matters. A status line may cut off the end.
    pub(crate) fn describe(&self) -> String {
        let Self { path, cause } = self;
        match cause {
            OpenErrorCause::Newer(_) => cause.to_string(),
            _ => format!("{cause}: {}", path.display()),
        }
    }
}

impl OpenErrorCause {
    /// Whether the file may be readable although it cannot be opened for writing: the user may not write it, it lies on a
    /// medium that nobody can write, or the disk is full.
    fn forbids_writing(&self) -> bool {
        use ErrorCode::{CannotOpen, DiskFull, PermissionDenied, ReadOnly, SystemIoFailure};
        match self {
            Self::Io(_) => true,
            Self::Sqlite(error) => matches!(
                error.sqlite_error_code(),
                Some(CannotOpen | DiskFull | PermissionDenied | ReadOnly | SystemIoFailure)
            ),
            Self::Newer(_) | Self::Damaged | Self::Foreign | Self::NotAFile => false,
        }
    }
}

impl fmt::Display for OpenErrorCause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Newer(version) => {
                write!(f, "Saved data comes from a newer version ({version}). ")?;
                write!(f, "Please update pullquote; nothing will be saved.")
            }
            Self::Damaged => write!(f, "Saved data is damaged"),
            Self::Foreign => write!(f, "This is another program's database"),
            Self::NotAFile => write!(f, "This is not a regular file"),
            Self::Sqlite(error) => error.fmt(f),
            Self::Io(kind) => kind.fmt(f),
        }
    }
}

impl From<rusqlite::Error> for OpenErrorCause {
    fn from(error: rusqlite::Error) -> Self {
        if is_damage(&error) { Self::Damaged } else { Self::Sqlite(error) }
    }
}

impl From<io::Error> for OpenErrorCause {
    fn from(error: io::Error) -> Self {
        Self::Io(error.kind())
    }
}

/// Returns the default folder of the database: `$XDG_STATE_HOME/pullquote` on Linux.
///
/// # Errors
/// If the home folder is unknown.
pub(crate) fn default_folder() -> Result<PathBuf, String> {
    let strategy = choose_base_strategy().map_err(|it| it.to_string())?;
    let state = strategy.state_dir().unwrap_or_else(|| strategy.data_dir());
    Ok(state.join("pullquote"))
}

/// Returns the path of the database in a folder.
pub(crate) fn database_path(folder: &Path) -> PathBuf {
    folder.join(FILE_NAME)
}

/// Opens the database of a folder, creates it if needed, and checks its integrity. One that cannot be written is opened
/// for reading.
///
/// # Errors
/// If a later program has written it, or if it cannot be read.
pub(crate) fn open(folder: &Path) -> Result<OpenedDatabase, OpenError> {
    let path = database_path(folder);
    match open_or_replace(folder, &path) {
        Err(cause) if cause.forbids_writing() => {
            let opened = connect_to_read(&path);
            let error = OpenError { path, cause };
            match opened {
                Ok(db) => Ok(OpenedDatabase {
                    db,
                    file: FileIdentity::of(&error.path),
                    damage_notice: None,
                    read_only: Some(error),
                }),
                Err(_) => Err(error),
            }
        }
        opened => opened.map_err(|cause| OpenError { path, cause }),
    }
}

/// Opens the database; replaces a damaged one.
fn open_or_replace(folder: &Path, path: &Path) -> Result<OpenedDatabase, OpenErrorCause> {
    let lock = folder.join("shelf.lock");
    // Opening a named pipe would wait for its other end.
    if [path, &lock].into_iter().any(|it| fs::metadata(it).is_ok_and(|it| !it.is_file())) {
        return Err(OpenErrorCause::NotAFile);
    }
    create_files(folder, path)?;
    // Two processes that start together must not both create a database, nor both replace one.
    let _lock = acquire_lock(&lock);
    let (db, damage_notice) = match connect(path) {
        Err(OpenErrorCause::Damaged) => {
            let notice = replace_damaged(folder, path)?;
            (connect(path)?, Some(notice))
        }
        db => (db?, None),
    };
    let mended = mend_texts(&db)?;
    let damage_notice = damage_notice.or_else(|| {
        let texts = counted(mended, "text");
        (mended > 0).then(|| format!("Saved data was damaged. Replaced what cannot be read in {texts}"))
    });
    Ok(OpenedDatabase { db, file: FileIdentity::of(path), damage_notice, read_only: None })
}

/// Puts a new database with all that can be recovered in the place of a damaged one, which is renamed.
///
/// Returns a message for the user.
fn replace_damaged(folder: &Path, path: &Path) -> Result<String, OpenErrorCause> {
    // The new file is complete before it gets its name.
    let new = folder.join("shelf-new.tmp");
    let remove = || {
        for suffix in ["", "-journal"] {
            let _ = fs::remove_file(with_suffix(&new, suffix));
        }
    };
    remove();
    create_files(folder, &new)?;
    let recovered = Connection::open(&new).and_then(|db| {
        schema::migrate(&db)?;
        salvage(path, &db, folder)
    });
    let recovered = recovered.inspect_err(|_| remove())?;
    let aside = move_aside(path)?;
    fs::rename(&new, path)?;
    let what = match recovered.describe() {
        Some(contents) => format!("Recovered {contents}"),
        None => "Nothing could be recovered".into(),
    };
    Ok(format!("Saved data was damaged. {what}; the old file is {}", aside.display()))
}

/// Whether the error means that the file is damaged.
pub(crate) fn is_damage(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase))
}

/// Creates the folder and the file; only the user may read them.
fn create_files(folder: &Path, path: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    create_folder(folder)?;
    options.create(true).append(true).open(path).map(drop)
}

/// Takes a lock that is held until the returned file is dropped.
///
/// Returns `None` if files cannot be locked here, or after [`LOCK_TIMEOUT`].
fn acquire_lock(path: &Path) -> Option<File> {
    let file = OpenOptions::new().create(true).append(true).open(path).ok()?;
    let deadline = Instant::now() + LOCK_TIMEOUT;
    loop {
        match file.try_lock() {
            Ok(()) => return Some(file),
            Err(TryLockError::WouldBlock) if Instant::now() < deadline => thread::sleep(LOCK_RETRY_DELAY),
            Err(_) => return None,
        }
    }
}

/// Connects to the file, checks its integrity and migrates it to the current schema.
fn connect(path: &Path) -> Result<Connection, OpenErrorCause> {
    // SQLite takes a very short file for an empty one, and fills up a page that is cut off.
    if fs::metadata(path).is_ok_and(|it| it.len() % PAGE_UNIT_BYTES != 0) {
        return Err(OpenErrorCause::Damaged);
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = Connection::open_with_flags(path, flags)?;
    db.busy_timeout(LOCK_TIMEOUT)?;
    let version = schema::version(&db)?;
    if version > schema::CURRENT_VERSION {
        return Err(OpenErrorCause::Newer(version));
    }
    let tables: usize = db.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if version == 0 && tables > 0 {
        return Err(OpenErrorCause::Foreign);
    }
    // With a write-ahead log, reading does not wait for writing, and committed changes survive the end of the process.
    db.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(()))?;
    db.pragma_update(None, "synchronous", "normal")?;
    db.pragma_update(None, "foreign_keys", true)?;
    // Deleted text must not stay in unused parts of the file.
    db.pragma_update_and_check(None, "secure_delete", true, |_| Ok(()))?;
    if !is_sound(&db)? {
        return Err(OpenErrorCause::Damaged);
    }
    schema::migrate(&db)?;
    if !is_complete(&db)? {
        return Err(OpenErrorCause::Damaged);
    }
    Ok(db)
}

/// Whether all pages of the file are sound and no row refers to one that is missing.
fn is_sound(db: &Connection) -> rusqlite::Result<bool> {
    let result: String = db.pragma_query_value(None, "integrity_check", |row| row.get(0))?;
    let has_orphans = db.prepare("PRAGMA foreign_key_check")?.exists([])?;
    Ok(result == "ok" && !has_orphans)
}

/// Connects to a file that cannot be written.
///
/// # Errors
/// If it cannot be read, is damaged, or has not the current schema.
fn connect_to_read(path: &Path) -> Result<Connection, OpenErrorCause> {
    let open = |options: &str| -> Result<_, OpenErrorCause> {
        let flags =
            OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
        let db = Connection::open_with_flags(as_uri(path)? + options, flags)?;
        db.busy_timeout(LOCK_TIMEOUT)?;
        Ok((schema::version(&db)?, db))
    };
    // A database with a log needs files beside it even to be read. Where they can be neither found nor made, nobody writes.
    let (version, db) = match open("") {
        Err(cause) if cause.forbids_writing() => open("?immutable=1")?,
        opened => opened?,
    };
    let is_usable = version == schema::CURRENT_VERSION && is_sound(&db)? && is_complete(&db)?;
    if is_usable { Ok(db) } else { Err(OpenErrorCause::Damaged) }
}

/// Returns the URI of a file, as SQLite reads it.
///
/// # Errors
/// If the path of the working folder is unknown, or the path has no bytes.
fn as_uri(path: &Path) -> io::Result<String> {
    let bytes = to_bytes(&std::path::absolute(path)?).ok_or(io::ErrorKind::InvalidFilename)?;
    let mut uri = "file:".to_string();
    for byte in bytes {
        match byte {
            b'/' | b'.' | b'-' | b'_' => uri.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => uri.push(char::from(byte)),
            // Writing to a string cannot fail.
            _ => drop(write!(uri, "%{byte:02x}")),
        }
    }
    Ok(uri)
}

/// Returns a path in `folder` that is not used yet: the name, today's date, a number if need be, the extension.
pub(crate) fn free_path(folder: &Path, name: &str, extension: &str) -> PathBuf {
    let today = Connection::open_in_memory()
        .and_then(|db| db.query_row("SELECT date('now', 'localtime')", [], |row| row.get::<_, String>(0)))
        .unwrap_or_default();
    let mut path = folder.join(format!("{name}-{today}.{extension}"));
    let mut number = 1;
    while path.exists() {
        number += 1;
        path = folder.join(format!("{name}-{today}-{number}.{extension}"));
    }
    path
}

/// Renames a database and its side files after today's date; returns the new path of the database.
fn move_aside(path: &Path) -> io::Result<PathBuf> {
    let aside = free_path(path.parent().unwrap_or(path), "shelf-damaged", "db");
    fs::rename(path, &aside)?;
    for suffix in ["-wal", "-shm"] {
        match fs::rename(with_suffix(path, suffix), with_suffix(&aside, suffix)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(aside)
}

#[cfg(test)]
mod tests;
