//! Profiles in the side pane.

use insta::assert_snapshot;
use pullquote::analysis::{Entity, EntityKind};
use ratatui::style::Modifier;

use crate::tui::tests::{TestApp, analysis, story};

#[test]
fn who_is_chosen_is_shown_alone_with_all_that_is_known() {
    assert_snapshot!(TestApp::new().with_size(120, 30).press("tab 2 enter j j").screen());
}

#[test]
fn a_profile_previews_goes_there_and_leads_back_to_where_it_was_opened() {
    let desk = TestApp::new().press("tab 2 j enter j");
    assert!(desk.cursor_is_on("Ellwick will"));
    assert!(desk.status().starts_with("quote 4/6 · Ray 2/2"), "{}", desk.status());
    let desk = desk.press("j");
    assert!(desk.status().starts_with("Ray: mention 1/2"), "{}", desk.status());
    assert!(desk.attributes("Ray, who has").contains(Modifier::REVERSED));
    let desk = desk.press("enter");
    assert!(desk.cursor_is_on("Bo Ray, who"));
    assert!(desk.screen().contains("2 quotes, 12 words quoted"), "{}", desk.screen());
    // Moving in the story selects the row of the profile for the mention at the cursor.
    let desk = desk.press("]e");
    assert!(desk.rows().iter().any(|it| it.contains("▸ ¶6") && it.contains("Ray said")), "{}", desk.screen());
    let desk = desk.press("tab esc");
    assert!(desk.rows().iter().any(|it| it.contains("▸ Bo Ray ")), "{}", desk.screen());
    let desk = desk.press("enter backspace backspace");
    assert!(desk.cursor_is_on("Ray said"));
}

#[test]
fn nobody_and_who_has_no_name_have_profiles_too() {
    let desk = TestApp::new().press("5]q P");
    assert!(desk.screen().contains("unnamed source"), "{}", desk.screen());
    assert!(desk.status().starts_with("quote 5/6"), "{}", desk.status());
    let desk = TestApp::new().press("6]q P");
    assert!(desk.screen().contains("Unknown speaker"), "{}", desk.screen());
    assert!(desk.press("enter").cursor_is_on("Tickets"));
    let desk = TestApp::new().press("tab 2 G");
    assert!(desk.rows().iter().any(|it| it.contains("▸ Unknown speaker")), "{}", desk.screen());
    assert!(desk.press("enter enter").cursor_is_on("Tickets"));
}

#[test]
fn who_speaks_together_lead_to_one_another() {
    let mut found = analysis();
    let members = vec![0, 1];
    let both =
        Entity { members, kind: EntityKind::Group, name: "Lee and Ray".into(), ..found.entities[5].clone() };
    found.entities.push(both);
    found.quotes[5].speaker = Some(6);
    let mut desk = TestApp::pending(vec![story()]);
    desk.app.set_analysis(0, Some(found));
    let desk = desk.with_size(120, 40).press("6]q P");
    assert!(desk.screen().contains("group: Ann Lee, Bo Ray"), "{}", desk.screen());
    let desk = desk.press("j enter");
    assert!(desk.screen().contains("3 quotes, "), "{}", desk.screen());
    assert!(desk.screen().contains("Joint statements"), "{}", desk.screen());
    assert!(desk.press("esc").screen().contains("group: Ann Lee"));
}
