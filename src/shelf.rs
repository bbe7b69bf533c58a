//! The shelf: saved reading positions, bookmarks, notes, corrections and history, in an SQLite database.
//!
//! 1. [`fingerprint`] identifies a story by its text; [`anchor`] finds a saved offset in a changed text.
//! 2. [`database`] opens the file; [`schema`] holds its tables and migrations.
//! 3. [`queries`] reads and writes what is saved of one story; [`dates`] describes days.
//! 4. [`archive`] lists and deletes all stories; [`report`] formats that list.
//! 5. [`worker`] runs the queries on a thread of its own.

mod anchor;
mod archive;
mod database;
mod dates;
mod fingerprint;
mod queries;
mod report;
mod schema;
mod worker;

pub(crate) use crate::shelf::archive::StoredStory;
pub(crate) use crate::shelf::database::{OpenError, database_path, default_folder};
pub(crate) use crate::shelf::fingerprint::Fingerprint;
pub(crate) use crate::shelf::queries::Shelf;
pub(crate) use crate::shelf::report::{json, markdown, safe_line, table};
pub(crate) use crate::shelf::worker::ShelfWorker;
