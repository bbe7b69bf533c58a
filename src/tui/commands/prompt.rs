//! Text input of the open panel.

use crate::tui::app::App;
use crate::tui::input::action::Action;
use crate::tui::overlay::Overlay;
use crate::tui::overlay::text_input::TextInput;

impl App {
    /// Edits the input of the open panel. `edit` returns whether it has changed the text; a changed text is searched for
    /// at once. Returns `false` if no panel with an input is open.
    pub(crate) fn edit_input(&mut self, edit: impl FnOnce(&mut TextInput) -> bool) -> bool {
        let Some(panel) = self.overlay.panel_mut() else { return false };
        let Some(input) = panel.input() else { return false };
        self.notice = None;
        if edit(input) {
            panel.input_changed(&self.stories[self.current]);
            if matches!(self.overlay, Overlay::Search(_)) {
                self.run_search();
            }
        }
        true
    }

    /// Whether an action erases in the empty input of a panel that this closes.
    pub(crate) fn is_closing_erase(&mut self, action: Action) -> bool {
        let Some(panel) = self.overlay.panel_mut() else { return false };
        action == Action::EraseCharacter
            && panel.closes_on_empty_erase()
            && panel.input().is_some_and(|it| it.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use crate::tui::tests::TestApp;

    #[test]
    fn every_prompt_is_edited_in_the_middle() {
        for (keys, line) in [
            ("/fery left r", "/ferry  "),
            ("/ferry left left delete backspace a", "/feay  "),
            ("/the space ferry ctrl-left last space", "/the last ferry  "),
            ("/ferry home x end y", "/xferryy  "),
            ("s lee left left left b", "blee"),
            (":the left left left", ":the"),
            (":the left left left o", ":othe"),
            ("] q ! mg left o", "mog"),
        ] {
            let screen = TestApp::new().press(keys).screen();
            assert!(screen.contains(line), "{keys}\n{screen}");
        }
    }

    #[test]
    fn a_cursor_that_only_moves_keeps_what_is_selected() {
        let before = TestApp::new().press(":the down down");
        let after = TestApp::new().press(":the down down left right");
        assert_eq!(before.screen(), after.screen());
    }
}
