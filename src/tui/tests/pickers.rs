//! Pickers: the palette, the open stories, one speaker in all stories; the mouse on lists and borders.

use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::storage::{HistoryEntry, StorageEvent};
use crate::tui::app::Effect;
use crate::tui::tests::{STORY, TestApp, analysis, story};
use crate::tui::text::width::display_width;
use pullquote::analysis::Analysis;
use pullquote::span::Span;
use pullquote::story::{Block, BlockKind, Story};
use ratatui::layout::Position;

/// Opens two analysed stories.
fn two() -> TestApp {
    let mut test_app = TestApp::pending(vec![story(), story()]).with_size(120, 30);
    test_app.app.set_analysis(0, Some(analysis()));
    test_app.app.set_analysis(1, Some(analysis()));
    test_app
}

#[test]
fn the_palette_does_what_is_typed_by_name_or_by_words() {
    for (keys, place) in [
        (":next-quote enter", "“The river"),
        (": NEXT-QUOTE enter", "“The river"),
        (":5 enter", "Bo Ray"),
        (":5 enter ctrl-o", "Ellwick will"),
        (":next-q esc", "Ellwick will"),
        (": backspace j", "By Mia"),
    ] {
        let test_app = TestApp::new().press(keys);
        assert!(test_app.cursor_is_on(place), "{keys}: {}", test_app.screen());
    }
    assert_eq!(TestApp::new().press(":quit enter").effect, Effect::Quit);
}

#[test]
fn the_palette_shows_keys() {
    let screen = TestApp::new().with_size(120, 30).press(":next-quote").screen();
    assert!(screen.contains("▸ next-quote") && screen.contains("    J"), "{screen}");
}

/// The time of the processors that this thread has used; nothing on systems that do not tell it.
fn thread_time() -> Duration {
    let times = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let used = times.split(' ').next().and_then(|it| it.parse().ok()).unwrap_or(0);
    Duration::from_nanos(used)
}

#[test]
fn findings_of_many_stories_do_not_rebuild_an_open_list() {
    const STORIES: usize = 4000;
    let mut test_app = TestApp::pending(vec![story(); STORIES]).with_size(120, 30).press("L");
    let found = Analysis::default();
    let start = thread_time();
    for number in 0..STORIES {
        test_app.app.set_analysis(number, Some(found.clone()));
    }
    let screen = test_app.screen();
    let used = thread_time().saturating_sub(start);
    assert!(screen.contains("▸ 1 Ellwick"), "{screen}");
    // A list of all stories for each of them takes a minute.
    assert!(used < Duration::from_secs(4), "{used:?}");
}

#[test]
fn the_list_of_stories_shows_what_is_known_of_each_and_opens_one() {
    let mut test_app = TestApp::pending(vec![story(), story()]).with_size(120, 30);
    test_app.app.set_analysis(0, Some(analysis()));
    let test_app = test_app.press("L");
    let screen = test_app.screen();
    assert!(screen.contains("▸ 1 Ellwick will sell its ferry in May"), "{screen}");
    assert!(screen.contains("quotes    words   read"), "{screen}");
    assert!(screen.contains("6      114") && screen.contains("…      114"), "{screen}");
    let mut test_app = test_app.press("down");
    test_app.app.set_analysis(1, Some(analysis()));
    assert!(!test_app.screen().contains("…      114"), "what is known of a story is told at once");
    test_app.app.append_story(Arc::new(story()));
    let due = test_app.app.panel_refresh_due.expect("the list lacks a story");
    let before = due.checked_sub(Duration::from_millis(1)).expect("it is due later");
    test_app.app.refresh_panel_if_due(before);
    assert!(!test_app.screen().contains("  3 Ellwick"), "many stories are waited for together");
    test_app.app.refresh_panel_if_due(due);
    let screen = test_app.screen();
    assert!(screen.contains("  3 Ellwick") && screen.contains("▸ 2 Ellwick"), "{screen}");
    assert!(test_app.app.panel_refresh_due.is_none());
    let test_app = test_app.press("enter");
    assert_eq!(test_app.app.story_position(), (1, 3));
    let test_app = test_app.press("ctrl-o");
    assert_eq!(test_app.app.story_position(), (0, 3));
    assert!(test_app.press("L zzz").screen().contains("No matching story"));
}

#[test]
fn one_speaker_is_followed_across_all_stories_and_back() {
    let test_app = two().press("]q X");
    let screen = test_app.screen();
    assert!(screen.contains("4 quotes in 2 of 2 stories"), "{screen}");
    assert_eq!(screen.matches("nobody would lose work").count(), 2, "{screen}");
    let test_app = test_app.press("down down enter");
    assert_eq!(test_app.app.story_position(), (1, 2));
    assert!(
        test_app.cursor_is_on("“The river") && test_app.status().contains("quote 1/6"),
        "{}",
        test_app.status()
    );
    let test_app = test_app.press("ctrl-o");
    assert_eq!(test_app.app.story_position(), (0, 2));
    assert!(test_app.cursor_is_on("“The river"));
    assert!(two().press("5]q X").status().contains("This speaker has no name"));
}

#[test]
fn a_click_chooses_a_row_and_does_it_when_it_is_chosen() {
    let test_app = two().press("L").click("2 Ellwick");
    assert!(test_app.screen().contains("▸ 2 Ellwick"), "{}", test_app.screen());
    assert_eq!(test_app.click("2 Ellwick").app.story_position(), (1, 2));
}

#[test]
fn a_click_chooses_a_row_of_every_list_and_a_second_one_does_it() {
    for (width, height) in [(120, 40), (70, 30)] {
        let before = || TestApp::new().with_size(width, height);
        let test_app = before().press("s").click("Bo Ray");
        assert!(test_app.screen().contains("▸ [ ] 2 Bo Ray"), "{}", test_app.screen());
        let test_app = test_app.click("2 Bo Ray");
        assert!(test_app.app.panel().is_none() && test_app.app.current_story().filter.is_active());

        let test_app = before().press("]q !").click("Speaker unknown");
        assert!(test_app.screen().contains("▸  ? Speaker unknown"), "{}", test_app.screen());
        assert!(test_app.click("Speaker unknown").status().contains("Speaker set to unknown"));

        let test_app = before().press("T").click("okabe-ito");
        assert_eq!(test_app.app.themes.current(), 4);
        assert!(test_app.click("okabe-ito").status().contains("Theme okabe-ito"));

        let test_app = before().press("ma } } mb A").click("a Ellwick");
        assert!(test_app.screen().contains("▸ a Ellwick"), "{}", test_app.screen());
        let test_app = test_app.click("a Ellwick");
        assert!(
            test_app.app.panel().is_none() && test_app.cursor_is_on("Ellwick will"),
            "{}",
            test_app.screen()
        );

        let mut test_app = before().press("H");
        let past = |title: &str| HistoryEntry { title: title.into(), ..HistoryEntry::default() };
        test_app.app.handle_storage_event(StorageEvent::History(vec![past("One"), past("The other")]));
        let test_app = test_app.click("The other");
        assert!(test_app.screen().contains("▸ The other"), "{}", test_app.screen());
        let Effect::OpenStory(past) = test_app.click("▸ The other").effect else {
            panic!("nothing is opened")
        };
        assert_eq!(past.title, "The other");
    }
}

#[test]
fn the_border_is_dragged() {
    let mut test_app = TestApp::new().with_size(140, 30);
    let border = test_app.app.panes.border;
    let at = |x| Position { x, y: border.y + 2 };
    test_app.app.drag(at(border.x - 9));
    assert_eq!(test_app.app.panes.border.x, border.x);
    test_app.app.click(at(border.x));
    test_app.app.drag(at(border.x - 9));
    assert_eq!(test_app.app.panes.border.x, border.x - 9);
}

#[test]
fn the_mouse_is_left_to_the_terminal_and_taken_again() {
    let test_app = TestApp::new().press("M");
    assert_eq!(test_app.effect, Effect::CaptureMouse(false));
    assert!(test_app.status().contains("M turns it on"), "{}", test_app.status());
    assert_eq!(test_app.press("M").effect, Effect::CaptureMouse(true));
}

#[test]
fn a_click_on_a_hint_runs_its_command() {
    let test_app = TestApp::new().with_size(120, 30).click("next quote");
    assert!(test_app.status().contains("quote 1/6"), "{}", test_app.status());
    let test_app = test_app.click("only Lee");
    assert!(test_app.status().contains("only Lee · "), "{}", test_app.status());
    assert!(test_app.click("help").screen().contains("The program"));
    assert_eq!(TestApp::new().click("quit").effect, Effect::Quit);
    assert!(!TestApp::new().press("V").click("close").screen().contains("sorted by"));
}

#[test]
fn a_right_click_opens_what_can_be_done_there_and_a_second_one_closes_it() {
    let test_app = TestApp::new().with_size(120, 40).right_click("“a great pity”");
    for words in ["Here:", "copy quote with attribution", "why this speaker?", "all commands …"] {
        assert!(test_app.screen().contains(words), "{words}\n{}", test_app.screen());
    }
    let test_app = test_app.click("copy quote with");
    assert!(
        matches!(&test_app.effect, Effect::Copy(it) if it.text.contains("a great pity")),
        "{:?}",
        test_app.effect
    );
    let test_app = TestApp::new().with_size(120, 40).right_click("Norham opens");
    assert!(!test_app.screen().contains("copy quote"), "{}", test_app.screen());
    assert!(!test_app.right_click("Here").screen().contains("Here:"));
}

#[test]
fn a_second_click_on_a_number_shows_only_that_speaker_and_a_third_one_all() {
    let test_app = TestApp::new().with_size(140, 40).click("2▌");
    assert!(test_app.status().contains("quote 3/6"), "{}", test_app.status());
    let test_app = test_app.click("2█");
    assert!(test_app.status().contains("only Ray"), "{}", test_app.status());
    assert!(!test_app.click("2█").status().contains("only Ray ·"));
}

#[test]
fn a_click_on_the_scroll_bar_goes_to_that_part_of_the_story() {
    for (width, x) in [(70, 69), (120, 0)] {
        let mut test_app = TestApp::new().with_size(width, 12);
        let bar = test_app.app.panes.scrollbar;
        let at = Position { x: bar.x.max(x), y: bar.bottom() - 1 };
        test_app.app.click(at);
        test_app.app.release(at);
        let cursor = test_app.app.current_story().viewport.cursor;
        assert!(cursor > STORY.len() / 2, "{width}: {cursor}");
    }
}

#[test]
fn the_stories_are_a_table_with_a_preview_of_the_selected_one() {
    let test_app = two().with_size(300, 40).press("L");
    let screen = test_app.screen();
    let row = |words: &str| test_app.rows().into_iter().find(|it| it.contains(words)).unwrap_or_default();
    let titles = row("source");
    for title in ["source", "date", "people", "quotes", "words", "read"] {
        assert!(titles.contains(title), "{title}\n{screen}");
    }
    // The cells end where the titles of their columns end.
    let entry = row("▸ 1 Ellwick");
    let end = |row: &str, words: &str| display_width(&row[..row.find(words).unwrap() + words.len()]);
    assert_eq!(end(&titles, "words"), end(&entry, "114"), "{screen}");
    assert!(entry.contains("Ell Gazette") && entry.contains("3 March"), "{screen}");
    assert!(screen.contains("The harbour council of Ellwick will sell the last ferry"), "{screen}");
    assert!(!two().with_size(100, 12).press("L").screen().contains("harbour council"));
}

#[test]
fn on_a_narrow_screen_the_preview_of_a_story_is_below_a_short_list() {
    let test_app = two().with_size(80, 24).press("L down");
    let rows = test_app.rows();
    let at = |words: &str| rows.iter().position(|it| it.contains(words));
    let (last, preview) = (at("▸ 2 Ellwick"), at("The harbour council of Ellwick"));
    assert!(last.is_some() && preview > last, "{}", test_app.screen());
    assert!(test_app.status().contains("Enter open"), "{}", test_app.status());
    // The list keeps all of its rows where there are many stories.
    let many = TestApp::pending(vec![story(); 30]).with_size(80, 24).press("L");
    assert!(many.screen().contains("18 Ellwick") && !many.screen().contains("harbour"), "{}", many.screen());
}

#[test]
fn stories_that_cannot_be_opened_are_counted_and_listed() {
    let mut test_app = TestApp::new().with_size(120, 30);
    test_app.app.notify_not_opened("one.txt: No such file; check the name");
    assert!(test_app.status().contains("one.txt: No such file"), "{}", test_app.status());
    test_app.app.notify_not_opened("two.txt: No such file; check the name");
    assert!(test_app.status().contains("2 stories were not opened"), "{}", test_app.status());
    let test_app = test_app.press("L");
    let screen = test_app.screen();
    assert!(screen.contains("! one.txt: No such file") && screen.contains("! two.txt"), "{screen}");
    let test_app = test_app.press("down enter");
    assert!(test_app.status().contains("one.txt: No such file; check the name"), "{}", test_app.status());
    assert!(test_app.screen().contains("Open stories"));
}

#[test]
fn a_table_says_that_letters_filter_it() {
    let test_app = TestApp::new().with_size(120, 30).press("L");
    assert!(test_app.screen().contains("Open stories   type to filter"), "{}", test_app.screen());
    assert!(!test_app.press("e").screen().contains("type to filter"));
}

#[test]
fn a_long_headline_takes_further_rows_and_a_reason_not_to_open_the_whole_width() {
    let mut long = story();
    long.published = None;
    let text =
        STORY.replacen("sell its ferry in May", &format!("sell its {}ferry at last", "very ".repeat(20)), 1);
    let end = text.find('\n').unwrap();
    let block = Block::new(BlockKind::Headline, Span::new(0, end));
    let long = Story::new(long.format, text, vec![block]);
    for (width, height) in [(80, 24), (120, 40), (200, 50)] {
        let mut test_app = TestApp::pending(vec![long.clone(), story()]).with_size(width, height);
        let reason = "old.txt: This file looks like a program and not like a story, a page or a document; open the text of it";
        test_app.app.notify_not_opened(reason);
        let test_app = test_app.press("L");
        let list = test_app.rows().join(" ").split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(list.contains("ferry at last"), "{}", test_app.screen());
        assert!(!list.contains("open the text …"), "{}", test_app.screen());
        let rows = test_app.rows();
        let second = rows.iter().position(|it| it.contains("2 Ellwick")).unwrap();
        // A click on the second row of the first story opens that one.
        assert!(rows[second - 1].contains("very"), "{}", test_app.screen());
        assert_eq!(test_app.press("down down up enter").app.current, 1);
    }
}

#[test]
fn keys_that_go_beyond_the_last_story_are_done_when_further_stories_have_come() {
    let open = |keys: &str| {
        let mut test_app = TestApp::pending(vec![story()]).with_size(120, 30);
        test_app.app.is_loading = true;
        test_app = test_app.press("L").press(keys);
        for _ in 0..4 {
            test_app.app.append_story(Arc::new(story()));
        }
        test_app.app.panel_refresh_due = Some(Instant::now());
        test_app.app.refresh_panel_if_due(Instant::now());
        test_app.app.is_loading = false;
        test_app.press("enter").app.current
    };
    assert_eq!([open(""), open("down"), open("down down"), open("down down up")], [0, 1, 2, 0]);
    assert_eq!([open("pgdn"), open("down down down down down down")], [4, 4]);
    // All stories are loaded, but the list does not show the last ones yet.
    let mut test_app = TestApp::pending(vec![story()]).with_size(120, 30).press("L");
    test_app.app.append_story(Arc::new(story()));
    let mut test_app = test_app.press("down");
    let due = test_app.app.panel_refresh_due.expect("the list lacks a story");
    test_app.app.refresh_panel_if_due(due);
    assert!(test_app.screen().contains("▸ 2 Ellwick"), "{}", test_app.screen());
    let mut test_app = TestApp::pending(vec![story()]).with_size(120, 30);
    test_app.app.is_loading = true;
    assert!(test_app.press(".").status().contains("The next story is still loading"));
}

#[test]
fn what_is_typed_into_the_palette_finds_the_same_when_a_story_is_analysed_meanwhile() {
    for keys in [":compare space enter", ":only space ray", ":spell", ":w space notes.md"] {
        let mut test_app = two().press(keys);
        let before = test_app.rows();
        test_app.app.set_analysis(1, Some(analysis()));
        test_app.app.panel_refresh_due = Some(Instant::now());
        test_app.app.refresh_panel_if_due(Instant::now());
        assert_eq!(test_app.rows(), before, "{keys}");
    }
}
