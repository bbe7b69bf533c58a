//! Which keys do what, and where: `keys.toml` in, an [`Action`] for each key pressed out.

use std::collections::BTreeMap;
use std::fmt;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use serde::Deserialize;

use super::action::Action;

/// Where a key is pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Room {
    Story,
    Findings,
    Help,
    Search,
    Picker,
    /// A letter is awaited.
    Letter,
}

impl Room {
    /// Whether signs that are no command are typed into a line here.
    pub(super) const fn types(self) -> bool {
        matches!(self, Self::Search | Self::Picker | Self::Letter)
    }
}

/// What the keys pressed so far amount to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pressed {
    Action(Action),
    Typed(char),
    /// More keys may make a command of it.
    Begun,
    Nothing,
}

/// A command half typed: "3" or "3]" of "3]q".
#[derive(Debug, Default)]
pub(super) struct Begun {
    pub(super) count: Option<usize>,
    keys: Vec<Key>,
}

impl Begun {
    /// Whether nothing is typed yet.
    pub(super) fn is_empty(&self) -> bool {
        self.count.is_none() && self.keys.is_empty()
    }
}

impl fmt::Display for Begun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.count.map_or(Ok(()), |count| write!(f, "{count}"))?;
        self.keys.iter().try_for_each(|key| write!(f, "{key}"))
    }
}

/// One key with what is held down beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Key {
    code: KeyCode,
    held: KeyModifiers,
}

/// The tables of `keys.toml`, each a list of commands with their keys.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Tables {
    always: BTreeMap<String, Vec<String>>,
    reading: BTreeMap<String, Vec<String>>,
    story: BTreeMap<String, Vec<String>>,
    findings: BTreeMap<String, Vec<String>>,
    help: BTreeMap<String, Vec<String>>,
    search: BTreeMap<String, Vec<String>>,
    picker: BTreeMap<String, Vec<String>>,
    letter: BTreeMap<String, Vec<String>>,
}

/// A command and one way to call it.
struct Binding {
    rooms: &'static [Room],
    keys: Vec<Key>,
    action: Action,
}

impl Binding {
    fn shown(&self) -> String {
        self.keys.iter().map(ToString::to_string).collect()
    }
}

/// All bindings, in the order of `keys.toml`'s tables.
pub(super) struct Keymap {
    bindings: Vec<Binding>,
}

impl Keymap {
    /// Reads the form of `keys.toml`; an error names what is not understood.
    pub(super) fn parse(source: &str) -> Result<Self, String> {
        use Room::{Findings, Help, Letter, Picker, Search, Story};
        let tables: Tables = toml::from_str(source).map_err(|it| it.to_string())?;
        let tables: [(&'static [Room], _); 8] = [
            (&[Story, Findings], tables.reading),
            (&[Story], tables.story),
            (&[Findings], tables.findings),
            (&[Help], tables.help),
            (&[Search], tables.search),
            (&[Picker], tables.picker),
            (&[Letter], tables.letter),
            (&[Story, Findings, Help, Search, Picker, Letter], tables.always),
        ];
        let mut bindings = Vec::new();
        for (rooms, table) in tables {
            for (name, all) in table {
                let action = Action::ALL.iter().find(|it| it.name() == name);
                let action = *action.ok_or_else(|| format!("there is no command `{name}`"))?;
                for keys in all {
                    let read: Option<Vec<Key>> = keys.split(' ').map(Key::parse).collect();
                    let keys = read.ok_or_else(|| format!("`{name}`: there is no key `{keys}`"))?;
                    bindings.push(Binding { rooms, keys, action });
                }
            }
        }
        Ok(Self { bindings })
    }

    /// Takes one more key. Digits that mean nothing else here are a count for the command that follows.
    pub(super) fn press(&self, begun: &mut Begun, room: Room, event: KeyEvent) -> Pressed {
        let key = Key::of(event);
        let digit = match key {
            Key { code: KeyCode::Char(sign), held: KeyModifiers::NONE } => sign.to_digit(10),
            _ => None,
        };
        if begun.keys.is_empty()
            && begun.count.is_some()
            && let Some(digit) = digit
        {
            begun.count =
                begun.count.map(|it| it.saturating_mul(10).saturating_add(digit as usize).min(99_999));
            return Pressed::Begun;
        }
        begun.keys.push(key);
        let here = || self.bindings.iter().filter(|it| it.rooms.contains(&room));
        if let Some(binding) = here().find(|it| it.keys == begun.keys) {
            begun.keys.clear();
            return Pressed::Action(binding.action);
        }
        if here().any(|it| it.keys.starts_with(&begun.keys)) {
            return Pressed::Begun;
        }
        let first = begun.keys.len() == 1;
        begun.keys.clear();
        begun.count = None;
        match (key, digit) {
            (Key { code: KeyCode::Char(sign), held: KeyModifiers::NONE }, _) if room.types() => {
                Pressed::Typed(sign)
            }
            (_, Some(digit @ 1..)) if first && !room.types() => {
                begun.count = Some(digit as usize);
                Pressed::Begun
            }
            _ => Pressed::Nothing,
        }
    }

    /// The keys of a command as the screen shows them, the first one first: those in the story and the side pane, or
    /// where it has none there, those elsewhere.
    pub(super) fn keys(&self, action: Action) -> Vec<String> {
        let all = || self.bindings.iter().filter(|it| it.action == action);
        let on_page = |it: &&Binding| it.rooms.contains(&Room::Story) || it.rooms.contains(&Room::Findings);
        let mut bindings: Vec<&Binding> = all().filter(on_page).collect();
        if bindings.is_empty() {
            bindings = all().collect();
        }
        let mut keys: Vec<String> = Vec::new();
        for binding in bindings {
            let shown = binding.shown();
            if !keys.contains(&shown) {
                keys.push(shown);
            }
        }
        keys
    }

    /// The key by which a room shows a command; nothing if it has none there.
    pub(super) fn key_in(&self, action: Action, room: Room) -> String {
        let binding = self.bindings.iter().find(|it| it.action == action && it.rooms.contains(&room));
        binding.map_or(String::new(), Binding::shown)
    }
}

impl Key {
    /// `j`, `G`, `ctrl-d`, `alt-left`, `f1`, `space` …
    fn parse(name: &str) -> Option<Self> {
        for (prefix, held) in [("ctrl-", KeyModifiers::CONTROL), ("alt-", KeyModifiers::ALT)] {
            if let Some(rest) = name.strip_prefix(prefix) {
                let key = Self::parse(rest)?;
                return Some(Self { held: key.held | held, ..key });
            }
        }
        let mut signs = name.chars();
        let code = match (signs.next(), signs.next()) {
            (Some(sign), None) => KeyCode::Char(sign),
            (Some('f'), Some('1'..='9')) => KeyCode::F(name[1..].parse().ok()?),
            _ => NAMES.iter().find(|it| it.0 == name)?.1,
        };
        Some(Self { code, held: KeyModifiers::NONE })
    }

    /// Shift is part of the sign that it makes, and of `shift-tab`.
    fn of(event: KeyEvent) -> Self {
        Self { code: event.code, held: event.modifiers - KeyModifiers::SHIFT }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.held.contains(KeyModifiers::CONTROL) {
            f.write_str("^")?;
        }
        if self.held.contains(KeyModifiers::ALT) {
            f.write_str("Alt-")?;
        }
        match self.code {
            KeyCode::Char(' ') => f.write_str("Space"),
            KeyCode::Char(sign) => write!(f, "{sign}"),
            KeyCode::F(number) => write!(f, "F{number}"),
            code => f.write_str(NAMES.iter().find(|it| it.1 == code).map_or("", |it| it.2)),
        }
    }
}

/// A key that is no sign: its name in `keys.toml`, itself, how the screen shows it.
const NAMES: &[(&str, KeyCode, &str)] = &[
    ("space", KeyCode::Char(' '), "Space"),
    ("tab", KeyCode::Tab, "Tab"),
    ("shift-tab", KeyCode::BackTab, "S-Tab"),
    ("enter", KeyCode::Enter, "Enter"),
    ("esc", KeyCode::Esc, "Esc"),
    ("backspace", KeyCode::Backspace, "Backspace"),
    ("up", KeyCode::Up, "↑"),
    ("down", KeyCode::Down, "↓"),
    ("left", KeyCode::Left, "←"),
    ("right", KeyCode::Right, "→"),
    ("home", KeyCode::Home, "Home"),
    ("end", KeyCode::End, "End"),
    ("pgup", KeyCode::PageUp, "PgUp"),
    ("pgdn", KeyCode::PageDown, "PgDn"),
];

/// The key named as in `keys.toml`, as the terminal sends it.
pub(super) fn event(name: &str) -> Option<KeyEvent> {
    Key::parse(name).map(|key| KeyEvent::new(key.code, key.held))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a row of keys, named as in `keys.toml`, comes to at its end.
    fn press(keymap: &Keymap, room: Room, names: &str) -> (Pressed, Option<usize>) {
        let mut begun = Begun::default();
        let mut pressed = Pressed::Nothing;
        for name in names.split(' ') {
            pressed = keymap.press(&mut begun, room, event(name).unwrap());
        }
        (pressed, begun.count)
    }

    fn keymap() -> Keymap {
        Keymap::parse(include_str!("../../assets/keys.toml")).unwrap()
    }

    #[test]
    fn every_command_has_a_key() {
        let keymap = keymap();
        for action in Action::ALL {
            assert!(!keymap.keys(*action).is_empty(), "{}", action.name());
        }
    }

    #[test]
    fn every_key_that_is_shown_does_what_it_says() {
        let keymap = keymap();
        for action in Action::ALL {
            for shown in keymap.keys(*action) {
                let mut bindings =
                    keymap.bindings.iter().filter(|it| it.shown() == shown && it.action == *action);
                let binding = bindings.next().unwrap();
                let mut begun = Begun::default();
                let mut pressed = Pressed::Nothing;
                for key in &binding.keys {
                    pressed = keymap.press(&mut begun, binding.rooms[0], KeyEvent::new(key.code, key.held));
                }
                assert_eq!(pressed, Pressed::Action(*action), "{shown}");
            }
        }
    }

    #[test]
    fn no_key_means_two_things_or_begins_another() {
        let keymap = keymap();
        for (number, one) in keymap.bindings.iter().enumerate() {
            for other in &keymap.bindings[number + 1..] {
                let meet = one.rooms.iter().any(|it| other.rooms.contains(it));
                let clash = one.keys.starts_with(&other.keys) || other.keys.starts_with(&one.keys);
                assert!(!(meet && clash), "{} and {}", one.action.name(), other.action.name());
            }
        }
    }

    #[test]
    fn keys_make_commands_counts_and_words() {
        use Action::{Forward, NextQuote, People, ToStart};
        let keymap = keymap();
        for (room, keys, pressed, count) in [
            (Room::Story, "j", Pressed::Action(Forward), None),
            (Room::Story, "5 j", Pressed::Action(Forward), Some(5)),
            (Room::Story, "1 2 0 j", Pressed::Action(Forward), Some(120)),
            (Room::Story, "3 ] q", Pressed::Action(NextQuote), Some(3)),
            (Room::Story, "3 ]", Pressed::Begun, Some(3)),
            (Room::Story, "] x", Pressed::Nothing, None),
            (Room::Story, "g g", Pressed::Action(ToStart), None),
            (Room::Findings, "2", Pressed::Action(People), None),
            (Room::Search, "2", Pressed::Typed('2'), None),
            (Room::Search, "j", Pressed::Typed('j'), None),
            (Room::Story, "ctrl-c", Pressed::Action(Action::Quit), None),
            (Room::Picker, "ctrl-c", Pressed::Action(Action::Quit), None),
        ] {
            assert_eq!(press(&keymap, room, keys), (pressed, count), "{keys}");
        }
    }

    #[test]
    fn an_unknown_command_or_key_is_an_error_that_names_it() {
        let source = include_str!("../../assets/keys.toml");
        for (wrong, named) in [("help = [\"ctrl-\"]", "ctrl-"), ("fly = [\"x\"]", "fly")] {
            let error = Keymap::parse(&source.replace("help = [\"?\", \"f1\"]", wrong)).err().unwrap();
            assert!(error.contains(named), "{error}");
        }
    }
}
