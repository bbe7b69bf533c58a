//! The keymap: reads `keys.toml` and turns key events into actions.

pub(crate) mod file;
pub(crate) mod key;
pub(crate) mod mode;

use std::fmt;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::config::settings::KeymapPreset;
use crate::diagnostic::Diagnostic;
use crate::tui::input::action::Action;
use crate::tui::input::keymap::file::{FileBinding, KeymapFile};
use crate::tui::input::keymap::key::Key;
pub(crate) use crate::tui::input::keymap::mode::Mode;

/// What the keys pressed so far mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KeymapResult {
    Action(Action),
    Typed(char),
    /// A prefix of a sequence; more keys are needed.
    Pending,
    NotFound,
}

/// The start of a command: the count and the first keys, such as `3` or `3]` of `3]q`.
#[derive(Debug, Default)]
pub(crate) struct PendingKeys {
    pub(crate) count: Option<usize>,
    keys: Vec<Key>,
}

impl PendingKeys {
    /// Whether no key is pending.
    pub(crate) fn is_empty(&self) -> bool {
        self.count.is_none() && self.keys.is_empty()
    }
}

impl fmt::Display for PendingKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.count.map_or(Ok(()), |count| write!(f, "{count}"))?;
        self.keys.iter().try_for_each(|key| write!(f, "{key}"))
    }
}

/// Maximum count before a command.
const MAX_COUNT: usize = 99_999;

/// A key sequence bound to an action.
pub(crate) struct Binding {
    /// Index into [`mode::TABLES`].
    table: usize,
    modes: Vec<Mode>,
    keys: Vec<Key>,
    action: Action,
}

impl Binding {
    fn from_file_binding(bound: FileBinding) -> Option<Self> {
        let rooms = bound.modes().to_vec();
        bound.action.map(|action| Self { table: bound.table, modes: rooms, keys: bound.keys, action })
    }

    fn display_keys(&self) -> String {
        self.keys.iter().map(ToString::to_string).collect()
    }
}

/// All bindings, in the order of the tables of `keys.toml`.
#[derive(Default)]
pub(crate) struct Keymap {
    bindings: Vec<Binding>,
}

/// The built-in key files. The first is the base of all others.
const PRESETS: &[(KeymapPreset, &str)] = &[
    (KeymapPreset::Default, include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/keys.toml"))),
    (KeymapPreset::Less, include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/keys/less.toml"))),
    (KeymapPreset::Emacs, include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/keys/emacs.toml"))),
];

impl Keymap {
    /// Builds the keymap of a preset, overridden by the user's `keys.toml`. A file that lists a command replaces all
    /// keys of that command in that table. A key that a file binds loses its earlier meaning.
    ///
    /// # Errors
    /// An invalid file, or no key for `quit` in the story.
    pub(crate) fn new(preset: KeymapPreset, own: Option<&str>) -> Result<Self, Diagnostic> {
        let mut keymap = Self::default();
        for (name, source) in PRESETS {
            if *name == KeymapPreset::Default || *name == preset {
                keymap.overlay(KeymapFile::parse(source)?)?;
            }
        }
        if let Some(own) = own {
            keymap.overlay(KeymapFile::parse(own)?)?;
        }
        let is_quit = |it: &Binding| it.action == Action::Quit && it.modes.contains(&Mode::Story);
        if !keymap.bindings.iter().any(is_quit) {
            return Err(Diagnostic::at_line(1, "`quit` has no key; bind one"));
        }
        Ok(keymap)
    }

    /// Overrides the bindings with those of a file.
    fn overlay(&mut self, file: KeymapFile) -> Result<(), Diagnostic> {
        self.bindings.retain(|it| !file.commands.contains(&(it.table, it.action)));
        for bound in &file.bindings {
            for below in self.bindings.iter_mut().filter(|it| it.keys == bound.keys) {
                below.modes.retain(|it| !bound.modes().contains(it));
            }
            let shares_mode = |it: &&Binding| it.modes.iter().any(|mode| bound.modes().contains(mode));
            let is_prefix =
                |it: &&Binding| it.keys.starts_with(&bound.keys) || bound.keys.starts_with(&it.keys);
            if bound.action.is_some()
                && let Some(below) = self.bindings.iter().filter(shares_mode).find(is_prefix)
            {
                return Err(bound.prefix_error(&below.keys, below.action));
            }
        }
        self.bindings.retain(|it| !it.modes.is_empty());
        self.bindings.extend(file.bindings.into_iter().filter_map(Binding::from_file_binding));
        self.bindings.sort_by_key(|it| it.table);
        Ok(())
    }

    /// Prints all bindings as a `keys.toml` that gives the same keymap over any preset.
    pub(crate) fn to_toml(&self) -> String {
        let layers = PRESETS.iter().filter_map(|it| KeymapFile::parse(it.1).ok());
        let named: Vec<(usize, Action)> = layers.flat_map(|it| it.commands).collect();
        file::to_toml(&self.bindings, &named)
    }

    /// Feeds one key event. Digits without a binding form a count for the next command.
    pub(crate) fn feed(&self, pending: &mut PendingKeys, mode: Mode, event: KeyEvent) -> KeymapResult {
        let key = Key::from_event(event);
        let digit = match key {
            Key { code: KeyCode::Char(ch), modifiers: KeyModifiers::NONE } => ch.to_digit(10),
            _ => None,
        };
        if pending.keys.is_empty()
            && pending.count.is_some()
            && let Some(digit) = digit
        {
            pending.count =
                pending.count.map(|it| it.saturating_mul(10).saturating_add(digit as usize).min(MAX_COUNT));
            return KeymapResult::Pending;
        }
        pending.keys.push(key);
        let here = || self.bindings.iter().filter(|it| it.modes.contains(&mode));
        if let Some(binding) = here().find(|it| it.keys == pending.keys) {
            pending.keys.clear();
            return KeymapResult::Action(binding.action);
        }
        if here().any(|it| it.keys.starts_with(&pending.keys)) {
            return KeymapResult::Pending;
        }
        let first = pending.keys.len() == 1;
        pending.keys.clear();
        pending.count = None;
        match (key, digit) {
            (Key { code: KeyCode::Char(ch), modifiers: KeyModifiers::NONE }, _) if mode.accepts_text() => {
                KeymapResult::Typed(ch)
            }
            (_, Some(digit @ 1..)) if first && !mode.accepts_text() => {
                pending.count = Some(digit as usize);
                KeymapResult::Pending
            }
            _ => KeymapResult::NotFound,
        }
    }

    /// The keys of a command as the screen shows them, preferred key first. Keys of the story and the side pane come
    /// first; keys of other modes are used only if the command has none there.
    pub(crate) fn keys(&self, action: Action) -> Vec<String> {
        let all = || self.bindings.iter().filter(|it| it.action == action);
        let on_page = |it: &&Binding| it.modes.contains(&Mode::Story) || it.modes.contains(&Mode::SidePane);
        let mut bindings: Vec<&Binding> = all().filter(on_page).collect();
        if bindings.is_empty() {
            bindings = all().collect();
        }
        let mut keys: Vec<String> = Vec::new();
        for binding in bindings {
            let shown = binding.display_keys();
            if !keys.contains(&shown) {
                keys.push(shown);
            }
        }
        // A command without a key is in the palette.
        if keys.is_empty() && !action.is_panel_only() {
            keys.push(format!(":{}", action.name()));
        }
        keys
    }

    /// The keys of a command in a mode, as the screen shows them.
    pub(crate) fn keys_in(&self, action: Action, mode: Mode) -> Vec<String> {
        let own = self.bindings.iter().filter(|it| it.action == action && it.modes.contains(&mode));
        own.map(Binding::display_keys).collect()
    }

    /// The keys that a command has in this mode and in no other.
    pub(crate) fn keys_only_in(&self, action: Action, mode: Mode) -> Vec<String> {
        let own = self.bindings.iter().filter(|it| it.action == action && it.modes == [mode]);
        own.map(Binding::display_keys).collect()
    }

    /// The preferred key of a command in a mode; empty if it has none.
    pub(crate) fn first_key_in(&self, action: Action, mode: Mode) -> String {
        let binding = self.bindings.iter().find(|it| it.action == action && it.modes.contains(&mode));
        binding.map_or(String::new(), Binding::display_keys)
    }
}

/// The terminal event of a key name from `keys.toml`.
pub(crate) fn parse_key_event(name: &str) -> Option<KeyEvent> {
    Key::parse(name).map(|key| KeyEvent::new(key.code, key.modifiers))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Presses several keys; the last result and the pending count.
    fn press(keymap: &Keymap, mode: Mode, names: &str) -> (KeymapResult, Option<usize>) {
        let mut pending = PendingKeys::default();
        let mut pressed = KeymapResult::NotFound;
        for name in names.split(' ') {
            pressed = keymap.feed(&mut pending, mode, parse_key_event(name).unwrap());
        }
        (pressed, pending.count)
    }

    fn keymap() -> Keymap {
        Keymap::new(KeymapPreset::Default, None).unwrap()
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
            for shown in keymap.keys(*action).into_iter().filter(|it| !it.starts_with(':') || it == ":") {
                let mut bindings =
                    keymap.bindings.iter().filter(|it| it.display_keys() == shown && it.action == *action);
                let binding = bindings.next().unwrap();
                let mut pending = PendingKeys::default();
                let mut pressed = KeymapResult::NotFound;
                for key in &binding.keys {
                    pressed =
                        keymap.feed(&mut pending, binding.modes[0], KeyEvent::new(key.code, key.modifiers));
                }
                assert_eq!(pressed, KeymapResult::Action(*action), "{shown}");
            }
        }
    }

    #[test]
    fn keys_make_commands_counts_and_words() {
        use Action::{Forward, NextQuote, People, ToStart};
        let keymap = keymap();
        for (mode, keys, pressed, count) in [
            (Mode::Story, "j", KeymapResult::Action(Forward), None),
            (Mode::Story, "5 j", KeymapResult::Action(Forward), Some(5)),
            (Mode::Story, "1 2 0 j", KeymapResult::Action(Forward), Some(120)),
            (Mode::Story, "3 ] q", KeymapResult::Action(NextQuote), Some(3)),
            (Mode::Story, "3 ]", KeymapResult::Pending, Some(3)),
            (Mode::Story, "] x", KeymapResult::NotFound, None),
            (Mode::Story, "g g", KeymapResult::Action(ToStart), None),
            (Mode::SidePane, "2", KeymapResult::Action(People), None),
            (Mode::Search, "2", KeymapResult::Typed('2'), None),
            (Mode::Search, "j", KeymapResult::Typed('j'), None),
            (Mode::Story, "ctrl-c", KeymapResult::Action(Action::Quit), None),
            (Mode::FilterPanel, "ctrl-c", KeymapResult::Action(Action::Quit), None),
        ] {
            assert_eq!(press(&keymap, mode, keys), (pressed, count), "{keys}");
        }
    }

    /// Presses keys in a mode under a preset overridden by a user's file.
    fn comes_to(preset: KeymapPreset, own: &str, mode: Mode, names: &str) -> KeymapResult {
        let keymap = Keymap::new(preset, Some(own)).unwrap_or_else(|it| panic!("{own}: {it}"));
        press(&keymap, mode, names).0
    }

    #[test]
    fn a_file_of_the_user_overrides_the_defaults() {
        use Action::{Back, Copy, Forward, NextTab, Quit, ToStart};
        for (own, mode, keys, pressed) in [
            ("", Mode::Story, "j", KeymapResult::Action(Forward)),
            ("[main]\nback = \"j\"", Mode::Story, "j", KeymapResult::Action(Back)),
            ("[main]\nback = \"j\"", Mode::Story, "k", KeymapResult::NotFound),
            ("[story]\ncopy = [\"l\"]", Mode::Story, "l", KeymapResult::Action(Copy)),
            ("[story]\ncopy = [\"l\"]", Mode::SidePane, "l", KeymapResult::Action(NextTab)),
            ("[story]\ncopy = [\"j\"]", Mode::SidePane, "j", KeymapResult::Action(Forward)),
            ("[main]\ncopy = \"\"", Mode::Story, "y", KeymapResult::NotFound),
            ("[main]\n\"\" = [\"y\", \"g g\"]", Mode::Story, "y", KeymapResult::NotFound),
            ("[main]\n\"\" = \"g g\"\nto-start = \"g\"", Mode::Story, "g", KeymapResult::Action(ToStart)),
            ("[main]\nquit = \"Z Z\"", Mode::Story, "Z Z", KeymapResult::Action(Quit)),
            ("[main]\nto-start = \"ctrl-D\"", Mode::Story, "ctrl-d", KeymapResult::Action(ToStart)),
        ] {
            assert_eq!(comes_to(KeymapPreset::Default, own, mode, keys), pressed, "{own}: {keys}");
        }
    }

    #[test]
    fn presets_have_the_keys_of_their_programs() {
        use Action::{
            Back, Cancel, Copy, Forward, Help, PageForward, Quit, Search, SwitchPane, ToEnd, ToStart,
        };
        for (preset, keys, action) in [
            (KeymapPreset::Less, "g", ToStart),
            (KeymapPreset::Less, "f", PageForward),
            (KeymapPreset::Less, "e", Forward),
            (KeymapPreset::Less, "h", Help),
            (KeymapPreset::Less, "q", Quit),
            (KeymapPreset::Emacs, "ctrl-n", Forward),
            (KeymapPreset::Emacs, "ctrl-p", Back),
            (KeymapPreset::Emacs, "ctrl-v", PageForward),
            (KeymapPreset::Emacs, "alt->", ToEnd),
            (KeymapPreset::Emacs, "ctrl-s", Search),
            (KeymapPreset::Emacs, "ctrl-g", Cancel),
            (KeymapPreset::Emacs, "alt-w", Copy),
            (KeymapPreset::Emacs, "ctrl-x o", SwitchPane),
            (KeymapPreset::Emacs, "ctrl-x ctrl-c", Quit),
        ] {
            assert_eq!(
                comes_to(preset, "", Mode::Story, keys),
                KeymapResult::Action(action),
                "{preset:?}: {keys}"
            );
        }
    }

    #[test]
    fn under_every_preset_every_command_has_a_key() {
        for (preset, _) in PRESETS {
            let keymap = Keymap::new(*preset, None).unwrap_or_else(|it| panic!("{preset:?}: {it}"));
            for action in Action::ALL {
                assert!(!keymap.keys(*action).is_empty(), "{preset:?}: {}", action.name());
            }
        }
    }

    #[test]
    fn what_is_printed_is_the_same_over_any_preset() {
        let own = "[main]\nquit = []\n\"\" = [\"y\"]\n[story]\nopen = [\"ctrl-l\", \"\\\\\"]";
        for own in [None, Some(own)] {
            for (wanted, _) in PRESETS {
                let printed = Keymap::new(*wanted, own).unwrap().to_toml();
                for (below, _) in PRESETS {
                    let read =
                        Keymap::new(*below, Some(&printed)).unwrap_or_else(|it| panic!("{it}\n{printed}"));
                    assert_eq!(read.to_toml(), printed, "{wanted:?} over {below:?}");
                }
            }
        }
    }

    #[test]
    fn what_is_wrong_with_a_file_is_reported_with_its_line() {
        for (own, line, what) in [
            ("\n[main]\nfoward = \"j\"", 3, "Unknown command `foward`; did you mean `forward`?"),
            ("[maim]\nforward = \"j\"", 1, "Unknown key table `maim`; did you mean `main`?"),
            ("forward = \"j\"", 1, "Unknown key table `forward`"),
            ("[main]\nforward = \"ctlr-d\"", 2, "Unknown key `ctlr-d`; did you mean `ctrl-d`?"),
            ("[main]\nforward = [\"j\",\n\"entr\"]", 3, "Unknown key `entr`; did you mean `enter`?"),
            ("[main]\nforward = 7", 2, "`forward` must be text in quotation marks, or a list of such texts"),
            ("[main]\ncopy = \"x\"\n[story]\nopen = \"x\"", 4, "`x` is already bound to copy (line 2)"),
            ("[main]\ncopy = \"x\"\nopen = \"x x\"", 3, "`x x` (open) begins with `x` (copy, line 2)"),
            ("[main]\ncopy = \"x x\"\nopen = \"x\"", 3, "`x` (open) begins `x x` (copy, line 2)"),
            (
                "[main]\ncopy = \"g\"",
                2,
                "`g` (copy) begins `g g`, which is to-start; \"\" = [\"g g\"] unbinds it",
            ),
            ("[main]\nquit = []\n[global]\nquit = []", 1, "`quit` has no key; bind one"),
        ] {
            let fault = Keymap::new(KeymapPreset::Default, Some(own)).err().unwrap();
            assert_eq!(fault, Diagnostic::at_line(line, what), "{own}");
        }
    }
}
