//! A key with its modifiers: parsed from `keys.toml`, printed there and on the screen.

use std::fmt;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::config::suggestion::describe_unknown;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Key {
    pub(crate) code: KeyCode,
    pub(crate) modifiers: KeyModifiers,
}

/// Modifiers and the prefixes that name them.
const MODIFIERS: [(&str, KeyModifiers); 2] = [("ctrl-", KeyModifiers::CONTROL), ("alt-", KeyModifiers::ALT)];

impl Key {
    /// Parses a key name such as `j`, `G`, `ctrl-d`, `alt-left`, `f1` or `space`. `None` if no key has that name.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        let (mut bare, mut modifiers) = (name, KeyModifiers::NONE);
        let strip = |name: &'_ str| {
            MODIFIERS
                .iter()
                .find_map(|(prefix, modifier)| Some((name.strip_prefix(prefix)?.len(), *modifier)))
        };
        while let Some((length, modifier)) = strip(bare) {
            bare = &bare[bare.len() - length..];
            modifiers |= modifier;
        }
        let mut chars = bare.chars();
        let code = match (chars.next(), chars.next()) {
            // With Control a terminal does not report upper case.
            (Some(ch), None) if modifiers.contains(KeyModifiers::CONTROL) => {
                KeyCode::Char(ch.to_ascii_lowercase())
            }
            (Some(ch), None) => KeyCode::Char(ch),
            (Some('f'), Some('1'..='9')) => KeyCode::F(bare[1..].parse().ok().filter(|it| *it <= 24)?),
            _ => NAMED_KEYS.iter().find(|it| it.0 == bare)?.1,
        };
        Some(Self { code, modifiers })
    }

    /// The key of a terminal event. Shift is dropped: it is part of the character, and of `shift-tab`.
    pub(crate) fn from_event(event: KeyEvent) -> Self {
        Self { code: event.code, modifiers: event.modifiers - KeyModifiers::SHIFT }
    }

    /// The key's name in `keys.toml`.
    pub(crate) fn name(self) -> String {
        let prefix: String =
            MODIFIERS.iter().filter(|it| self.modifiers.contains(it.1)).map(|it| it.0).collect();
        let name = match (self.code, NAMED_KEYS.iter().find(|it| it.1 == self.code)) {
            (_, Some(row)) => row.0.to_string(),
            (KeyCode::Char(ch), _) => ch.to_string(),
            (KeyCode::F(number), _) => format!("f{number}"),
            _ => String::new(),
        };
        prefix + &name
    }

    /// The error message for an unknown key name, with the nearest known name.
    pub(crate) fn unknown_message(name: &str) -> String {
        let last: String = name.chars().last().into_iter().collect();
        let bare = NAMED_KEYS.iter().map(|it| it.0).chain([last.as_str(), "f1", "f2", "f10"]);
        let prefixed = ["", "ctrl-", "alt-"]
            .iter()
            .flat_map(|modifier| bare.clone().map(move |it| format!("{modifier}{it}")));
        let known: Vec<String> = prefixed.collect();
        describe_unknown("key", name, known.iter().map(String::as_str))
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.modifiers.contains(KeyModifiers::CONTROL) {
            f.write_str("Ctrl+")?;
        }
        if self.modifiers.contains(KeyModifiers::ALT) {
            f.write_str("Alt+")?;
        }
        match self.code {
            KeyCode::Char(' ') => f.write_str("Space"),
            KeyCode::Char(ch) => write!(f, "{ch}"),
            KeyCode::F(number) => write!(f, "F{number}"),
            code => f.write_str(NAMED_KEYS.iter().find(|it| it.1 == code).map_or("", |it| it.2)),
        }
    }
}

/// Named keys: name in `keys.toml`, key code, form on the screen.
const NAMED_KEYS: &[(&str, KeyCode, &str)] = &[
    ("space", KeyCode::Char(' '), "Space"),
    ("tab", KeyCode::Tab, "Tab"),
    ("shift-tab", KeyCode::BackTab, "Shift+Tab"),
    ("enter", KeyCode::Enter, "Enter"),
    ("esc", KeyCode::Esc, "Esc"),
    ("backspace", KeyCode::Backspace, "Backspace"),
    ("delete", KeyCode::Delete, "Del"),
    ("up", KeyCode::Up, "↑"),
    ("down", KeyCode::Down, "↓"),
    ("left", KeyCode::Left, "←"),
    ("right", KeyCode::Right, "→"),
    ("home", KeyCode::Home, "Home"),
    ("end", KeyCode::End, "End"),
    ("pgup", KeyCode::PageUp, "PgUp"),
    ("pgdn", KeyCode::PageDown, "PgDn"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modifiers_are_read_in_any_order_and_number() {
        let both = KeyModifiers::CONTROL | KeyModifiers::ALT;
        for (name, code, modifiers) in [
            ("ctrl-D".to_string(), KeyCode::Char('d'), KeyModifiers::CONTROL),
            ("alt-D".to_string(), KeyCode::Char('D'), KeyModifiers::ALT),
            ("alt-ctrl-left".to_string(), KeyCode::Left, both),
            ("ctrl-alt-F".to_string(), KeyCode::Char('f'), both),
            (format!("{}x", "ctrl-".repeat(200_000)), KeyCode::Char('x'), KeyModifiers::CONTROL),
        ] {
            assert_eq!(Key::parse(&name), Some(Key { code, modifiers }), "{name:.40}");
        }
        assert_eq!(Key::parse("ctrl-"), None);
    }
}
