//! Commands of the list of bookmarks and notes.

use crate::storage::Change;
use crate::tui::app::{App, Focus};
use crate::tui::input::action::Action;
use crate::tui::layout::list_selection::ListSelection;
use crate::tui::overlay::Overlay;
use crate::tui::overlay::annotations::{Annotation, AnnotationList, collect_annotations};

impl App {
    pub(crate) fn open_annotations(&mut self) {
        let all = collect_annotations(&self.current_story().saved);
        if all.is_empty() {
            let (note, mark) = (self.help.key(Action::Note), self.help.key(Action::Bookmark));
            return self
                .notify(&format!("No notes or bookmarks yet ({note} = note, {mark} + letter = bookmark)"));
        }
        let here = self.current_story().viewport.visible_offset();
        let chosen = all.iter().rposition(|it| it.offset() <= here).unwrap_or(0);
        self.overlay = Overlay::Annotations(AnnotationList {
            selected: ListSelection::new(chosen),
            delete_requested: false,
        });
        self.preview_annotation();
    }

    pub(crate) fn update_annotations(&mut self, action: Action) {
        let page = self.list_height() / 3;
        let height = self.page_height();
        let Overlay::Annotations(list) = &mut self.overlay else { return };
        let all = collect_annotations(&self.stories[self.current].saved);
        let asked = std::mem::take(&mut list.delete_requested);
        list.selected.apply(action, page, all.len());
        let Some(item) = all.get(list.selected.item()).copied() else { return self.close_annotations() };
        match action {
            Action::Delete if asked => {
                self.delete_annotation(item);
                if all.len() == 1 {
                    return self.close_annotations();
                }
            }
            Action::Delete => {
                list.delete_requested = true;
                let what = if matches!(item, Annotation::Bookmark(..)) { "bookmark" } else { "note" };
                let key = self.help.key(Action::Delete);
                self.notify(&format!("Press {key} again to delete this {what}"));
            }
            Action::Open => {
                self.focus = Focus::Story;
                self.close_annotations();
                return self.current_story_mut().jump(item.offset(), height);
            }
            Action::Cancel => return self.close_annotations(),
            _ => {}
        }
        self.preview_annotation();
    }

    /// Scrolls the story to the selected annotation; the cursor stays.
    pub(crate) fn preview_annotation(&mut self) {
        let Overlay::Annotations(list) = &mut self.overlay else { return };
        let reading = &mut self.stories[self.current];
        let all = collect_annotations(&reading.saved);
        list.selected.move_by(0, all.len());
        reading.viewport.preview = all.get(list.selected.item()).map(|it| it.offset());
    }

    fn delete_annotation(&mut self, item: Annotation) {
        match item {
            Annotation::Bookmark(letter, _) => {
                self.current_story_mut().saved.bookmarks.remove(&letter);
                self.changes.push((self.current, Change::BookmarkSet(letter, None)));
            }
            Annotation::Note(note, _) => {
                if let Some(number) = self.current_story().saved.notes.get(note).map(|it| it.id) {
                    self.delete_note(number);
                }
            }
        }
        self.notify("Deleted");
    }

    fn close_annotations(&mut self) {
        self.overlay = Overlay::None;
        self.current_story_mut().viewport.preview = None;
        self.sync_panes();
    }
}
