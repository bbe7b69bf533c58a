//! The title bar: the story's source, or its headline once that is out of view, and its length.

use pullquote::story::BlockKind;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::text::counted;
use crate::tui::open_story::citation::source_name;
use crate::tui::text::width::{display_width, reading_minutes};
use crate::tui::view::{RootView, draw_text, draw_text_right, inset};

impl RootView<'_> {
    /// Draws the source, or the headline once that is out of view; at the right the length and the story's number.
    pub(crate) fn draw_title_bar(&self, row: Rect, buf: &mut Buffer) {
        let open_story = self.app.current_story();
        let story = &open_story.story;
        let row = inset(row);
        let (number, stories) = self.app.story_position();
        let words = counted(open_story.word_count, "word");
        let length = format!("{words} · {} min read", reading_minutes(open_story.word_count));
        let source = source_name(story);
        let top = open_story.viewport.top_row(&open_story.page, self.app.page_height());
        let top_block = open_story.page.rows().get(top).map(|it| it.block);
        let headline = story.blocks().iter().position(|it| it.kind == BlockKind::Headline);
        let is_headline_above = headline.is_some() && top_block > headline;
        let mut right = vec![length];
        if is_headline_above && let Some(source) = &source {
            right.insert(0, source.clone());
        }
        if stories > 1 {
            right.insert(0, format!("story {}/{stories}", number + 1));
        }
        while right.len() > 1 && display_width(&right.join(" · ")) > usize::from(row.width) / 2 {
            right.remove(if right.len() == 2 { 1 } else { right.len() - 2 });
        }
        let rest = draw_text_right(&right.join(" · "), row, self.theme.secondary.0, buf);
        let rest = Rect { width: rest.width.saturating_sub(2), ..rest };
        match (is_headline_above, story.headline(), source) {
            (true, Some(title), _) => draw_text(&title.replace('\n', " "), rest, self.theme.title.0, buf),
            (_, _, Some(source)) => {
                let date = story.published.as_ref().map_or(String::new(), |it| format!(" · {it}"));
                draw_text(&format!("{source}{date}"), rest, self.theme.secondary.0, buf)
            }
            _ => draw_text("pullquote", rest, self.theme.secondary.0, buf),
        };
    }
}
