//! Notes on the page: the note at the cursor, and the note editor.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::{Clear, Widget};

use crate::tui::input::action::Action;
use crate::tui::layout::page::RowKind;
use crate::tui::text::width::display_width;
use crate::tui::text::wrap::{row_at, wrap_text};
use crate::tui::view::{RootView, draw_text, draw_text_right};

impl RootView<'_> {
    /// Draws the note on the passage at the cursor, in a strip at the other end of the page.
    pub(crate) fn draw_note_at_cursor(&self, buf: &mut Buffer) {
        let reading = self.app.current_story();
        let here = reading.page.row_at(reading.viewport.visible_offset());
        let Some(row) = reading.page.rows().get(here).filter(|it| !matches!(it.kind, RowKind::Folded(_)))
        else {
            return;
        };
        let mut notes = reading.saved.notes.iter().filter(|it| it.span.overlaps(row.span));
        let Some(note) = notes.next() else { return };
        let more = match notes.count() {
            0 => String::new(),
            more => format!(" · +{more} more"),
        };
        let title = format!("Your note, {}{more}", note.day);
        let hint = format!("{}: edit", self.keymap.keys(Action::Note).first().map_or("", String::as_str));
        let down = here.saturating_sub(reading.viewport.top_row(&reading.page, self.app.page_height()));
        let upper = down > self.app.page_height() / 2;
        self.draw_note_strip(&note.text, None, upper, (&title, &hint), buf);
    }

    /// Draws text with a title on a strip of the page, at most half of its height. `pen` is the byte offset of the
    /// cursor.
    pub(crate) fn draw_note_strip(
        &self,
        words: &str,
        pen: Option<usize>,
        upper: bool,
        title: (&str, &str),
        buf: &mut Buffer,
    ) {
        let (text, margin) = (self.app.panes.text, self.app.panes.margin);
        let rows = wrap_text(words, usize::from(text.width));
        let most = usize::from(text.height / 2).max(2);
        let height = (rows.len() + 2).min(most + 1).min(usize::from(text.height)) as u16;
        let y = if upper { text.y } else { text.bottom() - height };
        let page = Rect { x: margin.x, y, width: margin.width + text.width, height };
        Clear.render(page, buf);
        buf.set_style(page, self.theme.text.0);
        // A rule separates the strip from the story: above the text at the bottom, below the text at the top.
        let title_row = Rect { height: 1, ..page };
        let rule = Rect { y: if upper { page.bottom() - 1 } else { page.y }, ..title_row };
        for x in rule.left()..rule.right() {
            buf.set_string(x, rule.y, "─", self.theme.rule.0);
        }
        let head = Rect { x: text.x, width: text.width, ..rule };
        let title_area = draw_text_right(&pad_with_spaces(title.1), head, self.theme.secondary.0, buf);
        let title_words = format!(" {} ", title.0);
        let fitting =
            crate::tui::view::truncate(title_words.trim(), usize::from(title_area.width).saturating_sub(3))
                .into_owned();
        draw_text(
            &pad_with_spaces(&fitting),
            Rect { width: title_area.width, ..head },
            self.theme.key.0,
            buf,
        );
        let body = Rect {
            x: text.x,
            width: text.width,
            y: if upper { page.y } else { page.y + 1 },
            height: height.saturating_sub(1),
        };
        let pen_row = pen.map_or(0, |it| row_at(&rows, it));
        let first = (pen_row + 1).saturating_sub(usize::from(body.height));
        for (number, (row, line)) in
            rows.iter().enumerate().skip(first).zip(body.rows()).map(|it| (it.0.0, (it.0.1, it.1)))
        {
            buf.set_stringn(line.x, line.y, row.slice(words), usize::from(line.width), self.theme.text.0);
            if let Some(pen) = pen.filter(|_| number == pen_row) {
                let column = display_width(&words[row.start..pen])
                    .min(usize::from(line.width).saturating_sub(1)) as u16;
                buf.set_style(Rect { x: line.x + column, width: 1, ..line }, self.theme.selected.0);
            }
        }
        buf.set_string(margin.x, body.y, NOTE_SYMBOL, self.theme.key.0);
    }
}

/// The symbol of a note in the margin.
pub(crate) const NOTE_SYMBOL: &str = "*";

fn pad_with_spaces(words: &str) -> String {
    if words.is_empty() { String::new() } else { format!(" {words} ") }
}
