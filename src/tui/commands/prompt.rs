//! Text typed into the prompt that is open.

use crate::tui::app::{App, Overlay};

impl App {
    /// Changes the line that is being typed; a search goes along with every sign.
    pub(crate) fn edit_input(&mut self, change: impl FnOnce(&mut String)) {
        self.notice = None;
        match &mut self.overlay {
            Overlay::Search(seeking) => {
                change(&mut seeking.query.text);
                self.run_search();
            }
            Overlay::FilterPanel(picker) => {
                change(&mut picker.input);
                picker.input_changed();
            }
            Overlay::SpeakerPicker(_) => self.edit_speaker_picker_input(change),
            Overlay::Picker(chooser) => {
                change(&mut chooser.input);
                chooser.input_changed();
            }
            _ => {}
        }
    }
}
