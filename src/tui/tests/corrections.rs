//! Corrected speakers, rejected quotes, and the panel that explains an attribution.

use pullquote::analysis::AttributionRule;
use pullquote::correction::{Correction, Verdict};

use crate::storage::{Change, SavedState, StorageEvent};
use crate::tui::app::Effect;
use crate::tui::tests::{TestApp, analysis, story};

/// Returns the name of the speaker of a quote, and the rule that identified the speaker.
fn speaker(test_app: &TestApp, quote: usize) -> (String, AttributionRule) {
    let findings = test_app.app.current_story().findings().unwrap();
    let name = findings.speaker_name(findings.speaker_of(quote).unwrap());
    (name.to_string(), findings.quote(quote).unwrap().rule)
}

/// Returns all corrections that are given to the storage.
fn corrections(test_app: &TestApp) -> Vec<Correction> {
    let changes = test_app.app.changes.iter().filter_map(|it| match &it.1 {
        Change::Corrected { added: made, .. } => made.clone(),
        _ => None,
    });
    changes.collect()
}

#[test]
fn a_quote_is_corrected_by_a_name_of_the_story_or_a_new_one() {
    for (keys, quote, name) in [
        ("3]q ! ann enter", 2, "Ann Lee"),
        ("3]q ! down enter", 2, "Ann Lee"),
        ("3]q ! Cy enter enter", 2, "Cy"),
        ("3]q ! board enter", 2, "an official of the Transport Board"),
        ("3]q ! unknown enter", 2, "Unknown speaker"),
        ("3]q ! up up enter", 2, "Unknown speaker"),
        ("6]q ! ray enter", 5, "Bo Ray"),
        ("tab O j j ! lee enter", 2, "Ann Lee"),
    ] {
        let test_app = TestApp::new().press(keys);
        assert_eq!(speaker(&test_app, quote), (name.to_string(), AttributionRule::User), "{keys}");
        assert_eq!(corrections(&test_app).len(), 1, "{keys}");
        assert!(test_app.status().starts_with("Speaker set to "), "{}", test_app.status());
    }
    let typed = TestApp::new().press("3]q ! Dee space Fox enter enter");
    assert_eq!(speaker(&typed, 2).0, "Dee Fox");
}

#[test]
fn a_corrected_quote_has_a_mark_wherever_its_speaker_is_shown() {
    let test_app = TestApp::new().press("3]q ! ann enter j k");
    let screen = test_app.screen();
    assert!(screen.contains("1✓█ called the plan"), "{screen}");
    assert!(screen.lines().any(|it| it.contains("◐ “a great pity”") && it.ends_with('✓')), "{screen}");
    let status = TestApp::new().with_size(120, 24).press("3]q ! ann enter j k").status();
    assert!(status.starts_with("quote 3/6 · Lee✓ 3/3"), "{status}");
    assert!(screen.contains("2▌ “We were not asked"), "the others stay whose they were: {screen}");
}

#[test]
fn the_correction_is_undone_and_another_takes_its_place() {
    let test_app = TestApp::new().press("3]q ! ann enter ! Cy enter enter");
    assert_eq!(speaker(&test_app, 2).0, "Cy");
    let test_app = test_app.press("! undo enter");
    assert_eq!(speaker(&test_app, 2), ("Bo Ray".into(), AttributionRule::SpeakerThenCue));
    let changes = test_app.app.changes.iter().filter_map(|it| match &it.1 {
        Change::Corrected { removed: dropped, added: made } => Some((dropped.len(), made.is_some())),
        _ => None,
    });
    assert_eq!(changes.collect::<Vec<_>>(), [(0, true), (1, true), (1, false)]);
    assert_eq!(test_app.app.current_story().findings().unwrap().analysis, analysis());
    assert!(!test_app.press("!").screen().contains("Undo correction"));
}

#[test]
fn what_is_no_quote_leaves_the_quotes_and_can_come_back() {
    let test_app = TestApp::new().press("3]q ! not enter");
    let screen = test_app.screen();
    assert!(screen.contains("Marked as not quotes") && screen.contains("× “a great pity”"), "{screen}");
    assert!(screen.contains(" × called the plan") && screen.contains("Quotes 5"), "{screen}");
    assert!(!TestApp::new().press("3]q w ! not enter").screen().contains("Why this speaker"));
    let test_app = test_app.press("w");
    assert!(test_app.status().contains("You marked this as not a quote"), "{}", test_app.status());
    let back = test_app.press("! enter");
    assert_eq!(speaker(&back, 2), ("Bo Ray".into(), AttributionRule::SpeakerThenCue));
    let from_side = TestApp::new().press("3]q ! not enter tab G ! enter");
    assert_eq!(from_side.app.current_story().findings().unwrap().analysis, analysis());
}

#[test]
fn the_filter_keeps_its_people_when_a_correction_gives_them_other_numbers() {
    // Without the first two quotes, Ray is no longer the second speaker.
    let test_app = TestApp::new().press("s ray enter F ]q ! Dee enter enter j ]q F");
    assert!(test_app.status().contains("only Ray"), "{}", test_app.status());
    let test_app = TestApp::new().press("]q ! ray enter ]q ! not enter s official enter");
    assert!(test_app.status().contains("only an official"), "{}", test_app.status());
}

#[test]
fn corrections_of_another_day_hold_for_the_findings_of_this_one() {
    let verdict = Verdict::Said("Bo Ray".into());
    let corrections = vec![Correction::new(&analysis().quotes[0], verdict)];
    let kept =
        || StorageEvent::Loaded(0, SavedState { corrections: corrections.clone(), ..SavedState::default() });
    let mut late = TestApp::new();
    late.app.handle_storage_event(kept());
    assert_eq!(speaker(&late, 0), ("Bo Ray".into(), AttributionRule::User));
    let mut test_app = TestApp::pending(vec![story()]);
    test_app.app.handle_storage_event(kept());
    test_app.app.set_analysis(0, Some(analysis()));
    assert_eq!(speaker(&test_app, 0), ("Bo Ray".into(), AttributionRule::User));
    assert_eq!(
        speaker(&test_app.press("]q ! undo enter"), 0),
        ("Ann Lee".into(), AttributionRule::SpeakerThenCue)
    );
}

#[test]
fn a_panel_explains_the_speaker_of_a_quote() {
    for (keys, told) in [
        ("]q w", "Speaker: Ann Lee, Mayor"),
        ("]q w", "Named as: “Lee”"),
        ("]q w", "Verb: “Lee told reporters”"),
        ("]q w", "High (98 %)"),
        ("]q w", "● direct quote"),
        ("]q w J", "“She” = Lee"),
        ("]q w ]q", "High (80 %)"),
        ("5]q w", "an official of the Transport Board?"),
        ("5]q w", "Low (40 %)"),
        ("5]q w", "Others"),
        ("6]q w", "no speaker given"),
        ("3]q ! ann enter w", "corrected by you"),
        ("3]q ! ann enter w", "Bo Ray: speaker comes before the verb, High (90 %)"),
        ("3]q w ! ann enter", "corrected by you"),
        ("tab O j j w", "Speaker: Bo Ray"),
        ("tab O j w J", "Speaker: Bo Ray"),
    ] {
        let facts = TestApp::new().press(keys).app.explanation_rows();
        let facts: Vec<String> = facts.iter().map(|it| format!("{}: {}", it.label, it.text)).collect();
        assert!(facts.iter().any(|it| it.contains(told)), "{keys}: {facts:?}");
    }
    let screen = |keys: &str| TestApp::new().press(keys).screen();
    assert!(screen("]q w").contains("Why this speaker?") && screen("]q w").contains("High (98 %)"));
    assert!(!screen("]q w esc").contains("Why this speaker"));
}

#[test]
fn a_command_on_a_quote_takes_the_nearest_one_on_the_screen() {
    for key in ["w", "!", "y"] {
        let test_app = TestApp::new().press("gg");
        assert_eq!(test_app.app.focused_quote(), None, "{}", test_app.screen());
        let test_app = test_app.press(key);
        assert_eq!(test_app.app.focused_quote(), Some(0), "{key}\n{}", test_app.screen());
        assert!(!test_app.screen().contains("Move to a quote first"), "{}", test_app.screen());
    }
    // Letters after it are typed into the picker, and run no commands.
    let named = TestApp::new().press("gg ! ray enter");
    let findings = named.app.current_story().findings().unwrap();
    assert_eq!(findings.entity_name(findings.quote(0).unwrap().speaker), "Bo Ray");
}

#[test]
fn the_present_speaker_is_selected_until_another_name_is_typed() {
    for keys in ["3]q !", "5]q !", "3]q ! Lee backspace backspace backspace"] {
        let test_app = TestApp::new().press(keys);
        let screen = test_app.screen();
        let row = screen.lines().find(|it| it.contains('▸')).unwrap_or_default();
        assert!(row.contains("(current)"), "{keys}\n{screen}");
    }
    let screen = TestApp::new().press("]q ! ee x").screen();
    assert!(screen.contains("▸    new: eex"), "scattered letters are no match\n{screen}");
}

#[test]
fn the_number_of_a_speaker_chooses_that_speaker_and_is_no_new_name() {
    let test_app = TestApp::new().press("]q ! 2");
    assert!(!test_app.screen().contains("new: "), "{}", test_app.screen());
    assert_eq!(speaker(&test_app.press("enter"), 0), ("Bo Ray".into(), AttributionRule::User));
    let test_app = TestApp::new().press("]q ! 77 enter");
    assert_eq!(speaker(&test_app, 0).0, "Ann Lee");
}

#[test]
fn a_command_word_is_no_new_name_and_a_new_name_says_that_it_is_new() {
    for typed in ["not", "not space ann", "Not space Ann", "unknown", "undo", "quit", "copy", "why", "a"] {
        let screen = TestApp::new().press(&format!("]q ! {typed}")).screen();
        assert!(!screen.contains("new: "), "{typed}\n{screen}");
    }
    for (typed, name) in [("Noteworthy", "Noteworthy"), ("Will", "Will"), ("dee space fox", "dee fox")] {
        let test_app = TestApp::new().press(&format!("]q ! {typed}"));
        assert!(test_app.screen().contains(&format!("▸    new: {name}")), "{}", test_app.screen());
        let test_app = test_app.press("enter");
        assert_eq!(speaker(&test_app, 0).0, "Ann Lee", "a typing error must not become a person");
        assert_eq!(speaker(&test_app.press("enter"), 0).0, name);
    }
}

#[test]
fn a_place_may_have_said_a_quote_only_if_it_speaks() {
    let offered = |analysis| {
        let mut test_app = TestApp::pending(vec![story()]);
        test_app.app.set_analysis(0, Some(analysis));
        test_app.press("]q !").screen().lines().any(|it| it.trim_end().ends_with(" Norham"))
    };
    assert!(!offered(analysis()));
    let mut speaking = analysis();
    speaking.quotes[5].speaker = Some(5);
    assert!(offered(speaking));
    assert!(TestApp::new().press("]q !").screen().contains("Transport Board"));
}

#[test]
fn what_follows_a_rejected_quote_keeps_its_number() {
    let test_app = TestApp::new().press("2]q");
    assert!(test_app.status().starts_with("quote 2/6"), "{}", test_app.status());
    let test_app = test_app.press("! not enter J");
    assert!(test_app.status().starts_with("quote 3/6"), "{}", test_app.status());
    assert!(test_app.press("J J").status().starts_with("quote 5/6"));
    let Effect::WriteFile(file) = TestApp::new().press("2]q ! not enter :export space a.csv enter").effect
    else {
        panic!("nothing was exported")
    };
    let numbers = file.text.lines().skip(1).filter_map(|it| it.split(',').nth(2).map(str::to_owned));
    assert_eq!(numbers.filter(|it| it.len() == 1).collect::<String>(), "13456", "{}", file.text);
}
