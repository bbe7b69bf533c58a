//! The list of bookmarks and notes.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::tui::overlay::annotations::{Item, Leavings, items};
use crate::tui::view::note::NOTED;
use crate::tui::view::{Screen, after, put, put_right};

impl Screen<'_> {
    /// The list, in the place of the side pane.
    pub(crate) fn leavings(&self, list: &Leavings, area: Rect, buf: &mut Buffer) {
        let reading = self.app.reading();
        let all = items(&reading.kept);
        let mut head = after(area, 2).rows();
        if let Some(row) = head.next() {
            let row = Rect { width: row.width.saturating_sub(1), ..row };
            let row = put_right(&all.len().to_string(), row, self.theme.faint.0, buf);
            put("Your marks and notes", row, self.theme.tab.0, buf);
        }
        let below = Rect { y: area.y + 2.min(area.height), height: area.height.saturating_sub(2), ..area };
        let rows = below.rows().map(|it| Rect { width: it.width.saturating_sub(1), ..it });
        for ((number, part), row) in list.window(&all, usize::from(below.height)).into_iter().zip(rows) {
            let (item, chosen) = (all[number], number == list.chosen);
            self.leaving(item, part, chosen, row, buf);
            if chosen && part + 1 < item.rows() {
                self.choose(row, buf);
            }
        }
    }

    /// One row of a mark or a note.
    fn leaving(&self, item: Item, part: usize, chosen: bool, row: Rect, buf: &mut Buffer) {
        let reading = self.app.reading();
        let text = reading.story.text();
        let inner = after(row, 5);
        match (item, part) {
            (_, 0) => {
                put(if chosen { "▸" } else { " " }, after(row, 1), self.theme.key.0, buf);
                let (sign, words, right) = match item {
                    Item::Mark(letter, place) => {
                        let end = text[place..].find('\n').map_or(text.len(), |it| place + it);
                        (letter.to_string(), text[place..end].to_string(), String::new())
                    }
                    Item::Note(note, _) => {
                        let note = &reading.kept.notes[note];
                        (NOTED.to_string(), note.words.replace('\n', " "), note.day.clone())
                    }
                };
                put(&sign, after(row, 3), self.theme.key.0, buf);
                let rest = put_right(&right, inner, self.theme.faint.0, buf);
                let gap = u16::from(rest.width < inner.width);
                put(&words, Rect { width: rest.width.saturating_sub(gap), ..rest }, self.theme.text.0, buf);
            }
            (Item::Note(note, _), 1) => {
                let passage = reading.kept.notes[note].span.of(text).replace('\n', " ");
                put(&passage, inner, self.theme.faint.0, buf);
            }
            _ => {}
        }
    }
}
