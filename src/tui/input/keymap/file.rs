//! The form of `keys.toml`: one file → what it binds, what it names, and that it does not contradict itself.

use crate::config::toml_entries;
use crate::config::toml_entries::{Diagnostic, Entry};
use crate::tui::input::action::Action;
use crate::tui::input::keymap::key::Key;
use crate::tui::input::keymap::{Binding, Mode};

/// The tables of `keys.toml`, and where their keys are pressed.
pub(crate) const TABLES: &[(&str, &[Mode])] = &[
    ("reading", &[Mode::Story, Mode::SidePane]),
    ("story", &[Mode::Story]),
    ("findings", &[Mode::SidePane]),
    ("help", &[Mode::Help]),
    ("search", &[Mode::Search]),
    ("picker", &[Mode::FilterPanel]),
    ("letter", &[Mode::BookmarkLetter]),
    ("note", &[Mode::Note]),
    ("list", &[Mode::List]),
    ("why", &[Mode::Explanation]),
    ("whom", &[Mode::SpeakerPicker]),
    ("themes", &[Mode::Themes]),
    ("statistics", &[Mode::Statistics]),
    ("chooser", &[Mode::Picker]),
    ("always", Mode::ALL),
];

/// One file, to be laid over others.
#[derive(Default)]
pub(crate) struct KeymapFile {
    pub(crate) bindings: Vec<FileBinding>,
    /// The commands that it speaks of, each with its table; they have no other keys there than those.
    pub(crate) commands: Vec<(usize, Action)>,
}

/// Keys that a file binds, to a command or to nothing.
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

    /// These keys begin others that a lower file binds, or the other way.
    pub(crate) fn prefix_error(&self, below: &[Key], action: Action) -> Diagnostic {
        let (own, other) = (format_keys(&self.keys), format_keys(below));
        let begins = if self.keys.len() < below.len() { "begins" } else { "begins with" };
        let (does, is) = (action_name(self.action), action.name());
        let what =
            format!("`{own}` ({does}) {begins} `{other}`, which is {is}; \"\" = [{other:?}] takes that away");
        Diagnostic { line: self.line, message: what }
    }
}

impl KeymapFile {
    /// Reads a file.
    pub(crate) fn parse(source: &str) -> Result<Self, Diagnostic> {
        let mut layer = Self::default();
        for entry in toml_entries::parse(source)? {
            let table = TABLES.iter().position(|it| it.0 == entry.name());
            let table =
                table.ok_or_else(|| entry.unknown_name("table of keys", TABLES.iter().map(|it| it.0)))?;
            for command in entry.table()? {
                layer.add_command(table, &command)?;
            }
        }
        match layer.find_conflict() {
            Some(fault) => Err(fault),
            None => Ok(layer),
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
                let key = Key::parse(name)
                    .ok_or_else(|| Diagnostic { line, message: Key::unknown_message(name) })?;
                keys.push(key);
            }
            self.bindings.push(FileBinding { line, table, keys, action });
        }
        Ok(())
    }

    /// Two meanings of a key in one room, or one that begins another.
    fn find_conflict(&self) -> Option<Diagnostic> {
        self.bindings.iter().enumerate().find_map(|(number, other)| {
            let meets = |it: &&FileBinding| it.modes().iter().any(|room| other.modes().contains(room));
            self.bindings[..number].iter().filter(meets).find_map(|it| {
                let (first, second) = if it.line <= other.line { (it, other) } else { (other, it) };
                let (one, two) = (format_keys(&first.keys), format_keys(&second.keys));
                let (does, other_does) = (action_name(first.action), action_name(second.action));
                let what = if first.keys == second.keys && first.action == second.action {
                    format!("`{one}` is {does} twice")
                } else if first.keys == second.keys {
                    format!("`{one}` is {does} in line {} and cannot be {other_does} too", first.line)
                } else if first.action.is_none() || second.action.is_none() {
                    return None;
                } else if first.keys.starts_with(&second.keys) {
                    format!("`{two}` ({other_does}) begins `{one}` ({does}, line {})", first.line)
                } else if second.keys.starts_with(&first.keys) {
                    format!("`{two}` ({other_does}) begins with `{one}` ({does}, line {})", first.line)
                } else {
                    return None;
                };
                Some(Diagnostic { line: second.line, message: what })
            })
        })
    }
}

/// What keys do, in an error.
fn action_name(action: Option<Action>) -> &'static str {
    action.map_or("nothing", Action::name)
}

/// Keys as they stand in the file.
pub(crate) fn format_keys(keys: &[Key]) -> String {
    keys.iter().map(|it| it.name()).collect::<Vec<_>>().join(" ")
}

/// Bindings in the form of `keys.toml`. `named` are the commands that lower files may bind: those that have no key here
/// are bound to none.
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
    let place = |action: Action| Action::ALL.iter().position(|it| *it == action);
    rows.sort_by_key(|it| (it.0, place(it.1)));
    let printed = TABLES.iter().enumerate().map(|(number, (name, _))| {
        let rows = rows.iter().filter(|it| it.0 == number).map(|(_, action, keys)| {
            let row = format!("{} = [{}]", action.name(), keys.join(", "));
            format!("{row:<46} # {}\n", action.words())
        });
        format!("\n[{name}]\n{}", rows.collect::<String>())
    });
    printed.collect()
}

/// The tables that together stand for some rooms, the widest first.
fn tables_of_modes(rooms: &[Mode]) -> Vec<usize> {
    let mut rest = rooms.to_vec();
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
