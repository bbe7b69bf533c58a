//! The line prompt: lines go in, announcements come out.

use crate::config::settings::{KeymapPreset, Settings};
use crate::storage::StorageEvent;
use crate::tui::app::Effect;
use crate::tui::input::action::Action;
use crate::tui::input::keymap::Keymap;
use crate::tui::line_mode::LineSession;
use crate::tui::options::Options;
use crate::tui::terminal::events::Event;
use crate::tui::tests::{analysis, story};
use std::sync::{Arc, mpsc};

pub(super) fn look() -> Options {
    let keymap = Keymap::new(KeymapPreset::Default, None).unwrap();
    Options::new(Settings::default(), Settings::default(), keymap, &[], true).unwrap()
}

/// Opens a session on the analysed story.
fn talk() -> LineSession {
    let mut talk = LineSession::new(Arc::new(story()), look());
    talk.handle_event(Event::StoryLoaded(Ok(Arc::new(story()))));
    talk.handle_event(Event::AllLoaded);
    talk.handle_event(Event::AnalysisDone(0, Arc::new(story()), Some(analysis())));
    talk
}

/// Returns the answer to the last of some lines.
fn told(lines: &[&str]) -> String {
    let mut talk = talk();
    lines.iter().map(|it| talk.run_line(it).messages.join("\n")).last().unwrap_or_default()
}

#[test]
fn it_opens_with_what_story_it_is_and_what_was_found() {
    assert_eq!(
        talk().greeting(),
        "Story 1 of 2: Ellwick will sell its ferry in May. Ell Gazette, 3 March. 10 paragraphs, 114 words. \
         6 quotes, 3 people, 1 organisation, 2 places.\n\
         Press Enter to read on. Type help for commands, quit to exit."
    );
}

#[test]
fn stories_that_come_later_are_reported_with_those_that_cannot_be_opened() {
    let mut talk = LineSession::new(Arc::new(story()), look());
    talk.handle_event(Event::StoryLoaded(Ok(Arc::new(story()))));
    talk.handle_event(Event::StoryLoaded(Err("b.txt: Empty".into())));
    let greeting = talk.greeting();
    assert!(greeting.starts_with("Story 1 of 2 so far, more are loaded: Ellwick"), "{greeting}");
    assert!(greeting.contains("\nNot opened: b.txt: Empty.\n"), "{greeting}");
    let mut talk = LineSession::new(Arc::new(story()), look());
    let (sender, events) = mpsc::channel();
    for event in [
        Event::StoryLoaded(Ok(Arc::new(story()))),
        Event::StoryLoaded(Err("b.txt: Empty".into())),
        Event::AllLoaded,
    ] {
        sender.send(event).unwrap();
    }
    assert_eq!(talk.pending_messages(&events), ["Not opened: b.txt: Empty.", "All 2 stories are open."]);
    assert!(talk.greeting().starts_with("Story 1 of 2: "));
    assert_eq!(talk.run_line("next-story").messages[0].split(':').next(), Some("Story 2 of 2"));
}

#[test]
fn each_action_is_announced_once() {
    let mut faults = Vec::new();
    for (lines, words) in [
        (&[""][..], "Byline 2 of 10: By Mia Torn"),
        (&["", ""], "Paragraph 3 of 10: The harbour council of Ellwick will sell the last ferry"),
        (&["3}"], "Paragraph 4 of 10, 2 quotes: “The river is ours"),
        (&["G", ""], "That is the end."),
        (&["{"], "That is the start."),
        (&["j", "j", "j"], "in May, Mayor Ann Lee said on Monday."),
        (
            &["]q"],
            "Quote 1 of 6, direct, said by Ann Lee, Mayor: “The river is ours, but the boat never was,”",
        ),
        (&["3]q"], "Quote 3 of 6, partial, said by Bo Ray: “a great pity”"),
        (&["3 next-quote"], "Quote 3 of 6, partial, said by Bo Ray: “a great pity”"),
        (&["next quote 3"], "Quote 3 of 6, partial, said by Bo Ray: “a great pity”"),
        (&["4]q"], "Quote 4 of 6, direct, said by Bo Ray: “We were not asked,” “Not once in thirty years.”"),
        (&["5]q"], "Quote 5 of 6, partial, probably said by an official of the Transport Board: the sale"),
        (&["6]q"], "Quote 6 of 6, paraphrase, said by an unknown speaker: Tickets stay valid until then"),
        (&["6]q", "]q"], "Last quote."),
        (&["3]q", "! Ann"], "Speaker set to Ann Lee (U to undo)."),
        (
            &["3]q", "! Ann", "gg", "3]q"],
            "Quote 3 of 6, partial, said by Ann Lee, Mayor (your correction): “a great pity”",
        ),
        (
            &["3]q", "!", "Dee Fox"],
            "No one in this story is called “Dee Fox”. Type a number, a name of the list, new Dee Fox",
        ),
        (&["3]q", "!", "new Dee Fox"], "Speaker set to Dee Fox (U to undo)."),
        (&["3]q", "!", "1"], "Speaker set to "),
        (&["3]q", "!", "99"], "There is no number 99 in this list."),
        (&["3]q", "! nobody"], "No one in this story is called “nobody”."),
        (&["3]q", "!", "]q"], "Quote 4 of 6, direct"),
        (&["3]q", "! next"], "No one in this story is called “next”."),
        (&["3]q", "!", ""], "Quote 3 of 6"),
        (&["5]q", "w"], "Why this speaker?\nSpeaker: an official"),
        (&["3]q", "!", "Esc"], "Quote 3 of 6"),
        (&["3]q", "!", "Quit"], "Goodbye."),
        (&["3]q ["], "Quote 3 of 6, partial, said by Bo Ray: “a great pity”\nUnknown command “[”."),
        (&["]q ]q"], "Quote 1 of 6, direct, said by Ann Lee, Mayor: “The river"),
        (&["3]q", "("], "Ray's first quote."),
        (&["l", "l"], "Ann Lee, person, Mayor, mention 1 of 3: "),
        (&["next-name", "next-name", "]e"], "Ann Lee, person, Mayor, mention 2 of 3: “The river"),
        (&["/pity"], "Match 1 of 1: "),
        (&["search pity"], "Match 1 of 1: "),
        (&["/", "pity"], "Match 1 of 1: "),
        (&["/the", "n"], "Match 2 of "),
        (&["/xyz"], "No match for “xyz”."),
        (&["s ray"], "Only Bo Ray: 2 of 6 quotes. J goes to the next, F shows all."),
        (&["s ray", "s lee"], "Only Ann Lee, Bo Ray: 4 of 6 quotes."),
        (&["s xyz"], "No speaker matches “xyz”."),
        (
            &["s"],
            "Show only which quotes? Type a number or a name.\n1, Ann Lee, 2 quotes\n2, Bo Ray, 2 quotes\n",
        ),
        (&["s", "lee"], "Only Ann Lee: 2 of 6 quotes."),
        (&["s", "2"], "Only Bo Ray: 2 of 6 quotes."),
        (&["Q"], "Only quotations: 4 of 6 quotes."),
        (&["R", "q"], "Headline 1 of 10: Ellwick"),
        (&["R", "q", "q"], "Goodbye."),
        (&["V", "q"], "Headline 1 of 10: Ellwick"),
        (&["3]q", "!", "q"], "Quote 3 of 6"),
        (&["5]q", "w", "q"], "Quote 5 of 6"),
        (&["i"], "The story.\nLength: 114 words, 10 paragraphs\nReading time: "),
        (&["S Lee", "NEXT-QUOTE"], "Quote "),
        (&["m"], "Bookmark letter?"),
        (&["'"], "Go to bookmark (a–z), ' = last position"),
        (&["/"], "Search for?"),
        (&["a"], "Note on: Ellwick will sell its ferry in May"),
        (&["L"], "Open stories\n1, Ellwick will sell"),
        (&["L", "2"], "Story 2 of 2: "),
        (&["3]q", "X", "]q"], "Quote 4 of 6"),
        (&["5}", "where"], "Paragraph 6 of 10, "),
        (&["3]q", "spell"], "B o, R a y"),
        (&["spell"], "E l l w i c k"),
        (&["7}", "read"], "The bridge at Norham opens in June.\nTickets stay valid"),
        (&["s", "cancel"], "Headline 1 of 10: Ellwick"),
        (&["s ray", "F"], "Filter off: 6 of 6 quotes."),
        (&["s ray", "]q"], "Quote 1 of 2, partial, said by Bo Ray: “a great pity”"),
        (&["people"], "People. 1 of 4: Ann Lee, Mayor, also Lee, 2 quotes, 3 mentions."),
        (&["people", ""], "2 of 4: Bo Ray, also Ray, 2 quotes, 2 mentions."),
        (&["people", "quotes"], "Quotes. Quote 1 of 6, direct, said by Ann Lee"),
        (&["people", "", "enter"], "Bo Ray. also: Ray. 2 quotes, 12 words quoted, 2 mentions."),
        (&["people", "", "enter", "enter"], "Quote 3 of 6, partial, said by Bo Ray"),
        (&["tab", "2"], "People. 1 of 4: Ann Lee"),
        (&["3]q", "y"], "Copied: “a great pity” — Bo Ray (Ell Gazette, 3 March)"),
        (&["copy"], "Move to a quote first."),
        (&["+"], "Text width 68."),
        (&["next-story"], "Story 2 of 2: Ellwick will sell its ferry in May. Ell Gazette, 3 March."),
        (&["next-story", "]q"], "Still analysing…"),
        (&["3]q", "ctrl-l"], "Quote 3 of 6, partial, said by Bo Ray"),
        (&["3]q", "ctrl-o"], "Headline 1 of 10: Ellwick"),
        (&["3}", "ma", "G", "'a"], "Paragraph 4 of 10"),
        (&["3}", "bookmark a", "G", "go-to-bookmark a"], "Paragraph 4 of 10"),
        (&["quote"], "Unknown command “quote”. Did you mean “quotes”?"),
        (&["next-quot"], "Unknown command “next-quot”. Did you mean “next-quote”?"),
        (&["3]"], "Unknown command “3]”."),
        (
            &["next"],
            "Unknown command “next”. Did you mean “next-paragraph”, “next-heading”, “next-quote” or ",
        ),
        (&["norh"], "Unknown command “norh”. It is a name in the story: “profile norh” tells of it."),
        (&["5"], "A number alone is no command. :5 goes to paragraph 5."),
        (&[":5"], "Paragraph 5 of 10, 1 quote: Bo Ray"),
        (&["V", ":5"], "Paragraph 5 of 10, 1 quote: Bo Ray"),
        (&[":99"], "The paragraphs have numbers from 1 to 10."),
        (&["help copy"], "copy, y: copy quote with attribution"),
        (&["export", "help"], "Press Enter to read on."),
        (&["help people"], "people: list the people"),
        (
            &["R"],
            "Quote 1 of 2: the sale was “likely, not certain”\nWho said this?\n1, an official of the Transport Board",
        ),
        (&["? w"], "why, w: why this speaker?"),
        (&["help export"], "export FILE: save the quotes that are shown in a file"),
        (&["help only"], "only NAME: show only this speaker"),
        (&["help F"], "toggle-filter, F: turn the filter off/on"),
        (&["help f"], "cycle-filter-display, f: "),
        (&["Help Copy"], "copy, y: copy quote with attribution"),
        (&["help where"], "where: say the place in the story."),
        (&["help ]q"], "next-quote, J: next quote"),
        (&["export", "help export"], "export FILE: save the quotes that are shown in a file"),
        (&["help xyzzy"], "Unknown command “xyzzy”. Type help for commands."),
        (&["help all"], "Press Enter to read on."),
        (&["help"], "Press Enter to read on."),
    ] {
        let told = told(lines);
        if !told.starts_with(words) || told.contains(['▸', '│', '▌', '\u{1b}']) {
            faults.push(format!("{lines:?}: {told}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn help_names_what_can_be_typed_and_is_of_use_without_a_screen() {
    let mut talk = talk();
    let short = talk.run_line("help").messages.join("\n");
    assert!(short.lines().count() <= 24 && short.contains("\ncopy, y: copy quote"), "{short}");
    let help = talk.run_line("help all").messages.join("\n");
    for line in
        ["next-quote, J: next quote", "quit, q: quit", "why, w: why this speaker?", "read: read the rest"]
    {
        assert!(help.contains(line), "{line}\n{help}");
    }
    for word in [
        "zen",
        "theme",
        "wider-text",
        "cursor-left",
        "toggle-mouse",
        "Enter:",
        "↑",
        "Ctrl+",
        "F2",
        "Shift+Tab",
    ] {
        assert!(!help.contains(word), "{word}\n{help}");
    }
    // A digit is a count there.
    assert!(help.contains("\norganizations: ") && !help.contains("organizations, 3"), "{help}");
    assert!(talk.run_line("]q").messages[0].starts_with("Quote 1 of 6"));
}

#[test]
fn the_statistics_are_words_and_numbers() {
    let told = told(&["i"]);
    assert!(told.contains("\nAnn Lee: 36 per cent of the quoted words, 2 quotes, 13 words\n"), "{told}");
    assert!(!told.contains(['·', '━', '▂', '%', '…']), "{told}");
}

#[test]
fn what_the_greeting_tells_is_not_told_again() {
    let mut talk = talk();
    talk.handle_event(Event::NoticeUpdate(String::new(), "Resumed where you stopped yesterday".into()));
    assert!(talk.greet().contains("Resumed where you stopped yesterday."));
    assert!(!talk.greet().contains("Resumed"));
}

#[test]
fn the_first_enter_reads_a_beginning_of_which_only_the_first_words_were_told() {
    let first = "The council of Ellwick said on Monday that the ferry, which has crossed the river since 1871 and \
                 carried the children of three villages to school, will be sold before the winter.";
    let text = format!("{first}\n\nNobody was asked.\n");
    let story = pullquote::load::from_bytes(text.as_bytes(), &pullquote::load::Hint::default()).unwrap();
    let mut session = LineSession::new(Arc::new(story), look());
    let greeting = session.greeting();
    assert!(!greeting.contains("before the winter"), "{greeting}");
    let mut enter = || session.run_line("").messages.join("\n");
    assert!(enter().contains("will be sold before the winter."));
    assert!(enter().contains("Nobody was asked."));
}

#[test]
fn a_session_of_twenty_commands_reads_well() {
    let mut talk = talk();
    let mut transcript = format!("{}\n", talk.greeting());
    for line in [
        "",
        "",
        "next-quote",
        "w",
        "cancel",
        "s",
        "2",
        "]q",
        "!",
        "Annie",
        "1",
        "where",
        "F",
        "/ferry",
        "n",
        "m",
        "x",
        "people",
        "",
        "spell",
        "copy",
        "quit",
    ] {
        let prompt = talk.prompt();
        transcript.extend([&prompt, line, "\n", &talk.run_line(line).messages.join("\n"), "\n"]);
    }
    assert!(!transcript.contains(['▸', '│', '▌', '●', '◐', '○']), "{transcript}");
    insta::assert_snapshot!(transcript);
}

#[test]
fn no_symbol_is_spoken_of_an_uncertain_or_corrected_speaker() {
    let why = told(&["5]q", "w"]);
    assert!(why.contains("\nSpeaker: an official of the Transport Board\n"), "{why}");
    let corrected = told(&["3]q", "! Ann", "w"]);
    assert!(corrected.contains("\nSpeaker: Ann Lee, Mayor\n"), "{corrected}");
    assert!(corrected.contains("\nOriginally: Bo Ray: speaker comes before"), "{corrected}");
    for told in [why, corrected, told(&["s"]), told(&["confidence 80"])] {
        assert!(!told.contains(['✓', '–', '%', '≥']) && !told.contains("Board?"), "{told}");
    }
}

#[test]
fn after_a_correction_only_what_it_changed_of_the_explanation_is_read() {
    for lines in [&["3]q", "w", "! Ann"][..], &["3]q", "w", "!", "Ann"]] {
        let told = told(lines);
        assert!(told.starts_with("Speaker set to Ann Lee (U to undo). Speaker: Ann Lee, Mayor\n"), "{told}");
        assert!(told.contains("\nRule: confirmed or corrected by you\nOriginally: Bo Ray"), "{told}");
        for known in ["Why this speaker?", "Verb:", "Type:", "Quote:"] {
            assert!(!told.contains(known), "{known}: {told}");
        }
    }
    let next = told(&["3]q", "w", "]q"]);
    assert!(next.starts_with("Why this speaker?\nSpeaker: ") && next.contains("\nQuote: "), "{next}");
}

#[test]
fn a_story_that_was_opened_is_waited_for_once() {
    let (sender, events) = mpsc::channel();
    let mut talk = talk();
    assert_eq!(talk.wait_for_current_story(&events, true), [""; 0], "the first one is analysed");
    talk.run_line("next-story");
    sender.send(Event::AnalysisDone(1, Arc::new(story()), Some(analysis()))).unwrap();
    let told = talk.wait_for_current_story(&events, true);
    assert_eq!(told, ["6 quotes, 3 people, 1 organisation, 2 places."]);
    assert!(talk.run_line("]q").messages[0].starts_with("Quote 1 of 6"));
}

#[test]
fn a_finished_review_asks_for_no_number() {
    let mut talk = talk();
    talk.run_line("R");
    assert_eq!(talk.prompt(), "Number> ");
    talk.run_line("1");
    assert_eq!(talk.prompt(), "Number> ");
    let last = talk.run_line("1").messages.join("\n");
    assert!(last.ends_with("All uncertain quotes are reviewed."), "{last}");
    assert_eq!(talk.prompt(), "> ");
    assert!(talk.run_line("]q").messages[0].starts_with("Quote 1 of 6"));
}

#[test]
fn a_note_is_confirmed_at_once_with_what_came_before() {
    let (sender, events) = mpsc::channel();
    let mut talk = talk();
    for event in [
        Event::AnalysisDone(1, Arc::new(story()), Some(analysis())),
        Event::Storage(StorageEvent::Saved("Note saved".into())),
        Event::NoticeUpdate(String::new(), "Later".into()),
    ] {
        sender.send(event).unwrap();
    }
    assert_eq!(talk.wait_for_confirmation(&events), ["Note saved."]);
    assert_eq!(talk.pending_messages(&events), ["Later."]);
}

#[test]
fn every_command_by_its_name_is_answered_with_one_announcement() {
    for action in Action::ALL {
        let answer = talk().run_line(action.name());
        assert_eq!(answer.messages.len(), 1, "{}: {:?}", action.name(), answer.messages);
        assert!(!answer.messages[0].trim().is_empty(), "{}", action.name());
    }
}

#[test]
fn quit_leaves_by_its_name_and_by_its_key() {
    for line in ["q", "quit", "ctrl-c"] {
        assert_eq!(talk().run_line(line).effect, Effect::Quit, "{line}");
    }
}

#[test]
fn links_are_listed_and_opened_by_their_number_or_copied() {
    let page = "<article><h1>The last ferry stops</h1><p>It rained, <a href='https://a.example/lee'>Ann Lee</a> said on \
                Monday.</p></article>";
    let story = pullquote::load::from_bytes(page.as_bytes(), &pullquote::load::Hint::default()).unwrap();
    let mut talk = LineSession::new(Arc::new(story), look());
    talk.handle_event(Event::AllLoaded);
    let listed = talk.run_line("links").messages.join("\n");
    assert!(listed.contains("1, Ann Lee: https://a.example/lee"), "{listed}");
    assert_eq!(talk.run_line("1").effect, Effect::OpenBrowser("https://a.example/lee".into()));
    match talk.run_line("y").effect {
        Effect::Copy(copied) => assert_eq!(copied.text, "https://a.example/lee"),
        other => panic!("{other:?}"),
    }
    assert!(told(&["links"]).contains("This story has no links"), "{}", told(&["links"]));
}

#[test]
fn commands_with_a_name_work_by_key_by_name_and_without_the_colon() {
    let mut faults = Vec::new();
    for (lines, words) in [
        (&["S Lee"][..], "Only Ann Lee: 2 of 6 quotes."),
        (&["only Lee"], "Only Ann Lee: 2 of 6 quotes."),
        (&[":only Lee"], "Only Ann Lee: 2 of 6 quotes."),
        (&["only-speaker Lee"], "Only Ann Lee: 2 of 6 quotes."),
        (&["only zzz"], "No speaker is called that."),
        (&["P Lee"], "Ann Lee. Mayor."),
        (&["profile norham"], "Norham."),
        (&["P zzz"], "No name in this story is like that."),
        (&["3]q", "P"], "Bo Ray."),
        (&["theme"], "1, terminal"),
        (&["theme", "light"], "Theme light"),
        (&["theme light"], "Theme light"),
        (&["confidence 90"], "Only 90 per cent confidence or more: 3 of 6 quotes."),
        (&["width 72"], "Text width 72."),
        (&["export notes.docx"], "The file name must end in"),
        (&["exprt a.md"], "Unknown command “exprt a.md”. Did you mean “export”?"),
        (&["onyl Lee"], "Unknown command “onyl Lee”. Did you mean “only”?"),
        (&["V", "only Lee"], "Only Ann Lee: 2 of 6 quotes."),
        (&["!", "only Lee"], "Only Ann Lee: 2 of 6 quotes."),
    ] {
        let told = told(lines);
        if !told.starts_with(words) {
            faults.push(format!("{lines:?}: {told}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    match talk().run_line("export notes.md").effect {
        Effect::WriteFile(file) => assert!(file.text.contains("### Ann Lee"), "{}", file.text),
        other => panic!("{other:?}"),
    }
}

#[test]
fn two_speakers_are_compared_one_after_the_other() {
    for line in ["compare Lee, Ray", ":compare Lee, Ray"] {
        let told = told(&[line]);
        let (first, second) = told.split_once("\nBo Ray\n").expect("the second speaker follows the first");
        assert!(first.starts_with("Ann Lee\nMayor\nQuotes: 2, 33 per cent"), "{told}");
        assert!(first.contains("\nparaphrase: nobody would lose work Paragraph 4"), "{told}");
        assert!(!first.contains("pity") && second.contains("partial: “a great pity” Paragraph 5"), "{told}");
        assert!(!told.contains(['·', '▂', '●', '◐', '○', '¶', '%']), "{told}");
    }
    assert!(told(&["3]q", "compare"]).contains("1, Ann Lee, Mayor"), "{}", told(&["3]q", "compare"]));
    assert!(told(&["3]q", "compare", "lee"]).starts_with("Bo Ray\n"));
}

#[test]
fn the_quote_that_was_read_on_the_page_of_quotes_is_copied() {
    let mut talk = talk();
    talk.run_line("V");
    let read = talk.run_line("").messages.join("\n");
    assert_eq!(read, "Quote 2 of 6, paraphrase, said by Ann Lee, Mayor: nobody would lose work");
    match talk.run_line("y").effect {
        Effect::Copy(copied) => assert!(copied.text.starts_with("nobody would lose work"), "{}", copied.text),
        other => panic!("{other:?}"),
    }
    assert!(talk.run_line("next-quote").messages[0].starts_with("Quote 3 of 6, partial, said by Bo Ray"));
    assert!(talk.run_line("copy").messages[0].starts_with("Copied: “a great pity” — Bo Ray"));
    assert!(talk.run_line("]q").messages[0].starts_with("Quote 4 of 6, direct"));
}

#[test]
fn a_command_word_is_no_name_even_after_new() {
    let mut talk = talk();
    talk.run_line("]q");
    talk.run_line("!");
    for line in ["new not", "new quit"] {
        let answer = talk.run_line(line).messages.join("\n");
        assert!(answer.ends_with("is a command. Write a name with a capital letter."), "{answer}");
    }
    assert!(talk.run_line("new Dee Fox").messages[0].starts_with("Speaker set to Dee Fox"));
}

#[test]
fn what_remains_is_what_was_not_read_aloud_yet() {
    let mut talk = talk();
    assert!(talk.run_line("i").messages[0].contains("\nRemaining: 114 words"), "nothing was read");
    talk.run_line("q");
    talk.run_line("G");
    let left = talk.run_line("i").messages.join("\n");
    assert!(left.contains("\nRemaining: 7 words"), "{left}");
}
