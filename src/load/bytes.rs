//! Bytes of a file: rejects non-text, detects the format, decodes the characters.

pub(super) mod decode;
#[cfg(feature = "formats")]
pub(super) mod decompress;
pub(super) mod sniff;
#[cfg(feature = "formats")]
pub(super) mod zip_file;
