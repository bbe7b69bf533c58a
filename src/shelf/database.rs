//! Opens the database file: creates it, migrates it, and moves a damaged one aside.

use std::fmt;
use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use etcetera::{BaseStrategy, choose_base_strategy};
use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::shelf::schema;

/// The file name of the database.
const FILE_NAME: &str = "shelf.db";

/// How long a process waits for another one that holds the lock or writes.
const LOCK_TIMEOUT: Duration = Duration::from_secs(5);

/// How long to sleep between two attempts to take the lock.
const LOCK_RETRY_DELAY: Duration = Duration::from_millis(5);

/// A database that is ready for use.
pub(crate) struct OpenedDatabase {
    pub(crate) db: Connection,
    /// A message for the user if a damaged database was moved aside.
    pub(crate) damage_notice: Option<String>,
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
    Sqlite(rusqlite::Error),
    /// The folder or the file cannot be created or renamed.
    Io(io::ErrorKind),
}

impl OpenError {
    /// Returns a message for the status line, which may cut off its end.
    pub(crate) fn notice(&self) -> String {
        let Self { path, cause } = self;
        match cause {
            OpenErrorCause::Newer(_) => cause.to_string(),
            _ => format!("{NOT_SAVING}: {cause}: {}", path.display()),
        }
    }
}

/// How messages begin after which nothing is saved.
pub(crate) const NOT_SAVING: &str = "Notes and positions are not being saved";

impl fmt::Display for OpenErrorCause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Newer(version) => {
                write!(f, "Saved data comes from a newer version ({version}). ")?;
                write!(f, "Please update pullquote; nothing will be saved.")
            }
            Self::Damaged => write!(f, "Saved data is damaged"),
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

/// Opens the database of a folder and creates it if needed. With `check`, its integrity is checked first.
///
/// # Errors
/// If a later program has written it, or if it cannot be read or written.
pub(crate) fn open(folder: &Path, check: bool) -> Result<OpenedDatabase, OpenError> {
    let path = database_path(folder);
    open_or_replace(folder, &path, check).map_err(|cause| OpenError { path, cause })
}

/// Opens the database; moves a damaged one aside and creates a new one.
fn open_or_replace(folder: &Path, path: &Path, check: bool) -> Result<OpenedDatabase, OpenErrorCause> {
    create_files(folder, path)?;
    // Two processes that start together must not both create a database, nor both move one aside.
    let _lock = acquire_lock(&folder.join("shelf.lock"));
    match connect(path, check) {
        Err(OpenErrorCause::Damaged) => {
            let aside = move_aside(path)?;
            create_files(folder, path)?;
            let notice =
                format!("Saved data was damaged. Started afresh; the old file is {}", aside.display());
            Ok(OpenedDatabase { db: connect(path, false)?, damage_notice: Some(notice) })
        }
        db => Ok(OpenedDatabase { db: db?, damage_notice: None }),
    }
}

/// Whether the error means that the file is damaged.
pub(crate) fn is_damage(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase))
}

/// Creates the folder and the file; only the user may read them.
fn create_files(folder: &Path, path: &Path) -> io::Result<()> {
    let (mut folder_options, mut file_options) = (DirBuilder::new(), OpenOptions::new());
    #[cfg(unix)]
    {
        use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
        folder_options.mode(0o700);
        file_options.mode(0o600);
    }
    folder_options.recursive(true).create(folder)?;
    file_options.create(true).append(true).open(path).map(drop)
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

/// Connects to the file and migrates it to the current schema.
fn connect(path: &Path, check: bool) -> Result<Connection, OpenErrorCause> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = Connection::open_with_flags(path, flags)?;
    db.busy_timeout(LOCK_TIMEOUT)?;
    let version = schema::version(&db)?;
    if version > schema::CURRENT_VERSION {
        return Err(OpenErrorCause::Newer(version));
    }
    // With a write-ahead log, reading does not wait for writing, and committed changes survive the end of the process.
    db.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(()))?;
    db.pragma_update(None, "synchronous", "normal")?;
    db.pragma_update(None, "foreign_keys", true)?;
    if check {
        let result: String = db.pragma_query_value(None, "quick_check", |row| row.get(0))?;
        if result != "ok" {
            return Err(OpenErrorCause::Damaged);
        }
    }
    schema::migrate(&db)?;
    Ok(db)
}

/// Renames a database and its side files after today's date; returns the new path of the database.
fn move_aside(path: &Path) -> io::Result<PathBuf> {
    let today = Connection::open_in_memory()
        .and_then(|db| db.query_row("SELECT date('now', 'localtime')", [], |row| row.get::<_, String>(0)))
        .unwrap_or_default();
    let mut aside = path.with_file_name(format!("shelf-damaged-{today}.db"));
    let mut number = 1;
    while aside.exists() {
        number += 1;
        aside = path.with_file_name(format!("shelf-damaged-{today}-{number}.db"));
    }
    fs::rename(path, &aside)?;
    for suffix in ["-wal", "-shm"] {
        let with_suffix = |file: &Path| {
            let mut name = file.as_os_str().to_owned();
            name.push(suffix);
            PathBuf::from(name)
        };
        match fs::rename(with_suffix(path), with_suffix(&aside)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(aside)
}
