//! Analyses a story and applies the user's saved corrections.

use std::sync::Mutex;

use pullquote::analysis::Analysis;
use pullquote::correction;
use pullquote::engine::Engine;
use pullquote::story::Story;

use crate::shelf::{self, Shelf};
use crate::subcommand::exit::report;

/// What finds who said what: rules and lists, and the learned tagger unless it is not wanted.
pub(crate) fn build_engine(no_model: bool) -> Engine {
    if no_model { Engine::rules_only() } else { Engine::embedded() }
}

/// What finds who said what, and then sets the reader's own corrections above it.
pub(crate) fn analyser_with_corrections(
    no_model: bool,
    no_shelf: bool,
) -> impl Fn(&Story) -> Analysis + Send + Sync + 'static {
    let engine = build_engine(no_model);
    let shelf = if no_shelf { Ok(None) } else { open_existing_shelf() };
    let shelf = shelf.unwrap_or_else(|why| {
        report("the shelf", &why);
        None
    });
    let shelf = shelf.filter(|it| it.has_corrections().unwrap_or_default()).map(Mutex::new);
    move |story| {
        let found = engine.analyze(story);
        let kept = shelf.as_ref().and_then(|it| it.lock().ok()?.corrections(story).ok());
        match kept {
            Some(kept) if !kept.is_empty() => correction::apply(&kept, found),
            _ => found,
        }
    }
}

/// The shelf, if there is one yet; looking does not make one.
pub(crate) fn open_existing_shelf() -> Result<Option<Shelf>, String> {
    let folder = shelf::default_folder()?;
    if !shelf::database_path(&folder).exists() {
        return Ok(None);
    }
    Shelf::open(&folder).map(|it| Some(warn_set_aside(it)))
}

/// The shelf, once it is told what became of a damaged one before it.
pub(crate) fn warn_set_aside((shelf, set_aside): (Shelf, Option<String>)) -> Shelf {
    if let Some(set_aside) = set_aside {
        report("the shelf", &set_aside);
    }
    shelf
}
