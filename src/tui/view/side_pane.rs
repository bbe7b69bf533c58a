//! The side pane: tabs, quotes grouped by speaker, tables of people, organisations and places.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use crate::tui::app::Focus;
use crate::tui::input::action::Action;
use crate::tui::input::keymap::Mode;
use crate::tui::open_story::AnalysisState;
use crate::tui::open_story::findings::Findings;
use crate::tui::open_story::list::{FoldedKind, ListRow};
use crate::tui::open_story::side_columns::INDENT;
use crate::tui::style::symbols::REJECTED;
use crate::tui::view::{RootView, draw_text, skip_columns};

impl RootView<'_> {
    pub(crate) fn draw_side_pane(&self, buf: &mut Buffer) {
        let reading = self.app.current_story();
        let (tabs, list) = (self.app.panes.tabs(), self.app.panes.list());
        for (tab, label, area) in reading.side_pane.tab_labels(tabs, reading.findings().is_some()) {
            let style = if tab == reading.side_pane.tab { self.theme.tab.0 } else { self.theme.secondary.0 };
            draw_text(&label, area, style, buf);
        }
        let findings = match &reading.analysis_state {
            AnalysisState::Ready(findings) => findings,
            AnalysisState::Pending => return self.draw_message("reading…", list, buf),
            AnalysisState::Failed => {
                return self.draw_message(
                    "The findings of this story are lost: the engine broke down.",
                    list,
                    buf,
                );
            }
        };
        let (open, height) = (reading.side_pane.open_list(), usize::from(list.height));
        let lines = open.rows();
        if lines.is_empty() {
            let tab = reading.side_pane.tab;
            let words = if reading.side_pane.totals[tab as usize] == 0 {
                tab.empty_message()
            } else {
                &self.no_match_message()
            };
            return self.draw_message(words, list, buf);
        }
        let first = open.top_row(height);
        for (number, line) in lines.iter().enumerate().skip(first).take(height) {
            let y = list.y + (number - first) as u16;
            let rows = if lines.get(number + 1) == Some(&ListRow::Continuation) { 2 } else { 1 };
            // A blank at the right keeps words off the screen's edge.
            let width = list.width.saturating_sub(1);
            let area = Rect { y, width, height: rows.min(list.bottom() - y), ..list };
            let chosen = line.is_selectable() && number == open.selected_row();
            self.draw_list_row(*line, findings, chosen, area, buf);
            if chosen && self.app.focus == Focus::SidePane {
                area.rows().for_each(|row| self.highlight_row(row, buf));
            }
        }
    }

    /// Marks a whole row as chosen: in one colour, so that reversed it is of one piece.
    pub(crate) fn highlight_row(&self, row: Rect, buf: &mut Buffer) {
        let Style { fg, bg, .. } = self.theme.text.0;
        let plain = Style::new().fg(fg.unwrap_or_default()).bg(bg.unwrap_or_default());
        let row = skip_columns(row, 1);
        buf.set_style(row, plain.remove_modifier(Modifier::DIM | Modifier::UNDERLINED | Modifier::ITALIC));
        buf.set_style(row, self.theme.selected.0);
    }

    /// Why a pane is empty that has something to show.
    pub(crate) fn no_match_message(&self) -> String {
        let key = self.keymap.first_key_in(Action::ToggleFilter, Mode::Story);
        format!("The filter lets nothing through. {key} switches it off.")
    }

    /// Says in an empty pane why it is.
    pub(crate) fn draw_message(&self, words: &str, list: Rect, buf: &mut Buffer) {
        let area = skip_columns(list, 2);
        let wide = usize::from(area.width.saturating_sub(1)).max(1);
        for (words, area) in textwrap::wrap(words, wide).iter().zip(area.rows()) {
            draw_text(words, area, self.theme.secondary.0, buf);
        }
    }

    fn draw_list_row(&self, line: ListRow, findings: &Findings, chosen: bool, area: Rect, buf: &mut Buffer) {
        let inner = skip_columns(area, INDENT);
        match line {
            ListRow::Gap | ListRow::Continuation => {}
            ListRow::Heading(words) => drop(draw_text(words, inner, self.theme.secondary.0, buf)),
            ListRow::TableHeader => self.draw_table_header(area, buf),
            ListRow::SpeakerHeading(number) => self.draw_speaker_heading(number, findings, inner, buf),
            ListRow::Folded(count, what) => {
                let indent = if what == FoldedKind::Quotes { 2 } else { 0 };
                draw_text(
                    &format!("… {} …", what.label(count)),
                    skip_columns(inner, indent),
                    self.theme.secondary.0,
                    buf,
                );
            }
            ListRow::Quote(number) => {
                self.draw_selection_marker(chosen, inner, buf);
                self.draw_quote(number, findings, chosen, skip_columns(inner, 2), buf);
            }
            ListRow::RejectedQuote(number) => {
                self.draw_selection_marker(chosen, inner, buf);
                let Some(quote) = findings.analysis.rejected.get(number) else { return };
                let inner = skip_columns(inner, 2);
                draw_text(REJECTED, inner, self.theme.secondary.0, buf);
                let words = quote.text(self.app.current_story().story.text());
                let words: String = words.chars().take(2 * usize::from(inner.width)).collect();
                draw_text(&words.replace('\n', " "), skip_columns(inner, 2), self.theme.secondary.0, buf);
            }
            ListRow::Entity(number) => {
                self.draw_selection_marker(chosen, skip_columns(area, 1), buf);
                self.draw_entity(Some(number), findings, chosen, area, buf);
            }
            ListRow::UnknownSpeaker => {
                self.draw_selection_marker(chosen, skip_columns(area, 1), buf);
                self.draw_entity(None, findings, chosen, area, buf);
            }
            ListRow::Mention(entity, number) => {
                self.draw_selection_marker(chosen, skip_columns(area, 1), buf);
                self.draw_mention(entity, number, findings, skip_columns(area, INDENT + 1), buf);
            }
            ListRow::ProfileLine(number) => self.draw_profile_line(number, findings, inner, buf),
            ListRow::Timeline(strip) => self.draw_timeline(strip, findings, inner, buf),
        }
    }

    /// What stands before the item that is chosen.
    fn draw_selection_marker(&self, chosen: bool, row: Rect, buf: &mut Buffer) {
        draw_text(if chosen { "▸" } else { " " }, row, self.theme.key.0, buf);
    }
}
