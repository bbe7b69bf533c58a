//! The command palette: commands by their names, and commands with an argument (`12`, `width 72`, `theme dark`).
//!
//! Only the selected row runs. A text that no row stands for does nothing.

use crate::config::settings::{MAX_TEXT_WIDTH, MIN_TEXT_WIDTH};
use crate::text::counted;
use crate::tui::app::App;
use crate::tui::app::panel::{Placement, Response};
use crate::tui::input::action::Action;
use crate::tui::open_story::shown_quotes::EXPORT_FORMATS;
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
    /// Shows only a speaker, by index.
    Only(usize),
    /// Puts a text into the input.
    CompleteText(String),
    /// Shows two speakers side by side, by index.
    Compare(usize, usize),
    /// Hides the quotes below a confidence in per cent.
    MinConfidence(u8),
    /// Writes the quotes that are shown to a file, over one of that name if the flag is set.
    Export(String, bool),
    /// Says that everything is saved already.
    Saved,
}

/// A command with an argument.
#[derive(Debug, PartialEq, Eq)]
struct ArgumentCommand {
    name: &'static str,
    argument: &'static str,
    description: &'static str,
}

const THEME: ArgumentCommand =
    ArgumentCommand { name: "theme", argument: "NAME", description: "use a theme" };
const WIDTH: ArgumentCommand =
    ArgumentCommand { name: "width", argument: "30–120", description: "set the text width" };
const ONLY: ArgumentCommand =
    ArgumentCommand { name: "only", argument: "NAME", description: "show only this speaker" };

const COMPARE: ArgumentCommand =
    ArgumentCommand { name: "compare", argument: "NAME, NAME", description: "two speakers side by side" };
const CONFIDENCE: ArgumentCommand = ArgumentCommand {
    name: "confidence",
    argument: "0–100",
    description: "hide quotes below this confidence in per cent",
};
const EXPORT: ArgumentCommand = ArgumentCommand {
    name: "export",
    argument: "FILE",
    description: "write the quotes that are shown to a file",
};
const EXPORT_OVER: ArgumentCommand =
    ArgumentCommand { name: "export!", argument: "FILE", description: "the same, over a file that exists" };

/// All commands with an argument.
const ARGUMENT_COMMANDS: &[&ArgumentCommand] =
    &[&THEME, &WIDTH, &ONLY, &COMPARE, &CONFIDENCE, &EXPORT, &EXPORT_OVER];

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
];

/// Short names of commands with an argument.
const WRITE: &[(&str, &str)] = &[("w", "export"), ("w!", "export!")];

/// The commands of the palette.
struct Commands;

impl PickerSource for Commands {
    type Target = PaletteTarget;

    fn title(&self) -> String {
        ":".into()
    }

    fn no_match_message(&self) -> &'static str {
        "No such command"
    }

    fn placement(&self) -> Placement {
        Placement::SidePane
    }

    fn items(&self, app: &App) -> Vec<PickerItem<PaletteTarget>> {
        let commands = Action::ALL.iter().filter(|it| is_in_palette(**it)).map(|it| action_item(app, *it));
        commands.chain(ARGUMENT_COMMANDS.iter().map(|it| argument_item(it))).collect()
    }

    fn items_for(&self, app: &App, typed: &str) -> Option<Vec<PickerItem<PaletteTarget>>> {
        let typed = typed.trim_start();
        if let Ok(number) = typed.trim().parse() {
            return Some(paragraph_items(app, number));
        }
        let split = typed.split_once(' ').map(|(name, argument)| (name, argument.trim()));
        if let Some((name, argument)) = split
            && let Some(command) =
                ARGUMENT_COMMANDS.iter().find(|it| it.name == name || WRITE.contains(&(name, it.name)))
        {
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
            PaletteTarget::Only(speaker) => app.show_only(speaker),
            PaletteTarget::MinConfidence(percent) => app.set_min_confidence(percent),
            PaletteTarget::Export(path, overwrites) => return app.export_shown(path, overwrites),
            PaletteTarget::Saved => app.notify("Notes, bookmarks and corrections are saved as you make them"),
        }
        Response::Close
    }
}

/// Added to the rank of a match in a description, so that matches of names come first.
const DESCRIPTION_RANK: u8 = 10;

/// Whether a command makes sense in the palette: not those that need an open panel.
fn is_in_palette(action: Action) -> bool {
    !action.is_panel_only() && !matches!(action, Action::CommandPalette | Action::Cancel)
}

/// `next-quote  next quote                J`
fn action_item(app: &App, action: Action) -> PickerItem<PaletteTarget> {
    PickerItem {
        note: action.description().into(),
        details: vec![app.help.key(action).into()],
        ..PickerItem::new(action.name(), PaletteTarget::Run(action))
    }
}

/// `theme NAME  use a theme`
fn argument_item(command: &'static ArgumentCommand) -> PickerItem<PaletteTarget> {
    let text = format!("{} {}", command.name, command.argument);
    PickerItem { note: command.description.into(), ..PickerItem::new(text, PaletteTarget::Complete(command)) }
}

/// `quit  quit                            q`, for `q`
fn alias_item(app: &App, (_, target): &(&str, PaletteTarget)) -> PickerItem<PaletteTarget> {
    match target {
        PaletteTarget::Run(action) => action_item(app, *action),
        target => PickerItem {
            note: "everything is saved already".into(),
            ..PickerItem::new("save", target.clone())
        },
    }
}

/// The row for a paragraph number; none if there is no such paragraph.
fn paragraph_items(app: &App, number: usize) -> Vec<PickerItem<PaletteTarget>> {
    let count = app.current_story().paragraph_count;
    let item = PickerItem {
        note: format!("go to paragraph {number} of {count}"),
        ..PickerItem::new(number.to_string(), PaletteTarget::Paragraph(number))
    };
    if (1..=count).contains(&number) { vec![item] } else { Vec::new() }
}

/// The rows that complete the argument of a command.
fn completed_items(app: &App, command: &ArgumentCommand, argument: &str) -> Vec<PickerItem<PaletteTarget>> {
    let mut ranked: Vec<(u8, PickerItem<PaletteTarget>)> = Vec::new();
    let mut add = |name: &str, note: &str, target| {
        let text = format!("{} {name}", command.name);
        let rank = name_rank(argument, name);
        ranked.extend(rank.map(|it| (it, PickerItem { note: note.into(), ..PickerItem::new(text, target) })));
    };
    match command.name {
        "theme" => {
            for (number, (name, _)) in app.themes.all.iter().enumerate() {
                let note = if number == app.themes.current() { "in use" } else { "" };
                add(name, note, PaletteTarget::Theme(number));
            }
        }
        "only" => {
            let Some(findings) = app.current_story().findings() else { return Vec::new() };
            for speaker in 0..findings.speakers.len() {
                let note = findings.entity_note(findings.speakers[speaker].entity);
                add(findings.speaker_name(speaker), note, PaletteTarget::Only(speaker));
            }
        }
        "compare" => return comparison_items(app, argument),
        "confidence" => {
            let percent = argument.trim_end_matches('%').trim_end().parse().ok().filter(|it| *it <= 100);
            let note = if percent == Some(0) { "show quotes of any confidence" } else { "per cent or more" };
            if let Some(percent) = percent {
                add(argument, note, PaletteTarget::MinConfidence(percent));
            }
        }
        "export" | "export!" => {
            return export_items(app, argument, command.name == "export!");
        }
        _ => {
            let width = argument.parse().ok().filter(|it| (MIN_TEXT_WIDTH..=MAX_TEXT_WIDTH).contains(it));
            if let Some(width) = width {
                add(argument, "columns of text", PaletteTarget::Width(width));
            }
        }
    }
    ranked.sort_by_key(|it| it.0);
    ranked.into_iter().map(|it| it.1).collect()
}

/// The rows for two names: the first one, or, after a comma, the second one.
fn comparison_items(app: &App, argument: &str) -> Vec<PickerItem<PaletteTarget>> {
    let Some(findings) = app.current_story().findings() else { return Vec::new() };
    let matching = |typed: &str| {
        let ranked = (0..findings.speakers.len())
            .filter_map(|it| Some((name_rank(typed, findings.speaker_name(it))?, it)));
        let mut ranked: Vec<(u8, usize)> = ranked.collect();
        ranked.sort_by_key(|it| it.0);
        ranked.into_iter().map(|it| it.1).collect::<Vec<usize>>()
    };
    let item = |text: String, speaker: usize, target| PickerItem {
        note: findings.entity_note(findings.speakers[speaker].entity).into(),
        ..PickerItem::new(text, target)
    };
    let Some((first, second)) = argument.split_once(',') else {
        let complete = |speaker: usize| {
            let text = format!("compare {}, ", findings.speaker_name(speaker));
            item(text.clone(), speaker, PaletteTarget::CompleteText(text))
        };
        return matching(argument).into_iter().map(complete).collect();
    };
    let Some(first) = matching(first.trim()).first().copied() else { return Vec::new() };
    let others = matching(second.trim()).into_iter().filter(|it| *it != first);
    let row = |other: usize| {
        let text =
            format!("compare {}, {}", findings.short_speaker_name(first), findings.speaker_name(other));
        item(text, other, PaletteTarget::Compare(first, other))
    };
    others.map(row).collect()
}

/// The rows for a file to write: the file, or the endings that it may have.
fn export_items(app: &App, path: &str, overwrites: bool) -> Vec<PickerItem<PaletteTarget>> {
    let Some(open_story) = Some(app.current_story()).filter(|it| it.findings().is_some()) else {
        return Vec::new();
    };
    let shown = app.shown_quotes().iter().map(|it| it.1.len()).sum();
    let count = counted(shown, "quote");
    let item = |path: String, format: &str| PickerItem {
        note: format!("{format}, {count}"),
        ..PickerItem::new(format!("export {path}"), PaletteTarget::Export(path, overwrites))
    };
    if let Some((_, format)) =
        EXPORT_FORMATS.iter().find(|it| path.ends_with(it.0) && path.len() > it.0.len())
    {
        return vec![item(path.to_string(), format)];
    }
    let name = if path.is_empty() { open_story.file_name() } else { path.trim_end_matches('.').to_string() };
    EXPORT_FORMATS.iter().map(|(ending, format)| item(format!("{name}{ending}"), format)).collect()
}

impl App {
    /// Opens the command palette.
    pub(crate) fn open_palette(&mut self) {
        let picker = Picker::new(Commands, self, None);
        self.open_panel(picker);
    }
}

#[cfg(test)]
mod tests {
    use crate::tui::app::Effect;
    use crate::tui::tests::TestApp;

    /// The rows of the palette after some keys, from the first on.
    fn rows(typed: &str) -> Vec<String> {
        let test_app = TestApp::new().with_size(140, 30).press(&format!(": {typed}"));
        let side = usize::from(test_app.app.panes.side.x);
        let rows = test_app.rows();
        let right = |it: &String| it.chars().skip(side).collect::<String>().trim().to_string();
        rows[4..26].iter().map(right).filter(|it| !it.is_empty()).collect()
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
            ("theme space d", &["▸ theme dark"]),
            ("only space ray", &["▸ only Bo Ray"]),
            ("compare space ray", &["▸ compare Bo Ray,"]),
            ("compare space ray, space lee", &["▸ compare Ray, Ann Lee"]),
            ("confidence space 80", &["▸ confidence 80"]),
            ("7", &["▸ 7 "]),
            ("width space 72", &["▸ width 72"]),
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
    fn letters_that_begin_no_word_find_nothing() {
        for typed in
            ["undx", "uotes", "dk", "nxq", "theme space neon", "width space 7", "only space zzz", "99", "0"]
        {
            assert_eq!(rows(typed), ["No such command"], "{typed}");
        }
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
        assert!(completed.screen().contains(":theme ") && completed.screen().contains("▸ theme terminal"));
        assert_eq!(completed.press("light enter").app.themes.current(), 2);
        assert_eq!(TestApp::new().press(":width space 72 enter").app.pane_options.text_width, 72);
        assert!(TestApp::new().press(":only space ray enter").status().contains("only Ray"));
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
        for row in [
            "▸ export ellwick-will-sell-its-ferry-in-may.md",
            "export ellwick-will-sell-its-ferry-in-may.csv",
        ] {
            assert!(offered.iter().any(|it| it.starts_with(row)), "{offered:?}");
        }
        assert!(rows("export space notes").iter().any(|it| it.starts_with("▸ export notes.md")));
    }
}
