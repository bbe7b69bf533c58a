//! The menu of a right click: the commands that are of use at the place of the click. Its last entry leads to all commands.

use crate::tui::app::App;
use crate::tui::app::panel::{Placement, Response};
use crate::tui::input::action::Action;
use crate::tui::panels::picker::{Picker, PickerItem, PickerSource};

/// The commands for a quote.
const ON_QUOTE: &[Action] = &[
    Action::Copy,
    Action::Why,
    Action::Correct,
    Action::Confirm,
    Action::OnlySpeaker,
    Action::NextBySpeaker,
    Action::SpeakerInAllStories,
    Action::Profile,
    Action::Note,
];

/// The commands for a name or a speaker.
const ON_NAME: &[Action] =
    &[Action::Profile, Action::NextMention, Action::OnlySpeaker, Action::SpeakerInAllStories];

/// The commands for any place.
const ANYWHERE: &[Action] = &[
    Action::NextQuote,
    Action::CopyParagraph,
    Action::Search,
    Action::FilterQuotes,
    Action::AllQuotes,
    Action::Review,
    Action::Statistics,
    Action::SwitchPane,
    Action::Stories,
    Action::Themes,
    Action::Help,
    Action::Quit,
];

/// The commands at one place.
struct ContextMenu {
    actions: Vec<Action>,
}

impl PickerSource for ContextMenu {
    type Target = Action;

    fn title(&self) -> String {
        "Here: ".into()
    }

    fn no_match_message(&self, _app: &App, _typed: &str) -> String {
        "No such command".into()
    }

    fn placement(&self) -> Placement {
        Placement::SidePane
    }

    fn items(&self, app: &App) -> Vec<PickerItem<Action>> {
        let item = |action: &Action| PickerItem {
            details: vec![app.help.key(*action).into()],
            ..PickerItem::new(action.description(), *action)
        };
        let all = PickerItem::new("all commands …", Action::CommandPalette);
        self.actions.iter().map(item).chain([all]).collect()
    }

    fn accept(&self, _app: &mut App, action: Action) -> Response {
        Response::Run(action)
    }
}

impl App {
    /// Opens the menu for the place of the cursor or the selection.
    pub(crate) fn open_context_menu(&mut self) {
        let has_findings = self.current_story().findings().is_some();
        let has_quotes = self.current_story().findings().is_some_and(|it| !it.speakers.is_empty());
        let here = if self.focused_quote().is_some() {
            ON_QUOTE
        } else if self.current_story().entity_at_cursor().is_some() || self.focused_speaker().is_some() {
            ON_NAME
        } else {
            &[]
        };
        let links = if self.current_story().story.links.is_empty() { &[][..] } else { &[Action::Links] };
        let actions = here
            .iter()
            .chain(links)
            .chain(ANYWHERE)
            .copied()
            .filter(|it| (has_findings || !it.needs_findings()) && (has_quotes || !it.needs_quotes()));
        let picker = Picker::new(ContextMenu { actions: actions.collect() }, self, None);
        self.open_panel(picker);
    }
}
