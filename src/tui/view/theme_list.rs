//! The list of themes in the area of the side pane, with a sample of the current theme.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::tui::layout::list_selection::visible_rows;
use crate::tui::style::theme::MONOCHROME;
use crate::tui::view::{RootView, draw_text, skip_columns};

impl RootView<'_> {
    pub(crate) fn draw_theme_list(&self, area: Rect, buf: &mut Buffer) {
        let themes = &self.app.themes;
        let mut rows =
            skip_columns(area, 2).rows().map(|it| Rect { width: it.width.saturating_sub(1), ..it });
        let Some(head) = rows.next() else { return };
        draw_text("Theme", head, self.theme.tab.0, buf);
        rows.next();
        let height = usize::from(area.height.saturating_sub(2));
        for (number, row) in visible_rows(themes.current(), themes.all.len(), height).zip(&mut rows) {
            let on = number == themes.current();
            draw_text(if on { "▸" } else { " " }, row, self.theme.key.0, buf);
            draw_text(&themes.all[number].0, skip_columns(row, 2), self.theme.text.0, buf);
            if on {
                self.highlight_row(Rect { x: row.x.saturating_sub(1), width: row.width + 1, ..row }, buf);
            }
        }
        rows.next();
        if let Some(row) = rows.next() {
            draw_text(
                theme_description(&themes.all[themes.current()].0),
                skip_columns(row, 2),
                self.theme.secondary.0,
                buf,
            );
        }
        rows.next();
        for (sample, row) in self.sample_rows().iter().zip(rows) {
            let mut rest = skip_columns(row, 2);
            for (text, style) in sample {
                let taken = draw_text(text, rest, self.theme.text.0.patch(*style), buf);
                rest = skip_columns(rest, taken + 1);
            }
        }
    }

    /// Sample words in the styles of the theme, row by row.
    fn sample_rows(&self) -> [Vec<(String, Style)>; 4] {
        let theme = self.theme;
        let voices = (0..8).map(|it| (format!("{}▌", it + 1), theme.speaker_style(it)));
        let word = |text: &str, style| (text.to_string(), style);
        [
            vec![
                word("Person", theme.person.0),
                word("Organisation", theme.organization.0),
                word("Place", theme.place.0),
            ],
            vec![
                word("“a quote”", theme.quote.0),
                word("faint", theme.secondary.0),
                word("dimmed", theme.dimmed.0),
            ],
            vec![
                word("match", theme.search_match.0),
                word("current match", theme.current_match.0),
                word("selected", theme.selected.0),
            ],
            voices.collect(),
        ]
    }
}

/// A short description of a theme.
fn theme_description(name: &str) -> &'static str {
    match name {
        "terminal" => "your terminal's colours",
        "dark" => "light on dark",
        "light" => "dark on light",
        "high-contrast" => "high contrast",
        "okabe-ito" => "colour-blind safe",
        MONOCHROME => "no colour",
        _ => "custom",
    }
}
