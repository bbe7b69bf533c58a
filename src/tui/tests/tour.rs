//! The guided tour.

use ratatui::layout::Size;

use crate::storage::StorageEvent;
use crate::tui::tests::{TestApp, story};

#[test]
fn the_tour_goes_on_with_each_key_that_it_names_and_escape_ends_it() {
    let step = |test_app: &TestApp| test_app.app.tour.current_step().map(|it| it.0);
    let test_app = TestApp::new().press("f2");
    assert!(test_app.screen().contains("Tour 1/11"), "{}", test_app.screen());
    let test_app = test_app.press("n");
    assert_eq!(step(&test_app), Some(1));
    let test_app = test_app.press("j ]q )");
    assert_eq!(step(&test_app), Some(4));
    let test_app = test_app.press("S S [e tab enter w esc y");
    assert_eq!(step(&test_app), Some(11));
    assert_eq!(step(&test_app.press("esc esc")), None);
    assert_eq!(
        step(&TestApp::new().press("f2 j ? esc")),
        Some(2),
        "leaving the help page is not leaving the tour"
    );
    assert_eq!(step(&TestApp::new().press("f2 f2")), None);
}

#[test]
fn who_reads_for_the_first_time_is_shown_the_tour() {
    let mut test_app = TestApp::new();
    test_app.app.handle_storage_event(StorageEvent::FirstRun);
    assert!(test_app.screen().contains("Tour 1/11"), "{}", test_app.screen());
    let mut test_app = TestApp::pending(vec![story()]);
    test_app.app.resize(Size::default());
    test_app.app.handle_storage_event(StorageEvent::FirstRun);
    assert!(
        test_app.with_size(90, 24).screen().contains("Tour 1/11"),
        "news that came before the first frame"
    );
    let mut test_app = TestApp::new().with_size(40, 10);
    test_app.app.handle_storage_event(StorageEvent::FirstRun);
    assert!(!test_app.status().contains("too small"), "{}", test_app.status());
}

#[test]
fn the_tour_has_room_or_says_that_it_has_none() {
    for (width, height) in [(80, 24), (120, 40), (60, 20)] {
        let test_app = TestApp::new().with_size(width, height).press("f2");
        assert!(test_app.screen().contains("Tour 1/11  Welcome"), "{width}×{height}\n{}", test_app.screen());
    }
    let test_app = TestApp::new().with_size(40, 10).press("f2");
    assert!(test_app.status().contains("too small"), "{}", test_app.status());
}

#[test]
fn a_command_that_does_nothing_does_not_end_a_step_and_enter_always_does() {
    let step = |test_app: &TestApp| test_app.app.tour.current_step().map(|it| it.0);
    let failed = TestApp::new().press("f2 j ]q 9 ) ) )");
    assert_eq!(step(&failed), Some(4));
    assert_eq!(step(&TestApp::new().press("f2 j ]q ] e ] e ] e")), Some(3));
    let mut test_app = TestApp::new().press("f2");
    for expected in 2..=11 {
        test_app = test_app.press("enter");
        assert_eq!(step(&test_app), Some(expected), "{}", test_app.screen());
    }
    assert_eq!(step(&test_app.press("enter")), None);
}

#[test]
fn enter_does_what_a_step_of_the_tour_names_so_that_the_next_one_is_true() {
    let test_app = TestApp::new().press("f2 enter enter");
    assert!(test_app.screen().contains("This quote is now the chosen one"), "{}", test_app.screen());
    assert!(test_app.app.focused_quote().is_some());
    let test_app = test_app.press("enter enter");
    assert!(test_app.screen().contains("All other quotes are dimmed"), "{}", test_app.screen());
    assert!(test_app.app.current_story().filter.is_active());
    let by_key = TestApp::new().press("f2 enter enter enter enter F");
    assert_eq!(by_key.app.tour.current_step().map(|it| it.0), Some(6), "{}", by_key.screen());
    let test_app = test_app.press("enter");
    assert!(!test_app.app.current_story().filter.is_active(), "{}", test_app.screen());
    let test_app = test_app.press("enter enter");
    assert!(test_app.screen().contains("As you move here, the story follows"), "{}", test_app.screen());
    assert_eq!(test_app.app.focus, crate::tui::app::Focus::SidePane);
}

#[test]
fn enter_shows_why_and_then_closes_it() {
    let test_app = TestApp::new().press("f2 enter enter enter enter enter enter enter enter enter");
    assert!(test_app.screen().contains("Why this speaker?"), "{}", test_app.screen());
    assert!(test_app.screen().contains("Tour 10/11"), "{}", test_app.screen());
    let test_app = test_app.press("enter");
    assert!(
        test_app.app.panel().is_none() && test_app.screen().contains("Tour 11/11"),
        "{}",
        test_app.screen()
    );
}

#[test]
fn the_steps_on_the_filter_are_true_whatever_filter_was_on_before() {
    let step = |test_app: &TestApp| test_app.app.tour.current_step().map(|it| it.0);
    let is_on = |test_app: &TestApp| test_app.app.current_story().filter.is_active();
    for before in ["", "]q S", "3]q S", "Q", "t"] {
        for (only, all) in [("S", "S"), ("enter", "enter"), ("enter", "F")] {
            let test_app = TestApp::new().press(before).press("f2 enter enter enter");
            assert_eq!(
                (step(&test_app), is_on(&test_app)),
                (Some(4), false),
                "{before} {}",
                test_app.screen()
            );
            let test_app = test_app.press(only);
            assert_eq!(
                (step(&test_app), is_on(&test_app)),
                (Some(5), true),
                "{before} {}",
                test_app.screen()
            );
            let test_app = test_app.press(all);
            assert_eq!(
                (step(&test_app), is_on(&test_app)),
                (Some(6), false),
                "{before} {}",
                test_app.screen()
            );
        }
    }
    // One that is turned on during the tour is no different.
    let early = TestApp::new().press("f2 enter enter S enter S");
    assert_eq!((step(&early), is_on(&early)), (Some(4), false), "{}", early.screen());
    let early = early.press("S");
    assert_eq!((step(&early), is_on(&early)), (Some(5), true), "{}", early.screen());
}

#[test]
fn the_tour_of_a_story_without_quotes_leaves_out_what_needs_them() {
    let mut test_app = TestApp::pending(vec![story()]);
    test_app.app.set_analysis(0, Some(pullquote::analysis::Analysis::default()));
    let test_app = test_app.press("f2 j");
    assert_eq!(test_app.app.tour.current_step().map(|it| it.0), Some(7), "{}", test_app.screen());
    let test_app = test_app.press("tab");
    assert_eq!(test_app.app.tour.current_step().map(|it| it.0), Some(11), "{}", test_app.screen());
}

#[test]
fn a_search_during_the_tour_counts_its_matches() {
    let test_app = TestApp::new().press("f2 /the enter");
    assert!(test_app.status().contains("match 1/"), "{}", test_app.screen());
    assert!(test_app.screen().contains("Tour 1/11"), "{}", test_app.screen());
    let wrapped = test_app.press("N");
    assert!(
        wrapped.status().contains("wrapped") && wrapped.status().contains("match "),
        "{}",
        wrapped.status()
    );
    assert!(wrapped.screen().contains("Tour 1/11"), "{}", wrapped.screen());
}
