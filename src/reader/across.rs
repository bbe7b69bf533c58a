//! Keeps the two panes in step, and leads from one to the other.

use super::app::{App, Focus};
use super::side::{Line, Tab};

impl App {
    /// Takes one pane along with the other.
    pub(super) fn follow(&mut self) {
        let height = self.list_height();
        let focus = self.focus;
        let reading = self.reading_mut();
        match focus {
            Focus::Story => {
                reading.stand.preview = None;
                if let Some(quote) = reading.quote() {
                    reading.side.choose(Tab::Quotes, Line::Quote(quote));
                }
                if let Some(entity) = reading.entity()
                    && let Some(kind) = reading.findings().and_then(|it| it.entity(entity)).map(|it| it.kind)
                {
                    reading.side.choose(Tab::of(kind), Line::Entity(entity));
                }
            }
            Focus::Findings => reading.look_at_chosen(),
        }
        reading.side.settle(height);
    }

    pub(super) fn go(&mut self) {
        let height = self.height();
        match self.focus {
            Focus::Findings => {
                let Some((place, quote)) = self.reading().chosen_place() else { return };
                self.focus = Focus::Story;
                let reading = self.reading_mut();
                reading.stand.preview = None;
                match quote {
                    Some(quote) => reading.jump_to_quote(quote, height),
                    None => reading.jump(place, height),
                }
                self.follow();
            }
            Focus::Story => {
                let reading = self.reading_mut();
                let entity = reading.entity();
                let kind = entity.and_then(|it| reading.findings()?.entity(it)).map(|it| it.kind);
                reading.side.tab = kind.map_or(Tab::Quotes, Tab::of);
                self.focus = Focus::Findings;
                self.follow();
            }
        }
    }

    pub(super) fn switch_pane(&mut self, tab: Option<usize>) {
        let tab = tab.and_then(|it| Tab::ALL.get(it.wrapping_sub(1)).copied());
        self.focus = match (tab, self.focus) {
            (None, Focus::Findings) => Focus::Story,
            _ => Focus::Findings,
        };
        if let Some(tab) = tab {
            self.reading_mut().side.tab = tab;
        }
        self.follow();
    }

    pub(super) fn open_tab(&mut self, tab: Tab) {
        self.focus = Focus::Findings;
        self.reading_mut().side.tab = tab;
        self.follow();
    }

    pub(super) fn turn_tab(&mut self, tabs: isize) {
        let tab = (self.reading().side.tab as usize).cast_signed() + tabs;
        self.open_tab(Tab::ALL[tab.rem_euclid(4).unsigned_abs()]);
    }
}
