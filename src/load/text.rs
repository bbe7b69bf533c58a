//! Text from outside: sanitizing, comparing, word lists.

pub(super) mod compare;
pub(super) mod sanitize;
pub(super) mod word_list;
