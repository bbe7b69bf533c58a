//! Motion commands: they move the cursor in the focused pane.

use crate::tui::app::{App, Focus};
use crate::tui::layout::page::Page;
use crate::tui::open_story::OpenStory;
use crate::tui::open_story::list::SelectList;
use crate::tui::open_story::navigation::NavigationNotice;
use crate::tui::open_story::viewport::Viewport;

impl App {
    pub(crate) fn move_cursor(&mut self, rows: isize) {
        self.move_in_pane(
            |viewport, page, height| viewport.move_rows(page, rows, height),
            |list| list.move_by(rows),
        );
    }

    pub(crate) fn scroll(&mut self, rows: isize) {
        self.move_in_pane(
            |viewport, page, height| viewport.scroll(page, rows, height),
            |list| list.move_by(rows),
        );
    }

    /// Moves by paragraphs in the story, by groups in the side pane.
    pub(crate) fn move_by_group(&mut self, groups: isize) {
        self.move_in_pane(
            |viewport, page, height| viewport.move_paragraphs(page, groups, height),
            |list| list.move_by_group(groups),
        );
    }

    /// Moves in the pane with the focus: in the story, whose pane has a height in rows, or in the list.
    fn move_in_pane(
        &mut self,
        in_story: impl FnOnce(&mut Viewport, &Page, usize),
        in_list: impl FnOnce(&mut SelectList),
    ) {
        let height = self.page_height();
        let focus = self.focus;
        let OpenStory { viewport, page, side_pane, .. } = self.current_story_mut();
        match focus {
            Focus::Story => in_story(viewport, page, height),
            Focus::SidePane => in_list(side_pane.open_list_mut()),
        }
        self.sync_panes();
    }

    /// Moves to the end of the pane, or to its start.
    pub(crate) fn move_to_edge(&mut self, end: bool) {
        let height = self.page_height();
        let far = if end { isize::MAX } else { isize::MIN };
        let focus = self.focus;
        let reading = self.current_story_mut();
        match focus {
            Focus::Story => {
                let rows = reading.page.rows();
                let row = if end { rows.last() } else { rows.first() };
                if let Some(offset) = row.map(|it| it.span.start) {
                    reading.jump(offset, height);
                }
            }
            Focus::SidePane => reading.side_pane.open_list_mut().move_by(far),
        }
        self.sync_panes();
    }

    pub(crate) fn move_through_jumps(&mut self, times: isize, back: bool) {
        let height = self.page_height();
        for _ in 0..times {
            if back && self.jump_back_to_story() {
                continue;
            }
            let OpenStory { viewport, page, .. } = self.current_story_mut();
            let moved =
                if back { viewport.jump_back(page, height) } else { viewport.jump_forward(page, height) };
            if !moved {
                self.notify(if back { "Nothing to go back to" } else { "Nothing to go forward to" });
                break;
            }
        }
        self.focus = Focus::Story;
        self.sync_panes();
    }

    /// Moves the cursor in the story and focuses the story. `walk` returns a notice at the end of the story.
    pub(crate) fn navigate(&mut self, walk: impl FnOnce(&mut OpenStory) -> NavigationNotice) {
        self.focus = Focus::Story;
        // Starts from what the side pane previews.
        let viewport = &mut self.current_story_mut().viewport;
        if let Some(offset) = viewport.preview.take() {
            viewport.cursor = offset;
        }
        if let Some(end) = walk(self.current_story_mut()) {
            // While the analysis goes on, more may be found.
            match self.current_story().progress_note() {
                Some(progress) => self.notify(&format!("{} so far ({progress})", end.trim_end_matches('.'))),
                None => self.notify(&end),
            }
        }
        self.sync_panes();
    }
}
