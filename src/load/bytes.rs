//! Bytes: what they are, and how they become characters.

pub(super) mod decode;
pub(super) mod sniff;
