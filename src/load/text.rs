//! Text from outside: sanitizing, comparing, word lists.

pub(super) mod compare;
pub(super) mod note_marks;
pub(super) mod repair;
pub(super) mod sanitize;
pub(super) mod word_list;
