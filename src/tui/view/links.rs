//! The links on the page: the cells that show their words, for terminals that know hyperlinks.

use pullquote::span::Span;
use ratatui::layout::{Position, Rect};
use unicode_segmentation::UnicodeSegmentation;

use crate::tui::app::panel::{Panel, Placement};
use crate::tui::layout::page::{DisplayRow, RowKind};
use crate::tui::terminal::hyperlink::LinkCell;
use crate::tui::text::width::display_width;
use crate::tui::view::RootView;

impl<'a> RootView<'a> {
    /// The cells of the page that show the words of links.
    pub(crate) fn link_cells(&self) -> Vec<LinkCell<'a>> {
        let open_story = self.app.current_story();
        let text = self.app.panes.text;
        let is_hidden = self.app.panel().map(Panel::placement) == Some(Placement::FullPage);
        if is_hidden || open_story.story.links.is_empty() || !self.app.panes.has_page() {
            return Vec::new();
        }
        let top = open_story.viewport.top_row(&open_story.page, usize::from(text.height));
        let rows = open_story.page.rows().iter().skip(top).zip(text.rows());
        rows.flat_map(|(row, line)| self.row_link_cells(row, line)).collect()
    }

    fn row_link_cells(&self, row: &DisplayRow, line: Rect) -> Vec<LinkCell<'a>> {
        let story = &self.app.current_story().story;
        let mut cells = Vec::new();
        if !matches!(row.kind, RowKind::First | RowKind::Continuation) {
            return cells;
        }
        let first = story.links.partition_point(|it| it.span.end <= row.span.start);
        let on_row = story.links.iter().enumerate().skip(first);
        for (number, link) in on_row.take_while(|it| it.1.span.start < row.span.end) {
            let start = link.span.start.max(row.span.start);
            let shown = |from: usize, to: usize| row.display_text(Span::new(from, to), story.text());
            let before = display_width(&shown(row.span.start, start));
            let mut x = usize::from(line.x) + usize::from(row.indent) + before;
            for symbol in shown(start, link.span.end.min(row.span.end)).graphemes(true) {
                let width = display_width(symbol);
                if x + width > usize::from(line.right()) {
                    break;
                }
                if width > 0 {
                    let at = Position { x: x as u16, y: line.y };
                    cells.push(LinkCell { at, symbol: symbol.to_owned(), link: number, address: &link.url });
                }
                x += width;
            }
        }
        cells
    }
}

#[cfg(test)]
mod tests {
    use crate::tui::tests::TestApp;

    #[test]
    fn the_words_of_a_link_are_known_on_each_row_and_after_scrolling() {
        let page = "<article><h1>The last ferry stops</h1><p>It rained on the harbour and the wall when <a href='https://a.example/b'>Ann \
                    Lee, the 日本 mayor of Oddmouth, spoke to the council of the county</a> on Monday.</p><p>It stopped.</p></article>";
        let mut test_app = TestApp::from_page(page).with_size(60, 20);
        let words = |test_app: &TestApp| {
            let view = test_app.view();
            let mut rows: Vec<String> = Vec::new();
            let mut y = None;
            for cell in view.link_cells() {
                if y.replace(cell.at.y) != Some(cell.at.y) {
                    rows.push(String::new());
                }
                rows.last_mut().expect("a row").push_str(&cell.symbol);
                assert_eq!((cell.link, cell.address), (0, "https://a.example/b"));
                let shown = test_app.buffer()[cell.at].symbol().to_owned();
                assert_eq!(shown, cell.symbol);
            }
            rows.join(" ")
        };
        let all = "Ann Lee, the 日本 mayor of Oddmouth, spoke to the council of the county";
        assert_eq!(words(&test_app), all);
        test_app = test_app.press(":justify enter j");
        assert_eq!(words(&test_app).split_whitespace().collect::<Vec<_>>().join(" "), all);
        // A page over the story has none.
        assert_eq!(words(&test_app.press("?")), "");
    }
}
