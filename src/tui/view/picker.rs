//! A list from which one row is chosen: what is typed on top, the rows under it, their stories over them.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::tui::overlay::picker::{Chooser, Seen, Sort, list};
use crate::tui::text::width::columns;
use crate::tui::view::{Screen, after, put, put_right};

impl Screen<'_> {
    pub(crate) fn chooser(&self, chooser: &Chooser, buf: &mut Buffer) {
        let area = self.app.chooser_area(chooser);
        let rows: Vec<Rect> = list(area).rows().collect();
        let head = Rect { y: area.y, height: area.height.min(1), ..list(area) };
        if !head.is_empty() {
            let (matching, all) = chooser.count();
            let count = if matching == all { all.to_string() } else { format!("{matching} of {all}") };
            let rest = put_right(&count, head, self.theme.faint.0, buf);
            let taken = put(&chooser.sort.title(), rest, self.theme.tab.0, buf);
            let rest = after(rest, taken);
            let taken = put(&chooser.typed, rest, self.theme.text.0, buf);
            put(" ", after(rest, taken), self.theme.chosen.0, buf);
        }
        if chooser.count().0 == 0 {
            if let Some(row) = rows.first() {
                put(chooser.sort.nothing(), *row, self.theme.faint.0, buf);
            }
            return;
        }
        for (seen, row) in chooser.window(rows.len()).into_iter().zip(rows) {
            match seen {
                Seen::Story(story) => {
                    put(&self.app.headline(story), row, self.theme.heading.0, buf);
                }
                Seen::Choice(place) => self.listed(chooser, place, row, buf),
            }
        }
    }

    /// `▸ next quote                ]q`
    fn listed(&self, chooser: &Chooser, place: usize, row: Rect, buf: &mut Buffer) {
        let Some(choice) = chooser.at(place) else { return };
        // Half of the row is the words' own.
        let half = usize::from(row.width) / 2;
        let right = choice.right.iter().find(|it| columns(it) <= half).map_or("", String::as_str);
        let ink = if chooser.sort == Sort::Commands { self.theme.key.0 } else { self.theme.faint.0 };
        let rest = put_right(right, row, ink, buf);
        let rest = Rect { width: rest.width.saturating_sub(2), ..rest };
        let chosen = chooser.is_chosen(place);
        let taken = put(if chosen { "▸ " } else { "  " }, rest, self.theme.key.0, buf);
        put(&choice.words, after(rest, taken), self.theme.text.0, buf);
        if chosen {
            self.choose(row, buf);
        }
    }
}
