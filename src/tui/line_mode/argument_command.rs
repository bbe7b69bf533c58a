//! Commands with an argument, typed without the colon of the palette: `only Lee`, `export quotes.md`, `theme`.

use crate::tui::app::Effect;
use crate::tui::input::action::Action;
use crate::tui::input::keymap::Mode;
use crate::tui::line_mode::announcement::StateSnapshot;
use crate::tui::line_mode::description::sentence;
use crate::tui::line_mode::{LineResponse, LineSession};
use crate::tui::panels::palette::arguments::argument_command_names;

/// A text that begins with a command that takes an argument (`only Lee`, `export quotes.md`): the command, and the argument.
pub(super) fn argument_command(text: &str) -> Option<(&'static str, &str)> {
    let (name, argument) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let command = argument_command_names().find(|it| it.eq_ignore_ascii_case(name))?;
    Some((command, argument.trim()))
}

/// The command with an argument that an action stands for when a name follows it: `S Lee` is `only Lee`.
pub(super) const fn command_with_name(action: Action) -> Option<&'static str> {
    match action {
        Action::OnlySpeaker => Some("only"),
        Action::Profile => Some("profile"),
        Action::Compare => Some("compare"),
        _ => None,
    }
}

impl LineSession {
    /// Runs a command of the palette with an argument. Without one, its possible arguments are listed and asked for.
    pub(super) fn run_argument_command(
        &mut self,
        command: &str,
        argument: &str,
        response: &mut LineResponse,
    ) {
        self.run_in_palette(&format!("{command} {argument}"), !argument.is_empty(), response);
    }

    /// Types a text into the palette, and runs what it finds first if it is `complete`.
    pub(super) fn run_in_palette(&mut self, text: &str, complete: bool, response: &mut LineResponse) {
        let before = StateSnapshot::new(self.root_view());
        while self.app.panel().is_some() {
            self.app.update(Action::Cancel);
        }
        self.app.open_palette_with(text);
        let effect = if complete { self.app.update(Action::Accept) } else { Effect::None };
        if self.app.mode() == Mode::Picker
            && let Some(notice) = self.app.notice.take()
        {
            self.app.update(Action::Cancel);
            return response.messages.push(sentence(&notice));
        }
        response.messages.push(self.describe_effect(Action::Accept, &effect, &before));
        response.effect = effect;
    }
}
