//! Commands that say whose quotes are read, and which: the picker, one speaker alone, what becomes of the others.

use pullquote::analysis::QuoteKind;

use crate::tui::app::{App, Focus, Open};
use crate::tui::input::action::Action;
use crate::tui::open_story::filter::{Filter, Term};
use crate::tui::open_story::list::Line;
use crate::tui::overlay::filter_panel::Picker;
use crate::tui::text::fuzzy::ranked;

impl App {
    pub(crate) fn pick_speakers(&mut self) {
        let Some(findings) = self.reading().findings() else { return };
        if findings.speakers.is_empty() {
            return self.say("nobody is quoted in this story");
        }
        let chosen = self.speaker_here().unwrap_or(0);
        let before = self.reading().filter.clone();
        self.open = Open::Picker(Picker { chosen, before, ..Picker::default() });
    }

    pub(crate) fn in_picker(&mut self, action: Action) {
        let page = self.height().max(1).cast_signed();
        let Self { open: Open::Picker(picker), .. } = self else { return };
        let mut picker = std::mem::take(picker);
        let Some(findings) = self.reading().findings() else { return };
        let term = picker.term(findings);
        match action {
            Action::Forward => picker.move_by(1, findings),
            Action::Back => picker.move_by(-1, findings),
            Action::PageForward => picker.move_by(page, findings),
            Action::PageBack => picker.move_by(-page, findings),
            Action::ToStart => picker.move_by(isize::MIN, findings),
            Action::ToEnd => picker.move_by(isize::MAX, findings),
            Action::Toggle => {
                if let Some(term) = term {
                    picker.touched = true;
                    self.sift(|filter| filter.turn(term));
                }
            }
            Action::Accept => {
                self.open = Open::Nothing;
                // Enter on a row alone lets that in: one key for the commonest wish.
                if let (Some(term), false) = (term, picker.touched) {
                    self.sift(|filter| filter.only(term));
                }
                return;
            }
            Action::Cancel => {
                self.open = Open::Nothing;
                return self.sift(|filter| *filter = picker.before);
            }
            Action::Erase | Action::EraseWord | Action::EraseAll => {
                erase(&mut picker.typed, action);
                picker.retyped();
            }
            _ => {}
        }
        self.open = Open::Picker(picker);
    }

    pub(crate) fn only_speaker(&mut self) {
        let reading = self.reading();
        if let Some(alone) = reading.filter.only_speaker().filter(|_| !reading.filter.off) {
            return self.sift(|filter| filter.drop_like(alone));
        }
        let speaker = self.speaker_here().and_then(|it| reading.findings()?.speakers.get(it));
        let Some(term) = speaker.map(|it| Term::Speaker(it.entity)) else {
            return self.say("nobody speaks here");
        };
        self.only_or_all(term);
    }

    pub(crate) fn only_doubtful(&mut self) {
        self.only_or_all(Term::Sure(false));
    }

    /// One term alone of its sort; again: all of that sort.
    fn only_or_all(&mut self, term: Term) {
        self.sift(|filter| {
            if filter.is_only(term) && !filter.off { filter.drop_like(term) } else { filter.only(term) }
        });
    }

    /// From all kinds of quotes to each alone, and to all again.
    pub(crate) fn cycle_kinds(&mut self) {
        use QuoteKind::{Direct, Indirect, Mixed};
        self.sift(|filter| {
            let only = [Direct, Mixed, Indirect].into_iter().find(|it| filter.is_only(Term::Kind(*it)));
            match only.filter(|_| !filter.off) {
                None => filter.only(Term::Kind(Direct)),
                Some(Direct) => filter.only(Term::Kind(Mixed)),
                Some(Mixed) => filter.only(Term::Kind(Indirect)),
                Some(Indirect) => filter.drop_like(Term::Kind(Indirect)),
            }
        });
    }

    pub(crate) fn cycle_filter(&mut self) {
        self.sift(|filter| filter.way = filter.way.next());
        if self.reading().filter.terms.is_empty() {
            let way = self.reading().filter.way.word();
            self.say(&format!("what a filter does not let through is {way} from now on"));
        }
    }

    pub(crate) fn switch_filter(&mut self) {
        if self.reading().filter.terms.is_empty() {
            return self.say("nothing is filtered");
        }
        self.sift(|filter| filter.off = !filter.off);
    }

    /// The speaker alone whose name is the nearest to what is typed.
    pub(crate) fn only_called(&mut self, typed: &str) {
        let Some(findings) = self.reading().findings() else {
            return self.say("the quotes are not known yet");
        };
        let names = (0..findings.speakers.len()).map(|it| findings.name(it));
        let term = ranked(typed, names).first().map(|it| Term::Speaker(findings.speakers[*it].entity));
        match term {
            Some(term) => self.sift(|filter| filter.only(term)),
            None => self.say(&format!("nobody called “{typed}” speaks in this story")),
        }
    }

    /// Changes the filter; the place is kept, both panes go along.
    fn sift(&mut self, change: impl FnOnce(&mut Filter)) {
        let reading = self.reading_mut();
        change(&mut reading.filter);
        reading.refilter();
        if reading.filter.is_active() && reading.quotes.is_empty() {
            self.say("the filter lets no quote through");
        }
        self.follow();
    }

    /// The speaker of what is chosen, or of where the reader stands.
    pub(crate) fn speaker_here(&self) -> Option<usize> {
        let reading = self.reading();
        let findings = reading.findings()?;
        match (self.focus, reading.side.chosen()) {
            (Focus::Findings, Some(Line::Quote(quote))) => findings.speaker_of(quote),
            (Focus::Findings, Some(Line::Entity(entity) | Line::Mention(entity, _))) => {
                findings.speaker(entity)
            }
            (Focus::Findings, Some(Line::Nobody)) => {
                findings.speakers.iter().position(|it| it.entity.is_none())
            }
            (Focus::Findings, _) => None,
            (Focus::Story, _) => {
                let named = reading.entity().and_then(|it| findings.speaker(it));
                reading
                    .quote()
                    .and_then(|it| findings.speaker_of(it))
                    .or(named)
                    .or_else(|| reading.near_speaker())
            }
        }
    }
}

/// Erases the last sign, the last word or all of a typed line.
pub(crate) fn erase(line: &mut String, action: Action) {
    match action {
        Action::Erase => {
            line.pop();
        }
        Action::EraseWord => {
            let words = line.trim_end();
            let kept = words.rfind(' ').map_or(0, |blank| blank + 1);
            line.truncate(kept);
        }
        _ => line.clear(),
    }
}
