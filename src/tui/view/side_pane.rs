//! The side pane: tabs, quotes grouped by speaker, tables of people, organisations and places.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use crate::tui::app::Focus;
use crate::tui::input::action::Action;
use crate::tui::input::keymap::Room;
use crate::tui::open_story::Found;
use crate::tui::open_story::findings::Findings;
use crate::tui::open_story::list::{Folds, Line};
use crate::tui::open_story::side_columns::INDENT;
use crate::tui::style::symbols::STRUCK;
use crate::tui::view::{Screen, after, put};

impl Screen<'_> {
    pub(crate) fn findings(&self, buf: &mut Buffer) {
        let reading = self.app.reading();
        let (tabs, list) = (self.app.panes.tabs(), self.app.panes.list());
        for (tab, label, area) in reading.side.labels(tabs, reading.findings().is_some()) {
            let style = if tab == reading.side.tab { self.theme.tab.0 } else { self.theme.faint.0 };
            put(&label, area, style, buf);
        }
        let findings = match &reading.found {
            Found::Here(findings) => findings,
            Found::Awaited => return self.explain("reading…", list, buf),
            Found::Failed => {
                return self.explain(
                    "The findings of this story are lost: the engine broke down.",
                    list,
                    buf,
                );
            }
        };
        let (open, height) = (reading.side.open(), usize::from(list.height));
        let lines = open.lines();
        if lines.is_empty() {
            let tab = reading.side.tab;
            let words =
                if reading.side.totals[tab as usize] == 0 { tab.nothing() } else { &self.nothing_passes() };
            return self.explain(words, list, buf);
        }
        let first = open.first_row(height);
        for (number, line) in lines.iter().enumerate().skip(first).take(height) {
            let y = list.y + (number - first) as u16;
            let rows = if lines.get(number + 1) == Some(&Line::Rest) { 2 } else { 1 };
            // A blank at the right keeps words off the screen's edge.
            let width = list.width.saturating_sub(1);
            let area = Rect { y, width, height: rows.min(list.bottom() - y), ..list };
            let chosen = line.is_item() && number == open.chosen_row();
            self.line(*line, findings, chosen, area, buf);
            if chosen && self.app.focus == Focus::Findings {
                area.rows().for_each(|row| self.choose(row, buf));
            }
        }
    }

    /// Marks a whole row as chosen: in one colour, so that reversed it is of one piece.
    pub(crate) fn choose(&self, row: Rect, buf: &mut Buffer) {
        let Style { fg, bg, .. } = self.theme.text.0;
        let plain = Style::new().fg(fg.unwrap_or_default()).bg(bg.unwrap_or_default());
        let row = after(row, 1);
        buf.set_style(row, plain.remove_modifier(Modifier::DIM | Modifier::UNDERLINED | Modifier::ITALIC));
        buf.set_style(row, self.theme.chosen.0);
    }

    /// Why a pane is empty that has something to show.
    pub(crate) fn nothing_passes(&self) -> String {
        let key = self.keymap.key_in(Action::SwitchFilter, Room::Story);
        format!("The filter lets nothing through. {key} switches it off.")
    }

    /// Says in an empty pane why it is.
    pub(crate) fn explain(&self, words: &str, list: Rect, buf: &mut Buffer) {
        let area = after(list, 2);
        let wide = usize::from(area.width.saturating_sub(1)).max(1);
        for (words, area) in textwrap::wrap(words, wide).iter().zip(area.rows()) {
            put(words, area, self.theme.faint.0, buf);
        }
    }

    fn line(&self, line: Line, findings: &Findings, chosen: bool, area: Rect, buf: &mut Buffer) {
        let inner = after(area, INDENT);
        match line {
            Line::Gap | Line::Rest => {}
            Line::Heading(words) => drop(put(words, inner, self.theme.faint.0, buf)),
            Line::Columns => self.columns(area, buf),
            Line::Speaker(number) => self.speaker(number, findings, inner, buf),
            Line::Folded(count, what) => {
                let indent = if what == Folds::Quotes { 2 } else { 0 };
                put(&format!("… {} …", what.words(count)), after(inner, indent), self.theme.faint.0, buf);
            }
            Line::Quote(number) => {
                self.mark(chosen, inner, buf);
                self.quote(number, findings, chosen, after(inner, 2), buf);
            }
            Line::Struck(number) => {
                self.mark(chosen, inner, buf);
                let Some(quote) = findings.analysis.struck.get(number) else { return };
                let inner = after(inner, 2);
                put(STRUCK, inner, self.theme.faint.0, buf);
                let words = quote.words(self.app.reading().story.text());
                let words: String = words.chars().take(2 * usize::from(inner.width)).collect();
                put(&words.replace('\n', " "), after(inner, 2), self.theme.faint.0, buf);
            }
            Line::Entity(number) => {
                self.mark(chosen, after(area, 1), buf);
                self.entry(Some(number), findings, chosen, area, buf);
            }
            Line::Nobody => {
                self.mark(chosen, after(area, 1), buf);
                self.entry(None, findings, chosen, area, buf);
            }
            Line::Mention(entity, number) => {
                self.mark(chosen, after(area, 1), buf);
                self.mention(entity, number, findings, after(area, INDENT + 1), buf);
            }
            Line::Words(number) => self.words(number, findings, inner, buf),
            Line::Strip(strip) => self.strip(strip, findings, inner, buf),
        }
    }

    /// What stands before the item that is chosen.
    fn mark(&self, chosen: bool, row: Rect, buf: &mut Buffer) {
        put(if chosen { "▸" } else { " " }, row, self.theme.key.0, buf);
    }
}
