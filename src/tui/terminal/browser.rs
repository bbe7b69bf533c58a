//! The web browser: opens the address of a story.

use std::env;
use std::io;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::thread::Builder;

use crate::tui::terminal::shell_words;

/// The system's opener, used if no command of `$BROWSER` can be started.
const OPENER: &str = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };

/// Starts the first browser that can be started and returns a message that names it. If the browser fails later,
/// `failed` gets that message and the one that replaces it.
pub(crate) fn open(address: &str, failed: impl FnOnce(String, String) + Send + 'static) -> String {
    let named = env::var("BROWSER").unwrap_or_default();
    let candidates = command_lines(&named, address);
    let Some((name, mut child)) =
        candidates.iter().find_map(|it| Some((shell_words::program_name(&it[0]), spawn_detached(it).ok()?)))
    else {
        return format!("No browser could be started ($BROWSER, {OPENER}): {address}");
    };
    let message = format!("Opened in {name}: {address}");
    let failure_message = format!("{name} could not open {address}");
    let shown = message.clone();
    let wait = move || {
        if child.wait().is_ok_and(|it| !it.success()) {
            failed(shown, failure_message);
        }
    };
    // Without the thread the browser runs all the same; only its failure goes unreported.
    let _ = Builder::new().name("browser".into()).spawn(wait);
    message
}

/// The command lines to try: those of `$BROWSER`, separated by colons, then the system's opener. The address is one
/// argument; it replaces `%s` or comes last.
fn command_lines(named: &str, address: &str) -> Vec<Vec<String>> {
    let lines = named.split(':').chain([OPENER]).map(shell_words::split);
    let with_address = |mut arguments: Vec<String>| {
        if arguments.iter().skip(1).any(|it| it.contains("%s")) {
            arguments.iter_mut().skip(1).for_each(|it| *it = it.replace("%s", address));
        } else {
            arguments.push(address.to_string());
        }
        arguments
    };
    lines.filter(|it| !it.is_empty()).map(with_address).collect()
}

/// Starts a program without access to the terminal's input, output or signals.
fn spawn_detached(arguments: &[String]) -> io::Result<Child> {
    let mut command = Command::new(&arguments[0]);
    command.args(&arguments[1..]).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.process_group(0).spawn()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_one_word_of_the_call() {
        let address = "https://a.example/b?c=1&d=$(e);f";
        for (named, expected) in [
            ("", vec![vec![OPENER, address]]),
            ("fox", vec![vec!["fox", address], vec![OPENER, address]]),
            (
                "'my fox' --new:lynx",
                vec![vec!["my fox", "--new", address], vec!["lynx", address], vec![OPENER, address]],
            ),
            ("fox --url %s -x", vec![vec!["fox", "--url", address, "-x"], vec![OPENER, address]]),
            (" : ", vec![vec![OPENER, address]]),
        ] {
            assert_eq!(command_lines(named, address), expected, "{named}");
        }
    }
}
