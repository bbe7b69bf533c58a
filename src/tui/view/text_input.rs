//! A one-line text input with its cursor.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::tui::app::text_input::TextInput;
use crate::tui::text::width::display_width;
use crate::tui::view::{RootView, draw_text, skip_columns};

impl RootView<'_> {
    /// Draws the title of a panel and its input. While nothing is typed, a note says what can be.
    pub(crate) fn draw_prompt(
        &self,
        title: &str,
        input: &TextInput,
        note: &str,
        row: Rect,
        buf: &mut Buffer,
    ) {
        // A space at the end of the title is not underlined as the title may be.
        let taken = draw_text(title.trim_end(), row, self.theme.tab.0, buf);
        let rest = skip_columns(row, taken + u16::from(title.ends_with(' ')));
        let taken = self.draw_text_input(input, rest, buf);
        let rest = skip_columns(rest, taken + 1);
        if input.is_empty() && display_width(note) <= usize::from(rest.width) {
            draw_text(note, rest, self.theme.secondary.0, buf);
        }
    }

    /// Draws an input at the left of `row`, scrolled so that the cursor is visible; returns the columns that it takes.
    pub(crate) fn draw_text_input(&self, input: &TextInput, row: Rect, buf: &mut Buffer) -> u16 {
        if row.is_empty() {
            return 0;
        }
        let width = usize::from(row.width);
        let (text, cursor) = input.visible(width);
        buf.set_stringn(row.x, row.y, text, width, self.theme.text.0);
        let cell = skip_columns(row, cursor as u16);
        buf.set_style(Rect { width: 1, ..cell }, self.theme.selected.0);
        (display_width(text) + 1).min(width) as u16
    }
}
