//! The scroll bar at the edge of the story: what is seen of it, and where its quotes, hits and marks stand.

use ratatui::buffer::Buffer;
use ratatui::style::Style;

use crate::tui::layout::scrollbar::Scrollbar;
use crate::tui::view::RootView;

impl RootView<'_> {
    pub(crate) fn draw_scrollbar(&self, buf: &mut Buffer) {
        let reading = self.app.current_story();
        let area = self.app.panes.scrollbar;
        let height = usize::from(area.height);
        let bar = Scrollbar::new(&reading.page, reading.viewport.top_row(&reading.page, height), height);
        let findings = reading.findings();
        let start = |it: &usize| findings.and_then(|all| all.quote(*it)).map_or(0, |it| it.extent().start);
        let quotes = bar.group_by_row(&reading.allowed_quotes, start);
        let hits = bar.group_by_row(&reading.matches, |it| it.start);
        let mut marks: Vec<(usize, char)> = reading.saved.bookmarks.iter().map(|it| (*it.1, *it.0)).collect();
        marks.sort_unstable();
        let marks = bar.group_by_row(&marks, |it| it.0);
        let all = reading.page.rows().len() <= height;
        for (number, (((row, quotes), hits), marks)) in
            area.rows().zip(quotes).zip(hits).zip(marks).enumerate()
        {
            if let [(_, letter), ..] = marks {
                buf.set_string(row.x, row.y, letter.to_string(), self.theme.key.0);
                continue;
            }
            let seen = bar.thumb.contains(&number) && !all;
            let (sign, style) = match (hits, quotes) {
                ([_, ..], _) => ("◂", self.theme.search_match.0),
                (_, [first, rest @ ..]) => (if seen { "┨" } else { "┤" }, self.quotes_style(*first, rest)),
                _ if seen => ("┃", self.theme.secondary.0),
                _ => ("│", self.theme.rule.0),
            };
            buf.set_string(row.x, row.y, sign, style);
        }
    }

    /// The hue of the speaker of some quotes; where there are several speakers, none of theirs.
    fn quotes_style(&self, first: usize, rest: &[usize]) -> Style {
        let Some(findings) = self.app.current_story().findings() else { return self.theme.rule.0 };
        let speaker = findings.speaker_of(first);
        let alone = rest.iter().all(|it| findings.speaker_of(*it) == speaker);
        speaker.filter(|_| alone).map_or(self.theme.text.0, |it| self.speaker_style(it, findings))
    }
}
