//! The search line at the bottom: what is typed, how many hits there are, what is wrong with it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::tui::overlay::search_prompt::SearchPrompt;
use crate::tui::text::width::{byte_at_column, display_width};
use crate::tui::view::{RootView, draw_text, skip_columns};

impl RootView<'_> {
    /// `/ferry  3/14 · regex`, with the keys that help at the right.
    pub(crate) fn draw_search_prompt(&self, seeking: &SearchPrompt, row: Rect, buf: &mut Buffer) {
        let reading = self.app.current_story();
        let typed = seeking.query.text.as_str();
        let count = match &seeking.error {
            Some(fault) => fault.clone(),
            None if typed.is_empty() => String::new(),
            None if reading.matches.is_empty() => "nothing found".to_string(),
            None => reading.match_summary(),
        };
        let regex = if seeking.query.regex { "regex" } else { "" };
        let parts: Vec<&str> = [count.as_str(), regex].into_iter().filter(|it| !it.is_empty()).collect();
        let said = parts.join(" · ");
        let sign = if seeking.backward { "\\" } else { "/" };
        let mut taken = draw_text(sign, row, self.theme.key.0, buf);
        // The end of a long line is what is being typed.
        let room = usize::from(row.width)
            .saturating_sub(3 + display_width(&said) + 2)
            .max(usize::from(row.width) / 3);
        let from = display_width(typed).saturating_sub(room);
        let shown = if from == 0 { typed } else { &typed[byte_at_column(typed, from)..] };
        taken += draw_text(shown, skip_columns(row, taken), self.theme.text.0, buf);
        draw_text(" ", skip_columns(row, taken), self.theme.selected.0, buf);
        let ink = if seeking.error.is_some() { self.theme.notice.0 } else { self.theme.secondary.0 };
        taken += 2 + draw_text(&said, skip_columns(row, taken + 2), ink, buf);
        self.draw_hints(skip_columns(row, taken + 3), buf);
    }
}
