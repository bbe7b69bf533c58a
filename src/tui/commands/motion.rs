//! Commands that move the reader through the pane that has the keys.

use crate::tui::app::{App, Focus};
use crate::tui::open_story::Reading;

impl App {
    pub(crate) fn step(&mut self, rows: isize) {
        let height = self.height();
        match self.focus {
            Focus::Story => {
                let Reading { stand, page, .. } = self.reading_mut();
                stand.step(page, rows, height);
            }
            Focus::Findings => self.reading_mut().side.open_mut().step(rows),
        }
        self.follow();
    }

    pub(crate) fn scroll(&mut self, rows: isize) {
        let height = self.height();
        match self.focus {
            Focus::Story => {
                let Reading { stand, page, .. } = self.reading_mut();
                stand.scroll(page, rows, height);
            }
            Focus::Findings => self.reading_mut().side.open_mut().step(rows),
        }
        self.follow();
    }

    /// By paragraphs, or by groups of the list.
    pub(crate) fn step_group(&mut self, groups: isize) {
        let height = self.height();
        match self.focus {
            Focus::Story => {
                let Reading { stand, page, .. } = self.reading_mut();
                stand.step_paragraph(page, groups, height);
            }
            Focus::Findings => self.reading_mut().side.open_mut().step_group(groups),
        }
        self.follow();
    }

    /// To the end of the pane, or to its start.
    pub(crate) fn run(&mut self, end: bool) {
        let height = self.height();
        let far = if end { isize::MAX } else { isize::MIN };
        let focus = self.focus;
        let reading = self.reading_mut();
        match focus {
            Focus::Story => {
                let rows = reading.page.rows();
                let row = if end { rows.last() } else { rows.first() };
                if let Some(place) = row.map(|it| it.span.start) {
                    reading.jump(place, height);
                }
            }
            Focus::Findings => reading.side.open_mut().step(far),
        }
        self.follow();
    }

    pub(crate) fn return_to(&mut self, times: isize, back: bool) {
        let height = self.height();
        for _ in 0..times {
            if back && self.cross_back() {
                continue;
            }
            let Reading { stand, page, .. } = self.reading_mut();
            let moved =
                if back { stand.return_back(page, height) } else { stand.return_forward(page, height) };
            if !moved {
                self.say(if back { "no jump to come back from" } else { "no jump to repeat" });
                break;
            }
        }
        self.focus = Focus::Story;
        self.follow();
    }

    /// A walk through the story takes the keys there.
    pub(crate) fn walk(&mut self, walk: impl FnOnce(&mut Reading) -> Option<&'static str>) {
        self.focus = Focus::Story;
        // From what is chosen in the side pane, if it is looked at.
        let stand = &mut self.reading_mut().stand;
        if let Some(place) = stand.preview.take() {
            stand.place = place;
        }
        if let Some(end) = walk(self.reading_mut()) {
            self.say(end);
        }
        self.follow();
    }
}
