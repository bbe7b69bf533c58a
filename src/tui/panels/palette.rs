//! The command palette: commands by their names, and commands with an argument (`12`, `width 72`, `theme dark`).
//!
//! Only the selected row runs. A text that no row stands for does nothing.

pub(crate) mod arguments;

use crate::tui::app::App;
use crate::tui::app::panel::{Placement, Response};
use crate::tui::input::action::{Action, Section};
use crate::tui::panels::palette::arguments::{
    ARGUMENT_COMMANDS, ArgumentCommand, argument_item, completed_items, describe_error, paragraph_items,
    split_argument,
};
use crate::tui::panels::picker::{Picker, PickerItem, PickerSource};
use crate::tui::text::fuzzy::name_rank;

/// What a row of the palette does.
#[derive(Clone, Debug, PartialEq, Eq)]
enum PaletteTarget {
    Run(Action),
    /// Asks for the argument of a command.
    Complete(&'static ArgumentCommand),
    /// Goes to a paragraph by its number.
    Paragraph(usize),
    Width(u16),
    /// Uses a theme, by its number.
    Theme(usize),
    /// Shows only what an entity says; `None` stands for the unknown speakers.
    Only(Option<usize>),
    /// Opens the profile of an entity; `None` stands for the unknown speakers.
    Profile(Option<usize>),
    /// Puts a text into the input.
    CompleteText(String),
    /// Shows two speakers side by side, by index.
    Compare(usize, usize),
    /// Hides the quotes below a confidence in per cent.
    MinConfidence(u8),
    /// Writes the quotes that are shown to a file, over one of that name if the flag is set.
    Export(String, bool),
    /// Turns the filter off.
    ShowAll,
    /// Says that everything is saved already.
    Saved,
}

/// Names that users of other programs type, each with the command that it runs.
const ALIASES: &[(&str, PaletteTarget)] = &[
    ("q", PaletteTarget::Run(Action::Quit)),
    ("q!", PaletteTarget::Run(Action::Quit)),
    ("qa", PaletteTarget::Run(Action::Quit)),
    ("wq", PaletteTarget::Run(Action::Quit)),
    ("x", PaletteTarget::Run(Action::Quit)),
    ("exit", PaletteTarget::Run(Action::Quit)),
    ("w", PaletteTarget::Saved),
    ("save", PaletteTarget::Saved),
    ("h", PaletteTarget::Run(Action::Help)),
    ("who", PaletteTarget::Run(Action::Why)),
    ("clear", PaletteTarget::ShowAll),
];

/// The commands of the palette.
struct Commands;

impl PickerSource for Commands {
    type Target = PaletteTarget;

    fn title(&self) -> String {
        ":".into()
    }

    fn input_note(&self) -> &'static str {
        "type a command"
    }

    fn no_match_message(&self, app: &App, typed: &str) -> String {
        describe_error(app, typed)
    }

    fn placement(&self) -> Placement {
        Placement::WideSide
    }

    /// The note of a name is a role, which says nothing alone.
    fn summary(&self, item: &PickerItem<PaletteTarget>) -> String {
        match item.target {
            PaletteTarget::Only(_)
            | PaletteTarget::Profile(_)
            | PaletteTarget::Compare(..)
            | PaletteTarget::CompleteText(_) => format!("{}, {}", item.text, item.note),
            _ => item.note.clone(),
        }
    }

    fn accept_label(&self) -> &'static str {
        "run"
    }

    /// What has no key comes first: nothing else tells that it is there.
    fn items(&self, app: &App) -> Vec<PickerItem<PaletteTarget>> {
        let shown = Action::ALL.iter().copied().filter(|it| is_in_palette(*it));
        // Nobody opens the palette to move by a line.
        let (moving, others): (Vec<Action>, Vec<Action>) =
            shown.partition(|it| it.section() == Section::Moving);
        let commands = others.into_iter().map(|it| action_item(app, it));
        let with_argument = ARGUMENT_COMMANDS.iter().map(|it| argument_item(it));
        let moving = moving.into_iter().map(|it| action_item(app, it));
        with_argument.chain(commands).chain(moving).collect()
    }

    fn items_for(&self, app: &App, typed: &str) -> Option<Vec<PickerItem<PaletteTarget>>> {
        let typed = typed.trim_start();
        if let Ok(number) = typed.trim().parse() {
            return Some(paragraph_items(app, number));
        }
        if let Some((command, argument)) = split_argument(typed) {
            return Some(completed_items(app, command, argument));
        }
        let typed = typed.trim();
        let aliases = ALIASES.iter().filter(|it| it.0 == typed).map(|it| alias_item(app, it));
        let mut ranked: Vec<(u8, PickerItem<PaletteTarget>)> = Vec::new();
        for item in self.items(app) {
            // A word of the description finds a command whose name is not known.
            let described = || name_rank(typed, &item.note).map(|it| it.saturating_add(DESCRIPTION_RANK));
            let name = match item.target {
                PaletteTarget::Complete(command) => command.name,
                _ => &item.text,
            };
            if let Some(rank) = name_rank(typed, name).or_else(described) {
                ranked.push((rank, item));
            }
        }
        ranked.sort_by_key(|it| it.0);
        Some(aliases.chain(ranked.into_iter().map(|it| it.1)).collect())
    }

    fn completion(&self, target: &PaletteTarget) -> Option<String> {
        match target {
            PaletteTarget::Complete(command) => Some(format!("{} ", command.name)),
            PaletteTarget::CompleteText(text) => Some(text.clone()),
            _ => None,
        }
    }

    fn accept(&self, app: &mut App, target: PaletteTarget) -> Response {
        match target {
            PaletteTarget::Run(action) => return Response::Run(action),
            PaletteTarget::Complete(_) | PaletteTarget::CompleteText(_) => return Response::Stay,
            PaletteTarget::Compare(one, other) => app.open_comparison([one, other]),
            PaletteTarget::Paragraph(number) => app.go_to_paragraph(number),
            PaletteTarget::Width(columns) => app.set_text_width(columns),
            PaletteTarget::Theme(number) => app.use_theme(number),
            PaletteTarget::Only(entity) => app.show_only(entity),
            PaletteTarget::Profile(entity) => app.open_profile_of(entity),
            PaletteTarget::MinConfidence(percent) => app.set_min_confidence(percent),
            PaletteTarget::Export(path, overwrites) => return app.export_shown(path, overwrites),
            PaletteTarget::ShowAll if app.current_story().filter.is_active() => app.toggle_filter(),
            PaletteTarget::ShowAll => app.notify("No filter is on"),
            PaletteTarget::Saved => app.notify("Notes, bookmarks and corrections are saved as you make them"),
        }
        Response::Close
    }
}

/// Added to the rank of a match in a description, so that matches of names come first.
const DESCRIPTION_RANK: u8 = 10;

/// Whether a command makes sense in the palette: not those that need an open panel.
fn is_in_palette(action: Action) -> bool {
    // The row with their arguments stands for the last two.
    let is_listed =
        matches!(action, Action::CommandPalette | Action::Cancel | Action::Compare | Action::Profile);
    !action.is_panel_only() && !is_listed
}

/// `next-quote  next quote                J`
fn action_item(app: &App, action: Action) -> PickerItem<PaletteTarget> {
    let (name, description) = (action.name(), action.description());
    // A note that is the name again, and a key that is the command itself, tell nothing.
    let is_told = description == name.replace('-', " ");
    let key = Some(app.help.key(action)).filter(|it| it.strip_prefix(':') != Some(name));
    PickerItem {
        note: if is_told { String::new() } else { description.into() },
        details: key.into_iter().map(Into::into).collect(),
        ..PickerItem::new(name, PaletteTarget::Run(action))
    }
}

/// `quit  quit                            q`, for `q`
fn alias_item(app: &App, (_, target): &(&str, PaletteTarget)) -> PickerItem<PaletteTarget> {
    match target {
        PaletteTarget::Run(action) => action_item(app, *action),
        PaletteTarget::ShowAll => PickerItem {
            note: "turn the filter off".into(),
            details: vec![app.help.key(Action::ToggleFilter).into()],
            ..PickerItem::new("clear", PaletteTarget::ShowAll)
        },
        target => PickerItem {
            note: "everything is saved already".into(),
            ..PickerItem::new("save", target.clone())
        },
    }
}

impl App {
    /// Opens the command palette.
    pub(crate) fn open_palette(&mut self) {
        self.open_palette_with("");
    }

    /// Opens the command palette with a typed text.
    pub(crate) fn open_palette_with(&mut self, text: &str) {
        let mut picker = Picker::new(Commands, self, None);
        if !text.is_empty() {
            picker.set_input(text, self);
        }
        self.open_panel(picker);
    }
}

#[cfg(test)]
mod tests {
    use pullquote::load::{Hint, from_bytes};

    use crate::tui::app::Effect;
    use crate::tui::tests::{TestApp, story};

    /// The rows of the palette after some keys, from the first on.
    fn rows(typed: &str) -> Vec<String> {
        let rows = TestApp::new().with_size(140, 30).press(&format!(": {typed}")).rows();
        rows[4..26].iter().map(|it| it.trim().to_string()).filter(|it| !it.is_empty()).collect()
    }

    #[test]
    fn commands_are_found_by_the_beginnings_of_their_words() {
        for (typed, first) in [
            ("quo", &["▸ quotes", "quotations-only", "next-quote", "previous-quote"][..]),
            ("next-q", &["▸ next-quote"]),
            ("next space quote", &["▸ next-quote"]),
            ("quote space next", &["▸ next-quote"]),
            ("sp", &["▸ speaker-in-all-stories", "next-by-speaker"]),
            ("resumes", &["▸ suspend"]),
            ("theme space d", &["▸ dark"]),
            ("only space ray", &["▸ Bo Ray"]),
            ("profile space norh", &["▸ Norham"]),
            ("profile space lee", &["▸ Ann Lee"]),
            ("compare space ray", &["▸ Bo Ray"]),
            ("compare space ray, space lee", &["▸ Ann Lee"]),
            ("confidence space 80", &["▸ 80"]),
            ("7", &["▸ 7 "]),
            ("width space 72", &["▸ 72"]),
            ("q", &["▸ quit"]),
            ("wq", &["▸ quit"]),
            ("x", &["▸ quit"]),
            ("w", &["▸ save"]),
            ("who", &["▸ why"]),
        ] {
            let rows = rows(typed);
            for (row, words) in rows.iter().zip(first) {
                assert!(row.starts_with(words), "{typed}: {rows:?}");
            }
            assert!(rows.len() >= first.len(), "{typed}: {rows:?}");
        }
    }

    #[test]
    fn what_a_command_does_stands_beside_its_name_where_there_is_room() {
        let screen = TestApp::new().with_size(120, 40).press(":").screen();
        for words in ["next quote by the", "correct the speaker", "review uncertain"] {
            assert!(screen.contains(words), "{words}\n{screen}");
        }
        let chosen = TestApp::new().with_size(120, 40).press(":next-by");
        assert!(chosen.screen().contains("next quote by the same speaker"), "{}", chosen.screen());
    }

    #[test]
    fn the_notes_of_a_wide_palette_begin_in_one_column() {
        let test_app = TestApp::new().with_size(200, 50).press(":");
        let column = |note: &str| {
            let rows = test_app.rows();
            rows.iter().find_map(|it| Some(it[..it.find(note)?].chars().count())).unwrap()
        };
        let notes = [
            "save the quotes",
            "next quote by the",
            "switch between story",
            "open / jump to it",
            "copy quote with",
        ];
        assert!(notes.iter().all(|it| column(it) == column(notes[0])), "{}", test_app.screen());
    }

    #[test]
    fn letters_that_begin_no_word_find_nothing_and_a_wrong_argument_says_what_is_right() {
        for (typed, message) in [
            ("undx", "No such command"),
            ("uotes", "No such command"),
            ("dk", "No such command"),
            ("nxq", "No such command"),
            ("theme space neon", "No theme is called that"),
            ("width space 7", "The width is a number from 30 to 120"),
            ("width space wide", "The width is a number from 30 to 120"),
            ("only space zzz", "No speaker is called that"),
            ("profile space zzz", "No name in this story is like that"),
            ("compare space zzz", "No speaker is called that"),
            ("compare space lee, space lee", "Name two speakers"),
            ("confidence space 101", "The confidence is a number from 0 to 100"),
            ("w space notes.", "▸ notes.md"),
            ("99", "The paragraphs have numbers from 1 to 10"),
            ("0", "The paragraphs have numbers from 1 to 10"),
        ] {
            let rows = rows(typed);
            assert!(rows[0].starts_with(message), "{typed}: {rows:?}");
            assert!(rows.len() == 1 || message.starts_with('▸'), "{typed}: {rows:?}");
        }
        let ending = rows("export space notes.docx").join(" ");
        assert_eq!(ending, "The file name must end in .md, .html, .csv, .json or .txt");
        let pending = TestApp::pending(vec![story()]).press(": only space lee enter");
        assert!(pending.status().contains("Still analysing"), "{}", pending.status());
    }

    #[test]
    fn enter_does_what_the_selected_row_shows_and_without_a_row_nothing() {
        for keys in [":q enter", ":wq enter", ":x enter", ":exit enter", ":quit enter"] {
            assert_eq!(TestApp::new().press(keys).effect, Effect::Quit, "{keys}");
        }
        let unknown = TestApp::new().press(":xyzzy enter");
        assert!(unknown.status().contains("No such command"), "{}", unknown.status());
        assert!(unknown.app.panel().is_some(), "the palette stays open to be corrected");
        let saved = TestApp::new().press(":w enter");
        assert!(saved.status().contains("are saved as you make them"), "{}", saved.status());
        let completed = TestApp::new().press(":theme enter");
        assert!(completed.screen().contains(":theme ") && completed.screen().contains("▸ terminal"));
        assert_eq!(completed.press("light enter").app.themes.current(), 2);
        assert_eq!(TestApp::new().press(":width space 72 enter").app.pane_options.text_width, 72);
        assert!(TestApp::new().press(":only space ray enter").status().contains("only Ray"));
    }

    #[test]
    fn the_file_that_is_offered_is_called_as_the_story_is_and_replaces_no_story() {
        let name = |story: &str, path: Option<&str>| {
            let mut story = from_bytes(story.as_bytes(), &Hint::default()).unwrap();
            story.path = path.map(Into::into);
            TestApp::pending(vec![story]).app.current_story().file_name()
        };
        let text = "Karvia's fisheries minister resigns\n\nHe said so on Monday.\n";
        assert_eq!(name(text, Some("news/strait-talks.txt")), "strait-talks-quotes");
        assert_eq!(name(text, None), "karvias-fisheries-minister-resigns-quotes");
        assert_eq!(name(text, Some("news/….txt")), "quotes");
    }

    #[test]
    fn what_is_shown_is_exported_in_the_format_of_the_file_name() {
        let export = |keys: &str| match TestApp::new().press(keys).effect {
            Effect::WriteFile(file) => file,
            other => panic!("{keys}: {other:?}"),
        };
        let file = export("3]q S :export space ray.md enter");
        assert_eq!((file.path.to_str(), file.overwrites), (Some("ray.md"), false));
        assert!(file.text.contains("### Bo Ray") && file.text.contains("a great pity"), "{}", file.text);
        assert!(!file.text.contains("The river is ours"), "{}", file.text);
        let all = export(":w! space all.csv enter");
        assert!(all.overwrites && all.text.lines().count() == 7, "{}", all.text);
        assert!(export(":export space a.json enter").text.starts_with('{'));
        assert!(export(":export space a.html enter").text.contains("<html"));
        let offered = rows("export space");
        for ending in ["quotes.md", "quotes.csv"] {
            let is_offered = |it: &&String| it.contains("ellwick-will") && it.contains(ending);
            assert!(offered.iter().any(|it| is_offered(&it)), "{offered:?}");
        }
        let narrow = TestApp::new().with_size(80, 24).press(":export space");
        for ending in ["ay-quotes.md", "-quotes.html", "y-quotes.csv"] {
            assert!(narrow.screen().contains(ending), "{ending}: {}", narrow.screen());
        }
        let Effect::WriteFile(file) = narrow.press("enter").effect else { panic!("nothing is written") };
        assert_eq!(file.path.to_str(), Some("ellwick-will-sell-its-ferry-in-may-quotes.md"));
        assert!(rows("export space notes").iter().any(|it| it.starts_with("▸ notes.md")));
    }
}
