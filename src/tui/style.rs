//! Themes and the symbols that need no colour.
pub(crate) mod color_depth;
pub(crate) mod symbols;
pub(crate) mod theme;
pub(crate) mod user_theme;
