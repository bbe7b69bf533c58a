//! Loading: turns the bytes of a file, a pipe or a web page into a [`Story`] with clean text and classified blocks.
//!
//! 0. `bytes::decompress` unpacks archives and `parts` takes files with several stories apart, with the feature `formats`.
//! 1. `bytes::sniff` rejects what is not text and detects the format.
//! 2. `bytes::decode` detects the encoding and decodes the bytes.
//! 3. `text::sanitize` removes unsafe characters; only visible characters, spaces and newlines remain.
//! 4. `format::plain`, `markdown` or `html` divides the text into blocks, with a `StoryBuilder`.
//! 5. `structure` classifies the blocks: headline, byline, turn of an interview, furniture …

mod builder;
mod bytes;
mod error;
mod format;
mod story_parts;
mod structure;
mod text;

use std::borrow::Cow;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use crate::load::builder::StoryBuilder;
#[cfg(feature = "formats")]
use crate::load::bytes::zip_file::{self, ZipFile};
use crate::load::bytes::{decode, sniff};
use crate::load::format::{article_json, html, markdown, plain, subtitles};
#[cfg(feature = "formats")]
use crate::load::format::{
    database_export, docx, epub, feed, mail, news_xml, odt, pdf, rtf, web_archive, xml,
};
use crate::load::story_parts::PartContent;
use crate::load::text::{repair, sanitize};
use crate::story::{Format, Story};

pub use crate::load::error::{Error, ErrorKind, MAX_BYTES};
pub use crate::load::story_parts::Part;

/// What the caller knows about the bytes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hint<'a> {
    /// A file name or a web address. It becomes [`Story::source`]; its extension helps to detect the format.
    pub name: Option<&'a str>,
    /// The format, if it is certain; otherwise the content and then the name decide.
    pub format: Option<Format>,
    /// The encoding, if it is certain, by its label in the Encoding Standard ("windows-1252").
    pub charset: Option<&'a str>,
}

/// Loads a story from bytes.
///
/// # Errors
///
/// Returns an [`Error`] if there are more than [`MAX_BYTES`] bytes, if they are not text or contain no text, or if they
/// hold several stories, which [`split`] separates.
pub fn from_bytes(bytes: &[u8], hint: &Hint) -> Result<Story, Error> {
    let parts = split(Cow::Borrowed(bytes), hint)?;
    match parts.as_slice() {
        [part] => from_part(part, hint),
        parts => Err(Error::Several(parts.len())),
    }
}

/// Takes bytes apart into their stories: one, or those of a mailbox, a feed or an export of a database. Compressed bytes are
/// unpacked. If the format is given, the bytes are one story.
///
/// # Errors
///
/// Returns an [`Error`] if there are more than [`MAX_BYTES`] bytes, packed or not, or if an archive or a feed
/// is damaged.
pub fn split<'a>(bytes: Cow<'a, [u8]>, hint: &Hint) -> Result<Vec<Part<'a>>, Error> {
    story_parts::split(bytes, hint.name, hint.charset, hint.format.is_some())
}

/// Loads the story of a part. Its source is the name of the file, which the hint has, and that of the part.
///
/// # Errors
///
/// Returns an [`Error`] if the part is not text or contains no text.
pub fn from_part(part: &Part, hint: &Hint) -> Result<Story, Error> {
    let name = match (hint.name, &part.name) {
        (Some(file), Some(part)) => Some(format!("{file}: {part}")),
        (Some(name), None) => Some(name.to_owned()),
        (None, part) => part.clone(),
    };
    let hint = Hint { name: name.as_deref(), ..*hint };
    match &part.content {
        PartContent::File(bytes) => from_single(bytes, &hint),
        #[cfg(feature = "formats")]
        PartContent::Article(article) => {
            finish(database_export::parse(&sanitize::sanitize_text(article)), Format::Plain, &hint)
        }
        #[cfg(feature = "formats")]
        PartContent::Entry(entry) => {
            let (builder, format) = feed::parse_entry(entry);
            let mut story = finish(builder, format, &hint)?;
            story.continues_at = entry.page().map(str::to_owned);
            Ok(story)
        }
        #[cfg(feature = "formats")]
        PartContent::Chapter(chapter) => finish(epub::parse(chapter), Format::Html, &hint),
    }
}

/// Loads the story of bytes that are neither compressed nor several stories.
fn from_single(bytes: &[u8], hint: &Hint) -> Result<Story, Error> {
    if bytes.starts_with(b"WARC/") && hint.format.is_none() {
        return Err(Error::Warc);
    }
    #[cfg(feature = "formats")]
    if hint.format.is_none()
        && let Some(loaded) = from_document(bytes, hint)
    {
        return loaded;
    }
    sniff::require_text(bytes)?;
    let raw = repair::undo_wrong_decoding(decode::decode(bytes, hint.charset));
    let text = sanitize::sanitize_text(&raw);
    if hint.format.is_none() {
        #[cfg(feature = "formats")]
        if let Some(builder) = from_xml(&text) {
            return finish(builder, Format::Plain, hint);
        }
        // As it came: a line break of Unicode inside a string would become one that JSON forbids.
        if let Some((builder, format)) = article_json::parse(&raw) {
            return finish(builder, format, hint);
        }
        if sniff::is_json_lines(&text) {
            return Err(Error::JsonLines);
        }
        if let Some(transcript) = subtitles::to_transcript(&text) {
            return finish(plain::parse(&transcript), Format::Plain, hint);
        }
    }
    let format = hint.format.unwrap_or_else(|| sniff::detect_format(&text, hint.name));
    let builder = match format {
        Format::Plain => plain::parse(&text),
        Format::Markdown => markdown::parse(&text),
        Format::Html => html::parse(&text, hint.name),
    };
    finish(builder, format, hint)
}

/// The story of a parsed text; an error if it has no text.
fn finish(builder: StoryBuilder, format: Format, hint: &Hint) -> Result<Story, Error> {
    let mut story = structure::classify_blocks(builder, format);
    if story.blocks().is_empty() {
        return Err(Error::Empty);
    }
    story.source = hint.name.map(sanitize::sanitize_line);
    Ok(story)
}

/// Loads the story of a mail, an office document or a saved page; `None` if bytes are none of these.
#[cfg(feature = "formats")]
fn from_document(bytes: &[u8], hint: &Hint) -> Option<Result<Story, Error>> {
    if zip_file::is_zip(bytes) {
        let damaged = || Err(Error::Damaged(zip_file::describe_unopened(bytes)));
        let Some(mut archive) = ZipFile::open(bytes) else { return Some(damaged()) };
        let builder = match () {
            () if docx::is_docx(&archive) => docx::parse(&mut archive),
            () if odt::is_odt(&mut archive) => odt::parse(&mut archive),
            // A book with chapters has been taken apart before.
            () if epub::is_epub(&archive) && epub::split(&mut archive).is_empty() => StoryBuilder::default(),
            () => {
                let described = archive.describe();
                return described.map(|(description, advice)| Err(Error::Binary { description, advice }));
            }
        };
        let is_text = |it: &String| it == docx::TEXT_FILE || it == odt::TEXT_FILE;
        let has_lost_text = archive.damaged().iter().any(is_text);
        if has_lost_text || (builder.blocks.is_empty() && !archive.damaged().is_empty()) {
            return Some(damaged());
        }
        return Some(finish(builder, Format::Plain, hint));
    }
    if pdf::is_pdf(bytes) {
        return Some(pdf::parse(bytes).and_then(|it| finish(it, Format::Plain, hint)));
    }
    if rtf::is_rtf(bytes) {
        return Some(finish(rtf::parse(bytes), Format::Plain, hint));
    }
    if web_archive::may_be_archive(bytes)
        && let Some(page) = web_archive::read(bytes)
    {
        let name = hint.name.or(page.address.as_deref());
        let page_hint = Hint { name, format: Some(Format::Html), charset: page.charset.as_deref() };
        return Some(from_single(&page.bytes, &page_hint).map(|mut story| {
            story.url = story.url.or(page.address);
            story.source = hint.name.map(sanitize::sanitize_line);
            story
        }));
    }
    mail::is_mail(bytes).then(|| {
        mail::parse(bytes).map_or(Err(Error::Empty), |(builder, format)| finish(builder, format, hint))
    })
}

/// The story of news in XML or of an office document that is one XML file; `None` if a text is none of these.
#[cfg(feature = "formats")]
fn from_xml(text: &str) -> Option<StoryBuilder> {
    let root = xml::root_name(text)?;
    match root.as_str() {
        "document" if text.contains("opendocument") => Some(odt::parse_flat(text)),
        root if news_xml::is_news(root) => Some(news_xml::parse(text)),
        _ => None,
    }
}

/// Loads a story from a file, a pipe or a device.
///
/// # Errors
///
/// Like [`from_bytes`]; also if the file does not exist, is a directory or cannot be read.
pub fn from_path(path: &Path, format: Option<Format>) -> Result<Story, Error> {
    let bytes = read_file(path)?;
    let mut story = from_bytes(&bytes, &Hint { name: Some(&path.to_string_lossy()), format, charset: None })?;
    story.path = Some(path.to_path_buf());
    Ok(story)
}

/// Reads all bytes of a file, a pipe or a device.
///
/// # Errors
///
/// Returns an [`Error`] if the file does not exist, is a directory, cannot be read or has more than [`MAX_BYTES`] bytes.
pub fn read_file(path: &Path) -> Result<Vec<u8>, Error> {
    let metadata = fs::metadata(path)?;
    if metadata.is_dir() {
        return Err(Error::IsADirectory);
    }
    if metadata.len() > MAX_BYTES as u64 {
        return Err(Error::TooLarge);
    }
    read_to_limit(File::open(path)?)
}

/// Reads all bytes of a source that may not end, such as a pipe.
///
/// # Errors
///
/// Returns an [`Error`] if reading fails or yields more than [`MAX_BYTES`] bytes.
pub fn read_to_limit(source: impl Read) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    source.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > MAX_BYTES { Err(Error::TooLarge) } else { Ok(bytes) }
}

/// Loads a story from decoded plain text; the story has no blocks if the text has no visible character.
pub fn from_text(text: &str) -> Story {
    let text = repair::undo_wrong_decoding(text.into());
    structure::classify_blocks(plain::parse(&sanitize::sanitize_text(&text)), Format::Plain)
}

/// Sanitizes a name from outside (the `id` of a record) as a story's text is sanitized, on one line.
pub fn sanitize_line(raw: &str) -> String {
    sanitize::sanitize_line(raw)
}

/// The address of the feed that a page names; `None` if it names none. The hint has the page's address.
pub fn feed_of_page(bytes: &[u8], hint: &Hint) -> Option<String> {
    html::feed_address(&decode::decode(bytes, hint.charset), hint.name)
}

/// The address without spaces around it; `None` if it does not begin with `http://` or `https://` or is no address.
pub fn parse_web_address(raw: &str) -> Option<String> {
    sanitize::parse_web_address(raw)
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::NotFound,
            io::ErrorKind::IsADirectory => Self::IsADirectory,
            _ => Self::Io(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::story::BlockKind;
    use proptest::prelude::*;

    #[test]
    #[ignore = "needs ../shared/stories/kerry-london-talks.txt"]
    fn the_repeated_lead_of_the_first_story_is_its_headline() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/stories/kerry-london-talks.txt");
        let story = from_path(&path, None).unwrap();
        let raw = fs::read_to_string(&path).unwrap();
        assert_eq!(story.text(), raw.trim_end());
        assert_eq!(story.blocks().len(), 10);
        assert_eq!((story.blocks()[0].kind, story.blocks()[1].repeats), (BlockKind::Headline, Some(0)));
        assert!(story.blocks()[1..].iter().all(|it| it.kind == BlockKind::Paragraph));
    }

    #[test]
    fn what_is_no_story_is_refused() {
        let hint = Hint::default();
        assert!(matches!(from_bytes(b"", &hint), Err(Error::Empty)));
        assert!(matches!(from_bytes(b" \n\t\xc2\xa0\xe2\x80\x8b\n", &hint), Err(Error::Empty)));
        assert!(matches!(from_bytes(b"\x7fELF\x02", &hint), Err(Error::Binary { .. })));
        assert!(matches!(from_bytes(&vec![b'a'; MAX_BYTES + 1], &hint), Err(Error::TooLarge)));
        assert!(matches!(from_path(Path::new("no/such/story.txt"), None), Err(Error::NotFound)));
        assert!(matches!(from_path(Path::new(env!("CARGO_MANIFEST_DIR")), None), Err(Error::IsADirectory)));
    }

    #[test]
    fn the_name_of_a_story_is_its_source_made_harmless() {
        let hint = Hint { name: Some("a\u{1b}[31m\nb.txt"), ..Hint::default() };
        assert_eq!(from_bytes(b"It rained.", &hint).unwrap().source.as_deref(), Some("a b.txt"));
    }

    proptest! {
        #[test]
        fn any_bytes_are_refused_or_become_a_clean_story(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            if let Ok(story) = from_bytes(&bytes, &Hint::default()) {
                check_invariants(&story)?;
            }
        }

        #[test]
        fn any_markup_becomes_a_clean_story(
            raw in "(</?(p|div|b|a|h1|h2|li|ul|table|tr|td|q|br|figure|figcaption|img src=x|script|svg|template|select)>|&#27;|&lt;|<!--|-->|\n|\n\n|# |- |> |\\*|_|\\[|\\]\\(|`|!\\[|---\n|[a-zé“.: \u{1b}]{1,9}){0,60}",
            format in prop::sample::select(vec![None, Some(Format::Html), Some(Format::Markdown)])
        ) {
            if let Ok(story) = from_bytes(raw.as_bytes(), &Hint { format, ..Hint::default() }) {
                check_invariants(&story)?;
            }
        }

        #[test]
        fn any_text_becomes_a_story_that_loses_nothing(
            raw in "([ \n\"“(:.—A-Za-zé0-9-]|Q: |A: |By |\n\n|OSLO \\(AP\\) — |Read more|May 3|\r\n){0,80}"
        ) {
            let story = from_text(&raw);
            check_invariants(&story)?;
            // Hyphens of broken words, note marks and doubled marks are not kept, and page numbers move.
            let visible = |text: &str| {
                let mut chars: Vec<char> = text.chars().filter(|it| !it.is_whitespace()).collect();
                chars.retain(|it| !it.is_ascii_digit() && !matches!(it, '-' | '"'));
                chars.sort_unstable();
                chars
            };
            prop_assert_eq!(visible(story.text()), visible(&raw));
        }
    }

    /// Checks what is true of every story.
    fn check_invariants(story: &Story) -> Result<(), TestCaseError> {
        let text = story.text();
        prop_assert!(!text.chars().any(|ch| ch != '\n' && ch.is_control()));
        let mut end = 0;
        for block in story.blocks() {
            prop_assert!(text[end..block.span.start].trim().is_empty());
            prop_assert!(!block.span.is_empty() && block.span.trim(text) == block.span);
            prop_assert!(block.label.is_none_or(|it| block.span.contains_span(it)));
            prop_assert!(block.dateline.is_none_or(|it| block.span.contains_span(it)));
            prop_assert!(block.span.contains_span(block.text_span(text)));
            end = block.span.end;
        }
        prop_assert!(text[end..].trim().is_empty());
        Ok(())
    }

    #[test]
    fn public_types_are_thread_safe() {
        fn assert_send_sync<T: Send + Sync>() {}
        assert_send_sync::<Story>();
        assert_send_sync::<Error>();
        assert_send_sync::<Hint>();
    }
}
