//! Load errors, with messages for the user.

use std::fmt;
use std::io;

/// Maximum size of a story in bytes.
pub const MAX_BYTES: usize = 64 << 20;

/// A reason why no story could be loaded.
///
/// Its message is one line without a full stop. It can stand alone or after a file name and a colon.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// There is no such file.
    NotFound,
    /// The path is a directory.
    IsADirectory,
    /// The system could not read the file.
    Io(io::Error),
    /// The input has more than [`MAX_BYTES`] bytes.
    TooLarge,
    /// The input has no bytes or no visible character.
    Empty,
    /// The input holds many stories as JSON Lines.
    JsonLines,
    /// The input is a WARC file, which holds many pages.
    Warc,
    /// The input holds this number of stories, such as the mails of a mailbox.
    Several(usize),
    /// The input is a document of this name ("PDF"), but a part of it is missing or wrong.
    Damaged(&'static str),
    /// The input is a PDF whose pages are pictures.
    NoTextInPages,
    /// The input is not text.
    Binary {
        /// What the input is, with its article ("a PDF").
        description: &'static str,
        /// What the user can do; `None` if there is no advice.
        advice: Option<&'static str>,
    },
}

/// The two classes of load errors, which have different exit codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// The bytes could not be read.
    Unreadable,
    /// The bytes are not a story.
    NotAStory,
}

impl Error {
    /// The class of this error.
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::NotFound | Self::IsADirectory | Self::Io(_) => ErrorKind::Unreadable,
            Self::TooLarge
            | Self::Empty
            | Self::JsonLines
            | Self::Warc
            | Self::Several(_)
            | Self::Damaged(_)
            | Self::NoTextInPages
            | Self::Binary { .. } => ErrorKind::NotAStory,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound => write!(f, "No such file; check the name"),
            Self::IsADirectory => write!(f, "This is a folder; name the files in it"),
            Self::Io(error) => write!(f, "The file cannot be read: {error}"),
            Self::TooLarge => {
                write!(f, "The file is larger than {} MB, too large for a story; split it", MAX_BYTES >> 20)
            }
            Self::Empty => write!(f, "There is no text in it; use a story as text, Markdown or a web page"),
            Self::JsonLines => write!(f, "This is JSON Lines; use --from jsonl"),
            Self::Warc => write!(f, "This is a WARC file; use --from warc"),
            Self::Several(stories) => {
                write!(f, "There are {stories} stories in it; save it as a file and open that")
            }
            Self::Damaged(document) => {
                write!(f, "This {document} is damaged or cut off; copy or download it again")
            }
            Self::NoTextInPages => {
                write!(f, "This PDF has pictures but no text; read its text with an OCR program first")
            }
            Self::Binary { description, advice: Some(advice) } => {
                write!(f, "This is {description}, not a text file; {advice}")
            }
            Self::Binary { description, advice: None } => {
                write!(f, "This is {description}, not a text file; save the story as text or as a web page")
            }
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
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
        for (error, message) in [
            (Error::NotFound, "No such file; check the name"),
            (Error::TooLarge, "The file is larger than 64 MB, too large for a story; split it"),
            (
                Error::Binary {
                    description: "a PDF",
                    advice: Some("convert it first, for example with pdftotext"),
                },
                "This is a PDF, not a text file; convert it first, for example with pdftotext",
            ),
        ] {
            assert_eq!(error.to_string(), message);
        }
    }

    #[test]
    fn a_missing_file_is_no_input_and_an_empty_one_no_story() {
        assert_eq!(Error::NotFound.kind(), ErrorKind::Unreadable);
        assert_eq!(Error::Empty.kind(), ErrorKind::NotAStory);
    }
}
