//! Commands by which the reader says who said a quote, or that it is none; his word holds at once.

use pullquote::analysis::Quote;
use pullquote::correction::{Correction, Verdict};

use crate::storage::Change;
use crate::tui::app::{App, Open};
use crate::tui::commands::filter::erase;
use crate::tui::input::action::Action;
use crate::tui::open_story::Reading;
use crate::tui::open_story::list::Line;
use crate::tui::open_story::side_pane::Tab;
use crate::tui::overlay::speaker_picker::{Choice, Whom};

impl App {
    /// Opens the list over the quote where the reader stands.
    pub(crate) fn correct(&mut self) {
        let from_why = matches!(self.open, Open::Why(_));
        let reading = self.reading();
        let Some(findings) = reading.findings() else { return self.say("the quotes are not known yet") };
        let quote = self.quote_here().and_then(|it| findings.quote(it));
        let struck = || reading.struck_here().and_then(|it| findings.analysis.struck.get(it));
        let mut whom = match quote {
            Some(quote) => Whom::over(quote.clone(), false, findings),
            None => match struck() {
                Some(struck) => Whom::over(struck.clone(), true, findings),
                None => return self.say("stand on a quote to correct it"),
            },
        };
        whom.from_why = from_why;
        self.open = Open::Whom(whom);
    }

    pub(crate) fn in_whom(&mut self, action: Action) {
        let page = self.list_height().max(1).cast_signed();
        let Open::Whom(mut whom) = std::mem::replace(&mut self.open, Open::Nothing) else {
            return;
        };
        let left = if whom.from_why { Open::Why(0) } else { Open::Nothing };
        let Some(findings) = self.reading().findings() else { return };
        match action {
            Action::Forward => whom.move_by(1, findings),
            Action::Back => whom.move_by(-1, findings),
            Action::PageForward => whom.move_by(page, findings),
            Action::PageBack => whom.move_by(-page, findings),
            Action::ToStart => whom.move_by(isize::MIN, findings),
            Action::ToEnd => whom.move_by(isize::MAX, findings),
            Action::Erase | Action::EraseWord | Action::EraseAll => {
                erase(&mut whom.typed, action);
                whom.retyped(findings);
            }
            Action::Cancel => {
                self.open = left;
                return;
            }
            Action::Accept => {
                if let Some(choice) = whom.choices(findings).get(whom.chosen).cloned() {
                    self.open = left;
                    return self.take_word(&whom.quote, choice);
                }
            }
            _ => {}
        }
        self.open = Open::Whom(whom);
    }

    pub(crate) fn retype_whom(&mut self, change: impl FnOnce(&mut String)) {
        let Open::Whom(mut whom) = std::mem::replace(&mut self.open, Open::Nothing) else { return };
        change(&mut whom.typed);
        if let Some(findings) = self.reading().findings() {
            whom.retyped(findings);
        }
        self.open = Open::Whom(whom);
    }

    /// Takes the reader's word on a quote.
    fn take_word(&mut self, quote: &Quote, choice: Choice) {
        let current = self.current;
        let reading = self.reading_mut();
        let verdict = match choice {
            Choice::Entity(entity) => match reading.findings().and_then(|it| it.entity(entity)) {
                Some(entity) => Some(Verdict::Said(entity.name.clone())),
                None => return,
            },
            Choice::New(name) => Some(Verdict::Said(name)),
            Choice::Nobody => Some(Verdict::Nobody),
            Choice::NotAQuote => Some(Verdict::NotAQuote),
            Choice::AsFound => None,
        };
        let said = match &verdict {
            Some(Verdict::Said(name)) => format!("noted: {name} said it"),
            Some(Verdict::Nobody) => "noted: nobody knows who said it".to_string(),
            Some(Verdict::NotAQuote) => "noted: no quote; the same key here brings it back".to_string(),
            None => "the quote is as it was found".to_string(),
        };
        let made = verdict.map(|it| Correction::of(quote, it));
        let dropped = reading.correct(quote, made.clone());
        self.changes.push((current, Change::Corrected { dropped, made }));
        self.say(&said);
        self.follow();
        if matches!(self.open, Open::Why(_)) && self.quote_here().is_none() {
            self.open = Open::Nothing;
        }
    }
}

impl Reading {
    /// Sets the reader's word on a quote in the place of his earlier ones, or drops them; stays with the quote. Answers
    /// what he says no longer.
    fn correct(&mut self, quote: &Quote, made: Option<Correction>) -> Vec<Correction> {
        let dropped = self.corrections_of(quote);
        self.kept.corrections.retain(|it| !dropped.contains(it));
        self.kept.corrections.extend(made);
        self.recorrect();
        let same = |it: &Quote| it.parts == quote.parts;
        let analysis = self.findings().map(|it| &it.analysis);
        let number = analysis.and_then(|it| it.quotes.iter().position(same));
        let struck = analysis.and_then(|it| it.struck.iter().position(same));
        self.stand.on_quote(number);
        if let Some(line) = number.map(Line::Quote).or(struck.map(Line::Struck)) {
            self.side.choose(Tab::Quotes, line);
        }
        dropped
    }
}
