//! The view: draws the state of the app into cells and changes nothing.

mod detail;
pub(crate) mod key_hints;
mod links;
pub(crate) mod note;
pub(crate) mod page;
pub(crate) mod profile;
pub(crate) mod scrollbar;
pub(crate) mod side_pane;
pub(crate) mod side_rows;
pub(crate) mod status_bar;
pub(crate) mod text_input;
pub(crate) mod title_bar;
pub(crate) mod tour;

use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use ratatui::style::Style;
use ratatui::widgets::Widget;

use crate::tui::app::Focus;
pub(crate) use crate::tui::app::RootView;
use crate::tui::app::panel::Placement;
use crate::tui::layout::panes::MIN_PAGE_SIZE;
use crate::tui::open_story::findings::Findings;
use crate::tui::text::width::{display_width, truncate};

impl Widget for RootView<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        buf.set_style(area, self.theme.text.0);
        if area.as_size() != self.app.screen_size {
            // The terminal has just changed its size; the next frame is laid out for the new one.
            return;
        }
        let panes = &self.app.panes;
        if panes.has_page() {
            if !panes.title.is_empty() {
                self.draw_title_bar(panes.title, buf);
            }
            self.draw_panes(buf);
            if let Some(panel) = self.app.panel() {
                panel.draw(self, buf);
            }
            self.draw_rule(buf);
            self.draw_tour(buf);
        }
        if !panes.has_page() {
            self.draw_too_small(area, buf);
        }
        self.draw_status_bar(panes.status, buf);
    }
}

impl RootView<'_> {
    /// Returns the style of a speaker; unknown speakers have no colour.
    pub(crate) fn speaker_style(&self, speaker: usize, findings: &Findings) -> Style {
        let number = findings.speakers[speaker].number;
        number.map_or(self.theme.secondary.0, |it| self.theme.speaker_style(it.hue))
    }

    /// Returns the style of the words of a quote: the tint of its speaker, lighter for a paraphrase.
    ///
    /// Quotes that the filter does not allow are dimmed.
    pub(crate) fn quoted_style(&self, quote: usize, findings: &Findings) -> Style {
        if !self.app.current_story().allows(quote) {
            return self.theme.dimmed.0;
        }
        let speaker = findings.speaker_of(quote).and_then(|it| findings.speakers[it].number);
        let tint = self.theme.speaker_style(speaker.and_then(|it| it.hue));
        findings.quote(quote).map_or(tint, |it| self.theme.quoted_style(tint, it.kind))
    }

    /// Says in place of the page that the screen is too small for it.
    fn draw_too_small(&self, area: Rect, buf: &mut Buffer) {
        let Size { width, height } = MIN_PAGE_SIZE;
        let message = format!("Too small: {width}×{height} needed");
        let lines = textwrap::wrap(&message, usize::from(area.width).max(1));
        let rows = Rect { height: area.height.saturating_sub(1), ..area }.rows();
        for (line, row) in lines.iter().zip(rows) {
            draw_text(line, row, self.theme.secondary.0, buf);
        }
    }

    /// Draws the panes that the open panel leaves visible.
    fn draw_panes(&self, buf: &mut Buffer) {
        let side_overlays_story = self.app.panes.side_overlays_story;
        match self.app.panel_placement().unwrap_or(Placement::Inline) {
            Placement::FullPage => {}
            Placement::SidePane => {
                self.draw_story_pane(!side_overlays_story, buf);
                self.draw_detail(buf);
            }
            Placement::WideSide => self.draw_story_pane(!side_overlays_story, buf),
            Placement::Inline => {
                let side = !side_overlays_story || self.app.focus == Focus::SidePane;
                self.draw_story_pane(!(side_overlays_story && side), buf);
                if side {
                    self.draw_side_pane(buf);
                }
                self.draw_detail(buf);
            }
        }
    }

    /// Draws the story pane, with the note over it, unless the side pane covers it.
    fn draw_story_pane(&self, story: bool, buf: &mut Buffer) {
        if !story {
            return;
        }
        self.draw_page(buf);
        self.draw_scrollbar(buf);
        if self.app.panel().is_none() {
            self.draw_note_at_cursor(buf);
        }
    }
}

/// Draws text at the left of a row, truncated to it, and returns the columns that it takes.
pub(crate) fn draw_text(text: &str, row: Rect, style: Style, buf: &mut Buffer) -> u16 {
    if row.is_empty() {
        return 0;
    }
    let shown = truncate(text, usize::from(row.width));
    let (end, _) = buf.set_stringn(row.x, row.y, shown, usize::from(row.width), style);
    end - row.x
}

/// Draws text at the right end of a row if it fits, and returns the rest of the row.
pub(crate) fn draw_text_right(text: &str, row: Rect, style: Style, buf: &mut Buffer) -> Rect {
    let width = display_width(text) as u16;
    if text.is_empty() || width > row.width {
        return row;
    }
    buf.set_string(row.right() - width, row.y, text, style);
    Rect { width: row.width - width, ..row }
}

/// Returns the part of a page for a content of `width` columns and some rows: in the middle, a third of the free rows
/// above it.
pub(crate) fn centred(page: Rect, width: u16, rows: usize) -> Rect {
    let width = width.min(page.width);
    let above = (usize::from(page.height).saturating_sub(rows) / 3) as u16;
    Rect { x: page.x + (page.width - width) / 2, y: page.y + above, width, height: page.height - above }
}

/// Returns the row without its first columns.
pub(crate) fn skip_columns(row: Rect, columns: u16) -> Rect {
    let columns = columns.min(row.width);
    Rect { x: row.x + columns, width: row.width - columns, ..row }
}

/// The width in columns from which a row has an empty column at each end.
const MIN_WIDTH_FOR_INSET: u16 = 20;

/// Returns the row without its first and last column, unless it is narrow.
pub(crate) fn inset(row: Rect) -> Rect {
    if row.width < MIN_WIDTH_FOR_INSET { row } else { Rect { width: row.width - 2, ..skip_columns(row, 1) } }
}
