//! Tests of narrow screens and long names: what is cut, what gives way, and what says that more follows.

use pullquote::load::{Hint, from_bytes};
use ratatui::style::Modifier;

use crate::tui::tests::{TestApp, analysis, story};

/// The test story with long names of its speakers, on a screen of 80 by 24.
fn with_long_names() -> TestApp {
    let mut found = analysis();
    for (entity, name) in [
        (0, "Maximiliano Hernández-Villavicencio y Montemayor"),
        (1, "Krishnamurthy Venkataraghavan Subramaniam"),
        (3, "Directorate-General for Research and Innovation"),
    ] {
        found.entities[entity].name = name.into();
        found.entities[entity].aliases.clear();
    }
    let mut test_app = TestApp::pending(vec![story()]);
    test_app.app.set_analysis(0, Some(found));
    test_app.with_size(80, 24)
}

/// The part of the rows at the right of the border.
fn side_rows(test_app: &TestApp) -> Vec<String> {
    let x = usize::from(test_app.app.panes.side.x);
    test_app.rows().iter().map(|it| it.chars().skip(x).collect::<String>().trim().to_string()).collect()
}

#[test]
fn the_name_that_is_chosen_is_seen_in_each_row_of_a_command() {
    let rows = with_long_names().press("J x").rows();
    for name in ["▸ Krishnamurthy", "an official of the"] {
        assert!(rows.iter().any(|it| it.trim().starts_with(name)), "{name}: {rows:#?}");
    }
}

#[test]
fn a_long_name_leaves_the_way_out_and_the_help_in_the_status_bar() {
    for (keys, hints) in [
        ("V", &["Esc close", "? help"][..]),
        ("J P", &["Enter jump", "Esc back", "? help"]),
        ("tab 2", &["Enter profile", "Tab story", "? help"]),
        ("J S", &["only Maximiliano", "F show all", "? help"]),
        ("J w", &["! correct", "Esc close"]),
        ("s", &["Enter apply", "Esc close"]),
        ("J", &["S only", "J next", "q quit", "? help"]),
    ] {
        let status = with_long_names().press(keys).status();
        assert!(hints.iter().all(|it| status.contains(it)), "{keys}: {status}");
    }
}

#[test]
fn a_name_goes_on_below_after_a_word_or_a_hyphen() {
    let rows = side_rows(&with_long_names().press("tab 3"));
    let first = rows.iter().position(|it| it.contains("Directorate-")).unwrap();
    assert!(!rows[first].contains("Directorate-G"), "{rows:#?}");
    assert!(rows[first + 1].starts_with("General for"), "{rows:#?}");
}

#[test]
fn pages_say_that_more_follows_until_all_was_seen() {
    for keys in ["i", "? ?", "J x enter"] {
        let whole = TestApp::new().with_size(60, 300).press(keys).rows();
        let mut test_app = TestApp::new().with_size(60, 16).press(keys);
        let mut seen = test_app.rows();
        assert!(test_app.screen().contains("↓ more: Space"), "{keys}\n{}", test_app.screen());
        while test_app.screen().contains("↓ more: Space") {
            test_app = test_app.press("space");
            seen.extend(test_app.rows());
            assert!(seen.len() < 1000, "{keys}: the end is never reached");
        }
        // Nothing is passed over.
        let missed = whole.iter().rev().skip(2).filter(|it| !seen.contains(it));
        // What remains to be read depends on the page.
        let missed: Vec<_> = missed.filter(|it| !it.contains("Remaining")).collect();
        assert!(missed.is_empty(), "{keys}: {missed:?}");
    }
    assert!(!TestApp::new().with_size(200, 50).press("i").screen().contains("↓ more"));
}

#[test]
fn the_words_of_an_explanation_have_the_whole_width_of_a_narrow_panel() {
    let rows = side_rows(&with_long_names().press("J w"));
    let named = rows.iter().position(|it| it.starts_with("Speaker  Maximiliano")).unwrap();
    assert_eq!(rows[named + 1], "Hernández-Villavicencio y", "{rows:#?}");
    assert_eq!(rows[named + 2], "Montemayor, Mayor", "{rows:#?}");
    let wide = side_rows(&TestApp::new().with_size(120, 40).press("5 J w"));
    assert!(wide.iter().any(|it| it.starts_with("Confidence   Low")), "{wide:#?}");
}

/// The column of the first character of a list's notes, of each row that has one; and the rows with a cut one.
fn note_columns(test_app: &TestApp) -> (Vec<u16>, Vec<String>) {
    let secondary = test_app.app.themes.theme().secondary.0.fg;
    let (buffer, rows) = (test_app.buffer(), test_app.rows());
    let area = test_app.app.panes.wide_side();
    let mut columns = Vec::new();
    let mut cut = Vec::new();
    for y in area.y + 2..area.bottom() {
        let is_selected = rows[usize::from(y)].contains('▸');
        let is_note =
            |x: &u16| buffer[(*x, y)].symbol() != " " && buffer[(*x, y)].fg == secondary.unwrap_or_default();
        let note = (area.x..area.right()).find(is_note).filter(|_| !is_selected);
        if let Some(x) = note {
            columns.push(x);
            cut.extend(rows[usize::from(y)].contains('…').then(|| rows[usize::from(y)].clone()));
        }
    }
    (columns, cut)
}

#[test]
fn the_notes_of_a_list_of_commands_begin_in_one_column_and_are_whole() {
    for (width, height) in [(80, 24), (100, 30), (120, 40), (160, 45), (200, 50)] {
        for keys in
            [":", ":e", ":export space", ":only space", ":compare space", ":profile space", ":theme space"]
        {
            let test_app = TestApp::new().with_theme("dark").with_size(width, height).press(keys);
            let (columns, cut) = note_columns(&test_app);
            assert!(columns.iter().all(|it| *it == columns[0]), "{width} {keys}\n{}", test_app.screen());
            assert!(!columns.is_empty() || keys.contains("theme"), "{width} {keys}\n{}", test_app.screen());
            assert!(width == 80 || cut.is_empty(), "{width} {keys}: {cut:?}");
        }
    }
}

#[test]
fn the_status_bar_has_the_whole_note_where_the_list_has_not() {
    let test_app = TestApp::new().with_size(60, 24).press(":confirm");
    assert!(test_app.status().starts_with("confirm the speaker; go to the next uncertain quote"));
    let test_app = with_long_names().with_size(40, 24).press(":only space hern");
    assert!(test_app.status().contains("Montemayor, Mayor") || test_app.status().ends_with('…'));
    // What stands in the row is not told again.
    assert!(TestApp::new().with_size(120, 40).press(":confirm").status().starts_with("6 quotes"));
}

#[test]
fn the_hints_of_a_narrow_screen_are_those_of_the_first_tasks() {
    let two = |names: &[&str]| {
        let mut found = analysis();
        for (entity, name) in found.entities.iter_mut().zip(names) {
            (entity.name, entity.aliases) = ((*name).into(), Vec::new());
        }
        let mut test_app = TestApp::pending(vec![story(), story()]);
        test_app.app.set_analysis(0, Some(found));
        test_app.with_size(80, 24)
    };
    for (keys, name) in [("J", "Brandvik"), ("J J J", "Lee")] {
        let status = two(&[name, name]).press(keys).status();
        for hint in ["S only", "y copy", "w why", ". story", "J next", "q quit", "? help"] {
            assert!(status.contains(hint), "{hint}: {status}");
        }
    }
    let wide = two(&["Brandvik"]).with_size(120, 40).press("J").status();
    assert!(wide.contains(". next story") && wide.contains("Brandvik 1/2"), "{wide}");
    // Without a hint that has the name, it stands beside the number; a filter by one speaker has it too.
    let filtered = two(&["Brandvik"]).press("J Q").status();
    assert!(filtered.starts_with("quote 1/4 · Brandvik 1/1"), "{filtered}");
    let alone = two(&["Brandvik"]).with_size(160, 40).press("J S").status();
    assert!(alone.starts_with("quote 1/2   only Brandvik"), "{alone}");
    assert!(two(&["Brandvik"]).with_size(40, 24).press("J").status().contains("Brandvik 1/2"));
}

#[test]
fn each_hint_of_the_quotes_page_has_room_with_long_names() {
    let status = with_long_names().press("V").status();
    assert!(status.contains("Enter read in story") && status.contains("y copy"), "{status}");
}

#[test]
fn keys_are_written_as_on_the_keyboard() {
    for keys in ["?", "? ?", "/", "F2"] {
        let screen = TestApp::new().with_size(120, 200).press(keys).screen();
        assert!(!screen.contains('^') && !screen.contains("S-") && !screen.contains("Alt-"), "{screen}");
    }
    assert!(TestApp::new().press("?").screen().contains("Ctrl+o"));
    assert!(TestApp::new().press("/").status().contains("Ctrl+r regex"));
}

#[test]
fn the_statistics_stay_where_they_are_when_the_analysis_ends() {
    for (width, height) in [(80, 24), (120, 40), (200, 50)] {
        let mut test_app = TestApp::pending(vec![story()]).with_size(width, height).press("i");
        let row = |test_app: &TestApp| test_app.rows().iter().position(|it| it.contains("The story"));
        let before = row(&test_app);
        test_app.app.set_analysis(0, Some(analysis()));
        assert!(before.is_some() && before == row(&test_app), "{width}: {before:?}\n{}", test_app.screen());
    }
}

#[test]
fn a_role_in_a_table_is_whole_and_stands_below_its_name() {
    let mut found = analysis();
    found.entities[0].roles = vec!["commission's chief scientist and adviser".into()];
    for width in 80..130 {
        let mut test_app = TestApp::pending(vec![story()]);
        test_app.app.set_analysis(0, Some(found.clone()));
        let rows = side_rows(&test_app.with_size(width, 24).press("tab 2"));
        let name = rows.iter().position(|it| it.contains("Ann Lee")).unwrap();
        let below = rows[name + 1..name + 3].iter().map(|it| it.trim_end_matches(['━', '╸', ' ']));
        let role = below.collect::<Vec<_>>().join(" ");
        assert!(role.starts_with("commission's chief scientist and adviser"), "{width}: {rows:#?}");
        // Under the heading of unnamed sources nobody is called unnamed.
        assert!(!rows.iter().any(|it| it.contains("unnamed")), "{width}: {rows:#?}");
    }
}

#[test]
fn a_first_paragraph_that_was_taken_for_a_headline_is_drawn_as_a_paragraph() {
    let text = include_str!("../../../assets/stories/strait-talks.txt");
    let story = from_bytes(text.as_bytes(), &Hint::default()).unwrap();
    assert!(story.headline().is_some() && story.short_headline().is_none());
    let test_app = TestApp::pending(vec![story]);
    assert!(!test_app.attributes("cut nets").contains(Modifier::BOLD));
    assert!(test_app.press("#").status().contains("The story has no headings"));
    assert!(TestApp::new().attributes("Ellwick will").contains(Modifier::BOLD));
}

#[test]
fn the_tabs_are_called_the_same_with_a_filter() {
    for width in 80..180 {
        let tabs = |keys: &str| {
            let rows = side_rows(&TestApp::new().with_size(width, 24).press(keys));
            rows[2].chars().filter(|it| !it.is_ascii_digit()).collect::<String>()
        };
        assert_eq!(tabs("3 J"), tabs("3 J S"), "{width}");
    }
}

#[test]
fn a_number_is_not_parted_from_its_noun() {
    for width in 80..130 {
        let rows = side_rows(&TestApp::new().with_size(width, 24).press("J P"));
        assert!(rows.iter().any(|it| it.ends_with("3 mentions")), "{width}: {rows:#?}");
    }
}

#[test]
fn a_mention_in_its_context_ends_with_a_whole_word() {
    for width in 80..130 {
        let rows = side_rows(&TestApp::new().with_size(width, 40).press("J P"));
        let cut = rows.iter().filter(|it| it.starts_with('¶') && it.ends_with('…'));
        assert!(cut.clone().all(|it| it.ends_with(" …")), "{width}: {rows:#?}");
    }
}

#[test]
fn a_story_without_a_source_has_one_empty_row_below_its_title_in_the_list() {
    let mut plain = story();
    (plain.outlet, plain.published) = (None, None);
    let test_app = TestApp::pending(vec![plain, story()]).with_size(120, 40).press("L");
    let x = 70;
    let rows: Vec<String> =
        test_app.rows().iter().map(|it| it.chars().skip(x).collect::<String>().trim().to_string()).collect();
    let title = rows.iter().rposition(|it| it.starts_with("Ellwick will")).unwrap();
    assert!(rows[title + 1].is_empty() && rows[title + 2].starts_with("The harbour council"), "{rows:#?}");
}
