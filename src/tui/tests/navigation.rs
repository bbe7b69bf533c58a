//! Moving through a story, between its panes and between stories; the status line that reports it.

use std::sync::Arc;

use pullquote::span::Span;
use pullquote::story::{Block, BlockKind, Format, Story};

use crate::tui::app::Effect;
use crate::tui::tests::{STORY, TestApp, analysis, story};

#[test]
fn rows_and_quotes_and_names_are_visited_one_by_one_or_by_a_count() {
    for (keys, place) in [
        ("j", "By Mia"),
        ("4j", "said on Monday"),
        ("} } }", "“The river"),
        ("} } } {", "The harbour"),
        ("]q", "“The river"),
        ("3]q", "“a great"),
        ("9]q", "Tickets stay"),
        ("3]q [q", "nobody would"),
        ("] q )", "nobody would"),
        ("4]q (", "“a great"),
        ("l l", "Ann Lee said"),
        ("l l l h", "Ann Lee said"),
        ("l l ]e", "Lee told"),
        ("l l ]e ]e", "She added"),
        ("G", "Read more"),
        ("G gg", "Ellwick will"),
        ("G ctrl-o", "Ellwick will"),
        ("]q ]q ctrl-o ctrl-o alt-o", "“The river"),
        ("/pity enter", "pity"),
        ("/pity esc", "Ellwick will"),
        ("/pity enter esc gg n", "pity"),
        ("/pity enter gg / enter", "pity"),
        ("/pity enter ctrl-o", "Ellwick will"),
        ("/e enter n n N", "ell its"),
        ("} } } m x G 'x", "“The river"),
        ("} } } m x G 'x ctrl-o", "Read more"),
        ("G '' '' ''", "Ellwick will"),
    ] {
        let test_app = TestApp::new().press(keys);
        assert!(
            test_app.cursor_is_on(place),
            "{keys}: {}",
            &STORY[test_app.app.current_story().viewport.cursor..]
        );
    }
}

#[test]
fn the_status_line_counts() {
    for (keys, words) in [
        ("j", "6 quotes"),
        ("]q", "quote 1/6 · Lee 1/2"),
        ("4]q", "quote 4/6 · Ray 2/2"),
        ("5]q", "quote 5/6 · an official of the Transport Board? 1/1"),
        ("6]q", "quote 6/6 · unknown 1/1"),
        ("6]q ]q", "Last quote."),
        ("3]q S", "quote 1/2   only Ray · rest dimmed"),
        ("3]q S f", "only Ray · rest folded"),
        ("3]q S F", "All is shown; F turns the filter on again"),
        ("3]q S F j", "quote 3/6 · Ray 1/2"),
        ("3]q S F F", "only Ray · rest dimmed"),
        ("3]q S S", "quote 3/6 · Ray 1/2"),
        ("3]q S gg S", "6 quotes"),
        ("]q tab j ]q", "quote 3/6 · Ray 1/2"),
        ("3]q S ]q ]q", "Last quote."),
        ("]q ]q S ]q S", "quote 2/6 · Lee 2/2"),
        ("t ]q", "quote 1/2 · Lee 1/1   only direct · rest dimmed"),
        ("t t ]q", "quote 1/2 · Ray 1/1   only partial · rest dimmed"),
        ("t t t ]q", "quote 1/2 · Lee 1/1   only paraphrase · rest dimmed"),
        ("t t t t ]q", "quote 1/6 · Lee 1/2    "),
        ("t ]q j", "Lee (dimmed by filter)"),
        ("D f", "2 of 6 quotes   only uncertain · rest folded"),
        ("D ]q", "quote 1/2 · an official of the Transport Board? 1/1   only uncertain · rest dimmed"),
        ("D D ]q", "quote 1/6"),
        ("3]q S t f", "quote 1/1   only Ray · direct · rest folded"),
        ("3]q S t F", "All is shown; F turns the filter on again"),
        ("F", "No filter is set"),
        ("f", "Non-matching text will be folded"),
        ("3]", "3]"),
        ("/the", "/the  1/"),
        ("/the enter", "match 1/"),
        ("/xyz", "no match"),
        ("/xyz enter", "No match for “xyz”"),
        ("j /the esc", "6 quotes"),
        ("l", "Ellwick: mention 2/2"),
        ("j ]e", "Move to a name or quote first."),
        ("2]q ]e", "Last mention."),
        ("]q ]e", "Ann Lee: mention 2/3"),
        ("] s", "Only one story is open"),
        ("ctrl-o", "Nothing to go back to"),
        ("m", "Bookmark letter?"),
        ("m x", "Bookmark x"),
        ("m x m", "Bookmark letter? · bookmarks: x"),
        ("m ;", "Use a letter or digit"),
        ("m esc", "6 quotes"),
        ("'x", "No bookmark x"),
        ("''", "Nothing to go back to"),
    ] {
        let status = TestApp::new().with_size(200, 30).press(keys).status();
        assert!(status.contains(words), "{keys}: {status}");
    }
}

#[test]
fn the_status_tells_for_whom_words_stand_but_not_that_a_source_is_itself() {
    let mut found = analysis();
    found.entities[2].name = "an official".into();
    let status = |keys: &str| {
        let mut test_app = TestApp::pending(vec![story()]).with_size(200, 30);
        test_app.app.set_analysis(0, Some(found.clone()));
        test_app.press(keys).status()
    };
    assert!(status("]q 2]e").contains("“She” = Ann Lee: mention 3/3"), "{}", status("]q 2]e"));
    let official = status("5]q h h");
    assert!(official.contains("· an official: mention 1/1") && !official.contains('='), "{official}");
}

#[test]
fn the_side_pane_previews_and_enter_goes_there() {
    let test_app = TestApp::new().press("tab O j j j");
    assert!(test_app.cursor_is_on("Ellwick will"));
    assert!(test_app.status().starts_with("quote 4/6"), "{}", test_app.status());
    let test_app = test_app.press("enter");
    assert!(test_app.cursor_is_on("“We were"));
    assert!(test_app.press("ctrl-o").cursor_is_on("Ellwick will"));
}

#[test]
fn the_mouse_chooses_tabs_findings_and_names() {
    let test_app = TestApp::new().with_size(140, 30);
    let test_app = test_app.click("Places");
    assert!(test_app.screen().contains("Norham"));
    let test_app = test_app.click("Quotes 6").click("“a great pity”   ");
    assert!(test_app.status().starts_with("quote 3/6"));
    let test_app = test_app.click("Ann Lee said");
    assert!(test_app.cursor_is_on("Ann Lee said"));
}

#[test]
fn several_stories_are_opened_one_after_another() {
    let other = Story::new(
        Format::Plain,
        "A new bridge".into(),
        vec![Block::new(BlockKind::Headline, Span::new(0, 12))],
    );
    let mut test_app = TestApp::pending(vec![story(), other]);
    test_app.app.set_analysis(0, Some(analysis()));
    test_app = test_app.press("]q ] s");
    assert!(test_app.screen().contains("A new bridge") && test_app.screen().contains("story 2/2"));
    assert!(test_app.screen().contains("Still analysing…"));
    let test_app = test_app.press("[ s");
    assert!(test_app.status().starts_with("quote 1/6"));
}

#[test]
fn findings_may_come_for_a_story_that_was_never_opened() {
    let mut test_app = TestApp::pending(vec![story(), story()]);
    test_app.app.set_analysis(1, Some(analysis()));
    assert!(test_app.press("] s ]q").status().starts_with("quote 1/6"));
}

#[test]
fn the_last_row_of_a_long_story_is_reached_and_left() {
    let text = "One line.\n".repeat(100_000);
    let blocks = (0..100_000).map(|it| Block::new(BlockKind::Paragraph, Span::new(it * 10, it * 10 + 9)));
    let test_app =
        TestApp::pending(vec![Story::new(Format::Plain, text.clone(), blocks.collect())]).press("G");
    assert_eq!(test_app.app.current_story().viewport.cursor, 999_990);
    assert_eq!(test_app.press("k").app.current_story().viewport.cursor, 999_980);
}

#[test]
fn keys_typed_during_the_analysis_are_kept_and_done_in_order() {
    let mut test_app = TestApp::pending(vec![story()]).with_size(140, 30).press("J J J S");
    assert!(
        test_app.status().contains("Still analysing… then: show only this speaker"),
        "{}",
        test_app.status()
    );
    test_app.app.set_analysis(0, Some(analysis()));
    assert!(
        test_app.status().contains("quote 1/2") && test_app.status().contains("only Ray"),
        "{}",
        test_app.status()
    );
}

#[test]
fn a_count_and_a_copy_wait_too_and_escape_forgets_them() {
    let mut test_app = TestApp::pending(vec![story()]).press("4 J y");
    let effect = test_app.app.set_analysis(0, Some(analysis()));
    assert!(matches!(effect, Effect::Copy(it) if it.text.contains("We were not asked")));
    let mut test_app = TestApp::pending(vec![story()]).press("J esc");
    test_app.app.set_analysis(0, Some(analysis()));
    assert!(test_app.status().contains("6 quotes"), "{}", test_app.status());
}

#[test]
fn other_keys_work_at_once_during_the_analysis() {
    let test_app = TestApp::pending(vec![story()]).press("J G");
    assert!(test_app.cursor_is_on("Read more"), "{}", test_app.screen());
}

#[test]
fn why_the_page_of_a_feed_entry_did_not_come_is_said_when_the_entry_is_opened() {
    let entries = ["/1", "/2"].map(|page| {
        let mut entry = story();
        entry.continues_at = Some(page.into());
        entry
    });
    for is_loaded_beforehand in [true, false] {
        let mut app = TestApp::pending(entries.to_vec()).app;
        let asked: Vec<usize> = app.take_entries_to_load().iter().map(|it| it.0).collect();
        assert_eq!(asked, [0, 1]);
        app.settle_entry(0, Ok(Arc::new(story())));
        app.notice = None;
        let failure = || Err("The site answered 404".to_owned());
        if is_loaded_beforehand {
            app.settle_entry(1, failure());
            app.take_entries_to_load();
            assert_eq!(app.notice.as_deref(), None, "another story is open");
        }
        app.switch_story(1);
        app.take_entries_to_load();
        if !is_loaded_beforehand {
            app.settle_entry(1, failure());
        }
        assert_eq!(
            app.notice.take().as_deref(),
            Some("“Ellwick will sell its ferry in May” (Ell Gazette): The site answered 404")
        );
        app.take_entries_to_load();
        assert_eq!(app.notice.as_deref(), None, "it is said once");
    }
}

#[test]
fn a_search_that_wraps_keeps_its_counter() {
    let mut test_app = TestApp::new().press("/ferry enter");
    let wraps = |test_app: &TestApp| test_app.status().contains("Search wrapped to the top");
    for _ in 0..9 {
        if wraps(&test_app) {
            break;
        }
        test_app = test_app.press("n");
    }
    assert!(wraps(&test_app) && test_app.status().contains("match 1/"), "{}", test_app.status());
}
