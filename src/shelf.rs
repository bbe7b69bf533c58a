//! The shelf: what is kept of stories from one reading to the next, in a database of the reader's own.
//!
//! 1. [`key`] knows a story by its words, wherever its file lies; [`anchor`] finds a place in them again.
//! 2. [`file`] opens the database in its folder: [`schema`] brings it up to date, a damaged one is set aside.
//! 3. [`records`] puts what is kept into it and takes it out; [`days`] says when that was.
//! 4. [`clerk`] does so on a thread of its own, so that nobody who reads waits for a disk.

mod anchor;
mod clerk;
mod days;
mod file;
mod key;
mod records;
mod schema;

pub(crate) use clerk::Clerk;
pub(crate) use file::folder;
