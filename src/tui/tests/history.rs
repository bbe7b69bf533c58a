//! The reading history: its table, the preview beside it, and its deletions.

use insta::assert_snapshot;

use super::TestApp;
use crate::storage::{HistoryEntry, NotedPassage, StorageEvent, StoryPreview};
use crate::tui::app::Effect;
use crate::tui::text::width::display_width;

/// A story of the history that was opened on a day.
fn past(key: &str, title: &str, day: &str) -> HistoryEntry {
    HistoryEntry {
        key: key.into(),
        title: title.into(),
        day: day.into(),
        percent_read: 40,
        ..HistoryEntry::default()
    }
}

/// The history of some stories on a screen of this size.
fn open_history(width: u16, height: u16, entries: Vec<HistoryEntry>) -> TestApp {
    let mut test_app = TestApp::new().with_size(width, height).press("H");
    test_app.app.handle_storage_event(StorageEvent::History(entries));
    test_app
}

/// Answers the request for a preview, if there is one; returns the key.
fn answer(test_app: &mut TestApp, story_preview: StoryPreview) -> Option<String> {
    let key = test_app.app.take_story_preview_request()?;
    test_app.app.handle_storage_event(StorageEvent::StoryPreviewLoaded(key.clone(), story_preview));
    Some(key)
}

fn opening(text: &str) -> StoryPreview {
    StoryPreview::Opening(text.into())
}

#[test]
fn the_history_is_a_table() {
    let mut test_app = TestApp::new().with_size(100, 40).press("H");
    let past = |title: &str, day: &str, notes| HistoryEntry {
        title: title.into(),
        outlet: Some("Ell Gazette".into()),
        day: day.into(),
        note_count: notes,
        percent_read: 40,
        ..HistoryEntry::default()
    };
    let entries =
        vec![past("One", "today", 0), past("A much longer title of a story", "3 September 2024", 12)];
    test_app.app.handle_storage_event(StorageEvent::History(entries));
    let rows = test_app.rows();
    let columns: Vec<usize> =
        rows.iter().filter_map(|it| Some(display_width(&it[..it.find("Ell Gazette")?]))).collect();
    assert!(
        columns.len() >= 2 && columns[columns.len() - 2] == columns[columns.len() - 1],
        "{}",
        test_app.screen()
    );
    for words in ["source", "notes", "last opened", "3 September 2024", "40 %"] {
        assert!(test_app.screen().contains(words), "{words}\n{}", test_app.screen());
    }
}

#[test]
fn the_history_tells_the_name_of_a_file_once() {
    let mut test_app = TestApp::new().with_size(100, 40).press("H");
    let source = Some("news/old-ferry.txt".to_string());
    let past = HistoryEntry { title: "old-ferry.txt".into(), source, ..HistoryEntry::default() };
    test_app.app.handle_storage_event(StorageEvent::History(vec![past]));
    assert_eq!(test_app.screen().matches("old-ferry.txt").count(), 1, "{}", test_app.screen());
}

#[test]
fn a_story_whose_file_is_gone_can_be_deleted_from_the_history() {
    let mut test_app = TestApp::new().with_size(140, 40).press("H");
    let past = |title: &str, notes| HistoryEntry {
        title: title.into(),
        note_count: notes,
        ..HistoryEntry::default()
    };
    test_app.app.handle_storage_event(StorageEvent::History(vec![past("One", 2), past("Other", 0)]));
    let mut test_app = test_app.press("enter");
    test_app.app.handle_storage_event(StorageEvent::StoryFetched(Err("There is no such file".into())));
    let status = test_app.status();
    assert!(status.contains("There is no such file; d deletes it from the history"), "{status}");
    let test_app = test_app.press("d");
    assert!(test_app.status().contains("again to delete this story from the history with 2 notes"));
    assert!(test_app.screen().contains("▸ One"));
    let test_app = test_app.press("d");
    assert_eq!(test_app.effect, Effect::ForgetStory(past("One", 2)));
    assert!(test_app.screen().contains("▸ Other"), "{}", test_app.screen());
    assert!(test_app.press("d j").press("d").screen().contains("▸ Other"), "another key forgets the first d");
}

#[test]
fn a_wide_screen_shows_the_beginning_of_the_selected_story_beside_the_table() {
    let title = "The last ferry of the river Ell and what became of those who steered it for thirty years";
    let ferry = HistoryEntry {
        outlet: Some("Ell Gazette".into()),
        note_count: 2,
        ..past("ferry", title, "yesterday")
    };
    let mut test_app = open_history(120, 24, vec![ferry, past("bridge", "The bridge", "3 May")]);
    let text = "It rained on the quay when the boat left for the last time.\nNobody had asked those who steered it.\n";
    assert_eq!(answer(&mut test_app, opening(text)).as_deref(), Some("ferry"));
    assert_eq!(answer(&mut test_app, opening("")), None, "what is shown is not requested again");
    assert_snapshot!(test_app.screen());
    let mut test_app = test_app.press("j");
    assert!(!test_app.screen().contains("It rained"), "{}", test_app.screen());
    assert_eq!(answer(&mut test_app, opening("It opens in June.\n")).as_deref(), Some("bridge"));
    assert!(test_app.screen().contains("It opens in June."), "{}", test_app.screen());
}

#[test]
fn a_story_whose_beginning_is_not_saved_has_its_passages_with_notes_in_the_preview_or_no_text() {
    let mut test_app = open_history(120, 24, vec![past("ferry", "The last ferry", "today")]);
    let known = "opened today · 40 % read";
    assert!(test_app.screen().contains(known), "{}", test_app.screen());
    let passage = NotedPassage { passage: "“It rained,”\nsaid Lee".into(), note: "ask her".into() };
    answer(&mut test_app, StoryPreview::Notes(vec![passage]));
    let rows = test_app.rows();
    let row = |words: &str| rows.iter().position(|it| it.contains(words));
    let (passage, note) = (row("“It rained,” said Lee"), row("ask her"));
    assert!(row(known) < passage && passage < note, "{}", test_app.screen());
    let mut test_app = open_history(120, 24, vec![past("ferry", "The last ferry", "today")]);
    let before = test_app.screen();
    answer(&mut test_app, StoryPreview::default());
    assert_eq!(test_app.screen(), before);
}

#[test]
fn a_narrow_screen_has_the_history_without_a_preview() {
    for (width, height) in [(40, 12), (80, 24), (109, 40)] {
        let mut test_app = open_history(width, height, vec![past("ferry", "The last ferry", "today")]);
        answer(&mut test_app, opening("It rained on the quay.\n"));
        let screen = test_app.screen();
        assert!(screen.contains("▸ The last ferry") && screen.contains("today"), "{screen}");
        assert!(!screen.contains("It rained") && !screen.contains("opened today"), "{screen}");
    }
}

#[test]
fn columns_of_the_history_that_are_empty_in_all_rows_are_left_out() {
    let with_note = HistoryEntry { note_count: 1, ..past("b", "The bridge", "today") };
    let with_source = HistoryEntry { source: Some("news/old.txt".into()), ..past("c", "The boat", "today") };
    for (entry, shown, absent) in [
        (past("b", "The bridge", "today"), "read  last opened", &["source", "notes"][..]),
        (with_note, "notes   read  last opened", &["source"]),
        (with_source, "source", &["notes"]),
    ] {
        let test_app = open_history(90, 24, vec![past("a", "The last ferry", "today"), entry]);
        let rows = test_app.rows();
        let titles = rows.iter().find(|it| it.contains("last opened")).unwrap();
        assert!(titles.contains(shown) && !absent.iter().any(|it| titles.contains(it)), "{titles}");
    }
    // A column goes with the last entry that has something in it.
    let with_note = HistoryEntry { note_count: 1, ..past("b", "The bridge", "today") };
    let test_app = open_history(90, 24, vec![with_note, past("a", "The last ferry", "today")]);
    assert!(test_app.screen().contains("notes   read"));
    assert!(!test_app.press("d d").screen().contains("notes   read"));
}

#[test]
fn one_preview_is_requested_at_a_time_and_the_last_selection_gets_its_own() {
    let entries = (0..9).map(|it| past(&it.to_string(), "The last ferry", "today")).collect();
    let mut test_app = open_history(120, 24, entries);
    assert_eq!(test_app.app.take_story_preview_request().as_deref(), Some("0"));
    let mut test_app = test_app.press("j j j");
    assert_eq!(test_app.app.take_story_preview_request(), None);
    test_app.app.handle_storage_event(StorageEvent::StoryPreviewLoaded("0".into(), opening("It rained.\n")));
    assert!(!test_app.screen().contains("It rained."), "{}", test_app.screen());
    assert_eq!(answer(&mut test_app, opening("It snowed.\n")).as_deref(), Some("3"));
    assert!(test_app.screen().contains("It snowed."), "{}", test_app.screen());
    let mut test_app = test_app.press("esc");
    assert_eq!(test_app.app.take_story_preview_request(), None, "no history is open");
}
