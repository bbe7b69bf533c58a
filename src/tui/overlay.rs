//! State of the panels that open over the page.
pub(crate) mod annotations;
pub(crate) mod explanation;
pub(crate) mod filter_panel;
pub(crate) mod help;
pub(crate) mod history;
pub(crate) mod note_editor;
pub(crate) mod picker;
pub(crate) mod search_prompt;
pub(crate) mod speaker_picker;
pub(crate) mod text_input;
pub(crate) mod tour;
