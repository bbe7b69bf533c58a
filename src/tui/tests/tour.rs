//! The guided tour.

use ratatui::layout::Size;

use crate::storage::StorageEvent;
use crate::tui::tests::{TestApp, story};

#[test]
fn the_tour_goes_on_with_each_key_that_it_names_and_escape_ends_it() {
    let step = |desk: &TestApp| desk.app.tour.current_step().map(|it| it.0);
    let desk = TestApp::new().press("f2");
    assert!(desk.screen().contains("Tour 1/11"), "{}", desk.screen());
    let desk = desk.press("n");
    assert_eq!(step(&desk), Some(1));
    let desk = desk.press("j ]q )");
    assert_eq!(step(&desk), Some(4));
    let desk = desk.press("S S ]e tab enter w esc y");
    assert_eq!(step(&desk), Some(11));
    assert_eq!(step(&desk.press("esc esc")), None);
    assert_eq!(
        step(&TestApp::new().press("f2 j ? esc")),
        Some(2),
        "leaving the help page is not leaving the tour"
    );
    assert_eq!(step(&TestApp::new().press("f2 f2")), None);
}

#[test]
fn who_reads_for_the_first_time_is_shown_the_tour() {
    let mut desk = TestApp::new();
    desk.app.handle_storage_event(StorageEvent::FirstRun);
    assert!(desk.screen().contains("Tour 1/11"), "{}", desk.screen());
    let mut desk = TestApp::pending(vec![story()]);
    desk.app.resize(Size::default());
    desk.app.handle_storage_event(StorageEvent::FirstRun);
    assert!(desk.with_size(90, 24).screen().contains("Tour 1/11"), "news that came before the first frame");
    let mut desk = TestApp::new().with_size(40, 10);
    desk.app.handle_storage_event(StorageEvent::FirstRun);
    assert!(!desk.status().contains("too small"), "{}", desk.status());
}

#[test]
fn the_tour_has_room_or_says_that_it_has_none() {
    for (width, height) in [(80, 24), (120, 40), (60, 20)] {
        let desk = TestApp::new().with_size(width, height).press("f2");
        assert!(desk.screen().contains("Tour 1/11  Welcome"), "{width}×{height}\n{}", desk.screen());
    }
    let desk = TestApp::new().with_size(40, 10).press("f2");
    assert!(desk.status().contains("too small"), "{}", desk.status());
}
