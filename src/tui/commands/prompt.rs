//! Text typed into the prompt that is open.

use crate::tui::app::{App, Overlay};
use crate::tui::overlay::text_input::TextInput;

impl App {
    /// Edits the input of the open prompt. `edit` returns whether it has changed the text; a changed text is searched for
    /// at once.
    pub(crate) fn edit_input(&mut self, edit: impl FnOnce(&mut TextInput) -> bool) {
        self.notice = None;
        match &mut self.overlay {
            Overlay::Search(prompt) => {
                if edit(&mut prompt.input) {
                    self.run_search();
                }
            }
            Overlay::FilterPanel(panel) => {
                if edit(&mut panel.input) {
                    panel.input_changed();
                }
            }
            Overlay::SpeakerPicker(_) => self.edit_speaker_picker_input(edit),
            Overlay::Picker(picker) => {
                if edit(&mut picker.input) {
                    picker.input_changed();
                }
            }
            _ => {}
        }
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
