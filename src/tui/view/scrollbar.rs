//! The scroll bar of the page: its visible part, quotes, matches and bookmarks.

use ratatui::buffer::Buffer;
use ratatui::style::Style;

use crate::tui::layout::scrollbar::Scrollbar;
use crate::tui::view::RootView;

impl RootView<'_> {
    /// Draws the scroll bar.
    pub(crate) fn draw_scrollbar(&self, buf: &mut Buffer) {
        let open_story = self.app.current_story();
        let area = self.app.panes.scrollbar;
        let height = usize::from(area.height);
        let top = open_story.viewport.top_row(&open_story.page, height);
        let bar = Scrollbar::new(&open_story.page, top, height);
        let findings = open_story.findings();
        let start =
            |quote: &usize| findings.and_then(|it| it.quote(*quote)).map_or(0, |it| it.extent().start);
        let quotes = bar.group_by_row(&open_story.allowed_quotes, start);
        let matches = bar.group_by_row(&open_story.matches, |it| it.start);
        let bookmarks = open_story.saved.bookmarks.iter();
        let mut bookmarks: Vec<(usize, char)> =
            bookmarks.map(|(letter, offset)| (*offset, *letter)).collect();
        bookmarks.sort_unstable();
        let bookmarks = bar.group_by_row(&bookmarks, |it| it.0);
        let is_all_visible = open_story.page.rows().len() <= height;
        for (number, (((row, quotes), matches), bookmarks)) in
            area.rows().zip(quotes).zip(matches).zip(bookmarks).enumerate()
        {
            if let [(_, letter), ..] = bookmarks {
                buf.set_string(row.x, row.y, letter.to_string(), self.theme.key.0);
                continue;
            }
            let is_visible = bar.thumb.contains(&number) && !is_all_visible;
            let (symbol, style) = match (matches, quotes) {
                ([_, ..], _) => ("◂", self.theme.search_match.0),
                (_, [first, rest @ ..]) => {
                    (if is_visible { "┨" } else { "┤" }, self.quotes_style(*first, rest))
                }
                _ if is_visible => ("┃", self.theme.secondary.0),
                _ => ("│", self.theme.rule.0),
            };
            buf.set_string(row.x, row.y, symbol, style);
        }
    }

    /// Returns the style of the speaker of some quotes; that of plain text if they have several speakers.
    fn quotes_style(&self, first: usize, rest: &[usize]) -> Style {
        let Some(findings) = self.app.current_story().findings() else { return self.theme.rule.0 };
        let speaker = findings.speaker_of(first);
        let is_only_speaker = rest.iter().all(|it| findings.speaker_of(*it) == speaker);
        speaker.filter(|_| is_only_speaker).map_or(self.theme.text.0, |it| self.speaker_style(it, findings))
    }
}
