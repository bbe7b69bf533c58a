//! Every field that text from outside can fill holds all of Unicode's troublemakers; nothing of them leaves the process.
//!
//! What leaves it: standard output and standard error of each command, and the bytes that go to a terminal.

#![cfg(target_os = "linux")]

use std::ffi::OsStr;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use pullquote::text_safety::{is_unsafe, remove_unsafe};
use rusqlite::Connection;

const PROGRAM: &str = env!("CARGO_BIN_EXE_pullquote");

/// A machine under load is slow; a hang is longer than this.
const PATIENCE: Duration = Duration::from_mins(1);

/// The pause between the steps of a session.
const STEP_DELAY: Duration = Duration::from_millis(500);

/// All unsafe characters, each between two letters; selectors after letters; too many marks; sequences.
fn troublemakers() -> String {
    let mut text = String::new();
    for ch in ('\0'..=char::MAX).filter(|it| is_unsafe(*it) && *it != '\n') {
        text.extend(['a', ch, 'b']);
    }
    for ch in ('\u{fe00}'..='\u{fe0f}').chain(['\u{200c}', '\u{200d}', '\u{180b}', '\u{180f}']) {
        text.extend(['x', ch]);
    }
    text.push_str(&"\u{301}".repeat(500));
    text.push_str(
        "\u{1b}]0;owned\u{7}\u{1b}[31m\u{1b}[?1049l\u{9b}2J\u{1b}P+q\u{1b}\\<script>alert(1)</script>",
    );
    text
}

/// The troublemakers that a file name, an argument or an environment variable can hold.
fn short_troublemakers() -> String {
    "a\u{1b}[31m\u{9b}2J\u{202e}\u{2066}\u{200b}\u{feff}\u{ad}\u{2028}\u{e0041}\u{fe01}\r\nb".to_string()
        + &"\u{301}".repeat(40)
}

/// A folder of a test's own.
struct TestFolder {
    folder: PathBuf,
}

impl TestFolder {
    fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("hostile").join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("a folder can be made");
        Self { folder }
    }

    fn write(&self, name: &str, content: &str) -> PathBuf {
        let path = self.folder.join(name);
        fs::write(&path, content).expect("it is written");
        path
    }

    /// Runs a command. Returns what leaves the process: standard output and standard error.
    fn run(&self, arguments: &[&OsStr]) -> [String; 2] {
        let mut command = Command::new(PROGRAM);
        command.args(arguments).env("XDG_STATE_HOME", self.folder.join("state")).stdin(Stdio::null());
        let done = command.env("PULLQUOTE_CONFIG", &self.folder).output().expect("it runs");
        [done.stdout, done.stderr].map(|it| String::from_utf8(it).expect("it is UTF-8"))
    }
}

fn assert_safe(what: &str, text: &str) {
    let safe = remove_unsafe(text);
    let same = text.chars().zip(safe.chars()).take_while(|(a, b)| a == b).count();
    let unsafe_text: String = text.chars().skip(same.saturating_sub(20)).take(40).collect();
    assert!(safe == text, "{what}: unsafe within {unsafe_text:?}");
}

/// Stories that hold the troublemakers in every field.
fn stories(test_folder: &TestFolder) -> Vec<PathBuf> {
    let bad = troublemakers();
    let line = bad.replace('\r', "");
    let said = format!("“It {line} rained,” said Ann{line} Lee, the {line}mayor of Ellwick.");
    let attribute = bad.replace(['"', '\r'], "");
    let html = format!(
        "<html><head><title>The {bad} ferry</title><meta name=author content=\"By {attribute}\">\
         <meta property=\"og:site_name\" content=\"Gazette {attribute}\">\
         <meta property=\"article:published_time\" content=\"3 May {attribute}\">\
         <link rel=canonical href=\"https://example.org/{attribute}\"></head>\
         <body><article><h1 title=\"{attribute}\">The {bad} ferry</h1><p>{said}</p><p>{said}</p></article></body></html>"
    );
    let front = format!(
        "---\ntitle: The {line} ferry\nauthor: {line}\ndate: {line}\n---\n\n# The {line}\n\n{said}\n"
    );
    let name = format!("{}.txt", short_troublemakers());
    vec![
        test_folder.write(
            &name,
            &format!(
                "The {line} ferry\n\nBy Mia {line} Torn\n\nOSLO{line} (AP) — {said}\n\nQ: {line}\n\n{said}"
            ),
        ),
        test_folder.write("page.html", &html),
        test_folder.write("front.md", &front),
    ]
}

#[test]
fn no_command_lets_them_out() {
    let test_folder = TestFolder::new("commands");
    let stories = stories(&test_folder);
    let id = serde_json::to_string(&troublemakers()).expect("JSON");
    let record = format!("{{\"id\":{id},\"text\":{id}}}\n{{\"id\":{id}}}\n{{{id}\n");
    let records = test_folder.write("records.jsonl", &record);
    for format in ["json", "jsonl", "csv", "markdown", "text"] {
        for story in stories.iter().chain([&records]) {
            let arguments = ["extract", "--no-model", "--format", format].map(OsStr::new);
            let out = test_folder.run(&[&arguments[..], &[story.as_os_str()]].concat());
            assert!(!out[0].is_empty(), "{format}: {}", out[1]);
            for text in &out {
                assert_safe(&format!("{format} of {}", story.display()), text);
            }
        }
    }
    let bad = short_troublemakers();
    let missing = OsStr::from_bytes(bad.as_bytes());
    for arguments in [
        &["extract"][..],
        &["extract", "--format"],
        &["--theme"],
        &["--config"],
        &["--keys"],
        &["shelf"],
        &["shelf", "forget", "--yes"],
        &["shelf", "export"],
        &["config", "--config"],
        &[],
    ] {
        let arguments: Vec<&OsStr> = arguments.iter().map(OsStr::new).chain([missing]).collect();
        test_folder.run(&arguments).iter().for_each(|it| assert_safe(&format!("{arguments:?}"), it));
    }
    for (file, content) in
        [("config.toml", format!("theme = {id}")), ("keys.toml", format!("[main]\nquit = [{id}]"))]
    {
        let path = test_folder.write(file, &content);
        test_folder.run(&["config".as_ref()]).iter().for_each(|it| assert_safe(file, it));
        fs::remove_file(path).expect("it was there");
    }
}

/// Runs the program in a pseudo-terminal, types the keys of each step half a second after the step before, and quits.
/// Returns the bytes that it wrote there.
fn session(test_folder: &TestFolder, arguments: &[&OsStr], steps: &[&str]) -> String {
    let pair = native_pty_system()
        .openpty(PtySize { rows: 30, cols: 100, ..PtySize::default() })
        .expect("a pseudo-terminal");
    let mut command = CommandBuilder::new(PROGRAM);
    command.args(arguments);
    command.env("XDG_STATE_HOME", test_folder.folder.join("state"));
    command.env("PULLQUOTE_CONFIG", &test_folder.folder);
    command.env("TERM", "xterm-256color");
    let mut program = pair.slave.spawn_command(command).expect("it starts");
    drop(pair.slave);
    let (sender, received) = mpsc::channel();
    let mut reader = pair.master.try_clone_reader().expect("a reader");
    thread::spawn(move || {
        let mut bytes = [0; 4096];
        while let Ok(count @ 1..) = reader.read(&mut bytes) {
            if sender.send(bytes[..count].to_vec()).is_err() {
                return;
            }
        }
    });
    let mut writer = pair.master.take_writer().expect("a writer");
    let mut written = received.recv_timeout(PATIENCE).expect("the first frame");
    let end = Instant::now() + PATIENCE;
    let mut steps = steps.iter();
    while program.try_wait().expect("it can be waited for").is_none() {
        assert!(Instant::now() < end, "it does not end: {}", String::from_utf8_lossy(&written));
        while let Ok(bytes) = received.recv_timeout(STEP_DELAY) {
            written.extend(bytes);
        }
        // Each Esc closes a panel; `q` ends the program on the page alone.
        let keys = steps.next().map_or("q\u{1b}", |it| it);
        // The program may have ended just now.
        let _ = writer.write_all(keys.as_bytes());
    }
    while let Ok(bytes) = received.recv_timeout(STEP_DELAY) {
        written.extend(bytes);
    }
    String::from_utf8_lossy(&written).into_owned()
}

/// Removes the sequences that the program itself writes: CSI, window title, clipboard.
fn without_own_sequences(bytes: &str) -> String {
    let own = regex::Regex::new("\u{1b}\\[[0-9;:?<>=]*[a-zA-Z]|\u{1b}\\](?:0|10|11);[^\u{7}\u{1b}]*(?:\u{7}|\u{1b}\\\\)|\u{1b}\\]52;c;[A-Za-z0-9+/=]*(?:\u{7}|\u{1b}\\\\)").expect("it is sound");
    own.replace_all(bytes, "").replace('\r', "")
}

#[test]
fn no_session_lets_them_out_and_what_is_saved_neither() {
    let test_folder = TestFolder::new("session");
    let stories = stories(&test_folder);
    let pasted = format!("\u{1b}[200~{}\u{1b}[201~", short_troublemakers());
    for story in &stories {
        let arguments = [OsStr::new("--no-model"), story.as_os_str()];
        let note = format!("a{pasted}");
        let search = format!("/{pasted}");
        let bytes = session(&test_folder, &arguments, &["", "", "]q", "y", &note, "\r", &search, "\u{1b}"]);
        let rest = without_own_sequences(&bytes);
        assert_safe(&story.display().to_string(), &rest);
        let titles = bytes.split("\u{1b}]0;").skip(1).filter_map(|it| it.split(['\u{7}', '\u{1b}']).next());
        titles.for_each(|it| assert_safe("the window's title", it));
    }
    let db = Connection::open(test_folder.folder.join("state/pullquote/shelf.db")).expect("a database");
    let count: usize = db.query_row("SELECT count(*) FROM stories", [], |row| row.get(0)).expect("a number");
    assert_eq!(count, stories.len());
    let words = |db: &Connection| -> Vec<String> {
        let mut query = db.prepare("SELECT words FROM notes").expect("the table");
        query.query_map([], |row| row.get(0)).expect("rows").flatten().collect()
    };
    for text in words(&db) {
        assert_safe("a saved note", &text);
    }
    let insert = "INSERT INTO notes (story, start, end, passage, words, time) SELECT id, 0, 1, 'a', 'b', 0 FROM stories";
    db.execute(insert, []).expect("it is written");
    let bad = troublemakers().replace('\0', "");
    db.execute("UPDATE stories SET title = ?1, source = ?1, outlet = ?1, published = ?1, file = ?1", [&bad])
        .expect("it is written");
    db.execute("UPDATE notes SET words = ?1, passage = ?1", [&bad]).expect("it is written");
    drop(db);
    for arguments in [
        &["shelf", "list"][..],
        &["shelf", "list", "--json"],
        &["shelf", "export"],
        &["shelf", "export", "--markdown"],
        &["shelf", "forget", "--all", "--yes"],
    ] {
        let arguments: Vec<&OsStr> = arguments.iter().map(OsStr::new).collect();
        let out = test_folder.run(&arguments);
        assert!(!out[0].is_empty(), "{arguments:?}: {}", out[1]);
        assert!(!arguments.contains(&OsStr::new("--markdown")) || !out[0].contains("<script>"), "{}", out[0]);
        for text in &out {
            // JSON keeps the marks above a letter, however many: they are data.
            let marked = text.starts_with('{').then(|| text.replace('\u{301}', ""));
            assert_safe(&format!("{arguments:?}"), marked.as_deref().unwrap_or(text));
        }
    }
}

/// Runs a shell script in which `$PROGRAM` is the program. Returns standard output and the exit code.
fn script(test_folder: &TestFolder, lines: &str) -> (String, Option<i32>) {
    let mut command = Command::new("sh");
    command
        .args(["-c", lines])
        .env("PROGRAM", PROGRAM)
        .env("XDG_STATE_HOME", test_folder.folder.join("state"));
    let done = command.current_dir(&test_folder.folder).stdin(Stdio::null()).output().expect("a shell runs");
    (String::from_utf8_lossy(&done.stdout).into_owned(), done.status.code())
}

#[test]
fn a_message_that_cannot_be_written_costs_no_story() {
    let test_folder = TestFolder::new("full");
    test_folder.write("a.txt", "It rained.");
    test_folder.write("b.txt", "It snowed.");
    for stderr in ["2>/dev/full", "2>&-"] {
        let run = format!("\"$PROGRAM\" extract --no-model -f jsonl missing.txt a.txt b.txt {stderr}");
        let (out, code) = script(&test_folder, &run);
        assert_eq!((out.lines().count(), code), (2, Some(1)), "{stderr}");
    }
}

#[test]
fn a_file_that_may_not_grow_is_an_error_and_not_the_end() {
    let test_folder = TestFolder::new("limit");
    test_folder.write("a.txt", &"“It rained,” said Ann Lee.\n\n".repeat(500));
    let run = "ulimit -f 1; \"$PROGRAM\" extract --no-model --no-shelf a.txt >out.json 2>why.txt";
    assert_eq!(script(&test_folder, run).1, Some(74));
}

#[test]
fn a_pipe_in_the_place_of_a_file_is_not_waited_for() {
    let test_folder = TestFolder::new("pipes");
    test_folder.write("a.txt", "It rained.");
    let state = "mkdir -p state/pullquote; mkfifo state/pullquote/shelf.db; ";
    let run = format!("{state} timeout 10 \"$PROGRAM\" extract --no-model a.txt");
    let (out, code) = script(&test_folder, &run);
    assert!(out.contains("rained") && code == Some(0), "{out} {code:?}");
    let run = "mkfifo config.toml; timeout 10 \"$PROGRAM\" config --config . ; exit $?";
    assert_eq!(script(&test_folder, run).1, Some(2));
}

#[test]
fn a_signal_ends_a_session_whose_terminal_takes_no_bytes() {
    let test_folder = TestFolder::new("stuck");
    let story = test_folder.write("a.txt", &"“It rained on the river,” said Ann Lee.\n\n".repeat(900));
    let pair = native_pty_system()
        .openpty(PtySize { rows: 200, cols: 400, ..PtySize::default() })
        .expect("a pseudo-terminal");
    let mut command = CommandBuilder::new(PROGRAM);
    command.args([OsStr::new("--no-model"), OsStr::new("--no-shelf"), story.as_os_str()]);
    command.env("TERM", "xterm-256color");
    let mut program = pair.slave.spawn_command(command).expect("it starts");
    let mut writer = pair.master.take_writer().expect("a writer");
    // Nobody reads: the program soon waits inside a write.
    for _ in 0..40 {
        writer.write_all(b"\x0c").expect("a key can be sent");
        thread::sleep(Duration::from_millis(25));
    }
    let process = program.process_id().expect("its number").to_string();
    assert!(Command::new("kill").args(["-TERM", &process]).status().expect("kill runs").success());
    let start = Instant::now();
    while program.try_wait().expect("it can be waited for").is_none() {
        assert!(start.elapsed() < PATIENCE, "it does not end");
        thread::sleep(Duration::from_millis(10));
    }
}

/// A megabyte, as the limit of memory counts them.
const MB: usize = 1_000_000;

/// The mapped pages of a release build, in KiB. Those of the program that is tested are more, as it is larger.
const RELEASE_FILE_PAGES: usize = 29_100;

#[test]
fn a_long_story_takes_no_more_than_60_megabytes_and_40_bytes_a_byte() {
    let number = |it: usize| -> String {
        it.to_string().bytes().map(|digit| char::from(digit - b'0' + b'a')).collect()
    };
    let paragraph = |it| {
        format!(
            "“The wall at pier {} will be rebuilt,” said Ann Lee, the mayor of Ellwick. It rained.\n\n",
            number(it)
        )
    };
    let text: String = (0..700).map(paragraph).collect();
    let mut command = Command::new(PROGRAM);
    command.args(["extract", "--quiet", "--from", "jsonl", "--format", "jsonl"]);
    // Each thread has rows of its own.
    command.env("RAYON_NUM_THREADS", "2").stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut process = command.spawn().expect("it starts");
    let mut input = process.stdin.take().expect("an input");
    writeln!(input, "{}", serde_json::json!({ "text": text })).expect("it reads");
    let mut answer = String::new();
    let output = process.stdout.take().expect("an output");
    BufReader::new(output).read_line(&mut answer).expect("it answers");
    assert!(answer.contains("\"speaker\""), "{answer}");
    // It waits for the next story.
    let status = fs::read_to_string(format!("/proc/{}/status", process.id())).expect("it is still there");
    let kib = |name: &str| -> usize {
        let line = status.lines().find_map(|it| it.strip_prefix(name)).expect("a line of its memory");
        line.trim().trim_end_matches(" kB").parse().expect("a number")
    };
    let peak = (kib("VmHWM:") + RELEASE_FILE_PAGES).saturating_sub(kib("RssFile:").max(RELEASE_FILE_PAGES));
    drop(input);
    assert!(process.wait().expect("it ends").success());
    let limit = 60 * MB + 40 * text.len();
    assert!(peak * 1024 <= limit, "{peak} KiB of {limit} bytes for {} bytes of text", text.len());
}
