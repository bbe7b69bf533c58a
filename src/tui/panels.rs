//! The panels that open over the page. Each is one file with its state, its commands and its drawing.

pub(crate) mod annotations;
pub(crate) mod bookmark_letter;
pub(crate) mod comparison;
pub(crate) mod context_menu;
pub(crate) mod explanation;
pub(crate) mod filter_panel;
pub(crate) mod help_page;
pub(crate) mod history;
pub(crate) mod link_list;
pub(crate) mod note_editor;
pub(crate) mod palette;
pub(crate) mod passage_list;
pub(crate) mod picker;
pub(crate) mod quotes_page;
pub(crate) mod review;
pub(crate) mod search_prompt;
pub(crate) mod speaker_options;
pub(crate) mod speaker_picker;
pub(crate) mod speaker_quotes;
pub(crate) mod statistics;
pub(crate) mod story_list;
pub(crate) mod theme_list;
