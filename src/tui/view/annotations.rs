//! The list of bookmarks and notes.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::tui::overlay::annotations::{Annotation, AnnotationList, collect_annotations};
use crate::tui::view::note::NOTE_SYMBOL;
use crate::tui::view::{RootView, draw_text, draw_text_right, skip_columns};

impl RootView<'_> {
    /// Draws the list in the area of the side pane.
    pub(crate) fn draw_annotations(&self, list: &AnnotationList, area: Rect, buf: &mut Buffer) {
        let reading = self.app.current_story();
        let all = collect_annotations(&reading.saved);
        let mut head = skip_columns(area, 2).rows();
        if let Some(row) = head.next() {
            let row = Rect { width: row.width.saturating_sub(1), ..row };
            let row = draw_text_right(&all.len().to_string(), row, self.theme.secondary.0, buf);
            draw_text("Bookmarks and notes", row, self.theme.tab.0, buf);
        }
        let below = Rect { y: area.y + 2.min(area.height), height: area.height.saturating_sub(2), ..area };
        let rows = below.rows().map(|it| Rect { width: it.width.saturating_sub(1), ..it });
        for ((number, part), row) in list.visible_rows(&all, usize::from(below.height)).into_iter().zip(rows)
        {
            let (item, chosen) = (all[number], number == list.selected.item());
            self.draw_annotation_row(item, part, chosen, row, buf);
            if chosen && part + 1 < item.row_count() {
                self.highlight_row(row, buf);
            }
        }
    }

    /// Draws one of the rows of a bookmark or a note.
    fn draw_annotation_row(&self, item: Annotation, part: usize, chosen: bool, row: Rect, buf: &mut Buffer) {
        let reading = self.app.current_story();
        let text = reading.story.text();
        let inner = skip_columns(row, 5);
        match (item, part) {
            (_, 0) => {
                draw_text(if chosen { "▸" } else { " " }, skip_columns(row, 1), self.theme.key.0, buf);
                let (symbol, line, right) = match item {
                    Annotation::Bookmark(letter, offset) => {
                        let end = text[offset..].find('\n').map_or(text.len(), |it| offset + it);
                        (letter.to_string(), text[offset..end].to_string(), String::new())
                    }
                    Annotation::Note(note, _) => {
                        let note = &reading.saved.notes[note];
                        (NOTE_SYMBOL.to_string(), note.text.replace('\n', " "), note.day.clone())
                    }
                };
                draw_text(&symbol, skip_columns(row, 3), self.theme.key.0, buf);
                let rest = draw_text_right(&right, inner, self.theme.secondary.0, buf);
                let gap = u16::from(rest.width < inner.width);
                draw_text(
                    &line,
                    Rect { width: rest.width.saturating_sub(gap), ..rest },
                    self.theme.text.0,
                    buf,
                );
            }
            (Annotation::Note(note, _), 1) => {
                let passage = reading.saved.notes[note].span.slice(text).replace('\n', " ");
                draw_text(&passage, inner, self.theme.secondary.0, buf);
            }
            _ => {}
        }
    }
}
