//! How the screen looks: nothing is cut without need, markers stand under each other, what is chosen is seen.

use crate::storage::HistoryEntry;
use crate::tui::app::Effect;
use crate::tui::tests::{TestApp, analysis, story};
use pullquote::analysis::{Entity, EntityKind};

/// A story with a speaker whose name and role are long.
fn with_long_names() -> TestApp {
    let mut found = analysis();
    found.entities[0].roles = vec!["mayor of Ellwick and Norham".into()];
    found.entities[1].name = "Bartholomew Raymond-Fitzgerald".into();
    found.entities[1].roles = vec!["ferryman of the river Ell since 1994".into()];
    found.entities.push(Entity::new(EntityKind::Organisation, "Harbour Council of Ellwick and Norham"));
    let mut test_app = TestApp::pending(vec![story()]);
    test_app.app.set_analysis(0, Some(found));
    test_app
}

#[test]
fn the_selected_row_of_every_list_is_highlighted_from_the_column_before_its_marker_on() {
    for keys in [":", "s", "R", "T", "5]q !", "m x A", "L", "tab", "]q P"] {
        let test_app = TestApp::new().with_size(100, 30).press(keys);
        let (selected, buffer) = (test_app.view().theme.selected.0, test_app.buffer());
        let marked: Vec<(u16, u16)> = (0..30)
            .flat_map(|y| (0..100).map(move |x| (x, y)))
            .filter(|at| buffer[*at].symbol() == "▸")
            .collect();
        let [(x, y)] = marked[..] else { panic!("{keys}\n{}", test_app.screen()) };
        for column in [x - 1, x] {
            let style = buffer[(column, y)].style();
            assert!(
                style.add_modifier.contains(selected.add_modifier)
                    && selected.bg.is_none_or(|it| style.bg == Some(it)),
                "{keys}: column {column} of {y}\n{}",
                test_app.screen()
            );
        }
        assert_eq!(x % 100, if keys == "L" { 2 } else { test_app.app.panes.side.x + 2 }, "{keys}");
    }
}

#[test]
fn a_list_that_can_be_typed_into_says_so_until_something_is_typed() {
    for (keys, note) in [
        ("5]q !", "Who said this? █ type a name"),
        ("s", "Filter quotes █ type to filter"),
        ("L", "Open stories █ type to filter"),
        (":", ":█ type a command"),
    ] {
        let words = note.split_once('█').unwrap().1;
        let test_app = TestApp::new().with_size(100, 30).press(keys);
        assert!(test_app.screen().contains(words), "{keys}\n{}", test_app.screen());
        assert!(!test_app.press("b").screen().contains(words), "{keys}");
    }
}

#[test]
fn a_role_without_room_for_a_word_is_left_out() {
    for width in [80, 84, 90, 100, 120] {
        for keys in ["R", "5]q !"] {
            let screen = with_long_names().with_size(width, 24).press(keys).screen();
            assert!(!screen.contains("……") && !screen.contains("· …"), "{width} {keys}\n{screen}");
        }
    }
}

#[test]
fn the_statistics_cut_neither_names_nor_titles() {
    let heading = |width: u16, height: u16| {
        let test_app = with_long_names().with_size(width, height).press("i");
        let rows = test_app.rows();
        assert!(rows.iter().any(|it| it.contains("Raymond-Fitzgerald")), "{width}\n{}", test_app.screen());
        rows.into_iter().find(|it| it.contains("share")).unwrap()
    };
    for (width, title) in
        [(100, "  where in the story"), (120, "  where in the story"), (200, "  where in the story")]
    {
        assert!(heading(width, 50).ends_with(title), "{width}: {}", heading(width, 50));
    }
    let narrow = TestApp::new().with_size(80, 50).press("i").screen();
    assert!(narrow.contains("words  where\n"), "{narrow}");
}

#[test]
fn names_of_a_table_are_whole_where_they_leave_room_for_the_line_beside_them() {
    let name = |length: usize| format!("Ann {}", "e".repeat(length - 4));
    for (width, longest) in [(80, 27), (100, 35), (120, 35), (150, 35), (200, 35)] {
        for length in [20, 24, 26, 27, 30, 35].into_iter().filter(|it| *it <= longest) {
            let mut found = analysis();
            found.entities[0].name = name(length);
            found.entities[2].name = "an official".into();
            let mut test_app = TestApp::pending(vec![story()]);
            test_app.app.set_analysis(0, Some(found));
            let screen = test_app.with_size(width, 50).press("i").screen();
            assert!(screen.contains(&format!("1 {} ", name(length))), "{width} {length}\n{screen}");
        }
    }
}

#[test]
fn the_filter_says_how_many_quotes_are_left_and_what_its_key_does() {
    for width in [80, 90, 120] {
        let screen = TestApp::new().with_size(width, 24).press("s").screen();
        assert!(screen.contains("6 of 6"), "{screen}");
        assert!(screen.contains(": + only − not") || screen.contains(": + include, − exclude"), "{screen}");
    }
}

#[test]
fn a_wide_screen_has_the_speakers_beside_the_counts_of_the_story() {
    let wide = TestApp::new().with_size(200, 50).press("i");
    let row = |words: &str| wide.rows().iter().position(|it| it.contains(words)).unwrap();
    assert_eq!(row("The story"), row("where in the story"), "{}", wide.screen());
    assert!(row("Longest quote") > row("? Unknown speaker"));
    assert!(TestApp::new().with_size(120, 50).press("i").rows()[2].trim_end().ends_with("The story"));
}

#[test]
fn a_page_that_is_whole_on_the_screen_offers_no_scrolling() {
    for keys in ["i", ":compare space lee, space ray enter"] {
        let whole = TestApp::new().with_size(160, 50).press(keys).status();
        assert!(
            whole.contains("Esc close") && whole.contains("? help") && !whole.contains("scroll"),
            "{whole}"
        );
        let cut = TestApp::new().with_size(80, 12).press(keys).status();
        assert!(cut.contains("Space scroll"), "{cut}");
    }
}

#[test]
fn verbs_and_quotes_of_a_comparison_go_on_below_themselves() {
    let mut found = analysis();
    let spans: Vec<_> = found.quotes[0].parts.clone();
    for (number, cue) in ["told reporters", "lose work", "the plan", "not asked"].into_iter().enumerate() {
        let start = story().text().find(cue).unwrap();
        let mut quote = found.quotes[0].clone();
        quote.parts = vec![pullquote::span::Span::new(spans[0].start, spans[0].end - number)];
        quote.cue = Some(pullquote::span::Span::new(start, start + cue.len()));
        found.quotes.insert(number + 1, quote);
    }
    let mut test_app = TestApp::pending(vec![story()]);
    test_app.app.set_analysis(0, Some(found));
    let screen = test_app.with_size(66, 60).press(":compare space lee, space ray enter").screen();
    for verb in ["told", "lose work", "the plan", "not asked"] {
        assert!(screen.contains(verb), "{verb}\n{screen}");
    }
    assert!(!screen.contains('…'), "{screen}");
    // The second line of a quote begins where its first one does.
    let rows: Vec<&str> = screen.lines().collect();
    let first = rows.iter().position(|it| it.contains("● “The river")).unwrap();
    assert!(rows[first + 1].starts_with("    ") && !rows[first + 1].starts_with("     "), "{screen}");
}

#[test]
fn every_file_that_can_be_exported_is_listed_whole_and_its_format_where_there_is_room() {
    let narrow = TestApp::new().with_size(80, 24).press(":export space").screen();
    let wide = TestApp::new().with_size(120, 24).press(":export space").screen();
    for ending in [".md", ".html", ".csv", ".json", ".txt"] {
        assert!(narrow.contains(ending), "{narrow}");
    }
    assert!(!narrow.contains("  CSV"), "{narrow}");
    for format in ["Markdown", "HTML", "CSV", "JSON", "text"] {
        assert!(wide.contains(&format!("  {format}")), "{wide}");
    }
}

#[test]
fn the_palette_tells_nothing_twice_and_no_page_shows_the_marks_of_markdown() {
    let palette = TestApp::new().with_size(160, 140).press(":").screen();
    assert!(!palette.contains(":copy-all") && !palette.contains("next quote"), "{palette}");
    assert!(palette.contains("copy-all  copy all quotes that are shown"), "{palette}");
    let narrower = TestApp::new().with_size(120, 140).press(":").screen();
    for note in
        ["export FILE  save the quotes", "compare NAME, NAME  side by side", "profile NAME  quotes and"]
    {
        assert!(narrower.contains(note), "{note}\n{narrower}");
    }
    for keys in ["?", "? ?", ":"] {
        let screen = TestApp::new().with_size(160, 140).press(keys).screen();
        assert!(!screen.contains('`'), "{keys}\n{screen}");
    }
}

#[test]
fn what_is_marked_in_the_side_pane_is_what_commands_act_on() {
    for filter in ["", "]q S gg", "3]q S f f gg", "Q gg"] {
        for rows in 0..18 {
            let keys = format!("{filter} {}", "j ".repeat(rows));
            let mut test_app = TestApp::new().with_size(100, 30).press(&keys);
            if test_app.app.current_story().is_fresh() {
                continue;
            }
            let screen = test_app.screen();
            let Some(row) = screen.lines().find(|it| it.contains('▸')) else { continue };
            let acts_on = test_app.app.quote_to_act_on();
            let findings = test_app.app.current_story().findings().unwrap();
            let words = acts_on.and_then(|it| findings.quote(it)).unwrap().text(story().text());
            let marked = row.split('▸').nth(1).unwrap();
            let begins = marked.trim_start_matches([' ', '●', '◐', '○']);
            let begins: String = begins.chars().take(10).collect();
            assert!(words.starts_with(&begins), "{keys}: {words}\n{screen}");
        }
    }
}

#[test]
fn a_chosen_quote_is_seen_as_chosen_even_where_the_filter_dims_it() {
    for theme in ["dark", "light", "monochrome", "terminal"] {
        let test_app = TestApp::new().with_size(100, 30).with_theme(theme).press("]q S tab k k");
        assert!(test_app.status().starts_with("Ray (dimmed by filter)"), "{}", test_app.status());
        let chosen = test_app.view().theme.quote.0;
        let side = test_app.app.panes.side.x;
        let on_page = |row: &String| row.chars().take(side.into()).collect::<String>();
        let rows: Vec<String> = test_app.rows().iter().map(on_page).collect();
        let (y, row) = rows.iter().enumerate().find(|it| it.1.contains("“a great")).unwrap();
        let x = row.chars().position(|it| it == '“').unwrap();
        let style = test_app.buffer()[(x as u16, y as u16)].style();
        assert!(chosen.bg.is_none_or(|it| style.bg == Some(it)), "{theme}: {style:?}");
        assert!(style.add_modifier.contains(chosen.add_modifier), "{theme}: {style:?}");
        assert!(!style.add_modifier.contains(ratatui::style::Modifier::DIM), "{theme}: {style:?}");
    }
}

#[test]
fn a_role_has_the_whole_second_row_of_a_narrow_table() {
    let screen = with_long_names().with_size(80, 24).press("tab 2").screen();
    assert!(screen.contains("mayor of Ellwick"), "{screen}");
}

#[test]
fn the_page_of_one_speaker_offers_to_read_the_quote_in_its_story() {
    let test_app = TestApp::new().with_size(80, 24).press("3]q X");
    for words in ["Enter read in story", "y copy", "? help"] {
        assert!(test_app.status().contains(words), "{}", test_app.screen());
    }
    assert!(!test_app.status().contains("quote 3/6"), "{}", test_app.status());
}

#[test]
fn the_history_can_be_used_while_a_story_is_analysed_and_its_columns_are_as_wide_as_they_must_be() {
    let past = |day: &str| HistoryEntry {
        title: "The last ferry of the river".into(),
        source: Some("the-last-ferry-ell.txt".into()),
        day: day.into(),
        ..HistoryEntry::default()
    };
    let mut test_app = TestApp::pending(vec![story()]).with_size(80, 24);
    test_app.app.open_history(vec![past("today"), past("yesterday")]);
    assert!(test_app.status().contains("Enter open"), "{}", test_app.status());
    assert!(test_app.screen().contains("The last ferry of the"), "{}", test_app.screen());
    assert!(test_app.screen().contains("read  last opened"), "{}", test_app.screen());
    assert_eq!(test_app.press("enter").effect, Effect::OpenStory(past("today")));
}
