//! Counts: a mention in a repeated lead is counted nowhere, and what is one is singular everywhere.

use std::sync::Arc;

use pullquote::analysis::{Analysis, Entity, EntityKind, Mention, MentionKind, Quote, QuoteKind};
use pullquote::span::Span;
use pullquote::story::{Block, BlockKind, Format, Story};
use regex::Regex;

use crate::tui::app::Effect;
use crate::tui::line_mode::LineSession;
use crate::tui::terminal::events::Event;
use crate::tui::tests::line_mode::look;
use crate::tui::tests::{TestApp, analysis, nth, story};

/// Opens an analysed story at the line prompt.
fn talk(story: &Story, found: &Analysis) -> LineSession {
    let mut talk = LineSession::new(Arc::new(story.clone()), look());
    talk.handle_event(Event::AllLoaded);
    talk.handle_event(Event::AnalysisDone(0, Arc::new(story.clone()), Some(found.clone())));
    talk
}

/// Opens an analysed story on a screen of 120 by 40.
fn open(story: &Story, found: &Analysis) -> TestApp {
    let mut test_app = TestApp::pending(vec![story.clone()]).with_size(120, 40);
    test_app.app.set_analysis(0, Some(found.clone()));
    test_app
}

/// What `:export` writes into a file with an ending.
fn exported(story: &Story, found: &Analysis, ending: &str) -> String {
    match open(story, found).press(&format!(":export space a.{ending} enter")).effect {
        Effect::WriteFile(file) => file.text,
        other => panic!("{ending}: {other:?}"),
    }
}

/// An analysis in which Ellwick is named in the headline and in the lead that repeats it, Norham twice elsewhere.
fn with_repeated_mention() -> Analysis {
    let mention = |words: &str, n, kind| Mention::new(nth(words, n), kind);
    let mut found = analysis();
    found.entities[4].mentions = [0, 1].map(|it| mention("Ellwick", it, MentionKind::Name)).to_vec();
    found.entities[5].mentions.insert(0, mention("The bridge", 0, MentionKind::Description));
    found
}

#[test]
fn a_mention_in_a_repeated_lead_is_counted_nowhere_on_the_screen() {
    let open = || open(&story(), &with_repeated_mention());
    let places = open().press("tab 4");
    let rows = places.rows();
    let in_table = |name: &str, count: usize| {
        let row =
            rows.iter().position(|it| it.contains(name) && it.contains(&format!("  ·        {count} ")));
        row.unwrap_or_else(|| panic!("{name} {count}\n{}", places.screen()))
    };
    assert!(in_table(" Norham", 2) < in_table(" Ellwick", 1), "{}", places.screen());
    let chosen = open().press("tab 4 j");
    assert!(chosen.status().starts_with("Ellwick: 1 mention "), "{}", chosen.status());
    for keys in ["tab 4 j P", ":profile space ellwick enter"] {
        let screen = open().press(keys).screen();
        assert!(screen.contains("1 mention ") || screen.contains("1 mention\n"), "{keys}\n{screen}");
    }
    let statistics = open().press("i").rows();
    let row = statistics.iter().find(|it| it.trim_start().starts_with("Ellwick  ")).unwrap();
    assert!(row.ends_with(" 1 mention"), "{row}");
    let named = open().press("l h");
    assert!(named.status().contains("Ellwick: mention 1/1"), "{}", named.status());
}

#[test]
fn a_mention_in_a_repeated_lead_is_counted_neither_in_the_line_prompt_nor_in_exports() {
    let found = with_repeated_mention();
    let told = |lines: &[&str]| {
        let mut talk = talk(&story(), &found);
        lines.iter().map(|it| talk.run_line(it).messages.join("\n")).last().unwrap()
    };
    assert_eq!(told(&["places"]), "Places. 2 of 2: Ellwick, 1 mention.");
    assert_eq!(told(&["places", "k"]), "1 of 2: Norham, 2 mentions.");
    assert!(told(&["profile ellwick"]).contains("1 mention."), "{}", told(&["profile ellwick"]));
    assert!(told(&["i"]).contains("Ellwick: ") && told(&["i"]).contains("1 mention\n"), "{}", told(&["i"]));
    for ending in ["md", "txt", "html"] {
        let text = exported(&story(), &found, ending);
        let named = text.lines().filter(|it| it.contains("Ellwick") && it.contains("mention"));
        let named: Vec<&str> = named.collect();
        assert!(named.iter().all(|it| it.contains("1 mention")), "{ending}: {named:?}");
        assert!(!named.is_empty() || ending == "html", "{ending}: {text}");
    }
}

/// A story of one paragraph with one quote of one word, one person and one link.
fn story_of_one() -> (Story, Analysis) {
    let text = "“Rain,” said Lee.";
    let span = |words: &str| {
        let start = text.find(words).unwrap();
        Span::new(start, start + words.len())
    };
    let block = Block::new(BlockKind::Paragraph, Span::new(0, text.len()));
    let mut found = Analysis::default();
    let mut person = Entity::new(EntityKind::Person, "Lee");
    person.mentions = vec![Mention::new(span("Lee"), MentionKind::Name)];
    found.entities = vec![person];
    let mut quote = Quote::new(QuoteKind::Direct, vec![span("“Rain,”")]);
    quote.speaker = Some(0);
    quote.speaker_mention = Some(span("Lee"));
    quote.cue = Some(span("said"));
    quote.confidence = 0.4;
    found.quotes = vec![quote];
    (Story::new(Format::Plain, text.into(), vec![block]), found)
}

#[test]
fn what_is_one_is_singular_on_every_page_in_the_line_prompt_and_in_exports() {
    let plural = Regex::new(
        r"\b1 (words|quotes|mentions|paragraphs|stories|people|organisations|places|speakers|notes|bookmarks|minutes|rows|links|matches|quotations|paraphrases|uncertain quotes)\b",
    )
    .unwrap();
    let (story, found) = story_of_one();
    let keys = [
        "",
        "J",
        "i",
        "V",
        "R",
        "s",
        "?",
        ": export",
        "L",
        "A",
        "J P",
        "J w",
        "J X",
        "J !",
        "J y",
        "S",
        "S f",
        "Q",
        "D",
        "tab",
        "tab 2",
        "tab 2 P",
        "/rain enter",
        "/rain enter &",
        "ma A",
        "a hm enter A",
        "#",
        ":copy-all enter",
        ":confidence space 50 enter",
        "R enter",
        "i ?",
    ];
    for keys in keys {
        for width in [80, 120, 200] {
            let screen = open(&story, &found).with_size(width, 40).press(keys).screen();
            assert!(!plural.is_match(&screen), "{keys}\n{screen}");
        }
    }
    for line in [
        "i",
        "people",
        "profile lee",
        "V",
        "where",
        "s",
        "s lee",
        "]q",
        "R",
        "X",
        "/rain",
        "copy-all",
        "a hm",
    ] {
        let mut talk = talk(&story, &found);
        let told = format!("{}\n{}", talk.greeting(), talk.run_line(line).messages.join("\n"));
        assert!(!plural.is_match(&told), "{line}\n{told}");
    }
    for ending in ["md", "txt", "html", "csv"] {
        let text = exported(&story, &found, ending);
        assert!(!plural.is_match(&text), "{ending}\n{text}");
    }
}
