//! The first story that pullquote was made for, with expectations written by hand.
//!
//! The story belongs to its publisher and lies outside the repository, so these tests are ignored by default. Run them with
//! `cargo test --test findings -- --ignored`, as `.ci/run` does where the story is there.

use std::fs;
use std::path::Path;

use super::{findings, lines, mentions, outline};

#[test]
#[ignore = "needs ../shared/stories/kerry-london-talks.txt"]
fn the_repeated_lead_is_one_headline() {
    let text = seed();
    let outline = outline(&text);
    assert_eq!(outline[..2], ["headline", "paragraph repeats 0"]);
    assert_eq!(outline.iter().filter(|it| *it == "headline").count(), 1);
}

#[test]
#[ignore = "needs ../shared/stories/kerry-london-talks.txt"]
fn the_people_bodies_and_places_are_exactly_these() {
    let text = seed();
    let findings = findings(&text);
    assert_eq!(
        lines(&findings, "person"),
        [
            "person  John Kerry · US Secretary of State = Kerry",
            "person  Philip Hammond · British Foreign Minister",
            "person  Federica Mogherini · EU foreign policy chief = Mogherini",
        ]
    );
    assert_eq!(lines(&findings, "unnamed"), ["unnamed  a State Department official"]);
    let mut organisations = lines(&findings, "organisation");
    organisations.sort();
    let expected = ["AFP", "EU", "Islamic State = IS", "State Department"];
    assert_eq!(organisations, expected.map(|it| format!("organisation  {it}")));
    let mut places = lines(&findings, "place");
    places.sort();
    let expected = ["Europe", "Iraq", "London", "Paris", "Syria", "Washington"];
    assert_eq!(places, expected.map(|it| format!("place  {it}")));
}

#[test]
#[ignore = "needs ../shared/stories/kerry-london-talks.txt"]
fn every_quotation_in_marks_has_its_extent_its_kind_and_its_speaker() {
    let text = seed();
    let quote = |who: &str, parts: &[(&str, &str)]| format!("quote  {who}: {}", spans_text(&text, parts));
    let expected = [
        quote("● John Kerry", &[("\"Terrorists", "together,\"")]),
        quote("◐ John Kerry", &[("The coalition", "done,\"")]),
        quote("◐ a State Department official", &[("\"Part of", "foreign fighters")]),
        quote("◐ a State Department official", &[("\"huge numbers", "battlefields")]),
        quote("● John Kerry", &[("\"We need", "on it,\"")]),
        quote("◐ Federica Mogherini", &[("it was \"", "Islam.\"")]),
        quote("◐ Federica Mogherini", &[("It was", "It was"), ("more of", "countries.\"")]),
    ];
    let mut quotes = lines(&findings(&text), "quote");
    let mut mentions = mentions(&text);
    let marked: Vec<bool> = quotes.iter().map(|it| !it.starts_with("quote  ○")).collect();
    let mut marked_too = marked.iter();
    quotes.retain(|_| *marked_too.next().unwrap());
    assert_eq!(quotes, expected);
    let mut marked_too = marked.iter();
    mentions.retain(|_| *marked_too.next().unwrap());
    assert!(mentions[5].starts_with("Mogherini"));
    assert_eq!(mentions[6], "she");
}

#[test]
#[ignore = "needs ../shared/stories/kerry-london-talks.txt"]
fn what_is_outside_the_marks_is_found_once() {
    let text = seed();
    let quotes = lines(&findings(&text), "quote");
    for (who, first, last) in [
        ("John Kerry", "a 60-plus", "the battle"),
        ("a State Department official", "Foreign fighters would", "this month"),
    ] {
        let line = format!("quote  ○ {who}: {}", spans_text(&text, &[(first, last)]));
        assert_eq!(quotes.iter().filter(|it| **it == line).count(), 1, "{line}\n{quotes:#?}");
    }
}

/// For each pair, the text from the first occurrence of one to the next of the other; joined by " … ".
fn spans_text(text: &str, parts: &[(&str, &str)]) -> String {
    let span_text = |(first, last): &(&str, &str)| {
        let start = text.find(first).unwrap();
        let end = start + text[start..].find(last).unwrap() + last.len();
        &text[start..end]
    };
    parts.iter().map(span_text).collect::<Vec<_>>().join(" … ")
}

/// The text of the story.
fn seed() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/stories/kerry-london-talks.txt");
    fs::read_to_string(path).unwrap()
}
