//! The user's editor, opened at the line of the story's file that the cursor is on.

use std::env;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::Command;

use pullquote::story::Story;

use crate::tui::terminal::shell_words;

/// A file and the line at which the editor opens it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct EditorTarget {
    path: PathBuf,
    /// The name of the file in messages.
    shown_name: String,
    /// Counted from 1.
    line: usize,
}

impl EditorTarget {
    /// The line of a story's file that holds `offset` of its text.
    ///
    /// # Errors
    /// The story came from a pipe, or its file is gone.
    pub(crate) fn new(story: &Story, offset: usize) -> Result<Self, String> {
        let shown_name = story.source.clone().unwrap_or_default();
        let Some(path) = story.path.clone() else {
            return Err("This text came from a pipe, there is no file to edit.".into());
        };
        // A named pipe must not be read: reading would block.
        let bytes = fs::metadata(&path).ok().filter(fs::Metadata::is_file).and_then(|_| fs::read(&path).ok());
        let bytes = bytes.ok_or_else(|| format!("There is no file {shown_name} to edit."))?;
        let line = source_line(&String::from_utf8_lossy(&bytes), story, offset);
        Ok(Self { path, shown_name, line })
    }

    /// "line 7 of talks.txt"
    pub(crate) fn describe(&self) -> String {
        format!("line {} of {}", self.line, self.shown_name)
    }

    /// Runs the editor until it exits. Returns a message for the user if something went wrong. A changed file is read again
    /// like any other.
    pub(crate) fn edit(&self) -> Option<String> {
        let arguments = editor_command();
        let name = shell_words::program_name(&arguments[0]);
        let mut command = Command::new(&arguments[0]);
        command.args(&arguments[1..]).args(editor_arguments(name, &self.path, self.line));
        if !io::stdin().is_terminal()
            && let Ok(keyboard) = File::open("/dev/tty")
        {
            command.stdin(keyboard);
        }
        match command.status() {
            Err(error) => Some(format!("{name} cannot be started ($VISUAL, $EDITOR): {error}")),
            Ok(status) if !status.success() => Some(format!("{name} failed: {status}")),
            Ok(_) => None,
        }
    }
}

/// The editor's command line from `$VISUAL` or `$EDITOR`, else `vi`; never empty.
fn editor_command() -> Vec<String> {
    let named = ["VISUAL", "EDITOR"].iter().filter_map(|it| env::var(it).ok());
    let mut commands = named.map(|it| shell_words::split(&it)).filter(|it| !it.is_empty());
    commands.next().unwrap_or_else(|| vec!["vi".to_string()])
}

/// The arguments that open a file at a line in the named editor.
fn editor_arguments(editor: &str, file: &Path, line: usize) -> Vec<OsString> {
    // Otherwise the editor would take the file name for an option.
    let is_option_like = matches!(file.as_os_str().as_encoded_bytes().first(), Some(b'-' | b'+'));
    let file = if is_option_like { Path::new(".").join(file) } else { file.to_path_buf() };
    let with_line = || {
        let mut argument = file.clone().into_os_string();
        argument.push(format!(":{line}"));
        argument
    };
    match editor {
        "vi" | "vim" | "nvim" | "view" | "gvim" | "nano" | "emacs" | "emacsclient" | "kak" | "micro"
        | "less" => {
            vec![format!("+{line}").into(), file.into()]
        }
        "code" | "codium" => vec!["-g".into(), with_line()],
        "hx" | "helix" => vec![with_line()],
        _ => vec![file.into()],
    }
}

/// Lengths of the text to look for in a file, longest first.
const SEARCH_LENGTHS_LETTERS: [usize; 3] = [40, 20, 10];

/// The line of a file, counted from 1, that holds `offset` of its story.
///
/// It looks for the start of the paragraph, then for the text at the offset behind it. Only letters and digits are
/// compared, so the file may be HTML or Markdown. 1 if the text is not found.
fn source_line(file: &str, story: &Story, offset: usize) -> usize {
    let text = story.text();
    let Some(block) = story.block_at(offset).map(|it| story.blocks()[it].span) else { return 1 };
    let folded = letters_only(file);
    let find = |words: &str, from: usize, to: usize| {
        SEARCH_LENGTHS_LETTERS.iter().find_map(|length| {
            let wanted: String = letters(words).take(*length).collect();
            let found = folded.get(from..to)?.find(&wanted).filter(|_| !wanted.is_empty())?;
            Some(from + found)
        })
    };
    let Some(paragraph) = find(block.slice(text), 0, folded.len()) else { return 1 };
    let here = text.get(offset..block.end).unwrap_or_default();
    // HTML tags may lie between.
    let end = folded.floor_char_boundary(paragraph + 2 * block.slice(text).len());
    let at = find(here, paragraph, end).unwrap_or(paragraph);
    let mut letters_before = folded[..at].chars().count();
    for (number, text_line) in file.lines().enumerate() {
        let letters = letters(text_line).count();
        if letters_before < letters {
            return number + 1;
        }
        letters_before -= letters;
    }
    1
}

fn letters_only(text: &str) -> String {
    letters(text).collect()
}

/// The letters and digits of a text, in lower case.
fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase)
}

#[cfg(test)]
mod tests {
    use pullquote::span::Span;
    use pullquote::story::{Block, BlockKind, Format};

    use super::*;

    #[test]
    fn a_place_of_a_story_has_a_line_in_its_file() {
        let text =
            "The last ferry\n\n“It is over,” said Ann Lee of the long crossing. The hall was full of people.";
        let block = |kind, start, end| Block::new(kind, Span::new(start, end));
        let blocks = vec![block(BlockKind::Headline, 0, 14), block(BlockKind::Paragraph, 16, text.len())];
        let story = Story::new(Format::Plain, text.into(), blocks);
        let hall = text.find("The hall").unwrap();
        for (file, place, expected) in [
            (text, 0, 1),
            (text, 16, 3),
            (text, hall, 3),
            (
                "The last ferry\r\n\r\n\"It is\r\nover,\" said Ann Lee of the\r\nlong crossing.\r\nThe hall was\r\nfull of people.",
                16,
                3,
            ),
            (
                "The last ferry\n\n“It is\nover,” said Ann Lee of the\nlong crossing.\nThe hall was\nfull of people.",
                hall,
                6,
            ),
            (
                "<h1>The last ferry</h1>\n<p>“It is over,” said\n<a href=x>Ann Lee</a>\nof the long crossing.\n",
                16,
                2,
            ),
            ("something else", 16, 1),
            ("", 16, 1),
        ] {
            assert_eq!(source_line(file, &story, place), expected, "{file} at {place}");
        }
    }

    #[test]
    fn each_editor_gets_the_line_number_in_its_own_syntax() {
        for (editor, file, expected) in [
            ("vim", "a b.txt", &["+7", "a b.txt"][..]),
            ("nano", "-R", &["+7", "./-R"]),
            ("code", "a.txt", &["-g", "a.txt:7"]),
            ("hx", "a.txt", &["a.txt:7"]),
            ("ed", "a.txt", &["a.txt"]),
        ] {
            assert_eq!(editor_arguments(editor, Path::new(file), 7), expected, "{editor}");
        }
    }
}
