//! Web archives of Safari (.webarchive): a property list with the page as it was loaded.

use std::io::Cursor;

use plist::stream::{Event, OwnedEvent, Reader};

/// The page of an archive.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct SafariPage {
    pub(crate) bytes: Vec<u8>,
    pub(crate) charset: Option<String>,
    pub(crate) address: Option<String>,
}

/// Whether bytes are a property list, binary or XML, that may be a web archive.
pub(crate) fn may_be_archive(bytes: &[u8]) -> bool {
    const HEAD_BYTES: usize = 512;
    let head = &bytes[..bytes.len().min(HEAD_BYTES)];
    bytes.starts_with(b"bplist00") || head.windows(7).any(|it| it == b"<plist ")
}

/// The page of an archive; `None` if bytes are none.
///
/// The list is read value by value, so that its depth does not matter. A binary list may hold one value at many places; what
/// is read of it is bounded by the length of the file.
pub(crate) fn read(bytes: &[u8]) -> Option<SafariPage> {
    /// How many times its length a file may hold: UTF-16 becomes longer as UTF-8.
    const MAX_GROWTH: usize = 2;
    let mut left = bytes.len() * MAX_GROWTH;
    let mut reader = ArchiveReader::default();
    for event in Reader::new(Cursor::new(bytes)) {
        let event = event.ok()?;
        let size = match &event {
            Event::Data(data) => data.len(),
            Event::String(text) => text.len(),
            _ => 0,
        };
        left = left.checked_sub(1 + size)?;
        if reader.read(event) {
            break;
        }
    }
    reader.page.filter(|it| !it.bytes.is_empty())
}

/// The values of an archive so far: the page is the dictionary `WebMainResource` of the first one.
#[derive(Default)]
struct ArchiveReader {
    /// The number of open dictionaries and arrays.
    depth: usize,
    /// The keys of the first dictionary and of the page's whose values come next.
    keys: [Option<String>; 2],
    /// `None` outside the page's dictionary.
    page: Option<SafariPage>,
}

impl ArchiveReader {
    /// Reads a value, a key, or the start or end of a collection. Returns whether the page is complete.
    fn read(&mut self, event: OwnedEvent) -> bool {
        match event {
            Event::StartDictionary(_) | Event::StartArray(_) => {
                let key = self.depth.checked_sub(1).and_then(|it| self.keys.get_mut(it)?.take());
                if self.depth == 1 && key.as_deref() == Some("WebMainResource") {
                    self.page = Some(SafariPage::default());
                }
                self.depth += 1;
            }
            Event::EndCollection => {
                self.depth = self.depth.saturating_sub(1);
                return self.depth == 0 || self.depth == 1 && self.page.is_some();
            }
            value => self.read_value(value),
        }
        false
    }

    fn read_value(&mut self, value: OwnedEvent) {
        let is_page = self.depth == 2;
        if is_page && self.page.is_none() {
            return;
        }
        let Some(key) = self.depth.checked_sub(1).and_then(|it| self.keys.get_mut(it)) else { return };
        match (key.take(), value) {
            (None, Event::String(text)) => *key = Some(text.into_owned()),
            (Some(key), value) if is_page => self.set_field(&key, value),
            _ => {}
        }
    }

    fn set_field(&mut self, key: &str, value: OwnedEvent) {
        let Some(page) = &mut self.page else { return };
        match (key, value) {
            ("WebResourceData", Event::Data(data)) => page.bytes = data.into_owned(),
            ("WebResourceTextEncodingName", Event::String(charset)) => {
                page.charset = Some(charset.into_owned());
            }
            ("WebResourceURL", Event::String(address)) if address.starts_with("http") => {
                page.address = Some(address.into_owned());
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<dict><key>WebSubresources</key><array><dict><key>WebMainResource</key><dict/></dict></array>\
        <key>WebMainResource</key><dict><key>WebResourceURL</key><string>https://example.org/a</string>\
        <key>WebResourceFrameName</key><array><string>x</string></array>\
        <key>WebResourceData</key><data>SXQgcmFpbmVkLg==</data>\
        <key>WebResourceTextEncodingName</key><string>UTF-8</string></dict></dict>";

    fn list(content: &str) -> String {
        format!("<?xml version=\"1.0\"?><plist version=\"1.0\">{content}</plist>")
    }

    #[test]
    fn the_page_is_that_of_the_main_resource() {
        let page = read(list(PAGE).as_bytes()).expect("a page");
        assert_eq!(page.bytes, b"It rained.");
        assert_eq!(
            (page.charset.as_deref(), page.address.as_deref()),
            (Some("UTF-8"), Some("https://example.org/a"))
        );
        for other in [
            "<array/>",
            "<dict><key>a</key><string>b</string></dict>",
            "<string>WebMainResource</string>",
            "",
        ] {
            assert_eq!(read(list(other).as_bytes()), None, "{other}");
        }
    }

    #[test]
    fn a_list_of_any_depth_is_read() {
        for (open, close) in [("<array>", "</array>"), ("<dict><key>WebMainResource</key>", "</dict>")] {
            let deep = open.repeat(100_000) + &close.repeat(100_000);
            assert_eq!(read(list(&deep).as_bytes()), None, "{open}");
        }
    }

    #[test]
    fn a_value_that_is_held_at_many_places_does_not_fill_the_memory() {
        // Each list holds the next one twice, and the last one a text of 100 bytes: 2^50 texts.
        const LISTS: u8 = 50;
        let mut bytes = b"bplist00".to_vec();
        let mut offsets = Vec::new();
        for number in 0..LISTS {
            offsets.push(bytes.len() as u16);
            bytes.extend([0xa2, number + 1, number + 1]);
        }
        offsets.push(bytes.len() as u16);
        bytes.extend([0x5f, 0x10, 100]);
        bytes.extend([b'x'; 100]);
        let table = bytes.len() as u64;
        bytes.extend(offsets.iter().flat_map(|it| it.to_be_bytes()));
        bytes.extend([0, 0, 0, 0, 0, 0, 2, 1]);
        bytes.extend([u64::from(LISTS) + 1, 0, table].iter().flat_map(|it| it.to_be_bytes()));
        assert_eq!(read(&bytes), None);
    }
}
