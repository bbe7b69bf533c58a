//! Profiles in the side pane.

use insta::assert_snapshot;
use pullquote::analysis::{Entity, EntityKind};
use ratatui::style::Modifier;

use crate::tui::tests::{TestApp, analysis, story};

#[test]
fn the_profile_shows_all_that_is_known_of_the_selected_person() {
    assert_snapshot!(TestApp::new().with_size(120, 30).press("tab 2 enter j j").screen());
}

#[test]
fn a_profile_previews_goes_to_a_mention_and_returns_to_where_it_was_opened() {
    let test_app = TestApp::new().with_size(120, 24).press("tab 2 j enter j");
    assert!(test_app.cursor_is_on("Ellwick will"));
    assert!(test_app.status().starts_with("quote 4/6 · Ray 2/2"), "{}", test_app.status());
    let test_app = test_app.press("j");
    assert!(test_app.status().starts_with("Ray: mention 1/2"), "{}", test_app.status());
    assert!(test_app.attributes("Ray, who has").contains(Modifier::REVERSED));
    let test_app = test_app.press("enter");
    assert!(test_app.cursor_is_on("Bo Ray, who"));
    assert!(test_app.screen().contains("2 quotes, 12 words quoted"), "{}", test_app.screen());
    // Moving in the story selects the row of the profile for the mention at the cursor.
    let test_app = test_app.press("]e");
    assert!(
        test_app.rows().iter().any(|it| it.contains("▸ ¶6") && it.contains("Ray said")),
        "{}",
        test_app.screen()
    );
    let test_app = test_app.press("tab esc");
    assert!(test_app.rows().iter().any(|it| it.contains("▸  2 Bo Ray ")), "{}", test_app.screen());
    let test_app = test_app.press("enter backspace backspace");
    assert!(test_app.cursor_is_on("Ray said"));
}

#[test]
fn nobody_and_who_has_no_name_have_profiles_too() {
    let test_app = TestApp::new().press("5]q P");
    assert!(test_app.screen().contains("unnamed source"), "{}", test_app.screen());
    assert!(test_app.status().starts_with("quote 5/6"), "{}", test_app.status());
    let test_app = TestApp::new().press("6]q P");
    assert!(test_app.screen().contains("Unknown speaker"), "{}", test_app.screen());
    assert!(test_app.press("enter").cursor_is_on("Tickets"));
    let test_app = TestApp::new().press("tab 2 G");
    assert!(test_app.rows().iter().any(|it| it.contains("▸  ? Unknown speaker")), "{}", test_app.screen());
    assert!(test_app.press("enter enter").cursor_is_on("Tickets"));
}

#[test]
fn joint_speakers_link_to_one_another() {
    let mut found = analysis();
    let members = vec![0, 1];
    let mut both = Entity::new(EntityKind::Group, "Lee and Ray");
    both.members = members;
    both.mentions = found.entities[5].mentions.clone();
    found.entities.push(both);
    found.quotes[5].speaker = Some(6);
    let mut test_app = TestApp::pending(vec![story()]);
    test_app.app.set_analysis(0, Some(found));
    let test_app = test_app.with_size(120, 40).press("6]q P");
    assert!(test_app.screen().contains("group: Ann Lee, Bo Ray"), "{}", test_app.screen());
    let test_app = test_app.press("j enter");
    assert!(test_app.screen().contains("3 quotes, "), "{}", test_app.screen());
    assert!(test_app.screen().contains("Joint statements"), "{}", test_app.screen());
    assert!(test_app.press("esc").screen().contains("group: Ann Lee"));
}

#[test]
fn the_profile_of_an_organisation_names_its_people_in_full() {
    let mut found = analysis();
    found.entities[2].affiliation = Some(3);
    let mut test_app = TestApp::pending(vec![story()]).with_size(100, 30);
    test_app.app.set_analysis(0, Some(found));
    let test_app = test_app.press("tab 3 enter");
    let screen = test_app.screen();
    assert!(screen.contains("1 quote, 6 words quoted, 1 mention"), "{screen}");
    let heading = screen.lines().position(|it| it.contains("Its people")).unwrap();
    let below: Vec<&str> = screen.lines().skip(heading + 1).take(2).collect();
    assert!(below[0].contains("3 an official of the") && below[1].contains("Transport Board"), "{screen}");
}

#[test]
fn the_profile_of_a_person_has_their_documents_and_what_these_say() {
    let mut found = analysis();
    found.entities[2].affiliation = Some(0);
    for (kind, heading, quotes) in [
        (EntityKind::Unnamed, "Speaking for them", "2 quotes, "),
        (EntityKind::Document, "Their documents", "3 quotes, "),
    ] {
        found.entities[2].kind = kind;
        let mut test_app = TestApp::pending(vec![story()]).with_size(120, 40);
        test_app.app.set_analysis(0, Some(found.clone()));
        let screen = test_app.press("]q P").screen();
        assert!(screen.contains(heading) && screen.contains(quotes), "{kind:?}\n{screen}");
    }
}

#[test]
fn documents_have_a_heading_of_their_own_among_the_people() {
    let mut found = analysis();
    found.entities[2].kind = EntityKind::Document;
    let mut test_app = TestApp::pending(vec![story()]).with_size(120, 40);
    test_app.app.set_analysis(0, Some(found));
    let screen = test_app.press("tab 2").screen();
    let row = |text: &str| screen.lines().position(|it| it.contains(text)).unwrap();
    assert!(row("Unknown speaker") < row("Documents"), "{screen}");
    assert!(row("Documents") < row("3 an official"), "{screen}");
}

#[test]
fn a_profile_that_was_opened_from_the_story_is_closed_by_one_key_and_leaves_no_trace() {
    for keys in ["J", "4]q", "l", "4]q S"] {
        let test_app = TestApp::new().with_size(120, 30).press(keys);
        let before = test_app.screen();
        for closing in ["P esc", "P j j esc", "P backspace"] {
            let test_app = TestApp::new().with_size(120, 30).press(keys).press(closing);
            assert_eq!(test_app.screen(), before, "{keys} {closing}");
        }
    }
}
