//! Tests of web archives on the command line, with files of real producers.

use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::Value;

const TITLES: [&str; 3] =
    ["Ferry stops for the winter", "Mill burns at Tarnside", "School gets its own orchard"];

#[test]
fn the_stories_of_an_archive_come_once_each_with_address_and_date() {
    for producer in ["warcio", "wget"] {
        let done = extract(&[], &archive(producer));
        let lines = done.lines();
        let titles: Vec<&str> = lines.iter().map(|it| it["title"].as_str().expect("a title")).collect();
        // Wget did not ask for brotli, and got it all the same.
        assert_eq!(titles, TITLES, "{producer}");
        let speakers: Vec<&str> = lines.iter().map(first_speaker).collect();
        assert_eq!(speakers, ["Ann Lee", "Zoë Król", "Mina Holt"], "{producer}");
        for (line, path) in lines.iter().zip(["/ferry", "/mill", "/school"]) {
            let address = format!("http://127.0.0.1:18999{path}");
            assert_eq!((&line["source"], &line["url"]), (&Value::from(&*address), &Value::from(&*address)));
            assert_eq!(line["published"], "2026-05-03T10:00:00Z");
            assert!(line["retrieved"].as_str().is_some_and(|it| it.starts_with("2026-11-26T")), "{line}");
            assert!(line["id"].as_str().is_some_and(|it| it.starts_with("urn:uuid:")), "{line}");
        }
        assert_eq!(done.err, "pullquote: extract: 3 stories written; left out: 1 duplicate\n", "{producer}");
        assert_eq!(done.code, 0, "{producer}");
    }
}

#[test]
fn an_archive_is_known_by_its_name_or_by_the_option_and_never_read_as_one_story() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/warc/wget.warc.gz");
    let named = extract(&[file], b"");
    assert_eq!(named.out, extract(&[], &archive("wget")).out);
    let run = run(&["extract", "--no-model", "--no-shelf"], &archive("wget"));
    assert_eq!((run.code, run.out.as_str()), (65, ""));
    assert_eq!(run.err, "pullquote: standard input: This is a WARC file; use --from warc\n");
}

#[test]
fn a_damaged_record_is_reported_and_counted_and_the_rest_is_read() {
    let mut bytes = archive("warcio");
    // The middle of the response with the second story.
    let members: Vec<usize> =
        bytes.windows(3).enumerate().filter(|it| it.1 == [0x1f, 0x8b, 8]).map(|it| it.0).collect();
    let second = members.windows(2).filter(|it| it[1] - it[0] > 700).nth(1).expect("three stories");
    let middle = usize::midpoint(second[0], second[1]);
    bytes[middle..middle + 40].fill(0xff);
    let done = extract(&[], &bytes);
    let titles: Vec<Value> = done.lines().iter().map(|it| it["title"].clone()).collect();
    assert_eq!(titles, [TITLES[0], TITLES[2]]);
    let messages: Vec<&str> = done.err.lines().collect();
    assert_eq!(messages.len(), 2, "{}", done.err);
    assert!(messages[0].starts_with("pullquote: standard input: record "), "{}", done.err);
    assert!(messages[0].ends_with(": Broken record: damaged compression"), "{}", done.err);
    assert_eq!(messages[1], "pullquote: extract: 2 stories written; left out: 1 duplicate, 1 broken record");
    assert_eq!(done.code, 1);
}

#[test]
fn what_is_no_archive_is_one_line_and_an_exit_code() {
    let done = extract(&[], b"");
    assert_eq!((done.code, done.out.as_str()), (65, ""));
    assert!(done.err.contains("There is no record in it; use a .warc or .warc.gz file"), "{}", done.err);
    assert_eq!(extract(&["no/such.warc"], b"").code, 66);
}

/// The name of the speaker of the first quote.
fn first_speaker(story: &Value) -> &str {
    let speaker = story["quotes"][0]["speaker"].as_u64().expect("a speaker") as usize;
    story["entities"][speaker]["name"].as_str().expect("a name")
}

fn archive(producer: &str) -> Vec<u8> {
    fs::read(format!("{}/tests/warc/{producer}.warc.gz", env!("CARGO_MANIFEST_DIR"))).expect("it is there")
}

/// What a run of the program gave.
struct Done {
    out: String,
    err: String,
    code: i32,
}

impl Done {
    /// The JSON of each line.
    fn lines(&self) -> Vec<Value> {
        self.out.lines().map(|it| serde_json::from_str(it).expect("a line is JSON")).collect()
    }
}

fn extract(arguments: &[&str], input: &[u8]) -> Done {
    let options = ["extract", "--no-model", "--no-shelf", "--from", "warc", "--format", "jsonl"];
    run(&[&options, arguments].concat(), input)
}

fn run(arguments: &[&str], input: &[u8]) -> Done {
    let mut child = Command::new(env!("CARGO_BIN_EXE_pullquote"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // The program may end before it has read all of its input.
    let _ = child.stdin.take().expect("a pipe").write_all(input);
    let output = child.wait_with_output().expect("the program ends");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("it is UTF-8");
    Done { out: text(output.stdout), err: text(output.stderr), code: output.status.code().unwrap_or(-1) }
}
