//! PDFs made by common programs: each is read in its reading order, in a process of its own, and what cannot be read is told in
//! one line.
//!
//! The files of `tests/formats` have texts written for these tests. Each is named after the program that made it: Chromium,
//! groff 1.22, `LibreOffice` 7, pdfTeX, `ReportLab`, `WeasyPrint`; `scan.pdf` is from Pillow, `password.pdf` and `owner.pdf` are
//! groff's, encrypted by qpdf: one cannot be read without a password, the other only not be changed.

#![cfg(all(unix, feature = "cli", feature = "formats"))]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

use serde_json::Value;

fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats").join(name)
}

/// What a run of the program gave.
struct Done {
    out: String,
    err: String,
    code: Option<i32>,
}

/// Runs `pullquote extract` with an input.
fn extract(arguments: &[&str], input: Vec<u8>) -> Done {
    let mut child = Command::new(env!("CARGO_BIN_EXE_pullquote"))
        .args(["extract", "--no-model", "--no-shelf"])
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    // The program may end before it has read all.
    thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().expect("it ends");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("it is UTF-8");
    Done { out: text(output.stdout), err: text(output.stderr), code: output.status.code() }
}

fn story(name: &str) -> Value {
    let done = extract(&[sample(name).to_str().expect("it is UTF-8")], Vec::new());
    serde_json::from_str(&done.out).unwrap_or_else(|_| panic!("{name}: {}", done.err))
}

/// The texts of the blocks of a kind.
fn blocks(story: &Value, kind: &str) -> Vec<String> {
    let text = story["text"].as_str().expect("a text");
    let number = |it: &Value| it.as_u64().expect("a number") as usize;
    let blocks = story["blocks"].as_array().expect("blocks").iter().filter(|it| it["kind"] == kind);
    blocks.map(|it| text[number(&it["start"])..number(&it["end"])].to_owned()).collect()
}

/// The names of those who say something, each with their words.
fn quotes(story: &Value) -> Vec<(String, String)> {
    let quotes = story["quotes"].as_array().expect("quotes").iter();
    let speaker = |it: &Value| {
        let speaker = it["speaker"].as_u64().map(|it| &story["entities"][it as usize]["name"]);
        speaker.and_then(Value::as_str).unwrap_or_default().to_owned()
    };
    quotes.map(|it| (speaker(it), it["text"].as_str().expect("words").to_owned())).collect()
}

#[test]
fn a_pdf_of_each_program_has_its_headline_its_byline_and_its_quotes() {
    let ferry = "Ferry stays on the Tarn, mayor says";
    for (name, headline, speaker, words) in [
        (
            "chromium.pdf",
            ferry,
            "Lena Holt",
            "We carried four people last winter, and two of them were the crew.",
        ),
        ("groff.pdf", ferry, "Lena Holt", "It is the right thing to do,"),
        ("owner.pdf", ferry, "Lena Holt", "It is the right thing to do,"),
        ("libreoffice.pdf", ferry, "Lena Holt", "It is the right thing to do,"),
        (
            "pdftex.pdf",
            "Firefighters find office flooded after the ferry’s final crossing",
            "Bo Ray",
            "The river was here before the office,",
        ),
        ("reportlab-columns.pdf", ferry, "Lena Holt", "It is the right thing to do,"),
        ("weasyprint.pdf", ferry, "Piet Maas", "It was older than my grandfather,"),
    ] {
        let story = story(name);
        assert_eq!(story["title"], headline, "{name}");
        assert_eq!(blocks(&story, "byline"), ["By Anna Holt"], "{name}");
        let found = quotes(&story);
        assert!(found.iter().any(|it| it.0 == speaker && it.1.contains(words)), "{name}: {found:?}");
        let text = blocks(&story, "paragraph").join("\n");
        for furniture in ["TARN COURIER", "Page 1", "Friday, March 14"] {
            assert!(!text.contains(furniture), "{name}: {text}");
        }
    }
}

#[test]
fn words_that_lines_columns_and_ligatures_break_are_whole() {
    let story = story("pdftex.pdf");
    let paragraphs = blocks(&story, "paragraph");
    assert_eq!(paragraphs.len(), 11, "{paragraphs:?}");
    assert_eq!(
        paragraphs[1],
        "“We found the floor afloat,” said Lena Holt, the chief of the brigade. “Five officers carried files \
         upstairs until the first light, and the staff of the neighbouring cafe brought coffee.”"
    );
    let text = paragraphs.join("\n");
    for words in [
        "that nobody had been hurt",
        "for their unselfishness and their counterintuitively cheerful conversations.",
        "the sufficiently flexible barriers which the engineers had recommended",
        "wind from the south-west.",
        "since the meteorological office expects more rain",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert_eq!(blocks(&story, "heading"), ["What it costs"]);
}

#[test]
fn columns_are_read_one_after_another_over_all_pages() {
    let story = story("reportlab-columns.pdf");
    let text = story["text"].as_str().expect("a text");
    let places: Vec<Option<usize>> =
        (1..6).map(|week| text.find(&format!("said again in week {week} that"))).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?}");
    let paragraphs = blocks(&story, "paragraph");
    let cut = |it: &&String| !it.ends_with(['.', '”']) || it.starts_with(char::is_lowercase);
    assert_eq!(paragraphs.iter().find(cut), None);
}

#[test]
fn a_pdf_may_come_through_a_pipe_or_compressed() {
    let bytes = fs::read(sample("groff.pdf")).expect("the sample exists");
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(&bytes).expect("it is packed");
    for input in [bytes, packer.finish().expect("it is packed")] {
        let done = extract(&[], input);
        let story: Value = serde_json::from_str(&done.out).unwrap_or_else(|_| panic!("{}", done.err));
        assert_eq!(
            (&story["title"], &story["source"]),
            (&"Ferry stays on the Tarn, mayor says".into(), &Value::Null)
        );
    }
}

#[test]
fn what_cannot_be_read_is_reported_in_one_line() {
    let bytes = fs::read(sample("groff.pdf")).expect("the sample exists");
    let read = |name: &str| fs::read(sample(name)).expect("the sample exists");
    for (input, words) in [
        (read("scan.pdf"), "This PDF has pictures but no text; read its text with an OCR program first"),
        (
            read("password.pdf"),
            "This is a PDF with a password, not a text file; save it without its password first",
        ),
        (bytes[..12_000].to_vec(), "This PDF is damaged or cut off; copy or download it again"),
        (b"%PDF-1.7\n".to_vec(), "This PDF is damaged or cut off; copy or download it again"),
        (endless(), "This PDF has pictures but no text; read its text with an OCR program first"),
    ] {
        let done = extract(&[], input);
        assert_eq!(done.err, format!("pullquote: standard input: {words}\n"));
        assert_eq!((done.code, done.out.as_str()), (Some(65), ""));
    }
}

/// A PDF whose page shows forms that show forms, each a hundred times, without a text at the end.
fn endless() -> Vec<u8> {
    const LEVELS: usize = 12;
    let mut pdf = String::from(
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n",
    );
    pdf += "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>>>endobj\n";
    pdf += "4 0 obj<</Length 4>>stream\n/F Do\nendstream endobj\n";
    let calls = "/F Do ".repeat(100);
    for level in 0..LEVELS {
        let (number, next) = (5 + level, 6 + level);
        let length = calls.len();
        let resources = format!("<</XObject<</F {next} 0 R>>>>");
        let head = format!(
            "{number} 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources{resources}/Length {length}>>"
        );
        pdf.extend([&head, "stream\n", &calls, "\nendstream endobj\n"]);
    }
    pdf += "trailer<</Root 1 0 R>>\n%%EOF\n";
    pdf.into_bytes()
}
