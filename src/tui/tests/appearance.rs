//! How the screen looks: nothing is cut without need, markers stand under each other, what is chosen is seen.

use crate::storage::HistoryEntry;
use crate::tui::app::Effect;
use crate::tui::style::theme::BUILT_IN_THEMES;
use crate::tui::tests::{TestApp, analysis, nth, story};
use crate::tui::text::width::display_width;
use pullquote::analysis::{Entity, EntityKind, Mention, MentionKind, Quote, QuoteKind};
use pullquote::span::Span;
use pullquote::story::{Block, BlockKind, Format, Story};

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
        let is_page = matches!(keys, "L" | ":");
        assert_eq!(x % 100, if is_page { 2 } else { test_app.app.panes.side.x + 2 }, "{keys}");
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
        assert!(screen.contains(": + include, − exclude"), "{screen}");
    }
}

#[test]
fn a_wide_screen_has_the_speakers_beside_the_counts_of_the_story() {
    let wide = TestApp::new().with_size(200, 50).press("i");
    let row = |words: &str| wide.rows().iter().position(|it| it.contains(words)).unwrap();
    assert_eq!(row("The story"), row("where in the story"), "{}", wide.screen());
    assert!(row("Longest quote") > row("? Unknown speaker"));
    let narrow = TestApp::new().with_size(120, 50).press("i");
    assert!(narrow.rows().iter().any(|it| it.trim() == "The story"), "{}", narrow.screen());
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
    for format in ["Markdown", "HTML", "CSV", "JSON", "text"] {
        assert!(wide.contains(&format!("  {format}")) && narrow.contains(&format!("  {format}")), "{narrow}");
    }
}

#[test]
fn the_palette_tells_nothing_twice_and_no_page_shows_the_marks_of_markdown() {
    let palette = TestApp::new().with_size(160, 140).press(":").screen();
    assert!(!palette.contains(":copy-all") && !palette.contains("next-quote  next quote "), "{palette}");
    assert!(palette.contains("copy all quotes that are shown"), "{palette}");
    let narrower = TestApp::new().with_size(120, 140).press(":").screen();
    for note in ["save the quotes that are shown in a file", "two speakers side by side"] {
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
        let test_app = TestApp::new().with_size(100, 30).with_theme(theme).press("]q t tab k k");
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

#[test]
fn the_rule_at_the_bottom_meets_a_border_only_where_one_stands_above_it() {
    let past = HistoryEntry {
        title: "The last ferry of the river and what became of those who steered it …".into(),
        source: Some("the-last-ferry-of-the-river-and-what-became-of-it.txt".into()),
        day: "3 September 2024".into(),
        ..HistoryEntry::default()
    };
    for (width, height) in [(60, 20), (80, 24), (120, 40), (200, 50)] {
        for keys in ["", "H", "i", "?", "V", "L", "T", ":", "#", "A", "W", "s", "R", "J w", "J P", "J X", "z"]
        {
            let mut test_app = TestApp::new().with_size(width, height).press(keys);
            if keys == "H" {
                test_app.app.open_history(vec![past.clone(), past.clone()]);
                let screen = test_app.screen();
                assert!(!screen.contains("……") && !screen.contains("… …"), "{screen}");
            }
            let buffer = test_app.buffer();
            for (y, x) in (1..height).flat_map(|y| (0..width).map(move |x| (y, x))) {
                let is_joint = buffer[(x, y)].symbol() == "┴";
                let above = buffer[(x, y - 1)].symbol();
                assert!(!is_joint || "│┃┤┨◂".contains(above), "{keys} {width}\n{}", test_app.screen());
            }
        }
    }
}

#[test]
fn an_item_of_a_list_has_one_bullet_its_own_or_a_drawn_one() {
    let lines = ["- About 35 per cent", "* Summary of it", "• Dotted", "Plain"];
    let text = lines.join("\n");
    let mut start = 0;
    let blocks = lines.map(|it| {
        let span = Span::new(start, start + it.len());
        start = span.end + 1;
        Block::new(BlockKind::Item, span)
    });
    let test_app = TestApp::pending(vec![Story::new(Format::Plain, text, blocks.to_vec())]);
    for (words, bullets) in [("- About", 0), ("* Summary", 0), ("• Dotted", 1), ("Plain", 1)] {
        let rows = test_app.rows();
        let row = rows.iter().find(|it| it.contains(words)).unwrap();
        let row = row.split('│').next().unwrap();
        assert_eq!(row.matches('•').count(), bullets, "{row}");
    }
}

/// A story with thirteen speakers, the last ones with numbers of two digits.
fn with_thirteen_speakers() -> TestApp {
    let mut found = analysis();
    let words =
        ["The bridge", "Norham opens", "in June", "Read more", "the bridges", "of the Ell", "By Mia", "Torn"];
    for (number, words) in words.iter().chain(&["the quay", "the last ferry"]).enumerate() {
        let span = nth(words, 0);
        let mut person =
            Entity::new(EntityKind::Person, format!("Dee Fox {}", ["A", "B", "C", "D", "E"][number % 5]));
        person.mentions = vec![Mention::new(span, MentionKind::Name)];
        found.entities.push(person);
        let mut quote = Quote::new(QuoteKind::Indirect, vec![span]);
        quote.speaker = Some(found.entities.len() - 1);
        quote.confidence = 0.4;
        found.quotes.push(quote);
    }
    found.quotes.sort_by_key(|it| it.extent().start);
    let mut test_app = TestApp::pending(vec![story()]).with_size(120, 60);
    test_app.app.set_analysis(0, Some(found));
    test_app
}

/// The name in a row of a list, without what is before it: a marker, a key, a number.
fn name_in(row: &str) -> &str {
    let is_before_name = |ch: char| ch.is_ascii_digit() || " ▸?×·+−[]│┃┤┨".contains(ch);
    let name = row.trim_start_matches(is_before_name);
    let has_key = name.starts_with(|it: char| it.is_ascii_lowercase()) && name[1..].starts_with(' ');
    if has_key { name[1..].trim_start_matches(is_before_name) } else { name }
}

#[test]
fn names_begin_in_one_column_whatever_number_is_before_them() {
    for (keys, others) in [
        ("]q !", &["Transport Board", "Speaker unknown", "Not a quote"][..]),
        ("R", &["Speaker unknown", "Not a quote"]),
        ("tab 2", &["Unknown speaker"]),
        ("s", &["Unknown speaker"]),
    ] {
        let test_app = with_thirteen_speakers().press(keys);
        let side = usize::from(test_app.app.panes.side.x);
        let right = |it: String| it.chars().skip(side).collect::<String>();
        let rows: Vec<String> = test_app.rows().into_iter().map(right).skip(3).collect();
        let names = || rows.iter().map(|it| (it, name_in(it)));
        let column = |name: &str| {
            let found = names().find(|it| it.1.starts_with(name));
            let (row, name) = found.unwrap_or_else(|| panic!("{keys}: {name}\n{}", test_app.screen()));
            row.chars().count() - name.chars().count()
        };
        let fox = column("Dee Fox ");
        for (row, name) in names().filter(|it| it.1.starts_with("Dee Fox")) {
            assert_eq!(row.chars().count() - name.chars().count(), fox, "{keys}\n{}", test_app.screen());
        }
        for name in others {
            assert_eq!(column(name), fox, "{keys}: {name}\n{}", test_app.screen());
        }
    }
}

#[test]
fn the_cursor_touches_no_number_of_a_speaker() {
    for (width, height) in [(80, 24), (120, 40)] {
        let mut test_app = with_thirteen_speakers().with_size(width, height);
        let mut has_two_digits = false;
        for _ in 0..16 {
            test_app = test_app.press("J");
            let rows = test_app.rows();
            let row = rows.iter().find(|it| it.contains('›')).expect("the cursor is on the screen");
            let margin: String = row.chars().skip_while(|it| *it != '›').skip(1).take(4).collect();
            assert!(margin.starts_with(' '), "{width}: {row}");
            has_two_digits |= margin.trim_start().chars().take_while(char::is_ascii_digit).count() == 2;
        }
        assert!(has_two_digits, "{}", test_app.screen());
    }
}

#[test]
fn a_percentage_in_the_status_line_says_of_what_it_is() {
    for width in (40..=200).step_by(8) {
        for keys in ["", "J", "5]q", "G", "tab", "tab 2", "J w"] {
            let status = TestApp::new().with_size(width, 24).press(keys).status();
            for after in status.split('%').skip(1) {
                assert!(after.starts_with(" read"), "{keys} {width}: {status}");
            }
        }
    }
}

#[test]
fn a_chosen_quote_in_a_headline_differs_from_the_headline_in_every_theme() {
    let mut found = analysis();
    let mut quote = Quote::new(QuoteKind::Indirect, vec![nth("sell its ferry", 0)]);
    quote.speaker = Some(0);
    found.quotes.insert(0, quote);
    for (theme, _) in BUILT_IN_THEMES {
        let mut test_app = TestApp::pending(vec![story()]).with_size(70, 24).with_theme(theme);
        test_app.app.set_analysis(0, Some(found.clone()));
        // The title bar has the same words.
        let style = |test_app: &TestApp, words: &str| {
            let rows = test_app.rows();
            let (y, row) = rows.iter().enumerate().skip(1).find(|it| it.1.contains(words)).unwrap();
            let x = display_width(&row[..row.find(words).unwrap()]);
            test_app.buffer()[(x as u16, y as u16)].style()
        };
        assert!(test_app.status().starts_with("quote 1/7"), "{}", test_app.status());
        let chosen = style(&test_app, "its ferry");
        assert_ne!(chosen, style(&test_app, "in May"), "{theme}");
        let next = test_app.press("J");
        assert_ne!(chosen, style(&next, "its ferry"), "{theme}");
    }
}
