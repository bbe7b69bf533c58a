//! Difficult input: unusual characters, escape sequences, long stories, changing sizes.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use termlens::{Screen, Terminal};

use super::{NO_SHELF, PROGRAM, builder, folder, has_findings, type_in};

/// The program with a story, in a terminal of the given size.
fn over(name: &str, text: &str, size: (u16, u16)) -> Terminal {
    let terminal =
        builder().size(size.0, size.1).args([NO_SHELF, "--no-model"]).arg(file(name, text)).spawn(PROGRAM);
    let mut terminal = terminal.expect("it starts");
    // The first frame does not wait for the findings, the second brings them.
    terminal.wait_until(|it| it.repaints() >= 2).expect("the findings come");
    terminal
}

fn file(name: &str, text: &str) -> PathBuf {
    let path = folder(name.split('.').next().unwrap_or(name)).join(name);
    fs::write(&path, text).expect("it is written");
    path
}

/// The screen once it no longer changes.
fn settled(terminal: &mut Terminal) -> Screen {
    terminal.wait_stable(Duration::from_millis(100)).expect("it settles")
}

/// A story whose words are the numbers of their paragraphs.
fn numbered(count: usize) -> String {
    let mut text = String::from("A long day at the lock\n\n");
    for number in 0..count {
        // Writing to a string cannot fail.
        let _ = write!(text, "p{number} p{number} p{number}\n\n");
    }
    text
}

/// The first visible word of a numbered paragraph.
fn on_top(screen: &Screen) -> Option<String> {
    let is_word = |it: &&str| it.starts_with('p') && it[1..].parse::<usize>().is_ok();
    screen.text().split_whitespace().find(is_word).map(str::to_string)
}

/// The screen after some keys.
fn answered(terminal: &mut Terminal, keys: &str) -> Screen {
    let before = terminal.screen().repaints();
    terminal.send_str(keys).expect("keys can be sent");
    terminal.wait_until(|it| it.repaints() > before).expect("a frame");
    settled(terminal)
}

/// Spaces are not compared: this terminal does not always report the same width for a character with U+FE0F.
/// Flags and characters joined by U+200D are tested in `src/tui/tests/random_actions.rs`: this terminal splits them.
#[test]
fn unusual_characters_leave_no_residue() {
    let line = "日本語の新聞はとても長い文章を書くことがある、と李さんは言った。 “Cafe\u{301} ❤\u{fe0f} \
                ☎\u{fe0f} n\u{303}o”, Zoe\u{308} Lee said. 각 ﷽ fin. ";
    let text = format!("日本語 e\u{301}\n\n{}", format!("{}\n\n", line.repeat(3)).repeat(6));
    for columns in [20, 40, 80] {
        let mut terminal = over("odd-signs.txt", &text, (columns, 12));
        for keys in ["j", "j", " ", "G", "k", "gg", "]q", "\t", "j", "\t", "/f", "in", "\r"] {
            let seen = characters(&answered(&mut terminal, keys));
            assert_eq!(characters(&answered(&mut terminal, "\u{c}")), seen, "{columns}: {keys:?}");
        }
    }
}

/// All characters of a screen except spaces.
fn characters(screen: &Screen) -> String {
    screen.text().split_whitespace().collect()
}

#[test]
fn no_sequence_of_a_story_reaches_the_terminal() {
    let text = "Head\u{1b}]0;owned\u{7}line \u{202e}enil\u{202c}\n\n\
                “It is \u{1b}[31m\u{1b}[5mred\u{1b}[0m\u{9b}2J\u{2066} now\u{2069},” said Ann\u{200b} Lee\u{e0041}, the mayor.\n";
    let is_foreign = |it: char| {
        (it.is_control() && it != '\n')
            || matches!(it, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{e0000}'..='\u{e007f}')
    };
    let name = "hidden\u{202e}\u{1b}[5m.txt";
    let mut terminal = over(name, text, (100, 30));
    type_in(&mut terminal, "]qy");
    terminal.wait_until(|it| it.clipboard().is_some()).expect("it is copied");
    let screen = settled(&mut terminal);
    let copied = screen.clipboard().and_then(|it| it.text()).expect("words").to_string();
    let title = screen.title().to_string();
    assert!(copied.contains("Lee") && title.starts_with("Head"), "{copied}, {title}");
    assert!(screen.find_by(|it| it.style().blink).is_none());
    let mut prompt = builder()
        .args(["--plain", NO_SHELF, "--no-model"])
        .arg(file(name, text))
        .spawn(PROGRAM)
        .expect("it starts");
    prompt.wait_until(|it| it.contains("help for commands")).expect("it opens");
    prompt.send_str("]q\ny\n\u{202e}nonsense\n").expect("lines can be sent");
    prompt.wait_until(|it| it.contains("Copied") && it.contains("Unknown command")).expect("answers");
    let told = prompt.screen();
    assert!(told.title().is_empty() && told.find_by(|it| it.style().blink).is_none(), "{told}");
    let answers: String = told.text().lines().filter(|it| !it.contains("nonsense")).collect();
    for words in [copied, title, screen.text(), answers] {
        assert!(!words.contains(is_foreign), "{words:?}");
    }
}

#[test]
fn the_paragraph_at_the_top_survives_any_resize() {
    let mut terminal = over("numbered.txt", &numbered(300), (200, 60));
    type_in(&mut terminal, "90}");
    terminal.wait_until(|it| it.contains("p88 p88")).expect("the place");
    let before = on_top(&settled(&mut terminal));
    assert!(before.is_some() && before.as_deref() != Some("p0"));
    for (columns, rows) in [(2, 2), (80, 24)] {
        terminal.resize(columns, rows).expect("a new size");
        terminal.wait_until(|it| it.size() == (columns, rows)).expect("the terminal has it");
        settled(&mut terminal);
    }
    terminal.wait_until(|it| on_top(it) == before).expect("the page is back at its place");
}

#[test]
fn the_end_of_a_long_story_is_reached_and_left_by_one() {
    let mut terminal = over("long.txt", &numbered(100_000), (100, 30));
    let stands_on = |screen: &Screen, word: &str| {
        screen.text().lines().any(|it| it.contains('›') && it.split_whitespace().any(|it| it == word))
    };
    type_in(&mut terminal, "G");
    terminal.wait_until(|it| stands_on(it, "p99999")).expect("the last paragraph");
    type_in(&mut terminal, "k");
    terminal.wait_until(|it| stands_on(it, "p99998")).expect("the one before it");
    type_in(&mut terminal, "q");
    assert!(terminal.wait_exit().expect("it ends").success());
}

#[test]
fn a_file_that_changes_is_read_again_and_one_that_is_gone_is_reported() {
    let text =
        "The last ferry\n\n“It will not run again,” said Ann Lee.\n\nBo Ray said: “We were not asked.”";
    let path = file("live-story", text);
    let mut terminal = builder().args([NO_SHELF, "--no-model"]).arg(&path).spawn(PROGRAM).expect("it starts");
    terminal.wait_until(has_findings).expect("the findings come");
    type_in(&mut terminal, "JJ");
    terminal.wait_until(|it| it.contains("quote 2/2")).expect("the second quote");
    fs::write(&path, text.replace("ferry\n\n", "ferry\n\nThe sale was put off on Monday.\n\n"))
        .expect("it is written");
    let screen =
        terminal.wait_until(|it| it.contains("put off on Monday") && it.contains("›  2█ Bo Ray said"));
    screen.expect("the new text, with the cursor on the same quote");
    fs::remove_file(&path).expect("it is deleted");
    let told =
        |it: &Screen| it.contains("The last ferry: The file is gone") && it.contains("put off on Monday");
    terminal.wait_until(told).expect("it is told that the file is gone, and its text stays");
    type_in(&mut terminal, "q");
    assert!(terminal.wait_exit().expect("it ends").success());
}
