//! Pickers: the palette, the open stories, one speaker in all stories; the mouse on lists and borders.

use crate::storage::{HistoryEntry, StorageEvent};
use crate::tui::app::Effect;
use crate::tui::overlay::Overlay;
use crate::tui::tests::{TestApp, analysis, story};
use ratatui::layout::Position;

/// Opens two analysed stories.
fn two() -> TestApp {
    let mut desk = TestApp::pending(vec![story(), story()]).with_size(120, 30);
    desk.app.set_analysis(0, Some(analysis()));
    desk.app.set_analysis(1, Some(analysis()));
    desk
}

#[test]
fn the_palette_does_what_is_typed_by_name_or_by_words() {
    for (keys, place) in [
        (":next-quote enter", "“The river"),
        (": NEXTQUOTE enter", "“The river"),
        (":5 enter", "Bo Ray"),
        (":5 enter ctrl-o", "Ellwick will"),
        (":next-q esc", "Ellwick will"),
        (": backspace j", "By Mia"),
    ] {
        let desk = TestApp::new().press(keys);
        assert!(desk.cursor_is_on(place), "{keys}: {}", desk.screen());
    }
    assert_eq!(TestApp::new().press(":quit enter").effect, Effect::Quit);
}

#[test]
fn the_palette_lists_names_that_begin_so_first_then_words_of_names_then_words() {
    for (typed, first) in [
        ("quo", &["quotes", "next-quote", "previous-quote", "filter-quotes"][..]),
        ("next-q", &["next-quote"]),
        ("sp", &["speaker-in-all-stories", "next-by-speaker"]),
        ("resumes", &["suspend"]),
        ("", &["forward", "back"]),
    ] {
        let desk = TestApp::new().press(":").press(typed);
        let Overlay::Picker(chooser) = &desk.app.overlay else { panic!("{typed}: the palette is shut") };
        let names: Vec<&str> =
            (0..first.len()).map_while(|it| Some(chooser.item_at(it)?.keyword.as_str())).collect();
        assert_eq!(names, first, "{typed}");
    }
}

#[test]
fn the_palette_shows_keys_and_takes_what_belongs_to_a_command() {
    let screen = TestApp::new().with_size(120, 30).press(":next-quote").screen();
    assert!(screen.contains("▸ next quote") && screen.contains("]q"), "{screen}");
    assert!(TestApp::new().press(":xyzzy").screen().contains("No such command"));
    for (keys, words) in [
        (":only space ray enter", "only Ray"),
        (":only space zzz enter", "No speaker matches “zzz”"),
        (":99 enter", "There are 10 paragraphs"),
        (":width space 7 enter", "Width must be 30–120"),
        (":xyzzy enter", "No such command"),
    ] {
        let status = TestApp::new().with_size(200, 30).press(keys).status();
        assert!(status.contains(words), "{keys}: {status}");
    }
    assert_eq!(TestApp::new().with_size(120, 30).press(":width space 40 enter").app.panes.text.width, 40);
}

#[test]
fn the_list_of_stories_tells_what_is_known_of_each_and_opens_one() {
    let mut desk = TestApp::pending(vec![story(), story()]).with_size(120, 30);
    desk.app.set_analysis(0, Some(analysis()));
    let desk = desk.press("L");
    let screen = desk.screen();
    assert!(screen.contains("▸ 1 Ellwick will sell its ferry in May"), "{screen}");
    assert!(screen.contains("Ell Gazette · 3 March · 2 people · 6 quotes"), "{screen}");
    assert!(screen.contains("Ell Gazette · 3 March · analysing…"), "{screen}");
    let mut desk = desk.press("down");
    desk.app.set_analysis(1, Some(analysis()));
    assert!(!desk.screen().contains("analysing…"));
    let desk = desk.press("enter");
    assert_eq!(desk.app.story_position(), (1, 2));
    let desk = desk.press("ctrl-o");
    assert_eq!(desk.app.story_position(), (0, 2));
    assert!(desk.press("L zzz").screen().contains("No matching story"));
}

#[test]
fn one_speaker_is_followed_across_all_stories_and_back() {
    let desk = two().press("]q X");
    let screen = desk.screen();
    assert!(screen.contains("Ann Lee in all stories:"), "{screen}");
    assert_eq!(screen.matches("nobody would lose work").count(), 2, "{screen}");
    let desk = desk.press("down down enter");
    assert_eq!(desk.app.story_position(), (1, 2));
    assert!(desk.cursor_is_on("“The river") && desk.status().contains("quote 1/6"), "{}", desk.status());
    let desk = desk.press("ctrl-o");
    assert_eq!(desk.app.story_position(), (0, 2));
    assert!(desk.cursor_is_on("“The river"));
    assert!(two().press("5]q X").status().contains("This speaker has no name"));
    assert!(two().press("]q X froze").screen().contains("No matching quote"));
}

#[test]
fn a_click_chooses_a_row_and_does_it_when_it_is_chosen() {
    let desk = two().press("L").click("2 Ellwick");
    assert!(desk.screen().contains("▸ 2 Ellwick"), "{}", desk.screen());
    assert_eq!(desk.click("2 Ellwick").app.story_position(), (1, 2));
}

#[test]
fn a_click_chooses_a_row_of_every_list_and_a_second_one_does_it() {
    for (width, height) in [(120, 40), (70, 30)] {
        let before = || TestApp::new().with_size(width, height);
        let desk = before().press("s").click("Bo Ray");
        assert!(desk.screen().contains("▸ [ ] 2 Bo Ray"), "{}", desk.screen());
        let desk = desk.click("2 Bo Ray");
        assert!(matches!(desk.app.overlay, Overlay::None) && desk.app.current_story().filter.is_active());

        let desk = before().press("]q !").click("Speaker unknown");
        assert!(desk.screen().contains("▸ ? Speaker unknown"), "{}", desk.screen());
        assert!(desk.click("Speaker unknown").status().contains("Speaker set to unknown"));

        let desk = before().press("T").click("okabe-ito");
        assert_eq!(desk.app.themes.current(), 4);
        assert!(desk.click("okabe-ito").status().contains("Theme okabe-ito"));

        let desk = before().press("ma } } mb A").click("a Ellwick");
        let Overlay::Annotations(list) = &desk.app.overlay else { panic!("{}", desk.screen()) };
        assert_eq!(list.selected.item(), 0);
        let desk = desk.click("a Ellwick");
        assert!(
            matches!(desk.app.overlay, Overlay::None) && desk.cursor_is_on("Ellwick will"),
            "{}",
            desk.screen()
        );

        let mut desk = before().press("H");
        let past = |title: &str| HistoryEntry { title: title.into(), ..HistoryEntry::default() };
        desk.app.handle_storage_event(StorageEvent::History(vec![past("One"), past("The other")]));
        let desk = desk.click("The other");
        assert!(desk.screen().contains("▸ The other"), "{}", desk.screen());
        let Effect::OpenStory(past) = desk.click("The other").effect else { panic!("nothing is opened") };
        assert_eq!(past.title, "The other");
    }
}

#[test]
fn the_border_is_dragged() {
    let mut desk = TestApp::new().with_size(140, 30);
    let border = desk.app.panes.border;
    let at = |x| Position { x, y: border.y + 2 };
    desk.app.drag(at(border.x - 9));
    assert_eq!(desk.app.panes.border.x, border.x);
    desk.app.click(at(border.x));
    desk.app.drag(at(border.x - 9));
    assert_eq!(desk.app.panes.border.x, border.x - 9);
}

#[test]
fn the_mouse_is_left_to_the_terminal_and_taken_again() {
    let desk = TestApp::new().press("M");
    assert_eq!(desk.effect, Effect::CaptureMouse(false));
    assert!(desk.status().contains("M turns it on"), "{}", desk.status());
    assert_eq!(desk.press("M").effect, Effect::CaptureMouse(true));
}
