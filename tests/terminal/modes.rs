//! Terminal modes, driver settings and window title: set during a session, restored on every way out.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use termlens::{Key, Signal, Terminal};

use super::{
    NO_SHELF, PROGRAM, builder, has_findings, is_given_back, kill, opened, state, story, type_in, wait_for,
};

/// The terminal device of a process.
fn device(process: u32) -> PathBuf {
    fs::read_link(format!("/proc/{process}/fd/0")).expect("it reads from a device")
}

/// All driver settings of a terminal, such as raw mode and echo.
fn driver(device: &Path) -> String {
    let stty = Command::new("stty").arg("-g").arg("-F").arg(device).output().expect("stty runs");
    assert!(stty.status.success(), "{}", String::from_utf8_lossy(&stty.stderr));
    String::from_utf8_lossy(&stty.stdout).into_owned()
}

/// The driver settings of a fresh terminal.
fn untouched() -> String {
    let mut terminal = builder().args(["-c", "echo here; read line"]).spawn("sh").expect("a shell starts");
    terminal.wait_until(|it| it.contains("here")).expect("it runs");
    driver(&device(terminal.pid().expect("its number")))
}

/// An action that ends the program.
type ExitAction = Box<dyn Fn(&mut Terminal)>;

#[test]
fn every_way_out_leaves_the_terminal_as_it_was() {
    let key = |key: Key| move |it: &mut Terminal| it.send(key).expect("a key can be sent");
    let signal = |signal: Signal| move |it: &mut Terminal| it.signal(signal).expect("a signal can be sent");
    let ways: [(&str, u32, ExitAction); 6] = [
        ("q", 0, Box::new(key(Key::Char('q')))),
        ("ctrl-c", 0, Box::new(key(Key::Ctrl('c')))),
        ("SIGHUP", 129, Box::new(signal(Signal::Hup))),
        ("SIGINT", 130, Box::new(signal(Signal::Int))),
        ("SIGQUIT", 131, Box::new(signal(Signal::Quit))),
        ("SIGTERM", 143, Box::new(signal(Signal::Term))),
    ];
    let untouched = untouched();
    for (name, code, leave) in ways {
        let mut terminal = opened();
        let screen = terminal.screen();
        assert!(!screen.cursor_visible() && screen.bracketed_paste(), "{name}");
        let device = device(terminal.pid().expect("its number"));
        assert_ne!(driver(&device), untouched, "{name}");
        leave(&mut terminal);
        assert_eq!(terminal.wait_exit().expect("it ends").code(), Some(code), "{name}");
        assert!(is_given_back(&terminal.screen()), "{name}");
        assert_eq!(driver(&device), untouched, "{name}");
    }
}

#[test]
fn it_is_suspended_and_resumed() {
    let mut terminal = opened();
    let process = terminal.pid().expect("its number");
    let device = device(process);
    for (number, size) in [(1, (90, 28)), (2, (120, 40))] {
        if number == 1 {
            terminal.send(Key::Ctrl('z')).expect("a key can be sent");
        } else {
            kill("-TSTP", process);
        }
        terminal.wait_until(is_given_back).expect("the shell has the terminal");
        wait_for("the stop", || state(process) == Some('T'));
        assert_eq!(driver(&device), untouched(), "{number}");
        terminal.resize(size.0, size.1).expect("a new size");
        kill("-CONT", process);
        terminal
            .wait_until(|it| has_findings(it) && it.row_text(size.1 - 1).contains("help"))
            .expect("it is back");
    }
    type_in(&mut terminal, "q");
    assert!(terminal.wait_exit().expect("it ends").success());
}

#[test]
fn each_key_draws_one_frame() {
    let mut terminal = opened();
    terminal.wait_stable(Duration::from_millis(100)).expect("all is drawn");
    for key in "jjkG".chars() {
        let before = terminal.screen().repaints();
        type_in(&mut terminal, &key.to_string());
        terminal.wait_until(|it| it.repaints() > before).expect("a frame");
        terminal.wait_idle(Duration::from_millis(50)).expect("nothing more comes");
        assert_eq!(terminal.screen().repaints(), before + 1, "{key}");
    }
}

#[test]
fn the_title_is_the_story_s_as_long_as_it_is_read() {
    let mut terminal = opened();
    let screen = terminal.screen();
    assert_eq!(screen.title(), "The library that comes on Thursdays");
    // The terminal keeps the old title on its stack; this one has no stack and says so.
    assert!(screen.unsupported().contains("^[[22;2t") && !screen.unsupported().contains("^[[23;2t"));
    type_in(&mut terminal, "q");
    terminal.wait_exit().expect("it ends");
    assert!(terminal.screen().unsupported().contains("^[[23;2t"));
}

#[test]
fn the_theme_is_light_or_dark_as_the_background_of_the_terminal_is() {
    for (background, theme) in [([255, 255, 255], "▸ light"), ([20, 20, 20], "▸ dark")] {
        let [red, green, blue] = background;
        let terminal = builder().background_rgb(red, green, blue).args([NO_SHELF, "--no-model"]).arg(story());
        let mut terminal = terminal.spawn(PROGRAM).expect("it starts");
        terminal.wait_until(has_findings).expect("the findings come");
        type_in(&mut terminal, "T");
        terminal.wait_until(|it| it.contains(theme)).expect("the list has the theme in use");
    }
}
