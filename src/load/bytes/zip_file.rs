//! Zip archives, such as office documents and books, with limits on the number and the size of the files in them.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::load::bytes::decode;
use crate::load::error::MAX_BYTES;

/// Whether bytes begin like a zip archive.
pub(crate) fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// What a zip archive is that cannot be opened, by the names and the media type at its beginning.
pub(crate) fn describe_unopened(bytes: &[u8]) -> &'static str {
    const MAX_HEAD_BYTES: usize = 8 << 10;
    let head = &bytes[..bytes.len().min(MAX_HEAD_BYTES)];
    let has = |word: &[u8]| head.windows(word.len()).any(|it| it == word);
    match () {
        () if has(b"word/") => "Word document",
        () if has(b"opendocument") => "OpenDocument file",
        () if has(b"epub") || has(b"META-INF/") => "EPUB book",
        () => "zip archive",
    }
}

/// An open zip archive.
pub(crate) struct ZipFile<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// How many bytes may still be unpacked.
    bytes_left: u64,
    /// The names of the files that are there and could not be read.
    damaged: Vec<String>,
}

impl<'a> ZipFile<'a> {
    /// Opens an archive; `None` if `bytes` are none, or have too many files in them.
    pub(crate) fn open(bytes: &'a [u8]) -> Option<Self> {
        const MAX_FILES: usize = 20_000;
        if !is_zip(bytes) {
            return None;
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
        (archive.len() <= MAX_FILES).then_some(Self {
            archive,
            bytes_left: MAX_BYTES as u64,
            damaged: Vec::new(),
        })
    }

    /// Whether there is a file of this name.
    pub(crate) fn contains(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    /// The bytes of a file; `None` if it is missing or damaged, or if more than [`MAX_BYTES`] would be unpacked in all.
    pub(crate) fn read(&mut self, name: &str) -> Option<Vec<u8>> {
        let index = self.archive.index_for_name(name)?;
        let bytes = self.unpack(index);
        if bytes.is_none() {
            self.damaged.push(name.to_owned());
        }
        bytes
    }

    fn unpack(&mut self, index: usize) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        let file = self.archive.by_index(index).ok()?;
        file.take(self.bytes_left + 1).read_to_end(&mut bytes).ok()?;
        self.bytes_left = self.bytes_left.checked_sub(bytes.len() as u64)?;
        Some(bytes)
    }

    /// The names of the files that are there and could not be read.
    pub(crate) fn damaged(&self) -> &[String] {
        &self.damaged
    }

    /// The text of a file, like [`ZipFile::read`].
    pub(crate) fn read_text(&mut self, name: &str) -> Option<String> {
        self.read(name).map(|it| decode::decode(&it, None).into_owned())
    }

    /// What an archive is that holds no story, and what the user can do.
    pub(crate) fn describe(&mut self) -> Option<(&'static str, Option<&'static str>)> {
        const SAVE: Option<&str> = Some("save its text as plain text or as DOCX");
        const EXPORT: Option<&str> = Some("export it as DOCX or PDF");
        let media_type = self.read_text("mimetype").unwrap_or_default();
        let has = |name: &str| self.contains(name);
        Some(match () {
            () if has("ppt/presentation.xml") || media_type.contains("presentation") => {
                ("a presentation", SAVE)
            }
            () if has("xl/workbook.xml") || media_type.contains("spreadsheet") => ("a spreadsheet", SAVE),
            () if has("Index/Document.iwa") || has("index.xml") => ("a document of Pages", EXPORT),
            () => return None,
        })
    }
}
