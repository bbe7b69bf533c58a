//! An address → a browser that shows it.

use std::env;
use std::io;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::thread::Builder;

use crate::tui::terminal::shell_words;

/// Who opens an address where `$BROWSER` names nobody that can.
const OPENER: &str = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };

/// Starts the first browser that can be started, and says which. Should it fail later, `failed` is told what was said
/// and what is to be said in its place.
pub(crate) fn open(address: &str, failed: impl FnOnce(String, String) + Send + 'static) -> String {
    let named = env::var("BROWSER").unwrap_or_default();
    let calls = command_lines(&named, address);
    let Some((name, mut child)) =
        calls.iter().find_map(|it| Some((shell_words::program_name(&it[0]), spawn_detached(it).ok()?)))
    else {
        return format!("no browser could be started ($BROWSER, {OPENER}): {address}");
    };
    let said = format!("opened in {name}: {address}");
    let instead = format!("{name} could not open {address}");
    let then = said.clone();
    let wait = move || {
        if child.wait().is_ok_and(|it| !it.success()) {
            failed(then, instead);
        }
    };
    // Without a thread nobody waits for the browser, which does it no harm.
    let _ = Builder::new().name("browser".into()).spawn(wait);
    said
}

/// The command lines to try, in words: those of `$BROWSER`, with colons between them, then the system's own. The address is
/// one word, in the place of `%s` or at the end.
fn command_lines(named: &str, address: &str) -> Vec<Vec<String>> {
    let lines = named.split(':').chain([OPENER]).map(shell_words::split);
    let addressed = |mut words: Vec<String>| {
        if words.iter().skip(1).any(|it| it.contains("%s")) {
            words.iter_mut().skip(1).for_each(|it| *it = it.replace("%s", address));
        } else {
            words.push(address.to_string());
        }
        words
    };
    lines.filter(|it| !it.is_empty()).map(addressed).collect()
}

/// Starts a program that neither reads from the terminal nor writes to it, nor hears its keys.
fn spawn_detached(words: &[String]) -> io::Result<Child> {
    let mut command = Command::new(&words[0]);
    command.args(&words[1..]).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
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
