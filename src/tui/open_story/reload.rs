//! A story that is read again after its file has changed: what the user has done in it moves to the new text.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use pullquote::correction::Correction;
use pullquote::span::Span;
use pullquote::story::Story;

use crate::storage::{Change, Note, SavedState};
use crate::tui::open_story::OpenStory;

/// How much text after an offset is looked for in a paragraph that has changed, in bytes.
const CONTEXT_BYTES: usize = 32;

/// Finds the offsets of an old text in a new one.
struct Relocation<'a> {
    old: &'a Story,
    new: &'a Story,
    /// For each old block, the new block with the same text, or where there is none, the one that takes its place.
    blocks: Vec<usize>,
    /// For each old block, whether the new one has the same text.
    is_same: Vec<bool>,
}

impl<'a> Relocation<'a> {
    /// Pairs the blocks of two texts. Of blocks with the same text, the first belongs to the first, and so on.
    fn new(old: &'a Story, new: &'a Story) -> Self {
        let mut places: HashMap<&str, VecDeque<usize>> = HashMap::new();
        for (number, block) in new.blocks().iter().enumerate() {
            places.entry(block.span.slice(new.text())).or_default().push_back(number);
        }
        let (mut blocks, mut is_same) = (Vec::new(), Vec::new());
        let mut next = 0;
        for block in old.blocks() {
            let same = places.get_mut(block.span.slice(old.text())).and_then(VecDeque::pop_front);
            is_same.push(same.is_some());
            blocks.push(same.unwrap_or(next).min(new.blocks().len().saturating_sub(1)));
            next = same.unwrap_or(next) + 1;
        }
        Self { old, new, blocks, is_same }
    }

    /// Returns where an offset of the old text is in the new one.
    fn offset(&self, offset: usize) -> usize {
        let Some(block) = self.old.block_at(offset) else { return self.new.text().len() };
        let Some(new_block) = self.new.blocks().get(self.blocks[block]).map(|it| it.span) else { return 0 };
        let within = offset.saturating_sub(self.old.blocks()[block].span.start);
        let same = (new_block.start + within).min(new_block.end);
        if self.is_same[block] {
            return same;
        }
        // The paragraph has changed: the words after the offset may still be in it.
        let text = self.old.text();
        let start = text.floor_char_boundary(offset);
        let context = &text[start..text.floor_char_boundary(start + CONTEXT_BYTES)];
        let found = new_block.slice(self.new.text()).find(context.trim_end());
        found.map_or(self.new.text().floor_char_boundary(same), |it| new_block.start + it)
    }

    fn span(&self, span: Span) -> Span {
        let start = self.offset(span.start);
        Span::new(start, self.new.text().floor_char_boundary(start + span.len()))
    }
}

impl OpenStory {
    /// Opens a changed story with the place, the filter, the bookmarks, the notes and the corrections of this one. The filter
    /// knows the speakers by their names until the analysis is there.
    pub(crate) fn reopened(&self, story: &Arc<Story>) -> Self {
        let relocation = Relocation::new(&self.story, story);
        let mut opened = Self::new(Arc::clone(story));
        opened.viewport.set_place(
            relocation.offset(self.viewport.cursor),
            relocation.offset(self.viewport.top_offset()),
        );
        opened.saved = SavedState {
            last_visit: None,
            bookmarks: self.saved.bookmarks.iter().map(|it| (*it.0, relocation.offset(*it.1))).collect(),
            notes: self
                .saved
                .notes
                .iter()
                .zip(1..)
                .map(|(note, number)| Note { id: -number, span: relocation.span(note.span), ..note.clone() })
                .collect(),
            corrections: self
                .saved
                .corrections
                .iter()
                .map(|it| Correction {
                    parts: it.parts.iter().map(|part| relocation.span(*part)).collect(),
                    ..it.clone()
                })
                .collect(),
        };
        opened.filter = self.filter.clone();
        opened.filter_names = match self.findings() {
            Some(findings) => Some(findings.analysis.entities.iter().map(|it| it.name.clone()).collect()),
            None => self.filter_names.clone(),
        };
        opened.side_pane.tab = self.side_pane.tab;
        opened.side_pane.order = self.side_pane.order;
        opened.show_stance(self.shows_stance);
        opened
    }

    /// The changes that save for the new text what was moved to it.
    pub(crate) fn changes_to_save(&self) -> Vec<Change> {
        let bookmarks = self.saved.bookmarks.iter().map(|it| Change::BookmarkSet(*it.0, Some(*it.1)));
        let notes = self.saved.notes.iter().map(|it| Change::NoteSaved(it.id, it.span, it.text.clone()));
        let corrections = self.saved.corrections.iter();
        let corrections =
            corrections.map(|it| Change::Corrected { removed: Vec::new(), added: Some(it.clone()) });
        bookmarks.chain(notes).chain(corrections).collect()
    }

    /// Gives the filter the entities of a new analysis that have the names of the old ones.
    pub(super) fn renumber_filter_by_name(&mut self) {
        let Some(names) = self.filter_names.take() else { return };
        let Some(findings) = self.findings() else { return };
        let entities = findings.analysis.entities.iter().enumerate();
        let numbers: HashMap<&str, usize> = entities.map(|(number, it)| (it.name.as_str(), number)).collect();
        let mut filter = self.filter.clone();
        filter.renumber(|entity| numbers.get(names.get(entity)?.as_str()).copied());
        self.filter = filter;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::tests::{STORY, TestApp, analysis};
    use pullquote::load;

    fn plain(text: &str) -> Story {
        load::from_text(text)
    }

    #[test]
    fn offsets_move_with_their_paragraphs_and_within_a_changed_one_with_their_words() {
        let old = plain("It rained on the quay.\n\nThe ferry left at noon.\n\nIt came back at night.");
        let new = plain(
            "A new lead came first.\n\nIt rained on the quay.\n\nYesterday the ferry left at noon sharp.\n\nIt came back at night.",
        );
        let relocation = Relocation::new(&old, &new);
        for words in ["rained on", "It came back", "night."] {
            let offset = old.text().find(words).unwrap();
            assert_eq!(relocation.offset(offset), new.text().find(words).unwrap(), "{words}");
        }
        let changed = old.text().find("ferry left").unwrap();
        let paragraph = new.text().find("Yesterday").unwrap();
        assert!((paragraph..paragraph + 40).contains(&relocation.offset(changed)));
        assert_eq!(relocation.offset(old.text().len()), new.text().len());
    }

    #[test]
    fn nothing_leaves_a_text_that_was_cut() {
        let old = plain("One paragraph is here.\n\nAnother paragraph is there — é.\n\nA third one ends it.");
        for new in ["", "é", "Another paragraph is there — é."] {
            let new = plain(new);
            let relocation = Relocation::new(&old, &new);
            for offset in (0..=old.text().len()).filter(|it| old.text().is_char_boundary(*it)) {
                let found = relocation.offset(offset);
                assert!(found <= new.text().len() && new.text().is_char_boundary(found), "{offset} {found}");
            }
        }
    }

    /// The story of the tests with another paragraph under its headline, and its analysis.
    fn changed() -> (Arc<Story>, pullquote::analysis::Analysis) {
        let (old, added) = (crate::tui::tests::story(), "The sale was put off again.\n");
        let at = STORY.find("The harbour council").unwrap();
        let text = format!("{}{added}{}", &STORY[..at], &STORY[at..]);
        let moved = |it: usize| if it >= at { it + added.len() } else { it };
        let span = |it: Span| Span::new(moved(it.start), moved(it.end));
        let mut blocks: Vec<_> = old.blocks().to_vec();
        for block in &mut blocks {
            block.span = span(block.span);
        }
        let paragraph = Span::new(at, at + added.len() - 1);
        blocks.insert(3, pullquote::story::Block::new(pullquote::story::BlockKind::Paragraph, paragraph));
        let mut found = analysis();
        for quote in &mut found.quotes {
            quote.parts.iter_mut().for_each(|it| *it = span(*it));
            quote.speaker_mention = quote.speaker_mention.map(span);
            quote.cue = quote.cue.map(span);
        }
        for entity in &mut found.entities {
            entity.mentions.iter_mut().for_each(|it| it.span = span(it.span));
        }
        // The entities have other numbers than before.
        found.entities.swap(0, 1);
        for quote in &mut found.quotes {
            quote.speaker = quote.speaker.map(|it| [1, 0, 2][it]);
        }
        let mut story = Story::new(pullquote::story::Format::Plain, text, blocks);
        story.path = Some("ferry.txt".into());
        (Arc::new(story), found)
    }

    #[test]
    fn place_filter_notes_and_corrections_survive_a_change_of_the_file() {
        let mut test_app =
            TestApp::new().press("3]q S m x a pity space indeed enter 4]q ! lee enter").with_size(120, 40);
        let place = STORY[test_app.app.current_story().viewport.cursor..][..12].to_string();
        let (story, found) = changed();
        test_app.app.reload_story(0, &story);
        assert!(test_app.status().contains("The file has changed"), "{}", test_app.status());
        test_app.app.set_analysis(0, Some(found));
        let open_story = test_app.app.current_story();
        assert_eq!(&story.text()[open_story.viewport.cursor..][..12], place);
        let findings = open_story.findings().unwrap();
        assert_eq!(findings.entity_name(findings.quote(3).unwrap().speaker), "Ann Lee");
        assert_eq!(open_story.allowed_quotes, [2], "only Ray, whose other quote was given to Lee");
        let note = &open_story.saved.notes[0];
        assert_eq!(note.span.slice(story.text()), "“a great pity”");
        assert!(story.text()[open_story.saved.bookmarks[&'x']..].starts_with("“a great pity”"));
        let saved = &test_app.app.changes;
        assert!(saved.iter().any(|it| matches!(&it.1, Change::NoteSaved(_, span, _) if *span == note.span)));
    }

    #[test]
    fn a_file_that_was_touched_but_not_changed_changes_nothing() {
        let mut test_app = TestApp::new().press("3]q");
        let story = Arc::clone(&test_app.app.current_story().story);
        test_app.app.reload_story(0, &Arc::new(Story::clone(&story)));
        assert!(test_app.status().contains("quote 3/6"), "{}", test_app.status());
    }
}
