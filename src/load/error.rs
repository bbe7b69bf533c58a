//! Why there is no story in what was given, in words for whoever gave it.

use std::error::Error;
use std::fmt;
use std::io;

/// Maximum size of a story in bytes.
pub const MAX_BYTES: usize = 64 << 20;

/// Why there is no story. Its words are one line that stands by itself and after a file's name and a colon.
#[derive(Debug)]
pub enum Refusal {
    /// No such file.
    Missing,
    /// A directory.
    Directory,
    /// The system would not have it read.
    Unreadable(io::Error),
    /// More than [`MAX_BYTES`] bytes.
    TooLarge,
    /// No byte, or no word.
    Empty,
    /// Many stories, in JSON, one a line.
    Stream,
    /// No text.
    Binary {
        /// What it is instead, with its article ("a PDF").
        what: &'static str,
        /// What to do about it, if something can be done.
        cure: Option<&'static str>,
    },
}

/// On which side of reading it went wrong: what an exit code tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefusalKind {
    /// The bytes could not be had.
    NoInput,
    /// The bytes are no story.
    NoStory,
}

impl Refusal {
    /// On which side of reading it went wrong.
    pub fn kind(&self) -> RefusalKind {
        match self {
            Self::Missing | Self::Directory | Self::Unreadable(_) => RefusalKind::NoInput,
            Self::TooLarge | Self::Empty | Self::Stream | Self::Binary { .. } => RefusalKind::NoStory,
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => write!(f, "there is no such file; check its name"),
            Self::Directory => write!(f, "this is a directory; name the stories in it"),
            Self::Unreadable(error) => write!(f, "this cannot be read: {error}"),
            Self::TooLarge => {
                write!(f, "this is larger than {} MB, too large for a story; split it first", MAX_BYTES >> 20)
            }
            Self::Empty => write!(f, "there is no text in this; give a story with words"),
            Self::Stream => {
                write!(f, "this is JSON, a record a line, not one story; give it as a stream, --from jsonl")
            }
            Self::Binary { what, cure: Some(cure) } => write!(f, "this is {what}, not text; {cure}"),
            Self::Binary { what, cure: None } => {
                write!(f, "this is {what}, not text; give the story's words")
            }
        }
    }
}

impl Error for Refusal {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Unreadable(error) => Some(error),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_is_one_line_that_says_what_to_do() {
        for (refusal, words) in [
            (Refusal::Missing, "there is no such file; check its name"),
            (Refusal::TooLarge, "this is larger than 64 MB, too large for a story; split it first"),
            (
                Refusal::Binary { what: "a PDF", cure: Some("convert it first, for example with pdftotext") },
                "this is a PDF, not text; convert it first, for example with pdftotext",
            ),
        ] {
            assert_eq!(refusal.to_string(), words);
        }
    }

    #[test]
    fn a_missing_file_is_no_input_and_an_empty_one_no_story() {
        assert_eq!(Refusal::Missing.kind(), RefusalKind::NoInput);
        assert_eq!(Refusal::Empty.kind(), RefusalKind::NoStory);
    }
}
