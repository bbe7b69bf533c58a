//! The title bar: the headline of the story, its source, its date and its length.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::text::counted;
use crate::tui::open_story::citation::origin_beside_title;
use crate::tui::text::width::{display_width, short_reading_time};
use crate::tui::view::{RootView, draw_text, draw_text_right, inset, skip_columns};

/// The least columns of a headline beside the source and the date.
const MIN_HEADLINE_WIDTH: usize = 24;

impl RootView<'_> {
    /// Draws the headline, the source and the date; at the right the length and the story's number.
    pub(crate) fn draw_title_bar(&self, row: Rect, buf: &mut Buffer) {
        let open_story = self.app.current_story();
        let story = &open_story.story;
        let row = inset(row);
        let (number, stories) = self.app.story_position();
        let story_number = (stories > 1).then(|| format!("story {}/{stories}", number + 1));
        let minutes = format!("{} read", short_reading_time(open_story.word_count));
        let words = format!("{} · {minutes}", counted(open_story.word_count, "word"));
        let origin = origin_beside_title(story).join(" · ");
        let headline = story.title().unwrap_or_default();
        let left = match (headline.is_empty(), origin.is_empty()) {
            (true, true) => "pullquote".to_string(),
            (false, false) => format!("{headline} · {origin}"),
            _ => format!("{headline}{origin}"),
        };
        // The length of the story gives way to the headline, the source and the date.
        let with_number = |length: &str| {
            let parts = story_number.iter().map(String::as_str).chain([length]).filter(|it| !it.is_empty());
            parts.collect::<Vec<_>>().join(" · ")
        };
        let rights = [with_number(&words), with_number(&minutes), with_number("")];
        let fits =
            |right: &&String| display_width(&left) + 2 + display_width(right) <= usize::from(row.width);
        let right = rights.iter().find(fits).unwrap_or(&rights[1]);
        let rest = draw_text_right(right, row, self.theme.secondary.0, buf);
        let rest = Rect { width: rest.width.saturating_sub(2), ..rest };
        // A headline that is too long is shortened, not the source and the date.
        let beside = if headline.is_empty() || origin.is_empty() { 0 } else { display_width(&origin) + 3 };
        let room = usize::from(rest.width).saturating_sub(beside);
        let has_room = room >= MIN_HEADLINE_WIDTH.min(display_width(&headline));
        let title = if headline.is_empty() { &left } else { &headline };
        let title_row = Rect { width: if has_room { room as u16 } else { rest.width }, ..rest };
        let taken = draw_text(title, title_row, self.theme.title.0, buf);
        if beside > 0 && has_room {
            draw_text(&format!(" · {origin}"), skip_columns(rest, taken), self.theme.secondary.0, buf);
        }
    }
}
