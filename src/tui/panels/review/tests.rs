//! The review of uncertain quotes.

use pullquote::analysis::{Entity, EntityKind, Mention, MentionKind};
use pullquote::correction::Verdict;

use crate::storage::Change;
use crate::tui::app::Effect;
use crate::tui::open_story::explanation::{BECAUSE, explain_reasons};
use crate::tui::tests::{TestApp, analysis, nth, story};

/// Returns the name of the speaker of a quote, and whether the user has decided it.
fn speaker(test_app: &TestApp, quote: usize) -> (String, bool) {
    let findings = test_app.app.current_story().findings().unwrap();
    let found = findings.quote(quote).unwrap();
    (findings.entity_name(found.speaker).into(), found.confidence >= 1.0)
}

#[test]
fn the_uncertain_quotes_come_one_after_another_with_a_counter_and_why_they_are_uncertain() {
    let test_app = TestApp::new().with_size(130, 34).press("R");
    let screen = test_app.screen();
    for words in [
        "Review  1 of 2",
        "0 checked",
        "the sale was “likely, not certain”",
        "▸ a  3 an official of the Transport Board",
        "b  2 Bo Ray",
        "u    Speaker unknown",
        "x    Not a quote",
        "Low (40 %)",
    ] {
        assert!(screen.contains(words), "{words}\n{screen}");
    }
    let screen = test_app.press("enter").screen();
    assert!(screen.contains("Review  2 of 2") && screen.contains("1 checked"), "{screen}");
    assert!(screen.contains("Tickets stay valid until then"), "{screen}");
}

#[test]
fn one_key_accepts_and_one_letter_corrects() {
    let test_app = TestApp::new().with_size(130, 34).press("R C b");
    assert_eq!(speaker(&test_app, 4), ("an official of the Transport Board".into(), true));
    let (name, is_decided) = speaker(&test_app, 5);
    assert!(is_decided && name != "Unknown speaker", "{name}");
    let screen = test_app.screen();
    assert!(screen.contains("All 2 uncertain quotes reviewed") && screen.contains("2 checked"), "{screen}");
    assert!(!test_app.press("enter").screen().contains("Review"));
}

#[test]
fn an_unknown_speaker_that_is_accepted_stays_unknown_and_is_verified() {
    let test_app = TestApp::new().with_size(130, 34).press("R J enter");
    assert_eq!(speaker(&test_app, 5), ("Unknown speaker".into(), true));
    assert!(test_app.screen().contains("Review  1 of 2"), "{}", test_app.screen());
}

#[test]
fn each_decision_is_saved_as_a_correction() {
    let test_app = TestApp::new().with_size(130, 34).press("R enter enter");
    let saved = test_app.app.changes.iter().filter_map(|it| match &it.1 {
        Change::Corrected { added: Some(added), .. } => Some(added.verdict.clone()),
        _ => None,
    });
    let official = Verdict::Said("an official of the Transport Board".into());
    assert_eq!(saved.collect::<Vec<_>>(), [official, Verdict::UnknownSpeaker]);
}

#[test]
fn what_is_undone_is_shown_again() {
    let test_app = TestApp::new().with_size(130, 34).press("R enter enter U");
    let screen = test_app.screen();
    assert!(screen.contains("Review  2 of 2") && screen.contains("1 checked"), "{screen}");
    let screen = test_app.press("U").screen();
    assert!(screen.contains("Review  1 of 2") && screen.contains("0 checked"), "{screen}");
}

#[test]
fn a_name_that_is_not_listed_is_given_as_elsewhere_and_the_next_quote_follows() {
    let test_app = TestApp::new().with_size(130, 34).press("R ! Dee space Fox enter enter");
    assert_eq!(speaker(&test_app, 4), ("Dee Fox".into(), true));
    assert!(test_app.screen().contains("Review  2 of 2"), "{}", test_app.screen());
}

#[test]
fn a_quote_that_is_none_is_struck_and_the_story_stays_where_it_was() {
    let test_app = TestApp::new().with_size(130, 34).press("R up enter");
    assert_eq!(test_app.app.current_story().findings().unwrap().analysis.rejected.len(), 1);
    assert!(test_app.press("esc").cursor_is_on("Ellwick"));
}

#[test]
fn without_uncertain_quotes_there_is_nothing_to_review() {
    let test_app = TestApp::new().with_size(130, 34).press("R enter enter enter R");
    assert!(test_app.status().contains("No uncertain quotes"), "{}", test_app.status());
    assert!(TestApp::new().press("2]q S R").status().contains("No uncertain quotes"));
}

#[test]
fn the_quote_under_review_is_copied() {
    let test_app = TestApp::new().press("R y");
    assert!(matches!(&test_app.effect, Effect::Copy(it) if it.text.contains("likely, not certain")));
}

#[test]
fn it_is_drawn_on_a_screen_of_any_size() {
    for (width, height) in [(20, 5), (40, 10), (80, 24), (200, 50)] {
        let screen = TestApp::new().with_size(width, height).press("R").screen();
        assert!(screen.contains("Review"), "{width}×{height}\n{screen}");
    }
}

#[test]
fn a_digit_beside_a_name_is_the_number_of_the_speaker_and_no_key() {
    let test_app = TestApp::new().with_size(130, 34).press("R 2 1");
    assert_eq!(speaker(&test_app, 4), ("an official of the Transport Board".into(), false));
    assert!(test_app.screen().contains("0 checked"), "{}", test_app.screen());
}

#[test]
fn a_letter_says_that_the_speaker_is_unknown_or_that_it_is_no_quote() {
    let test_app = TestApp::new().with_size(130, 34).press("R u");
    assert_eq!(speaker(&test_app, 4), ("Unknown speaker".into(), true));
    let test_app = TestApp::new().with_size(130, 34).press("R x");
    assert_eq!(test_app.app.current_story().findings().unwrap().analysis.rejected.len(), 1);
}

#[test]
fn in_a_low_panel_the_reason_is_whole_and_the_words_of_the_quote_give_way() {
    for (width, height) in [(80, 24), (100, 24), (130, 34)] {
        let test_app = TestApp::new().with_size(width, height).press("R");
        let reasons = explain_reasons(test_app.app.current_story(), 4);
        let because = reasons.iter().find(|it| it.label == BECAUSE).unwrap();
        let side = usize::from(test_app.app.panes.panel().x);
        let right = |it: &String| it.chars().skip(side).collect::<String>();
        let panel: String = test_app.rows().iter().map(right).collect::<Vec<_>>().join(" ");
        let panel = panel.replace("Because", " ");
        let panel: Vec<&str> = panel.split_whitespace().collect();
        assert!(panel.join(" ").contains(&because.text), "{width}×{height}\n{}", test_app.screen());
        assert!(panel.contains(&"Who"), "{}", test_app.screen());
    }
}

#[test]
fn where_all_names_are_listed_none_are_said_to_be_left_out() {
    for (width, height) in [(80, 24), (130, 34)] {
        let screen = TestApp::new().with_size(width, height).press("R").screen();
        assert!(!screen.contains("more: !"), "{screen}");
    }
}

#[test]
fn a_name_that_is_cut_is_whole_in_the_status_line() {
    for keys in ["R", "5]q !", "5]q s"] {
        let test_app = TestApp::new().with_size(80, 24).press(keys);
        assert!(test_app.status().starts_with("an official of the Transport Board"), "{}", test_app.screen());
        let wide = TestApp::new().with_size(159, 40).press("< < < < < < < <").press(keys);
        assert!(!wide.status().starts_with("an official"), "{}", wide.status());
    }
    let accepted = TestApp::new().with_size(80, 24).press("R enter");
    assert!(accepted.status().contains("Speaker set to"), "{}", accepted.status());
}

#[test]
fn in_a_low_panel_many_names_give_way_to_the_reason() {
    let mut found = analysis();
    for (number, words) in
        ["The bridge", "in June", "Read more", "the bridges", "of the Ell"].iter().enumerate()
    {
        let mut person = Entity::new(EntityKind::Person, format!("Dee Fox {number}"));
        person.mentions = vec![Mention::new(nth(words, 0), MentionKind::Name)];
        found.entities.push(person);
    }
    for (height, least) in [(24, 3), (40, 6)] {
        let mut test_app = TestApp::pending(vec![story()]).with_size(80, height);
        test_app.app.set_analysis(0, Some(found.clone()));
        let test_app = test_app.press("R");
        let screen = test_app.screen();
        let names = screen
            .lines()
            .filter(|it| it.contains("    b  ") || it.contains("Dee Fox") || it.contains("▸ a "));
        assert!(names.count() >= least, "{screen}");
        assert!(screen.contains("x    Not a quote"), "{screen}");
        // Ann Lee, Bo Ray, the official, their board and the five others may have said it.
        let side = usize::from(test_app.app.panes.panel().x);
        let key = |row: &str| row.chars().nth(side + 2).filter(|it| ('a'..='g').contains(it));
        let is_name = |row: &&str| key(row).is_some() && row.chars().nth(side + 3) == Some(' ');
        let listed = screen.lines().skip(3).take_while(|it| !it.contains("more: !")).filter(is_name).count();
        assert!(screen.contains(&format!("… {} more: !", 9 - listed)), "{listed}\n{screen}");
        let reasons = explain_reasons(test_app.app.current_story(), 4);
        let last =
            reasons.iter().find(|it| it.label == BECAUSE).unwrap().text.split(' ').next_back().unwrap();
        assert!(screen.contains(last), "{last}\n{screen}");
    }
}
