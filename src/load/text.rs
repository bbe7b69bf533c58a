//! Text from outside: sanitizing, repairing, comparing.

pub(super) mod compare;
pub(super) mod language;
pub(super) mod note_marks;
pub(super) mod repair;
pub(super) mod sanitize;
pub(super) mod tokenized;
