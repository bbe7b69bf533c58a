//! Tests of a long story whose quotes and names are found part by part.

use std::sync::{Arc, mpsc};

use pullquote::analysis::{Analysis, AnalysisProgress, Quote, QuoteKind};

use super::line_mode::look;
use super::{STORY, TestApp, analysis, nth, story};
use crate::storage::SavedState;
use crate::tui::app::Effect;
use crate::tui::input::action::Action;
use crate::tui::line_mode::LineSession;
use crate::tui::open_story::list::ListRow;
use crate::tui::terminal::events::Event;

/// What was found in the first part of the story: three quotes of two people.
fn first_part() -> Analysis {
    let mut found = analysis();
    found.quotes.truncate(3);
    found.entities.truncate(2);
    found
}

/// What was found in the whole story: a quote of the board comes first, and the people have other numbers than in the first
/// part.
fn whole() -> Analysis {
    let mut found = analysis();
    found.entities.swap(0, 1);
    for quote in &mut found.quotes {
        quote.speaker = quote.speaker.map(|it| [1, 0, 2][it]);
    }
    let mut first = Quote::new(QuoteKind::Indirect, vec![nth("Ellwick will sell its ferry", 0)]);
    first.speaker = Some(3);
    first.confidence = 0.9;
    found.quotes.insert(0, first);
    found
}

fn progress(percent: u8, found: Option<Analysis>) -> AnalysisProgress {
    AnalysisProgress::new(f32::from(percent) / 100.0, found)
}

/// The story of which a third is analysed.
fn begun() -> TestApp {
    let mut test_app = TestApp::pending(vec![story()]).with_size(120, 30);
    test_app.app.set_progress(0, progress(34, Some(first_part())));
    test_app
}

#[test]
fn the_first_part_is_navigated_while_the_status_shows_the_progress() {
    let test_app = begun();
    assert!(test_app.status().starts_with("3 quotes · analysing 34 %"), "{}", test_app.status());
    let mut test_app = test_app.press("]q");
    assert!(test_app.status().starts_with("quote 1/3 · Lee 1/2 · analysing 34 %"), "{}", test_app.status());
    test_app.app.set_progress(0, progress(71, None));
    assert!(test_app.status().contains("analysing 71 %"), "{}", test_app.status());
    test_app = test_app.press("3]q ]q");
    assert!(test_app.status().contains("Last quote so far (analysing 71 %)"), "{}", test_app.status());
    test_app.app.set_analysis(0, Some(whole()));
    test_app = test_app.press("]q");
    assert!(test_app.status().starts_with("quote 5/7") && !test_app.screen().contains("analysing"));
}

#[test]
fn cursor_selection_and_numbers_stay_when_more_is_found() {
    for keys in ["3]q", "3]q tab", "3]q P", "2]q tab 2 down"] {
        let mut test_app = begun().press(keys);
        let words = |test_app: &TestApp| {
            let open_story = test_app.app.current_story();
            let findings = open_story.findings().unwrap();
            let of_quote = |it: usize| findings.quote(it).unwrap().text(STORY);
            let selected = match open_story.side_pane.selected() {
                Some(ListRow::Quote(quote)) => of_quote(quote),
                Some(ListRow::Entity(entity)) => findings.entity_name(Some(entity)).to_string(),
                row => panic!("{row:?}"),
            };
            let profile =
                open_story.side_pane.profile().map(|it| findings.entity_name(it.entity).to_string());
            let viewport = &open_story.viewport;
            let place = (viewport.cursor, viewport.preview);
            (place, viewport.selected_quote().map(of_quote), selected, profile)
        };
        let before = words(&test_app);
        test_app.app.set_analysis(0, Some(whole()));
        assert_eq!(words(&test_app), before, "{keys}");
        let findings = test_app.app.current_story().findings().unwrap();
        let labels: Vec<_> =
            findings.speakers.iter().map(|it| (findings.entity_name(it.entity), it.label())).collect();
        let expected = [
            ("Transport Board", "3"),
            ("Ann Lee", "1"),
            ("Bo Ray", "2"),
            ("an official of the Transport Board", "4"),
            ("Unknown speaker", "?"),
        ];
        assert_eq!(labels, expected.map(|it| (it.0, it.1.to_string())), "{keys}");
    }
}

#[test]
fn the_selected_row_of_the_list_stays_where_it_is_on_the_screen() {
    let mut test_app = begun().with_size(120, 12).press("2]q tab");
    let row_of = |test_app: &TestApp| test_app.rows().iter().position(|it| it.contains("▸"));
    let before = row_of(&test_app);
    assert!(before.is_some());
    // The board has the most quotations now and comes first in the list.
    let mut found = whole();
    found.quotes[0].kind = QuoteKind::Direct;
    let other = found.quotes[0].clone();
    found.quotes.splice(0..0, [other.clone(), other.clone(), other]);
    test_app.app.set_analysis(0, Some(found));
    assert_eq!(row_of(&test_app), before, "{}", test_app.screen());
}

#[test]
fn a_filter_stays_on_its_speaker_when_more_is_found() {
    let mut test_app = begun().press("3]q S");
    test_app.app.set_analysis(0, Some(whole()));
    assert!(test_app.status().contains("only Ray"), "{}", test_app.status());
    assert_eq!(test_app.app.current_story().allowed_quotes, [3, 4]);
}

#[test]
fn a_correction_of_the_first_part_holds_in_the_whole() {
    let mut test_app = begun().press("3]q ! lee enter");
    test_app.app.set_analysis(0, Some(whole()));
    let findings = test_app.app.current_story().findings().unwrap();
    assert_eq!(findings.entity_name(findings.quote(3).unwrap().speaker), "Ann Lee");
    assert_eq!(findings.quote(3).unwrap().text(STORY), "“a great pity”");
}

#[test]
fn an_open_panel_keeps_its_list_until_it_is_closed() {
    let mut test_app = begun().press("V");
    let before = test_app.screen();
    test_app.app.set_progress(0, progress(71, Some(whole())));
    test_app.app.set_analysis(0, Some(whole()));
    assert_eq!(test_app.app.current_story().findings().unwrap().analysis.quotes.len(), 3);
    assert!(before.contains("3 quotes"), "{before}");
    test_app = test_app.press("esc");
    test_app.app.take_held_analyses();
    assert!(
        test_app.status().contains("7 quotes") || test_app.status().contains("/7"),
        "{}",
        test_app.screen()
    );
}

#[test]
fn what_an_open_panel_held_back_belongs_to_the_old_text_once_the_file_has_changed() {
    let mut test_app = begun().press("V");
    test_app.app.set_analysis(0, Some(whole()));
    let mut changed =
        pullquote::story::Story::new(story().format, format!("{STORY} 2"), story().blocks().to_vec());
    changed.path = Some("ferry.txt".into());
    assert!(test_app.app.reload_story(0, &Arc::new(changed)));
    test_app.app.take_held_analyses();
    assert!(test_app.app.current_story().findings().is_none());
}

#[test]
fn commands_that_waited_are_done_on_the_first_part() {
    let mut test_app = TestApp::pending(vec![story()]).press("3 ]q y");
    let effect = test_app.app.set_progress(0, progress(12, Some(first_part())));
    assert!(matches!(effect, Effect::Copy(it) if it.text.contains("a great pity")));
}

#[test]
fn a_copy_or_export_of_all_says_that_more_may_follow() {
    let copied = |mut test_app: TestApp| match test_app.app.update(Action::CopyAll) {
        Effect::Copy(copied) => copied.description,
        effect => panic!("{effect:?}"),
    };
    assert_eq!(copied(begun()), "3 quotes so far (analysing 34 %)");
    assert_eq!(copied(TestApp::new()), "6 quotes");
    let test_app = begun().press(": export space q.md enter");
    let Effect::WriteFile(file) = &test_app.effect else { panic!("{:?}", test_app.effect) };
    assert_eq!(file.note.as_deref(), Some("the quotes found so far (analysing 34 %)"));
}

#[test]
fn statistics_of_a_part_say_so() {
    let screen = begun().press("i").screen();
    assert!(screen.contains("Analysed so far"), "{screen}");
    assert!(!TestApp::new().press("i").screen().contains("Analysed so far"));
}

#[test]
fn an_analysis_that_fails_after_its_first_part_says_so() {
    let mut test_app = begun();
    test_app.app.set_analysis(0, None);
    assert!(test_app.screen().contains("The analysis failed"), "{}", test_app.screen());
}

#[test]
fn saved_corrections_that_come_late_apply_to_the_first_part_and_to_the_whole() {
    let mut test_app = begun();
    let quote = first_part().quotes[2].clone();
    let said = pullquote::correction::Verdict::Said("Ann Lee".into());
    let corrections = vec![pullquote::correction::Correction::new(&quote, said)];
    test_app.app.current_story_mut().restore(SavedState { corrections, ..SavedState::default() });
    let speaker = |test_app: &TestApp, number: usize| {
        let findings = test_app.app.current_story().findings().unwrap();
        findings.entity_name(findings.quote(number).unwrap().speaker).to_string()
    };
    assert_eq!(speaker(&test_app, 2), "Ann Lee");
    test_app.app.set_analysis(0, Some(whole()));
    assert_eq!(speaker(&test_app, 3), "Ann Lee");
}

#[test]
fn the_line_prompt_reports_the_progress_of_the_analysis() {
    let mut session = LineSession::new(Arc::new(story()), look());
    assert_eq!(session.prompt(), "> ");
    let (sender, events) = mpsc::channel();
    let shown = Arc::new(story());
    for event in [
        Event::AnalysisProgress(0, Arc::clone(&shown), progress(34, Some(first_part()))),
        Event::AnalysisProgress(0, Arc::clone(&shown), progress(40, None)),
    ] {
        sender.send(event).unwrap();
    }
    let found = "3 quotes, 2 people, 0 organisations, 0 places so far, 40 per cent analysed.";
    assert_eq!(session.pending_messages(&events), [found]);
    assert_eq!(session.prompt(), "40 per cent analysed> ");
    let place = session.run_line("where").messages.join(" ");
    assert!(place.ends_with("0 of 3 quotes before this place. The analysis is at 40 per cent."), "{place}");
    sender.send(Event::AnalysisDone(0, shown, Some(whole()))).unwrap();
    assert_eq!(session.pending_messages(&events), ["7 quotes, 3 people, 1 organisation, 2 places."]);
    assert_eq!(session.prompt(), "> ");
}
