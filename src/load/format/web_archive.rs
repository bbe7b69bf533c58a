//! Web archives of Safari (.webarchive): a property list with the page as it was loaded.

use std::io::Cursor;

use plist::Value;

/// The page of an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
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
pub(crate) fn read(bytes: &[u8]) -> Option<SafariPage> {
    let archive = Value::from_reader(Cursor::new(bytes)).ok()?.into_dictionary()?;
    let page = archive.get("WebMainResource")?.as_dictionary()?;
    let text = |key: &str| page.get(key).and_then(Value::as_string).map(str::to_owned);
    Some(SafariPage {
        bytes: page.get("WebResourceData")?.as_data()?.to_vec(),
        charset: text("WebResourceTextEncodingName"),
        address: text("WebResourceURL").filter(|it| it.starts_with("http")),
    })
}
