//! The terminal session and the world outside the process: events, clipboard, browser, editor.
pub(crate) mod analysis_thread;
pub(crate) mod browser;
pub(crate) mod clipboard;
pub(crate) mod editor;
pub(crate) mod events;
pub(crate) mod export_file;
pub(crate) mod hyperlink;
pub(crate) mod input_gate;
pub(crate) mod session;
pub(crate) mod shell_words;
pub(crate) mod waiting;
