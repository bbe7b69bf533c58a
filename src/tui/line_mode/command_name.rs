//! The names of commands: which one a text begins with, and which one is meant by a text that is none.

use crate::config::suggestion::nearest_name;
use crate::tui::input::action::Action;
use crate::tui::panels::palette::arguments::argument_command_names;

/// The answer to a line that is no command.
pub(super) fn unknown_command(line: &str) -> String {
    // The name of a command may be followed by other text.
    let first = line.split_whitespace().next().unwrap_or(line);
    let names = || Action::ALL.iter().map(|it| it.name()).chain(argument_command_names());
    let help = match nearest_name(line, names()).or_else(|| nearest_name(first, names())) {
        Some(name) => format!("Did you mean “{name}”?"),
        None => "Type help for commands.".into(),
    };
    format!("Unknown command “{line}”. {help}")
}

/// The action whose name a text starts with, written with hyphens or spaces, and the rest.
pub(super) fn command_by_name(text: &str) -> Option<(Action, &str)> {
    let is_name = |it: &&Action| {
        let name = it.name();
        let alike = |(one, other): (u8, u8)| one.eq_ignore_ascii_case(&other) || (one, other) == (b' ', b'-');
        text.len() >= name.len()
            && text.bytes().zip(name.bytes()).all(alike)
            && text[name.len()..].chars().next().is_none_or(char::is_whitespace)
    };
    let longest = Action::ALL.iter().filter(is_name).max_by_key(|it| it.name().len())?;
    Some((*longest, text[longest.name().len()..].trim_start()))
}
