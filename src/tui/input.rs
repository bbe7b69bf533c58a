//! Keys to actions: the command table and the keymap.
pub(crate) mod action;
pub(crate) mod keymap;
