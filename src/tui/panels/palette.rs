//! The command palette: all commands with their keys.

use crate::config::settings::{MAX_TEXT_WIDTH, MIN_TEXT_WIDTH};
use crate::tui::app::App;
use crate::tui::app::panel::{Placement, Response};
use crate::tui::input::action::Action;
use crate::tui::panels::picker::{Picker, PickerItem, PickerSource};

/// Actions that make no sense as commands of the palette.
const NOT_IN_PALETTE: &[Action] = &[
    Action::Toggle,
    Action::Accept,
    Action::ToggleRegex,
    Action::OlderSearch,
    Action::NewerSearch,
    Action::CursorLeft,
    Action::CursorRight,
    Action::WordLeft,
    Action::WordRight,
    Action::LineStart,
    Action::LineEnd,
    Action::EraseCharacter,
    Action::EraseNext,
    Action::EraseWord,
    Action::EraseAll,
    Action::CommandPalette,
    Action::Cancel,
];

/// The commands of the palette.
struct Commands;

impl PickerSource for Commands {
    type Target = Action;

    fn title(&self) -> String {
        ":".into()
    }

    fn no_match_message(&self) -> &'static str {
        "No such command"
    }

    fn placement(&self) -> Placement {
        Placement::SidePane
    }

    fn items(&self, app: &App) -> Vec<PickerItem<Action>> {
        let commands = Action::ALL.iter().filter(|it| !NOT_IN_PALETTE.contains(it));
        let item = |action: &Action| PickerItem {
            text: action.description().into(),
            keyword: action.name().into(),
            details: vec![app.help.key(*action).into()],
            under_story: None,
            target: *action,
        };
        commands.map(item).collect()
    }

    fn accept(&self, app: &mut App, typed: &str, target: Option<Action>) -> Response {
        if app.run_typed_command(typed) {
            return Response::Close;
        }
        match target {
            Some(action) => Response::Run(action),
            None => {
                app.notify(self.no_match_message());
                Response::Close
            }
        }
    }
}

impl App {
    /// Opens the command palette.
    pub(crate) fn open_palette(&mut self) {
        let picker = Picker::new(Commands, self, None);
        self.open_panel(picker);
    }

    /// Runs a command with an argument: `42`, `width 72`, `only Kerry`. Returns `false` if the text is none.
    fn run_typed_command(&mut self, typed: &str) -> bool {
        if let Ok(number) = typed.parse() {
            self.go_to_paragraph(number);
            return true;
        }
        match typed.split_once(' ') {
            Some(("width", columns)) => match columns.trim().parse() {
                Ok(columns @ MIN_TEXT_WIDTH..=MAX_TEXT_WIDTH) => {
                    self.pane_options.text_width = columns;
                    self.relayout();
                }
                _ => self.notify("Width must be 30–120"),
            },
            Some(("theme", name)) => self.select_theme_by_name(name.trim()),
            Some(("only", name)) => self.filter_by_name(name.trim()),
            _ => return false,
        }
        true
    }
}
