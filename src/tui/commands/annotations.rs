//! Commands of the list of bookmarks and notes.

use crate::storage::Change;
use crate::tui::app::{App, Focus, Open};
use crate::tui::input::action::Action;
use crate::tui::overlay::annotations::{Item, Leavings, items};

impl App {
    pub(crate) fn list_leavings(&mut self) {
        let all = items(&self.reading().kept);
        if all.is_empty() {
            let (note, mark) = (self.help.key(Action::Note), self.help.key(Action::Mark));
            return self.say(&format!(
                "no marks or notes yet: {note} writes a note, {mark} and a letter mark a place"
            ));
        }
        let here = self.reading().stand.seen();
        let chosen = all.iter().rposition(|it| it.place() <= here).unwrap_or(0);
        self.open = Open::Leavings(Leavings { chosen, asked: false });
        self.look_at_leaving();
    }

    pub(crate) fn in_leavings(&mut self, action: Action) {
        let page = self.list_height().max(1) / 3;
        let height = self.height();
        let Open::Leavings(list) = &mut self.open else { return };
        let all = items(&self.readings[self.current].kept);
        let asked = std::mem::take(&mut list.asked);
        list.chosen = moved(list.chosen, action, page, all.len());
        let Some(item) = all.get(list.chosen).copied() else { return self.close_list() };
        match action {
            Action::Delete if asked => {
                self.delete(item);
                if all.len() == 1 {
                    return self.close_list();
                }
            }
            Action::Delete => {
                list.asked = true;
                let what = if matches!(item, Item::Mark(..)) { "mark" } else { "note" };
                let key = self.help.key(Action::Delete);
                self.say(&format!("{key} again deletes this {what}"));
            }
            Action::Go => {
                self.focus = Focus::Story;
                self.close_list();
                return self.reading_mut().jump(item.place(), height);
            }
            Action::Cancel => return self.close_list(),
            _ => {}
        }
        self.look_at_leaving();
    }

    /// Shows the place of what is chosen without going there.
    pub(crate) fn look_at_leaving(&mut self) {
        let Open::Leavings(list) = &mut self.open else { return };
        let reading = &mut self.readings[self.current];
        let all = items(&reading.kept);
        list.chosen = list.chosen.min(all.len().saturating_sub(1));
        reading.stand.preview = all.get(list.chosen).map(|it| it.place());
    }

    fn delete(&mut self, item: Item) {
        match item {
            Item::Mark(letter, _) => {
                self.reading_mut().kept.marks.remove(&letter);
                self.changes.push((self.current, Change::Marked(letter, None)));
            }
            Item::Note(note, _) => {
                if let Some(number) = self.reading().kept.notes.get(note).map(|it| it.number) {
                    self.unnote(number);
                }
            }
        }
        self.say("deleted");
    }

    fn close_list(&mut self) {
        self.open = Open::Nothing;
        self.reading_mut().stand.preview = None;
        self.follow();
    }
}

/// Where an action leads in a list of so many rows.
pub(crate) fn moved(chosen: usize, action: Action, page: usize, rows: usize) -> usize {
    let last = rows.saturating_sub(1);
    let to = match action {
        Action::Forward => chosen + 1,
        Action::Back => chosen.saturating_sub(1),
        Action::PageForward => chosen + page.max(1),
        Action::PageBack => chosen.saturating_sub(page.max(1)),
        Action::ToStart => 0,
        Action::ToEnd => last,
        _ => chosen,
    };
    to.min(last)
}
