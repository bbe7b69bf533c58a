//! Parser and printer of `keys.toml`: reads one file, rejects conflicts, prints bindings.

use crate::config::toml_entries;
use crate::config::toml_entries::Entry;
use crate::diagnostic::Diagnostic;
use crate::tui::input::action::Action;
use crate::tui::input::keymap::key::Key;
use crate::tui::input::keymap::mode::TABLES;
use crate::tui::input::keymap::{Binding, Mode};

/// One parsed `keys.toml`, which overrides the files below it.
#[derive(Default)]
pub(crate) struct KeymapFile {
    pub(crate) bindings: Vec<FileBinding>,
    /// Each command that the file lists, with its table number. The command loses all other keys in that table.
    pub(crate) commands: Vec<(usize, Action)>,
}

/// One binding of a file: a key sequence and its action. `None` unbinds the keys.
pub(crate) struct FileBinding {
    pub(crate) line: usize,
    pub(crate) table: usize,
    pub(crate) keys: Vec<Key>,
    pub(crate) action: Option<Action>,
}

impl FileBinding {
    pub(crate) fn modes(&self) -> &'static [Mode] {
        TABLES[self.table].1
    }

    /// The error for a sequence that is a prefix of a lower file's sequence, or the other way round.
    pub(crate) fn prefix_error(&self, below: &[Key], action: Action) -> Diagnostic {
        let (own, other) = (format_keys(&self.keys), format_keys(below));
        let begins = if self.keys.len() < below.len() { "begins" } else { "begins with" };
        let (does, is) = (action_name(self.action), action.name());
        let message =
            format!("`{own}` ({does}) {begins} `{other}`, which is {is}; \"\" = [{other:?}] unbinds it");
        Diagnostic::at_line(self.line, message)
    }
}

impl KeymapFile {
    /// Parses a file.
    ///
    /// # Errors
    /// A syntax error, an unknown table, command or key, or two bindings that conflict.
    pub(crate) fn parse(source: &str) -> Result<Self, Diagnostic> {
        let mut file = Self::default();
        for entry in toml_entries::parse(source)? {
            let table = TABLES.iter().position(|it| it.0 == entry.name());
            let table = table.ok_or_else(|| entry.unknown_name("key table", TABLES.iter().map(|it| it.0)))?;
            for command in entry.table()? {
                file.add_command(table, &command)?;
            }
        }
        match file.find_conflict() {
            Some(diagnostic) => Err(diagnostic),
            None => Ok(file),
        }
    }

    fn add_command(&mut self, table: usize, command: &Entry) -> Result<(), Diagnostic> {
        let action =
            match command.name() {
                "" => None,
                name => {
                    let found = Action::ALL.iter().find(|it| it.name() == name);
                    Some(*found.ok_or_else(|| {
                        command.unknown_name("command", Action::ALL.iter().map(|it| it.name()))
                    })?)
                }
            };
        self.commands.extend(action.map(|it| (table, it)));
        for (words, line) in command.strings()? {
            let mut keys = Vec::new();
            for name in words.split_whitespace() {
                let key =
                    Key::parse(name).ok_or_else(|| Diagnostic::at_line(line, Key::unknown_message(name)))?;
                keys.push(key);
            }
            self.bindings.push(FileBinding { line, table, keys, action });
        }
        Ok(())
    }

    /// Finds a key with two meanings in one mode, or a sequence that is a prefix of another.
    fn find_conflict(&self) -> Option<Diagnostic> {
        self.bindings.iter().enumerate().find_map(|(number, other)| {
            self.bindings[..number].iter().find_map(|it| {
                let are_apart = !it.keys.starts_with(&other.keys) && !other.keys.starts_with(&it.keys);
                if are_apart || !it.modes().iter().any(|mode| other.modes().contains(mode)) {
                    return None;
                }
                let (first, second) = if it.line <= other.line { (it, other) } else { (other, it) };
                let (one, two) = (format_keys(&first.keys), format_keys(&second.keys));
                let (does, other_does) = (action_name(first.action), action_name(second.action));
                let message = if first.keys == second.keys && first.action == second.action {
                    format!("`{one}` is bound to {does} twice")
                } else if first.keys == second.keys {
                    format!("`{one}` is already bound to {does} (line {})", first.line)
                } else if first.action.is_none() || second.action.is_none() {
                    return None;
                } else if first.keys.starts_with(&second.keys) {
                    format!("`{two}` ({other_does}) begins `{one}` ({does}, line {})", first.line)
                } else if second.keys.starts_with(&first.keys) {
                    format!("`{two}` ({other_does}) begins with `{one}` ({does}, line {})", first.line)
                } else {
                    return None;
                };
                Some(Diagnostic::at_line(second.line, message))
            })
        })
    }
}

/// The command's name in an error message.
fn action_name(action: Option<Action>) -> &'static str {
    action.map_or("nothing", Action::name)
}

/// A key sequence as written in the file, separated by spaces.
pub(crate) fn format_keys(keys: &[Key]) -> String {
    keys.iter().map(|it| it.name()).collect::<Vec<_>>().join(" ")
}

/// Prints bindings as `keys.toml`. Commands in `named` that have no key are printed with an empty list.
pub(crate) fn to_toml(bindings: &[Binding], named: &[(usize, Action)]) -> String {
    let mut rows: Vec<(usize, Action, Vec<String>)> = Vec::new();
    for binding in bindings {
        for table in tables_of_modes(&binding.modes) {
            let keys = format!("{:?}", format_keys(&binding.keys));
            match rows.iter_mut().find(|it| it.0 == table && it.1 == binding.action) {
                Some(row) => row.2.push(keys),
                None => rows.push((table, binding.action, vec![keys])),
            }
        }
    }
    for (table, action) in named {
        if !rows.iter().any(|it| it.0 == *table && it.1 == *action) {
            rows.push((*table, *action, vec![]));
        }
    }
    let position = |action: Action| Action::ALL.iter().position(|it| *it == action);
    rows.sort_by_key(|it| (it.0, position(it.1)));
    let printed = TABLES.iter().enumerate().map(|(number, (name, _))| {
        let rows = rows.iter().filter(|it| it.0 == number).map(|(_, action, keys)| {
            let row = format!("{} = [{}]", action.name(), keys.join(", "));
            format!("{row:<46} # {}\n", action.description())
        });
        format!("\n[{name}]\n{}", rows.collect::<String>())
    });
    printed.collect()
}

/// The table numbers that together cover `modes`, widest table first.
fn tables_of_modes(modes: &[Mode]) -> Vec<usize> {
    let mut rest = modes.to_vec();
    let mut tables = Vec::new();
    let mut widest: Vec<(usize, &[Mode])> = TABLES.iter().map(|it| it.1).enumerate().collect();
    widest.sort_by_key(|it| std::cmp::Reverse(it.1.len()));
    for (number, all) in widest {
        if all.iter().all(|it| rest.contains(it)) {
            rest.retain(|it| !all.contains(it));
            tables.push(number);
        }
    }
    tables
}
