//! Opens the database without creating one, and loads all saved stories. A damaged database is replaced by what can be
//! recovered from it.

use crate::diagnostic::Diagnostic;
use crate::shelf::{self, OpenError, Shelf, StoredStory};
use crate::subcommand::exit::report;

/// The location in messages when the path of the database is unknown.
const SAVED_DATA: &str = "saved data";

/// Opens the database; `None` if there is none yet.
pub(crate) fn open_existing_shelf() -> Result<Option<Shelf>, Diagnostic> {
    Ok(check_shelf()?.map(|it| it.0))
}

/// Opens the database and says whether it was damaged; `None` if there is none yet.
pub(crate) fn check_shelf() -> Result<Option<(Shelf, bool)>, Diagnostic> {
    let folder = shelf::default_folder().map_err(|it| Diagnostic::new(SAVED_DATA, it))?;
    if !shelf::database_path(&folder).exists() {
        return Ok(None);
    }
    let opened = Shelf::open(&folder).map_err(|it| diagnostic(&it))?;
    let is_damaged = opened.1.is_some();
    Ok(Some((report_damage(opened), is_damaged)))
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

/// Reports that a damaged database was replaced, if one was.
fn report_damage((shelf, damage_notice): (Shelf, Option<String>)) -> Shelf {
    if let Some(notice) = damage_notice {
        report(SAVED_DATA, &notice);
    }
    shelf
}

fn diagnostic(error: &OpenError) -> Diagnostic {
    Diagnostic::new(error.path.display().to_string(), error.cause.to_string())
}
