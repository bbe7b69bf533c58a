//! The command line as others want it: completions for a shell, a manual page, one line for who has mistyped.

use std::io;

use clap::error::ErrorKind;
use clap::{Command, CommandFactory, Error};
use clap_complete::Shell;
use clap_mangen::Man;

use crate::cli::Cli;

/// A script that completes the command line in a shell.
pub(crate) fn completions(shell: Shell) -> Vec<u8> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "pullquote", &mut script);
    script
}

/// The manual page in roff, that of every subcommand in it.
pub(crate) fn man_page() -> io::Result<Vec<u8>> {
    let mut command = Cli::command();
    command.build();
    let mut page = Vec::new();
    let whole = Man::new(command.clone());
    whole.render_title(&mut page)?;
    whole.render_name_section(&mut page)?;
    whole.render_synopsis_section(&mut page)?;
    whole.render_description_section(&mut page)?;
    whole.render_options_section(&mut page)?;
    for part in command.get_subcommands().filter(|it| it.get_name() != "help") {
        render_subcommand(part, &mut page)?;
    }
    whole.render_extra_section(&mut page)?;
    whole.render_version_section(&mut page)?;
    Ok(page)
}

/// One subcommand: what it does, how it is called, its options.
fn render_subcommand(part: &Command, page: &mut Vec<u8>) -> io::Result<()> {
    let mut own = Vec::new();
    let man = Man::new(part.clone());
    man.render_synopsis_section(&mut own)?;
    man.render_description_section(&mut own)?;
    if part.get_arguments().next().is_some() {
        man.render_options_section(&mut own)?;
    }
    // Its sections stand under its own name, one step lower.
    let name = part.get_bin_name().unwrap_or(part.get_name());
    page.extend_from_slice(format!(".SH \"{}\"\n", name.to_uppercase()).as_bytes());
    page.extend_from_slice(String::from_utf8_lossy(&own).replace(".SH ", ".SS ").as_bytes());
    part.get_subcommands().filter(|it| it.get_name() != "help").try_for_each(|it| render_subcommand(it, page))
}

/// Whether it is help or a version that was asked for, and no mistake.
pub(crate) fn is_help_or_version(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion)
}

/// What is wrong with the command line, and what to do, on one line.
pub(crate) fn usage_error(error: &Error) -> String {
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        let command = Cli::command();
        let names = |it: &Command| {
            let names = it.get_subcommands().map(Command::get_name);
            names.filter(|it| *it != "help").collect::<Vec<_>>().join(", ")
        };
        let shelf = command.find_subcommand("shelf").map(names).unwrap_or_default();
        return format!("`shelf` wants to know what to do: {shelf}");
    }
    let words = error.render().to_string();
    let lines = words.lines().take_while(|it| !it.starts_with("Usage:") && !it.starts_with("For more"));
    let mut said = String::new();
    for line in lines.map(str::trim).filter(|it| !it.is_empty()) {
        let line = line.trim_start_matches("error: ").trim_start_matches("tip: ");
        if !said.is_empty() {
            said.push_str(if said.ends_with(':') || line.starts_with('[') { " " } else { "; " });
        }
        said.push_str(line);
    }
    said + "; `pullquote --help` lists all"
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[test]
    fn a_mistake_is_one_line_that_says_what_to_do() {
        for (arguments, words) in [
            (
                &["--thme", "dark"][..],
                "unexpected argument '--thme' found; a similar argument exists: '--theme'",
            ),
            (
                &["--keys", "vi"],
                "invalid value 'vi' for '--keys <PRESET>' [possible values: default, vim, less, emacs]",
            ),
            (&["completions"], "the following required arguments were not provided: <SHELL>"),
            (&["config", "--print", "--path"], "the argument '--print' cannot be used with '--path'"),
        ] {
            let error = Cli::try_parse_from([&["pullquote"], arguments].concat()).unwrap_err();
            let said = usage_error(&error);
            assert!(said.starts_with(words) && !said.contains('\n'), "{said}");
            assert!(said.ends_with("; `pullquote --help` lists all"), "{said}");
        }
    }
}
