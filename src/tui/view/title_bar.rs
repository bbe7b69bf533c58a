//! The title bar: the story's source, or its headline once that is out of sight; its length.

use pullquote::story::BlockKind;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::tui::open_story::citation::source;
use crate::tui::text::width::{columns, minutes};
use crate::tui::view::{Screen, inset, put, put_right};

impl Screen<'_> {
    /// The headline, once it is out of sight; before, whose story it is.
    pub(crate) fn title(&self, row: Rect, buf: &mut Buffer) {
        let reading = self.app.reading();
        let story = &reading.story;
        let row = inset(row);
        let (number, stories) = self.app.number();
        let size = format!("{} words · {} min", reading.words, minutes(reading.words));
        let source = source(story);
        let top = reading.stand.top_row(&reading.page, self.app.height());
        let top_block = reading.page.rows().get(top).map(|it| it.block);
        let headline = story.blocks().iter().position(|it| it.kind == BlockKind::Headline);
        let above = headline.is_some() && top_block > headline;
        let paragraphs = format!("{} ¶", reading.paragraphs);
        let mut right = vec![paragraphs, size];
        if above && let Some(source) = &source {
            right.insert(0, source.clone());
        }
        if stories > 1 {
            right.insert(0, format!("story {}/{stories}", number + 1));
        }
        while right.len() > 1 && columns(&right.join(" · ")) > usize::from(row.width) / 2 {
            right.remove(if right.len() == 2 { 1 } else { right.len() - 2 });
        }
        let rest = put_right(&right.join(" · "), row, self.theme.faint.0, buf);
        let rest = Rect { width: rest.width.saturating_sub(2), ..rest };
        match (above, story.title(), source) {
            (true, Some(title), _) => put(&title.replace('\n', " "), rest, self.theme.title.0, buf),
            (_, _, Some(source)) => {
                let date = story.published.as_ref().map_or(String::new(), |it| format!(" · {it}"));
                put(&format!("{source}{date}"), rest, self.theme.faint.0, buf)
            }
            _ => put("pullquote", rest, self.theme.faint.0, buf),
        };
    }
}
