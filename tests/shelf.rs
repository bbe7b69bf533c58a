//! Tests of the saved data: the program in a pseudo-terminal, and the database that it leaves.

#![cfg(target_os = "linux")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use rusqlite::Connection;
use termlens::{Key, Screen, Terminal, TerminalBuilder};

const PROGRAM: &str = env!("CARGO_BIN_EXE_pullquote");

/// A machine under load is slow; a hang is longer than this.
const PATIENCE: Duration = Duration::from_secs(20);

/// Files of a test's own: a folder for the program's state, and a story.
struct TestFolder {
    folder: PathBuf,
    story: PathBuf,
}

impl TestFolder {
    fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("shelf").join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("a folder can be made");
        let story = folder.join("ferry.txt");
        let paragraphs =
            (1..40).map(|it| format!("“We saw boat {it} leave,” said Ann Lee, the mayor of Ellwick."));
        let paragraphs: Vec<String> = paragraphs.collect();
        fs::write(&story, format!("The last ferry\n\n{}\n", paragraphs.join("\n\n"))).expect("it is written");
        Self { folder, story }
    }

    /// The folder that stands for the state of whoever runs this.
    fn state(&self) -> PathBuf {
        self.folder.join("state")
    }

    fn shelf(&self) -> PathBuf {
        self.state().join("pullquote/shelf.db")
    }

    /// What one query answers; nothing as long as there is no shelf, or no such table or row.
    fn ask(&self, query: &str) -> Option<String> {
        let db = Connection::open(self.shelf()).ok()?;
        db.busy_timeout(PATIENCE).ok()?;
        db.query_row(query, [], |row| row.get::<_, rusqlite::types::Value>(0)).ok().map(|it| match it {
            rusqlite::types::Value::Integer(number) => number.to_string(),
            rusqlite::types::Value::Text(words) => words,
            other => format!("{other:?}"),
        })
    }

    fn wait(&self, query: &str, answer: &str) {
        let end = Instant::now() + PATIENCE;
        while self.ask(query).as_deref() != Some(answer) {
            assert!(Instant::now() < end, "{query}: {:?}", self.ask(query));
            std::thread::yield_now();
        }
    }

    fn builder(&self) -> TerminalBuilder {
        let builder = Terminal::builder().size(100, 30).timeout(PATIENCE).env("XDG_STATE_HOME", self.state());
        builder.arg("--no-model")
    }

    /// The program over a story, its findings there.
    fn reading(&self, story: &Path) -> Terminal {
        let mut terminal = self.builder().arg(story).spawn(PROGRAM).expect("it starts");
        terminal
            .wait_until(|it| it.alternate_screen() && it.contains("The last ferry"))
            .expect("the story comes");
        terminal
    }
}

fn press(terminal: &mut Terminal, keys: &str) {
    for key in keys.chars() {
        terminal.send(Key::Char(key)).expect("a key can be sent");
    }
}

fn sees(terminal: &mut Terminal, words: &str) {
    let seen = terminal.wait_until(|it: &Screen| it.contains(words));
    assert!(seen.is_ok(), "{words:?} is not to be seen:\n{}", terminal.screen().text());
}

fn quit(mut terminal: Terminal) {
    press(&mut terminal, "q");
    assert!(terminal.wait_exit().expect("it ends").success());
}

#[test]
fn without_a_name_the_stories_read_last_are_opened_and_the_samples_where_there_are_none() {
    let test_folder = TestFolder::new("bare");
    let mut terminal = test_folder.builder().spawn(PROGRAM).expect("it starts");
    sees(&mut terminal, "Tour 1/11");
    sees(&mut terminal, "story 1/3");
    quit(terminal);
    let test_folder = TestFolder::new("bare-again");
    quit(test_folder.reading(&test_folder.story));
    let mut terminal = test_folder.builder().spawn(PROGRAM).expect("it starts");
    sees(&mut terminal, "The last ferry");
    assert!(!terminal.screen().contains("Tour"), "only who reads for the first time is shown the tour");
    quit(terminal);
    fs::remove_file(&test_folder.story).expect("it goes");
    let mut terminal = test_folder.builder().spawn(PROGRAM).expect("it starts");
    sees(&mut terminal, "story 1/3");
    quit(terminal);
}

#[test]
fn a_story_is_opened_where_it_was_left_though_its_file_has_moved() {
    let test_folder = TestFolder::new("left");
    let mut terminal = test_folder.reading(&test_folder.story);
    press(&mut terminal, "30}mb");
    sees(&mut terminal, "Bookmark b");
    press(&mut terminal, "3{");
    quit(terminal);
    let moved = test_folder.folder.join("moved.txt");
    fs::rename(&test_folder.story, &moved).expect("it moves");
    let mut terminal = test_folder.reading(&moved);
    sees(&mut terminal, "Resumed where you stopped earlier today (gg = top)");
    sees(&mut terminal, "boat 27 leave");
    press(&mut terminal, "gg");
    sees(&mut terminal, "boat 1 leave");
    press(&mut terminal, "'b");
    sees(&mut terminal, "boat 30 leave");
    press(&mut terminal, "''");
    sees(&mut terminal, "boat 1 leave");
    quit(terminal);
    assert_eq!(test_folder.ask("SELECT count(*) FROM stories"), Some("1".into()));
    assert_eq!(test_folder.ask("SELECT file FROM stories"), moved.to_str().map(Into::into));
}

#[test]
fn nothing_is_saved_where_nothing_is_to_be_saved() {
    let test_folder = TestFolder::new("nothing");
    let builder =
        Terminal::builder().size(100, 30).timeout(PATIENCE).env("XDG_STATE_HOME", test_folder.state());
    let mut terminal =
        builder.args(["--no-shelf", "--no-model"]).arg(&test_folder.story).spawn(PROGRAM).expect("it starts");
    sees(&mut terminal, "The last ferry");
    press(&mut terminal, "5}mb");
    sees(&mut terminal, "Bookmark b");
    quit(terminal);
    assert!(!test_folder.state().exists());
}

#[test]
fn the_history_of_a_wide_screen_shows_how_a_story_begins_until_it_is_deleted() {
    let test_folder = TestFolder::new("opening");
    quit(test_folder.reading(&test_folder.story));
    let other = test_folder.folder.join("bridge.txt");
    fs::write(&other, "The new bridge\n\nIt opens in June.\n").expect("it is written");
    let mut terminal = test_folder.builder().size(120, 40).arg(&other).spawn(PROGRAM).expect("it starts");
    sees(&mut terminal, "It opens in June.");
    test_folder.wait("SELECT count(*) FROM openings", "2");
    press(&mut terminal, "H");
    sees(&mut terminal, "Reading history");
    press(&mut terminal, "j");
    sees(&mut terminal, "We saw boat 1 leave");
    press(&mut terminal, "dd");
    sees(&mut terminal, "It opens in June.");
    test_folder.wait("SELECT group_concat(content) FROM openings", "It opens in June.\n");
    // The first key closes the history.
    press(&mut terminal, "q");
    quit(terminal);
}

#[test]
fn the_end_of_a_process_loses_nothing_that_is_older_than_a_second() {
    let test_folder = TestFolder::new("killed");
    let mut terminal = test_folder.reading(&test_folder.story);
    press(&mut terminal, "20}mk");
    test_folder.wait("SELECT count(*) FROM marks WHERE letter = 'k'", "1");
    test_folder.wait("SELECT place_words LIKE '“We saw boat 20 leave,”%' FROM places", "1");
    let process = terminal.pid().expect("its number").to_string();
    assert!(Command::new("kill").args(["-KILL", &process]).status().expect("kill runs").success());
    terminal.wait_exit().expect("it ends");
    let mut terminal = test_folder.reading(&test_folder.story);
    sees(&mut terminal, "Resumed where you stopped earlier today");
    sees(&mut terminal, "boat 20 leave");
    press(&mut terminal, "gg'k");
    sees(&mut terminal, "boat 20 leave");
    quit(terminal);
}

#[test]
fn a_shelf_of_a_newer_version_is_left_alone_and_a_damaged_one_set_aside() {
    let test_folder = TestFolder::new("versions");
    let folder = test_folder.shelf().parent().expect("its folder").to_path_buf();
    fs::create_dir_all(&folder).expect("a folder can be made");
    let newer = Connection::open(test_folder.shelf()).expect("a database");
    newer.execute_batch("CREATE TABLE other (it); PRAGMA user_version = 99;").expect("it is written");
    drop(newer);
    let before = fs::read(test_folder.shelf()).expect("it is there");
    let mut terminal = test_folder.reading(&test_folder.story);
    sees(&mut terminal, "Saved data comes from a newer version (99)");
    press(&mut terminal, "5}");
    quit(terminal);
    assert_eq!(fs::read(test_folder.shelf()).expect("it is there"), before);

    fs::write(test_folder.shelf(), "no database at all ".repeat(100)).expect("it is written");
    let mut terminal = test_folder.reading(&test_folder.story);
    sees(&mut terminal, "Saved data was damaged");
    press(&mut terminal, "ma");
    quit(terminal);
    assert_eq!(test_folder.ask("SELECT count(*) FROM marks"), Some("1".into()));
    let files = fs::read_dir(folder).expect("it is there").flatten().map(|it| it.file_name());
    let aside = files.filter(|it| it.to_string_lossy().starts_with("shelf-damaged-20"));
    assert_eq!(aside.count(), 1);
}

#[test]
fn a_folder_that_cannot_be_written_is_a_notice() {
    let test_folder = TestFolder::new("unwritable");
    fs::write(test_folder.state(), "a file where a folder should be").expect("it is written");
    let mut terminal = test_folder.reading(&test_folder.story);
    // The second message takes the place of the first when the position cannot be written.
    let messages = ["Notes and positions are not being saved: ", "Not saved yet: "];
    let seen = terminal.wait_until(|it| messages.iter().any(|message| it.contains(message)));
    assert!(seen.is_ok(), "{}", terminal.screen().text());
    press(&mut terminal, "5}q");
    assert_eq!(terminal.wait_exit().expect("it ends").code(), Some(0), "a position alone is not missed");
    let mut terminal = test_folder.reading(&test_folder.story);
    press(&mut terminal, "5}aask her");
    terminal.send(Key::Enter).expect("a key can be sent");
    sees(&mut terminal, "Not saved yet: ");
    press(&mut terminal, "q");
    assert_eq!(terminal.wait_exit().expect("it ends").code(), Some(74));
    let end = terminal.screen().text();
    assert!(end.contains("Not saved (1 note): ") && end.contains("not saved: ask her"), "{end}");
}

#[test]
fn a_note_whose_writing_fails_is_saved_as_soon_as_it_can_be_or_reported_at_the_end() {
    let test_folder = TestFolder::new("locked");
    quit(test_folder.reading(&test_folder.story));
    for is_released in [true, false] {
        let mut terminal = test_folder.reading(&test_folder.story);
        let other = Connection::open(test_folder.shelf()).expect("a database");
        other.execute_batch("BEGIN IMMEDIATE").expect("it is locked");
        press(&mut terminal, "3}aask her");
        terminal.send(Key::Enter).expect("a key can be sent");
        sees(&mut terminal, "Not saved yet: database is locked");
        if is_released {
            drop(other);
            sees(&mut terminal, "Note saved");
            quit(terminal);
            assert_eq!(test_folder.ask("SELECT words FROM notes"), Some("ask her".into()));
        } else {
            press(&mut terminal, "q");
            assert_eq!(terminal.wait_exit().expect("it ends").code(), Some(74));
            let end = terminal.screen().text();
            assert!(end.contains("Not saved (1 note): database is locked"), "{end}");
            let folder = test_folder.shelf().parent().expect("its folder").to_path_buf();
            let files = fs::read_dir(folder).expect("it is there").flatten().map(|it| it.path());
            let kept = files.filter(|it| it.to_string_lossy().contains("shelf-unsaved-20"));
            let kept: Vec<String> = kept.map(|it| fs::read_to_string(it).expect("it is there")).collect();
            assert!(kept.len() == 1 && kept[0].contains("ask her"), "{kept:?}");
        }
    }
}

#[test]
fn a_note_is_in_the_file_before_it_is_done_and_survives_the_end_of_the_process() {
    let test_folder = TestFolder::new("note");
    let mut terminal = test_folder.reading(&test_folder.story);
    press(&mut terminal, "10}a");
    sees(&mut terminal, "Note on");
    press(&mut terminal, "ask her");
    test_folder.wait("SELECT words FROM notes", "ask her");
    let process = terminal.pid().expect("its number").to_string();
    assert!(Command::new("kill").args(["-KILL", &process]).status().expect("kill runs").success());
    terminal.wait_exit().expect("it ends");
    let mut terminal = test_folder.reading(&test_folder.story);
    press(&mut terminal, "A");
    sees(&mut terminal, "Bookmarks and notes");
    sees(&mut terminal, "ask her");
    press(&mut terminal, "dd");
    test_folder.wait("SELECT count(*) FROM notes", "0");
    // The list stays open without notes; the first key closes it.
    sees(&mut terminal, "No notes");
    press(&mut terminal, "q");
    quit(terminal);
    let content = fs::read(test_folder.shelf()).expect("it is there");
    assert!(!content.windows(7).any(|it| it == b"ask her"), "deleted words are in no file");
}

#[test]
fn two_readers_at_once_lose_nothing() {
    let test_folder = TestFolder::new("two");
    let mut one = test_folder.reading(&test_folder.story);
    let mut other = test_folder.reading(&test_folder.story);
    for round in 1..=5 {
        for (terminal, name) in [(&mut one, "one"), (&mut other, "other")] {
            press(terminal, "}a");
            sees(terminal, "Note on");
            press(terminal, &format!("{name}{round}"));
            terminal.send(Key::Enter).expect("a key can be sent");
            sees(terminal, "Note saved");
        }
    }
    quit(one);
    quit(other);
    assert_eq!(test_folder.ask("SELECT count(*) FROM notes"), Some("10".into()));
    assert_eq!(test_folder.ask("SELECT count(DISTINCT words) FROM notes"), Some("10".into()));
}

#[test]
fn a_story_of_the_history_is_opened_again() {
    let test_folder = TestFolder::new("history");
    let mut terminal = test_folder.reading(&test_folder.story);
    press(&mut terminal, "5}");
    quit(terminal);
    let second = test_folder.folder.join("second.txt");
    fs::write(&second, "The last ferry\n\nAnother story of it.\n").expect("it is written");
    let mut terminal = test_folder.reading(&second);
    press(&mut terminal, "H");
    sees(&mut terminal, "Reading history");
    press(&mut terminal, "j");
    terminal.send(Key::Enter).expect("a key can be sent");
    sees(&mut terminal, "boat 5 leave");
    quit(terminal);
}

#[test]
fn a_file_is_opened_again_whatever_its_name() {
    use std::os::unix::ffi::OsStrExt;
    let names: [&[u8]; 5] = [
        b"two  spaces.txt",
        "narrow\u{202f}space.txt".as_bytes(),
        b"line\nbreak.txt",
        b"caf\xe9.txt",
        b" .txt",
    ];
    for (number, name) in names.into_iter().enumerate() {
        let test_folder = TestFolder::new(&format!("name-{number}"));
        fs::write(test_folder.folder.join("two spaces.txt"), "Another story.").expect("it is written");
        let file = test_folder.folder.join(std::ffi::OsStr::from_bytes(name));
        fs::rename(&test_folder.story, &file).expect("it is renamed");
        quit(test_folder.reading(&file));
        let mut terminal = test_folder.builder().spawn(PROGRAM).expect("it starts");
        sees(&mut terminal, "The last ferry");
        press(&mut terminal, "5}H");
        sees(&mut terminal, "Reading history");
        terminal.send(Key::Enter).expect("a key can be sent");
        let opened = terminal.wait_until(|it| it.contains("boat 5 leave") && !it.contains("Reading history"));
        assert!(opened.is_ok(), "{}", terminal.screen().text());
        quit(terminal);
        let mut forget = Command::new(PROGRAM);
        forget.args(["shelf", "forget", "--yes"]).arg(&file).env("XDG_STATE_HOME", test_folder.state());
        assert!(forget.status().expect("it runs").success());
    }
}

#[test]
fn a_story_whose_loading_or_analysis_was_cut_off_is_not_opened_again_without_a_question() {
    for cut_off in ["analysis", "loading"] {
        let test_folder = TestFolder::new(&format!("cut-off-{cut_off}"));
        quit(test_folder.reading(&test_folder.story));
        let marked = match cut_off {
            "analysis" => test_folder.ask("SELECT hash FROM stories").expect("the story"),
            _ => format!("file {}\0", test_folder.story.display()),
        };
        for (answer, stories) in [("n", "story 1/3"), ("y", "story 1/2")] {
            // What a process leaves that ends meanwhile.
            fs::write(test_folder.state().join("pullquote/working-1"), &marked).expect("it is written");
            let mut terminal = test_folder.builder().spawn(PROGRAM).expect("it starts");
            sees(&mut terminal, "stopped while it was opening “The last ferry”");
            terminal.send_str(&format!("{answer}\n")).expect("a line can be sent");
            let opened = terminal.wait_until(|it| it.alternate_screen() && it.contains(stories));
            assert!(opened.is_ok(), "{cut_off} {answer}: {}", terminal.screen().text());
            if answer == "y" {
                press(&mut terminal, "]s");
                sees(&mut terminal, "boat 1 leave");
            }
            quit(terminal);
        }
        // It was opened and left in order.
        let mut terminal = test_folder.builder().spawn(PROGRAM).expect("it starts");
        let opened = terminal.wait_until(|it| it.alternate_screen() && it.contains("story 1/2"));
        assert!(opened.is_ok(), "{}", terminal.screen().text());
        quit(terminal);
        let left = fs::read_dir(test_folder.state().join("pullquote")).expect("it is there").flatten();
        assert!(left.into_iter().all(|it| !it.file_name().to_string_lossy().starts_with("working")));
    }
}

#[test]
fn a_shelf_that_can_only_be_read_shows_its_notes_and_says_that_nothing_is_saved() {
    let test_folder = TestFolder::new("read-only");
    let mut terminal = test_folder.reading(&test_folder.story);
    press(&mut terminal, "3}aask her");
    terminal.send(Key::Enter).expect("a key can be sent");
    sees(&mut terminal, "Note saved");
    quit(terminal);
    // Permissions would not stop a superuser. Without its log the database can only be read.
    let log = test_folder.shelf().with_extension("db-wal");
    fs::create_dir(&log).expect("a folder can be made");
    let before = fs::read(test_folder.shelf()).expect("it is there");
    for is_released in [false, true] {
        let mut terminal = test_folder.reading(&test_folder.story);
        sees(&mut terminal, "unable to open database file");
        press(&mut terminal, "A");
        sees(&mut terminal, "Bookmarks and notes");
        sees(&mut terminal, "ask her");
        press(&mut terminal, "q");
        let closed = terminal.wait_until(|it| !it.contains("Bookmarks and notes"));
        assert!(closed.is_ok(), "{}", terminal.screen().text());
        press(&mut terminal, "3}aask him");
        terminal.send(Key::Enter).expect("a key can be sent");
        sees(&mut terminal, "Not saved yet: unable to open database file");
        if is_released {
            fs::remove_dir(&log).expect("it was there");
            sees(&mut terminal, "Note saved");
            quit(terminal);
        } else {
            press(&mut terminal, "q");
            assert_eq!(terminal.wait_exit().expect("it ends").code(), Some(74));
            assert_eq!(fs::read(test_folder.shelf()).expect("it is there"), before);
            let (list, _, code) = shelf(&test_folder, &["export", "--markdown"]);
            assert!(list.contains("ask her") && code == Some(0), "{list}");
            assert_eq!(shelf(&test_folder, &["forget", "--all", "--yes"]).2, Some(74));
        }
    }
    assert_eq!(test_folder.ask("SELECT count(*) FROM notes"), Some("2".into()));
}

#[test]
fn a_signal_saves_what_was_noted_just_before() {
    for plain in [false, true] {
        for (number, signal) in ["-TERM", "-HUP", "-INT"].into_iter().enumerate() {
            let test_folder = TestFolder::new(&format!("signal-{plain}-{number}"));
            let mut terminal = if plain {
                let builder = test_folder.builder().arg("--plain").arg(&test_folder.story);
                let mut terminal = builder.spawn(PROGRAM).expect("it starts");
                sees(&mut terminal, "help for commands");
                terminal.send_str("3}\n").expect("a line can be sent");
                sees(&mut terminal, "boat 3 leave");
                terminal.send_str("note ask her\n").expect("a line can be sent");
                sees(&mut terminal, "Note saved");
                terminal.send_str("5}\n").expect("a line can be sent");
                sees(&mut terminal, "boat 8 leave");
                terminal
            } else {
                let mut terminal = test_folder.reading(&test_folder.story);
                press(&mut terminal, "8}aask her");
                sees(&mut terminal, "ask her");
                terminal
            };
            let process = terminal.pid().expect("its number").to_string();
            assert!(Command::new("kill").args([signal, &process]).status().expect("kill runs").success());
            let code = terminal.wait_exit().expect("it ends").code();
            assert_eq!(code, Some([143, 129, 130][number]), "{plain} {signal}");
            assert_eq!(
                test_folder.ask("SELECT words FROM notes"),
                Some("ask her".into()),
                "{plain} {signal}"
            );
            let place = test_folder.ask("SELECT place_words LIKE '“We saw boat 8 leave,”%' FROM places");
            assert_eq!(place, Some("1".into()), "{plain} {signal}");
        }
    }
}

/// What `pullquote shelf` answers: standard output, standard error, the exit code.
fn shelf(test_folder: &TestFolder, arguments: &[&str]) -> (String, String, Option<i32>) {
    let mut command = Command::new(PROGRAM);
    command
        .arg("shelf")
        .args(arguments)
        .env("XDG_STATE_HOME", test_folder.state())
        .stdin(std::process::Stdio::null());
    let done = command.output().expect("it runs");
    let words = |bytes| String::from_utf8(bytes).expect("it is text");
    (words(done.stdout), words(done.stderr), done.status.code())
}

#[test]
fn a_check_of_a_damaged_shelf_tells_its_faults_and_mends_them() {
    let test_folder = TestFolder::new("check");
    assert_eq!(shelf(&test_folder, &["check"]), ("No saved data.\n".into(), String::new(), Some(0)));
    let mut terminal = test_folder.reading(&test_folder.story);
    press(&mut terminal, "3}aask her");
    terminal.send(Key::Enter).expect("a key can be sent");
    sees(&mut terminal, "Note saved");
    quit(terminal);
    let sound = ("Saved data is sound: 1 story, 1 note.\n".to_string(), String::new(), Some(0));
    assert_eq!(shelf(&test_folder, &["check"]), sound);
    // A row with a time that is none, and a page of zeros.
    let damage_row = || {
        let db = Connection::open(test_folder.shelf()).expect("a database");
        db.execute("UPDATE stories SET last_read = 4611686018427387904", []).expect("it is written");
    };
    let damage_page = || {
        let mut content = fs::read(test_folder.shelf()).expect("it is there");
        let end = content.len();
        content[end - 4096..].fill(0);
        fs::write(test_folder.shelf(), content).expect("it is written");
    };
    for damage in [&damage_row as &dyn Fn(), &damage_page] {
        damage();
        let (told, complaints, code) = shelf(&test_folder, &["check"]);
        assert!(
            told.starts_with("Saved data is mended: ") && code == Some(1),
            "{told} {complaints} {code:?}"
        );
        assert!(complaints.starts_with("pullquote: saved data: "), "{complaints}");
        let (told, complaints, code) = shelf(&test_folder, &["check"]);
        assert!(told.starts_with("Saved data is sound: ") && code == Some(0), "{told} {complaints} {code:?}");
        let (list, _, _) = shelf(&test_folder, &["export"]);
        assert!(list.contains("ask her"), "{list}");
    }
}

#[test]
fn a_shelf_that_may_not_grow_is_told_and_the_terminal_is_given_back() {
    let test_folder = TestFolder::new("limit");
    quit(test_folder.reading(&test_folder.story));
    let script = format!("ulimit -f 8; exec '{PROGRAM}' --no-model '{}'", test_folder.story.display());
    let builder = Terminal::builder().size(100, 30).timeout(PATIENCE);
    let builder = builder.env("XDG_STATE_HOME", test_folder.state()).args(["-c", &script]);
    let mut terminal = builder.spawn("sh").expect("a shell starts");
    sees(&mut terminal, "The last ferry");
    press(&mut terminal, "3}aask her");
    terminal.send(Key::Enter).expect("a key can be sent");
    sees(&mut terminal, "Not saved yet: ");
    press(&mut terminal, "q");
    assert_eq!(terminal.wait_exit().expect("it ends").code(), Some(74));
    let screen = terminal.screen();
    assert!(!screen.alternate_screen() && screen.cursor_visible() && !screen.bracketed_paste());
    let end = screen.text().replace('\n', "");
    assert!(end.contains("Not saved (1 note): disk I/O error") && end.contains("shelf-unsaved-20"), "{end}");
}

#[test]
fn all_stories_are_forgotten_by_one_command_and_each_has_its_line() {
    let test_folder = TestFolder::new("forget-all");
    quit(test_folder.reading(&test_folder.story));
    let db = Connection::open(test_folder.shelf()).expect("a database");
    let copies = "WITH RECURSIVE n (it) AS (SELECT 1 UNION ALL SELECT it + 1 FROM n WHERE it < 2999)
                  INSERT INTO stories (hash, title, words, first_read, last_read)
                  SELECT printf('%032x', it), 'Story ' || it, 1, 0, 0 FROM n";
    db.execute(copies, []).expect("they are written");
    drop(db);
    let (told, complaints, code) = shelf(&test_folder, &["forget", "--all", "--yes"]);
    assert_eq!((told.lines().count(), complaints.as_str(), code), (3000, "", Some(0)));
    assert_eq!(test_folder.ask("SELECT count(*) FROM stories"), Some("0".into()));
}

#[test]
fn the_shelf_is_listed_exported_and_forgotten() {
    let test_folder = TestFolder::new("command");
    assert_eq!(shelf(&test_folder, &["list"]), ("No saved stories.\n".into(), String::new(), Some(0)));
    assert!(!test_folder.state().exists(), "looking makes no shelf");
    let mut terminal = test_folder.reading(&test_folder.story);
    press(&mut terminal, "3}maansk her");
    terminal.send(Key::Enter).expect("a key can be sent");
    sees(&mut terminal, "Note saved");
    quit(terminal);

    let (table, _, code) = shelf(&test_folder, &["list"]);
    assert!(table.contains("The last ferry") && table.contains("ferry.txt") && code == Some(0), "{table}");
    // The key, the day, the share read, one note, one bookmark.
    let cells: Vec<&str> = table.lines().nth(1).unwrap_or_default().split_whitespace().collect();
    assert!(table.contains("NOTES  BOOKMARKS") && cells[4..6] == ["1", "1"], "{table}");
    let (all, _, _) = shelf(&test_folder, &["export"]);
    let all: serde_json::Value = serde_json::from_str(&all).expect("it is JSON");
    assert_eq!(all["schema"], "pullquote-shelf/1");
    assert_eq!(all["stories"][0]["notes"][0]["words"], "nsk her");
    assert_eq!(all["stories"][0]["marks"][0]["letter"], "a");
    let key = all["stories"][0]["key"].as_str().expect("a key").to_string();
    let file = test_folder.story.to_str().expect("a name");
    for name in [&key[..8], file] {
        let (notes, _, _) = shelf(&test_folder, &["export", "--markdown", name]);
        assert!(notes.starts_with("# The last ferry\n") && notes.contains("> “We saw boat 3"), "{notes}");
        assert!(notes.ends_with("\n\nnsk her\n"), "{notes}");
    }

    let (_, why, code) = shelf(&test_folder, &["forget", "--all"]);
    assert!(why.contains("--yes") && code == Some(2), "{why}");
    let (_, why, code) = shelf(&test_folder, &["forget", "--yes", "no-such-story"]);
    assert!(why.starts_with("pullquote: no-such-story: Not found") && code == Some(66), "{why}");
    assert_eq!(shelf(&test_folder, &["forget", "--yes", file]).0, "Deleted: The last ferry\n");
    assert_eq!(shelf(&test_folder, &["list"]).0, "No saved stories.\n");
    let words = fs::read(test_folder.shelf()).expect("the file is there");
    assert!(!words.windows(7).any(|it| it == b"nsk her"), "the file keeps no trace");
}

#[test]
fn corrections_of_the_shelf_reach_what_is_extracted() {
    let test_folder = TestFolder::new("corrections");
    let extract = |more: &[&str]| {
        let mut command = Command::new(PROGRAM);
        command
            .args(["extract", "--no-model"])
            .args(more)
            .arg(&test_folder.story)
            .env("XDG_STATE_HOME", test_folder.state());
        let done = command.output().expect("it runs").stdout;
        serde_json::from_slice::<serde_json::Value>(&done).expect("it is JSON")
    };
    let found = extract(&[]);
    let part = found["quotes"][0]["parts"][0].clone();
    quit(test_folder.reading(&test_folder.story));
    let db = Connection::open(test_folder.shelf()).expect("a database");
    db.execute_batch(&format!(
        "INSERT INTO corrections (story, verdict, speaker, time) VALUES (1, 'said', 'Bo Ray', 0);
         INSERT INTO corrected (correction, number, start, end, words) VALUES (1, 0, {}, {}, '“We saw boat 1 leave,”');",
        part["start"], part["end"]
    ))
    .expect("it is written");
    let corrected = extract(&[]);
    assert_eq!(corrected["quotes"][0]["rule"], "reader", "{}", corrected["quotes"][0]);
    assert_eq!(extract(&["--no-shelf"]), found);
}
