//! Bytes of a file: rejects non-text, detects the format, decodes the characters.

pub(super) mod decode;
pub(super) mod sniff;
