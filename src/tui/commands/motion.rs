//! Commands that move the reader through the pane that has the keys.

use crate::tui::app::{App, Focus};
use crate::tui::open_story::OpenStory;
use crate::tui::open_story::navigation::NavigationNotice;

impl App {
    pub(crate) fn move_cursor(&mut self, rows: isize) {
        let height = self.page_height();
        match self.focus {
            Focus::Story => {
                let OpenStory { viewport: stand, page, .. } = self.current_story_mut();
                stand.move_rows(page, rows, height);
            }
            Focus::SidePane => self.current_story_mut().side_pane.open_list_mut().move_by(rows),
        }
        self.sync_panes();
    }

    pub(crate) fn scroll(&mut self, rows: isize) {
        let height = self.page_height();
        match self.focus {
            Focus::Story => {
                let OpenStory { viewport: stand, page, .. } = self.current_story_mut();
                stand.scroll(page, rows, height);
            }
            Focus::SidePane => self.current_story_mut().side_pane.open_list_mut().move_by(rows),
        }
        self.sync_panes();
    }

    /// By paragraphs, or by groups of the list.
    pub(crate) fn move_by_group(&mut self, groups: isize) {
        let height = self.page_height();
        match self.focus {
            Focus::Story => {
                let OpenStory { viewport: stand, page, .. } = self.current_story_mut();
                stand.move_paragraphs(page, groups, height);
            }
            Focus::SidePane => self.current_story_mut().side_pane.open_list_mut().move_by_group(groups),
        }
        self.sync_panes();
    }

    /// To the end of the pane, or to its start.
    pub(crate) fn move_to_edge(&mut self, end: bool) {
        let height = self.page_height();
        let far = if end { isize::MAX } else { isize::MIN };
        let focus = self.focus;
        let reading = self.current_story_mut();
        match focus {
            Focus::Story => {
                let rows = reading.page.rows();
                let row = if end { rows.last() } else { rows.first() };
                if let Some(place) = row.map(|it| it.span.start) {
                    reading.jump(place, height);
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
            let OpenStory { viewport: stand, page, .. } = self.current_story_mut();
            let moved = if back { stand.jump_back(page, height) } else { stand.jump_forward(page, height) };
            if !moved {
                self.notify(if back { "Nothing to go back to" } else { "Nothing to go forward to" });
                break;
            }
        }
        self.focus = Focus::Story;
        self.sync_panes();
    }

    /// A walk through the story takes the keys there.
    pub(crate) fn navigate(&mut self, walk: impl FnOnce(&mut OpenStory) -> NavigationNotice) {
        self.focus = Focus::Story;
        // From what is chosen in the side pane, if it is looked at.
        let stand = &mut self.current_story_mut().viewport;
        if let Some(place) = stand.preview.take() {
            stand.cursor = place;
        }
        if let Some(end) = walk(self.current_story_mut()) {
            self.notify(&end);
        }
        self.sync_panes();
    }
}
