//! A panic in a real pseudo-terminal restores the terminal.

use std::{env, fs};

/// Set where a terminal may be taken and a panic is wanted.
const MAY_PANIC: &str = "PULLQUOTE_TEST_MAY_PANIC";

/// Run by the next test in a separate terminal; does nothing elsewhere.
#[test]
#[ignore = "takes the terminal and panics"]
fn panics_on_a_screen() {
    if env::var_os(MAY_PANIC).is_none() {
        return;
    }
    crate::tui::terminal::session::release_on_panic();
    let mut screen = crate::tui::terminal::session::TerminalSession::enter(true).unwrap();
    screen
        .draw(|area, buf| buf.set_string(area.x, area.y, "about to fall", ratatui::style::Style::new()), &[])
        .unwrap();
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).unwrap();
    panic!("fallen");
}

#[test]
fn a_panic_restores_the_terminal_before_its_message() {
    let mut terminal = termlens::Terminal::builder()
        .timeout(std::time::Duration::from_mins(1))
        .env(MAY_PANIC, "1")
        .args(["--ignored", "--exact", "--nocapture", "tui::tests::terminal::panics_on_a_screen"])
        .spawn(env::current_exe().unwrap())
        .unwrap();
    terminal.wait_until(|it| it.alternate_screen() && it.contains("about to fall")).unwrap();
    let device = fs::read_link(format!("/proc/{}/fd/0", terminal.pid().unwrap())).unwrap();
    terminal.send_str("\n").unwrap();
    terminal.wait_until(|it| !it.alternate_screen() && it.contains("fallen")).unwrap();
    terminal.wait_exit().unwrap();
    let driver = std::process::Command::new("stty").arg("-a").arg("-F").arg(device).output().unwrap();
    let driver = String::from_utf8(driver.stdout).unwrap();
    let is_set = |wanted: &str| driver.split_whitespace().any(|it| it == wanted);
    assert!(["icanon", "echo", "isig"].into_iter().all(is_set), "{driver}");
    let screen = terminal.screen();
    assert!(screen.cursor_visible() && !screen.bracketed_paste());
    assert_eq!(screen.mouse_mode(), termlens::MouseMode::None);
}
