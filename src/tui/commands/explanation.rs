//! Commands of the panel that explains an attribution.

use crate::tui::app::{App, Effect, Focus};
use crate::tui::input::action::Action;
use crate::tui::layout::list_selection::{row_delta, top_row_after_scroll};
use crate::tui::open_story::list::ListRow;
use crate::tui::overlay::Overlay;
use crate::tui::overlay::explanation::{ExplanationPanel, ExplanationRow, explain, wrap_rows};

impl App {
    /// The quote that is selected in the side pane, or the quote at the cursor.
    pub(crate) fn focused_quote(&self) -> Option<usize> {
        let reading = self.current_story();
        match (self.focus, reading.side_pane.selected()) {
            (Focus::SidePane, Some(ListRow::Quote(quote))) => Some(quote),
            (Focus::SidePane, Some(ListRow::RejectedQuote(_))) => None,
            _ => reading.quote_at_cursor(),
        }
    }

    /// Opens the panel for the focused quote.
    pub(crate) fn open_explanation(&mut self) {
        if self.focused_quote().is_some() {
            self.overlay = Overlay::Explanation(ExplanationPanel::default());
        } else if self.current_story().findings().is_none() {
            self.notify("Still analysing…");
        } else if self.current_story().rejected_quote_at_cursor().is_some() {
            self.notify("You marked this as not a quote");
        } else {
            self.notify("Move to a quote first");
        }
    }

    pub(crate) fn update_explanation(&mut self, action: Action, count: Option<usize>) -> Effect {
        let page = usize::from(self.panes.side.height);
        let rows = wrap_rows(&self.explanation_rows(), usize::from(self.panes.panel().width)).len();
        let height = usize::from(self.panes.panel().height);
        match action {
            Action::Cancel => self.overlay = Overlay::None,
            Action::Correct => self.open_speaker_picker(),
            Action::NextQuote | Action::PreviousQuote if self.focus == Focus::SidePane => {
                self.overlay = Overlay::Explanation(ExplanationPanel::default());
                self.move_cursor(if action == Action::NextQuote { 1 } else { -1 });
            }
            Action::NextQuote
            | Action::PreviousQuote
            | Action::NextBySpeaker
            | Action::PreviousBySpeaker
            | Action::Copy => {
                self.overlay = Overlay::Explanation(ExplanationPanel::default());
                return self.update_page(action, count);
            }
            _ => {
                if let (Some(by), Overlay::Explanation(panel)) = (row_delta(action, page), &mut self.overlay)
                {
                    panel.top = top_row_after_scroll(panel.top, by, rows, height);
                }
            }
        }
        Effect::None
    }

    /// The rows of the panel.
    pub(crate) fn explanation_rows(&self) -> Vec<ExplanationRow> {
        self.focused_quote().map_or(Vec::new(), |it| explain(self.current_story(), it))
    }
}
