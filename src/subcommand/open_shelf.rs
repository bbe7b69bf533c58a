//! Opens the database without creating one, and loads all saved stories. A damaged database is moved aside and
//! replaced.

use crate::diagnostic::Diagnostic;
use crate::shelf::{self, OpenError, Shelf, StoredStory};
use crate::subcommand::exit::report;

/// The location in messages when the path of the database is unknown.
const SAVED_DATA: &str = "saved data";

/// Opens the database; `None` if there is none yet.
pub(crate) fn open_existing_shelf() -> Result<Option<Shelf>, Diagnostic> {
    let folder = shelf::default_folder().map_err(|it| Diagnostic::new(SAVED_DATA, it))?;
    if !shelf::database_path(&folder).exists() {
        return Ok(None);
    }
    Shelf::open(&folder).map(|it| Some(report_damage(it))).map_err(|it| diagnostic(&it))
}

/// Opens the database and loads all stories; a damaged database is replaced.
pub(crate) fn load_stories() -> Result<(Option<Shelf>, Vec<StoredStory>), Diagnostic> {
    let Some(shelf) = open_existing_shelf()? else { return Ok((None, Vec::new())) };
    if let Ok(stories) = shelf.stories() {
        return Ok((Some(shelf), stories));
    }
    let shelf = shelf.reopen().map(report_damage).map_err(|it| diagnostic(&it))?;
    let stories = shelf.stories().map_err(|it| Diagnostic::new(SAVED_DATA, it.to_string()))?;
    Ok((Some(shelf), stories))
}

/// Reports that a damaged database was moved aside, if one was.
fn report_damage((shelf, damage_notice): (Shelf, Option<String>)) -> Shelf {
    if let Some(notice) = damage_notice {
        report(SAVED_DATA, &notice);
    }
    shelf
}

fn diagnostic(error: &OpenError) -> Diagnostic {
    Diagnostic::new(error.path.display().to_string(), error.cause.to_string())
}
