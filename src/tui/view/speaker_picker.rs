//! The speaker picker, in the area of the side pane.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::tui::open_story::findings::Findings;
use crate::tui::overlay::speaker_picker::{SpeakerChoice, SpeakerPicker};
use crate::tui::style::symbols::REJECTED;
use crate::tui::view::{RootView, draw_text, draw_text_right, skip_columns};

impl RootView<'_> {
    pub(crate) fn draw_speaker_picker(&self, picker: &SpeakerPicker, buf: &mut Buffer) {
        let Some(findings) = self.app.current_story().findings() else { return };
        let head = self.app.panes.tabs();
        let taken = draw_text("Who said this? ", head, self.theme.tab.0, buf) + 1;
        self.draw_text_input(&picker.input, skip_columns(head, taken), buf);
        let list = self.app.panes.list();
        let choices = picker.choices(findings);
        let rows = picker.visible_rows(&choices, usize::from(list.height));
        for (number, row) in rows.into_iter().zip(list.rows()) {
            let Some((number, choice)) = number.and_then(|it| Some((it, choices.get(it)?))) else { continue };
            let row = Rect { width: row.width.saturating_sub(1), ..row };
            let chosen = number == picker.selected.item();
            draw_text(if chosen { "▸" } else { " " }, skip_columns(row, 2), self.theme.key.0, buf);
            self.draw_speaker_choice(choice, picker, findings, skip_columns(row, 4), buf);
            if chosen {
                self.highlight_row(row, buf);
            }
        }
    }

    /// `1 Ann Lee · Mayor   (current)`
    fn draw_speaker_choice(
        &self,
        choice: &SpeakerChoice,
        picker: &SpeakerPicker,
        findings: &Findings,
        row: Rect,
        buf: &mut Buffer,
    ) {
        let entity = match choice {
            SpeakerChoice::Entity(number) => *number,
            SpeakerChoice::NewName(name) => {
                let rest = draw_text_right("new speaker", row, self.theme.secondary.0, buf);
                draw_text(&format!("  “{name}”"), rest, self.theme.text.0, buf);
                return;
            }
            other => {
                let symbol = match other {
                    SpeakerChoice::Unknown => "?",
                    SpeakerChoice::NotAQuote => REJECTED,
                    _ => " ",
                };
                draw_text(symbol, row, self.theme.secondary.0, buf);
                draw_text(other.label().unwrap_or_default(), skip_columns(row, 2), self.theme.text.0, buf);
                return;
            }
        };
        let now = if picker.quote.speaker == Some(entity) { "(current)" } else { "" };
        let rest = draw_text_right(now, row, self.theme.secondary.0, buf);
        let rest = Rect { width: rest.width.saturating_sub(1), ..rest };
        let speaker = findings.speaker_of_entity(entity);
        let label = speaker.map_or(" ".into(), |it| findings.speakers[it].label());
        let hue = speaker.map_or(self.theme.text.0, |it| self.speaker_style(it, findings));
        let taken = draw_text(&format!("{label} "), rest, hue, buf);
        let Some(candidate) = findings.entity(entity) else { return };
        let rest = skip_columns(rest, taken);
        let rest = skip_columns(rest, draw_text(&candidate.name, rest, self.theme.text.0, buf));
        if let Some(role) = candidate.roles.first()
            && rest.width > 8
        {
            draw_text(&format!(" · {role}"), rest, self.theme.secondary.0, buf);
        }
    }
}
