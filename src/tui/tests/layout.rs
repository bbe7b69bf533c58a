//! The screen as a whole: first frames, panes, margins and scroll bar at several sizes.

use insta::assert_snapshot;
use pullquote::analysis::Analysis;
use pullquote::span::Span;
use pullquote::story::{Block, BlockKind, Format, Story};
use ratatui::style::Modifier;

use crate::tui::style::symbols::superscript;
use crate::tui::tests::{STORY, TestApp, analysis, story};
use crate::tui::text::width::display_width;

#[test]
fn the_first_frame_shows_the_story_and_says_that_the_rest_is_coming() {
    assert_snapshot!(TestApp::pending(vec![story()]).screen());
}

#[test]
fn quotes_are_listed_beside_the_story_by_speaker() {
    assert_snapshot!(TestApp::new().press("]q ]q").screen());
}

#[test]
fn people_are_listed_in_a_table() {
    assert_snapshot!(TestApp::new().with_size(120, 24).press("tab 2 j").screen());
}

#[test]
fn one_speaker_alone_folds_the_rest_away() {
    assert_snapshot!(TestApp::new().press("3]q S f").screen());
}

#[test]
fn the_key_for_help_is_in_the_status_line_at_every_width() {
    for (width, height) in [(30, 8), (40, 10), (59, 16), (60, 20), (80, 24)] {
        for keys in ["j", "]q", "tab", "tab 2", "tab 2 enter", "3]q S"] {
            let status = TestApp::new().with_size(width, height).press(keys).status();
            assert!(status.ends_with("? help"), "{width} {keys}: {status}");
        }
    }
}

/// The story in which the last paragraph but one has two more quotes, all on few rows.
fn with_quotes_on_one_row() -> TestApp {
    let mut found = analysis();
    for (words, speaker) in [("She added", 1), ("reporters on the quay", 2)] {
        let start = STORY.find(words).unwrap();
        let mut quote = found.quotes[1].clone();
        quote.parts = vec![Span::new(start, start + words.len())];
        quote.speaker = Some(speaker);
        found.quotes.push(quote);
    }
    found.quotes.sort_by_key(|it| it.extent().start);
    let mut test_app = TestApp::pending(vec![story()]);
    test_app.app.set_analysis(0, Some(found));
    test_app
}

#[test]
fn each_quote_on_a_shared_row_has_its_number_in_the_margin_or_before_its_words() {
    let line = |test_app: &TestApp, words: &str| {
        test_app.rows().into_iter().find(|it| it.contains(words)).unwrap_or_else(|| test_app.screen())
    };
    let wide = with_quotes_on_one_row().with_size(300, 40).press(":width space 120 enter");
    let row = line(&wide, "“The river");
    assert!(row.contains("1▌ “The river is ours"), "{row}");
    assert!(row.contains("told²reporters on the quay.³She added that¹nobody would"), "{row}");
    // The chosen quote has the margin; the first one on the row is marked beside its words then.
    let row = line(&wide.press("J J"), "The river");
    assert!(row.contains("2┇¹“The river") && row.contains("told²reporters"), "{row}");
    // A narrow margin has no numbers; the text still has those of all quotes but the first.
    let narrow = with_quotes_on_one_row().with_size(38, 24).press("} } }");
    let row = line(&narrow, "She added");
    assert!(row.contains("³She added"), "{row}");
    // Where one quote goes on and the one of the margin begins, the margin is enough.
    let mut found = analysis();
    let start = STORY.find("on the quay. She").unwrap();
    found.quotes[0].parts[0].end = start + "on the quay.".len();
    let mut test_app = TestApp::pending(vec![story()]).with_size(120, 40);
    test_app.app.set_analysis(0, Some(found));
    let row = line(&test_app, "on the quay. She added that nobody");
    assert!(row.contains("1┆"), "{row}");
    // A row of a single quote is left alone.
    assert!(!line(&TestApp::new().with_size(120, 40), "great pity").contains('²'));
}

#[test]
fn a_speaker_with_a_number_of_two_digits_is_marked_by_a_line_before_the_words() {
    assert_eq!([Some(1), Some(9), Some(10), Some(0), None].map(superscript), ["¹", "⁹", "▕", "▕", "▕"]);
}

#[test]
fn an_uncertain_speaker_has_a_question_mark_wherever_they_are_shown() {
    for (width, height) in [(60, 24), (80, 24), (120, 40), (159, 50)] {
        let test_app = TestApp::new().with_size(width, height).press("5]q");
        let screen = test_app.screen();
        assert!(screen.contains("3?█ ") || width < 80, "{screen}");
        let status = test_app.status();
        assert!(status.contains("Board? 1/1") || !status.contains("Board"), "{status}");
        let side = test_app.press("tab").screen();
        assert!(
            side.contains("the sale was") && side.lines().any(|it| it.contains('◐') && it.ends_with('?')),
            "{side}"
        );
    }
    let narrow = TestApp::new().with_size(32, 12).press("5]q");
    assert!(narrow.press("k k").screen().contains("?▌ "));
}

#[test]
fn what_is_marked_is_marked_by_more_than_colour() {
    let test_app = TestApp::new().with_size(140, 30).press("l l");
    assert!(test_app.attributes("Ann Lee said").contains(Modifier::UNDERLINED | Modifier::REVERSED));
    assert!(test_app.attributes("Lee told").contains(Modifier::REVERSED));
    assert!(test_app.attributes("Transport Board said").contains(Modifier::ITALIC));
    assert!(test_app.attributes("Ellwick will sell").contains(Modifier::BOLD));
    let test_app = TestApp::new().press("tab");
    assert!(test_app.attributes("● “The river").contains(Modifier::REVERSED));
}

#[test]
fn the_scroll_bar_shows_the_window_the_quotes_and_the_hits() {
    let bar = |test_app: &TestApp| {
        let x = test_app.app.panes.scrollbar.x;
        let buffer = test_app.buffer();
        let signs = (0..test_app.size.height).map(|y| buffer[(x, y)].symbol().to_string());
        signs.filter(|it| "│┃┤┨◂".contains(it.as_str())).collect::<String>()
    };
    // The whole page is visible: each row on which a quote begins has a tick.
    assert_eq!(bar(&TestApp::new().with_size(90, 40)), "││││││││┤│┤││┤│┤││┤││││┤││││││││││││");
    let top = bar(&TestApp::new().with_size(60, 14));
    assert!(top.starts_with('┃') && top.contains('┤') && top.ends_with('│'), "{top}");
    let end = bar(&TestApp::new().with_size(60, 14).press("G"));
    assert!(end.starts_with('│') && end.ends_with('┃'), "{end}");
    let hit = bar(&TestApp::new().with_size(60, 14).press("/norham"));
    assert_eq!(hit.matches('◂').count(), 1, "{hit}");
    let marked = TestApp::new().with_size(60, 14).press("2] q m x");
    let x = marked.app.panes.scrollbar.x;
    let buffer = marked.buffer();
    assert!((0..14).any(|y| buffer[(x, y)].symbol() == "x"), "{}", marked.screen());
}

#[test]
fn every_empty_pane_says_why() {
    let empty = |keys: &str| {
        let mut test_app = TestApp::pending(vec![story()]);
        test_app.app.set_analysis(0, Some(Analysis::default()));
        test_app.press(keys).screen()
    };
    assert!(empty("").contains("No quotes found"));
    assert!(empty("tab 2").contains("No people found"));
    assert!(empty("tab 3").contains("No organisations found"));
    assert!(empty("tab 4").contains("No places found"));
    let mut broken = TestApp::pending(vec![story()]);
    broken.app.set_analysis(0, None);
    assert!(broken.screen().contains("The analysis failed"));
    let nothing = TestApp::pending(vec![Story::new(Format::Plain, String::new(), vec![])]);
    assert!(nothing.press("G k ]q tab j enter / x enter").screen().contains("no text"));
}

#[test]
fn the_paragraph_at_the_top_survives_any_resize() {
    let test_app = TestApp::new().with_size(40, 8).press("3]q");
    let top = |test_app: &TestApp| {
        let reading = test_app.app.current_story();
        reading.page.rows()[reading.viewport.top_row(&reading.page, test_app.app.page_height())].block
    };
    let before = top(&test_app);
    let test_app = test_app.with_size(200, 60).with_size(1, 1).with_size(40, 8);
    assert_eq!(top(&test_app), before);
}

#[test]
fn wide_characters_do_not_push_the_pane_aside() {
    let text = "日本語の新聞はとても長い文章を書くことがある 👩‍🚀 e\u{301}t ❤\u{fe0f} fin. ".repeat(6);
    let block = Block::new(BlockKind::Paragraph, Span::new(0, text.len()));
    for width in [20, 40, 80, 81, 120] {
        let story = Story::new(Format::Plain, text.clone(), vec![block]);
        let test_app = TestApp::pending(vec![story]).with_size(width, 12).press("j j");
        for row in test_app.rows() {
            assert!(display_width(&row) <= usize::from(width), "{width}: {row}");
        }
        if width >= 80 {
            let borders = test_app.rows().iter().filter(|it| it.contains('│')).count();
            assert!(borders >= 8, "{}", test_app.screen());
        }
    }
}

#[test]
fn a_width_at_its_limit_says_so_and_the_opposite_key_works_at_once() {
    let width = |test_app: &TestApp| -> usize {
        let status = test_app.status();
        status.split(' ').find_map(|it| it.parse().ok()).unwrap_or_else(|| panic!("{status}"))
    };
    let test_app = TestApp::new().with_size(120, 30).press("+ + + + + + + + + + + +");
    assert!(test_app.status().contains("(widest here)"), "{}", test_app.status());
    let widest = width(&test_app);
    let test_app = test_app.press("-");
    assert_eq!(width(&test_app), widest - 2);
    let test_app = test_app.press("> > > > > > > > > > > > > > > > > > > >");
    assert!(test_app.status().contains("The side pane is at its narrowest"), "{}", test_app.status());
    let narrowest = test_app.app.panes.side.width;
    assert!(test_app.press("<").app.panes.side.width > narrowest);
}

#[test]
fn a_profile_on_a_small_screen_begins_with_the_name() {
    let rows = TestApp::new().with_size(60, 20).press("]q P").rows();
    assert!(rows[2..6].iter().any(|it| it.contains("Ann Lee")), "{}", rows.join("\n"));
}

#[test]
fn each_table_of_the_statistics_says_of_what_its_percentages_are() {
    let screen = TestApp::new().with_size(120, 60).press("i").screen();
    for heading in
        ["How much is quoted, of all words", "Sources, of all quotes", "Speakers, of all quoted words  "]
    {
        assert!(screen.contains(heading), "{heading}\n{screen}");
    }
}

#[test]
fn a_list_shows_the_same_rows_after_the_screen_was_small() {
    for keys in ["tab G", "tab j j", "G", "3]q", "tab 2 G", "tab 2 enter G"] {
        for height in [13, 16] {
            let test_app = TestApp::new().with_size(90, height).press(keys);
            let before = test_app.screen();
            let test_app = test_app.with_size(60, 9).with_size(30, 6).with_size(1, 1).with_size(90, height);
            assert_eq!(test_app.screen(), before, "{keys}");
        }
    }
}

#[test]
fn the_kind_of_a_quote_is_named_in_all_rows_of_a_pane_or_in_none() {
    for width in (80..=200).step_by(5) {
        let test_app = TestApp::new().with_size(width, 40);
        let side = usize::from(test_app.app.panes.side.x);
        let rows = test_app.rows();
        let own = |symbol| {
            let row = |row: &String| row.chars().skip(side).collect::<String>();
            rows.iter().map(row).filter(move |it| it.contains(symbol)).collect::<Vec<_>>()
        };
        let named = |rows: Vec<String>, kind: &str| rows.iter().filter(|it| it.contains(kind)).count();
        let (partial, paraphrase) = (own('◐'), own('○'));
        assert!(partial.len() == 2 && paraphrase.len() == 2, "{width}: {}", test_app.screen());
        let counts = (named(partial, " partial"), named(paraphrase, " paraphrase"));
        assert!(matches!(counts, (0, 0) | (2, 2)), "{width}: {counts:?}\n{}", test_app.screen());
        assert!(width < 200 || counts == (2, 2), "{width}: {}", test_app.screen());
    }
}

#[test]
fn the_words_of_a_quote_give_way_to_what_stands_beside_them_and_are_not_lost() {
    for width in (80..=200).step_by(3) {
        let screen = TestApp::new().with_size(width, 40).screen();
        assert!(screen.contains("nobody would lose") && screen.contains("(She)"), "{width}: {screen}");
        let words: Vec<&str> = screen.split_whitespace().collect();
        assert!(words.contains(&"certain”"), "{width}: {screen}");
    }
}
