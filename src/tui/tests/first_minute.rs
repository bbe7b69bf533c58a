//! The first minute of a newcomer: what the first screen and the first keys tell.

use pullquote::analysis::{Analysis, Entity, EntityKind, Quote, QuoteKind};
use pullquote::span::Span;
use pullquote::story::{Block, BlockKind, Format, Story};

use crate::tui::app::Effect;
use crate::tui::input::action::Action;
use crate::tui::open_story::findings::Findings;
use crate::tui::tests::{TestApp, analysis, story};

#[test]
fn the_first_screen_names_headline_source_and_date() {
    for (width, height) in [(80, 24), (120, 40), (200, 50)] {
        let title = TestApp::new().with_size(width, height).rows().remove(0);
        assert!(title.starts_with(" Ellwick will sell its ferry in May · Ell Gazette · 3 March "), "{title}");
    }
}

#[test]
fn a_long_story_tells_its_length_in_hours_and_its_counts_in_thousands() {
    let line = "The council met in Ellwick on Monday. ";
    let text = line.repeat(4000);
    let block = Block::new(BlockKind::Paragraph, Span::new(0, text.len()));
    let mut test_app = TestApp::pending(vec![Story::new(Format::Plain, text, vec![block])]);
    let mut found = Analysis::default();
    let quote = |number: usize| {
        let start = number * line.len();
        Quote::new(QuoteKind::Indirect, vec![Span::new(start, start + 15)])
    };
    found.quotes = (0..4000).map(quote).collect();
    test_app.app.set_analysis(0, Some(found));
    let test_app = test_app.with_size(120, 24);
    let title = test_app.rows().remove(0);
    assert!(title.ends_with("28,000 words · 2 h 2 min read"), "{title}");
    assert!(test_app.status().starts_with("quote 1/4,000 · unknown 1/4,000"), "{}", test_app.status());
    let screen = test_app.screen();
    assert!(screen.contains("Quotes 4,000") && screen.contains("? Unknown speaker"), "{screen}");
    let statistics = test_app.press("i").screen();
    assert!(statistics.contains("2 hours 2 minutes") && statistics.contains("4,000 quotes"), "{statistics}");
}

#[test]
fn the_hints_of_a_small_screen_say_how_to_quit_go_on_read_one_speaker_copy_and_find_more() {
    let status = TestApp::new().with_size(80, 24).press("J").status();
    for hint in ["q quit", "J next", "S only Lee", "y copy", "? help"] {
        assert!(status.contains(hint), "{hint}: {status}");
    }
    let status = TestApp::new().with_size(80, 24).status();
    for hint in ["q quit", "J next quote", "S only Lee", ": more", "? help"] {
        assert!(status.contains(hint), "{hint}: {status}");
    }
}

#[test]
fn a_story_without_quotes_offers_nothing_that_needs_them() {
    let mut test_app = TestApp::pending(vec![story()]);
    test_app.app.set_analysis(0, Some(Analysis::default()));
    let status = test_app.with_size(200, 30).status();
    for hint in ["next quote", "copy", "why", "same speaker"] {
        assert!(!status.contains(hint), "{hint}: {status}");
    }
}

#[test]
fn a_key_without_a_command_says_so_once() {
    let test_app = TestApp::new().press("r");
    assert!(test_app.status().contains("r does nothing here; ? shows the keys"), "{}", test_app.status());
    let test_app = test_app.press("j r");
    assert!(!test_app.status().contains("does nothing"), "{}", test_app.status());
    let test_app = test_app.press("] x");
    assert!(test_app.status().contains("]x does nothing here"), "{}", test_app.status());
}

#[test]
fn a_message_that_waits_for_the_analysis_goes_when_it_is_there() {
    let mut test_app = TestApp::pending(vec![story()]).press("J");
    assert!(test_app.status().contains("Still analysing"), "{}", test_app.status());
    test_app.app.set_analysis(0, Some(analysis()));
    assert!(test_app.status().starts_with("quote 1/6"), "{}", test_app.status());
}

#[test]
fn help_shows_the_keys_that_matter_here_first_and_all_keys_on_demand() {
    let test_app = TestApp::new().with_size(80, 40).press("?");
    let screen = test_app.screen();
    for words in ["next quote", "show only this speaker", "copy quote", "quit"] {
        assert!(screen.contains(words), "{words}\n{screen}");
    }
    assert!(!screen.contains("In a note"), "{screen}");
    assert!(test_app.press("?").screen().contains("half a page down"));
    let in_list = TestApp::new().with_size(80, 40).press("T ?");
    assert!(in_list.screen().contains("In the list of themes"), "{}", in_list.screen());
    assert!(in_list.press("esc").screen().contains("▸ terminal"));
}

#[test]
fn the_side_pane_lists_the_most_quoted_first_or_in_the_order_of_the_story() {
    let order = |keys: &str| {
        let screen = TestApp::new().with_size(140, 40).press(keys).screen();
        ["2 Bo Ray", "1 Ann Lee", "Uncertain", "3 an official"].map(|it| screen.find(it).unwrap())
    };
    assert!(order("").is_sorted(), "{:?}", order(""));
    let [ray, lee, uncertain, official] = order("O");
    assert!(lee < ray && ray < uncertain && uncertain < official);
}

#[test]
fn the_list_follows_the_page_and_marks_the_quotes_on_it() {
    let test_app = TestApp::new().with_size(90, 12).press("G");
    assert!(test_app.rows().iter().any(|it| it.contains("▏ ▸ ○ Tickets stay")), "{}", test_app.screen());
    let marked = test_app.rows().iter().filter(|it| it.contains("▏   ●")).count();
    assert_eq!(marked, 0, "{}", test_app.screen());
}

#[test]
fn a_heading_that_is_scrolled_away_stays_at_the_top() {
    let mut found = analysis();
    for quote in &mut found.quotes {
        quote.speaker = Some(0);
    }
    let mut test_app = TestApp::pending(vec![story()]);
    test_app.app.set_analysis(0, Some(found));
    let test_app = test_app.with_size(90, 13).press("tab G");
    let heading = test_app.rows().into_iter().position(|it| it.contains("1 Ann Lee"));
    assert_eq!(heading, Some(3), "{}", test_app.screen());
    assert!(TestApp::new().with_size(60, 14).press("tab 2 enter G").screen().contains("Ann Lee"));
}

#[test]
fn a_speaker_has_the_same_number_and_hue_under_every_tab() {
    let test_app = TestApp::new().with_size(140, 40).with_theme("dark");
    let hue = test_app.app.themes.theme().speaker_style(Some(1)).fg;
    assert_eq!(test_app.style("2 Bo Ray").fg, hue);
    let people = test_app.press("tab 2");
    assert_eq!(people.style("2 Bo Ray").fg, hue);
}

#[test]
fn the_list_begins_with_the_most_quoted_speaker_until_the_user_moves() {
    let test_app = TestApp::new().with_size(100, 9);
    assert!(test_app.screen().contains("2 Bo Ray"), "{}", test_app.screen());
    let test_app = test_app.press("]q");
    assert!(test_app.screen().contains("▸ ● “The river is ours"), "{}", test_app.screen());
}

#[test]
fn the_list_marks_the_quote_that_the_status_names_or_none() {
    // The headline is a paraphrase of the board, whose quotes are the last of the list.
    let mut found = analysis();
    let mut first = found.quotes[1].clone();
    first.parts = vec![super::nth("Ellwick will sell its ferry", 0)];
    first.speaker = Some(3);
    found.quotes.insert(0, first);
    let mut test_app = TestApp::pending(vec![story()]);
    test_app.app.set_analysis(0, Some(found));
    for (width, height) in [(80, 12), (80, 24), (100, 14), (120, 40), (200, 14), (200, 50)] {
        test_app = test_app.with_size(width, height);
        assert!(test_app.status().starts_with("quote 1/7"), "{}", test_app.status());
        let marked = |test_app: &TestApp| {
            let rows = test_app.rows();
            let x = usize::from(test_app.app.panes.side.x);
            let width = usize::from(test_app.app.panes.side.width);
            let side = rows.iter().map(|it| it.chars().skip(x).take(width).collect::<String>());
            side.filter(|it| it.contains('▸')).collect::<Vec<_>>()
        };
        let quotes = marked(&test_app);
        assert!(quotes.iter().all(|it| it.contains("Ellwick will sell")), "{width}×{height} {quotes:?}");
        // The keys of the list begin with what it shows, and the status follows.
        let in_list = TestApp::new().with_size(width, height).press("tab");
        assert_eq!(marked(&in_list).len(), 1, "{width}×{height}\n{}", in_list.screen());
    }
}

#[test]
fn a_screen_that_is_too_small_says_so() {
    let screen = TestApp::new().with_size(12, 4).screen();
    assert!(screen.starts_with("Too small:\n20×5 needed"), "{screen}");
    assert!(TestApp::new().with_size(1, 1).screen().len() <= 3);
    assert!(!TestApp::new().with_size(20, 5).screen().contains("Too small"));
}

#[test]
fn keys_that_need_a_quote_say_that_the_story_has_none() {
    for key in ["J", "K", ")", "S", "D", "t", "w", "y", "!", "R", "V", "C", "X"] {
        let mut test_app = TestApp::pending(vec![story()]);
        test_app.app.set_analysis(0, Some(Analysis::default()));
        let status = test_app.press(key).status();
        assert!(status.contains("This story has no quotes"), "{key}: {status}");
    }
}

#[test]
fn a_quote_that_begins_with_a_name_is_selected_without_that_name() {
    let mut found = analysis();
    found.quotes[1].parts = vec![super::nth("Bo Ray, who has steered the boat", 0)];
    let mut test_app = TestApp::pending(vec![story()]).with_size(160, 30);
    test_app.app.set_analysis(0, Some(found));
    let test_app = test_app.press("J J");
    assert!(test_app.cursor_is_on("Bo Ray"), "{}", test_app.status());
    assert!(!test_app.status().contains("mention"), "{}", test_app.status());
    let test_app = test_app.press("]e [e");
    assert!(
        test_app.cursor_is_on("Bo Ray") || test_app.status().contains("mention"),
        "{}",
        test_app.status()
    );
}

#[test]
fn an_unnamed_source_has_beside_it_for_whom_it_speaks() {
    let source = |name: &str| {
        let mut source = Entity::clone(&analysis().entities[1]);
        source.name = name.into();
        source.kind = EntityKind::Unnamed;
        source.affiliation = Some(0);
        source.roles.clear();
        source.aliases.clear();
        source
    };
    let mut found = analysis();
    found.entities.extend([source("the statement"), source("a statement by Ann Lee")]);
    let [last, own] = [found.entities.len() - 2, found.entities.len() - 1];
    assert_eq!(found.entities[0].name, "Ann Lee");
    let findings = Findings::new(found);
    assert_eq!(findings.entity_note(Some(last)), "for Ann Lee");
    assert_eq!(findings.entity_note(Some(own)), "unnamed", "its name tells it");
}

#[test]
fn another_spelling_of_a_name_is_no_note_beside_it() {
    let mut found = analysis();
    found.entities[1].aliases = vec!["Bó Ray".into(), "the skipper".into()];
    let findings = Findings::new(found.clone());
    assert_eq!(findings.entity_note(Some(1)), "the skipper");
    found.entities[1].aliases.pop();
    assert_eq!(Findings::new(found).entity_note(Some(1)), "");
}

#[test]
fn several_files_that_cannot_be_opened_are_all_reported() {
    let mut test_app = TestApp::new().with_size(160, 24);
    test_app.app.notify_not_opened("a.txt: No such file; check the name");
    assert!(test_app.status().contains("a.txt: No such file"), "{}", test_app.status());
    test_app.app.notify_not_opened("b.txt: No such file; check the name");
    let status = test_app.status();
    assert!(
        status.contains("2 stories were not opened: a.txt") && status.contains("b.txt: No such"),
        "{status}"
    );
    test_app.app.update(Action::Forward);
    test_app.app.notify_not_opened("c.txt: No such file; check the name");
    let status = test_app.status();
    assert!(status.contains("c.txt") && !status.contains("a.txt"), "{status}");
}

#[test]
fn a_story_that_is_not_english_is_reported_once() {
    let page = "<article><h1>Die letzte Fähre</h1><p>Der Bürgermeister sagte am Montag, die letzte Fähre werde nicht verkauft. \
                Wir haben den Fluss, und wir haben das Boot, sagte Lee. Die Mannschaft war mit der Entscheidung zufrieden, aber \
                sie wollte auch eine Antwort auf die Frage, wer den Motor bezahlt.</p></article>";
    let mut test_app = TestApp::from_page(page);
    test_app.app.show_greeting();
    assert!(test_app.status().contains("This does not look English"), "{}", test_app.status());
    test_app.app.update(Action::Forward);
    test_app.app.show_greeting();
    assert!(!test_app.status().contains("English"), "{}", test_app.status());
}

#[test]
fn a_story_that_is_longer_than_what_is_analysed_is_reported_once() {
    let mut test_app = TestApp::new();
    let mut part = analysis();
    part.analyzed_to = Some(story().text().len() / 2);
    test_app.app.set_analysis(0, Some(part.clone()));
    let told = "This story is very long; no quotes are looked for after its first 49 %";
    let status = test_app.status();
    assert!(status.contains(told) || status.contains(&told.replace("49", "50")), "{status}");
    test_app.app.update(Action::Forward);
    test_app.app.set_analysis(0, Some(part));
    assert!(!test_app.status().contains("very long"), "{}", test_app.status());
}

#[test]
fn on_a_large_screen_the_short_help_stands_in_the_middle_with_the_symbols() {
    let large = TestApp::new().with_size(200, 50).press("?");
    let rows = large.rows();
    let first = rows.iter().position(|it| it.contains("Reading")).unwrap();
    assert!(first > 4 && rows[first].starts_with("      "), "{}", large.screen());
    assert!(large.screen().contains("a quote of the first speaker"), "{}", large.screen());
    let small = TestApp::new().with_size(80, 24).press("?").press("G").screen();
    assert!(small.contains("quit") && !small.contains("a quote of the first speaker"), "{small}");
}

#[test]
fn the_order_of_the_speakers_stands_above_their_numbers_of_quotes() {
    let test_app = TestApp::new().with_size(120, 40);
    let row = test_app.rows().into_iter().find(|it| it.contains("most quoted first")).unwrap();
    assert!(row.trim_end().ends_with("most quoted first"), "{row}");
}

#[test]
fn a_date_for_programs_is_told_as_people_write_it_on_the_screen_in_copies_and_in_lists() {
    let mut dated = story();
    dated.published = Some("2026-05-03T18:22:00Z".into());
    for keys in ["", "V", "L", "3]q X", "3]q y"] {
        let mut test_app = TestApp::pending(vec![dated.clone()]).with_size(160, 40);
        test_app.app.set_analysis(0, Some(analysis()));
        let test_app = test_app.press(keys);
        let screen = test_app.screen();
        assert!(screen.contains("3 May 2026") && !screen.contains("2026-05-03"), "{keys}\n{screen}");
        if let Effect::Copy(copied) = &test_app.effect {
            assert!(copied.text.ends_with("(Ell Gazette, 3 May 2026)"), "{}", copied.text);
        }
    }
}
