//! Which keys do what, and where: `keys.toml` in, an [`Action`] for each key pressed out.

pub(crate) mod file;
pub(crate) mod key;

use std::fmt;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::config::settings::Preset;
use crate::config::toml_entries::Fault;
use crate::tui::input::action::Action;
use crate::tui::input::keymap::file::{Bound, Layer};
use crate::tui::input::keymap::key::Key;

/// Where a key is pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Room {
    Story,
    Findings,
    Help,
    Search,
    Picker,
    Themes,
    Statistics,
    /// A letter is awaited.
    Letter,
    Note,
    /// Marks and notes, or stories read.
    List,
    Why,
    Whom,
    /// Commands, stories, quotes: a list that is narrowed by typing.
    Chooser,
}

impl Room {
    pub(crate) const ALL: &[Self] = &[
        Self::Story,
        Self::Findings,
        Self::Picker,
        Self::Why,
        Self::Whom,
        Self::Search,
        Self::Letter,
        Self::Note,
        Self::List,
        Self::Themes,
        Self::Statistics,
        Self::Chooser,
        Self::Help,
    ];

    /// The heading of its keys on the help page.
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::Story => "In the story",
            Self::Findings => "In the side pane",
            Self::Picker => "While quotes are picked",
            Self::Search => "While a search is typed",
            Self::Letter => "While the letter of a mark is awaited",
            Self::Note => "While a note is written",
            Self::Chooser => "In a list of commands, stories or quotes",
            Self::List => "In a list of marks, notes or stories",
            Self::Why => "While you are told why",
            Self::Whom => "While you say who said it",
            Self::Themes => "In the list of themes",
            Self::Statistics => "While the figures are open",
            Self::Help => "On this page",
        }
    }

    /// Whether signs that are no command are typed into a line here.
    pub(crate) const fn types(self) -> bool {
        matches!(self, Self::Search | Self::Picker | Self::Letter | Self::Note | Self::Whom | Self::Chooser)
    }
}

/// What the keys pressed so far amount to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pressed {
    Action(Action),
    Typed(char),
    /// More keys may make a command of it.
    Begun,
    Nothing,
}

/// A command half typed: "3" or "3]" of "3]q".
#[derive(Debug, Default)]
pub(crate) struct Begun {
    pub(crate) count: Option<usize>,
    keys: Vec<Key>,
}

impl Begun {
    /// Whether nothing is typed yet.
    pub(crate) fn is_empty(&self) -> bool {
        self.count.is_none() && self.keys.is_empty()
    }
}

impl fmt::Display for Begun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.count.map_or(Ok(()), |count| write!(f, "{count}"))?;
        self.keys.iter().try_for_each(|key| write!(f, "{key}"))
    }
}

/// A command and one way to call it.
pub(crate) struct Binding {
    /// The table of `keys.toml` in which it stands, by number.
    table: usize,
    rooms: Vec<Room>,
    keys: Vec<Key>,
    action: Action,
}

impl Binding {
    fn of(bound: Bound) -> Option<Self> {
        let rooms = bound.rooms().to_vec();
        bound.action.map(|action| Self { table: bound.table, rooms, keys: bound.keys, action })
    }

    fn shown(&self) -> String {
        self.keys.iter().map(ToString::to_string).collect()
    }
}

/// All bindings, in the order of `keys.toml`'s tables.
#[derive(Default)]
pub(crate) struct Keymap {
    bindings: Vec<Binding>,
}

/// The files that ship with the reader: the first stands below all others.
const PRESETS: &[(Preset, &str)] = &[
    (Preset::Default, include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/keys.toml"))),
    (Preset::Less, include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/keys/less.toml"))),
    (Preset::Emacs, include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/keys/emacs.toml"))),
];

impl Keymap {
    /// The keys of a preset with a person's own `keys.toml` over them. A file has the last word about the commands that
    /// it names, in the table where it names them, and about the keys that it binds.
    pub(crate) fn of(preset: Preset, own: Option<&str>) -> Result<Self, Fault> {
        let mut keymap = Self::default();
        for (name, source) in PRESETS {
            if *name == Preset::Default || *name == preset {
                keymap.lay(Layer::read(source)?)?;
            }
        }
        if let Some(own) = own {
            keymap.lay(Layer::read(own)?)?;
        }
        let leaves = |it: &Binding| it.action == Action::Quit && it.rooms.contains(&Room::Story);
        if !keymap.bindings.iter().any(leaves) {
            return Err(Fault { line: 1, what: "no key leaves the reader; give `quit` one".into() });
        }
        Ok(keymap)
    }

    /// Lays a file over what is bound so far.
    fn lay(&mut self, layer: Layer) -> Result<(), Fault> {
        self.bindings.retain(|it| !layer.named.contains(&(it.table, it.action)));
        for bound in &layer.keys {
            for below in self.bindings.iter_mut().filter(|it| it.keys == bound.keys) {
                below.rooms.retain(|it| !bound.rooms().contains(it));
            }
            let meets = |it: &&Binding| it.rooms.iter().any(|room| bound.rooms().contains(room));
            let begins = |it: &&Binding| it.keys.starts_with(&bound.keys) || bound.keys.starts_with(&it.keys);
            if bound.action.is_some()
                && let Some(below) = self.bindings.iter().filter(meets).find(begins)
            {
                return Err(bound.begins(&below.keys, below.action));
            }
        }
        self.bindings.retain(|it| !it.rooms.is_empty());
        self.bindings.extend(layer.keys.into_iter().filter_map(Binding::of));
        self.bindings.sort_by_key(|it| it.table);
        Ok(())
    }

    /// All bindings in the form of `keys.toml`, such that they are the same over any preset.
    pub(crate) fn print(&self) -> String {
        let layers = PRESETS.iter().filter_map(|it| Layer::read(it.1).ok());
        let named: Vec<(usize, Action)> = layers.flat_map(|it| it.named).collect();
        file::print(&self.bindings, &named)
    }

    /// Takes one more key. Digits that mean nothing else here are a count for the command that follows.
    pub(crate) fn press(&self, begun: &mut Begun, room: Room, event: KeyEvent) -> Pressed {
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
    pub(crate) fn keys(&self, action: Action) -> Vec<String> {
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

    /// The keys of a command in a room, as the screen shows them.
    pub(crate) fn keys_in(&self, action: Action, room: Room) -> Vec<String> {
        let own = self.bindings.iter().filter(|it| it.action == action && it.rooms.contains(&room));
        own.map(Binding::shown).collect()
    }

    /// Those that it has in this room alone.
    pub(crate) fn own_keys(&self, action: Action, room: Room) -> Vec<String> {
        let own = self.bindings.iter().filter(|it| it.action == action && it.rooms == [room]);
        own.map(Binding::shown).collect()
    }

    /// The key by which a room shows a command; nothing if it has none there.
    pub(crate) fn key_in(&self, action: Action, room: Room) -> String {
        let binding = self.bindings.iter().find(|it| it.action == action && it.rooms.contains(&room));
        binding.map_or(String::new(), Binding::shown)
    }
}

/// The key named as in `keys.toml`, as the terminal sends it.
pub(crate) fn event(name: &str) -> Option<KeyEvent> {
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
        Keymap::of(Preset::Default, None).unwrap()
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

    /// What keys come to in a room under a preset with a person's own file over it.
    fn comes_to(preset: Preset, own: &str, room: Room, names: &str) -> Pressed {
        let keymap = Keymap::of(preset, Some(own)).unwrap_or_else(|it| panic!("{own}: {it}"));
        press(&keymap, room, names).0
    }

    #[test]
    fn a_file_of_ones_own_has_the_last_word() {
        use Action::{Back, Copy, Forward, NextTab, Quit, ToStart};
        for (own, room, keys, pressed) in [
            ("", Room::Story, "j", Pressed::Action(Forward)),
            ("[reading]\nback = \"j\"", Room::Story, "j", Pressed::Action(Back)),
            ("[reading]\nback = \"j\"", Room::Story, "k", Pressed::Nothing),
            ("[story]\ncopy = [\"l\"]", Room::Story, "l", Pressed::Action(Copy)),
            ("[story]\ncopy = [\"l\"]", Room::Findings, "l", Pressed::Action(NextTab)),
            ("[story]\ncopy = [\"j\"]", Room::Findings, "j", Pressed::Action(Forward)),
            ("[reading]\ncopy = \"\"", Room::Story, "y", Pressed::Nothing),
            ("[reading]\n\"\" = [\"y\", \"g g\"]", Room::Story, "y", Pressed::Nothing),
            ("[reading]\n\"\" = \"g g\"\nto-start = \"g\"", Room::Story, "g", Pressed::Action(ToStart)),
            ("[reading]\nquit = \"Z Z\"", Room::Story, "Z Z", Pressed::Action(Quit)),
            ("[reading]\nto-start = \"ctrl-D\"", Room::Story, "ctrl-d", Pressed::Action(ToStart)),
        ] {
            assert_eq!(comes_to(Preset::Default, own, room, keys), pressed, "{own}: {keys}");
        }
    }

    #[test]
    fn presets_do_what_fingers_know() {
        use Action::{
            Back, Cancel, Copy, Forward, Help, PageForward, Quit, Search, SwitchPane, ToEnd, ToStart,
        };
        for (preset, keys, action) in [
            (Preset::Less, "g", ToStart),
            (Preset::Less, "f", PageForward),
            (Preset::Less, "e", Forward),
            (Preset::Less, "h", Help),
            (Preset::Less, "q", Quit),
            (Preset::Emacs, "ctrl-n", Forward),
            (Preset::Emacs, "ctrl-p", Back),
            (Preset::Emacs, "ctrl-v", PageForward),
            (Preset::Emacs, "alt->", ToEnd),
            (Preset::Emacs, "ctrl-s", Search),
            (Preset::Emacs, "ctrl-g", Cancel),
            (Preset::Emacs, "alt-w", Copy),
            (Preset::Emacs, "ctrl-x o", SwitchPane),
            (Preset::Emacs, "ctrl-x ctrl-c", Quit),
        ] {
            assert_eq!(
                comes_to(preset, "", Room::Story, keys),
                Pressed::Action(action),
                "{preset:?}: {keys}"
            );
        }
    }

    #[test]
    fn under_every_preset_every_command_has_a_key() {
        for (preset, _) in PRESETS {
            let keymap = Keymap::of(*preset, None).unwrap_or_else(|it| panic!("{preset:?}: {it}"));
            for action in Action::ALL {
                assert!(!keymap.keys(*action).is_empty(), "{preset:?}: {}", action.name());
            }
        }
    }

    #[test]
    fn what_is_printed_is_the_same_over_any_preset() {
        let own = "[reading]\nquit = []\n\"\" = [\"y\"]\n[story]\ngo = [\"ctrl-l\", \"\\\\\"]";
        for own in [None, Some(own)] {
            for (wanted, _) in PRESETS {
                let printed = Keymap::of(*wanted, own).unwrap().print();
                for (below, _) in PRESETS {
                    let read =
                        Keymap::of(*below, Some(&printed)).unwrap_or_else(|it| panic!("{it}\n{printed}"));
                    assert_eq!(read.print(), printed, "{wanted:?} over {below:?}");
                }
            }
        }
    }

    #[test]
    fn what_is_wrong_with_a_file_is_told_with_its_line() {
        for (own, line, what) in [
            ("\n[reading]\nfoward = \"j\"", 3, "there is no command `foward`; did you mean `forward`?"),
            ("[raeding]\nforward = \"j\"", 1, "there is no table of keys `raeding`; did you mean `reading`?"),
            ("forward = \"j\"", 1, "there is no table of keys `forward`"),
            ("[reading]\nforward = \"ctlr-d\"", 2, "there is no key `ctlr-d`; did you mean `ctrl-d`?"),
            ("[reading]\nforward = [\"j\",\n\"entr\"]", 3, "there is no key `entr`; did you mean `enter`?"),
            (
                "[reading]\nforward = 7",
                2,
                "`forward` wants words in quotation marks, or a list of them, not integer",
            ),
            ("[reading]\ncopy = \"x\"\n[story]\ngo = \"x\"", 4, "`x` is copy in line 2 and cannot be go too"),
            ("[reading]\ncopy = \"x\"\ngo = \"x x\"", 3, "`x x` (go) begins with `x` (copy, line 2)"),
            ("[reading]\ncopy = \"x x\"\ngo = \"x\"", 3, "`x` (go) begins `x x` (copy, line 2)"),
            (
                "[reading]\ncopy = \"g\"",
                2,
                "`g` (copy) begins `g g`, which is to-start; \"\" = [\"g g\"] takes that away",
            ),
            ("[reading]\nquit = []\n[always]\nquit = []", 1, "no key leaves the reader; give `quit` one"),
        ] {
            let fault = Keymap::of(Preset::Default, Some(own)).err().unwrap();
            assert_eq!((fault.line, fault.what.as_str()), (line, what), "{own}");
        }
    }
}
