//! The list from which the reader says who said a quote, in the place of the side pane.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::tui::open_story::findings::Findings;
use crate::tui::overlay::speaker_picker::{Choice, Whom};
use crate::tui::style::symbols::STRUCK;
use crate::tui::view::{Screen, after, put, put_right};

impl Screen<'_> {
    pub(crate) fn whom(&self, whom: &Whom, buf: &mut Buffer) {
        let Some(findings) = self.app.reading().findings() else { return };
        let head = self.app.panes.tabs();
        let taken = put("Who said it? ", head, self.theme.tab.0, buf) + 1;
        let taken = taken + put(&whom.typed, after(head, taken), self.theme.text.0, buf);
        put(
            " ",
            Rect { width: 1.min(after(head, taken).width), ..after(head, taken) },
            self.theme.chosen.0,
            buf,
        );
        let list = self.app.panes.list();
        let choices = whom.choices(findings);
        let rows = whom.rows(&choices, usize::from(list.height));
        for (number, row) in rows.into_iter().zip(list.rows()) {
            let Some((number, choice)) = number.and_then(|it| Some((it, choices.get(it)?))) else { continue };
            let row = Rect { width: row.width.saturating_sub(1), ..row };
            let chosen = number == whom.chosen;
            put(if chosen { "▸" } else { " " }, after(row, 2), self.theme.key.0, buf);
            self.choice(choice, whom, findings, after(row, 4), buf);
            if chosen {
                self.choose(row, buf);
            }
        }
    }

    /// `1 Ann Lee · Mayor   now`
    fn choice(&self, choice: &Choice, whom: &Whom, findings: &Findings, row: Rect, buf: &mut Buffer) {
        let entity = match choice {
            Choice::Entity(number) => *number,
            Choice::New(name) => {
                let rest = put_right("a new name", row, self.theme.faint.0, buf);
                put(&format!("  “{name}”"), rest, self.theme.text.0, buf);
                return;
            }
            other => {
                let sign = match other {
                    Choice::Nobody => "?",
                    Choice::NotAQuote => STRUCK,
                    _ => " ",
                };
                put(sign, row, self.theme.faint.0, buf);
                put(other.words().unwrap_or_default(), after(row, 2), self.theme.text.0, buf);
                return;
            }
        };
        let now = if whom.quote.speaker == Some(entity) { "now" } else { "" };
        let rest = put_right(now, row, self.theme.faint.0, buf);
        let rest = Rect { width: rest.width.saturating_sub(1), ..rest };
        let speaker = findings.speaker(entity);
        let label = speaker.map_or(" ".into(), |it| findings.speakers[it].label());
        let hue = speaker.map_or(self.theme.text.0, |it| self.hue(it, findings));
        let taken = put(&format!("{label} "), rest, hue, buf);
        let Some(known) = findings.entity(entity) else { return };
        let rest = after(rest, taken);
        let rest = after(rest, put(&known.name, rest, self.theme.text.0, buf));
        if let Some(role) = known.roles.first()
            && rest.width > 8
        {
            put(&format!(" · {role}"), rest, self.theme.faint.0, buf);
        }
    }
}
