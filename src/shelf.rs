//! The shelf: what is kept of stories from one reading to the next, in a database of the reader's own.
//!
//! 1. [`key`] knows a story by its words, wherever its file lies; [`anchor`] finds a place in them again.
//! 2. [`file`] opens the database in its folder: [`schema`] brings it up to date, a damaged one is set aside.
//! 3. [`records`] puts what is kept into it and takes it out; [`days`] says when that was.
//! 4. [`volumes`] looks through it without a story in hand, [`paper`] writes that down.
//! 5. [`clerk`] keeps it on a thread of its own, so that nobody who reads waits for a disk.

mod anchor;
mod clerk;
mod days;
mod file;
mod key;
mod paper;
mod records;
mod schema;
mod volumes;

pub(crate) use clerk::Clerk;
pub(crate) use file::{folder, path};
pub(crate) use key::Key;
pub(crate) use paper::{json, markdown, table};
pub(crate) use records::Shelf;
pub(crate) use volumes::Volume;
