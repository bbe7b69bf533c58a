//! Input: the command table and the keymap that turns keys into actions.
pub(crate) mod action;
pub(crate) mod keymap;
