//! Tests of the command line: arguments and standard input in, standard output, messages and exit code out.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

const STORY: &str =
    "Harbour wall fails\n\n“We warned them,” said Ann Lee, the mayor of Oddmouth.\n\nShe said “twice”.\n";

#[test]
fn a_story_may_be_a_file_a_name_for_the_pipe_or_the_pipe_alone() {
    let file = write_file("pipe.txt", STORY);
    let named = pullquote(&["extract", &file], "");
    for arguments in [&["extract", "-"][..], &["extract"]] {
        let piped = pullquote(arguments, STORY);
        let mut expected = named.json();
        expected["source"] = Value::Null;
        assert_eq!(piped.json(), expected, "{arguments:?}");
    }
    assert_eq!(named.json()["source"], *file);
    assert_eq!(named.json()["title"], "Harbour wall fails");
}

#[test]
fn commands_through_a_pipe_are_answered_and_without_any_the_story_is_printed() {
    let file = write_file("commands.txt", STORY);
    let arguments = ["--plain", "--no-model", "--no-shelf", &file];
    let done = pullquote(&arguments, "next-quote\nn\nq\n");
    for words in ["Harbour wall fails", "\nQuote 1 of 2, direct, said by Ann Lee", "\nNo search yet.\n"] {
        assert_eq!(done.out.matches(words).count(), 1, "{words}\n{}", done.out);
    }
    assert_eq!((done.code, done.err.as_str()), (0, ""));
    let printed = pullquote(&arguments, "").out;
    assert!(printed.contains("    Quote 1, said by Ann Lee"), "{printed}");
    let story = pullquote(&["--plain", "--no-model", "--no-shelf", "-"], STORY).out;
    assert!(story.contains("    Quote 1, said by Ann Lee"), "{story}");
}

#[test]
fn every_format_gives_the_same_story() {
    for (format, words) in [
        ("json", "{\n  \"schema\": \"pullquote/1\",\n  \"id\": null,"),
        ("jsonl", "{\"schema\":\"pullquote/1\",\"id\":null,"),
        (
            "csv",
            "story,source,quote,kind,speaker,role,mention,cue,confidence,rule,start,end,text,affiliation,verified,filter,speaker_kind\n",
        ),
        ("markdown", "# Harbour wall fails\n\n## Quotes\n"),
        ("text", "Harbour wall fails\n\n“We warned them,” said Ann Lee, the mayor of Oddmouth.\n"),
    ] {
        let done = pullquote(&["extract", "--format", format], STORY);
        assert!(done.out.starts_with(words), "{}", done.out);
        assert!(done.out.ends_with('\n'));
        assert_eq!((done.code, done.err.as_str()), (0, ""), "{format}");
    }
}

#[test]
fn one_story_is_an_object_and_several_are_an_array() {
    let file = write_file("several.txt", STORY);
    assert!(pullquote(&["extract", &file], "").json().is_object());
    let several = pullquote(&["extract", &file, &file, &file], "").json();
    assert_eq!(several.as_array().map(Vec::len), Some(3));
    assert_eq!(pullquote(&["extract", "--from", "jsonl"], "").json(), json!([]));
    assert_eq!(pullquote(&["extract", &file, &file, "-f", "jsonl"], "").out.lines().count(), 2);
}

#[test]
fn without_the_learned_tagger_the_rules_speak() {
    let found = pullquote(&["extract", "--no-model"], STORY).json();
    assert_eq!(found["quotes"][0]["text"], "“We warned them,”");
    assert_eq!(found["entities"][0]["name"], "Ann Lee");
}

#[test]
fn beliefs_and_plans_are_written_if_they_are_asked_for() {
    const STORY: &str =
        "Ann Lee said the dam leaked. The board wants a new dam, and Lee believes that it will come.";
    let acts = |arguments: &[&str]| {
        let found = pullquote(arguments, STORY).json();
        let quotes = found["quotes"].as_array().expect("a list of quotes");
        quotes.iter().map(|it| it["act"].as_str().expect("an act").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(acts(&["extract"]), ["speech"]);
    assert_eq!(acts(&["extract", "--stance"]), ["speech", "stance", "stance"]);
}

#[test]
fn a_csv_for_spreadsheets_begins_with_a_mark_and_no_other_format_takes_the_option() {
    let plain = pullquote(&["extract", "--no-model", "--format", "csv"], STORY);
    let marked = pullquote(&["extract", "--no-model", "--format", "csv", "--bom"], STORY);
    assert_eq!((marked.out, marked.err.as_str(), marked.code), (format!("\u{feff}{}", plain.out), "", 0));
    for format in ["json", "jsonl", "markdown", "html", "text"] {
        let refused = pullquote(&["extract", "--format", format, "--bom"], STORY);
        assert_eq!((refused.out.as_str(), refused.code), ("", 2), "{format}");
        assert!(refused.err.contains("--bom: Only `--format csv`"), "{}", refused.err);
    }
}

#[test]
fn the_least_confidence_is_whole_per_cent() {
    for percent in ["99", "99%", "0"] {
        assert_eq!(pullquote(&["extract", "--min-confidence", percent], STORY).code, 0, "{percent}");
    }
    for wrong in ["0.8", "101", "high", "-1"] {
        let done = pullquote(&["extract", &format!("--min-confidence={wrong}")], STORY);
        assert_eq!(done.code, 2, "{wrong}");
        assert!(done.err.contains("write whole per cent from 0 to 100, such as 90"), "{}", done.err);
    }
}

#[test]
fn a_name_that_selects_nothing_is_reported() {
    let found = pullquote(&["extract", "--speaker", "Lee", "--format", "csv"], STORY);
    assert_eq!((found.code, found.err.as_str()), (0, ""));
    assert!(found.out.lines().count() > 1, "{}", found.out);
    let unknown = pullquote(&["extract", "--speaker", "Nobody", "--format", "csv"], STORY);
    assert_eq!((unknown.code, unknown.out.lines().count()), (0, 1), "{}", unknown.out);
    assert_eq!(unknown.err, "pullquote: extract: Found no quotes by Nobody\n");
}

#[test]
fn where_standard_output_is_no_terminal_the_text_is_printed() {
    let file = write_file("plain.txt", STORY);
    let text = pullquote(&["extract", "--format", "text", &file], "");
    for arguments in [&[file.as_str()][..], &["--from", "plain", &file]] {
        assert_eq!(pullquote(arguments, "").out, text.out, "{arguments:?}");
    }
}

#[test]
fn the_caller_knows_better_how_a_story_is_written_down() {
    let page = "# Not a title\n\n<p>It rained.</p>\n";
    let format = |from: &str| pullquote(&["extract", "--from", from], page).json()["format"].clone();
    assert_eq!([format("plain"), format("markdown"), format("html")], ["plain", "markdown", "html"]);
}

#[test]
fn any_encoding_comes_out_as_utf_8() {
    let utf16: Vec<u8> =
        "\u{feff}“Naïve,” said Zoë Król.".encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (name, bytes) in [
        ("windows-1252", b"\x93Na\xefve,\x94 said Zo\xeb Krol, the mayor.".to_vec()),
        ("utf-16", utf16),
        ("utf-8 with a mark", "\u{feff}“Naïve,” said Zoë Król.".into()),
    ] {
        let done = pullquote(&["extract", "-f", "text"], &bytes);
        assert!(done.out.starts_with("“Naïve,” said Zoë Kr"), "{name}: {}", done.out);
    }
}

#[test]
fn what_is_no_story_is_one_line_and_an_exit_code() {
    let good = write_file("good.txt", STORY);
    let folder = &empty_folder();
    let empty = write_file("empty.txt", "");
    let binary = write_file("binary", "\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>\0\x01\0\0\0\0\0\0\0");
    for (arguments, code, complaints) in [
        (&["no/such.txt"][..], 66, 1),
        (&[folder], 66, 1),
        (&[&empty], 65, 1),
        (&[&binary], 65, 1),
        (&[&empty, folder], 65, 2),
        (&[folder, &empty], 66, 2),
        (&[&good, &empty, folder], 1, 2),
        (&["no/such\n\x1b[31m.txt"], 66, 1),
    ] {
        for command in [&["extract", "-f", "jsonl"][..], &[]] {
            let done = pullquote(&[command, arguments].concat(), "");
            assert_eq!(
                (done.code, done.err.lines().count()),
                (code, complaints),
                "{arguments:?}: {}",
                done.err
            );
            assert!(done.err.lines().all(|it| it.starts_with("pullquote: ") && !it.contains('\x1b')));
            assert_eq!(done.out.is_empty(), code != 1, "{arguments:?}: {}", done.out);
        }
    }
    let piped = pullquote(&["extract"], "");
    assert_eq!(
        (piped.code, piped.err.starts_with("pullquote: standard input: ")),
        (65, true),
        "{}",
        piped.err
    );
}

#[test]
fn a_wrong_command_line_is_usage() {
    for arguments in
        [&["extract", "--format", "pdf"][..], &["--from", "pdf"], &["--no-such-thing"], &["--theme", "neon"]]
    {
        let done = pullquote(arguments, "");
        assert_eq!((done.code, done.out.as_str()), (2, ""), "{arguments:?}");
        assert!(done.err.starts_with("pullquote: "), "{}", done.err);
        assert_eq!(done.err.lines().count(), 1, "{}", done.err);
    }
}

#[test]
fn the_help_and_the_readme_agree_on_the_exit_codes() {
    let help = pullquote(&["--help"], "").out;
    let readme = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/extract.md")).unwrap();
    let table = readme.split("### Exit codes").nth(1).unwrap();
    let rows = table.lines().filter_map(|it| it.strip_prefix("| ")?.split_once(" | "));
    let codes: Vec<&str> =
        rows.map(|it| it.0).filter(|it| it.starts_with(|ch: char| ch.is_ascii_digit())).collect();
    let listed =
        help.split("Exit codes:").nth(1).unwrap().lines().filter_map(|it| it.trim().split_once("  "));
    assert_eq!(codes, listed.map(|it| it.0).collect::<Vec<_>>());
}

#[test]
fn a_stream_keeps_its_order_however_long_its_stories_are() {
    let story = |number: usize| "It rained on Oddmouth. ".repeat(number * 7919 % 200);
    let line = |it: usize| json!({"id": it.to_string(), "text": story(it)}).to_string() + "\n";
    let feed: String = (0..300).map(line).collect();
    let done = pullquote(&["extract", "--from", "jsonl", "--format", "jsonl"], &feed);
    assert_eq!(done.code, 0, "{}", done.err);
    for (number, line) in done.lines().into_iter().enumerate() {
        assert_eq!(line["id"], number.to_string());
        assert_eq!(line["text"].as_str().map(str::trim), Some(story(number).trim()));
    }
    assert_eq!(done.out.lines().count(), 300);
}

#[test]
fn a_stream_is_known_by_its_name_and_is_never_read_as_one_story() {
    let words =
        "{\"id\":1,\"text\":\n{\"id\":2,\"text\":\"It rained.\"}\n{\"id\":3,\"text\":\"It snowed.\"}\n";
    let feed = write_file("feed.jsonl", words);
    let done = pullquote(&["extract", "--no-model", "-f", "jsonl", &feed], "");
    let lines = done.lines();
    let errors: Vec<Option<&str>> = lines.iter().map(|it| it["error"].as_str()).collect();
    assert_eq!(errors, [Some("Truncated JSON"), None, None]);
    assert_eq!((done.code, done.err.as_str()), (0, ""));
    let piped = pullquote(&["extract", "--no-model"], words);
    assert_eq!((piped.code, piped.out.as_str()), (65, ""));
    assert!(piped.err.contains("This is JSON Lines"), "{}", piped.err);
}

#[test]
fn a_bad_line_of_a_stream_has_its_own_answer_and_the_rest_goes_on() {
    let feed = "{\"id\":\"a\",\"text\":\"It rained.\"}\nrain\n\n{\"id\":7}\n\
                {\"id\":\"b\",\"html\":\"<html><body><p>It rained.</p></body></html>\"}\n\
                {\"id\":\"c\",\"html\":\"\"}\n{\"text\":\"\"}";
    let arguments = ["extract", "--from", "jsonl", "--format"];
    let done = pullquote(&[&arguments[..], &["jsonl"]].concat(), feed);
    let lines = done.lines();
    let ids: Vec<Value> = lines.iter().map(|it| it["id"].clone()).collect();
    assert_eq!(ids, [json!("a"), json!(null), json!("7"), json!("b"), json!("c"), json!(null)]);
    let errors: Vec<bool> = lines.iter().map(|it| it.get("error").is_some()).collect();
    assert_eq!(errors, [false, true, true, false, true, false]);
    assert_eq!((lines[3]["format"].as_str(), lines[3]["text"].as_str()), (Some("html"), Some("It rained.")));
    assert_eq!((done.code, done.err.as_str()), (0, ""));

    let array = pullquote(&[&arguments[..], &["json"]].concat(), feed);
    assert_eq!(array.json().as_array(), Some(&lines));

    // The other formats cannot write an error: it goes to standard error.
    let csv = pullquote(&[&arguments[..], &["csv"]].concat(), feed);
    let complaints: Vec<&str> = csv.err.lines().collect();
    assert_eq!((csv.code, complaints.len()), (1, 3), "{}", csv.err);
    // An empty line is no story, and counts as a line.
    assert!(complaints[1].starts_with("pullquote: standard input: line 4: "), "{}", complaints[1]);
}

#[test]
fn stories_that_are_not_english_are_counted_and_read_all_the_same() {
    let german = "Der Bürgermeister sagte am Montag, die letzte Fähre werde nicht verkauft. „Wir haben den Fluss, und wir haben das \
                  Boot“, sagte Lee. Die Mannschaft war mit der Entscheidung zufrieden, aber sie wollte auch eine Antwort auf die \
                  Frage, wer den Motor bezahlt.";
    let one = pullquote(&["extract", "--no-model"], german);
    assert!(one.json()["text"].as_str().is_some_and(|it| it.starts_with("Der Bürgermeister")));
    assert_eq!(one.code, 0);
    assert_eq!(one.err, "pullquote: input: 1 story does not look English; pullquote knows English only\n");
    let lines: String = [german, STORY, german].map(|it| format!("{}\n", json!({"text": it}))).concat();
    let several = pullquote(&["extract", "--no-model", "--from", "jsonl", "-f", "jsonl"], &lines);
    assert_eq!((several.code, several.lines().len()), (0, 3));
    assert_eq!(
        several.err,
        "pullquote: input: 2 stories do not look English; pullquote knows English only\n"
    );
}

#[test]
fn a_stream_answers_each_line_before_the_next_is_asked() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_pullquote"))
        .args(["extract", "--from", "jsonl", "--format", "jsonl"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut answers = BufReader::new(child.stdout.take().unwrap()).lines();
    for id in ["a", "b", "c"] {
        writeln!(stdin, "{}", json!({"id": id, "text": "It rained."})).unwrap();
        let answer: Value = serde_json::from_str(&answers.next().unwrap().unwrap()).unwrap();
        assert_eq!(answer["id"], id);
    }
    drop(stdin);
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_pipe_that_is_closed_early_is_no_failure() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_pullquote"))
        .args(["extract", "--from", "jsonl", "--format", "jsonl"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    drop(child.stdout.take());
    let line = format!("{}\n", json!({"id": "a", "text": "It rained."}));
    // The input stays open: it is the closed output alone that ends the program.
    while child.try_wait().unwrap().is_none() {
        if stdin.write_all(line.as_bytes()).is_err() {
            break;
        }
    }
    let done = child.wait_with_output().unwrap();
    assert_eq!((done.status.code(), String::from_utf8(done.stderr).unwrap().as_str()), (Some(0), ""));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_reported() {
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let file = write_file("full.txt", STORY);
    let done =
        Command::new(env!("CARGO_BIN_EXE_pullquote")).args(["extract", &file]).stdout(full).output().unwrap();
    let complaint = String::from_utf8(done.stderr).unwrap();
    assert_eq!(done.status.code(), Some(74));
    assert!(
        complaint.starts_with("pullquote: standard output: ") && complaint.lines().count() == 1,
        "{complaint}"
    );
}

#[test]
fn the_schema_is_printed() {
    let done = pullquote(&["schema"], "");
    assert_eq!(done.json()["title"], "pullquote/1");
    assert_eq!(done.code, 0);
}

#[test]
fn no_escape_sequence_comes_through() {
    let text = "\x1b]0;owned\x07\x1b[31m“We warned\u{202e} them,” said Ann Lee.\x1b[0m\u{9b}2J\n";
    let page = format!("<html><head><title>\x1b[31mred</title></head><body><p>{text}</p></body></html>");
    let line = format!("{}\n", json!({"id": "\x1b[31m", "text": text}));
    let commands = [(text, "auto"), (page.as_str(), "html"), (line.as_str(), "jsonl")];
    for format in ["json", "jsonl", "csv", "markdown", "text"] {
        for (story, from) in commands {
            let done = pullquote(&["extract", "--from", from, "--format", format], story);
            let is_unsafe = |ch: char| ch.is_control() && ch != '\n' || ch == '\u{202e}';
            assert!(!done.out.contains(is_unsafe), "{format} from {from}: {:?}", done.out);
        }
    }
}

#[test]
fn folders_in_a_folder_are_told_and_do_no_harm() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("cli-subfolders");
    let _ = fs::remove_dir_all(&folder);
    for name in ["may", "june", ".hidden"] {
        fs::create_dir_all(folder.join(name)).expect("a folder can be made");
        fs::write(folder.join(name).join("inner.txt"), STORY).expect("it is written");
    }
    let name = folder.to_str().expect("a name");
    let bare = pullquote(&["extract", name], "");
    assert_eq!(bare.code, 66, "{}", bare.err);
    assert!(bare.err.contains("No stories in this folder"), "{}", bare.err);
    assert!(bare.err.contains("The 2 folders in it are not opened; name each one"), "{}", bare.err);
    fs::write(folder.join("outer.txt"), STORY).expect("it is written");
    let told = pullquote(&["extract", "-f", "jsonl", name], "");
    assert_eq!((told.code, told.out.lines().count()), (0, 1), "{}", told.err);
    assert!(told.err.contains("The 2 folders in it are not opened"), "{}", told.err);
}

/// Creates a folder without stories; returns its path.
fn empty_folder() -> String {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("bare");
    fs::create_dir_all(&folder).unwrap();
    folder.to_str().unwrap().into()
}

#[test]
fn a_folder_is_the_stories_in_it_by_name() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("several-stories");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("deeper.txt")).unwrap();
    for (name, words) in [
        ("b.md", "# Second\n\nIt rained."),
        ("a.txt", STORY),
        ("c.HTML", "<title>Third</title><p>It rained and rained.</p>"),
        (".hidden.txt", STORY),
        ("notes.png", "no story"),
        ("settings.json", "{}"),
        ("picture.png.gz", "no story"),
    ] {
        fs::write(folder.join(name), words).unwrap();
    }
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(STORY.as_bytes()).unwrap();
    fs::write(folder.join("d.txt.gz"), packer.finish().unwrap()).unwrap();
    let folder = folder.to_str().unwrap();
    let done = pullquote(&["extract", "--no-model", "-f", "jsonl", folder], "");
    let sources: Vec<String> = done.lines().iter().map(|it| it["source"].to_string()).collect();
    assert_eq!((done.code, sources.len()), (0, 4), "{sources:?}{}", done.err);
    for (source, name) in sources.iter().zip(["a.txt", "b.md", "c.HTML", "d.txt.gz"]) {
        assert!(source.contains(name), "{source}");
    }
    assert!(pullquote(&["extract", "--no-model", folder], "").json().is_array());
    let bare = pullquote(&["extract", &empty_folder()], "");
    assert!(bare.code == 66 && bare.err.contains("No stories in this folder"), "{}", bare.err);
}

/// The output of the program.
struct Output {
    out: String,
    err: String,
    code: i32,
}

impl Output {
    fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}{}", self.out, self.err))
    }

    fn lines(&self) -> Vec<Value> {
        self.out.lines().map(|it| serde_json::from_str(it).unwrap()).collect()
    }
}

/// Runs the program with the story on standard input.
fn pullquote(arguments: &[&str], story: impl AsRef<[u8]>) -> Output {
    let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_pullquote"));
    // Tests do not read the saved data of the user who runs them.
    command.env("XDG_STATE_HOME", concat!(env!("CARGO_TARGET_TMPDIR"), "/no-state"));
    let done = command.args(arguments).write_stdin(story.as_ref()).output().unwrap();
    Output {
        out: String::from_utf8(done.stdout).unwrap(),
        err: String::from_utf8(done.stderr).unwrap(),
        code: done.status.code().expect("it ends by itself"),
    }
}

/// Writes a file; returns its path.
fn write_file(name: &str, content: &str) -> String {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, content).unwrap();
    path.to_str().unwrap().into()
}
