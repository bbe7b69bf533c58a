//! Bytes to characters: what they are, and in which encoding.
pub(crate) mod decode;
pub(crate) mod sniff;
