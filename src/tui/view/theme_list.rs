//! The list of themes in the place of the side pane, with a sample of the one that is on.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::tui::style::theme::MONOCHROME;
use crate::tui::view::{Screen, after, put};

impl Screen<'_> {
    pub(crate) fn themes(&self, area: Rect, buf: &mut Buffer) {
        let themes = &self.app.themes;
        let mut rows = after(area, 2).rows().map(|it| Rect { width: it.width.saturating_sub(1), ..it });
        let Some(head) = rows.next() else { return };
        put("Which colours?", head, self.theme.tab.0, buf);
        rows.next();
        let height = usize::from(area.height.saturating_sub(2));
        for (number, row) in themes.window(height).zip(&mut rows) {
            let on = number == themes.on();
            put(if on { "▸" } else { " " }, row, self.theme.key.0, buf);
            put(&themes.all[number].0, after(row, 2), self.theme.text.0, buf);
            if on {
                self.choose(Rect { x: row.x.saturating_sub(1), width: row.width + 1, ..row }, buf);
            }
        }
        rows.next();
        if let Some(row) = rows.next() {
            put(what(&themes.all[themes.on()].0), after(row, 2), self.theme.faint.0, buf);
        }
        rows.next();
        for (sample, row) in self.samples().iter().zip(rows) {
            let mut rest = after(row, 2);
            for (words, style) in sample {
                let taken = put(words, rest, self.theme.text.0.patch(*style), buf);
                rest = after(rest, taken + 1);
            }
        }
    }

    /// Words in the inks of what they are, row by row.
    fn samples(&self) -> [Vec<(String, Style)>; 4] {
        let theme = self.theme;
        let voices = (0..8).map(|it| (format!("{}▌", it + 1), theme.speaker(it)));
        let word = |words: &str, style| (words.to_string(), style);
        [
            vec![
                word("Person", theme.person.0),
                word("Organisation", theme.organisation.0),
                word("Place", theme.place.0),
            ],
            vec![
                word("“a quote”", theme.quote.0),
                word("faint", theme.faint.0),
                word("dimmed", theme.dimmed.0),
            ],
            vec![word("hit", theme.hit.0), word("found", theme.found.0), word("chosen", theme.chosen.0)],
            voices.collect(),
        ]
    }
}

/// In a few words what a theme is.
fn what(name: &str) -> &'static str {
    match name {
        "terminal" => "the terminal's own colours",
        "dark" => "light ink on dark paper",
        "light" => "dark ink on light paper",
        "high-contrast" => "the most contrast",
        "okabe-ito" => "hues for every eye",
        MONOCHROME => "attributes, no colour",
        _ => "your own",
    }
}
