//! File paths in the database, by their exact bytes, since a path need not be UTF-8; and the folder of the database.

use std::fs::DirBuilder;
use std::io;
use std::path::{Path, PathBuf};

/// Returns the bytes of a path; `None` if this system's paths are not bytes and it is not UTF-8.
#[cfg_attr(unix, expect(clippy::unnecessary_wraps, reason = "on other systems it may be `None`"))]
pub(crate) fn to_bytes(path: &Path) -> Option<Vec<u8>> {
    #[cfg(unix)]
    return Some(std::os::unix::ffi::OsStrExt::as_bytes(path.as_os_str()).to_vec());
    #[cfg(not(unix))]
    path.to_str().map(|it| it.as_bytes().to_vec())
}

/// Returns the path that has these bytes; `None` if it is not a path of this system.
#[cfg_attr(unix, expect(clippy::unnecessary_wraps, reason = "on other systems it may be `None`"))]
pub(crate) fn from_bytes(bytes: Vec<u8>) -> Option<PathBuf> {
    #[cfg(unix)]
    return Some(PathBuf::from(<std::ffi::OsString as std::os::unix::ffi::OsStringExt>::from_vec(bytes)));
    #[cfg(not(unix))]
    String::from_utf8(bytes).ok().map(PathBuf::from)
}

/// Creates a folder that only the user may read, unless it exists.
///
/// # Errors
/// If it cannot be created.
pub(crate) fn create_folder(folder: &Path) -> io::Result<()> {
    let mut options = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut options, 0o700);
    options.recursive(true).create(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_comes_back_as_it_was() {
        for name in ["two  spaces.txt", "line\nbreak.txt", "no\u{a0}break.txt", "soft\u{ad}.txt", "é"] {
            assert_eq!(to_bytes(Path::new(name)).and_then(from_bytes), Some(name.into()), "{name:?}");
        }
        #[cfg(unix)]
        {
            let latin: &std::ffi::OsStr = std::os::unix::ffi::OsStrExt::from_bytes(b"caf\xe9.txt");
            assert_eq!(to_bytes(Path::new(latin)).and_then(from_bytes), Some(latin.into()));
        }
    }
}
