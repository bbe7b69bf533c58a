//! Text helpers: display width, search folding, fuzzy matching, span lookup.

pub(crate) mod fuzzy;
pub(crate) mod search_fold;
pub(crate) mod search_pattern;
pub(crate) mod span_index;
pub(crate) mod width;
pub(crate) mod wrap;
