//! Commands that say whose quotes are read: the picker, one speaker alone, what becomes of the others.

use super::action::Action;
use super::app::{App, Focus, Open};
use super::picker::Picker;
use super::side::Line;

impl App {
    pub(super) fn pick_speakers(&mut self) {
        let Some(findings) = self.reading().findings() else {
            return self.say("the quotes are not known yet");
        };
        if findings.speakers.is_empty() {
            return self.say("nobody is quoted in this story");
        }
        let picked = self.reading().filter.speakers.clone();
        let chosen = self.speaker_here().unwrap_or(0);
        self.open = Open::Picker(Picker { chosen, picked, ..Picker::default() });
    }

    pub(super) fn in_picker(&mut self, action: Action) {
        let page = self.height().max(1).cast_signed();
        let Self { open: Open::Picker(picker), .. } = self else { return };
        let mut picker = std::mem::take(picker);
        let Some(findings) = self.reading().findings() else { return };
        match action {
            Action::Forward => picker.move_by(1, findings),
            Action::Back => picker.move_by(-1, findings),
            Action::PageForward => picker.move_by(page, findings),
            Action::PageBack => picker.move_by(-page, findings),
            Action::ToStart => picker.move_by(isize::MIN, findings),
            Action::ToEnd => picker.move_by(isize::MAX, findings),
            Action::Toggle => picker.toggle(findings),
            Action::Accept => {
                // Enter on a row alone picks it: one key for the commonest wish.
                if picker.picked.is_empty() {
                    picker.toggle(findings);
                }
                self.open = Open::Nothing;
                let filter = &mut self.reading_mut().filter;
                filter.speakers = picker.picked;
                filter.off = false;
                return self.refilter();
            }
            Action::Cancel => {
                self.open = Open::Nothing;
                return;
            }
            Action::Erase | Action::EraseWord | Action::EraseAll => {
                erase(&mut picker.typed, action);
                picker.retyped();
            }
            _ => {}
        }
        self.open = Open::Picker(picker);
    }

    pub(super) fn only_speaker(&mut self) {
        let Some(speaker) = self.speaker_here() else { return self.say("nobody speaks here") };
        let filter = &mut self.reading_mut().filter;
        let alone = filter.speakers.len() == 1 && filter.speakers.contains(&speaker) && !filter.off;
        filter.speakers.clear();
        filter.off = false;
        if !alone {
            filter.speakers.insert(speaker);
        }
        self.refilter();
    }

    pub(super) fn cycle_filter(&mut self) {
        let filter = &mut self.reading_mut().filter;
        filter.way = filter.way.next();
        let nobody = filter.speakers.is_empty();
        self.refilter();
        if nobody {
            self.say("nobody is picked yet");
        }
    }

    pub(super) fn switch_filter(&mut self) {
        let filter = &mut self.reading_mut().filter;
        if filter.speakers.is_empty() {
            return self.say("nobody is picked yet");
        }
        filter.off = !filter.off;
        self.refilter();
    }

    fn refilter(&mut self) {
        self.reading_mut().refilter();
        self.follow();
    }

    /// The speaker of what is chosen, or of where the reader stands.
    fn speaker_here(&self) -> Option<usize> {
        let reading = self.reading();
        let findings = reading.findings()?;
        match (self.focus, reading.side.chosen()) {
            (Focus::Findings, Some(Line::Quote(quote))) => findings.speaker_of(quote),
            (Focus::Findings, Some(Line::Entity(entity))) => findings.speaker(entity),
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
pub(super) fn erase(line: &mut String, action: Action) {
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
