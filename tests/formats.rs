//! Documents, books and saved pages made by common programs and libraries: each is read with its headline, author and date,
//! and its quotes are found.
//!
//! The files of `tests/formats` have texts written for these tests. Each is named after the program that made it: pandoc 2,
//! `LibreOffice` 7, python-docx, `EbookLib`, Python's `mailbox` and `plistlib`.

#![cfg(feature = "formats")]

use std::borrow::Cow;
use std::fs;
use std::path::{Path, PathBuf};

use pullquote::engine::Engine;
use pullquote::load::{self, Hint};
use pullquote::story::{BlockKind, Story};

fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats").join(name)
}

/// The stories of a sample.
fn stories(name: &str) -> Vec<Story> {
    let bytes = fs::read(sample(name)).expect("the sample exists");
    let hint = Hint { name: Some(name), ..Hint::default() };
    let parts = load::split(Cow::Owned(bytes), &hint).expect("it can be opened");
    parts
        .iter()
        .map(|it| load::from_part(it, &hint).unwrap_or_else(|error| panic!("{name}: {error}")))
        .collect()
}

/// The only story of a sample.
fn story(name: &str) -> Story {
    let mut stories = stories(name);
    assert_eq!(stories.len(), 1, "{name}");
    stories.remove(0)
}

/// The texts of the blocks of a kind.
fn blocks(story: &Story, kind: BlockKind) -> Vec<&str> {
    story.blocks().iter().filter(|it| it.kind == kind).map(|it| it.span.slice(story.text())).collect()
}

/// Checks that somebody is quoted with these words.
fn assert_quoted(name: &str, story: &Story, speaker: &str, words: &str) {
    let analysis = Engine::rules_only().analyze(story);
    let is_wanted = |it: &pullquote::analysis::Quote| {
        let said: String = it.parts.iter().map(|it| it.slice(story.text())).collect();
        let by = it.speaker.map(|it| analysis.entities[it].name.as_str());
        said.contains(words) && by == Some(speaker)
    };
    assert!(
        analysis.quotes.iter().any(is_wanted),
        "{name}: {speaker} is not quoted with “{words}”\n{}",
        story.text()
    );
}

#[test]
fn a_document_of_each_program_keeps_its_head_its_links_its_notes_and_its_lists() {
    for name in ["pandoc.docx", "pandoc.odt", "pandoc.rtf"] {
        let story = story(name);
        assert_eq!(story.headline(), Some("Ferry stays on the Tarn, mayor says"), "{name}");
        assert_eq!(story.byline(), Some("Anna Holt"), "{name}");
        assert_eq!(story.published.as_deref(), Some("March 14, 2025"), "{name}");
        assert_eq!(blocks(&story, BlockKind::Heading), ["What it costs"], "{name}");
        assert!(
            blocks(&story, BlockKind::Item).iter().any(|it| it.ends_with("It carries twelve passengers.")),
            "{name}"
        );
        assert!(blocks(&story, BlockKind::Paragraph).contains(&"4,120"), "{name}");
        let links: Vec<_> =
            story.links.iter().map(|it| (it.span.slice(story.text()), it.url.as_str())).collect();
        assert_eq!(links, [("Piet Maas", "https://courier.example/maas")], "{name}");
        assert_quoted(name, &story, "Lena Holt", "It is the right thing to do");
        assert_quoted(name, &story, "Piet Maas", "a gift to the valley");
        assert_quoted(name, &story, "Ida Moor", "We had no choice");
        let note = story.text().find("We had no choice").expect("the note is kept");
        assert!(note > story.text().find("It carries twelve").expect("the list is kept"), "{name}");
    }
}

#[test]
fn inserted_words_are_read_and_deleted_ones_and_remarks_and_page_heads_are_not() {
    for name in ["libreoffice.docx", "libreoffice.odt", "libreoffice.rtf", "flat.fodt"] {
        let story = story(name);
        assert_eq!(story.headline(), Some("Ferry stays on the Tarn, mayor says"), "{name}");
        assert_eq!(story.byline(), Some("By Anna Holt"), "{name}");
        assert_eq!(story.published.as_deref(), Some("March 14, 2025"), "{name}");
        assert_quoted(name, &story, "Lena Holt", "It is the right thing to do");
        assert_quoted(name, &story, "Ida Moor", "We had no choice");
        for absent in ["stupid", "Check this", "page head", "Ed Itor"] {
            assert!(!story.text().contains(absent), "{name}: {absent}\n{}", story.text());
        }
        assert!(blocks(&story, BlockKind::Paragraph).contains(&"4,120 passengers"), "{name}");
    }
    let story = story("python-docx.docx");
    assert_eq!(story.headline(), Some("Ferry stays on the Tarn, mayor says"));
    assert!(!story.text().contains("page head"));
    assert_quoted("python-docx.docx", &story, "Lena Holt", "It is the right thing to do");
}

#[test]
fn each_chapter_of_a_book_is_a_story() {
    for (name, outlet) in [("pandoc.epub", "Courier Press"), ("ebooklib.epub", "The Tarn Courier")] {
        let stories = stories(name);
        assert_eq!(stories.len(), 2, "{name}");
        assert_eq!(stories[0].headline(), Some("The ferry stays"), "{name}");
        assert_eq!(stories[1].headline(), Some("The bridge falls"), "{name}");
        assert_eq!(stories[1].source, Some(format!("{name}: chapter 2")));
        for story in &stories {
            assert_eq!(story.byline(), Some("Anna Holt"), "{name}");
            assert_eq!(story.published.as_deref(), Some("2025-03-14"), "{name}");
            assert_eq!(story.outlet.as_deref(), Some(outlet), "{name}");
        }
        assert_quoted(name, &stories[0], "Lena Holt", "It is the right thing to do");
        assert_quoted(name, &stories[1], "Piet Maas", "It was older than my grandfather");
    }
    let stories = stories("libreoffice.epub");
    assert_eq!(blocks(&stories[0], BlockKind::Byline), ["Anna Holt"]);
    assert_eq!(stories[0].outlet, None, "the title of the book is the headline");
    assert!(stories.iter().any(|it| it.text().contains("We carried four people last winter")));
}

#[test]
fn each_mail_and_each_article_of_an_export_is_a_story() {
    for name in ["python.mbox", "nexis.docx"] {
        let stories = stories(name);
        assert_eq!(stories.len(), 2, "{name}");
        assert!(stories[0].headline().is_some_and(|it| it.starts_with("Ferry stays on the Tarn")), "{name}");
        assert_eq!(stories[1].headline(), Some("Bridge at Oddmouth falls"), "{name}");
        assert_eq!(stories[0].byline(), Some("Anna Holt"), "{name}");
        assert!(stories[0].published.as_deref().is_some_and(|it| it.contains("14")), "{name}");
        assert_quoted(name, &stories[0], "Lena Holt", "It is the right thing to do");
        assert_quoted(name, &stories[1], "Piet Maas", "It was older than my grandfather");
        assert!(!stories[0].text().contains("All Rights Reserved"), "{name}");
    }
}

#[test]
fn a_web_archive_is_read_as_its_page() {
    let story = story("plistlib.webarchive");
    assert_eq!(story.headline(), Some("Ferry stays on the Tarn, mayor says"));
    assert_eq!(story.byline(), Some("Anna Holt"));
    assert_eq!(story.published.as_deref(), Some("2025-03-14"));
    assert_eq!(story.url.as_deref(), Some("https://courier.example/ferry"));
    assert_quoted("plistlib.webarchive", &story, "Lena Holt", "It is the right thing to do");
}

#[test]
fn a_document_that_is_cut_off_is_called_damaged() {
    for (name, kind) in
        [("pandoc.docx", "Word document"), ("pandoc.odt", "OpenDocument file"), ("pandoc.epub", "EPUB book")]
    {
        let bytes = fs::read(sample(name)).expect("the sample exists");
        let error = load::from_bytes(&bytes[..bytes.len() / 2], &Hint::default()).expect_err(name);
        assert_eq!(
            error.to_string(),
            format!("This {kind} is damaged or cut off; copy or download it again")
        );
        // The file with the text begins after a few hundred bytes.
        let mut flipped = bytes;
        let files = [b"word/document.xml".as_slice(), b"content.xml", b"META-INF/container.xml"];
        let place =
            files.iter().filter_map(|it| flipped.windows(it.len()).position(|window| window == *it)).min();
        let place = place.expect("it is in the archive") + 40;
        flipped[place..place + 40].fill(0xff);
        let error = load::from_bytes(&flipped, &Hint::default()).expect_err(name);
        assert!(error.to_string().contains("is damaged or cut off"), "{name}: {error}");
    }
}

#[test]
fn a_cut_or_damaged_file_is_refused_or_read_in_part_and_nothing_panics() {
    for entry in fs::read_dir(sample("")).expect("the folder exists") {
        let path = entry.expect("it can be read").path();
        let bytes = fs::read(&path).expect("it can be read");
        let name = path.to_string_lossy().into_owned();
        let hint = Hint { name: Some(&name), ..Hint::default() };
        let step = bytes.len() / 24 + 1;
        for at in (0..bytes.len()).step_by(step) {
            let mut flipped = bytes.clone();
            flipped[at] ^= 0x55;
            for damaged in [&bytes[..at], flipped.as_slice()] {
                for part in load::split(Cow::Borrowed(damaged), &hint).unwrap_or_default() {
                    if let Err(error) = load::from_part(&part, &hint) {
                        assert!(!error.to_string().contains('\n'), "{name}");
                    }
                }
            }
        }
    }
}
