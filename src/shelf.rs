//! The shelf: saved reading positions, bookmarks, notes, corrections and history, in an SQLite database.
//!
//! 1. [`fingerprint`] identifies a story by its text; [`anchor`] finds a saved offset in a changed text.
//! 2. [`database`] opens the file; [`schema`] holds its tables and migrations; [`paths`] keeps file paths exactly.
//! 3. [`queries`] reads and writes what is saved of one story; [`dates`] describes days.
//! 4. [`archive`] lists and deletes all stories; [`report`] formats that list; [`check`] finds and mends bad rows.
//!    [`salvage`] copies what can be read of a damaged file into a new one.
//! 5. [`kept_text`] packs the text of a story that came from no file, so that it can be read again.
//! 6. [`story_marker`] tells the next session which story ended the process; [`history`] lists what was read.
//! 7. [`worker`] runs the queries on a thread of its own. Changes wait in [`pending`] until they are written; what
//!    cannot be written until the end goes to a file, see [`unsaved`].

mod anchor;
mod archive;
mod check;
mod database;
mod dates;
mod fingerprint;
mod history;
mod kept_text;
mod paths;
mod pending;
mod queries;
mod record;
mod report;
mod salvage;
mod schema;
mod story_marker;
mod unsaved;
mod worker;

pub(crate) use crate::shelf::archive::StoredStory;
pub(crate) use crate::shelf::database::{OpenError, database_path, default_folder};
pub(crate) use crate::shelf::fingerprint::Fingerprint;
#[cfg(feature = "formats")]
pub(crate) use crate::shelf::kept_text::{pack as pack_story, unpack as unpack_story};
pub(crate) use crate::shelf::queries::Shelf;
pub(crate) use crate::shelf::record::KeptPart;
pub(crate) use crate::shelf::report::{json, markdown, readable_size, safe_line, table};
pub(crate) use crate::shelf::story_marker::StoryMarker;
pub(crate) use crate::shelf::unsaved::Unsaved;
pub(crate) use crate::shelf::worker::ShelfWorker;
