//! Correction commands: the user sets the speaker of a quote, or rejects the quote. Corrections apply at once.

use pullquote::analysis::Quote;
use pullquote::correction::{Correction, Verdict};

use crate::storage::Change;
use crate::tui::app::App;
use crate::tui::input::action::Action;
use crate::tui::open_story::OpenStory;
use crate::tui::open_story::list::ListRow;
use crate::tui::open_story::side_pane::Tab;
use crate::tui::overlay::Overlay;
use crate::tui::overlay::explanation::ExplanationPanel;
use crate::tui::overlay::speaker_picker::{SpeakerChoice, SpeakerPicker};

impl App {
    /// Opens the speaker picker for the quote at the cursor.
    pub(crate) fn open_speaker_picker(&mut self) {
        let from_why = matches!(self.overlay, Overlay::Explanation(_));
        let reading = self.current_story();
        let Some(findings) = reading.findings() else { return self.notify("Still analysing…") };
        let quote = self.focused_quote().and_then(|it| findings.quote(it));
        let rejected =
            || reading.rejected_quote_at_cursor().and_then(|it| findings.analysis.rejected.get(it));
        let mut picker = match quote {
            Some(quote) => SpeakerPicker::new(quote.clone(), false, findings),
            None => match rejected() {
                Some(rejected) => SpeakerPicker::new(rejected.clone(), true, findings),
                None => return self.notify("Move to a quote first"),
            },
        };
        picker.from_explanation = from_why;
        self.overlay = Overlay::SpeakerPicker(picker);
    }

    pub(crate) fn update_speaker_picker(&mut self, action: Action) {
        let page = self.list_height();
        let Overlay::SpeakerPicker(mut picker) = std::mem::replace(&mut self.overlay, Overlay::None) else {
            return;
        };
        let next = if picker.from_explanation {
            Overlay::Explanation(ExplanationPanel::default())
        } else {
            Overlay::None
        };
        let Some(findings) = self.current_story().findings() else { return };
        picker.selected.apply_cyclic(action, page, picker.choices(findings).len());
        match action {
            Action::Cancel => {
                self.overlay = next;
                return;
            }
            Action::Accept => {
                if let Some(choice) = picker.choices(findings).get(picker.selected.item()).cloned() {
                    self.overlay = next;
                    return self.apply_correction(&picker.quote, choice);
                }
            }
            _ => {}
        }
        self.overlay = Overlay::SpeakerPicker(picker);
    }

    /// Applies and records the user's choice for a quote.
    fn apply_correction(&mut self, quote: &Quote, choice: SpeakerChoice) {
        let current = self.current;
        let reading = self.current_story();
        let verdict = match choice {
            SpeakerChoice::Entity(entity) => match reading.findings().and_then(|it| it.entity(entity)) {
                Some(entity) => Some(Verdict::Said(entity.name.clone())),
                None => return,
            },
            SpeakerChoice::NewName(name) => Some(Verdict::Said(name)),
            SpeakerChoice::Unknown => Some(Verdict::UnknownSpeaker),
            SpeakerChoice::NotAQuote => Some(Verdict::NotAQuote),
            SpeakerChoice::UndoCorrection => None,
        };
        let key = self.help.key(Action::Correct);
        let message = match &verdict {
            Some(Verdict::Said(name)) => format!("Speaker set to {name} ({key} to undo)"),
            Some(Verdict::UnknownSpeaker) => format!("Speaker set to unknown ({key} to undo)"),
            Some(Verdict::NotAQuote) => format!("Marked as not a quote ({key} to undo)"),
            None => "Correction undone".to_string(),
        };
        let added = verdict.map(|it| Correction::new(quote, it));
        let dropped = self.current_story_mut().set_correction(quote, added.clone());
        self.changes.push((current, Change::Corrected { removed: dropped, added }));
        self.notify(&message);
        self.sync_panes();
        if matches!(self.overlay, Overlay::Explanation(_)) && self.focused_quote().is_none() {
            self.overlay = Overlay::None;
        }
    }
}

impl OpenStory {
    /// Replaces all corrections of a quote by `made`; `None` removes them. The quote stays selected. Returns the
    /// removed corrections.
    fn set_correction(&mut self, quote: &Quote, added: Option<Correction>) -> Vec<Correction> {
        let dropped = self.corrections_of(quote);
        self.saved.corrections.retain(|it| !dropped.contains(it));
        self.saved.corrections.extend(added);
        self.reapply_corrections();
        let same = |it: &Quote| it.parts == quote.parts;
        let analysis = self.findings().map(|it| &it.analysis);
        let number = analysis.and_then(|it| it.quotes.iter().position(same));
        let rejected = analysis.and_then(|it| it.rejected.iter().position(same));
        self.viewport.select_quote(number);
        if let Some(line) = number.map(ListRow::Quote).or(rejected.map(ListRow::RejectedQuote)) {
            self.side_pane.select(Tab::Quotes, line);
        }
        dropped
    }
}
