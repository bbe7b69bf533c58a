//! PDF: the text of the pages in reading order, without running heads and page numbers, in paragraphs.
//!
//! 1. `content` runs the drawing instructions of a page, with the characters and widths that `font` knows.
//! 2. `layout` puts the characters into lines, and the lines into columns.
//! 3. `paragraphs` joins the lines.
//!
//! The parser is safe, but a hostile file may make it slow, fill the memory or end it; the program therefore reads PDFs in a
//! process of its own.

mod content;
mod encoding;
mod font;
mod layout;
mod paragraphs;

use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro_syntax::{LoadPdfError, Pdf};

use crate::load::builder::{BlockGap, StoryBuilder};
use crate::load::error::Error;
use crate::load::format::hyphenation::{Hyphenation, WordJoin};
use crate::load::format::pdf::content::ContentReader;
use crate::load::format::pdf::layout::TextLine;
use crate::load::format::pdf::paragraphs::PageParagraph;
use crate::load::structure::{byline, headline};
use crate::load::text::sanitize;
use crate::story::BlockKind;

/// Whether bytes are a PDF. Some programs write a few bytes before its mark.
pub(crate) fn is_pdf(bytes: &[u8]) -> bool {
    const MAX_OFFSET: usize = 64;
    const MARK: &[u8] = b"%PDF-";
    let head = &bytes[..bytes.len().min(MAX_OFFSET)];
    let before = head.windows(MARK.len()).position(|it| it == MARK).map(|it| &head[..it]);
    // A text about PDFs has words before the mark.
    before.is_some_and(|it| !it.iter().any(u8::is_ascii_alphanumeric))
}

/// Parses a PDF.
///
/// # Errors
///
/// [`Error::Binary`] if it is damaged, has a password, or has no text.
pub(crate) fn parse(bytes: &[u8]) -> Result<StoryBuilder, Error> {
    let parsed = catch_unwind(AssertUnwindSafe(|| read_pages(bytes)));
    let pages = parsed.unwrap_or(Err(LoadPdfError::Invalid)).map_err(|error| match error {
        LoadPdfError::Decryption(_) => Error::Binary {
            description: "a PDF with a password",
            advice: Some("save it without its password first"),
        },
        LoadPdfError::Invalid => Error::Damaged("PDF"),
    })?;
    let builder = to_builder(&pages);
    match () {
        () if !builder.blocks.is_empty() => Ok(builder),
        () if has_end(bytes) => Err(Error::NoTextInPages),
        () => Err(Error::Damaged("PDF")),
    }
}

/// Whether the mark with which a PDF ends is there.
fn has_end(bytes: &[u8]) -> bool {
    const MAX_TAIL_BYTES: usize = 2048;
    const MARK: &[u8] = b"%%EOF";
    bytes[bytes.len().saturating_sub(MAX_TAIL_BYTES)..].windows(MARK.len()).any(|it| it == MARK)
}

/// The lines of each page.
fn read_pages(bytes: &[u8]) -> Result<Vec<Vec<TextLine>>, LoadPdfError> {
    const MAX_PAGES: usize = 2_000;
    let pdf = Pdf::new(bytes.to_vec())?;
    if pdf.pages().is_empty() {
        return Err(LoadPdfError::Invalid);
    }
    let mut reader = ContentReader::default();
    let mut pages = Vec::new();
    for page in pdf.pages().iter().take(MAX_PAGES) {
        pages.push(reader.read_page(page));
    }
    let (drawn, beside): (usize, usize) =
        pages.iter().flatten().fold((0, 0), |sum, it| (sum.0 + 1, sum.1 + usize::from(it.is_artifact)));
    // Some programs mark all of their text as being beside the text.
    let keeps_artifacts = 2 * beside > drawn;
    let glyphs = |page: Vec<layout::PlacedGlyph>| -> Vec<layout::PlacedGlyph> {
        page.into_iter().filter(|it| keeps_artifacts || !it.is_artifact).collect()
    };
    Ok(pages.into_iter().map(|it| layout::order_lines(glyphs(it))).collect())
}

/// The story of pages. The largest words of the first page are its headline, other large ones are headings.
fn to_builder(pages: &[Vec<TextLine>]) -> StoryBuilder {
    /// The smallest size of a heading, in sizes of the running text.
    const MIN_HEADING_SIZE: f64 = 1.15;
    const MAX_HEADING_BYTES: usize = 300;
    let body_size = paragraphs::body_size(pages);
    let paragraphs = paragraphs::find_paragraphs(pages, body_size);
    let lines: Vec<&str> = paragraphs.iter().flat_map(|it| &it.lines).map(|it| it.text.as_str()).collect();
    let all_text = lines.join("\n");
    let mut hyphenation = Hyphenation::new(&all_text);
    let is_large = |it: &PageParagraph| {
        let bytes: usize = it.lines.iter().map(|it| it.text.len()).sum();
        it.size > MIN_HEADING_SIZE * body_size && bytes <= MAX_HEADING_BYTES
    };
    let on_first_page = || paragraphs.iter().take_while(|it| it.page == 0);
    let largest = on_first_page().filter(|it| is_large(it)).map(|it| it.size).fold(0.0, f64::max);
    let headline = on_first_page().position(|it| is_large(it) && it.size >= largest);
    let mut builder = StoryBuilder::default();
    for (number, paragraph) in paragraphs.iter().enumerate() {
        let kind = match () {
            () if headline == Some(number) => BlockKind::Headline,
            () if headline.is_some_and(|it| number < it) && is_running_head(paragraph) => {
                BlockKind::Furniture
            }
            () if is_large(paragraph) => BlockKind::Heading,
            () => BlockKind::Paragraph,
        };
        let text = sanitize::sanitize_line(&join_lines(paragraph, &mut hyphenation));
        builder.push_block(kind, BlockGap::EmptyLine, &text);
    }
    builder
}

/// Whether a paragraph above the headline is a running head: a line without an end, a byline or a date.
fn is_running_head(paragraph: &PageParagraph) -> bool {
    let [line] = paragraph.lines.as_slice() else { return false };
    let ends = line.text.ends_with(['.', '!', '?', '”', '"']);
    !ends && !byline::is_byline(&line.text) && !headline::is_date(&line.text)
}

/// The text of a paragraph, with the words that its lines break.
fn join_lines(paragraph: &PageParagraph, hyphenation: &mut Hyphenation) -> String {
    let mut text = String::new();
    let mut previous: Option<&str> = None;
    for line in &paragraph.lines {
        if let Some(previous) = previous {
            match hyphenation.join(previous, &line.text) {
                WordJoin::WithoutHyphen => drop(text.pop()),
                WordJoin::WithHyphen => {}
                WordJoin::Space => text.push(' '),
            }
        }
        text.push_str(&line.text);
        previous = Some(&line.text);
    }
    text
}
