//! The search line at the bottom: what is typed, how many hits there are, what is wrong with it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::tui::overlay::search_prompt::Seeking;
use crate::tui::text::width::{byte_at, columns};
use crate::tui::view::{Screen, after, put};

impl Screen<'_> {
    /// `/ferry  3/14 · regex`, with the keys that help at the right.
    pub(crate) fn search_line(&self, seeking: &Seeking, row: Rect, buf: &mut Buffer) {
        let reading = self.app.reading();
        let typed = seeking.wanted.typed.as_str();
        let count = match &seeking.fault {
            Some(fault) => fault.clone(),
            None if typed.is_empty() => String::new(),
            None if reading.hits.is_empty() => "nothing found".to_string(),
            None => reading.count_hits(),
        };
        let regex = if seeking.wanted.regex { "regex" } else { "" };
        let parts: Vec<&str> = [count.as_str(), regex].into_iter().filter(|it| !it.is_empty()).collect();
        let said = parts.join(" · ");
        let sign = if seeking.back { "\\" } else { "/" };
        let mut taken = put(sign, row, self.theme.key.0, buf);
        // The end of a long line is what is being typed.
        let room =
            usize::from(row.width).saturating_sub(3 + columns(&said) + 2).max(usize::from(row.width) / 3);
        let from = columns(typed).saturating_sub(room);
        let shown = if from == 0 { typed } else { &typed[byte_at(typed, from)..] };
        taken += put(shown, after(row, taken), self.theme.text.0, buf);
        put(" ", after(row, taken), self.theme.chosen.0, buf);
        let ink = if seeking.fault.is_some() { self.theme.notice.0 } else { self.theme.faint.0 };
        taken += 2 + put(&said, after(row, taken + 2), ink, buf);
        self.hints(after(row, taken + 3), buf);
    }
}
