//! Bytes → [`Story`]: what was typed, downloaded or piped in becomes one clean text in blocks.
//!
//! 1. `sniff` refuses what is no text, and says what it is instead.
//! 2. `decode` finds the encoding and makes characters of the bytes.
//! 3. `clean` makes them harmless: what is left is words, blanks and newlines.
//! 4. `plain`, `markdown` or `html` draws the lines between paragraphs, as a `draft`.
//! 5. `parts` names the paragraphs: headline, byline, turn of an interview, furniture …

pub(crate) mod builder;
pub(crate) mod bytes;
pub(crate) mod error;
pub(crate) mod format;
pub(crate) mod structure;
pub(crate) mod text;

use crate::load::bytes::decode;
use crate::load::bytes::sniff;
use crate::load::format::html;
use crate::load::format::markdown;
use crate::load::format::plain;
use crate::load::text::sanitize;

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use crate::story::{Format, Story};

pub use crate::load::error::{ErrorKind, MAX_BYTES, Refusal};

/// What the caller knows of the bytes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hint<'a> {
    /// A file's name or an address; it becomes [`Story::source`], and its ending speaks for a format.
    pub name: Option<&'a str>,
    /// The format, where it is certain; otherwise the bytes and then the name decide.
    pub format: Option<Format>,
    /// The encoding, by a name that the Web knows ("windows-1252"), where it is certain.
    pub charset: Option<&'a str>,
}

/// The story in these bytes.
///
/// # Errors
///
/// A [`Refusal`] where they are too many, no text, or hold no word.
pub fn from_bytes(bytes: &[u8], hint: &Hint) -> Result<Story, Refusal> {
    if bytes.len() > MAX_BYTES {
        return Err(Refusal::TooLarge);
    }
    sniff::require_text(bytes)?;
    let raw = decode::decode(bytes, hint.charset);
    let text = sanitize::sanitize_text(&raw);
    if hint.format.is_none() && sniff::is_json_lines(&text) {
        return Err(Refusal::JsonLines);
    }
    let format = hint.format.unwrap_or_else(|| sniff::detect_format(&text, hint.name));
    let draft = match format {
        Format::Plain => plain::parse(&text),
        Format::Markdown => markdown::parse(&text),
        Format::Html => html::parse(&text),
    };
    let mut story = structure::classify_blocks(draft, format);
    if story.blocks().is_empty() {
        return Err(Refusal::Empty);
    }
    story.source = hint.name.map(sanitize::sanitize_line);
    Ok(story)
}

/// The story in a file, a pipe or a device.
///
/// # Errors
///
/// As [`load`], and where there is no such file, or it is a directory or cannot be read.
pub fn from_path(path: &Path, format: Option<Format>) -> Result<Story, Refusal> {
    let about = fs::metadata(path).map_err(Refusal::from)?;
    if about.is_dir() {
        return Err(Refusal::IsADirectory);
    }
    if about.len() > MAX_BYTES as u64 {
        return Err(Refusal::TooLarge);
    }
    let bytes = read_to_limit(File::open(path)?)?;
    from_bytes(&bytes, &Hint { name: Some(&path.to_string_lossy()), format, charset: None })
}

/// All bytes of a source that may have no end, such as a pipe.
///
/// # Errors
///
/// A [`Refusal`] where reading fails or brings more than [`MAX_BYTES`] bytes.
pub fn read_to_limit(source: impl Read) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    source.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > MAX_BYTES { Err(Refusal::TooLarge) } else { Ok(bytes) }
}

/// The story in a plain text that is decoded already; one without a word has no blocks.
pub fn from_text(text: &str) -> Story {
    structure::classify_blocks(plain::parse(&sanitize::sanitize_text(text)), Format::Plain)
}

/// A name that came from outside (a line's id), made harmless as a story's text is, on one line.
pub fn sanitize_line(raw: &str) -> String {
    sanitize::sanitize_line(raw)
}

impl From<io::Error> for Refusal {
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
    fn the_doubled_lead_of_the_first_story_is_its_headline() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/stories/kerry-london-talks.txt");
        if !path.exists() {
            eprintln!("skipped: {} is not here", path.display());
            return;
        }
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
        assert!(matches!(from_bytes(b"", &hint), Err(Refusal::Empty)));
        assert!(matches!(from_bytes(b" \n\t\xc2\xa0\xe2\x80\x8b\n", &hint), Err(Refusal::Empty)));
        assert!(matches!(from_bytes(b"%PDF-1.7", &hint), Err(Refusal::Binary { .. })));
        assert!(matches!(from_bytes(&vec![b'a'; MAX_BYTES + 1], &hint), Err(Refusal::TooLarge)));
        assert!(matches!(from_path(Path::new("no/such/story.txt"), None), Err(Refusal::NotFound)));
        assert!(matches!(from_path(Path::new(env!("CARGO_MANIFEST_DIR")), None), Err(Refusal::IsADirectory)));
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
            let visible = |text: &str| text.split_whitespace().collect::<String>();
            prop_assert_eq!(visible(story.text()), visible(&raw));
        }
    }

    /// What is true of every story.
    fn check_invariants(story: &Story) -> Result<(), TestCaseError> {
        let text = story.text();
        prop_assert!(!text.chars().any(|it| it != '\n' && it.is_control()));
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
}
