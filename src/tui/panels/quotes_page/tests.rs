//! The page of all quotes.

use crate::tui::app::Effect;
use crate::tui::tests::{TestApp, analysis, story};
use pullquote::analysis::{Quote, QuoteKind};
use pullquote::span::Span;

/// Returns the first words of the rows with a marker: the selected item.
fn selected(test_app: &TestApp) -> String {
    let rows = test_app.rows();
    let row = rows.iter().find(|it| it.contains('▸')).unwrap_or_else(|| panic!("{}", test_app.screen()));
    row.trim().to_string()
}

#[test]
fn every_quote_is_listed_whole_with_its_speaker_number_place_and_confidence() {
    for (width, rows) in [
        (
            90,
            &[
                "▸  1 Ann Lee · Mayor",
                "¶4   98 %",
                "● “The river is ours, but the boat never was,”",
                "2 Bo Ray",
                "● “We were not asked,” “Not once in thirty years.”",
                "3 an official of the Transport Board? · unnamed",
                "? Unknown speaker",
            ][..],
        ),
        (
            130,
            &[
                "▸  1 Ann Lee                       ● “The river is ours, but the boat never was,”",
                "     Mayor",
                "◐ “a great pity”",
            ],
        ),
    ] {
        let screen = TestApp::new().with_size(width, 36).press("V").screen();
        assert!(screen.contains("6 quotes") && screen.contains("sorted by  story"), "{screen}");
        for words in rows {
            assert!(screen.contains(words), "{words}\n{screen}");
        }
    }
}

#[test]
fn enter_goes_to_the_place_in_the_story_and_escape_back_to_where_the_reader_was() {
    let test_app = TestApp::new().press("V j j");
    assert!(selected(&test_app).contains("Bo Ray"), "{}", test_app.screen());
    let test_app = test_app.press("enter");
    assert!(test_app.cursor_is_on("“a great pity”") && test_app.status().contains("quote 3/6"));
    assert!(test_app.press("ctrl-o").cursor_is_on("Ellwick"));
    assert!(TestApp::new().press("V j j esc").cursor_is_on("Ellwick"));
    assert!(TestApp::new().press("2]q V").status().contains("quote 2/6"));
}

#[test]
fn the_orders_follow_at_a_key_and_the_selected_quote_stays_selected() {
    let test_app = TestApp::new().press("4]q V l");
    assert!(selected(&test_app).contains("Bo Ray"), "{}", test_app.screen());
    let test_app = test_app.press("l g g");
    assert!(selected(&test_app).contains("9 words"), "{}", test_app.screen());
    let test_app = test_app.press("l g g");
    assert!(selected(&test_app).contains("Unknown speaker"), "{}", test_app.screen());
    assert!(selected(&test_app.press("l g g")).contains("Ann Lee"));
}

#[test]
fn the_filter_of_the_story_holds_here_and_can_be_changed_here() {
    let test_app = TestApp::new().press("3]q S V");
    let screen = test_app.screen();
    assert!(screen.contains("2 of 6 quotes") && !screen.contains("Ann Lee"), "{screen}");
    assert!(test_app.status().contains("only Ray"), "{}", test_app.status());
    let screen = test_app.press("S").screen();
    assert!(screen.contains("6 quotes") && screen.contains("Ann Lee"), "{screen}");
    let screen = TestApp::new().press("V Q").screen();
    assert!(screen.contains("4 of 6 quotes") && !screen.contains("nobody would lose"), "{screen}");
}

#[test]
fn the_selected_quote_is_copied_corrected_and_explained_from_here() {
    let test_app = TestApp::new().press("V j j y");
    assert!(matches!(&test_app.effect, Effect::Copy(it) if it.text.starts_with("“a great pity” — Bo Ray")));
    let test_app = test_app.press("! ann enter");
    assert!(selected(&test_app).contains("Ann Lee✓"), "{}", test_app.screen());
    let test_app = test_app.press("U");
    assert!(selected(&test_app).contains("Bo Ray"), "{}", test_app.screen());
    let test_app = test_app.press("w");
    assert!(test_app.screen().contains("Why this speaker?"));
    assert!(selected(&test_app.press("J esc")).contains("Bo Ray"));
}

#[test]
fn what_is_exported_from_here_is_what_the_story_exports() {
    let test_app = TestApp::new().press("V Q :export space river.md enter");
    assert!(
        matches!(&test_app.effect, Effect::WriteFile(it) if it.text.contains("a great pity") && !it.text.contains("> nobody")),
        "{:?}\n{}",
        test_app.effect,
        test_app.screen()
    );
}

#[test]
fn the_next_quote_of_the_same_speaker_is_found_in_any_order() {
    let test_app = TestApp::new().press("V )");
    assert!(test_app.status().contains("quote 2/6"), "{}", test_app.status());
    assert!(test_app.press(")").status().contains("Last quote of this speaker"));
}

#[test]
fn the_selected_quote_is_visible_on_a_screen_of_any_size() {
    for (width, height) in [(20, 5), (40, 10), (80, 12), (100, 9), (160, 50)] {
        let mut test_app = TestApp::new().with_size(width, height).press("V");
        for _ in 0..6 {
            assert!(test_app.screen().contains('▸'), "{width}×{height}\n{}", test_app.screen());
            test_app = test_app.press("j");
        }
        assert!(test_app.press("G space b").screen().contains('▸'));
    }
}

#[test]
fn a_click_on_an_order_sorts_by_it() {
    let test_app = TestApp::new().press("V").click("length");
    assert!(test_app.press("g g").screen().contains("9 words"));
}

#[test]
fn a_click_selects_a_quote_and_a_second_one_opens_it() {
    let test_app = TestApp::new().with_size(90, 36).press("V").click("“We were not asked");
    assert!(test_app.status().contains("quote 4/6"), "{}", test_app.status());
    assert!(test_app.click("“We were not asked").cursor_is_on("“We were not asked,”"));
}

#[test]
fn under_a_short_list_the_selected_quote_is_shown_in_its_story() {
    let screen = TestApp::new().with_size(200, 50).press("V").screen();
    let place = screen.find("In the story").unwrap_or_else(|| panic!("{screen}"));
    assert!(
        screen[place..].contains("said on Monday") || screen[place..].contains("told reporters"),
        "{screen}"
    );
    assert!(!TestApp::new().with_size(80, 24).press("V").screen().contains("In the story"));
}

#[test]
fn a_headline_that_is_repeated_as_the_lead_is_shown_once_below_its_quote() {
    let mut found = analysis();
    let span = Span::new(0, "Ellwick will sell its ferry".len());
    found.quotes.insert(0, Quote::new(QuoteKind::Indirect, vec![span]));
    let mut test_app = TestApp::pending(vec![story()]).with_size(200, 50);
    test_app.app.set_analysis(0, Some(found));
    let screen = test_app.press("V g g").screen();
    let below = &screen[screen.find("In the story").unwrap_or_else(|| panic!("{screen}"))..];
    assert_eq!(below.matches("Ellwick will sell its ferry in May").count(), 1, "{screen}");
    assert!(below.contains("By Mia Torn"), "{screen}");
}
