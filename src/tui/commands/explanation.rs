//! The panel that says why a quote is somebody's, while it is open; other quotes can be walked to under it.

use crate::tui::app::{App, Effect, Focus, Open};
use crate::tui::input::action::Action;
use crate::tui::open_story::list::Line;
use crate::tui::overlay::explanation::{Fact, laid, why};

impl App {
    /// The quote that is chosen, or where the reader stands.
    pub(crate) fn quote_here(&self) -> Option<usize> {
        let reading = self.reading();
        match (self.focus, reading.side.chosen()) {
            (Focus::Findings, Some(Line::Quote(quote))) => Some(quote),
            (Focus::Findings, Some(Line::Struck(_))) => None,
            _ => reading.quote(),
        }
    }

    /// Opens the panel over the quote where the reader stands.
    pub(crate) fn ask(&mut self) {
        if self.quote_here().is_some() {
            self.open = Open::Why(0);
        } else if self.reading().findings().is_none() {
            self.say("the quotes are not known yet");
        } else if self.reading().struck_here().is_some() {
            self.say("you say that this is no quote");
        } else {
            self.say("stand on a quote to see whose it is, and why");
        }
    }

    pub(crate) fn in_why(&mut self, action: Action, top: usize, count: Option<usize>) -> Effect {
        let page = usize::from(self.panes.side.height).max(1);
        let rows = laid(&self.facts(), usize::from(self.panes.panel().width)).len();
        let last = rows.saturating_sub(usize::from(self.panes.panel().height));
        match action {
            Action::PageForward => self.open = Open::Why((top + page).min(last)),
            Action::PageBack => self.open = Open::Why(top.saturating_sub(page)),
            Action::Cancel => self.open = Open::Nothing,
            Action::Correct => self.correct(),
            Action::NextQuote | Action::PreviousQuote if self.focus == Focus::Findings => {
                self.open = Open::Why(0);
                self.step(if action == Action::NextQuote { 1 } else { -1 });
            }
            Action::NextQuote
            | Action::PreviousQuote
            | Action::NextBySame
            | Action::PreviousBySame
            | Action::Copy => {
                self.open = Open::Why(0);
                return self.on_page(action, count);
            }
            _ => {}
        }
        Effect::None
    }

    /// What the panel says.
    pub(crate) fn facts(&self) -> Vec<Fact> {
        self.quote_here().map_or(Vec::new(), |it| why(self.reading(), it))
    }
}
