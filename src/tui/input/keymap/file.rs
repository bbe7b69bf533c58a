//! The form of `keys.toml`: one file → what it binds, what it names, and that it does not contradict itself.

use crate::config::toml_entries;
use crate::config::toml_entries::{Entry, Fault};
use crate::tui::input::action::Action;
use crate::tui::input::keymap::key::Key;
use crate::tui::input::keymap::{Binding, Room};

/// The tables of `keys.toml`, and where their keys are pressed.
pub(crate) const TABLES: &[(&str, &[Room])] = &[
    ("reading", &[Room::Story, Room::Findings]),
    ("story", &[Room::Story]),
    ("findings", &[Room::Findings]),
    ("help", &[Room::Help]),
    ("search", &[Room::Search]),
    ("picker", &[Room::Picker]),
    ("letter", &[Room::Letter]),
    ("note", &[Room::Note]),
    ("list", &[Room::List]),
    ("why", &[Room::Why]),
    ("whom", &[Room::Whom]),
    ("themes", &[Room::Themes]),
    ("statistics", &[Room::Statistics]),
    ("chooser", &[Room::Chooser]),
    ("always", Room::ALL),
];

/// One file, to be laid over others.
#[derive(Default)]
pub(crate) struct Layer {
    pub(crate) keys: Vec<Bound>,
    /// The commands that it speaks of, each with its table; they have no other keys there than those.
    pub(crate) named: Vec<(usize, Action)>,
}

/// Keys that a file binds, to a command or to nothing.
pub(crate) struct Bound {
    pub(crate) line: usize,
    pub(crate) table: usize,
    pub(crate) keys: Vec<Key>,
    pub(crate) action: Option<Action>,
}

impl Bound {
    pub(crate) fn rooms(&self) -> &'static [Room] {
        TABLES[self.table].1
    }

    /// These keys begin others that a lower file binds, or the other way.
    pub(crate) fn begins(&self, below: &[Key], action: Action) -> Fault {
        let (own, other) = (spelled(&self.keys), spelled(below));
        let begins = if self.keys.len() < below.len() { "begins" } else { "begins with" };
        let (does, is) = (deed(self.action), action.name());
        let what =
            format!("`{own}` ({does}) {begins} `{other}`, which is {is}; \"\" = [{other:?}] takes that away");
        Fault { line: self.line, what }
    }
}

impl Layer {
    /// Reads a file.
    pub(crate) fn read(source: &str) -> Result<Self, Fault> {
        let mut layer = Self::default();
        for entry in toml_entries::entries(source)? {
            let table = TABLES.iter().position(|it| it.0 == entry.name());
            let table = table.ok_or_else(|| entry.unknown("table of keys", TABLES.iter().map(|it| it.0)))?;
            for command in entry.entries()? {
                layer.take(table, &command)?;
            }
        }
        match layer.clash() {
            Some(fault) => Err(fault),
            None => Ok(layer),
        }
    }

    fn take(&mut self, table: usize, command: &Entry) -> Result<(), Fault> {
        let action = match command.name() {
            "" => None,
            name => {
                let found = Action::ALL.iter().find(|it| it.name() == name);
                Some(
                    *found
                        .ok_or_else(|| command.unknown("command", Action::ALL.iter().map(|it| it.name())))?,
                )
            }
        };
        self.named.extend(action.map(|it| (table, it)));
        for (words, line) in command.all_words()? {
            let mut keys = Vec::new();
            for name in words.split_whitespace() {
                let key = Key::parse(name).ok_or_else(|| Fault { line, what: Key::unknown(name) })?;
                keys.push(key);
            }
            self.keys.push(Bound { line, table, keys, action });
        }
        Ok(())
    }

    /// Two meanings of a key in one room, or one that begins another.
    fn clash(&self) -> Option<Fault> {
        self.keys.iter().enumerate().find_map(|(number, other)| {
            let meets = |it: &&Bound| it.rooms().iter().any(|room| other.rooms().contains(room));
            self.keys[..number].iter().filter(meets).find_map(|it| {
                let (first, second) = if it.line <= other.line { (it, other) } else { (other, it) };
                let (one, two) = (spelled(&first.keys), spelled(&second.keys));
                let (does, other_does) = (deed(first.action), deed(second.action));
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
                Some(Fault { line: second.line, what })
            })
        })
    }
}

/// What keys do, in an error.
fn deed(action: Option<Action>) -> &'static str {
    action.map_or("nothing", Action::name)
}

/// Keys as they stand in the file.
pub(crate) fn spelled(keys: &[Key]) -> String {
    keys.iter().map(|it| it.name()).collect::<Vec<_>>().join(" ")
}

/// Bindings in the form of `keys.toml`. `named` are the commands that lower files may bind: those that have no key here
/// are bound to none.
pub(crate) fn print(bindings: &[Binding], named: &[(usize, Action)]) -> String {
    let mut rows: Vec<(usize, Action, Vec<String>)> = Vec::new();
    for binding in bindings {
        for table in tables(&binding.rooms) {
            let keys = format!("{:?}", spelled(&binding.keys));
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
fn tables(rooms: &[Room]) -> Vec<usize> {
    let mut rest = rooms.to_vec();
    let mut tables = Vec::new();
    let mut widest: Vec<(usize, &[Room])> = TABLES.iter().map(|it| it.1).enumerate().collect();
    widest.sort_by_key(|it| std::cmp::Reverse(it.1.len()));
    for (number, all) in widest {
        if all.iter().all(|it| rest.contains(it)) {
            rest.retain(|it| !all.contains(it));
            tables.push(number);
        }
    }
    tables
}
