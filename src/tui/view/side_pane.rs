//! The side pane: tabs, quotes grouped by speaker, tables of people, organisations and places.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use crate::tui::app::Focus;
use crate::tui::input::action::Action;
use crate::tui::input::keymap::Mode;
use crate::tui::layout::page::RowKind;
use crate::tui::open_story::AnalysisState;
use crate::tui::open_story::findings::Findings;
use crate::tui::open_story::list::{FoldedKind, ListRow};
use crate::tui::open_story::side_columns::INDENT;
use crate::tui::open_story::side_pane::Tab;
use crate::tui::style::symbols::REJECTED;
use crate::tui::view::{RootView, draw_text, draw_text_right, skip_columns};

/// Marks the quotes of which the page shows words.
const ON_SCREEN: &str = "▏";

impl RootView<'_> {
    /// Draws the tabs and the open list, or why that is empty.
    pub(crate) fn draw_side_pane(&self, buf: &mut Buffer) {
        let open_story = self.app.current_story();
        let (tabs, list) = (self.app.panes.tabs(), self.app.panes.list());
        for (tab, label, area) in open_story.side_pane.tab_labels(tabs, open_story.findings().is_some()) {
            let style =
                if tab == open_story.side_pane.tab { self.theme.tab.0 } else { self.theme.secondary.0 };
            draw_text(&label, area, style, buf);
        }
        let findings = match &open_story.analysis_state {
            AnalysisState::Ready(findings) => findings,
            AnalysisState::Pending => return self.draw_message("Still analysing…", list, buf),
            AnalysisState::Failed => {
                return self.draw_message(
                    "The analysis failed; the text is still readable. Please report this story.",
                    list,
                    buf,
                );
            }
        };
        let (open_list, height) = (open_story.side_pane.open_list(), usize::from(list.height));
        let rows = open_list.rows();
        if rows.is_empty() {
            let tab = open_story.side_pane.tab;
            let message = if open_story.side_pane.totals[tab as usize] == 0 {
                tab.empty_message()
            } else {
                &self.no_match_message()
            };
            return self.draw_message(message, list, buf);
        }
        self.draw_speaker_order(findings, buf);
        let (heading, first) = open_list.visible_from(height);
        if let Some(heading) = heading {
            let area = Rect { width: list.width.saturating_sub(1), height: 1, ..list };
            self.draw_list_row(rows[heading], findings, false, area, buf);
        }
        let on_screen = self.quotes_on_screen();
        let skipped = usize::from(heading.is_some());
        for (number, row) in rows.iter().enumerate().skip(first).take(height.saturating_sub(skipped)) {
            let y = list.y + (number - first + skipped) as u16;
            let needed = open_list.item_height(number) as u16;
            // An empty column at the right keeps text off the edge of the screen.
            let width = list.width.saturating_sub(1);
            let area = Rect { y, width, height: needed.min(list.bottom() - y), ..list };
            let is_selected =
                number == open_list.selected_row() && row.is_selectable() && self.agrees_with_story(*row);
            self.draw_list_row(*row, findings, is_selected, area, buf);
            if let ListRow::Quote(quote) = row
                && on_screen.binary_search(quote).is_ok()
            {
                area.rows().for_each(|row| buf.set_string(row.x, row.y, ON_SCREEN, self.theme.rule.0));
            }
            if is_selected && self.app.focus == Focus::SidePane {
                area.rows().for_each(|row| self.highlight_row(row, buf));
            }
        }
    }

    /// Draws the order of the speakers on the row below the tabs, above the numbers of their quotes, if several are listed.
    fn draw_speaker_order(&self, findings: &Findings, buf: &mut Buffer) {
        let side_pane = &self.app.current_story().side_pane;
        let is_open = side_pane.tab == Tab::Quotes && side_pane.profile().is_none();
        let (tabs, list) = (self.app.panes.tabs(), self.app.panes.list());
        if !is_open || findings.speakers.len() < 2 || list.y != tabs.y + 2 {
            return;
        }
        let row = Rect { y: list.y - 1, height: 1, width: list.width.saturating_sub(1), ..list };
        draw_text_right(side_pane.order.description(), row, self.theme.secondary.0, buf);
    }

    /// Returns whether the selected row of the list may be marked: a quote only if the story has no other one at its
    /// cursor. A list that shows its beginning does not reach the quote at which a story is opened.
    fn agrees_with_story(&self, selected: ListRow) -> bool {
        let open_story = self.app.current_story();
        let at_cursor = open_story.quote_at_cursor().filter(|it| open_story.allows(*it));
        match selected {
            ListRow::Quote(quote) if self.app.focus == Focus::Story => at_cursor.is_none_or(|it| it == quote),
            _ => true,
        }
    }

    /// Returns the quotes of which the page shows words, in reading order; none if the side pane covers the page.
    fn quotes_on_screen(&self) -> Vec<usize> {
        let open_story = self.app.current_story();
        let height = self.app.page_height();
        let top = open_story.viewport.top_row(&open_story.page, height);
        let rows = open_story.page.rows();
        let visible = &rows[top.min(rows.len())..(top + height).min(rows.len())];
        let Some(findings) = open_story.findings().filter(|_| !self.app.panes.side_overlays_story) else {
            return Vec::new();
        };
        let shown = visible.iter().filter(|it| !matches!(it.kind, RowKind::Folded(_)));
        let mut quotes: Vec<usize> =
            shown.flat_map(|it| findings.quote_parts.overlapping(it.span)).map(|it| it.1).collect();
        quotes.sort_unstable();
        quotes.dedup();
        quotes
    }

    /// Highlights a selected row in one colour, so that it is evenly reversed.
    pub(crate) fn highlight_row(&self, row: Rect, buf: &mut Buffer) {
        let Style { fg, bg, .. } = self.theme.text.0;
        let plain = Style::new().fg(fg.unwrap_or_default()).bg(bg.unwrap_or_default());
        let row = skip_columns(row, 1);
        buf.set_style(row, plain.remove_modifier(Modifier::DIM | Modifier::UNDERLINED | Modifier::ITALIC));
        buf.set_style(row, self.theme.selected.0);
    }

    /// Highlights a selected row that begins with its marker, from the column before the marker on.
    pub(crate) fn highlight_marked_row(&self, row: Rect, buf: &mut Buffer) {
        let left = row.x.min(2);
        self.highlight_row(Rect { x: row.x - left, width: row.width + left, ..row }, buf);
    }

    /// Returns why a pane is empty that the filter leaves nothing to show.
    pub(crate) fn no_match_message(&self) -> String {
        let key = self.keymap.first_key_in(Action::ToggleFilter, Mode::Story);
        format!("Nothing matches the filter. Press {key} to turn it off.")
    }

    /// Draws a message in an empty pane.
    pub(crate) fn draw_message(&self, message: &str, list: Rect, buf: &mut Buffer) {
        let area = skip_columns(list, 2);
        let width = usize::from(area.width.saturating_sub(1)).max(1);
        for (line, area) in textwrap::wrap(message, width).iter().zip(area.rows()) {
            draw_text(line, area, self.theme.secondary.0, buf);
        }
    }

    /// Draws one row of the open list.
    fn draw_list_row(
        &self,
        line: ListRow,
        findings: &Findings,
        is_selected: bool,
        area: Rect,
        buf: &mut Buffer,
    ) {
        let inner = skip_columns(area, INDENT);
        match line {
            ListRow::Gap | ListRow::Continuation => {}
            ListRow::Heading(title) => drop(draw_text(title, inner, self.theme.secondary.0, buf)),
            ListRow::TableHeader => self.draw_table_header(area, buf),
            ListRow::SpeakerHeading(number) => self.draw_speaker_heading(number, findings, inner, buf),
            ListRow::Folded(count, FoldedKind::Speakers) => {
                let words = format!("… {} not shown", FoldedKind::Speakers.label(count));
                self.draw_key_note(&words, Action::ToggleFilter, Mode::Story, inner, buf);
            }
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
                self.draw_selection_marker(is_selected, inner, buf);
                self.draw_quote(number, findings, is_selected, skip_columns(inner, 2), buf);
            }
            ListRow::RejectedQuote(number) => {
                self.draw_selection_marker(is_selected, inner, buf);
                let Some(quote) = findings.analysis.rejected.get(number) else { return };
                let inner = skip_columns(inner, 2);
                draw_text(REJECTED, inner, self.theme.secondary.0, buf);
                let text = quote.text(self.app.current_story().story.text());
                let beginning: String = text.chars().take(2 * usize::from(inner.width)).collect();
                draw_text(&beginning.replace('\n', " "), skip_columns(inner, 2), self.theme.secondary.0, buf);
            }
            ListRow::Entity(number) => {
                self.draw_selection_marker(is_selected, skip_columns(area, 1), buf);
                self.draw_entity(Some(number), findings, is_selected, area, buf);
            }
            ListRow::UnknownSpeaker => {
                self.draw_selection_marker(is_selected, skip_columns(area, 1), buf);
                self.draw_entity(None, findings, is_selected, area, buf);
            }
            ListRow::Mention(entity, number) => {
                self.draw_selection_marker(is_selected, skip_columns(area, 1), buf);
                self.draw_mention(entity, number, findings, skip_columns(area, INDENT + 1), buf);
            }
            ListRow::ProfileLine(number) => self.draw_profile_line(number, findings, inner, buf),
            ListRow::Timeline(strip) => self.draw_timeline(strip, findings, inner, buf),
        }
    }

    /// Draws the marker before the selected item.
    fn draw_selection_marker(&self, is_selected: bool, row: Rect, buf: &mut Buffer) {
        draw_text(if is_selected { "▸" } else { " " }, row, self.theme.key.0, buf);
    }
}
