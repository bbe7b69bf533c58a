//! Files with several stories: mailboxes, feeds, books and exports of databases, taken apart into their stories.

use std::borrow::Cow;

#[cfg(feature = "formats")]
use crate::load::bytes::zip_file::ZipFile;
#[cfg(feature = "formats")]
use crate::load::bytes::{decode, decompress};
use crate::load::error::{Error, MAX_BYTES};
#[cfg(feature = "formats")]
use crate::load::format::epub::{self, Chapter};
#[cfg(feature = "formats")]
use crate::load::format::feed::{self, FeedEntry};
#[cfg(feature = "formats")]
use crate::load::format::{article_json, database_export, docx, mail, news_xml, pdf, rtf};

/// One of the stories in a file, not parsed yet.
#[derive(Clone, Debug)]
pub struct Part<'a> {
    /// Its name in the file ("mail 3"); `None` if it is the whole file.
    pub name: Option<String>,
    pub(super) content: PartContent<'a>,
}

impl Part<'_> {
    /// The bytes of the part if they are a PDF. A hostile one may make its parser slow or fill the memory, so that a program
    /// should load it in a process of its own.
    #[cfg(feature = "formats")]
    pub fn pdf(&self) -> Option<&[u8]> {
        match &self.content {
            PartContent::File(bytes) if pdf::is_pdf(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// The same part with bytes of its own.
    #[must_use]
    pub fn into_owned(self) -> Part<'static> {
        let content = match self.content {
            PartContent::File(bytes) => PartContent::File(Cow::Owned(bytes.into_owned())),
            #[cfg(feature = "formats")]
            PartContent::Article(article) => PartContent::Article(article),
            #[cfg(feature = "formats")]
            PartContent::Entry(entry) => PartContent::Entry(entry),
            #[cfg(feature = "formats")]
            PartContent::Chapter(chapter) => PartContent::Chapter(chapter),
        };
        Part { name: self.name, content }
    }
}

/// What a part is read from.
#[derive(Clone, Debug)]
pub(super) enum PartContent<'a> {
    /// A file of any format.
    File(Cow<'a, [u8]>),
    /// An article of an export, with its head.
    #[cfg(feature = "formats")]
    Article(String),
    /// An entry of a feed.
    #[cfg(feature = "formats")]
    Entry(Box<FeedEntry>),
    /// A chapter of a book.
    #[cfg(feature = "formats")]
    Chapter(Box<Chapter>),
}

/// The parts of bytes, which are unpacked if they are compressed. Whole bytes are not searched for stories. Links of a
/// feed are relative to `name` if that is an address.
///
/// # Errors
///
/// [`Error::TooLarge`], [`Error::Binary`] if an archive or a feed is damaged, and [`Error::Empty`] for a feed without entries.
pub(super) fn split<'a>(
    bytes: Cow<'a, [u8]>,
    name: Option<&str>,
    charset: Option<&str>,
    is_whole: bool,
) -> Result<Vec<Part<'a>>, Error> {
    if bytes.len() > MAX_BYTES {
        return Err(Error::TooLarge);
    }
    #[cfg(feature = "formats")]
    let bytes = decompress::decompress(&bytes)?.map_or(bytes, Cow::Owned);
    if !is_whole {
        let parts = split_contents(&bytes, name, charset)?;
        if !parts.is_empty() {
            return Ok(parts);
        }
    }
    Ok(vec![Part { name: None, content: PartContent::File(bytes) }])
}

/// The parts of bytes that hold several stories; empty if they are one story.
#[cfg(feature = "formats")]
fn split_contents(
    bytes: &[u8],
    name: Option<&str>,
    charset: Option<&str>,
) -> Result<Vec<Part<'static>>, Error> {
    let mails = mail::split_mailbox(bytes);
    if !mails.is_empty() {
        let mails = mails.into_iter().map(|it| PartContent::File(Cow::Owned(it.to_vec())));
        return Ok(number("mail", mails));
    }
    if feed::may_be_feed(bytes) {
        let damaged =
            Error::Binary { description: "a damaged feed", advice: Some("copy or download it again") };
        let entries = feed::parse(&decode::decode(bytes, charset), name).ok_or(damaged)?;
        if entries.is_empty() {
            return Err(Error::Empty);
        }
        return Ok(number("entry", entries.into_iter().map(|it| PartContent::Entry(Box::new(it)))));
    }
    Ok(split_documents(bytes, charset))
}

/// The chapters of a book, or the articles of a message or an export.
#[cfg(feature = "formats")]
fn split_documents(bytes: &[u8], charset: Option<&str>) -> Vec<Part<'static>> {
    if let Some(mut archive) = ZipFile::open(bytes) {
        if epub::is_epub(&archive) {
            let chapters = epub::split(&mut archive).into_iter();
            return number("chapter", chapters.map(|it| PartContent::Chapter(Box::new(it))));
        }
        let is_docx = docx::is_docx(&archive);
        return if is_docx { articles(&docx::parse(&mut archive).text) } else { Vec::new() };
    }
    if rtf::is_rtf(bytes) {
        return articles(&rtf::parse(bytes).text);
    }
    if let Some(items) = split_markup(bytes, charset) {
        return number("article", items.into_iter().map(|it| PartContent::File(Cow::Owned(it.into_bytes()))));
    }
    if database_export::may_be_export(bytes) {
        return articles(&decode::decode(bytes, charset));
    }
    Vec::new()
}

/// The news items of a message in XML, or the articles of a list in JSON; `None` if there are not several.
#[cfg(feature = "formats")]
fn split_markup(bytes: &[u8], charset: Option<&str>) -> Option<Vec<String>> {
    const HEAD_BYTES: usize = 1024;
    let head = &bytes[..bytes.len().min(HEAD_BYTES)];
    let begins = |name: &[u8]| head.windows(name.len()).any(|it| it == name);
    let items = if head.trim_ascii_start().starts_with(b"[") {
        article_json::split(&decode::decode(bytes, charset))
    } else if begins(b"<newsMessage") || begins(b"<NewsML") {
        let text = decode::decode(bytes, charset);
        news_xml::split(&text).into_iter().map(str::to_owned).collect()
    } else {
        Vec::new()
    };
    (!items.is_empty()).then_some(items)
}

/// The articles of a text; empty if it is no export.
#[cfg(feature = "formats")]
fn articles(text: &str) -> Vec<Part<'static>> {
    number("article", database_export::split(text).into_iter().map(PartContent::Article))
}

#[cfg(not(feature = "formats"))]
fn split_contents(_: &[u8], _: Option<&str>, _: Option<&str>) -> Result<Vec<Part<'static>>, Error> {
    Ok(Vec::new())
}

/// Parts with the names "mail 1", "mail 2" …
#[cfg(feature = "formats")]
fn number(noun: &str, contents: impl Iterator<Item = PartContent<'static>>) -> Vec<Part<'static>> {
    let name = |number: usize| Some(format!("{noun} {number}"));
    contents.zip(1..).map(|(content, number)| Part { name: name(number), content }).collect()
}
