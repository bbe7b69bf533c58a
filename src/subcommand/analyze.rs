//! Analyses a story and applies the user's saved corrections.

use std::sync::Mutex;

use pullquote::analysis::Analysis;
use pullquote::correction;
use pullquote::engine::Engine;
use pullquote::story::Story;

use crate::subcommand::exit::report;
use crate::subcommand::open_shelf::open_existing_shelf;

/// Returns the engine, with the language model unless `no_model` is set.
pub(crate) fn build_engine(no_model: bool) -> Engine {
    if no_model { Engine::rules_only() } else { Engine::embedded() }
}

/// Returns a function that analyses a story and applies the saved corrections, unless `no_shelf` is set.
///
/// If the corrections cannot be read, this is reported and there are none.
pub(crate) fn analyzer_with_corrections(
    no_model: bool,
    no_shelf: bool,
) -> impl Fn(&Story) -> Analysis + Send + Sync + 'static {
    let engine = build_engine(no_model);
    let shelf = if no_shelf { Ok(None) } else { open_existing_shelf() };
    let shelf = shelf.unwrap_or_else(|error| {
        report(&error.location, &error.message);
        None
    });
    let shelf = shelf.filter(|it| it.has_corrections().unwrap_or_default()).map(Mutex::new);
    move |story| {
        let analysis = engine.analyze(story);
        let corrections = shelf.as_ref().and_then(|it| it.lock().ok()?.corrections(story).ok());
        match corrections {
            Some(corrections) if !corrections.is_empty() => correction::apply(&corrections, analysis),
            _ => analysis,
        }
    }
}
