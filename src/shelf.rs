//! The shelf: what is kept of stories from one reading to the next, in a database of the reader's own.
//!
//! 1. [`key`] knows a story by its words, wherever its file lies; [`anchor`] finds a place in them again.
//! 2. [`file`] opens the database in its folder: [`schema`] brings it up to date, a damaged one is set aside.
//! 3. [`records`] puts what is kept into it and takes it out; [`days`] says when that was.
//! 4. [`volumes`] looks through it without a story in hand, [`paper`] writes that down.
//! 5. [`clerk`] keeps it on a thread of its own, so that nobody who reads waits for a disk.

pub(crate) mod anchor;
pub(crate) mod archive;
pub(crate) mod database;
pub(crate) mod dates;
pub(crate) mod fingerprint;
pub(crate) mod queries;
pub(crate) mod report;
pub(crate) mod schema;
pub(crate) mod worker;

pub(crate) use crate::shelf::archive::StoredStory;
pub(crate) use crate::shelf::database::{database_path, default_folder};
pub(crate) use crate::shelf::fingerprint::Fingerprint;
pub(crate) use crate::shelf::queries::Shelf;
pub(crate) use crate::shelf::report::{json, markdown, table};
pub(crate) use crate::shelf::worker::ShelfWorker;
