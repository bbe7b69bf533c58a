//! One module for each subcommand, and what they share.

pub(crate) mod analyse;
pub(crate) mod config;
pub(crate) mod exit;
pub(crate) mod extract;
pub(crate) mod load_input;
pub(crate) mod read;
pub(crate) mod shelf;
