//! The list from which it is picked whose quotes are read, and which, in the place of the side pane.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::tui::input::action::Action;
use crate::tui::input::keymap::Room;
use crate::tui::open_story::filter::{Sense, Term};
use crate::tui::open_story::findings::Findings;
use crate::tui::overlay::filter_panel::{Picker, list};
use crate::tui::style::symbols::{DOUBT, shape};
use crate::tui::view::{Screen, after, put, put_right};

impl Screen<'_> {
    pub(crate) fn picker(&self, picker: &Picker, area: Rect, buf: &mut Buffer) {
        let reading = self.app.reading();
        let Some(findings) = reading.findings() else { return };
        let mut rows = after(area, 2).rows().map(|it| Rect { width: it.width.saturating_sub(1), ..it });
        if let Some(row) = rows.next() {
            let taken = put("Which quotes? ", row, self.theme.tab.0, buf);
            let rest = after(row, taken + 1);
            let taken = put(&picker.typed, rest, self.theme.text.0, buf);
            put(" ", after(rest, taken), self.theme.chosen.0, buf);
        }
        if area.height > 4
            && let Some(row) = rows.next()
        {
            let through = format!("{} of {}", reading.quotes.len(), findings.analysis.quotes.len());
            let rest = put_right(&through, row, self.theme.faint.0, buf);
            let rest = Rect { width: rest.width.saturating_sub(1), ..rest };
            let taken = put(&self.keymap.key_in(Action::Toggle, Room::Picker), rest, self.theme.key.0, buf);
            put(" [+] in  [-] out", after(rest, taken), self.theme.faint.0, buf);
        }
        let list = list(area);
        let rows = after(list, 2).rows().map(|it| Rect { width: it.width.saturating_sub(1), ..it });
        let terms = picker.matching(findings);
        if terms.is_empty() {
            if let Some(row) = rows.into_iter().next() {
                put("Nobody is called that.", row, self.theme.faint.0, buf);
            }
            return;
        }
        for (number, row) in picker.window(&terms, usize::from(list.height)).into_iter().zip(rows) {
            let Some(number) = number else { continue };
            let chosen = number == picker.chosen;
            self.term(terms[number], findings, chosen, row, buf);
            if chosen {
                self.choose(row, buf);
            }
        }
    }

    /// `▸ [+] 1 John Kerry   4`
    fn term(&self, term: Term, findings: &Findings, chosen: bool, row: Rect, buf: &mut Buffer) {
        let quotes = findings.analysis.quotes.iter().filter(|it| term.meets(findings, it)).count();
        let rest = put_right(&quotes.to_string(), row, self.theme.faint.0, buf);
        let rest = Rect { width: rest.width.saturating_sub(1), ..rest };
        let sense = self.app.reading().filter.terms.get(&term).copied();
        let (label, hue) = match term {
            Term::Speaker(entity) => {
                let speaker = findings.speakers.iter().position(|it| it.entity == entity);
                let label = speaker.map_or(String::new(), |it| findings.speakers[it].label());
                (label, speaker.map_or(Style::new(), |it| self.hue(it, findings)))
            }
            Term::Kind(kind) => (shape(kind).to_string(), self.theme.text.0),
            Term::Sure(sure) => (if sure { " " } else { DOUBT }.to_string(), self.theme.text.0),
        };
        let wide = if findings.speakers.len() > 9 { 2 } else { 1 };
        let inks = [
            (if chosen { "▸ " } else { "  " }.to_string(), self.theme.key.0),
            (format!("{} ", Sense::sign(sense)), self.theme.key.0),
            (format!("{label:>wide$} "), hue),
            (term.name(findings).to_string(), self.theme.text.0),
        ];
        inks.iter().fold(rest, |rest, (words, ink)| {
            let taken = put(words, rest, *ink, buf);
            after(rest, taken)
        });
    }
}
