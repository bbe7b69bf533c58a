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
    NotFound,
    /// A directory.
    IsADirectory,
    /// The system would not have it read.
    Io(io::Error),
    /// More than [`MAX_BYTES`] bytes.
    TooLarge,
    /// No byte, or no word.
    Empty,
    /// Many stories, in JSON, one a line.
    JsonLines,
    /// No text.
    Binary {
        /// What it is instead, with its article ("a PDF").
        description: &'static str,
        /// What to do about it, if something can be done.
        advice: Option<&'static str>,
    },
}

/// On which side of reading it went wrong: what an exit code tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// The bytes could not be had.
    Unreadable,
    /// The bytes are no story.
    NotAStory,
}

impl Refusal {
    /// On which side of reading it went wrong.
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::NotFound | Self::IsADirectory | Self::Io(_) => ErrorKind::Unreadable,
            Self::TooLarge | Self::Empty | Self::JsonLines | Self::Binary { .. } => ErrorKind::NotAStory,
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound => write!(f, "there is no such file; check its name"),
            Self::IsADirectory => write!(f, "this is a directory; name the stories in it"),
            Self::Io(error) => write!(f, "this cannot be read: {error}"),
            Self::TooLarge => {
                write!(f, "this is larger than {} MB, too large for a story; split it first", MAX_BYTES >> 20)
            }
            Self::Empty => write!(f, "there is no text in this; give a story with words"),
            Self::JsonLines => {
                write!(f, "this is JSON, a record a line, not one story; give it as a stream, --from jsonl")
            }
            Self::Binary { description: what, advice: Some(cure) } => {
                write!(f, "this is {what}, not text; {cure}")
            }
            Self::Binary { description: what, advice: None } => {
                write!(f, "this is {what}, not text; give the story's words")
            }
        }
    }
}

impl Error for Refusal {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Io(error) => Some(error),
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
            (Refusal::NotFound, "there is no such file; check its name"),
            (Refusal::TooLarge, "this is larger than 64 MB, too large for a story; split it first"),
            (
                Refusal::Binary {
                    description: "a PDF",
                    advice: Some("convert it first, for example with pdftotext"),
                },
                "this is a PDF, not text; convert it first, for example with pdftotext",
            ),
        ] {
            assert_eq!(refusal.to_string(), words);
        }
    }

    #[test]
    fn a_missing_file_is_no_input_and_an_empty_one_no_story() {
        assert_eq!(Refusal::NotFound.kind(), ErrorKind::Unreadable);
        assert_eq!(Refusal::Empty.kind(), ErrorKind::NotAStory);
    }
}
