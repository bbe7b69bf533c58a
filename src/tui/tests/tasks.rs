//! What readers want to do with a story, and in how many keys they can do it.

use pullquote::analysis::EntityKind;
use pullquote::load::{Hint, from_bytes};
use pullquote::story::Format;
use ratatui::style::Modifier;

use crate::config::settings::Settings;
use crate::tui::app::{ClipboardText, Effect};
use crate::tui::input::keymap::parse_key_event;
use crate::tui::tests::{STORY, TestApp, analysis, nth, story};
use crate::tui::text::width::display_width;

/// Counts the keys of `keys`, as `TestApp::press` presses them.
fn count_keys(keys: &str) -> usize {
    keys.split_whitespace().map(|it| if parse_key_event(it).is_some() { 1 } else { it.chars().count() }).sum()
}

/// Presses at most `limit` keys in the sample story.
fn within(limit: usize, keys: &str) -> TestApp {
    within_of(TestApp::new().with_size(120, 40), limit, keys)
}

fn within_of(test_app: TestApp, limit: usize, keys: &str) -> TestApp {
    assert!(count_keys(keys) <= limit, "{keys}: {} keys, at most {limit} allowed", count_keys(keys));
    test_app.press(keys)
}

fn copied(test_app: &TestApp) -> &str {
    match &test_app.effect {
        Effect::Copy(ClipboardText { text, .. }) => text,
        other => panic!("nothing copied: {other:?}"),
    }
}

#[test]
fn one_speaker_alone_is_read_after_two_keys_and_on_a_page_of_their_own_after_three() {
    assert!(within(2, "J S").status().contains("only Lee · rest dimmed"));
    let page = within(3, "J S V").screen();
    assert!(page.contains("nobody would lose work") && !page.contains("a great pity"), "{page}");
}

#[test]
fn each_quote_costs_one_key_and_all_of_them_together_cost_one() {
    let test_app = within(6, "J J J J J J");
    assert!(test_app.status().starts_with("quote 6/6"), "{}", test_app.status());
    let page = within(1, "V").screen();
    for quote in &analysis().quotes {
        let words = quote.parts[0].slice(STORY).split(' ').take(3).collect::<Vec<_>>().join(" ");
        assert!(page.contains(&words), "{words}: {page}");
    }
}

#[test]
fn the_next_quote_of_the_same_speaker_costs_one_key() {
    let test_app = within(2, "J )");
    assert!(test_app.status().starts_with("quote 2/6 · Lee 2/2"), "{}", test_app.status());
}

#[test]
fn why_it_is_this_speaker_costs_one_key() {
    let screen = within(2, "J w").screen();
    assert!(screen.contains("Why this speaker?") && screen.contains("told reporters"), "{screen}");
}

#[test]
fn a_speaker_is_corrected_in_five_keys_and_the_correction_undone_in_one() {
    let test_app = within(6, "J !bo enter");
    assert!(test_app.status().contains("Ray"), "{}", test_app.status());
    assert_eq!(test_app.app.current_story().findings().unwrap().analysis.quotes[0].speaker, Some(1));
    let test_app = within_of(test_app, 1, "U");
    assert_eq!(test_app.app.current_story().findings().unwrap().analysis.quotes[0].speaker, Some(0));
}

#[test]
fn a_quote_is_copied_by_one_key_and_a_paraphrase_says_that_it_is_one() {
    assert!(copied(&within(2, "J y")).starts_with("“The river is ours, but the boat never was,” — Ann Lee"));
    assert!(copied(&within(3, "J J y")).starts_with("nobody would lose work (paraphrase) — Ann Lee"));
}

#[test]
fn who_she_is_stands_in_the_status_line_when_the_pronoun_is_selected() {
    let test_app = within(3, "J right right");
    assert!(test_app.status().contains("“She” = Ann Lee"), "{}", test_app.status());
}

#[test]
fn the_next_match_and_the_way_back_cost_one_key_each() {
    let test_app = within(9, "/ferry enter n");
    assert!(test_app.status().contains("match 2/"), "{}", test_app.status());
    let test_app = within_of(test_app, 1, "ctrl-o");
    assert!(test_app.status().contains("match 1/2"), "{}", test_app.status());
    assert!(within_of(test_app, 1, "ctrl-o").cursor_is_on("Ellwick will sell"));
}

#[test]
fn one_speaker_is_followed_through_all_stories_by_one_key() {
    let mut two = TestApp::pending(vec![story(), story()]);
    two.app.set_analysis(0, Some(analysis()));
    two.app.set_analysis(1, Some(analysis()));
    let screen = within_of(two, 2, "J X").screen();
    assert!(screen.contains("4 quotes in 2 of 2 stories"), "{screen}");
}

#[test]
fn a_passage_is_marked_with_two_keys_and_a_note_is_written_as_it_is_typed() {
    assert!(within(2, "mx").status().contains("Bookmark x"));
    let screen = within(8, "J aAsk! enter").screen();
    assert!(screen.contains("Ask!"), "{screen}");
}

#[test]
fn all_that_the_people_of_an_organisation_said_costs_four_keys() {
    let mut found = analysis();
    found.entities[2].affiliation = Some(3);
    let mut test_app = TestApp::pending(vec![story()]).with_size(120, 40);
    test_app.app.set_analysis(0, Some(found));
    let test_app = within_of(test_app, 4, "tab 3 S f");
    let screen = test_app.screen();
    assert!(screen.contains("said the sale was") && !screen.contains("We were not asked"), "{screen}");
    assert!(test_app.status().contains("only Transport Board"), "{}", test_app.status());
}

#[test]
fn what_the_documents_of_a_person_say_is_shown_with_what_the_person_said() {
    let mut found = analysis();
    found.entities[2].affiliation = Some(1);
    for (kind, has_words) in [(EntityKind::Unnamed, false), (EntityKind::Document, true)] {
        found.entities[2].kind = kind;
        let mut test_app = TestApp::pending(vec![story()]).with_size(120, 40);
        test_app.app.set_analysis(0, Some(found.clone()));
        let test_app = test_app.press("3]q S f");
        let screen = test_app.screen();
        assert!(test_app.status().contains("only Ray"), "{}", test_app.status());
        assert!(screen.contains("a great pity"), "{screen}");
        assert_eq!(screen.contains("said the sale was"), has_words, "{kind:?}\n{screen}");
    }
}

#[test]
fn a_theme_that_is_chosen_and_a_width_are_among_the_settings_that_are_saved() {
    let start = Settings::default();
    let settings = within(5, "T j j enter -").app.settings(&start);
    assert_ne!(settings.theme, start.theme);
    assert!(settings.width < start.width, "{} columns", settings.width);
}

#[test]
fn what_is_shown_is_written_to_a_file_by_its_name() {
    let Effect::WriteFile(file) = within(17, "J S :export enter enter").effect else {
        panic!("nothing written")
    };
    assert!(file.text.contains("The river is ours") && !file.text.contains("a great pity"), "{}", file.text);
    assert!(copied(&within(13, "J S :copy-all enter")).contains("nobody would lose work"));
}

#[test]
fn a_link_of_the_story_is_opened_in_two_keys() {
    let page =
        b"<article><h1>The last ferry stops</h1><p>The <a href='http://b.example/wall'>wall</a> of the \
        harbour fell on Monday, and nobody was hurt, the mayor of the town said.</p></article>";
    let hint = Hint { format: Some(Format::Html), ..Hint::default() };
    let test_app = TestApp::pending(vec![from_bytes(page, &hint).unwrap()]);
    assert_eq!(within_of(test_app, 2, "W enter").effect, Effect::OpenBrowser("http://b.example/wall".into()));
}

#[test]
fn no_command_needs_a_key_that_many_keyboards_type_with_alt_gr() {
    let keys: toml::Table = include_str!("../../../assets/keys.toml").parse().unwrap();
    for (mode, commands) in &keys {
        for (command, keys) in commands.as_table().unwrap() {
            let keys: Vec<&str> = keys.as_array().unwrap().iter().map(|it| it.as_str().unwrap()).collect();
            let is_typed_anywhere =
                |key: &&str| !key.contains(['[', ']', '{', '}', '\\', '`', '~', '@', '|', '\'']);
            assert!(keys.iter().any(is_typed_anywhere), "{mode}: {command} has only {keys:?}");
        }
    }
}

#[test]
fn the_explanation_of_a_quote_marks_its_verb_in_the_story() {
    // The panel has the same words, in quotation marks.
    let row_end = "told reporters  ";
    for theme in ["dark", "light", "terminal", "monochrome"] {
        let open = || TestApp::new().with_size(120, 40).with_theme(theme).press("J");
        let plain = open().style(row_end);
        assert_ne!(open().press("w").style(row_end), plain, "{theme}");
        assert_eq!(open().press("w esc").style(row_end), plain, "{theme}");
        assert_eq!(open().press("w J").style(row_end), plain, "{theme}");
    }
}

#[test]
fn a_key_that_does_nothing_in_a_panel_says_so() {
    for keys in ["J w X", "J w t", "i X", "V m"] {
        let status = within(5, keys).status();
        assert!(status.contains("does nothing here"), "{keys}: {status}");
    }
}

#[test]
fn a_note_has_its_mark_in_the_margin_wherever_the_cursor_is() {
    for back in ["gg", "G", "K", "tab"] {
        let test_app = within_of(TestApp::new().with_size(120, 40), 10, &format!("3J aAsk! enter {back}"));
        let rows = test_app.rows();
        let row = rows.iter().find(|it| it.contains("Bo Ray, who has steered")).unwrap();
        assert!(row.split("Bo Ray").next().unwrap().contains('*'), "{back}\n{}", test_app.screen());
    }
}

#[test]
fn the_verb_of_a_quote_in_the_headline_is_marked_too() {
    let mut found = analysis();
    found.quotes[0].parts = vec![nth("its ferry", 0)];
    found.quotes[0].cue = Some(nth("will sell", 0));
    let open = || {
        let mut test_app = TestApp::pending(vec![story()]).with_size(120, 40).with_theme("terminal");
        test_app.app.set_analysis(0, Some(found.clone()));
        test_app
    };
    let verb = |test_app: &TestApp| {
        let rows = test_app.rows();
        let (y, row) = rows.iter().enumerate().skip(1).find(|it| it.1.contains("will sell")).unwrap();
        let x = display_width(&row[..row.find("will sell").unwrap()]);
        test_app.buffer()[(x as u16, y as u16)].modifier
    };
    assert!(!verb(&open()).contains(Modifier::UNDERLINED));
    assert!(verb(&open().press("w")).contains(Modifier::UNDERLINED), "{}", open().press("w").screen());
}
