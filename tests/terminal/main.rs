//! The program in a pseudo-terminal: it starts, reacts to keys, and restores the terminal on every way out.
//!
//! The tests and the requirements that they check. Tests under `src` need no terminal.
//!
//! | requirement | test |
//! | --- | --- |
//! | terminal modes and driver settings are restored after `q`, `^c`, SIGHUP, SIGINT, SIGQUIT, SIGTERM | `modes`: `every_way_out_leaves_the_terminal_as_it_was` |
//! | they are restored after a panic | `src/tui/tests.rs`: `a_panic_restores_the_terminal_before_its_message` |
//! | they are restored while the process is suspended by `^z` or SIGTSTP; it resumes at the new size | `modes`: `it_is_suspended_and_resumed` |
//! | the process ends within 2 s after the terminal is gone | `a_terminal_that_is_gone_takes_the_program_with_it` |
//! | each key is answered by exactly one frame | `modes`: `each_key_draws_one_frame` |
//! | the window title is the story's, and is restored | `modes`: `the_title_is_the_story_s_as_long_as_it_is_read` |
//! | keys work while a story is piped in | `a_story_from_a_pipe_leaves_the_keyboard_to_the_reader` |
//! | a slow pipe is told, and can be left | `long_work`: `a_slow_pipe_is_told_until_its_story_is_shown` |
//! | the selection is visible without colour (`NO_COLOR`, `CLICOLOR`) | `without_colour_the_selection_is_still_visible` |
//! | copied text reaches the clipboard by OSC 52 | `a_copied_quote_reaches_the_clipboard` |
//! | the filter of a person includes their documents | `what_is_shown_of_one_person_has_what_their_documents_say` |
//! | an address is one argument of the browser | `programs`: `the_story_s_page_is_opened_in_the_browser` |
//! | the editor gets the terminal and all keys; the program resumes after it | `programs`: `an_editor_has_the_terminal_to_itself` |
//! | the line prompt draws no screen; dumb terminals get only text | `a_line_prompt_needs_no_screen` |
//! | no escape sequence of a story reaches the terminal | `outside`: `no_sequence_of_a_story_reaches_the_terminal` |
//! | nor an export, standard error or a pipe | `tests/cli.rs`: `no_escape_sequence_comes_through` |
//! | wide and combining characters leave no residue | `outside`: `unusual_characters_leave_no_residue` |
//! | no row is wider than its pane | `src/tui/tests/random_actions.rs`, `src/tui/layout/page.rs` |
//! | a resize keeps the top paragraph (through 1×1: `src/tui/tests.rs`) | `outside`: `the_paragraph_at_the_top_survives_any_resize` |
//! | moving to and from the end of 100,000 paragraphs | `outside`: `the_end_of_a_long_story_is_reached_and_left_by_one` |
//! | each displayed key performs its command | `src/tui/input/keymap.rs`: `every_key_that_is_shown_does_what_it_says` |
//! | a file that changes is read again, with the cursor on the same quote | `outside`: `a_file_that_changes_is_read_again_and_one_that_is_gone_is_reported` |
//! | standard output is not a terminal, or is closed | `tests/cli.rs` |

#![cfg(target_os = "linux")]

mod long_work;
mod modes;
mod outside;
mod programs;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use termlens::{Color, Key, MouseMode, Screen, Terminal, TerminalBuilder};

const PROGRAM: &str = env!("CARGO_BIN_EXE_pullquote");

/// Keeps the tests away from the user's shelf and from each other's positions.
const NO_SHELF: &str = "--no-shelf";

/// Time limit for an expected event, generous for a machine under load.
const EVENT_TIMEOUT: Duration = Duration::from_secs(20);

fn story() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/stories/library-bus.txt")
}

/// An empty folder for one test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder can be made");
    folder
}

fn builder() -> TerminalBuilder {
    // The user's settings must not affect the tests.
    Terminal::builder()
        .size(100, 30)
        .timeout(EVENT_TIMEOUT)
        .env("PULLQUOTE_CONFIG", env!("CARGO_TARGET_TMPDIR"))
}

/// The program with the sample story, analysed.
fn opened() -> Terminal {
    let mut terminal =
        builder().args([NO_SHELF, "--no-model"]).arg(story()).spawn(PROGRAM).expect("it starts");
    terminal.wait_until(has_findings).expect("the findings come");
    terminal
}

/// Runs a shell script in which `$RUN` starts the program. Returns the file to which it writes its process id.
fn shell(name: &str, script: &str) -> (Terminal, PathBuf) {
    let number = folder(name).join("number");
    let run = format!("echo $$ >'{}'; exec '{PROGRAM}' {NO_SHELF}", number.display());
    let terminal = builder().args(["-c", script]).env("RUN", run).env("STORY", story()).spawn("sh");
    (terminal.expect("a shell starts"), number)
}

/// The process id that the script has written.
fn process(number: &Path) -> u32 {
    let read = || fs::read_to_string(number).ok().and_then(|it| it.trim().parse().ok());
    wait_for("the number of the process", || read().is_some());
    read().expect("it was there")
}

fn has_findings(screen: &Screen) -> bool {
    let is_counted = screen.contains("quote 1/") || screen.contains(" quotes");
    screen.alternate_screen() && is_counted && !screen.contains("Still analysing")
}

fn type_in(terminal: &mut Terminal, keys: &str) {
    for key in keys.chars() {
        terminal.send(Key::Char(key)).expect("a key can be sent");
    }
}

/// Whether the terminal has the modes of a shell.
fn is_given_back(screen: &Screen) -> bool {
    !screen.alternate_screen()
        && screen.cursor_visible()
        && !screen.bracketed_paste()
        && screen.mouse_mode() == MouseMode::None
}

/// Waits until a condition holds.
fn wait_for(what: &str, mut so: impl FnMut() -> bool) {
    let end = Instant::now() + EVENT_TIMEOUT;
    while !so() {
        assert!(Instant::now() < end, "{what} never came");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// The state letter of a process; `None` if it is gone.
fn state(process: u32) -> Option<char> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    stat.rsplit(") ").next()?.chars().next()
}

fn kill(signal: &str, process: u32) {
    let done = Command::new("kill").args([signal, &process.to_string()]).status();
    assert!(done.expect("kill runs").success());
}

#[test]
fn it_is_controlled_by_keys_and_leaves_the_terminal_as_it_was() {
    let mut terminal = opened();
    let screen = terminal.screen();
    assert!(!screen.cursor_visible() && screen.bracketed_paste());
    type_in(&mut terminal, "]q");
    terminal.wait_until(|it| it.contains("quote 1/")).expect("the first quote");
    terminal.send(Key::Tab).expect("a key can be sent");
    terminal.wait_until(|it| it.contains("Enter jump")).expect("the side pane has the keys");
    type_in(&mut terminal, "q");
    assert!(terminal.wait_exit().expect("it ends").success());
    assert!(is_given_back(&terminal.screen()));
}

#[test]
fn what_is_shown_of_one_person_has_what_their_documents_say() {
    let path = folder("documents").join("lawsuit.txt");
    let story = "Bo Rayvar sued Norbex in May.\n\n“The mill leaks,” the lawsuit says.\n\n\
        “The mill is safe,” said Ida Rothvar, the mayor of Tarn.\n";
    fs::write(&path, story).expect("it is written");
    let mut terminal = builder().args([NO_SHELF, "--no-model"]).arg(path).spawn(PROGRAM).expect("it starts");
    terminal.wait_until(has_findings).expect("the findings come");
    type_in(&mut terminal, ":only rayvar");
    terminal.send(Key::Enter).expect("a key can be sent");
    terminal
        .wait_until(|it| it.contains("1 of 2 quotes") && it.contains("only Bo Rayvar"))
        .expect("the filter");
    let screen = terminal.screen();
    assert!(screen.contains("● “The mill leaks,”") && !screen.contains("● “The mill is safe,”"), "{screen}");
}

#[test]
fn a_story_from_a_pipe_leaves_the_keyboard_to_the_reader() {
    let (mut terminal, _) = shell("pipe", "cat \"$STORY\" | sh -c \"$RUN\"");
    terminal.wait_until(has_findings).expect("the findings come");
    type_in(&mut terminal, "]q");
    terminal.wait_until(|it| it.contains("quote 1/")).expect("the first quote");
    type_in(&mut terminal, "q");
    assert!(terminal.wait_exit().expect("it ends").success());
    assert!(is_given_back(&terminal.screen()));
}

#[test]
fn a_terminal_that_is_gone_takes_the_program_with_it() {
    if Command::new("script").arg("--version").output().is_err() {
        println!("there is no `script` to hold a terminal of its own");
        return;
    }
    for (name, script) in [
        ("hangup", "exec script -qfc \"$RUN '$STORY'\" /dev/null"),
        // A session of its own gets no hangup signal.
        (
            "no-hangup",
            "exec script -qfc \"exec 3<&0; setsid sh -c \\\"$RUN '$STORY'\\\" <&3 & wait\" /dev/null",
        ),
    ] {
        let (mut terminal, number) = shell(name, script);
        terminal.wait_until(has_findings).expect("the findings come");
        let process = process(&number);
        kill("-KILL", terminal.pid().expect("its number"));
        wait_for("its end", || state(process).is_none_or(|it| it == 'Z'));
    }
}

#[test]
fn any_size_will_do() {
    let mut terminal = opened();
    for (columns, rows) in [(200, 60), (20, 5), (2, 2), (79, 24), (19, 40), (80, 24)] {
        terminal.resize(columns, rows).expect("a new size");
        terminal.wait_until(|it| it.size() == (columns, rows)).expect("the terminal has it");
        terminal.wait_stable(Duration::from_millis(50)).expect("it is drawn");
    }
    terminal
        .wait_until(|it| has_findings(it) && it.row_text(23).contains("? help"))
        .expect("the page is back");
    type_in(&mut terminal, "q");
    assert!(terminal.wait_exit().expect("it ends").success());
}

#[test]
fn a_copied_quote_reaches_the_clipboard() {
    let mut terminal = builder()
        .args([NO_SHELF, "--no-model"])
        .arg(story())
        .env("WAYLAND_DISPLAY", "")
        .env("DISPLAY", "")
        .env("TMUX", "")
        .env("STY", "")
        .spawn(PROGRAM)
        .expect("it starts");
    terminal.wait_until(has_findings).expect("the findings come");
    type_in(&mut terminal, "]qy");
    terminal
        .wait_until(|it| it.clipboard().is_some() && it.contains("'s quote via the terminal"))
        .expect("it is copied");
    let screen = terminal.screen();
    let copied = screen.clipboard().and_then(|it| it.text()).expect("words");
    assert!(copied.starts_with('“') && copied.ends_with("(library-bus.txt)"), "{copied}");
    type_in(&mut terminal, "Y");
    terminal
        .wait_until(|it| {
            let copied = it.clipboard().and_then(|it| it.text()).unwrap_or_default();
            !copied.contains(" — ") && it.contains("Copied the paragraph via the terminal")
        })
        .expect("the paragraph is copied");
}

#[test]
fn a_program_of_the_machine_takes_the_copy_too_and_is_named_only_if_it_does() {
    use std::os::unix::fs::PermissionsExt;
    for (name, script, said) in [
        ("takes-copy", "cat > \"$TAKEN\"", "via the terminal and wl-copy"),
        ("refuses-copy", "cat > \"$TAKEN\"; exit 1", "via the terminal"),
    ] {
        let folder = folder(name);
        let program = folder.join("wl-copy");
        fs::write(&program, format!("#!/bin/sh\n{script}\n")).expect("it is written");
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("it can be run");
        let taken = folder.join("taken");
        let path = format!("{}:/usr/bin:/bin", folder.display());
        let mut terminal = builder()
            .args([NO_SHELF, "--no-model"])
            .arg(story())
            .env("PATH", path)
            .env("TAKEN", &taken)
            .env("WAYLAND_DISPLAY", "none")
            .env("DISPLAY", "")
            .env("TMUX", "")
            .spawn(PROGRAM)
            .expect("it starts");
        terminal.wait_until(has_findings).expect("the findings come");
        type_in(&mut terminal, "]qy");
        terminal.wait_until(|it| it.contains(said)).expect("it says by which way");
        wait_for("the copy", || fs::read_to_string(&taken).is_ok_and(|it| it.ends_with("(library-bus.txt)")));
        assert!(terminal.screen().contains(said), "{name}");
    }
}

#[test]
fn without_colour_the_selection_is_still_visible() {
    for (name, value) in [("NO_COLOR", "1"), ("CLICOLOR", "0")] {
        let builder = builder().args([NO_SHELF, "--no-model"]).arg(story()).env(name, value);
        let mut terminal = builder.spawn(PROGRAM).expect("it starts");
        terminal.wait_until(has_findings).expect("the findings come");
        terminal.send(Key::Tab).expect("a key can be sent");
        let is_chosen = |it: &Screen| it.find_by(|it| it.style().reverse).is_some();
        terminal.wait_until(is_chosen).expect("the choice is reversed");
        let coloured = terminal.screen().find_by(|it| it.style().fg != Color::Default);
        assert_eq!(coloured, None, "{name}");
    }
}

#[test]
fn settings_and_keys_of_ones_own_are_those_of_the_screen() {
    let own = folder("own-settings");
    fs::write(own.join("config.toml"), "keys = \"emacs\"\nmouse = false\nwidth = 40\n")
        .expect("it is written");
    fs::write(own.join("keys.toml"), "[main]\nnext-quote = [\"x\"]\n").expect("it is written");
    let mut terminal = builder()
        .args([NO_SHELF, "--no-model"])
        .arg(story())
        .arg("--config")
        .arg(&own)
        .spawn(PROGRAM)
        .expect("it starts");
    terminal.wait_until(has_findings).expect("the findings come");
    assert_eq!(terminal.screen().mouse_mode(), MouseMode::None);
    type_in(&mut terminal, "x");
    terminal.wait_until(|it| it.contains("quote 1/")).expect("the first quote");
    terminal.send(Key::Ctrl('x')).expect("a key can be sent");
    terminal.send(Key::Ctrl('c')).expect("a key can be sent");
    assert!(terminal.wait_exit().expect("it ends").success());
}

#[test]
fn a_long_story_is_on_the_screen_and_left_before_it_is_analysed() {
    let folder = folder("long-story");
    let line =
        "The ferry “will not run again,” said Ann Lee, the mayor of Ellwick, on Monday in the town hall.";
    let long = folder.join("long.txt");
    fs::write(&long, format!("The last ferry\n\n{}", format!("{line}\n\n").repeat(30_000)))
        .expect("it is written");
    let mut terminal = builder().arg(NO_SHELF).arg(long).spawn(PROGRAM).expect("it starts");
    terminal.wait_frame(|it| it.contains("The last ferry")).expect("the first frame");
    type_in(&mut terminal, "G");
    terminal.wait_until(|it| it.contains("100 %")).expect("the end of the story");
    type_in(&mut terminal, "q");
    assert!(terminal.wait_exit().expect("it ends").success());
}

#[test]
fn a_line_prompt_needs_no_screen() {
    for dumb in [true, false] {
        let builder = if dumb { builder().env("TERM", "dumb") } else { builder().arg("--plain") };
        let mut terminal = builder.arg(NO_SHELF).arg(story()).spawn(PROGRAM).expect("it starts");
        terminal
            .wait_until(|it| it.contains("help for commands") && it.text().trim_end().ends_with('>'))
            .expect("it opens");
        for (line, words) in [
            ("]q", "Quote 1 of "),
            ("next-quote", "Quote 2 of "),
            ("copy", "Copied: "),
            ("people", "People. 1 of "),
            ("quote", "Unknown command “quote”"),
        ] {
            terminal.send_str(&format!("{line}\n")).expect("a line can be sent");
            terminal.wait_until(|it| it.contains(words)).expect(words);
        }
        let screen = terminal.screen();
        assert!(is_given_back(&screen) && screen.unsupported().is_empty(), "{screen}");
        assert_eq!(screen.clipboard().is_some(), !dumb);
        if dumb {
            terminal.send_str("q\n").expect("a line can be sent");
        } else {
            terminal.send(Key::Ctrl('d')).expect("a key can be sent");
        }
        assert!(terminal.wait_exit().expect("it ends").success());
    }
}
