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

/// The troublemakers that can be pasted: a paste ends with its sequence, and a terminal gives no NUL. Of tags there is one.
fn pasted_troublemakers() -> String {
    let text = troublemakers().replace(|it| matches!(it, '\u{1b}' | '\0' | '\u{e0042}'..), "");
    format!("\u{1b}[200~{text}\u{1b}[201~")
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
    for format in ["json", "jsonl", "csv", "markdown", "html", "text"] {
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

/// A text as XML can hold it: markup as references, without the control characters that it forbids.
fn in_xml(text: &str) -> String {
    let escape = |ch: char| match ch {
        '<' | '>' | '&' | '"' => format!("&#{};", u32::from(ch)),
        '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => String::new(),
        _ => ch.into(),
    };
    text.chars().map(escape).collect()
}

/// A text in the header of a mail, as RFC 2047 encodes it.
fn in_header(text: &str) -> String {
    use std::fmt::Write as _;
    let mut header = "=?utf-8?Q?".to_owned();
    for byte in text.bytes() {
        write!(header, "={byte:02X}").expect("a string takes it");
    }
    header + "?="
}

/// A text in RTF, each character by its number.
fn in_rtf(text: &str) -> String {
    use std::fmt::Write as _;
    let mut rtf = String::new();
    for unit in text.encode_utf16() {
        write!(rtf, "\\u{}?", unit.cast_signed()).expect("a string takes it");
    }
    rtf
}

/// A record of a web archive: a page with its address and date.
fn warc_record(address: &str, date: &str, page: &str) -> String {
    let response = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}");
    format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nWARC-Date: {date}\r\n\
         Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n{response}\r\n\r\n",
        response.len()
    )
}

/// Files of other formats that hold the troublemakers in every field, each with its options.
fn files_of_other_formats(test_folder: &TestFolder) -> Vec<(PathBuf, &'static [&'static str])> {
    let line = troublemakers().replace('\r', "");
    let said = format!("“It {line} rained,” said Ann{line} Lee, the {line}mayor of Ellwick.");
    let (xml, xml_said) = (in_xml(&line), in_xml(&said));
    let (header, rtf, rtf_said) = (in_header(&line), in_rtf(&line), in_rtf(&said));
    let json = serde_json::to_string(&line).expect("JSON");
    let json_said = serde_json::to_string(&said).expect("JSON");
    let page = format!(
        "<html><title>The {line} ferry</title><body><article><p>{said}</p><p>{said}</p></article></body></html>"
    );
    let mail = format!(
        "From: {header} <ann@example.org>\nSubject: The {header} ferry\nDate: {header}\nMIME-Version: 1.0\n\
         Content-Type: text/plain; charset=utf-8\n\n{said}\n"
    );
    let mbox = format!("From ann@example.org Mon May  4 10:00:00 2026\n{mail}\n");
    let feed = format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel>\
         <title>Gazette {xml}</title><link>https://example.org/</link><description>{xml}</description>\
         <item><title>The {xml} ferry</title><link>https://example.org/{xml}</link><dc:creator>{xml}</dc:creator>\
         <pubDate>{xml}</pubDate><description>{xml_said}</description></item></channel></rss>"
    );
    let subtitles =
        format!("WEBVTT\n\n00:01.000 --> 00:04.000\n<v Ann{xml} Lee>It {xml} rained in Ellwick.\n");
    let ninjs = format!(
        "{{\"uri\":{json},\"headline\":{json},\"byline\":{json},\"located\":{json},\"body_text\":{json_said}}}"
    );
    let nitf = format!(
        "<?xml version=\"1.0\"?><nitf><head><title>The {xml} ferry</title></head><body><body.head><hedline><hl1>The \
         {xml} ferry</hl1></hedline><byline>By {xml}</byline><dateline>{xml}</dateline></body.head><body.content>\
         <p>{xml_said}</p></body.content></body></nitf>"
    );
    let document = format!(
        "{{\\rtf1\\ansi{{\\info{{\\title The {rtf} ferry}}{{\\author {rtf}}}}}\\pard The {rtf} ferry\\par {rtf_said}\\par}}"
    );
    let archive = warc_record(&format!("https://example.org/{line}"), &line, &page);
    vec![
        (test_folder.write("mail.eml", &mail), &[]),
        (test_folder.write("box.mbox", &mbox), &[]),
        (test_folder.write("feed.xml", &feed), &[]),
        (test_folder.write("subtitles.vtt", &subtitles), &[]),
        (test_folder.write("news.json", &ninjs), &[]),
        (test_folder.write("news.xml", &nitf), &[]),
        (test_folder.write("document.rtf", &document), &[]),
        (test_folder.write("pages.warc", &archive), &["--from", "warc"]),
    ]
}

/// Calls `check` with each text of a JSON value, decoded.
fn each_text(value: &serde_json::Value, check: &mut impl FnMut(&str)) {
    match value {
        serde_json::Value::String(text) => check(text),
        serde_json::Value::Array(items) => items.iter().for_each(|it| each_text(it, check)),
        serde_json::Value::Object(fields) => fields.values().for_each(|it| each_text(it, check)),
        _ => {}
    }
}

#[cfg(feature = "formats")]
#[test]
fn no_format_of_files_lets_them_in() {
    let test_folder = TestFolder::new("formats");
    for (file, options) in files_of_other_formats(&test_folder) {
        for format in ["jsonl", "text"] {
            let arguments =
                ["extract", "--no-model", "--format", format].into_iter().chain(options.iter().copied());
            let arguments: Vec<&OsStr> = arguments.map(OsStr::new).chain([file.as_os_str()]).collect();
            let out = test_folder.run(&arguments);
            let what = format!("{format} of {}", file.display());
            assert!(out[0].contains("Ellwick"), "{what}: {}", out[1]);
            for text in &out {
                assert_safe(&what, text);
            }
            for line in out[0].lines().filter(|_| format == "jsonl") {
                let story = serde_json::from_str(line).expect("it is JSON");
                each_text(&story, &mut |it| assert_safe(&what, it));
            }
        }
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

/// What is copied to the clipboard by OSC 52.
fn copied(bytes: &str) -> Vec<String> {
    let texts = bytes.split("\u{1b}]52;c;").skip(1).filter_map(|it| it.split(['\u{7}', '\u{1b}']).next());
    texts.map(|it| String::from_utf8(decode_base64(it)).expect("it is UTF-8")).collect()
}

fn decode_base64(text: &str) -> Vec<u8> {
    let digit = |it: u8| match it {
        b'A'..=b'Z' => Some(it - b'A'),
        b'a'..=b'z' => Some(it - b'a' + 26),
        b'0'..=b'9' => Some(it - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    };
    let mut bytes = Vec::new();
    let (mut bits, mut count) = (0_u32, 0);
    for digit in text.bytes().filter_map(digit) {
        (bits, count) = (bits << 6 | u32::from(digit), count + 6);
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
        }
    }
    bytes
}

/// Removes the sequences that the program itself writes: CSI, window title, clipboard.
fn without_own_sequences(bytes: &str) -> String {
    let own = regex::Regex::new("\u{1b}\\[[0-9;:?<>=]*[a-zA-Z]|\u{1b}\\](?:0|10|11);[^\u{7}\u{1b}]*(?:\u{7}|\u{1b}\\\\)|\u{1b}\\]52;c;[A-Za-z0-9+/=]*(?:\u{7}|\u{1b}\\\\)").expect("it is sound");
    own.replace_all(bytes, "").replace('\r', "")
}

/// Gives the line prompt commands through a pipe. Returns standard output and standard error. A terminal would show what is
/// typed itself.
fn answers_of_prompt(test_folder: &TestFolder, story: &Path) -> [String; 2] {
    let mut command = Command::new(PROGRAM);
    command.args([OsStr::new("--plain"), OsStr::new("--no-model"), story.as_os_str()]);
    command
        .env("XDG_STATE_HOME", test_folder.folder.join("state"))
        .env("PULLQUOTE_CONFIG", &test_folder.folder);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut process = command.spawn().expect("it starts");
    let mut input = process.stdin.take().expect("an input");
    let bad = troublemakers();
    for line in [
        "",
        "history",
        "bookmarks-and-notes",
        "next-quote",
        "note #",
        "/#",
        "s #",
        "! #",
        "#",
        "#",
        "#",
        "copy",
        "quit",
    ] {
        // The program may have ended at an earlier line.
        let _ = writeln!(input, "{}", line.replace('#', &bad));
    }
    drop(input);
    let done = process.wait_with_output().expect("it ends");
    assert!(done.stdout.len() > 1000);
    [done.stdout, done.stderr].map(|it| String::from_utf8(it).expect("it is UTF-8"))
}

fn assert_safe_session(what: &str, bytes: &str) {
    assert_safe(what, &without_own_sequences(bytes));
    let titles = bytes.split("\u{1b}]0;").skip(1).filter_map(|it| it.split(['\u{7}', '\u{1b}']).next());
    titles.for_each(|it| assert_safe("the window's title", it));
    for text in copied(bytes) {
        assert_safe("the clipboard", &text);
    }
}

#[test]
fn no_session_lets_them_out_and_what_is_saved_neither() {
    let test_folder = TestFolder::new("session");
    let stories = stories(&test_folder);
    let pasted = pasted_troublemakers();
    let [note, search, correction, filter, palette] =
        ["a", "/", "!", "s", ":"].map(|it| format!("{it}{pasted}"));
    let steps = [
        "",
        "",
        "]q",
        "y",
        &note,
        "\r",
        &search,
        "\u{1b}",
        "]q",
        &correction,
        "\r",
        "\r",
        "\u{1b}\u{1b}",
        "L",
        &pasted,
        "\u{1b}\u{1b}",
        &filter,
        "\u{1b}\u{1b}",
        &palette,
        "\u{1b}\u{1b}",
    ];
    thread::scope(|scope| {
        for story in &stories {
            // What the first one has tried is not tried again in the others.
            let steps = if *story == stories[0] { &steps[..] } else { &steps[..8] };
            let test_folder = &test_folder;
            scope.spawn(move || {
                let bytes = session(test_folder, &[OsStr::new("--no-model"), story.as_os_str()], steps);
                assert_safe_session(&story.display().to_string(), &bytes);
            });
        }
    });
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
    let mut query = db.prepare("SELECT speaker FROM corrections").expect("the table");
    let speakers: Vec<String> = query.query_map([], |row| row.get(0)).expect("rows").flatten().collect();
    drop(query);
    assert!(!speakers.is_empty(), "a correction is saved");
    for speaker in speakers {
        assert_safe("a corrected speaker", &speaker);
    }
    let insert = "INSERT INTO notes (story, start, end, passage, words, time) SELECT id, 0, 1, 'a', 'b', 0 FROM stories";
    db.execute(insert, []).expect("it is written");
    let bad = troublemakers().replace('\0', "");
    db.execute("UPDATE stories SET title = ?1, source = ?1, outlet = ?1, published = ?1, file = ?1", [&bad])
        .expect("it is written");
    db.execute("UPDATE notes SET words = ?1, passage = ?1", [&bad]).expect("it is written");
    db.execute("UPDATE corrections SET speaker = ?1", [&bad]).expect("it is written");
    drop(db);
    // What another program has written there is shown by the history, the list of notes and the corrections.
    let arguments = [OsStr::new("--no-model"), stories[0].as_os_str()];
    let bytes =
        session(&test_folder, &arguments, &["", "H", "\u{1b}", "A", "\u{1b}", "]q", "y", "w", "\u{1b}"]);
    assert_safe_session("the filled shelf", &bytes);
    for text in answers_of_prompt(&test_folder, &stories[0]) {
        assert_safe("the line prompt", &text);
    }
    let out = test_folder.run(&[&[OsStr::new("extract")], &arguments[..]].concat());
    for text in out {
        assert_safe("corrected findings", &text);
    }
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
    // A pipe that nobody reads any more.
    let mut command = Command::new(PROGRAM);
    command.args(["extract", "--no-model", "-f", "jsonl", "missing.txt", "a.txt", "b.txt"]);
    command
        .current_dir(&test_folder.folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut process =
        command.env("XDG_STATE_HOME", test_folder.folder.join("state")).spawn().expect("it starts");
    drop(process.stderr.take());
    let done = process.wait_with_output().expect("it ends");
    let lines = String::from_utf8_lossy(&done.stdout).lines().count();
    assert_eq!((lines, done.status.code()), (2, Some(1)));
}

#[test]
fn a_terminal_that_is_gone_ends_the_session_with_129_and_keeps_its_note() {
    for plain in [false, true] {
        let test_folder = TestFolder::new(if plain { "gone-prompt" } else { "gone" });
        let story = test_folder.write("a.txt", "“It rained,” said Ann Lee.\n\nIt snowed.");
        let pair = native_pty_system()
            .openpty(PtySize { rows: 30, cols: 100, ..PtySize::default() })
            .expect("a pseudo-terminal");
        let mut command = CommandBuilder::new(PROGRAM);
        command.args([OsStr::new("--no-model"), story.as_os_str()]);
        command.args(plain.then_some("--plain"));
        command.env("XDG_STATE_HOME", test_folder.folder.join("state"));
        command.env("TERM", "xterm-256color");
        let mut program = pair.slave.spawn_command(command).expect("it starts");
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().expect("a reader");
        let mut writer = pair.master.take_writer().expect("a writer");
        let mut written = Vec::new();
        let ready = if plain { "> " } else { "Ann Lee" };
        while !String::from_utf8_lossy(&written).contains(ready) {
            let mut bytes = [0; 4096];
            let count = reader.read(&mut bytes).expect("it draws");
            written.extend_from_slice(&bytes[..count]);
        }
        let keys: &[u8] = if plain { b"]q\rnote ask her\r" } else { b"]qaask her" };
        writer.write_all(keys).expect("keys can be sent");
        let saved = || {
            let db = Connection::open(test_folder.folder.join("state/pullquote/shelf.db")).ok()?;
            let words = db.query_row("SELECT words FROM notes", [], |row| row.get::<_, String>(0)).ok()?;
            // A line break comes when the writer is closed.
            Some(words.trim_end().to_string())
        };
        let start = Instant::now();
        while saved().as_deref() != Some("ask her") {
            assert!(start.elapsed() < PATIENCE, "{plain}: {:?}", saved());
            thread::sleep(STEP_DELAY / 10);
        }
        drop((writer, reader, pair.master));
        assert_eq!(program.wait().expect("it ends").exit_code(), 129, "{plain}");
        assert_eq!(saved().as_deref(), Some("ask her"), "{plain}");
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
    let state = "rm state/pullquote/*; mkfifo state/pullquote/shelf.lock; ";
    let run = format!("{state} timeout 10 \"$PROGRAM\" extract --no-model a.txt");
    assert_eq!(script(&test_folder, &run).1, Some(0));
    // A session says that nothing is saved, and can be left.
    let story = test_folder.folder.join("a.txt");
    let bytes = session(&test_folder, &[OsStr::new("--no-model"), story.as_os_str()], &["", "aask her\r"]);
    assert!(bytes.contains("not a regular file") && bytes.contains("Not saved (1 note)"), "{bytes}");
    let run = "mkfifo config.toml; timeout 10 \"$PROGRAM\" config --config . ; exit $?";
    assert_eq!(script(&test_folder, run).1, Some(2));
}

#[test]
fn a_signal_ends_a_session_whose_terminal_takes_no_bytes() {
    let test_folder = TestFolder::new("stuck");
    let story = test_folder.write("a.txt", &"“It rained on the river,” said Ann Lee.\n\n".repeat(900));
    thread::scope(|scope| {
        for signal in ["-TERM", "-HUP", "-INT"] {
            let story = &story;
            scope.spawn(move || end_a_stuck_session(story, signal));
        }
    });
}

fn end_a_stuck_session(story: &Path, signal: &str) {
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
    assert!(Command::new("kill").args([signal, &process]).status().expect("kill runs").success());
    let start = Instant::now();
    while program.try_wait().expect("it can be waited for").is_none() {
        // It ends within a second where nothing else runs.
        assert!(start.elapsed() < PATIENCE / 4, "{signal}: it does not end");
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
    assert_little_memory("news", &(0..700).map(paragraph).collect::<String>());
    // The same words again and again are scored once, but each has its scores until they are decoded.
    assert_little_memory("a run of names", &"U.S. Mr. Dr. ".repeat(10_000));
    assert_little_memory("marks", &"“ a ” ".repeat(12_000));
}

fn assert_little_memory(what: &str, text: &str) {
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
    assert!(answer.contains("\"quotes\""), "{answer}");
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
    assert!(peak * 1024 <= limit, "{what}: {peak} KiB of {limit} bytes for {} bytes of text", text.len());
}
