//! The search prompt in the status bar: the input, the number of matches, or an error.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::tui::overlay::search_prompt::SearchPrompt;
use crate::tui::text::width::display_width;
use crate::tui::view::{RootView, draw_text, skip_columns};

impl RootView<'_> {
    /// `/ferry  3/14 · regex`, with the keys that help at the right.
    pub(crate) fn draw_search_prompt(&self, prompt: &SearchPrompt, row: Rect, buf: &mut Buffer) {
        let reading = self.app.current_story();
        let typed = prompt.input.text();
        let count = match &prompt.error {
            Some(fault) => fault.clone(),
            None if typed.is_empty() => String::new(),
            None if reading.matches.is_empty() => "no match".to_string(),
            None => reading.match_summary(),
        };
        let regex = if prompt.regex { "regex" } else { "" };
        let parts: Vec<&str> = [count.as_str(), regex].into_iter().filter(|it| !it.is_empty()).collect();
        let message = parts.join(" · ");
        let symbol = if prompt.backward { "\\" } else { "/" };
        let mut taken = draw_text(symbol, row, self.theme.key.0, buf);
        // The input keeps at least a third of the row.
        let beside = 4 + display_width(&message) as u16;
        let width = row.width.saturating_sub(beside).max(row.width / 3 + 1);
        let rest = skip_columns(row, taken);
        taken += self.draw_text_input(&prompt.input, Rect { width: width.min(rest.width), ..rest }, buf);
        let style = if prompt.error.is_some() { self.theme.notice.0 } else { self.theme.secondary.0 };
        taken += 1 + draw_text(&message, skip_columns(row, taken + 1), style, buf);
        self.draw_hints(skip_columns(row, taken + 3), buf);
    }
}
