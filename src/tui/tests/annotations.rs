//! Bookmarks and notes: what is shown, and what is given to the storage.

use std::sync::Arc;

use crate::storage::{Change, HistoryEntry, LastVisit, Note, ReadingPosition, SavedState, StorageEvent};
use crate::tui::app::Effect;
use crate::tui::tests::{STORY, TestApp, nth, story};

/// Returns the changes to be saved, without positions.
fn changes(test_app: &mut TestApp) -> Vec<Change> {
    let all = test_app.app.take_changes().into_iter().map(|it| it.1);
    all.filter(|it| !matches!(it, Change::PositionChanged(_) | Change::Opened)).collect()
}

fn left(place: usize) -> SavedState {
    let at = ReadingPosition { offset: place, top_offset: place, percent_read: 50 };
    SavedState { last_visit: Some(LastVisit { position: at, day: "3 May".into() }), ..SavedState::default() }
}

#[test]
fn a_story_is_opened_where_it_was_left() {
    let mut test_app = TestApp::new();
    test_app.app.handle_storage_event(StorageEvent::Loaded(0, left(nth("An official", 0).start)));
    assert!(test_app.cursor_is_on("An official"));
    assert!(
        test_app.status().starts_with("Resumed where you stopped on 3 May (gg = top)"),
        "{}",
        test_app.status()
    );
    assert!(test_app.press("gg").cursor_is_on("Ellwick"));
}

#[test]
fn a_reader_who_has_moved_already_is_not_moved() {
    let mut test_app = TestApp::new().press("}");
    test_app.app.handle_storage_event(StorageEvent::Loaded(0, left(nth("An official", 0).start)));
    assert!(!test_app.cursor_is_on("An official"));
    assert!(!test_app.status().contains("Resumed"));
}

#[test]
fn the_position_is_saved_after_each_move() {
    let mut test_app = TestApp::new();
    assert!(matches!(
        test_app.app.take_changes()[..],
        [(0, Change::Opened), (0, Change::PositionChanged(_))]
    ));
    assert!(test_app.app.take_changes().is_empty());
    let mut test_app = test_app.press("} }");
    assert!(matches!(test_app.app.take_changes()[..], [(0, Change::PositionChanged(_))]));
}

#[test]
fn a_note_is_saved_at_each_key_shown_in_place_and_changed() {
    let mut test_app = TestApp::new().press("]q a so");
    let span = nth("“The river is ours, but the boat never was,”", 0);
    let noted = |words: &str| Change::NoteSaved(-1, span, words.into());
    assert_eq!(changes(&mut test_app), [noted("s"), noted("so")]);
    let test_app = test_app.press("enter");
    assert!(test_app.status().starts_with("Note added, but not saved"), "{}", test_app.status());
    assert!(test_app.screen().contains("so") && test_app.screen().contains("Your note, today"));
    let mut test_app = test_app.press("gg");
    assert!(test_app.screen().contains("*  1▌"), "{}", test_app.screen());
    assert!(!test_app.screen().contains("your note"));
    changes(&mut test_app);
    test_app.app.has_storage = true;
    let mut test_app = test_app.press("]q a far enter");
    assert!(!test_app.status().contains("saved"), "only the storage knows: {}", test_app.status());
    assert!(changes(&mut test_app).ends_with(&[noted("sofar"), Change::Confirm("Note saved".into())]));
    test_app.app.handle_storage_event(StorageEvent::Saved("Note saved".into()));
    assert!(test_app.status().starts_with("Note saved"), "{}", test_app.status());
    assert_eq!(test_app.app.current_story().saved.notes.len(), 1);
}

#[test]
fn what_is_done_before_the_storage_answers_stays_beside_what_it_loads() {
    let mut test_app = TestApp::new().press("]q a early enter m x");
    let old = Note { id: 7, span: nth("Tickets stay", 0), text: "old".into(), day: "3 May".into() };
    let marks = [('x', 0), ('y', 1)].into();
    test_app.app.handle_storage_event(StorageEvent::Loaded(
        0,
        SavedState { notes: vec![old], bookmarks: marks, ..SavedState::default() },
    ));
    let kept = &test_app.app.current_story().saved;
    let notes: Vec<(i64, &str)> = kept.notes.iter().map(|it| (it.id, it.text.as_str())).collect();
    assert_eq!(notes, [(-1, "early"), (7, "old")]);
    assert!(kept.bookmarks[&'x'] > 0 && kept.bookmarks[&'y'] == 1);
    let mut test_app = test_app.press("]q a late enter");
    assert!(changes(&mut test_app).iter().any(|it| matches!(it, Change::NoteSaved(-2, ..))));
}

#[test]
fn notes_that_are_asked_for_before_they_are_loaded_are_listed_when_they_come() {
    let old = Note { id: 7, span: nth("Tickets stay", 0), text: "old".into(), day: "3 May".into() };
    let saved = SavedState { notes: vec![old], ..SavedState::default() };
    for (keys, is_open) in [("A", true), ("A j", false), ("j", false)] {
        let mut test_app = TestApp::new().press(keys);
        test_app.app.handle_storage_event(StorageEvent::Loaded(0, saved.clone()));
        assert_eq!(test_app.app.panel().is_some(), is_open, "{keys}");
    }
}

#[test]
fn what_is_written_is_dropped_only_when_asked_twice() {
    let test_app = TestApp::new().press("]q a no esc");
    assert!(test_app.status().starts_with("Press Esc again"), "{}", test_app.status());
    let mut test_app = test_app.press("esc");
    assert_eq!(changes(&mut test_app).last(), Some(&Change::NoteDeleted(-1)));
    assert!(test_app.app.current_story().saved.notes.is_empty());
    let test_app = TestApp::new().press("]q a one enter a two esc esc");
    assert_eq!(test_app.app.current_story().saved.notes[0].text, "one");
    let test_app = TestApp::new().press("]q a esc");
    assert!(test_app.app.current_story().saved.notes.is_empty());
    let test_app = TestApp::new().press("]q a one enter a ctrl-u enter");
    assert!(test_app.app.current_story().saved.notes.is_empty());
}

#[test]
fn a_note_of_several_lines_does_not_cover_its_passage() {
    for (keys, below) in [("]q a one ctrl-j two enter", true), ("G k k a one ctrl-j two enter", false)] {
        let test_app = TestApp::new().press(keys);
        let rows = test_app.rows();
        let note = rows.iter().position(|it| it.contains("two")).unwrap();
        assert_eq!(note > 12, below, "{}", test_app.screen());
        assert!(rows[note - 1].contains("one"));
    }
}

#[test]
fn bookmarks_and_notes_are_listed_previewed_visited_and_deleted_after_a_second_request() {
    let test_app = TestApp::new().press("A");
    assert!(test_app.status().contains("No notes or bookmarks yet (a = note"), "{}", test_app.status());
    let test_app = TestApp::new().press("]q m x 3]q a pity enter gg A");
    assert!(test_app.screen().contains("Bookmarks and notes"));
    let test_app = test_app.press("j");
    assert!(test_app.screen().contains("▸ * pity"), "{}", test_app.screen());
    assert!(test_app.cursor_is_on("Ellwick"));
    let mut gone = test_app.press("enter");
    assert!(gone.cursor_is_on("“We were"), "{}", &STORY[gone.app.current_story().viewport.cursor..]);
    changes(&mut gone);
    let mut test_app = gone.press("A d j d k x");
    assert!(changes(&mut test_app).is_empty());
    assert!(test_app.status().starts_with("Press d again to delete this"), "{}", test_app.status());
    let mut test_app = test_app.press("x");
    assert_eq!(changes(&mut test_app).len(), 1);
    let mut test_app = test_app.press("d d");
    assert_eq!(changes(&mut test_app).len(), 1);
    // The list stays open, so that the key to close it is not taken for quit.
    assert!(test_app.screen().contains("No notes or bookmarks"), "{}", test_app.screen());
    let test_app = test_app.press("q");
    assert_eq!(test_app.effect, Effect::None);
    assert!(!test_app.screen().contains("Bookmarks and notes"));
}

#[test]
fn stories_read_before_are_listed_and_asked_for() {
    assert_eq!(TestApp::new().press("H").effect, Effect::LoadHistory);
    let past = |title: &str| HistoryEntry {
        title: title.into(),
        day: "3 May".into(),
        note_count: 2,
        ..HistoryEntry::default()
    };
    let mut test_app = TestApp::new();
    test_app.app.handle_storage_event(StorageEvent::History(vec![past("One"), past("The other")]));
    assert!(test_app.screen().contains("    2    0 %        3 May"), "{}", test_app.screen());
    let mut test_app = test_app.press("j enter");
    assert_eq!(test_app.effect, Effect::OpenStory(past("The other")));
    test_app.app.handle_storage_event(StorageEvent::StoryFetched(Err("it is gone".into())));
    assert!(test_app.status().starts_with("it is gone"));
    assert_eq!(test_app.app.add_story(Arc::new(story())), None, "it is open already");
    assert!(test_app.screen().contains("By Mia Torn"));
}

#[test]
fn long_notes_and_lists_are_drawn_at_any_size() {
    let words = "a note of some length, ".repeat(40);
    let notes = (0..30).map(|it| Note {
        id: it,
        span: nth("Tickets stay", 0),
        text: words.clone(),
        day: "3 May".into(),
    });
    let kept = SavedState { notes: notes.collect(), ..SavedState::default() };
    for (width, height) in [(1, 1), (20, 5), (30, 9), (79, 24), (80, 24), (200, 50)] {
        let mut test_app = TestApp::new().with_size(width, height);
        test_app.app.handle_storage_event(StorageEvent::Loaded(0, kept.clone()));
        for keys in ["G k k", "a up up home", "esc A G", "esc H"] {
            test_app = test_app.press(keys);
            test_app.screen();
        }
    }
}

#[test]
fn a_story_that_ended_the_program_is_opened_only_after_a_second_request() {
    let past = HistoryEntry { title: "One".into(), was_interrupted: true, ..HistoryEntry::default() };
    let mut test_app = TestApp::new();
    test_app.app.handle_storage_event(StorageEvent::History(vec![past.clone()]));
    let test_app = test_app.press("enter");
    assert_eq!(test_app.effect, Effect::None);
    assert!(test_app.status().starts_with("pullquote stopped while analysing this"), "{}", test_app.status());
    let test_app = test_app.press("enter");
    assert_eq!(test_app.effect, Effect::OpenStory(HistoryEntry { was_interrupted: false, ..past }));
}
