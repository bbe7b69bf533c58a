//! The real program in a real pseudo-terminal: it starts, is steered, and leaves the terminal as it was on every way out.
//!
//! Which test holds which promise; those under `src` need no terminal.
//!
//! | promise | test |
//! | --- | --- |
//! | modes and driver are as before after `q`, `^c`, SIGHUP, SIGINT, SIGQUIT, SIGTERM | `modes`: `every_way_out_leaves_the_terminal_as_it_was` |
//! | and after a panic | `src/reader/tests.rs`: `a_panic_gives_the_terminal_back_before_it_speaks` |
//! | and while stopped by `^z` or SIGTSTP; back at the new size | `modes`: `it_steps_aside_and_comes_back` |
//! | a terminal that is gone takes the process along within 2 s | `a_terminal_that_is_gone_takes_the_program_with_it` |
//! | a frame is drawn at once, one a key | `modes`: `a_key_is_answered_by_one_frame` |
//! | the title is the story's, then the old one again | `modes`: `the_title_is_the_story_s_as_long_as_it_is_read` |
//! | the keyboard lives where a story is piped in | `a_story_from_a_pipe_leaves_the_keyboard_to_the_reader` |
//! | a choice is seen without colour (`NO_COLOR`, `CLICOLOR`) | `without_colour_the_choice_is_still_seen` |
//! | what is copied reaches the clipboard by OSC 52 | `a_copied_quote_reaches_the_clipboard` |
//! | an address goes to the browser as one word | `programs`: `the_story_s_page_is_opened_in_the_browser` |
//! | an editor has the terminal and all its keys to itself, and the reader is back after it | `programs`: `an_editor_has_the_terminal_to_itself` |
//! | no screen at a line prompt, dumb terminals get words alone | `a_line_prompt_needs_no_screen` |
//! | nothing but our own sequences: screen, title, clipboard, prompt | `outside`: `no_sequence_of_a_story_reaches_the_terminal` |
//! | the same in every export, on standard error, in a pipe | `tests/cli.rs`: `no_escape_sequence_comes_through` |
//! | wide and combining signs leave no residue, nor those that U+FE0F makes wide | `outside`: `odd_signs_leave_no_residue` |
//! | and no row is wider than its pane | `src/reader/tests/deeds.rs`, `src/reader/page.rs` |
//! | a resize keeps the paragraph on top (by way of 1×1: `src/reader/tests.rs`) | `outside`: `the_paragraph_on_top_outlives_any_size` |
//! | the end of 100,000 paragraphs is reached, and left by one | `outside`: `the_end_of_a_long_story_is_reached_and_left_by_one` |
//! | each key that is shown does what it says | `src/reader/keymap.rs`: `every_key_that_is_shown_does_what_it_says` |
//! | standard output that is no terminal, or is closed | `tests/cli.rs` |

#![cfg(target_os = "linux")]

mod modes;
mod outside;
mod programs;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use termlens::{Color, Key, MouseMode, Screen, Terminal, TerminalBuilder};

const PROGRAM: &str = env!("CARGO_BIN_EXE_pullquote");

/// No test may touch the shelf of whoever runs it, nor begin where another has ended.
const NO_SHELF: &str = "--no-shelf";

/// A machine under load is slow; a hang is longer than this.
const PATIENCE: Duration = Duration::from_secs(20);

fn story() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/stories/library-bus.txt")
}

/// An empty folder of a test's own.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder can be made");
    folder
}

fn builder() -> TerminalBuilder {
    // Nobody's settings but those of the tests.
    Terminal::builder().size(100, 30).timeout(PATIENCE).env("PULLQUOTE_CONFIG", env!("CARGO_TARGET_TMPDIR"))
}

/// The program over the sample story, its findings there.
fn opened() -> Terminal {
    let mut terminal =
        builder().args([NO_SHELF, "--no-model"]).arg(story()).spawn(PROGRAM).expect("it starts");
    terminal.wait_until(has_findings).expect("the findings come");
    terminal
}

/// A shell command, in which `$RUN` starts the program over the sample story; and the file where that leaves its number.
fn shell(name: &str, script: &str) -> (Terminal, PathBuf) {
    let number = folder(name).join("number");
    let run = format!("echo $$ >'{}'; exec '{PROGRAM}' {NO_SHELF}", number.display());
    let terminal = builder().args(["-c", script]).env("RUN", run).env("STORY", story()).spawn("sh");
    (terminal.expect("a shell starts"), number)
}

/// The number of the process that a shell has started.
fn process(number: &Path) -> u32 {
    let read = || fs::read_to_string(number).ok().and_then(|it| it.trim().parse().ok());
    wait_for("the number of the process", || read().is_some());
    read().expect("it was there")
}

fn has_findings(screen: &Screen) -> bool {
    screen.alternate_screen() && screen.contains(" quotes") && !screen.contains("reading…")
}

fn type_in(terminal: &mut Terminal, keys: &str) {
    for key in keys.chars() {
        terminal.send(Key::Char(key)).expect("a key can be sent");
    }
}

/// The modes of the terminal are those of a shell.
fn is_given_back(screen: &Screen) -> bool {
    !screen.alternate_screen()
        && screen.cursor_visible()
        && !screen.bracketed_paste()
        && screen.mouse_mode() == MouseMode::None
}

/// Waits until something is so.
fn wait_for(what: &str, mut so: impl FnMut() -> bool) {
    let end = Instant::now() + PATIENCE;
    while !so() {
        assert!(Instant::now() < end, "{what} never came");
        std::thread::yield_now();
    }
}

/// The state of a process: running, sleeping, stopped; nothing if it is gone.
fn state(process: u32) -> Option<char> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    stat.rsplit(") ").next()?.chars().next()
}

fn kill(signal: &str, process: u32) {
    let done = Command::new("kill").args([signal, &process.to_string()]).status();
    assert!(done.expect("kill runs").success());
}

#[test]
fn it_is_steered_by_keys_and_leaves_the_terminal_as_it_was() {
    let mut terminal = opened();
    let screen = terminal.screen();
    assert!(!screen.cursor_visible() && screen.bracketed_paste());
    type_in(&mut terminal, "]q");
    terminal.wait_until(|it| it.contains("quote 1/")).expect("the first quote");
    terminal.send(Key::Tab).expect("a key can be sent");
    terminal.wait_until(|it| it.contains("go there")).expect("the side pane has the keys");
    type_in(&mut terminal, "q");
    assert!(terminal.wait_exit().expect("it ends").success());
    assert!(is_given_back(&terminal.screen()));
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
        // In a session of its own no signal tells it.
        (
            "no-hangup",
            "exec script -qfc \"exec 3<&0; setsid sh -c \\\"$RUN '$STORY'\\\" <&3 & wait\" /dev/null",
        ),
    ] {
        let (mut terminal, number) = shell(name, script);
        terminal.wait_until(has_findings).expect("the findings come");
        let process = process(&number);
        kill("-KILL", terminal.pid().expect("its number"));
        let gone = Instant::now();
        wait_for("its end", || state(process).is_none_or(|it| it == 'Z'));
        assert!(gone.elapsed() < Duration::from_secs(2), "{name}: {:?}", gone.elapsed());
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
fn without_colour_the_choice_is_still_seen() {
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
