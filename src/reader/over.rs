//! The help page and the search line, which lie over the page while they are open.

use super::action::Action;
use super::app::{App, Focus, Open};
use super::whose::erase;

impl App {
    pub(super) fn in_help(&mut self, action: Action, top: usize) {
        let page = usize::from(self.panes.body.height).max(1);
        let last = self.help.height(usize::from(self.panes.body.width)).saturating_sub(page);
        self.open = Open::Help(match action {
            Action::Forward => (top + 1).min(last),
            Action::Back => top.saturating_sub(1),
            Action::PageForward => (top + page).min(last),
            Action::PageBack => top.saturating_sub(page),
            Action::ToStart => 0,
            Action::ToEnd => last,
            Action::Cancel => {
                self.open = Open::Nothing;
                return;
            }
            _ => top,
        });
    }

    pub(super) fn search(&mut self) {
        self.focus = Focus::Story;
        self.follow();
        let height = self.height();
        let reading = self.reading();
        let from = reading.stand.spot(&reading.page, height);
        self.open = Open::Search { typed: String::new(), from };
    }

    pub(super) fn in_search(&mut self, action: Action) {
        let Open::Search { typed, from } = &mut self.open else { return };
        let from = *from;
        match action {
            Action::Accept => {
                let typed = std::mem::take(typed);
                self.open = Open::Nothing;
                let reading = self.reading_mut();
                reading.stand.remember(from);
                if typed.is_empty() {
                    self.update(Action::NextHit);
                } else if reading.hits.is_empty() {
                    self.say(&format!("“{typed}” is not in this story"));
                } else {
                    reading.wanted = typed;
                }
            }
            Action::Cancel => {
                self.open = Open::Nothing;
                let reading = self.reading_mut();
                reading.hits.clear();
                reading.stand.take(from);
            }
            Action::NextHit => self.step_hit(1),
            Action::PreviousHit => self.step_hit(-1),
            Action::Erase if typed.is_empty() => return self.in_search(Action::Cancel),
            Action::Erase | Action::EraseWord | Action::EraseAll => self.retype(|line| erase(line, action)),
            _ => {}
        }
        self.follow();
    }

    fn step_hit(&mut self, by: isize) {
        let height = self.height();
        self.notice = self.reading_mut().walk_hits(by, height).map(str::to_string);
    }

    /// Changes the line that is being typed; a search goes along with every sign.
    pub(super) fn retype(&mut self, change: impl FnOnce(&mut String)) {
        let height = self.height();
        self.notice = None;
        match &mut self.open {
            Open::Search { typed, from } => {
                change(typed);
                let (typed, from) = (typed.clone(), *from);
                self.reading_mut().seek_from(&typed, from, height);
                self.follow();
            }
            Open::Picker(picker) => {
                change(&mut picker.typed);
                picker.retyped();
            }
            Open::Nothing | Open::Help(_) => {}
        }
    }
}
