//! Counts how much of all inputs has been read, for the progress of long work.

use std::fs;
use std::io::{self, Read};
#[cfg(unix)]
use std::os::fd::AsFd;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Counts bytes; its clones count together.
#[derive(Clone, Default)]
pub(crate) struct ReadCounter(Arc<AtomicU64>);

impl ReadCounter {
    pub(crate) fn bytes(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    pub(crate) fn add(&self, bytes: u64) {
        self.0.fetch_add(bytes, Ordering::Relaxed);
    }

    /// Counts what is read of a source.
    pub(crate) fn count<R: Read>(&self, source: R) -> impl Read + use<R> {
        CountedRead { source, counter: self.clone() }
    }
}

struct CountedRead<R> {
    source: R,
    counter: ReadCounter,
}

impl<R: Read> Read for CountedRead<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.source.read(buffer)?;
        self.counter.add(count as u64);
        Ok(count)
    }
}

/// Returns the length of a file; `None` if it is none.
pub(crate) fn file_bytes(path: &Path) -> Option<u64> {
    fs::metadata(path).ok().filter(fs::Metadata::is_file).map(|it| it.len())
}

/// Returns the length of a file that is redirected to standard input; `None` for a pipe or a terminal.
#[cfg(unix)]
pub(crate) fn stdin_bytes() -> Option<u64> {
    let stdin = fs::File::from(io::stdin().as_fd().try_clone_to_owned().ok()?);
    stdin.metadata().ok().filter(fs::Metadata::is_file).map(|it| it.len())
}

/// Returns `None`: this system does not tell.
#[cfg(not(unix))]
pub(crate) fn stdin_bytes() -> Option<u64> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_is_counted_by_all_clones() {
        let counter = ReadCounter::default();
        let mut text = String::new();
        counter.count(&b"It rained."[..]).read_to_string(&mut text).unwrap();
        counter.clone().add(2);
        assert_eq!((text.as_str(), counter.bytes()), ("It rained.", 12));
    }

    #[test]
    fn a_length_is_known_of_files_alone() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
        assert_eq!(file_bytes(Path::new(file)), Some(fs::metadata(file).unwrap().len()));
        assert_eq!(file_bytes(Path::new(env!("CARGO_MANIFEST_DIR"))), None);
    }
}
