//! The filter panel, in the area of the side pane.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::tui::input::action::Action;
use crate::tui::input::keymap::Mode;
use crate::tui::open_story::filter::{Criterion, Inclusion};
use crate::tui::open_story::findings::Findings;
use crate::tui::overlay::filter_panel::{FilterPanel, list_area};
use crate::tui::style::symbols::{UNCERTAIN, kind_symbol};
use crate::tui::text::width::display_width;
use crate::tui::view::{RootView, draw_text, draw_text_right, skip_columns};

impl RootView<'_> {
    pub(crate) fn draw_filter_panel(&self, panel: &FilterPanel, area: Rect, buf: &mut Buffer) {
        let reading = self.app.current_story();
        let Some(findings) = reading.findings() else { return };
        let mut rows =
            skip_columns(area, 2).rows().map(|it| Rect { width: it.width.saturating_sub(1), ..it });
        if let Some(row) = rows.next() {
            let taken = draw_text("Filter quotes ", row, self.theme.tab.0, buf);
            let rest = skip_columns(row, taken + 1);
            self.draw_text_input(&panel.input, rest, buf);
        }
        if area.height > 4
            && let Some(row) = rows.next()
        {
            let allowed = format!("{} of {}", reading.allowed_quotes.len(), findings.analysis.quotes.len());
            let rest = draw_text_right(&allowed, row, self.theme.secondary.0, buf);
            let rest = Rect { width: rest.width.saturating_sub(1), ..rest };
            let taken = draw_text(
                &self.keymap.first_key_in(Action::Toggle, Mode::FilterPanel),
                rest,
                self.theme.key.0,
                buf,
            );
            let hint_area = skip_columns(rest, taken);
            let (long, short) = (": + include, − exclude", ": + only − not");
            let hint = if display_width(long) <= usize::from(hint_area.width) { long } else { short };
            draw_text(hint, hint_area, self.theme.secondary.0, buf);
        }
        let list = list_area(area);
        let rows = skip_columns(list, 2).rows().map(|it| Rect { width: it.width.saturating_sub(1), ..it });
        let terms = panel.matching_criteria(findings);
        if terms.is_empty() {
            if let Some(row) = rows.into_iter().next() {
                draw_text("No matching speaker", row, self.theme.secondary.0, buf);
            }
            return;
        }
        for (number, row) in panel.visible_rows(&terms, usize::from(list.height)).into_iter().zip(rows) {
            let Some(number) = number else { continue };
            let chosen = number == panel.selected.item();
            self.draw_criterion(terms[number], findings, chosen, row, buf);
            if chosen {
                self.highlight_row(row, buf);
            }
        }
    }

    /// `▸ [+] 1 John Kerry   4`
    fn draw_criterion(
        &self,
        criterion: Criterion,
        findings: &Findings,
        chosen: bool,
        row: Rect,
        buf: &mut Buffer,
    ) {
        let quotes = findings.analysis.quotes.iter().filter(|it| criterion.matches(findings, it)).count();
        let rest = draw_text_right(&quotes.to_string(), row, self.theme.secondary.0, buf);
        let rest = Rect { width: rest.width.saturating_sub(1), ..rest };
        let inclusion = self.app.current_story().filter.criteria.get(&criterion).copied();
        let (label, label_style) = match criterion {
            Criterion::Speaker(entity) => {
                let speaker = findings.speakers.iter().position(|it| it.entity == entity);
                let label = speaker.map_or(String::new(), |it| findings.speakers[it].label());
                (label, speaker.map_or(Style::new(), |it| self.speaker_style(it, findings)))
            }
            Criterion::Kind(kind) => (kind_symbol(kind).to_string(), self.theme.text.0),
            Criterion::Certain(sure) => (if sure { " " } else { UNCERTAIN }.to_string(), self.theme.text.0),
        };
        let label_width = if findings.speakers.len() > 9 { 2 } else { 1 };
        let segments = [
            (if chosen { "▸ " } else { "  " }.to_string(), self.theme.key.0),
            (format!("{} ", Inclusion::symbol(inclusion)), self.theme.key.0),
            (format!("{label:>label_width$} "), label_style),
            (criterion.name(findings).to_string(), self.theme.text.0),
        ];
        segments.iter().fold(rest, |rest, (text, style)| {
            let taken = draw_text(text, rest, *style, buf);
            skip_columns(rest, taken)
        });
    }
}
