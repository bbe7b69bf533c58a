//! An error message with its location, for configuration files and the command line.

use std::fmt;
use std::path::Path;

/// What is wrong and where; it is shown as one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Diagnostic {
    /// A file, "line 3", a file with a line, or a command-line option.
    pub(crate) location: String,
    /// What is wrong and what to do about it.
    pub(crate) message: String,
}

impl Diagnostic {
    /// A value of several lines in a message becomes one line.
    pub(crate) fn new(location: impl Into<String>, message: impl Into<String>) -> Self {
        Self { location: location.into(), message: message.into().replace(['\n', '\r'], " ") }
    }

    /// An error in one line of a file that the caller knows; lines count from 1.
    pub(crate) fn at_line(line: usize, message: impl Into<String>) -> Self {
        Self::new(format!("line {line}"), message)
    }

    /// Puts the file before the location.
    pub(crate) fn in_file(self, path: &Path) -> Self {
        Self { location: format!("{}: {}", path.display(), self.location), ..self }
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.location, self.message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_comes_before_the_line() {
        let diagnostic = Diagnostic::at_line(3, "Unknown key").in_file(Path::new("keys.toml"));
        assert_eq!(diagnostic.to_string(), "keys.toml: line 3: Unknown key");
    }

    #[test]
    fn a_value_of_two_lines_is_told_in_one() {
        let diagnostic = Diagnostic::at_line(1, "Unknown theme `dark\r\nblue`");
        assert_eq!(diagnostic.to_string(), "line 1: Unknown theme `dark  blue`");
    }
}
