//! One module for each subcommand, and the steps that they share.
//!
//! Subcommands: [`read`], [`extract`], [`config`], [`shelf`]; each has a function `run` that returns the exit code.
//! Steps: [`split_inputs`] opens files, `load_address` addresses, [`load_input`] loads a story, `read_pdf` that of a PDF, [`load_stories`] many on a thread, [`analyze`] analyses
//! it, [`export_stories`] writes many, [`export_archive`] those of web archives, [`progress`] tells how far they are;
//! [`options`] reads the settings, [`open_shelf`] the saved data, [`session_storage`] saves it, [`saved_settings`]
//! what was changed in the interface; [`exit`] reports failures.

mod analyze;
pub(crate) mod config;
pub(crate) mod exit;
mod export_stories;
mod export_web_archive;
pub(crate) mod extract;
#[cfg(feature = "net")]
mod load_address;
mod load_input;
mod load_stories;
mod open_shelf;
mod options;
mod progress;
pub(crate) mod read;
#[cfg(feature = "formats")]
pub(crate) mod read_pdf;
mod saved_settings;
mod session_storage;
pub(crate) mod shelf;
mod split_inputs;
