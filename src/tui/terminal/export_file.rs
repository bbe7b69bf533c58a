//! Writes an exported file.

use std::env;
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::PathBuf;

/// A file to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ExportFile {
    pub(crate) path: PathBuf,
    pub(crate) text: String,
    /// Whether a file of that name is replaced.
    pub(crate) overwrites: bool,
    /// What the message adds of the content; `None` if there is nothing to add.
    pub(crate) note: Option<String>,
}

/// Writes a file, and returns a message for the user. A file that exists is replaced only if that is wanted.
pub(crate) fn write(file: &ExportFile) -> String {
    let name = file.path.display();
    let is_bare = file.path.parent().is_some_and(|it| it.as_os_str().is_empty());
    let folder = env::current_dir().ok().filter(|_| is_bare);
    let place = folder.map(|it| format!(" in {}", it.display())).unwrap_or_default();
    let mut options = OpenOptions::new();
    if file.overwrites {
        options.write(true).create(true).truncate(true);
    } else {
        options.write(true).create_new(true);
    }
    match options.open(&file.path).and_then(|mut it| it.write_all(file.text.as_bytes())) {
        Ok(()) => match &file.note {
            Some(note) => format!("Written: {name}{place}, {note}"),
            None => format!("Written: {name}{place}"),
        },
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            format!("{name} exists; :export! {name} writes over it")
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let folder = file.path.parent().unwrap_or(&file.path).display();
            format!("{name} was not written: there is no folder {folder}")
        }
        Err(error) => format!("{name} was not written: {error}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{fs, process};

    #[test]
    fn a_file_is_written_and_replaced_only_on_demand() {
        let path = env::temp_dir().join(format!("pullquote-export-{}.md", process::id()));
        let file = |text: &str, overwrites| ExportFile {
            path: path.clone(),
            text: text.into(),
            overwrites,
            note: None,
        };
        assert!(write(&file("one", false)).starts_with("Written: "));
        assert!(write(&file("two", false)).contains("exists; :export!"));
        assert_eq!(fs::read_to_string(&path).unwrap(), "one");
        assert!(write(&file("2", true)).starts_with("Written: "));
        assert_eq!(fs::read_to_string(&path).unwrap(), "2");
        fs::remove_file(&path).unwrap();
        let nowhere = ExportFile { path: path.join("a.md"), ..file("", false) };
        let message = write(&nowhere);
        assert!(message.ends_with(&format!("there is no folder {}", path.display())), "{message}");
    }
}
