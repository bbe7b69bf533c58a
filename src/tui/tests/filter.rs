//! Filters: what they allow, how the rest is shown, what the status line says.

use pullquote::analysis::Act;

use crate::tui::app::Effect;
use crate::tui::tests::{TestApp, analysis, story};

#[test]
fn the_picker_takes_one_or_several_speakers() {
    let picked = |keys: &str| TestApp::new().press(keys).status();
    assert!(picked("s ray enter").contains("only Ray"));
    assert!(picked("s space down space enter").contains("only Lee, Ray"));
    assert!(picked("s space space down space enter").contains("only Ray, not Lee"));
    assert!(picked("s space space enter").contains("not Lee · rest dimmed"));
    assert!(picked("s space space space enter").starts_with("6 quotes "));
    assert!(picked("s partial enter").contains("only partial"));
    assert!(picked("s unknown space enter f").contains("only unknown · rest folded"));
    assert!(picked("j s ray esc").starts_with("6 quotes"));
    assert!(TestApp::new().press("s xyz").screen().contains("No matching speaker"));
    let test_app = TestApp::new().press("s space space down space ctrl-end up space");
    for row in ["[-] 1 Ann Lee", "[+] 2 Bo Ray", "▸ [+] ? uncertain speaker", "0 of 6"] {
        assert!(test_app.screen().contains(row), "{row}\n{}", test_app.screen());
    }
    assert!(test_app.press("esc").status().starts_with("6 quotes "));
}

#[test]
fn keys_that_want_findings_say_that_they_are_still_looked_for() {
    for keys in ["]q", ")", "l", "S", "s", "t", "D", "P", "enter"] {
        let status = TestApp::pending(vec![story()]).press(keys).status();
        assert!(status.starts_with("Still analysing…"), "{keys}: {status}");
    }
}

#[test]
fn what_is_filtered_out_leaves_no_row_behind() {
    let test_app = TestApp::new().with_size(120, 40).press("s ray enter");
    assert!(test_app.screen().contains("The harbour council"));
    let folded = test_app.press("f").screen();
    for gone in ["The harbour council", "Mia Torn", "Ann Lee", "Unknown speaker"] {
        assert!(!folded.contains(gone), "{gone}\n{folded}");
    }
    for row in ["… 4 paragraphs …", "… 3 speakers not shown: F", "Quotes 2"] {
        assert!(folded.contains(row), "{row}\n{folded}");
    }
    let test_app = TestApp::new().with_size(120, 40).press("s ray enter f f");
    for gone in ["paragraphs …", "speakers …", "Torn", "Lee"] {
        assert!(!test_app.screen().contains(gone), "{gone}\n{}", test_app.screen());
    }
    let people = test_app.press("tab 2").screen();
    assert!(people.contains("Bo Ray ") && !people.contains("an official of"), "{people}");
}

#[test]
fn with_one_speaker_only_the_side_pane_lists_their_quotes_and_how_many_others_are_not_shown() {
    let test_app = TestApp::new().with_size(120, 40).press("3]q S");
    let screen = test_app.screen();
    assert!(screen.contains("… 3 speakers not shown: F"), "{screen}");
    assert!(screen.contains("2 Bo Ray") && !screen.contains("1 Ann Lee"), "{screen}");
    let all = test_app.press("F").screen();
    assert!(all.contains("1 Ann Lee") && !all.contains("not shown"), "{all}");
    // A filter of another kind leaves the speakers with quotes of that kind, and these quotes beside the others.
    let direct = TestApp::new().with_size(120, 40).press("t").screen();
    assert!(direct.contains("… 2 speakers not shown: F") && direct.contains("nobody would lose"), "{direct}");
}

#[test]
fn a_filter_that_no_quote_matches_is_refused() {
    for (keys, status) in [
        ("3]q S D", "No quotes match: only Ray · uncertain"),
        ("D S t", "quote 5/6"),
        ("s space ctrl-end up space enter", "No quotes match these criteria"),
    ] {
        let test_app = TestApp::new().with_size(160, 30).press(keys);
        if !status.starts_with("quote") {
            assert!(test_app.status().contains(status), "{keys}: {}", test_app.status());
        }
        assert!(!test_app.app.current_story().allowed_quotes.is_empty(), "{keys}");
    }
    let mut test_app = TestApp::pending(vec![story()]);
    let mut certain = crate::tui::tests::analysis();
    certain.quotes.truncate(3);
    test_app.app.set_analysis(0, Some(certain));
    let test_app = test_app.press("D");
    assert!(test_app.status().contains("No quotes match: only uncertain"), "{}", test_app.status());
    assert!(!test_app.app.current_story().filter.is_active());
}

#[test]
fn quotations_only_hides_paraphrases_and_shows_them_again() {
    let test_app = TestApp::new().with_size(160, 30).press("Q");
    assert!(
        test_app.status().contains("4 of 6 quotes") && test_app.status().contains("only quotations"),
        "{}",
        test_app.status()
    );
    assert!(test_app.press("Q").status().starts_with("6 quotes"));
    assert!(TestApp::new().with_size(160, 30).press("t Q").status().contains("only quotations"));
}

#[test]
fn the_filter_is_shown_in_the_narrowest_status_line() {
    for (width, words) in
        [(90, "only Lee, Ray · rest dimmed"), (48, "only Lee +1 · dimmed"), (30, "filter"), (20, "filter")]
    {
        let status = TestApp::new().with_size(width, 12).press("s space down space enter").status();
        assert!(status.contains(words), "{width}: {status}");
    }
}

#[test]
fn a_message_is_whole_while_it_lasts_and_the_filter_has_the_columns_that_it_leaves() {
    let keys = "s space down space enter ]q ]q ]q ]q ]q";
    for width in [40, 60, 70, 80, 90, 100, 160] {
        for keys in [keys, "3]q S D", "3]q S : x enter esc + + + + + + + + + + + +", "3]q S f f f y m a"] {
            let test_app = TestApp::new().with_size(width, 24).press(keys);
            let message = test_app.app.notice.clone().unwrap_or_default();
            let is_whole = test_app.status().starts_with(&message);
            assert!(is_whole || message.len() > usize::from(width) - 2, "{width}: {}", test_app.status());
        }
    }
    let last = TestApp::new().with_size(80, 24).press(keys);
    assert!(last.app.notice.is_some(), "{}", last.status());
    assert!(last.press("j").status().contains("only Lee, Ray"));
}

#[test]
fn a_filter_keeps_the_place_and_walks_only_what_it_lets_through() {
    let test_app = TestApp::new().with_size(90, 40).press("s ray enter f f ]q");
    assert!(test_app.cursor_is_on("“a great"));
    assert!(!test_app.screen().contains("Norham"));
    let place = test_app.app.current_story().viewport.cursor;
    let test_app = test_app.press("F");
    assert!(test_app.screen().contains("Norham"));
    assert_eq!(test_app.app.current_story().viewport.cursor, place);
}

#[test]
fn beliefs_and_plans_are_hidden_until_a_key_shows_them() {
    let mut test_app = TestApp::pending(vec![story()]);
    let mut analysis = analysis();
    analysis.quotes[4].act = Act::Stance;
    test_app.app.set_analysis(0, Some(analysis));
    let speech = test_app.press("s ray enter");
    assert!(speech.screen().contains("Quotes 2"), "{}", speech.screen());
    assert!(!speech.screen().contains("an official of"), "{}", speech.screen());
    let all = speech.press("I");
    assert!(all.status().contains("Listed too: what people think and plan"), "{}", all.status());
    let all = all.press("j");
    assert!(all.status().contains("only Ray"), "the filter means the same person: {}", all.status());
    assert!(all.press("F j").status().starts_with("6 quotes"));
}

#[test]
fn a_key_hides_quotes_below_a_confidence_and_the_filter_line_says_so() {
    // The quotes have 98, 80, 90, 95, 40 and 0 per cent.
    let test_app = TestApp::new().with_size(160, 30).press("%");
    assert!(
        test_app.status().contains("≥ 50 %") && test_app.status().contains("4 of 6"),
        "{}",
        test_app.status()
    );
    // 70 and 80 per cent would hide nothing more.
    let test_app = test_app.press("%");
    assert!(
        test_app.status().contains("≥ 90 %") && test_app.status().contains("3 of 6"),
        "{}",
        test_app.status()
    );
    assert!(test_app.press("%").status().contains("6 quotes"));
}

#[test]
fn the_palette_sets_any_confidence_and_clears_it() {
    let test_app = TestApp::new().with_size(160, 30).press(":confidence space 85 enter");
    assert!(test_app.status().contains("only ≥ 85 %"), "{}", test_app.status());
    let test_app = test_app.press("s");
    assert!(test_app.screen().contains("≥ 85 % confidence"), "{}", test_app.screen());
    let test_app = test_app.press("esc :confidence space 0 enter");
    assert!(!test_app.app.current_story().filter.is_active());
    let refused = TestApp::new().with_size(160, 30).press(":confidence space 99 enter");
    assert!(refused.status().contains("No quotes match"), "{}", refused.status());
}

#[test]
fn what_the_user_has_decided_is_shown_at_any_confidence() {
    let test_app = TestApp::new().with_size(160, 30).press("5]q C : confidence space 99 enter");
    assert_eq!(test_app.app.current_story().allowed_quotes, [4]);
}

#[test]
fn one_speaker_alone_is_replaced_by_those_that_were_chosen_before() {
    let test_app = TestApp::new().with_size(160, 30).press("s space down space enter");
    assert!(test_app.status().contains("only Lee, Ray"), "{}", test_app.status());
    let test_app = test_app.press("3J S");
    assert!(test_app.status().contains("only Ray · "), "{}", test_app.status());
    assert!(test_app.press("S").status().contains("only Lee, Ray"));
}

#[test]
fn after_filtering_the_nearest_quote_that_is_shown_is_chosen() {
    // The mayor said the first two quotes, Ray the next two, an official the fifth.
    for (keys, chosen) in [
        ("4]q s lee enter", "quote 2/2   only Lee"),
        ("]q s ray enter", "quote 1/2   only Ray"),
        ("2]q Q", "quote 1/4 · Lee 1/1"),
        ("6]q Q", "quote 4/4"),
        ("5]q t", "quote 2/2 · Ray 1/1"),
        ("4]q :only space lee enter", "quote 2/2   only Lee"),
        ("4]q s lee space enter", "quote 2/2   only Lee"),
    ] {
        for display in ["", "f f ", "f f f "] {
            let test_app = TestApp::new().with_size(120, 24).press(&format!("{display}{keys}"));
            assert!(test_app.status().starts_with(chosen), "{display}{keys}: {}", test_app.status());
            let quote = test_app.app.focused_quote().unwrap();
            assert!(test_app.app.current_story().allows(quote), "{keys}");
        }
    }
    let in_pane = TestApp::new().press("4]q tab :only space lee enter");
    let quote = in_pane.app.focused_quote();
    assert_eq!(quote, Some(1), "{}", in_pane.screen());
}

#[test]
fn commands_act_on_a_quote_that_is_shown() {
    // Lee alone is shown; the cursor then moves down to a paragraph of Ray.
    for (key, shown) in [("y", "nobody would lose work"), ("w", "nobody would lose work"), ("!", "nobody")] {
        let test_app = TestApp::new().press(&format!("]q S }} }} {key}"));
        let quote = test_app.app.focused_quote().unwrap();
        assert!(test_app.app.current_story().allows(quote), "{key}\n{}", test_app.screen());
        if let Effect::Copy(copied) = &test_app.effect {
            assert!(copied.text.contains(shown), "{}", copied.text);
        }
    }
}

#[test]
fn a_confidence_is_shown_as_the_filter_and_the_words_for_it_take_it() {
    let shown = |confidence: f32| {
        let mut found = analysis();
        found.quotes[0].confidence = confidence;
        let mut test_app = TestApp::pending(vec![story()]);
        test_app.app.set_analysis(0, Some(found));
        let why = test_app.with_size(120, 30).press("]q w");
        let word = ["Low", "Medium", "High"].into_iter().find(|it| why.screen().contains(&format!("{it} (")));
        let row = why.press("esc V").rows().into_iter().find(|it| it.contains("The river is ours"));
        let percent: u8 =
            row.unwrap().split(" %").next().unwrap().rsplit(' ').next().unwrap().parse().unwrap();
        (word.unwrap(), percent)
    };
    for (confidence, word, percent) in [
        (0.496, "Low", 49),
        (0.5, "Medium", 50),
        (0.796, "Medium", 79),
        (0.8, "High", 80),
        (0.57, "Medium", 57),
        (0.29, "Low", 29),
        (1.0, "High", 100),
    ] {
        assert_eq!(shown(confidence), (word, percent), "{confidence}");
    }
}

#[test]
fn while_a_filter_is_on_the_way_out_is_on_every_screen_and_escape_is_one() {
    for size in [(80, 24), (120, 40), (200, 50)] {
        for keys in ["Q", "3]q S", "D", "3]q S tab", "3]q S Q", "D 5]q"] {
            let test_app = TestApp::new().with_size(size.0, size.1).press(keys);
            assert!(test_app.status().contains("F show all"), "{size:?} {keys}: {}", test_app.status());
        }
    }
    let test_app = TestApp::new().press("Q esc");
    assert!(!test_app.app.current_story().filter.is_active());
    assert!(test_app.status().contains("F turns the filter on again"), "{}", test_app.status());
    let test_app = test_app.press("j");
    assert!(!test_app.status().contains("filter off"), "{}", test_app.status());
    assert!(test_app.press("F").app.current_story().filter.is_active());
    let searched = TestApp::new().press("Q /the enter esc");
    assert!(searched.app.current_story().filter.is_active(), "Esc ends the search first");
    assert!(!searched.press("esc").app.current_story().filter.is_active());
    assert!(!TestApp::new().press("Q :clear enter").app.current_story().filter.is_active());
    assert!(!TestApp::new().press("Q F :clear enter").app.current_story().filter.is_active());
    // What was turned off is not brought back by another filter.
    let test_app = TestApp::new().press("Q esc 3]q S");
    assert!(test_app.status().contains("only Ray · rest dimmed"), "{}", test_app.status());
    assert!(!test_app.press("S").app.current_story().filter.is_active());
}
