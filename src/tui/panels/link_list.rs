//! The list of the links in a story: opens them in the browser or copies their addresses.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::text::{grouped, numbered_list, one_line};
use crate::tui::app::panel::{KeyHint, Panel, PanelList, Response, hint};
use crate::tui::app::{App, ClipboardText, Effect, RootView};
use crate::tui::input::action::Action;
use crate::tui::input::keymap::Mode;
use crate::tui::layout::list_selection::ListSelection;
use crate::tui::view::{draw_text, draw_text_right, skip_columns};

/// The rows of a link: its words, and its address.
const ROWS_PER_LINK: usize = 2;

/// The open list.
pub(crate) struct LinkList {
    /// The number of the story.
    story: usize,
    selected: ListSelection,
}

impl App {
    /// Opens the list of links, at the first one from the cursor on.
    pub(crate) fn open_links(&mut self) {
        let here = self.current_story().viewport.visible_offset();
        let links = &self.current_story().story.links;
        if links.is_empty() {
            return self.notify("This story has no links");
        }
        let chosen = links.iter().position(|it| it.span.end > here).unwrap_or(links.len() - 1);
        self.open_panel(LinkList { story: self.current, selected: ListSelection::new(chosen) });
        self.with_panel(|panel, app| panel.selection_changed(app));
    }
}

impl LinkList {
    /// The links that a list of `height` rows shows.
    fn visible_range(&self, links: usize, height: usize) -> Range<usize> {
        self.selected.visible(links, (height / ROWS_PER_LINK).max(1))
    }

    /// Scrolls the story to the selected link; the cursor stays.
    fn preview(&mut self, app: &mut App) {
        let open_story = app.current_story_mut();
        self.selected.move_by(0, open_story.story.links.len());
        let link = open_story.story.links.get(self.selected.item());
        open_story.viewport.preview = link.map(|it| it.span.start);
    }

    /// Ends the preview.
    fn close(app: &mut App) -> Response {
        app.current_story_mut().viewport.preview = None;
        app.sync_panes();
        Response::Close
    }
}

impl Panel for LinkList {
    fn mode(&self) -> Mode {
        Mode::Links
    }

    fn update(&mut self, app: &mut App, action: Action) -> Response {
        let links = &app.current_story().story.links;
        self.selected.apply(action, app.list_height() / ROWS_PER_LINK, links.len());
        let address = links.get(self.selected.item()).map(|it| it.url.clone());
        match (action, address) {
            (Action::Cancel, _) => return Self::close(app),
            // Another story has taken the place of the one with the links.
            _ if app.current != self.story => return Self::close(app),
            (Action::Open, Some(address)) => return Response::Effect(Effect::OpenBrowser(address)),
            (Action::CopyAddress, Some(text)) => {
                let description = "the address".to_string();
                return Response::Effect(Effect::Copy(ClipboardText { text, description }));
            }
            _ => {}
        }
        self.preview(app);
        Response::Stay
    }

    fn draw(&self, view: RootView, buf: &mut Buffer) {
        let area = view.app.panes.side;
        let open_story = view.app.current_story();
        let links = &open_story.story.links;
        if let Some(row) = skip_columns(area, 2).rows().next() {
            let row = Rect { width: row.width.saturating_sub(1), ..row };
            let row = draw_text_right(&grouped(links.len()), row, view.theme.secondary.0, buf);
            draw_text("Links", row, view.theme.tab.0, buf);
        }
        let list = view.app.panes.list();
        let mut rows = list.rows().map(|it| Rect { width: it.width.saturating_sub(1), ..it });
        for number in self.visible_range(links.len(), usize::from(list.height)) {
            let (Some(link), is_selected) = (links.get(number), number == self.selected.item()) else {
                return;
            };
            let words = one_line(link.span.slice(open_story.story.text()));
            let lines = [(words.as_str(), view.theme.text.0), (&link.url, view.theme.secondary.0)];
            for (part, (line, style)) in lines.into_iter().enumerate() {
                let Some(row) = rows.next() else { return };
                let marker = if is_selected && part == 0 { "▸" } else { " " };
                draw_text(marker, skip_columns(row, 2), view.theme.key.0, buf);
                draw_text(line, skip_columns(row, 4), style, buf);
                if is_selected {
                    view.highlight_row(row, buf);
                }
            }
        }
    }

    fn describe(&self, app: &App) -> Option<String> {
        let story = &app.current_story().story;
        let items =
            story.links.iter().map(|it| format!("{}: {}", one_line(it.span.slice(story.text())), it.url));
        Some(numbered_list("Links. Type a number to open one in the browser.", items))
    }

    fn hints(&self, _app: &App) -> Vec<KeyHint> {
        vec![hint(Action::Cancel, "close"), hint(Action::Open, "open"), hint(Action::CopyAddress, "copy")]
    }

    fn list(&self, app: &App) -> Option<PanelList> {
        let area = app.panes.list();
        let links = app.current_story().story.links.len();
        let visible = self.visible_range(links, usize::from(area.height));
        let items = visible.flat_map(|it| std::iter::repeat_n(Some(it), ROWS_PER_LINK));
        Some(PanelList { area, items: items.take(usize::from(area.height)).collect() })
    }

    fn click_action(&self) -> Action {
        Action::Open
    }

    fn selection(&mut self) -> Option<&mut ListSelection> {
        Some(&mut self.selected)
    }

    fn selection_changed(&mut self, app: &mut App) {
        self.preview(app);
    }

    fn rows_per_notch(&self) -> usize {
        1
    }
}

#[cfg(test)]
mod tests {
    use crate::tui::app::Effect;
    use crate::tui::tests::TestApp;

    fn page() -> TestApp {
        TestApp::from_page(
            "<article><h1>The last ferry stops</h1><p>It rained, <a href='https://a.example/lee'>Ann Lee</a> said on Monday, \
             and the <a href='http://b.example/wall?c=1'>wall</a> fell.</p><p>It is <a href='mailto:a@b.example'>over</a>, \
             <a href='javascript:alert(1)'>they</a> said.</p></article>",
        )
    }

    #[test]
    fn a_link_is_opened_or_copied_from_the_list() {
        let list = page().press("W");
        let screen = list.screen();
        for shown in ["Links", "▸ Ann Lee", "https://a.example/lee", "wall", "http://b.example/wall?c=1"] {
            assert!(screen.contains(shown), "{shown}: {screen}");
        }
        assert!(!screen.contains("mailto") && !screen.contains("javascript"), "{screen}");
        assert_eq!(page().press("W enter").effect, Effect::OpenBrowser("https://a.example/lee".into()));
        assert_eq!(
            page().press(":links enter j enter").effect,
            Effect::OpenBrowser("http://b.example/wall?c=1".into())
        );
        match page().press("W j y").effect {
            Effect::Copy(copied) => assert_eq!(copied.text, "http://b.example/wall?c=1"),
            other => panic!("{other:?}"),
        }
        assert!(page().press("W esc").app.panel().is_none());
    }

    #[test]
    fn a_story_without_links_says_so() {
        assert!(TestApp::new().press("W").status().contains("This story has no links"));
    }
}
