//! Tests with database files that are damaged, replaced or not databases at all.

use std::sync::Arc;

use pullquote::load;
use pullquote::span::Span;

use super::*;
use crate::shelf::queries::Shelf;
use crate::shelf::record::{KeptPart, OpenRecord};
use crate::storage::{HistoryExcerpt, NotedPassage, opening};

/// The page size of the database.
const PAGE: usize = 4096;

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/tmp/database").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// A closed database of `stories` stories with a note and a bookmark each.
fn filled(folder: &Path, stories: usize) -> Vec<u8> {
    let (shelf, notice) = Shelf::open(folder).unwrap_or_else(|it| panic!("{}", it.describe()));
    assert_eq!(notice, None);
    for number in 0..stories {
        let text = format!("Ferry number {number}\n\nIt rained on the river.");
        let record = OpenRecord::new(Arc::new(load::from_text(&text)), KeptPart::Nothing);
        shelf.save_note(&record, None, Span::new(0, 5), &note(number)).unwrap();
        shelf.save_bookmark(&record, 'k', Some(3)).unwrap();
    }
    drop(shelf);
    fs::read(database_path(folder)).unwrap()
}

fn note(number: usize) -> String {
    format!("ask her about {number}, {}", "and about the boat ".repeat(8))
}

/// Opens a database with this content. Returns the notes in it, and the message about damage.
fn opened(folder: &Path, content: &[u8]) -> (Vec<String>, Option<String>) {
    for suffix in ["-wal", "-shm"] {
        let _ = fs::remove_file(with_suffix(&database_path(folder), suffix));
    }
    fs::write(database_path(folder), content).unwrap();
    let (shelf, notice) = Shelf::open(folder).unwrap_or_else(|it| panic!("{}", it.describe()));
    let mut query = shelf.db.prepare("SELECT words FROM notes ORDER BY id").unwrap();
    let notes = query.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    (notes, notice)
}

#[test]
fn a_damaged_page_costs_the_notes_on_it_and_no_others() {
    let folder = folder("page");
    let content = filled(&folder, 120);
    let pages = content.len() / PAGE;
    assert!(pages > 20, "{pages}");
    for page in 0..pages {
        for damage in [0x00, 0xa5] {
            let mut damaged = content.clone();
            damaged[page * PAGE..(page + 1) * PAGE].fill(damage);
            let (notes, notice) = opened(&folder, &damaged);
            // A page of notes holds about 20 of them; the page above those pages holds none.
            assert!(notes.len() >= 95, "page {page}: {} notes, {notice:?}", notes.len());
            assert!(notes.len() == 120 || notice.is_some(), "page {page}: notes are lost without a word");
            let expected: Vec<String> = (0..120).map(note).collect();
            assert!(notes.iter().all(|it| expected.contains(it)), "page {page}");
        }
    }
}

#[test]
fn two_pages_that_have_changed_places_are_noticed() {
    let folder = folder("swapped");
    let content = filled(&folder, 60);
    let pages = content.len() / PAGE;
    for first in 1..pages {
        let second = if first + 1 < pages { first + 1 } else { 1 };
        let mut damaged = content.clone();
        let kept = damaged[first * PAGE..(first + 1) * PAGE].to_vec();
        damaged.copy_within(second * PAGE..(second + 1) * PAGE, first * PAGE);
        damaged[second * PAGE..(second + 1) * PAGE].copy_from_slice(&kept);
        let (notes, notice) = opened(&folder, &damaged);
        assert!(notes.len() == 60 || notice.is_some(), "pages {first} and {second}: {}", notes.len());
    }
}

#[test]
fn a_file_that_is_cut_off_or_no_database_is_replaced_and_said_so() {
    let folder = folder("cut");
    let content = filled(&folder, 60);
    for length in [1, 50, PAGE / 2, PAGE, content.len() / 2, content.len() - 1] {
        let (_, notice) = opened(&folder, &content[..length]);
        let notice = notice.unwrap_or_default();
        assert!(notice.starts_with("Saved data was damaged. "), "{length}: {notice}");
    }
    let (notes, notice) = opened(&folder, "no database at all ".repeat(100).as_bytes());
    assert_eq!(notes.len(), 0);
    assert!(notice.is_some_and(|it| it.contains("Nothing could be recovered")));
}

#[test]
fn a_note_whose_story_is_lost_is_kept_under_a_story_without_a_title() {
    let folder = folder("orphan");
    filled(&folder, 3);
    let db = Connection::open(database_path(&folder)).unwrap();
    db.execute_batch("PRAGMA foreign_keys = off; DELETE FROM stories WHERE id = 2").unwrap();
    drop(db);
    let content = fs::read(database_path(&folder)).unwrap();
    let (notes, notice) = opened(&folder, &content);
    assert_eq!((notes.len(), notice.is_some()), (3, true));
    let (shelf, _) = Shelf::open(&folder).unwrap_or_else(|it| panic!("{}", it.describe()));
    let titles: Vec<String> = shelf.stories().unwrap().into_iter().map(|it| it.title).collect();
    assert!(titles.contains(&"Story without its title".into()), "{titles:?}");
}

#[test]
fn a_damaged_row_leaves_the_others_usable_and_is_repaired_by_a_check() {
    let folder = folder("row");
    filled(&folder, 3);
    let (shelf, _) = Shelf::open(&folder).unwrap_or_else(|it| panic!("{}", it.describe()));
    shelf
        .db
        .execute_batch(
            "UPDATE stories SET last_read = 1 << 62, share = -7 WHERE id = 2;
             UPDATE notes SET time = -(1 << 62), start = -5, end = -9 WHERE id = 1;
             UPDATE marks SET place = -1;",
        )
        .unwrap();
    assert_eq!((shelf.stories().unwrap().len(), shelf.history().unwrap().len()), (3, 3));
    let record = OpenRecord::new(
        Arc::new(load::from_text("Ferry number 0\n\nIt rained on the river.")),
        KeptPart::Nothing,
    );
    assert_eq!(shelf.load(&record).unwrap().notes.len(), 1);
    let check = shelf.mend_rows().unwrap();
    assert_eq!(check.faults.len(), 5, "{:?}", check.faults);
    assert_eq!(check.contents.describe().as_deref(), Some("3 stories, 3 notes, 3 bookmarks"));
    assert!(shelf.mend_rows().unwrap().faults.is_empty());
}

#[test]
fn a_text_that_is_no_utf_8_is_mended_and_spoils_nothing_else() {
    let folder = folder("text");
    filled(&folder, 3);
    let db = Connection::open(database_path(&folder)).unwrap();
    db.execute_batch(
        "UPDATE stories SET title = CAST(x'4665ff7279' AS TEXT), source = CAST(x'c3' AS TEXT) WHERE id = 2;
         UPDATE notes SET words = CAST(x'ff61' AS TEXT) WHERE id = 1;",
    )
    .unwrap();
    drop(db);
    let (shelf, notice) = Shelf::open(&folder).unwrap_or_else(|it| panic!("{}", it.describe()));
    assert_eq!(notice.as_deref(), Some("Saved data was damaged. Replaced what cannot be read in 3 texts"));
    let mut stories = shelf.stories().unwrap();
    stories.sort_by(|one, other| one.title.cmp(&other.title));
    let titles: Vec<&str> = stories.iter().map(|it| it.title.as_str()).collect();
    assert_eq!(titles, ["Ferry number 0", "Ferry number 2", "Fe\u{fffd}ry"]);
    assert_eq!(stories[0].notes[0].words, "\u{fffd}a");
    drop(shelf);
    let (_, notice) = Shelf::open(&folder).unwrap_or_else(|it| panic!("{}", it.describe()));
    assert_eq!(notice, None);
}

#[test]
fn a_database_without_one_of_its_tables_or_columns_is_damaged() {
    for (number, change) in [
        "DROP TABLE marks",
        "ALTER TABLE notes DROP COLUMN passage",
        "ALTER TABLE stories RENAME COLUMN outlet TO other",
        "ALTER TABLE places RENAME TO other",
    ]
    .into_iter()
    .enumerate()
    {
        let folder = folder(&format!("incomplete-{number}"));
        filled(&folder, 3);
        let db = Connection::open(database_path(&folder)).unwrap();
        db.execute_batch(&format!("PRAGMA foreign_keys = off; {change}")).unwrap();
        drop(db);
        let (shelf, notice) = Shelf::open(&folder).unwrap_or_else(|it| panic!("{}", it.describe()));
        assert!(
            notice.is_some_and(|it| it.starts_with("Saved data was damaged. Recovered 3 stories")),
            "{change}"
        );
        assert_eq!(shelf.stories().unwrap().len(), 3, "{change}");
    }
}

#[test]
fn deleted_text_is_in_no_file() {
    let folder = folder("deleted");
    let (shelf, _) = Shelf::open(&folder).unwrap_or_else(|it| panic!("{}", it.describe()));
    let record =
        OpenRecord::new(Arc::new(load::from_text("The last ferry\n\nIt rained.")), KeptPart::Nothing);
    let secret = "TOP SECRET ".repeat(900);
    let id = shelf.save_note(&record, None, Span::new(0, 3), &secret).unwrap();
    shelf.delete_note(id, &secret).unwrap();
    for suffix in ["", "-wal"] {
        let content = fs::read(with_suffix(&database_path(&folder), suffix)).unwrap_or_default();
        assert!(!content.windows(10).any(|it| it == b"TOP SECRET"), "shelf.db{suffix}");
    }
}

#[test]
fn a_text_is_kept_with_its_story_and_forgotten_with_it() {
    let folder = folder("kept");
    let (shelf, _) = Shelf::open(&folder).unwrap_or_else(|it| panic!("{}", it.describe()));
    let story =
        load::from_text("The last ferry\n\n“It ran in 1994,” said Ann Lee, the mayor of SECRET TOWN.");
    for (may_keep, keeps) in [(KeptPart::Nothing, false), (KeptPart::Opening, false), (KeptPart::Whole, true)]
    {
        let record = OpenRecord::new(Arc::new(story.clone()), may_keep);
        shelf.record_visit(&record).unwrap();
        let history = shelf.history().unwrap();
        assert_eq!((history.len(), history[0].has_text), (1, keeps));
        let kept = shelf.kept_story(&history[0].key).unwrap();
        assert_eq!(kept, keeps.then(|| story.clone()));
    }
    assert_eq!(shelf.mend_rows().unwrap().texts.0, 1);
    let stories = shelf.stories().unwrap();
    assert!(stories[0].text_bytes.is_some_and(|it| it > 0));
    shelf.forget(stories.iter().map(|it| it.key.as_str())).unwrap();
    let left: usize = shelf.db.query_row("SELECT count(*) FROM texts", [], |row| row.get(0)).unwrap();
    assert_eq!(left, 0);
}

#[test]
fn an_opening_is_saved_with_its_story_and_forgotten_with_it() {
    let folder = folder("opening");
    let (shelf, _) = Shelf::open(&folder).unwrap_or_else(|it| panic!("{}", it.describe()));
    let paragraph = "It rained in SECRET TOWN on the river. ".repeat(30);
    let story = load::from_text(&format!("The last ferry\n\n{paragraph}\n\n{paragraph}\n\n{paragraph}"));
    let record = |kept| OpenRecord::new(Arc::new(story.clone()), kept);
    let key = record(KeptPart::Nothing).fingerprint.as_hex().to_string();
    let excerpt = || shelf.excerpt(&key).unwrap();
    let openings =
        || -> usize { shelf.db.query_row("SELECT count(*) FROM openings", [], |row| row.get(0)).unwrap() };
    shelf.record_visit(&record(KeptPart::Nothing)).unwrap();
    assert_eq!((excerpt(), openings()), (HistoryExcerpt::default(), 0));
    shelf.save_note(&record(KeptPart::Nothing), None, Span::new(16, 25), "ask her").unwrap();
    let passage = NotedPassage { passage: "It rained".into(), note: "ask her".into() };
    assert_eq!(excerpt(), HistoryExcerpt::Notes(vec![passage]));
    shelf.record_visit(&record(KeptPart::Opening)).unwrap();
    assert_eq!((excerpt(), openings()), (HistoryExcerpt::Opening(opening(&story)), 1));
    shelf.forget([key.as_str()]).unwrap();
    assert_eq!((excerpt(), openings()), (HistoryExcerpt::default(), 0));
    for suffix in ["", "-wal"] {
        let content = fs::read(with_suffix(&database_path(&folder), suffix)).unwrap_or_default();
        assert!(!content.windows(11).any(|it| it == b"SECRET TOWN"), "shelf.db{suffix}");
    }
}

#[test]
fn a_text_that_is_kept_has_no_second_opening() {
    let folder = folder("opening-kept");
    let (shelf, _) = Shelf::open(&folder).unwrap_or_else(|it| panic!("{}", it.describe()));
    let record = OpenRecord::new(Arc::new(load::from_text("The last ferry\n\nIt rained.")), KeptPart::Whole);
    shelf.record_visit(&record).unwrap();
    let openings: usize = shelf.db.query_row("SELECT count(*) FROM openings", [], |row| row.get(0)).unwrap();
    assert_eq!(openings, 0);
    assert_eq!(
        shelf.excerpt(record.fingerprint.as_hex()).unwrap(),
        HistoryExcerpt::Opening("It rained.\n".into())
    );
}

#[test]
fn a_database_from_before_the_openings_is_opened_and_its_stories_have_none() {
    let folder = folder("before-openings");
    filled(&folder, 1);
    let db = Connection::open(database_path(&folder)).unwrap();
    db.execute_batch("DROP TABLE openings; PRAGMA user_version = 3").unwrap();
    drop(db);
    let (shelf, notice) = Shelf::open(&folder).unwrap_or_else(|it| panic!("{}", it.describe()));
    assert_eq!((notice, schema::version(&shelf.db).unwrap()), (None, schema::CURRENT_VERSION));
    let passage = NotedPassage { passage: "Ferry".into(), note: note(0) };
    assert_eq!(
        shelf.excerpt(&shelf.history().unwrap()[0].key).unwrap(),
        HistoryExcerpt::Notes(vec![passage])
    );
}

#[test]
fn a_damaged_database_keeps_its_openings_and_takes_no_other_rows_for_them() {
    let folder = folder("damaged-openings");
    let (shelf, _) = Shelf::open(&folder).unwrap_or_else(|it| panic!("{}", it.describe()));
    let text = |number: usize| format!("It rained on quay {number}. {}", "The boat left. ".repeat(40));
    for number in 0..40 {
        let story = load::from_text(&format!("Ferry number {number}\n\n{}", text(number)));
        shelf.record_visit(&OpenRecord::new(Arc::new(story), KeptPart::Opening)).unwrap();
    }
    drop(shelf);
    let content = fs::read(database_path(&folder)).unwrap();
    for page in 1..content.len() / PAGE {
        let mut damaged = content.clone();
        damaged[page * PAGE..(page + 1) * PAGE].fill(0xa5);
        opened(&folder, &damaged);
        let (shelf, _) = Shelf::open(&folder).unwrap_or_else(|it| panic!("{}", it.describe()));
        let mut query = shelf.db.prepare("SELECT content FROM openings").unwrap();
        let found: Vec<String> = query.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
        assert!(found.iter().all(|it| it.starts_with("It rained on quay ")), "page {page}: {found:?}");
    }
}

#[test]
fn a_damaged_text_is_deleted_by_a_check_and_never_opened() {
    let folder = folder("damaged-text");
    let (shelf, _) = Shelf::open(&folder).unwrap_or_else(|it| panic!("{}", it.describe()));
    let record = OpenRecord::new(Arc::new(load::from_text("The last ferry\n\nIt rained.")), KeptPart::Whole);
    shelf.record_visit(&record).unwrap();
    shelf.db.execute_batch("UPDATE texts SET content = x'00ff00ff'").unwrap();
    assert_eq!(shelf.kept_story(record.fingerprint.as_hex()).unwrap(), None);
    let check = shelf.mend_rows().unwrap();
    assert_eq!((check.faults, check.texts.0), (vec!["Deleted 1 damaged text".to_string()], 0));
}

/// The time of the processors that this thread has used, in seconds; 0 where the system does not tell.
fn thread_time() -> f64 {
    let times = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    times.split(' ').next().and_then(|it| it.parse::<f64>().ok()).map_or(0.0, |it| it / 1e9)
}

#[test]
fn ten_thousand_stories_are_forgotten_in_one_go() {
    let folder = folder("many");
    let (shelf, _) = Shelf::open(&folder).unwrap_or_else(|it| panic!("{}", it.describe()));
    shelf
        .db
        .execute_batch(
            "BEGIN;
             WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)
             INSERT INTO stories (hash, title, words, first_read, last_read)
                 SELECT 'hash-' || i, 'The last ferry ' || i, 500, 0, 0 FROM n;
             INSERT INTO notes (story, start, end, passage, words, time) SELECT id, 0, 1, 'a', 'a note', 0 FROM stories;
             INSERT INTO marks (story, letter, place, words) SELECT id, 'k', 3, 'a' FROM stories;
             INSERT INTO history (story, began, ended) SELECT id, 0, 0 FROM stories;
             COMMIT;",
        )
        .unwrap();
    drop(shelf);
    let start = thread_time();
    let (shelf, _) = Shelf::open(&folder).unwrap_or_else(|it| panic!("{}", it.describe()));
    let stories = shelf.stories().unwrap();
    shelf.forget(stories.iter().map(|it| it.key.as_str())).unwrap();
    let taken = thread_time() - start;
    assert!(shelf.is_empty().unwrap());
    // Before it was done in one go it took 38 seconds.
    assert!(taken < 10.0, "{taken} seconds");
}

#[test]
fn what_is_not_ours_is_left_alone() {
    let folder = folder("foreign");
    let foreign = Connection::open(database_path(&folder)).unwrap();
    foreign.execute_batch("CREATE TABLE other (it)").unwrap();
    drop(foreign);
    let before = fs::read(database_path(&folder)).unwrap();
    assert!(matches!(open(&folder).map(drop).unwrap_err().cause, OpenErrorCause::Foreign));
    assert_eq!(fs::read(database_path(&folder)).unwrap(), before);
    fs::remove_file(database_path(&folder)).unwrap();
    fs::create_dir(database_path(&folder)).unwrap();
    assert!(matches!(open(&folder).map(drop).unwrap_err().cause, OpenErrorCause::NotAFile));
}
