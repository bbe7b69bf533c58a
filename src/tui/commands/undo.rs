//! Undo: takes back corrections, and deletions of notes and bookmarks, the last one first.

use pullquote::analysis::Quote;
use pullquote::correction::Correction;

use crate::storage::Change;
use crate::tui::app::App;
use crate::tui::app::undo::Undo;

impl App {
    /// Remembers how the last change of the current story is taken back.
    pub(crate) fn push_undo(&mut self, undo: Undo) {
        self.undo_stack.push((self.current, undo));
    }

    /// Takes back the last change that was not taken back yet, in whatever story it was.
    pub(crate) fn undo(&mut self) {
        let Some((story, undo)) = self.undo_stack.pop() else { return self.undo_saved_correction() };
        if story != self.current {
            self.jump_to_story(story, None);
        }
        match undo {
            Undo::Correction(quote, before) => self.restore_corrections(&quote, &before),
            Undo::Note(note) => {
                self.changes.push((story, Change::NoteSaved(note.id, note.span, note.text.clone())));
                self.current_story_mut().saved.insert_note(note);
                self.notify("The note is back");
            }
            Undo::Bookmark(letter, offset) => {
                self.changes.push((story, Change::BookmarkSet(letter, Some(offset))));
                self.current_story_mut().saved.bookmarks.insert(letter, offset);
                self.notify(&format!("Bookmark {letter} is back"));
            }
        }
        self.sync_panes();
    }

    /// Takes back the correction of the quote at the cursor, which was made in an earlier session.
    fn undo_saved_correction(&mut self) {
        let open_story = self.current_story();
        let rejected = || {
            let number = open_story.rejected_quote_at_cursor()?;
            open_story.findings()?.analysis.rejected.get(number)
        };
        let quote = self.focused_quote().and_then(|it| open_story.findings()?.quote(it)).or_else(rejected);
        match quote.filter(|it| !open_story.corrections_of(it).is_empty()).cloned() {
            Some(quote) => {
                self.restore_corrections(&quote, &[]);
                self.sync_panes();
            }
            None => self.notify("Nothing to undo; move to a corrected quote to take its correction back"),
        }
    }

    /// Gives a quote the corrections that it had before the last one.
    fn restore_corrections(&mut self, quote: &Quote, before: &[Correction]) {
        let story = self.current;
        let last = before.last().cloned();
        let removed = self.current_story_mut().set_correction(quote, last.clone());
        self.changes.push((story, Change::Corrected { removed, added: last }));
        self.notify("Correction undone");
    }
}

#[cfg(test)]
mod tests {
    use crate::tui::tests::{TestApp, analysis};

    #[test]
    fn corrections_and_deletions_are_taken_back_one_by_one() {
        let test_app = TestApp::new().press("3]q ! ann enter U");
        assert!(test_app.status().contains("Correction undone"), "{}", test_app.status());
        assert_eq!(test_app.app.current_story().findings().unwrap().analysis, analysis());
        assert!(test_app.press("U").status().contains("Nothing to undo"));

        // The same for a correction of an earlier session, where the cursor is.
        let mut test_app = TestApp::new().press("3]q ! ann enter");
        test_app.app.undo_stack.clear();
        let test_app = test_app.press("gg U");
        assert!(test_app.status().contains("move to a corrected quote"), "{}", test_app.status());
        let test_app = test_app.press("3]q U");
        assert!(test_app.status().contains("Correction undone"), "{}", test_app.status());
        assert_eq!(test_app.app.current_story().findings().unwrap().analysis, analysis());

        let test_app = TestApp::new().press("3]q a note enter m x A d d");
        let saved = |test_app: &TestApp| {
            let saved = &test_app.app.current_story().saved;
            (saved.notes.len(), saved.bookmarks.len())
        };
        assert_eq!(saved(&test_app), (0, 1), "{}", test_app.screen());
        let test_app = test_app.press("d d");
        assert_eq!(saved(&test_app), (0, 0));
        let test_app = test_app.press("esc U");
        assert_eq!(saved(&test_app), (0, 1), "{}", test_app.status());
        assert_eq!(saved(&test_app.press("U")), (1, 1));
    }

    #[test]
    fn a_second_correction_is_taken_back_to_the_first() {
        let test_app = TestApp::new().press("3]q ! ann enter ! official enter U");
        let findings = test_app.app.current_story().findings().unwrap();
        assert_eq!(findings.entity_name(findings.quote(2).unwrap().speaker), "Ann Lee");
    }

    #[test]
    fn a_confirmed_speaker_is_certain_and_the_next_uncertain_quote_follows() {
        let test_app = TestApp::new().with_size(160, 30).press("5]q C");
        let quote = test_app.app.current_story().findings().unwrap().quote(4).unwrap();
        assert!(!quote.is_doubtful() && quote.speaker == Some(2));
        assert!(test_app.status().contains("No uncertain quotes left"), "{}", test_app.status());
        assert!(test_app.screen().contains('✓'));
        assert!(TestApp::new().press("6]q C").status().contains("This quote has no speaker"));
        assert!(TestApp::new().press("gg C").status().contains("Move to a quote first"));
    }
}
