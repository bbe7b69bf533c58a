//! What an action has changed, or what becomes of its effect, in words.

use crate::tui::app::Effect;
use crate::tui::input::action::Action;
use crate::tui::line_mode::LineSession;
use crate::tui::line_mode::announcement::{StateSnapshot, announce, describe_position, list_main_commands};
use crate::tui::line_mode::description::sentence;
use crate::tui::terminal::editor::EditorTarget;

impl LineSession {
    /// Describes what an action has changed, or what becomes of its effect.
    pub(super) fn describe_effect(
        &mut self,
        action: Action,
        effect: &Effect,
        before: &StateSnapshot,
    ) -> String {
        match effect {
            Effect::None if action == Action::Help => {
                self.app.update(Action::Cancel);
                list_main_commands(&self.keymap)
            }
            Effect::None => announce(action, before, self.root_view()),
            Effect::Copy(copied) => format!("Copied: {}", copied.text),
            Effect::OpenEditor => {
                let open_story = self.app.current_story();
                match EditorTarget::new(&open_story.story, open_story.viewport.visible_offset()) {
                    Ok(target) => sentence(&target.describe()),
                    Err(message) => sentence(&message),
                }
            }
            Effect::OpenBrowser(_) => "Opening the browser.".into(),
            Effect::WriteFile(_) => "Writing the file.".into(),
            Effect::Quit => "Goodbye.".into(),
            Effect::Suspend => "Suspended; fg resumes.".into(),
            Effect::LoadHistory if self.app.has_storage => "Reading history:".into(),
            Effect::LoadHistory | Effect::OpenStory(_) | Effect::ForgetStory(_) => {
                "History is off (--no-shelf).".into()
            }
            Effect::Redraw | Effect::CaptureMouse(_) => describe_position(action, self.root_view()),
        }
    }
}
