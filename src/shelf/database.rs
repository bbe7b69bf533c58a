//! A folder → the database in it, opened: made where there is none, brought up to date, set aside where it is damaged.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use etcetera::{BaseStrategy, choose_base_strategy};
use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::shelf::schema;

/// The name of the database.
const FILE_NAME: &str = "shelf.db";

/// How long one reader waits for another that writes.
const LOCK_TIMEOUT: Duration = Duration::from_secs(5);

/// A database that is ready.
pub(crate) struct OpenedDatabase {
    pub(crate) db: Connection,
    /// What became of a damaged one.
    pub(crate) damage_notice: Option<String>,
}

/// Why a database is not ready.
enum OpenError {
    Newer(usize),
    Damaged,
    Other(rusqlite::Error),
}

/// The folder of the reader's own state: `$XDG_STATE_HOME/pullquote`.
pub(crate) fn default_folder() -> Result<PathBuf, String> {
    let strategy = choose_base_strategy().map_err(|it| it.to_string())?;
    let state = strategy.state_dir().unwrap_or_else(|| strategy.data_dir());
    Ok(state.join("pullquote"))
}

/// Where the database of a folder lies.
pub(crate) fn database_path(folder: &Path) -> PathBuf {
    folder.join(FILE_NAME)
}

/// Opens the database of a folder. One that is `suspect` is examined first.
///
/// # Errors
/// If it is of a later version, or cannot be read or written; in words.
pub(crate) fn open(folder: &Path, suspect: bool) -> Result<OpenedDatabase, String> {
    let path = database_path(folder);
    // A status line may cut the path off, but not what is wrong.
    let words = |error: &dyn std::fmt::Display| format!("{error}: {}", path.display());
    create_files(folder, &path).map_err(|it| words(&it.kind()))?;
    // Two readers that come at once must not both begin a shelf, nor both set one aside.
    let _lock = acquire_lock(&folder.join("shelf.lock"));
    let (db, set_aside) = match connect(&path, suspect) {
        Err(OpenError::Damaged) => {
            let aside = move_aside(&path).map_err(|it| words(&it.kind()))?;
            create_files(folder, &path).map_err(|it| words(&it.kind()))?;
            let aside =
                format!("the shelf was damaged; a new one is begun, the old one is {}", aside.display());
            (connect(&path, false), Some(aside))
        }
        db => (db, None),
    };
    match db {
        Ok(db) => Ok(OpenedDatabase { db, damage_notice: set_aside }),
        Err(OpenError::Newer(version)) => {
            Err(words(&format!("the shelf is of a newer pullquote (version {version}); update this one")))
        }
        Err(OpenError::Damaged) => Err(words(&"the shelf is damaged")),
        Err(OpenError::Other(error)) => Err(words(&error)),
    }
}

/// Whether this error tells of a damaged file.
pub(crate) fn is_damage(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase))
}

/// What somebody reads is nobody else's business: folder and file are the reader's alone.
fn create_files(folder: &Path, path: &Path) -> io::Result<()> {
    let (mut folders, mut files) = (DirBuilder::new(), OpenOptions::new());
    #[cfg(unix)]
    {
        use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
        folders.mode(0o700);
        files.mode(0o600);
    }
    folders.recursive(true).create(folder)?;
    files.create(true).append(true).open(path).map(drop)
}

/// Holds the lock until it is dropped; where files cannot be locked, or somebody never lets go, there is none.
fn acquire_lock(path: &Path) -> Option<File> {
    let file = OpenOptions::new().create(true).append(true).open(path).ok()?;
    let end = Instant::now() + LOCK_TIMEOUT;
    loop {
        match file.try_lock() {
            Ok(()) => return Some(file),
            Err(fs::TryLockError::WouldBlock) if Instant::now() < end => {
                thread::sleep(Duration::from_millis(5));
            }
            Err(_) => return None,
        }
    }
}

fn connect(path: &Path, suspect: bool) -> Result<Connection, OpenError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = Connection::open_with_flags(path, flags)?;
    db.busy_timeout(LOCK_TIMEOUT)?;
    let version = schema::version(&db)?;
    if version > schema::CURRENT_VERSION {
        return Err(OpenError::Newer(version));
    }
    // Readers and a writer do not wait for each other, and what was written survives the end of the process.
    db.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(()))?;
    db.pragma_update(None, "synchronous", "normal")?;
    db.pragma_update(None, "foreign_keys", true)?;
    if suspect {
        let sound = db.pragma_query_value(None, "quick_check", |row| row.get::<_, String>(0))? == "ok";
        if !sound {
            return Err(OpenError::Damaged);
        }
    }
    schema::migrate(&db)?;
    Ok(db)
}

/// Gives a database, and what is kept beside it, a name with today's date.
fn move_aside(path: &Path) -> io::Result<PathBuf> {
    let today = Connection::open_in_memory()
        .and_then(|it| it.query_row("SELECT date('now', 'localtime')", [], |row| row.get::<_, String>(0)))
        .unwrap_or_default();
    let mut aside = path.with_file_name(format!("shelf-damaged-{today}.db"));
    let mut again = 1;
    while aside.exists() {
        again += 1;
        aside = path.with_file_name(format!("shelf-damaged-{today}-{again}.db"));
    }
    fs::rename(path, &aside)?;
    for beside in ["-wal", "-shm"] {
        let of = |file: &Path| {
            let mut name = file.as_os_str().to_owned();
            name.push(beside);
            PathBuf::from(name)
        };
        match fs::rename(of(path), of(&aside)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(aside)
}

impl From<rusqlite::Error> for OpenError {
    fn from(error: rusqlite::Error) -> Self {
        if is_damage(&error) { Self::Damaged } else { Self::Other(error) }
    }
}
