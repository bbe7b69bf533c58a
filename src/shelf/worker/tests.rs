//! Tests of the worker's state with real database files that are locked, full, read-only or missing.

use std::fs;
use std::path::Path;
use std::sync::Mutex;

use pullquote::load;
use pullquote::span::Span;
use rusqlite::Connection;

use super::*;
use crate::storage::ReadingPosition;

const BRIEF: Duration = Duration::from_millis(50);

/// A worker state without its thread, over a folder of its own.
struct Desk {
    folder: PathBuf,
    state: WorkerState,
    messages: Arc<Mutex<Vec<String>>>,
}

impl Desk {
    fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/tmp/worker").join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.parent().unwrap()).unwrap();
        Self::over(folder)
    }

    fn over(folder: PathBuf) -> Self {
        let mut state = WorkerState::new(Ok(folder.clone()));
        let opened = state.open();
        if let Some(shelf) = &state.shelf {
            shelf.db.busy_timeout(BRIEF).unwrap();
        }
        let messages: Arc<Mutex<Vec<String>>> = Arc::default();
        let heard = Arc::clone(&messages);
        let hear = move |event| match event {
            StorageEvent::Saved(message) => heard.lock().unwrap().push(format!("saved: {message}")),
            StorageEvent::Failed(message) => heard.lock().unwrap().push(message),
            _ => {}
        };
        state.handle(Request::SetSink(Arc::new(hear)));
        state.handle(Request::Load(
            0,
            Arc::new(load::from_text("The last ferry\n\nIt rained on the river.")),
            KeptPart::Nothing,
        ));
        opened.err().into_iter().for_each(|it| messages.lock().unwrap().push(it));
        Self { folder, state, messages }
    }

    fn save(&mut self, changes: impl IntoIterator<Item = Change>) {
        changes.into_iter().for_each(|it| self.state.handle(Request::Save(0, it)));
        self.state.flush();
    }

    fn heard(&self) -> Vec<String> {
        std::mem::take(&mut self.messages.lock().unwrap())
    }

    fn notes(&self) -> Vec<String> {
        let db = Connection::open(self.folder.join("shelf.db")).unwrap();
        let mut query = db.prepare("SELECT words FROM notes ORDER BY id").unwrap();
        query.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    }

    fn lock(&self) -> Connection {
        let other = Connection::open(self.folder.join("shelf.db")).unwrap();
        other.execute_batch("BEGIN IMMEDIATE").unwrap();
        other
    }
}

fn note(id: i64, text: &str) -> Change {
    Change::NoteSaved(id, Span::new(16, 25), text.into())
}

fn saved() -> Change {
    Change::Confirm("Note saved".into())
}

#[test]
fn a_note_that_meets_a_locked_file_is_saved_and_confirmed_when_the_lock_is_gone() {
    let mut desk = Desk::new("locked");
    let other = desk.lock();
    desk.save([note(-1, "ask her"), Change::BookmarkSet('k', Some(3)), saved()]);
    assert_eq!(desk.heard(), ["Not saved yet: database is locked"]);
    desk.state.flush();
    assert_eq!(desk.heard(), [""; 0], "another attempt is not another message");
    drop(other);
    desk.state.flush();
    assert_eq!(desk.heard(), ["saved: Note saved"]);
    assert_eq!(desk.notes(), ["ask her"]);
    assert!(desk.state.finish(BRIEF).is_none());
}

#[test]
fn a_note_that_meets_a_full_disk_is_saved_when_there_is_room() {
    let mut desk = Desk::new("full");
    desk.save([Change::Opened]);
    let limit_pages = |desk: &Desk, pages: u32| {
        desk.state.shelf.as_ref().unwrap().db.pragma_update(None, "max_page_count", pages).unwrap();
    };
    limit_pages(&desk, 1);
    desk.save([note(-1, &"a long note ".repeat(2000))]);
    assert_eq!(desk.heard(), ["Not saved yet: database or disk is full"]);
    desk.save([note(-1, "a short note"), note(-2, &"another ".repeat(2000)), saved()]);
    limit_pages(&desk, 1 << 20);
    desk.state.flush();
    assert_eq!(desk.heard().last().map(String::as_str), Some("saved: Note saved"));
    assert_eq!(desk.notes(), ["a short note".into(), "another ".repeat(2000)]);
}

#[test]
fn what_cannot_be_written_at_the_end_is_in_a_file_beside_the_shelf() {
    let mut desk = Desk::new("read-only");
    desk.state.shelf.as_ref().unwrap().db.pragma_update(None, "query_only", true).unwrap();
    desk.save([note(-1, "ask her"), Change::BookmarkSet('k', Some(3)), saved()]);
    assert_eq!(desk.heard(), ["Not saved yet: attempt to write a readonly database"]);
    let unsaved = desk.state.finish(BRIEF).expect("a note and a bookmark");
    assert_eq!(unsaved.stories[0].describe_contents(), " (1 note and 1 bookmark)");
    let file = unsaved.file.expect("the folder can be written");
    let content: serde_json::Value = serde_json::from_slice(&fs::read(file).unwrap()).unwrap();
    assert_eq!(content["schema"], "pullquote-shelf/1");
    assert_eq!(content["stories"][0]["notes"][0]["words"], "ask her");
    assert_eq!(content["stories"][0]["notes"][0]["passage"], "It rained");
    assert_eq!(content["stories"][0]["marks"][0]["place"], 3);
}

#[test]
fn a_position_alone_is_not_missed_at_the_end_and_a_deletion_is() {
    for (last, is_missed) in
        [(Change::PositionChanged(ReadingPosition::default()), false), (Change::NoteDeleted(-1), true)]
    {
        let mut desk = Desk::new(&format!("missed-{is_missed}"));
        desk.save([note(-1, "ask her")]);
        let other = desk.lock();
        desk.save([last]);
        let unsaved = desk.state.finish(BRIEF);
        assert_eq!(unsaved.as_ref().map(|it| it.stories.len()), is_missed.then_some(0));
        assert!(unsaved.is_none_or(|it| it.file.is_none()));
        drop(other);
    }
}

#[test]
fn a_shelf_that_could_not_be_opened_is_opened_when_it_can_be() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/tmp/worker/blocked");
    let _ = fs::remove_dir_all(&folder);
    let _ = fs::remove_file(&folder);
    fs::create_dir_all(folder.parent().unwrap()).unwrap();
    fs::write(&folder, "a file where a folder should be").unwrap();
    let mut desk = Desk::over(folder.clone());
    desk.save([note(-1, "ask her"), saved()]);
    let heard = desk.heard();
    assert!(heard.iter().all(|it| !it.starts_with("saved")), "{heard:?}");
    assert!(heard.last().is_some_and(|it| it.starts_with("Not saved yet: ")), "{heard:?}");
    fs::remove_file(&folder).unwrap();
    desk.state.flush();
    assert_eq!(desk.heard(), ["saved: Note saved"]);
    assert_eq!(desk.notes(), ["ask her"]);
}

#[test]
fn without_a_folder_the_note_is_written_to_standard_error_at_the_end() {
    let mut state = WorkerState::new(Err("no home".into()));
    state.handle(Request::Load(0, Arc::new(load::from_text("It rained.")), KeptPart::Nothing));
    state.handle(Request::Save(0, Change::NoteSaved(-1, Span::new(0, 2), "ask her".into())));
    let unsaved = state.finish(BRIEF).expect("the note");
    assert_eq!((unsaved.reason.as_str(), unsaved.file), ("no home", None));
    assert!(crate::shelf::markdown(&unsaved.stories).contains("ask her"));
}

#[test]
fn a_correction_that_meets_a_locked_file_is_saved_when_the_lock_is_gone_or_kept_in_a_file() {
    let correction = |speaker: &str| {
        let verdict = pullquote::correction::Verdict::Said(speaker.into());
        let correction = pullquote::correction::Correction { parts: vec![Span::new(16, 25)], verdict };
        Change::Corrected { removed: Vec::new(), added: Some(correction) }
    };
    let mut desk = Desk::new("corrected");
    let other = desk.lock();
    desk.save([correction("Ann Lee")]);
    assert_eq!(desk.heard(), ["Not saved yet: database is locked"]);
    drop(other);
    desk.state.flush();
    let query = "SELECT group_concat(speaker) FROM corrections";
    let db = Connection::open(desk.folder.join("shelf.db")).unwrap();
    assert_eq!(db.query_row(query, [], |row| row.get::<_, String>(0)).unwrap(), "Ann Lee");
    let other = desk.lock();
    desk.save([correction("Bo Ray")]);
    let unsaved = desk.state.finish(BRIEF).expect("the correction");
    drop(other);
    let content = fs::read_to_string(unsaved.file.expect("the folder can be written")).unwrap();
    assert!(content.contains("Bo Ray") && !content.contains("Ann Lee"), "{content}");
}

#[test]
fn notes_go_to_a_new_file_when_the_old_one_is_moved_away() {
    let remove_file = |folder: &Path| fs::remove_file(folder.join("shelf.db")).unwrap();
    let remove_folder = |folder: &Path| fs::remove_dir_all(folder).unwrap();
    let replace = |folder: &Path| {
        let other = Desk::over(folder.with_extension("other"));
        drop(other.state);
        fs::rename(other.folder.join("shelf.db"), folder.join("shelf.db")).unwrap();
    };
    for name in ["file", "folder", "other"] {
        let mut desk = Desk::new(&format!("moved-{name}"));
        let _ = fs::remove_dir_all(desk.folder.with_extension("other"));
        desk.save([note(-1, "ask her")]);
        match name {
            "file" => remove_file(&desk.folder),
            "folder" => remove_folder(&desk.folder),
            _ => replace(&desk.folder),
        }
        desk.save([note(-1, "ask her again"), saved()]);
        let heard = desk.heard();
        assert_eq!(
            heard,
            ["Saved data was moved or deleted; saving to a new file", "saved: Note saved"],
            "{name}"
        );
        assert_eq!(desk.notes(), ["ask her again"], "{name}");
    }
}
