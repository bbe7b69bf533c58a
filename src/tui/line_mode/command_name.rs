//! The names of commands: which one a text begins with, and which one is meant by a text that is none.

use pullquote::analysis::Entity;

use crate::config::suggestion::nearest_name;
use crate::tui::input::action::Action;
use crate::tui::line_mode::LineSession;
use crate::tui::line_mode::announcement::is_spoken;
use crate::tui::panels::palette::arguments::argument_command_names;
use crate::tui::text::fuzzy::name_rank;

/// How many commands are suggested.
const MAX_SUGGESTIONS: usize = 4;

impl LineSession {
    /// The answer to a line that is no command: what may be meant.
    pub(super) fn unknown_command(&self, line: &str) -> String {
        if line.parse::<usize>().is_ok() {
            return format!("A number alone is no command. :{line} goes to paragraph {line}.");
        }
        // The name of a command may be followed by other text.
        let first = line.split_whitespace().next().unwrap_or(line);
        let names = || Action::ALL.iter().map(|it| it.name()).chain(argument_command_names());
        let nearest = nearest_name(line, names()).or_else(|| nearest_name(first, names()));
        let help = match nearest {
            Some(name) => format!("Did you mean “{name}”?"),
            None if self.is_name_in_story(line) => {
                format!("It is a name in the story: “profile {line}” tells of it.")
            }
            None => suggestions(line),
        };
        format!("Unknown command “{line}”. {help}")
    }

    /// Whether a text is a name in the story, or the beginning of a word of one.
    fn is_name_in_story(&self, text: &str) -> bool {
        let findings = self.app.current_story().findings();
        let is_name = |it: &Entity| name_rank(text, &it.name).is_some();
        findings.is_some_and(|it| it.analysis.entities.iter().any(is_name))
    }
}

/// "Did you mean “next-quote”, “next-name” or “next-story”?", for the beginning of a word of their names.
fn suggestions(typed: &str) -> String {
    let spoken = Action::ALL.iter().filter(|it| is_spoken(**it)).map(|it| it.name());
    let alike = spoken.filter(|it| name_rank(typed, it).is_some());
    let alike: Vec<String> = alike.take(MAX_SUGGESTIONS).map(|it| format!("“{it}”")).collect();
    match alike.split_last() {
        None => "Type help for commands.".into(),
        Some((only, [])) => format!("Did you mean {only}?"),
        Some((last, others)) => format!("Did you mean {} or {last}?", others.join(", ")),
    }
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
